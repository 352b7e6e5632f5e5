"""A question that stands open when the real program ends: what was typed into it is there the next time."""

from pathlib import Path

import pytest

from tests.console import run, start
from tests.pty_harness import HUP, TERM, Terminal

pytestmark = pytest.mark.long


def new_item(console: Terminal) -> None:
    """Open the form of a new action item."""
    console.wait_for("enter saves")
    console.send("\x1b[18~")
    console.wait_for("enter writes, saved by itself")
    console.send("4")
    console.wait_for("No action item yet")
    console.send("n")
    console.wait_for("What will be done")


@pytest.mark.parametrize("end", ["quit", TERM, HUP])
def test_a_form_keeps_what_was_typed_however_the_program_ends(tmp_path: Path, end: int | str) -> None:
    run(tmp_path, "declare", "a", "--severity", "1")
    run(tmp_path, "resolve")
    with start(tmp_path, "open", "1") as console:
        new_item(console)
        console.send("add the index")
        console.wait_for("add the index")
        if isinstance(end, int):
            console.signal(end)
        else:
            console.send(b"\x11")
        assert console.wait_exit() == (128 + end if isinstance(end, int) else 0)
        assert console.is_restored()
    with start(tmp_path, "open", "1") as console:
        new_item(console)
        console.wait_for("add the index")
