"""What a console that stays open must notice by itself: deadlines that pass, a clock that was set, what to call out in
the window's title. Remembers what was said already, so that everything is said once. Pure."""

from collections.abc import Iterable
from typing import Final

from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.deadlines import Deadline
from incident_console.domain.incident import Incident
from incident_console.domain.when import countdown

THRESHOLDS: Final = (0, 5 * MINUTE, 15 * MINUTE)
"""How long something is overdue when the bell rings for it."""

STEP: Final = 5 * SECOND
"""A wall clock that moves by this much more or less than time passed was set, or the machine slept."""

QUIET_TITLE: Final = "Incident Console"

Running = Iterable[tuple[Incident, tuple[Deadline, ...]]]
"""Open incidents with their clocks."""


class Watch:
    """Asked once a second; all instants in microseconds UTC."""

    def __init__(self) -> None:
        self._rung: set[tuple[str, str, int, int]] = set()
        self._apart: int | None = None

    def rings(self, running: Running, now: int) -> bool:
        """Whether a deadline passed a threshold since this was last asked."""
        marks = {
            (incident.id, clock.id or clock.name, clock.due_at, sum(now - clock.due_at > after for after in THRESHOLDS))
            for incident, clocks in running
            for clock in clocks
            if clock.is_overdue(now)
        }
        fresh = bool(marks - self._rung)
        self._rung |= marks
        return fresh

    def step(self, wall: int, steady: int) -> str:
        """A sentence when the wall clock moved by itself; empty otherwise. `steady`: a clock that nobody sets."""
        before, self._apart = self._apart, wall - steady
        moved = 0 if before is None else self._apart - before
        if abs(moved) < STEP:
            return ""
        how = "went on" if moved > 0 else "went back"
        why = "this machine slept, or its time was set" if moved > 0 else "its time was set"
        return f"The clock {how} by {countdown(moved)} at once: {why}. Every countdown follows it."


def title(running: Running, now: int) -> str:
    """The window's title: what is overdue, for everybody who looks elsewhere."""
    late = [
        f"{incident.reference} {clock.name}"
        for incident, clocks in running
        for clock in clocks
        if clock.is_overdue(now)
    ]
    more = f" and {len(late) - 1} more" if len(late) > 1 else ""
    return f"‼ OVERDUE {late[0]}{more}" if late else QUIET_TITLE
