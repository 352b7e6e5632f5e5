"""The screens of a closed incident: its record is added to, messages are written, and what would start a clock says why
it does not."""

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.incident import Incident
from incident_console.screens import OpenComposer
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.widgets.form import Form
from incident_console.widgets.message_fields import PROMISE
from incident_console.widgets.words import Words
from tests.builders import NIGHT, clock_of
from tests.screens.composing import composer, copied, open_composer, status, straight_to, the_sent, write
from tests.screens.conftest import Copies, hint, live, press, texts, typed, until
from tests.screens.postmortem import go, reach, screen, toasts

RECORD = Path(__file__).parents[1] / "data/incidents/github-2018-10-21.json"
"""It ran from 22:52 on 21 October 2018 to 23:03 on the next day, UTC."""

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)])
REOPEN = "To reopen it: /reopen (in a shell: incident-console status INC-1 investigating)."


@pytest.fixture
def closed(desk: Desk, incident: Incident) -> Incident:
    """Declared at 02:47, over and closed at 04:47, three weeks ago."""
    desk.carry_out(incident.id, "rolled back 4512")
    clock_of(desk).advance(2 * HOUR)
    desk.change_status(incident.id, "resolved")
    desk.change_status(incident.id, "closed")
    clock_of(desk).advance(21 * DAY)
    return desk.incident(incident.id)


def flat(words: str) -> str:
    return " ".join(words.split())


def form_cell(app: IncidentApp, name: str) -> Input:
    return app.screen.query_one(f"#{name}", Input)


@SIZES
async def test_a_line_is_added_and_it_is_said_before_and_after(
    size: tuple[int, int], app: IncidentApp, desk: Desk, closed: Incident
) -> None:
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        live(app).line.value = "the pool was full @03:10"
        await pilot.pause()
        assert hint(app) == "note · at 21 Nov 03:10 UTC, 21 d 1 h ago · closed: added to its record"
        assert len(hint(app)) <= size[0] - 2
        await press(pilot, "enter")
        assert "INC-1 is closed; this was added to its record at 21 Nov 03:10 UTC. /undo takes it back." in hint(app)
        assert live(app).line.value == ""
        assert desk.entries(closed.id)[2].occurred_at == NIGHT + 23 * MINUTE
        await typed(pilot, "/undo")
        assert "Undone: note: the pool was full" in hint(app)
        await typed(pilot, "without a time")
        assert "INC-1 is closed; this was added to its record. /undo" in hint(app)
    assert texts(desk, closed, "note") == ["rolled back 4512", "without a time"]


