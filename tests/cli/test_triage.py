"""`triage`, `declare --facts` and `reassess`."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.console import PROGRAM, environment
from tests.domain.test_facts import BAD
from tests.hostile import CORPUS, NAMES

DOWN = '{"function": "down", "criticality": "critical", "affected": "all"}'
MILD = '{"function": "partial", "criticality": "minor", "affected": "few", "workaround": "reasonable"}'


def test_the_document_has_the_keys_of_the_contract(ic: Command) -> None:
    said = ic("triage", "--json", given=b'{"function": "degraded", "criticality": "critical", "affected": "some"}')
    assert said.code == 0
    document = said.json
    assert (document["schema"], document["severity"], document["range"]) == (1, 2, [1, 4])
    assert document["unknown"] == ["workaround", "data_loss", "security_breach", "context"]
    assert document["cadence_s"] == {"internal": 1800, "external": 3600}
    assert document["notify"] == ["key stakeholders, within 15 min", "customer-facing teams, within 30 min"]
    assert document["reasons"][0].startswith("a critical function does not work as it should")
    assert document["would_raise"]
    assert document["would_lower"]


def test_a_level_without_updates_has_no_cadence(ic: Command) -> None:
    document = ic("triage", "--json", given=b'{"function": "cosmetic"}').json
    assert document["severity"] == 4
    assert document["cadence_s"] == {"internal": None, "external": None}
    assert document["notify"] == []


def test_plain_words_for_people(ic: Command) -> None:
    said = ic("triage", given=DOWN.encode())
    assert said.code == 0
    assert said.out.startswith("SEV1  critical  (4 answers are not known yet; it could still be SEV1 to SEV4)\n")
    assert "because\n  a critical function does not work for most users" in said.out
    assert "  SEV2 if people need a way around it, and there is a reasonable one\n" in said.out
    assert "  updates: internal every 15 min, customers every 20 min, executives every 30 min\n" in said.out


def test_all_known_leaves_no_range(ic: Command) -> None:
    known = {**json.loads(DOWN), "workaround": "none", "data_loss": False, "security_breach": False, "context": []}
    said = ic("triage", "--json", given=json.dumps(known).encode())
    assert (said.json["range"], said.json["unknown"]) == ([1, 1], [])


@pytest.mark.parametrize(("text", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_facts_exit_2_and_declare_nothing(ic: Command, text: str, says: str) -> None:
    said = ic("triage", given=text.encode())
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert said.err.count("\n") == 1
    assert ic("declare", "Pay down", "--facts", text[:90_000]).code == 2
    assert ic("list").out == ""


def test_bytes_that_are_not_text_are_refused(ic: Command) -> None:
    assert ic("triage", given=b'\xff\xfe{"function"').code == 2


@pytest.mark.parametrize("name", NAMES)
def test_hostile_values_are_refused_harmlessly(ic: Command, name: str) -> None:
    said = ic("triage", given=json.dumps({"function": dict(CORPUS)[name]}).encode("utf-8", "surrogatepass"))
    assert said.code == 2
    assert "\x1b" not in said.err


def test_a_contradiction_is_taken_with_a_warning(ic: Command) -> None:
    said = ic("triage", "--json", given=b'{"function": "none", "affected": "all"}')
    assert said.code == 0
    assert "function none and affected all" in said.err
    assert "function none and affected all" in said.json["warnings"][0]
    declared = ic("declare", "Odd", "--facts", '{"function": "none", "affected": "all"}')
    assert (declared.code, declared.out) == (0, "INC-1\n")
    assert "function none and affected all" in declared.err


def test_declare_takes_the_level_of_the_facts(ic: Command) -> None:
    assert ic("declare", "Pay down", "--facts", DOWN, "--noticed-by", "customer").out == "INC-1\n"
    shown = ic("show", "--json").json
    assert (shown["severity"], shown["detected_by"]) == (1, "customer")
    assert "workaround" in shown["unknown"]
    kinds = [entry["kind"] for entry in shown["entries"]]
    assert kinds == ["declared", "triage"]
    assert shown["entries"][1]["text"].startswith("SEV1 as recommended; a critical function does not work")
    assert {clock["name"] for clock in shown["clocks"]} == {"internal", "customers", "executives", "reassess", "care"}


def test_declare_with_another_level_keeps_why(ic: Command) -> None:
    said = ic("declare", "Pay down", "--facts", DOWN, "--severity", "2", "--reason", "only the test shop")
    assert "The facts speak for SEV1" in said.err
    shown = ic("show", "--json").json
    assert shown["severity"] == 2
    assert shown["entries"][1]["text"].startswith("SEV2 taken, SEV1 recommended; only the test shop;")


def test_without_facts_nothing_is_guessed(ic: Command) -> None:
    ic("declare", "Something")
    assert ic("show", "--json").json["severity"] is None


def test_nobody_else_can_have_noticed(ic: Command) -> None:
    said = ic("declare", "x", "--noticed-by", "the cat")
    assert said.code == 2
    assert "monitoring, customer, colleague" in said.err


def test_looking_again(ic: Command) -> None:
    ic("declare", "Pay down", "--facts", MILD)
    assert ic("show", "--json").json["severity"] == 3
    assert ic("reassess", "--still").out == "INC-1 is still SEV3\n"
    refused = ic("reassess", "--facts", DOWN)
    assert refused.code == 2
    assert "say why in one line" in refused.err.lower()
    changed = ic("reassess", "--facts", '{"criticality": "critical", "affected": "many", "workaround": "none"}',
                 "--reason", "it spreads")  # fmt: skip
    assert changed.out == "INC-1 is SEV2 now\n"
    assert "Must now be told: customers, first update within 15 min" in changed.err
    texts = [entry["text"] for entry in ic("timeline", "--json").json["entries"]]
    assert texts[-1] == "SEV3 → SEV2: it spreads"
    assert texts[2].startswith("still SEV3 as recommended")
    assert ic("reassess").code == 2
    ic("status", "1", "resolved")
    assert "back to monitoring" in ic("reassess", "--still").err


def test_on_a_terminal_it_asks_the_same_questions(tmp_path: Path) -> None:
    """Answers typed into a real terminal, a mistyped one among them."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, "triage", "--json"], stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=environment(tmp_path),
    )  # fmt: skip
    os.close(slave)
    os.write(master, b"1\n1\n9\n3\n0\n2\n2\n1,2\n1\n\n")
    out, err = process.communicate(timeout=30)
    os.close(master)
    assert process.returncode == 0
    document = json.loads(out)
    assert document["facts"] == {
        "function": "down", "criticality": "critical", "affected": "some", "workaround": None, "data_loss": False,
        "security_breach": False, "context": ["peak", "vip"],
    }  # fmt: skip
    assert document["severity"] == 1
    assert b"What do users experience?" in err
    assert b"Type a number from 0 to 5." in err
