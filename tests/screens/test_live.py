"""The live screen, key by key: what each key does, what it says, and that typing is never in anybody's way."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import HOUR, MINUTE, SECOND
from incident_console.domain.incident import Incident
from incident_console.screens.live import LiveScreen
from incident_console.widgets.form import Form
from incident_console.widgets.questions import AskLine, Choose
from incident_console.widgets.side_panel import SidePanel
from incident_console.widgets.words import Words
from tests.builders import clock_of, make_desk
from tests.screens.conftest import Copies, hint, live, named, press, texts, typed, until


async def type_into_form(pilot: Pilot[int], *lines: str) -> None:
    """Each line, then enter."""
    for line in lines:
        await pilot.press(*map(named, line), "enter")
    await pilot.pause()


async def test_a_decision_is_recorded_with_its_options(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "d")
        assert isinstance(app.screen, Form)
        await type_into_form(pilot, "payments", "roll back", "30 min", "carts", "", "low")
        await press(pilot, "ctrl+s")  # one option is no choice: the form says so and keeps every word
        assert isinstance(app.screen, Form)
        assert "at least two options" in str(app.screen.query_one(".hint", Static).content)
        assert dict(app.screen.typed)["name1"] == "roll back"
        app.screen.query_one("#name2").focus()
        await type_into_form(pilot, "hotfix", "90 min", "", "", "high")
        app.screen.query_one("#chosen").focus()
        await type_into_form(pilot, "1", "ten minutes of carts", "", "30m")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    (text,) = texts(desk, incident, "decision")
    assert text.splitlines()[0] == "payments: roll back"
    assert "▸ roll back: back in 30 min; data at risk: carts; may fail: low" in text
    assert "accepted worst case: ten minutes of carts" in text
    assert "decided by: dana" in text
    assert "review" in {clock.kind.value for clock in desk.standing(desk.incident(incident.id)).clocks}


async def test_a_form_that_was_left_is_there_again(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "d", *"half", "escape", "d")
        assert isinstance(app.screen, Form)
        assert dict(app.screen.typed)["text"] == "half"


async def test_a_call_for_help_gives_words_to_copy_and_a_clock(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "e")
        assert isinstance(app.screen, Form)
        assert dict(app.screen.typed)["to"] == "engineering manager"
        await type_into_form(pilot, "a decision", "no revenue", "03:30")
        await until(pilot, lambda: isinstance(app.screen, Words))
        await press(pilot, "y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Copied and checked" in str(app.screen.query_one(".hint", Static).content)
        await press(pilot, "escape")
    assert "What we need: a decision" in copies.texts[0]
    (waiting,) = desk.incident(incident.id).timers
    assert (waiting.kind, waiting.who, waiting.due_at - waiting.since) == (
        "acknowledge",
        "engineering manager",
        5 * MINUTE,
    )
    assert desk.next_to_call(desk.incident(incident.id)) == "head of engineering"


async def test_clocks_are_answered_put_off_and_paused_from_one_menu(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/ask sam lag? 2m")
        await press(pilot, "escape", "C")
        assert isinstance(app.screen, Choose)
        await press(pilot, "1")  # the nearest one is the question
        await press(pilot, "1")
        assert isinstance(app.screen, AskLine)
        await press(pilot, "enter")  # no answer is no answer
        assert isinstance(app.screen, AskLine)
        await type_into_form(pilot, "40 s and falling")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        assert desk.incident(incident.id).timers == ()
        await press(pilot, "C", "1", "2")
        await type_into_form(pilot, "they are on the call")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    setting = desk.incident(incident.id).setting("internal")
    assert setting is not None
    assert setting.paused == "they are on the call"
    assert texts(desk, incident, "answer") == ["sam lag?, answered: 40 s and falling"]


async def test_the_checklist_is_ticked_and_a_phase_with_open_items_asks_once(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape", "t", "enter")
        assert desk.incident(incident.id).ticked == ("join-channel",)
        await press(pilot, "s", "2")
        assert isinstance(app.screen, Choose)
        await press(pilot, "2")  # stay
        assert desk.incident(incident.id).status == "investigating"
        await press(pilot, "s", "2")  # asked once: now it goes on
        assert desk.incident(incident.id).status == "identified"
        await press(pilot, "s", "1")
        assert desk.incident(incident.id).status == "investigating"


async def test_talk_about_the_cause_gets_a_quiet_hint(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "what is the root cause of this")
        assert hint(app).startswith("Mitigate first")
        await press(pilot, "x")
        assert not hint(app).startswith("Mitigate first")


async def test_a_role_is_handed_over_with_a_brief(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/question who knows the queue?")
        await press(pilot, "escape", "h", "1")
        await type_into_form(pilot, "Ana")
        await until(pilot, lambda: isinstance(app.screen, Words))
        await press(pilot, "y")
        await app.workers.wait_for_complete()
    assert desk.incident(incident.id).role("ic") == "Ana"
    assert "Latest questions and hypotheses:\n- 02:47 question: who knows the queue?" in copies.texts[0]
    assert texts(desk, incident, "role") == ["Incident Commander: Ana, handed over with a brief"]


async def test_both_are_told_when_two_change_the_status_at_once(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_desk(tmp_path, "ben")

    def said(words: str) -> bool:
        return any(words in toast.message for toast in app._notifications)

    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        with monkeypatch.context() as in_between:
            in_between.setattr(Desk, "changed", lambda self: False)  # between two looks for what others wrote
            await pilot.press(*map(named, "/status monitoring"))
            other.change_status(incident.id, "identified")
            await press(pilot, "enter")
            assert said("It was identified already")
        other.change_status(incident.id, "mitigating")
        await until(pilot, lambda: said("ben set the status to mitigating"))
    changes = texts(desk, incident, "status")
    assert changes == ["investigating → identified", "identified → monitoring", "monitoring → mitigating"]


async def test_others_are_seen_with_where_they_are(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    make_desk(tmp_path, "ben").be(incident.id, "writing to customers")
    async with app.run_test(size=(120, 40)) as pilot:
        panel = live(app).query_one(SidePanel)
        await until(pilot, lambda: "ben, writing to customers" in str(panel.content))


@pytest.mark.parametrize(("moved", "words"), [(2 * HOUR, "went on by 2 h 00 min"), (-3 * MINUTE, "went back by 3 min")])
async def test_a_clock_that_was_set_is_said_and_numbers_follow(
    app: IncidentApp, desk: Desk, incident: Incident, moved: int, words: str
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.pause()
        clock_of(desk).step(moved)
        await until(pilot, lambda: any(words in toast.message for toast in app._notifications))
        due = desk.standing(desk.incident(incident.id)).clocks[0]
        assert due.remaining(desk.now()) == 5 * MINUTE - moved


async def test_each_threshold_rings_once(
    app: IncidentApp, desk: Desk, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung = []
    monkeypatch.setattr(IncidentApp, "bell", lambda self: rung.append(desk.now()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not rung
        for minutes in (5, 5, 10):  # internal is due after five; five and fifteen minutes late ring again
            clock_of(desk).advance(minutes * MINUTE + SECOND)
            count = len(rung)
            await until(pilot, lambda count=count: len(rung) == count + 1)  # type: ignore[misc]
            app._beat()
            assert len(rung) == count + 1


async def test_letters_can_be_switched_off_and_alt_stands_in(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "ctrl+g", "escape", "s")
        assert isinstance(app.screen, LiveScreen)
        assert any("Letter keys are off" in toast.message for toast in app._notifications)
        await press(pilot, "alt+s")
        assert isinstance(app.screen, Choose)
        await press(pilot, "escape", "f3")
        assert isinstance(app.screen, Choose)
        await press(pilot, "escape", "i", "alt+i", *"so far", "enter")
    assert texts(desk, incident, "note") == ["so far"]
    again = IncidentApp(desk)
    async with again.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: again.letters_off)


async def test_times_switch_between_utc_and_local(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    from zoneinfo import ZoneInfo

    from incident_console.domain.clock import Zone

    berlin = Zone(ZoneInfo("Europe/Berlin"))
    desk.zone = berlin
    object.__setattr__(desk.setting, "zone", berlin)
    async with app.run_test(size=(80, 24)) as pilot:
        header = live(app).query_one("IncidentHeader", Static)
        assert "03:47 CET" in str(header.content)
        await press(pilot, "escape", "U")
        assert "02:47 UTC" in str(header.content)
        await press(pilot, "U")
        assert "03:47 CET" in str(header.content)


async def test_after_monitoring_was_quiet_resolving_is_proposed(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "/status monitoring")
        clock_of(desk).advance(31 * MINUTE)
        app._beat()
        await until(pilot, lambda: "resolve? (R)" in hint(app))


async def test_an_undo_names_what_it_takes_back(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await typed(pilot, "/timer 5m cache")
        await press(pilot, "escape", "z")
        assert any("Undone: timer: cache" in toast.message for toast in app._notifications)
    assert desk.incident(incident.id).timers == ()
