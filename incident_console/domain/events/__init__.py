"""What can happen: frozen facts in the past tense, one module for each part of an incident's life.

No kind is ever renamed and no field removed: the log outlives the program that wrote it."""

from incident_console.domain.events.clocks import (
    CheckedIn,
    ClockSet,
    Requested,
    Ticked,
    TimerEnded,
    TimerExtended,
    TimerStarted,
)
from incident_console.domain.events.form import BODIES, Body, Event, Pairs, Unknown, decode, encode, kind_of, version_of
from incident_console.domain.events.learning import (
    ActionAdded,
    ActionChanged,
    ActionMoved,
    PostmortemWritten,
    WhyAdded,
    WhyChanged,
    WhyRemoved,
)
from incident_console.domain.events.messages import MessageCopied, MessageSent
from incident_console.domain.events.response import (
    Assessed,
    Corrected,
    Declared,
    Imported,
    Noted,
    Redone,
    RoleAssigned,
    SeverityChanged,
    StatusChanged,
    Struck,
    Undone,
)
from incident_console.domain.events.room import Amended, Decided, Escalated, Linked, Marked

__all__ = [
    "BODIES",
    "ActionAdded",
    "ActionChanged",
    "ActionMoved",
    "Amended",
    "Assessed",
    "Body",
    "CheckedIn",
    "ClockSet",
    "Corrected",
    "Decided",
    "Declared",
    "Escalated",
    "Event",
    "Imported",
    "Linked",
    "Marked",
    "MessageCopied",
    "MessageSent",
    "Noted",
    "Pairs",
    "PostmortemWritten",
    "Redone",
    "Requested",
    "RoleAssigned",
    "SeverityChanged",
    "StatusChanged",
    "Struck",
    "Ticked",
    "TimerEnded",
    "TimerExtended",
    "TimerStarted",
    "Undone",
    "Unknown",
    "WhyAdded",
    "WhyChanged",
    "WhyRemoved",
    "decode",
    "encode",
    "kind_of",
    "version_of",
]
