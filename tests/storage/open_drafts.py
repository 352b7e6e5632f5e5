"""What the tests of a message that is being written share: opening it, filling it in, and what it asks about."""

from incident_console.desk import Desk
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Incident
from incident_console.screens.compose.open_draft import OpenDraft

INTERNAL = Wish("internal", "update")


def opened(desk: Desk, incident: Incident, wish: Wish = INTERNAL) -> OpenDraft:
    return OpenDraft(desk, desk.incident(incident.id), wish)


def complete(draft: OpenDraft) -> OpenDraft:
    """The same with every required field filled in."""
    for field in draft.template.fields:
        if field.required and not draft.values[field.name]:
            draft.type(field.name, "words")
    return draft


def rules(draft: OpenDraft) -> list[str]:
    return [concern.rule for concern in draft.view(draft.draft()).concerns]
