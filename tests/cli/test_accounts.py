"""Facts and key accounts on the command line: stated once, told to everybody, kept for good."""

from pathlib import Path

import pytest

from incident_console.domain.text import clean, clean_line
from tests.cli.conftest import Call, Command
from tests.console import run
from tests.hostile import CORPUS, NAMES

NOTE = ("--set", "impact=x", "--set", "what_we_do=y", "--set", "contact=z")


@pytest.fixture
def ic1(ic: Command) -> Command:
    """With one incident."""
    assert ic("declare", "Checkout failing", "--severity", "1", "--service", "Checkout").code == 0
    return ic


def rows(ic: Command, kind: str) -> list[str]:
    """The texts of one kind in the permanent record."""
    return [row["text"] for row in ic("timeline", "1", "--kind", kind, "--json").json["entries"]]


def refused(said: Call, words: str) -> None:
    assert (said.code, said.out) == (2, "")
    assert words in said.err
    assert said.err.count("\n") == 1
    assert "!" not in said.err


# --- facts


def test_a_fact_is_stated_changed_and_cleared_and_each_is_an_entry(ic1: Command) -> None:
    assert ic1("fact", "impact", "all", "cards", "fail").out == "INC-1 impact: all cards fail\n"
    assert ic1("fact", "1", "impact", "half of them fail").code == 0
    assert ic1("fact", "checkout", "Next-Steps", "roll back", "--json").json == {
        "schema": 1, "reference": "INC-1", "name": "next_steps", "value": "roll back",
    }  # fmt: skip
    assert ic1("fact", "INC-1", "impact", "").out == "INC-1 impact: not known\n"
    assert rows(ic1, "fact") == [
        "impact: all cards fail",
        "impact: half of them fail (was: all cards fail)",
        "next steps: roll back",
        "impact: not known any more (was: half of them fail)",
    ]
    assert ic1("undo").code == 0
    assert ic1("facts", "--json").json["facts"]["impact"] == "half of them fail"


def test_facts_fill_every_message(ic1: Command) -> None:
    ic1("fact", "impact", "Some cards fail.")
    for audience in ("internal", "customers", "executives", "support", "key_accounts"):
        assert ic1("update", "--audience", audience, "--json").json["fields"]["impact"] == "Some cards fail."


def test_all_facts_are_listed_and_who_holds_older_ones(ic1: Command) -> None:
    assert ic1("facts", "--json").json == {
        "schema": 1, "reference": "INC-1", "stated_at": None, "behind": [],
        "facts": dict.fromkeys(["impact", "users_affected", "business_impact", "customer_reports", "progress",
                                "next_steps", "workaround"]),
    }  # fmt: skip
    ic1("update", "--audience", "internal", "--set", "impact=all", "--set", "users_affected=some", "--sent")
    changed = ic1("fact", "impact", "half")
    behind = "internal stakeholders were last told something else about: impact. Follow up with: incident-console update INC-1"
    assert changed.err.startswith(behind)
    said = ic1("facts")
    assert said.out.splitlines()[:3] == ["impact: half", "users affected: some", "business impact: not known"]
    assert said.err.startswith(behind)
    found = ic1("facts", "--json").json
    assert found["stated_at"].endswith("Z")
    assert found["behind"] == [{"audience": "internal", "facts": ["impact"]}]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("impact",), "Type a fact and its words"),
        (("1", "impact"), "Type a fact and its words"),
        (("mood", "calm"), "There is no fact “mood”. Use one of: impact"),
        (("workaround", ""), "reads like that already"),
        (("nowhere", "impact", "x"), "No incident fits"),
        (("INC-9", "impact", "x"), "There is no INC-9"),
    ],
)
def test_what_is_no_fact(ic1: Command, words: tuple[str, ...], says: str) -> None:
    refused(ic1("fact", *words), says)
    assert rows(ic1, "fact") == []


def test_the_room_states_facts_too(ic1: Command) -> None:
    ic1("update", "--audience", "internal", "--set", "impact=all", "--set", "users_affected=some", "--sent")
    assert (
        ic1("do", "/fact impact payments work again for half").out
        == "Told something else before: internal stakeholders.\n"
    )
    assert rows(ic1, "fact")[-1] == "impact: payments work again for half (was: all)"
    refused(ic1("do", "/fact impact"), "Type the fact and its words")
    refused(ic1("do", "/fact"), "Type the fact and its words")
    refused(ic1("do", "/fact mood calm"), "There is no fact")
    assert ic1("do", "/fact workaround invoices").code == 0
    assert ic1("do", '/fact impact ""').out == "Told something else before: internal stakeholders.\n"
    assert ic1("facts", "--json").json["facts"]["impact"] is None


def test_the_plain_room_states_them_and_says_what_is_wrong(tmp_path: Path) -> None:
    run(tmp_path, "declare", "Pay down", "--severity", "1")
    out = run(tmp_path, "room", given=b"/fact impact half of them fail\n/fact impact\n").stdout.decode()
    assert "\nSaved.\nNot saved. Type the fact and its words" in out
    assert b"impact: half of them fail\n" in run(tmp_path, "facts").stdout


# --- key accounts


