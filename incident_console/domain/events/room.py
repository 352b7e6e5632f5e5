"""What happens in the room besides the plain log: decisions with their options, escalations, links, marks."""

from typing import ClassVar

from incident_console.domain.events.form import Body, Pairs
from incident_console.domain.frozen import frozen


@frozen
class Decided(Body):
    """A decision with the options that were on the table: what was known then, not hindsight."""

    kind: ClassVar[str] = "decided"
    text: str
    """What is to be decided, in one line."""
    options: tuple[Pairs, ...]
    """For each option its name, time, data, impact and chance: (key, words)."""
    chosen: str
    """The name of the option that was taken."""
    accepts: str = ""
    """Which worst case is accepted."""
    by: str = ""
    """Who decided."""
    review_at: int | None = None
    """When it is looked at again, microseconds UTC."""
    review: str = ""
    """The same on the decider's wall, as it was shown then."""


@frozen
class Escalated(Body):
    """Somebody was called in; the event's id is the id of its acknowledgement clock."""

    kind: ClassVar[str] = "escalated"
    to: str
    happening: str
    needed: str
    why: str
    by_when: str
    """When it is needed, in people's words."""
    acknowledge_by: int
    """Microseconds UTC."""


@frozen
class Amended(Body):
    """What was said when declaring reads differently now: title, start, services and the like."""

    kind: ClassVar[str] = "amended"
    name: str
    """title, started_at, detected_at, services, flows, tags or channel."""
    values: tuple[str | int, ...]
    """The new value; several for services, flows and tags, none for an unknown time."""
    previous: str = ""
    """The old value in words."""


@frozen
class Marked(Body):
    """An entry was pinned as a key moment, or parked for the postmortem; or is no longer."""

    kind: ClassVar[str] = "marked"
    target: str
    mark: str
    """`pinned` or `parked`."""
    on: bool = True


@frozen
class Linked(Body):
    """A piece of evidence was attached to an entry."""

    kind: ClassVar[str] = "linked"
    target: str
    evidence: str
    """The id of the entry that is the evidence."""
