"""What the header of the live screen names works wherever the focus is."""

import pytest

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.postmortem import PostmortemScreen
from tests.builders import declare


@pytest.mark.parametrize("to_the_list", [(), ("escape",)])
@pytest.mark.parametrize(("key", "place"), [("f2", ComposeScreen), ("f7", PostmortemScreen)])
async def test_they_work_in_the_line_and_in_the_list(
    desk: Desk, to_the_list: tuple[str, ...], key: str, place: type
) -> None:
    incident = declare(desk)
    async with IncidentApp(desk, incident.id).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*to_the_list, key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, place)
