"""The board where there is nothing to show, or nothing that can be read."""

import pytest

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.screens.board import BoardScreen
from tests.builders import declare
from tests.screens.conftest import press
from tests.screens.test_board import cursor, empty, ended, lists


async def test_empty_lists_say_what_to_do(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "No incident is open." in empty(app)
        assert "closed" not in empty(app)
        await press(pilot, "c")
        assert "No incident is closed yet." in empty(app)
        await press(pilot, "w", "enter")
        assert isinstance(app.screen, BoardScreen)
        assert [each.message for each in app._notifications] == ["There is no incident under the cursor."] * 2
        await press(pilot, "c")
        assert "No incident is open." in empty(app)


async def test_where_all_is_done_closed_ones_are_one_key_away(app: IncidentApp, desk: Desk) -> None:
    incident = ended(desk, "old")
    desk.finish_review(incident.id, "nothing to do")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "press c for 1 closed" in empty(app)
        await press(pilot, "c")
        assert "old" in cursor(app)


async def test_trouble_while_reading_leaves_the_list_as_it_is(
    app: IncidentApp, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(desk, "running")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        desk.store._db.close()
        monkeypatch.setattr(app, "_poll", lambda: None)
        await press(pilot, "c")
        assert "running" in cursor(app)
        assert lists(app).startswith("open 1")
