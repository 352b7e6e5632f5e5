"""The terminal as it really is: whether the console can open in it, what it may send, and how it goes away."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from incident_console.domain.text import clean_line

if TYPE_CHECKING:
    from textual.events import Resize
    from textual.screen import Screen

    OnResize = Callable[[Screen[Any], Resize], Awaitable[None]]

TINY: Final = (40, 10)
"""Columns and rows below which not even the sentence about the size would fit well."""

WAY_OUT: Final = 'The commands work here, for example: incident-console list, incident-console log "what happened"'


def reason_not_to_open(environment: Mapping[str, str]) -> str | None:
    """One sentence when the full screen cannot work here, with the way out; None when it can.

    Textual reads the keyboard from standard input, draws on standard error and asks standard output for the size
    of the window; where one of them leads elsewhere it hangs, shows nothing, or draws for a window of another size.
    """
    if environment.get("TERM", "") in ("", "dumb"):
        return f"This terminal cannot show a full screen (TERM is dumb or not set). {WAY_OUT}"
    for number, name in enumerate(("standard input", "standard output", "standard error")):
        if not _is_terminal(number):
            return f"The console needs a terminal, and {name} is not one. {WAY_OUT}"
    columns, rows = os.get_terminal_size(2)
    if 0 < columns < TINY[0] or 0 < rows < TINY[1]:
        return f"This window is too small ({columns}x{rows}); the console needs 60x15. {WAY_OUT}"
    return None


def window_size() -> tuple[int, int]:
    """Columns and rows at this moment, asked in the same way as Textual asks (80x25 where nothing is known)."""
    columns, rows = shutil.get_terminal_size()
    return columns or 80, rows or 25


def window_title(words: str) -> str:
    """The sequence that sets the terminal's title; an empty one gives it back to whoever sets it next."""
    return f"\x1b]2;{clean_line(words)}\x07"


def _is_terminal(number: int) -> bool:
    try:
        return os.isatty(number)
    except OSError:
        return False


_UTF8: Final = {"PYTHONUTF8": "1", "PYTHONIOENCODING": "utf-8"}


def ensure_utf8(environment: Mapping[str, str]) -> None:
    """Start the same command again in UTF-8 mode when the locale would garble every sign; else do nothing.

    `environment` is the whole environment of the process. Does not return when it starts again.
    """
    encoding = (getattr(sys.stderr, "encoding", "") or "").lower().replace("-", "")
    if encoding == "utf8" or _UTF8.items() <= environment.items():  # never more than once
        return
    os.execve(sys.executable, sys.orig_argv, {**environment, **_UTF8})


def patch_decoder() -> None:
    """Let an invalid byte on the keyboard become a replacement sign, of which Textual 8.2 would die, and let pastes
    stay text."""
    from textual.drivers import linux_driver

    from incident_console.paste import KeyboardDecoder

    if hasattr(linux_driver, "getincrementaldecoder"):
        linux_driver.getincrementaldecoder = lambda encoding: KeyboardDecoder


def patch_resize() -> None:
    """Let a screen obey only the size that the window has now.

    In Textual 8.2 each screen passes a new size on to the screens behind it and is told of its own change in turn: two
    sizes that are on their way at once, as when a window is dragged, chase each other for ever.
    """
    from textual.screen import Screen

    if hasattr(Screen, "_on_resize") and not hasattr(Screen._on_resize, "only_present"):
        Screen._on_resize = _only_present(Screen._on_resize)  # type: ignore[method-assign,assignment]


def _only_present(resize: "OnResize") -> "OnResize":
    async def obey(screen: "Screen[object]", event: "Resize") -> None:
        if event.size == screen.app.size:
            await resize(screen, event)
        else:
            event.stop()

    obey.only_present = True  # type: ignore[attr-defined]
    return obey


def install_signal_handlers(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """SIGTERM and SIGHUP leave in good order, also where a parent had them ignored; `leave` gets 128 + n."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        try:
            loop.add_signal_handler(number, leave, 128 + number)
        except (NotImplementedError, RuntimeError, ValueError):
            return  # not the main thread, or a platform without them
