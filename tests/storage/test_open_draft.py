"""A message that is being written: freshness, promise, approval, how it begins, corrections, drills."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.approvals import Clearance, Standing
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.deadlines import deadlines
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Audience, Refused
from incident_console.screens.compose.open_draft import approval_words
from tests.builders import NIGHT, clock_of, declare
from tests.storage.messages import own_desk
from tests.storage.open_drafts import INTERNAL, complete, opened, rules

# --- promise


def test_the_time_typed_is_in_the_text_and_on_the_clock(tmp_path: Path) -> None:
    desk = own_desk(tmp_path)
    incident = declare(desk)
    draft = complete(opened(desk, incident, Wish("customers")))
    draft.promise("09:00")
    assert "09:00 IST on 21 November" in draft.draft().text
    state = desk.mark_sent(draft.draft(), check=Check.FORCED)
    (clock,) = [each for each in deadlines(state, desk.policy) if each.name == "customers"]
    assert clock.due_at == NIGHT + 43 * MINUTE


def test_changing_the_promise_changes_the_text_and_emptying_it_gives_the_cadence_back(
    desk: Desk, impaired: Incident
) -> None:
    draft = opened(desk, impaired)
    usual = draft.draft().next_at
    draft.promise("+90m")
    assert draft.draft().next_at == NIGHT + 90 * MINUTE
    draft.promise("none")
    assert draft.draft().next_at is None
    assert "Next update" not in draft.draft().text
    draft.promise("")
    assert draft.draft().next_at == usual
    assert draft.cadence_words().endswith(" by the cadence")


def test_words_that_are_no_time_are_a_concern_and_not_silently_something_else(desk: Desk, impaired: Incident) -> None:
    draft = complete(opened(desk, impaired))
    draft.promise("soonish")
    view = draft.view(draft.draft())
    assert (view.concerns[0].rule, view.concerns[0].words, view.concerns[0].loud) == ("promise", "soonish", True)
    draft.promise("+30m")
    assert "promise" not in rules(draft)


def test_a_time_in_the_words_that_is_not_the_promised_one_is_mended_by_one_key(desk: Desk, impaired: Incident) -> None:
    draft = complete(opened(desk, impaired))
    draft.promise("03:30")
    draft.type("next_steps", "Errors since 04:00. Next update by 04:00")
    concern = next(each for each in draft.view(draft.draft()).concerns if each.rule == "promise")
    assert draft.rewrite(concern) == "Errors since 04:00. Next update by 03:30"
    assert "promise" not in rules(draft)


def test_a_promise_that_passes_while_the_draft_lies_open_is_said(desk: Desk, impaired: Incident) -> None:
    draft = complete(opened(desk, impaired))
    draft.promise("+10m")
    assert "promise" not in rules(draft)
    clock_of(desk).advance(10 * MINUTE)
    assert "promise" in rules(draft)


# --- who else holds older facts, approval


def test_the_other_audiences_that_hold_older_facts(desk: Desk, impaired: Incident) -> None:
    for audience, kind in (("internal", "initial"), ("customers", "status_page")):
        desk.mark_sent(complete(opened(desk, impaired, Wish(audience, kind))).draft())
    clock_of(desk).advance(5 * MINUTE)
    draft = opened(desk, impaired)
    assert draft.view(draft.draft()).behind == ()
    draft.type("impact", "all fail")
    (held,) = draft.view(draft.draft()).behind
    assert (held.audience, held.facts) == ("customers", ("impact",))


def test_who_waits_for_whom(tmp_path: Path) -> None:
    desk, boss = own_desk(tmp_path), own_desk(tmp_path, "erin")
    incident = declare(desk)
    draft = complete(opened(desk, incident, Wish("customers")))

    def said() -> str:
        draft.follow(desk.incident(incident.id))
        return approval_words(draft.view(draft.draft()).clearance, desk)

    assert said().startswith("Approval: needed")
    request = desk.ask_approval(draft.draft()).approvals[0].id
    assert said().startswith("Approval: asked by dana at 02:47, nobody answered yet")
    boss.approve(incident.id, request)
    assert said() == "Approved by erin."
    draft.type("impact", "other words")
    assert "the words changed since" in said()
    request = desk.ask_approval(draft.draft()).approvals[0].id
    boss.return_message(incident.id, request, "too long")
    assert said().startswith("Returned by erin: too long. Change it")
    assert approval_words(Clearance(Standing.FREE), desk) == ""


# --- beginning


def test_the_message_before_this_one(desk: Desk, impaired: Incident) -> None:
    assert opened(desk, impaired).before is None
    desk.list_account(impaired.id, "Acme")
    desk.list_account(impaired.id, "Beta")
    for wish in (INTERNAL, Wish("key_accounts", account="Acme"), Wish("key_accounts", account="Beta")):
        desk.mark_sent(complete(opened(desk, impaired, wish)).draft())
    before = opened(desk, impaired).before
    assert before is not None
    assert before.audience == "internal"
    before = opened(desk, impaired, Wish("key_accounts", account="Acme")).before
    assert before is not None
    assert before.account == "Acme"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (Wish("customers", "update"), "not meant for customers"),
        (Wish("nobody"), "There is no audience"),
        (Wish("internal", "poem"), "There is no kind of message"),
        (Wish("internal", corrects=4), "internal got no message #4"),
        (Wish("key_accounts", account="Acme"), "not on the list"),
    ],
)
def test_what_cannot_be_written_at_all_is_refused_at_once(
    desk: Desk, impaired: Incident, wish: Wish, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        opened(desk, impaired, wish)


# --- corrections


def test_a_correction_begins_with_the_words_and_the_kind_of_the_message(desk: Desk, sent: Incident) -> None:
    draft = opened(desk, sent, Wish("internal", corrects=1))
    assert draft.template.kind == "initial"
    assert (draft.values["users_affected"], draft.values["please_do"]) == ("30 %", "wait")
    assert draft.draft().subject.startswith("Correction to update #1:")


def test_a_correction_does_not_bring_old_facts_back(desk: Desk, sent: Incident) -> None:
    """“Please go by what follows” is only true of what is known by now."""
    state = desk.state_fact(sent.id, "users_affected", "50 %")
    draft = opened(desk, state, Wish("internal", corrects=1))
    assert (draft.values["users_affected"], draft.values["please_do"]) == ("50 %", "wait")
    after = desk.mark_sent(draft.draft())
    assert after.fact("users_affected") == "50 %"


def test_a_correction_says_again_what_its_readers_heard_already(desk: Desk, sent: Incident) -> None:
    """Steps that they know are left out of an ordinary message; what is corrected stands alone."""
    first = complete(opened(desk, sent))
    first.type("progress", "rolled back")
    state = desk.mark_sent(first.draft())
    assert opened(desk, state).values["progress"] == ""
    assert opened(desk, state, Wish("internal", corrects=2)).values["progress"] == "rolled back"


def test_a_correction_takes_what_the_timeline_knows_better_than_the_facts(desk: Desk, sent: Incident) -> None:
    desk.log(sent.id, Logged("all of them fail", "impact"))
    wishes = (INTERNAL, Wish("internal", corrects=1))
    assert [opened(desk, sent, wish).values["impact"] for wish in wishes] == ["all of them fail"] * 2


def test_a_correction_for_people_outside_is_not_filled_with_what_is_for_inside(desk: Desk, impaired: Incident) -> None:
    desk.state_fact(impaired.id, "business_impact", "4 k EUR an hour")
    state = desk.change_status(impaired.id, "resolved")
    state = desk.mark_sent(complete(opened(desk, state, Wish("customers"))).draft(), check=Check.FORCED)
    assert opened(desk, state, Wish("customers", corrects=1)).values["business_impact"] == ""
    assert opened(desk, state, Wish("internal")).values["business_impact"] == "4 k EUR an hour"


def test_a_correction_follows_others_too(desk: Desk, sent: Incident) -> None:
    draft = opened(desk, sent, Wish("internal", corrects=1))
    draft.type("impact", "mine")
    desk.state_fact(sent.id, "users_affected", "50 %")
    assert draft.follow(desk.state_fact(sent.id, "impact", "theirs"))
    assert (draft.values["users_affected"], draft.values["impact"]) == ("50 %", "mine")
    assert draft.values["please_do"] == "wait"
    assert draft.theirs == {"impact": "theirs"}


# --- drills


@pytest.mark.parametrize("audience", [audience.value for audience in Audience])
def test_a_drill_says_so_while_it_is_written(desk: Desk, audience: str) -> None:
    practice = desk.declare(Declaration("Game day", 1, drill=True))
    draft = opened(desk, practice, Wish(audience)).draft()
    assert draft.subject.startswith("DRILL ")
    assert draft.text.startswith("DRILL")
    assert draft.text.endswith("DRILL")
