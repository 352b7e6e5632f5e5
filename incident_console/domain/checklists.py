"""What is easily forgotten in each phase of an incident, and which of it is still open.

It reminds and never blocks: nothing here refuses a change of status."""

from collections.abc import Collection, Iterator
from typing import Final

from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Audience, MessageKind, Role, Status

ORDER: Final = ("detection", "active", "resolution", "after")
"""Keys of the phases, from the first to the last."""

_PHASES: Final[dict[str, str]] = {
    Status.INVESTIGATING: "detection",
    Status.IDENTIFIED: "active",
    Status.MITIGATING: "active",
    Status.MONITORING: "resolution",
    Status.RESOLVED: "resolution",
    Status.CLOSED: "after",
}

_WORST: Final = 1


@frozen
class Item:
    """One thing to do."""

    id: str
    """What a tick is remembered by; unique in its pack."""
    text: str
    """At most 60 characters on one line."""
    severities: tuple[int, ...]
    """The severities for which it is meant, 1 to 4."""
    help: str = ""
    """One more line, or nothing."""


@frozen
class Phase:
    """The checklist of one phase."""

    key: str
    """One of ORDER."""
    title: str
    items: tuple[Item, ...]


@frozen
class Checklists:
    """The checklists of a pack, in the order of the phases; a phase that the pack leaves out is not there."""

    name: str
    version: int
    phases: tuple[Phase, ...]


def done(incident: Incident) -> frozenset[str]:
    """Ids of what is done: ticked by somebody, or evident from the incident itself."""
    evident = {
        "severity": incident.severity is not None,
        "commander": bool(incident.role(Role.IC)),
        "technical-lead": bool(incident.role(Role.TECH)),
        "first-update": bool(incident.sent_to(Audience.INTERNAL)),
        "resolution-message": any(sent.message_kind == MessageKind.RESOLUTION for sent in incident.sent),
    }
    return frozenset((*incident.ticked, *(item for item, seen in evident.items() if seen)))


def phase_of(status: str) -> str:
    """The key of the phase to which a status belongs."""
    # A status that only a newer version knows is most likely somewhere in the middle of the work.
    return _PHASES.get(status, "active")


def open_items(lists: Checklists, status: str, severity: int | None, ticked: Collection[str]) -> tuple[Item, ...]:
    """What is not ticked up to and including the phase of the status: that phase first, then back to the oldest.

    `ticked` holds ids; while the severity is not known (None) it counts as the worst."""
    reached = ORDER[: _place(status) + 1]
    return tuple(item for key in reversed(reached) for item in _open(lists, key, severity, ticked))


def left_open(
    lists: Checklists, old_status: str, new_status: str, severity: int | None, ticked: Collection[str]
) -> tuple[Item, ...]:
    """What is not ticked in the phases that a change of status leaves or skips, the oldest first.

    Nothing when the new phase is the same or an earlier one."""
    left = ORDER[_place(old_status) : _place(new_status)]
    return tuple(item for key in left for item in _open(lists, key, severity, ticked))


def _place(status: str) -> int:
    return ORDER.index(phase_of(status))


def _open(lists: Checklists, key: str, severity: int | None, ticked: Collection[str]) -> Iterator[Item]:
    level = _WORST if severity is None else severity
    for phase in lists.phases:
        if phase.key == key:
            yield from (item for item in phase.items if level in item.severities and item.id not in ticked)
