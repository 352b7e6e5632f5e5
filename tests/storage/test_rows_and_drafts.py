"""Timelines by position, and the drafts that outlive everything."""

import stat
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.storage import timeline_rows
from incident_console.storage.drafts import Drafts
from tests.builders import NIGHT, declare, make_desk


@pytest.fixture
def busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, str]:
    """An incident with 300 entries, some late, some undone, in blocks small enough to cross many."""
    monkeypatch.setattr(timeline_rows, "BLOCK", 16)
    monkeypatch.setattr(timeline_rows, "KEPT", 4)
    desk = make_desk(tmp_path)
    incident = declare(desk)
    desk.log_all(incident.id, [Logged(f"line {n}", "note", NIGHT - (n * 7919 % 300) * 10**6) for n in range(299)])
    for _ in range(5):
        desk.undo(incident.id)
    return desk, incident.id


@pytest.mark.parametrize("step", [1, -1, 37, -53])
def test_every_position_is_the_row_of_the_whole_list(busy: tuple[Desk, str], step: int) -> None:
    desk, incident_id = busy
    whole, rows = desk.entries(incident_id), desk.rows(incident_id)
    assert len(rows) == len(whole) == 295
    places = list(range(0, len(whole), abs(step)))[:: 1 if step > 0 else -1]
    assert [rows.row(place) for place in places] == [whole[place] for place in places]
    with pytest.raises(IndexError):
        rows.row(len(whole))


def test_positions_lead_back_to_their_entries(busy: tuple[Desk, str]) -> None:
    desk, incident_id = busy
    rows = desk.rows(incident_id)
    for place in (0, 1, 100, 294):
        assert rows.position(rows.row(place).number) == place
    assert rows.position(300) is None
    assert rows.newest == 300


def test_a_filter_shows_only_what_holds_the_text(busy: tuple[Desk, str]) -> None:
    desk, incident_id = busy
    whole = [entry for entry in desk.entries(incident_id) if "line 1" in entry.text]
    rows = desk.rows(incident_id, "line 1")
    assert [rows.row(place) for place in range(len(rows))] == whole
    assert rows.position(1) is None
    assert len(desk.rows(incident_id, "100%_!")) == 0


def test_what_others_write_appears_after_a_refresh(busy: tuple[Desk, str], tmp_path: Path) -> None:
    desk, incident_id = busy
    rows = desk.rows(incident_id)
    make_desk(tmp_path, "sam").log(incident_id, Logged("new"))
    assert len(rows) == 295
    rows.refresh()
    assert rows.row(295).text == "new"


def test_drafts_are_kept_replaced_and_forgotten(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    assert drafts.recall("a") == ""
    drafts.keep("a", "half a line\nand more")
    drafts.keep("b", "other")
    assert Drafts(tmp_path / "drafts").recall("a") == "half a line\nand more"
    drafts.keep("a", "")
    assert (drafts.recall("a"), drafts.recall("b")) == ("", "other")
    (only,) = (tmp_path / "drafts").iterdir()
    assert stat.S_IMODE(only.stat().st_mode) == 0o600


def test_a_draft_that_cannot_be_kept_is_said_and_the_old_one_stays(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        Drafts(tmp_path / "file").keep("a", "text")


def test_a_draft_with_a_lone_surrogate_is_kept(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("a\udcff", "bad \ud800 name")
    assert drafts.recall("a\udcff") == "bad ? name"
