"""Keys: every one has a name and does something; footer, help and palette are built from them."""

import inspect

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.screens.accounts import AccountsScreen
from incident_console.screens.actions import ActionsScreen
from incident_console.screens.board import BoardScreen
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.live.keys import LiveKeys
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.screens.sent import SentScreen
from incident_console.screens.triage.declare import DeclareScreen
from incident_console.screens.triage.reassess import ReassessScreen
from incident_console.screens.triage.wizard import Wizard
from incident_console.widgets.bindings_provider import BindingsProvider
from incident_console.widgets.editor import EditText
from incident_console.widgets.form import Form
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.loose_ends import LooseEnds
from incident_console.widgets.pick_entries import PickEntries
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.questions import AskLine, Choose, Read
from incident_console.widgets.read_then_choose import ReadThenChoose
from incident_console.widgets.timeline import Timeline
from incident_console.widgets.why_tree import WhyTree
from incident_console.widgets.words import Words
from tests.builders import declare

PLACES: list[type[DOMNode]] = [
    IncidentApp, AccountsScreen, BoardScreen, ComposeScreen, DeclareScreen, ReassessScreen, SentScreen, Wizard, LiveKeys,
    PostmortemScreen, ActionsScreen, PickEntries, EditText, LogInput, PlainView, AskLine, Choose, Form, Read,
    ReadThenChoose, Timeline, LooseEnds, WhyTree, Words,
]  # fmt: skip
TAKEN = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+a", "ctrl+b", "ctrl+p", "ctrl+left_square_bracket"}


def own_bindings(place: type[DOMNode]) -> list[Binding]:
    return [binding for binding in place.__dict__.get("BINDINGS", []) if isinstance(binding, Binding)]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_every_key_has_id_name_and_words_and_an_action_that_exists(place: type[DOMNode]) -> None:
    assert own_bindings(place)
    assert getattr(place, "BINDING_GROUP_TITLE", "")
    for binding in own_bindings(place):
        assert binding.id
        assert binding.description
        assert binding.tooltip
        assert not TAKEN & set(binding.key.split(","))
        name = binding.action.split("(")[0].removeprefix("app.")
        owners = (place, IncidentApp)
        assert any(inspect.isfunction(getattr(owner, f"action_{name}", None)) for owner in owners), binding.action


def test_ids_are_unique() -> None:
    ids = [binding.id for place in PLACES for binding in own_bindings(place)]
    assert len(ids) == len(set(ids))


async def test_the_palette_holds_exactly_the_keys_of_the_screen(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        assert isinstance(app.screen, LiveScreen)
        provider = BindingsProvider(app.screen)
        titles = [str(hit.text) async for hit in provider.discover()]
        for wanted in ("Update  (u)", "Status  (s)", "Correct  (c)", "Quit  (^q)"):
            assert wanted in titles
        found = [hit async for hit in provider.search("resol")]
        assert found
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert type(app.screen).__name__ == "CommandPalette"


async def test_help_lists_the_keys(app: IncidentApp, desk: Desk) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, Read)
        shown = "\n".join(str(each.content) for each in app.screen.query(Static))
        for words in ("declare an incident", "Leave the console", "Single-letter keys off"):
            assert words in shown
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BoardScreen)


async def test_help_on_the_live_screen_lists_the_slash_commands(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, Read)
        shown = "\n".join(str(each.content) for each in app.screen.query(Static))
        for words in ("/snooze CLOCK 10m REASON", "/decision", "f2          Write to the audience"):
            assert words in shown


async def test_function_keys_work_while_typing_and_letters_in_the_list(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    app._first = incident.id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f3")
        await pilot.pause()
        assert isinstance(app.screen, Choose)
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("1")  # what is still open in the phase was named
        await pilot.pause()
        assert desk.incident(incident.id).status == "mitigating"
        await pilot.press("escape", "s")
        await pilot.pause()
        assert isinstance(app.screen, Choose)
        await pilot.press("escape", "v")
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        await pilot.press(*"less", "enter")
        await pilot.pause()
        assert desk.incident(incident.id).severity == 2
        await pilot.press("z")
        await pilot.pause()
        assert desk.incident(incident.id).severity == 1
        await pilot.press("a", "3")
        await pilot.pause()
        await pilot.press("ctrl+u", *"ana", "enter")
        await pilot.pause()
        assert desk.incident(incident.id).role("comms") == "ana"
