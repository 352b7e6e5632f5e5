"""A new user's way through one incident, key by key."""

from pathlib import Path

import pytest
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE
from incident_console.screens.board import BoardScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.timeline import Timeline
from tests.builders import clock_of, declare
from tests.screens.conftest import Copies, named, typed, until


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_from_declare_to_export(
    size: tuple[int, int], app: IncidentApp, desk: Desk, copies: Copies, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("d", *"11110", "f2")
        await pilot.pause()
        await typed(pilot, "Checkout failing")
        assert isinstance(app.screen, LiveScreen)
        (incident,) = (standing.incident for standing in desk.board())
        assert (incident.title, incident.severity, incident.role("ic")) == ("Checkout failing", 1, "dana")

        for line in ("provider answers 503", "/impact cards fail", "deploy was at 2 -5m", "/decision roll back"):
            await typed(pilot, line)
        entries = desk.entries(incident.id)
        assert [entry.kind for entry in entries] == ["note", "declared", "triage", "note", "impact", "decision"]
        assert entries[0].occurred_at == desk.now() - 5 * MINUTE

        await pilot.press("f2")
        await pilot.pause()
        await typed(pilot, "everybody")
        await pilot.press("ctrl+y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "What is wrong: cards fail" in copies.texts[0]
        clock_of(desk).advance(2 * MINUTE)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, LiveScreen)
        (message,) = desk.sent(incident.id)
        assert message.text == copies.texts[0]
        clock = next(c for c in desk.standing(desk.incident(incident.id)).clocks if c.name == "internal")
        assert (clock.number, clock.due_at) == (2, message.next_at)

        await typed(pilot, "/resolve")
        assert desk.incident(incident.id).status == "resolved"
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(app.screen, PostmortemScreen)
        await pilot.press("2")
        await pilot.pause()
        for answer in ("pool used up", "slow query", "no index", "not in the migration", "no check in the list"):
            await pilot.press("a")
            await pilot.pause()
            await typed(pilot, answer)
        assert len(desk.incident(incident.id).whys) == 5
        assert desk.incident(incident.id).whys[4].parent == desk.incident(incident.id).whys[3].id
        await pilot.press("n")
        await pilot.pause()
        await pilot.press(*map(named, "check indexes"), "enter", *"dana", "enter", *map(named, "+14d"), "ctrl+s")
        await pilot.pause()
        (item,) = desk.incident(incident.id).actions
        assert (item.text, item.owner, item.due) == ("check indexes", "dana", "2026-12-05")
        await pilot.press("1", "enter")
        await pilot.pause()
        await pilot.press(*map(named, "It broke"), "ctrl+s")
        await pilot.pause()
        assert desk.incident(incident.id).section("summary") == "It broke"
        await pilot.press("escape", "w")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        document = (tmp_path / "INC-1-postmortem.md").read_text()
        assert all(part in document for part in ("no check in the list", "check indexes", "cards fail", "roll back"))
        await pilot.press("escape", "f10")
        await pilot.pause()
        assert isinstance(app.screen, BoardScreen)


async def test_the_board_teaches_when_it_is_empty(app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)):
        assert "No incident is open." in str(app.screen.query_one("#empty", Static).content)


async def test_a_refused_line_stays_and_says_why(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await typed(pilot, "/decison x")
        assert app.screen.query_one(LogInput).value == "/decison x"
        assert "Did you mean /decision" in str(app.screen.query_one("#hint", Static).content)


async def test_a_line_that_cannot_be_saved_stays_and_is_said(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        desk.store._db.execute("PRAGMA query_only=ON")
        await typed(pilot, "precious words")
        assert app.screen.query_one(LogInput).value == "precious words"
        assert "Not saved" in str(app.screen.query_one("#hint", Static).content)
        desk.store._db.execute("PRAGMA query_only=OFF")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(LogInput).value == ""
        assert desk.entries(incident.id)[-1].text == "precious words"


async def test_a_half_typed_line_survives_leaving_and_others_writing(
    app: IncidentApp, desk: Desk, tmp_path: Path
) -> None:
    from incident_console.desk.response import Logged
    from tests.builders import make_desk

    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*map(named, "half a"))
        make_desk(tmp_path, "sam").log(incident.id, Logged("from sam"))
        app._poll()
        await pilot.pause()
        timeline = app.screen.query_one(Timeline)
        assert timeline.entry is not None
        assert timeline.entry.text == "from sam"
        assert app.screen.query_one(LogInput).value == "half a"
        await pilot.press("escape", "b")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen.query_one(LogInput).value == "half a"


async def test_the_reader_keeps_their_place_while_others_write(app: IncidentApp, desk: Desk) -> None:
    from incident_console.desk.response import Logged

    incident = declare(desk)
    desk.log_all(incident.id, [Logged(f"line {n}") for n in range(60)])
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape", "g", "j", "j")
        timeline = app.screen.query_one(Timeline)
        entry, top = timeline.entry, timeline.scroll_offset.y
        assert entry is not None
        desk.log(incident.id, Logged("earlier", "note", desk.now() - 3600 * 10**6))
        desk.log(incident.id, Logged("new"))
        app.revision += 1
        await pilot.pause()
        assert timeline.entry is not None
        assert timeline.entry.number == entry.number
        assert timeline.scroll_offset.y == top + 1
        assert "1 new below" in str(app.screen.query_one("#hint", Static).content)
        await pilot.press("G")
        await pilot.pause()
        assert timeline.entry.text == "new"
        assert timeline.unseen == 0


async def test_the_composer_keeps_what_was_typed_and_holds_back_once(
    app: IncidentApp, desk: Desk, copies: Copies
) -> None:
    from incident_console.screens.compose import ComposeScreen

    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, ComposeScreen)
        await pilot.press(*"cards", "escape")
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ComposeScreen)
        assert screen.fields.values["impact"] == "cards"
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert copies.texts == []
        assert "Still missing: who is affected" in str(screen.query_one("#status", Static).content)
        await pilot.press("ctrl+y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "[missing: who is affected]" in copies.texts[0]
        assert desk.sent(incident.id) == ()


async def test_a_failed_copy_opens_the_plain_view(app: IncidentApp, desk: Desk, copies: Copies) -> None:
    from incident_console.clipboard import CopyResult, CopyState
    from incident_console.widgets.plain_view import PlainView

    copies.answer = CopyResult(CopyState.FAILED, "", "Nothing was copied.")
    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("ctrl+y", "ctrl+y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, PlainView)


async def test_a_window_that_is_too_small_says_so_and_comes_back(app: IncidentApp, desk: Desk) -> None:
    from incident_console.widgets.too_small import TooSmall

    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"abc")
        await pilot.resize_terminal(20, 5)
        await pilot.pause()
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert isinstance(app.screen, LiveScreen)
        assert app.screen.query_one(LogInput).value == "abc"


async def test_what_the_terminal_says_of_its_size_counts_in_the_end(
    app: IncidentApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changes of size that reach the program in the wrong order leave it wrong for a second at most."""
    from incident_console.widgets.too_small import TooSmall

    said = (80, 24)
    monkeypatch.setattr("incident_console.app.window_size", lambda: said)
    monkeypatch.setattr(IncidentApp, "is_headless", False)
    async with app.run_test(size=(80, 24)) as pilot:
        said = (50, 12)
        await until(pilot, lambda: isinstance(app.screen, TooSmall))
        said = (100, 30)
        await until(pilot, lambda: not isinstance(app.screen, TooSmall))
        assert tuple(app.size) == (100, 30)
