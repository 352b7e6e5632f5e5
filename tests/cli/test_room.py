"""The commands of the room, and the room in plain lines."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.console import PROGRAM, environment, run
from tests.pty_harness import Terminal

OPTIONS = ("--option", "roll back|30 min|10 min of carts||low", "--option", "hotfix|90 min")


def texts(ic: Command, kind: str) -> list[str]:
    return [entry["text"] for entry in ic("timeline", "--kind", kind, "--json").json["entries"]]


def test_a_line_of_the_live_screen_can_be_done_from_a_script(ic: Command) -> None:
    ic("declare", "Pay down", "--severity", "1")
    assert ic("do", "/ask sam check replica lag 5m").out == "INC-1 saved\n"
    assert ic("do", "1", "/answer sam 40 s").out == "INC-1 saved\n"
    assert texts(ic, "answer") == ["sam check replica lag, answered: 40 s"]
    refused = ic("do", "/snoze customers 10m why")
    assert (refused.code, refused.err) == (2, "There is no /snoze. Did you mean /snooze?\n")
    assert "opens a screen" in ic("do", "/postmortem").err
    assert "Roles: IC nobody" in ic("do", "/brief").out
    clocks = {clock["name"]: clock for clock in ic("due", "--json").json["clocks"]}
    assert "sam: check replica lag" not in clocks


def test_a_decision_keeps_its_options(ic: Command) -> None:
    ic("declare", "Pay down", "--severity", "1")
    said = ic("decide", "payments", *OPTIONS, "--chosen", "1", "--accepts", "lost carts", "--review", "30m")
    assert (said.code, said.out) == (0, "INC-1 decision saved\n")
    (text,) = texts(ic, "decision")
    assert text.startswith(
        "payments: roll back\n▸ roll back: back in 30 min; data at risk: 10 min of carts; may fail: low"
    )
    for wrong, words in (
        (("decide", "x", "--option", "a", "--chosen", "1"), "at least two options"),
        (("decide", "x", *OPTIONS, "--chosen", "wait"), "Say which option was chosen"),
        (("decide", "x", *OPTIONS, "--chosen", "1", "--review", "soon"), "length of time"),
        (("decide", "x", "--option", "a|b|c|d|e|f", "--option", "b", "--chosen", "1"), "at most five parts"),
    ):
        refused = ic(*wrong)
        assert refused.code == 2
        assert words in refused.err


def test_a_call_for_help_prints_the_words_and_goes_up_the_path(ic: Command) -> None:
    ic("declare", "Pay down", "--severity", "1", "--channel", "#pay")
    words = ("--happening", "cards fail", "--needed", "a decision", "--why", "no revenue")
    first = ic("escalate", *words, "--by", "03:30").out
    assert first.startswith("INC-1 [SEV1] Pay down\nTo: engineering manager\nWhat is happening: cards fail\n")
    assert "By when: 03:30\nWhere: #pay\nPlease answer by " in first
    assert "To: head of engineering" in ic("escalate", *words).out
    assert ic("escalate", "--happening", " ", "--needed", "x", "--why", "y").code == 2


def test_the_checklist_is_ticked_and_opened_again(ic: Command) -> None:
    ic("declare", "Pay down", "--severity", "1", "--ic", "Ana")
    done = {row["id"]: row["done"] for row in ic("checklist", "--json").json["items"]}
    assert (done["severity"], done["commander"], done["join-channel"]) == (True, True, False)
    assert "  x Join the channel" in ic("checklist", "--tick", "join-channel").out
    assert "  - Join the channel" in ic("checklist", "--tick", "join-channel").out
    assert ic("checklist", "--tick", "nothing").code == 2


def test_promises_answer_one_when_one_was_missed(ic: Command) -> None:
    ic("declare", "Pay down", "--severity", "1")
    none = ic("promises")
    assert (none.code, none.out) == (0, "No time of a next update was promised.\n")
    ic("update", "--audience", "internal", "--sent", "--force")
    found = ic("promises", "--json").json["promises"]
    assert [(each["audience"], each["state"], each["late_s"]) for each in found] == [("internal", "open", None)]


def test_a_paused_clock_hides_no_overdue_one(ic: Command) -> None:
    ic("declare", "Pay down", "--severity", "1")
    ic("do", "/pause internal they are on the call")
    assert ic("due", "--short").out.startswith("INC-1 customers in 1")
    assert "paused: they are on the call" in ic("due").out
    paused = next(clock for clock in ic("due", "--json").json["clocks"] if clock["name"] == "internal")
    assert (paused["paused"], paused["overdue"]) == ("they are on the call", False)


def test_a_chat_is_logged_line_by_line_and_the_timeline_can_be_filtered(ic: Command) -> None:
    ic("declare", "Pay down", "--severity", "1")
    said = ic("log", "-", "--chat", given=b"-3m sam: 503 again\n-2m ana: /decision roll back\nand wait")
    assert said.out.startswith("3 entries saved, from ")
    assert texts(ic, "decision") == ["ana: roll back"]
    only = ic("timeline", "--only", "@sam", "--json").json["entries"]
    assert [entry["text"] for entry in only] == ["sam: 503 again"]
    assert ic("timeline", "--only", "/decision nothing").code == 1


def test_the_plain_room_takes_every_line_of_a_pipe(tmp_path: Path) -> None:
    run(tmp_path, "declare", "Pay down", "--severity", "1")
    said = run(
        tmp_path, "room", given=b"first\nsecond\r\n/nonsense\n/decision third\n/state\n/last\n/postmortem\nno newline"
    )
    out = said.stdout.decode()
    assert said.returncode == 0
    assert out.startswith("INC-1, SEV1: Pay down.\nStatus investigating.")
    assert out.count("Saved.\n") == 4
    assert "Not saved. There is no /nonsense." in out
    assert "/postmortem opens a screen, which is not here." in out
    assert "decision by dana: third" in out
    assert not any(ord(char) < 32 and char != "\n" for char in out)
    entries = json.loads(run(tmp_path, "timeline", "--json").stdout)["entries"]
    assert [entry["text"] for entry in entries][1:] == ["first", "second", "third", "no newline"]


def test_the_plain_room_answers_at_once_also_through_a_pipe_that_stays_open(tmp_path: Path) -> None:
    run(tmp_path, "declare", "Pay down", "--severity", "1")
    room = subprocess.Popen(
        [*PROGRAM, "room"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(tmp_path, PYTHONUNBUFFERED="1"),
    )
    assert room.stdin is not None
    assert room.stdout is not None
    room.stdin.write(b"one\ntwo\nthree\n")
    room.stdin.flush()
    saved = 0
    while saved < 3:
        saved += room.stdout.readline() == b"Saved.\n"
    room.stdin.close()
    assert room.wait(30) == 0
    room.stdout.close()


def test_the_plain_room_says_what_others_write_and_what_is_due(tmp_path: Path) -> None:
    run(tmp_path, "declare", "Pay down", "--severity", "1")
    with Terminal([*PROGRAM, "room"], environment(tmp_path), 100, 40) as room:
        room.wait_for("/keys lists")
        run(tmp_path, "log", "careful, disk is full", "--at", "-50m", "--force", INCIDENT_CONSOLE_ACTOR="sam")
        room.wait_for("note by sam: careful, disk is full")
        run(tmp_path, "do", "/timer 1s look again", INCIDENT_CONSOLE_ACTOR="sam")
        room.wait_for("look again is overdue by 0:0")
        room.send("/quit\r")
        assert room.wait_exit() == 0


def test_the_plain_room_is_harmless_with_hostile_text(tmp_path: Path) -> None:
    run(tmp_path, "declare", "x \x1b]0;owned\x07 [/]", "--severity", "1")
    said = run(tmp_path, "room", given=b"bad \x1b[2J\xff\n/last\n/state\n")
    assert b"\x1b" not in said.stdout
    assert b"\x07" not in said.stdout


@pytest.mark.parametrize("command", ["do", "decide", "escalate", "checklist", "brief", "promises", "room", "check"])
def test_help_says_what_each_is_for(ic: Command, command: str) -> None:
    said = ic(command, "--help")
    assert said.code == 0
    assert "Usage:" in said.out
    assert os.linesep in said.out
