"""Looking again at an incident's severity, key by key."""

from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.assessment import Taken
from incident_console.domain.clock import MINUTE
from incident_console.domain.decide import Declaration
from incident_console.domain.wizard import UNKNOWN, Answers
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.triage.reassess import ReassessScreen
from tests.builders import clock_of, declare
from tests.screens.test_triage import Hand, panel, question

ANSWERS = Answers((("function", "down"), ("criticality", "critical"), ("affected", "some"), ("workaround", UNKNOWN)))


async def test_still_right_is_one_key(app: IncidentApp, desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS))
    clock_of(desk).advance(70 * MINUTE)
    app._first = incident.id
    async with app.run_test(size=(120, 40)) as pilot:
        hand = Hand(pilot)
        await pilot.pause()
        await hand.press("escape", "r")
        assert isinstance(app.screen, ReassessScreen)
        assert "SEV2" in panel(app)
        await hand.press("y")
        assert isinstance(app.screen, LiveScreen)
    after = desk.incident(incident.id)
    assert (after.severity, after.assessed_at) == (2, desk.now())


async def test_a_change_asks_why_and_says_who_must_be_told(app: IncidentApp, desk: Desk) -> None:
    mild = Answers(
        (("function", "partial"), ("criticality", "critical"), ("affected", "few"), ("workaround", "reasonable"))
    )
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(mild))
    assert incident.severity == 3
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await pilot.pause()
        await hand.press("escape", "r", "j", "j", "enter", "1")
        screen = app.screen
        assert isinstance(screen, ReassessScreen)
        assert screen.at_end
        assert panel(app).split()[0] == "SEV2"
        await hand.press("ctrl+s")
        await hand.type("everyone now")
        await hand.press("enter")
        assert isinstance(app.screen, LiveScreen)
        notes = [note.message for note in app._notifications]
        assert any("SEV2 now. Must now be told: key stakeholders, within 15 min" in note for note in notes)
    assert desk.incident(incident.id).severity == 2
    assert desk.entries(incident.id)[-1].text == "SEV3 → SEV2: everyone now"


async def test_answers_changed_and_not_saved_are_offered_again(app: IncidentApp, desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS))
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await pilot.pause()
        await hand.press("escape", "r", "enter", "3", "escape", "r")
        screen = app.screen
        assert isinstance(screen, ReassessScreen)
        assert screen.answers.facts.function == "partial"
        clock_of(desk).advance(MINUTE)
        desk.reassess(incident.id, Taken(ANSWERS, 2))
        await hand.press("escape", "r")
        assert isinstance(app.screen, ReassessScreen)
        assert app.screen.answers.facts.function == "down"  # somebody looked in between: theirs count


async def test_what_was_unknown_is_asked_again_with_the_next_update(app: IncidentApp, desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS))
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await pilot.pause()
        assert "not known" not in str(app.screen.query_one("#hint", Static).content)
        await hand.press("f2")
        line = app.screen.query_one("#unknown", Static)
        assert "Still not known: workaround, data loss, breach" in str(line.content)
        await hand.press("f6")
        assert question(app).startswith("4/9")
        await hand.press("3", "n", "n")
        assert question(app).startswith("7/9")
        await hand.press("9", "1", "2")
        assert isinstance(app.screen, ReassessScreen)
        assert app.screen.at_end
        await hand.press("y")
        assert isinstance(app.screen, ComposeScreen)
        assert not app.screen.query_one("#unknown").display


async def test_customers_who_report_speak_against_sev4(app: IncidentApp, desk: Desk) -> None:
    wish = Declaration("Typo", None, detected_by="customer")
    incident = desk.declare_assessed(wish, Taken(Answers((("function", "cosmetic"),))))
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Customers report it and it stands at SEV4" in str(app.screen.query_one("#hint", Static).content)


async def test_a_resolved_incident_says_what_to_do(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    desk.change_status(incident.id, "resolved")
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        hand = Hand(pilot)
        await pilot.pause()
        await hand.press("escape", "r", "y")
        assert any("back to monitoring" in note.message for note in app._notifications)
