"""The record of an incident that ran over two days: which day a clock time means, what is odd about the order, what
somebody remembers afterwards."""

import json
from datetime import datetime

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import HOUR, MINUTE, to_instant
from incident_console.domain.consistency import MOST
from incident_console.domain.incident import Incident
from incident_console.domain.when import utc_time
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.postmortem.record import FURTHER
from incident_console.widgets.ask_time import AskTime
from incident_console.widgets.editor import EditText
from incident_console.widgets.questions import AskLine, Choose
from tests.builders import NIGHT, clock_of
from tests.screens.conftest import press, typed, until
from tests.screens.postmortem import go, lines, reach, toasts


def at(text: str) -> int:
    return to_instant(datetime.fromisoformat(text))


START, END = at("2026-10-21T22:52:00Z"), at("2026-10-22T23:03:00Z")
ROWS = (
    ("2026-10-21T22:52:00Z", "partition of the network"), ("2026-10-21T23:13:00Z", "data before availability"),
    ("2026-10-22T11:12:00Z", "primaries are back"), ("2026-10-22T23:03:00Z", "over"),
)  # fmt: skip


@pytest.fixture
def two_days(app: IncidentApp, desk: Desk) -> Incident:
    """Somebody's record of a night and the day after it, taken in a month later."""
    document = {
        "schema": 1, "title": "Failover", "reference": None, "severity": None, "status": "closed", "services": [],
        "tags": [], "started_at": "2026-10-21T22:52:00Z", "detected_at": None, "acknowledged_at": None,
        "mitigated_at": None, "resolved_at": "2026-10-22T23:03:00Z", "roles": {}, "impact": {}, "root_cause": None,
        "postmortem": None, "messages": [],
        "events": [{"at": when, "kind": "note", "text": text, "actor": None} for when, text in ROWS],
    }  # fmt: skip
    imported = desk.import_file(json.dumps(document).encode()).incident
    clock_of(desk).advance(HOUR)
    return imported


def hint(app: IncidentApp) -> str:
    return str(app.screen.query_one(".hint", Static).content)


async def ask(pilot: Pilot[int], app: IncidentApp, words: str) -> AskTime:
    await reach(pilot, app, "#record", words)
    await press(pilot, "enter")
    assert isinstance(app.screen, AskTime), app.screen
    return app.screen


async def answer(pilot: Pilot[int], app: IncidentApp, words: str, text: str) -> None:
    await ask(pilot, app, words)
    await pilot.press("ctrl+u")
    await typed(pilot, text)


def row(app: IncidentApp, words: str) -> str:
    return next(each for each in lines(app, "#record") if words in each)


# --- which day


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_day_is_said_while_it_is_typed_and_once_it_is_saved(
    size: tuple[int, int], app: IncidentApp, desk: Desk, two_days: Incident
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await go(pilot, app, two_days, "5")
        question = await ask(pilot, app, "started   ")
        assert question.typed == "2026-10-21 22:52"
        assert hint(app).startswith("= 21 Oct 22:52 UTC\nA clock time alone is the one nearest to 21 Oct 22:52 UTC;")
        await pilot.press("ctrl+u")
        assert hint(app).startswith("= nobody knows")
        await press(pilot, *"22")
        assert hint(app).startswith("…")
        await press(pilot, "colon", *"54")
        assert hint(app).startswith("= 21 Oct 22:54 UTC")
        await press(pilot, "enter")
        assert desk.incident(two_days.id).started_at == START + 2 * MINUTE
        assert toasts(app)[-1] == "Started: 21 Oct 22:54 UTC"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("detected", "22:54", "2026-10-21 22:54 UTC"),
        ("detected", "11:12", "2026-10-22 11:12 UTC"),
        ("owned", "23:01", "2026-10-21 23:01 UTC"),
        ("mitigated", "22:30", "2026-10-22 22:30 UTC"),
        ("mitigated", "22 Oct 11:12", "2026-10-22 11:12 UTC"),
        ("mitigated", "22 Oct 2026 11:12 UTC", "2026-10-22 11:12 UTC"),
        ("mitigated", "2026-10-22 11:12 UTC", "2026-10-22 11:12 UTC"),
        ("resolved", "23:10", "2026-10-22 23:10 UTC"),
    ],
)
async def test_a_milestone_is_put_where_it_fits_the_incident(
    name: str, text: str, expected: str, app: IncidentApp, two_days: Incident
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, two_days, "5")
        await answer(pilot, app, f"{name}   ", text)
        assert row(app, f"{name}   ").endswith(expected)


