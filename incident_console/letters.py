"""Single-letter keys switched off, for people who dictate or listen: a stray word must not run commands. Alt with the
letter still does what the letter did; digits, function keys and the palette stay as they are."""

from typing import Final

from textual.app import App
from textual.events import Key

ALT: Final = "alt+"

HOW: Final = "Letter keys are off. Hold alt with the letter, use a function key, or press ctrl+g to switch them on."


class LetterKeys:
    """Decides for each key whether it may pass."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self.off = False
        self._told = False

    def passed(self, event: Key) -> Key | None:
        """The key as it counts now; None swallows it, and the first time that is said."""
        if not self.off or self._is_typing():
            return event
        if event.key.startswith(ALT):
            plain = event.key.removeprefix(ALT)
            return Key(plain, plain if len(plain) == 1 else None)
        if event.is_printable and event.character is not None and not event.character.isdigit():
            self._tell()
            return None
        return event

    def _is_typing(self) -> bool:
        from textual.widgets import Input, TextArea  # loaded for those who switched letters off, not for everybody

        return isinstance(self._app.focused, Input | TextArea)

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._app.notify(HOW, markup=False, timeout=10)

    def switch(self) -> None:
        """On and off by turns."""
        self.off, self._told = not self.off, False
        self._app.notify(HOW if self.off else "Letter keys work again.", markup=False, timeout=10)
