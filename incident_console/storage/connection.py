"""Opening the file: made, checked or migrated if need be, and what this program may do with it.

Each rule here was learnt from a failure that was seen; none of them is a matter of taste."""

import os
import sqlite3
from enum import Enum
from pathlib import Path

from incident_console.storage.backup import back_up
from incident_console.storage.migrations import migrate
from incident_console.storage.schema import APPLICATION_ID, SCHEMA_VERSION
from incident_console.storage.transaction import PATIENCE_MS, connect, marks, write
from incident_console.storage.trouble import NOT_OPENED, StorageTrouble, explained


class Access(Enum):
    """What this program may do with the file."""

    WRITE = "write"
    READ_ONLY = "read only"
    """The file belongs to a newer version of the program."""


def open_file(path: Path) -> tuple[sqlite3.Connection, Access]:
    """A connection to the database at `path`, made or migrated if need be; raises StorageTrouble."""
    try:
        if not path.exists():
            _create(path)
        elif path.is_dir():
            raise StorageTrouble(f"{NOT_OPENED}{path} is a folder. Name a file with --db.")
        elif path.stat().st_size == 0:
            raise StorageTrouble(
                f"{NOT_OPENED}{path} is empty (0 bytes), so it may be damaged. "
                "Move it away to start anew, or name another file with --db."
            )
    except OSError as error:
        raise StorageTrouble(f"{NOT_OPENED}{path}: {error.strerror}. Name another file with --db.") from error
    with explained(NOT_OPENED):
        connection = connect(str(path))
        return connection, _gate(connection, path)


def _create(path: Path) -> None:
    """A new database appears under its name all at once, so that nobody can see it half made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.urandom(16).hex()}.new")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with explained(NOT_OPENED):
            connection = connect(str(draft))
            try:
                _migrate(connection)
            finally:
                connection.close()
        _publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return  # another terminal was faster; its file is as good as ours
    except OSError:  # a file system without links: rename unless somebody was faster
        if not path.exists():
            draft.rename(path)


def _gate(connection: sqlite3.Connection, path: Path) -> Access:
    """Holds the file's marks against this program's before anything is written."""
    application, version = marks(connection)
    if application != APPLICATION_ID:
        connection.close()
        raise StorageTrouble(f"{NOT_OPENED}{path} is not an incident database. Name another file with --db.")
    if version > SCHEMA_VERSION:
        connection.execute("PRAGMA query_only=ON")
        return Access.READ_ONLY
    if version < SCHEMA_VERSION:
        back_up(connection, path.with_name(f"{path.name}.before-v{SCHEMA_VERSION}"))
        _migrate(connection)
    return Access.WRITE


def _migrate(connection: sqlite3.Connection) -> None:
    with write(connection):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA_VERSION:  # unless another terminal did it while we waited
            migrate(connection)
            connection.execute("INSERT OR IGNORE INTO meta(key, value) VALUES ('origin', ?)", (os.urandom(16).hex(),))


def healthy(path: Path) -> bool:
    """Whether SQLite finds the file sound; meant for a thread of its own, because it reads all of it."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE_MS / 1000)
        try:
            return connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return True  # locked or gone: that is not damage, and other checks speak of it
    except sqlite3.DatabaseError:
        return False
