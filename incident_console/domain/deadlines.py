"""Every clock of a running incident: when each audience must hear next, and when to look at the severity again.

A deadline is an instant; what is left of it is always due minus now, recomputed and never counted down."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.incident import Incident
from incident_console.domain.policy import Level, Policy
from incident_console.domain.vocabulary import Status

SOON: Final = 5 * MINUTE
"""A deadline this near is worth a second look (or a third of the interval, where that is shorter)."""

LONG_RESPONSE: Final = 2 * 60 * MINUTE
"""After this much response time a longer cadence may be offered, never imposed (domain: severity)."""


class Urgency(StrEnum):
    OK = "ok"
    SOON = "soon"
    OVERDUE = "overdue"


class ClockKind(StrEnum):
    """What somebody waits for."""

    UPDATE = "update"
    REASSESS = "reassess"


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is due: the next message to an audience, or another look at the severity."""

    name: str
    """Who waits for word, or what is to be done."""
    number: int
    """Which message to this audience it will be: 1 for the first; 0 where nothing is counted."""
    since: int
    """Where its clock started, microseconds UTC."""
    due_at: int
    kind: ClockKind = ClockKind.UPDATE

    def remaining(self, now: int) -> int:
        """Microseconds left; negative once it is overdue."""
        return self.due_at - now

    def urgency(self, now: int) -> Urgency:
        left = self.remaining(now)
        if left < 0:
            return Urgency.OVERDUE
        return Urgency.SOON if left <= min(SOON, (self.due_at - self.since) // 3) else Urgency.OK


def clocks(incident: Incident, policy: Policy) -> tuple[Deadline, ...]:
    """Every running clock, the nearest first; none once the response is over."""
    again = reassessment(incident, policy)
    return _nearest_first((*deadlines(incident, policy), *((again,) if again is not None else ())))


def reassessment(incident: Incident, policy: Policy) -> Deadline | None:
    """When to look at the severity again: counted from its last change or the last look, whichever is later."""
    step = policy.level(incident.severity).reassess
    if step is None or not incident.in_response or incident.imported:
        return None
    since = max(incident.severity_since, incident.assessed_at or 0)
    return Deadline("reassess", 0, since, since + step * SECOND, ClockKind.REASSESS)


def _nearest_first(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(sorted(found, key=lambda deadline: (deadline.due_at, deadline.name)))


def deadlines(incident: Incident, policy: Policy) -> tuple[Deadline, ...]:
    """Who waits for word, the nearest first; nobody once the response is over."""
    if not incident.in_response:
        return ()
    level = policy.level(incident.severity)
    return _nearest_first(_deadline(incident, level, audience, seconds) for audience, seconds in level.cadence)


def interval(incident: Incident, policy: Policy, audience: str) -> int | None:
    """Microseconds between messages to an audience as things stand; None where it has no clock.

    In monitoring the interval doubles.
    """
    seconds = dict(policy.level(incident.severity).cadence).get(audience)
    if seconds is None or not incident.in_response:
        return None
    return seconds * SECOND * (2 if incident.status == Status.MONITORING else 1)


def promise(incident: Incident, policy: Policy, audience: str, now: int) -> int | None:
    """The time to promise for the next update in a message sent now: a whole minute, never later than due."""
    step = interval(incident, policy, audience)
    return None if step is None else (now + step) // MINUTE * MINUTE


def _deadline(incident: Incident, level: Level, audience: str, seconds: int) -> Deadline:
    step = seconds * SECOND * (2 if incident.status == Status.MONITORING else 1)
    sent = incident.sent_to(audience)
    number = len(sent) + 1
    if not sent:
        start = max(incident.declared_at, incident.severity_since)
        first = dict(level.first_word).get(audience, seconds) * SECOND
        return Deadline(audience, number, start, start + first)
    last = sent[-1]
    due = last.next_at if last.next_at is not None else last.at + step
    if incident.severity_since > last.at:  # the clock starts again, but a promise given stands
        due = min(due, incident.severity_since + step)
    if level.after_status_change is not None and incident.status_since > last.at:
        due = min(due, incident.status_since + level.after_status_change * SECOND)
    return Deadline(audience, number, last.at, due)


def unaware_of_resolution(incident: Incident) -> tuple[str, ...]:
    """Audiences that were told of the incident and not yet of its end."""
    if incident.in_response or incident.imported:
        return ()
    told: dict[str, bool] = {}
    for sent in incident.sent:
        told[sent.audience] = sent.message_kind == "resolution" or (
            incident.resolved_at is not None and sent.at >= incident.resolved_at
        )
    return tuple(audience for audience, knows in told.items() if not knows)


def urgency_key(incident: Incident, policy: Policy, now: int) -> tuple[int, int, int, int]:
    """Sorts incidents by what needs a person first: overdue, then severity, then the nearest deadline."""
    running = clocks(incident, policy)
    due = running[0].due_at if running else 2**62
    phase = 0 if incident.in_response else 1
    return (phase, 0 if due < now else 1, incident.severity or 1, due)
