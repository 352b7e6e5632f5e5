"""A question about a time that says, while it is typed, which instant is understood."""

from collections.abc import Callable

from textual.content import Content

from incident_console.widgets.questions import AskLine


class AskTime(AskLine):
    """Asks for one line; answers with the text, or None when the person left."""

    def __init__(
        self, question: Content, value: str, hint: Content, reading: Callable[[str], Content], *, needed: bool = False,
        refusal: Callable[[str], str] | None = None,
    ) -> None:  # fmt: skip
        """`reading`: what is said about the words that stand in the line. The others: see AskLine."""
        super().__init__(question, value, hint, needed=needed, refusal=refusal)
        self._reading = reading
        self._below = hint

    def hint_for(self, words: str) -> Content:
        return Content("\n").join([self._reading(words), self._below])
