"""Approval through the desk: what waits, who answered, and what is kept when nobody did."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain.approvals import Standing
from incident_console.domain.clock import HOUR
from incident_console.domain.comms import Draft, Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from incident_console.domain.vocabulary import Refused
from tests.builders import clock_of, declare
from tests.storage.conftest import texts
from tests.storage.messages import complete, own_desk


@pytest.fixture
def outside(ours: Desk) -> Draft:
    """A message to customers at SEV1, which somebody has to approve."""
    return complete(ours, declare(ours), Wish("customers"))


def test_the_pack_says_which_messages_wait(ours: Desk) -> None:
    worst, mild = declare(ours), declare(ours, "Slow pages", 3)
    unsaid = declare(ours, "Odd things", None)
    assert ours.clearance(worst, complete(ours, worst, Wish("customers"))).standing is Standing.WANTED
    assert ours.clearance(worst, complete(ours, worst, Wish("internal"))).standing is Standing.FREE
    assert ours.clearance(mild, complete(ours, mild, Wish("customers"))).standing is Standing.FREE
    assert ours.clearance(unsaid, complete(ours, unsaid, Wish("customers"))).standing is Standing.WANTED


def test_sent_without_approval_is_refused_then_kept_as_overruled(ours: Desk, outside: Draft) -> None:
    with pytest.raises(Refused, match="Nobody has approved this message yet"):
        ours.mark_sent(outside)
    assert ours.sent(outside.incident_id) == ()
    ours.mark_sent(outside, Sending(overruled=("approval",)))
    assert ours.sent(outside.incident_id)[0].overruled == ("approval",)
    assert ours.sent(outside.incident_id)[0].approved_by == ""


def test_forced_without_approval_is_kept_as_overruled_once(ours: Desk, outside: Draft) -> None:
    ours.mark_sent(outside, Sending(overruled=("jargon",)), Check.FORCED)
    assert ours.sent(outside.incident_id)[0].overruled == ("jargon", "approval")


def test_an_approved_message_keeps_who_approved_it(tmp_path: Path, ours: Desk, outside: Draft) -> None:
    boss = own_desk(tmp_path, "erin")
    state = ours.ask_approval(outside)
    assert boss.asked_words(state.approvals[0].id) == outside.whole
    boss.approve(outside.incident_id, state.approvals[0].id)
    assert ours.clearance(ours.incident(outside.incident_id), outside).may_go
    ours.mark_sent(outside)
    message = ours.sent(outside.incident_id)[0]
    assert (message.approved_by, message.overruled) == ("erin", ())
    assert "Approved by erin." in ours.correspondence(outside.incident_id)
    assert texts(ours, outside.incident_id, "approval") == ["asked for: status page to customers", "given"]


def test_words_changed_after_the_approval_need_another_one(tmp_path: Path, ours: Desk, outside: Draft) -> None:
    state = ours.ask_approval(outside)
    own_desk(tmp_path, "erin").approve(outside.incident_id, state.approvals[0].id)
    other = complete(ours, state, Wish("customers", values=(("impact", "other words"),)))
    assert ours.clearance(ours.incident(outside.incident_id), other).standing is Standing.OUTDATED
    with pytest.raises(Refused, match="Nobody has approved"):
        ours.mark_sent(other)


def test_returned_with_a_reason_and_asked_again(tmp_path: Path, ours: Desk, outside: Draft) -> None:
    boss = own_desk(tmp_path, "erin")
    state = ours.ask_approval(outside)
    state = boss.return_message(outside.incident_id, state.approvals[0].id, "too long")
    assert ours.clearance(state, outside).standing is Standing.RETURNED
    state = ours.ask_approval(outside)
    assert ours.clearance(state, outside).standing is Standing.ASKED


def test_one_person_alone_approves_with_a_reason(ours: Desk, outside: Draft) -> None:
    state = ours.ask_approval(outside)
    with pytest.raises(Refused, match="You wrote this message yourself"):
        ours.approve(outside.incident_id, state.approvals[0].id)
    ours.approve(outside.incident_id, state.approvals[0].id, "nobody else is awake")
    assert "given: nobody else is awake" in texts(ours, outside.incident_id, "approval")
    ours.mark_sent(outside)
    assert ours.sent(outside.incident_id)[0].approved_by == "dana"


def test_two_people_answer_one_request_and_the_first_counts(tmp_path: Path, ours: Desk, outside: Draft) -> None:
    erin, frank = own_desk(tmp_path, "erin"), own_desk(tmp_path, "frank")
    state = ours.ask_approval(outside)
    erin.approve(outside.incident_id, state.approvals[0].id)
    with pytest.raises(Refused, match="answered or replaced already"):
        frank.return_message(outside.incident_id, state.approvals[0].id, "no")
    assert ours.incident(outside.incident_id).approvals[0].answered_by == "erin"


def test_asking_states_the_facts_in_the_words(ours: Desk) -> None:
    incident = declare(ours)
    state = ours.ask_approval(complete(ours, incident, Wish("customers", values=(("impact", "cards fail"),))))
    assert state.fact("impact") == "cards fail"


def test_undoing_a_request_and_an_answer(tmp_path: Path, ours: Desk, outside: Draft) -> None:
    boss = own_desk(tmp_path, "erin")
    state = ours.ask_approval(outside)
    boss.approve(outside.incident_id, state.approvals[0].id)
    boss.undo(outside.incident_id)
    assert ours.clearance(ours.incident(outside.incident_id), outside).standing is Standing.ASKED
    ours.undo(outside.incident_id)
    assert ours.incident(outside.incident_id).approvals == ()
    assert ours.clearance(ours.incident(outside.incident_id), outside).standing is Standing.WANTED


def test_missing_fields_are_refused_until_somebody_insists(desk: Desk, incident: Incident) -> None:
    empty = desk.compose(incident.id, Wish("internal"))
    with pytest.raises(Refused, match="Still missing: what is wrong"):
        desk.mark_sent(empty)
    with pytest.raises(Refused, match="Still missing: what is wrong"):
        desk.ask_approval(empty)
    desk.mark_sent(empty, Sending(overruled=("missing",)))
    assert desk.sent(incident.id)[0].overruled == ("missing",)


def test_an_approval_is_good_for_one_message(tmp_path: Path, ours: Desk, outside: Draft) -> None:
    state = ours.ask_approval(outside)
    own_desk(tmp_path, "erin").approve(outside.incident_id, state.approvals[0].id)
    state = ours.mark_sent(outside)
    assert state.approvals[0].state == "used"
    clock_of(ours).advance(HOUR)
    again = complete(ours, state, Wish("customers"))
    assert again.values == outside.values
    assert ours.clearance(state, again).standing is Standing.WANTED
    with pytest.raises(Refused, match="Nobody has approved"):
        ours.mark_sent(again)
    assert ours.ask_approval(again).approvals[0].state == "asked"


def test_a_message_to_others_leaves_the_approval_as_it_is(tmp_path: Path, ours: Desk, outside: Draft) -> None:
    state = ours.ask_approval(outside)
    own_desk(tmp_path, "erin").approve(outside.incident_id, state.approvals[0].id)
    state = ours.mark_sent(complete(ours, state, Wish("internal")), check=Check.FORCED)
    assert state.approvals[0].state == "given"


@pytest.mark.parametrize("what", ["status", "severity"])
def test_an_approval_is_out_of_date_when_the_incident_moved_on(what: str, tmp_path: Path, ours: Desk) -> None:
    incident = declare(ours, "Odd things", None)
    asked, boss = complete(ours, incident, Wish("customers")), own_desk(tmp_path, "erin")
    boss.approve(incident.id, ours.ask_approval(asked).approvals[0].id)
    if what == "status":
        state = boss.change_status(incident.id, "monitoring")
    else:
        state = boss.change_severity(incident.id, 1, "everybody is hit")
    same = complete(ours, state, Wish("customers"))
    assert same.values == asked.values
    assert ours.clearance(state, same).standing is Standing.OUTDATED
    with pytest.raises(Refused, match="Nobody has approved"):
        ours.mark_sent(same)
    assert ours.ask_approval(same).approvals[0].state == "asked"
