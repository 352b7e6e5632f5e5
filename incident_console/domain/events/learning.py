"""What happens afterwards: the postmortem's sections, the chain of whys, action items."""

from dataclasses import dataclass
from typing import ClassVar

from incident_console.domain.events.form import Body


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
