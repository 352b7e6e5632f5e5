"""What the tests of the composer share: opening it, filling it in, and what is read off it."""

from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.incident import Incident
from incident_console.domain.sending import SentMessage
from incident_console.screens import OpenComposer
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.widgets.concern_list import ConcernList
from incident_console.widgets.preview import Preview
from incident_console.widgets.questions import Choose
from tests.screens.conftest import Copies, press, until

KNOWN = (("impact", "cards are rejected"), ("users_affected", "everyone who pays by card"))


def know(desk: Desk, incident: Incident, *facts: tuple[str, str]) -> None:
    """State facts before anybody writes."""
    for name, value in facts or KNOWN:
        desk.state_fact(incident.id, name, value)


def composer(app: IncidentApp) -> ComposeScreen:
    assert isinstance(app.screen, ComposeScreen)
    return app.screen


async def open_composer(pilot: Pilot[int], app: IncidentApp, audience: str | None = None) -> ComposeScreen:
    """From the live screen to the audience that waits most, then to another one."""
    await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    await press(pilot, "f2")
    await until(pilot, lambda: isinstance(app.screen, ComposeScreen) and app.screen.open is not None)
    await pilot.pause()
    if audience is not None and composer(app).wish.audience != audience:
        await press(pilot, "f4")
        assert isinstance(app.screen, Choose)
        places = [option.id for option in app.screen.query_one(OptionList).options]
        await press(pilot, str(places.index(audience) + 1))
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen) and app.screen.wish.audience == audience)
        await pilot.pause()
    return composer(app)


async def straight_to(pilot: Pilot[int], app: IncidentApp, message: OpenComposer) -> ComposeScreen:
    """From the live screen to one message."""
    await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    app.screen.post_message(message)
    await until(pilot, lambda: isinstance(app.screen, ComposeScreen) and app.screen.open is not None)
    await pilot.pause()
    return composer(app)


def box(screen: ComposeScreen, name: str) -> Input:
    return next(each for each in screen.query(Input).results(Input) if each.name == name)


async def write(pilot: Pilot[int], screen: ComposeScreen, name: str, text: str) -> None:
    """A field reads like this now."""
    box(screen, name).value = text
    await pilot.pause()


async def settle(pilot: Pilot[int], app: IncidentApp) -> None:
    await app.workers.wait_for_complete()
    await pilot.pause()


async def copied(pilot: Pilot[int], app: IncidentApp, copies: Copies) -> str:
    """What ctrl+y puts into the clipboard, after what was to be said is accepted."""
    before = len(copies.texts)
    await press(pilot, "ctrl+y")
    if len(copies.texts) == before:
        await press(pilot, "ctrl+y")
    await settle(pilot, app)
    assert len(copies.texts) == before + 1
    return copies.texts[-1]


def line(app: IncidentApp, selector: str) -> str:
    """A line of the composer; empty while it is not there."""
    found = composer(app).query_one(selector, Static)
    return str(found.content) if found.display else ""


def status(app: IncidentApp) -> str:
    return line(app, "#status")


def preview(app: IncidentApp) -> str:
    return "\n".join(str(each.content) for each in composer(app).query_one(Preview).query(Static))


def concern(app: IncidentApp) -> str:
    return str(composer(app).query_one(ConcernList).content) if composer(app).query_one(ConcernList).display else ""


def deadline(desk: Desk, incident: Incident, audience: str = "internal") -> int | None:
    clocks = desk.standing(desk.incident(incident.id)).clocks
    return next((each.due_at for each in clocks if each.name == audience), None)


def the_sent(desk: Desk, incident: Incident) -> SentMessage:
    (message,) = desk.sent(incident.id)
    return message
