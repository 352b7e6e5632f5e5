"""How events read as rows of a timeline. A row is derived from its event and from what later corrected,
struck or undid it, so that every row can be rebuilt from the log."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from incident_console.domain import events as e
from incident_console.domain.events import Body, Event
from incident_console.domain.vocabulary import (
    MESSAGE_NAMES,
    ROLE_NAMES,
    MessageKind,
    RecordKind,
    Role,
    severity_label,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a timeline."""

    number: int
    """What `show` prints and commands accept: 1 for the first thing recorded, never reused."""
    event_id: str
    occurred_at: int
    """Microseconds UTC; the order of the timeline."""
    recorded_at: int
    kind: str
    text: str
    actor: str
    mark: str = ""
    """`corrected`, `struck` or empty."""
    hidden: bool = False
    """Undone: not shown, still in the log."""

    @property
    def late(self) -> int:
        """How long after the fact it was written down, in microseconds; 0 for what was logged at once."""
        return max(0, self.recorded_at - self.occurred_at)


class Rows(Protocol):
    """A timeline by position, 0 for the earliest; however long it is, only what is asked for is read."""

    def __len__(self) -> int: ...

    @property
    def newest(self) -> int:
        """The highest entry number so far."""
        ...

    def row(self, position: int) -> Entry: ...

    def refresh(self) -> None: ...

    def position(self, number: int) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One step in the history of an entry, for the detail pane."""

    at: int
    actor: str
    what: str
    """`logged`, `corrected` or `struck`."""
    text: str


def _declared(body: e.Declared) -> str:
    drill = "DRILL, " if body.drill else ""
    return f"{drill}{severity_label(body.severity)}, {body.title}"


def _severity(body: e.SeverityChanged) -> str:
    reason = f": {body.reason}" if body.reason else ""
    return f"{severity_label(body.previous)} → {severity_label(body.severity)}{reason}"


def _assessed(body: e.Assessed) -> str:
    """The level that was taken first, then why."""
    still = "still " if body.severity == body.previous else ""
    agreed = body.severity == body.recommended
    other = "as recommended" if agreed else f"taken, {severity_label(body.recommended)} recommended"
    taken = f"{still}{severity_label(body.severity)} {other}"
    told = {"yes": "tell customers", "directly": "tell those customers directly", "no": "customers need no word"}
    parts = [taken, body.reason, *body.reasons, told.get(body.tell_customers, "")]
    return "; ".join(part for part in parts if part)


def _role(body: e.RoleAssigned) -> str:
    name = ROLE_NAMES.get(Role(body.role), body.role) if body.role in set(Role) else body.role
    before = f" (was {body.previous})" if body.previous else ""
    return f"{name}: {body.name or 'nobody'}{before}"


def _sent(body: e.MessageSent) -> str:
    kind = body.message_kind
    what = MESSAGE_NAMES[MessageKind(kind)] if kind in set(MessageKind) else kind or "message"
    return f"{body.audience} #{body.number} sent: {what}"


ROWS: Final[dict[type[Body], tuple[str, Callable[[Any], str]]]] = {
    e.Declared: (RecordKind.DECLARED, _declared),
    e.Imported: (RecordKind.IMPORTED, lambda body: f"from a file: {body.title}"),
    e.StatusChanged: (RecordKind.STATUS, lambda body: f"{body.previous} → {body.status}"),
    e.SeverityChanged: (RecordKind.SEVERITY, _severity),
    e.Assessed: (RecordKind.TRIAGE, _assessed),
    e.RoleAssigned: (RecordKind.ROLE, _role),
    e.MessageSent: (RecordKind.UPDATE, _sent),
    e.MessageCopied: (
        RecordKind.COPIED,
        lambda body: f"{body.audience} message copied for sending ({body.how})",
    ),
    e.Unknown: (RecordKind.UNKNOWN, lambda body: f"{body.was}: written by a newer version of this program"),
}
"""Which events besides `Noted` are rows of a timeline, under which kind and in which words."""


def is_row(body: Body) -> bool:
    """Whether an event of this sort stands in the timeline by itself."""
    return isinstance(body, e.Noted) or type(body) in ROWS


def entry(event: Event, number: int, about: Iterable[Event], gone: frozenset[str]) -> Entry:
    """The row of an event, given the events that point at it and everything undone."""
    kind, text = _words(event.body)
    mark = ""
    for other in sorted(about, key=lambda each: each.order):
        if other.id in gone:
            continue
        if isinstance(other.body, e.Corrected):
            text, mark = other.body.text, mark or "corrected"
        elif isinstance(other.body, e.Struck):
            mark = "struck"
    return Entry(
        number, event.id, event.occurred_at, event.recorded_at, kind, text, event.actor, mark,
        event.id in gone,
    )  # fmt: skip


def _words(body: Body) -> tuple[str, str]:
    if isinstance(body, e.Noted):
        return body.entry_kind, body.text
    kind, words = ROWS[type(body)]
    return kind, words(body)


def history(event: Event, about: Sequence[Event], gone: frozenset[str]) -> tuple[Change, ...]:
    """How an entry came to read as it does: every version, oldest first, with who and when."""
    changes = [Change(event.recorded_at, event.actor, "logged", _words(event.body)[1])]
    for other in sorted(about, key=lambda each: each.order):
        if other.id in gone:
            continue
        if isinstance(other.body, e.Corrected):
            changes.append(Change(other.recorded_at, other.actor, "corrected", other.body.text))
        elif isinstance(other.body, e.Struck):
            changes.append(Change(other.recorded_at, other.actor, "struck", other.body.reason))
    return tuple(changes)


def describe(event: Event) -> str:
    """What an event did, in a few words: for naming what undo takes back."""
    body = event.body
    if is_row(body):
        kind, text = _words(body)
        return f"{kind}: {text}"
    return DESCRIPTIONS.get(type(body), lambda _: event.body.kind)(body)


DESCRIPTIONS: Final[dict[type[Body], Callable[[Any], str]]] = {
    e.Corrected: lambda body: f"correction: {body.text}",
    e.Struck: lambda body: f"strike: {body.reason}",
    e.PostmortemWritten: lambda body: f"postmortem, {body.section}: {body.text}",
    e.WhyAdded: lambda body: f"why: {body.answer}",
    e.WhyChanged: lambda body: f"why changed: {body.answer}",
    e.WhyRemoved: lambda body: "why removed",
    e.ActionAdded: lambda body: f"action item: {body.text}",
    e.ActionChanged: lambda body: f"action item changed: {body.text}",
    e.ActionMoved: lambda body: f"action item {body.state}",
}
