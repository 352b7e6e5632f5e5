"""A choice about a long text: the text scrolls, the options below it stay in view."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from incident_console.widgets.questions import Choose


class ReadThenChoose(Choose):
    """Asks for one of a few after something to read; answers with the option's key."""

    DEFAULT_CSS = """
    ReadThenChoose {
        VerticalScroll { height: auto; max-height: 50vh; margin-bottom: 1; }
        OptionList { max-height: 4; }
    }
    """
    BINDING_GROUP_TITLE = "Choice about a text"
    BINDINGS = [
        Binding("pagedown,space", "page(1)", "Read on", show=False, id="reading.on", tooltip="The next page"),
        Binding("pageup,backspace", "page(-1)", "Back", show=False, id="reading.back", tooltip="The page before"),
    ]

    def __init__(self, question: Content, text: Content, options: Sequence[tuple[str, Content]]) -> None:
        super().__init__(question, options)
        self._text = text

    def compose(self) -> ComposeResult:
        question: Content = self._question
        text: Content = self._text
        with Vertical():
            yield Static(question, classes="question")
            with VerticalScroll(can_focus=False):
                yield Static(text)
            yield OptionList(*self._options(), markup=False)
            yield Static("space reads on · enter or its number chooses · esc leaves", classes="hint")

    def action_page(self, step: int) -> None:
        pane = self.query_one(VerticalScroll)
        pane.scroll_relative(y=step * max(1, pane.size.height - 1), animate=False)
