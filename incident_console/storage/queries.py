"""Questions that the read models answer. Whole results are fetched at once: a half-read cursor would block
every other terminal's writes."""

import sqlite3
from typing import Any, Final

from incident_console.domain.frozen import frozen
from incident_console.domain.guards import OpenItem
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import EntryKind, reference

ENTRY: Final = "number, event_id, occurred_at, recorded_at, kind, text, actor, mark, hidden, flags"
SUMMARY: Final = "id, number, title, severity, status, drill, declared_at, started_at, resolved_at"


@frozen
class Summary:
    """One line about an incident, for lists; instants in microseconds UTC."""

    id: str
    number: int
    title: str
    severity: int | None
    status: str
    drill: bool
    declared_at: int
    started_at: int | None
    resolved_at: int | None

    @property
    def reference(self) -> str:
        return reference(self.number)


@frozen
class Hit:
    """A timeline entry that a search found."""

    incident: int
    """The number of its incident."""
    entry: Entry


class Queries:
    """Reads the read models through one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def open_incidents(self) -> tuple[Summary, ...]:
        """Every incident that is not closed, oldest first."""
        return self._summaries("WHERE status <> 'closed' ORDER BY number")

    def all_incidents(self) -> tuple[Summary, ...]:
        return self._summaries("ORDER BY number")

    def by_number(self, number: int) -> Summary | None:
        return next(iter(self._summaries("WHERE number = ?", number)), None)

    def by_digest(self, digest: str) -> Summary | None:
        """The incident that was imported from a file with this content."""
        return next(iter(self._summaries("WHERE digest = ?", digest)), None)

    def lately(self, since: int) -> tuple[str, ...]:
        """Ids of the incidents that are not closed or were declared after an instant; no drills; newest first."""
        return self._ids("WHERE drill = 0 AND (status <> 'closed' OR declared_at > ?) ORDER BY number DESC", since)

    def _ids(self, where: str, *values: str | int) -> tuple[str, ...]:
        return tuple(row[0] for row in self._db.execute(f"SELECT id FROM incidents {where}", values).fetchall())

    def latest_levels(self, count: int) -> tuple[int | None, ...]:
        """The levels of the newest incidents that were declared here, newest first; no drills."""
        rows = self._db.execute(
            "SELECT severity FROM incidents WHERE drill = 0 AND imported = 0 ORDER BY number DESC LIMIT ?", (count,)
        ).fetchall()
        return tuple(row[0] for row in rows)

    def named(self, field: str) -> tuple[str, ...]:
        """Every name that a declaration gave under a field (`services`, `flows`), the most used first."""
        rows = self._db.execute(
            "SELECT value, count(*) FROM events, json_each(events.body, ?) WHERE kind IN ('declared', 'imported')"
            " AND kind <> 'noted' GROUP BY value ORDER BY count(*) DESC, value",
            (f"$.{field}",),
        ).fetchall()
        return tuple(str(row[0]) for row in rows)

    def overdue_items(self, today: str) -> tuple[tuple[str, OpenItem], ...]:
        """(incident id, item) for open action items whose ISO date has passed, the oldest first."""
        rows = self._db.execute(
            "SELECT stream, number, text, owner, due FROM actions JOIN incidents ON incidents.id = stream"
            " WHERE state IN ('open', 'in_progress') AND due <> '' AND due < ? ORDER BY due LIMIT 50",
            (today,),
        ).fetchall()
        return tuple((row[0], OpenItem(reference(row[1]), row[2], row[3], row[4])) for row in rows)

    def starts_with(self, stream: str, words: str) -> bool:
        """Whether a shown entry begins with some words."""
        found = self._db.execute(
            "SELECT 1 FROM entries WHERE stream = ? AND hidden = 0 AND mark <> 'struck'"
            " AND substr(text, 1, ?) = ? LIMIT 1",
            (stream, len(words), words),
        ).fetchone()
        return found is not None

    def next_number(self) -> int:
        (number,) = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM incidents").fetchone()
        return int(number)

    def _summaries(self, where: str, *values: str | int) -> tuple[Summary, ...]:
        rows = self._db.execute(f"SELECT {SUMMARY} FROM incidents {where}", values).fetchall()
        return tuple(map(to_summary, rows))

    def entries(self, stream: str, kind: str | None = None) -> tuple[Entry, ...]:
        """A whole timeline in the order of what happened, or the entries of one kind."""
        of_kind = " AND kind = ?" if kind else ""
        return self._entries(
            f"WHERE stream = ? AND hidden = 0{of_kind} ORDER BY occurred_at, number",
            *((stream, kind) if kind else (stream,)),
        )

    def record_rows(self, stream: str) -> tuple[Entry, ...]:
        """What people logged and what commands recorded, in the order of recording; messages stand elsewhere."""
        return self._entries(
            "JOIN (SELECT id AS event, kind AS sort FROM events WHERE stream = ?) ON event = event_id"
            " WHERE hidden = 0 AND sort IN"
            " ('noted', 'declared', 'severity_changed', 'assessed', 'status_changed', 'role_assigned', 'decided',"
            " 'escalated', 'checked_in', 'requested', 'timer_started', 'timer_ended', 'timer_extended', 'clock_set',"
            " 'ticked', 'amended')"
            " ORDER BY number",
            stream,
        )

    def entry(self, stream: str, number: int) -> Entry | None:
        found = self._entries("WHERE stream = ? AND number = ? AND hidden = 0", stream, number)
        return next(iter(found), None)

    def entry_of(self, event_id: str) -> Entry | None:
        """The row of an event, hidden or not."""
        return next(iter(self._entries("WHERE event_id = ?", event_id)), None)

    def latest(self, stream: str, kinds: tuple[str, ...], since: int) -> Entry | None:
        """The newest shown entry of some kinds that happened after an instant."""
        marks = ", ".join("?" for _ in kinds)
        found = self._entries(
            f"WHERE stream = ? AND hidden = 0 AND mark <> 'struck' AND kind IN ({marks}) AND occurred_at > ?"
            " ORDER BY occurred_at DESC, number DESC LIMIT 1",
            stream, *kinds, since,
        )  # fmt: skip
        return next(iter(found), None)

    def newest(self, stream: str, kinds: tuple[str, ...], count: int) -> tuple[Entry, ...]:
        """The newest shown entries of some kinds (of all, when none is named), the newest last."""
        of_kinds = f" AND kind IN ({', '.join('?' for _ in kinds)})" if kinds else ""
        found = self._entries(
            f"WHERE stream = ? AND hidden = 0 AND mark <> 'struck'{of_kinds}"
            " ORDER BY occurred_at DESC, number DESC LIMIT ?",
            stream, *kinds, count,
        )  # fmt: skip
        return found[::-1]

    def newest_of(self, stream: str, actor: str) -> Entry | None:
        """The shown entry that a person wrote last, among the latest thousand."""
        found = self._entries(
            "WHERE stream = ? AND number > (SELECT max(number) - 1000 FROM entries WHERE stream = ?) AND hidden = 0"
            f" AND actor = ? AND kind IN ({', '.join('?' for _ in EntryKind)}) ORDER BY number DESC LIMIT 1",
            stream, stream, actor, *EntryKind,
        )  # fmt: skip
        return next(iter(found), None)

    def since(self, stream: str, number: int) -> tuple[Entry, ...]:
        """The shown entries after a number, in the order of writing."""
        return self._entries("WHERE stream = ? AND number > ? AND hidden = 0 ORDER BY number", stream, number)

    def newest_number(self, stream: str) -> int:
        (number,) = self._db.execute(
            "SELECT coalesce(max(number), 0) FROM entries WHERE stream = ?", (stream,)
        ).fetchone()
        return int(number)

    def people(self, stream: str) -> tuple[str, ...]:
        """Everybody who wrote in an incident, by name."""
        # From one name to the next along the index: a timeline of any length costs as little as its people.
        rows = self._db.execute(
            "WITH RECURSIVE names(name) AS (SELECT min(actor) FROM events WHERE stream = ?1 UNION ALL"
            " SELECT (SELECT min(actor) FROM events WHERE stream = ?1 AND actor > name) FROM names"
            " WHERE name IS NOT NULL) SELECT name FROM names WHERE name <> '' LIMIT 200",
            (stream,),
        ).fetchall()
        return tuple(row[0] for row in rows)

    def _entries(self, where: str, *values: str | int) -> tuple[Entry, ...]:
        rows = self._db.execute(f"SELECT {ENTRY} FROM entries {where}", values).fetchall()
        return tuple(map(to_entry, rows))

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """The newest entries that hold all words; the last word may be unfinished."""
        terms = [f'"{word.replace(chr(34), chr(34) * 2)}"' for word in words.split()]
        if not terms:
            return ()
        columns = ", ".join(f"entries.{name}" for name in ENTRY.split(", "))
        rows = self._db.execute(
            f"SELECT incidents.number, {columns} FROM search JOIN entries ON entries.id = search.rowid"
            " JOIN incidents ON incidents.id = entries.stream"
            " WHERE search MATCH ? AND entries.hidden = 0 ORDER BY search.rowid DESC LIMIT ?",
            (" ".join(terms) + "*", limit),
        ).fetchall()
        return tuple(Hit(row[0], to_entry(row[1:])) for row in rows)


def to_entry(row: tuple[Any, ...]) -> Entry:
    number, event_id, occurred_at, recorded_at, kind, text, actor, mark, hidden, flags = row
    marks = tuple(flags.split(",")) if flags else ()
    return Entry(number, event_id, occurred_at, recorded_at, kind, text, actor, mark, bool(hidden), marks)


def to_summary(row: tuple[Any, ...]) -> Summary:
    incident_id, number, title, severity, status, drill, declared_at, started_at, resolved_at = row
    return Summary(incident_id, number, title, severity, status, bool(drill), declared_at, started_at, resolved_at)
