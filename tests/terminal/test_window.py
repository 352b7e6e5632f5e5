"""The window changes its size while somebody works."""

from pathlib import Path

import pytest

from tests.console import run, start

pytestmark = pytest.mark.long


def test_a_window_that_shrinks_keeps_everything(tmp_path: Path) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("enter saves")
        console.send("still here")
        console.wait_for("still here")
        console.resize(50, 12)
        console.wait_for("too small")
        console.resize(100, 30)
        console.wait_for("still here")


def test_a_window_that_is_dragged_about_does_not_hang(tmp_path: Path) -> None:
    """Changes of size in quick succession: stale ones must not chase the present one for ever."""
    run(tmp_path, "declare", "a", "--severity", "1")
    with start(tmp_path, "open") as console:
        console.wait_for("enter saves")
        for step in range(40):
            console.resize(50 + step, 12 + step % 5)
            console.drain(0.01)
            console.resize(100 - step % 7, 30)
            console.drain(0.01)
        console.resize(101, 31)
        console.send("still here")
        console.wait_for("still here")
