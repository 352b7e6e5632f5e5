"""Which incidents are over, newest first. Rows of one table, read by page; it never folds and never reads them all."""

import sqlite3
from typing import Final

from incident_console.storage.queries import SUMMARY, Summary, to_summary

OVER_AT: Final = "coalesce(resolved_at, started_at, declared_at)"
"""When an incident was over, or the nearest instant that is known."""

UNFINISHED: Final = (
    "NOT EXISTS (SELECT 1 FROM events AS done WHERE done.stream = incidents.id AND done.kind <> 'noted'"
    " AND done.kind = 'reviewed' AND coalesce((SELECT step.kind FROM events AS step WHERE step.stream = done.stream"
    " AND step.kind <> 'noted' AND step.kind IN ('undone', 'redone') AND json_extract(step.body, '$.target') = done.id"
    " ORDER BY step.recorded_at DESC, step.origin DESC, step.origin_seq DESC LIMIT 1), '') <> 'undone')"
)
"""Nobody finished the postmortem, or they took that back; as the fold would say."""


class Past:
    """Reads the read models through one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def counts(self) -> tuple[int, int]:
        """(how many are open, how many there are); resolved ones are open."""
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM incidents WHERE status <> 'closed'), (SELECT count(*) FROM incidents)"
        ).fetchone()
        return int(row[0]), int(row[1])

    def resolved(self, most: int) -> tuple[str, ...]:
        """Ids of resolved incidents: the newest so many, and each in which somebody started a clock."""
        rows = self._db.execute(
            "SELECT id FROM incidents WHERE status = 'resolved' AND EXISTS (SELECT 1 FROM events"
            " WHERE stream = incidents.id AND events.kind <> 'noted'"
            " AND events.kind IN ('timer_started', 'escalated', 'decided'))"
            " UNION SELECT id FROM (SELECT id FROM incidents WHERE status = 'resolved'"
            f" ORDER BY {OVER_AT} DESC LIMIT ?)",
            (most,),
        ).fetchall()
        return tuple(row[0] for row in rows)

    def waiting(self, since: int) -> tuple[str, ...]:
        """Ids of the resolved incidents, and of those that were over after an instant and closed before anybody
        finished the postmortem; the newest first."""
        rows = self._db.execute(
            f"SELECT id FROM incidents WHERE status = 'resolved' OR (status = 'closed' AND {OVER_AT} > ?"
            f" AND {UNFINISHED}) ORDER BY {OVER_AT} DESC, number DESC",
            (since,),
        ).fetchall()
        return tuple(row[0] for row in rows)

    def closed(self, before: tuple[int, int], count: int) -> tuple[Summary, ...]:
        """Closed incidents, the newest first, that come after one with a (time it was over, number)."""
        rows = self._db.execute(
            f"SELECT {SUMMARY} FROM incidents WHERE status = 'closed' AND ({OVER_AT}, number) < (?, ?)"
            f" ORDER BY {OVER_AT} DESC, number DESC LIMIT ?",
            (*before, count),
        ).fetchall()
        return tuple(map(to_summary, rows))
