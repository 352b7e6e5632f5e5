"""What happened, as parts of a document: heading, moments, decisions, promises, messages. Pure; it quotes the record
and judges nothing."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from incident_console.domain.actions import Item
from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.closing import hearers
from incident_console.domain.comms import length
from incident_console.domain.consistency import Oddity
from incident_console.domain.correspondence import headline, remarks
from incident_console.domain.document.model import (
    Block,
    Bullet,
    Bullets,
    Heading,
    Line,
    Moment,
    Moments,
    Note,
    Part,
    Span,
    Table,
    Verbatim,
    line,
)
from incident_console.domain.document.typed import typed
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.promises import Kept, promises, summary
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry, logged_words, tells_the_story
from incident_console.domain.vocabulary import (
    ROLE_NAMES,
    ROLE_SHORT,
    EntryKind,
    RecordKind,
    audience_name,
    severity_label,
)
from incident_console.domain.when import clock_time, full_time

BLOCKS: Final = (EntryKind.DECISION, EntryKind.ESCALATION)
"""Kinds whose further lines stand below the first one; others are told in one line."""

TELLING: Final = (EntryKind.IMPACT, EntryKind.EVIDENCE, EntryKind.HYPOTHESIS)
"""Kinds of entries that say what was known when something was decided."""

KNOWN: Final = 4
"""How many of them are repeated beside a decision; the timeline has the others."""


@frozen
class Record:
    """Everything that a document is written from."""

    incident: Incident
    zone: Zone
    entries: Sequence[Entry] = ()
    """In the order of what happened."""
    messages: Sequence[SentMessage] = ()
    items: Sequence[Item] = ()
    """The action items with their numbers."""
    odd: Sequence[Oddity] = ()
    people: Sequence[str] = ()
    """Who took part."""
    changed_since: bool = False
    """Whether it reads differently than when the postmortem was finished."""

    @property
    def title(self) -> str:
        incident = self.incident
        return f"{incident.reference} {severity_label(incident.severity)}: {clean_line(incident.title)}"

    @property
    def zone_name(self) -> str:
        """How the zone was called when it began."""
        return f"{self.zone.show(self.incident.began_at):%Z}"

    @property
    def story(self) -> tuple[Entry, ...]:
        """The entries that say what happened, in the order of what happened."""
        return tuple(entry for entry in self.entries if tells_the_story(entry))

    def ids(self) -> dict[str, str]:
        """What people call each action item."""
        return {item.what.id: item.id for item in self.items}


def facts(record: Record) -> Table:
    """The heading: status, times, who held which role."""
    incident, zone = record.incident, record.zone

    def shown(at: int | None) -> str:
        return full_time(at, zone) if at is not None else "unknown"

    start, end = incident.started_at, incident.resolved_at
    later = ", changed since" if record.changed_since else ""
    rows = [
        ("Status", incident.status),
        ("Started", shown(start)),
        ("Detected", shown(incident.detected_at) + (f" by {incident.detected_by}" if incident.detected_by else "")),
        ("Owned", shown(incident.acknowledged_at)),
        ("Mitigated", shown(incident.mitigated_at)),
        ("Resolved", shown(end)),
        ("Duration", length(end - start) if start is not None and end is not None else "unknown"),
        *((name, incident.role(role) or "nobody") for role, name in ROLE_NAMES.items() if role in ROLE_SHORT),
        *((name, incident.role(role)) for role, name in _others(incident)),
        ("Services", ", ".join(incident.services) or "not stated"),
        *((("Postmortem finished", shown(incident.reviewed_at) + later),) if incident.reviewed_at is not None else ()),
        *((("Finished as it is because", incident.review_reason),) if incident.review_reason else ()),
    ]
    return Table((), tuple((line(name), line(value)) for name, value in rows), facts=True)


def _others(incident: Incident) -> list[tuple[str, str]]:
    """Backups and investigators, where there are any."""
    return [(role, name) for role, name in ROLE_NAMES.items() if role not in ROLE_SHORT and incident.role(role)]


# --- moments


def moment(entry: Entry, record: Record, day: str = "") -> Moment:
    """An entry as a row."""
    lines = entry.text.split("\n") if entry.kind in BLOCKS else [entry.text.replace("\n", " / ")]
    notes = [entry.mark] if entry.mark else []
    if entry.late > 2 * MINUTE and not record.incident.imported and entry.kind in set(EntryKind):
        notes.append(f"logged {logged_words(entry, record.zone)}")
    return Moment(
        clock_time(entry.occurred_at, record.zone), entry.kind, lines[0], tuple(each for each in lines[1:] if each),
        entry.mark == "struck", entry.actor, tuple(notes), day,
    )  # fmt: skip


def marked(record: Record, title: str, flag: str) -> Iterator[Part]:
    """Some entries once more, with the day where it changes, because they stand apart from the others."""
    rows: list[Moment] = []
    before = ""
    for each in record.entries:
        if flag in each.flags:
            day = _day(each, record.zone)
            rows.append(moment(each, record, day if day != before else ""))
            before = day
    if rows:
        yield Part(title, (Moments(tuple(rows)),))


def _day(entry: Entry, zone: Zone) -> str:
    return f"{zone.show(entry.occurred_at):%Y-%m-%d}"


def timeline(record: Record) -> Part:
    """Everything that tells the story, by day, and how much else there is."""
    blocks: list[Block] = []
    story = record.story
    for day, entries in groupby(story, lambda each: f"{record.zone.show(each.occurred_at):%Y-%m-%d (%Z)}"):
        blocks += [Heading(day), Moments(tuple(moment(each, record) for each in entries))]
    blocks += [] if blocks else [Note("Nothing was written down.")]
    return Part("Timeline", (*blocks, *_left_out(record)))


def _left_out(record: Record) -> Iterator[Block]:
    """How much stands in the log only; what was amended is told elsewhere."""
    count = sum(not tells_the_story(each) and each.kind != RecordKind.AMENDED for each in record.entries)
    if count:
        rows = "1 row of bookkeeping is" if count == 1 else f"{count} rows of bookkeeping are"
        yield Note(f"{rows} left out (clocks, checklists, facts that messages quote, and the like); the log has them.")


def decisions(record: Record) -> Iterator[Part]:
    """Each decision, and what the log said by then: nothing that came to light later."""
    taken = [each for each in record.entries if each.kind == EntryKind.DECISION and each.mark != "struck"]
    if taken:
        hint = "What was decided, and the last that the log knew by then; later insight is left out on purpose."
        points = tuple(_decision(each, record) for each in taken)
        yield Part("Decisions", (Bullets(points, 1),), hint)


def _decision(entry: Entry, record: Record) -> Bullet:
    first, *options = entry.text.split("\n")
    time = f"{_day(entry, record.zone)} {clock_time(entry.occurred_at, record.zone)}"
    words = line(f"{time}:", Span(clean_line(first), "strong"), _by(entry.actor))
    known = [line(Span("known:", "quiet"), words) for words in _known(entry, record)]
    return Bullet(words, (*(line(clean_line(each)) for each in options if each.strip()), *known))


def _by(actor: str) -> str:
    return f"— {clean_line(actor)}" if actor else ""


def _known(entry: Entry, record: Record) -> list[str]:
    """The last entries that said what was going on, from before the decision, as far as they were written by then."""
    kept = [
        each for each in record.entries
        if each.kind in TELLING and each.mark != "struck" and each.occurred_at <= entry.occurred_at
        and (record.incident.imported or each.recorded_at <= entry.recorded_at)
    ]  # fmt: skip
    return [quoted(each, record.zone, _day(entry, record.zone)) for each in kept[-KNOWN:]]


def quoted(entry: Entry, zone: Zone, day: str) -> str:
    """An entry as evidence: `02:49 evidence: errors 40 % → 12 %`, with its day where it is not `day`."""
    own = _day(entry, zone)
    time = f"{own} " * (own != day) + clock_time(entry.occurred_at, zone)
    return f"{time} {entry.kind}: {clip(clean_line(entry.text[:600]), 300)}"


def began_on(record: Record) -> str:
    """The day on which it began, as `2026-11-21`."""
    return f"{record.zone.show(record.incident.began_at):%Y-%m-%d}"


# --- what was said


def promised(record: Record) -> Iterator[Part]:
    """Every promised time of an update, once it is over: before that they are still open."""
    incident, zone = record.incident, record.zone
    found = promises(incident, incident.resolved_at) if incident.resolved_at is not None else ()
    if found:
        rows = tuple(
            (
                line(f"{audience_name(each.audience)} #{each.number}"), line(full_time(each.promised_at, zone)),
                line(Span(each.state, "strong" if each.state is Kept.MISSED else "")),
                line(length(each.late) if each.late else ""),
            )
            for each in found
        )  # fmt: skip
        words = Note(f"{summary(found)}.")
        yield Part("Promised updates", (words, Table(("Message", "Promised for", "State", "Late by"), rows)))


def told(record: Record) -> Part:
    """Who was told what, and who has not heard the end."""
    incident, zone = record.incident, record.zone
    found = hearers(incident)

    def at(instant: int | None) -> str:
        return full_time(instant, zone) if instant is not None else ""

    rows = tuple(
        (
            line(each.name), line(str(each.messages) if each.messages else "none"), line(at(each.first_at)),
            line(at(each.last_at)), _end(each.knows_end, bool(each.messages or each.account), incident),
        )
        for each in found
    )  # fmt: skip
    waiting = [each.name for each in found if not each.knows_end and (each.messages or each.account)]
    over = not incident.in_response
    words = f"Still to hear the end: {', '.join(waiting)}." if waiting and over else ""
    table = Table(("Who", "Messages", "First", "Last", "Heard the end"), rows)
    return Part("Who was told", (*((Note(words),) if words else ()), table))


def _end(knows: bool, was_told: bool, incident: Incident) -> Line:
    if knows:
        return line("yes")
    if incident.in_response:
        return line("it is not over")
    return line(Span("not yet", "strong")) if was_told else line("was told nothing")


def messages(record: Record) -> Iterator[Part]:
    """What went out, word for word."""
    blocks: list[Block] = []
    for message in record.messages:
        blocks.append(Heading(headline(message, record.zone)))
        blocks += [Note(remark) for remark in remarks(message, record.zone)]
        blocks.append(Verbatim(message.whole))
    if blocks:
        yield Part("Messages sent", tuple(blocks))


# --- what is odd


def oddities(record: Record) -> Iterator[Part]:
    """What is odd about the record; figures rest on it."""
    if record.odd:
        hint = "As the record stood when it was last written to. Each can be corrected, also after this was shared."
        points = tuple(Bullet(line(clean_line(each.words))) for each in record.odd)
        yield Part("Odd about the record", (Bullets(points),), hint)


def prose(text: str) -> tuple[Block, ...]:
    """What somebody wrote, or that nobody did."""
    return typed(text) or (Note("Not written yet."),)