async def test_an_end_that_nobody_stated_is_near_the_last_entry(
    app: IncidentApp, desk: Desk, two_days: Incident
) -> None:
    desk.amend(two_days.id, "resolved_at")
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, two_days, "5")
        await answer(pilot, app, "resolved   ", "23:10")
        assert desk.incident(two_days.id).resolved_at == END + 7 * MINUTE


async def test_an_entry_moves_to_the_nearest_day(app: IncidentApp, desk: Desk, two_days: Incident) -> None:
    number = next(each.number for each in desk.entries(two_days.id) if each.text == "data before availability")
    desk.pin(two_days.id, number, True)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, two_days, "5")
        await reach(pilot, app, "#record", "★ 21 Oct 23:13")
        await press(pilot, "enter", "1")
        assert isinstance(app.screen, AskTime)
        await pilot.press("ctrl+u")
        await typed(pilot, "00:10")
        assert utc_time(desk.entry(two_days.id, number).occurred_at) == "2026-10-22 00:10 UTC"
        assert toasts(app)[-1] == f"Entry {number}: 22 Oct 00:10 UTC"
        assert f"Entry {number} of 2026-10-22 00:10 UTC was given that time" in "\n".join(lines(app, "#record"))


async def test_nothing_is_asked_twice_about_a_time_that_was_left_as_it_is(
    app: IncidentApp, desk: Desk, two_days: Incident
) -> None:
    """What stands there is no draft: the next time the new value is offered."""
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(pilot, app, two_days, "5")
        await ask(pilot, app, "started   ")
        await press(pilot, "enter")
        assert desk.incident(two_days.id).started_at == START
        desk.amend(two_days.id, "started_at", START + MINUTE)
        screen.reload()
        question = await ask(pilot, app, "started   ")
        assert question.typed == "2026-10-21 22:53"


# --- order


async def test_any_order_is_taken_and_asked_about_at_once(app: IncidentApp, desk: Desk, two_days: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, two_days, "5")
        await answer(pilot, app, "started   ", "22 Oct 23:30")
        assert desk.incident(two_days.id).started_at == END + 27 * MINUTE
        assert toasts(app)[-1].startswith(
            "Started: 22 Oct 23:30 UTC\nResolved (2026-10-22 23:03 UTC) lies before started"
        )
        assert "Is one of them wrong, or was it so?" in row(app, "lies before started")


@pytest.mark.parametrize(("digit", "taken"), [("1", False), ("2", True)])
async def test_a_day_long_before_is_asked_about(
    digit: str, taken: bool, app: IncidentApp, desk: Desk, two_days: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, two_days, "5")
        await answer(pilot, app, "started   ", "16 Oct 10:00")
        assert isinstance(app.screen, Choose)
        await press(pilot, digit)
        await pilot.pause()
        started = desk.incident(two_days.id).started_at
        assert (started == at("2026-10-16T10:00:00Z")) is taken
        question = await ask(pilot, app, "started   ")
        assert question.typed == ("2026-10-16 10:00" if taken else "16 Oct 10:00")  # nothing typed is lost


# --- the first update

FIRST = "there is no first update"


