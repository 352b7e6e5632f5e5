"""What every part of the desk stands on: the store, the clock, the actor and the one way to change an incident."""

from collections.abc import Callable
from datetime import UTC
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from incident_console.domain.clock import Clock, Zone
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Refused
from incident_console.storage.store import Store, Writer

if TYPE_CHECKING:
    from incident_console.domain.policy import Policy


@frozen
class Setting:
    """Everything that the outside world gives to a desk."""

    store: Store
    clock: Clock
    zone: Zone
    actor: str
    """Who sits at the keyboard; written into every event."""
    content: Path | None = None
    """A company's own pack; None for the shipped one."""


@frozen
class Moment:
    """What a decision may look at besides the state."""

    now: int
    zone: Zone
    writer: Writer


Fact = Callable[[Incident, Moment], Body]
"""Decides one fact; raises Refused when it cannot be."""


class Base:
    """The parts that commands and queries share. Commands raise Refused or StorageTrouble."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.store = setting.store
        self.zone = setting.zone
        self.actor = setting.actor
        self.writes = 0
        """How often this desk has written; others' writes are told by `changed`."""

    def switch_zone(self) -> None:
        """Show times in UTC, or again in the zone that the desk was opened with."""
        self.zone = self.setting.zone if self.zone is not self.setting.zone else Zone(UTC)

    def now(self) -> int:
        """The present instant in microseconds UTC."""
        return self.setting.clock.now()

    def steady(self) -> int:
        """Microseconds on a clock that nobody sets."""
        return self.setting.clock.steady()

    @cached_property
    def policy(self) -> "Policy":
        """The severity levels and cadences in force; raises ContentTrouble for a broken pack."""
        from incident_console.content.policy import load_policy

        return load_policy(self.setting.content)

    def incident(self, incident_id: str) -> Incident:
        """The present state of an incident; raises Refused when there is none."""
        with self.store.reading():
            state = fold(incident_id, self.store.log.state_events(incident_id))
        if not state.number:
            raise Refused("This incident does not exist in this database.")
        return state

    def _change(
        self, incident_id: str, decide: Callable[[Incident, Moment], list[tuple[Body, int]]]
    ) -> tuple[Event, ...]:
        """The only way to write: lock, fold what is true now, decide, append, save."""
        with self.store.writing() as writer:
            state = fold(incident_id, writer.log.state_events(incident_id))
            if not state.number:
                raise Refused("This incident does not exist in this database.")
            moment = Moment(self.now(), self.zone, writer)
            events = writer.append(incident_id, decide(state, moment), self.actor, moment.now)
        self.writes += 1
        return events

    def _one(self, incident_id: str, fact: Fact, at: int | None = None) -> Incident:
        """Append one fact that happened at an instant, or happens now; returns the state after it."""
        self._change(
            incident_id, lambda state, moment: [(fact(state, moment), moment.now if at is None else at)]
        )  # fmt: skip
        return self.incident(incident_id)

    def entry(self, incident_id: str, number: int) -> Entry:
        """The entry with the number that `show` prints; raises Refused when there is none."""
        with self.store.reading():
            found = self.store.queries.entry(incident_id, number)
        if found is None:
            raise Refused(f"There is no entry {number}. The numbers stand first in each line of: incident-console show")
        return found
