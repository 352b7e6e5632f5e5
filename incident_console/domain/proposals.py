"""Gentle proposals while an incident runs: resolve after a quiet time, relief after long hours, a longer cadence.
They are sentences; nothing is done by itself. Pure."""

from collections.abc import Iterator

from incident_console.domain.clock import HOUR, MINUTE, SECOND, Zone
from incident_console.domain.incident import Incident
from incident_console.domain.policy import Policy
from incident_console.domain.vocabulary import ROLE_SHORT, Audience, Role, Status

LONG_RESPONSE = 2 * HOUR
"""After this much response time a longer cadence is offered, never imposed (domain: severity)."""

OUT_OF_HOURS = 2 * HOUR
"""After this long outside working hours somebody asks whether to stop or to go on."""


def proposals(incident: Incident, policy: Policy, now: int, zone: Zone) -> tuple[str, ...]:
    """What is worth proposing now, the most useful first; nothing once the response is over."""
    if not incident.in_response or incident.imported:
        return ()
    tired, long = _fatigue(incident, policy, now, zone), _cadence(incident, policy, now)
    return (*_soak(incident, policy, now), *tired, *long)


def quiet_time(incident: Incident, policy: Policy) -> int:
    """How long monitoring stays quiet before resolving is proposed, in microseconds."""
    level = policy.level(incident.severity)
    seconds = level.quiet if incident.explained else max(level.quiet, policy.habits.quiet_unexplained)
    return seconds * SECOND


def _soak(incident: Incident, policy: Policy, now: int) -> Iterator[str]:
    watched = now - incident.status_since
    if incident.status == Status.MONITORING and watched >= quiet_time(incident, policy):
        yield f"monitoring for {watched // MINUTE} min: resolve? (R)"


def _fatigue(incident: Incident, policy: Policy, now: int, zone: Zone) -> Iterator[str]:
    cared, again = incident.cared_at or 0, incident.reopened_at or 0
    for role, given in incident.role_since:
        since = max(given, again)  # between the end and the reopening there was time to sleep
        if role in ROLE_SHORT and now - since >= policy.habits.relief * SECOND and now - cared >= HOUR:
            hours = (now - since) // HOUR
            yield f"{incident.role(role)} is {ROLE_SHORT[Role(role)]} for {hours} h: hand over? (h)"
    if _long_out_of_hours(now, policy, zone) and now - max(incident.declared_at, again, cared) >= OUT_OF_HOURS:
        yield "2 h outside working hours: stop until morning, or go on? (/care says which)"


def _cadence(incident: Incident, policy: Policy, now: int) -> Iterator[str]:
    """Where some audience hears more than once an hour and nobody has chosen a rhythm yet."""
    chosen = any(setting.changed and setting.name in set(Audience) for setting in incident.settings)
    often = any(seconds * SECOND < HOUR for _, seconds in policy.level(incident.severity).cadence)
    since = max(incident.declared_at, incident.reopened_at or 0)
    if now - since >= LONG_RESPONSE and often and not chosen:
        yield "2 h of response: a longer rhythm may do (/every customers 1h why)"


def is_out_of_hours(now: int, policy: Policy, zone: Zone) -> bool:
    """Whether it is a weekend or not within the working hours on the reader's wall."""
    shown = zone.show(now)
    first, last = policy.habits.office
    return shown.weekday() >= 5 or not first <= shown.hour < last


def _long_out_of_hours(now: int, policy: Policy, zone: Zone) -> bool:
    """Whether all of the last two hours lay outside working hours, which are whole hours."""
    return all(is_out_of_hours(now - back, policy, zone) for back in range(0, OUT_OF_HOURS + 1, HOUR // 2))
