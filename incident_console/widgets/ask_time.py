"""A question about a time that says, while it is typed, which instant is understood."""

from collections.abc import Callable

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from incident_console.widgets.questions import AskLine


class AskTime(AskLine):
    """Asks for one line; answers with the text, or None when the person left."""

    def __init__(
        self, question: Content, value: str, hint: Content, reading: Callable[[str], Content], *, needed: bool = False
    ) -> None:
        """`reading`: what is said about the words that stand in the line."""
        super().__init__(question, value, hint, needed=needed)
        self._reading = reading
        self._below = hint

    def on_mount(self) -> None:
        self._show(self.typed)

    @on(Input.Changed)
    def _read(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, words: str) -> None:
        self.query_one(".hint", Static).update(Content("\n").join([self._reading(words), self._below]))
