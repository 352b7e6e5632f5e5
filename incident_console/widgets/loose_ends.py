"""What is still open when somebody wants to finish: each line leads to where it is mended, one key finishes anyway."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from incident_console.domain.finishing import LooseEnd
from incident_console.domain.text import clean_line
from incident_console.widgets.questions import BOX
from incident_console.widgets.rows import Rows, options

FINISH = "finish"
"""The answer of whoever finishes all the same; every other one is the part that they want to mend."""


class LooseEnds(ModalScreen[str | None]):
    """Answers with a part, FINISH, or None when the person left."""

    DEFAULT_CSS = f"""LooseEnds {{ {BOX}
        OptionList {{ height: auto; max-height: 60vh; border: none; background: $panel; &:focus {{ border: none; }} }}
    }}"""
    BINDING_GROUP_TITLE = "Before it is finished"
    BINDINGS = [
        Binding("f,f4", f"dismiss('{FINISH}')", "Finish anyway", id="ends.finish", tooltip="Finish all the same"),
        Binding("escape", "dismiss(None)", "Go back", id="ends.back", tooltip="Leave it unfinished"),
        Binding("j", "move(1)", "Down", show=False, id="ends.down", tooltip="Next line"),
        Binding("k", "move(-1)", "Up", show=False, id="ends.up", tooltip="Previous line"),
    ]

    def __init__(self, ends: Sequence[LooseEnd], parts: Sequence[str]) -> None:
        """`parts`: all that there are, in the order of their keys; the first has the key 1."""
        super().__init__()
        self._ends = tuple(ends)
        self._parts = tuple(parts)

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("Before it is finished: this is still open", classes="question")
            yield Rows()
            yield Static("f finishes anyway · enter or the number goes there · esc goes back", classes="hint")

    def on_mount(self) -> None:
        rows = self.query_one(Rows)
        rows.set_options(options([(str(place), self._row(each)) for place, each in enumerate(self._ends)]))
        rows.action_first()

    def _row(self, end: LooseEnd) -> Content:
        """It begins like the line of the parts above: with the key that leads there."""
        where = f"{self._parts.index(end.part) + 1} {end.part:<9} "
        return Content.assemble((where, "$text-muted"), clean_line(end.words))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._ends[event.option_index].part)

    def on_key(self, event: Key) -> None:
        """A number is that of a part, whether or not something is open there."""
        place = int(event.key) if event.key.isdecimal() else 0
        if 1 <= place <= len(self._parts):
            event.stop()
            self.dismiss(self._parts[place - 1])

    def action_move(self, step: int) -> None:
        rows = self.query_one(Rows)
        rows.action_cursor_down() if step > 0 else rows.action_cursor_up()
