"""The action items where there are none."""

import pytest

from incident_console.app import IncidentApp
from incident_console.screens.actions import ActionsScreen
from incident_console.screens.board import BoardScreen
from tests.screens.conftest import press
from tests.screens.test_actions import SIZES, arrive, said, screen


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_list_teaches(app: IncidentApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await arrive(app, pilot)
        assert "press n and choose the incident" in said(app, "#empty")
        assert not screen(app).query_one("#detail").display
        for key in ("e", "d", "s", "x", "o", "t", "c", "y", "g", "n", "p", "f", "z", "w", "j", "k", "enter"):
            await press(pilot, key)
            assert isinstance(app.screen, ActionsScreen), key
        await press(pilot, "b")
        assert isinstance(app.screen, BoardScreen)
