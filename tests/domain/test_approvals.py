"""Approval of messages: who waits for whom, and what an answer is about."""

from dataclasses import replace
from datetime import UTC
from functools import lru_cache

import pytest

from incident_console.content.templates import load_catalog
from incident_console.domain import events as e
from incident_console.domain.approvals import (
    Standing,
    ask,
    clearance,
    filled,
    give,
    give_back,
    latest,
    waiting,
)
from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.comms import Address, Draft, fill
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident
from incident_console.domain.templates import ApprovalRule, CommsRules
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

ZONE = Zone(UTC)
INCIDENT = Incident("x", number=7, title="Checkout failing", severity=1, declared_at=NIGHT)


@lru_cache
def draft(
    impact: str = "cards fail", kind: str = "status_page", audience: str = "customers", now: int = NIGHT
) -> Draft:
    template = load_catalog(None).get(kind)
    assert template is not None
    values = {field.name: "x" for field in template.fields if field.required} | {"impact": impact}
    return fill(template, INCIDENT, Address(audience, now + HOUR), values, now, ZONE)


def history(*steps: tuple[str, Body]) -> Incident:
    """An incident after (actor, body) one after the other; the events are called 1, 2, 3."""
    first = Event("0", "o", 0, "x", NIGHT, NIGHT, "dana", e.Declared(7, "Checkout failing", 1))
    rest = (
        Event(str(n), "o", n, "x", NIGHT + n, NIGHT + n, actor, body) for n, (actor, body) in enumerate(steps, start=1)
    )
    return fold("x", [first, *rest])


ASKED = ("dana", ask(INCIDENT, draft()))


def test_nobody_has_to_approve_what_no_rule_names() -> None:
    assert clearance(INCIDENT, draft(), needed=False).standing is Standing.FREE
    assert clearance(INCIDENT, draft(), needed=False).may_go


def test_a_message_that_a_rule_names_waits_for_somebody_to_be_asked() -> None:
    found = clearance(INCIDENT, draft(), needed=True)
    assert (found.standing, found.may_go, found.approval) == (Standing.WANTED, False, None)


def test_asked_given_and_gone() -> None:
    state = history(ASKED)
    found = clearance(state, draft(), needed=True)
    assert (found.standing, found.may_go) == (Standing.ASKED, False)
    assert found.approval is not None
    assert (found.approval.asked_by, found.approval.asked_at) == ("dana", NIGHT + 1)
    given = history(ASKED, ("erin", give(state, "1", "erin", "")))
    found = clearance(given, draft(), needed=True)
    assert (found.standing, found.may_go) == (Standing.GIVEN, True)
    assert found.approval is not None
    assert found.approval.answered_by == "erin"


def test_returned_with_a_reason_by_name() -> None:
    state = history(ASKED, ("erin", give_back(history(ASKED), "1", " too\nlong ")))
    found = clearance(state, draft(), needed=True)
    assert (found.standing, found.may_go) == (Standing.RETURNED, False)
    assert found.approval is not None
    assert (found.approval.answered_by, found.approval.reason) == ("erin", "too long")


@pytest.mark.parametrize("answer", [None, e.ApprovalGiven("1"), e.ApprovalReturned("1", "no")])
def test_other_words_need_another_approval(answer: Body | None) -> None:
    state = history(ASKED, *((("erin", answer),) if answer is not None else ()))
    assert clearance(state, draft("all cards fail"), needed=True).standing is Standing.OUTDATED
    assert not clearance(state, draft("all cards fail"), needed=True).may_go
    assert clearance(state, draft("all cards fail"), needed=False).standing is Standing.FREE


def test_times_move_on_by_themselves_and_outdate_nothing() -> None:
    given = history(ASKED, ("erin", e.ApprovalGiven("1")))
    later = draft(now=NIGHT + 20 * MINUTE)
    assert later.text != draft().text
    assert clearance(given, later, needed=True).standing is Standing.GIVEN


def test_an_approval_is_for_one_audience_and_one_kind() -> None:
    given = history(ASKED, ("erin", e.ApprovalGiven("1")))
    other = draft(kind="resolution", audience="customers")
    assert clearance(given, other, needed=True).standing is Standing.WANTED
    assert latest(given, "executives", "status_page") is None


def test_what_is_asked_for_holds_the_words() -> None:
    body = ASKED[1]
    assert (body.subject, body.text, body.filled) == (draft().subject, draft().text, filled(draft()))
    assert all(value for _, value in body.filled)


