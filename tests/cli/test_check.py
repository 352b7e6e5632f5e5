"""`check message` and `check blameless`: plain lines, JSON, one answer a line, and wrong usage."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

PROMISE = b"The issue will be fixed within 2 hours."
FINE = b"Some users may see errors. Next update by 14:30."


def test_findings_are_said_one_a_line(ic: Command) -> None:
    said = ic("check", "message", given=b"Hello.\n" + PROMISE)
    assert said.code == 1
    assert said.out.startswith("2:11 error promised_fix_time “will be fixed within 2 hours”: Promise the time of")
    assert said.out.endswith("Instead: “is being worked on”\n")
    assert said.out.count("\n") == 1


def test_a_fine_message_is_silence(ic: Command) -> None:
    said = ic("check", "message", given=FINE)
    assert (said.code, said.out, said.err) == (0, "", "")
    assert ic("check", "message").code == 0


def test_the_document_has_the_keys_of_the_contract(ic: Command) -> None:
    said = ic("check", "message", "--json", given=PROMISE)
    assert said.code == 1
    assert set(said.json) == {"schema", "findings"}
    assert said.json["schema"] == 1
    (found,) = said.json["findings"]
    assert set(found) == {"rule", "severity", "start", "end", "text", "advice", "rewrite"}
    assert (found["rule"], found["severity"], found["start"], found["end"]) == ("promised_fix_time", "error", 10, 38)
    assert PROMISE.decode()[found["start"] : found["end"]] == found["text"]
    assert ic("check", "message", "--json", given=FINE).json == {"schema": 1, "findings": []}


def test_the_audience_matters(ic: Command) -> None:
    text = b"db-prod-03 has a p99 of 4 s."
    assert len(ic("check", "message", "--json", given=text).json["findings"]) == 2
    assert ic("check", "message", "--audience", "internal", given=text).code == 0


def test_one_answer_a_line(ic: Command) -> None:
    lines = [
        {"id": 7, "text": PROMISE.decode()},
        {"id": "b", "text": FINE.decode()},
        {"id": None, "text": "db-prod-03 is full.", "audience": "internal"},
        {"id": ["x"], "text": "db-prod-03 is full."},
    ]
    said = ic("check", "message", "--jsonl", given="\n\n".join(map(json.dumps, lines)).encode())
    assert said.code == 1
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert [answer["id"] for answer in answers] == [7, "b", None, ["x"]]
    assert [[found["rule"] for found in answer["findings"]] for answer in answers] == [
        ["promised_fix_time"], [], [], ["internal_detail"]
    ]  # fmt: skip
    assert ic("check", "message", "--jsonl", given=json.dumps(lines[1]).encode()).code == 0
    assert ic("check", "message", "--jsonl").code == 0


def test_unusual_line_ends_inside_a_text_stay_there(ic: Command) -> None:
    line = json.dumps({"id": 1, "text": "Fine.\u2028Fine.\x85Fine."}, ensure_ascii=False)
    said = ic("check", "message", "--jsonl", given=line.encode())
    assert json.loads(said.out) == {"id": 1, "findings": []}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{", "Line 2 is not JSON"),
        (b"[" * 100_000, "Line 2 is not JSON"),
        (b"[]", 'Line 2 must be an object with "id" and "text"'),
        (b'{"text": "a"}', "Line 2 must be an object"),
        (b'{"id": 1}', "Line 2 must be an object"),
        (b'{"id": 1, "text": 5}', "Line 2 must be an object"),
        (b'{"id": 1, "text": "a", "audience": "moon"}', 'Line 2: the audience "moon" is not one of customers'),
        (b'{"id": 1, "text": "a", "audience": []}', "Line 2: the audience [] is not one of"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_answered(ic: Command, line: bytes, says: str) -> None:
    said = ic("check", "message", "--jsonl", given=b'{"id": 0, "text": "a"}\n' + line)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("poem",),
        ("message", "--audience", "moon"),
        ("message", "--json", "--jsonl"),
        ("blameless", "--audience", "internal"),
    ],
)
def test_wrong_usage(ic: Command, arguments: tuple[str, ...]) -> None:
    said = ic("check", *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_bytes_that_are_not_text_do_no_harm(ic: Command) -> None:
    said = ic("check", "message", given=b"\xff\xfe\x1b[31m " + PROMISE)
    assert said.code == 1
    assert "\x1b" not in said.out
    named = ic("check", "message", "--jsonl", given=b'{"id": "\xff", "text": "a"}')
    assert json.loads(named.out)["id"] == "\ufffd"


def test_a_broken_pack_of_ones_own_is_named(ic: Command, tmp_path: Path) -> None:
    (tmp_path / "checks.toml").write_text("name = 5", "utf-8")
    said = ic("--content", str(tmp_path), "check", "message", given=FINE)
    assert said.code == 2
    assert "checks.toml: name: " in said.err


def test_a_text_is_checked_without_a_database(ic: Command, tmp_path: Path) -> None:
    ic("check", "message", given=FINE)
    assert not (tmp_path / "incidents.db").exists()


def test_blameless_asks_about_a_postmortem(ic: Command) -> None:
    said = ic("check", "blameless", "--json", given=b"Sam forgot to renew the certificate.")
    assert said.code == 1
    assert said.json["findings"][0]["rule"] == "names_person"
    assert ic("check", "blameless", given=b"The certificate expired at 02:14.").code == 0
    lines = ic("check", "blameless", "--jsonl", given=b'{"id": 1, "text": "Sam forgot to renew the certificate."}')
    assert json.loads(lines.out)["findings"][0]["rule"] == "names_person"
