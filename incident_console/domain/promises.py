"""The ledger of promises: every time of a next update that was sent, and whether word came by then. Pure."""

from enum import StrEnum
from typing import Final

from incident_console.domain.clock import MINUTE
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident, Sent

GRACE: Final = MINUTE
"""Promises are made in whole minutes, so the whole of that minute keeps them."""


class Kept(StrEnum):
    KEPT = "kept"
    MISSED = "missed"
    OPEN = "open"
    """Its time has not come yet."""
    OVER = "over"
    """The response ended before its time came, so nothing was owed."""


@frozen
class Promise:
    """One promised time; instants in microseconds UTC."""

    audience: str
    number: int
    """The message that made it."""
    made_at: int
    promised_at: int
    told_at: int | None
    """When the next message came; None while none did."""
    state: Kept
    late: int
    """Microseconds past the promised time; where no word came, up to the end of the response or to the present moment;
    0 unless missed."""


def promises(incident: Incident, now: int) -> tuple[Promise, ...]:
    """Every promise in the order in which it was made."""
    return tuple(
        _promise(incident, message, _next(incident, message), now)
        for message in incident.sent
        if message.next_at is not None
    )


def _next(incident: Incident, message: Sent) -> Sent | None:
    later = [each for each in incident.sent_to(message.audience, message.account) if each.at > message.at]
    return min(later, key=lambda each: each.at, default=None)


def _promise(incident: Incident, message: Sent, following: Sent | None, now: int) -> Promise:
    due = message.next_at or 0
    told = following.at if following is not None else None
    ended = incident.resolved_at if not incident.in_response else None
    until = told if told is not None else now if ended is None else min(now, ended)
    if told is not None and told < due + GRACE:
        state = Kept.KEPT
    elif _was_over(incident, due):
        state = Kept.OVER
    elif until < due + GRACE:
        state = Kept.OPEN
    else:
        state = Kept.MISSED
    late = until - due if state is Kept.MISSED else 0
    return Promise(message.audience, message.number, message.at, due, told, state, late)


def _was_over(incident: Incident, at: int) -> bool:
    """Whether the response had ended at an instant, for good or until it was reopened."""
    ended = incident.resolved_at if not incident.in_response else None
    return (ended is not None and ended <= at) or any(end <= at < again for end, again in incident.ends)


def summary(found: tuple[Promise, ...]) -> str:
    """`7 promised: 5 kept, 1 missed, 1 open, the latest by 12 min`, or that there are none."""
    if not found:
        return "No time of a next update was promised."
    counts = {state: sum(each.state is state for each in found) for state in Kept}
    worst = max((each.late for each in found), default=0)
    words = [f"{count} {state}" for state, count in counts.items() if count]
    most = f", the latest by {worst // MINUTE} min" if worst else ""
    return f"{len(found)} promised: {', '.join(words)}{most}"
