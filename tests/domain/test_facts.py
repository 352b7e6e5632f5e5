"""Facts: reading them from outside, and what does not fit together."""

import json

import pytest
from hypothesis import given

from incident_console.domain.facts import (
    KEYS,
    NAMES,
    PHRASES,
    Facts,
    allowed,
    contradictions,
    facts_from_json,
    facts_json,
    from_pairs,
    to_pairs,
)
from incident_console.domain.vocabulary import Refused
from tests.domain.test_triage import any_facts

BAD = [
    ("not JSON", "down", "not a JSON object"),
    ("empty", "", "not a JSON object"),
    ("too deep", "[" * 100_000, "not a JSON object"),
    ("a list", "[]", "The facts are an object"),
    ("a word", '"down"', "The facts are an object"),
    ("unknown key", '{"mood": "bad"}', "There is no fact “mood”. The facts are: function"),
    ("hostile key", '{"a\\u001b[31m\\n": 1}', "There is no fact “a␛[31m”"),
    ("unknown value", '{"function": "dead"}', "function cannot be “dead”. Use one of: down, degraded, partial"),
    ("value of another fact", '{"affected": "down"}', "affected cannot be “down”. Use one of: all, many"),
    ("in capitals", '{"function": "DOWN"}', "function cannot be “DOWN”"),
    ("a number", '{"function": 1}', "function cannot be “1”"),
    ("a truth as a word", '{"data_loss": "yes"}', "data_loss cannot be “yes”. Use one of: true, false"),
    ("a truth as a number", '{"security_breach": 1}', "security_breach cannot be “1”"),
    ("context as a word", '{"context": "peak"}', "context cannot be “peak”. Use a list of: peak, vip"),
    ("unknown context", '{"context": ["peak", "party"]}', "context cannot be “party”"),
    ("context of numbers", '{"context": [1]}', "context cannot be “1”"),
    ("a list as value", '{"function": ["down"]}', "function cannot be “[\"down\"]”"),
    ("twice", '{"function": "down", "function": "none"}', "“function” is given twice"),
    ("a long word", json.dumps({"function": "x" * 500}), "x…”"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_facts_are_refused_with_the_key_and_what_is_allowed(text: str, says: str) -> None:
    with pytest.raises(Refused) as refusal:
        facts_from_json(text)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_every_key_may_be_missing_or_null() -> None:
    assert facts_from_json("{}") == Facts()
    assert facts_from_json(json.dumps(dict.fromkeys(KEYS))) == Facts()
    assert facts_from_json('{"context": []}').context == ()


def test_context_is_kept_in_one_order_and_once() -> None:
    assert facts_from_json('{"context": ["off_peak", "vip", "peak", "vip"]}').context == ("peak", "vip", "off_peak")


@given(any_facts)
def test_facts_survive_json_and_events(known: Facts) -> None:
    there = facts_from_json(json.dumps(facts_json(known)))
    back = from_pairs(to_pairs(known))
    assert there == back
    assert {key: getattr(back, key) for key in KEYS if key != "context"} == {
        key: getattr(known, key) for key in KEYS if key != "context"
    }
    assert set(back.context or ()) == set(known.context or ())


def test_what_an_event_holds_and_this_program_does_not_know_counts_as_unknown() -> None:
    assert from_pairs((("function", "wobbly"), ("mood", "bad"), ("data_loss", "maybe"), ("affected", "all"))) == Facts(
        affected="all"
    )


def test_every_fact_and_answer_has_words() -> None:
    assert set(NAMES) == set(KEYS)
    assert {(key, value) for key in KEYS for value in allowed(key)} == set(PHRASES)


@pytest.mark.parametrize(
    ("known", "named"),
    [
        (Facts("none", affected="all"), "function none and affected all"),
        (Facts("none", affected="few"), "function none and affected few"),
        (Facts("none", workaround="painful"), "function none and workaround painful"),
        (Facts("down", affected="all", workaround="unneeded"), "function down and workaround unneeded"),
        (Facts(affected="none", context=("vip",)), "affected none and context vip"),
        (Facts(context=("peak", "off_peak")), "context peak and context off_peak"),
    ],
)
def test_contradictions_are_named(known: Facts, named: str) -> None:
    (sentence,) = contradictions(known)
    assert named in sentence


@pytest.mark.parametrize(
    "known",
    [Facts(), Facts("none", affected="none"), Facts("down", affected="none", workaround="unneeded"), Facts("down")],
)
def test_what_fits_together_is_not_mentioned(known: Facts) -> None:
    assert contradictions(known) == ()
