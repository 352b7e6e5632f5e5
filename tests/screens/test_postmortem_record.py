"""The record behind the figures: what is odd comes first and is corrected there and then, also after the review."""

import pytest
from textual.pilot import Pilot

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND
from incident_console.domain.incident import Incident
from incident_console.widgets.editor import EditText
from incident_console.widgets.pick_entries import PickEntries
from incident_console.widgets.questions import AskLine, Choose
from tests.builders import NIGHT, clock_of
from tests.screens.conftest import press, typed
from tests.screens.postmortem import below, go, lines, reach, toasts


@pytest.fixture
def over(desk: Desk, incident: Incident) -> Incident:
    """Declared 02:47, a line at 02:57 and 03:47 (so a gap of 50 minutes), resolved 03:52; looked at a day later."""
    clock = clock_of(desk)
    clock.advance(10 * MINUTE)
    desk.log(incident.id, Logged("pool at 100"))
    clock.advance(50 * MINUTE)
    desk.log(incident.id, Logged("pool raised"))
    clock.advance(5 * MINUTE)
    desk.change_status(incident.id, "resolved")
    desk.amend(incident.id, "mitigated_at")
    clock.advance(DAY)
    return incident


async def answer(pilot: Pilot[int], app: IncidentApp, words: str, text: str) -> None:
    """Enter on the row with some words, and another text than the one that stands in the question."""
    await reach(pilot, app, "#record", words)
    await press(pilot, "enter")
    assert isinstance(app.screen, AskLine), app.screen
    await pilot.press("ctrl+u")
    await typed(pilot, text)


def row(app: IncidentApp, words: str) -> str:
    return next(each for each in lines(app, "#record") if words in each)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_odd_is_asked_before_any_figure(
    size: tuple[int, int], app: IncidentApp, desk: Desk, over: Incident
) -> None:
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, over, "5")
        shown = lines(app, "#record")
        kinds = ["odd" if each.startswith("? ") else "figure" if each.startswith("time to") else "" for each in shown]
        assert kinds.index("odd") < kinds.index("figure")
        assert len(kinds) - kinds[::-1].index("odd") <= kinds.index("figure")
        assert kinds.count("figure") == 5
        assert "nobody said when it was mitigated" in row(app, "time to mitigate")


