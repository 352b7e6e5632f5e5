"""A line that is there only while it has something to say, and is laid out again only when its words change."""

from textual.content import Content
from textual.widgets import Static

from incident_console.domain.text import clean_line


class OneLine(Static):
    """One sentence, or nothing."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown = Content("")
        self.display = False

    def say(self, words: str, style: str) -> None:
        """Plain words in one style; none hide the line."""
        self.show(Content.styled(clean_line(words), style) if words else Content(""))

    def show(self, content: Content) -> None:
        """Words with styles of their own; none hide the line."""
        self.display = bool(content.plain)
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content)
