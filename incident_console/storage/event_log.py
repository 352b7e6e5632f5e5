"""The append-only table of events: the truth that everything else can be rebuilt from."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from incident_console.domain.events import Body, Event, decode, encode, kind_of, version_of
from incident_console.storage.appending import Envelope, append, chain, insert_event, last_of, origin_of
from incident_console.storage.hashing import digest_of

COLUMNS: Final = "id, origin, origin_seq, stream, recorded_at, occurred_at, actor, kind, version, body, seq"
ORDER: Final = "ORDER BY recorded_at, origin, origin_seq"


class EventLog:
    """Reads and appends events through one connection; the caller holds the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.origin = origin_of(connection)

    def append(self, stream: str, drafts: Sequence[tuple[Body, int]], actor: str, now: int) -> tuple[Event, ...]:
        """Write (body, occurred_at) facts; `recorded_at` moves on by at least 1 µs, whatever the clock says."""
        facts = [(kind_of(body), version_of(body), encode(body), at) for body, at in drafts]
        written = append(self._db, self.origin, stream, actor, now, facts)
        return tuple(_of(envelope, body) for envelope, (body, _) in zip(written, drafts, strict=True))

    def receive(self, events: Iterable[Event]) -> None:
        """Take events of another file as they are; ones that are here already are left alone."""
        for event in events:
            if self.by_id(event.id) is None:
                insert_event(self._db, _envelope(event), encode(event.body), last_of(self._db, event.origin)[1])

    def state_events(self, stream: str) -> tuple[Event, ...]:
        """Everything of a stream that can change its state: all but the logged lines, in fold order."""
        return self._read(f"WHERE stream = ? AND kind <> 'noted' {ORDER}", (stream,))

    def of_kind(self, kind: str) -> tuple[Event, ...]:
        """Every event of one kind in all streams, in the fold order; reads the whole index, so only ask on demand."""
        return self._read(f"WHERE kind = ? AND kind <> 'noted' {ORDER}", (kind,))

    def of_kinds(self, stream: str, kinds: Sequence[str]) -> tuple[Event, ...]:
        """The events of some kinds in a stream, in fold order; logged lines are not among them."""
        marks = ", ".join("?" for _ in kinds)
        return self._read(f"WHERE stream = ? AND kind <> 'noted' AND kind IN ({marks}) {ORDER}", (stream, *kinds))

    def lines_since(self, stream: str, instant: int) -> tuple[Event, ...]:
        """The logged lines of a stream that were written down, taken back or brought back since an instant."""
        # Person by person along an index: a timeline of any length, and other incidents, cost nothing.
        return self._read(
            "WHERE kind = 'noted' AND id IN (WITH RECURSIVE names(name) AS (SELECT min(actor) FROM events"
            " WHERE stream = ?1 UNION ALL SELECT (SELECT min(actor) FROM events WHERE stream = ?1 AND actor > name)"
            " FROM names WHERE name IS NOT NULL) SELECT line.id FROM names CROSS JOIN events AS line"
            " ON line.stream = ?1 AND line.actor = name AND line.recorded_at >= ?2"
            " UNION SELECT json_extract(body, '$.target') FROM events WHERE stream = ?1 AND kind <> 'noted'"
            f" AND kind IN ('undone', 'redone') AND recorded_at >= ?2) {ORDER}",
            (stream, instant),
        )

    def all_of(self, stream: str) -> tuple[Event, ...]:
        return self._read(f"WHERE stream = ? {ORDER}", (stream,))

    def by_id(self, event_id: str) -> Event | None:
        return next(iter(self._read("WHERE id = ?", (event_id,))), None)

    def everything(self) -> tuple[Event, ...]:
        return self._read(ORDER, ())

    def of_actor_newest_first(self, stream: str, actor: str) -> Iterator[Event]:
        """One person's events in a stream, page by page, so that undo need not read a whole night."""
        before = 2**62
        while page := self._read(
            "WHERE stream = ? AND actor = ? AND recorded_at < ? ORDER BY recorded_at DESC LIMIT 50",
            (stream, actor, before),
        ):
            yield from page
            before = page[-1].recorded_at

    def newest(self) -> int:
        """The highest reading cursor so far."""
        (seq,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM events").fetchone()
        return int(seq)

    def verify(self) -> tuple[str, ...]:
        """Ids of the events whose digest or place in the chain does not fit: edited, damaged or lost ones."""
        bad, previous = [], dict[str, str]()
        rows = self._db.execute(f"SELECT digest, hash, {COLUMNS} FROM events ORDER BY origin, origin_seq").fetchall()
        for digest, stored, *fields in rows:
            event, raw = _event(tuple(fields)), fields[9]
            true = raw is None or digest_of(raw) == digest
            if not true or chain(previous.get(event.origin, ""), _envelope(event), digest) != stored:
                bad.append(event.id)
            previous[event.origin] = stored
        return tuple(bad)

    def _read(self, where: str, values: tuple[str | int, ...]) -> tuple[Event, ...]:
        rows = self._db.execute(f"SELECT {COLUMNS} FROM events {where}", values).fetchall()
        return tuple(map(_event, rows))


def _event(row: tuple[Any, ...]) -> Event:
    event_id, origin, origin_seq, stream, recorded_at, occurred_at, actor, kind, version, raw, seq = row
    body = decode(kind, version, raw)
    return Event(event_id, origin, origin_seq, stream, recorded_at, occurred_at, actor, body, seq)


def _of(envelope: Envelope, body: Body) -> Event:
    event_id, origin, origin_seq, stream, _, _, recorded_at, occurred_at, actor = envelope
    return Event(event_id, origin, origin_seq, stream, recorded_at, occurred_at, actor, body)


def _envelope(event: Event) -> Envelope:
    return (
        event.id, event.origin, event.origin_seq, event.stream, kind_of(event.body), version_of(event.body),
        event.recorded_at, event.occurred_at, event.actor,
    )  # fmt: skip
