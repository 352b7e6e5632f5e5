"""The rows that every write leaves behind: the event with its place in the chain, and its line in the timeline.

On plain values, so that the quick way of `log` writes through the very same statements as everybody else without
loading the events and what they mean. Nothing here decides anything; the caller holds the transaction."""

import sqlite3
from collections.abc import Sequence

from incident_console.domain.quoting import listed
from incident_console.storage.hashing import digest_of
from incident_console.storage.ids import new_id

Envelope = tuple[str, str, int, str, str, int, int, int, str]
"""An event but for its body: (id, origin, origin_seq, stream, kind, version, recorded_at, occurred_at, actor)."""

Fact = tuple[str, int, str, int]
"""What is appended: (kind, version, body as JSON, occurred_at)."""

Line = tuple[str, int, int, str, str, str, str, bool, str]
"""A row of a timeline: (event id, occurred_at, recorded_at, kind, text, actor, mark, hidden, flags)."""


def origin_of(connection: sqlite3.Connection) -> str:
    """Which database file this is."""
    (origin,) = connection.execute("SELECT value FROM meta WHERE key = 'origin'").fetchone()
    return str(origin)


def append(
    connection: sqlite3.Connection, origin: str, stream: str, actor: str, now: int, facts: Sequence[Fact]
) -> list[Envelope]:
    """Write facts one after another; `recorded_at` moves on by at least 1 µs, whatever the clock says."""
    (last,) = connection.execute("SELECT coalesce(max(recorded_at), 0) FROM events").fetchone()
    number, previous = last_of(connection, origin)
    written = []
    for step, (kind, version, raw, occurred_at) in enumerate(facts, 1):
        last = max(now, last + 1)
        envelope = (new_id(), origin, number + step, stream, kind, version, last, occurred_at, actor)
        previous = insert_event(connection, envelope, raw, previous)
        written.append(envelope)
    return written


def last_of(connection: sqlite3.Connection, origin: str) -> tuple[int, str]:
    """(counter, hash) of the newest event of a database file."""
    row = connection.execute(
        "SELECT origin_seq, hash FROM events WHERE origin = ? ORDER BY origin_seq DESC LIMIT 1", (origin,)
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def insert_event(connection: sqlite3.Connection, envelope: Envelope, raw: str, previous: str) -> str:
    """Write one event behind the one with the hash `previous`; returns its own hash."""
    digest = digest_of(raw)
    chained = chain(previous, envelope, digest)
    connection.execute(
        "INSERT INTO events(id, origin, origin_seq, stream, kind, version, recorded_at, occurred_at, actor,"
        " body, digest, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*envelope, raw, digest, chained),
    )
    return chained


def chain(previous: str, envelope: Envelope, digest: str) -> str:
    """The hash of an event: over the one before it in its file, everything but the body, and the body's digest."""
    return digest_of(listed((previous, *envelope, digest)))


def next_number(connection: sqlite3.Connection, stream: str) -> int:
    """The number of the next entry in a timeline."""
    (number,) = connection.execute(
        "SELECT coalesce(max(number), 0) + 1 FROM entries WHERE stream = ?", (stream,)
    ).fetchone()
    return int(number)


def insert_line(connection: sqlite3.Connection, stream: str, number: int, line: Line) -> None:
    """Write one row of a timeline, and its words into the index of the search."""
    cursor = connection.execute(
        "INSERT INTO entries(stream, number, event_id, occurred_at, recorded_at, kind, text, actor, mark, hidden,"
        " flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (stream, number, *line),
    )
    connection.execute("INSERT INTO search(rowid, text) VALUES (?, ?)", (cursor.lastrowid, line[4]))
