"""The commands of cli contract: what they do, print and answer."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incident_console.cli.commands import COMMANDS, LazyGroup, program
from incident_console.domain.clock import to_instant
from tests.builders import declare, make_desk
from tests.cli.conftest import Command
from tests.hostile import CORPUS, NAMES


def test_one_incident_from_end_to_end(ic: Command, tmp_path: Path) -> None:
    assert (
        ic("declare", "Checkout failing", "--severity", "1", "--ic", "dana", "--service", "Checkout").out == "INC-1\n"
    )
    assert ic("log", "provider answers 503").code == 0
    assert ic("log", "INC-1", "roll back 4512", "--kind", "decision", "--at", "-5m").code == 0
    assert ic("role", "1", "comms", "Ana").out == "INC-1 comms: Ana\n"
    assert ic("status", "checkout", "identified").out == "INC-1 is identified now\n"
    assert ic("severity", "1", "2", "--reason", "only some cards").out == "INC-1 is SEV2 now\n"
    sent = ic(
        "update", "--audience", "internal", "--set", "impact=cards fail", "--set", "users_affected=some", "--sent"
    )
    assert sent.code == 0
    assert "internal stakeholders #1 recorded as sent. Next update due:" in sent.err
    assert ic("status", "1", "resolved").code == 0
    assert ic("due", "--short").out == "nothing due\n"
    ic("postmortem", "1", "--why", "pool used up", "--why", "slow query", "--set", "summary=It broke.")
    ic("postmortem", "1", "--action", "index check", "--owner", "dana", "--due", "+14d")
    exported = tmp_path / "out.md"
    assert ic("postmortem", "1", "--export", str(exported)).code == 0
    text = exported.read_text()
    assert all(
        part in text for part in ("It broke.", "- 1: pool used up", "  - 1.1: slow query", "index check", "cards fail")
    )
    assert ic("status", "1", "closed").code == 0
    assert ic("list").err.startswith("No incident is open.")
    assert "INC-1" in ic("list", "--all").out


def test_json_on_reads(ic: Command) -> None:
    ic("declare", "Search down", "--severity", "2", "--tag", "a", "--started", "-20m")
    ic("log", "hello")
    shown = ic("show", "--json").json
    assert (shown["schema"], shown["reference"], shown["severity"], shown["status"]) == (1, "INC-1", 2, "investigating")
    assert shown["started_at"].endswith("Z")
    assert shown["detected_at"] is None
    assert 1190 <= shown["elapsed_s"] <= 1300
    assert [entry["number"] for entry in shown["entries"]] == [1, 2]
    clocks = {(clock["kind"], clock["audience"], clock["name"]) for clock in shown["clocks"]}
    audiences = {("update", name, name) for name in ("internal", "customers", "executives")}
    assert clocks == {*audiences, ("reassess", None, "reassess"), ("care", None, "care")}
    listed = ic("list", "--json").json
    assert [each["reference"] for each in listed["incidents"]] == ["INC-1"]
    rows = ic("timeline", "--kind", "note", "--json").json["entries"]
    assert [(row["kind"], row["text"], row["actor"]) for row in rows] == [("note", "hello", "dana")]
    due = ic("due", "--json").json
    assert due["overdue"] is False
    assert all(isinstance(clock["remaining_s"], int) for clock in due["clocks"])
    assert ic("log", "more", "--json").json["text"] == "more"
    assert ic("declare", "Another", "--json").json["severity"] is None
    message = ic("update", "1", "--audience", "customers", "--json").json
    assert message["missing"] == ["service", "impact"]


def test_an_overdue_update_answers_one(ic: Command, tmp_path: Path) -> None:
    declare(make_desk(tmp_path, at=to_instant(datetime(2026, 1, 1, tzinfo=UTC))))
    late = ic("due")
    assert late.code == 1
    assert "OVERDUE" in late.out
    assert ic("due", "--json").json["overdue"] is True
    short = ic("due", "--short")
    assert (short.code, len(short.out) <= 61) == (1, True)
    assert short.out.startswith("INC-1 internal OVERDUE")
    for audience in ("internal", "customers", "executives"):
        assert ic("update", "--audience", audience, "--sent", "--force").code == 0
    assert ic("due", "--short").out.startswith("INC-1 reassess OVERDUE")
    assert ic("reassess", "--still").code == 0
    assert ic("due", "--short").out.startswith("INC-1 care OVERDUE")
    assert ic("do", "/care everybody ate and one went home").code == 0
    assert ic("due").code == 0


def test_correct_strike_undo_redo(ic: Command) -> None:
    ic("declare", "a", "--severity", "3")
    ic("log", "wrong words")
    assert ic("correct", "1", "2", "right", "words").out == "INC-1 entry 2 corrected\n"
    assert "right words  (corrected)" in ic("show").out
    assert ic("strike", "1", "2", "--reason", "not ours").code == 0
    assert "(struck)" in ic("show").out
    assert ic("undo").out == "INC-1 undone: strike: not ours\n"
    assert ic("undo").out == "INC-1 undone: correction: right words\n"
    assert ic("redo").out == "INC-1 back again: correction: right words\n"
    assert "right words  (corrected)" in ic("show").out


def test_standard_input_is_one_entry_a_line_whatever_bytes_it_holds(ic: Command) -> None:
    ic("declare", "a", "--severity", "3")
    assert ic("log", "-", given=b"one\n\ntwo \xff\xfe\nthree\x1b]0;x\x07\n").code == 0
    texts = [row["text"] for row in ic("timeline", "--kind", "note", "--json").json["entries"]]
    assert texts == ["one", "two ��", "three␛]0;x␇"]
    assert ic("log", "-", given=b"\n \n").code == 2


def test_a_number_alone_is_text_and_before_words_a_reference(ic: Command) -> None:
    ic("declare", "a", "--severity", "3")
    ic("log", "503")
    ic("log", "1", "errors fell")
    texts = [row["text"] for row in ic("timeline", "--kind", "note", "--json").json["entries"]]
    assert texts == ["503", "errors fell"]


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_text_is_harmless_on_every_way_out(ic: Command, _name: str, text: str) -> None:
    assert ic("--as", text, "declare", text[:150], "--severity", "1", "--service", text, "--channel", text).code == 0
    ic("log", f"x {text}")
    ic("role", "1", "ic", text)
    ic("postmortem", "1", "--set", f"summary={text}", "--why", text, "--action", text)
    for arguments in (["show"], ["list"], ["due"], ["timeline"], ["export", "1", "--format", "md"], ["postmortem", "1"],
                      ["export", "1", "--format", "json"], ["update", "--audience", "internal"], ["show", "--json"]):  # fmt: skip
        said = ic(*arguments)
        both = said.out + said.err
        assert said.code == 0
        assert not any(bad in both for bad in ("\x1b", "\x9b", "\x9d", "\u202e", "\ud800", "\x00", "\u2066"))


REFUSALS = [
    (["declare", "   ", "--severity", "1"], "needs a title"),
    (["declare", "x" * 10_000, "--severity", "1"], "200 fit"),
    (["declare", "a\nb", "--severity", "1"], "one line"),
    (["declare", "a", "--severity", "0"], "Use 1 (worst) to 4"),
    (["declare", "a", "--severity", "5"], "Use 1 (worst) to 4"),
    (["declare", "a", "--severity", "high"], "Use 1 (worst) to 4"),
    (["declare", "a", "--started", "2999-01-01T00:00Z"], "future"),
    (["declare", "a", "--started", "-5m", "--detected", "-1h"], "before it started"),
    (["declare", "a", "--started", "soonish"], "is not a time"),
    (["log", "1", "x", "--at", "2999-01-01T00:00Z"], "future"),
    (["log", "1", "x", "--at", "2001-01-01T00:00Z"], "more than a day before"),
    (["log", "1", "x", "--kind", "gossip"], "Use one of: note"),
    (["log", "closed thing x"], "Several incidents are open"),
    (
        ["log", "3", "x", "--kind", "checkin"],
        "To reopen it: /reopen (in a shell: incident-console status INC-3 investigating)",
    ),
    (["log"], "Several incidents are open"),
    (["show", "payments"], "fits several incidents"),
    (["show", "nothing like it"], "No incident fits"),
    (["show", "INC-99"], "There is no INC-99"),
    (["severity", "1", "9", "--reason", "x"], "Use 1 (worst) to 4"),
    (["severity", "1", "2"], "--reason"),
    (["status", "1", "fixed"], "Use one of: investigating"),
    (["status", "1", "resolved", "--at", "-3h"], "cannot change before"),
    (["role", "1", "boss", "x"], "Use one of: ic"),
    (["correct", "1", "77", "x"], "There is no entry 77"),
    (["correct", "1", "1", "x"], "Only logged lines"),
    (["undo", "1"], "cannot be undone"),
    (["redo", "1"], "nothing to redo"),
    (["update", "1", "--audience", "everybody"], "Use one of: internal"),
    (["update", "1", "--audience", "internal", "--set", "mood=calm"], "no field"),
    (["update", "1", "--audience", "internal", "--set", "mood"], "FIELD=VALUE"),
    (["update", "1", "--audience", "internal", "--sent"], "Still missing"),
    (["export", "1", "--format", "pdf"], "pdf"),
    (["import", "/nowhere/at/all.json"], "cannot be read"),
    (["postmortem", "1", "--set", "mood=calm"], "Use one of: summary"),
    (["no-such-command"], "--help"),
    (["log", "--bogus", "x"], "--help"),
    (["--content", "/nowhere", "due"], "not a folder"),
]


@pytest.mark.parametrize(("arguments", "says"), REFUSALS, ids=[" ".join(case[0])[:60] for case in REFUSALS])
def test_bad_input_gets_one_sentence_and_writes_nothing(
    ic: Command, arguments: list[str], says: str, tmp_path: Path
) -> None:
    ic("declare", "payments a", "--severity", "1")
    ic("declare", "payments b", "--severity", "2")
    ic("declare", "shut", "--severity", "4")
    ic("status", "3", "closed")
    before = ic("list", "--all", "--json").json["incidents"], ic("show", "1", "--json").json["entries"]
    said = ic(*arguments)
    assert said.code == 2
    assert says in said.err
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err
    after = ic("list", "--all", "--json").json["incidents"], ic("show", "1", "--json").json["entries"]
    strip = [{**each, "elapsed_s": 0} for each in before[0]], [{**each, "elapsed_s": 0} for each in after[0]]
    assert strip[0] == strip[1]
    assert before[1] == after[1]


def test_a_status_that_goes_back_is_recorded(ic: Command) -> None:
    ic("declare", "a", "--severity", "1")
    ic("status", "1", "monitoring")
    assert ic("status", "1", "investigating").code == 0
    assert "monitoring → investigating" in ic("show").out


def test_storage_trouble_answers_three(ic: Command, tmp_path: Path) -> None:
    (tmp_path / "incidents.db").write_bytes(b"")
    said = ic("list")
    assert said.code == 3
    assert "is empty" in said.err


def test_help_lists_every_command_with_its_own_words(ic: Command) -> None:
    text = ic("--help").out
    assert isinstance(program, LazyGroup)
    with program.make_context("ic", ["list"]) as context:
        for name, (_, line) in COMMANDS.items():
            command = program.get_command(context, name)
            assert command is not None
            assert command.get_short_help_str(200).rstrip(".") == line.rstrip(".")
            assert name in text
            assert ic(name, "--help").code == 0


def test_the_screen_refuses_where_it_cannot_work(ic: Command) -> None:
    said = ic()
    assert said.code == 2
    assert "incident-console list" in said.err


def test_completion_scripts(ic: Command) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "incident-console" in ic("completion", shell).out


def test_exports_do_not_overwrite(ic: Command, tmp_path: Path) -> None:
    ic("declare", "a", "--severity", "1")
    place = tmp_path / "a.json"
    assert ic("export", "--format", "json", "--output", str(place)).code == 0
    assert json.loads(place.read_text())["schema"] == 1
    said = ic("export", "--format", "json", "--output", str(place))
    assert said.code == 2
    assert "exists already" in said.err
