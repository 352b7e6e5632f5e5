"""Words that the state of the incident belies: an end that has not come, the present tense after it, a far promise, and
what is no longer so in a message that is to go out once more."""

from dataclasses import replace

import pytest

from incident_console.domain.belied import FAR, belied, outdated
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.comms import Draft
from incident_console.domain.drafting import Concern
from incident_console.domain.incident import Account, Incident, Sent
from incident_console.domain.sending import SentMessage
from tests.builders import NIGHT
from tests.domain.drafts import INCIDENT, draft

STEP = 15 * MINUTE
END = NIGHT + HOUR
RESOLVED = replace(INCIDENT, status="resolved", resolved_at=END)
TOLD = (("impact", "cards are rejected"), ("users_affected", "everyone"))


def rules(message: Draft, incident: Incident, step: int | None = None) -> list[tuple[str, str]]:
    return [(each.rule, each.severity) for each in belied(message, incident, step, NIGHT)]


def heard(incident: Incident, at: int, who: str = "internal") -> Incident:
    """The same after a message to `who` went out."""
    audience, _, account = who.partition("/")
    sent = Sent(audience, "update", 1, at, None, account)
    return replace(incident, heard=((who, TOLD),), sent=(sent,))


# --- an end that has not come


@pytest.mark.parametrize("kind", ["resolution", "customer_report"])
@pytest.mark.parametrize("status", ["investigating", "mitigating", "monitoring"])
def test_the_end_is_not_told_while_it_still_runs(kind: str, status: str) -> None:
    running = replace(INCIDENT, status=status)
    (found,) = belied(draft(kind=kind, next_at=None, incident=running), running, STEP, NIGHT)
    assert (found.rule, found.severity, found.words) == ("not_over", "error", f"the status is {status}")
    assert found.loud
    assert "Change the status first" in found.advice


@pytest.mark.parametrize("kind", ["resolution", "customer_report"])
@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_once_it_is_over_it_is_told(kind: str, status: str) -> None:
    over = replace(RESOLVED, status=status)
    assert rules(draft(kind=kind, next_at=None, incident=over), over) == []


@pytest.mark.parametrize("kind", ["initial", "update", "status_page", "executive_brief"])
def test_other_messages_say_nothing_of_an_end(kind: str) -> None:
    assert rules(draft(kind=kind), INCIDENT) == []


# --- the words from before the end


def resolution(impact: str, incident: Incident = RESOLVED) -> Draft:
    return draft({"impact": impact}, None, incident, "resolution")


@pytest.mark.parametrize("said", ["cards are rejected", " cards  are\nrejected "])
@pytest.mark.parametrize("who", ["internal", "customers", "key_accounts/Acme"])
def test_what_anybody_was_told_before_the_end_is_asked_about(said: str, who: str) -> None:
    over = heard(RESOLVED, NIGHT, who)
    (found,) = belied(resolution(said, over), over, None, END)
    assert found == Concern("before_the_end", "warning", "cards are rejected", found.advice, "impact")
    assert "in the past" in found.advice


@pytest.mark.parametrize("said", ["", "cards were rejected", "cards are rejected no more"])
def test_other_words_are_not(said: str) -> None:
    over = heard(RESOLVED, NIGHT)
    assert rules(resolution(said, over), over) == []


def test_what_was_told_after_the_end_may_be_told_to_the_next_readers() -> None:
    for at in (END, END + MINUTE):
        over = heard(RESOLVED, at)
        assert rules(resolution("cards are rejected", over), over) == []


def test_while_it_runs_the_same_words_are_fine() -> None:
    running = heard(INCIDENT, NIGHT)
    assert rules(draft(dict(TOLD), incident=running), running) == []


# --- a next word that is far off


@pytest.mark.parametrize(("ahead", "asked"), [(STEP, 0), (FAR * STEP, 0), (FAR * STEP + 1, 1), (5 * HOUR, 1)])
def test_a_promise_far_later_than_usual_is_asked_about(ahead: int, asked: int) -> None:
    assert rules(draft(next_at=NIGHT + ahead), INCIDENT, STEP) == [("promise", "warning")] * asked


def test_how_far_and_what_is_usual_is_said() -> None:
    (found,) = belied(draft(next_at=NIGHT + HOUR), INCIDENT, STEP, NIGHT)
    assert found.advice == "That is in 1 h 00 min; these readers usually hear every 15 min."


@pytest.mark.parametrize(("next_at", "step"), [(None, STEP), (NIGHT + 9 * HOUR, None), (NIGHT - HOUR, STEP)])
def test_without_a_promise_or_a_habit_nothing_is_far(next_at: int | None, step: int | None) -> None:
    assert rules(draft(next_at=next_at), INCIDENT, step) == []


# --- once more


def message(at: int = NIGHT, number: int = 1, text: str = "text", account: str = "") -> SentMessage:
    return SentMessage(
        at, "internal", "update", number, "subject", text, "dana", NIGHT + STEP, account=account, filled=TOLD
    )


KNOWN = replace(INCIDENT, facts=TOLD)
ONE = message()


def test_words_that_still_hold_go_out_once_more() -> None:
    assert outdated(ONE, KNOWN, (ONE,), NIGHT) == ()
    spaced = replace(KNOWN, facts=(("impact", "cards  are\nrejected"), TOLD[1]))
    assert outdated(ONE, spaced, (ONE,), NIGHT) == ()


def test_facts_that_read_otherwise_by_now_are_named() -> None:
    changed = replace(KNOWN, facts=(("impact", "half of them"),))  # and nobody knows whom it hits any more
    assert outdated(ONE, changed, (ONE,), NIGHT) == ("It says otherwise: impact, users affected.",)


@pytest.mark.parametrize(("now", "passed"), [(NIGHT + STEP - 1, False), (NIGHT + STEP, True)])
def test_a_promise_that_passed_is_said(now: int, passed: bool) -> None:
    said = outdated(ONE, KNOWN, (ONE,), now)
    assert said == (("The time that it promises for the next update has passed.",) if passed else ())
    assert outdated(replace(ONE, next_at=None), KNOWN, (ONE,), now) == ()


def test_something_newer_is_named_by_its_number() -> None:
    newer = message(NIGHT + MINUTE, 2, "news")
    assert outdated(ONE, KNOWN, (ONE, newer), NIGHT) == ("They were told something newer since: #2.",)
    assert outdated(newer, KNOWN, (ONE, newer), NIGHT) == ()
    others = replace(newer, audience="customers")
    assert outdated(ONE, KNOWN, (ONE, others), NIGHT) == ()
    assert outdated(ONE, KNOWN, (ONE, replace(newer, account="Acme")), NIGHT) == ()


def test_the_same_words_once_more_are_nothing_newer() -> None:
    again = replace(message(NIGHT + MINUTE, 2), resends=1)
    assert outdated(ONE, KNOWN, (ONE, again), NIGHT) == ()


def test_personal_words_hold_while_the_fact_behind_them_holds() -> None:
    mine = replace(ONE, audience="key_accounts", account="Acme", filled=(("impact", "your cards, Mia"),))
    who = (("key_accounts/Acme", (("impact", "cards are rejected"),)),)
    known = replace(KNOWN, heard=who, accounts=(Account("Acme"),))
    assert outdated(mine, known, (mine,), NIGHT) == ()
    changed = replace(known, facts=(("impact", "half of them"),))
    assert outdated(mine, changed, (mine,), NIGHT) == ("It says otherwise: impact.",)
