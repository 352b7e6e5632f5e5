"""The store as the desk sees it: one open file with its log, its read models and its drafts."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from incident_console.domain.events import Body, Event
from incident_console.domain.filters import Filter
from incident_console.storage.connection import Access, healthy, open_file
from incident_console.storage.drafts import Drafts
from incident_console.storage.event_log import EventLog
from incident_console.storage.hashing import sha256
from incident_console.storage.ids import new_id
from incident_console.storage.past import Past
from incident_console.storage.presence import Presence
from incident_console.storage.projections import Projections
from incident_console.storage.queries import Queries
from incident_console.storage.timeline_rows import TimelineRows
from incident_console.storage.transaction import PATIENCE_MS, write
from incident_console.storage.trouble import NOT_READ, NOTHING_SAVED, StorageTrouble, explained

if TYPE_CHECKING:
    from incident_console.storage.folder_watch import FolderWatch


class Store:
    """An open database. Raises StorageTrouble wherever SQLite fails; nothing is half saved."""

    def __init__(self, path: Path, state: Callable[[], Path]) -> None:
        """`state` gives the folder for drafts; it is asked only when there is one to keep or recall."""
        self.path = path
        self._state = state
        self._db, self.access = open_file(path)
        with explained(NOT_READ):
            self.log = EventLog(self._db)
            self.queries = Queries(self._db)
            self._projections = Projections(self._db, self.log)
            self._inode = path.stat().st_ino
            self._version = self._data_version()
            self._newest = self.log.newest()

    @cached_property
    def drafts(self) -> Drafts:
        """What was typed and not saved, apart for each database."""
        place = sha256(os.fsencode(self.path.absolute())).hexdigest()[:16]
        return Drafts(self._state() / "drafts" / place)

    def close(self) -> None:
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        """One transaction: everything inside is saved when the block ends, or nothing is."""
        if self.access is Access.READ_ONLY:
            raise StorageTrouble(
                f"{NOTHING_SAVED}this database was written by a newer version of the program, so it is only read. "
                "Update incident-console."
            )
        if self.is_replaced():
            raise StorageTrouble(
                f"{NOTHING_SAVED}{self.path} was deleted or replaced while it was open. Start the program again."
            )
        with explained(), write(self._db):
            yield Writer(self.log, self.queries, self._projections)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turns trouble while reading into a sentence."""
        with explained(NOT_READ):
            yield

    @cached_property
    def past(self) -> Past:
        """Which incidents are over."""
        return Past(self._db)

    def rows(self, stream: str, only: Filter) -> TimelineRows:
        return TimelineRows(self._db, stream, only)

    @cached_property
    def presence(self) -> Presence:
        """Who is where; each open store is a session of its own."""
        return Presence(self._db, new_id())

    def rebuild(self) -> None:
        """Derive all read models anew from the log."""
        with explained(), write(self._db):
            self._projections.rebuild()

    def changed(self) -> bool:
        """Whether another program has added events since the last time this was asked; never waits."""
        self._db.execute("PRAGMA busy_timeout=0").fetchall()
        try:
            version = self._data_version()
            newest = self._newest if version == self._version else self.log.newest()
        except sqlite3.OperationalError:
            return False  # somebody is writing this very moment: ask again soon
        finally:
            self._db.execute(f"PRAGMA busy_timeout={PATIENCE_MS}").fetchall()
        seen, self._version, self._newest = self._newest, version, newest
        return newest != seen

    def folder_watch(self) -> "FolderWatch | None":
        """What says at once that there is a reason to look; None where the system has no such thing."""
        from incident_console.storage.folder_watch import FolderWatch

        try:
            return FolderWatch(self.path)
        except OSError:
            return None

    def is_replaced(self) -> bool:
        """Whether the file under our path is no longer the one that we opened."""
        try:
            return self.path.stat().st_ino != self._inode
        except OSError:
            return True

    def is_healthy(self) -> bool:
        """Reads the whole file; may be called from another thread."""
        return healthy(self.path)

    def _data_version(self) -> int:
        (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)


class Writer:
    """What may be done inside a writing transaction."""

    def __init__(self, log: EventLog, queries: Queries, projections: Projections) -> None:
        self.log = log
        self.queries = queries
        self._projections = projections

    def append(self, stream: str, drafts: list[tuple[Body, int]], actor: str, now: int) -> tuple[Event, ...]:
        """Append (body, occurred_at) facts and bring the read models along."""
        events = self.log.append(stream, drafts, actor, now)
        self._projections.follow(events)
        return events

    def receive(self, events: list[Event]) -> None:
        """Take over events of another database file and derive the read models anew."""
        self.log.receive(events)
        self._projections.rebuild()
