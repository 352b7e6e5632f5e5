"""Opening on an incident: the board is only made for who goes there; and the line of keys follows the place."""

import gc
from pathlib import Path

from incident_console.app import IncidentApp
from incident_console.screens import GoBack, OpenActions, OpenIncident
from incident_console.screens.board import BoardScreen
from incident_console.screens.live import LiveScreen
from incident_console.widgets.key_bar import KeyBar
from tests.builders import declare, make_desk


def _keys(app: IncidentApp) -> str:
    return str(app.screen.query_one(KeyBar).content)


async def test_the_board_is_made_for_who_leaves_the_incident(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    app = IncidentApp(desk, declare(desk).id)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [type(screen).__name__ for screen in app.screen_stack[1:]] == ["LiveScreen"]
        app.screen.post_message(GoBack())
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack[1:]] == [BoardScreen]
        app.screen.post_message(GoBack())
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack[1:]] == [BoardScreen]
        await pilot.press("enter")
        await pilot.pause()
        assert [type(screen) for screen in app.screen_stack[1:]] == [BoardScreen, LiveScreen]


async def test_another_incident_takes_the_place_of_the_first(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first, second = declare(desk), declare(desk, "Search is slow")
    app = IncidentApp(desk, first.id)
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(OpenActions())
        await pilot.pause()
        app.screen.post_message(OpenIncident(second.id))
        await pilot.pause()
        (place,) = app.screen_stack[1:]
        assert isinstance(place, LiveScreen)
        assert place.incident.title == "Search is slow"


async def test_the_keys_are_those_that_work_here(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    app = IncidentApp(desk, declare(desk).id)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert _keys(app).startswith("esc List f2 Update ")
        await pilot.press("escape")
        await pilot.pause()
        assert " u Update " in _keys(app)
        assert "esc List" not in _keys(app)


async def test_rubbish_is_collected_again_once_the_first_frame_stands(tmp_path: Path) -> None:
    app = IncidentApp(make_desk(tmp_path))
    gc.disable()
    try:
        async with app.run_test() as pilot:
            await pilot.pause()
            assert gc.isenabled()
    finally:
        gc.enable()
