"""An incident as a pure fold over its events: small frozen facts, never the growing timeline."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from incident_console.domain import events as e
from incident_console.domain.events import Body, Event, Pairs
from incident_console.domain.vocabulary import RESPONSE, ActionState, Role, Status, reference


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that went out, without its text."""

    audience: str
    message_kind: str
    number: int
    at: int
    next_at: int | None


@dataclass(frozen=True, slots=True)
class Why:
    """One answer in the chain of whys."""

    id: str
    answer: str
    parent: str | None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionItem:
    """Something that was promised so that it will not happen again."""

    id: str
    text: str
    action_kind: str
    owner: str
    due: str
    """ISO date or empty."""
    link: str
    state: str = ActionState.OPEN


@dataclass(frozen=True, slots=True)
class Incident:
    """Everything small that is true of an incident now. Instants are microseconds UTC; None means unknown."""

    id: str
    number: int = 0
    title: str = ""
    severity: int | None = None
    severity_since: int = 0
    status: str = Status.INVESTIGATING
    status_since: int = 0
    drill: bool = False
    imported: bool = False
    declared_at: int = 0
    started_at: int | None = None
    detected_at: int | None = None
    acknowledged_at: int | None = None
    mitigated_at: int | None = None
    resolved_at: int | None = None
    closed_at: int | None = None
    services: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channel: str = ""
    detected_by: str = ""
    """monitoring, customer, colleague or empty."""
    roles: Pairs = ()
    assessed_at: int | None = None
    """When somebody last looked at the severity."""
    triage: Pairs = ()
    """The answers of that look, as events keep them."""
    unknown: tuple[str, ...] = ()
    """The facts that nobody knew then."""
    facts: Pairs = ()
    """Latest known value of each message field (impact, users_affected, next_steps, …)."""
    root_cause: str = ""
    sent: tuple[Sent, ...] = ()
    sections: Pairs = ()
    whys: tuple[Why, ...] = ()
    actions: tuple[ActionItem, ...] = ()

    @property
    def reference(self) -> str:
        return reference(self.number)

    @property
    def is_open(self) -> bool:
        """Closed ones are out of the way; resolved ones still wait for their postmortem."""
        return self.status != Status.CLOSED

    @property
    def in_response(self) -> bool:
        return self.status in RESPONSE

    @property
    def began_at(self) -> int:
        """From when time is counted on screen: the stated start, else the declaration."""
        return self.started_at if self.started_at is not None else self.declared_at

    @property
    def ended_at(self) -> int | None:
        """Where the count stops; None while it runs or nobody knows."""
        return None if self.in_response else self.resolved_at

    def role(self, role: str) -> str:
        """Who holds a role; empty when nobody does."""
        return lookup(self.roles, role)

    def fact(self, name: str) -> str:
        return lookup(self.facts, name)

    def section(self, name: str) -> str:
        return lookup(self.sections, name)

    def sent_to(self, audience: str) -> tuple[Sent, ...]:
        """What went to one audience, oldest first."""
        return tuple(sent for sent in self.sent if sent.audience == audience)


def lookup(pairs: Pairs, key: str) -> str:
    """The value of a key, or empty."""
    return next((value for name, value in pairs if name == key), "")


def with_pair(pairs: Pairs, key: str, value: str) -> Pairs:
    """The same pairs with one value set in place; an empty value removes the key."""
    if not value:
        return tuple(pair for pair in pairs if pair[0] != key)
    if any(name == key for name, _ in pairs):
        return tuple((name, value if name == key else old) for name, old in pairs)
    return (*pairs, (key, value))


def voided(history: Iterable[Event]) -> frozenset[str]:
    """Ids of the events that are undone at the end of a history in fold order."""
    gone: set[str] = set()
    for event in history:
        if isinstance(event.body, e.Undone):
            gone.add(event.body.target)
        elif isinstance(event.body, e.Redone):
            gone.discard(event.body.target)
    return frozenset(gone)


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
    mitigated = status in (Status.MONITORING, Status.RESOLVED, Status.CLOSED)
    over = status in (Status.RESOLVED, Status.CLOSED)
    return replace(
        state,
        status=status,
        status_since=at,
        mitigated_at=_first(state.mitigated_at, at) if mitigated else None,
        resolved_at=_first(state.resolved_at, at) if over else None,
        closed_at=at if status == Status.CLOSED else None,
    )


