"""What is odd about a record: every rule alone, what is fine, and that a long list says that it was cut."""

from dataclasses import replace
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.consistency import LATE, MOST, Oddity, oddities
from incident_console.domain.incident import Incident
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


def test_detection_may_come_after_the_mitigation() -> None:
    """What heals by itself is noticed later; only real contradictions are asked about."""
    late = replace(OVER, detected_at=NIGHT + 90 * MINUTE, acknowledged_at=NIGHT + 95 * MINUTE)
    assert rules(late) == []


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


def test_a_long_list_is_cut_and_says_so() -> None:
    many = tuple(entry(n, n, late=60) for n in range(120))
    odd = found(OVER, many)
    assert len(odd) == MOST + 1
    assert odd[-1].words == f"And {120 - MOST} more entries written down late."
    assert (odd[-1].entry, odd[-1].milestone) == (0, "")


@given(st.permutations(EVERY_TEN), st.sampled_from([0, 5, 12]))
def test_the_order_of_the_entries_does_not_matter(entries: list[Entry], without: int) -> None:
    kept = tuple(each for each in entries if each.number != without)
    assert rules(OVER, kept) == rules(OVER, tuple(sorted(kept, key=lambda each: each.number)))
