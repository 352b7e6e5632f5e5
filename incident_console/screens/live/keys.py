"""Where the keys of the live screen meet their actions; it holds the bindings and what all of them need."""

from typing import Final

from textual.content import Content

from incident_console.desk import Desk
from incident_console.screens.live.bindings import ENTRIES, IN_THE_LIST, JUMPS, ROOM, TYPING
from incident_console.screens.live.room import RoomKeys
from incident_console.widgets.log_input import LogInput

COMMON: Final = ("correct", "strike", "pin", "park", "attach", "filter", "undo")
"""Actions on entries that the line below the list names."""


class LiveKeys(RoomKeys):
    """The actions of the live screen under their keys; `LiveScreen` puts the widgets around them."""

    BINDING_GROUP_TITLE = "Incident"
    BINDINGS = [*ROOM, *ENTRIES, *JUMPS, *TYPING, *IN_THE_LIST]

    def __init__(self, desk: Desk, incident_id: str) -> None:
        super().__init__(desk, incident_id)
        self._asked: set[str] = set()
        """Statuses whose open items were named already."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The function keys stand in for the letters while somebody types, or has no letters."""
        return isinstance(self.focused, LogInput) or self.letters_off if action == "typing" else True

    async def action_typing(self, action: str) -> None:
        await self.run_action(action)

    def entry_keys(self) -> Content:
        """The keys that act on the entry under the cursor, for the line below the list."""
        common = [binding for binding in ENTRIES if binding.action in COMMON]
        named = [f"{self.app.get_key_display(binding)} {binding.description.lower()}" for binding in common]
        with_alt = "letters with alt: " if self.letters_off else ""
        return Content(with_alt + " · ".join([*named, "1 2 3 jump", "f1 all"]))

    def phase_not_asked(self) -> bool:
        fresh = self.incident.status not in self._asked
        self._asked.add(self.incident.status)
        return fresh

    def say_if_overtaken(self, seen: str) -> None:
        """One's own last change says from what it went on; if that is not what stood here, somebody was faster."""
        mine = self.attempt(lambda: self.desk.own_last_status(self.incident_id))
        if mine is not None and mine.previous != seen:
            self.tell(f"It was {mine.previous} already when you set it; both changes are in the timeline.")

    def action_zone(self) -> None:
        """UTC and local time by turns; the zone is named wherever a time stands."""
        self.desk.switch_zone()
        self.show_zone()

    def show_zone(self) -> None:
        """Draw every time anew."""
        raise NotImplementedError
