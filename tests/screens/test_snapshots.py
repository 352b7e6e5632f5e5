"""What each screen looks like at both sizes, on a clock that stands still."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE
from tests.builders import clock_of, make_desk
from tests.story import crowd, tell

Compare = Callable[..., bool]
Steps = Callable[[Pilot[int]], Awaitable[None]]
SIZES = [(80, 24), (120, 40)]


def keys(*pressed: str) -> Steps:
    async def press(pilot: Pilot[int]) -> None:
        for widget in pilot.app.screen.query("Input"):
            widget.cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause()
        await pilot.press(*pressed)
        await pilot.pause()
        for widget in pilot.app.screen.query("Input, TextArea"):
            widget.cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause()

    return press


CASES: list[tuple[str, bool, Steps]] = [
    ("empty-board", False, keys()),
    ("board", True, keys()),
    *((f"triage-{n}", False, keys("d", *"2131221211"[: n - 1])) for n in range(1, 11)),
    ("triage-context", True, keys("d", *"213122", "1", "2")),
    ("declare", True, keys("d", *"213122", "1", "enter", "1", "1", "2", *"Checkout pay", "tab", *"Checkout")),
    ("reassess", True, keys("enter", "f9")),
    ("live", True, keys("enter")),
    ("live-list", True, keys("enter", "escape", "k", "k")),
    ("entry", True, keys("enter", "escape", "g", "j", "enter")),
    ("compose", True, keys("enter", "f2")),
    ("choose", True, keys("enter", "f4")),
]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize(("name", "told", "steps"), CASES, ids=[case[0] for case in CASES])
def test_screens_look_as_they_should(
    snap_compare: Compare, tmp_path: Path, name: str, told: bool, steps: Steps, size: tuple[int, int]
) -> None:
    desk = make_desk(tmp_path)
    if told:
        tell(desk)
    assert snap_compare(IncidentApp(desk), terminal_size=size, run_before=steps)


def test_the_clock_of_a_snapshot_stands_still(tmp_path: Path) -> None:
    desk: Desk = make_desk(tmp_path)
    tell(desk)
    before = desk.now()
    clock_of(desk).advance(MINUTE)
    assert desk.now() == before + MINUTE


def busy(folder: Path) -> IncidentApp:
    """The live screen with everything at once."""
    desk = make_desk(folder)
    crowd(desk, tell(desk))
    return IncidentApp(desk)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", ["night", "day", "contrast"])
def test_the_busy_room(snap_compare: Compare, tmp_path: Path, theme: str, size: tuple[int, int]) -> None:
    app = busy(tmp_path)
    app.theme = theme
    assert snap_compare(app, terminal_size=size, run_before=keys("enter", "escape"))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
def test_the_busy_room_without_colour(
    snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert snap_compare(busy(tmp_path), terminal_size=size, run_before=keys("enter", "escape"))


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize(
    ("name", "pressed"),
    [("decide", "d"), ("escalate", "e"), ("clocks", "C"), ("checklist", "t"), ("handover", "h"), ("promises", "L")],
)
def test_the_questions_of_the_room(
    snap_compare: Compare, tmp_path: Path, name: str, pressed: str, size: tuple[int, int]
) -> None:
    assert snap_compare(busy(tmp_path), terminal_size=size, run_before=keys("enter", "escape", pressed))


@pytest.mark.parametrize("theme", ["day", "contrast"])
def test_the_live_screen_in_the_other_palettes(snap_compare: Compare, tmp_path: Path, theme: str) -> None:
    desk = make_desk(tmp_path)
    tell(desk)
    app = IncidentApp(desk)
    app.theme = theme
    assert snap_compare(app, terminal_size=(120, 40), run_before=keys("enter"))


def test_the_live_screen_without_colour(snap_compare: Compare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    desk = make_desk(tmp_path)
    tell(desk)
    assert snap_compare(IncidentApp(desk), terminal_size=(80, 24), run_before=keys("enter"))
