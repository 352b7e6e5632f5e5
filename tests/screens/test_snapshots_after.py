"""What the screens of messages and of the postmortem look like at both sizes, on a clock that stands still."""

from collections.abc import Callable
from pathlib import Path

import pytest

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from tests.builders import make_desk
from tests.screens.test_snapshots import SIZES, Steps, keys
from tests.story import afterwards, crowd, tell

Compare = Callable[..., bool]

ON_THE_NIGHT: list[tuple[str, Steps]] = [
    (
        "compose-findings",
        keys("enter", "f2", "tab", "tab", *". We think the database is down", "tab", *"Back by 17:00"),
    ),
    ("compose-customers", keys("enter", "f2", "f4", "3")),
    ("compose-compare", keys("enter", "f2", "ctrl+l")),
    ("compose-sent-as", keys("enter", "f2", "f10", "f10")),
    ("compose-approval", keys("enter", "f2", "ctrl+o")),
]

AFTERWARDS: list[tuple[str, Steps]] = [
    ("sent", keys("j", "enter", "escape", "M")),
    ("accounts", keys("j", "enter", "escape", "K")),
    ("actions", keys("a")),
    *((f"postmortem-{n}", keys("j", "enter", "escape", "w", str(n))) for n in range(1, 8)),
    ("postmortem-blame", keys("j", "enter", "escape", "w", *["down"] * 7, "enter")),
    ("postmortem-evidence", keys("j", "enter", "escape", "w", "2", "down", "v")),
]


def at_night(folder: Path) -> Desk:
    """The incident still runs."""
    desk = make_desk(folder)
    crowd(desk, tell(desk))
    return desk


def in_the_morning(folder: Path) -> Desk:
    """It is over."""
    desk = make_desk(folder)
    afterwards(desk, tell(desk))
    return desk


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize(("name", "steps"), ON_THE_NIGHT, ids=[case[0] for case in ON_THE_NIGHT])
def test_writing_messages(
    snap_compare: Compare, tmp_path: Path, name: str, steps: Steps, size: tuple[int, int]
) -> None:
    assert snap_compare(IncidentApp(at_night(tmp_path)), terminal_size=size, run_before=steps)


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize(("name", "steps"), AFTERWARDS, ids=[case[0] for case in AFTERWARDS])
def test_the_morning_after(
    snap_compare: Compare, tmp_path: Path, name: str, steps: Steps, size: tuple[int, int]
) -> None:
    assert snap_compare(IncidentApp(in_the_morning(tmp_path)), terminal_size=size, run_before=steps)
