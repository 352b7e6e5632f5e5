"""The same words once more: channel and time are asked, what is odd is asked about, nothing typed is lost."""

from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Incident
from incident_console.screens.sent import SentScreen
from incident_console.widgets.form import Form
from tests.builders import clock_of
from tests.screens.conftest import Copies, press, until
from tests.screens.test_sent import fill_in, letter, open_sent, rows, said, send


async def test_sent_again_takes_channel_and_time(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    first = send(desk, incident, "cards fail", channel="chat")
    send(desk, incident, "later news", channel="status page")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_sent(pilot)
        await press(pilot, "g", "r")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert copies.texts == [first.whole]
        assert isinstance(app.screen, Form)
        assert dict(app.screen.typed) == {"channel": "status page"}  # where it went the last time
        await fill_in(pilot, channel="email", at="-1m")
        await until(pilot, lambda: isinstance(app.screen, SentScreen))
        await until(pilot, lambda: len(rows(app)) == 3)
        assert rows(app)[2] == "02:50 internal stakeholders #3 resend of #1 initial notification · email · dana"
        assert "▪ The words of #1 once more." in letter(app)
        assert said(app, "recorded as sent once more")
    again = desk.sent(incident.id)[-1]
    assert (again.text, again.resends, again.channel, again.at) == ("cards fail", 1, "email", desk.now() - MINUTE)


async def test_the_same_channel_twice_in_a_minute_is_asked_about(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    send(desk, incident, "cards fail")
    clock_of(desk).advance(-2 * MINUTE + 10)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "r")
        await fill_in(pilot)
        assert isinstance(app.screen, Form)
        asked = str(app.screen.query_one(".hint", Static).content)
        assert "less than a minute ago" in asked
        assert "save once more" in asked
        assert len(desk.sent(incident.id)) == 1
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SentScreen))
    assert len(desk.sent(incident.id)) == 2


async def test_a_time_that_is_none_is_said_and_the_answers_stay(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    send(desk, incident, "cards fail")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "r")
        await fill_in(pilot, at="noonish")
        assert isinstance(app.screen, Form)
        assert "is not a time" in str(app.screen.query_one(".hint", Static).content)
        assert dict(app.screen.typed) == {"channel": "email", "at": "noonish"}
        await press(pilot, "escape", "r")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert isinstance(app.screen, Form)
        assert dict(app.screen.typed)["at"] == "noonish"  # left, not lost
        await fill_in(pilot, at="2020-01-01T10:00")
        assert "Check the date." in str(app.screen.query_one(".hint", Static).content)
        await fill_in(pilot, at="-30s")
        await until(pilot, lambda: isinstance(app.screen, SentScreen))
    assert desk.sent(incident.id)[-1].at == desk.now() - MINUTE // 2


async def test_in_a_closed_incident_it_is_recorded_and_no_clock_starts(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    send(desk, incident, "cards fail")
    for status in ("resolved", "closed"):
        desk.change_status(incident.id, status)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "r")
        await fill_in(pilot)
        await pilot.pause()
    assert len(desk.sent(incident.id)) == 2
    assert desk.sent(incident.id)[-1].text == desk.sent(incident.id)[0].text
    assert desk.standing(desk.incident(incident.id)).clocks == ()


async def test_what_cannot_be_saved_is_said_and_stays(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    send(desk, incident, "cards fail")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        desk.store._db.execute("PRAGMA query_only=ON")
        await press(pilot, "r")
        await fill_in(pilot, channel="fax")
        assert isinstance(app.screen, Form)
        assert "Not saved" in str(app.screen.query_one(".hint", Static).content)
        desk.store._db.execute("PRAGMA query_only=OFF")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SentScreen))
    assert desk.sent(incident.id)[-1].channel == "fax"


async def test_what_is_no_longer_so_is_said_before_it_is_recorded(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    values = (("impact", "cards fail"), ("users_affected", "everyone"))
    send(desk, incident, "cards fail", Wish("internal", values=values))
    desk.state_fact(incident.id, "impact", "half the cards fail")
    send(desk, incident, "half of them")
    clock_of(desk).advance(HOUR)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "g", "r")
        await until(pilot, lambda: isinstance(app.screen, Form))
        heading = str(app.screen.query_one(".question", Static).content)
        assert heading.splitlines() == [
            "Send the words of internal stakeholders #1 once more, then say how they went out",
            "It says otherwise: impact.",
            "The time that it promises for the next update has passed.",
            "They were told something newer since: #2.",
        ]
        assert len(desk.sent(incident.id)) == 2
        await fill_in(pilot, channel="email")
        await until(pilot, lambda: isinstance(app.screen, SentScreen))
    assert desk.sent(incident.id)[-1].resends == 1


async def test_words_that_still_hold_have_nothing_said_about_them(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    send(desk, incident, "cards fail")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_sent(pilot)
        await press(pilot, "r")
        await until(pilot, lambda: isinstance(app.screen, Form))
        heading = str(app.screen.query_one(".question", Static).content)
        assert heading == "Send the words of internal stakeholders #1 once more, then say how they went out"
