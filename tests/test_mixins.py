"""Classes that are put together from parts: no part may take away another one's private name, nor one of Textual's."""

import pytest

from incident_console.app import IncidentApp
from incident_console.desk.whole import Desk
from incident_console.screens.accounts import AccountsScreen
from incident_console.screens.actions import ActionsScreen
from incident_console.screens.board import BoardScreen
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.screens.sent import SentScreen
from incident_console.screens.triage.declare import DeclareScreen

WHOLES = (
    Desk, IncidentApp, AccountsScreen, ActionsScreen, BoardScreen, ComposeScreen, LiveScreen, PostmortemScreen,
    SentScreen, DeclareScreen,
)  # fmt: skip

OURS = "incident_console"
TEXTUALS = {
    "_inherit_css", "_inherit_bindings", "_inherit_component_classes", "_css_type_name", "_css_type_names",
    "_decorated_handlers", "_computes", "_reactives", "_merged_bindings",
}  # fmt: skip
"""What Textual writes into each class by itself."""


def private(part: type) -> set[str]:
    return {name for name in vars(part) if name.startswith("_") and not name.startswith("__")} - TEXTUALS


@pytest.mark.parametrize("whole", WHOLES)
def test_no_part_hides_a_private_name_of_another(whole: type) -> None:
    taken: dict[str, str] = {}
    for part in whole.__mro__:
        if part.__module__.startswith(OURS):
            for name in private(part):
                assert name not in taken, f"{part.__name__}.{name} is hidden by {taken[name]}"
                taken[name] = part.__name__


@pytest.mark.parametrize("whole", WHOLES)
def test_no_part_hides_a_private_name_of_textual(whole: type) -> None:
    ours = {name for part in whole.__mro__ if part.__module__.startswith(OURS) for name in private(part)}
    for part in whole.__mro__:
        if part.__module__.startswith("textual"):
            assert not ours & private(part), f"{part.__name__} has these, too"