def test_nothing_is_asked_for_while_something_is_missing() -> None:
    template = load_catalog(None).get("status_page")
    assert template is not None
    empty = fill(template, INCIDENT, Address("customers"), {}, NIGHT, ZONE)
    with pytest.raises(Refused, match=r"Still missing: .*before you ask somebody"):
        ask(INCIDENT, empty)


def test_nothing_is_asked_for_a_closed_incident_but_the_customer_report() -> None:
    closed = replace(INCIDENT, status="closed")
    with pytest.raises(Refused, match="INC-7 is closed"):
        ask(closed, draft())
    assert ask(closed, draft(kind="customer_report")).message_kind == "customer_report"


def test_the_same_words_are_asked_for_once() -> None:
    with pytest.raises(Refused, match="waits for approval already"):
        ask(history(ASKED), draft())
    with pytest.raises(Refused, match="was approved by erin already"):
        ask(history(ASKED, ("erin", e.ApprovalGiven("1"))), draft())
    assert ask(history(ASKED), draft("other words")).filled != ASKED[1].filled
    assert ask(history(ASKED, ("erin", e.ApprovalReturned("1", "no"))), draft()) == ASKED[1]


def test_a_new_request_replaces_the_old_one_which_cannot_be_answered_any_more() -> None:
    again = ("dana", ask(history(ASKED), draft("all cards fail")))
    state = history(ASKED, again)
    assert [each.id for each in waiting(state)] == ["2"]
    with pytest.raises(Refused, match="answered or replaced already"):
        give(state, "1", "erin", "")
    assert give(state, "2", "erin", "").target == "2"


@pytest.mark.parametrize("answer", [e.ApprovalGiven("1"), e.ApprovalReturned("1", "no")])
def test_a_request_is_answered_once(answer: Body) -> None:
    state = history(ASKED, ("erin", answer))
    assert waiting(state) == ()
    with pytest.raises(Refused, match="answered or replaced already"):
        give(state, "1", "frank", "")
    with pytest.raises(Refused, match="answered or replaced already"):
        give_back(state, "1", "no")


@pytest.mark.parametrize("approval_id", ["", "2", "nonsense", "\x1b[2J"])
def test_a_request_that_does_not_exist_is_refused(approval_id: str) -> None:
    with pytest.raises(Refused):
        give(history(ASKED), approval_id, "erin", "")


def test_ones_own_message_needs_a_reason() -> None:
    state = history(ASKED)
    for nothing in ("", "  ", "\n\t"):
        with pytest.raises(Refused, match="say why you approve it alone"):
            give(state, "1", "dana", nothing)
    assert give(state, "1", "dana", "alone at\nnight").reason == "alone at night"
    assert give(state, "1", "erin", "").reason == ""


def test_giving_back_needs_a_reason() -> None:
    with pytest.raises(Refused, match="Say in one line what should be different"):
        give_back(history(ASKED), "1", " \n ")


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_hostile_reasons_are_kept_harmlessly(_name: str, value: str) -> None:
    state = history(ASKED)
    for reason in (give(state, "1", "dana", value + "!").reason, give_back(state, "1", value + "!").reason):
        assert "\x1b" not in reason
        assert "\u202e" not in reason
        assert "\n" not in reason


def test_an_answer_to_a_request_that_was_undone_says_nothing() -> None:
    state = history(ASKED, ("erin", e.ApprovalGiven("1")), ("dana", e.Undone("1")))
    assert state.approvals == ()
    assert clearance(state, draft(), needed=True).standing is Standing.WANTED
    state = history(ASKED, ("erin", e.ApprovalGiven("1")), ("erin", e.Undone("2")))
    assert clearance(state, draft(), needed=True).standing is Standing.ASKED


RULES = CommsRules(
    approvals=(
        ApprovalRule(("customers", "key_accounts"), (1,), ()),
        ApprovalRule(("executives",), (), ("executive_brief",)),
        ApprovalRule((), (), ("customer_report",)),
    )
)


@pytest.mark.parametrize(
    ("audience", "severity", "kind", "needed"),
    [
        ("customers", 1, "status_page", True),
        ("customers", None, "status_page", True),
        ("customers", 2, "status_page", False),
        ("key_accounts", 1, "key_account", True),
        ("internal", 1, "update", False),
        ("executives", 4, "executive_brief", True),
        ("executives", 1, "update", False),
        ("customers", 4, "customer_report", True),
    ],
)
def test_the_pack_says_what_needs_approval(audience: str, severity: int | None, kind: str, needed: bool) -> None:
    assert RULES.needs_approval(audience, severity, kind) is needed
    assert not CommsRules().needs_approval(audience, severity, kind)
