"""What may be loaded when: a plain command starts fast because it does not load what it does not need."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.console import environment

HEAVY = ("textual", "rich", "pydantic", "sqlite_utils", "arrow", "pyperclip", "asyncio")


def loaded(code: str, home: Path) -> set[str]:
    """The top-level modules that a program has loaded at its end."""
    ending = "\nimport sys; print('\\n'.join(sorted({name.split('.')[0] for name in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code + ending], env=environment(home), capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "incident_console", "declare", "a", "--severity", "1"],
        env=environment(tmp_path), check=True, capture_output=True,
    )  # fmt: skip
    return tmp_path


@pytest.mark.parametrize(
    "command", [["log", "hello"], ["show"], ["due"], ["update", "--audience", "internal"], ["--help"]]
)
def test_plain_commands_load_nothing_heavy(command: list[str], home: Path) -> None:
    assert not loaded(f"from incident_console.cli import run; run({command!r})", home) & set(HEAVY)


def test_the_first_screen_loads_only_textual(home: Path) -> None:
    code = "import os; from incident_console.desk import open_desk; import incident_console.app, incident_console.screens.board; open_desk(os.environ).board()"
    assert not loaded(code, home) & {"pydantic", "sqlite_utils", "arrow", "pyperclip"}


@pytest.mark.parametrize("layer", ["domain", "storage.store", "content.policy", "desk", "clipboard"])
def test_everything_below_the_screens_runs_without_a_terminal(layer: str, tmp_path: Path) -> None:
    assert not loaded(f"import incident_console.{layer}", tmp_path) & {"textual", "rich"}
