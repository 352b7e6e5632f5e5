"""Keys in the order in which they were pressed, however fast they come.

Textual hands letters straight to the focused widget, and runs commands only after the key has travelled up to the app:
letters that follow enter, tab or a key that opens a place would arrive before it, in the wrong line. Here the next key
waits until the one before has done its work. It knows nothing of incidents."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Final

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump

PATIENCE: Final = 10.0
"""Seconds after which a key is let through, whatever the one before is still doing: longer than the wait for a locked
file, so that a slow enter never swallows the letters that follow it."""

CALM: Final = 3
"""Rounds in which neither the screen nor the focus changes, beyond the way from the focus up to the app."""

Dispatch = Callable[[Event], Awaitable[None]]


class TypeAhead:
    """Lets input events through one after another."""

    def __init__(self, app: App[int], dispatch: Dispatch) -> None:
        self._app = app
        self._dispatch = dispatch
        self._held: deque[Event] = deque()
        self._typed = False
        """Whether letters are on their way to the focused widget."""
        self._command: Key | None = None
        """The last command key, until it is known to have done its work."""

    def must_wait(self, event: Event) -> bool:
        """Whether an event has to wait for those before it; then it is kept and comes back in its turn."""
        if not self._held and self._is_free(event):
            self._note(event)
            return False
        self._held.append(event)
        if len(self._held) == 1:
            self._app.run_worker(self._take_turns(), group="keys")
        return True

    def _is_free(self, event: Event) -> bool:
        if self._command is None:
            return self._is_text(event) or not self._typed
        repeated = isinstance(event, Key) and event.key == self._command.key
        return repeated and not self._is_text(event)  # a key held down moves on by itself

    def _is_text(self, event: Event) -> bool:
        """Whether the focused widget will take it as something typed."""
        focused = self._app.focused
        if isinstance(event, Paste):
            return True
        assert isinstance(event, Key)
        return focused is not None and focused.check_consume_key(event.key, event.character)

    def _note(self, event: Event) -> None:
        """Remember what later events have to wait for."""
        if self._is_text(event):
            self._typed = True
        elif isinstance(event, Key):
            self._typed, self._command = False, event

    async def _take_turns(self) -> None:
        while self._held:
            try:
                await asyncio.wait_for(self._ready(), PATIENCE)
            except TimeoutError:
                self._command = None
            event = self._held[0]
            self._note(event)
            await self._dispatch(event)
            self._held.popleft()

    async def _ready(self) -> None:
        """What was typed has arrived, and the last command has done its work."""
        if self._typed and self._app.focused is not None:
            await _reached(self._app.focused)
        if self._command is not None:
            await self._settled()
        self._typed, self._command = False, None

    async def _settled(self) -> None:
        calm, seen = 0, self._place()
        while calm < CALM + len(seen[1]) or not self._can_take_keys():
            for node in (*seen[1], self._app):
                await _reached(node)
            place = self._place()
            calm, seen = (calm + 1 if place == seen else 0), place

    def _can_take_keys(self) -> bool:
        screen = self._app.screen
        return screen.is_mounted and screen.is_running

    def _place(self) -> tuple[DOMNode, tuple[DOMNode, ...]]:
        """The screen, and the way from the focus up to it."""
        screen, focused = self._app.screen, self._app.focused
        return screen, tuple(focused.ancestors_with_self) if focused is not None else (screen,)


async def _reached(pump: MessagePump) -> None:
    """Wait until a widget has worked off what lies in its queue."""
    loop = asyncio.get_running_loop()
    arrived = loop.create_future()
    if not pump.call_later(_arrive, arrived):  # it is gone: let the others have their turn all the same
        loop.call_soon(_arrive, arrived)
    await arrived


def _arrive(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)