def _first(known: int | None, at: int) -> int:
    return at if known is None else known


def _role(state: Incident, event: Event, body: e.RoleAssigned) -> Incident:
    """Somebody owns it from the moment that it has a commander."""
    owned = body.role == Role.IC and body.name and state.acknowledged_at is None
    return replace(
        state,
        roles=with_pair(state.roles, body.role, body.name),
        acknowledged_at=event.occurred_at if owned else state.acknowledged_at,
    )


def _sent(state: Incident, event: Event, body: e.MessageSent) -> Incident:
    facts = state.facts
    for name, value in body.filled:
        facts = with_pair(facts, name, value)
    message = Sent(body.audience, body.message_kind, body.number, event.occurred_at, body.next_at)
    return replace(state, facts=facts, sent=(*state.sent, message))


def _written(state: Incident, event: Event, body: e.PostmortemWritten) -> Incident:
    return replace(state, sections=with_pair(state.sections, body.section, body.text))


def _why_added(state: Incident, event: Event, body: e.WhyAdded) -> Incident:
    return replace(state, whys=(*state.whys, Why(event.id, body.answer, body.parent, body.evidence)))


def _why_changed(state: Incident, event: Event, body: e.WhyChanged) -> Incident:
    def change(why: Why) -> Why:
        same = why.id == body.target
        return replace(why, answer=body.answer, evidence=body.evidence) if same else why

    return replace(state, whys=tuple(map(change, state.whys)))


def _why_removed(state: Incident, event: Event, body: e.WhyRemoved) -> Incident:
    gone = {body.target}
    for why in state.whys:  # a parent always stands before its children
        if why.parent in gone:
            gone.add(why.id)
    return replace(state, whys=tuple(why for why in state.whys if why.id not in gone))


def _action_added(state: Incident, event: Event, body: e.ActionAdded) -> Incident:
    item = ActionItem(event.id, body.text, body.action_kind, body.owner, body.due, body.link)
    return replace(state, actions=(*state.actions, item))


def _action_changed(state: Incident, event: Event, body: e.ActionChanged) -> Incident:
    def change(item: ActionItem) -> ActionItem:
        if item.id != body.target:
            return item
        return ActionItem(item.id, body.text, body.action_kind, body.owner, body.due, body.link, item.state)

    return replace(state, actions=tuple(map(change, state.actions)))


def _action_moved(state: Incident, event: Event, body: e.ActionMoved) -> Incident:
    def change(item: ActionItem) -> ActionItem:
        return replace(item, state=body.state) if item.id == body.target else item

    return replace(state, actions=tuple(map(change, state.actions)))


STEPS: Final[dict[type[Body], Callable[[Incident, Event, Any], Incident]]] = {
    e.Declared: _declared,
    e.Imported: _imported,
    e.SeverityChanged: _severity,
    e.Assessed: _assessed,
    e.StatusChanged: _status,
    e.RoleAssigned: _role,
    e.MessageSent: _sent,
    e.PostmortemWritten: _written,
    e.WhyAdded: _why_added,
    e.WhyChanged: _why_changed,
    e.WhyRemoved: _why_removed,
    e.ActionAdded: _action_added,
    e.ActionChanged: _action_changed,
    e.ActionMoved: _action_moved,
}
"""How each kind of event changes the state. `Noted` is not here: the timeline may be as long as it likes."""


def undo_target(newest_first: Iterable[Event], gone: frozenset[str]) -> Event | None:
    """What one person's undo takes back: the newest of their events that still counts."""
    steps = (e.Undone, e.Redone, e.MessageCopied)
    return next((event for event in newest_first if event.id not in gone and not isinstance(event.body, steps)), None)


def redo_target(newest_first: Iterable[Event]) -> str | None:
    """The id that one person's redo brings back; anything new they did since then ends the chance."""
    again: set[str] = set()
    for event in newest_first:
        body = event.body
        if isinstance(body, e.Redone):
            again.add(body.target)
        elif isinstance(body, e.Undone):
            if body.target not in again:
                return body.target
            again.discard(body.target)
        elif not isinstance(body, e.MessageCopied):
            return None
    return None
