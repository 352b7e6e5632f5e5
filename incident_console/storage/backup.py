"""Copies of the database that can be trusted: written aside, checked, then given their name."""

import os
import sqlite3
from pathlib import Path


def back_up(connection: sqlite3.Connection, target: Path) -> Path:
    """A checked copy of the whole database; returns where it lies. Never overwrites an older one.

    Raises sqlite3.Error or OSError when it cannot be made, and then leaves nothing behind.
    """
    place, count = target, 1
    while place.exists():
        count += 1
        place = target.with_name(f"{target.name}-{count}")
    draft = place.with_name(f".{place.name}.tmp")
    draft.unlink(missing_ok=True)
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection.execute("VACUUM INTO ?", (str(draft),))
        _check(draft)
        draft.rename(place)
    finally:
        draft.unlink(missing_ok=True)
    return place


def _check(copy: Path) -> None:
    connection = sqlite3.connect(copy)
    try:
        (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if answer != "ok":
            raise sqlite3.DatabaseError(f"the copy is not sound: {answer}")
    finally:
        connection.close()
    with copy.open("rb") as file:
        os.fsync(file.fileno())