async def record(pilot: Pilot[int], app: IncidentApp, text: str) -> None:
    """Customers were told; up to the editor of their words."""
    await reach(pilot, app, "#record", FIRST)
    await press(pilot, "enter")
    assert isinstance(app.screen, Choose)
    await press(pilot, "1")
    assert isinstance(app.screen, Choose)
    await press(pilot, "3")
    assert isinstance(app.screen, AskTime)
    await typed(pilot, text)
    await until(pilot, lambda: isinstance(app.screen, EditText))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_message_that_nobody_recorded_is_recorded(
    size: tuple[int, int], app: IncidentApp, desk: Desk, two_days: Incident
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await go(pilot, app, two_days, "5")
        await record(pilot, app, "23:05")
        await press(pilot, *"Slow", "enter", "enter", *"We look into it", "ctrl+s")
        await until(pilot, lambda: bool(desk.sent(two_days.id)))
        (message,) = desk.sent(two_days.id)
        assert (message.at, message.audience) == (START + 13 * MINUTE, "customers")
        assert (message.subject, message.text) == ("Slow", "We look into it")
        await pilot.pause()
        assert toasts(app)[-1] == "Recorded as sent to customers: 21 Oct 23:05 UTC"
        assert not any(FIRST in each for each in lines(app, "#record"))


async def test_whoever_leaves_half_way_finds_the_words_again(app: IncidentApp, desk: Desk, two_days: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, two_days, "5")
        await record(pilot, app, "23:05")
        await press(pilot, *"We look into it", "escape")
        await record(pilot, app, "")
        assert isinstance(app.screen, EditText)
        assert app.screen.typed == "We look into it"
        assert desk.sent(two_days.id) == ()


async def test_words_are_needed_and_twice_the_same_is_asked_about(
    app: IncidentApp, desk: Desk, two_days: Incident
) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, two_days, "5")
        await record(pilot, app, "23:05")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: "Paste or type the words" in hint(app))
        assert desk.sent(two_days.id) == ()
        await press(pilot, *"x", "ctrl+s")
        await until(pilot, lambda: len(desk.sent(two_days.id)) == 1)
        await reach(pilot, app, "#record", "time to first update")
        await press(pilot, "enter", "2", "1", "3")
        await typed(pilot, "23:05")
        await press(pilot, *"x", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await press(pilot, "2")
        await until(pilot, lambda: len(desk.sent(two_days.id)) == 2)


async def test_it_may_go_to_a_key_account(app: IncidentApp, desk: Desk, two_days: Incident) -> None:
    desk.list_account(two_days.id, "[bold]Acme\x1b[31m")
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, two_days, "5")
        await reach(pilot, app, "#record", FIRST)
        await press(pilot, "enter", "1", "6")
        await typed(pilot, "23:05")
        await until(pilot, lambda: isinstance(app.screen, EditText))
        await press(pilot, *"Hello", "ctrl+s")
        await until(pilot, lambda: bool(desk.sent(two_days.id)))
        (message,) = desk.sent(two_days.id)
        assert (message.audience, message.account) == ("key_accounts", desk.incident(two_days.id).accounts[0].name)


async def test_where_none_went_out_one_can_be_written(app: IncidentApp, two_days: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, two_days, "5")
        await reach(pilot, app, "#record", FIRST)
        await press(pilot, "enter", "2")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
        assert isinstance(app.screen, ComposeScreen)
        assert app.screen.incident_id == two_days.id


# --- gaps, late entries, key moments


async def test_a_gap_over_midnight_is_filled_on_the_right_day(app: IncidentApp, desk: Desk, two_days: Incident) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, two_days, "5")
        await reach(pilot, app, "#record", "Nothing was written down for 11 h 59 min")
        await press(pilot, "enter")
        assert isinstance(app.screen, AskLine)
        await typed(pilot, "@04:10 replicas restored")
        (entry,) = [each for each in desk.entries(two_days.id) if each.text == "replicas restored"]
        assert utc_time(entry.occurred_at) == "2026-10-22 04:10 UTC"
        assert toasts(app)[-1] == "Logged at 22 Oct 04:10 UTC"
        late = [each for each in lines(app, "#record") if "was written down" in each and "later:" in each]
        assert len(late) == 1  # what came with the file was not written from memory here
        assert f"Entry {entry.number} of 2026-10-22 04:10 UTC" in late[0]


async def test_more_of_a_kind_are_shown_on_demand(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    clock_of(desk).advance(2 * HOUR)
    for n in range(MOST + 3):
        desk.log(incident.id, Logged(f"remembered {n}", "note", NIGHT + n * MINUTE))
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, incident, "5")
        await reach(pilot, app, "#record", "And 3 more entries written down late. Enter shows them.")
        await press(pilot, "enter")
        await until(pilot, lambda: not any("And 3 more" in each for each in lines(app, "#record")))
        assert sum("later: remembered" in each for each in lines(app, "#record")) == MOST + 3
        assert FURTHER > MOST


async def test_key_moments_have_their_day_where_there_is_more_than_one(
    app: IncidentApp, desk: Desk, two_days: Incident
) -> None:
    for entry in desk.entries(two_days.id, "note"):
        desk.pin(two_days.id, entry.number, True)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, two_days, "5")
        assert [each[2:14] for each in lines(app, "#record") if each.startswith("★ ")][:4] == [
            "21 Oct 22:52", "21 Oct 23:13", "22 Oct 11:12", "22 Oct 23:03",
        ]  # fmt: skip


async def test_a_lone_key_moment_of_two_days_has_its_day(app: IncidentApp, desk: Desk, two_days: Incident) -> None:
    desk.pin(two_days.id, desk.entries(two_days.id, "note")[2].number, True)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, two_days, "5")
        assert row(app, "primaries").startswith("★ 22 Oct 11:12 ")
