"""Clocks, and the only place that reads the machine's time zone. Instants are whole microseconds UTC
since 1970; wall-clock times exist only at the edge, for reading and showing."""

from datetime import UTC, datetime, tzinfo
from typing import Protocol

from incident_console.domain import machine
from incident_console.domain.frozen import frozen

SECOND = 1_000_000
"""One second in microseconds."""
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

AHEAD = 2 * MINUTE
"""How far ahead a stated time may be and still count as passed: people's clocks differ a little."""


class Clock(Protocol):
    """Something that knows what time it is: the machine, or a drill."""

    def now(self) -> int:
        """The present instant in microseconds UTC."""
        ...

    def steady(self) -> int:
        """Microseconds on a clock that nobody sets and that stands still while the machine sleeps."""
        ...


class SystemClock:
    """The machine's wall clock."""

    def now(self) -> int:
        return machine.now()

    def steady(self) -> int:
        return machine.steady()


class SimulatedClock:
    """A clock that stands still until somebody moves it: for tests, pictures and drills."""

    def __init__(self, start: int) -> None:
        self._now = start
        self._steady = 0

    def now(self) -> int:
        return self._now

    def steady(self) -> int:
        return self._steady

    def advance(self, microseconds: int) -> None:
        """Let so many microseconds pass; a negative number steps back, as real clocks do."""
        self._now += microseconds
        self._steady += max(0, microseconds)

    def step(self, microseconds: int) -> None:
        """Set the wall clock by so many microseconds; no time passes. A machine that slept looks the same."""
        self._now += microseconds


@frozen
class Zone:
    """How instants become wall-clock times and back."""

    tz: tzinfo | None = None
    """The zone to show; None means the machine's own rules, looked up for each instant."""

    def show(self, instant: int) -> datetime:
        """The aware wall-clock time of an instant (microseconds UTC)."""
        return datetime.fromtimestamp(instant / SECOND, UTC).astimezone(self.tz)

    def instant(self, wall: datetime) -> int:
        """The instant of a time somebody wrote; without a zone it is meant in this one.

        An hour that occurs twice (end of summer time) gives its first occurrence.
        """
        if wall.tzinfo is None and self.tz is not None:
            wall = wall.replace(tzinfo=self.tz)
        return to_instant(wall.astimezone(UTC))


def to_instant(aware: datetime) -> int:
    """Microseconds UTC of an aware time, exact (no floating point)."""
    delta = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * SECOND + delta.microseconds


def iso(instant: int) -> str:
    """ISO 8601 in UTC with `Z`, with a fraction only where there is one."""
    seconds, fraction = divmod(instant, SECOND)
    text = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{text}.{fraction:06d}Z".replace("000Z", "Z") if fraction else f"{text}Z"
