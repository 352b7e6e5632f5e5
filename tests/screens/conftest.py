"""The app on a simulated clock, with a clipboard that only remembers, and what is read off its live screen."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.clipboard import CopyResult, CopyState
from incident_console.desk import Desk
from incident_console.domain.incident import Incident
from incident_console.screens import Place
from incident_console.screens.live import LiveScreen
from tests.builders import declare, make_desk

PATIENCE: Final = 30
"""Seconds until a state that does not come is a failure."""


class Copies:
    """What was copied, and what the next copy will answer."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.answer = CopyResult(CopyState.VERIFIED, "xclip", "Copied and checked (xclip).")

    def __call__(self, text: str, environment: object, write: Callable[[str], None] | None) -> CopyResult:
        self.texts.append(text)
        return self.answer


async def until(pilot: Pilot[int], condition: Callable[[], bool]) -> None:
    """Wait for a state, with patience for a slow machine."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"it did not come to that in {PATIENCE} s; on the screen: {pilot.app.screen!r}"
        await pilot.pause()


async def press(pilot: Pilot[int], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


def named(char: str) -> str:
    return {" ": "space", "/": "slash", ",": "comma", "-": "minus", "@": "at", ":": "colon", "+": "plus"}.get(
        char, char
    )


async def typed(pilot: Pilot[int], text: str) -> None:
    """Type a text and press enter."""
    await pilot.press(*(named(char) for char in text), "enter")
    await pilot.pause()


def live(app: IncidentApp) -> LiveScreen:
    assert isinstance(app.screen, LiveScreen)
    return app.screen


def hint(app: IncidentApp) -> str:
    return str(live(app).query_one("#hint", Static).content)


def texts(desk: Desk, incident: Incident, kind: str | None = None) -> list[str]:
    return [entry.text for entry in desk.entries(incident.id, kind)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Copies:
    """Every place copies into this from now on."""
    remembered = Copies()
    original = Place.__init__

    def init(place: Place, desk: Desk, *_: object) -> None:
        original(place, desk, remembered)

    monkeypatch.setattr(Place, "__init__", init)
    return remembered


@pytest.fixture
def app(desk: Desk) -> IncidentApp:
    return IncidentApp(desk)


@pytest.fixture
def incident(app: IncidentApp, desk: Desk) -> Incident:
    """An incident whose live screen the app opens first."""
    declared = declare(desk)
    app._first = declared.id
    return declared
