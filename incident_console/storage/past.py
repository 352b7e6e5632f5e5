"""Which incidents are over, and what their rows tell of what is left to do. It never folds, and reads a history only as
far as a question needs."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from incident_console.domain.frozen import frozen
from incident_console.storage.queries import SUMMARY, Summary, to_summary

OVER_AT: Final = "coalesce(resolved_at, started_at, declared_at)"
"""When an incident was over, or the nearest instant that is known."""


def _counts(event: str) -> str:
    """That an event was not taken back in the end."""
    return (
        f"coalesce((SELECT step.kind FROM events AS step WHERE step.stream = {event}.stream AND step.kind <> 'noted'"
        f" AND step.kind IN ('undone', 'redone') AND json_extract(step.body, '$.target') = {event}.id"
        " ORDER BY step.recorded_at DESC, step.origin DESC, step.origin_seq DESC LIMIT 1), '') <> 'undone'"
    )


UNFINISHED: Final = (
    "NOT EXISTS (SELECT 1 FROM events AS done WHERE done.stream = incidents.id AND done.kind <> 'noted'"
    f" AND done.kind = 'reviewed' AND {_counts('done')}"
    " AND NOT EXISTS (SELECT 1 FROM events AS back WHERE back.stream = done.stream AND back.kind <> 'noted'"
    " AND back.kind = 'status_changed' AND json_extract(back.body, '$.status') NOT IN ('resolved', 'closed')"
    " AND (back.recorded_at, back.origin, back.origin_seq) > (done.recorded_at, done.origin, done.origin_seq)"
    f" AND {_counts('back')}))"
)
"""Nobody finished the postmortem, or they took that back, or it was reopened since; as the fold would say."""

TICKING: Final = (
    "EXISTS (SELECT 1 FROM events AS begun WHERE begun.stream = incidents.id AND begun.kind <> 'noted'"
    " AND begun.kind IN ('timer_started', 'escalated', 'decided')"
    " AND (begun.kind <> 'decided' OR json_extract(begun.body, '$.review_at') IS NOT NULL)"
    f" AND {_counts('begun')} AND NOT EXISTS (SELECT 1 FROM events AS done WHERE done.stream = begun.stream"
    " AND done.kind <> 'noted' AND done.kind = 'timer_ended' AND json_extract(done.body, '$.target') = begun.id"
    " AND (done.recorded_at, done.origin, done.origin_seq) > (begun.recorded_at, begun.origin, begun.origin_seq)"
    f" AND {_counts('done')}))"
)
"""Somebody started a clock, and nobody settled it; as the fold would say."""


@frozen
class Left:
    """What the rows tell of what is left to do after an incident."""

    id: str
    finished: bool
    """Whether somebody finished the postmortem."""
    begun: bool
    """Whether anybody ever wrote anything for it, even if all was taken back."""
    items: int
    """How many commitments are still to be done."""


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
        """Ids of resolved incidents: the newest so many, and each in which a clock that somebody started still runs."""
        rows = self._db.execute(
            f"SELECT id FROM incidents WHERE status = 'resolved' AND {TICKING}"
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

    def left(self, statuses: Sequence[str], learning: Sequence[str]) -> tuple[Left, ...]:
        """What is left after each incident of some statuses; `learning`: the kinds of events of a postmortem."""
        rows = self._db.execute(
            f"SELECT id, NOT {UNFINISHED}, EXISTS (SELECT 1 FROM events WHERE stream = incidents.id"
            f" AND kind <> 'noted' AND kind IN ({_marks(learning)})), (SELECT count(*) FROM actions"
            " WHERE stream = incidents.id AND state IN ('open', 'in_progress'))"
            f" FROM incidents WHERE status IN ({_marks(statuses)})",
            (*learning, *statuses),
        ).fetchall()
        return tuple(Left(row[0], bool(row[1]), bool(row[2]), row[3]) for row in rows)

    def closed(self, before: tuple[int, int], count: int) -> tuple[Summary, ...]:
        """Closed incidents, the newest first, that come after one with a (time it was over, number)."""
        rows = self._db.execute(
            f"SELECT {SUMMARY} FROM incidents WHERE status = 'closed' AND ({OVER_AT}, number) < (?, ?)"
            f" ORDER BY {OVER_AT} DESC, number DESC LIMIT ?",
            (*before, count),
        ).fetchall()
        return tuple(map(to_summary, rows))


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)
