"""What happens to clocks: set aside with a reason, started by hand, answered; and what was ticked off."""

from typing import ClassVar

from incident_console.domain.events.form import Body
from incident_console.domain.frozen import frozen


@frozen
class ClockSet(Body):
    """Somebody changed a standing clock on purpose; the reason is kept."""

    kind: ClassVar[str] = "clock_set"
    name: str
    """An audience, or reassess, check-in, care, rto."""
    action: str
    """`pause`, `resume`, `snooze`, `every`, or `target` (rto only)."""
    reason: str
    until: int | None = None
    """Snooze: when it counts again, microseconds UTC."""
    every: int | None = None
    """The new interval, or the recovery time objective; seconds."""


@frozen
class TimerStarted(Body):
    """A clock that somebody started: a plain timer, or a question to a person; the event's id is the timer's id."""

    kind: ClassVar[str] = "timer_started"
    timer_kind: str
    """`timer` or `ask`."""
    text: str
    due_at: int
    """Microseconds UTC."""
    who: str = ""
    """Who was asked; empty for a plain timer."""


@frozen
class TimerEnded(Body):
    """A timer, a question, an escalation or a review was settled; the answer is kept."""

    kind: ClassVar[str] = "timer_ended"
    target: str
    """The id of the event that started it."""
    how: str
    """`done`, `answered` or `dropped`."""
    text: str = ""
    """The answer, or the reason for dropping it."""
    what: str = ""
    """What it was about, in the words of that time."""


@frozen
class TimerExtended(Body):
    """A timer runs longer, for a reason."""

    kind: ClassVar[str] = "timer_extended"
    target: str
    due_at: int
    reason: str
    what: str = ""


@frozen
class CheckedIn(Body):
    """Somebody looked after people: asked the technical lead how it goes, or how the team is."""

    kind: ClassVar[str] = "checked_in"
    text: str
    whom: str = "tech"
    """`tech` or `team`."""


@frozen
class Requested(Body):
    """Somebody of an audience asked for word; its clock is brought forward."""

    kind: ClassVar[str] = "requested"
    audience: str
    text: str


@frozen
class Ticked(Body):
    """An item of a checklist was ticked off, or is open again."""

    kind: ClassVar[str] = "ticked"
    item: str
    """The item's id in the pack."""
    text: str
    """Its words at that time."""
    done: bool = True
