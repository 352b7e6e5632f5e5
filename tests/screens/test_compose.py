"""The composer, key by key: from overdue to sent, every form, what is missing, the last message, the promise, drafts."""

import itertools
from pathlib import Path

import pytest

from incident_console.app import IncidentApp
from incident_console.clipboard import CopyResult, CopyState
from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE
from incident_console.domain.incident import Incident
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.preview import Preview
from incident_console.widgets.too_small import TooSmall
from tests.builders import clock_of
from tests.hostile import CORPUS
from tests.screens.composing import (
    KNOWN,
    composer,
    concern,
    copied,
    deadline,
    know,
    open_composer,
    preview,
    settle,
    status,
    the_sent,
    write,
)
from tests.screens.conftest import Copies, press, until

BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 40)])


# --- the whole way


@BOTH
async def test_from_overdue_to_copied_and_sent_in_four_keys(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    clock_of(desk).advance(20 * MINUTE)
    keys = ("f2", "ctrl+y", "f3", "ctrl+s")
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        assert (deadline(desk, incident) or 0) < desk.now()
        for key in keys:
            await press(pilot, key)
            await settle(pilot, app)
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    message = the_sent(desk, incident)
    assert len(keys) <= 4
    assert copies.texts == [message.text, message.subject]
    assert (message.audience, message.kind, message.number, message.actor) == ("internal", "initial", 1, "dana")
    assert (message.overruled, message.channel) == ((), "email")  # as it was copied
    assert message.next_at == deadline(desk, incident)


async def test_the_cursor_is_on_the_first_missing_field_and_help_follows_it(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident, KNOWN[0])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        assert screen.focused is not None
        assert screen.focused.name == "users_affected"
        assert status(app).startswith("who is affected: ")
        assert "Facts first; say plainly what is not known yet." in str(screen.query_one(Preview).border_title)
        await press(pilot, "tab")
        assert status(app).startswith("please do: ")
        await press(pilot, "enter")
        assert screen.focused.name == "please_do_not"


@BOTH
async def test_what_is_missing_is_seen_and_said_once(
    size: tuple[int, int], app: IncidentApp, incident: Incident, copies: Copies
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await open_composer(pilot, app)
        assert "[missing: what is wrong]" in preview(app)
        assert "Still missing: what is wrong, who is affected" in concern(app)
        await press(pilot, "ctrl+y")
        assert copies.texts == []
        assert status(app).endswith("The same key again goes on.")
        assert "[missing: what is wrong]" in await copied(pilot, app, copies)
        await write(pilot, screen, "impact", "cards are rejected")
        await press(pilot, "ctrl+y")  # something else is missing now: that is said once more
        assert len(copies.texts) == 1
        await write(pilot, screen, "users_affected", "everyone")
        assert "missing" not in preview(app) + concern(app)


# --- forms

FORMS = [
    ("copied as email", "What is wrong: cards", False),
    ("copied as chat (Markdown)", "**What is wrong:** cards", True),
    ("copied as Slack", "*What is wrong:* cards", True),
    ("copied as plain text", "What is wrong: cards", True),
]


async def test_every_form_and_what_its_keys_copy(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_composer(pilot, app)
        shown = []
        for _ in FORMS:
            shown.append(str(screen.query_one(Preview).border_title))
            text = await copied(pilot, app, copies)
            name, words, together = next(each for each in FORMS if shown[-1].startswith(each[0]))
            assert words in text, name
            assert ("Checkout payments failing – investigating" in text) is together, name
            await press(pilot, "f3")
            await settle(pilot, app)
            assert "Checkout payments failing – investigating" in copies.texts[-1]
            assert status(app).startswith("Subject: Copied")
            await press(pilot, "f2")
        assert len(set(shown)) == len(FORMS)
        assert str(screen.query_one(Preview).border_title) == shown[0]


async def test_a_status_page_is_title_and_body_and_the_form_is_remembered(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app, "customers")
        assert "status page" in str(composer(app).query_one(Preview).border_title)
        assert "SEV1" not in preview(app)
        body = await copied(pilot, app, copies)
        await press(pilot, "f3")
        await settle(pilot, app)
        assert copies.texts[-1] not in body
        await press(pilot, "f2")
        liked = str(composer(app).query_one(Preview).border_title)
        await press(pilot, "escape")
        await open_composer(pilot, app, "customers")
        assert str(composer(app).query_one(Preview).border_title) == liked


async def test_another_kind_keeps_the_draft_of_the_first(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "questions_to", "Ana")
        kinds = [template.kind for template in desk.offered(incident, "internal")]
        await press(pilot, "f5", str(kinds.index("update") + 1))
        await until(pilot, lambda: screen.wish.kind == "update")
        await pilot.pause()
        assert "UPDATE #1" in preview(app)
        await press(pilot, "f5", str(kinds.index("initial") + 1))
        await until(pilot, lambda: screen.wish.kind == "initial")
        await pilot.pause()
        assert screen.fields.values["questions_to"] == "Ana"
        assert status(app) == "What you typed here before is back."


# --- the last message


async def test_the_last_message_is_in_view_and_what_differs_is_marked(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        clock_of(desk).advance(10 * MINUTE)
        screen = await open_composer(pilot, app, "internal")
        await write(pilot, screen, "progress", "the last release is being rolled back")
        assert "last to them: #1, 02:47" in preview(app)
        assert "▎Since the last update: the last release is being rolled back" in preview(app)
        assert " Status: investigating" in preview(app)
        await press(pilot, "ctrl+l")
        assert "+ Since the last update: the last release" in preview(app)
        assert "- Severity: critical" in preview(app)
        assert "  What is wrong: cards are rejected" in preview(app)
        await press(pilot, "ctrl+l")
        assert the_sent(desk, incident).text in preview(app)
        assert "roll" not in preview(app)
        await press(pilot, "ctrl+l")
        assert status(app) == "The message."


async def test_without_a_last_message_that_is_said(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "ctrl+l")
        assert status(app) == "Nothing was sent to them before."
        assert "[missing: what is wrong]" in preview(app)


# --- the time of the next update

TIMES = [
    ("14:30", "14:30 UTC", 703 * MINUTE),
    ("+30m", "03:17 UTC", 30 * MINUTE),
    ("1h30m", "04:17 UTC", 90 * MINUTE),
    ("", "03:02 UTC", 15 * MINUTE),
]


@pytest.mark.parametrize(("words", "said", "ahead"), TIMES)
async def test_the_promise_in_the_text_is_the_deadline_afterwards(
    words: str, said: str, ahead: int, app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "next update", "12:00")
        await write(pilot, screen, "next update", words)
        assert f"Next update: 2026-11-21 {said}" in preview(app)
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert deadline(desk, incident) == the_sent(desk, incident).next_at == desk.now() + ahead


async def test_a_message_may_promise_nothing(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "next update", "none")
        assert "Next update:" not in preview(app)
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).next_at is None


async def test_a_time_that_is_none_is_said_and_changes_nothing(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "next update", "when it is done")
        assert "is not a time to come" in concern(app)
        assert "Next update: 2026-11-21 03:02 UTC" in preview(app)
        await press(pilot, "ctrl+y")
        assert copies.texts == []
        await write(pilot, screen, "next update", "03:30")
        assert concern(app) == ""


# --- copying, leaving, coming back


async def test_copying_that_fails_everywhere_opens_the_plain_view_and_says_so(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    copies.answer = CopyResult(CopyState.FAILED, "", "Nothing was copied.")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "ctrl+y")
        await settle(pilot, app)
        assert isinstance(app.screen, PlainView)
        await press(pilot, "w", "escape")
        assert status(app) == "Nothing was copied."
        await press(pilot, "f9")
        assert status(app).startswith("Written to ")
        written = Path(status(app).removeprefix("Written to ")).read_text()
    assert "What is wrong: cards are rejected" in written
    assert not any(entry.kind == "copied" for entry in desk.entries(incident.id))


async def test_a_crash_costs_no_words(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "half a sent")
        await write(pilot, screen, "next update", "+30m")
        app._beat()  # nothing else happens before the terminal dies
    again = IncidentApp(desk, incident.id)
    clock_of(desk).advance(5 * MINUTE)
    async with again.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, again)
        assert screen.fields.values["impact"] == "half a sent"
        assert screen.fields.promise == "03:17"
        assert "Next update: 2026-11-21 03:17 UTC" in preview(again)


async def test_a_window_too_small_and_back_costs_no_words(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "cards")
        await pilot.resize_terminal(40, 10)
        await until(pilot, lambda: isinstance(app.screen, TooSmall))
        await pilot.resize_terminal(120, 40)
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
        assert screen.fields.values["impact"] == "cards"


async def test_hostile_text_is_inert_in_every_field(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        texts = itertools.cycle(text for _, text in CORPUS)
        for _ in range(len(CORPUS) // 5 + 1):
            for name, text in zip([*screen.fields.values], texts, strict=False):
                await write(pilot, screen, name, text)
        await write(pilot, screen, "impact", "$users_affected \\1 $$ [b]x[/b] ${title}")
        assert "What is wrong: $users_affected \\1 $$ [b]x[/b] ${title}" in preview(app)
        text = await copied(pilot, app, copies)
        assert "$users_affected \\1 $$ [b]x[/b] ${title}" in text
        assert not any(sign in text for sign in ("\x1b", "\u202e", "\x00", "\x9b", "\u2066"))


async def test_storage_that_refuses_leaves_the_words_and_says_so(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "please_do", "precious words")
        desk.store._db.execute("PRAGMA query_only=ON")
        await press(pilot, "ctrl+s", "ctrl+s")
        await settle(pilot, app)
        assert status(app).startswith("Not recorded.")
        assert status(app).endswith("The message is still here: ctrl+s tries again.")
        assert screen.fields.values["please_do"] == "precious words"
        desk.store._db.execute("PRAGMA query_only=OFF")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert "precious words" in the_sent(desk, incident).text
