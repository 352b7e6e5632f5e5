"""Every action item of every incident: what is overdue stands first, and one key finishes, moves or chases it."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static

from incident_console.clipboard import copy
from incident_console.desk import Desk
from incident_console.desk.endings import MEETING
from incident_console.domain.actions import Grouping, Item, grouped
from incident_console.domain.followup import dated
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import ActionState
from incident_console.screens import Copier, GoBack, OpenPostmortem
from incident_console.screens.actions.editing import Editing
from incident_console.widgets.action_list import ActionList, detail, title
from incident_console.widgets.item_form import dropping
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.questions import Choose

NAMES = {ActionState.OPEN: "open again", ActionState.IN_PROGRESS: "in progress", ActionState.DONE: "done",
         ActionState.DROPPED: "given up"}  # fmt: skip

CALENDAR = "action-items.ics"


class ActionsScreen(Editing):
    """The list, and what can be done about the item under the cursor."""

    CSS_PATH = "actions.tcss"
    BINDING_GROUP_TITLE = "Action items"
    BINDINGS = [
        Binding("e,enter", "edit", "Edit", key_display="e", id="actions.edit", tooltip="Words, owner, date, link …"),
        Binding("space,d", "done", "Done", key_display="d", id="actions.done", tooltip="It is done; again: it is not"),
        Binding("s", "start", "Start", id="actions.start", tooltip="Somebody works on it; again: nobody does yet"),
        Binding("x", "drop", "Won't do", id="actions.drop", tooltip="It will not be done: asks for the reason"),
        Binding("y", "chase", "Chase", id="actions.chase", tooltip="Copy a reminder for the owner of this item"),
        Binding("g", "group", "Group", id="actions.group", tooltip="By date, owner, age or incident; also 1 2 3 4"),
        Binding("n", "add", "New", id="actions.new", tooltip="A new item for an incident that you choose"),
        Binding("escape,b", "leave", "Back", id="actions.leave", tooltip="Back to where you came from"),
        Binding("c", "commit", "Commit", id="actions.commit", tooltip="Make an idea a commitment: owner and date"),
        Binding("o", "owner", "Owner", id="actions.owner", tooltip="Who owns it"),
        Binding("t", "date", "Date", id="actions.date", tooltip="Until when: next friday, in 2 weeks, 1 dec"),
        Binding("w", "write", ".ics", id="actions.write", tooltip="Write the dates to a calendar file"),
        Binding("p", "postmortem", "Why", id="actions.postmortem", tooltip="The postmortem that it comes from"),
        Binding("f", "filter", "Open/all", show=False, id="actions.filter", tooltip="Only what is open, or all again"),
        Binding("z", "undo", "Undo", show=False, id="actions.undo", tooltip="Take back your last step on its incident"),
        Binding("1", "by('date')", "By date", show=False, id="actions.1", tooltip="Group by date"),
        Binding("2", "by('owner')", "By owner", show=False, id="actions.2", tooltip="Group by owner"),
        Binding("3", "by('age')", "By age", show=False, id="actions.3", tooltip="Group by age"),
        Binding("4", "by('incident')", "By incident", show=False, id="actions.4", tooltip="Group by incident"),
        Binding("j", "move(1)", "Down", show=False, id="actions.down", tooltip="Next item"),
        Binding("k", "move(-1)", "Up", show=False, id="actions.up", tooltip="Previous item"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, copier: Copier = copy) -> None:
        super().__init__(desk, copier)
        self._items: tuple[Item, ...] = ()
        self._moved_in = ""
        """The incident of the last item that was changed here."""
        self._how = Grouping.DUE
        self._only_open = False
        self._today = desk.today()

    def compose(self) -> ComposeResult:
        yield Static(id="heading")
        yield ActionList()
        yield Static(_nothing(), id="empty")
        yield Static(id="detail")
        yield KeyBar()

    # --- what is shown

    def on_mount(self) -> None:
        self.reload()

    def watch_now(self) -> None:
        if self.is_mounted and self.desk.today() != self._today:
            self.reload()

    def on_resize(self) -> None:
        if self.is_mounted:
            self._paint()

    @property
    def item(self) -> Item | None:
        """The one under the cursor."""
        return self.query_one(ActionList).item

    def reload(self) -> None:
        """Read what is true now."""
        found = self.attempt(self.desk.items)
        if found is not None:
            self._items, self._today = found, self.desk.today()
            self._paint()

    def _paint(self) -> None:
        listed = tuple(item for item in self._items if item.is_live or not self._only_open)
        groups = grouped(listed, self._how, self._today, self.desk.now())
        items = self.query_one(ActionList)
        items.show(groups, self._today, self.desk.zone, max(60, self.size.width - 3))
        items.display = bool(listed)
        self.query_one("#empty").display = not listed
        how = f"{self._how}{', only open' if self._only_open else ''}"
        self.query_one("#heading", Static).update(title(self.desk.figures(self._items), how, self._drills))
        self._show_detail()

    @property
    def _drills(self) -> int:
        return sum(item.drill for item in self._items)

    @on(OptionList.OptionHighlighted)
    def _show_detail(self) -> None:
        panel, item = self.query_one("#detail", Static), self.item
        panel.display = item is not None
        if item is not None:
            panel.update(detail(item, self._causes(item), self._today, self.desk.now()))

    def _causes(self, item: Item) -> Sequence[str]:
        """The answers of the causes that it is about."""
        if not item.what.causes:
            return ()
        incident = self.attempt(lambda: self.desk.incident(item.incident_id))
        return [why.answer for why in incident.whys if why.id in item.what.causes] if incident is not None else ()

    def action_by(self, how: str) -> None:
        self._how = Grouping(how)
        self._paint()

    def action_group(self) -> None:
        ways = list(Grouping)
        self.action_by(ways[(ways.index(self._how) + 1) % len(ways)])

    def action_filter(self) -> None:
        self._only_open = not self._only_open
        self._paint()

    def action_move(self, step: int) -> None:
        items = self.query_one(ActionList)
        (items.action_cursor_down if step > 0 else items.action_cursor_up)()

    def action_leave(self) -> None:
        self.post_message(GoBack())

    def action_postmortem(self) -> None:
        if (item := self._chosen()) is not None:
            self.post_message(OpenPostmortem(item.incident_id))

    def _chosen(self) -> Item | None:
        """The one under the cursor; says what to do when there is none."""
        if (item := self.item) is None:
            self.notify("There is no action item here. Press n to add one.", markup=False)
        return item

    # --- where it stands

    def action_done(self) -> None:
        self._toggle(ActionState.DONE)

    def action_start(self) -> None:
        self._toggle(ActionState.IN_PROGRESS)

    def _toggle(self, state: ActionState) -> None:
        if (item := self._chosen()) is not None:
            self._move(item, ActionState.OPEN if item.what.state == state else state)

    def _move(self, item: Item, state: ActionState, reason: str = "") -> object:
        moved = self.attempt(lambda: self.desk.move_action(item.incident_id, item.what.id, state, reason))
        self._moved_in = item.incident_id if moved is not None else self._moved_in
        self.reload()
        if moved is not None:
            self.notify(clip(f"{item.id} is {NAMES[state]}. z takes it back.", 200), markup=False)
        return moved

    @work
    async def action_drop(self) -> None:
        if (item := self._chosen()) is None:
            return
        key, question, hint = dropping(item)
        reason = await self.ask(key, question, hint=hint, needed=True)
        if reason is not None:
            self.settle(key, self._move(item, ActionState.DROPPED, reason))

    def action_undo(self) -> None:
        """My last step here, wherever the cursor is by now."""
        if not self._moved_in:
            self.notify("You have changed nothing here yet.", markup=False)
            return
        if (what := self.attempt(lambda: self.desk.undo(self._moved_in))) is not None:
            self.notify(clip(f"Undone: {clean_line(what)}", 200), markup=False)
            self.reload()

    # --- what it says

    @work
    async def action_owner(self) -> None:
        if (item := self._chosen()) is not None:
            await self.ask_owner(item)

    @work
    async def action_date(self) -> None:
        if (item := self._chosen()) is not None:
            await self.ask_date(item)

    @on(OptionList.OptionSelected)
    @work
    async def action_edit(self) -> None:
        if (item := self._chosen()) is not None:
            await self.edit(item)

    @work
    async def action_commit(self) -> None:
        item = self._chosen()
        if item is not None and item.what.candidate:
            await self.commit(item)
        elif item is not None:
            self.notify(f"{item.id} is a commitment already. e edits it.", markup=False)

    @work
    async def action_add(self) -> None:
        """Which incident first; then the form."""
        summaries = self.attempt(self.desk.summaries) or ()
        if not summaries:
            self.notify("There is no incident yet. Declare one on the board with d.", markup=False)
            return
        options = [(one.id, Content(f"{one.reference} {clip(clean_line(one.title), 60)}")) for one in summaries[::-1]]
        chosen = await self._which_incident(options)
        if chosen is not None:
            await self.create(chosen)

    async def _which_incident(self, options: Sequence[tuple[str, Content]]) -> str | None:
        """One of them; the cursor stands on that of the item under the cursor."""
        current = self.item.incident_id if self.item is not None else ""
        return await self.app.push_screen_wait(Choose(Content("Which incident is it about"), options, current))

    # --- out of here

    @work
    async def action_chase(self) -> None:
        """Copy a reminder with all that the owner of this item has open."""
        if (item := self._chosen()) is None:
            return
        owner = clean_line(item.what.owner)
        text = self.attempt(lambda: self.desk.chase(owner))
        if text is not None:
            whose = f"A reminder for {owner}" if owner else "A question to all, who takes what nobody owns"
            self.notify(clip(f"{whose}, with dates and links", 200), markup=False)
            await self.copy_or_show(text)

    @work
    async def action_write(self) -> None:
        if not dated(self._items):
            self.notify("No open item has a date, so there is nothing for a calendar. t sets one.", markup=False)
            return
        hint = Content("an all-day entry for each open commitment with a date · enter writes")
        file = await self.ask_file("item-calendar", CALENDAR, MEETING, hint)
        if file is not None:
            path = self.attempt(lambda: self.desk.write_calendar(file[0], self._items, file[1]))
            self.tell_written("item-calendar", path)


def _nothing() -> Content:
    return Content.assemble(
        ("No action item here.", "bold"),
        "\n\nAfter an incident, say what will be different, who does it and until when.",
        "\n\nA new one:              press ", ("n", "bold $accent"), " and choose the incident",
        "\nFrom its causes:        open the postmortem with ", ("w", "bold $accent"), " on the board",
        "\nAll, or only open ones: press ", ("f", "bold $accent"),
        "\n\nWhat stays an idea can be kept apart until somebody commits to it.",
    )  # fmt: skip
