"""Commands on an incident that was imported as closed: its record takes lines and messages, and no clock starts."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import console
from tests.cli.conftest import Command

RECORD = Path(__file__).parents[1] / "data/incidents/github-2018-10-21.json"
"""It ran from 22:52 on 21 October 2018 to 23:03 on the next day, UTC."""

WAY = "To reopen it: /reopen (in a shell: incident-console status INC-1 investigating)."


@pytest.fixture
def closed(ic: Command, monkeypatch: pytest.MonkeyPatch) -> Iterator[Command]:
    """With that incident, on a wall in UTC wherever the tests run."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    assert ic("import", str(RECORD)).code == 0
    yield ic
    monkeypatch.undo()
    time.tzset()


def entries(ic: Command) -> list[dict[str, str]]:
    rows = ic("show", "1", "--json").json["entries"]
    assert isinstance(rows, list)
    return rows


def times(ic: Command, text: str) -> list[str]:
    return [row["at"] for row in entries(ic) if row["text"] == text]


def test_a_line_is_added_and_the_command_says_where(closed: Command) -> None:
    before = closed("list", "--all", "--json").json["incidents"]
    said = closed("log", "1", "the switch was replaced", "--at", "22:54")
    assert (said.code, said.out) == (0, "INC-1 entry 7 saved\n")
    assert said.err == (
        "INC-1 is closed; this was added to its record at 21 Oct 2018 22:54 UTC."
        " incident-console undo INC-1 takes it back.\n"
    )
    assert times(closed, "the switch was replaced") == ["2018-10-21T22:54:00Z"]
    assert closed("list", "--all", "--json").json["incidents"] == before
    assert closed("undo", "1").code == 0
    assert times(closed, "the switch was replaced") == []


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("11:12", "2018-10-22T11:12:00Z"),
        ("2018-10-22T12:00Z", "2018-10-22T12:00:00Z"),
        ("22 Oct 2018 13:00", "2018-10-22T13:00:00Z"),
    ],
)
def test_times_that_somebody_states(closed: Command, typed: str, at: str) -> None:
    closed("log", "1", "seen", "--at", typed)
    assert times(closed, "seen") == [at]


def test_a_length_of_time_counts_from_now(closed: Command) -> None:
    closed("log", "1", "seen", "--at", "-5m")
    closed("log", "1", "now")
    assert times(closed, "seen")[0] > "2026"
    assert times(closed, "now") >= times(closed, "seen")


def test_json_stays_alone_on_standard_output(closed: Command) -> None:
    said = closed("log", "1", "x", "--kind", "decision", "--json")
    assert said.json["kind"] == "decision"
    assert said.err.startswith("INC-1 is closed; this was added to its record. ")


def test_several_lines_and_a_chat(closed: Command) -> None:
    assert "the 2 lines were added" in closed("log", "1", "-", given=b"one\ntwo\n").err
    said = closed("log", "1", "--chat", "-", given=b"22:53 sam: gone\n[11:13] ana: back\n").out
    assert said.startswith("2 entries saved, from 2018-10-21 22:53 UTC to 2018-10-22 11:13 UTC. INC-1 is closed;")
    assert said.endswith(" incident-console undo INC-1 takes the last of them back.\n")


LINE = "INC-1 is closed; this was added to its record at 22 Oct 2018 11:12 UTC. /undo takes it back."


def test_a_line_as_on_the_screen_is_taken_back_by_a_command(closed: Command) -> None:
    said = closed("do", "1", "/decision fail over @11:12").out
    assert said == LINE.replace("/undo", "incident-console undo INC-1") + "\n"
    declared = closed("declare", "Pay down", "--severity", "1", "--json").json["reference"]
    assert f"Meant so? incident-console undo {declared} takes it back, " in closed("do", "2", "seen -9m").out
    assert times(closed, "fail over") == ["2018-10-22T11:12:00Z"]


def test_the_plain_room_says_the_same(tmp_path: Path) -> None:
    assert console.run(tmp_path, "import", str(RECORD)).returncode == 0
    typed = b"/evidence a graph @11:12\n/timer 5m x\n/escalate\n/undo\n/quit\n"
    said = console.run(tmp_path, "room", "1", given=typed).stdout.decode()
    assert LINE in said
    assert f"Not saved. INC-1 is closed. {WAY}" in said
    assert f"Not saved. INC-1 is closed. Log who was called in as an escalation instead. {WAY}" in said
    assert "Undone: evidence: a graph" in said


@pytest.mark.parametrize(
    "command",
    [
        ("do", "1", "/ask sam x"),
        ("do", "1", "/rto 2h"),
        ("log", "1", "fine", "--kind", "checkin"),
        ("escalate", "1", "--to", "a", "--happening", "b", "--needed", "c", "--why", "d"),
        ("decide", "1", "x", "--option", "a", "--option", "b", "--chosen", "1", "--review", "5m"),
    ],
)
def test_clocks_are_refused_in_one_sentence(closed: Command, command: tuple[str, ...]) -> None:
    before = entries(closed)
    said = closed(*command)
    assert (said.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith("INC-1 is closed. ")
    assert said.err.endswith(f"{WAY}\n")
    assert entries(closed) == before


def test_a_decision_is_added(closed: Command) -> None:
    said = closed("decide", "1", "which site", "--option", "east", "--option", "west", "--chosen", "1")
    assert said.out == "INC-1 decision saved\n"
    assert said.err.startswith("INC-1 is closed; this was added to its record. ")


def test_what_was_sent_then_is_recorded_with_the_times_of_then(closed: Command) -> None:
    said = closed(
        "update", "1", "--audience", "internal", "--kind", "update", "--set", "impact=all pages are stale",
        "--set", "users_affected=everyone", "--set", "progress=traffic is moved", "--set", "next_steps=we wait",
        "--sent", "--at", "23:30", "--next", "23:59",
    )  # fmt: skip
    assert said.code == 0
    assert "38 min after the start" in said.out
    assert "internal stakeholders #1 recorded as sent. INC-1 is closed, so no clock starts." in said.err
    (message,) = closed("messages", "1", "--json").json["messages"]
    assert (message["at"], message["next_update_at"]) == ("2018-10-21T23:30:00Z", "2018-10-21T23:59:00Z")
    assert closed("due").code == 0
    assert closed("due", "1").code == 0
    assert "impact: Degraded service for 24 hours" in closed("facts", "1").out
    assert closed("resend", "1", "1", "--audience", "internal", "--channel", "chat", "--at", "23:40").code == 0
    assert [each["at"] for each in closed("messages", "1", "--json").json["messages"]][1] == "2018-10-21T23:40:00Z"


def test_a_message_of_today_is_recorded_too(closed: Command) -> None:
    said = closed("update", "1", "--audience", "customers", "--set", "fix=We undid it.", "--sent", "--force")
    assert said.code == 0
    assert closed("due").code == 0


def test_reopening_works_as_before(closed: Command) -> None:
    closed("log", "1", "x")
    assert closed("status", "1", "investigating").out == "INC-1 is investigating now\n"
    said = closed("log", "1", "it is back")
    assert said.err == ""
