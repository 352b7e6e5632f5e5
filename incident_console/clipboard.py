"""Getting text out of the terminal, and saying truthfully how far it got. Tries one way after another.

It must never claim more than is known: a helper's exit code is not the clipboard, a sent sequence is not an answer."""

import base64
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean

PATIENCE: Final = 2.0
"""Seconds that one helper may take; a hung display server must not hang the console."""

LARGE: Final = 74_000
"""Bytes above which many terminals drop an escape sequence without a word."""

TOO_LARGE: Final = 700_000
"""Bytes above which hardly any terminal takes one."""

CHUNK: Final = 700
"""Bytes that GNU screen passes on in one piece."""

PLAIN_VIEW: Final = "Otherwise show it as plain text and select it by hand, or write it to a file."
"""The way that always works."""

Environment = Mapping[str, str]
Writer = Callable[[str], None]


class CopyState(StrEnum):
    """How sure it is that the text arrived."""

    VERIFIED = "verified"
    """Read back and equal."""
    ACCEPTED = "accepted"
    """A helper took it and reported success; nobody looked."""
    SENT = "sent"
    """Handed to the terminal, which never answers."""
    FAILED = "failed"


@frozen
class CopyResult:
    """What happened, and the sentence that says so."""

    state: CopyState
    how: str
    """The way that worked, such as `xclip` or `tmux`; empty when none did."""
    sentence: str


@frozen
class Helper:
    """A program that sets a clipboard, and how to read it back."""

    copy: tuple[str, ...]
    paste: tuple[str, ...]
    needs: str = ""
    """The environment variable without which it cannot work."""


HELPERS: Final = (
    Helper(("wl-copy",), ("wl-paste", "--no-newline"), "WAYLAND_DISPLAY"),
    Helper(("xclip", "-selection", "clipboard", "-in"), ("xclip", "-selection", "clipboard", "-out"), "DISPLAY"),
    Helper(("xsel", "--clipboard", "--input"), ("xsel", "--clipboard", "--output"), "DISPLAY"),
)


def prepare(text: str) -> str:
    """The text as it is copied: safe, composed characters, plain line ends, none at the end."""
    return unicodedata.normalize("NFC", clean(text)).rstrip("\n")


def copy(text: str, environment: Environment, write_terminal: Writer | None) -> CopyResult:
    """Copy by the first way that works; `write_terminal` writes an escape sequence, None where nobody would read it."""
    ready = prepare(text)
    for way in (_by_command, _by_display, _by_platform, _by_tmux):
        result = way(ready, environment)
        if result is not None:
            return result
    return _by_terminal(ready, environment, write_terminal) or CopyResult(
        CopyState.FAILED, "", f"Nothing was copied: no way to a clipboard works here. {PLAIN_VIEW}"
    )


def _by_command(text: str, environment: Environment) -> CopyResult | None:
    """The person's own command; it comes first because they know their machine."""
    try:
        words = shlex.split(environment.get("INCIDENT_CONSOLE_CLIPBOARD", ""))
    except ValueError:
        return None
    if not words or run(words, environment, text.encode()) is None:
        return None
    return CopyResult(CopyState.ACCEPTED, words[0], f"Copied with {Path(words[0]).name}, which reported success.")


def _by_display(text: str, environment: Environment) -> CopyResult | None:
    """A clipboard of this desktop; over ssh a display may be on another person's desk, so it is left alone."""
    if _over_ssh(environment):
        return None
    for helper in HELPERS:
        if environment.get(helper.needs):
            result = _checked(helper, text, environment)
            if result is not None:
                return result
    return None


def _checked(helper: Helper, text: str, environment: Environment) -> CopyResult | None:
    """Copy and read back; another text in the clipboard means that this way does not work."""
    name = helper.copy[0]
    if run(helper.copy, environment, text.encode()) is None:
        return None
    back = run(helper.paste, environment)
    if back is None:
        return CopyResult(CopyState.ACCEPTED, name, f"Copied with {name}; it could not be read back to make sure.")
    if back.decode("utf-8", "replace").rstrip("\n") != text:
        return None
    return CopyResult(CopyState.VERIFIED, name, f"Copied and checked ({name}).")


def _by_platform(text: str, environment: Environment) -> CopyResult | None:
    """macOS, Windows and its Linux, where a clipboard always exists and pyperclip knows the way."""
    windows_linux = "WSL_DISTRO_NAME" in environment
    if _over_ssh(environment) or not (sys.platform in ("darwin", "win32") or windows_linux):
        return None
    import pyperclip

    try:
        pyperclip.copy(text)
        back = pyperclip.paste().replace("\r\n", "\n").rstrip("\n")
    except (pyperclip.PyperclipException, OSError, UnicodeError, subprocess.SubprocessError):
        return None
    if back != text:
        return None
    return CopyResult(CopyState.VERIFIED, "system", "Copied and checked (system clipboard).")


def _by_tmux(text: str, environment: Environment) -> CopyResult | None:
    """tmux keeps the text in a buffer of its own and offers it to the terminal around it."""
    if not environment.get("TMUX"):
        return None
    for load in (("tmux", "load-buffer", "-w", "-"), ("tmux", "load-buffer", "-")):  # -w is newer than tmux 3.2
        if run(load, environment, text.encode()) is not None:
            break
    else:
        return None
    back = run(("tmux", "show-buffer"), environment)
    if back is None or back.decode("utf-8", "replace").rstrip("\n") != text:
        return None
    sentence = "Copied to the tmux buffer (checked; paste with prefix ]) and offered to your terminal."
    return CopyResult(CopyState.VERIFIED, "tmux", sentence)


def _by_terminal(text: str, environment: Environment, write: Writer | None) -> CopyResult | None:
    """OSC 52: ask the terminal to take it. It never says whether it did."""
    data = text.encode()
    if write is None or len(data) > TOO_LARGE:
        return None
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode()}\x07"
    try:
        write(_wrapped(sequence) if environment.get("STY") else sequence)
    except OSError:
        return None
    size = " It is large, so many terminals will not." if len(data) > LARGE else ""
    sentence = f"Sent to your terminal, which may not have taken it.{size} Paste to see. {PLAIN_VIEW}"
    return CopyResult(CopyState.SENT, "terminal", sentence)


def _wrapped(sequence: str) -> str:
    """GNU screen hands on what comes in short device control strings."""
    pieces = [sequence[start : start + CHUNK] for start in range(0, len(sequence), CHUNK)]
    return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)


def _over_ssh(environment: Environment) -> bool:
    return bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"))


def run(words: Sequence[str], environment: Environment, data: bytes | None = None) -> bytes | None:
    """What a helper printed, or None when it is missing, fails or takes too long.

    Output goes to files: a helper that stays behind to own the selection would keep a pipe open for ever.
    """
    program = shutil.which(words[0], path=environment.get("PATH"))
    if program is None:
        return None
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed:
        given.write(data or b"")
        given.seek(0)
        try:
            process = subprocess.Popen(
                [program, *words[1:]], stdin=given, stdout=printed if data is None else subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, env=dict(environment), start_new_session=True,
            )  # fmt: skip
        except OSError:
            return None
        if not _ended_well(process):
            return None
        printed.seek(0)
        return printed.read()


def _ended_well(process: "subprocess.Popen[bytes]") -> bool:
    """Whether it ended in time and without complaint; otherwise it and what it started are stopped."""
    try:
        return process.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def write_plain(text: str, folder: Path) -> Path:
    """Write the text to a new file that only its owner can read; returns its path. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(".txt", "message-", folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(prepare(text) + "\n")
    return Path(name)
