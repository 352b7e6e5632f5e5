"""Action items of all incidents: promising, changing, finishing them, and writing their days for calendars.

Its rules are imported where they are needed: most commands never ask for them, and every command loads this file."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from incident_console.desk.base import Base
from incident_console.desk.files import write
from incident_console.domain import events as e
from incident_console.domain.decide import Check
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Refused, reference
from incident_console.storage.queries import Summary

if TYPE_CHECKING:
    from incident_console.domain.actions import Item, Wanted
    from incident_console.domain.followup import Figures

KINDS: Final = tuple(body.kind for body in (e.ActionAdded, e.ActionChanged, e.ActionMoved, e.Undone, e.Redone))
"""The events that can change action items: a fold over these alone gives the same items as one over all."""


class Actions(Base):
    """What was promised so that it does not happen again. Each command saves before it returns, or raises."""

    def today(self) -> date:
        """The day on the reader's wall."""
        return self.zone.show(self.now()).date()

    def items(self) -> "tuple[Item, ...]":
        """Every action item there is, the ones that need somebody first."""
        from incident_console.domain.actions import in_order

        with self.store.reading():
            found = [item for summary in self.store.queries.all_incidents() for item in self._items(summary)]
        return in_order(found, self.today())

    def _items(self, summary: Summary) -> "tuple[Item, ...]":
        from incident_console.domain.actions import items_of

        history = self.store.log.of_kinds(summary.id, KINDS)
        return items_of(fold(summary.id, history).actions, history, _source(summary)) if history else ()

    def items_of(self, incident_id: str) -> "tuple[Item, ...]":
        """Those of one incident, in the order in which they were added."""
        with self.store.reading():
            summary = next((each for each in self.store.queries.all_incidents() if each.id == incident_id), None)
            return self._items(summary) if summary is not None else ()

    def item(self, named: str) -> "Item":
        """The item that people call `INC-7/3`; raises Refused when there is none."""
        from incident_console.domain.actions import parse_id

        incident, number = parse_id(named)
        with self.store.reading():
            summary = self.store.queries.by_number(incident)
            found = self._items(summary) if summary is not None else ()
        if (item := next((each for each in found if each.number == number), None)) is None:
            raise Refused(f"There is no {reference(incident)}/{number}. See them all with: incident-console actions")
        return item

    def figures(self, items: "tuple[Item, ...]") -> "Figures":
        """How many commitments among some items are kept."""
        from incident_console.domain.followup import figures

        return figures(items, self.now(), self.zone)

    def chase(self, owner: str) -> str:
        """A message to an owner about all that they have open; empty for what nobody owns."""
        from incident_console.domain.followup import chase

        return chase(self.items(), owner, self.today())

    # --- writing

    def add_item(self, incident_id: str, wanted: "Wanted", check: Check = Check.STRICT) -> "Item":
        """Promise something, or keep an idea. Raises OddTime for a day that has passed unless it is forced."""
        from incident_console.domain.actions import add

        today = self.today()
        events = self._change(incident_id, lambda state, moment: [(add(state, wanted, today, check), moment.now)])
        return self._again(incident_id, events[0].id)

    def change_item(self, incident_id: str, item_id: str, wanted: "Wanted", check: Check = Check.STRICT) -> "Item":
        """Let an item read differently; what is not given stays. `Wanted(candidate=False)` commits to an idea."""
        from incident_console.domain.actions import change

        today = self.today()
        self._one(incident_id, lambda state, moment: change(state, item_id, wanted, today, check))
        return self._again(incident_id, item_id)

    def _again(self, incident_id: str, item_id: str) -> "Item":
        return next(item for item in self.items_of(incident_id) if item.what.id == item_id)

    def move_action(self, incident_id: str, item_id: str, state: str, reason: str = "") -> Incident:
        """Set an item to open, in_progress, done, or dropped for a reason."""
        from incident_console.domain.actions import move

        return self._one(incident_id, lambda incident, moment: move(incident, item_id, state, reason))

    # --- calendars

    def write_calendar(self, path: Path, items: "tuple[Item, ...]", check: Check = Check.STRICT) -> Path:
        """Write the days of open commitments as an .ics file; an existing file is replaced only when forced.

        Raises Refused for a name that promises something else, and for a place that cannot be written.
        """
        from incident_console.desk.endings import MEETING, check_ending
        from incident_console.domain.followup import to_calendar

        return write(check_ending(path, MEETING), to_calendar(items), check)


def _source(summary: Summary) -> Incident:
    """What an item says about its incident."""
    return Incident(
        summary.id, summary.number, summary.title, summary.severity, status=summary.status, drill=summary.drill
    )
