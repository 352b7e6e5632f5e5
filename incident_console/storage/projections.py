"""The read models: one row per incident, the rows of the timelines, action items and the search index.

Written in the transaction of the events they come from; every one can be rebuilt from the log."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.events import Event
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Entry, entry, is_row
from incident_console.domain.undo import voided
from incident_console.storage.appending import insert_line, next_number
from incident_console.storage.event_log import EventLog

POINTERS: Final = (e.Corrected, e.Retimed, e.Struck, e.Marked, e.Linked)
"""Events that change how an earlier entry reads."""

ITEMS: Final = (e.ActionAdded, e.ActionChanged, e.ActionMoved, e.Undone, e.Redone)
"""Events that can change the list of action items."""


class Projections:
    """Keeps the read models in step with the log; the caller holds the transaction."""

    def __init__(self, connection: sqlite3.Connection, log: EventLog) -> None:
        self._db = connection
        self._log = log

    def follow(self, events: Sequence[Event]) -> None:
        """Take in events that were just appended."""
        for event in events:
            if is_row(event.body):
                self._add_entry(event)
            for target in self._touched(event):
                self._refresh_entry(target)
        for stream in {event.stream for event in events if not isinstance(event.body, e.Noted)}:
            items = any(isinstance(event.body, ITEMS) for event in events if event.stream == stream)
            self._refresh_incident(stream)
            if items:
                self._refresh_actions(fold(stream, self._log.state_events(stream)))

    def rebuild(self) -> None:
        """Throw all read models away and derive them from the log."""
        for table in ("incidents", "entries", "actions"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("INSERT INTO search(search) VALUES ('delete-all')")
        streams: dict[str, list[Event]] = {}
        for event in self._log.everything():
            streams.setdefault(event.stream, []).append(event)
        for stream, events in streams.items():
            self._rebuild_stream(stream, events)

    def _rebuild_stream(self, stream: str, events: list[Event]) -> None:
        gone, about = voided(events), _pointing(events)
        rows = (event for event in events if is_row(event.body))
        entries = [entry(event, n, about.get(event.id, ()), gone) for n, event in enumerate(rows, 1)]
        for each in entries:
            self._insert_entry(stream, each)
        self._refresh_incident(stream)
        self._refresh_actions(fold(stream, events))

    def _add_entry(self, event: Event) -> None:
        number = next_number(self._db, event.stream)
        self._insert_entry(event.stream, entry(event, number, (), frozenset()))

    def _insert_entry(self, stream: str, row: Entry) -> None:
        line = (
            row.event_id, row.occurred_at, row.recorded_at, row.kind, row.text, row.actor, row.mark, row.hidden,
            ",".join(row.flags),
        )  # fmt: skip
        insert_line(self._db, stream, row.number, line)

    def _touched(self, event: Event) -> tuple[str, ...]:
        """Ids of the earlier entries that read differently because of this event."""
        body = event.body
        if isinstance(body, POINTERS):
            return (body.target,)
        if not isinstance(body, e.Undone | e.Redone):
            return ()
        target = self._log.by_id(body.target)
        if target is None:
            return ()
        return (target.body.target,) if isinstance(target.body, POINTERS) else (target.id,)

    def _refresh_entry(self, event_id: str) -> None:
        found = self._db.execute("SELECT id, number, text FROM entries WHERE event_id = ?", (event_id,)).fetchone()
        event = self._log.by_id(event_id)
        if found is None or event is None:
            return
        row_id, number, old = found
        history = self._log.state_events(event.stream)
        new = entry(event, number, _pointing(history).get(event_id, ()), voided(history))
        self._db.execute(
            "UPDATE entries SET occurred_at = ?, text = ?, mark = ?, hidden = ?, flags = ? WHERE id = ?",
            (new.occurred_at, new.text, new.mark, new.hidden, ",".join(new.flags), row_id),
        )
        self._db.execute("INSERT INTO search(search, rowid, text) VALUES ('delete', ?, ?)", (row_id, old))
        self._db.execute("INSERT INTO search(rowid, text) VALUES (?, ?)", (row_id, new.text))

    def _refresh_incident(self, stream: str) -> None:
        history = self._log.state_events(stream)
        state = fold(stream, history)
        if not state.number:
            return
        digest = next((event.body.digest for event in history if isinstance(event.body, e.Imported)), "")
        self._db.execute(
            "INSERT OR REPLACE INTO incidents(id, number, title, severity, status, drill, imported, declared_at,"
            " started_at, resolved_at, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                stream, state.number, state.title, state.severity, state.status, state.drill, state.imported,
                state.declared_at, state.started_at, state.resolved_at, digest,
            ),
        )  # fmt: skip

    def _refresh_actions(self, state: Incident) -> None:
        self._db.execute("DELETE FROM actions WHERE stream = ?", (state.id,))
        self._db.executemany(
            "INSERT INTO actions(id, stream, text, kind, owner, due, link, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (item.id, state.id, item.text, item.action_kind, item.owner, item.due, item.link, item.state)
                for item in state.actions
                if not item.candidate  # nobody promised an idea
            ],
        )


def _pointing(events: Iterable[Event]) -> dict[str, list[Event]]:
    """The corrections, strikes, marks and links among events, by the entry that they point at."""
    about: dict[str, list[Event]] = {}
    for event in events:
        if isinstance(event.body, POINTERS):
            about.setdefault(event.body.target, []).append(event)
    return about
