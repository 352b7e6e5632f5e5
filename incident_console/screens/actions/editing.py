"""Asking for what an action item says, and saving it: forms that keep what was typed. It shows no list."""

from collections.abc import Sequence

from textual.content import Content

from incident_console.domain.actions import Item
from incident_console.domain.decide import Check
from incident_console.domain.events import Pairs
from incident_console.domain.text import clean_line
from incident_console.screens import Following
from incident_console.widgets.form import Row
from incident_console.widgets.item_form import (
    NEW_ROWS,
    OWNER,
    PROMISE,
    ROWS,
    UNTIL,
    Command,
    asking_once,
    part_of,
    promising,
    wanted,
)


class Editing(Following):
    """A place that writes action items."""

    async def edit(self, item: Item) -> None:
        """All that an item says."""
        await self._edit(item, ROWS, f"{item.id}, {clean_line(item.title)}")

    async def ask_owner(self, item: Item) -> None:
        await self._edit(item, (OWNER,), f"Who owns {item.id}: {clean_line(item.what.text)}")

    async def ask_date(self, item: Item) -> None:
        await self._edit(item, (UNTIL,), f"Until when {item.id}: {clean_line(item.what.text)}")

    async def commit(self, item: Item) -> None:
        """Owner and date, the two things that make an idea a commitment."""
        await self._edit(item, PROMISE, promising(item), candidate=False)

    async def _edit(self, item: Item, rows: Sequence[Row], words: str, candidate: bool | None = None) -> None:
        key, preset = part_of(item, rows)

        def save(answer: Pairs, check: Check) -> Item:
            new = wanted(answer, preset, candidate)
            return self.desk.change_item(item.incident_id, item.what.id, new, check)

        await self._ask(key, words, rows, preset, save)

    async def create(self, incident_id: str) -> None:
        """A new item of an incident."""

        def save(answer: Pairs, check: Check) -> Item:
            return self.desk.add_item(incident_id, wanted(answer, ()), check)

        await self._ask(f"item-new:{incident_id}", "A new action item", NEW_ROWS, (("kind", "prevent"),), save)

    async def _ask(self, key: str, words: str, rows: Sequence[Row], preset: Pairs, save: Command) -> None:
        await self.fill(key, Content(words), rows, preset, asking_once(save))
        self.reload()
