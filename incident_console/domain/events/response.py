"""What happens while an incident runs: declared, assessed, logged, steered, corrected, undone."""

from typing import ClassVar

from incident_console.domain.events.form import Body, Pairs
from incident_console.domain.frozen import frozen


@frozen
class Declared(Body):
    """An incident began to be one."""

    kind: ClassVar[str] = "declared"
    number: int
    """The reference number in this database: INC-number."""
    title: str
    severity: int | None
    started_at: int | None = None
    """When the impact began, microseconds UTC; None while nobody knows."""
    detected_at: int | None = None
    services: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channel: str = ""
    roles: Pairs = ()
    """(role, name) for each role that was given at once."""
    drill: bool = False
    detected_by: str = ""
    """Who noticed first: monitoring, customer or colleague; empty while nobody knows."""


@frozen
class Assessed(Body):
    """Somebody answered the questions of triage, and a level was taken."""

    kind: ClassVar[str] = "assessed"
    facts: Pairs
    """(fact, answer) for everything that was known."""
    unknown: tuple[str, ...]
    """The facts that nobody knew; they are asked again."""
    recommended: int
    severity: int
    """The level that was taken."""
    reasons: tuple[str, ...] = ()
    """Why the rules recommended it, in the words of that time."""
    reason: str = ""
    """Why another level was taken; empty when the recommended one was."""
    tell_customers: str = ""
    """`yes`, `directly` or `no`; empty when it was not asked."""
    rules: str = ""
    """Name and version of the pack."""
    previous: int | None = None
    """The level before; None when there was none."""


@frozen
class Imported(Body):
    """An incident came from somebody's file; its rows follow as Noted and MessageSent."""

    kind: ClassVar[str] = "imported"
    number: int
    title: str
    severity: int | None
    status: str
    digest: str
    """sha256 of the file's content, so that the same file is not taken twice."""
    started_at: int | None = None
    detected_at: int | None = None
    acknowledged_at: int | None = None
    mitigated_at: int | None = None
    resolved_at: int | None = None
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    roles: Pairs = ()
    impact: Pairs = ()
    root_cause: str = ""
    channel: str = ""
    flows: tuple[str, ...] = ()
    drill: bool = False
    detected_by: str = ""
    triage: Pairs = ()


@frozen
class Noted(Body):
    """Somebody logged a line. Never changes the incident's state, only its timeline."""

    kind: ClassVar[str] = "noted"
    text: str
    entry_kind: str = "note"
    logged_at: int | None = None
    """When it was written down where it came from, microseconds UTC; None for what was written down here."""


@frozen
class SeverityChanged(Body):
    kind: ClassVar[str] = "severity_changed"
    severity: int
    previous: int | None
    reason: str


@frozen
class StatusChanged(Body):
    kind: ClassVar[str] = "status_changed"
    status: str
    previous: str


@frozen
class RoleAssigned(Body):
    kind: ClassVar[str] = "role_assigned"
    role: str
    name: str
    """Empty: the role is free again."""
    previous: str = ""
    brief: str = ""
    """The words with which it was handed over; empty for a plain assignment."""


@frozen
class Corrected(Body):
    """A logged line reads differently now; the old text stays in the log."""

    kind: ClassVar[str] = "corrected"
    target: str
    """The id of the event that is corrected."""
    text: str


@frozen
class Struck(Body):
    """A logged line was wrong; it stays readable, struck through, with the reason."""

    kind: ClassVar[str] = "struck"
    target: str
    reason: str


@frozen
class Retimed(Body):
    """A logged line happened at another time than was first said."""

    kind: ClassVar[str] = "retimed"
    target: str
    at: int
    """Microseconds UTC."""
    previous: int


@frozen
class Undone(Body):
    kind: ClassVar[str] = "undone"
    target: str


@frozen
class Redone(Body):
    kind: ClassVar[str] = "redone"
    target: str
