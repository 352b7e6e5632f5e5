"""What is odd about a record: every rule alone, what is fine, and that a long list says that it was cut."""

from dataclasses import replace
from datetime import UTC
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.consistency import FEW, LATE, MOST, Oddity, oddities
from incident_console.domain.figures import MILESTONES, milestone
from incident_console.domain.incident import Incident, Sent
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Status
from tests.builders import NIGHT
from tests.domain.test_figures import WHOLE

ZONE = Zone(UTC)
SILENCE = 20 * MINUTE
NOW = NIGHT + DAY
OVER = replace(WHOLE, status=Status.RESOLVED)


def entry(number: int, minutes: int, late: int = 0, kind: str = "note", mark: str = "") -> Entry:
    at = NIGHT + minutes * MINUTE
    return Entry(number, f"e{number}", at, at + late * MINUTE, kind, f"line {number}", "dana", mark)


EVERY_TEN = tuple(entry(n, n * 10) for n in range(13))
"""A log without a gap over two hours."""


def found(incident: Incident, entries: tuple[Entry, ...] = EVERY_TEN, now: int = NOW) -> tuple[Oddity, ...]:
    return oddities(incident, entries, now, ZONE, SILENCE)


def rules(incident: Incident, entries: tuple[Entry, ...] = EVERY_TEN, now: int = NOW) -> list[tuple[str, str]]:
    return [(each.rule, each.milestone) for each in found(incident, entries, now)]


def test_nothing_is_odd_about_a_whole_record() -> None:
    assert found(OVER) == ()


@pytest.mark.parametrize("name", ["started_at", "detected_at", "acknowledged_at", "mitigated_at", "resolved_at"])
def test_a_missing_milestone_is_named_and_can_be_corrected(name: str) -> None:
    change: dict[str, Any] = {name: None}
    (odd,) = found(replace(OVER, **change))
    assert (odd.rule, odd.milestone) == ("missing", name)


def test_what_is_not_over_is_not_asked_when_it_ended() -> None:
    running = replace(WHOLE, status=Status.MITIGATING, mitigated_at=None, resolved_at=None, sent=())
    assert rules(running) == []


def test_that_nobody_was_told_is_said_once_it_is_over() -> None:
    (odd,) = found(replace(OVER, sent=()))
    assert (odd.rule, odd.milestone, odd.entry) == ("missing", "", 0)
    assert "No message" in odd.words


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"detected_at": NIGHT - MINUTE}, "detected_at"),
        ({"acknowledged_at": NIGHT + 5 * MINUTE}, "acknowledged_at"),
        ({"mitigated_at": NIGHT + 3 * HOUR}, "resolved_at"),
    ],
)
def test_reversed_milestones_are_asked_about_with_both_times(change: dict[str, Any], name: str) -> None:
    (odd,) = found(replace(OVER, **change))
    assert (odd.rule, odd.milestone) == ("reversed", name)
    assert odd.words.count("UTC") == 2
    assert odd.words.endswith("Is one of them wrong, or was it so?")


# --- order

ALONE = ("started_at", "detected_at", "acknowledged_at", "mitigated_at", "resolved_at")


def only(**known: int) -> Incident:
    """An import of which only these milestones are known, in minutes of that night."""
    told: dict[str, Any] = {name: None for name in ALONE} | {name: NIGHT + n * MINUTE for name, n in known.items()}
    return replace(OVER, imported=True, sent=(), **told)


def reversed_pairs(incident: Incident) -> list[tuple[str, str]]:
    """(the milestone to correct, the words) of every question about the order."""
    return [(each.milestone, each.words) for each in found(incident) if each.rule == "reversed"]


