"""Who has an incident open, and where: a few short-lived rows outside the log. They are a courtesy: whatever goes
wrong with them is not worth a word, and they never wait for anybody's lock."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from incident_console.domain.clock import MINUTE
from incident_console.storage.transaction import PATIENCE_MS, write

GONE: Final = 3 * MINUTE
"""A terminal that was not heard of for this long has left."""


class Presence:
    """Says where one session is and tells where the others are."""

    def __init__(self, connection: sqlite3.Connection, session: str) -> None:
        self._db = connection
        self._session = session

    def say(self, actor: str, stream: str, place: str, now: int) -> None:
        """Be somewhere; an empty stream means to have left. Instants in microseconds UTC."""
        # a full disk, a lock, a file that is only read: the next time will do
        with suppress(sqlite3.Error), self._without_waiting(), write(self._db):
            self._db.execute("DELETE FROM presence WHERE session = ? OR seen_at < ?", (self._session, now - GONE))
            if stream:
                self._db.execute(
                    "INSERT INTO presence(session, actor, stream, place, seen_at) VALUES (?, ?, ?, ?, ?)",
                    (self._session, actor, stream, place, now),
                )

    def others(self, stream: str, now: int) -> tuple[tuple[str, str], ...]:
        """(name, place) of everybody else who has an incident open, by name."""
        with suppress(sqlite3.Error), self._without_waiting():
            # rows from the future are left from before somebody set the clock back
            rows = self._db.execute(
                "SELECT DISTINCT actor, place FROM presence WHERE stream = ? AND session <> ?"
                " AND seen_at > ? AND seen_at < ? ORDER BY actor, place LIMIT 50",
                (stream, self._session, now - GONE, now + GONE),
            ).fetchall()
            return tuple((actor, place) for actor, place in rows)
        return ()

    @contextmanager
    def _without_waiting(self) -> Iterator[None]:
        self._db.execute("PRAGMA busy_timeout=0").fetchall()
        try:
            yield
        finally:
            self._db.execute(f"PRAGMA busy_timeout={PATIENCE_MS}").fetchall()
