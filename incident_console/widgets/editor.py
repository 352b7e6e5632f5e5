"""A question whose answer may be long: a text of several lines, saved with ctrl+s."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from incident_console.domain.text import clean
from incident_console.widgets.keeping import KeepsDraft
from incident_console.widgets.key_bar import WideKeyBar


class SafeTextArea(TextArea):
    """A TextArea whose pastes are made safe before they are shown."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert(clean(event.text))


class EditText(KeepsDraft[str | None]):
    """Answers with the text, or None when the person left; `typed` keeps the words either way."""

    DEFAULT_CSS = """
    EditText {
        align: center middle;
        & > Vertical { width: 96%; height: 90%; background: $panel; padding: 1 2 0 2; border-left: thick $accent; }
        .question { text-style: bold; height: auto; }
        .hint { color: $text-muted; height: auto; }
        TextArea { height: 1fr; border: none; background: $surface; }
    }
    """
    BINDING_GROUP_TITLE = "Editor"
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", priority=True, id="editor.save", tooltip="Save the text"),
        Binding("escape", "leave", "Leave", priority=True, id="editor.leave", tooltip="Leave; what is typed is kept"),
    ]

    def __init__(
        self, question: Content, value: str, hint: Content, refusal: Callable[[str], str] | None = None
    ) -> None:  # fmt: skip
        """`refusal`: why a text cannot be taken, in a sentence; then the editor stays. Empty: it can."""
        super().__init__()
        self._refusal = refusal
        self._is_saved = False
        self._question = question
        self._hint = hint
        self.typed = clean(value)
        """What stands in the editor."""

    def compose(self) -> ComposeResult:
        question: Content = self._question
        hint: Content = self._hint
        with Vertical():
            yield Static(question, classes="question")
            yield Static(hint, classes="hint")
            editor = SafeTextArea(self.typed)
            editor.cursor_blink = False
            yield editor
            yield WideKeyBar()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self.typed = event.text_area.text
        self._say(self._hint)

    def read_typed(self) -> None:
        for editor in self.query(SafeTextArea):
            self.typed = editor.text

    def _say(self, hint: Content) -> None:
        self.query_one(".hint", Static).update(hint)

    def action_save(self) -> None:
        if self._is_saved:  # the key came twice before the editor was gone
            return
        self.read_typed()
        refused = self._refusal(self.typed) if self._refusal is not None else ""
        if refused:
            self._say(Content.styled(refused, "$warning"))
            return
        self._is_saved = True
        self.dismiss(self.typed)

    def action_leave(self) -> None:
        self.dismiss(None)
