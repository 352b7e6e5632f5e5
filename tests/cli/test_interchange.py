"""Interchange: what goes in comes out again, and nothing bad comes in."""

import json
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.cli.conftest import Command

REAL = sorted((Path(__file__).parents[1] / "data" / "incidents").glob("*.json"))


def exported(desk: Desk, incident_id: str) -> dict[str, object]:
    document = json.loads(desk.export_json(incident_id))
    assert isinstance(document, dict)
    return {key: value for key, value in document.items() if key != "reference"}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_incidents_come_out_as_they_went_in(path: Path, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    report = desk.import_file(path.read_bytes())
    original = json.loads(path.read_text())
    assert report.added
    del original["reference"]
    assert exported(desk, report.incident.id) == original


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_same_record_twice_adds_nothing(path: Path, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = desk.import_file(path.read_bytes())
    desk.log(desk.import_file(path.read_bytes()).incident.id, Logged("x")) if first.incident.is_open else None
    again = desk.import_file(desk.export_json(first.incident.id).encode())
    assert not again.added
    assert again.incident.id == first.incident.id
    assert len(desk.summaries()) == 1


def test_six_real_incidents_are_counted() -> None:
    assert len(REAL) == 6


def test_odd_records_are_kept_and_what_is_odd_is_said(tmp_path: Path) -> None:
    rows = [
        {"at": "2026-01-01T12:00:00Z", "kind": "note", "text": "second", "actor": "a"},
        {"at": "2026-01-01T09:00:00.25+01:00", "kind": "decision", "text": "before the start", "actor": None},
        {"at": "2026-01-02T12:00:00Z", "kind": "status", "text": "after the end", "actor": "a"},
    ]
    document = {
        "schema": 1, "title": "odd", "status": "closed", "started_at": "2026-01-01T10:00:00Z",
        "resolved_at": "2026-01-01T13:00:00Z", "events": rows,
    }  # fmt: skip
    desk = make_desk(tmp_path)
    report = desk.import_file(json.dumps(document).encode())
    assert len(report.odd) == 4
    out = exported(desk, report.incident.id)["events"]
    assert isinstance(out, list)
    assert [(row["at"], row["kind"], row["text"], row["actor"]) for row in out] == [
        ("2026-01-01T12:00:00Z", "note", "second", "a"),
        ("2026-01-01T08:00:00.250Z", "decision", "before the start", None),
        ("2026-01-02T12:00:00Z", "status", "after the end", "a"),
    ]
    assert [entry.text for entry in desk.entries(report.incident.id) if entry.kind != "imported"] == [
        "before the start", "second", "after the end",
    ]  # fmt: skip


def lived_through(desk: Desk) -> str:
    """An incident with one of everything."""
    incident = desk.declare(
        Declaration("Everything", 1, NIGHT - 10**9, services=("S",), flows=("F",), tags=("t",), channel="#c",
                    roles=(("ic", "dana"),), drill=True)
    )  # fmt: skip
    for text in ("a note", "a mistake", "multi\nline"):
        clock_of(desk).advance(10**8)
        desk.log(incident.id, Logged(text, "note", desk.now() - 10**7))
    desk.correct(incident.id, 2, "a corrected note")
    desk.strike(incident.id, 3, "never happened")
    desk.change_severity(incident.id, 2, "less")
    desk.assign(incident.id, "comms", "ana")
    desk.mark_sent(desk.compose(incident.id, "internal", None, {"impact": "x [/]"}), None, Check.FORCED)
    desk.change_status(incident.id, "resolved")
    desk.write_section(incident.id, "summary", "words\nmore")
    first = desk.add_why(incident.id, "one")
    desk.add_why(incident.id, "two", first)
    desk.add_action(incident.id, "do it", "detect", "ana", "+3d")
    desk.move_action(incident.id, desk.incident(incident.id).actions[0].id, "done")
    return incident.id


def test_a_whole_incident_survives_the_way_out_and_in(tmp_path: Path) -> None:
    here, there = make_desk(tmp_path), make_desk(tmp_path, at=NIGHT + DAY, database="other.db")
    incident_id = lived_through(here)
    document = here.export_json(incident_id)
    report = there.import_file(document.encode())
    assert exported(there, report.incident.id) == exported(here, incident_id)
    assert report.incident.drill
    assert not here.import_file(document.encode()).added
    assert [message.text for message in there.sent(report.incident.id)] == [m.text for m in here.sent(incident_id)]


def base(**changed: object) -> bytes:
    return json.dumps({"schema": 1, "title": "x", "events": [], **changed}).encode()


ROW = {"at": "2026-01-01T00:00:00Z", "kind": "note", "text": "a", "actor": None}
BAD = [
    ("not json", b"hello", "not JSON"),
    ("empty", b"", "not JSON"),
    ("a list", b"[]", "the file"),
    ("not utf-8", b'{"schema": 1, "title": "\xff"}', "not UTF-8"),
    ("nan", b'{"schema": 1, "title": "x", "severity": NaN}', "NaN"),
    ("key twice", b'{"schema": 1, "title": "x", "title": "y"}', "stands twice"),
    ("nested", b"[" * 200_000, "nested too deeply"),
    ("too large", b" " * 50_000_001, "Split it"),
    ("unknown key", base(mood="calm"), "unknown key: mood"),
    ("unknown key in a row", base(events=[{**ROW, "mood": 1}]), "events.0.mood"),
    ("another schema", base(schema=2), "schema"),
    ("no title", b'{"schema": 1}', "title"),
    ("blank title", base(title="  "), "needs a title"),
    ("severity as text", base(severity="1"), "severity"),
    ("severity 5", base(severity=5), "severity"),
    ("unknown status", base(status="fine"), "status"),
    ("naive time", base(started_at="2026-01-01T00:00:00"), "has no zone"),
    ("naive time in a row", base(events=[{**ROW, "at": "2026-01-01T00:00:00"}]), "events.0.at"),
    ("number as time", base(started_at=5), "written as text"),
    ("nonsense time", base(started_at="yesterday"), "not a time"),
    ("unknown kind", base(events=[{**ROW, "kind": "gossip"}]), "events.0.kind"),
    ("row without time", base(events=[{"text": "a"}]), "events.0.at"),
    ("services as text", base(services="a"), "services"),
    ("roles as list", base(roles=["a"]), "roles"),
]


@pytest.mark.parametrize(("data", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_files_are_refused_by_name_and_nothing_is_written(data: bytes, says: str, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(Refused) as refusal:
        desk.import_file(data)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert desk.summaries() == ()


def test_the_command_reads_files_and_standard_input(ic: Command) -> None:
    assert ic("import", str(REAL[0])).out == "INC-1\n"
    said = ic("import", "-", given=REAL[0].read_bytes())
    assert (said.code, said.out) == (0, "INC-1\n")
    assert "nothing was added" in said.err
    assert ic("import", "-", given=base(mood="calm")).code == 2


def test_an_export_of_an_ordinary_incident_tells_its_records(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    desk.change_status(incident.id, "identified")
    rows = exported(desk, incident.id)["events"]
    assert isinstance(rows, list)
    assert [(row["kind"], row["text"]) for row in rows] == [
        ("declared", "SEV1, Checkout payments failing"),
        ("status", "investigating → identified"),
    ]
