"""A line that happened at another time than was first said: moved in the timeline, in its history, and back by undo."""

import json
import sqlite3
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND, iso
from incident_console.domain.decide import Check
from incident_console.domain.vocabulary import OddTime, Refused
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.storage.conftest import texts


@pytest.fixture
def incident(desk: Desk) -> str:
    """Three lines, ten minutes apart."""
    declared = declare(desk).id
    for words in ("first", "second", "third"):
        clock_of(desk).advance(10 * MINUTE)
        desk.log(declared, Logged(words))
    return declared


def numbered(desk: Desk, incident: str, words: str) -> int:
    return next(each.number for each in desk.entries(incident) if each.text == words)


def rows(desk: Desk) -> list[tuple[object, ...]]:
    """The read model of the timeline, without row ids."""
    db = sqlite3.connect(desk.store.path)
    columns = "stream, number, event_id, occurred_at, recorded_at, kind, text, actor, mark, hidden"
    return db.execute(f"SELECT {columns} FROM entries ORDER BY stream, number").fetchall()


def test_it_stands_where_it_happened(desk: Desk, incident: str) -> None:
    number = numbered(desk, incident, "third")
    moved = desk.retime(incident, number, NIGHT + 15 * MINUTE)
    assert (moved.number, moved.occurred_at, moved.mark) == (number, NIGHT + 15 * MINUTE, "corrected")
    assert texts(desk, incident, "note") == ["first", "third", "second"]
    desk.retime(incident, number, NIGHT + 5 * MINUTE)
    assert texts(desk, incident, "note") == ["third", "first", "second"]


def test_when_it_was_written_down_stays(desk: Desk, incident: str) -> None:
    number = numbered(desk, incident, "third")
    before = desk.entry(incident, number)
    moved = desk.retime(incident, number, NIGHT + 15 * MINUTE)
    assert (moved.recorded_at, moved.event_id, moved.text) == (before.recorded_at, before.event_id, "third")
    assert moved.late == before.recorded_at - (NIGHT + 15 * MINUTE)


def test_both_times_stay_in_its_history(desk: Desk, incident: str) -> None:
    number = numbered(desk, incident, "third")
    desk.retime(incident, number, NIGHT + 15 * MINUTE)
    steps = [(each.what, each.text, each.actor) for each in desk.history(desk.entry(incident, number).event_id)]
    assert steps == [
        ("logged", "third", "dana"), ("moved in time", "2026-11-21 03:17 UTC → 2026-11-21 03:02 UTC", "dana")
    ]  # fmt: skip


def test_undo_and_redo(desk: Desk, incident: str) -> None:
    number = numbered(desk, incident, "third")
    desk.retime(incident, number, NIGHT + 15 * MINUTE)
    assert desk.undo(incident) == "another time: 2026-11-21 03:02 UTC"
    assert (desk.entry(incident, number).occurred_at, desk.entry(incident, number).mark) == (NIGHT + 30 * MINUTE, "")
    assert texts(desk, incident, "note") == ["first", "second", "third"]
    desk.redo(incident)
    assert texts(desk, incident, "note") == ["first", "third", "second"]


def test_words_and_time_are_corrected_independently(desk: Desk, incident: str) -> None:
    number = numbered(desk, incident, "third")
    desk.correct(incident, number, "third, in other words")
    desk.retime(incident, number, NIGHT + 5 * MINUTE)
    assert texts(desk, incident, "note")[0] == "third, in other words"
    desk.strike(incident, number, "wrong")
    assert (desk.entry(incident, number).mark, desk.entry(incident, number).occurred_at) == (
        "struck",
        NIGHT + 5 * MINUTE,
    )


def test_live_read_models_equal_rebuilt_ones(desk: Desk, incident: str) -> None:
    for words, minutes in (("third", 15), ("first", 25), ("third", 2)):
        desk.retime(incident, numbered(desk, incident, words), NIGHT + minutes * MINUTE)
    desk.undo(incident)
    live = rows(desk)
    desk.store.rebuild()
    assert rows(desk) == live


def test_another_desk_sees_it(desk: Desk, incident: str, tmp_path: Path) -> None:
    other = make_desk(tmp_path, "sam", NIGHT + HOUR)
    other.changed()
    desk.retime(incident, numbered(desk, incident, "third"), NIGHT + 5 * MINUTE)
    assert other.changed()
    assert texts(other, incident, "note") == ["third", "first", "second"]
    with pytest.raises(Refused, match="nothing to undo"):
        other.undo(incident)


