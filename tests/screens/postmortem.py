"""What the tests of the postmortem share: going there, its panes, and what stands in its lists."""

from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from incident_console.app import IncidentApp
from incident_console.domain.incident import Incident
from incident_console.screens import OpenPostmortem
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.widgets.concern_list import ConcernList
from tests.screens.conftest import until


def screen(app: IncidentApp) -> PostmortemScreen:
    assert isinstance(app.screen, PostmortemScreen), app.screen
    return app.screen


async def go(pilot: Pilot[int], app: IncidentApp, incident: Incident, pane: str = "1") -> PostmortemScreen:
    """To a pane of the postmortem of an incident."""
    await pilot.pause()
    app.screen.post_message(OpenPostmortem(incident.id))
    await until(pilot, lambda: isinstance(app.screen, PostmortemScreen) and app.screen.is_mounted)
    await pilot.pause()
    await pilot.press(pane)
    await pilot.pause()
    return screen(app)


def lines(app: IncidentApp, selector: str) -> list[str]:
    """The rows of a list."""
    return [str(option.prompt).rstrip() for option in screen(app).query_one(selector, OptionList).options]


async def reach(pilot: Pilot[int], app: IncidentApp, selector: str, words: str) -> None:
    """Move the cursor to the first row with some words."""
    place = next(n for n, row in enumerate(lines(app, selector)) if words in row)
    screen(app).query_one(selector, OptionList).highlighted = place
    await pilot.pause()


def strip(app: IncidentApp) -> str:
    return str(screen(app).query_one("#strip", Static).content)


def blame(app: IncidentApp) -> str:
    """The finding that is shown; empty where there is none."""
    shown = screen(app).query_one("#blame", ConcernList)
    return str(shown.content) if shown.display else ""


def below(app: IncidentApp) -> str:
    """What stands below the line that is typed into: what it is for, or why it was refused."""
    return str(app.screen.query_one(".hint", Static).content)


def toasts(app: IncidentApp) -> list[str]:
    return [each.message for each in app._notifications]