async def test_no_clock_runs_whatever_is_added(app: IncidentApp, desk: Desk, closed: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await typed(pilot, "seen -5m")
        clock_of(desk).advance(DAY)
        live(app).reload()
        await pilot.pause()
        shown = "\n".join(str(each.content) for each in live(app).query(Static))
        assert "none due" in shown
        assert "OVERDUE" not in shown
        assert "due in" not in shown


@pytest.mark.parametrize("line", ["/timer 5m x", "/ask sam x", "/checkin fine", "/escalate", "/triage", "/rto 2h"])
async def test_a_line_that_would_start_a_clock_stays_with_the_way_to_reopen(
    line: str, app: IncidentApp, desk: Desk, closed: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await typed(pilot, line)
        assert hint(app).startswith("INC-1 is closed. ")
        assert hint(app).endswith(REOPEN)
        assert live(app).line.value == line
        await press(pilot, "ctrl+u")
        await typed(pilot, "/reopen")
        assert desk.incident(closed.id).status == "investigating"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("C", "INC-1 is closed, so no clock is running. "),
        ("e", "INC-1 is closed. Log who was called in as an escalation instead. "),
        ("r", "INC-1 is closed. Change its severity instead, with a reason. "),
    ],
)
async def test_a_key_that_would_start_a_clock_says_why_not(
    key: str, said: str, app: IncidentApp, closed: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await press(pilot, "escape", key)
        await until(pilot, lambda: bool(toasts(app)))
        assert flat(toasts(app)[-1]) == f"{said}{REOPEN}"
        assert isinstance(app.screen, LiveScreen)


async def test_entries_are_pinned_struck_and_corrected(app: IncidentApp, desk: Desk, closed: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        desk.carry_out(closed.id, "late words")
        live(app).reload()
        await press(pilot, "escape", "G", "p", "c", "ctrl+u")
        await typed(pilot, "better words")
        await press(pilot, "x")
        await typed(pilot, "another incident")
    row = desk.entries(closed.id)[-1]
    assert (row.text, row.mark, row.flags) == ("better words", "struck", ("pinned",))


async def test_a_decision_form_takes_everything_but_a_review(app: IncidentApp, desk: Desk, closed: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await press(pilot, "escape", "d")
        assert isinstance(app.screen, Form)
        for name, words in {"text": "payments", "name1": "roll back", "name2": "wait", "chosen": "1"}.items():
            form_cell(app, name).value = words
        form_cell(app, "review").value = "30m"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert "Leave the time to look at it again empty" in flat(str(app.screen.query_one(".hint", Static).content))
        form_cell(app, "review").value = ""
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app)[-1] == "INC-1 is closed; this was added to its record. /undo takes it back."
    assert texts(desk, closed, "decision")[0].startswith("payments: roll back")
    assert desk.incident(closed.id).timers == ()


# --- messages


@SIZES
async def test_a_message_is_copied_and_recorded_as_sent(
    size: tuple[int, int], app: IncidentApp, desk: Desk, closed: Incident, copies: Copies
) -> None:
    async with app.run_test(size=size) as pilot:
        opened = await open_composer(pilot, app, "internal")
        await write(pilot, opened, "impact", "10 minutes of carts were lost")
        await write(pilot, opened, "fix", "we rolled back")
        words = await copied(pilot, app, copies)
        assert "we rolled back" in words
        await press(pilot, "ctrl+s")
        if isinstance(app.screen, ComposeScreen):
            await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        assert toasts(app)[-1] == "internal stakeholders #1 recorded as sent. INC-1 is closed, so no clock starts."
    assert the_sent(desk, closed).at == desk.now()
    assert desk.standing(desk.incident(closed.id)).clocks == ()


async def test_what_was_sent_then_is_recorded_with_the_times_of_then(
    app: IncidentApp, desk: Desk, closed: Incident
) -> None:
    desk.state_fact(closed.id, "impact", "10 minutes of carts were lost")
    async with app.run_test(size=(120, 40)) as pilot:
        opened = await straight_to(pilot, app, OpenComposer(closed.id, "internal", kind="update"))
        for name, words in {"impact": "all fail", "users_affected": "all", "progress": "x", "next_steps": "y"}.items():
            await write(pilot, opened, name, words)
        await write(pilot, opened, PROMISE, "03:40")
        await press(pilot, "f10", "f10")  # the checks say something once, the same key again goes on
        await until(pilot, lambda: isinstance(app.screen, Form))
        form_cell(app, "when").value = "03:10"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    message = the_sent(desk, closed)
    assert message.at == NIGHT + 23 * MINUTE
    assert "23 min after it was declared" in message.text
    assert message.next_at == NIGHT + 53 * MINUTE
    state = desk.incident(closed.id)
    assert state.fact("impact") == "10 minutes of carts were lost"
    assert desk.standing(state).clocks == ()


async def test_an_incident_that_was_closed_meanwhile_says_so_and_takes_the_message_all_the_same(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        opened = await open_composer(pilot, app)
        await write(pilot, opened, "impact", "cards")
        await write(pilot, opened, "users_affected", "everyone")
        desk.change_status(incident.id, "resolved")
        desk.change_status(incident.id, "closed")
        app.revision += 1
        await pilot.pause()
        await press(pilot, "ctrl+s")
        assert "the status is closed now, it was investigating" in status(app)
        assert opened.fields.values["impact"] == "cards"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert "cards" in the_sent(desk, incident).text
    assert desk.standing(desk.incident(incident.id)).clocks == ()


async def test_triage_is_not_reached_from_the_composer(app: IncidentApp, closed: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "f6")
        await until(pilot, lambda: bool(toasts(app)))
        assert "INC-1 is closed. Change its severity instead" in toasts(app)[-1]
        assert isinstance(app.screen, ComposeScreen)


@SIZES
async def test_from_the_case_on_one_page_to_a_message_for_who_was_not_told(
    size: tuple[int, int], app: IncidentApp, desk: Desk
) -> None:
    imported = desk.import_file(RECORD.read_bytes()).incident
    app._first = imported.id
    async with app.run_test(size=size) as pilot:
        for _ in range(3):  # the second time every place is loaded, and what was typed is there again
            await go(pilot, app, imported, "6")
            await press(pilot, "Y")
            await until(pilot, lambda: isinstance(app.screen, Words))
            await press(pilot, "pagedown", "escape")
            await until(pilot, lambda: isinstance(app.screen, PostmortemScreen))
            await press(pilot, "7")
            await reach(pilot, app, "#loop", "customers")
            screen(app).query_one("#loop").focus()
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(app.screen, ComposeScreen) and app.screen.open is not None)
            await pilot.pause()
            assert composer(app).wish.audience == "customers"
            await press(pilot, *"word", "escape")
            await until(pilot, lambda: isinstance(app.screen, PostmortemScreen))
            await press(pilot, "escape")
            await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert app.return_code in (0, None)
    assert desk.standing(desk.incident(imported.id)).clocks == ()
