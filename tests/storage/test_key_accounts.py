"""Key accounts one by one: each has its own numbers, its own last words, approvals and clock, and what one is told in
person is no fact for anybody else."""

from dataclasses import replace
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain import drafting
from incident_console.domain import events as e
from incident_console.domain.approvals import Standing
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Draft, Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT, clock_of, declare
from tests.storage import open_drafts
from tests.storage.messages import bodies, clock, complete, own_desk

ACME = Wish("key_accounts", account="Acme")
BETA = Wish("key_accounts", account="Beta")
NOBODY = Wish("key_accounts")


def personal(desk: Desk, incident: Incident, wish: Wish, impact: str = "your cards, dear customer") -> Draft:
    return complete(desk, desk.incident(incident.id), replace(wish, values=(("impact", impact),)))


def listed(desk: Desk) -> Incident:
    declared = declare(desk)
    desk.state_fact(declared.id, "impact", "cards fail")
    for name in ("Acme", "Beta"):
        desk.list_account(declared.id, name)
    return desk.incident(declared.id)


@pytest.fixture
def hit(desk: Desk) -> Incident:
    """An incident that hits two key accounts, and of which the impact is known."""
    return listed(desk)


def told(desk: Desk, incident: Incident, *wishes: Wish) -> Incident:
    """After personal words to each, a minute apart."""
    for wish in wishes:
        desk.mark_sent(personal(desk, incident, wish), check=Check.FORCED)
        clock_of(desk).advance(MINUTE)
    return desk.incident(incident.id)


def test_each_is_numbered_for_itself(desk: Desk, hit: Incident) -> None:
    told(desk, hit, ACME, BETA, ACME, NOBODY)
    numbers = [(message.account, message.number) for message in desk.sent(hit.id)]
    assert numbers == [("Acme", 1), ("Beta", 1), ("Acme", 2), ("", 1)]
    assert personal(desk, hit, BETA).number == 2


def test_each_is_corrected_by_its_own_number(desk: Desk, hit: Incident) -> None:
    told(desk, hit, ACME, BETA, ACME)
    assert personal(desk, hit, replace(ACME, corrects=2)).subject.startswith("Correction to update #2")
    with pytest.raises(Refused, match="Beta got no message #2"):
        personal(desk, hit, replace(BETA, corrects=2))


def test_the_message_before_is_the_one_to_the_same_account(desk: Desk, hit: Incident) -> None:
    told(desk, hit, ACME)
    assert open_drafts.opened(desk, hit, BETA).before is None
    assert open_drafts.opened(desk, hit, NOBODY).before is None
    told(desk, hit, NOBODY)
    before = open_drafts.opened(desk, hit, NOBODY).before
    assert before is not None
    assert before.account == ""


def test_personal_words_state_no_fact_for_all(desk: Desk, hit: Incident) -> None:
    stated = len(bodies(desk, hit, e.FactsStated))
    draft = personal(desk, hit, ACME)
    desk.copied(draft, "xclip")
    desk.ask_approval(draft)
    state = told(desk, hit, ACME)
    assert state.fact("impact") == "cards fail"
    assert len(bodies(desk, hit, e.FactsStated)) == stated


def test_whoever_was_told_in_person_is_behind_once_the_fact_changed(desk: Desk, hit: Incident) -> None:
    state = told(desk, hit, ACME, BETA)
    assert drafting.behind(state) == ()
    state = desk.state_fact(hit.id, "impact", "half the cards fail")
    behind = [(each.account, each.facts) for each in drafting.behind(state)]
    assert behind == [("Acme", ("impact",)), ("Beta", ("impact",))]
    assert [each.account for each in drafting.behind(told(desk, hit, BETA))] == ["Acme"]


def test_personal_words_leave_nobody_else_behind(desk: Desk, hit: Incident) -> None:
    desk.mark_sent(complete(desk, hit, Wish("internal")))
    draft = open_drafts.complete(open_drafts.opened(desk, hit, ACME))
    draft.type("impact", "your cards, dear Mia")
    assert draft.view(draft.draft()).behind == ()


def test_personal_words_without_a_fact_behind_them_are_not_otherwise(desk: Desk, incident: Incident) -> None:
    desk.list_account(incident.id, "Acme")
    state = told(desk, incident, ACME)
    assert drafting.behind(state) == ()
    assert desk.outdated(incident.id, desk.sent(incident.id)[0]) == ()


def test_a_fact_taken_back_since_leaves_an_account_behind(desk: Desk, hit: Incident) -> None:
    told(desk, hit, ACME)
    state = desk.state_fact(hit.id, "impact", "")
    assert [(each.account, each.facts) for each in drafting.behind(state)] == [("Acme", ("impact",))]


def test_nobody_is_sent_to_an_account_that_left_the_list(desk: Desk, hit: Incident) -> None:
    told(desk, hit, ACME, BETA)
    desk.drop_account(hit.id, "Acme")
    state = desk.state_fact(hit.id, "impact", "half the cards fail")
    assert [each.account for each in drafting.behind(state)] == ["Beta"]
    state = desk.list_account(hit.id, "Acme")
    assert [each.account for each in drafting.behind(state)] == ["Acme", "Beta"]


def test_words_kept_for_one_account_are_not_said_to_become_the_fact(desk: Desk, hit: Incident) -> None:
    draft = open_drafts.complete(open_drafts.opened(desk, hit, ACME))
    draft.type("impact", "your cards, dear Mia")
    draft.follow(desk.state_fact(hit.id, "impact", "half the cards fail"))
    kept = draft.view(draft.draft()).concerns[0]
    assert kept.rule == "changed"
    assert kept.advice.endswith("Your words are kept for this key account alone.")


def test_an_approval_is_for_one_account(tmp_path: Path) -> None:
    desk, boss = own_desk(tmp_path), own_desk(tmp_path, "erin")
    hit = listed(desk)
    state = desk.ask_approval(personal(desk, hit, ACME))
    boss.approve(hit.id, state.approvals[0].id)
    state = desk.incident(hit.id)
    assert desk.clearance(state, personal(desk, hit, ACME)).standing is Standing.GIVEN
    assert desk.clearance(state, personal(desk, hit, BETA)).standing is Standing.WANTED
    told(desk, hit, BETA)
    assert desk.clearance(desk.incident(hit.id), personal(desk, hit, ACME)).standing is Standing.GIVEN


def test_the_clock_is_that_of_the_one_who_waits_longest(desk: Desk, hit: Incident) -> None:
    for wish, minutes in ((ACME, 20), (BETA, 50)):
        desk.mark_sent(personal(desk, hit, replace(wish, next_at=NIGHT + minutes * MINUTE)))
    running = clock(desk, desk.incident(hit.id), "key_accounts")
    assert running is not None
    assert running.due_at == NIGHT + 20 * MINUTE
    clock_of(desk).advance(10 * MINUTE)
    desk.mark_sent(personal(desk, hit, replace(ACME, next_at=NIGHT + 60 * MINUTE)))
    running = clock(desk, desk.incident(hit.id), "key_accounts")
    assert running is not None
    assert running.due_at == NIGHT + 50 * MINUTE


def test_a_note_to_no_account_in_particular_is_hinted_at(desk: Desk, hit: Incident) -> None:
    def hints(wish: Wish) -> list[str]:
        draft = open_drafts.complete(open_drafts.opened(desk, hit, wish))
        return [each.advice for each in draft.view(draft.draft()).concerns if each.rule == "account" and not each.loud]

    assert hints(NOBODY) == ["No key account is chosen: f4."]
    assert hints(ACME) == []
    assert hints(Wish("customers")) == []
