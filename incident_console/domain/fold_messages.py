"""How events around messages add up: facts, who heard what, approvals, key accounts. Pure; part of `fold`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from incident_console.domain import events as e
from incident_console.domain.events import Body, Event, Pairs
from incident_console.domain.incident import Account, Approval, Incident, Sent, readers, with_pair
from incident_console.domain.text import gist
from incident_console.domain.vocabulary import MessageKind


def _stated(state: Incident, event: Event, body: e.FactsStated) -> Incident:
    return replace(state, facts=_filled(state.facts, body.values), facts_at=event.occurred_at)


def _sent(state: Incident, event: Event, body: e.MessageSent) -> Incident:
    known = event.id if body.remembered else ""
    message = Sent(
        body.audience, body.message_kind, body.number, event.occurred_at, body.next_at, body.account, known
    )  # fmt: skip
    told = state.told
    if body.account:
        latest = max(event.occurred_at, dict(told).get(body.account, event.occurred_at))
        told = (*(each for each in told if each[0] != body.account), (body.account, latest))
    news = () if body.resends or body.past or body.account else _news(state, body)  # old, personal words change no fact
    facts = _filled(state.facts, news)
    heard = _heard(replace(state, facts=facts), event, body)
    approvals = tuple(_used(each, body) for each in state.approvals)
    return replace(state, facts=facts, sent=(*state.sent, message), told=told, heard=heard, approvals=approvals)


def _news(state: Incident, body: e.MessageSent) -> Pairs:
    """The fields of a message, without facts that a customer report only makes sentences of."""
    if body.message_kind != MessageKind.CUSTOMER_REPORT:
        return body.filled
    return tuple((name, value) for name, value in body.filled if gist(value) != gist(state.fact(name)))


def _used(approval: Approval, body: e.MessageSent) -> Approval:
    """An approval is good for one message: the next one is another decision."""
    same = (approval.audience, approval.message_kind, approval.account) == (
        body.audience, body.message_kind, body.account,
    )  # fmt: skip
    return replace(approval, state="used") if same and not body.resends and approval.state == "given" else approval


def _filled(pairs: Pairs, filled: Pairs) -> Pairs:
    for name, value in filled:
        pairs = with_pair(pairs, name, value)
    return pairs


def _heard(state: Incident, event: Event, body: e.MessageSent) -> tuple[tuple[str, Pairs], ...]:
    """What is sent later counts, whatever is written down later; a fact taken back before is as good as unsaid. A key
    account hears of a fact in words of its own: what counts is the fact behind them."""
    who = readers(body.audience, body.account)
    facts = tuple((name, state.fact(name)) for name, _ in body.filled if state.fact(name))
    said = facts if body.account else body.filled
    before = dict(state.heard).get(who, ())
    others = tuple(each for each in state.heard if each[0] != who)
    if any(sent.at > event.occurred_at for sent in state.sent_to(body.audience, body.account)):
        return (*others, (who, _filled(said, before)))
    known = tuple(pair for pair in before if state.fact(pair[0]))
    return (*others, (who, _filled(known, said)))


def _asked(state: Incident, event: Event, body: e.ApprovalAsked) -> Incident:
    new = Approval(
        event.id, body.audience, body.message_kind, body.filled, event.actor, event.occurred_at, body.account,
        status=body.status, severity=body.severity,
    )  # fmt: skip
    same = (body.audience, body.message_kind, body.account)
    others = tuple(each for each in state.approvals if (each.audience, each.message_kind, each.account) != same)
    return replace(state, approvals=(*others, new))


def _answered(state: Incident, event: Event, body: e.ApprovalGiven | e.ApprovalReturned) -> Incident:
    said = "given" if isinstance(body, e.ApprovalGiven) else "returned"

    def answer(each: Approval) -> Approval:
        mine = each.id == body.target
        return replace(each, state=said, answered_by=event.actor, reason=body.reason) if mine else each

    return replace(state, approvals=tuple(map(answer, state.approvals)))


def _listed(state: Incident, event: Event, body: e.AccountListed) -> Incident:
    known = next((each for each in state.accounts if each.name == body.name), None)
    if known is None:
        return replace(state, accounts=(*state.accounts, Account(body.name, body.owner, body.tier)))
    return _account(state, replace(known, owner=body.owner, tier=body.tier))


def _account(state: Incident, new: Account) -> Incident:
    return replace(state, accounts=tuple(new if each.name == new.name else each for each in state.accounts))


def _account_noted(state: Incident, event: Event, body: e.AccountNoted) -> Incident:
    known = next((each for each in state.accounts if each.name == body.name), None)
    return state if known is None else _account(state, replace(known, note=body.text))


def _dropped(state: Incident, event: Event, body: e.AccountDropped) -> Incident:
    return replace(state, accounts=tuple(each for each in state.accounts if each.name != body.name))


MESSAGE_STEPS: Final[dict[type[Body], Callable[[Incident, Event, Any], Incident]]] = {
    e.FactsStated: _stated,
    e.MessageSent: _sent,
    e.ApprovalAsked: _asked,
    e.ApprovalGiven: _answered,
    e.ApprovalReturned: _answered,
    e.AccountListed: _listed,
    e.AccountNoted: _account_noted,
    e.AccountDropped: _dropped,
}
