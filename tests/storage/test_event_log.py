"""The store's contract: nothing is lost, nothing is changed, and trouble is said before anything is half saved."""

import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain import events as e
from incident_console.domain.events import Unknown
from incident_console.storage import connection as connections
from incident_console.storage.connection import Access
from incident_console.storage.schema import SCHEMA_VERSION
from incident_console.storage.store import Store
from incident_console.storage.transaction import write
from incident_console.storage.trouble import StorageTrouble
from tests.builders import NIGHT, clock_of, declare, make_desk


def database(desk: Desk) -> sqlite3.Connection:
    return sqlite3.connect(desk.store.path, isolation_level=None)


def noted(desk: Desk, incident_id: str, text: str = "hello") -> None:
    desk.log(incident_id, Logged(text))


class TestWhatIsKept:
    def test_events_come_back_as_they_were_written(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        noted(desk, incident.id)
        first, second = make_desk(tmp_path).store.log.all_of(incident.id)
        assert isinstance(first.body, e.Declared)
        assert second.body == e.Noted("hello")
        assert (second.actor, second.occurred_at, second.origin_seq) == ("dana", NIGHT, 2)

    def test_recorded_at_grows_even_when_the_clock_goes_back(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        for _ in range(5):
            clock_of(desk).advance(-60_000_000)
            noted(desk, incident.id)
        recorded = [event.recorded_at for event in desk.store.log.all_of(incident.id)]
        assert recorded == sorted(set(recorded))
        assert desk.entries(incident.id)[0].occurred_at < NIGHT

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM events",
            "UPDATE events SET body = '{}'",
            "UPDATE events SET actor = 'somebody else'",
            "UPDATE events SET occurred_at = 0, body = NULL",
        ],
    )
    def test_the_past_cannot_be_changed(self, tmp_path: Path, statement: str) -> None:
        desk = make_desk(tmp_path)
        declare(desk)
        with pytest.raises(sqlite3.IntegrityError, match="events are never"):
            database(desk).execute(statement)

    def test_a_purged_body_leaves_the_chain_whole(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        noted(desk, incident.id, "a secret")
        noted(desk, incident.id, "more")
        database(desk).execute("UPDATE events SET body = NULL WHERE kind = 'noted' AND body LIKE '%secret%'")
        assert desk.store.log.verify() == ()
        assert desk.store.log.all_of(incident.id)[1].body == Unknown("noted", "")

    def test_origin_and_its_counter_are_unique(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        declare(desk)
        copy = "INSERT INTO events SELECT NULL, 'other', origin, origin_seq, stream, kind, version, recorded_at, occurred_at, actor, body, digest, hash FROM events"
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            database(desk).execute(copy)

    @pytest.mark.parametrize(
        "damage",
        [
            "UPDATE events SET body = replace(body, 'hello', 'jello') WHERE origin_seq = 2",
            "UPDATE events SET actor = 'eve' WHERE origin_seq = 2",
            "UPDATE events SET recorded_at = recorded_at + 1 WHERE origin_seq = 2",
            "DELETE FROM events WHERE origin_seq = 2",
        ],
    )
    def test_damage_behind_our_back_is_found(self, tmp_path: Path, damage: str) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        noted(desk, incident.id)
        noted(desk, incident.id, "after")
        assert desk.store.log.verify() == ()
        raw = database(desk)
        raw.executescript(f"DROP TRIGGER events_keep; DROP TRIGGER events_stay; {damage};")
        assert desk.store.log.verify() != ()

    def test_an_event_of_a_newer_program_is_kept_and_shown(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        with desk.store.writing() as writer:
            writer.append(incident.id, [(Unknown("mood_felt", '{"mood":"calm"}', 3), NIGHT)], "sam", NIGHT)
        assert desk.entries(incident.id)[1].text.startswith("mood_felt: written by a newer version")
        assert desk.store.log.verify() == ()
        assert desk.incident(incident.id) == incident


class TestOpening:
    def test_a_new_file_belongs_to_its_owner_only(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path / "deep" / "er")
        assert stat.S_IMODE(desk.store.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(desk.store.path.parent.stat().st_mode) == 0o700
        assert [each.name for each in desk.store.path.parent.iterdir()] == ["incidents.db"]

    def test_the_settings_that_keep_data_are_on(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)

        def setting(name: str) -> object:
            return desk.store._db.execute(f"PRAGMA {name}").fetchone()[0]

        assert [setting(name) for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")] == [
            "delete", 3, 1, 0,
        ]  # fmt: skip
        assert setting("busy_timeout") == 5000
        assert setting("user_version") == SCHEMA_VERSION

    @pytest.mark.parametrize(
        ("make", "says"),
        [
            (lambda path: path.write_bytes(b""), "is empty"),
            (lambda path: path.write_bytes(b"not a database at all" * 100), "not an incident database"),
            (lambda path: path.mkdir(), "is a folder"),
            (
                lambda path: sqlite3.connect(path).execute("CREATE TABLE a(b)").connection.close(),
                "not an incident database",
            ),
        ],
    )
    def test_files_that_are_not_ours_are_left_alone(
        self, tmp_path: Path, make: Callable[[Path], object], says: str
    ) -> None:
        path = tmp_path / "incidents.db"
        make(path)
        with pytest.raises(StorageTrouble, match=says) as trouble:
            make_desk(tmp_path)
        assert "--db" in str(trouble.value)

    def test_a_file_of_a_newer_program_is_read_and_never_written(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        database(desk).execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        newer = make_desk(tmp_path)
        assert newer.store.access is Access.READ_ONLY
        assert newer.find(None).title == incident.title
        with pytest.raises(StorageTrouble, match="newer version"):
            noted(newer, incident.id)

    def test_an_older_file_is_backed_up_before_it_is_migrated(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        monkeypatch.setattr(connections, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
        again = make_desk(tmp_path)
        assert again.find(None).id == incident.id
        backup = tmp_path / f"incidents.db.before-v{SCHEMA_VERSION + 1}"
        assert sqlite3.connect(backup).execute("SELECT count(*) FROM events").fetchone() == (1,)

    def test_a_place_that_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x")
        with pytest.raises(StorageTrouble, match="--db"):
            Store(tmp_path / "file" / "incidents.db", lambda: tmp_path)


class TestTrouble:
    def test_a_lock_that_stays_is_said_and_nothing_is_saved(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        desk.store._db.execute("PRAGMA busy_timeout=50")
        other = database(desk)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageTrouble, match="Not saved: another program has kept the file locked"):
            noted(desk, incident.id)
        other.execute("ROLLBACK")
        noted(desk, incident.id)
        assert len(desk.entries(incident.id)) == 2

    def test_a_full_disk_is_said_and_nothing_is_half_saved(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        (pages,) = desk.store._db.execute("PRAGMA page_count").fetchone()
        desk.store._db.execute(f"PRAGMA max_page_count={pages}")
        with pytest.raises(StorageTrouble, match="Not saved: the disk is full"):
            noted(desk, incident.id, "x" * 200_000)
        assert len(desk.entries(incident.id)) == 1
        desk.store._db.execute("PRAGMA max_page_count=1000000")
        noted(desk, incident.id, "x" * 200_000)
        assert len(desk.entries(incident.id)) == 2
        assert desk.store.log.verify() == ()

    def test_a_read_only_file_is_said(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        desk.store._db.execute("PRAGMA query_only=ON")
        with pytest.raises(StorageTrouble, match="Not saved: the file or its folder is read-only"):
            noted(desk, incident.id)

    def test_a_deleted_file_is_noticed_before_anything_goes_into_the_void(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        os.rename(desk.store.path, tmp_path / "moved.db")
        with pytest.raises(StorageTrouble, match="deleted or replaced"):
            noted(desk, incident.id)

    @pytest.mark.parametrize("failing", range(1, 12))
    def test_whatever_statement_fails_it_is_all_or_nothing(self, tmp_path: Path, failing: int) -> None:
        """Every statement of a write is made to fail once; the store must stay usable."""
        desk = make_desk(tmp_path)
        incident = declare(desk)
        count = 0

        def authorize(action: int, *_: object) -> int:
            nonlocal count
            if action not in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_READ):
                return sqlite3.SQLITE_OK
            count += 1
            return sqlite3.SQLITE_DENY if count == failing * 3 else sqlite3.SQLITE_OK

        before = desk.store.log.everything()
        desk.store._db.set_authorizer(authorize)
        try:
            desk.change_status(incident.id, "monitoring")
        except StorageTrouble:
            desk.store._db.set_authorizer(None)
            assert desk.store.log.everything() == before
        desk.store._db.set_authorizer(None)
        noted(desk, incident.id)
        assert desk.store.log.verify() == ()

    def test_a_failed_block_rolls_back_and_the_next_one_works(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)

        def interrupted() -> None:
            with desk.store.writing() as writer:
                writer.append(incident.id, [(e.Noted("lost"), NIGHT)], "dana", NIGHT)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        noted(desk, incident.id, "kept")
        assert [entry.text for entry in desk.entries(incident.id)][1:] == ["kept"]

    def test_a_write_waits_for_the_lock_from_its_first_statement(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        with write(desk.store._db), pytest.raises(sqlite3.OperationalError, match="locked"):
            sqlite3.connect(desk.store.path, timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")

    def test_a_damaged_file_is_found(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        incident = declare(desk)
        for _ in range(50):
            noted(desk, incident.id, "x" * 2000)
        assert desk.is_healthy()
        desk.store.close()
        data = bytearray(desk.store.path.read_bytes())
        data[4096 * 4 : 4096 * 12] = b"\xaa" * 4096 * 8
        desk.store.path.write_bytes(data)
        assert not connections.healthy(desk.store.path)


class TestOthers:
    def test_another_terminals_commit_is_seen_once(self, tmp_path: Path) -> None:
        mine, theirs = make_desk(tmp_path), make_desk(tmp_path, "sam")
        incident = declare(mine)
        assert theirs.changed()
        assert not theirs.changed()
        noted(mine, incident.id)
        assert theirs.changed()
        assert not mine.changed()
        assert [entry.text for entry in theirs.entries(incident.id)][1:] == ["hello"]

    def test_asking_never_waits_for_a_writer(self, tmp_path: Path) -> None:
        desk = make_desk(tmp_path)
        other = database(desk)
        other.execute("BEGIN EXCLUSIVE")
        assert not desk.changed()
        other.execute("ROLLBACK")
        assert desk.store._db.execute("PRAGMA busy_timeout").fetchone() == (5000,)
