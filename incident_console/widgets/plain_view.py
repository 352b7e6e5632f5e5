"""A text without borders or margins, for selecting by hand: the way to copy that works in every terminal."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from incident_console.domain.text import clean


class PlainView(ModalScreen[None]):
    """The whole screen belongs to the text; one line at the bottom says how to leave."""

    DEFAULT_CSS = """
    PlainView {
        background: $background;
        VerticalScroll { height: 1fr; scrollbar-size-vertical: 0; }
        #plain-hint { dock: bottom; height: 1; color: $text-muted; }
    }
    """
    BINDING_GROUP_TITLE = "Plain text"
    BINDINGS = [
        Binding("escape,q", "dismiss(None)", "Back", id="plain.close", tooltip="Back to the message"),
        Binding("w", "write", "Write to a file", id="plain.write", tooltip="Write the text to a file of its own"),
    ]

    def __init__(self, text: str, write: Callable[[], Content]) -> None:
        super().__init__()
        self._text = text
        self._write = write

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(Content(clean(self._text)))
        yield Static("select with your terminal · arrows scroll · w writes it to a file · esc back", id="plain-hint")

    def action_write(self) -> None:
        result: Content = self._write()
        self.query_one("#plain-hint", Static).update(result)
