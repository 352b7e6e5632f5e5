"""The app on a simulated clock, with a clipboard that only remembers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_console.app import IncidentApp
from incident_console.clipboard import CopyResult, CopyState
from incident_console.desk import Desk
from incident_console.screens import Place
from tests.builders import make_desk


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
    for _ in range(600):
        if condition():
            return
        await pilot.pause(0.02)
    raise AssertionError("it did not come to that")


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
