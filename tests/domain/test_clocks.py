"""Every clock of an incident, through the events that move it: set aside, asked for, answered, reopened."""

from dataclasses import replace

import pytest

from incident_console.content.policy import load_policy
from incident_console.domain import events as e
from incident_console.domain.clock import MINUTE
from incident_console.domain.deadlines import (
    STANDING,
    ClockKind,
    Deadline,
    Urgency,
    clocks,
    deadlines,
    interval,
    urgency_key,
)
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident
from incident_console.domain.promises import Kept, promises
from tests.builders import NIGHT

POLICY = load_policy(None)
Step = tuple[float, Body]
"""Minutes after the declaration, and what happened then."""


def at(minutes: float) -> int:
    return NIGHT + int(minutes * MINUTE)


def told(*steps: Step, severity: int | None = 1, roles: tuple[tuple[str, str], ...] = ()) -> Incident:
    """The incident that these events add up to; the n-th one has the id e<n>."""
    bodies: list[Step] = [(0, e.Declared(1, "t", severity, roles=roles)), *steps]
    history, written = [], NIGHT
    for n, (minutes, body) in enumerate(bodies):
        written = max(written + 1, at(minutes))
        history.append(Event(f"e{n}", "a", n + 1, "x", written, at(minutes), "dana", body))
    return fold("x", history)


def due(state: Incident) -> dict[str, float]:
    """Minutes after the declaration for each clock, in the order in which they are shown."""
    return {clock.name: (clock.due_at - NIGHT) / MINUTE for clock in clocks(state, POLICY)}


def one(state: Incident, name: str) -> Deadline:
    (found,) = [clock for clock in clocks(state, POLICY) if clock.name == name]
    return found


def sent(audience: str = "internal", promised: float | None = None, kind: str = "update") -> e.MessageSent:
    return e.MessageSent(audience, kind, 1, "s", "t", None if promised is None else at(promised))


def clock(name: str, action: str, until: float | None = None, every: float | None = None) -> e.ClockSet:
    seconds = None if every is None else int(every * 60)
    return e.ClockSet(name, action, "because", None if until is None else at(until), seconds)


def status(word: str) -> e.StatusChanged:
    return e.StatusChanged(word, "")


# --- what there is at all


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (1, {"internal": 5, "customers": 15, "executives": 15, "reassess": 30, "care": 120}),
        (2, {"customers": 15, "executives": 15, "internal": 15, "reassess": 60, "care": 120}),
        (3, {"care": 120, "internal": 240, "reassess": 240}),
        (4, {"care": 120, "reassess": 1440}),
        (None, {"internal": 5, "customers": 15, "executives": 15, "reassess": 30, "care": 120}),
    ],
)
def test_the_clocks_of_a_new_incident(severity: int | None, expected: dict[str, float]) -> None:
    state = told(severity=severity)
    assert due(state) == expected
    assert list(due(state)) == list(expected)


@pytest.mark.parametrize(
    ("last", "expected"), [("resolved", ["cache", "sam: lag?"]), ("closed", []), ("monitoring", None)]
)
def test_after_the_response_only_what_people_started_is_left(last: str, expected: list[str] | None) -> None:
    state = told(
        (1, e.TimerStarted("timer", "cache", at(60))),
        (2, e.TimerStarted("ask", "lag?", at(70), "sam")),
        (3, e.Requested("support", "news?")),
        (4, clock("rto", "target", every=60)),
        (5, status(last)),
    )
    found = list(due(state))
    assert found == expected if expected is not None else len(found) == 8
    assert deadlines(state, POLICY) == () or last == "monitoring"


def test_an_imported_incident_reminds_of_nothing_but_its_audiences() -> None:
    names = {clock.kind for clock in clocks(replace(told(), imported=True), POLICY)}
    assert names == {ClockKind.UPDATE}


# --- setting aside


