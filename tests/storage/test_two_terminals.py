"""Two terminals on one file: both changes are kept, whoever comes second is told, and each takes back their own."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.events import StatusChanged
from incident_console.domain.vocabulary import Refused
from tests.builders import clock_of, declare, make_desk
from tests.storage.conftest import texts


class TestTwoTerminals:
    def test_both_changes_of_status_in_one_second_stay_in_the_log(self, desk: Desk, tmp_path: Path) -> None:
        other = make_desk(tmp_path, "sam")
        incident = declare(desk).id
        desk.changed()
        other.changed()
        desk.change_status_told(incident, "identified")
        other.change_status_told(incident, "mitigating")
        assert texts(desk, incident, "status") == ["investigating → identified", "identified → mitigating"]
        assert desk.incident(incident) == other.incident(incident)
        assert desk.incident(incident).status == "mitigating"
        assert (desk.changed(), other.changed()) == (True, True)
        changes = [event for event in desk.store.log.everything() if isinstance(event.body, StatusChanged)]
        assert [event.actor for event in changes] == ["dana", "sam"]
        assert changes[0].recorded_at < changes[1].recorded_at

    def test_the_same_status_from_both_is_said_to_the_second(self, desk: Desk, tmp_path: Path) -> None:
        other = make_desk(tmp_path, "sam")
        incident = declare(desk).id
        desk.change_status_told(incident, "identified")
        with pytest.raises(Refused, match=r"is identified already\. Nothing was changed"):
            other.change_status_told(incident, "identified")
        assert len(texts(desk, incident, "status")) == 1

    def test_of_two_who_tick_the_same_item_the_second_is_told(self, desk: Desk, tmp_path: Path) -> None:
        other = make_desk(tmp_path, "sam")
        incident = declare(desk).id
        desk.tick(incident, "own-role")
        with pytest.raises(Refused, match="ticked already"):
            other.tick(incident, "own-role")
        assert [row.actor for row in desk.entries(incident, "tick")] == ["dana"]
        assert "own-role" in desk.incident(incident).ticked

    def test_what_was_settled_already_cannot_be_settled_again(self, desk: Desk, tmp_path: Path) -> None:
        other = make_desk(tmp_path, "sam")
        incident = declare(desk).id
        (timer,) = desk.start_timer(incident, "lag?", 5 * MINUTE, "sam").timers
        other.end_timer(incident, timer.id, "answered", "40 s")
        with pytest.raises(Refused, match="it was settled already"):
            desk.end_timer(incident, timer.id, "done")
        with pytest.raises(Refused, match="it was settled already"):
            desk.extend_timer(incident, timer.id, MINUTE, "why")

    def test_undo_takes_back_ones_own_step_and_not_the_others(self, desk: Desk, tmp_path: Path) -> None:
        other = make_desk(tmp_path, "sam")
        incident = declare(desk).id
        desk.carry_out(incident, "/pause executives on the call")
        clock_of(other).advance(SECOND)
        other.carry_out(incident, "/timer 5m cache")
        assert desk.undo(incident) == "clock: executives paused: on the call"
        assert [timer.text for timer in other.incident(incident).timers] == ["cache"]
        setting = other.incident(incident).setting("executives")
        assert setting is None
