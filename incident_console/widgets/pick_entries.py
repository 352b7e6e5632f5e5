"""Choosing entries of the log as evidence: a list to mark several in, narrowed by typing. Knows no desk."""

from collections.abc import Collection, Sequence
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from incident_console.domain.clock import Zone
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry, tells_the_story
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.questions import BOX
from incident_console.widgets.rows import Rows
from incident_console.widgets.safe_input import SafeInput

MOST: Final = 300
"""Entries shown at once; typing narrows the list."""


def offered(entries: Sequence[Entry], chosen: Collection[str]) -> tuple[Entry, ...]:
    """What may be chosen: what happened and still stands; also whatever is chosen already, so that it can be let go."""
    return tuple(
        each for each in entries if each.event_id in chosen or (tells_the_story(each) and each.mark != "struck")
    )  # fmt: skip


class PickEntries(ModalScreen[tuple[str, ...] | None]):
    """Offers what happened, without bookkeeping. Answers with the ids of the chosen entries, in the order of the log,
    or None when the person left."""

    DEFAULT_CSS = f"""PickEntries {{ {BOX}
        & > Vertical {{ width: 96%; height: 90%; }}
        OptionList {{ height: 1fr; border: none; }}
    }}"""
    BINDING_GROUP_TITLE = "Evidence"
    BINDINGS = [
        Binding("enter", "mark", "Mark", priority=True, id="pick.toggle", tooltip="Mark the entry, or no longer"),
        Binding("ctrl+s", "save", "Save", priority=True, id="pick.save", tooltip="Take what is marked"),
        Binding("down", "move(1)", "Down", show=False, priority=True, id="pick.down", tooltip="Next entry"),
        Binding("up", "move(-1)", "Up", show=False, priority=True, id="pick.up", tooltip="Previous entry"),
        Binding("escape", "dismiss(None)", "Cancel", id="pick.cancel", tooltip="Leave without a change"),
    ]

    def __init__(self, title: Content, entries: Sequence[Entry], chosen: Sequence[str], zone: Zone) -> None:
        super().__init__()
        self._heading = title
        self._chosen = set(chosen)
        self._entries = offered(entries, self._chosen)
        self._zone = zone

    def compose(self) -> ComposeResult:
        heading: Content = self._heading
        with Vertical():
            yield Static(heading, classes="question")
            yield SafeInput(placeholder="type to narrow the list")
            yield Rows()
            yield Static(classes="hint")
            yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self._show()
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _show(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        fitting = [each for each in self._entries if all(word in self._words(each).casefold() for word in words)]
        options = self.query_one(OptionList)
        place = options.highlighted or 0
        options.set_options([Option(self._row(each), id=each.event_id) for each in fitting[:MOST]])
        options.highlighted = min(place, len(fitting[:MOST]) - 1) if fitting else None
        more = f" · {len(fitting) - MOST} more, type to narrow" if len(fitting) > MOST else ""
        none = "" if fitting else " · nothing fits"
        self.query_one(".hint", Static).update(Content(f"{len(self._chosen)} marked · ctrl+s takes them{more}{none}"))

    def _words(self, entry: Entry) -> str:
        return (
            f"{self._zone.show(entry.occurred_at):%d %b %H:%M} {entry.kind} {clip(clean_line(entry.text[:300]), 200)}"
        )

    def _row(self, entry: Entry) -> Content:
        mark = ("[x] ", "bold $accent") if entry.event_id in self._chosen else ("[ ] ", "$text-muted")
        return Content.assemble(mark, self._words(entry))

    def action_mark(self) -> None:
        option = self.query_one(OptionList).highlighted_option
        if option is not None and option.id is not None:
            self._chosen ^= {option.id}
            self._show()

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        options.action_cursor_down() if step > 0 else options.action_cursor_up()

    def action_save(self) -> None:
        self.dismiss(tuple(each.event_id for each in self._entries if each.event_id in self._chosen))
