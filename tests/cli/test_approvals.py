"""Approval on the command line: asked for, given or returned by name, each of it kept."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.test_messages import FULL, NOTE, PAGE, ic1, refused, rows, sent

__all__ = ["ic1"]


@pytest.fixture
def asking(ic1: Command, tmp_path: Path) -> Command:
    """With a pack that wants messages to customers approved."""
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "comms.toml").write_text('name = "own"\nversion = 1\n\n[[approval]]\naudiences = ["customers"]\n')
    return lambda *words, given=b"": ic1("--content", str(pack), *words, given=given)


def test_from_asking_to_sent_with_two_people(asking: Command) -> None:
    assert "Ask for it with --ask-approval" in asking("update", *PAGE).err
    refused(asking("update", *PAGE, "--sent"), "Nobody has approved this message yet")
    none = asking("approvals")
    assert (none.code, none.err) == (0, "Nobody has asked for approval of a message.\n")
    found = asking("update", *PAGE, "--ask-approval", "--json").json
    assert (found["state"], found["approval"]["state"], found["approval"]["asked_by"]) == ("draft", "asked", "dana")
    waits = asking("approvals")
    assert waits.code == 1
    assert "customers status page: dana waits for approval since " in waits.out
    assert "  Status: Investigating\n\n  Some cards are rejected.\n" in waits.out
    rows_ = asking("approvals", "--json").json
    assert (rows_["waiting"], rows_["approvals"][0]["text"]) == (1, found["text"])
    refused(asking("approve"), "You wrote this message yourself")
    given = asking("--as", "ana", "approve")
    assert given.out == "INC-1 customers status page: approved by ana\n"
    assert "--approved --sent" in given.err
    assert asking("approvals").code == 0
    assert asking("update", "--audience", "customers", "--approved", "--sent").code == 0
    (message,) = sent(asking)
    assert (message["approved_by"], message["overruled"]) == ("ana", [])
    assert message["text"] == found["text"]
    assert rows(asking, "approval") == ["asked for: status page to customers", "given"]


def test_a_returned_message_tells_its_reason_and_other_words_need_a_new_request(asking: Command) -> None:
    asking("update", *PAGE, "--ask-approval")
    refused(asking("return", "--reason", " "), "Say in one line what should be different")
    refused(asking("return"), "Missing option '--reason'")
    back = asking("--as", "ana", "return", "--reason", "too long", "--json").json
    assert (back["schema"], back["state"], back["reason"]) == (1, "returned", "too long")
    assert "ana returned this message: too long" in asking("update", *PAGE).err
    assert "customers status page: returned by ana to dana: too long" in asking("approvals").out
    assert "Ask for it again" in asking("update", *PAGE, "--set", "workaround=Pay later.").err
    refused(asking("update", "--audience", "customers", "--approved"), "Nobody has approved a message to customers")


def test_sending_without_approval_can_be_forced_and_is_kept(asking: Command) -> None:
    assert asking("update", *PAGE, "--sent", "--force").code == 0
    assert sent(asking)[0]["overruled"] == ["approval"]


def test_one_person_alone_approves_their_own_with_a_reason(asking: Command) -> None:
    asking("update", *PAGE, "--ask-approval")
    assert asking("approve", "--reason", "nobody else is awake", "--json").json["reason"] == "nobody else is awake"
    assert "dana approved this message." in asking("update", *PAGE).err
    assert rows(asking, "approval")[-1] == "given: nobody else is awake"


def test_of_several_that_wait_one_has_to_be_named(asking: Command) -> None:
    refused(asking("approve", "--reason", "x"), "No message of INC-1 waits for approval")
    asking("update", *PAGE, "--ask-approval")
    asking("update", "--audience", "internal", *FULL, "--ask-approval")
    refused(asking("approve", "--reason", "x"), "Several messages wait: customers (status_page), internal (initial)")
    refused(asking("approve", "--reason", "x", "--audience", "support"), "No such message waits; these do")
    refused(asking("update", *PAGE, "--ask-approval"), "waits for approval already")
    assert asking("--as", "ana", "approve", "--audience", "internal").code == 0
    assert asking("--as", "ana", "return", "--kind", "status_page", "--reason", "shorter").code == 0
    assert asking("approvals").code == 0


def test_approved_words_that_facts_have_overtaken_are_said(asking: Command) -> None:
    asking("update", *PAGE, "--ask-approval")
    asking("--as", "ana", "approve")
    asking("fact", "impact", "All cards are rejected.")
    said = asking("update", "--audience", "customers", "--approved", "--sent")
    assert "changed “Some cards are rejected.”: Others changed it to: All cards are rejected." in said.err
    assert sent(asking)[0]["overruled"] == ["changed"]


def test_of_several_key_accounts_one_is_named(asking: Command) -> None:
    account = ("update", "--audience", "key_accounts", *NOTE, "--account")
    for name in ("Acme Corp", "Bolt"):
        asking("account", name)
        assert asking(*account, name.lower(), "--ask-approval").code == 0
    waits = "Several messages wait: key_accounts/Acme Corp (key_account), key_accounts/Bolt (key_account)."
    refused(asking("approve", "--reason", "x", "--audience", "key_accounts"), waits)
    refused(asking("return", "--reason", "x"), "Say which one with --audience, --kind and --account.")
    refused(asking("return", "--reason", "x", "--account", "Zed"), "No such message waits; these do")
    given = asking("--as", "ana", "approve", "--account", " acme  corp")
    assert given.out == "INC-1 key_accounts/Acme Corp key account note: approved by ana\n"
    assert "update INC-1 --audience key_accounts --account 'Acme Corp' --kind key_account --approved" in given.err
    back = asking("--as", "ana", "return", "--account", "bolt", "--reason", "shorter", "--json").json
    assert (back["account"], back["state"]) == ("Bolt", "returned")
    assert [each["account"] for each in asking("approvals", "--json").json["approvals"]] == ["Acme Corp", "Bolt"]


def test_an_account_is_meant_however_it_is_spelt(asking: Command) -> None:
    asking("account", "Acme")
    note = ("update", "--audience", "key_accounts", "--account", "acme")
    asking(*note, *NOTE, "--ask-approval")
    asking("--as", "ana", "approve")
    assert asking(*note, "--approved", "--sent").code == 0
    assert asking(*note, *NOTE, "--correct", "1", "--sent", "--force").code == 0
    assert [(each["account"], each["corrects"]) for each in sent(asking)] == [("Acme", None), ("Acme", 1)]


def test_the_same_number_of_two_accounts_is_told_apart(asking: Command) -> None:
    for name in ("Acme", "Bolt"):
        asking("account", name)
        asking("update", "--audience", "key_accounts", "--account", name, *NOTE, "--sent", "--force")
    assert [(each["account"], each["number"]) for each in sent(asking)] == [("Acme", 1), ("Bolt", 1)]
    again = ("resend", "1", "--audience", "key_accounts", "--force")
    refused(asking(*again), "Several key accounts got a message #1: Acme, Bolt. Add --account.")
    refused(asking(*again, "--account", "Zed"), "key_accounts got no message #1")
    assert (
        asking(*again, "--account", "acme").err
        == "key accounts / Acme #2 recorded as sent: the words of #1 once more.\n"
    )
    assert [(each["account"], each["resends"]) for each in sent(asking)][2:] == [("Acme", 1)]


def test_an_approval_that_was_used_waits_for_nobody(asking: Command) -> None:
    asking("update", *PAGE, "--ask-approval")
    asking("--as", "ana", "approve", "--reason", "fine")
    asking("update", "--audience", "customers", "--approved", "--sent")
    said = asking("approvals")
    assert (said.code, said.out) == (0, "customers status page: approved by ana: fine, and sent\n")
    assert asking("approvals", "--json").json["approvals"][0]["state"] == "used"
    refused(asking("update", "--audience", "customers", "--approved", "--sent"), "Nobody has approved a message")
