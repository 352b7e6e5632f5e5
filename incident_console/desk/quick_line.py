"""One plain line into an open incident, without loading the events, the fold or the desk.

It may be short because a `Noted` never changes an incident's state: that it is there and not closed is all that has to
be known. It decides nothing else. Whatever is not plain gives None with nothing written, and the whole desk is asked,
which also has the words for every refusal. It writes through the statements that everybody writes through."""

import os
import sqlite3

from incident_console.domain.machine import now
from incident_console.domain.quoting import quoted
from incident_console.domain.text import MAX_ENTRY
from incident_console.storage.appending import append, insert_line, next_number, origin_of
from incident_console.storage.schema import APPLICATION_ID, SCHEMA_VERSION
from incident_console.storage.transaction import connect, marks, write
from incident_console.storage.trouble import NOT_OPENED, NOT_READ, explained

KIND = "note"


def quick_line(path: str, number: int | None, text: str, actor: str) -> tuple[int, int] | None:
    """(the incident's number, the entry's number) once the line is saved; None: ask the whole desk.

    `number` names the incident, None the only one that is open. The text is made safe already. Raises StorageTrouble.
    """
    words = text.strip()
    file = _file(path)
    if file is None or not 0 < len(words) <= MAX_ENTRY:
        return None
    with explained(NOT_OPENED):
        connection = connect(path)
    try:
        with explained(NOT_OPENED):
            ours = marks(connection) == (APPLICATION_ID, SCHEMA_VERSION)
        with explained(NOT_READ):
            found = _running(connection, number) if ours else None
        if found is None or _file(path) != file:
            return None
        with explained(), write(connection):
            if _running(connection, number) != found:
                return None
            return found[1], _add(connection, found[0], words, actor)
    finally:
        connection.close()


def _file(path: str) -> tuple[int, int] | None:
    """Which file lies there; None for nothing, a folder and an empty one."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size and os.path.isfile(path) else None


def _running(connection: sqlite3.Connection, number: int | None) -> tuple[str, int] | None:
    """(id, number) of the incident that is meant, if it is not closed; None also where it is not clear."""
    rows = connection.execute(
        "SELECT id, number FROM incidents WHERE status <> 'closed' AND number = coalesce(?, number) LIMIT 2", (number,)
    ).fetchall()
    return rows[0] if len(rows) == 1 else None


def _add(connection: sqlite3.Connection, stream: str, words: str, actor: str) -> int:
    """Append the event and bring the read models along; returns the number of the entry."""
    at = now()
    ((event_id, *_, recorded_at, _, _),) = append(
        connection, origin_of(connection), stream, actor, at, [("noted", 1, body_of(words), at)]
    )
    number = next_number(connection, stream)
    insert_line(connection, stream, number, (event_id, at, recorded_at, KIND, words, actor, "", False, ""))
    return number


def body_of(words: str) -> str:
    """What the log keeps of a `Noted`; a test holds it to `encode`."""
    return f'{{"entry_kind":{quoted(KIND)},"logged_at":null,"text":{quoted(words)}}}'