def test_of_two_who_move_it_the_last_counts_and_each_undoes_their_own(
    desk: Desk, incident: str, tmp_path: Path
) -> None:
    other = make_desk(tmp_path, "sam", NIGHT + HOUR)
    number = numbered(desk, incident, "third")
    desk.retime(incident, number, NIGHT + 5 * MINUTE)
    other.retime(incident, number, NIGHT + 15 * MINUTE)
    assert desk.entry(incident, number).occurred_at == NIGHT + 15 * MINUTE
    desk.undo(incident)
    assert desk.entry(incident, number).occurred_at == NIGHT + 15 * MINUTE
    other.undo(incident)
    assert desk.entry(incident, number).occurred_at == NIGHT + 30 * MINUTE


def test_a_row_that_a_command_made_is_not_moved(desk: Desk, incident: str) -> None:
    desk.change_status_told(incident, "identified")
    for kind in ("declared", "status"):
        (number,) = [each.number for each in desk.entries(incident, kind)]
        with pytest.raises(Refused, match="Only logged lines"):
            desk.retime(incident, number, NIGHT + MINUTE)


def test_the_same_time_and_no_such_entry(desk: Desk, incident: str) -> None:
    number = numbered(desk, incident, "third")
    with pytest.raises(Refused, match="that time already"):
        desk.retime(incident, number, NIGHT + 30 * MINUTE)
    with pytest.raises(Refused, match="no entry 99"):
        desk.retime(incident, 99, NIGHT)
    assert desk.entry(incident, number).mark == ""


@pytest.mark.parametrize("at", [NIGHT + 2 * DAY, NIGHT - 3 * DAY])
def test_an_unlikely_time_is_asked_about_and_nothing_is_saved_before(desk: Desk, incident: str, at: int) -> None:
    number = numbered(desk, incident, "third")
    with pytest.raises(OddTime):
        desk.retime(incident, number, at)
    assert desk.entry(incident, number).occurred_at == NIGHT + 30 * MINUTE
    assert desk.retime(incident, number, at, Check.FORCED).occurred_at == at


def test_also_when_it_is_all_over(desk: Desk, incident: str) -> None:
    desk.change_status(incident, "closed")
    clock_of(desk).advance(SECOND)
    desk.retime(incident, numbered(desk, incident, "third"), NIGHT + 5 * MINUTE)
    assert texts(desk, incident, "note")[0] == "third"


# --- odd about the record


def late(desk: Desk, incident: str) -> list[str]:
    return [each.words for each in desk.oddities(incident) if each.rule == "late"]


def test_an_entry_that_was_moved_long_afterwards_has_its_time_from_memory(desk: Desk, incident: str) -> None:
    number = numbered(desk, incident, "third")
    desk.retime(incident, number, NIGHT + 25 * MINUTE)
    assert late(desk, incident) == []
    clock_of(desk).advance(DAY)
    desk.retime(incident, number, NIGHT + 15 * MINUTE)
    said = f"Entry {number} of 2026-11-21 03:02 UTC was given that time 1 d"
    (words,) = late(desk, incident)
    assert words.startswith(said)
    assert said in desk.report(incident)
    desk.undo(incident)
    assert late(desk, incident) == []


def imported(desk: Desk) -> str:
    """A record of ten rows with marks of every kind; one says that it was written down late where it comes from."""
    rows = [
        {"at": iso(NIGHT + n * MINUTE), "kind": "note", "text": f"row {n}", "actor": "sam", "marks": ["pinned", "parked"],
         **({"logged_at": iso(NIGHT + 3 * HOUR)} if n == 4 else {}), **({"struck": "wrong"} if n == 5 else {})}
        for n in range(10)
    ]  # fmt: skip
    document = {
        "schema": 1, "title": "Failover", "severity": 1, "status": "closed", "started_at": iso(NIGHT),
        "resolved_at": iso(NIGHT + 10 * MINUTE), "events": rows,
    }  # fmt: skip
    return desk.import_file(json.dumps(document).encode()).incident.id


def test_in_an_import_only_what_people_add_or_move_here_is_late(desk: Desk) -> None:
    clock_of(desk).advance(DAY)
    incident = imported(desk)
    assert late(desk, incident) == []
    clock_of(desk).advance(SECOND)
    desk.log(incident, Logged("remembered", "note", NIGHT + 3 * MINUTE))
    (words,) = late(desk, incident)
    assert words.endswith("later: remembered")
    desk.retime(incident, numbered(desk, incident, "row 7"), NIGHT + 2 * MINUTE)
    assert [each.rpartition(": ")[2] for each in late(desk, incident)] == ["row 7", "remembered"]
    desk.undo(incident)
    assert len(late(desk, incident)) == 1
