"""A form of one-line fields: a label and a line each; enter is the caller's to answer."""

from collections.abc import Callable, Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.suggester import Suggester
from textual.widgets import Input, Static

from incident_console.domain.events import Pairs
from incident_console.domain.text import clean_line
from incident_console.domain.wizard import Line, completed
from incident_console.widgets.safe_input import SafeInput

Known = Callable[[], tuple[str, ...]]
"""Names that a line can be completed from; asked when somebody types."""


class KnownNames(Suggester):
    """Completes the last name of a list."""

    def __init__(self, known: Known) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._known = known

    async def get_suggestion(self, value: str) -> str | None:
        return completed(value, self._known()) or None


class FormLines(VerticalScroll, can_focus=False):
    """The lines of a form, in their order."""

    DEFAULT_CSS = """
    FormLines {
        height: auto;
        Horizontal { height: 1; }
        .label { width: 22; color: $text-muted; }
        Input { width: 1fr; }
    }
    """

    def __init__(self, lines: Sequence[Line], known: Mapping[str, Known], *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._lines = tuple(lines)
        self._known = known

    def compose(self) -> ComposeResult:
        for line in self._lines:
            with Horizontal():
                label = Content(line.label)
                yield Static(label, classes="label")
                box = SafeInput(id=line.key, name=line.key)
                if line.key in self._known:
                    box.suggester = KnownNames(self._known[line.key])
                yield box

    @property
    def values(self) -> Pairs:
        """(line, text) for every line that holds something."""
        return tuple((line.key, text) for line in self._lines if (text := self.box(line.key).value.strip()))

    def fill(self, values: Pairs) -> None:
        """Put texts into lines; lines that are not named stay as they are."""
        for key, text in values:
            if any(line.key == key for line in self._lines):
                self.box(key).value = clean_line(text)

    def box(self, key: str) -> Input:
        """The input of a line."""
        return self.query_one(f"#{key}", Input)

    @property
    def line_in_focus(self) -> Line | None:
        focused = self.screen.focused
        return next((line for line in self._lines if focused is not None and line.key == focused.id), None)
