"""Which screen a wish to go somewhere leads to; each is loaded when somebody first goes there."""

from textual.message import Message

from incident_console.desk import Desk
from incident_console.screens import (
    OpenAccounts,
    OpenActions,
    OpenComposer,
    OpenDeclare,
    OpenIncident,
    OpenPostmortem,
    OpenSent,
    OpenTriage,
    Place,
)


def board(desk: Desk) -> Place:
    """Where everything begins."""
    from incident_console.screens.board import BoardScreen

    return BoardScreen(desk)


def place_for(desk: Desk, message: Message) -> Place:
    """The place that a message asks for; the board for one that asks for none."""
    match message:
        case OpenIncident():
            from incident_console.screens.live import LiveScreen

            return LiveScreen(desk, message.incident_id)
        case OpenDeclare():
            from incident_console.screens.triage.declare import DeclareScreen

            return DeclareScreen(desk)
        case OpenTriage():
            from incident_console.screens.triage.reassess import ReassessScreen

            return ReassessScreen(desk, message.incident_id, unknown_first=message.unknown_first)
        case OpenActions():
            from incident_console.screens.actions import ActionsScreen

            return ActionsScreen(desk)
        case OpenPostmortem():
            from incident_console.screens.postmortem import PostmortemScreen

            return PostmortemScreen(desk, message.incident_id)
        case _:
            return _about_messages(desk, message)


def _about_messages(desk: Desk, message: Message) -> Place:
    match message:
        case OpenComposer():
            from incident_console.screens.compose import ComposeScreen

            return ComposeScreen(
                desk, message.incident_id, message.audience,
                kind=message.kind, account=message.account, corrects=message.corrects,
            )  # fmt: skip
        case OpenSent():
            from incident_console.screens.sent import SentScreen

            return SentScreen(desk, message.incident_id)
        case OpenAccounts():
            from incident_console.screens.accounts import AccountsScreen

            return AccountsScreen(desk, message.incident_id)
        case _:
            return board(desk)
