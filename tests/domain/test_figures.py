"""Figures from milestones: each says what it was computed from or why it cannot be, and none is ever guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import HOUR, MINUTE, SECOND
from incident_console.domain.figures import MILESTONES, STATED, Figure, figures, milestone
from incident_console.domain.incident import Incident, Sent
from tests.builders import NIGHT

WHOLE = Incident(
    "x", number=7, title="Search down", declared_at=NIGHT, started_at=NIGHT, detected_at=NIGHT + 20 * MINUTE,
    acknowledged_at=NIGHT + 25 * MINUTE, mitigated_at=NIGHT + HOUR, resolved_at=NIGHT + 2 * HOUR,
    sent=(Sent("customers", "update", 1, NIGHT + 50 * MINUTE, None), Sent("internal", "update", 1, NIGHT + 30 * MINUTE, None)),
)  # fmt: skip
"""An incident of which everything is known."""

INSTANTS = st.none() | st.integers(NIGHT - 10 * HOUR, NIGHT + 10 * HOUR)


def seconds(incident: Incident) -> dict[str, int | None]:
    return {figure.key: figure.seconds for figure in figures(incident)}


def figure(incident: Incident, key: str) -> Figure:
    return next(each for each in figures(incident) if each.key == key)


def test_all_five_in_whole_seconds() -> None:
    assert seconds(WHOLE) == {"ttd_s": 1200, "tta_s": 300, "ttfu_s": 600, "ttm_s": 3600, "ttr_s": 7200}


def test_each_says_what_it_was_computed_from() -> None:
    assert [each.source for each in figures(WHOLE)] == [
        "started → detected", "detected → owned", "detected → first update sent", "started → mitigated",
        "started → resolved",
    ]  # fmt: skip


def test_the_first_update_is_the_first_message_whoever_it_went_to() -> None:
    assert milestone(WHOLE, "first_update") == NIGHT + 30 * MINUTE


@pytest.mark.parametrize(
    ("change", "key", "why_not"),
    [
        ({"detected_at": None}, "ttd_s", "nobody said when it was detected"),
        ({"detected_at": None, "acknowledged_at": None}, "tta_s",
         "nobody said when it was detected and nobody said when it was owned"),
        ({"sent": ()}, "ttfu_s", "no update was sent"),
        ({"mitigated_at": NIGHT - 1}, "ttm_s", "mitigated lies before started"),
        ({"detected_at": NIGHT + HOUR}, "tta_s", "owned lies before detected"),
    ],
)  # fmt: skip
def test_what_cannot_be_computed_says_why(change: dict[str, object], key: str, why_not: str) -> None:
    found = figure(replace(WHOLE, **change), key)  # type: ignore[arg-type]
    assert (found.seconds, found.why_not) == (None, why_not)


def test_no_time_at_all_is_a_figure() -> None:
    assert figure(replace(WHOLE, detected_at=NIGHT), "ttd_s").seconds == 0


def test_recovery_may_precede_the_entry_that_says_mitigated() -> None:
    early = replace(WHOLE, mitigated_at=NIGHT + 3 * HOUR)
    assert (seconds(early)["ttm_s"], seconds(early)["ttr_s"]) == (3 * 3600, 7200)


@given(st.lists(INSTANTS, min_size=5, max_size=5))
def test_a_figure_is_the_difference_of_its_ends_or_has_a_reason(instants: list[int | None]) -> None:
    incident = replace(WHOLE, **dict(zip(STATED, instants, strict=True)))  # type: ignore[arg-type]
    for each in figures(incident):
        start, end = milestone(incident, each.start), milestone(incident, each.end)
        assert {each.start, each.end} <= set(MILESTONES)
        if start is None or end is None or end < start:
            assert each.seconds is None
            assert each.why_not
        else:
            assert each.seconds == (end - start) // SECOND
            assert not each.why_not
