"""Gentle proposals while an incident runs: resolve after a quiet time, relief after long hours, a longer cadence.
They are sentences; nothing is done by itself. Pure."""

from collections.abc import Iterator

from incident_console.domain.clock import HOUR, MINUTE, SECOND, Zone
from incident_console.domain.incident import Incident
from incident_console.domain.policy import Policy
from incident_console.domain.vocabulary import ROLE_SHORT, Role, Status

LONG_RESPONSE = 2 * HOUR
"""After this much response time a longer cadence is offered, never imposed (domain: severity)."""

OUT_OF_HOURS = 2 * HOUR
"""After this long outside working hours somebody asks whether to stop or to go on."""


def proposals(incident: Incident, policy: Policy, now: int, zone: Zone) -> tuple[str, ...]:
    """What is worth proposing now, the most useful first; nothing once the response is over."""
    if not incident.in_response or incident.imported:
        return ()
    return tuple((*_soak(incident, policy, now), *_fatigue(incident, policy, now, zone), *_cadence(incident, now)))


def quiet_time(incident: Incident, policy: Policy) -> int:
    """How long monitoring stays quiet before resolving is proposed, in microseconds."""
    level = policy.level(incident.severity)
    seconds = level.quiet if incident.explained else max(level.quiet, policy.habits.quiet_unexplained)
    return seconds * SECOND


def _soak(incident: Incident, policy: Policy, now: int) -> Iterator[str]:
    quiet = now - incident.status_since
    if incident.status == Status.MONITORING and quiet >= quiet_time(incident, policy):
        yield f"quiet for {quiet // MINUTE} min: resolve? (R)"


def _fatigue(incident: Incident, policy: Policy, now: int, zone: Zone) -> Iterator[str]:
    cared = incident.cared_at or 0
    for role, since in incident.role_since:
        if role in ROLE_SHORT and now - since >= policy.habits.relief and now - cared >= HOUR:
            hours = (now - since) // HOUR
            yield f"{incident.role(role)} is {ROLE_SHORT[Role(role)]} for {hours} h: hand over? (h)"
    if is_out_of_hours(now, policy, zone) and now - max(incident.declared_at, cared) >= OUT_OF_HOURS:
        yield "2 h outside working hours: stop until morning, or go on? (/care says which)"


def _cadence(incident: Incident, now: int) -> Iterator[str]:
    changed = any(setting.changed for setting in incident.settings)
    since = max(incident.declared_at, incident.reopened_at or 0)
    if now - since >= LONG_RESPONSE and not changed:
        yield "2 h of response: a longer rhythm may do (/every customers 1h why)"


def is_out_of_hours(now: int, policy: Policy, zone: Zone) -> bool:
    """Whether it is a weekend or not within the working hours on the reader's wall."""
    shown = zone.show(now)
    first, last = policy.habits.office
    return shown.weekday() >= 5 or not first <= shown.hour < last
