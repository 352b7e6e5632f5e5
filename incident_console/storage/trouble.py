"""Turns SQLite's errors into sentences, by error name and never by message text."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


class StorageTrouble(Exception):
    """The file could not be read or written; the text is one plain sentence. Nothing was saved."""


SENTENCES = {
    "SQLITE_BUSY": "another program has kept the file locked for 5 seconds. Try again",
    "SQLITE_LOCKED": "another program has kept the file locked. Try again",
    "SQLITE_FULL": "the disk is full. Free some space, then try again",
    "SQLITE_READONLY": "the file or its folder is read-only. Change its permissions or choose another file with --db",
    "SQLITE_CANTOPEN": "the file cannot be opened. Check the path and its permissions, or choose another with --db",
    "SQLITE_NOTADB": "the file is not an incident database. Choose another with --db",
    "SQLITE_CORRUPT": "the file is damaged. Copy it somewhere safe, then go on with another one by --db",
    "SQLITE_IOERR": "the disk reported an error. Check the disk, or choose another file with --db",
    "SQLITE_PERM": "the system does not allow access to the file. Check its permissions",
}

NOTHING_SAVED = "Not saved: "
NOT_READ = "The database could not be read: "
NOT_OPENED = "The database could not be opened: "


def sentence(error: sqlite3.Error) -> str:
    """What to tell people about an error of SQLite's."""
    name = getattr(error, "sqlite_errorname", "") or ""
    base = "_".join(name.split("_")[:2])
    return SENTENCES.get(base, f"the database answered {name or type(error).__name__}. Try again")


@contextmanager
def explained(prefix: str = NOTHING_SAVED) -> Iterator[None]:
    """Raises StorageTrouble in place of any error of SQLite's."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageTrouble(f"{prefix}{sentence(error)}.") from error
