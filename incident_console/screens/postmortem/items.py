"""The action items of one incident: promised here, chased on the screen of all incidents."""

from collections.abc import Callable
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from incident_console.domain.actions import Grouping, Item, grouped
from incident_console.domain.decide import Check
from incident_console.domain.events import Pairs
from incident_console.domain.incident import Incident, Why
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import ActionState
from incident_console.screens import OpenActions
from incident_console.screens.postmortem.place import PostmortemPlace
from incident_console.widgets.action_list import heading, row
from incident_console.widgets.item_form import (
    NEW_ROWS,
    PROMISE,
    ROWS,
    asking_once,
    dropping,
    part_of,
    promising,
    values_of,
    wanted,
)
from incident_console.widgets.rows import Row, Rows
from incident_console.widgets.why_tree import WhyTree

MARGIN = 4
"""Cells beside a row: the pane's and the list's."""


class ItemKeys(PostmortemPlace):
    """What the keys of this pane do."""

    _items: tuple[Item, ...] = ()

    def items_pane(self) -> ComposeResult:
        """The widgets of this pane."""
        with Vertical(id="actions", classes="pane"):
            yield Static(
                "No action item yet. n promises something: what, who, until when. In the tree, A is about one cause.",
                id="no-actions", classes="empty",
            )  # fmt: skip
            yield Rows(id="items")

    def show_items(self) -> None:
        """The list anew."""
        self._items = self.attempt(lambda: self.desk.items_of(self.incident_id)) or ()
        today, zone, width = self.desk.today(), self.desk.zone, self.size.width - MARGIN
        rows: list[Row] = []
        for group in grouped(self._items, Grouping.DUE, today, self.desk.now()):
            rows += [("", heading(group)), *((item.what.id, row(item, today, zone, width)) for item in group.items)]
        self.fill_rows("#items", rows)
        self.query_one("#no-actions").display = not self._items

    @property
    def _item(self) -> Item | None:
        chosen = self.row("#items")
        return next((item for item in self._items if item.what.id == chosen), None)

    @property
    def _cause(self) -> Why | None:
        """What a new item is about: the cause under the cursor of the tree, or of the product questions."""
        if self.pane == "causes":
            link = self.query_one(WhyTree).link
            return link.why if link is not None else None
        what, _, name = self.row("#product").partition(":") if self.pane == "product" else ("", "", "")
        return next((why for why in self.incident.whys if what == "lens" and why.id == name), None)

    @work
    async def action_new_item(self) -> None:
        """A new action item; from the tree or the product questions, one about the cause under the cursor."""
        why = self._cause
        about = f" about: {clip(clean_line(why.answer), 60)}" if why is not None else ""
        key = f"item-new:{self.incident_id}{f':{why.id}' if why is not None else ''}"
        await self.fill(key, Content(f"A new action item{about}"), NEW_ROWS, self._preset(why), self._adding(why))
        self.reload()

    def _preset(self, why: Why | None) -> Pairs:
        """What the form holds at first; from the product questions the answer, as work of the product team."""
        if why is None or self.pane != "product":
            return (("kind", "prevent"),)
        return (("kind", "prevent"), ("product", "yes"), ("text", clean_line(why.lens)))

    def _adding(self, why: Why | None) -> Callable[[Pairs], Item]:
        def save(answer: Pairs, check: Check) -> Item:
            new = wanted(answer, ())
            about = replace(new, causes=(why.id,)) if why is not None else new
            return self.desk.add_item(self.incident_id, about, check)

        return asking_once(save)

    @on(OptionList.OptionSelected, "#items")
    @work
    async def _edit_item(self) -> None:
        if (item := self._item) is not None:
            preset = values_of(item)
            save = self._changing(item, preset)
            await self.fill(f"item:{item.what.id}", Content(item.id), ROWS, preset, asking_once(save))
            self.reload()

    def _changing(self, item: Item, preset: Pairs, candidate: bool | None = None) -> Callable[[Pairs, Check], Item]:
        def save(answer: Pairs, check: Check) -> Item:
            return self.desk.change_item(self.incident_id, item.what.id, wanted(answer, preset, candidate), check)

        return save

    @work
    async def action_commit_item(self) -> None:
        """Owner and date, the two things that make an idea a commitment."""
        item = self._item
        if self.elsewhere("actions", "ideas become commitments") or item is None:
            return
        if item.what.candidate:
            await self._promise(item)
        else:
            self.notify(f"{item.id} is a commitment already. enter edits it.", markup=False)

    async def _promise(self, item: Item) -> None:
        key, preset = part_of(item, PROMISE)
        save = self._changing(item, preset, candidate=False)
        await self.fill(key, Content(promising(item)), PROMISE, preset, asking_once(save))
        self.reload()

    @work
    async def action_drop_item(self) -> None:
        """It will not be done: asks for the reason."""
        item = self._item
        if self.elsewhere("actions", "action items are given up") or item is None:
            return
        if item.what.state == ActionState.DROPPED:
            self._move_item(ActionState.DROPPED)
        else:
            await self._give_up(item)

    async def _give_up(self, item: Item) -> None:
        key, question, hint = dropping(item)
        reason = await self.ask(key, question, hint=hint, needed=True)
        if reason is not None:
            self.settle(key, self._move(item, ActionState.DROPPED, reason))
        self.reload()

    def action_item_done(self) -> None:
        self._move_item(ActionState.DONE)

    def action_item_started(self) -> None:
        self._move_item(ActionState.IN_PROGRESS)

    def _move_item(self, state: ActionState) -> None:
        """Into a state; out of it when it is there already."""
        item = self._item
        if self.elsewhere("actions", "action items are done and started") or item is None:
            return
        new = ActionState.OPEN if item.what.state == state else state
        self._move(item, new)
        self.reload()

    def _move(self, item: Item, state: ActionState, reason: str = "") -> Incident | None:
        return self.attempt(lambda: self.desk.move_action(self.incident_id, item.what.id, state, reason))

    def action_all_items(self) -> None:
        self.post_message(OpenActions())
