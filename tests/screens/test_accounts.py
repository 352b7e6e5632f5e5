"""Key accounts, key by key: listed, edited, noted, told, taken off, copied."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from incident_console.app import IncidentApp
from incident_console.clipboard import CopyResult, CopyState
from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from incident_console.screens.accounts import AccountsScreen
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.widgets.editor import EditText
from incident_console.widgets.form import Form
from incident_console.widgets.key_help import key_help
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.questions import Choose
from tests.builders import clock_of, declare, make_desk
from tests.hostile import CORPUS
from tests.screens.conftest import Copies, named, press, until
from tests.screens.test_sent import fill_in, said

BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


def tell(desk: Desk, incident: Incident, account: str) -> None:
    """The account hears something now."""
    draft = desk.compose(incident.id, Wish("key_accounts", account=account))
    desk.mark_sent(replace(draft, text="dear customer"), Sending(channel="phone"), Check.FORCED)


def accounts(app: IncidentApp) -> AccountsScreen:
    assert isinstance(app.screen, AccountsScreen)
    return app.screen


def rows(app: IncidentApp) -> list[str]:
    options = accounts(app).query_one("#accounts", OptionList).options
    return [" ".join(str(option.prompt).split()) for option in options]


def shown(app: IncidentApp, selector: str) -> str:
    return str(accounts(app).query_one(selector, Static).content)


def names(desk: Desk, incident: Incident) -> list[str]:
    return [account.name for account in desk.incident(incident.id).accounts]


async def open_accounts(pilot: Pilot[int]) -> None:
    await press(pilot, "escape", "K")
    await until(pilot, lambda: isinstance(pilot.app.screen, AccountsScreen))


@BOTH
async def test_those_who_were_not_told_stand_first(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    desk.list_account(incident.id, "Acme", "ana", "gold")
    desk.list_account(incident.id, "Globex", "", "silver")
    desk.note_account(incident.id, "Globex", "call first\nnever mail")
    tell(desk, incident, "Acme")
    async with app.run_test(size=size) as pilot:
        await open_accounts(pilot)
        assert rows(app) == ["○ not told ✎ Globex silver no owner", "✓ told 02:47 Acme gold ana"]
        assert "1 of 2 not told" in shown(app, "#heading")
        assert "○ not told yet" in shown(app, "#text")
        assert "call first\nnever mail" in shown(app, "#text")
        await press(pilot, "j")
        assert "✓ told 2026-11-21 02:47 UTC" in shown(app, "#text")
        await press(pilot, "k", "escape")
        assert isinstance(app.screen, LiveScreen)


async def test_after_the_end_it_says_who_knows(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    for name in ("Acme", "Globex", "Initech"):
        desk.list_account(incident.id, name)
    tell(desk, incident, "Acme")
    clock_of(desk).advance(5 * MINUTE)
    desk.change_status(incident.id, "resolved")
    tell(desk, incident, "Globex")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_accounts(pilot)
        assert rows(app) == [
            "○ not told Initech no owner", "✓ told 02:47 Acme no owner ! not the end",
            "✓ told 02:52 Globex no owner knows the end",
        ]  # fmt: skip


@BOTH
async def test_an_empty_list_teaches(size: tuple[int, int], app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_accounts(pilot)
        assert "No key account is listed. n adds one" in shown(app, "#empty")
        for key in ("u", "e", "o", "x", "y"):
            await press(pilot, key)
            assert isinstance(app.screen, AccountsScreen)
        await until(pilot, lambda: said(app, "Press n to add one."))
        await press(pilot, "a")
        await until(pilot, lambda: said(app, "No other key account is known."))


async def test_an_account_is_added_edited_and_never_added_twice(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_accounts(pilot)
        await press(pilot, "n")
        await fill_in(pilot, owner="ana")
        assert isinstance(app.screen, Form)
        assert "needs a name" in str(app.screen.query_one(".hint", Static).content)
        await fill_in(pilot, name="Acme")
        await until(pilot, lambda: rows(app) == ["○ not told Acme ana"])
        await press(pilot, "n")
        await fill_in(pilot, name="acme")
        assert "Acme is on the list already" in str(app.screen.query_one(".hint", Static).content)
        await press(pilot, "escape", "e")
        await fill_in(pilot, owner="ben", tier="gold")
        await until(pilot, lambda: rows(app) == ["○ not told Acme gold ben"])
        await press(pilot, "n")
        assert isinstance(app.screen, Form)
        assert dict(app.screen.typed) == {"name": "acme"}  # left, not lost


async def test_accounts_of_earlier_incidents_are_offered(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    earlier = declare(desk, "Login down")
    desk.list_account(earlier.id, "Globex", "ben", "silver")
    desk.list_account(earlier.id, "Acme", "ana", "gold")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_accounts(pilot)
        assert "Known, not on this list: Acme, Globex. a adds one" in shown(app, "#known")
        await press(pilot, "a")
        assert isinstance(app.screen, Choose)
        await press(pilot, "2")
        await until(pilot, lambda: rows(app) == ["○ not told Globex silver ben"])
        await press(pilot, "n")
        await fill_in(pilot, name="acme")
        await until(pilot, lambda: len(rows(app)) == 2)
        assert rows(app)[1] == "○ not told Acme gold ana"  # what is known needs no typing
        assert not accounts(app).query_one("#known").display
        assert "Acme" in shown(app, "#text")


async def test_notes_have_several_lines_and_a_left_one_is_kept(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    desk.list_account(incident.id, "Acme")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_accounts(pilot)
        await press(pilot, "o")
        assert isinstance(app.screen, EditText)
        await press(pilot, *map(named, "call"), "escape", "o")
        assert isinstance(app.screen, EditText)
        assert app.screen.typed == "call"
        await press(pilot, "end", "enter", *map(named, "twice"), "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, AccountsScreen))
        assert shown(app, "#text").endswith("call\ntwice")
    assert desk.incident(incident.id).accounts[0].note == "call\ntwice"


async def test_a_note_that_cannot_be_saved_is_said_and_kept(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    desk.list_account(incident.id, "Acme")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_accounts(pilot)
        desk.store._db.execute("PRAGMA query_only=ON")
        await press(pilot, "o", *map(named, "precious"), "ctrl+s")
        assert isinstance(app.screen, EditText)
        await until(pilot, lambda: "Not saved" in str(app.screen.query_one(".hint", Static).content))
        desk.store._db.execute("PRAGMA query_only=OFF")
        await press(pilot, "escape", "o")
        assert isinstance(app.screen, EditText)
        assert app.screen.typed == "precious"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: desk.incident(incident.id).accounts[0].note == "precious")


@pytest.mark.parametrize("key", ["u", "enter"])
async def test_writing_opens_the_composer_for_that_account(
    key: str, app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    desk.list_account(incident.id, "Acme")
    desk.list_account(incident.id, "Globex")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_accounts(pilot)
        await press(pilot, "j", key)
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
        assert isinstance(app.screen, ComposeScreen)
        assert (app.screen.wish.audience, app.screen.wish.account) == ("key_accounts", "Globex")


async def test_one_that_is_not_hit_leaves_the_list_after_a_question(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    desk.list_account(incident.id, "Acme")
    desk.list_account(incident.id, "Globex")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_accounts(pilot)
        await press(pilot, "x", "2")
        assert names(desk, incident) == ["Acme", "Globex"]
        await press(pilot, "x", "1")
        await until(pilot, lambda: len(rows(app)) == 1)
        assert names(desk, incident) == ["Globex"]
        await press(pilot, "z")
        assert names(desk, incident) == ["Acme", "Globex"]


async def test_the_list_is_copied_for_the_account_team(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    desk.list_account(incident.id, "Acme", "ana", "gold")
    desk.list_account(incident.id, "Globex")
    desk.note_account(incident.id, "Globex", "call first\nnever mail")
    tell(desk, incident, "Acme")
    clock_of(desk).advance(MINUTE)
    desk.change_status(incident.id, "resolved")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_accounts(pilot)
        await press(pilot, "y")
        await until(pilot, lambda: said(app, "Copied and checked"))
        copies.answer = CopyResult(CopyState.FAILED, "", "Nothing was copied.")
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(app.screen, PlainView))
    assert copies.texts[0].splitlines() == [
        "INC-1 Checkout payments failing: key accounts, as of 2026-11-21 02:48 UTC",
        "",
        "- Globex: owner nobody yet; not told yet; call first",
        "- Acme (gold): owner ana; told 2026-11-21 02:47 UTC; not the end",
    ]


async def test_what_others_do_appears_and_the_cursor_stays(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    desk.list_account(incident.id, "Acme")
    desk.list_account(incident.id, "Globex")
    other = make_desk(tmp_path, "ben")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_accounts(pilot)
        tell(other, incident, "Acme")
        await until(pilot, lambda: rows(app)[1].startswith("✓ told"))
        assert "Acme" in shown(app, "#text")
        await press(pilot, "o", *map(named, "half"))
        other.list_account(incident.id, "Initech")
        app._poll()
        await pilot.pause()
        assert isinstance(app.screen, EditText)
        assert app.screen.typed == "half"


@BOTH
async def test_hostile_names_are_only_shown(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    for _, text in CORPUS:
        desk.list_account(incident.id, text[:100], text, text)
        desk.note_account(incident.id, text[:100], text[:4000])
    async with app.run_test(size=size) as pilot:
        await open_accounts(pilot)
        for _ in CORPUS:
            await press(pilot, "j")
            assert not any(char in shown(app, "#text") for char in "\x1b\x9b\x9d\x00\x07\u202e\u2066")
        await press(pilot, "e", "escape", "x", "escape", "o", "escape")
        assert isinstance(app.screen, AccountsScreen)


async def test_help_lists_every_key(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await open_accounts(pilot)
        listed = str(key_help(app.screen))
        for words in ("Add an account", "known from the pack", "not affected", "for the account team"):
            assert words in listed
