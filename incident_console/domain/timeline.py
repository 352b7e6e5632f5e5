"""How events read as rows of a timeline. A row is derived from its event and from what later corrected,
struck or undid it, so that every row can be rebuilt from the log."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Protocol

from incident_console.domain import events as e
from incident_console.domain.clock import Zone
from incident_console.domain.events import Body, Event
from incident_console.domain.frozen import frozen
from incident_console.domain.rows import BOOKKEEPING, ROWS, row_of
from incident_console.domain.when import utc_time


@frozen
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
    flags: tuple[str, ...] = ()
    """`pinned`, `parked`, `evidence` (something is attached)."""

    @property
    def late(self) -> int:
        """How long after the fact it was written down, in microseconds; 0 for what was logged at once."""
        return max(0, self.recorded_at - self.occurred_at)


def tells_the_story(entry: Entry) -> bool:
    """Whether a row says what happened: what people saw, did, decided, asked and sent, who led, how bad it was; no
    bookkeeping. Only such rows are told to readers or offered as evidence."""
    return entry.kind not in BOOKKEEPING and not entry.hidden


def logged_words(entry: Entry, zone: Zone) -> str:
    """When an entry was written down: `08:35`, with the day where it is another one than it happened on."""
    recorded = zone.show(entry.recorded_at)
    same = recorded.date() == zone.show(entry.occurred_at).date()
    return f"{recorded:%H:%M}" if same else f"{recorded:%d %b %H:%M}"


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

    def previous(self, position: int, kinds: tuple[str, ...]) -> int | None: ...


@frozen
class Change:
    """One step in the history of an entry, for the detail pane."""

    at: int
    actor: str
    what: str
    """`logged`, `corrected`, `struck`, `pinned`, `parked` or `evidence attached`."""
    text: str


def is_row(body: Body) -> bool:
    """Whether an event of this sort stands in the timeline by itself."""
    return isinstance(body, e.Noted) or type(body) in ROWS


def entry(event: Event, number: int, about: Iterable[Event], gone: frozenset[str]) -> Entry:
    """The row of an event, given the events that point at it and everything undone."""
    kind, text = _words(event.body)
    mark, flags, at = "", dict[str, bool](), event.occurred_at
    for other in sorted(about, key=lambda each: each.order):
        if other.id in gone:
            continue
        match other.body:
            case e.Corrected():
                text, mark = other.body.text, mark or "corrected"
            case e.Retimed():
                at, mark = other.body.at, mark or "corrected"
            case e.Struck():
                mark = "struck"
            case e.Marked():
                flags[other.body.mark] = other.body.on
            case e.Linked():
                flags["evidence"] = True
    return Entry(
        number, event.id, at, _logged_at(event), kind, text, event.actor, mark,
        event.id in gone, tuple(flag for flag, on in flags.items() if on),
    )  # fmt: skip


def _logged_at(event: Event) -> int:
    """When it was written down for the first time, here or where it came from."""
    body = event.body
    elsewhere = body.logged_at if isinstance(body, e.Noted) else None
    return event.recorded_at if elsewhere is None else elsewhere


def _words(body: Body) -> tuple[str, str]:
    if isinstance(body, e.Noted):
        return body.entry_kind, body.text
    return row_of(body)


def history(event: Event, about: Sequence[Event], gone: frozenset[str]) -> tuple[Change, ...]:
    """How an entry came to read as it does: every version, oldest first, with who and when."""
    changes = [Change(event.recorded_at, event.actor, "logged", _words(event.body)[1])]
    for other in sorted(about, key=lambda each: each.order):
        step = None if other.id in gone else _change(other.body)
        if step is not None:
            changes.append(Change(other.recorded_at, other.actor, *step))
    return tuple(changes)


def _change(body: Body) -> tuple[str, str] | None:
    """(what was done to the entry, in which words); None for what says nothing about it."""
    match body:
        case e.Corrected():
            return "corrected", body.text
        case e.Retimed():
            return "moved in time", f"{utc_time(body.previous)} → {utc_time(body.at)}"
        case e.Struck():
            return "struck", body.reason
        case e.Marked():
            return (body.mark if body.on else f"no longer {body.mark}"), ""
        case e.Linked():
            return "evidence attached", body.evidence
        case e.TimerEnded():
            return body.how, body.text
        case e.TimerExtended():
            return "extended", body.reason
        case _:
            return None


def describe(event: Event) -> str:
    """What an event did, in a few words: for naming what undo takes back."""
    body = event.body
    if is_row(body):
        kind, text = _words(body)
        return f"{kind}: {text}"
    return DESCRIPTIONS.get(type(body), lambda _: event.body.kind)(body)


DESCRIPTIONS: Final[dict[type[Body], Callable[[Any], str]]] = {
    e.Corrected: lambda body: f"correction: {body.text}",
    e.Retimed: lambda body: f"another time: {utc_time(body.at)}",
    e.Struck: lambda body: f"strike: {body.reason}",
    e.Marked: lambda body: body.mark if body.on else f"no longer {body.mark}",
    e.Linked: lambda body: "evidence attached",
    e.PostmortemWritten: lambda body: f"postmortem, {body.section}: {body.text}",
    e.WhyAdded: lambda body: f"why: {body.answer}",
    e.WhyChanged: lambda body: f"why changed: {body.answer}",
    e.WhyMoved: lambda body: "why moved",
    e.WhyRemoved: lambda body: "why removed",
    e.LensAnswered: lambda body: f"meaning for the product: {body.answer}",
    e.Reviewed: lambda body: "postmortem finished",
    e.ActionAdded: lambda body: f"action item: {body.text}",
    e.ActionChanged: lambda body: f"action item changed: {body.text}",
    e.ActionMoved: lambda body: f"action item {body.state}",
}