@pytest.mark.parametrize(
    ("first", "then", "asked"),
    [
        ("started_at", "detected_at", "Is one of them wrong, or was it so?"),
        ("started_at", "acknowledged_at", "Is one of them wrong, or was it so?"),
        ("started_at", "mitigated_at", "Is one of them wrong, or was it so?"),
        ("started_at", "resolved_at", "Is one of them wrong, or was it so?"),
        ("detected_at", "acknowledged_at", "Is one of them wrong, or was it so?"),
        ("detected_at", "mitigated_at", "Did it get better before anybody noticed, or is one of them wrong?"),
        ("detected_at", "resolved_at", "Was it over before anybody noticed, or is one of them wrong?"),
        ("acknowledged_at", "mitigated_at", "Did it get better before anybody owned it, or is one of them wrong?"),
        ("acknowledged_at", "resolved_at", "Was it over before anybody owned it, or is one of them wrong?"),
        ("mitigated_at", "resolved_at", "Is one of them wrong, or was it so?"),
    ],
)
def test_every_pair_of_milestones_is_asked_about(first: str, then: str, asked: str) -> None:
    assert reversed_pairs(only(**{first: 10, then: 20})) == []
    assert reversed_pairs(only(**{first: 10, then: 10})) == []
    ((corrected, words),) = reversed_pairs(only(**{first: 20, then: 10}))
    assert corrected == then
    assert words.endswith(asked)
    assert words.startswith(f"{MILESTONES[then].capitalize()} (2026-11-21 02:57 UTC) lies before {MILESTONES[first]} (")


@pytest.mark.parametrize(
    ("at", "known", "corrected", "asked"),
    [
        (30, {"resolved_at": 20}, "resolved_at", "Did the first word go out after the end"),
        (10, {"detected_at": 20}, "detected_at", "First update sent (2026-11-21 02:57 UTC) lies before detected"),
        (10, {"started_at": 20}, "started_at", "First update sent (2026-11-21 02:57 UTC) lies before started"),
    ],
)
def test_the_first_update_is_asked_about_and_the_milestone_beside_it_corrected(
    at: int, known: dict[str, int], corrected: str, asked: str
) -> None:
    incident = replace(only(**known), sent=(Sent("internal", "update", 1, NIGHT + at * MINUTE, None),))
    ((name, words),) = reversed_pairs(incident)
    assert (name, asked in words) == (corrected, True)


@pytest.mark.parametrize(
    ("declared", "known", "asked"),
    [
        (30, {"resolved_at": 20}, "Resolved (2026-11-21 03:07 UTC) lies before declared (2026-11-21 03:17 UTC)."
         " Was it declared when it was over already, or is one of them wrong?"),
        (10, {"started_at": 20}, "Was it declared before anybody was hit"),
    ],
)  # fmt: skip
def test_the_declaration_is_asked_about_where_it_happened_here(
    declared: int, known: dict[str, int], asked: str
) -> None:
    incident = replace(only(**known), declared_at=NIGHT + declared * MINUTE)
    assert reversed_pairs(incident) == []
    ((name, words),) = reversed_pairs(replace(incident, imported=False))
    assert (name, asked in words) == (next(iter(known)), True)


@pytest.mark.parametrize(
    "known",
    [
        {"acknowledged_at": 10, "first_update": 5},
        {"mitigated_at": 10, "first_update": 15},
        {"acknowledged_at": 10, "declared_at": 15},
        {"mitigated_at": 10, "declared_at": 15},
    ],
)
def test_what_comes_in_either_order_is_not_asked_about(known: dict[str, int]) -> None:
    told = {name: minutes for name, minutes in known.items() if name in ALONE}
    sent = (Sent("internal", "update", 1, NIGHT + known.get("first_update", 60) * MINUTE, None),)
    declared = NIGHT + known.get("declared_at", 0) * MINUTE
    assert reversed_pairs(replace(only(**told), imported=False, sent=sent, declared_at=declared)) == []


