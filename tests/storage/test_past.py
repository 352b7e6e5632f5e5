"""Which incidents are over: what waits for its postmortem, and pages of closed ones."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_console.desk import Desk
from incident_console.desk.past import RECENT, Counts, Waiting
from incident_console.desk.reading import NEWEST
from incident_console.domain.actions import Wanted
from incident_console.domain.aftermath import Postmortem, left, over_at, progress
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Refused
from tests.builders import clock_of, declare, make_desk


def ended(desk: Desk, title: str, status: str = "closed") -> Incident:
    """An incident that was declared an hour ago and is over now."""
    incident = declare(desk, title, 2)
    clock_of(desk).advance(HOUR)
    return desk.change_status(incident.id, status)


def titles(found: tuple[Incident, ...]) -> list[str]:
    return [incident.title for incident in found]


def test_what_is_over_waits_until_its_postmortem_is_finished(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    declare(desk, "still running")
    first, second = ended(desk, "first"), ended(desk, "second")
    assert titles(desk.waiting(9).first) == ["second", "first"]
    desk.add_item(first.id, Wanted("do it", "prevent", "sam", "+3d"))
    desk.finish_review(first.id)
    assert titles(desk.waiting(9).first) == ["second"]
    assert desk.waiting(9).total == 1
    desk.undo(first.id)
    assert titles(desk.waiting(9).first) == ["second", "first"]
    desk.redo(first.id)
    assert desk.waiting(9).total == 1
    desk.finish_review(second.id, "nothing to do")
    assert desk.waiting(9) == desk.waiting(0) == Waiting()


def test_what_was_reopened_waits_for_its_postmortem_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = ended(desk, "twice")
    desk.finish_review(incident.id, "nothing to do")
    assert desk.waiting(9) == Waiting()
    desk.change_status(incident.id, "investigating")
    desk.change_status(incident.id, "resolved")
    again = desk.change_status(incident.id, "closed")
    assert (again.reviewed_at, again.review_reason) == (None, "")
    assert titles(desk.waiting(9).first) == ["twice"]
    assert progress(desk.outline(desk.summaries()[0])) is Postmortem.NONE
    desk.finish_review(incident.id, "still nothing to do")
    assert desk.waiting(9) == Waiting()
    assert desk.incident(incident.id).review_reason == "still nothing to do"


def test_a_reopening_that_is_taken_back_leaves_it_finished(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = ended(desk, "once")
    desk.finish_review(incident.id, "nothing to do")
    desk.change_status(incident.id, "investigating")
    assert desk.incident(incident.id).reviewed_at is None
    desk.undo(incident.id)
    assert desk.incident(incident.id).reviewed_at == desk.now()
    assert desk.waiting(9) == Waiting()


def test_a_resolved_one_waits_for_being_closed_whatever_its_age(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    resolved, closed = ended(desk, "resolved", "resolved"), ended(desk, "closed")
    desk.finish_review(resolved.id, "nothing to do")
    assert titles(desk.waiting(9).first) == ["closed", "resolved"]
    clock_of(desk).advance(RECENT)
    assert titles(desk.waiting(9).first) == ["resolved"]
    assert titles(desk.closed(9)) == [closed.title]
    desk.change_status(resolved.id, "closed")
    assert desk.waiting(9).total == 0


def test_only_as_many_as_are_wanted_are_read_and_all_are_counted(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for number in range(9):
        ended(desk, f"number {number}")
    found = desk.waiting(3)
    assert titles(found.first) == ["number 8", "number 7", "number 6"]
    assert found.total == 9


def test_of_many_resolved_ones_the_board_reads_the_newest_and_those_with_a_clock(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with_clock = declare(desk, "with a clock")
    desk.carry_out(with_clock.id, "/timer 8m look at the queue")
    desk.change_status(with_clock.id, "resolved")
    for number in range(NEWEST + 5):
        ended(desk, f"number {number}", "resolved")
    declare(desk, "running")
    found = [standing.incident.title for standing in desk.board()]
    assert found[0] == "running"
    assert set(found[1:]) == {"with a clock", *(f"number {number}" for number in range(5, NEWEST + 5))}
    assert desk.waiting(1).total == NEWEST + 6


def test_pages_of_closed_ones_join_without_gap_or_double(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    for number in range(7):
        ended(desk, f"number {number}")
    ended(desk, "only resolved", "resolved")
    declare(desk, "running")
    assert desk.counts() == Counts(open=2, closed=7)
    page, found = desk.closed(3), list[str]()
    while page:
        found += titles(page)
        page = desk.closed(3, page[-1])
    assert found == [f"number {number}" for number in reversed(range(7))]


def test_closed_ones_stand_in_the_order_in_which_they_ended(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    early, late = declare(desk, "declared first", 3), declare(desk, "declared second", 3)
    clock_of(desk).advance(HOUR)
    desk.change_status(late.id, "closed")
    clock_of(desk).advance(MINUTE)
    desk.change_status(early.id, "closed")
    assert titles(desk.closed(9)) == ["declared first", "declared second"]


Act = Callable[[Desk, str], object]
ACTS: st.SearchStrategy[list[Act]] = st.lists(
    st.sampled_from(
        [
            lambda desk, each: desk.write_section(each, "summary", f"text {desk.now()}"),
            lambda desk, each: desk.add_why(each, "it was full"),
            lambda desk, each: desk.add_item(each, Wanted("do it", "prevent", "sam", "+3d")),
            lambda desk, each: [desk.move_action(each, item.id, "done") for item in desk.incident(each).actions[:1]],
            lambda desk, each: desk.finish_review(each, "nothing to do"),
            lambda desk, each: desk.undo(each),
            lambda desk, each: desk.redo(each),
            lambda desk, each: desk.change_status(each, "closed"),
            lambda desk, each: desk.change_status(each, "monitoring"),
        ]
    ),
    max_size=12,
)


@given(ACTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_outline_of_a_list_says_what_the_whole_incident_says(acts: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        incident = ended(desk, "any")
        for each in acts:
            clock_of(desk).advance(MINUTE)
            try:
                each(desk, incident.id)
            except Refused:
                continue
        whole, outline = desk.incident(incident.id), desk.outline(desk.summaries()[0])
        assert progress(outline) is progress(whole)
        assert outline.actions == whole.actions
        assert over_at(outline) == over_at(whole)
        assert desk.left(("resolved", "closed")) == ({} if whole.in_response else {whole.id: left(whole)})
        waits = whole.status == "closed" and progress(whole) != "finished"
        assert [each.id for each in desk.waiting(9).first] == ([whole.id] if waits else [])
        desk.store.close()
