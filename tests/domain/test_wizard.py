"""The wizard's questions and answers, and the form that follows them."""

from datetime import UTC

import pytest

from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.customers import Telling, advise
from incident_console.domain.facts import KEYS, Facts
from incident_console.domain.vocabulary import Refused
from incident_console.domain.wizard import (
    LINES,
    STEPS,
    UNKNOWN,
    Answers,
    completed,
    declaration,
    names,
    read_back,
    said,
    step,
    suggested_channel,
    toggled,
)
from tests.builders import NIGHT

UTC_ZONE = Zone(UTC)


def test_every_fact_is_asked_once_and_in_order() -> None:
    keys = [each.key for each in STEPS]
    assert keys[: len(KEYS)] == list(KEYS)
    assert len(keys) == len(set(keys))
    assert all(len(each.options) <= 9 for each in STEPS)  # one key each


def test_answers_become_facts_and_unknown_ones_are_remembered() -> None:
    answers = Answers().answer("function", "down").answer("affected", UNKNOWN).answer("data_loss", "false")
    answers = answers.answer("context", "peak,vip").answer("function", "degraded")
    assert answers.facts == Facts("degraded", data_loss=False, context=("peak", "vip"))
    assert "affected" in answers.unknown
    assert "criticality" in answers.unknown  # it was not asked yet
    assert "function" not in answers.unknown
    assert answers.known == (("data_loss", "false"), ("context", "peak,vip"), ("function", "degraded"))


def test_no_context_is_an_answer_and_not_the_same_as_unknown() -> None:
    assert Answers().answer("context", "").facts.context == ()
    assert Answers().answer("context", UNKNOWN).facts.context is None


def test_who_noticed_is_not_asked_again() -> None:
    answers = Answers().answer("detected_by", "customer")
    assert answers.detected_by == "customer"
    assert answers.known == ()
    assert Answers().answer("detected_by", UNKNOWN).detected_by == ""


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [(None, "vip", "vip"), ("vip", "peak", "peak,vip"), ("peak,vip", "vip", "peak"), (UNKNOWN, "off_peak", "off_peak"),
     ("", "press", "press"), ("press", "press", "")],
)  # fmt: skip
def test_several_answers_are_switched_one_by_one(before: str | None, word: str, after: str) -> None:
    assert toggled(before, word) == after


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [("function", "down", "it does not work at all"), ("function", None, "not asked yet"),
     ("function", UNKNOWN, "don't know yet"), ("context", "", "none of these"),
     ("context", "peak,vip", "it is peak time, major customers are hit"), ("detected_by", "customer", "a customer"),
     ("function", "wobbly", "wobbly")],
)  # fmt: skip
def test_answers_read_as_words(key: str, value: str | None, words: str) -> None:
    assert said(step(key), value) == words


# --- whether customers must be told


@pytest.mark.parametrize(
    ("known", "noticeable", "act", "telling"),
    [
        (Facts(), None, None, Telling.YES),
        (Facts("down", affected="many"), True, None, Telling.YES),
        (Facts("down", affected="few"), True, None, Telling.DIRECTLY),
        (Facts("down", affected="few"), None, None, Telling.DIRECTLY),
        (Facts("down", affected="few"), True, True, Telling.YES),
        (Facts("degraded", affected="some"), False, False, Telling.NO),
        (Facts("degraded", affected="some"), False, True, Telling.YES),
        (Facts("cosmetic", affected="all"), True, False, Telling.NO),
        (Facts("none", affected="none"), False, False, Telling.NO),
        (Facts("down", affected="all", context=("internal_only",)), True, False, Telling.NO),
        (Facts("none", data_loss=True), False, False, Telling.YES),
        (Facts("none", security_breach=True), False, False, Telling.YES),
        (Facts("degraded", affected="some"), None, False, Telling.YES),
    ],
)
def test_whether_customers_must_be_told(
    known: Facts, noticeable: bool | None, act: bool | None, telling: Telling
) -> None:
    advice = advise(known, noticeable, act)
    assert advice.telling is telling
    assert advice.reason


# --- the form


def test_a_filled_form_becomes_a_declaration() -> None:
    form = (("title", "Pay down"), ("services", "Checkout, Pay ,"), ("flows", "payments"), ("started", "-20m"),
            ("ic", "Dana"), ("scribe", " "), ("channel", "#incident-x"))  # fmt: skip
    wish = declaration(form, 2, "customer", NIGHT, UTC_ZONE)
    assert (wish.title, wish.severity, wish.started_at) == ("Pay down", 2, NIGHT - 20 * MINUTE)
    assert (wish.services, wish.flows) == (("Checkout", "Pay"), ("payments",))
    assert (wish.roles, wish.channel, wish.detected_by) == ((("ic", "Dana"),), "#incident-x", "customer")


def test_an_unreadable_time_is_refused() -> None:
    with pytest.raises(Refused, match="is not a time"):
        declaration((("title", "x"), ("started", "soonish")), None, "", NIGHT, UTC_ZONE)


@pytest.mark.parametrize(
    ("form", "channel"),
    [
        ((("services", "Check Out, Pay"),), "#incident-2026-11-21-check-out"),
        ((("flows", "payments"),), "#incident-2026-11-21-payments"),
        ((("title", "Search is very slow in Asia"),), "#incident-2026-11-21-search-is-very"),
        ((("title", "支払いが失敗"),), "#incident-2026-11-21-支払いが失敗"),
        ((("title", "../[x]; rm -rf"),), "#incident-2026-11-21-x-rm-rf"),
        ((("title", "?!"),), ""),
        ((), ""),
    ],
)
def test_a_channel_is_suggested(form: tuple[tuple[str, str], ...], channel: str) -> None:
    assert suggested_channel(form, NIGHT, UTC_ZONE) == channel


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("ch", "Checkout"), ("Search, c", "Search, Checkout"), ("x", ""), ("", ""), ("Search,", ""), ("p", "Pay")],
)
def test_the_last_name_is_completed(typed: str, whole: str) -> None:
    assert completed(typed, ("Checkout", "Payments", "Pay")) == whole


def test_names_are_separated_by_commas() -> None:
    assert names(" a,, b ,") == ("a", "b")


@pytest.mark.parametrize(
    ("typed", "words"), [("", "not known"), ("-20m", "02:27, 20 min ago"), ("soonish", "not a time")]
)
def test_a_time_is_read_back(typed: str, words: str) -> None:
    assert words in read_back(typed, NIGHT, UTC_ZONE)


def test_every_line_has_words() -> None:
    assert all(line.label and line.help for line in LINES)
