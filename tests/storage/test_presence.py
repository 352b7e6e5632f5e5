"""Who is where: a courtesy that never waits, never fails and never gets in anybody's way."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import HOUR, MINUTE, SECOND
from incident_console.storage.presence import GONE
from incident_console.storage.schema import SCHEMA_VERSION
from tests import hostile
from tests.builders import NIGHT, clock_of, declare, make_desk


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Desk, Desk, str]:
    """Two terminals on one file, and an incident."""
    mine, theirs = make_desk(tmp_path, "dana"), make_desk(tmp_path, "sam")
    return mine, theirs, declare(mine).id


def kept(desk: Desk) -> list[tuple[str, str, int]]:
    found = sqlite3.connect(desk.store.path).execute("SELECT actor, place, seen_at FROM presence ORDER BY actor")
    return found.fetchall()


@contextmanager
def locked(desk: Desk, how: str) -> Iterator[None]:
    """Another program holds the file for as long as the block runs."""
    other = sqlite3.connect(desk.store.path, isolation_level=None)
    other.execute(f"BEGIN {how}")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def at_once() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 1


def test_others_are_seen_and_oneself_is_not(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    assert mine.also_here(incident) == ()
    mine.be(incident, "timeline")
    theirs.be(incident, "update")
    assert mine.also_here(incident) == (("sam", "update"),)
    assert theirs.also_here(incident) == (("dana", "timeline"),)
    assert mine.also_here("another incident") == ()


def test_moving_replaces_and_leaving_removes(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    for place in ("timeline", "update", "postmortem"):
        theirs.be(incident, place)
    assert mine.also_here(incident) == (("sam", "postmortem"),)
    theirs.be("", "")
    assert mine.also_here(incident) == ()
    assert kept(mine) == []


def test_one_person_in_two_terminals_is_named_once_per_place(pair: tuple[Desk, Desk, str], tmp_path: Path) -> None:
    mine, theirs, incident = pair
    second = make_desk(tmp_path, "sam")
    theirs.be(incident, "timeline")
    second.be(incident, "timeline")
    assert mine.also_here(incident) == (("sam", "timeline"),)
    second.be(incident, "update")
    assert mine.also_here(incident) == (("sam", "timeline"), ("sam", "update"))
    assert theirs.also_here(incident) == (("sam", "update"),)


@pytest.mark.parametrize(("later", "seen"), [(0, True), (GONE - 1, True), (GONE, False), (HOUR, False)])
def test_who_was_not_heard_of_for_long_has_left(pair: tuple[Desk, Desk, str], later: int, seen: bool) -> None:
    mine, theirs, incident = pair
    theirs.be(incident, "timeline")
    clock_of(mine).advance(later)
    assert bool(mine.also_here(incident)) == seen


def test_who_left_without_a_word_is_cleared_away(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    theirs.be(incident, "timeline")
    clock_of(mine).advance(GONE + 1)
    mine.be(incident, "timeline")
    assert kept(mine) == [("dana", "timeline", NIGHT + GONE + 1)]


def test_a_clock_that_was_set_back_does_not_keep_people_here(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    theirs.be(incident, "timeline")
    clock_of(mine).step(-HOUR)
    assert mine.also_here(incident) == ()
    clock_of(theirs).step(-HOUR - MINUTE)
    theirs.be(incident, "timeline")
    assert mine.also_here(incident) == (("sam", "timeline"),)


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_locked_file_is_never_waited_for(pair: tuple[Desk, Desk, str], how: str) -> None:
    mine, theirs, incident = pair
    theirs.be(incident, "timeline")
    with locked(mine, how), at_once():
        mine.be(incident, "timeline")
        seen = mine.also_here(incident)
    assert seen == (() if how == "EXCLUSIVE" else (("sam", "timeline"),))
    assert theirs.also_here(incident) == ()
    mine.be(incident, "timeline")
    assert theirs.also_here(incident) == (("dana", "timeline"),)


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_writes_are_as_patient_afterwards_as_before(pair: tuple[Desk, Desk, str], how: str) -> None:
    mine, _, incident = pair
    with locked(mine, how):
        mine.be(incident, "timeline")
        mine.also_here(incident)
    assert mine.store._db.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    assert not mine.store._db.in_transaction
    mine.log(incident, Logged("still works"))


def test_a_reader_in_the_middle_of_something_does_no_harm(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    reader = sqlite3.connect(mine.store.path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM events").fetchone()
    with at_once():
        mine.be(incident, "timeline")
    assert not mine.store._db.in_transaction
    reader.execute("COMMIT")
    assert mine.store._db.execute("PRAGMA busy_timeout").fetchone() == (5000,)
    mine.be(incident, "timeline")
    assert theirs.also_here(incident) == (("dana", "timeline"),)


def test_a_file_that_is_only_read_shows_others_and_takes_nothing(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    theirs.be(incident, "timeline")
    mine.store._db.execute("PRAGMA query_only=ON")
    mine.be(incident, "timeline")
    assert mine.also_here(incident) == (("sam", "timeline"),)
    assert theirs.also_here(incident) == ()


def test_a_file_of_a_newer_program_is_not_written(pair: tuple[Desk, Desk, str], tmp_path: Path) -> None:
    mine, _, incident = pair
    sqlite3.connect(mine.store.path).execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    guest = make_desk(tmp_path, "ana")
    guest.be(incident, "timeline")
    assert kept(mine) == []


def test_a_file_without_the_table_is_no_trouble(pair: tuple[Desk, Desk, str]) -> None:
    mine, _, incident = pair
    sqlite3.connect(mine.store.path).execute("DROP TABLE presence")
    mine.be(incident, "timeline")
    assert mine.also_here(incident) == ()
    mine.log(incident, Logged("still works"))


def test_a_full_disk_is_no_trouble(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    (pages,) = mine.store._db.execute("PRAGMA page_count").fetchone()
    mine.store._db.execute(f"PRAGMA max_page_count={pages}")
    mine.be(incident, "x" * 100_000)
    assert theirs.also_here(incident) == ()
    assert not mine.store._db.in_transaction


def test_a_closed_file_is_no_trouble(pair: tuple[Desk, Desk, str]) -> None:
    mine, _, incident = pair
    presence = mine.store.presence
    mine.store.close()
    presence.say("dana", "", "", NIGHT)
    assert presence.others(incident, NIGHT) == ()


def test_being_somewhere_is_neither_an_event_nor_news(pair: tuple[Desk, Desk, str]) -> None:
    mine, theirs, incident = pair
    theirs.changed()
    events = mine.store.log.everything()
    for second in range(3):
        clock_of(mine).advance(SECOND)
        mine.be(incident, f"place {second}")
    assert not theirs.changed()
    assert mine.store.log.everything() == events
    assert mine.store.log.verify() == ()


def test_a_crowd_is_cut_short(pair: tuple[Desk, Desk, str]) -> None:
    mine, _, incident = pair
    rows = [(str(n), f"p{n:03}", incident, "timeline", NIGHT) for n in range(80)]
    with sqlite3.connect(mine.store.path) as db:
        db.executemany("INSERT INTO presence VALUES (?, ?, ?, ?, ?)", rows)
    assert len(mine.also_here(incident)) == 50


@pytest.mark.parametrize("text", [text for name, text in hostile.CORPUS if name != "lone surrogate"])
def test_any_name_and_place_come_back_as_they_were(pair: tuple[Desk, Desk, str], text: str) -> None:
    mine, theirs, incident = pair
    theirs.store.presence.say(text, incident, text, NIGHT)
    assert mine.also_here(incident) == ((text, text),)
