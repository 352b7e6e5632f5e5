"""A timeline of any length as rows by position, fetched in blocks around what is looked at. Never reads it whole."""

import sqlite3
from typing import Final

from incident_console.domain.filters import Filter
from incident_console.domain.timeline import Entry
from incident_console.storage.queries import ENTRY, to_entry

BLOCK: Final = 128
"""Rows fetched at once; a screen touches one or two blocks."""

KEPT: Final = 64
"""Blocks kept in memory before they are dropped together."""


class TimelineRows:
    """The shown entries of one incident in the order of what happened, all of them or those that a filter lets pass."""

    def __init__(self, connection: sqlite3.Connection, stream: str, only: Filter) -> None:
        self._db = connection
        self._stream = stream
        self._only = only
        self._condition, self._values = _conditions(only)
        self._blocks: dict[int, tuple[Entry, ...]] = {}
        self._count = 0
        self._newest = 0
        self.refresh()

    def __len__(self) -> int:
        return self._count

    @property
    def newest(self) -> int:
        """The highest entry number so far, also of hidden ones: for telling what is new."""
        return self._newest

    def row(self, position: int) -> Entry:
        """The entry at a position, 0 for the earliest; raises IndexError outside the timeline."""
        if not 0 <= position < self._count:
            raise IndexError(position)
        block = position // BLOCK
        rows = self._blocks.get(block)
        if rows is None:
            rows = self._fetch(block)
            if len(self._blocks) >= KEPT:
                self._blocks.clear()
            self._blocks[block] = rows
        return rows[position % BLOCK]

    def refresh(self) -> None:
        """Forget what was fetched and count anew: something was written."""
        self._blocks.clear()
        self._newest, shown = self._totals()
        self._count = shown if self._only.is_empty else self._counted()

    def position(self, number: int) -> int | None:
        """Where an entry stands; None when it is hidden or filtered away."""
        found = self._db.execute(
            "SELECT occurred_at, text FROM entries WHERE stream = ? AND number = ? AND hidden = 0",
            (self._stream, number),
        ).fetchone()
        if found is None:
            return None
        before = self._counted("AND (occurred_at, number) < (?, ?)", (found[0], number))
        inside = before < self._count and self.row(before).number == number
        return before if inside else None

    def _totals(self) -> tuple[int, int]:
        """(highest number, how many are shown); numbers have no gaps, so nothing needs to be counted."""
        newest = self._one("SELECT coalesce(max(number), 0) FROM entries WHERE stream = ?")
        hidden = self._one("SELECT count(*) FROM entries WHERE stream = ? AND hidden = 1")
        return newest, newest - hidden

    def _one(self, question: str) -> int:
        (answer,) = self._db.execute(question, (self._stream,)).fetchone()
        return int(answer)

    def _counted(self, where: str = "", values: tuple[int, ...] = ()) -> int:
        (count,) = self._db.execute(
            f"SELECT count(*) FROM entries WHERE stream = ? AND hidden = 0 {where} {self._condition}",
            (self._stream, *values, *self._values),
        ).fetchone()
        return int(count)

    def previous(self, position: int, kinds: tuple[str, ...]) -> int | None:
        """Where the nearest earlier entry of some kinds stands; from the first one on, the last; None for none."""
        marks = ", ".join("?" for _ in kinds)
        key = _key(self.row(position)) if 0 <= position < self._count else (2**62, 0)
        for bound in (key, (2**62, 0)):
            found = self._db.execute(
                f"SELECT number FROM entries WHERE stream = ? AND hidden = 0 AND (occurred_at, number) < (?, ?)"
                f" AND kind IN ({marks}) {self._condition} ORDER BY occurred_at DESC, number DESC LIMIT 1",
                (self._stream, *bound, *kinds, *self._values),
            ).fetchone()
            if found is not None:
                return self.position(found[0])
        return None

    def _fetch(self, block: int) -> tuple[Entry, ...]:
        """A block beside a known one by its key, one near the end from behind, any other by counting."""
        first, last = block * BLOCK, min((block + 1) * BLOCK, self._count)
        before, after = self._blocks.get(block - 1), self._blocks.get(block + 1)
        if before:
            return self._select("AND (occurred_at, number) > (?, ?)", "ASC", last - first, key=_key(before[-1]))
        if after:
            return self._select("AND (occurred_at, number) < (?, ?)", "DESC", last - first, key=_key(after[0]))
        if first > self._count // 2:
            return self._select("", "DESC", last - first, offset=self._count - last)
        return self._select("", "ASC", last - first, offset=first)

    def _select(
        self, where: str, direction: str, limit: int, offset: int = 0, key: tuple[int, ...] = ()
    ) -> tuple[Entry, ...]:
        rows = self._db.execute(
            f"SELECT {ENTRY} FROM entries WHERE stream = ? AND hidden = 0 {where} {self._condition}"
            f" ORDER BY occurred_at {direction}, number {direction} LIMIT ? OFFSET ?",
            (self._stream, *key, *self._values, limit, offset),
        ).fetchall()
        entries = tuple(map(to_entry, rows))
        return entries if direction == "ASC" else entries[::-1]


def _conditions(only: Filter) -> tuple[str, tuple[str, ...]]:
    """The filter as a condition and its values."""
    parts, values = list[str](), list[str]()
    if only.kinds:
        parts.append(f"AND kind IN ({', '.join('?' for _ in only.kinds)})")
        values += only.kinds
    if only.person:
        # also what sam said in a pasted chat, and what sam was asked: both read “sam: …”
        parts.append("AND (actor LIKE ? ESCAPE '!' OR text LIKE ? ESCAPE '!')")
        values += [f"{_escaped(only.person)}%", f"{_escaped(only.person)}%: %"]
    if only.flag:
        parts.append("AND flags <> '' AND flags LIKE ?")
        values.append(f"%{only.flag}%")
    if only.words:
        parts.append("AND (text LIKE ? ESCAPE '!' OR kind LIKE ? ESCAPE '!' OR actor LIKE ? ESCAPE '!')")
        values += [f"%{_escaped(only.words)}%"] * 3
    return " ".join(parts), tuple(values)


def _key(row: Entry) -> tuple[int, int]:
    return (row.occurred_at, row.number)


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