@pytest.mark.parametrize("name", ["internal", "executives", *STANDING])
def test_a_paused_clock_stands_still_comes_last_and_is_never_overdue(name: str) -> None:
    state = told((0, clock("rto", "target", every=60)), (1, clock(name, "pause")))
    shown = clocks(state, POLICY)
    assert [each.name for each in shown if each.paused] == [name] == [shown[-1].name] or name == "check-in"
    assert all(each.urgency(at(10_000)) is Urgency.PAUSED for each in shown if each.paused)
    assert due(told((0, clock("rto", "target", every=60)), (1, clock(name, "pause")), (2, clock(name, "resume")))) == (
        due(told((0, clock("rto", "target", every=60))))
    )


def test_a_pause_keeps_its_reason_and_does_not_move_the_time() -> None:
    state = told((1, clock("internal", "pause")))
    assert one(state, "internal") == replace(one(told(), "internal"), paused="because")


def test_a_message_to_a_paused_audience_leaves_it_paused() -> None:
    assert one(told((1, clock("internal", "pause")), (2, sent())), "internal").paused == "because"


def test_what_is_paused_does_not_make_an_incident_urgent() -> None:
    names = ("internal", "customers", "executives", "reassess", "care")
    state = told(*((0, clock(name, "pause")) for name in names))
    assert urgency_key(state, POLICY, at(9999)) == (0, 1, 1, 2**62)
    assert urgency_key(told(), POLICY, at(9999))[1] == 0


@pytest.mark.parametrize(
    ("steps", "expected", "why"),
    [
        ([(6, clock("internal", "snooze", until=16))], 16, "because"),
        ([(1, clock("internal", "snooze", until=3))], 5, ""),
        ([(6, clock("internal", "snooze", until=16)), (7, clock("internal", "snooze", until=30))], 30, "because"),
        ([(6, clock("internal", "snooze", until=60)), (8, sent())], 23, ""),
        ([(6, clock("internal", "snooze", until=60)), (8, sent(promised=20))], 20, ""),
        ([(8, sent()), (9, clock("internal", "snooze", until=60))], 60, "because"),
    ],
)
def test_putting_off_lasts_until_its_time_or_the_next_message(steps: list[Step], expected: float, why: str) -> None:
    found = one(told(*steps), "internal")
    assert ((found.due_at - NIGHT) / MINUTE, found.snoozed) == (expected, why)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("reassess", e.Assessed((), (), 1, 1)),
        ("reassess", e.SeverityChanged(2, 1, "better")),
        ("care", e.CheckedIn("fine", "team")),
        ("check-in", e.CheckedIn("still looking")),
    ],
)
def test_putting_off_a_reminder_ends_when_it_is_done(name: str, ending: Body) -> None:
    roles = (("tech", "Sam"),)
    snoozed = told((1, clock(name, "snooze", until=900)), roles=roles)
    assert (one(snoozed, name).snoozed, due(snoozed)[name]) == ("because", 900)
    done = told((1, clock(name, "snooze", until=900)), (2, ending), roles=roles)
    assert one(done, name).snoozed == ""
    assert due(done)[name] < 900


@pytest.mark.parametrize("later", ["pause", "every"])
def test_a_snooze_that_a_message_ended_does_not_come_back(later: str) -> None:
    last = clock("internal", later, every=15 if later == "every" else None)
    steps: list[Step] = [(1, clock("internal", "snooze", until=120)), (5, sent()), (10, last)]
    found = one(told(*steps, (11, clock("internal", "resume"))), "internal")
    assert (found.due_at - NIGHT) / MINUTE <= 25
    assert found.snoozed == ""


# --- another rhythm


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([(2, clock("internal", "every", every=60))], 5),
        ([(2, clock("internal", "every", every=1))], 3),
        ([(4, sent()), (6, clock("internal", "every", every=60))], 64),
        ([(4, sent()), (6, clock("internal", "every", every=5))], 9),
        ([(4, sent(promised=20)), (6, clock("internal", "every", every=60))], 20),
        ([(4, sent(promised=20)), (6, clock("internal", "every", every=5))], 11),
        ([(2, clock("internal", "every", every=60)), (4, sent())], 64),
        ([(2, clock("internal", "every", every=60)), (4, sent()), (5, status("monitoring"))], 64),
        ([(4, sent()), (5, status("monitoring"))], 34),
    ],
)
def test_another_rhythm_counts_at_once_and_a_promise_stands(steps: list[Step], expected: float) -> None:
    assert due(told(*steps))["internal"] == expected


