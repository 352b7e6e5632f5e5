"""Runs commands in this process, against a database of the test's own."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from incident_console.cli import run


class Call:
    """What a command said and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Call]


@pytest.fixture
def ic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """`ic("log", "text", given=b"…")` carries out a command and captures what it says."""
    monkeypatch.setenv("INCIDENT_CONSOLE_DB", str(tmp_path / "incidents.db"))
    monkeypatch.setenv("INCIDENT_CONSOLE_ACTOR", "dana")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)

    def call(*arguments: str, given: bytes = b"") -> Call:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
        capsys.readouterr()
        code = run(list(arguments))
        said = capsys.readouterr()
        return Call(code, said.out, said.err)

    return call
