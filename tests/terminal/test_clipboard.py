"""Copying: each way alone, with helpers that behave as real ones have been seen to, and what is said of it."""

import base64
import os
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from incident_console import clipboard
from incident_console.clipboard import CopyState, copy, prepare, write_plain
from tests.hostile import CORPUS, NAMES

TEXT = "INC-7: cards fail\n\nNext update: 03:15 CET"


class Helpers:
    """A folder on the PATH with made-up clipboard programs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(folder)}

    def add(self, name: str, script: str) -> None:
        place = self.folder / name
        place.write_text(f"#!/bin/sh\n{script}\n")
        place.chmod(0o700)

    def xclip(self, store: str = "cat > $HOME/kept", show: str = "cat $HOME/kept") -> None:
        self.add("xclip", f'case "$3" in -in) {store};; *) {show};; esac')
        self.environment["DISPLAY"] = ":9"


@pytest.fixture
def helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Helpers:
    monkeypatch.setattr(clipboard, "PATIENCE", 0.4)
    return Helpers(tmp_path)


def test_a_display_clipboard_is_read_back(helpers: Helpers) -> None:
    helpers.xclip()
    result = copy(TEXT, helpers.environment, None)
    assert (result.state, result.how) == (CopyState.VERIFIED, "xclip")
    assert (helpers.folder / "kept").read_text() == TEXT


@pytest.mark.parametrize(
    ("store", "show", "state"),
    [
        ("exit 1", "echo", CopyState.FAILED),
        ("echo broken >&2; exit 1", "echo", CopyState.FAILED),
        ("exec tail -f /dev/null", "echo", CopyState.FAILED),
        ("cat > /dev/null", "echo something else", CopyState.FAILED),
        ("cat > $HOME/kept", "exit 1", CopyState.ACCEPTED),
        ("cat > $HOME/kept", "exec tail -f /dev/null", CopyState.ACCEPTED),
        ("cat > $HOME/kept; tail --pid=$PPID -f /dev/null & exit 0", "cat $HOME/kept", CopyState.VERIFIED),
    ],
    ids=["fails", "complains", "hangs", "keeps another text", "cannot be read", "reading hangs", "stays behind"],
)
def test_helpers_that_misbehave(
    helpers: Helpers, store: str, show: str, state: CopyState, capfd: pytest.CaptureFixture[str]
) -> None:
    helpers.xclip(store, show)
    assert copy(TEXT, helpers.environment, None).state is state
    assert capfd.readouterr() == ("", "")


def test_ones_own_command_comes_first(helpers: Helpers) -> None:
    helpers.xclip()
    helpers.add("mine", "cat > $HOME/mine.txt")
    helpers.environment["INCIDENT_CONSOLE_CLIPBOARD"] = "mine --now"
    result = copy(TEXT, helpers.environment, None)
    assert (result.state, (helpers.folder / "mine.txt").read_text()) == (CopyState.ACCEPTED, TEXT)
    helpers.environment["INCIDENT_CONSOLE_CLIPBOARD"] = "no-such-command 'unbalanced"
    assert copy(TEXT, helpers.environment, None).how == "xclip"


def test_over_ssh_a_display_is_left_alone(helpers: Helpers) -> None:
    helpers.xclip()
    helpers.environment["SSH_TTY"] = "/dev/pts/1"
    written: list[str] = []
    assert copy(TEXT, helpers.environment, written.append).state is CopyState.SENT
    assert not (helpers.folder / "kept").exists()


def test_the_terminal_is_asked_and_never_believed(helpers: Helpers) -> None:
    written: list[str] = []
    result = copy(TEXT, helpers.environment, written.append)
    assert (result.state, result.how) == (CopyState.SENT, "terminal")
    assert "may not have taken it" in result.sentence
    assert written == [f"\x1b]52;c;{base64.b64encode(TEXT.encode()).decode()}\x07"]


def test_inside_screen_the_sequence_goes_in_short_pieces(helpers: Helpers) -> None:
    helpers.environment["STY"] = "1.screen"
    written: list[str] = []
    copy("x" * 5000, helpers.environment, written.append)
    pieces = written[0].split("\x1b\\")
    assert all(piece.startswith("\x1bP") and len(piece) <= 702 for piece in pieces[:-1])
    inner = "".join(piece[2:] for piece in pieces[:-1])
    assert base64.b64decode(inner[7:-1]).decode() == "x" * 5000


def test_size_is_said_and_too_much_is_not_sent(helpers: Helpers) -> None:
    written: list[str] = []
    assert "It is large" in copy("x" * 80_000, helpers.environment, written.append).sentence
    result = copy("x" * 800_000, helpers.environment, written.append)
    assert (result.state, len(written)) == (CopyState.FAILED, 1)


def test_no_way_at_all_is_said_with_the_way_that_always_works(helpers: Helpers) -> None:
    result = copy(TEXT, helpers.environment, None)
    assert (result.state, result.how) == (CopyState.FAILED, "")
    assert "Nothing was copied" in result.sentence
    assert "plain text" in result.sentence


def test_a_terminal_that_is_gone_is_a_failure(helpers: Helpers) -> None:
    def broken(_: str) -> None:
        raise OSError("gone")

    assert copy(TEXT, helpers.environment, broken).state is CopyState.FAILED


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_text_is_copied_safely(helpers: Helpers, _name: str, text: str) -> None:
    helpers.xclip()
    assert copy(text, helpers.environment, None).state is CopyState.VERIFIED
    kept = (helpers.folder / "kept").read_text()
    assert kept == prepare(text)
    assert not any(char in kept for char in "\x1b\x9b\u202e\x00")


def test_a_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    first, second = write_plain(TEXT, tmp_path / "m"), write_plain(TEXT, tmp_path / "m")
    assert first != second
    assert first.read_text() == f"{TEXT}\n"
    assert first.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A real tmux server of one's own; the environment of a program inside it."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    folder = f"/tmp/ic-{uuid.uuid4().hex[:8]}"
    Path(folder).mkdir(mode=0o700)
    base = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "TMUX_TMPDIR": folder,
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }
    subprocess.run(["tmux", "-f", "/dev/null", "new-session", "-d", "cat"], env=base, check=True)
    shown = subprocess.run(
        ["tmux", "display", "-p", "#{socket_path},#{pid},0"], env=base, capture_output=True, text=True, check=True
    )
    yield {**base, "TMUX": shown.stdout.strip()}
    subprocess.run(["tmux", "kill-server"], env=base, check=False)
    shutil.rmtree(folder)


@pytest.mark.parametrize("text", [TEXT, "支払い 👨‍👩‍👧", "x" * 300_000], ids=["plain", "wide", "large"])
def test_real_tmux_holds_the_text(tmux: dict[str, str], text: str) -> None:
    result = copy(text, tmux, None)
    assert (result.state, result.how) == (CopyState.VERIFIED, "tmux")
    buffer = subprocess.run(["tmux", "show-buffer"], env=tmux, capture_output=True, check=True)
    assert buffer.stdout.decode().rstrip("\n") == prepare(text)


def test_a_tmux_that_is_gone_is_not_believed(tmux: dict[str, str]) -> None:
    subprocess.run(["tmux", "kill-server"], env=tmux, check=True)
    assert copy(TEXT, tmux, None).state is CopyState.FAILED


@pytest.fixture
def display(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A real X server without a screen; the environment of a program on it."""
    if shutil.which("Xvfb") is None or shutil.which("xclip") is None:
        pytest.skip("Xvfb or xclip is not installed")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "DISPLAY": f":{number}"}
    server.kill()
    server.wait()


def test_real_xclip_holds_the_text(display: dict[str, str]) -> None:
    result = copy(TEXT, display, None)
    assert (result.state, result.how) == (CopyState.VERIFIED, "xclip")


def test_a_stale_display_is_not_believed(tmp_path: Path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "DISPLAY": ":4242",
        "WAYLAND_DISPLAY": "wayland-77",
    }
    assert copy(TEXT, environment, None).state is CopyState.FAILED