def test_a_rhythm_for_an_audience_that_has_none_gives_it_a_clock() -> None:
    state = told((3, clock("support", "every", every=30)), severity=4)
    assert due(state)["support"] == 30
    assert interval(state, POLICY, "support") == 30 * MINUTE
    assert due(told((3, clock("support", "every", every=30)), (10, sent("support")), severity=4))["support"] == 40


@pytest.mark.parametrize(("name", "before", "after"), [("reassess", 30, 45), ("care", 120, 45)])
def test_reminders_have_a_rhythm_of_their_own(name: str, before: float, after: float) -> None:
    assert (due(told())[name], due(told((3, clock(name, "every", every=45))))[name]) == (before, after)


# --- somebody asks


@pytest.mark.parametrize(
    ("steps", "expected", "asked"),
    [
        ([(1, e.Requested("internal", "news?"))], 5, True),
        ([(4, sent()), (5, e.Requested("internal", "news?"))], 15, True),
        ([(4, sent(promised=8)), (5, e.Requested("internal", "news?"))], 8, True),
        ([(5, e.Requested("internal", "news?")), (6, sent())], 21, False),
        ([(4, sent()), (5, e.Requested("internal", "a")), (7, e.Requested("internal", "b"))], 17, True),
    ],
)
def test_a_request_brings_the_clock_forward_until_it_is_answered(
    steps: list[Step], expected: float, asked: bool
) -> None:
    found = one(told(*steps), "internal")
    assert ((found.due_at - NIGHT) / MINUTE, found.asked) == (expected, asked)


@pytest.mark.parametrize("severity", [1, 3, 4])
def test_an_audience_without_a_rhythm_that_asks_waits_once(severity: int) -> None:
    asked = told((5, e.Requested("support", "news?")), severity=severity)
    found = one(asked, "support")
    assert (found.since, found.due_at, found.asked, found.number) == (at(5), at(15), True, 1)
    assert found.urgency(at(5)) is Urgency.OK
    answered = told((5, e.Requested("support", "news?")), (9, sent("support")), severity=severity)
    assert "support" not in due(answered)


def test_a_request_cuts_a_snooze_short() -> None:
    state = told((4, sent()), (5, clock("internal", "snooze", until=90)), (6, e.Requested("internal", "news?")))
    assert due(state)["internal"] == 16


# --- reopening


@pytest.mark.parametrize("over", ["resolved", "closed"])
def test_reopening_starts_every_clock_again(over: str) -> None:
    steps: list[Step] = [(4, sent()), (5, sent("customers", kind="resolution")), (10, status(over))]
    state = told(*steps, (500, status("investigating")), roles=(("tech", "Sam"),))
    assert due(state) == {
        "internal": 505, "customers": 515, "executives": 515, "check-in": 520, "reassess": 530, "care": 620,
    }  # fmt: skip
    assert all(clock.urgency(at(500)) is Urgency.OK for clock in clocks(state, POLICY))


def test_reopening_into_monitoring_counts_as_well() -> None:
    state = told((4, sent()), (10, status("resolved")), (500, status("monitoring")))
    assert due(state)["internal"] == 505


def test_moving_between_statuses_of_the_response_restarts_nothing() -> None:
    before = told((4, sent()), (5, status("monitoring")), (6, status("investigating")))
    assert before.reopened_at is None
    assert due(before)["internal"] == 19


def test_a_promise_that_was_given_before_the_end_stands_after_a_quick_reopening() -> None:
    steps: list[Step] = [(3, sent("customers", promised=10)), (5, status("resolved")), (6, status("mitigating"))]
    assert due(told(*steps))["customers"] == 10


def test_nothing_was_owed_while_it_was_over() -> None:
    steps: list[Step] = [(3, sent(promised=10)), (5, status("resolved")), (500, status("mitigating"))]
    (found,) = promises(told(*steps, (504, sent())), at(510))
    assert found.state is Kept.OVER


def test_a_message_that_is_logged_late_does_not_move_the_clock_back() -> None:
    state = told((30, sent(promised=50)), (20, sent()))
    assert due(state)["internal"] == 50
