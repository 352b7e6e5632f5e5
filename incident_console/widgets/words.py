"""A text that is ready to copy: it is shown, one key copies it, and the last line says truthfully how that went."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from incident_console.domain.text import clean, clean_line
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.questions import BOX

Answered = Callable[[str], None]
"""Told in one sentence how the copy went."""


class Words(ModalScreen[None]):
    """Shows a text until the person leaves."""

    DEFAULT_CSS = (
        f"Words {{ {BOX} & > Vertical {{ width: 96%; }} VerticalScroll {{ height: auto; max-height: 75%; }} }}"
    )
    BINDING_GROUP_TITLE = "Ready to copy"
    BINDINGS = [
        Binding("y,ctrl+y", "copy", "Copy", id="words.copy", tooltip="Copy the text"),
        Binding("escape,enter", "dismiss(None)", "Close", id="words.close", tooltip="Back to where you were"),
    ]

    def __init__(self, title: Content, text: str, copy: Callable[[str, Answered], None]) -> None:
        super().__init__()
        self._heading = title
        self._text = clean(text)
        self._copy = copy

    def compose(self) -> ComposeResult:
        heading: Content = self._heading
        with Vertical():
            yield Static(heading, classes="question")
            with VerticalScroll():
                yield Static(Content(self._text))
            yield Static("y copies it · esc closes", classes="hint")
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_copy(self) -> None:
        self._copy(self._text, self._copied)

    def _copied(self, sentence: str) -> None:
        if self.is_mounted:
            said = Content(clean_line(sentence))
            self.query_one(".hint", Static).update(said)
