"""Messages that were recorded from memory are corrected where they are odd: their time, their readers, their words."""

import pytest
from textual.pilot import Pilot

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.incident import Incident
from incident_console.domain.recollection import Recollection
from incident_console.widgets.editor import EditText
from incident_console.widgets.questions import AskLine, Choose
from tests.builders import NIGHT, clock_of
from tests.screens.conftest import press, typed, until
from tests.screens.postmortem import go, lines, reach, toasts

ODD = "? First update sent (2026-11-21 02:37 UTC) lies before detected"


@pytest.fixture
def over(desk: Desk, incident: Incident) -> Incident:
    """Declared and detected 02:47, resolved an hour later; a day later somebody gave the first update a wrong time."""
    clock_of(desk).advance(HOUR)
    desk.change_status(incident.id, "resolved")
    desk.amend(incident.id, "started_at", NIGHT - 30 * MINUTE)
    desk.amend(incident.id, "detected_at", NIGHT)
    clock_of(desk).advance(DAY)
    words = "Payments [bold]fail\n\nWe look into it."
    desk.record_sent(incident.id, Recollection("customers", words, NIGHT - 10 * MINUTE))
    return incident


async def figure(pilot: Pilot[int], app: IncidentApp, *keys: str) -> None:
    """What can be done about the message, through the figure that it is part of."""
    await reach(pilot, app, "#record", "time to first update")
    await press(pilot, "enter", "2", "2")
    await until(pilot, lambda: isinstance(app.screen, Choose))
    await press(pilot, *keys)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_enter_on_what_is_odd_corrects_its_time(
    size: tuple[int, int], app: IncidentApp, desk: Desk, over: Incident
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await go(pilot, app, over, "5")
        await reach(pilot, app, "#record", ODD)
        await press(pilot, "enter")
        assert isinstance(app.screen, AskLine)
        await pilot.press("ctrl+u")
        await typed(pilot, "2027-01-01 02:57")
        assert isinstance(app.screen, AskLine)  # the future is refused beside the question
        await pilot.press("ctrl+u")
        await typed(pilot, "02:57")
        await until(pilot, lambda: desk.sent(over.id)[0].at == NIGHT + 10 * MINUTE)
        assert len(desk.sent(over.id)) == 1
        assert toasts(app)[-1] == "Recorded as sent to customers: 21 Nov 02:57 UTC"
        await until(pilot, lambda: not any("First update" in each for each in lines(app, "#record")))
        assert "10 min" in next(each for each in lines(app, "#record") if "time to first update" in each)


async def test_its_readers_and_its_words_through_the_figure(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, over, "5")
        await figure(pilot, app, "2", "1")
        await until(pilot, lambda: desk.sent(over.id)[0].audience != "customers")
        await figure(pilot, app, "3")
        await until(pilot, lambda: isinstance(app.screen, EditText))
        await press(pilot, *"Some", "ctrl+s")
        await until(pilot, lambda: desk.sent(over.id)[0].subject == "SomePayments [bold]fail")
        (message,) = desk.sent(over.id)
        assert (message.audience, message.text, message.at) == ("internal", "We look into it.", NIGHT - 10 * MINUTE)


async def test_what_never_went_out_is_taken_out(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, over, "5")
        await figure(pilot, app, "4")
        await until(pilot, lambda: desk.sent(over.id) == ())
        await until(pilot, lambda: any("No message was recorded as sent" in each for each in lines(app, "#record")))


async def test_z_takes_it_back(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "5")
        await press(pilot, "z")
        await until(pilot, lambda: desk.sent(over.id) == ())
