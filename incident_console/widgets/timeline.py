"""The timeline as a list of any length: one line per entry, only the visible lines are ever fetched or drawn.

It knows entries and nothing of where they come from."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from incident_console.domain.clock import Zone
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry, Rows
from incident_console.domain.vocabulary import SIGNS, EntryKind
from incident_console.widgets.entry_line import Look, stamp, tone, words

STRIPS: Final = 2000
"""Drawn lines kept for reuse."""

_SIGN: Final[dict[str, str]] = {kind.value: sign for kind, sign in SIGNS.items()}


@frozen
class Quiet:
    """Which silences are worth a mark: those of a response that last long enough. Microseconds."""

    responses: tuple[tuple[int, int], ...] = ()
    """(from, until) of every time that people responded."""
    threshold: int = 0
    """0 marks none."""

    def is_long(self, before: int, after: int) -> bool:
        inside = any(since <= before and after <= until for since, until in self.responses)
        return inside and 0 < self.threshold <= after - before


class Timeline(ScrollView, can_focus=True):
    """Rows of a timeline with a cursor; follows the newest row only while the cursor is on it."""

    BINDING_GROUP_TITLE = "Timeline"
    BINDINGS = [
        Binding("j,down", "move(1)", "Down", show=False, id="timeline.down", tooltip="Next entry"),
        Binding("k,up", "move(-1)", "Up", show=False, id="timeline.up", tooltip="Previous entry"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="timeline.pagedown", tooltip="One screen down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="timeline.pageup", tooltip="One screen up"),
        Binding("g,home", "first", "First", show=False, id="timeline.first", tooltip="The earliest entry"),
        Binding(
            "G,end", "last", "Last", show=False, id="timeline.last", tooltip="The latest entry; follows what is new"
        ),
        Binding("enter", "open", "Read", id="timeline.open", tooltip="The whole entry and its history"),
    ]
    COMPONENT_CLASSES = {
        "timeline--text", "timeline--muted", "timeline--strong", "timeline--sent", "timeline--struck",
        "timeline--cursor", "timeline--cursor-blurred",
    }  # fmt: skip
    DEFAULT_CSS = """
    Timeline {
        height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; background: $background;
        & > .timeline--text { color: $foreground; }
        & > .timeline--muted { color: $text-muted; }
        & > .timeline--strong { color: $foreground; text-style: bold; }
        & > .timeline--sent { color: $accent; }
        & > .timeline--struck { color: $text-muted; text-style: strike; }
        & > .timeline--cursor { background: $primary-muted; }
        & > .timeline--cursor-blurred { background: $surface; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Position of the cursor, 0 for the earliest entry."""

    unseen: reactive[int] = reactive(0, repaint=False)
    """How many entries came in below while the cursor was elsewhere."""

    @dataclass
    class Opened(Message):
        """Somebody wants to read an entry whole."""

        entry: Entry

    @dataclass
    class UnseenChanged(Message):
        """The number of new entries below changed."""

        count: int

    def __init__(self, zone: Zone, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._zone = zone
        self._rows: Rows | None = None
        self._strips: dict[tuple[int, str], Strip] = {}
        self._dated = False
        self._count = 0
        self._anchor = 0
        self.marks_late = True
        """Whether entries written down later say so; an imported record was written down all at once."""
        self.quiet = Quiet()
        """Which silences are marked."""
        self.empty = ""
        """What stands here while there is no entry."""
        self._logged_too = False

    def show(self, rows: Rows) -> None:
        """Show a timeline from its end."""
        self._rows = rows
        self.unseen = 0
        self._measure()
        self._jump(self._count - 1)

    def grow(self) -> None:
        """Something was written: keep the reader's place, or follow the newest row from the tail."""
        if self._rows is None:
            return
        following, before, number = self.is_at_tail, self._count, self._anchor
        self._rows.refresh()
        self._measure()
        if following or not number:
            self._jump(self._count - 1)
            return
        place = self._rows.position(number)
        shift = (self.cursor if place is None else place) - self.cursor
        self.unseen += max(0, self._count - before - max(0, shift))
        self.set_scroll(None, self.scroll_offset.y + shift)
        self._jump(self.cursor + shift)

    def show_zone(self, zone: Zone) -> None:
        """Draw every time in another zone."""
        self._zone = zone
        self._measure()

    def toggle_logged(self) -> None:
        """Show when each entry was written down beside when it happened, or no longer."""
        self._logged_too = not self._logged_too
        self._measure()

    def silence(self, position: int) -> tuple[int, int] | None:
        """The silence before an entry during the response, where it is long enough to be marked."""
        if self._rows is None or not 0 < position < self._count:
            return None
        before, after = self._rows.row(position - 1).occurred_at, self._rows.row(position).occurred_at
        return (before, after) if self.quiet.is_long(before, after) else None

    def jump_back(self, kinds: tuple[str, ...]) -> bool:
        """Go to the nearest earlier entry of some kinds, from the first one to the last; False when there is none."""
        place = self._rows.previous(self.cursor, kinds) if self._rows is not None else None
        if place is not None:
            self._jump(place)
        return place is not None

    @property
    def is_at_tail(self) -> bool:
        return self.cursor >= self._count - 1

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self._rows.row(self.cursor) if self._rows is not None and 0 <= self.cursor < self._count else None

    def go_to(self, number: int) -> None:
        """Put the cursor on an entry, if it is shown."""
        place = self._rows.position(number) if self._rows is not None else None
        if place is not None:
            self._jump(place)

    def _measure(self) -> None:
        rows = self._rows
        self._strips.clear()
        self._count = 0 if rows is None else len(rows)
        if rows is not None and self._count:
            days = {self._zone.show(rows.row(place).occurred_at).date() for place in (0, self._count - 1)}
            self._dated = len(days) > 1
        self.virtual_size = Size(0, self._count)
        self.refresh()

    def _jump(self, position: int) -> None:
        """Move the cursor, paint the two lines that change, and scroll only when it would leave the view."""
        old, self.cursor = self.cursor, max(0, min(self._count - 1, position))
        entry = self.entry
        self._anchor = entry.number if entry is not None else 0
        if self.is_at_tail:
            self.unseen = 0
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= self.cursor < top + height:
            y = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=y, animate=False, immediate=True, force=True)
            self.refresh()
            return
        width = self.size.width
        self.refresh(Region(0, old - top, width, 1), Region(0, self.cursor - top, width, 1))

    def watch_unseen(self, count: int) -> None:
        self.post_message(self.UnseenChanged(count))

    def on_resize(self) -> None:
        self._strips.clear()
        self._jump(self.cursor)

    def on_focus(self) -> None:
        self._jump(self.cursor)

    def on_blur(self) -> None:
        self._jump(self.cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        position = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        if y == 0 and self._count == 0:
            nothing = f" {self.empty}"[:width]
            return Strip([Segment(nothing, self.rich_style + self._foreground("muted"))]).adjust_cell_length(width)
        if self._rows is None or position >= self._count:
            return Strip.blank(width, self.rich_style)
        look = ("cursor" if self.has_focus else "cursor-blurred") if position == self.cursor else ""
        key = (position, look)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > STRIPS:
                self._strips.clear()
            strip = self._strips[key] = self._draw(self._rows.row(position), width, look, self.silence(position))
        return strip

    @property
    def _look(self) -> Look:
        return Look(self._zone, self._dated, self._logged_too, self.marks_late)

    def _draw(self, entry: Entry, width: int, look: str, gap: tuple[int, int] | None) -> Strip:
        base = self.get_component_rich_style(f"timeline--{look}") if look else self.rich_style
        muted = base + self._foreground("muted")
        actor = clip(clean_line(entry.actor), 9) if width >= 60 else ""
        when = f" {stamp(entry, self._look)} "
        kind = f"{_SIGN.get(entry.kind, '·')} {clip(entry.kind, 10):<11}"
        room = max(1, width - len(when) - len(kind) - (10 if actor else 0) - 1)
        segments = [
            Segment(when, muted),
            Segment(kind, base + self._foreground("muted" if entry.kind == EntryKind.NOTE else tone(entry))),
            Segment(words(entry, room, gap, self._look), base + self._foreground(tone(entry))),
            Segment(f" {actor:<9}" if actor else "", muted),
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _foreground(self, tone: str) -> Style:
        """A tone's style without its background, to be laid over the row's own."""
        style = self.get_component_rich_style(f"timeline--{tone}", partial=True)
        return Style(color=style.color, bold=style.bold, strike=style.strike)

    def _move(self, target: Callable[[int, int], int]) -> None:
        """Move to a position computed from the cursor and the height of a screen."""
        if self._count:
            self._jump(target(self.cursor, max(1, self.scrollable_content_region.height - 1)))

    def action_move(self, step: int) -> None:
        self._move(lambda cursor, page: cursor + step)

    def action_page(self, step: int) -> None:
        self._move(lambda cursor, page: cursor + step * page)

    def action_first(self) -> None:
        self._move(lambda cursor, page: 0)

    def action_last(self) -> None:
        self._move(lambda cursor, page: self._count - 1)

    def action_open(self) -> None:
        if (entry := self.entry) is not None:
            self.post_message(self.Opened(entry))
