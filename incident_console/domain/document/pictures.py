"""An incident drawn along time: what is on each lane of the picture, at which share of its width. Pure; it decides
what is worth drawing, whoever draws decides how it looks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.comms import length
from incident_console.domain.document.model import Dot, Lane, Picture, Stretch
from incident_console.domain.document.record import Record, quoted
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import EntryKind, RecordKind, audience_name
from incident_console.domain.when import full_time

STEPS: Final = (
    MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR,
    12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 91 * DAY, 364 * DAY,
)  # fmt: skip
"""Distances of the marks on the axis."""

TICKS: Final = 7
"""At most so many marks."""

BINS: Final = 60
"""Equal parts of the time in which the entries of the log are counted."""

CROWDED: Final = 0.05
"""Dots closer than this share of the width get no number of their own."""

MARGIN: Final = 0.1
"""Entries further outside than this share of the incident are told in words."""


@frozen
class Window:
    """The time that a picture shows; microseconds UTC, the end behind the start."""

    start: int
    end: int

    def share(self, at: int) -> float:
        return min(1.0, max(0.0, (at - self.start) / (self.end - self.start)))

    def holds(self, at: int) -> bool:
        return self.start <= at <= self.end


def picture(record: Record) -> Picture | None:
    """The whole incident on one axis; None where nothing has a length."""
    window = _window(record)
    if window is None:
        return None
    told = [each for each in record.story if each.mark != "struck"]
    lanes = (
        *_phases(record.incident, window),
        *_statuses(record, told, window),
        *_messages(record, window),
        *_decisions(told, record.zone, window),
        *_escalations(told, record.zone, window),
        *_pinned(told, record.zone, window),
        _log(told, window),
    )
    times = f"From {full_time(window.start, record.zone)} to {full_time(window.end, record.zone)}."
    told_words = "; ".join(f"{lane.name.lower()}: {lane.note}" for lane in lanes)
    return Picture(
        "The incident along time", f"{times} {told_words}.", _ticks(window, record.zone), lanes, times,
        _outside(told, window),
    )  # fmt: skip


def _window(record: Record) -> Window | None:
    """From the start until it was over, and a little more where entries lie close by."""
    incident = record.incident
    ends = [incident.detected_at, incident.mitigated_at, incident.resolved_at]
    start = incident.began_at
    if incident.imported and incident.started_at is None:
        start = min((each.occurred_at for each in record.story), default=start)
    known = [at for at in ends if at is not None and at > start]
    last = max((each.occurred_at for each in record.story), default=start)
    end = max(known) if incident.resolved_at is not None and known else max([last, *known])
    if end <= start:
        return None
    room = round((end - start) * MARGIN)
    near = [each.occurred_at for each in record.story if start - room <= each.occurred_at <= end + room]
    sent = [each.at for each in record.messages if start - room <= each.at <= end + room]
    return Window(min([start, *near, *sent]), max([end, *near, *sent]))


# --- lanes


def _phases(incident: Incident, window: Window) -> Iterator[Lane]:
    """The stretches between the milestones, as far as they lie in their order."""
    begin, seen = incident.started_at, incident.detected_at
    eased, over = incident.mitigated_at, incident.resolved_at
    work_from = max([at for at in (begin, seen) if at is not None], default=None)
    phases = (
        ("Nobody knew", begin, seen, "bad"),
        ("Response", work_from, eased if eased is not None else over, "work"),
        ("Watched until resolved", eased, over, "good"),
    )
    for name, start, end, manner in phases:
        if start is not None and end is not None and end > start:
            stretch = Stretch(window.share(start), window.share(end))
            yield Lane(name, length(end - start), (stretch,), manner=manner)


def _statuses(record: Record, told: Sequence[Entry], window: Window) -> Iterator[Lane]:
    changes = [each for each in told if each.kind in (RecordKind.STATUS, RecordKind.SEVERITY, RecordKind.DECLARED)]
    dots = _dots(changes, record.zone, window, "")
    if dots:
        yield Lane("Status and severity", _count(len(dots), "change"), dots=dots)


def _messages(record: Record, window: Window) -> Iterator[Lane]:
    """One lane for each audience that was told something."""
    for audience in dict.fromkeys(each.audience for each in record.messages):
        sent = [each for each in record.messages if each.audience == audience and window.holds(each.at)]
        dots = tuple(
            Dot(window.share(each.at), clip(f"{full_time(each.at, record.zone)}, #{each.number}: "
                                            f"{clean_line(each.subject)}", 200))
            for each in sent
        )  # fmt: skip
        name = audience_name(audience)
        if dots:
            yield Lane(f"Told: {name}", _count(len(dots), "message"), dots=dots, manner="work")


def _decisions(told: Sequence[Entry], zone: Zone, window: Window) -> Iterator[Lane]:
    """With the numbers that they have in the list of decisions."""
    dots = _dots([each for each in told if each.kind == EntryKind.DECISION], zone, window, "numbered")
    if dots:
        yield Lane("Decisions", str(len(dots)), dots=dots)


def _escalations(told: Sequence[Entry], zone: Zone, window: Window) -> Iterator[Lane]:
    dots = _dots([each for each in told if each.kind == EntryKind.ESCALATION], zone, window, "")
    if dots:
        yield Lane("Escalations", str(len(dots)), dots=dots)


def _pinned(told: Sequence[Entry], zone: Zone, window: Window) -> Iterator[Lane]:
    dots = _dots([each for each in told if "pinned" in each.flags], zone, window, "")
    if dots:
        yield Lane("Key moments", str(len(dots)), dots=dots)


def _dots(entries: Iterable[Entry], zone: Zone, window: Window, labels: str) -> tuple[Dot, ...]:
    """A dot each; numbered by their place, where there is room for a number."""
    found: list[Dot] = []
    last = -1.0
    for number, each in enumerate(entries, 1):
        if not window.holds(each.occurred_at):
            continue
        at = window.share(each.occurred_at)
        label = str(number) if labels and at - last >= CROWDED else ""
        last = at if label else last
        found.append(Dot(at, quoted(each, zone, ""), label))
    return tuple(found)


def _log(told: Sequence[Entry], window: Window) -> Lane:
    """How much was written down when; a curve says more than a thousand dots."""
    counts = [0] * BINS
    inside = [each for each in told if window.holds(each.occurred_at)]
    for each in inside:
        counts[min(BINS - 1, int(window.share(each.occurred_at) * BINS))] += 1
    most = max(counts)
    heights = tuple(round(count / most, 3) for count in counts) if most else ()
    return Lane("Log", _count(len(inside), "entr", "y", "ies"), heights=heights)


def _count(count: int, word: str, one: str = "", many: str = "s") -> str:
    return f"{count} {word}{one if count == 1 else many}"


# --- axis and words


def _ticks(window: Window, zone: Zone) -> tuple[Dot, ...]:
    """Marks at round times of the reader's wall; with the day where it changes."""
    span = window.end - window.start
    step = next((each for each in STEPS if span // each < TICKS), STEPS[-1] * (span // STEPS[-1] // TICKS + 1))
    shift = (zone.show(window.start).utcoffset() or timedelta()) // timedelta(microseconds=1)
    at = -(-(window.start + shift) // step) * step - shift
    found: list[Dot] = []
    day = ""
    while at <= window.end:
        wall = zone.show(at)
        today, clock = f"{wall:%d %b}", f"{wall:%H:%M}"
        words = today if step >= DAY else clock
        found.append(Dot(window.share(at), today if today != day and step < DAY else "", words))
        day, at = today, at + step
    return tuple(found)


def _outside(told: Sequence[Entry], window: Window) -> str:
    before = sum(each.occurred_at < window.start for each in told)
    after = sum(each.occurred_at > window.end for each in told)
    parts = [f"{_count(before, 'entr', 'y', 'ies')} before" if before else "",
             f"{_count(after, 'entr', 'y', 'ies')} after" if after else ""]  # fmt: skip
    words = " and ".join(part for part in parts if part)
    return f"Not drawn: {words} this time; the timeline has them." if words else ""
