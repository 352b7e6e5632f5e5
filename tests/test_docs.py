"""The documents, held against the code: commands, files and pictures that they name exist."""

import re
import shlex
from pathlib import Path

import pytest

from incident_console.cli.commands import COMMANDS
from tests.cli.conftest import Command, ic
from tests.picture import PICTURE

__all__ = ["ic"]

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()


def test_the_readme_has_one_picture_and_it_is_drawn_by_the_app() -> None:
    assert re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README) == ["docs/live.svg"]
    assert "Incident&#160;Console" in PICTURE.read_text() or "Incident Console" in PICTURE.read_text()


def test_the_two_commands_are_one_line_each() -> None:
    for mark in ("run", "test"):
        block = re.search(rf"<!-- {mark} -->\n```sh\n(.*?)```", README, re.DOTALL)
        assert block is not None
        assert block[1].count("\n") == 1


def test_the_commands_in_the_readme_work_as_written(
    ic: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("incident-console ")]
    assert len(lines) >= 8
    for line in lines:
        said = ic(*shlex.split(line)[1:])
        assert said.code == 0, f"{line}: {said.err}"
    assert (tmp_path / "INC-1.md").exists()


@pytest.mark.parametrize("text", [README, ARCHITECTURE], ids=["README", "architecture"])
def test_named_files_exist(text: str) -> None:
    for name in re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|toml|md))`", text):
        places = [ROOT / name, ROOT / "incident_console" / name, ROOT / "data" / name]
        assert any(place.exists() for place in places), name


def test_every_layer_is_described() -> None:
    for place in sorted((ROOT / "incident_console").iterdir()):
        if place.name.startswith(("_", ".")) or place.suffix == ".tcss":
            continue
        assert f"{place.name}/`" in ARCHITECTURE or f"{place.name}`" in ARCHITECTURE, place.name


def test_every_command_in_the_docs_exists() -> None:
    for name in re.findall(r"incident-console ([a-z]+)", README):
        assert name in COMMANDS
