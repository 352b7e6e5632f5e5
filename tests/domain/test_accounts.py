"""Key accounts: the list, notes, who has been told and who has not."""

from dataclasses import replace

import pytest

from incident_console.domain import events as e
from incident_console.domain.accounts import (
    MAX_NAME,
    MAX_NOTE,
    account_name,
    account_rows,
    drop_account,
    find,
    list_account,
    note_account,
    the_account,
    untold,
)
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.incident import Account, Incident
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

INCIDENT = Incident(
    "x", number=7, title="Checkout failing", severity=1, declared_at=NIGHT,
    accounts=(Account("Acme Ltd", "Mia", "gold"), Account("Beta"), Account("Straße AG", "Ole", "", "call first")),
)  # fmt: skip


def history(*bodies: Body) -> Incident:
    declared = e.Declared(7, "Checkout failing", 1)
    return fold(
        "x",
        [Event(str(n), "o", n, "x", NIGHT + n, NIGHT + n, "dana", body) for n, body in enumerate((declared, *bodies))],
    )


def sent(account: str) -> e.MessageSent:
    return e.MessageSent("key_accounts", "key_account", 1, "s", "t", account=account)


@pytest.mark.parametrize("name", ["Acme Ltd", "acme ltd", "ACME LTD", " Acme \n Ltd "])
def test_an_account_is_found_in_any_spelling(name: str) -> None:
    assert find(INCIDENT, name) == INCIDENT.accounts[0]


@pytest.mark.parametrize("name", ["", "Acme", "Acme Ltd.", "Gamma", "\x1b[2J"])
def test_what_is_not_on_the_list_is_refused_with_the_list(name: str) -> None:
    assert find(INCIDENT, name) is None
    with pytest.raises(
        Refused, match=r"key accounts of INC-7\. On the list: Acme Ltd, Beta, Straße AG\. Add it first\."
    ):
        the_account(INCIDENT, name)
    with pytest.raises(Refused, match=r"INC-7\. Add it first\."):
        the_account(replace(INCIDENT, accounts=()), name)


def test_a_refusal_stays_short_with_many_accounts_and_long_names() -> None:
    many = replace(INCIDENT, accounts=tuple(Account(f"{n}" * 60) for n in range(500)))
    with pytest.raises(Refused) as refusal:
        the_account(many, "x" * 10_000)
    assert len(str(refusal.value)) < 300


def test_fold_of_letters_counts() -> None:
    assert find(INCIDENT, "STRASSE AG") == INCIDENT.accounts[2]


def test_a_new_account_is_listed_with_owner_and_tier() -> None:
    assert list_account(INCIDENT, " Gamma\nGmbH ", " Ana ", " silver ") == e.AccountListed(
        "Gamma GmbH", "Ana", "silver"
    )


def test_a_known_account_changes_owner_or_tier_under_its_name() -> None:
    assert list_account(INCIDENT, "acme ltd", "Noa", "gold") == e.AccountListed("Acme Ltd", "Noa", "gold")
    assert list_account(INCIDENT, "BETA", "", "gold") == e.AccountListed("Beta", "", "gold")
    with pytest.raises(Refused, match="Acme Ltd is on the list already"):
        list_account(INCIDENT, "ACME LTD", "Mia", "gold")


def test_a_change_keeps_the_note_and_the_place() -> None:
    state = history(
        e.AccountListed("A"),
        e.AccountListed("B"),
        e.AccountNoted("A", "call first"),
        e.AccountListed("A", "Mia", "gold"),
    )
    assert state.accounts == (Account("A", "Mia", "gold", "call first"), Account("B"))


@pytest.mark.parametrize("name", ["", " ", "\n\t"])
def test_an_account_needs_a_name(name: str) -> None:
    with pytest.raises(Refused, match="needs a name"):
        list_account(INCIDENT, name, "", "")


