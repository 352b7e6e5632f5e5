"""A draft while the incident goes on: three-way merging, freshness, who holds older facts, and all concerns together."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.drafting import (
    Behind,
    Concern,
    Held,
    Seen,
    behind,
    changes,
    concerns,
    merged,
    merged_fields,
    overruled,
    rewritten,
)
from incident_console.domain.finding import Finding
from incident_console.domain.forms import written
from incident_console.domain.templates import FORMS
from incident_console.domain.vocabulary import MessageKind
from tests.builders import NIGHT
from tests.domain.drafts import INCIDENT, UTC_ZONE, catalog, draft
from tests.hostile import CORPUS, NAMES

# --- three-way

WORDS = st.sampled_from(["", "a", "b", "c", "some text", "$x"])


@given(WORDS, WORDS)
def test_untouched_words_follow_the_fact(base: str, now: str) -> None:
    assert merged(base, base, now) == Held(now)


@given(WORDS, WORDS, WORDS)
def test_words_changed_by_hand_stay(mine: str, base: str, now: str) -> None:
    assert merged(mine, base, now).value == (now if mine == base else mine)


@given(WORDS, WORDS, WORDS)
def test_the_new_fact_is_told_only_where_it_differs_from_both(mine: str, base: str, now: str) -> None:
    told = merged(mine, base, now).theirs
    assert told == (now if len({mine, base, now}) == 3 else None)


@given(WORDS, WORDS)
def test_nothing_happens_while_nobody_changes_the_fact(mine: str, base: str) -> None:
    assert merged(mine, base, base) == Held(mine)


NAMED = st.fixed_dictionaries({"impact": WORDS, "progress": WORDS, "next_steps": WORDS})


@given(NAMED, NAMED, NAMED)
def test_every_field_is_merged_by_itself(mine: dict[str, str], base: dict[str, str], now: dict[str, str]) -> None:
    values, theirs = merged_fields(mine, base, now)
    assert list(values) == list(mine)
    for name in mine:
        held = merged(mine[name], base[name], now[name])
        assert values[name] == held.value
        assert theirs.get(name) == held.theirs


@given(NAMED, NAMED, NAMED)
def test_merging_once_more_changes_nothing(mine: dict[str, str], base: dict[str, str], now: dict[str, str]) -> None:
    values, _ = merged_fields(mine, base, now)
    assert merged_fields(values, now, now) == (values, {})


def test_a_field_that_only_the_draft_has_is_kept() -> None:
    assert merged_fields({"mood": "calm"}, {}, {}) == ({"mood": "calm"}, {})


# --- freshness


def test_nothing_is_said_while_nothing_changed() -> None:
    assert changes(Seen.of(INCIDENT), INCIDENT) == ()
    assert changes(Seen.of(INCIDENT), replace(INCIDENT, title="Another title", services=("x",))) == ()


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"status": "monitoring"}, "the status is monitoring now, it was investigating"),
        ({"severity": 3}, "the severity is SEV3 now, it was SEV1"),
        ({"severity": None}, "the severity is SEV? now, it was SEV1"),
        ({"facts": (("impact", "all cards fail"),)}, "the impact reads now: all cards fail"),
    ],
)
def test_status_severity_and_impact_are_watched(now: dict[str, object], said: str) -> None:
    assert changes(Seen.of(INCIDENT), replace(INCIDENT, **now)) == (said,)  # type: ignore[arg-type]


def test_everything_that_changed_is_said_and_an_impact_taken_back_too() -> None:
    before = replace(INCIDENT, facts=(("impact", "cards fail"),))
    now = replace(INCIDENT, status="identified", severity=2)
    said = changes(Seen.of(before), now)
    assert len(said) == 3
    assert said[2] == "the impact reads now: nothing"


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_a_hostile_impact_is_said_harmlessly_and_shortly(_name: str, value: str) -> None:
    (said,) = changes(Seen.of(INCIDENT), replace(INCIDENT, facts=(("impact", value + "!"),)))
    assert len(said) < 100
    assert "\n" not in said
    assert "\x1b" not in said


# --- who holds older facts

HEARD = replace(
    INCIDENT,
    facts=(("impact", "all fail"), ("users_affected", "30 %")),
    heard=(
        ("internal", (("impact", "all fail"), ("users_affected", "30 %"))),
        ("customers", (("impact", "some fail"), ("service", "Checkout"))),
        ("executives", (("impact", "some fail"), ("users_affected", "10 %"))),
    ),
)


def test_who_holds_older_facts() -> None:
    assert behind(HEARD) == (Behind("customers", ("impact",)), Behind("executives", ("impact", "users_affected")))


def test_what_is_about_to_be_sent_counts_already() -> None:
    coming = (("users_affected", "50 %"),)
    assert Behind("internal", ("users_affected",)) in behind(HEARD, coming)
    assert Behind("customers", ("impact",)) in behind(HEARD, coming)


def test_who_was_never_told_holds_nothing_and_fields_that_are_no_facts_do_not_count() -> None:
    told = replace(HEARD, heard=(("customers", (("service", "Payments"),)), ("support", ())))
    assert behind(told) == ()


def test_a_fact_taken_back_is_still_held_by_those_who_were_told() -> None:
    unknown = replace(HEARD, facts=(("impact", "all fail"),))
    assert Behind("internal", ("users_affected",)) in behind(unknown)


def test_another_line_break_is_no_other_fact() -> None:
    assert behind(replace(HEARD, heard=(("internal", (("impact", "all\n fail"),)),))) == ()


# --- everything together


def finding(rule: str, words: str, rewrite: str | None = None, severity: str = "warning") -> Finding:
    return Finding(rule, severity, 0, len(words), words, "advice", rewrite)


def test_the_weightiest_comes_first() -> None:
    whole = draft({"impact": "mine", "progress": "Next update by 05:00"}, NIGHT)
    found = concerns(
        whole, [finding("speculation", "mine")], ["the status is resolved now"], {"impact": "theirs"}, NIGHT, UTC_ZONE
    )
    assert [each.rule for each in found] == [
        "changed", "stale", "missing", "promise", "promise", "speculation",
    ]  # fmt: skip
    assert overruled(found) == ("changed", "stale", "missing", "promise", "speculation")
    assert overruled([*found, *found]) == overruled(found)


def test_a_calm_message_raises_nothing() -> None:
    template = catalog().get("update")
    assert template is not None
    complete = draft({field.name: "x" for field in template.fields})
    assert concerns(complete, (), (), {}, NIGHT, UTC_ZONE) == ()


def test_what_is_missing_is_said_once() -> None:
    found = concerns(draft(), [finding("missing_field", "[missing: impact]")], (), {}, NIGHT, UTC_ZONE)
    assert [each.rule for each in found] == ["missing"]
    assert "what is wrong" in found[0].words


def test_hints_are_not_loud_and_not_recorded_as_overruled() -> None:
    *_, found = concerns(draft({"impact": "x"}), [finding("jargon", "x", None, "hint")], (), {}, NIGHT, UTC_ZONE)
    assert not found.loud
    assert overruled([found]) == ()


def test_the_new_fact_can_be_taken_with_one_rewrite() -> None:
    (found, *_) = concerns(draft({"impact": "mine"}), (), (), {"impact": "theirs"}, NIGHT, UTC_ZONE)
    assert (found.field, found.words, rewritten(found, "mine")) == ("impact", "mine", "theirs")
    (found, *_) = concerns(draft({"impact": "mine"}), (), (), {"impact": ""}, NIGHT, UTC_ZONE)
    assert rewritten(found, "mine") == ""


def test_a_rewrite_goes_into_the_field_that_holds_the_words() -> None:
    values = {"impact": "the podium is dark", "progress": "a pod failed"}
    *_, found = concerns(draft(values), [finding("jargon", "pod", "server")], (), {}, NIGHT, UTC_ZONE)
    assert found.field == "progress"
    assert rewritten(found, values["progress"]) == "a server failed"
    assert rewritten(found, "the podium and the pod") == "the podium and the server"


def test_words_that_people_did_not_type_have_no_field_and_no_rewrite() -> None:
    *_, found = concerns(draft(), [finding("jargon", "Reference", "Number")], (), {}, NIGHT, UTC_ZONE)
    assert (found.field, found.rewrite) == ("", None)
    *_, found = concerns(draft(), [finding("no_next_update", "a\nb" * 300)], (), {}, NIGHT, UTC_ZONE)
    assert found.words == ""


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_hostile_words_are_rewritten_literally(_name: str, value: str) -> None:
    concern = Concern("jargon", "hint", "x(y", "", "impact", value)
    assert rewritten(concern, "a x(y b") == f"a {value} b"
    assert rewritten(concern, "nothing of it") == "nothing of it"
    assert rewritten(replace(concern, rewrite=None), "a x(y b") == "a x(y b"


# --- drills


@pytest.mark.parametrize("kind", [kind.value for kind in MessageKind])
@pytest.mark.parametrize("form", FORMS)
def test_a_drill_says_so_in_every_form_and_every_part(kind: str, form: str) -> None:
    practice = draft({}, incident=replace(INCIDENT, drill=True), kind=kind)
    parts = written(practice.subject, practice.text, form)
    assert "DRILL" in parts.subject
    assert "DRILL" in parts.body.split("\n")[0]
    assert "DRILL" in parts.body.split("\n")[-1]
    assert parts.whole.count("DRILL") >= 3
    serious = draft({}, kind=kind)
    assert "DRILL" not in written(serious.subject, serious.text, form).whole
