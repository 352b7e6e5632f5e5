"""Clocks besides the audiences': check-ins, care, the recovery objective, and what people start by hand."""

from dataclasses import replace

import pytest

from incident_console.domain import events as e
from incident_console.domain.deadlines import ClockKind, Deadline, clocks
from incident_console.domain.events import Body
from tests.domain.test_clocks import POLICY, Step, at, clock, due, status, told

# --- what reminds oneself


@pytest.mark.parametrize(
    ("steps", "roles", "expected"),
    [
        ([], (), None),
        ([], (("tech", "Sam"),), 20),
        ([(7, e.RoleAssigned("tech", "Sam"))], (), 27),
        ([(7, e.RoleAssigned("tech", "Ana"))], (("tech", "Sam"),), 27),
        ([(7, e.RoleAssigned("tech", ""))], (("tech", "Sam"),), None),
        ([(12, e.CheckedIn("still looking"))], (("tech", "Sam"),), 32),
        ([(12, e.CheckedIn("all well", "team"))], (("tech", "Sam"),), 20),
        ([(3, clock("check-in", "every", every=5))], (("tech", "Sam"),), 5),
    ],
)
def test_check_ins_with_the_technical_lead(
    steps: list[Step], roles: tuple[tuple[str, str], ...], expected: float | None
) -> None:
    assert due(told(*steps, roles=roles)).get("check-in") == expected


@pytest.mark.parametrize("severity", [3, 4])
def test_mild_incidents_need_no_check_ins(severity: int) -> None:
    assert "check-in" not in due(told(severity=severity, roles=(("tech", "Sam"),)))


def test_a_check_in_that_is_logged_late_does_not_take_back_a_newer_one() -> None:
    state = told((30, e.CheckedIn("newer")), (10, e.CheckedIn("older, logged late")), roles=(("tech", "Sam"),))
    assert due(state)["check-in"] == 50


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], 120),
        ([(90, e.CheckedIn("tired", "team"))], 210),
        ([(90, e.CheckedIn("busy"))], 120),
        ([(90, clock("care", "every", every=30))], 30),
    ],
)
def test_looking_after_the_team(steps: list[Step], expected: float) -> None:
    assert due(told(*steps))["care"] == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], None),
        ([(5, clock("rto", "target", every=60))], 60),
        ([(5, clock("rto", "target", every=60)), (6, e.Amended("started_at", (at(-20),)))], 40),
        ([(5, clock("rto", "target", every=60)), (6, clock("rto", "target", every=90))], 90),
        ([(5, clock("rto", "target", every=60)), (6, status("monitoring"))], None),
        ([(5, clock("rto", "target", every=60)), (6, status("monitoring")), (7, status("mitigating"))], 60),
        ([(5, clock("rto", "target", every=60)), (50, clock("rto", "snooze", until=80))], 80),
    ],
)
def test_the_recovery_time_objective_counts_from_the_start(steps: list[Step], expected: float | None) -> None:
    assert due(told(*steps)).get("rto") == expected


# --- what people started


def decided(review: float | None) -> e.Decided:
    options = ((("name", "roll back"),), (("name", "wait"),))
    return e.Decided("what now", options, "wait", by="Ana", review_at=None if review is None else at(review))


STARTED: list[tuple[Body, Deadline]] = [
    (e.TimerStarted("timer", "cache", at(9)), Deadline("cache", 0, at(2), at(9), ClockKind.TIMER, "e1")),
    (e.TimerStarted("ask", "lag?", at(9), "sam"), Deadline("sam: lag?", 0, at(2), at(9), ClockKind.ASK, "e1")),
    (
        e.Escalated("CTO", "h", "a decision", "w", "", at(7)),
        Deadline("CTO: a decision", 0, at(2), at(7), ClockKind.ACKNOWLEDGE, "e1"),
    ),
    (decided(40), Deadline("Ana: wait", 0, at(2), at(40), ClockKind.REVIEW, "e1")),
]


@pytest.mark.parametrize(("body", "expected"), STARTED)
def test_what_people_start_runs_until_it_is_settled(body: Body, expected: Deadline) -> None:
    assert expected in clocks(told((2, body)), POLICY)
    more = told((2, body), (3, e.TimerExtended("e1", at(99), "why")))
    assert replace(expected, due_at=at(99)) in clocks(more, POLICY)
    for how in ("done", "answered", "dropped"):
        assert due(told((2, body), (3, e.TimerEnded("e1", how)))) == due(told())


def test_a_decision_without_a_review_has_no_clock() -> None:
    assert due(told((2, decided(None)))) == due(told())


def test_a_timer_of_a_kind_that_only_a_newer_program_knows_still_runs() -> None:
    assert due(told((2, e.TimerStarted("countdown", "launch", at(9)))))["launch"] == 9
