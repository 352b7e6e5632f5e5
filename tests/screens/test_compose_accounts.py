"""The composer and the key accounts: one after another, each in words of its own."""

import pytest

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from incident_console.screens import OpenComposer
from tests.builders import clock_of
from tests.screens.composing import KNOWN, concern, copied, know, line, open_composer, straight_to, write
from tests.screens.conftest import Copies, press, until


@pytest.fixture
def accounts(desk: Desk, incident: Incident) -> Incident:
    """Two key accounts that were told, each in its own words, and then the impact changed."""
    know(desk, incident, KNOWN[0])
    for name in ("Acme", "Zenith"):
        desk.list_account(incident.id, name)
        wish = Wish("key_accounts", account=name, values=(("impact", f"your cards, {name}"),))
        desk.mark_sent(desk.compose(incident.id, wish), Sending(), Check.FORCED)
        clock_of(desk).advance(2 * MINUTE)
    return desk.state_fact(incident.id, "impact", "half the cards are rejected")


async def test_one_key_goes_round_to_key_accounts_too(app: IncidentApp, desk: Desk, accounts: Incident) -> None:
    desk.mark_sent(desk.compose(accounts.id, Wish("executives")), Sending(), Check.FORCED)
    know(desk, accounts, ("impact", "a third of the cards is rejected"))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        assert line(app, "#behind").startswith("Told otherwise before: Acme (impact); Zenith (impact); executives")
        acme, zenith = ("key_accounts", "Acme"), ("key_accounts", "Zenith")
        round_trip = (acme, zenith, ("executives", ""), acme)
        for wanted in round_trip:
            await press(pilot, "f7")
            await until(pilot, lambda there=wanted: (screen.wish.audience, screen.wish.account) == there)  # type: ignore[misc]
            await until(pilot, lambda: screen.open is not None)


async def test_personal_words_are_copied_and_state_no_fact(
    app: IncidentApp, desk: Desk, accounts: Incident, copies: Copies
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await straight_to(pilot, app, OpenComposer(accounts.id, "key_accounts", "Acme"))
        assert screen.wish.account == "Acme"
        await write(pilot, screen, "impact", "your cards again")
        assert "Zenith (impact)" in line(app, "#behind")
        assert "your cards again" in await copied(pilot, app, copies)
    assert desk.incident(accounts.id).fact("impact") == "half the cards are rejected"


async def test_a_note_to_no_account_says_how_to_choose_one(app: IncidentApp, desk: Desk, accounts: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await straight_to(pilot, app, OpenComposer(accounts.id, "key_accounts"))
        for field in screen.view().draft.missing:  # type: ignore[union-attr]
            await write(pilot, screen, field.name, "we write again soon")
        assert "· Account: No key account is chosen: f4." in concern(app)
