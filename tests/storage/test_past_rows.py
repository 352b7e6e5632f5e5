"""What the rows tell of incidents that are over without reading their histories: running clocks, and what is left."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_console.desk import Desk, reading
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.events import Event
from incident_console.domain.incident import Incident
from incident_console.domain.room import Decision
from incident_console.domain.vocabulary import Refused
from tests.builders import clock_of, declare, make_desk

TWO = ((("name", "roll back"),), (("name", "wait"),))


def ended(desk: Desk, title: str, status: str = "closed") -> Incident:
    """An incident that was declared an hour ago and is over now."""
    incident = declare(desk, title, 2)
    clock_of(desk).advance(HOUR)
    return desk.change_status(incident.id, status)


def test_settled_clocks_of_resolved_ones_cost_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path)
    for number in range(5):
        settled = declare(desk, f"settled {number}")
        desk.carry_out(settled.id, "/ask sam is it the pool?")
        desk.carry_out(settled.id, "/answer it was")
        desk.record_decision(settled.id, Decision("roll back?", TWO, "wait", by="dana"))
        desk.change_status(settled.id, "resolved")
    waits = declare(desk, "waits")
    desk.carry_out(waits.id, "/ask sam is it the pool?")
    desk.change_status(waits.id, "resolved")
    monkeypatch.setattr(reading, "NEWEST", 0)
    read, whole = list[str](), desk.incident

    def remembered(incident_id: str) -> Incident:
        read.append(incident_id)
        return whole(incident_id)

    monkeypatch.setattr(desk, "incident", remembered)
    assert [standing.incident.title for standing in desk.board()] == ["waits"]
    assert read == [waits.id]


def decide(desk: Desk, incident_id: str, review_in: int | None) -> None:
    review_at = None if review_in is None else desk.now() + review_in
    desk.record_decision(incident_id, Decision("roll back?", TWO, "wait", by="dana", review_at=review_at))


def settle(desk: Desk, incident_id: str, place: int) -> None:
    """The oldest (0) or the newest (-1) of the running clocks."""
    timers = desk.incident(incident_id).timers
    if timers:
        desk.end_timer(incident_id, timers[place].id, "done")


Act = Callable[[Desk, str], object]
CLOCKS: st.SearchStrategy[list[Act]] = st.lists(
    st.sampled_from(
        [
            lambda desk, each: desk.carry_out(each, "/timer 8m look at the queue"),
            lambda desk, each: desk.carry_out(each, "/ask sam is it the pool?"),
            lambda desk, each: decide(desk, each, HOUR),
            lambda desk, each: decide(desk, each, None),
            lambda desk, each: settle(desk, each, 0),
            lambda desk, each: settle(desk, each, -1),
            lambda desk, each: desk.undo(each),
            lambda desk, each: desk.redo(each),
        ]
    ),
    max_size=12,
)


@given(CLOCKS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_rows_know_whether_a_clock_runs_as_the_fold_does(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        incident = ended(desk, "any", "resolved")
        for each in acts:
            clock_of(desk).advance(MINUTE)
            try:
                each(desk, incident.id)
            except Refused:
                continue
        state = desk.incident(incident.id)
        ticks = state.status == "resolved" and state.timers
        assert desk.store.past.resolved(0) == ((state.id,) if ticks else ())
        desk.store.close()


def test_what_is_left_is_told_without_reading_what_is_finished_or_never_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path)
    never, begun, taken_back, finished = (ended(desk, title) for title in ("never", "begun", "taken back", "finished"))
    resolved = ended(desk, "resolved", "resolved")
    desk.add_why(begun.id, "it was full")
    desk.add_why(taken_back.id, "it was full")
    desk.undo(taken_back.id)
    desk.add_item(finished.id, Wanted("do it", "prevent", "sam", "+3d"))
    desk.finish_review(finished.id)
    read, whole = list[str](), desk.store.log.of_kinds

    def remembered(stream: str, kinds: tuple[str, ...]) -> tuple[Event, ...]:
        read.append(stream)
        return whole(stream, kinds)

    monkeypatch.setattr(desk.store.log, "of_kinds", remembered)
    assert desk.left(("closed",)) == {
        never.id: "postmortem not begun",
        begun.id: "postmortem begun",
        taken_back.id: "postmortem not begun",
        finished.id: "postmortem finished, 1 action item open",
    }
    assert sorted(read) == sorted([begun.id, taken_back.id])
    assert desk.left(("resolved",)) == {resolved.id: "postmortem not begun"}
