"""Key accounts through the desk: the list, each one told by itself, and who is known from elsewhere."""

from dataclasses import replace
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain.clock import SECOND
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Account, Incident
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.storage.messages import complete


def test_the_list_of_key_accounts(desk: Desk, incident: Incident) -> None:
    desk.list_account(incident.id, "Acme", "Mia", "gold")
    desk.list_account(incident.id, "ACME", "Noa", "gold")
    state = desk.note_account(incident.id, "acme", "call first")
    assert state.accounts == (Account("Acme", "Noa", "gold", "call first"),)
    assert desk.drop_account(incident.id, "aCmE").accounts == ()
    desk.undo(incident.id)
    assert desk.incident(incident.id).accounts == state.accounts


def test_each_account_is_told_by_itself(desk: Desk, incident: Incident) -> None:
    for name in ("Acme", "Beta"):
        desk.list_account(incident.id, name)
    wish = Wish("key_accounts", account="acme")
    draft = complete(desk, desk.incident(incident.id), wish)
    assert draft.account == "Acme"
    desk.mark_sent(draft)
    clock_of(desk).advance(5 * SECOND)
    state = desk.mark_sent(complete(desk, desk.incident(incident.id), replace(wish, account="Beta")))
    assert dict(state.told) == {"Acme": NIGHT, "Beta": NIGHT + 5 * SECOND}
    assert [message.account for message in desk.sent(incident.id)] == ["Acme", "Beta"]


def test_a_message_to_an_account_that_is_not_on_the_list_is_refused(desk: Desk, incident: Incident) -> None:
    with pytest.raises(Refused, match="Acme is not on the list of key accounts of INC-1"):
        desk.compose(incident.id, Wish("key_accounts", account="Acme"))


def test_accounts_are_known_across_incidents_and_from_the_pack(ours: Desk) -> None:
    first, second = declare(ours), declare(ours, "Another one", 2)
    assert ours.known_accounts(first) == (Account("Acme", "Mia", "gold"),)
    ours.list_account(first.id, "Beta", "Ole", "silver")
    ours.list_account(first.id, "Acme", "Noa", "gold")
    assert ours.known_accounts(second) == (Account("Acme", "Noa", "gold"), Account("Beta", "Ole", "silver"))
    assert ours.known_accounts(ours.incident(first.id)) == ()


def test_two_desks_list_one_account_once(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin")
    incident = declare(one)
    one.list_account(incident.id, "Acme", "Mia")
    with pytest.raises(Refused, match="Acme is on the list already"):
        two.list_account(incident.id, "acme", "Mia")
    assert len(two.incident(incident.id).accounts) == 1
