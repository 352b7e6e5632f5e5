"""The postmortem: the document, its causes, what will be done, the record behind it, what it means, who still waits."""

from collections import Counter

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import ContentSwitcher, OptionList, Static

from incident_console.domain.days import shown
from incident_console.domain.postmortem import SECTIONS, missing
from incident_console.domain.text import clean_line, clip
from incident_console.screens import GoBack
from incident_console.screens.postmortem.bindings import KEYS
from incident_console.screens.postmortem.causes import CauseKeys
from incident_console.screens.postmortem.document import DocumentKeys
from incident_console.screens.postmortem.export import ExportKeys
from incident_console.screens.postmortem.items import ItemKeys
from incident_console.screens.postmortem.loop import LoopKeys
from incident_console.screens.postmortem.place import PANES
from incident_console.screens.postmortem.product import ProductKeys
from incident_console.screens.postmortem.record import RecordKeys
from incident_console.widgets import badges
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.one_line import OneLine

FOCUS = {
    "document": "#sections", "causes": "#whys", "fishbone": "#fishbone", "actions": "#items", "record": "#record",
    "product": "#product", "loop": "#loop",
}  # fmt: skip
"""What gets the keys in each pane."""

HINTS = {
    "document": "enter writes, saved by itself · H every version · w writes it all to a file",
    "text": "saved by itself · ctrl+r says it about the system · f2 writes a file · f3 copies · esc back to the list",
    "causes": "enter how did it come about · tab another answer · v evidence · c category · r root? · A action item",
    "fishbone": "The same causes, by where they come from. The categories are set in the tree: 2, then c.",
    "actions": "n new · enter edit · d done · s started · c commit idea · x won't do · o all",
    "record": "enter corrects what is under the cursor, also after the review",
    "product": "enter answers · g evidence for the roadmap · A action item · Y the case on one page",
    "loop": "enter writes to them · t thanks · p playbook · m meeting · f finish",
}

WHAT = " postmortem: "
"""What stands between the incident's name and its title."""


class PostmortemScreen(DocumentKeys, CauseKeys, ItemKeys, RecordKeys, ProductKeys, LoopKeys, ExportKeys):
    """Seven panes over one incident; the digits go between them."""

    CSS_PATH = "postmortem.tcss"
    AUTO_FOCUS = "#sections"
    BINDING_GROUP_TITLE = "Postmortem"
    BINDINGS = KEYS

    def compose(self) -> ComposeResult:
        yield OneLine(id="heading")
        yield OneLine(id="strip")
        with ContentSwitcher(initial=self.pane, id="panes"):
            yield from self.document_pane()
            yield from self.causes_panes()
            yield from self.items_pane()
            yield from self.record_pane()
            yield from self.product_pane()
            yield from self.loop_pane()
        yield Static(id="hint")
        yield KeyBar()

    # --- showing

    def on_mount(self) -> None:
        self.reload()

    def watch_now(self) -> None:
        if self.is_mounted and self.is_seen and self.pane == "document":
            self.save_when_quiet()

    def on_resize(self) -> None:
        if self.is_mounted:
            self._show_pane()

    def reload(self) -> None:
        incident = self.attempt(lambda: self.desk.incident(self.incident_id))
        if incident is None:
            return
        self.incident = incident
        self.show_heading()
        self._show_pane()

    def _show_pane(self) -> None:
        """Only the pane in view is filled; the others when they come into view."""
        match self.pane:
            case "document":
                self.show_document()
            case "causes":
                self.show_causes()
            case "fishbone":
                self.show_fishbone()
            case "actions":
                self.show_items()
            case "record":
                self.show_record()
            case "product":
                self.show_product()
            case _:
                self.show_loop()
        self._show_hint()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _show_hint(self) -> None:
        """The keys that matter here: in a text other ones than in a list."""
        hint = HINTS["text" if self.focused is self.editor else self.pane]
        self.query_one("#hint", Static).update(Content(hint))

    def show_heading(self) -> None:
        """What it is about, and what is missing where."""
        begin, done = badges.named(self.incident), self._finished()
        room = self.size.width - begin.cell_length - done.cell_length - len(WHAT) - 2
        title = clip(clean_line(self.incident.title), max(12, min(50, room)))
        heading = Content.assemble(begin, WHAT, (title, "bold"), done)
        self.query_one("#heading", OneLine).show(heading)
        self.query_one("#strip", OneLine).show(self._strip())

    def _finished(self) -> Content:
        """Since when it is finished, and whether a copy from then may be out of date."""
        at = self.incident.reviewed_at
        if at is None:
            return Content("")
        day = shown(self.desk.zone.show(at).date().isoformat(), self.desk.today())
        changed = self.attempt(lambda: self.desk.changed_since_finished(self.incident_id))
        return Content.styled(f"  ✓ finished {day}{', changed since' if changed else ''}", "$success")

    def _strip(self) -> Content:
        """The panes with their keys, and how much is missing in each."""
        counts = Counter(_pane_of(part) for part, _ in missing(self.incident))
        parts = []
        for n, name in enumerate(PANES, 1):
            style = "bold reverse" if name == self.pane else ""
            gap = (f"·{counts[name]}", "$warning") if counts[name] else ""
            parts.append(Content.assemble((f"{n} ", "$text-muted"), (name, style), gap))
        return Content("  " if self.size.width >= 90 else " ").join(parts)

    # --- going about

    def action_pane(self, name: str) -> None:
        self.save_section()
        self.pane = name
        self.query_one("#panes", ContentSwitcher).current = name
        self.reload()
        self.query_one(FOCUS[name]).focus()

    def action_step(self, step: int) -> None:
        """Letters move in lists as everywhere."""
        if isinstance(self.focused, OptionList):
            (self.focused.action_cursor_down if step > 0 else self.focused.action_cursor_up)()
        elif self.pane == "fishbone":
            self.query_one(FOCUS[self.pane]).scroll_relative(y=step, animate=False)

    def action_leave(self) -> None:
        """From the text back to the list; from there back to where one came from."""
        if self.focused is self.editor:
            self.query_one("#sections").focus()
            return
        self.save_section()
        self.keep_drafts()
        self.post_message(GoBack())

    def action_undo(self) -> None:
        if (what := self.attempt(lambda: self.desk.undo(self.incident_id))) is not None:
            self.notify(clip(f"Undone: {clean_line(what)}", 200), markup=False)
            self.reload()

    def action_redo(self) -> None:
        if (what := self.attempt(lambda: self.desk.redo(self.incident_id))) is not None:
            self.notify(clip(f"Back again: {clean_line(what)}", 200), markup=False)
            self.reload()

    def keep_drafts(self) -> None:
        self.keep_section()


def _pane_of(part: str) -> str:
    """In which pane something that is missing is filled in."""
    return "document" if part in SECTIONS else {"causes": "causes", "figures": "record"}.get(part, "actions")
