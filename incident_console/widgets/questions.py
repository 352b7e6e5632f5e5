"""Short questions that several screens ask: one line, one choice, something to read. Escape means no answer."""

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from incident_console.widgets.keeping import KeepsDraft
from incident_console.widgets.safe_input import SafeInput, one_line

BOX = """
    align: center middle;
    & > Vertical {
        width: 76; max-width: 96%; height: auto; max-height: 90%;
        background: $panel; padding: 1 2; border-left: thick $accent;
    }
    .question { text-style: bold; margin-bottom: 1; }
    .hint { color: $text-muted; margin-top: 1; }
"""


class AskLine(KeepsDraft[str | None]):
    """Asks for one line; answers with the text, or None when the person left."""

    DEFAULT_CSS = f"AskLine {{ {BOX} Input {{ border: none; background: $surface; height: 1; padding: 0 1; }} }}"
    BINDING_GROUP_TITLE = "Question"
    BINDINGS = [Binding("escape", "dismiss(None)", "Cancel", id="question.cancel", tooltip="Leave without an answer")]

    def __init__(
        self, question: Content, value: str = "", hint: Content | None = None, *, needed: bool = False,
        replaceable: bool = False, refusal: Callable[[str], str] | None = None,
    ) -> None:  # fmt: skip
        """`needed`: an empty line is no answer, and the question says so and stays. `replaceable`: the first letter
        takes the place of what is filled in. `refusal`: why an answer is none, in a sentence; then the question stays
        as well. Empty: it is one."""
        super().__init__()
        self._needed = needed
        self._refusal = refusal
        self._is_answered = False
        self._replaceable = replaceable
        self._question = question
        self._value = value
        self.typed = one_line(value)
        """What stands in the line, also after the person left without an answer."""
        self._hint = Content("enter saves · esc leaves without saving") if hint is None else hint

    def compose(self) -> ComposeResult:
        question: Content = self._question
        hint = self.hint_for(self.typed)
        with Vertical():
            yield Static(question, classes="question")
            yield SafeInput(self._value)
            yield Static(hint, classes="hint")

    def on_mount(self) -> None:
        if self._replaceable:
            self.query_one(Input).action_select_all()

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        self.typed = event.value
        self._say(self.hint_for(event.value))

    def read_typed(self) -> None:
        for line in self.query(Input):
            self.typed = line.value

    def hint_for(self, words: str) -> Content:
        """What stands below while these words are in the line."""
        del words
        return self._hint

    def _say(self, hint: Content) -> None:
        self.query_one(".hint", Static).update(hint)

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        event.stop()
        if self._is_answered:  # enter came twice before the question was gone
            return
        self.typed = event.value
        refused = self._refused(event.value)
        if refused:
            self._say(Content.styled(refused, "$warning"))
            return
        self._is_answered = True
        self.dismiss(event.value)

    def _refused(self, words: str) -> str:
        if self._needed and not words.strip():
            return STILL_EMPTY
        return self._refusal(words) if self._refusal is not None else ""


STILL_EMPTY = "One line is needed here. Type it, or leave with esc."


class Choose(ModalScreen[str | None]):
    """Asks for one of a few; answers with the option's key."""

    DEFAULT_CSS = f"""Choose {{ {BOX}
        OptionList {{
            height: auto; max-height: 13; border: none; background: $panel;
            &:focus {{ border: none; }}
        }}
    }}"""
    BINDING_GROUP_TITLE = "Choice"
    BINDINGS = [
        Binding("escape", "dismiss(None)", "Cancel", id="choice.cancel", tooltip="Leave without choosing"),
        Binding("j", "move(1)", "Down", show=False, id="choice.down", tooltip="Next option"),
        Binding("k", "move(-1)", "Up", show=False, id="choice.up", tooltip="Previous option"),
    ]

    def __init__(self, question: Content, options: Sequence[tuple[str, Content]], current: str = "") -> None:
        super().__init__()
        self._question = question
        self._choices = tuple(options)
        self._current = current
        self._number = ""

    def compose(self) -> ComposeResult:
        question: Content = self._question
        few = len(self._choices) < 10
        hint = "enter or its number chooses · esc leaves" if few else "enter chooses · a number goes there · esc leaves"
        with Vertical():
            yield Static(question, classes="question")
            yield OptionList(*self._options(), markup=False)
            yield Static(hint, classes="hint")

    def _options(self) -> list[Option]:
        return [
            Option(Content.assemble((f"{place:<3}", "$text-muted"), label), id=key)
            for place, (key, label) in enumerate(self._choices, 1)
        ]

    def on_mount(self) -> None:
        keys = [key for key, _ in self._choices]
        self.query_one(OptionList).highlighted = keys.index(self._current) if self._current in keys else 0

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(event.option.id)

    def key_of(self, place: int) -> str | None:
        """The key of the option with a number, 1 for the first."""
        return self._choices[place - 1][0] if 1 <= place <= len(self._choices) else None

    def on_key(self, event: Key) -> None:
        if not event.key.isdigit():
            return
        event.stop()
        if len(self._choices) < 10 and (key := self.key_of(int(event.key))) is not None:
            self.dismiss(key)
        elif len(self._choices) >= 10:
            self._go_to(event.key)

    def _go_to(self, digit: str) -> None:
        """In a long list one digit may be the start of two: numbers move the cursor, enter chooses."""
        for number in (self._number + digit, digit):
            if self.key_of(int(number)) is not None:
                self._number = number
                self.query_one(OptionList).highlighted = int(number) - 1
                return
        self._number = ""

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()


class Read(ModalScreen[None]):
    """Shows something long, to be scrolled and left."""

    DEFAULT_CSS = f"Read {{ {BOX} & > Vertical {{ width: 96%; }} VerticalScroll {{ height: auto; max-height: 80%; }} }}"
    BINDING_GROUP_TITLE = "Reading"
    BINDINGS = [
        Binding("escape,enter,q", "dismiss(None)", "Close", id="read.close", tooltip="Back to where you were"),
        Binding("j", "scroll(1)", "Down", show=False, id="read.down", tooltip="Scroll down"),
        Binding("k", "scroll(-1)", "Up", show=False, id="read.up", tooltip="Scroll up"),
    ]

    def __init__(self, title: Content, text: Content) -> None:
        super().__init__()
        self._heading = title
        self._text = text

    def compose(self) -> ComposeResult:
        heading: Content = self._heading
        text: Content = self._text
        with Vertical():
            yield Static(heading, classes="question")
            with VerticalScroll():
                yield Static(text)
            yield Footer()

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)
