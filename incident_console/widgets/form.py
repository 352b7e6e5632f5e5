"""A short form in front of a screen: labelled rows of one or several lines to type into. Escape keeps what is typed."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from incident_console.domain.events import Pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import lookup
from incident_console.widgets.keeping import KeepsDraft
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.safe_input import SafeInput


@frozen
class Cell:
    """One line to type into."""

    key: str
    hint: str = ""
    """What stands there while it is empty."""


@frozen
class Row:
    """A label and the cells beside it."""

    label: str
    cells: tuple[Cell, ...]


class Form(KeepsDraft[Pairs | None]):
    """Answers with (key, text) for every cell that holds something, or None when the person left."""

    DEFAULT_CSS = """
    Form {
        align: center middle;
        & > Vertical {
            width: 96%; max-width: 110; height: auto; max-height: 96%; background: $panel; padding: 1 1 0 2;
            border-left: thick $accent;
        }
        .question { text-style: bold; height: auto; margin-bottom: 1; }
        VerticalScroll { height: auto; max-height: 16; }
        Horizontal { height: 1; }
        .label { width: 20; color: $text-muted; }
        Input { width: 1fr; margin-right: 1; }
        .hint { height: auto; color: $text-muted; margin-top: 1; }
    }
    """
    BINDING_GROUP_TITLE = "Form"
    BINDINGS = [
        Binding("ctrl+s", "save", "Save", priority=True, id="form.save", tooltip="Save the form"),
        Binding("down", "app.focus_next", "Next", show=False, id="form.next", tooltip="The next line"),
        Binding("up", "app.focus_previous", "Before", show=False, id="form.before", tooltip="The line before"),
        Binding("escape", "dismiss(None)", "Leave", id="form.leave", tooltip="Leave; what is typed is kept"),
    ]

    def __init__(self, title: Content, rows: Sequence[Row], values: Pairs, problem: str = "", at: str = "") -> None:
        """`problem`: why the last answer was refused, `at`: the line where the cursor stood; empty for a fresh form."""
        super().__init__()
        self._heading = title
        self._rows = tuple(rows)
        self._values = values
        self._problem = problem
        self.left_at = at
        """The key of the line where the cursor stood when the form was saved."""
        self.typed = values
        """What stands in the form, also after the person left."""

    def compose(self) -> ComposeResult:
        heading: Content = self._heading
        with Vertical():
            yield Static(heading, classes="question")
            with VerticalScroll(can_focus=False):
                for row in self._rows:
                    with Horizontal():
                        label = Content(row.label)
                        yield Static(label, classes="label")
                        for cell in row.cells:
                            yield SafeInput(lookup(self._values, cell.key), placeholder=cell.hint, id=cell.key)
            yield Static(self._hint(), classes="hint")
            yield KeyBar()

    def _hint(self) -> Content:
        if self._problem:
            return Content.styled(self._problem, "$warning")
        return Content("enter goes on · ctrl+s saves · esc leaves, what is typed is kept")

    def on_mount(self) -> None:
        """The cursor goes back to where it was, or to the first line that is still empty."""
        boxes = list(self.query(Input))
        before = next((box for box in boxes if box.id == self.left_at), None)
        empty = next((box for box in boxes if not box.value), boxes[0])
        (before or empty).focus()

    @on(Input.Changed)
    def read_typed(self) -> None:
        if not self.is_mounted:
            return
        boxes = {str(box.id): box.value.strip() for box in self.query(Input)}
        self.typed = tuple((key, text) for key, text in boxes.items() if text)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is list(self.query(Input))[-1]:
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        self.read_typed()
        self.left_at = str(self.focused.id) if isinstance(self.focused, Input) else ""
        self.dismiss(self.typed)
