"""The front door of `log`: whatever comes in by it ends up as if the whole command line had carried it out."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from incident_console.cli import run
from incident_console.desk.outside import data_folder
from incident_console.quick import quick_log
from incident_console.storage import transaction
from incident_console.storage.schema import SCHEMA_VERSION
from tests.builders import declare, make_desk
from tests.console import PROGRAM, environment

Result = tuple[int, str, str, list[tuple[Any, ...]]]

PLAIN = [
    ["log", "provider answers 503"],
    ["log", "provider", "answers", "503"],
    ["log", "INC-1", "provider answers"],
    ["log", "inc-1", "provider", "answers"],
    ["log", "1", "provider answers"],
    ["log", "01", "provider answers"],
    ["log", "INC-1"],
    ["log", "503"],
    ["log", "p99", "went", "up"],
    ["log", "5xx", "for", "everyone"],
    ["log", "", "two  spaces", " "],
    ["log", 'she said "no" \\ left'],
    ["log", "two\nlines\tand a tab\r\n"],
    ["log", "\x1b[31mred\x07 \u202edesrever\udc80"],
    ["log", "größer als 日本語 🔥"],
    ["log", "/decision", "is no order here"],
    ["--as", "sam\n\x1b[1m  o'neil", "log", "hello"],
    ["--as", "", "log", "hello"],
    ["--as", "sam", "--as", "kim", "--content", "/nowhere", "log", "hello"],
]
"""Lines that go in by the front door."""

OTHERS = [
    [],
    ["log"],
    ["log", ""],
    ["log", " ", "\t"],
    ["log", "--help"],
    ["log", "-h"],
    ["log", "-"],
    ["log", "--", "-5 degrees"],
    ["log", "--kind", "decision", "roll back"],
    ["log", "roll back", "--kind=impact"],
    ["log", "x", "--kind", "nonsense"],
    ["log", "x", "--at", "-5m"],
    ["log", "x", "--nonsense"],
    ["log", "-x"],
    ["log", "x", "--at", "2090-01-01", "--force"],
    ["log", "7", "no such incident"],
    ["log", "INC-7", "no such incident"],
    ["log", "12345678901", "a long number"],
    ["log", "inc-١", "digits of another script"],
    ["log", "ınc-1", "a letter without its dot"],
    ["list"],
    ["logs", "x"],
    ["--as"],
    ["--as", "log"],
    ["--as", "-x", "log", "hello"],
    ["--nonsense", "log", "hello"],
    ["--db"],
]
"""Everything else is left to the command line."""


def quickly(arguments: list[str]) -> int:
    code = quick_log(arguments, os.environ)
    return run(arguments) if code is None else code


@pytest.fixture(autouse=True)
def _outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENT_CONSOLE_ACTOR", "dana")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(transaction, "PATIENCE_MS", 100)


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Carries a command out by the front door and by the command line, each on its copy; what came of it."""
    place = tmp_path / "incidents.db"

    def carry_out(way: Callable[[list[str]], int], arguments: list[str], original: Path) -> Result:
        place.unlink(missing_ok=True)
        if original.exists():
            shutil.copy(original, place)
        monkeypatch.setenv("INCIDENT_CONSOLE_DB", str(place))
        monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: SIM115 - pytest puts the real one back
        capsys.readouterr()
        code = way(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err, left(place)

    def compare(arguments: list[str], original: Path) -> tuple[Result, Result]:
        return carry_out(quickly, arguments, original), carry_out(run, arguments, original)

    return compare


def left(path: Path) -> list[tuple[Any, ...]]:
    """What lies in a database afterwards, but for what time and chance decide; the chain of hashes is whole."""
    if not path.exists() or not path.read_bytes().startswith(b"SQLite format 3"):
        return []
    connection = sqlite3.connect(path)
    events = connection.execute(
        "SELECT origin, origin_seq, stream, kind, version, actor, body, digest FROM events ORDER BY seq"
    ).fetchall()
    rows = connection.execute(
        "SELECT r.stream, number, r.kind, text, r.actor, mark, hidden, flags, typeof(hidden),"
        " e.recorded_at = r.recorded_at, e.occurred_at = r.occurred_at"
        " FROM entries r JOIN events e ON e.id = event_id ORDER BY r.id"
    ).fetchall()
    found = connection.execute("SELECT rowid FROM search WHERE search MATCH 'provider'").fetchall()
    connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
    connection.close()
    return [*events, *rows, *found]


@pytest.fixture
def original(tmp_path: Path) -> Path:
    (tmp_path / "original").mkdir()
    desk = make_desk(tmp_path / "original")
    declare(desk)
    desk.store.close()
    return tmp_path / "original" / "incidents.db"


@pytest.mark.parametrize("arguments", [*PLAIN, *OTHERS], ids=repr)
def test_both_ways_end_alike(arguments: list[str], original: Path, both: Callable[..., Any]) -> None:
    ours, theirs = both(arguments, original)
    assert ours == theirs


@pytest.mark.parametrize("arguments", PLAIN, ids=repr)
def test_plain_lines_go_in_by_the_front_door(
    arguments: list[str], original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INCIDENT_CONSOLE_DB", str(original))
    assert quick_log(arguments, os.environ) == 0


@pytest.mark.parametrize("arguments", OTHERS, ids=repr)
def test_everything_else_is_left_alone(
    arguments: list[str], original: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INCIDENT_CONSOLE_DB", str(original))
    before = left(original)
    assert quick_log(arguments, os.environ) is None
    assert (left(original), capsys.readouterr()) == (before, ("", ""))


def _closed(path: Path) -> None:
    desk = make_desk(path.parent)
    desk.change_status(desk.find_summary("1").id, "closed")
    desk.store.close()


def _two(path: Path) -> None:
    desk = make_desk(path.parent)
    declare(desk, "Search is slow")
    desk.store.close()


def _sql(statement: str) -> Callable[[Path], None]:
    def carry_out(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.close()

    return carry_out


@pytest.mark.parametrize(
    "state",
    [
        _closed,
        _two,
        _sql(f"PRAGMA user_version={SCHEMA_VERSION + 1}"),
        _sql("PRAGMA application_id=7"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database at all, but long enough to be read as one" * 40),
        lambda path: path.unlink(),
    ],
    ids=["closed", "two", "newer", "foreign", "empty", "garbage", "none"],
)
@pytest.mark.parametrize("arguments", [["log", "hello"], ["log", "INC-1", "hello"]], ids=repr)
def test_both_ways_meet_the_same_files_alike(
    state: Callable[[Path], None], arguments: list[str], original: Path, both: Callable[..., Any], tmp_path: Path
) -> None:
    state(original)
    ours, theirs = both(arguments, original)
    assert ours[:3] == theirs[:3]
    assert [row[1:] for row in ours[3]] == [row[1:] for row in theirs[3]]


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_both_ways_tell_of_a_lock_alike(
    lock: str, original: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INCIDENT_CONSOLE_DB", str(original))
    holder = sqlite3.connect(original, isolation_level=None)
    holder.execute(lock)
    told = []
    for way in (quickly, run):
        told.append((way(["log", "hello"]), capsys.readouterr()))
    holder.close()
    assert told[0] == told[1]
    assert told[0][0] == 3


def test_a_file_that_is_replaced_meanwhile_is_left_to_the_desk(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from incident_console.desk import quick_line

    def replaced(connection: sqlite3.Connection) -> tuple[int, int]:
        other = original.with_name("other.db")
        shutil.copy(original, other)
        other.replace(original)
        return transaction.marks(connection)

    monkeypatch.setattr(quick_line, "marks", replaced)
    assert quick_line.quick_line(str(original), None, "hello", "dana") is None


def test_rows_are_what_a_rebuild_makes_of_the_log(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_CONSOLE_DB", str(original))
    for arguments in PLAIN:
        quick_log(arguments, os.environ)
    before = left(original)
    desk = make_desk(original.parent)
    assert desk.store.log.verify() == ()
    desk.store.rebuild()
    desk.store.close()
    assert left(original) == before


def test_the_program_goes_in_by_the_front_door_and_loads_little(original: Path, tmp_path: Path) -> None:
    home = environment(tmp_path, INCIDENT_CONSOLE_DB=str(original))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *PROGRAM[1:], "log", "hello"],
        env=home,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "INC-1 entry 2 saved\n"
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"click", "dataclasses", "typing", "re", "enum", "json", "hashlib", "pathlib", "inspect"}


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_nobody_listening_changes_nothing_about_the_line(closed: str, original: Path, tmp_path: Path) -> None:
    home = environment(tmp_path, INCIDENT_CONSOLE_DB=str(original))
    reader, writer = os.pipe()
    os.close(reader)
    codes = [
        subprocess.run(
            [*PROGRAM, "log", *words],
            env=home,
            stdout=writer if closed == "stdout" else subprocess.DEVNULL,
            stderr=writer if closed == "stderr" else subprocess.DEVNULL,
        ).returncode
        for words in (["hello"], ["hello", "--kind", "note"])
    ]
    os.close(writer)
    assert codes[0] == codes[1]
    assert [row[-1] for row in left(original)].count("hello") == 0
    assert sum("hello" in row for row in left(original)) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="told at once on Linux only")
@pytest.mark.parametrize("folder", [None, "", "/srv/data", "/srv/data/", "relative", "~/data"])
@pytest.mark.parametrize("home", [None, "", "/home/dana", "/home/dana/", "/", "relative"])
def test_the_place_for_data_is_the_platforms(
    folder: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("XDG_DATA_HOME", folder), ("HOME", home)):
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    ours = os.path.normpath(data_folder(os.environ))
    assert ours == os.path.normpath(platformdirs.user_data_dir("incident-console", appauthor=False))


OPENING = [[], ["open"], ["open", "INC-1"], ["open", "7"], ["open", "nothing fits"], ["open", "1", "2"], ["open", "-x"]]


@pytest.mark.parametrize("arguments", OPENING, ids=repr)
def test_opening_says_the_same_with_and_without_click(
    arguments: list[str], original: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """TERM is dumb here, so no screen opens; what is said before that is what counts."""
    monkeypatch.setenv("INCIDENT_CONSOLE_DB", str(original))
    plain = (run(arguments), capsys.readouterr())
    monkeypatch.setattr("incident_console.cli.global_options", lambda *_: None)
    assert plain == (run(arguments), capsys.readouterr())
    assert plain[0] == 2


def test_the_screen_opens_without_click(original: Path, tmp_path: Path) -> None:
    code = "import sys; from incident_console.cli import run; run(['open']); assert 'click' not in sys.modules"
    subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path, INCIDENT_CONSOLE_DB=str(original)), check=True
    )
