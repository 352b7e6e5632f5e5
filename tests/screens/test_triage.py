"""The wizard, key by key."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import MINUTE
from incident_console.domain.decide import Declaration
from incident_console.domain.wizard import STEPS, UNKNOWN, Answers
from incident_console.screens.board import BoardScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.triage.declare import DeclareScreen
from incident_console.widgets.form_lines import FormLines
from incident_console.widgets.questions import AskLine
from incident_console.widgets.verdict_panel import VerdictPanel
from tests.builders import clock_of, make_desk
from tests.hostile import CORPUS, NAMES
from tests.screens.conftest import named


class Hand:
    """Presses keys and counts them."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.count = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.count += 1
            await self.pilot.press(key)
            await self.pilot.pause()

    async def type(self, text: str) -> None:
        await self.pilot.press(*map(named, text))
        await self.pilot.pause()


def panel(app: IncidentApp) -> str:
    return str(app.screen.query_one(VerdictPanel).content)


def question(app: IncidentApp) -> str:
    return str(app.screen.query_one("#question", Static).content)


async def test_everything_unknown_but_the_title_takes_twelve_keys_at_most(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", *"0" * len(STEPS))
        await hand.type("Payments fail")
        await hand.press("enter")
        assert hand.count <= 12
        assert isinstance(app.screen, LiveScreen)
    (summary,) = desk.summaries()
    incident = desk.incident(summary.id)
    assert (incident.title, incident.severity) == ("Payments fail", 1)
    assert dict(incident.roles) == {"ic": "dana", "tech": "dana", "comms": "dana", "scribe": "dana"}
    assert incident.channel == "#incident-2026-11-21-payments-fail"
    assert "function" in incident.unknown


async def test_the_other_questions_can_be_left_for_later(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "f2")
        await hand.type("Payments fail")
        await hand.press("enter")
        assert hand.count == 3
    assert desk.summaries()[0].severity == 1


async def test_the_recommendation_moves_with_every_answer(app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d")
        seen = [panel(app).split()[0]]
        for key in ("2", "2", "4", "3", "2", "2"):
            await hand.press(key)
            seen.append(panel(app).split()[0])
        assert seen == ["SEV1", "SEV2", "SEV2", "SEV3", "SEV3", "SEV3", "SEV3"]
        assert "SEV2 to SEV4 possible, 1 not known" in panel(app)
        await hand.press("1", "2")
        assert panel(app).split()[0] == "SEV2"
        assert "it is peak time, major customers are hit" in panel(app).replace("\n", " ").replace("  ", "")


async def test_back_at_any_step_with_the_answer_marked(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "1", "2", "3", "left", "backspace")
        assert question(app).startswith("2/10")
        options = app.screen.query_one("#options", OptionList)
        assert options.highlighted == 1
        assert "● 2" in str(options.get_option_at_index(1).prompt)
        await hand.press("1", "right", "left", "left", "left", "left")
        assert question(app).startswith("1/10")
        screen = app.screen
        assert isinstance(screen, DeclareScreen)
        assert screen.answers.facts.criticality == "critical"
        await hand.press("f2", "f3")
        assert question(app).startswith("10/10")


async def test_arrows_and_enter_answer_too(app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "up", "up", "enter", "enter")
        screen = app.screen
        assert isinstance(screen, DeclareScreen)
        assert screen.answers.get("function") == "cosmetic"
        assert screen.answers.get("criticality") == UNKNOWN


async def test_yes_and_no_have_their_letters(app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "y", "0", "0", "0", "0", "y", "n", "0")
        screen = app.screen
        assert isinstance(screen, DeclareScreen)
        facts = screen.answers.facts
        assert (facts.function, facts.data_loss, facts.security_breach) == (None, True, False)


async def test_a_number_that_is_no_answer_does_nothing(app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "9", "7")
        assert question(app).startswith("1/10")


async def test_another_level_asks_why_and_keeps_it(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "1", "1", "1", "1", "f4", "3", "enter")
        assert isinstance(app.screen, AskLine)  # no reason, no other level: the question stays
        await hand.type("test")
        await hand.press("escape")
        assert panel(app).split()[0] == "SEV1"
        await hand.press("f4", "3")
        await hand.type(" shop only")
        await hand.press("enter")
        assert "SEV3  taken; the answers speak for SEV1. test shop only" in panel(app)
        await hand.press("f2")
        await hand.type("Shop down")
        await hand.press("enter")
    (summary,) = desk.summaries()
    assert summary.severity == 3
    assert "SEV3 taken, SEV1 recommended; test shop only" in desk.entries(summary.id)[1].text


async def test_escape_loses_nothing(app: IncidentApp, desk: Desk, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "2", "1", "f4", "4")
        await hand.type("hardly used")
        await hand.press("enter", "f2")
        await hand.type("Search slow")
        await hand.press("tab")
        await hand.type("Search")
        await hand.press("escape")
        assert isinstance(app.screen, BoardScreen)
    again = IncidentApp(make_desk(tmp_path))
    async with again.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d")
        screen = again.screen
        assert isinstance(screen, DeclareScreen)
        assert (screen.answers.facts.function, screen.taken, screen.reason) == ("degraded", 4, "hardly used")
        assert dict(screen.form.values)["services"] == "Search"
        assert any("is here again" in note.message for note in again._notifications)
        await hand.press("enter")
        assert desk.summaries()[0].title == "Search slow"
        await hand.press("f10", "d")
        assert isinstance(again.screen, DeclareScreen)
        assert again.screen.answers == Answers()


async def test_starting_anew_forgets_all(app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "2", "1", "f2")
        await hand.type("Search slow")
        await hand.press("ctrl+n")
        screen = app.screen
        assert isinstance(screen, DeclareScreen)
        assert (screen.answers, screen.place) == (Answers(), 0)
        assert dict(screen.form.values) == dict.fromkeys(("ic", "tech", "comms", "scribe"), "dana")


async def test_without_a_title_the_cursor_goes_there(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "ctrl+s")
        assert app.focused is app.screen.query_one("#title")
        assert any("needs a title" in note.message for note in app._notifications)
    assert desk.summaries() == ()


async def test_what_may_be_the_same_and_old_promises_are_shown(app: IncidentApp, desk: Desk) -> None:
    old = desk.declare(Declaration("Checkout down", 1, services=("Checkout",)))
    desk.add_item(old.id, Wanted("check indexes", "prevent", "Sam", "2026-11-22"))
    clock_of(desk).advance(3 * 24 * 60 * MINUTE)
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "f2")
        await hand.type("x")
        await hand.press("tab")
        await hand.type("ch")
        await hand.press("right")
        assert app.screen.query_one(FormLines).box("services").value == "Checkout"
        around = str(app.screen.query_one("#around", Static).content)
        assert "may be the same  INC-1 SEV1 investigating, 3 days ago: Checkout down" in around
        assert "overdue promise  INC-1 check indexes (Sam, due 2026-11-22)" in around


async def test_scoping_answers_land_in_the_timeline(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "f7", "3")
        await hand.type("release 4512?")
        await hand.press("enter", "f2")
        await hand.type("Search slow")
        await hand.press("enter", "escape", "o", "5")
        await hand.type("only Europe")
        await hand.press("enter")
    entries = desk.entries(desk.summaries()[0].id)
    assert [(entry.kind, entry.text) for entry in entries[2:]] == [
        ("hypothesis", "Changed: release 4512?"),
        ("impact", "Regions: only Europe"),
    ]


async def test_a_channel_that_was_typed_is_left_alone(app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await hand.press("d", "f2")
        await hand.type("Pay")
        box = app.screen.query_one(FormLines).box("channel")
        assert box.value == "#incident-2026-11-21-pay"
        box.value = "#war-room"
        await hand.type(" down")
        assert box.value == "#war-room"


@pytest.mark.parametrize("name", NAMES)
async def test_hostile_titles_and_services_do_no_harm(app: IncidentApp, desk: Desk, name: str) -> None:
    text = dict(CORPUS)[name][:150]
    desk.declare(Declaration(f"x {text}".replace("\n", " "), 2, services=("Checkout", text)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d", "f2")
        await pilot.pause()
        form = app.screen.query_one(FormLines)
        form.box("title").value = text
        form.box("services").value = f"Checkout, {text}"
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, LiveScreen)
