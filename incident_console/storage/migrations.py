"""The schema, one named step after another, each in a transaction. Steps that were released never change."""

from typing import TYPE_CHECKING, Final

from incident_console.storage.schema import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

EVENTS: Final = """
CREATE TABLE events(
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    origin_seq INTEGER NOT NULL,
    stream TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    body TEXT,
    digest TEXT NOT NULL,
    hash TEXT NOT NULL,
    UNIQUE(origin, origin_seq)
) STRICT;
CREATE INDEX events_recorded ON events(recorded_at);
CREATE INDEX events_state ON events(stream, recorded_at, origin, origin_seq) WHERE kind <> 'noted';
CREATE INDEX events_actor ON events(stream, actor, recorded_at);
CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;
CREATE TRIGGER events_keep BEFORE UPDATE ON events
WHEN NOT (NEW.body IS NULL AND OLD.body IS NOT NULL AND NEW.seq = OLD.seq AND NEW.id = OLD.id
    AND NEW.origin = OLD.origin AND NEW.origin_seq = OLD.origin_seq AND NEW.stream = OLD.stream
    AND NEW.kind = OLD.kind AND NEW.version = OLD.version AND NEW.recorded_at = OLD.recorded_at
    AND NEW.occurred_at = OLD.occurred_at AND NEW.actor = OLD.actor AND NEW.digest = OLD.digest
    AND NEW.hash = OLD.hash)
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

READ_MODELS: Final = """
CREATE TABLE incidents(
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    title TEXT NOT NULL,
    severity INTEGER,
    status TEXT NOT NULL,
    drill INTEGER NOT NULL,
    imported INTEGER NOT NULL,
    declared_at INTEGER NOT NULL,
    started_at INTEGER,
    resolved_at INTEGER,
    digest TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_open ON incidents(number) WHERE status <> 'closed';
CREATE TABLE entries(
    id INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    number INTEGER NOT NULL,
    event_id TEXT NOT NULL UNIQUE,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    actor TEXT NOT NULL,
    mark TEXT NOT NULL,
    hidden INTEGER NOT NULL,
    UNIQUE(stream, number)
) STRICT;
CREATE INDEX entries_shown ON entries(stream, occurred_at, number) WHERE hidden = 0;
CREATE INDEX entries_hidden ON entries(stream) WHERE hidden = 1;
CREATE TABLE actions(
    id TEXT PRIMARY KEY,
    stream TEXT NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    due TEXT NOT NULL,
    link TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actions_stream ON actions(stream);
CREATE VIRTUAL TABLE search USING fts5(text, content='entries', content_rowid='id', prefix='2 3');
"""

ROOM: Final = """
ALTER TABLE entries ADD COLUMN flags TEXT NOT NULL DEFAULT '';
CREATE INDEX entries_flagged ON entries(stream, occurred_at, number) WHERE hidden = 0 AND flags <> '';
CREATE INDEX entries_kinds ON entries(stream, kind, occurred_at, number)
    WHERE hidden = 0 AND kind IN ('question', 'hypothesis', 'decision', 'evidence', 'impact', 'mitigation', 'action');
CREATE TABLE presence(
    session TEXT PRIMARY KEY,
    actor TEXT NOT NULL,
    stream TEXT NOT NULL,
    place TEXT NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""


def migrate(connection: "sqlite3.Connection") -> None:
    """Bring a file that is already locked for writing to the present schema, in that transaction."""
    from sqlite_utils import Database, Migrations

    steps = Migrations("incident_console")

    @steps()
    def event_log(db: "Database") -> None:
        _run(db, EVENTS)

    @steps()
    def read_models(db: "Database") -> None:
        _run(db, READ_MODELS)

    @steps()
    def room(db: "Database") -> None:
        _run(db, ROOM)

    steps.apply(Database(connection, execute_plugins=False))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def _run(db: "Database", script: str) -> None:
    """Each statement by itself: `executescript` would commit the transaction that we are in."""
    import sqlite3

    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if statement.strip() and sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
