"""Finishing the postmortem: when it may be, what is still open and named first, whether it changed since. Pure.

What is open never blocks anybody; only a response that runs, and a review that promises nothing for no reason, do."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.actions import LIVE
from incident_console.domain.causes import Mark, chain, counting
from incident_console.domain.closing import hearers, waiting_for_the_end
from incident_console.domain.days import iso_day
from incident_console.domain.events import Body, Event
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import SECTIONS, committed, lacking, missing
from incident_console.domain.rows import BOOKKEEPING, row_of
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import is_row
from incident_console.domain.undo import voided
from incident_console.domain.vocabulary import Refused, Status

NOTHING_PROMISED: Final = (
    "There are no action items, only ideas or nothing. Add one, or say in one line why none is needed."
)

NAMED: Final = 3
"""Names that a sentence holds; more are counted, unless it is only one more."""


@frozen
class LooseEnd:
    """Something that a reader would ask about if it stayed like that."""

    part: str
    """Where it is mended: document, causes, actions, record or loop."""
    words: str
    """One sentence."""


def finishable(incident: Incident) -> Incident:
    """The incident itself; raises Refused while the response runs, and where the postmortem is finished already."""
    if incident.reviewed_at is not None:
        raise Refused("This postmortem is finished already; everything in it can still be corrected.")
    if incident.in_response:
        raise Refused(
            f"{incident.reference} is {incident.status}, and recovery comes first. What is written here stays. Once it"
            f" is over, resolve it (R in its timeline, or: incident-console status {incident.reference} resolved), then"
            " finish."
        )
    return incident


def finish(incident: Incident, reason: str) -> e.Reviewed:
    """The postmortem is finished. Raises Refused while it cannot be, and without action items unless a reason is
    given."""
    words = clean_line(reason)
    if not committed(finishable(incident)) and not words:
        raise Refused(NOTHING_PROMISED)
    return e.Reviewed(words)


# --- what is still open


def loose_ends(incident: Incident, oddities: int, today: date) -> tuple[LooseEnd, ...]:
    """Everything that is still open, in the order of the panes. `oddities`: how many the record has."""
    odd = [f"{_count(oddities, 'thing')} in the record {_is(oddities)} odd or missing."] if oddities else []
    found = (
        ("document", _texts(incident)), ("causes", _causes(incident)), ("actions", _items(incident, today)),
        ("record", odd), ("loop", _hearers(incident)),
    )  # fmt: skip
    return tuple(LooseEnd(part, words) for part, sentences in found for words in sentences)


def _texts(incident: Incident) -> Iterator[str]:
    two = dict.fromkeys(each.section for each in incident.rivals)
    if two:
        yield f"Two texts wait to be settled: {_few([SECTIONS.get(name, name) for name in two])}."
    empty = [SECTIONS[part] for part, what in missing(incident) if what == "empty" and part != "root_cause"]
    if empty:
        yield f"Nobody has written: {_few(empty)}."


def _causes(incident: Incident) -> Iterator[str]:
    marked = any(link.why.mark == Mark.ROOT for link in counting(chain(incident)))
    if not (marked or incident.section("root_cause") or incident.root_cause):
        yield "No root cause is marked or written down."


def _items(incident: Incident, today: date) -> Iterator[str]:
    for what, count in lacking(incident):
        yield f"{_count(count, 'action item')} {'has' if count == 1 else 'have'} no {what}."
    days = [iso_day(item.due) for item in committed(incident) if item.state in LIVE]
    if late := sum(day is not None and day < today for day in days):
        yield f"{_count(late, 'action item')} {_is(late)} overdue."
    if ideas := sum(item.candidate and item.state in LIVE for item in incident.actions):
        yield f"{_count(ideas, 'idea')} {'waits' if ideas == 1 else 'wait'} for a decision: take it on, or drop it."


def _hearers(incident: Incident) -> Iterator[str]:
    if waiting := [each.name for each in waiting_for_the_end(incident)]:
        yield f"Still to hear the end: {_few(waiting)}."
    if untold := [each.name for each in hearers(incident) if not each.messages and not each.account]:
        yield f"No message is recorded to: {_few(untold)}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _few(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = [clip(clean_line(name), 32) for name in names]
    if len(shown) <= NAMED + 1:
        return ", ".join(shown)
    return f"{', '.join(shown[:NAMED])} and {len(shown) - NAMED} more"


# --- afterwards

CHANGES: Final = (
    e.PostmortemWritten, e.WhyAdded, e.WhyChanged, e.WhyMoved, e.WhyRemoved, e.LensAnswered, e.ActionAdded,
    e.ActionChanged, e.FactsStated, e.Amended, e.Noted, e.Corrected, e.Retimed, e.Struck, e.Marked,
    e.AccountListed, e.AccountDropped,
)  # fmt: skip
"""After these, and after every row that tells the story, the document reads differently. Work on action items goes on;
that is no change of it."""

OVER: Final = frozenset({Status.RESOLVED, Status.CLOSED})


def finished(history: Iterable[Event]) -> Event | None:
    """The event that finished the postmortem; None while nothing did, and after the incident was reopened."""
    ordered = sorted(history, key=lambda event: event.order)
    gone = voided(ordered)
    for each in reversed([each for each in ordered if each.id not in gone]):
        match each.body:
            case e.Reviewed():
                return each
            case e.StatusChanged(status=status) if status not in OVER:
                return None
    return None


def changed_since_finished(history: Iterable[Event]) -> bool:
    """Whether it reads differently than when it was finished: a copy that somebody was given may be out of date.

    `history`: everything but logged lines, and of those at least the ones that were written down, taken back or
    brought back since it was finished."""
    ordered = sorted(history, key=lambda event: event.order)
    end = finished(ordered)
    if end is None:
        return False
    before, now = voided(each for each in ordered if each.order < end.order), voided(ordered)
    later = (each for each in ordered if each.order > end.order and each.id not in now)
    turned = (each for each in ordered if each.order < end.order and (each.id in before) != (each.id in now))
    return any(_tells(each.body) for each in (*later, *turned))


def _tells(body: Body) -> bool:
    """Whether the document says something because of it. Closing is only the next step."""
    if isinstance(body, e.StatusChanged):
        return not {body.status, body.previous} <= OVER
    return isinstance(body, CHANGES) or (is_row(body) and row_of(body)[0] not in BOOKKEEPING)
