"""What went out, key by key: read, compared, copied, sent again, corrected, written to a file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from incident_console.app import IncidentApp
from incident_console.clipboard import CopyResult, CopyState
from incident_console.desk import Desk
from incident_console.domain.clock import DAY, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending, SentMessage
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.sent import SentScreen
from incident_console.widgets.form import Form
from incident_console.widgets.key_help import key_help
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.questions import AskLine, Choose
from tests.builders import clock_of, declare, make_desk
from tests.hostile import CORPUS
from tests.screens.conftest import Copies, named, press, until

BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


def send(desk: Desk, incident: Incident, text: str, wish: Wish | None = None, channel: str = "email") -> SentMessage:
    """A message with a text of one's own, sent now; two minutes pass after it."""
    draft = replace(desk.compose(incident.id, wish or Wish("internal")), text=text, subject="News")
    desk.mark_sent(draft, Sending(channel=channel), Check.FORCED)
    clock_of(desk).advance(2 * MINUTE)
    return desk.sent(incident.id)[-1]


def sent(app: IncidentApp) -> SentScreen:
    assert isinstance(app.screen, SentScreen)
    return app.screen


def letter(app: IncidentApp) -> str:
    return str(sent(app).query_one("#text", Static).content)


def rows(app: IncidentApp) -> list[str]:
    options = sent(app).query_one("#letters", OptionList).options
    return [" ".join(str(option.prompt).split()) for option in options]


def heading(app: IncidentApp) -> str:
    return str(sent(app).query_one("#heading", Static).content)


def said(app: IncidentApp, words: str) -> bool:
    return any(words in toast.message for toast in app._notifications)


async def open_sent(pilot: Pilot[int]) -> None:
    await press(pilot, "escape", "M")
    await until(pilot, lambda: isinstance(pilot.app.screen, SentScreen))