@pytest.mark.parametrize("name", ALONE)
@pytest.mark.parametrize("moved", [-10 * HOUR, 10 * HOUR])
def test_one_milestone_that_is_far_off_is_one_question(name: str, moved: int) -> None:
    """However many others it passes: the nearest one is named beside it."""
    change: dict[str, Any] = {name: NIGHT + moved}
    wrong = reversed_pairs(replace(OVER, **change))
    in_order = (name, moved > 0) in (("started_at", False), ("resolved_at", True))
    assert len(wrong) == (0 if in_order else 1)
    assert all(MILESTONES[name] in words.lower() for _, words in wrong)
    if (name, moved > 0) != ("mitigated_at", True):  # of two that only pass each other the later one is corrected
        assert all(each == name for each, _ in wrong)


def test_what_was_noticed_after_it_was_better_is_asked_about() -> None:
    late = replace(OVER, detected_at=NIGHT + 90 * MINUTE, acknowledged_at=NIGHT + 95 * MINUTE, sent=())
    ((name, words),) = reversed_pairs(late)
    assert name == "mitigated_at"
    assert "Did it get better before anybody owned it" in words


MINUTES = st.none() | st.integers(0, 60)


@given(st.fixed_dictionaries({name: MINUTES for name in (*ALONE, "first_update")}), st.integers(0, 60), st.booleans())
def test_every_reversed_pair_is_named_or_about_a_milestone_that_was_asked_about(
    minutes: dict[str, int | None], declared: int, imported: bool
) -> None:
    known = {name: NIGHT + n * MINUTE for name, n in minutes.items() if n is not None}
    update = known.pop("first_update", None)
    incident = replace(
        only(), declared_at=NIGHT + declared * MINUTE, imported=imported, **known,  # type: ignore[arg-type]
        sent=() if update is None else (Sent("internal", "update", 1, update, None),),
    )  # fmt: skip
    asked = reversed_pairs(incident)
    told = [(MILESTONES[name], at) for name in MILESTONES if (at := milestone(incident, name)) is not None]
    stated = [(MILESTONES[name], known[name]) for name in ALONE if name in known]
    for (first, before), (then, after) in combinations(stated, 2):
        named = any(name in words.lower() for _, words in asked for name in (first, then))
        assert before <= after or named
    assert len(asked) < max(2, len(told) + 1)
    assert len(asked) == len({words for _, words in asked})
    assert all(name in ALONE and words.endswith("?") for name, words in asked)


def test_what_has_not_come_yet() -> None:
    odd = found(OVER, EVERY_TEN, now=NIGHT + 110 * MINUTE)
    assert [(each.rule, each.milestone, each.entry) for each in odd] == [
        ("future", "resolved_at", 0),
        ("future", "", 12),
    ]
    assert found(OVER, EVERY_TEN, now=NIGHT + 119 * MINUTE) == ()  # clocks differ by a minute


def test_a_gap_says_from_when_to_when() -> None:
    quiet = tuple(each for each in EVERY_TEN if not 3 <= each.number <= 5)
    (odd,) = found(OVER, quiet)
    assert (odd.rule, odd.at, odd.until) == ("gap", NIGHT + 20 * MINUTE, NIGHT + HOUR)
    assert odd.words == "Nothing was written down for 40 min from 2026-11-21 03:07 UTC on."


def test_what_is_struck_or_no_line_of_people_fills_no_gap() -> None:
    quiet = [each for each in EVERY_TEN if not 3 <= each.number <= 5]
    others = (entry(3, 30, mark="struck"), entry(4, 40, kind="imported"))
    assert [rule for rule, _ in rules(OVER, (*quiet, *others))] == ["gap"]


def test_between_two_responses_nobody_has_to_write() -> None:
    twice = replace(OVER, resolved_at=NIGHT + 10 * HOUR, ends=((NIGHT + 2 * HOUR, NIGHT + 10 * HOUR),))
    assert rules(twice) == []