async def test_a_milestone_is_stated_and_its_figure_follows(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await answer(pilot, app, "? Nobody said when it was mitigated", "2026-11-21T03:37")
        assert desk.incident(over.id).mitigated_at == NIGHT + 50 * MINUTE
        await answer(pilot, app, "? Nobody said when it was started", "02:37")
        assert desk.incident(over.id).started_at == NIGHT - 10 * MINUTE  # of that night, not of the day after
        assert "1 h 00 min  started → mitigated" in row(app, "time to mitigate")
        assert not any("when it was mitigated" in each for each in lines(app, "#record"))


async def test_an_instant_can_be_unknown_again(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.amend(over.id, "mitigated_at", NIGHT + HOUR)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await answer(pilot, app, "mitigated   ", "")
        assert desk.incident(over.id).mitigated_at is None


async def test_no_time_is_said_and_nothing_is_lost(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over, "5")
        await answer(pilot, app, "mitigated   ", "in the night")
        assert "not a time this program understands" in below(app)
        await pilot.press("ctrl+u")
        await typed(pilot, "2027-01-01T00:00")
        assert "lies in the future" in below(app)
        assert desk.incident(over.id).mitigated_at is None
        await press(pilot, "escape", "enter")
        assert isinstance(app.screen, AskLine)
        assert app.screen.typed == "2027-01-01T00:00"


async def test_reversed_times_are_corrected_through_their_row(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.amend(over.id, "mitigated_at", NIGHT + 3 * HOUR)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await answer(pilot, app, "lies before mitigated", "2026-11-21T07:00")
        assert desk.incident(over.id).resolved_at == NIGHT + 4 * HOUR + 13 * MINUTE
        assert not any("lies before" in each for each in lines(app, "#record"))


async def test_a_figure_is_corrected_through_what_it_is_made_of(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await reach(pilot, app, "#record", "time to resolve")
        await press(pilot, "enter")
        assert isinstance(app.screen, Choose)
        await press(pilot, "2")
        await pilot.press("ctrl+u")
        await typed(pilot, "04:00")
        assert desk.incident(over.id).resolved_at == NIGHT + 73 * MINUTE


async def test_a_gap_is_filled_with_what_somebody_remembers(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await answer(pilot, app, "Nothing was written down for 50 min", "@03:22 provider called back")
        (entry,) = [each for each in desk.entries(over.id) if each.text == "provider called back"]
        assert entry.occurred_at == NIGHT + 35 * MINUTE
        await answer(pilot, app, "Nothing was written down for 25 min", "waited for them")
        (entry,) = [each for each in desk.entries(over.id) if each.text == "waited for them"]
        assert NIGHT + 10 * MINUTE < entry.occurred_at < NIGHT + 11 * MINUTE


async def test_a_dash_in_front_of_words_is_no_time(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await answer(pilot, app, "Nothing was written down for 50 min", "- restarted pods")
        (entry,) = [each for each in desk.entries(over.id) if "restarted" in each.text]
        assert (entry.text, entry.occurred_at) == ("- restarted pods", NIGHT + 10 * MINUTE + SECOND)
        await answer(pilot, app, "Nothing was written down for 49 min", "-24h30m drained the queue")
        (entry,) = [each for each in desk.entries(over.id) if "drained" in each.text]
        assert entry.text == "drained the queue"
        assert NIGHT + 34 * MINUTE < entry.occurred_at < NIGHT + 37 * MINUTE


async def late(desk: Desk, over: Incident) -> int:
    desk.log(over.id, Logged("provider called", "note", NIGHT + 30 * MINUTE))
    return next(each.number for each in desk.entries(over.id) if each.text == "provider called")


async def chosen(pilot: Pilot[int], app: IncidentApp, digit: str) -> None:
    """One of the corrections of the entry that was written down late."""
    await reach(pilot, app, "#record", "later: provider called")
    await press(pilot, "enter")
    assert isinstance(app.screen, Choose)
    await press(pilot, digit)


@pytest.mark.parametrize("finished", [False, True])
async def test_a_late_entry_moves_in_time(finished: bool, app: IncidentApp, desk: Desk, over: Incident) -> None:
    number = await late(desk, over)
    if finished:
        desk.finish_review(over.id, "nothing to do")
        desk.change_status(over.id, "closed")
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await chosen(pilot, app, "1")
        await pilot.press("ctrl+u")
        await typed(pilot, "03:12")
        assert desk.entry(over.id, number).occurred_at == NIGHT + 25 * MINUTE
        await press(pilot, "z")
        assert desk.entry(over.id, number).occurred_at == NIGHT + 30 * MINUTE


@pytest.mark.parametrize(("digit", "moved"), [("1", False), ("2", True)])
async def test_an_unlikely_time_is_asked_about(
    digit: str, moved: bool, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    number = await late(desk, over)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await chosen(pilot, app, "1")
        await pilot.press("ctrl+u")
        await typed(pilot, "2026-11-01T03:12")
        assert isinstance(app.screen, Choose)
        await press(pilot, digit)
        await pilot.pause()
        assert (desk.entry(over.id, number).occurred_at < NIGHT) is moved


async def test_a_late_entry_reads_differently_is_struck_or_pinned(app: IncidentApp, desk: Desk, over: Incident) -> None:
    number = await late(desk, over)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await chosen(pilot, app, "4")
        await pilot.pause()
        assert desk.entry(over.id, number).flags == ("pinned",)
        assert row(app, "★ 03:17").endswith("provider called")
        await chosen(pilot, app, "2")
        assert isinstance(app.screen, EditText)
        await press(pilot, "end", *" back", "ctrl+s")
        await pilot.pause()
        assert desk.entry(over.id, number).text == "provider called back"
        await chosen(pilot, app, "3")
        await typed(pilot, "it was somebody else")
        assert desk.entry(over.id, number).mark == "struck"
        assert not any("later: provider" in each for each in lines(app, "#record"))


async def test_the_key_moments_are_chosen_from_the_log(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await reach(pilot, app, "#record", "0 chosen from the log")
        await press(pilot, "enter")
        assert isinstance(app.screen, PickEntries)
        await press(pilot, *"pool", "enter", "down", "enter", "ctrl+s")
        await pilot.pause()
        assert [each.text for each in desk.key_moments(over.id)] == ["pool at 100", "pool raised"]
        await reach(pilot, app, "#record", "2 chosen from the log")
        await press(pilot, "enter", *"raised", "enter", "ctrl+s")
        await pilot.pause()
        assert [each.text for each in desk.key_moments(over.id)] == ["pool at 100"]


async def test_everything_is_still_corrected_after_the_review(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.finish_review(over.id, "nothing to do")
    desk.change_status(over.id, "closed")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, over, "5")
        for name, at in (("started", "02:37"), ("detected", "02:45"), ("mitigated", "2026-11-21T03:47")):
            await answer(pilot, app, f"{name}   ", at)
            assert toasts(app)[-1] == f"{name.capitalize()}: 21 Nov {at[-5:]} UTC"
        state = desk.incident(over.id)
        times = (state.started_at, state.detected_at, state.mitigated_at)
        assert times == (NIGHT - 10 * MINUTE, NIGHT - 2 * MINUTE, NIGHT + HOUR)
        assert state.reviewed_at is not None


async def test_storage_that_takes_nothing_keeps_the_words(app: IncidentApp, desk: Desk, over: Incident) -> None:
    await late(desk, over)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, over, "5")
        desk.store._db.execute("PRAGMA query_only=ON")
        await chosen(pilot, app, "1")
        await pilot.press("ctrl+u")
        await typed(pilot, "03:12")
        assert app.is_running
        assert isinstance(app.screen, AskLine)
        assert "Not saved" in below(app)
        await press(pilot, "escape")
        await chosen(pilot, app, "1")
        assert isinstance(app.screen, AskLine)
        assert app.screen.typed == "03:12"
