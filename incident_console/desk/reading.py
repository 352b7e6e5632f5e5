"""The questions people ask: which incident, what is due, what happened, what did others just write."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from incident_console.desk.past import Past
from incident_console.domain import decide
from incident_console.domain.deadlines import Deadline, clocks, urgency_key
from incident_console.domain.events import Event, StatusChanged
from incident_console.domain.filters import read_filter
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Change, Entry, history
from incident_console.domain.undo import voided
from incident_console.domain.vocabulary import Status
from incident_console.storage.queries import Hit
from incident_console.storage.timeline_rows import TimelineRows

if TYPE_CHECKING:
    from incident_console.storage.folder_watch import FolderWatch

NEWEST: Final = 20
"""So many resolved incidents are on the board in any case."""


@frozen
class Standing:
    """An incident with its clocks, for the board and for `due`."""

    incident: Incident
    clocks: tuple[Deadline, ...]


class Reading(Past):
    """Queries; none of them writes."""

    def board(self) -> tuple[Standing, ...]:
        """The incidents that are not closed, the one that needs somebody first on top. Of resolved ones that nobody
        closes only the newest are read, and those in which a clock may run: there may be hundreds."""
        with self.store.reading():
            over = self.store.past.resolved(NEWEST)
            found = [each.id for each in self.store.queries.open_incidents() if each.status != Status.RESOLVED]
        running, now = [*map(self.incident, (*found, *over))], self.now()
        ordered = sorted(running, key=lambda each: (*urgency_key(each, self.policy, now), each.number))
        return tuple(map(self.standing, ordered))

    def standing(self, incident: Incident) -> Standing:
        return Standing(incident, clocks(incident, self.policy))

    def entry_of(self, event_id: str) -> Entry | None:
        """The row of an event; None when it is none."""
        with self.store.reading():
            return self.store.queries.entry_of(event_id)

    def entries(self, incident_id: str, kind: str | None = None) -> tuple[Entry, ...]:
        """A timeline in the order of what happened, undone lines left out."""
        with self.store.reading():
            return self.store.queries.entries(incident_id, kind)

    def may_change(self, event_id: str, verb: str) -> bool:
        """True for an entry that can be `corrected` or `struck`; raises Refused for the others."""
        with self.store.reading():
            event = self.store.log.by_id(event_id)
        if event is not None:
            decide.logged_line(event, verb)
        return True

    def last_status_event(self, incident_id: str) -> Event | None:
        """The newest change of status that counts."""
        return next(iter(self._status_changes(incident_id)), None)

    def own_last_status(self, incident_id: str) -> StatusChanged | None:
        """The newest one of the person at this keyboard."""
        mine = (each.body for each in self._status_changes(incident_id) if each.actor == self.actor)
        return next((body for body in mine if isinstance(body, StatusChanged)), None)

    def _status_changes(self, incident_id: str) -> list[Event]:
        """Those that count, the newest first."""
        with self.store.reading():
            history = self.store.log.state_events(incident_id)
        gone = voided(history)
        return [each for each in reversed(history) if isinstance(each.body, StatusChanged) and each.id not in gone]

    def since(self, incident_id: str, number: int) -> tuple[Entry, ...]:
        """What was written after the entry with a number, in the order of writing."""
        with self.store.reading():
            return self.store.queries.since(incident_id, number)

    def newest_number(self, incident_id: str) -> int:
        """The number of what was written last; 0 for nothing."""
        with self.store.reading():
            return self.store.queries.newest_number(incident_id)

    def latest(self, incident_id: str, count: int) -> tuple[Entry, ...]:
        """The last things that happened, the newest last."""
        with self.store.reading():
            return self.store.queries.newest(incident_id, (), count)

    def rows(self, incident_id: str, containing: str = "") -> TimelineRows:
        """A timeline by position, for lists of any length; `containing` as people type a filter."""
        with self.store.reading():
            return self.store.rows(incident_id, read_filter(containing))

    def be(self, incident_id: str, place: str) -> None:
        """Let others see where this terminal is; an empty incident means to have left."""
        self.store.presence.say(self.actor, incident_id, place, self.now())

    def also_here(self, incident_id: str) -> tuple[tuple[str, str], ...]:
        """(name, place) of everybody else who has this incident open."""
        return self.store.presence.others(incident_id, self.now())

    def history(self, event_id: str) -> tuple[Change, ...]:
        """Every version of an entry, oldest first."""
        with self.store.reading():
            event = self.store.log.by_id(event_id)
            if event is None:
                return ()
            about = self.store.log.state_events(event.stream)
        pointing = [each for each in about if getattr(each.body, "target", "") == event_id]
        return tuple(map(self._with_evidence, history(event, pointing, voided(about))))

    def _with_evidence(self, change: Change) -> Change:
        """What was attached in its own words instead of its id."""
        if change.what != "evidence attached":
            return change
        with self.store.reading():
            row = self.store.queries.entry_of(change.text)
        return replace(change, text=row.text if row is not None else "an entry that is not here")

    def search(self, words: str) -> tuple[Hit, ...]:
        """The newest timeline entries that hold all the words."""
        with self.store.reading():
            return self.store.queries.search(words)

    def changed(self) -> bool:
        """Whether somebody else has written since this was last asked; cheap enough for ten times a second."""
        return self.store.changed()

    def folder_watch(self) -> "FolderWatch | None":
        """What tells an event loop that somebody may have written; None where one has to look again and again."""
        return self.store.folder_watch()

    def is_healthy(self) -> bool:
        """Whether the database file is sound; reads all of it and may be called from a thread."""
        return self.store.is_healthy()

    def keep_draft(self, key: str, text: str) -> None:
        """Remember what is being typed; raises OSError when even that fails."""
        self.store.drafts.keep(f"{self.actor}:{key}", text)

    def preference(self, name: str) -> str:
        """How somebody likes the console; empty while they never said."""
        return self.draft(f"preference:{name}")

    def prefer(self, name: str, value: str) -> None:
        """Remember it; a disk that refuses is not worth a word, it holds for now all the same."""
        with suppress(OSError):
            self.keep_draft(f"preference:{name}", value)

    def draft(self, key: str) -> str:
        """What was typed under this key and never saved; empty when nothing was."""
        return self.store.drafts.recall(f"{self.actor}:{key}")
