"""The postmortem of one incident: why it happened, what to say about it, what will be done."""

from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from incident_console.clipboard import CopyResult, copy
from incident_console.desk import Desk
from incident_console.desk.files import write_new
from incident_console.domain.incident import ActionItem
from incident_console.domain.postmortem import SECTIONS, Link, chain, gaps
from incident_console.domain.text import clean_line, clip, first_line
from incident_console.domain.vocabulary import ActionState
from incident_console.screens import Copier, GoBack, Place
from incident_console.widgets import badges
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.why_tree import WhyTree


class PostmortemScreen(Place):
    """Three lists: whys, sections, action items; tab or 1, 2, 3 moves between them."""

    CSS_PATH = "postmortem.tcss"
    AUTO_FOCUS = "WhyTree"
    BINDING_GROUP_TITLE = "Postmortem"
    BINDINGS = [
        Binding("1", "pane('#whys')", "Whys", id="postmortem.whys", tooltip="To the chain of whys"),
        Binding(
            "2", "pane('#sections')", "Sections", id="postmortem.sections", tooltip="To the sections; enter writes one"
        ),
        Binding(
            "3", "pane('#actions')", "Actions", id="postmortem.actions", tooltip="To the action items; enter edits one"
        ),
        Binding(
            "n", "new_action", "New action", id="postmortem.new", tooltip="Add an action item: words, owner, due date"
        ),
        Binding(
            "d", "done", "Done", id="postmortem.done", tooltip="Set the action item under the cursor to done, or open"
        ),
        Binding("w", "write", "Export", id="postmortem.write", tooltip="Write the document as Markdown to a file"),
        Binding("c", "copy", "Copy", id="postmortem.copy", tooltip="Copy the document as Markdown"),
        Binding("z", "undo", "Undo", id="postmortem.undo", tooltip="Take back your last step"),
        Binding("escape,b", "leave", "Back", id="postmortem.leave", tooltip="Back to where you came from"),
    ]

    def __init__(self, desk: Desk, incident_id: str, copier: Copier = copy) -> None:
        super().__init__(desk, copier)
        self.incident_id = incident_id
        self.incident = desk.incident(incident_id)

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, "in the postmortem"

    def compose(self) -> ComposeResult:
        yield Static(id="heading")
        with Vertical(id="panes"):
            yield Static("why did it happen", classes="heading")
            yield WhyTree(id="whys")
            yield Static("Press a to answer: why did it happen?", id="no-whys", classes="empty")
            yield Static("what to say about it", classes="heading")
            yield OptionList(id="sections", markup=False)
            yield Static("what will be done", classes="heading")
            yield OptionList(id="actions", markup=False)
            yield Static("Press n to promise something: what, who, until when.", id="no-actions", classes="empty")
        yield Static(id="gaps")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.reload()

    def watch_revision(self) -> None:
        if self.is_mounted:
            self.reload()

    def reload(self) -> None:
        """Read what is true now."""
        incident = self.attempt(lambda: self.desk.incident(self.incident_id))
        if incident is None:
            return
        self.incident = incident
        self.query_one(WhyTree).show(chain(incident))
        self._fill("#sections", [(name, self._section(name)) for name in SECTIONS])
        self._fill("#actions", [(item.id, self._item(item)) for item in incident.actions])
        self.query_one("#no-whys").display = not incident.whys
        self.query_one("#no-actions").display = not incident.actions
        self._heading()

    def _heading(self) -> None:
        incident = self.incident
        heading = Content.assemble(
            (incident.reference, "bold"), " ", badges.severity_badge(incident.severity), badges.drill_mark(incident),
            " postmortem: ", (clip(clean_line(incident.title), 60), "bold"),
        )  # fmt: skip
        self.query_one("#heading", Static).update(heading)
        found = gaps(incident)
        words = f"still missing: {' '.join(found)}" if found else "nothing is missing that could be checked"
        self.query_one("#gaps", Static).update(Content(words))

    def _fill(self, selector: str, rows: list[tuple[str, Content]]) -> None:
        options = self.query_one(selector, OptionList)
        place = options.highlighted
        options.set_options([badges.option(key, content) for key, content in rows])
        options.highlighted = min(place or 0, len(rows) - 1) if rows else None

    def _section(self, name: str) -> Content:
        text = self.incident.section(name)
        words = clip(clean_line(first_line(text)), 200) if text else "—"
        return Content.assemble((f"{SECTIONS[name]:<22}", "$text-muted"), words)

    def _item(self, item: ActionItem) -> Content:
        done = {ActionState.DONE: "[done] ", ActionState.DROPPED: "[dropped] "}.get(ActionState(item.state), "[open] ")
        owner = Content(clean_line(item.owner)) if item.owner else Content.styled("no owner", "$warning")
        due = Content(clean_line(item.due)) if item.due else Content.styled("no due date", "$warning")
        return Content.assemble(
            (done, "$text-muted"), clean_line(item.text), ("  · ", "$text-muted"), owner, ("  · ", "$text-muted"), due
        )

    def action_pane(self, selector: str) -> None:
        self.query_one(selector).focus()

    def action_leave(self) -> None:
        self.post_message(GoBack())

    def action_undo(self) -> None:
        if (what := self.attempt(lambda: self.desk.undo(self.incident_id))) is not None:
            self.notify(clip(f"Undone: {clean_line(what)}", 200), markup=False)
            self.reload()

    # --- whys

    @on(WhyTree.Asked)
    def _why_asked(self, event: WhyTree.Asked) -> None:
        link = event.link
        match event.what:
            case "remove" if link is not None:
                self.attempt(lambda: self.desk.remove_why(self.incident_id, link.why.id))
                self.reload()
            case "change" if link is not None:
                self._change_why(link)
            case "beside" if link is not None:
                self._add_why(link.why.parent)
            case "add" | "beside" | "change":
                self._add_why(link.why.id if link is not None else None)

    @work
    async def _add_why(self, parent: str | None) -> None:
        above = next((why.answer for why in self.incident.whys if why.id == parent), self.incident.title)
        question = Content(f"Why: {clip(clean_line(above), 120)}?")
        hint = Content("what made it possible or sensible at the time, not who · enter saves · esc keeps it for later")
        key = f"why:{self.incident_id}:{parent}"
        answer = await self.ask(key, question, hint=hint)
        if answer is None:
            return
        added = self.attempt(lambda: self.desk.add_why(self.incident_id, answer, parent))
        self.settle(key, added)
        self.reload()
        if added is not None:
            self.query_one(WhyTree).select(added)

    @work
    async def _change_why(self, link: Link) -> None:
        key = f"why-edit:{link.why.id}"
        answer = await self.ask(key, Content(f"Answer {link.label}"), link.why.answer)
        if answer is not None:
            self.settle(key, self.attempt(lambda: self.desk.change_why(self.incident_id, link.why.id, answer)))
            self.reload()

    # --- sections

    @on(OptionList.OptionSelected, "#sections")
    @work
    async def _write_section(self, event: OptionList.OptionSelected) -> None:
        name = event.option.id or "summary"
        key = f"section:{self.incident_id}:{name}"
        hint = Content("several lines are fine · ctrl+s saves · esc leaves, what is typed is kept")
        text = await self.ask_text(key, Content(SECTIONS[name]), self.incident.section(name), hint)
        if text is not None:
            self.settle(key, self.attempt(lambda: self.desk.write_section(self.incident_id, name, text)))
            self.reload()

    # --- action items

    @property
    def _item_under_cursor(self) -> ActionItem | None:
        option = self.query_one("#actions", OptionList).highlighted_option
        return next((item for item in self.incident.actions if option is not None and item.id == option.id), None)

    @work
    async def action_new_action(self) -> None:
        await self._edit_action(None)

    @on(OptionList.OptionSelected, "#actions")
    @work
    async def _action_chosen(self) -> None:
        await self._edit_action(self._item_under_cursor)

    async def _edit_action(self, item: ActionItem | None) -> None:
        """Three short questions; esc at any of them keeps what was answered for the next time."""
        key = f"action:{self.incident_id}:{item.id if item else 'new'}"
        text = await self.ask(f"{key}:text", Content("What will be done"), item.text if item else "")
        if text is None:
            return
        hint = Content("empty while nobody has taken it · enter goes on")
        owner = await self.ask(f"{key}:owner", Content("Who owns it"), item.owner if item else "", hint)
        if owner is None:
            return
        hint = Content("2026-12-01, +14d or +2w; empty while open · enter saves")
        due = await self.ask(f"{key}:due", Content("Until when"), item.due if item else "", hint)
        if due is None:
            return
        saved = self.attempt(lambda: self._save_action(item, text, owner, due))
        for part in ("text", "owner", "due"):
            self.settle(f"{key}:{part}", saved)
        self.reload()

    def _save_action(self, item: ActionItem | None, text: str, owner: str, due: str) -> object:
        if item is None:
            return self.desk.add_action(self.incident_id, text, "prevent", owner, due)
        return self.desk.change_action(self.incident_id, item.id, text, owner, due)

    def action_done(self) -> None:
        item = self._item_under_cursor
        if item is None:
            self.notify("There is no action item yet. Press n to add one.", markup=False)
            return
        state = ActionState.OPEN if item.state == ActionState.DONE else ActionState.DONE
        self.attempt(lambda: self.desk.move_action(self.incident_id, item.id, state))
        self.reload()

    # --- the document

    @work
    async def action_write(self) -> None:
        name = f"{self.incident.reference}-postmortem.md"
        answer = await self.ask(f"export:{self.incident_id}", Content("Write the document to which file"), name)
        if answer is None:
            return
        path = self.attempt(lambda: write_new(Path(answer.strip() or name), self.desk.report(self.incident_id)))
        self.settle(f"export:{self.incident_id}", path)
        if path is not None:
            self.notify(f"Written to {clean_line(str(path))}", markup=False, timeout=10)

    def action_copy(self) -> None:
        text = self.attempt(lambda: self.desk.report(self.incident_id))
        if text is not None:
            self.copy_text(text, self._copied)

    def _copied(self, result: CopyResult) -> None:
        self.notify(result.sentence, markup=False, timeout=10)
        if not result.how:
            self.app.push_screen(PlainView(self.desk.report(self.incident_id), self._nothing_to_write))

    def _nothing_to_write(self) -> Content:
        return Content("esc, then w writes the document to a file")