def test_accounts_are_listed_until_everybody_is_told(ic1: Command) -> None:
    none = ic1("accounts")
    assert (none.code, none.out) == (0, "")
    assert none.err.startswith("No key account is listed. Add one with:")
    assert ic1("account", "Acme Corp", "--owner", "Ana", "--tier", "gold", "--note", "call\nfirst").code == 0
    ic1("account", "1", "Bolt", "&", "Co")
    listed = ic1("accounts")
    assert listed.code == 1
    assert (
        listed.out
        == "Acme Corp · gold · owner Ana · not told yet\n  call\n  first\nBolt & Co · no owner · not told yet\n"
    )
    for name in ("Acme Corp", "bolt & co"):
        told = ic1("update", "--audience", "key_accounts", "--account", name, *NOTE, "--sent")
        assert told.code == 0
    found = ic1("accounts", "--json")
    assert (found.code, found.json["untold"]) == (0, [])
    first = found.json["accounts"][0]
    assert (first["name"], first["owner"], first["tier"], first["note"]) == ("Acme Corp", "Ana", "gold", "call\nfirst")
    assert (first["told"], first["knows_end"]) == (True, False)
    assert first["told_at"].endswith("Z")
    ic1("status", "1", "resolved")
    assert "not told that it is over" in ic1("accounts").out


def test_an_account_changes_and_leaves_and_each_is_an_entry(ic1: Command) -> None:
    ic1("account", "Acme", "--owner", "Ana")
    assert ic1("account", "acme", "--tier", "gold", "--json").json == {
        "schema": 1, "reference": "INC-1", "listed": True, "name": "Acme", "owner": "Ana", "tier": "gold", "note": None,
    }  # fmt: skip
    assert ic1("account", "Acme", "--note", "waits for a call").code == 0
    assert ic1("account", "Acme", "--note", "").code == 0
    assert ic1("account", "Acme", "--drop").out == "INC-1 Acme taken off the list\n"
    assert rows(ic1, "account") == [
        "key account Acme, owner Ana", "key account Acme, gold, owner Ana", "Acme: waits for a call", "Acme: ",
        "Acme is not affected",
    ]  # fmt: skip
    assert ic1("accounts", "--json").json["accounts"] == []


def test_owner_and_tier_come_from_an_earlier_incident(ic1: Command) -> None:
    ic1("account", "Acme", "--owner", "Ana", "--tier", "gold")
    ic1("declare", "Search down", "--severity", "2")
    said = ic1("accounts", "2")
    assert "Known, but not listed here: Acme." in said.err
    assert ic1("accounts", "2", "--json").json["known"] == [{"name": "Acme", "owner": "Ana", "tier": "gold"}]
    found = ic1("account", "2", "acme", "--json").json
    assert (found["reference"], found["name"], found["owner"], found["tier"]) == ("INC-2", "Acme", "Ana", "gold")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((" ",), "A key account needs a name"),
        (("x" * 121,), "120 fit"),
        (("Acme",), "is on the list already"),
        (("Acme", "--owner", "Ana"), "is on the list already"),
        (("Acme", "--note", ""), "The note reads like that already"),
        (("Acme", "--drop", "--tier", "gold"), "--drop takes the account off the list"),
        (("Bolt", "--drop"), "is not on the list of key accounts of INC-1. On the list: Acme."),
        (("Bolt", "--note", "x" * 4001), "4000 fit"),
        (("INC-9", "Bolt"), "There is no INC-9"),
    ],
)
def test_what_cannot_be_listed_changes_nothing(ic1: Command, words: tuple[str, ...], says: str) -> None:
    ic1("account", "Acme", "--owner", "Ana")
    before = ic1("show", "--json").json["entries"]
    refused(ic1("account", *words), says)
    assert ic1("show", "--json").json["entries"] == before


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_words_are_harmless_and_literal(ic1: Command, _name: str, text: str) -> None:
    said = [
        ic1("fact", "impact", text), ic1("facts"), ic1("facts", "--json"), ic1("do", f"/fact progress x {text}"),
        ic1("account", text[:100], "--owner", text, "--tier", text, "--note", text[:4000]), ic1("accounts"),
        ic1("accounts", "--json"), ic1("timeline"), ic1("account", text[:100], "--drop"),
    ]  # fmt: skip
    whole = "".join(each.out + each.err for each in said)
    assert not any(bad in whole for bad in ("\x1b", "\x9b", "\x9d", "\u202e", "\ud800", "\x00", "\u2066"))
    assert said[2].json["facts"]["impact"] == clean_line(text)
    (account,) = said[6].json["accounts"]
    assert (account["name"], account["note"]) == (clean_line(text[:100]), clean(text[:4000]).strip())


def test_accounts_that_hold_older_words_are_named_with_their_command(ic1: Command) -> None:
    ic1("fact", "impact", "all")
    ic1("account", "Acme Ltd")
    ic1("update", "--audience", "internal", "--set", "users_affected=some", "--sent")
    acme = ("--audience", "key_accounts", "--account", "Acme Ltd")
    told = ic1("update", *acme, "--set", "impact=yours", "--sent", "--force")
    assert "something else" not in told.err  # personal words are no fact for the others
    changed = ic1("fact", "impact", "half")
    assert "Acme Ltd was last told something else about: impact." in changed.err
    assert "--audience key_accounts --account 'Acme Ltd'" in changed.err
