"""The facts in messages: which of them are news, how people state one, and who heard what last."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.content.templates import load_catalog
from incident_console.domain import events as e
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.comms import Address, fill
from incident_console.domain.drafting import behind
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident
from incident_console.domain.sending import (
    news,
    state_fact,
)
from incident_console.domain.templates import FACTS
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT
from tests.domain.full_drafts import CLOSED, INCIDENT, ZONE, draft

# --- facts


def test_a_draft_that_says_what_is_known_is_no_news() -> None:
    message = draft()
    known = replace(INCIDENT, facts=tuple(message.values))
    assert news(known, message) == ()
    broken = replace(INCIDENT, facts=tuple((name, value.replace(" ", "\n")) for name, value in message.values))
    assert news(broken, message) == ()


def test_only_the_facts_that_changed_are_news_and_what_they_were_is_told() -> None:
    message = draft()
    known = replace(
        INCIDENT, facts=(*((name, value) for name, value in message.values if name != "impact"), ("impact", "old"))
    )
    (body,) = news(known, message)
    assert body == e.FactsStated((("impact", "words impact"),), (("impact", "old"),))


def test_fields_that_are_no_facts_are_no_news() -> None:
    (body,) = news(INCIDENT, draft())
    assert isinstance(body, e.FactsStated)
    assert {name for name, _ in body.values} <= set(FACTS)
    assert "notes" not in dict(body.values)


def test_an_empty_field_takes_no_fact_back() -> None:
    template = load_catalog(None).get("update")
    assert template is not None
    empty = fill(template, INCIDENT, Address("internal"), {}, NIGHT, ZONE)
    assert news(replace(INCIDENT, facts=(("impact", "cards fail"),)), empty) == ()


@pytest.mark.parametrize("name", ["impact", "Users affected", "BUSINESS-IMPACT", " next_steps "])
def test_a_fact_is_stated_under_its_name_in_any_spelling(name: str) -> None:
    ((key, value),) = state_fact(INCIDENT, name, " two\nlines ").values
    assert key in FACTS
    assert value == "two lines"


def test_a_fact_can_be_corrected_after_closing() -> None:
    assert state_fact(CLOSED, "impact", "x") == e.FactsStated((("impact", "x"),), (("impact", ""),))


def test_a_fact_can_be_taken_back() -> None:
    known = replace(INCIDENT, facts=(("impact", "cards fail"),))
    assert state_fact(known, "impact", " ") == e.FactsStated((("impact", ""),), (("impact", "cards fail"),))


@pytest.mark.parametrize(
    ("incident", "name", "value", "said"),
    [
        (INCIDENT, "mood", "calm", "There is no fact “mood”. Use one of: impact, "),
        (INCIDENT, "", "calm", "There is no fact “”"),
        (INCIDENT, "\x1b[2J" * 100, "calm", "There is no fact"),
        (INCIDENT, "impact", "", "impact reads like that already"),
        (
            replace(INCIDENT, facts=(("users_affected", "a b"),)),
            "users affected",
            "a  b",
            "users affected reads like that",
        ),
        (replace(CLOSED, facts=(("impact", "x"),)), "impact", "x", "impact reads like that already"),
    ],
)
def test_facts_that_are_not_stated(incident: Incident, name: str, value: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refusal:
        state_fact(incident, name, value)
    assert len(str(refusal.value)) < 250
    assert "\x1b" not in str(refusal.value)


# --- who heard what


def history(*bodies: tuple[Body, int]) -> Incident:
    first = Event("0", "o", 0, "x", NIGHT, NIGHT, "dana", e.Declared(7, "Checkout failing", 1))
    rest = (
        Event(str(n), "o", n, "x", NIGHT + n, at, "dana", body) for n, (body, at) in enumerate(bodies, start=1)
    )  # fmt: skip
    return fold("x", [first, *rest])


def told(impact: str, account: str = "", resends: int | None = None) -> e.MessageSent:
    filled = (("impact", impact), ("notes", impact))
    return e.MessageSent("internal", "update", 1, "s", "t", None, filled, resends=resends, account=account)


def test_a_resend_changes_no_facts_but_is_what_was_heard_last() -> None:
    state = history((told("old"), NIGHT), (told("new"), NIGHT + 1), (told("old", resends=1), NIGHT + 2))
    assert state.fact("impact") == "new"
    assert dict(dict(state.heard)["internal"])["impact"] == "old"


def test_what_went_out_later_was_heard_last_whatever_was_written_down_later() -> None:
    state = history((told("new"), NIGHT + HOUR), (told("old"), NIGHT))
    assert dict(dict(state.heard)["internal"])["impact"] == "new"


def test_a_message_after_a_fact_was_taken_back_leaves_nobody_behind() -> None:
    back = e.FactsStated((("impact", ""),), (("impact", "x"),))
    state = history((told("x"), NIGHT), (back, NIGHT + 1), (replace(told(""), filled=(("notes", "n"),)), NIGHT + 2))
    assert "impact" not in dict(dict(state.heard)["internal"])
    assert history((told("x"), NIGHT), (back, NIGHT + 1)).heard[0][1][0] == ("impact", "x")


def test_an_account_was_told_when_the_last_message_went_out() -> None:
    state = history((told("a", account="Acme"), NIGHT + HOUR), (told("b", account="Acme"), NIGHT))
    assert state.told == (("Acme", NIGHT + HOUR),)


@pytest.mark.parametrize("words", ["Cards fail.", "cards  fail", " Cards\nfail. ", "cards fail ."])
def test_the_same_words_as_a_sentence_leave_nobody_behind(words: str) -> None:
    stated = e.FactsStated((("impact", "cards fail"),), (("impact", ""),))
    report = e.MessageSent("customers", "customer_report", 1, "s", "t", None, (("impact", words), ("summary", "S.")))
    state = history((told("cards fail"), NIGHT), (stated, NIGHT + 1), (report, NIGHT + 2))
    assert (state.fact("impact"), state.fact("summary"), behind(state)) == ("cards fail", "S.", ())
    assert behind(history((told("cards fail"), NIGHT), (told(words, account="Acme"), NIGHT + 1))) == ()


def test_other_words_in_a_customer_report_are_news() -> None:
    report = e.MessageSent("customers", "customer_report", 1, "s", "t", None, (("impact", "Cards FAIL."),))
    state = history((told("cards fail"), NIGHT), (report, NIGHT + 1))
    assert state.fact("impact") == "Cards FAIL."
    assert [each.audience for each in behind(state)] == ["internal"]


def test_a_customer_report_with_the_words_of_a_fact_states_none() -> None:
    known = replace(INCIDENT, facts=(("impact", "words impact"),))
    assert news(known, replace(draft("customer_report"), values=(("impact", "Words impact."),))) == ()
    (body,) = news(known, replace(draft("update"), values=(("impact", "Words impact."),)))
    assert body == e.FactsStated((("impact", "Words impact."),), (("impact", "words impact"),))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 10)), min_size=1, max_size=8))
def test_what_was_heard_is_the_word_of_the_latest_message(messages: list[tuple[str, int]]) -> None:
    state = history(*((told(word), NIGHT + at * MINUTE) for word, at in messages))
    latest = max(at for _, at in messages)
    said = [word for word, at in messages if at == latest]
    assert dict(dict(state.heard)["internal"])["impact"] == said[-1]
