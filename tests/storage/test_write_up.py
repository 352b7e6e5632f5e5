"""Writing a postmortem up in one go: one transaction, decided on what is true then, whoever else writes meanwhile."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain.actions import Wanted
from incident_console.domain.causes import chain
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import OddTime, Refused
from incident_console.domain.write_up import WriteUp
from tests.builders import declare, make_desk

EVERYTHING = WriteUp(
    (("summary", "It broke."),), ("no index", "no check"), Wanted("check", owner="dana", due="+9d"), ""
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def over(desk: Desk) -> Incident:
    incident = declare(desk)
    desk.change_status(incident.id, "resolved")
    return incident


def everything(desk: Desk) -> int:
    return len(desk.store.log.everything())


def test_all_of_it_is_saved(desk: Desk, over: Incident) -> None:
    before = everything(desk)
    state = desk.write_up(over.id, EVERYTHING)
    assert everything(desk) == before + 5
    assert (state.section("summary"), len(state.actions), state.reviewed_at) == ("It broke.", 1, desk.now())
    assert [(link.label, link.why.answer) for link in chain(state)] == [("1", "no index"), ("1.1", "no check")]
    assert [item.what.text for item in desk.items()] == ["check"]
    assert desk.undo(over.id)
    assert desk.incident(over.id).reviewed_at is None
    assert desk.store.log.verify() == ()


def test_where_the_last_part_is_refused_none_is_saved(desk: Desk, over: Incident) -> None:
    desk.change_status(over.id, "mitigating")
    before, writes = everything(desk), desk.writes
    with pytest.raises(Refused, match="recovery comes first"):
        desk.write_up(over.id, EVERYTHING)
    assert (everything(desk), desk.writes) == (before, writes)
    assert desk.incident(over.id).whys == ()
    assert desk.items() == ()


def test_a_day_that_has_passed_is_taken_by_force(desk: Desk, over: Incident) -> None:
    late = WriteUp(answers=("no index",), action=Wanted("check", due="2020-01-01"))
    with pytest.raises(OddTime):
        desk.write_up(over.id, late)
    assert desk.incident(over.id).whys == ()
    assert desk.write_up(over.id, late, Check.FORCED).actions[0].due == "2020-01-01"


def test_what_another_terminal_wrote_meanwhile_counts(desk: Desk, over: Incident, tmp_path: Path) -> None:
    seen = desk.incident(over.id)
    assert seen.whys == ()
    make_desk(tmp_path, "sam").add_why(over.id, "from sam")
    state = desk.write_up(over.id, EVERYTHING)
    assert [link.label for link in chain(state)] == ["1", "1.1", "1.1.1"]
