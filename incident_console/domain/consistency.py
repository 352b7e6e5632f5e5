"""What is odd about a record before figures are made from it: milestones missing, reversed or in the future, gaps,
entries written down late. Pure; it asks, corrects nothing and forces no order: recovery may precede its entry."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.comms import length
from incident_console.domain.figures import MILESTONES, STATED, milestone
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import EntryKind
from incident_console.domain.when import full_time

LATE: Final = 30 * MINUTE
"""An entry written down this long after the fact was written from memory."""

AHEAD: Final = 2 * MINUTE
"""Clocks of machines differ by less than this."""

MOST: Final = 12
"""Late entries and gaps named one by one; more are counted."""


@frozen
class Oddity:
    """One thing to look at."""

    rule: str
    """missing, reversed, future, gap, late, outside."""
    words: str
    milestone: str = ""
    """The milestone to correct; empty where it is not about one."""
    entry: int = 0
    """The number of the entry to correct; 0 where it is not about one."""
    at: int = 0
    """Where in time it is, microseconds UTC; 0 where nowhere."""
    until: int = 0
    """Where a gap ends; 0 for everything else."""


def oddities(
    incident: Incident, entries: Sequence[Entry], now: int, zone: Zone, silence: int
) -> tuple[Oddity, ...]:  # fmt: skip
    """Everything odd, milestones first. `silence`: a gap of this many microseconds is worth a question."""
    told = [each for each in entries if each.kind in set(EntryKind) and each.mark != "struck"]
    return (
        *_missing(incident),
        *_reversed(incident, zone),
        *_future(incident, told, now, zone),
        *_some(tuple(_gaps(incident, told, zone, silence)), "gaps of that length"),
        *_some(tuple(_late(incident, told, zone)), "entries written down late"),
    )


def _missing(incident: Incident) -> Iterator[Oddity]:
    for name in STATED:
        over = name in ("mitigated_at", "resolved_at") and incident.in_response
        if milestone(incident, name) is None and not over:
            yield Oddity("missing", f"Nobody said when it was {MILESTONES[name]}.", name)
    if milestone(incident, "first_update") is None and not incident.in_response:
        yield Oddity("missing", "No message was recorded as sent, so there is no first update.")


_ORDER: Final = (
    ("started_at", "detected_at"), ("detected_at", "acknowledged_at"), ("started_at", "mitigated_at"),
    ("mitigated_at", "resolved_at"), ("started_at", "resolved_at"),
)  # fmt: skip


def _reversed(incident: Incident, zone: Zone) -> Iterator[Oddity]:
    for first, then in _ORDER:
        before, after = milestone(incident, first), milestone(incident, then)
        if before is not None and after is not None and after < before:
            words = (
                f"{MILESTONES[then].capitalize()} ({full_time(after, zone)}) lies before"
                f" {MILESTONES[first]} ({full_time(before, zone)}). Is one of them wrong, or was it so?"
            )
            yield Oddity("reversed", words, then, at=after)


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


def _gaps(incident: Incident, entries: Sequence[Entry], zone: Zone, silence: int) -> Iterator[Oddity]:
    """Times during the response in which nobody wrote anything down."""
    for start, end in incident.responses(max((each.occurred_at for each in entries), default=incident.declared_at)):
        inside = [each.occurred_at for each in entries if start <= each.occurred_at <= end]
        for before, after in pairwise([start, *sorted(inside), end]):
            if after - before >= silence:
                words = f"Nothing was written down for {length(after - before)} from {full_time(before, zone)} on."
                yield Oddity("gap", words, at=before, until=after)


def _late(incident: Incident, entries: Iterable[Entry], zone: Zone) -> Iterator[Oddity]:
    for entry in entries:
        if entry.late >= LATE and not incident.imported:
            words = (
                f"Entry {entry.number} of {full_time(entry.occurred_at, zone)} was written down {length(entry.late)}"
                f" later: {clip(clean_line(entry.text[:200]), 60)}"
            )
            yield Oddity("late", words, entry=entry.number, at=entry.occurred_at)


def _some(found: tuple[Oddity, ...], what: str) -> tuple[Oddity, ...]:
    """A long list of the same is cut, and says so."""
    if len(found) <= MOST:
        return found
    return (*found[:MOST], Oddity(found[0].rule, f"And {len(found) - MOST} more {what}."))
