"""What is odd about a record before figures are made from it: milestones missing, reversed or in the future, gaps,
entries written down late. Pure; it asks, corrects nothing and forces no order: recovery may precede its entry."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise
from typing import Final, TypeVar

from incident_console.domain import events as e
from incident_console.domain.clock import AHEAD, MINUTE, Zone
from incident_console.domain.comms import length
from incident_console.domain.events import Event
from incident_console.domain.figures import MILESTONES, STATED, milestone
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.recollection import first_remembered
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry, tells_the_story
from incident_console.domain.undo import voided
from incident_console.domain.vocabulary import EntryKind, RecordKind
from incident_console.domain.when import full_time

T = TypeVar("T")

LATE: Final = 30 * MINUTE
"""An entry written down this long after the fact was written from memory."""

FEW: Final = 3
"""So many entries that were written down after the end are named one by one at first."""

MOST: Final = 12
"""Late entries and gaps named one by one; more are counted."""

EVENTS_OF_A_ROW: Final = 5
"""A row of a file becomes at most so many events: itself, two marks, that it was corrected, and that it was struck."""


@frozen
class Oddity:
    """One thing to look at."""

    rule: str
    """missing, reversed, future, gap, late."""
    words: str
    milestone: str = ""
    """The milestone to correct; empty where it is not about one that can be."""
    message: str = ""
    """The event of the message to correct, which was recorded from memory; empty where it is not about one."""
    entry: int = 0
    """The number of the entry to correct; 0 where it is not about one."""
    at: int = 0
    """Where in time it is, microseconds UTC; 0 where nowhere."""
    until: int = 0
    """Where a gap ends; 0 for everything else."""
    more: int = 0
    """How many others of its rule it stands for that are not named; 0 for one that is about something itself."""


def oddities(
    incident: Incident, entries: Sequence[Entry], now: int, zone: Zone, silence: int,
    retimed: Mapping[str, int] | None = None, most: int = MOST,
) -> tuple[Oddity, ...]:  # fmt: skip
    """Everything odd, milestones first. `silence`: a gap of this many microseconds is worth a question; `retimed`: see
    `retimings`; `most`: how many gaps and how many late entries are named, at least 1."""
    told = [each for each in entries if each.kind in set(EntryKind) and each.mark != "struck"]
    late = tuple(_late(told, retimed or {}, _brought_until(incident, entries)))
    noticed = [each for each in entries if tells_the_story(each) and each.mark != "struck"]
    return (
        *_missing(incident),
        *disorder(incident, zone),
        *_future(incident, told, now, zone),
        *_some(_gaps(incident, noticed, silence), lambda each: _gap(*each, zone), most, "gaps of that length"),
        *_memories(incident, late, zone, most),
    )


def _missing(incident: Incident) -> Iterator[Oddity]:
    for name in STATED:
        over = name in ("mitigated_at", "resolved_at") and incident.in_response
        if milestone(incident, name) is None and not over:
            yield Oddity("missing", f"Nobody said when it was {MILESTONES[name]}.", name)
    if milestone(incident, "first_update") is None and not incident.in_response:
        yield Oddity("missing", "No message was recorded as sent, so there is no first update.")


# --- order

_ORDER: Final = (
    "started_at", "detected_at", "declared_at", "acknowledged_at", "first_update", "mitigated_at", "resolved_at",
)  # fmt: skip
"""The usual order of an incident."""

_EITHER_WAY: Final = frozenset({
    ("detected_at", "declared_at"), ("declared_at", "acknowledged_at"), ("declared_at", "first_update"),
    ("declared_at", "mitigated_at"), ("acknowledged_at", "first_update"), ("first_update", "mitigated_at"),
})  # fmt: skip
"""Pairs of it that come in either order without anybody wondering."""

_PAIRS: Final = tuple(pair for pair in combinations(_ORDER, 2) if pair not in _EITHER_WAY)

_NAMES: Final = {**MILESTONES, "declared_at": "declared"}

_OR_WAS_IT: Final = {
    ("detected_at", "mitigated_at"): "Did it get better before anybody noticed",
    ("detected_at", "resolved_at"): "Was it over before anybody noticed",
    ("acknowledged_at", "mitigated_at"): "Did it get better before anybody owned it",
    ("acknowledged_at", "resolved_at"): "Was it over before anybody owned it",
    ("first_update", "resolved_at"): "Did the first word go out after the end",
    ("declared_at", "resolved_at"): "Was it declared when it was over already",
    ("started_at", "declared_at"): "Was it declared before anybody was hit",
}
"""How it may well have been, for the pairs where that is easily said."""


def disorder(incident: Incident, zone: Zone) -> Iterator[Oddity]:
    """Milestones that do not come in their usual order, one question for each that stands out: the milestone at which
    most pairs are reversed is asked about once, beside its nearest neighbour, and its other pairs are left out."""
    known = _known(incident)
    wrong = [(first, then) for first, then in _PAIRS if first in known and then in known and known[then] < known[first]]
    while wrong:
        name = max(_ORDER, key=lambda each: (sum(each in pair for pair in wrong), _ORDER.index(each)))
        first, then = min((pair for pair in wrong if name in pair), key=_width)
        yield _asked((first, then), name, known, zone, first_remembered(incident))
        wrong = [pair for pair in wrong if name not in pair]


def _known(incident: Incident) -> dict[str, int]:
    """Every milestone that somebody told; an import was declared nowhere."""
    told = {name: milestone(incident, name) for name in MILESTONES}
    declared = {} if incident.imported else {"declared_at": incident.declared_at}
    return declared | {name: at for name, at in told.items() if at is not None}


def _width(pair: tuple[str, str]) -> tuple[int, int]:
    """What can be corrected on both sides comes first, then neighbours."""
    first, then = pair
    return sum(name not in STATED for name in pair), _ORDER.index(then) - _ORDER.index(first)


def _asked(pair: tuple[str, str], name: str, known: Mapping[str, int], zone: Zone, update: str) -> Oddity:
    """`update`: the event of the first update where that can be corrected; of the two it is the likelier one."""
    first, then = pair
    usual = f"{_OR_WAS_IT[pair]}, or is one of them wrong?" if pair in _OR_WAS_IT else PLAINLY
    words = (
        f"{_NAMES[then].capitalize()} ({full_time(known[then], zone)}) lies before"
        f" {_NAMES[first]} ({full_time(known[first], zone)}). {usual}"
    )
    if update and "first_update" in pair:
        return Oddity("reversed", words, message=update, at=known["first_update"])
    corrected = next(each for each in (name, then, first) if each in STATED)
    return Oddity("reversed", words, corrected, at=known[corrected])


PLAINLY: Final = "Is one of them wrong, or was it so?"
"""The question about a pair of which nothing better can be said."""


# --- entries


def _future(incident: Incident, entries: Iterable[Entry], now: int, zone: Zone) -> Iterator[Oddity]:
    for name in STATED:
        at = milestone(incident, name)
        if at is not None and at > now + AHEAD:
            yield Oddity("future", f"{MILESTONES[name].capitalize()} at {full_time(at, zone)} has not come yet.", name)
    for entry in entries:
        if entry.occurred_at > now + AHEAD:
            words = (
                f"Entry {entry.number} is to happen at {full_time(entry.occurred_at, zone)}, which has not come yet."
            )
            yield Oddity("future", words, entry=entry.number, at=entry.occurred_at)


def _gaps(incident: Incident, entries: Sequence[Entry], silence: int) -> Iterator[tuple[int, int]]:
    """(from, until) of the times during the response in which nobody wrote anything down."""
    for start, end in incident.responses(max((each.occurred_at for each in entries), default=incident.declared_at)):
        inside = [each.occurred_at for each in entries if start <= each.occurred_at <= end]
        yield from (gap for gap in pairwise([start, *sorted(inside), end]) if gap[1] - gap[0] >= silence)


def _gap(before: int, after: int, zone: Zone) -> Oddity:
    words = f"Nothing was written down for {length(after - before)} from {full_time(before, zone)} on."
    return Oddity("gap", words, at=before, until=after)


def retimings(history: Iterable[Event]) -> dict[str, int]:
    """When each entry that was moved in time was moved last, by the id of its event; what was undone does not count."""
    ordered = sorted(history, key=lambda event: event.order)
    gone = voided(ordered)
    return {
        event.body.target: event.recorded_at
        for event in ordered
        if isinstance(event.body, e.Retimed) and event.id not in gone
    }


def _brought_until(incident: Incident, entries: Sequence[Entry]) -> int:
    """Up to when entries came with the file; that all of them were written down here at once says nothing. An import
    writes its events one after the other, a microsecond apart, its entries first. 0 where nothing was imported."""
    if not incident.imported:
        return 0
    head = max((each.recorded_at for each in entries), default=0)
    head = next((each.recorded_at for each in entries if each.kind == RecordKind.IMPORTED), head)
    return head + EVENTS_OF_A_ROW * len(entries)


def _late(entries: Iterable[Entry], retimed: Mapping[str, int], brought: int) -> Iterator[tuple[Entry, str, int]]:
    """(entry, what was done late, how late) where the time of an entry comes from memory: it was written down long
    after the fact, or moved there long after it."""
    for entry in entries:
        if entry.recorded_at > brought and entry.late >= LATE:
            yield entry, "was written down", entry.late
        elif (moved := retimed.get(entry.event_id, 0) - entry.occurred_at) >= LATE:
            yield entry, "was given that time", moved


def _written_late(entry: Entry, how: str, late: int, zone: Zone) -> Oddity:
    words = (
        f"Entry {entry.number} of {full_time(entry.occurred_at, zone)} {how} {length(late)} later:"
        f" {clip(clean_line(entry.text[:200]), 60)}"
    )
    return Oddity("late", words, entry=entry.number, at=entry.occurred_at)


def _memories(
    incident: Incident, late: Sequence[tuple[Entry, str, int]], zone: Zone, most: int
) -> Iterator[Oddity]:  # fmt: skip
    """Entries from memory. What was added once it was over is one question as long as nobody asks for more: whoever
    completes a record on purpose must not make it look careless."""
    ended = incident.ended_at
    after = [each for each in late if ended is not None and each[0].recorded_at > ended]
    together = len(after) > FEW and most <= MOST
    named = [each for each in late if not together or each not in after]
    yield from _some(iter(named), lambda each: _written_late(*each, zone), most, "entries written down late")
    if together:
        yield Oddity("late", f"{len(after)} entries were written down after it was over.", more=len(after))


def _some(found: Iterator[T], say: Callable[[T], Oddity], most: int, what: str) -> Iterator[Oddity]:
    """A long list of the same is cut, and says so."""
    named = list(map(say, islice(found, most)))
    yield from named
    if more := sum(1 for _ in found):
        yield Oddity(named[0].rule, f"And {more} more {what}.", more=more)
