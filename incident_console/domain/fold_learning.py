"""How events of the learning phase add up: sections, the tree of causes, action items. Pure; part of `fold`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from incident_console.domain import events as e
from incident_console.domain.events import Body, Event
from incident_console.domain.incident import ActionItem, Incident, Version, Why, with_pair


def _written(state: Incident, event: Event, body: e.PostmortemWritten) -> Incident:
    """A text that was written without knowing the one that counts becomes a rival of it; both stay until settled."""
    new = Version(event.id, body.section, body.text, event.actor, event.occurred_at)
    counts = next((each for each in state.versions if each.section == body.section), None)
    rivals = tuple(each for each in state.rivals if each.id not in body.settles and each.id != body.base)
    written = (*state.written, event.id)
    undone = bool(body.base) and body.base not in state.written  # its writer saw words that were taken back since
    if (
        counts is not None
        and body.base is not None
        and not undone
        and body.base != counts.id
        and body.text != counts.text
    ):
        return replace(state, rivals=(*rivals, new), written=written)
    versions = (*(each for each in state.versions if each.section != body.section), new)
    sections = with_pair(state.sections, body.section, body.text)
    return replace(state, sections=sections, versions=versions, rivals=rivals, written=written)


def _why_added(state: Incident, event: Event, body: e.WhyAdded) -> Incident:
    new = Why(event.id, body.answer, body.parent, body.evidence, body.category, body.mark)
    return replace(state, whys=(*state.whys, new))


def _why_changed(state: Incident, event: Event, body: e.WhyChanged) -> Incident:
    def change(why: Why) -> Why:
        if why.id != body.target:
            return why
        return replace(why, answer=body.answer, evidence=body.evidence, category=body.category, mark=body.mark)

    return replace(state, whys=tuple(map(change, state.whys)))


def below(whys: tuple[Why, ...], why_id: str) -> frozenset[str]:
    """A cause and everything that explains it, whatever the order of the tuple."""
    children: dict[str | None, list[str]] = {}
    for why in whys:
        children.setdefault(why.parent, []).append(why.id)
    found, waiting = {why_id}, [why_id]
    while waiting:
        new = [child for child in children.get(waiting.pop(), ()) if child not in found]
        found.update(new)
        waiting += new
    return frozenset(found)


def _why_moved(state: Incident, event: Event, body: e.WhyMoved) -> Incident:
    """A move below itself, which two terminals may bring about together, moves nothing."""
    ids = {why.id for why in state.whys}
    moved = next((why for why in state.whys if why.id == body.target), None)
    if moved is None or (body.parent is not None and body.parent not in ids):
        return state
    if body.parent in below(state.whys, body.target):
        return state
    others = [why for why in state.whys if why.id != body.target]
    place = next((n for n, why in enumerate(others) if why.id == body.before), len(others))
    return replace(state, whys=(*others[:place], replace(moved, parent=body.parent), *others[place:]))


def _why_removed(state: Incident, event: Event, body: e.WhyRemoved) -> Incident:
    gone = below(state.whys, body.target)
    return replace(state, whys=tuple(why for why in state.whys if why.id not in gone))


def _lens(state: Incident, event: Event, body: e.LensAnswered) -> Incident:
    def answer(why: Why) -> Why:
        return replace(why, lens=body.answer, roadmap=body.roadmap) if why.id == body.target else why

    return replace(state, whys=tuple(map(answer, state.whys)))


def _action_added(state: Incident, event: Event, body: e.ActionAdded) -> Incident:
    at = event.occurred_at
    item = ActionItem(
        event.id, body.text, body.action_kind, body.owner, body.due, body.link, causes=body.causes,
        product=body.product, candidate=body.candidate, added_at=at, moved_at=at,
    )  # fmt: skip
    return replace(state, actions=(*state.actions, item))


def _action_changed(state: Incident, event: Event, body: e.ActionChanged) -> Incident:
    def change(item: ActionItem) -> ActionItem:
        if item.id != body.target:
            return item
        return replace(
            item, text=body.text, action_kind=body.action_kind, owner=body.owner, due=body.due, link=body.link,
            causes=body.causes, product=body.product, candidate=body.candidate,
        )  # fmt: skip

    return replace(state, actions=tuple(map(change, state.actions)))


def _action_moved(state: Incident, event: Event, body: e.ActionMoved) -> Incident:
    def change(item: ActionItem) -> ActionItem:
        if item.id != body.target:
            return item
        return replace(item, state=body.state, reason=body.reason, moved_at=event.occurred_at)

    return replace(state, actions=tuple(map(change, state.actions)))


def _reviewed(state: Incident, event: Event, body: e.Reviewed) -> Incident:
    return replace(state, reviewed_at=event.occurred_at, review_reason=body.reason)


LEARNING_STEPS: Final[dict[type[Body], Callable[[Incident, Event, Any], Incident]]] = {
    e.PostmortemWritten: _written,
    e.WhyAdded: _why_added,
    e.WhyChanged: _why_changed,
    e.WhyMoved: _why_moved,
    e.WhyRemoved: _why_removed,
    e.LensAnswered: _lens,
    e.ActionAdded: _action_added,
    e.ActionChanged: _action_changed,
    e.ActionMoved: _action_moved,
    e.Reviewed: _reviewed,
}
