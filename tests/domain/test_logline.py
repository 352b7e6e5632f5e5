"""What one typed line means."""

from datetime import UTC

import pytest

from incident_console.desk.line_orders import DATED
from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.logline import (
    TIMED,
    LineCommand,
    NewEntry,
    complete,
    fact_change,
    read_line,
    role_change,
    severity_change,
)
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

ZONE = Zone(UTC)
FIVE_AGO = NIGHT - 5 * MINUTE


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        ("provider answers 503", NewEntry("provider answers 503")),
        ("/decision roll back", NewEntry("roll back", "decision")),
        ("/d roll back", NewEntry("roll back", "decision")),
        ("/NOTE  shouted", NewEntry("shouted", "note")),
        ("roll back -5m", NewEntry("roll back", "note", FIVE_AGO)),
        ("-5m roll back", NewEntry("roll back", "note", FIVE_AGO)),
        ("/decision roll back @02:42", NewEntry("roll back", "decision", FIVE_AGO)),
        ("/decision @02:42 roll back", NewEntry("roll back", "decision", FIVE_AGO)),
        ("late news @yesterday 23:10", NewEntry("late news", "note", NIGHT - 217 * MINUTE)),
        ("late news @2026-11-21T02:42Z", NewEntry("late news", "note", FIVE_AGO)),
        ("mail @sam about it", NewEntry("mail @sam about it")),
        ("errors fell by 40 - 12", NewEntry("errors fell by 40 - 12")),
        ("a-5m", NewEntry("a-5m")),
        ("two\nlines", NewEntry("two\nlines")),
        ("[/] $x", NewEntry("[/] $x")),
    ],
)
def test_lines_become_entries(line: str, entry: NewEntry) -> None:
    assert read_line(line, NIGHT, ZONE) == entry


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/status monitoring", LineCommand("status", "monitoring")),
        ("/sev 2 works again", LineCommand("sev", "2 works again")),
        ("/resolve", LineCommand("resolve", "")),
        ("/update customers", LineCommand("update", "customers")),
    ],
)
def test_lines_become_commands(line: str, command: LineCommand) -> None:
    assert read_line(line, NIGHT, ZONE) == command


def test_every_command_that_takes_a_time_is_carried_out_with_it() -> None:
    assert set(DATED) == set(TIMED)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/decison x", "Did you mean /decision"),
        ("/etc/passwd is full", "type /note first"),
        ("", "nothing to log"),
        ("/note", "nothing to log"),
        ("-5m", "nothing to log"),
        ("x @25:99", "not a time"),
    ],
)
def test_what_means_nothing_is_refused_with_a_way_on(line: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        read_line(line, NIGHT, ZONE)


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_lines_are_safe_entries(_name: str, text: str) -> None:
    entry = read_line(text, NIGHT, ZONE)
    assert isinstance(entry, NewEntry)
    assert "\x1b" not in entry.text


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("/dec", "/decision "),
        ("/hyp", "/hypothesis "),
        ("/pmort", "/postmortem "),
        ("told @da", "told dana "),
        ("told @chkt", "told checkout "),
        ("/status mon", "/status monitoring "),
        ("/role comms sa", "/role comms sam "),
        ("/fact imp", "/fact impact "),
        ("/fact impact wo", None),
        ("plain words", None),
        ("/", None),
        ("@", None),
        ("/zzz", None),
    ],
)
def test_tab_completes(line: str, whole: str | None) -> None:
    assert complete(line, ("dana", "sam", "checkout")) == whole


def test_arguments_of_commands() -> None:
    assert severity_change("2 works again") == (2, "works again")
    assert severity_change("SEV1 worse") == (1, "worse")
    assert role_change("comms Ana Lee") == ("comms", "Ana Lee")
    assert fact_change("impact  half of them  work") == ("impact", "half of them  work")
    assert fact_change('workaround ""') == ("workaround", "")
    with pytest.raises(Refused, match="/fact impact payments work"):
        fact_change("impact ")
    with pytest.raises(Refused, match="/sev 2"):
        severity_change("high")
    with pytest.raises(Refused, match="/role comms"):
        role_change("")
