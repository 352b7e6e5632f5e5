"""What a gap cost: numbers as people type them, every step of the reckoning, and no figure without its assumptions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.gap_cost import ASSUMPTIONS, amount, assumption, cost_of, number, state_assumption
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Refused, Status
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

STATED = (
    ("cost_users", "5k"), ("cost_share", "30 %"), ("cost_revenue_hour", "12,000"), ("cost_people", "4"),
    ("cost_people_hour", "100"), ("cost_extra", "1.5k"), ("cost_closing_hours", "40"), ("cost_currency", "EUR"),
)  # fmt: skip
INCIDENT = Incident(
    "x", number=7, title="Search down", declared_at=NIGHT + HOUR, started_at=NIGHT, mitigated_at=NIGHT + 2 * HOUR,
    resolved_at=NIGHT + 4 * HOUR, status=Status.RESOLVED, facts=STATED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12000", 12000), ("12 000", 12000), ("12\u00a0000", 12000), ("12,000", 12000), ("1,234,567", 1234567),
        ("1'000", 1000), ("12k", 12000), ("12 K", 12000), ("1.5m", 1.5e6), ("1,5k", 1500), ("30 %", 30), ("0", 0),
        ("0.125", 0.125), ("2.5", 2.5),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", "lots", "-5", "5000 projects", "1e9", "nan", "inf", "12.000", "1,2,3", "9" * 400, "1k2", "٣ k %"]
)
def test_what_is_no_number_or_means_two_things(text: str) -> None:
    assert number(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_number_that_can_be_shown_or_none(text: str) -> None:
    value = number(text)
    assert value is None or amount(value)


def test_every_step_of_the_reckoning() -> None:
    cost = cost_of(INCIDENT)
    assert {line.name: line.value for line in cost.lines} == {
        "user hours without it": 10_000, "revenue not taken": 7_200, "work of the people": 1_200, "other costs": 1_500,
        "cost of the gap": 9_900, "closing the gap": 4_000,
    }  # fmt: skip
    assert (cost.currency, cost.hours) == ("EUR", 2)
    assert cost.line("revenue not taken").how == (
        "2 h 00 min × 12 000 revenue in an hour × 30 share of the business that stood still, in per cent"
    )
    assert (
        cost.line("closing the gap").how == "40 hours that closing the gap takes × 100 cost of one hour of one person"
    )


def test_an_hour_is_told_like_any_other_time() -> None:
    assert (
        cost_of(replace(INCIDENT, mitigated_at=NIGHT + HOUR))
        .line("user hours without it")
        .how.startswith("1 h 00 min × ")
    )


def test_without_a_mitigation_the_resolution_counts() -> None:
    assert cost_of(replace(INCIDENT, mitigated_at=None)).hours == 4


@pytest.mark.parametrize("start", [None, NIGHT + 9 * HOUR])
def test_without_its_length_nothing_is_guessed(start: int | None) -> None:
    cost = cost_of(replace(INCIDENT, started_at=start))
    assert cost.hours is None
    assert cost.line("revenue not taken").value is None
    assert cost.line("revenue not taken").how == "nobody said: how long it lasted"
    assert cost.line("cost of the gap").how == "the sum of what is known; not in it: revenue not taken"


@pytest.mark.parametrize("name", [name for name in ASSUMPTIONS if name != "cost_currency"])
def test_each_missing_assumption_is_named(name: str) -> None:
    cost = cost_of(replace(INCIDENT, facts=tuple(pair for pair in STATED if pair[0] != name)))
    unknown = [line for line in cost.lines if line.value is None]
    assert unknown
    assert all(ASSUMPTIONS[name] in line.how or line.name == "other costs" for line in unknown)


def test_nothing_known_is_no_cost_and_not_zero() -> None:
    cost = cost_of(Incident("x", declared_at=NIGHT))
    assert all(line.value is None for line in cost.lines)
    assert cost.line("cost of the gap").how == "nothing is known yet"


def test_an_assumption_is_stated_with_what_it_was_before() -> None:
    assert state_assumption(INCIDENT, "cost_users", " 6k ").values == (("cost_users", "6k"),)
    assert assumption("cost_users", "") == ""
    for name, text, says in (
        ("cost_users", "5k", "like that already"),
        ("cost_users", "many", "Write 12000"),
        ("cost_mood", "1", "Use one of"),
    ):
        with pytest.raises(Refused, match=says):
            state_assumption(INCIDENT, name, text)


@pytest.mark.parametrize("text", [text for _, text in CORPUS], ids=NAMES)
def test_hostile_text_is_no_number_and_a_safe_currency(text: str) -> None:
    assert number(text) is None
    assert "\x1b" not in assumption("cost_currency", text)


@pytest.mark.parametrize(
    ("value", "shown"), [(12400, "12 400"), (0.5, "0.5"), (99.96, "100"), (3.0, "3"), (1234567.8, "1 234 568")]
)
def test_amounts_as_people_read_them(value: float, shown: str) -> None:
    assert amount(value) == shown


def test_minutes_count() -> None:
    assert cost_of(replace(INCIDENT, mitigated_at=NIGHT + 30 * MINUTE)).line("user hours without it").value == 2500