async def fill_in(pilot: Pilot[int], **answers: str) -> None:
    """Put answers into the open form and save it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, Form))
    for key, text in answers.items():
        pilot.app.screen.query_one(f"#{key}").focus()
        await pilot.press("ctrl+u", *map(named, text))
    await press(pilot, "ctrl+s")


@BOTH
async def test_it_reads_like_a_correspondence_newest_last(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    send(desk, incident, "cards fail")
    send(desk, incident, "we look into it", Wish("customers"), "status page")
    send(desk, incident, "all cards fail", Wish("internal", corrects=1))
    async with app.run_test(size=size) as pilot:
        await open_sent(pilot)
        assert rows(app) == [
            "02:47 internal stakeholders #1 initial notification · email · dana",
            "02:49 customers #1 status page · status page · dana",
            "02:51 internal stakeholders #2 correction of #1 initial notification · email · dana",
        ]
        assert "3 messages" in heading(app)
        assert "times in UTC" in heading(app)
        assert "internal stakeholders #2 · 2026-11-21 02:51 UTC" in letter(app)
        assert "▪ Corrects #1." in letter(app)
        assert letter(app).endswith("News\n\nall cards fail")
        await press(pilot, "g")
        assert letter(app).endswith("cards fail")
        await press(pilot, "j", "k", "j")
        assert letter(app).endswith("we look into it")
        await press(pilot, "escape")
        assert isinstance(app.screen, LiveScreen)


@BOTH
async def test_an_incident_without_messages_teaches(
    size: tuple[int, int], app: IncidentApp, incident: Incident
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await open_sent(pilot)
        shown = sent(app).query_one("#empty", Static)
        assert shown.display
        assert "u writes to the audience that waits most" in str(shown.content)
        for key in ("y", "r", "c"):
            await press(pilot, key)
            assert isinstance(app.screen, SentScreen)
        await until(pilot, lambda: said(app, "Nothing went out yet."))
        await press(pilot, "d", "j", "G", "space", "u")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))


async def test_what_differs_from_the_message_before_has_signs(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    send(desk, incident, "cards fail\nwe look")
    send(desk, incident, "somebody else's", Wish("customers"))
    send(desk, incident, "cards fail\nwe rolled back")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "d")
        assert "Beside #1: + new, - no longer said" in letter(app)
        assert letter(app).splitlines()[-3:] == ["  cards fail", "- we look", "+ we rolled back"]
        await press(pilot, "g")
        assert "The first message to internal" in letter(app)
        await press(pilot, "d")
        assert letter(app).endswith("we look")


async def test_words_that_went_out_again_are_said_to_be_the_same(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    desk.resend(incident.id, send(desk, incident, "cards fail"))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "d")
        assert "The very words of #1." in letter(app)


async def test_accounts_are_compared_with_what_they_were_told_themselves(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    desk.list_account(incident.id, "Acme")
    desk.list_account(incident.id, "Globex")
    send(desk, incident, "dear Acme", Wish("key_accounts", account="Acme"))
    send(desk, incident, "dear Globex", Wish("key_accounts", account="Globex"))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        assert rows(app)[1].startswith("02:49 key accounts / Globex #1")
        await press(pilot, "d")
        assert "The first message to Globex" in letter(app)


async def test_one_audience_can_be_looked_at_alone(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    send(desk, incident, "inside")
    send(desk, incident, "outside", Wish("customers"))
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "f")
        assert isinstance(app.screen, Choose)
        await press(pilot, "2")
        await until(pilot, lambda: len(rows(app)) == 1)
        assert letter(app).endswith("inside")
        assert "only to internal" in heading(app)
        await press(pilot, "slash", "1")
        await until(pilot, lambda: len(rows(app)) == 2)
        assert letter(app).endswith("inside")  # the cursor stays on its letter
        await press(pilot, "f", "escape")
        assert len(rows(app)) == 2


async def test_the_words_are_copied_again_as_they_went_out(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    message = send(desk, incident, "cards fail")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_sent(pilot)
        await press(pilot, "y")
        await until(pilot, lambda: said(app, "Copied and checked"))
        assert copies.texts == [message.whole]
        assert len(desk.sent(incident.id)) == 1
        copies.answer = CopyResult(CopyState.FAILED, "", "Nothing was copied.")
        await press(pilot, "y")
        await until(pilot, lambda: isinstance(app.screen, PlainView))
        await press(pilot, "w")
        assert "Written to" in str(app.screen.query_one("#plain-hint", Static).content)
        await press(pilot, "escape")
        assert isinstance(app.screen, SentScreen)


async def test_a_correction_opens_the_composer_on_that_message(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    send(desk, incident, "cards fail", Wish("customers"))
    send(desk, incident, "inside")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "k", "c")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
        assert isinstance(app.screen, ComposeScreen)
        wish = app.screen.wish
        assert (wish.audience, wish.corrects, wish.kind) == ("customers", 1, "status_page")


async def test_a_message_to_readers_that_nobody_knows_here_is_read_but_not_corrected(
    app: IncidentApp, desk: Desk, tmp_path: Path
) -> None:
    record = json.loads(desk.export_json(declare(desk).id))
    record["title"] = "Taken in"
    record["messages"] = [
        {"at": "2026-11-21T02:30:00Z", "audience": "[b]partners", "kind": "memo", "number": 1, "subject": "S",
         "text": "dear partners", "actor": "eve", "next_update_at": None}
    ]  # fmt: skip
    app._first = desk.import_file(json.dumps(record).encode()).incident.id
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_sent(pilot)
        assert rows(app) == ["02:30 [b]partners #1 memo · eve"]
        await press(pilot, "c")
        await until(pilot, lambda: said(app, "There is no audience"))
        await until(pilot, lambda: isinstance(app.screen, SentScreen))


async def test_everything_is_written_to_a_file_never_over_another(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "INC-1-messages.md").write_text("mine")
    send(desk, incident, "cards fail")
    send(desk, incident, "outside", Wish("customers"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_sent(pilot)
        await press(pilot, "f", "2", "w", "enter")
        assert isinstance(app.screen, AskLine)
        assert "exists already" in str(app.screen.query_one(".hint", Static).content)
        await press(pilot, "ctrl+u", *map(named, "all.md"), "enter")
        await until(pilot, lambda: said(app, "Written to"))
        assert isinstance(app.screen, SentScreen)
    assert (tmp_path / "INC-1-messages.md").read_text() == "mine"
    assert (tmp_path / "all.md").read_text() == desk.correspondence(incident.id)


async def test_what_others_send_appears_and_the_reader_stays(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    send(desk, incident, "\n".join(f"line {n}" for n in range(60)))
    other = make_desk(tmp_path, "ben", desk.now())
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "space", "J", "J", "K")
        pane = sent(app).query_one("#letter")
        top = pane.scroll_offset.y
        assert top > 1
        send(other, incident, "from ben", Wish("customers"))
        await until(pilot, lambda: len(rows(app)) == 2)
        assert "customers #1" in rows(app)[1]
        assert pane.scroll_offset.y == top
        assert "line 3" in letter(app)
        await press(pilot, "backspace", "enter", "down", "tab")
        assert sent(app).focused is not None


async def test_letters_of_other_days_show_their_date(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    send(desk, incident, "cards fail")
    clock_of(desk).advance(DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        assert rows(app)[0].startswith("11-21 02:47")


@BOTH
async def test_hostile_words_are_only_shown(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    for place, (_, text) in enumerate(CORPUS):
        wish = Wish("internal", values=(("impact", text),), corrects=1 if place else None)
        desk.mark_sent(desk.compose(incident.id, wish), Sending(channel=text[:50]), Check.FORCED)
    async with app.run_test(size=size) as pilot:
        await open_sent(pilot)
        for _ in CORPUS:
            await press(pilot, "k", "d")
        assert isinstance(app.screen, SentScreen)
        assert not any(char in letter(app) for char in "\x1b\x9b\x9d\x00\x07\u202e\u2066")


async def test_help_lists_every_key(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await open_sent(pilot)
        shown = str(key_help(app.screen))
        for words in ("Copy the same words", "corrects this one", "Only what one audience got", "to a new file"):
            assert words in shown
