"""Noticing what other terminals write: when to look. What there is to see, the desk says.

It must never wait, and cost nearly nothing while nobody writes."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

OFTEN: Final = 0.1
"""Seconds between two looks while nothing tells us that somebody wrote."""

SELDOM: Final = 1.0
"""Seconds between two looks while something does; network folders tell nothing of what other machines write."""

AFTERWARDS: Final = (0.005, 0.1)
"""Seconds after the word that somebody wrote: they may not have let go of the file yet, so one looks twice."""


class Bell(Protocol):
    """Says that somebody may have written."""

    def fileno(self) -> int:
        """Readable when there is word."""

    def stirred(self) -> bool:
        """Whether the word is about the database; takes it."""

    def close(self) -> None:
        """No word any more."""


class Others:
    """Looks again and again, past Textual's timers: their bookkeeping would cost more than the look itself."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bell: Bell | None = None
        self._next: asyncio.TimerHandle | None = None

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Look often from now on, until `listen` says that there is no need."""
        self._loop = loop
        self._again()

    def listen(self, bell: Bell | None) -> None:
        """Let `bell` say when to look; None or a loop that cannot wait for it leaves things as they are."""
        if bell is None:
            return
        if self._loop is None or not self._hears(self._loop, bell):
            bell.close()
        else:
            self._bell = bell

    def _hears(self, loop: asyncio.AbstractEventLoop, bell: Bell) -> bool:
        try:
            loop.add_reader(bell.fileno(), self._rung)
        except (NotImplementedError, OSError):
            return False
        return True

    def end(self) -> None:
        """Nobody is interested any more; ending again does nothing."""
        if self._next is not None:
            self._next.cancel()
        if self._bell is not None and self._loop is not None:
            self._loop.remove_reader(self._bell.fileno())
            self._bell.close()
        self._loop = self._bell = self._next = None

    def _again(self) -> None:
        if self._loop is not None:
            self._look()
            self._next = self._loop.call_later(SELDOM if self._bell is not None else OFTEN, self._again)

    def _rung(self) -> None:
        if self._loop is not None and self._bell is not None and self._bell.stirred():
            for delay in AFTERWARDS:
                self._loop.call_later(delay, self._once)

    def _once(self) -> None:
        if self._loop is not None:
            self._look()
