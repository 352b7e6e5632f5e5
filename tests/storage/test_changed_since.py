"""Whether a finished postmortem reads differently by now: whatever the document says counts, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.room import Decision
from incident_console.domain.sending import Sending
from tests.builders import clock_of, declare, make_desk

Step = Callable[[Desk, str], object]
TWO = ((("name", "roll back"),), (("name", "wait"),))


@pytest.fixture
def over(desk: Desk) -> str:
    """Resolved, with a line and an action item, and finished an hour ago."""
    incident = declare(desk)
    desk.log(incident.id, Logged("before"))
    desk.add_item(incident.id, Wanted("do it", owner="sam", due="+3d"))
    desk.change_status(incident.id, "resolved")
    clock_of(desk).advance(MINUTE)
    desk.finish_review(incident.id)
    clock_of(desk).advance(HOUR)
    return incident.id


def message(desk: Desk, incident_id: str) -> object:
    return desk.mark_sent(desk.compose(incident_id, Wish("internal", "resolution")), Sending(), Check.FORCED)


CHANGES: dict[str, Step] = {
    "a line": lambda desk, each: desk.log(each, Logged("after")),
    "a line of then": lambda desk, each: desk.log(each, Logged("seen", at=desk.incident(each).declared_at)),
    "a message": message,
    "a role": lambda desk, each: desk.assign(each, "ic", "Ana"),
    "a decision": lambda desk, each: desk.record_decision(each, Decision("what now", TWO, "1")),
    "the severity": lambda desk, each: desk.change_severity(each, 3, "fewer were hit"),
    "a fact": lambda desk, each: desk.state_fact(each, "impact", "carts are lost"),
    "a section": lambda desk, each: desk.write_section(each, "summary", "it broke"),
    "another line taken back": lambda desk, each: desk.strike(each, 2, "never happened"),
    "a closing after a line": lambda desk, each: [desk.carry_out(each, "after"), desk.change_status(each, "closed")],
}


@pytest.mark.parametrize("what", CHANGES)
def test_it_changed_after_what_the_document_tells(desk: Desk, over: str, what: str) -> None:
    assert not desk.changed_since_finished(over)
    CHANGES[what](desk, over)
    assert desk.changed_since_finished(over)


SAME: dict[str, Step] = {
    "a copy": lambda desk, each: desk.copied(desk.compose(each, Wish("internal", "resolution")), "tool"),
    "a tick": lambda desk, each: desk.tick(each, desk.open_items(desk.incident(each))[0].id),
    "work on an item": lambda desk, each: desk.move_action(each, desk.incident(each).actions[0].id, "done"),
    "closing": lambda desk, each: desk.change_status(each, "closed"),
    "a line that was undone": lambda desk, each: [desk.log(each, Logged("after")), desk.undo(each)],
    "a role that was undone": lambda desk, each: [desk.assign(each, "ic", "Ana"), desk.undo(each)],
    "a line elsewhere": lambda desk, each: desk.log(declare(desk, "another").id, Logged("after")),
}


@pytest.mark.parametrize("what", SAME)
def test_it_did_not_change_after_anything_else(desk: Desk, over: str, what: str) -> None:
    SAME[what](desk, over)
    assert not desk.changed_since_finished(over)


def test_a_line_of_before_that_somebody_takes_back_is_a_change_until_it_is_brought_back(tmp_path: Path) -> None:
    dana, sam = make_desk(tmp_path, "dana"), make_desk(tmp_path, "sam")
    incident = declare(sam)
    sam.change_status(incident.id, "resolved")
    sam.log(incident.id, Logged("before"))
    dana.finish_review(incident.id, "nothing to do")
    sam.undo(incident.id)
    assert dana.changed_since_finished(incident.id)
    sam.redo(incident.id)
    assert not dana.changed_since_finished(incident.id)
    sam.log(incident.id, Logged("after"))
    assert dana.changed_since_finished(incident.id)


def test_while_it_is_not_finished_nothing_changed_since(desk: Desk, over: str) -> None:
    desk.log(over, Logged("after"))
    desk.change_status(over, "investigating")
    assert not desk.changed_since_finished(over)
    desk.change_status(over, "resolved")
    assert not desk.changed_since_finished(over)
    desk.finish_review(over)
    assert not desk.changed_since_finished(over)
    desk.log(over, Logged("later"))
    assert desk.changed_since_finished(over)


def test_lines_since_an_instant_are_read_without_those_before(desk: Desk, over: str) -> None:
    for number in range(3):
        clock_of(desk).advance(MINUTE)
        desk.log(over, Logged(f"line {number}"))
    since = desk.now() - MINUTE
    with desk.store.reading():
        found = desk.store.log.lines_since(over, since)
    assert [event.body for event in found] == [event.body for event in desk.store.log.all_of(over)[-2:]]


def test_the_document_says_so_and_stays_the_same_for_the_same_events(desk: Desk, over: str) -> None:
    assert "changed since" not in desk.report(over)
    desk.log(over, Logged("after"))
    said = desk.report(over)
    assert " UTC, changed since" in said
    assert " UTC, changed since" in desk.report_html(over)
    clock_of(desk).advance(HOUR)
    assert desk.report(over) == said