def test_entries_written_from_memory() -> None:
    late, not_late = entry(3, 30, late=LATE // MINUTE), entry(4, 40, late=LATE // MINUTE - 1)
    (odd,) = found(OVER, (*EVERY_TEN[:3], late, not_late, *EVERY_TEN[5:]))
    assert (odd.rule, odd.entry) == ("late", 3)
    assert "30 min later: line 3" in odd.words
    assert found(replace(OVER, imported=True), (*EVERY_TEN[:3], late, not_late, *EVERY_TEN[5:])) == ()


def test_what_came_with_a_file_is_not_late_and_what_people_add_to_it_is() -> None:
    """An import writes its rows down at once, a microsecond apart; one may say when it was written down before."""
    taken_in = NIGHT + 9 * HOUR
    head = Entry(1, "head", NIGHT, taken_in, "imported", "from a file", "dana")
    rows = tuple(replace(each, number=n, recorded_at=taken_in + 3 * n) for n, each in enumerate(EVERY_TEN[:-1], 2))
    told_before = replace(rows[3], recorded_at=rows[3].occurred_at + HOUR)
    here = replace(entry(20, 50), recorded_at=taken_in + MINUTE)
    known = (head, *rows[:3], told_before, *rows[4:])
    imported = replace(OVER, imported=True)
    assert found(imported, known) == ()
    (odd,) = found(imported, (*known, here))
    assert (odd.rule, odd.entry) == ("late", 20)
    assert "was written down 8 h 11 min later: line 20" in odd.words


@pytest.mark.parametrize("imported", [False, True])
def test_an_entry_that_was_moved_in_time_long_afterwards_is_late(imported: bool) -> None:
    incident = replace(OVER, imported=imported)
    for late, words in ((LATE, "was given that time 30 min later: line 3"), (LATE - 1, "")):
        moved = {"e3": EVERY_TEN[3].occurred_at + late}
        odd = oddities(incident, EVERY_TEN, NOW, ZONE, SILENCE, moved)
        assert [(each.rule, each.entry) for each in odd] == ([("late", 3)] if words else [])
        assert words in "".join(each.words for each in odd)


def test_a_long_list_is_cut_and_says_so() -> None:
    many = tuple(entry(n, n, late=60) for n in range(120))
    ended = OVER.resolved_at or 0
    after = sum(each.recorded_at > ended for each in many)
    assert 0 < after < 120 - MOST
    *named, cut, memories = found(OVER, many)
    assert len(named) == MOST
    assert cut.words == f"And {120 - MOST - after} more entries written down late."
    assert (cut.entry, cut.milestone, cut.more) == (0, "", 120 - MOST - after)
    assert (memories.words, memories.more) == (f"{after} entries were written down after it was over.", after)


@pytest.mark.parametrize("count", [1, FEW, FEW + 1, 40])
def test_whoever_completes_a_record_afterwards_is_asked_once(count: int) -> None:
    ended = OVER.resolved_at or 0
    added = [replace(each, number=50 + n, event_id=f"x{n}", recorded_at=ended + DAY) for n in range(count)
             for each in (EVERY_TEN[3],)]  # fmt: skip
    found_late = [each for each in found(OVER, (*EVERY_TEN, *added)) if each.rule == "late"]
    assert [each.more for each in found_late] == ([count] if count > FEW else [0] * count)


def test_a_message_that_went_out_is_no_silence() -> None:
    sent = [replace(each, kind="update") if each.number == 5 else each for each in EVERY_TEN]
    assert found(OVER, tuple(sent)) == found(OVER, EVERY_TEN)


@pytest.mark.parametrize("most", [1, 119, 120, 121])
def test_as_many_are_named_as_somebody_wants_to_see(most: int) -> None:
    many = tuple(entry(n, n, late=60) for n in range(120))
    odd = oddities(OVER, many, NOW, ZONE, SILENCE, most=most)
    assert sum(each.more or 1 for each in odd) == 120
    assert sum(not each.more for each in odd) == min(most, 120)


@given(st.permutations(EVERY_TEN), st.sampled_from([0, 5, 12]))
def test_the_order_of_the_entries_does_not_matter(entries: list[Entry], without: int) -> None:
    kept = tuple(each for each in entries if each.number != without)
    assert rules(OVER, kept) == rules(OVER, tuple(sorted(kept, key=lambda each: each.number)))
