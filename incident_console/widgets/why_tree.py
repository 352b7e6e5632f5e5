"""The tree of causes, walked and asked about by keys alone: one line each, only the visible lines are drawn.

It knows causes and nothing of how they are changed: every wish is posted as a message for the screen to act on."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from incident_console.domain.causes import Link
from incident_console.widgets.why_line import Row, pieces, rows


class WhyTree(ScrollView, can_focus=True):
    """The problem in the first line, the causes below it; the cursor stays on its cause whatever others write."""

    BINDING_GROUP_TITLE = "Causes"
    BINDINGS = [
        Binding("enter,a", "ask('add')", "Cause of this", id="why.add", tooltip="How did this come about? Add a cause"),
        Binding("tab", "ask('beside')", "Beside", id="why.beside", tooltip="Another answer to the same question"),
        Binding("shift+tab", "out", "To above", show=False, id="why.out", tooltip="To what this cause explains"),
        Binding("j,down", "move(1)", "Down", show=False, id="why.down", tooltip="Next cause"),
        Binding("k,up", "move(-1)", "Up", show=False, id="why.up", tooltip="Previous cause"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="why.pagedown", tooltip="One screen down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="why.pageup", tooltip="One screen up"),
        Binding("g,home", "first", "First", show=False, id="why.first", tooltip="To the problem"),
        Binding("G,end", "last", "Last", show=False, id="why.last", tooltip="To the last cause"),
        Binding("left,h", "fold", "Fold", show=False, id="why.fold", tooltip="Fold what is below, or go to above"),
        Binding("right,l", "unfold", "Unfold", show=False, id="why.unfold", tooltip="Unfold, or go to the first below"),
        Binding("o", "fold_all", "Fold all", show=False, id="why.fold_all", tooltip="First level only, or everything"),
        Binding("e", "ask('change')", "Edit", id="why.change", tooltip="Let the answer read differently"),
        Binding("v", "ask('evidence')", "Evidence", id="why.evidence", tooltip="Choose log entries that back it"),
        Binding("c", "ask('category')", "Category", id="why.category", tooltip="What sort of cause it is"),
        Binding("r", "ask('mark')", "Root?", id="why.mark", tooltip="Root cause, contributing or ruled out"),
        Binding(
            "d,delete", "ask('remove')", "Remove", id="why.remove", tooltip="Remove it and what is below; z undoes it"
        ),
        Binding("shift+up,K", "ask('up')", "Move up", show=False, id="why.move_up", tooltip="Before the one above"),
        Binding("shift+down,J", "ask('down')", "Move down", show=False, id="why.move_down", tooltip="Behind the next"),
        Binding(">", "ask('indent')", "Indent", show=False, id="why.indent", tooltip="Below the cause in front of it"),
        Binding("<", "ask('outdent')", "Outdent", show=False, id="why.outdent", tooltip="Beside what it explains"),
    ]  # fmt: skip
    COMPONENT_CLASSES = {
        "why-tree--text", "why-tree--muted", "why-tree--strong", "why-tree--struck", "why-tree--advice",
        "why-tree--cursor", "why-tree--cursor-blurred",
    }  # fmt: skip
    DEFAULT_CSS = """
    WhyTree {
        height: auto; min-height: 1; overflow-x: hidden; scrollbar-size-vertical: 1; background: $background;
        & > .why-tree--text { color: $foreground; }
        & > .why-tree--muted { color: $text-muted; }
        & > .why-tree--strong { color: $foreground; text-style: bold; }
        & > .why-tree--struck { color: $text-muted; text-style: strike; }
        & > .why-tree--advice { color: $accent; text-style: bold; }
        & > .why-tree--cursor { background: $primary-muted; }
        & > .why-tree--cursor-blurred { background: $surface; }
    }
    """

    @dataclass
    class Asked(Message):
        """Somebody wants to do something with the cause under the cursor."""

        what: str
        """add, beside, change, evidence, category, mark, remove, up, down, indent or outdent."""
        link: Link | None
        """None for the problem itself, which can only be added to."""

    @dataclass
    class Reached(Message):
        """The cursor came to another line."""

        link: Link | None
        """None for the problem itself."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._problem = ""
        self._links: tuple[Link, ...] = ()
        self._advised: frozenset[str | None] = frozenset()
        self._folded: set[str] = set()
        self._rows: list[Row] = [Row(None)]
        self._cursor = 0
        self._strips: dict[tuple[int, str], Strip] = {}

    def show(self, problem: str, links: Sequence[Link], advised: Collection[str | None] = ()) -> None:
        """Show a tree: the incident's title, its causes, and of which of them (None: of the whole) there is advice."""
        current = self.link
        self._problem, self._links, self._advised = problem, tuple(links), frozenset(advised)
        self._folded &= {link.why.id for link in links}
        self._lay_out(current.why.id if current is not None else None)

    @property
    def link(self) -> Link | None:
        """The cause under the cursor; None on the problem itself."""
        return self._rows[self._cursor].link

    def select(self, why_id: str) -> None:
        """Put the cursor on a cause; what hides it is unfolded."""
        parents = {link.why.id: link.parent for link in self._links}
        if why_id not in parents:
            return
        above = parents[why_id]
        while above is not None:
            self._folded.discard(above)
            above = parents[above]
        self._lay_out(why_id)

    def _lay_out(self, why_id: str | None) -> None:
        """Work out every line anew, the cursor on a cause; where that is gone, on what stands in its place."""
        self._rows = rows(self._links, self._folded, self._advised)
        ids = [row.link.why.id if row.link is not None else None for row in self._rows]
        self._strips.clear()
        self.virtual_size = Size(0, len(self._rows))
        self.refresh()
        self._jump(ids.index(why_id) if why_id in ids else self._cursor)

    def _jump(self, position: int) -> None:
        """Move the cursor, paint the two lines that change, and scroll only when it would leave the view."""
        old, self._cursor = self._cursor, max(0, min(len(self._rows) - 1, position))
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= self._cursor < top + height:
            y = self._cursor if self._cursor < top else self._cursor - height + 1
            self.scroll_to(y=y, animate=False, immediate=True, force=True)
            self.refresh()
        else:
            self.refresh(*(Region(0, place - top, self.size.width, 1) for place in (old, self._cursor)))
        if old != self._cursor:
            self.post_message(self.Reached(self.link))

    def on_resize(self) -> None:
        self._strips.clear()
        self._jump(self._cursor)

    def on_focus(self) -> None:
        self._jump(self._cursor)

    def on_blur(self) -> None:
        self._jump(self._cursor)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        position, width = self.scroll_offset.y + y, self.scrollable_content_region.width
        if position >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        look = ("cursor" if self.has_focus else "cursor-blurred") if position == self._cursor else ""
        key = (position, look)
        if key not in self._strips:
            self._strips[key] = self._draw(self._rows[position], width, look)
        return self._strips[key]

    def _draw(self, row: Row, width: int, look: str) -> Strip:
        base = self.get_component_rich_style(f"why-tree--{look}") if look else self.rich_style
        line = [Segment(words, base + self._foreground(tone)) for words, tone in pieces(row, self._problem, width)]
        return Strip(line).adjust_cell_length(width, base)

    def _foreground(self, tone: str) -> Style:
        """A tone's style without its background, to be laid over the row's own."""
        style = self.get_component_rich_style(f"why-tree--{tone}", partial=True)
        return Style(color=style.color, bold=style.bold, strike=style.strike)

    def _move(self, target: Callable[[int, int], int]) -> None:
        """Move to a position computed from the cursor and the height of a screen."""
        self._jump(target(self._cursor, max(1, self.scrollable_content_region.height - 1)))

    def action_move(self, step: int) -> None:
        self._move(lambda cursor, page: cursor + step)

    def action_page(self, step: int) -> None:
        self._move(lambda cursor, page: cursor + step * page)

    def action_first(self) -> None:
        self._jump(0)

    def action_last(self) -> None:
        self._jump(len(self._rows) - 1)

    def action_out(self) -> None:
        if (link := self.link) is not None:
            self._jump(self._place(link.parent))

    def _place(self, why_id: str | None) -> int:
        """The position of a cause that is shown; of the problem for None."""
        return next((n for n, row in enumerate(self._rows) if row.link is not None and row.link.why.id == why_id), 0)

    def action_fold(self) -> None:
        row, link = self._rows[self._cursor], self.link
        if link is None or not link.below or row.folded:
            self.action_out()
            return
        self._folded.add(link.why.id)
        self._lay_out(link.why.id)

    def action_unfold(self) -> None:
        row, link = self._rows[self._cursor], self.link
        if link is not None and row.folded:
            self._folded.discard(link.why.id)
            self._lay_out(link.why.id)
        elif link is None or link.below:
            self._jump(self._cursor + 1)

    def action_fold_all(self) -> None:
        """Fold to the first level; when something is folded already, unfold everything."""
        stay = self.link
        if self._folded:
            self._folded = set()
        else:
            self._folded = {each.why.id for each in self._links if each.below}
            top = stay.label.partition(".")[0] if stay is not None else ""
            stay = next((each for each in self._links if each.label == top), None)
        self._lay_out(stay.why.id if stay is not None else None)

    def action_ask(self, what: str) -> None:
        link = self.link
        if link is None and what not in ("add", "beside"):
            self.notify("This line is the problem itself. Go down to a cause first.", markup=False)
            return
        self.post_message(self.Asked("add" if link is None else what, link))
