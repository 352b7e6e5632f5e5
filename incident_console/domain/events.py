"""What can happen: frozen facts in the past tense, registered by kind, and their JSON form.

No kind is ever renamed and no field removed: the log outlives the program that wrote it."""

import json
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final

Pairs = tuple[tuple[str, str], ...]
"""A small ordered mapping that can live in a frozen fact."""

BODIES: Final[dict[str, type["Body"]]] = {}
"""Every known kind of event."""


class Body:
    """What an event says; subclasses are frozen dataclasses that name their kind."""

    __slots__ = ()
    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1

    def __init_subclass__(cls, **keywords: object) -> None:
        super().__init_subclass__(**keywords)
        BODIES[cls.kind] = cls  # slotted dataclasses are created twice; the later one is the real one


@dataclass(frozen=True, slots=True)
class Unknown(Body):
    """An event of a newer program, or one that cannot be read: kept, shown as a grey row, never folded."""

    kind: ClassVar[str] = "unknown"
    was: str = ""
    """The kind that the row names."""
    raw: str = ""
    """The body as it lies in the log."""
    was_version: int = 1


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Noted(Body):
    """Somebody logged a line. Never changes the incident's state, only its timeline."""

    kind: ClassVar[str] = "noted"
    text: str
    entry_kind: str = "note"


@dataclass(frozen=True, slots=True)
class SeverityChanged(Body):
    kind: ClassVar[str] = "severity_changed"
    severity: int
    previous: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class StatusChanged(Body):
    kind: ClassVar[str] = "status_changed"
    status: str
    previous: str


@dataclass(frozen=True, slots=True)
class RoleAssigned(Body):
    kind: ClassVar[str] = "role_assigned"
    role: str
    name: str
    """Empty: the role is free again."""
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Corrected(Body):
    """A logged line reads differently now; the old text stays in the log."""

    kind: ClassVar[str] = "corrected"
    target: str
    """The id of the event that is corrected."""
    text: str


@dataclass(frozen=True, slots=True)
class Struck(Body):
    """A logged line was wrong; it stays readable, struck through, with the reason."""

    kind: ClassVar[str] = "struck"
    target: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undone(Body):
    kind: ClassVar[str] = "undone"
    target: str


@dataclass(frozen=True, slots=True)
class Redone(Body):
    kind: ClassVar[str] = "redone"
    target: str


@dataclass(frozen=True, slots=True)
class MessageCopied(Body):
    """A message was copied for sending. Whether it was sent is another fact."""

    kind: ClassVar[str] = "message_copied"
    audience: str
    message_kind: str
    how: str
    """Which way the copy went and how sure it is, as the clipboard said it."""


@dataclass(frozen=True, slots=True)
class MessageSent(Body):
    """A message left the building; the words are kept exactly. Cannot be undone."""

    kind: ClassVar[str] = "message_sent"
    audience: str
    message_kind: str
    number: int
    """1 for the first message this audience got, and so on."""
    subject: str
    text: str
    next_at: int | None = None
    """The promised time of the next update, microseconds UTC; None: nothing was promised."""
    filled: Pairs = ()
    """(field, value) as people filled them in; they prefill the next message."""
    template: str = ""
    """Name and version of the template, so that later changes of templates change nothing here."""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class PostmortemWritten(Body):
    """One section of the postmortem reads like this now."""

    kind: ClassVar[str] = "postmortem_written"
    section: str
    text: str


@dataclass(frozen=True, slots=True)
class WhyAdded(Body):
    """An answer to "why?"; the event's id is the why's id."""

    kind: ClassVar[str] = "why_added"
    answer: str
    parent: str | None = None
    """The id of the why that this one explains; None: it explains the problem itself."""
    evidence: tuple[str, ...] = ()
    """Ids of the timeline events that back it."""


@dataclass(frozen=True, slots=True)
class WhyChanged(Body):
    kind: ClassVar[str] = "why_changed"
    target: str
    answer: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhyRemoved(Body):
    """A why and everything below it left the chain."""

    kind: ClassVar[str] = "why_removed"
    target: str


@dataclass(frozen=True, slots=True)
class ActionAdded(Body):
    """An action item; the event's id is its id."""

    kind: ClassVar[str] = "action_added"
    text: str
    action_kind: str = "prevent"
    owner: str = ""
    due: str = ""
    """ISO date, or empty while nobody promised one."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ActionChanged(Body):
    kind: ClassVar[str] = "action_changed"
    target: str
    text: str
    action_kind: str = "prevent"
    owner: str = ""
    due: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ActionMoved(Body):
    """An action item became done, dropped or open again."""

    kind: ClassVar[str] = "action_moved"
    target: str
    state: str


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the log: who said what, when it happened and when it was written down."""

    id: str
    origin: str
    """Which database file wrote it."""
    origin_seq: int
    """That file's own counter."""
    stream: str
    """The incident's id."""
    recorded_at: int
    """Microseconds UTC; strictly increasing within a database."""
    occurred_at: int
    """Microseconds UTC; what people state."""
    actor: str
    body: Body
    seq: int = 0
    """Local reading cursor only."""

    @property
    def order(self) -> tuple[int, str, int]:
        """The fold order: the same on every machine, whatever order events arrive in."""
        return (self.recorded_at, self.origin, self.origin_seq)


def kind_of(body: Body) -> str:
    """The kind as the log spells it, also for what this program does not know."""
    return body.was if isinstance(body, Unknown) else body.kind


def version_of(body: Body) -> int:
    return body.was_version if isinstance(body, Unknown) else body.version


def encode(body: Body) -> str:
    """The JSON text that the log keeps: compact, keys sorted, so that its digest is stable."""
    if isinstance(body, Unknown):
        return body.raw
    # `fields` wants a dataclass instance, which every subclass of Body is
    data = {field.name: getattr(body, field.name) for field in fields(body)}  # type: ignore[arg-type]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def decode(kind: str, version: int, raw: str | None) -> Body:
    """The body of a row; a kind, version or shape that this program does not know becomes `Unknown`."""
    known = BODIES.get(kind)
    if raw is None or known is None or known is Unknown or version > known.version:
        return Unknown(kind, raw or "", version)
    try:
        data = json.loads(raw)
        names = _names(known)
        return known(**{key: _freeze(value) for key, value in data.items() if key in names})
    except (ValueError, TypeError, AttributeError):
        return Unknown(kind, raw, version)


def _names(known: type[Body]) -> frozenset[str]:
    """The field names of a kind of body, looked up once."""
    names = _FIELDS.get(known.kind)
    if names is None:
        names = _FIELDS[known.kind] = frozenset(field.name for field in fields(known))  # type: ignore[arg-type]
    return names


_FIELDS: Final[dict[str, frozenset[str]]] = {}


def _freeze(value: Any) -> Any:
    return tuple(map(_freeze, value)) if isinstance(value, list) else value
