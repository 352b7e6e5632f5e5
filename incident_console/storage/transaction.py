"""A connection with the settings that every one needs, and the one way to write: all of it or nothing.

The quick way of `log` loads this file and `appending`, and nothing heavier belongs into them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE_MS = 5000
"""How long a write waits for another program's lock."""

SETTINGS = ("synchronous=EXTRA", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")


def connect(path: str) -> sqlite3.Connection:
    """An open connection; nothing of the file was read yet. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, timeout=PATIENCE_MS / 1000, isolation_level=None)
    for setting in SETTINGS:
        connection.execute(f"PRAGMA {setting}").fetchall()
    return connection


def marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """(whose file it is, which schema it has), as `schema` spells them."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(application), int(version)


@contextmanager
def write(connection: sqlite3.Connection) -> Iterator[None]:
    """One transaction that holds the write lock from its first statement: all of it is saved, or nothing.

    A deferred BEGIN would skip the waiting and fail at once under contention.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
