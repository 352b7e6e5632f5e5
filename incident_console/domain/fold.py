"""How events add up to an incident. Pure; each step takes the state and one event and gives the next state."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from incident_console.domain import events as e
from incident_console.domain.events import Body, Event
from incident_console.domain.fold_learning import LEARNING_STEPS
from incident_console.domain.fold_messages import MESSAGE_STEPS
from incident_console.domain.incident import ClockSetting, Incident, Timer, with_pair
from incident_console.domain.undo import voided
from incident_console.domain.vocabulary import Role, Status


def fold(stream: str, history: Iterable[Event]) -> Incident:
    """The incident that a set of events adds up to, in whatever order they come."""
    ordered = sorted(history, key=lambda event: event.order)
    gone = voided(ordered)
    state = Incident(stream)
    for event in ordered:
        step = STEPS.get(type(event.body))
        if step is not None and event.id not in gone:
            state = step(state, event, event.body)
    return state


def _declared(state: Incident, event: Event, body: e.Declared) -> Incident:
    at = event.occurred_at
    return replace(
        state, number=body.number, title=body.title, severity=body.severity, severity_since=at,
        status_since=at, drill=body.drill, declared_at=at, started_at=body.started_at,
        detected_at=body.detected_at, services=body.services, flows=body.flows, tags=body.tags,
        channel=body.channel, roles=body.roles, detected_by=body.detected_by,
        acknowledged_at=at if any(role == Role.IC for role, _ in body.roles) else None,
        role_since=tuple((role, at) for role, _ in body.roles),
    )  # fmt: skip


def _imported(state: Incident, event: Event, body: e.Imported) -> Incident:
    known = (body.started_at, body.detected_at, body.acknowledged_at, body.resolved_at)
    start = next((at for at in known if at is not None), event.occurred_at)
    return replace(
        state, number=body.number, title=body.title, severity=body.severity, severity_since=start,
        status=body.status, status_since=body.resolved_at or start, imported=True, declared_at=start,
        started_at=body.started_at, detected_at=body.detected_at, acknowledged_at=body.acknowledged_at,
        mitigated_at=body.mitigated_at, resolved_at=body.resolved_at, services=body.services,
        tags=body.tags, roles=body.roles, facts=body.impact, root_cause=body.root_cause,
        channel=body.channel, flows=body.flows, drill=body.drill, detected_by=body.detected_by, triage=body.triage,
    )  # fmt: skip


def _severity(state: Incident, event: Event, body: e.SeverityChanged) -> Incident:
    return replace(state, severity=body.severity, severity_since=event.occurred_at)


def _assessed(state: Incident, event: Event, body: e.Assessed) -> Incident:
    return replace(state, assessed_at=event.occurred_at, triage=body.facts, unknown=body.unknown)


def _status(state: Incident, event: Event, body: e.StatusChanged) -> Incident:
    """Milestones are set by the first status that implies them and cleared when the status goes back."""
    at, status = event.occurred_at, body.status
    ends = state.in_response  # what people corrected afterwards stays: closing tells nothing about when it ended
    mitigated = status in (Status.MONITORING, Status.RESOLVED, Status.CLOSED)
    over = status in (Status.RESOLVED, Status.CLOSED)
    reopened = not state.in_response and not over
    known = status in (Status.IDENTIFIED, Status.MITIGATING)
    return replace(
        state,
        status=status,
        status_since=at,
        mitigated_at=_reached(state.mitigated_at, at, ends) if mitigated else None,
        resolved_at=_reached(state.resolved_at, at, ends) if over else None,
        closed_at=at if status == Status.CLOSED else None,
        reopened_at=at if reopened else state.reopened_at,
        ends=(*state.ends, (state.resolved_at, at)) if reopened and state.resolved_at is not None else state.ends,
        explained=known or (state.explained and not reopened),
        reviewed_at=state.reviewed_at if over else None,  # whatever comes now, nobody has looked back at it yet
        review_reason=state.review_reason if over else "",
    )


def _reached(known: int | None, at: int, now: bool) -> int | None:
    """When a milestone was reached: the first time that a status implied it; `now`: whether this one may."""
    return at if known is None and now else known


def _role(state: Incident, event: Event, body: e.RoleAssigned) -> Incident:
    """Somebody owns it from the moment that it has a commander."""
    owned = body.role == Role.IC and body.name and state.acknowledged_at is None
    since = tuple(each for each in state.role_since if each[0] != body.role)
    return replace(
        state,
        role_since=(*since, (body.role, event.occurred_at)) if body.name else since,
        roles=with_pair(state.roles, body.role, body.name),
        acknowledged_at=event.occurred_at if owned else state.acknowledged_at,
    )


def _decided(state: Incident, event: Event, body: e.Decided) -> Incident:
    if body.review_at is None:
        return state
    review = Timer(event.id, "review", body.chosen, body.by, event.occurred_at, body.review_at)
    return replace(state, timers=(*state.timers, review))


def _escalated(state: Incident, event: Event, body: e.Escalated) -> Incident:
    waiting = Timer(event.id, "acknowledge", body.needed, body.to, event.occurred_at, body.acknowledge_by)
    return replace(state, timers=(*state.timers, waiting), escalated_to=(*state.escalated_to, body.to))


def _timer_started(state: Incident, event: Event, body: e.TimerStarted) -> Incident:
    timer = Timer(event.id, body.timer_kind, body.text, body.who, event.occurred_at, body.due_at)
    return replace(state, timers=(*state.timers, timer))


def _timer_ended(state: Incident, event: Event, body: e.TimerEnded) -> Incident:
    return replace(state, timers=tuple(timer for timer in state.timers if timer.id != body.target))


def _timer_extended(state: Incident, event: Event, body: e.TimerExtended) -> Incident:
    def extend(timer: Timer) -> Timer:
        return replace(timer, due_at=body.due_at) if timer.id == body.target else timer

    return replace(state, timers=tuple(map(extend, state.timers)))


def _clock_set(state: Incident, event: Event, body: e.ClockSet) -> Incident:
    at = event.occurred_at
    old = state.setting(body.name) or ClockSetting(body.name, at)
    match body.action:
        case "pause":
            new = replace(old, at=at, paused=body.reason)
        case "resume":
            new = replace(old, at=at, paused="")
        case "snooze":
            new = replace(old, at=at, snoozed=body.reason, until=body.until or 0, snoozed_at=at)
        case _:
            new = replace(old, at=at, every=body.every, changed=at)
    return replace(state, settings=(*(each for each in state.settings if each.name != body.name), new))


def _checked_in(state: Incident, event: Event, body: e.CheckedIn) -> Incident:
    """The latest counts, whatever the order in which they are written down."""
    at = event.occurred_at
    if body.whom == "team":
        return replace(state, cared_at=max(at, state.cared_at or 0))
    return replace(state, checked_in_at=max(at, state.checked_in_at or 0))


def _requested(state: Incident, event: Event, body: e.Requested) -> Incident:
    others = tuple(each for each in state.requests if each[0] != body.audience)
    return replace(state, requests=(*others, (body.audience, event.occurred_at)))


def _ticked(state: Incident, event: Event, body: e.Ticked) -> Incident:
    others = tuple(item for item in state.ticked if item != body.item)
    return replace(state, ticked=(*others, body.item) if body.done else others)


def _amended(state: Incident, event: Event, body: e.Amended) -> Incident:
    change = AMENDABLE.get(body.name)
    return change(state, body.values) if change is not None else state


AMENDABLE: Final[dict[str, Callable[[Incident, tuple[Any, ...]], Incident]]] = {
    "title": lambda state, values: replace(state, title=values[0] if values else state.title),
    "channel": lambda state, values: replace(state, channel=values[0] if values else ""),
    "started_at": lambda state, values: replace(state, started_at=values[0] if values else None),
    "detected_at": lambda state, values: replace(state, detected_at=values[0] if values else None),
    "acknowledged_at": lambda state, values: replace(state, acknowledged_at=values[0] if values else None),
    "mitigated_at": lambda state, values: replace(state, mitigated_at=values[0] if values else None),
    "resolved_at": lambda state, values: replace(state, resolved_at=values[0] if values else None),
    "services": lambda state, values: replace(state, services=values),
    "flows": lambda state, values: replace(state, flows=values),
    "tags": lambda state, values: replace(state, tags=values),
}
"""What was said when declaring and may read differently later."""


STEPS: Final[dict[type[Body], Callable[[Incident, Event, Any], Incident]]] = {
    e.Declared: _declared,
    e.Imported: _imported,
    e.SeverityChanged: _severity,
    e.Assessed: _assessed,
    e.StatusChanged: _status,
    e.RoleAssigned: _role,
    e.Decided: _decided,
    e.Escalated: _escalated,
    e.TimerStarted: _timer_started,
    e.TimerEnded: _timer_ended,
    e.TimerExtended: _timer_extended,
    e.ClockSet: _clock_set,
    e.CheckedIn: _checked_in,
    e.Requested: _requested,
    e.Ticked: _ticked,
    e.Amended: _amended,
    **MESSAGE_STEPS,
    **LEARNING_STEPS,
}
"""How each kind of event changes the state. `Noted` is not here: the timeline may be as long as it likes."""
