"""Runs a program in a real pseudo-terminal and reads its screen, as a person in front of a terminal would."""

import errno
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Final, Self

import pyte

PATIENCE: Final = 20.0
"""Seconds until a test gives up waiting for something to appear."""

_UNKNOWN: Final = re.compile(
    rb"\x1b\[[<>=?]?[0-9;]*\$p|\x1b\[[<>=][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*u"
    rb"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_][^\x1b]*\x1b\\"
)
"""Sequences that real terminals swallow and the emulator would print."""

_ANSWERS: Final = (
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
    (b"\x1b[c", b"\x1b[?62;22c"),
)
"""Questions that programs ask a terminal, and what a modern one says."""


class Emulator(pyte.Screen):
    """pyte stumbles over characters without a width; what they join is drawn without them."""

    def draw(self, data: str) -> None:
        super().draw("".join(char for char in data if unicodedata.category(char) not in ("Mn", "Me", "Cf")))


class Terminal:
    """A terminal with a program in it; use it as a context manager."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 80, rows: int = 24
    ) -> None:
        self._emulator = Emulator(columns, rows)
        self._stream = pyte.ByteStream(self._emulator)
        self._written = bytearray()
        self._master, slave = os.openpty()
        self._set_size(columns, rows)
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(environment), start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        self.attributes = termios.tcgetattr(slave)
        self._slave = slave
        self._open = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._slave)
        os.close(self._master)

    def send(self, data: str | bytes) -> None:
        """Type; the program's output is read meanwhile, so that neither side waits for the other."""
        rest = data.encode() if isinstance(data, str) else data
        while rest:
            _, writable, _ = select.select([], [self._master], [], 0.05)
            if writable:
                rest = rest[os.write(self._master, rest[:512]) :]
            self._read(0)

    def paste(self, text: str | bytes) -> None:
        """Paste as terminals do, in brackets."""
        data = text.encode() if isinstance(text, str) else text
        self.send(b"\x1b[200~" + data + b"\x1b[201~")

    def wait_for(self, wanted: str | Callable[[str], bool], patience: float = PATIENCE) -> str:
        """Read until some text is on the screen, or a condition on the screen holds; returns the screen."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            shown = self.screen()
            if wanted in shown if isinstance(wanted, str) else wanted(shown):
                return shown
            if not self._read(0.2) and not self._open:
                break
        raise AssertionError(f"{wanted!r} did not appear. The screen:\n{self.screen()}")

    def screen(self) -> str:
        """What is on the screen, a line per row."""
        self._read(0)
        buffer, size = self._emulator.buffer, (self._emulator.lines, self._emulator.columns)
        lines = ("".join(buffer[y][x].data for x in range(size[1])) for y in range(size[0]))
        return "\n".join(line.rstrip() for line in lines)

    def raw(self) -> bytes:
        """Everything that the program has written so far."""
        return bytes(self._written)

    @property
    def pid(self) -> int:
        return self._process.pid

    def settle(self, quiet: float = 0.03) -> None:
        """Read until the program has been silent for so many seconds."""
        while self._read(quiet):
            pass

    def drain(self, duration: float) -> None:
        """Read whatever comes for so many seconds."""
        end = time.monotonic() + duration
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def resize(self, columns: int, rows: int) -> None:
        self._emulator.resize(rows, columns)
        self._set_size(columns, rows)

    def signal(self, number: int) -> None:
        os.kill(self._process.pid, number)

    def wait_exit(self, patience: float = PATIENCE) -> int:
        """The exit code; negative for a signal that was not caught."""
        end = time.monotonic() + patience
        while self._process.poll() is None:
            self._read(0.05)
            assert time.monotonic() < end, f"the program did not end. The screen:\n{self.screen()}"
        while self._read(0):
            pass
        return self._process.returncode

    def is_restored(self) -> bool:
        """Whether the terminal echoes and takes lines again, as before the program."""
        now = termios.tcgetattr(self._slave)
        return bool(now[3] & termios.ECHO) and bool(now[3] & termios.ICANON)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, patience: float) -> bool:
        """Take one piece of output; False when none came."""
        readable, _, _ = select.select([self._master], [], [], patience)
        if not readable:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        if not data:
            self._open = False
            return False
        self._written += data
        for question, answer in _ANSWERS:
            if question in data:
                os.write(self._master, answer)
        self._stream.feed(_UNKNOWN.sub(b"", data))
        return True


TERM: Final = signal.SIGTERM
HUP: Final = signal.SIGHUP