def test_how_long_a_name_may_be() -> None:
    assert account_name("x" * MAX_NAME) == "x" * MAX_NAME
    with pytest.raises(Refused, match=f"{MAX_NAME + 1} characters; {MAX_NAME} fit"):
        account_name("x" * (MAX_NAME + 1))


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_hostile_names_owners_and_notes_are_kept_harmlessly(_name: str, value: str) -> None:
    body = list_account(INCIDENT, "x" + value[:50], value, value)
    for text in (body.name, body.owner, body.tier):
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\n" not in text
        assert len(text) <= MAX_NAME
    listed = replace(INCIDENT, accounts=(*INCIDENT.accounts, Account(body.name)))
    assert find(listed, "x" + value[:50]) == Account(body.name)
    note = note_account(INCIDENT, "Beta", value[:MAX_NOTE] + "!").text if len(value) < MAX_NOTE else ""
    assert "\x1b" not in note
    assert "\u202e" not in note


def test_a_note_may_have_several_lines_and_replaces_the_one_before() -> None:
    body = note_account(INCIDENT, "straße ag", " one\r\ntwo ")
    assert body == e.AccountNoted("Straße AG", "one\ntwo")
    state = history(e.AccountListed("A"), e.AccountNoted("A", "old"), e.AccountNoted("A", "new"))
    assert state.accounts == (Account("A", note="new"),)


def test_a_note_can_be_taken_back() -> None:
    assert note_account(INCIDENT, "straße ag", "  ") == e.AccountNoted("Straße AG", "")


def test_notes_that_are_not_kept() -> None:
    with pytest.raises(Refused, match="reads like that already"):
        note_account(INCIDENT, "Straße AG", "call first ")
    with pytest.raises(Refused, match="reads like that already"):
        note_account(INCIDENT, "Beta", "")
    with pytest.raises(Refused, match=f"{MAX_NOTE} fit"):
        note_account(INCIDENT, "Beta", "x" * (MAX_NOTE + 1))
    with pytest.raises(Refused, match="not on the list"):
        note_account(INCIDENT, "Gamma", "x")


def test_an_account_is_dropped_by_its_own_name() -> None:
    assert drop_account(INCIDENT, "ACME ltd") == e.AccountDropped("Acme Ltd")
    assert history(e.AccountListed("A"), e.AccountListed("B"), e.AccountDropped("A")).accounts == (Account("B"),)
    with pytest.raises(Refused, match="not on the list"):
        drop_account(INCIDENT, "Gamma")


def test_an_account_that_comes_back_is_still_known_to_have_been_told() -> None:
    state = history(e.AccountListed("Acme"), sent("Acme"), e.AccountDropped("Acme"), e.AccountListed("ACME"))
    (row,) = account_rows(state)
    assert (row.account.name, row.told_at) == ("ACME", NIGHT + 2)


# --- told and untold


def test_those_who_were_not_told_come_first() -> None:
    told = replace(INCIDENT, told=(("Acme Ltd", NIGHT + MINUTE),))
    rows = account_rows(told)
    assert [(row.account.name, row.told_at) for row in rows] == [
        ("Beta", None), ("Straße AG", None), ("Acme Ltd", NIGHT + MINUTE),
    ]  # fmt: skip
    assert [each.name for each in untold(told)] == ["Beta", "Straße AG"]
    assert untold(replace(told, accounts=INCIDENT.accounts[:1])) == ()


def test_a_message_to_all_key_accounts_tells_none_by_name() -> None:
    assert history(e.AccountListed("A"), sent("")).told == ()


def test_who_knows_the_end() -> None:
    told = (("Acme Ltd", NIGHT + HOUR), ("Beta", NIGHT + HOUR - 1))
    over = replace(INCIDENT, status="resolved", resolved_at=NIGHT + HOUR, told=told)
    assert {row.account.name: row.knows_end for row in account_rows(over)} == {
        "Straße AG": False, "Acme Ltd": True, "Beta": False,
    }  # fmt: skip
    assert not any(row.knows_end for row in account_rows(replace(over, status="investigating")))


def test_undoing_brings_a_dropped_account_back_with_its_note() -> None:
    state = history(
        e.AccountListed("A", "Mia"), e.AccountNoted("A", "n"), e.AccountDropped("A"), e.Undone("3")
    )  # fmt: skip
    assert state.accounts == (Account("A", "Mia", "", "n"),)
    assert history(e.AccountListed("A"), e.AccountNoted("A", "n"), e.Undone("1")).accounts == ()
