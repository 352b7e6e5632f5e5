"""Colours of plain commands on a terminal: only the console's own; what people typed stays visible and harmless."""

import os
import pty
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_console.domain.actions import Wanted
from incident_console.domain.clock import MINUTE, to_instant
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.sending import Sending
from tests.builders import declare, make_desk
from tests.console import PROGRAM, environment

LONG_AGO = to_instant(datetime(2020, 1, 30, 10, 0, tzinfo=UTC))
RED, END = "\x1b[31m\x1b[1m", "\x1b[0m"


def on_terminal(home: Path, *words: str, given: bytes = b"", **more: str) -> str:
    """What one command sends to a terminal."""
    ours, theirs = pty.openpty()
    subprocess.run(
        [*PROGRAM, *words], input=given, stdout=theirs, env=environment(home, **more), timeout=60, check=False
    )
    os.close(theirs)
    found = b""
    try:
        while part := os.read(ours, 65536):
            found += part
    except OSError:  # how a terminal ends
        pass
    os.close(ours)
    return found.decode()


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """A home in which something is overdue and people typed escape sequences."""
    desk = make_desk(tmp_path, "sam\x1b[2J", LONG_AGO)
    incident = declare(desk, "Search \x1b[31mdown")
    draft = desk.compose(incident.id, Wish("internal", "update", next_at=LONG_AGO + MINUTE))
    desk.mark_sent(draft, Sending(overruled=("missing",)), Check.FORCED)
    desk.add_item(incident.id, Wanted("check \x1b[31mindexes", owner="Sam", due="2020-01-31"))
    desk.store.close()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "given", "shown"),
    [
        (("actions",), b"", f"{RED}OVERDUE since Fri 31 Jan 2020"),
        (("triage",), b"{}", "\x1b[1mSEV"),
        (("list",), b"", f"{RED}SEV1{END}"),
        (("show", "1"), b"", f"{RED}OVERDUE"),
        (("timeline", "1"), b"", "\x1b[2msam␛[2J"),
        (("due",), b"", f"{RED}OVERDUE"),
        (("promises", "1"), b"", f"{RED}missed"),
        (("check", "blameless"), b"It was human error.", "\x1b["),
    ],
)
def test_colours_reach_the_terminal_and_nothing_else_does(
    night: Path, words: tuple[str, ...], given: bytes, shown: str
) -> None:
    said = on_terminal(night, *words, given=given)
    assert shown in said
    assert "␛[0m" not in said
    assert not [bad for bad in ("\x1b[2J", "\x1b[31mdown", "\x1b[31mindexes") if bad in said]
    assert "\x1b" not in on_terminal(night, *words, given=given, NO_COLOR="1")
