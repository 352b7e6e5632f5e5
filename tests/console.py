"""The console as people start it: the real program, in its own home, with its own database."""

import os
import subprocess
import sys
from pathlib import Path

from tests.pty_harness import Terminal

PROGRAM = (sys.executable, "-m", "incident_console")


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment: nothing of the developer's own settings, data or clipboard gets in."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "INCIDENT_CONSOLE_DB": str(home / "incidents.db"),
        "INCIDENT_CONSOLE_ACTOR": "dana",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TEXTUAL_ANIMATIONS": "none",
        **more,
    }


def run(home: Path, *arguments: str, given: bytes = b"", **more: str) -> "subprocess.CompletedProcess[bytes]":
    """Run one command to its end."""
    return subprocess.run(
        [*PROGRAM, *arguments], input=given, capture_output=True, env=environment(home, **more), timeout=60, check=False
    )


def start(home: Path, *arguments: str, columns: int = 80, rows: int = 24, **more: str) -> Terminal:
    """Open the full screen in a terminal of its own."""
    return Terminal([*PROGRAM, *arguments], environment(home, **more), columns, rows)
