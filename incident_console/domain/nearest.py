"""Which day somebody means who types a bare clock time about an incident that ran over several: the occurrence that
fits the incident, never simply the last one that has passed. Pure; it guesses a day, never a clock time."""

from typing import TYPE_CHECKING, Final

from incident_console.domain.clock import AHEAD, HOUR, MINUTE, Zone
from incident_console.domain.figures import STATED, milestone
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import HOW, parse_time

if TYPE_CHECKING:
    from incident_console.domain.walltime import Wall

BEFORE: Final = 18 * HOUR
"""How long before the first known milestone an unknown one is looked for: 22:50 is the evening before a detection at
10:00, 10:05 is not the morning before."""


@frozen
class Anchor:
    """Where in time somebody thinks who types a clock time. Microseconds UTC."""

    at: int
    """The nearest occurrence to this is meant."""
    since: int | None = None
    """What lies between this and `until`, both included, comes before anything outside; None: no such stretch."""
    until: int | None = None
    how: str = "the one nearest to"
    """How the occurrence lies to `at`, for people."""

    def holds(self, instant: int) -> bool:
        """Whether an instant lies within the stretch; nothing does where there is none."""
        return self.since is not None and self.until is not None and self.since <= instant <= self.until


def meant(text: str, anchor: Anchor, now: int, zone: Zone) -> int:
    """The instant that somebody means, in microseconds UTC. A clock time without its day and a day without its year are
    the ones that fit the anchor and have passed; anything else reads as everywhere. Raises Refused with examples."""
    from incident_console.domain.walltime import read_wall

    wall = read_wall(text.strip().removeprefix("@"))
    if wall is None or wall.is_whole:
        return parse_time(text, now, zone)
    return _fitting(wall, anchor, now, zone)


def _fitting(wall: "Wall", anchor: Anchor, now: int, zone: Zone) -> int:
    from incident_console.domain.walltime import instants, skipped

    found = instants(wall, anchor.at, zone)
    if not found:
        raise Refused(f"No calendar has that day, or no clock that time. {HOW}")
    never = skipped(wall, anchor.at, zone)
    passed = [each for each in (*found, *never) if each <= now + AHEAD] or [*found, *never]
    inside = [each for each in passed if anchor.holds(each)]
    told = [each for each in inside if each in found]
    fits = min(told or inside or passed, key=lambda each: abs(each - anchor.at))
    if fits not in found:
        raise Refused("Clocks were set forward that night and skipped this time. Type the minute before or after.")
    return fits


# --- what the anchor is


def beside(instant: int) -> Anchor:
    """Somebody corrects an instant that is known."""
    return Anchor(instant)


def between(since: int, until: int) -> Anchor:
    """Somebody tells what happened in a stretch of time: its first occurrence there."""
    return Anchor(since, _whole_minute(since), until, "the first after")


def during(incident: Incident, now: int) -> Anchor:
    """Somebody tells of an incident, from its beginning to its end, or until now while that is unknown."""
    ended = incident.ended_at
    return between(incident.began_at, now if ended is None else max(ended, incident.began_at))


def around(incident: Incident, name: str, last: int, now: int) -> Anchor:
    """Somebody says when a milestone was, or `first_update`. `last`: the last thing that is known to have happened.

    A known one is corrected nearby. An unknown one follows the milestone before it (detected, owned, the first update)
    or comes before the one after it (started, mitigated); the end is near the last thing that happened.
    """
    present = milestone(incident, name)
    if present is not None:
        return beside(present)
    end = min(now, last)
    if name == "resolved_at":
        return Anchor(end)
    until = min(_following(incident, name), default=end)
    since = max(_preceding(incident, name, until), default=None)
    if since is None:
        return Anchor(until, until - BEFORE, until, "the last before")
    if name == "mitigated_at":
        return Anchor(until, _whole_minute(since), until, "the last before")
    return between(since, until)


PLACES: Final = {name: place for place, name in enumerate(STATED)} | {"first_update": 2}
"""How many milestones come before each one; the first update needs nothing but that somebody noticed."""


def _preceding(incident: Incident, name: str, until: int) -> list[int]:
    """The known milestones before one; where there are none, the declaration."""
    known = [milestone(incident, each) for each in STATED[: PLACES[name]]]
    declared = incident.declared_at
    otherwise = [declared] if known and declared < until else []
    return [at for at in known if at is not None] or otherwise


def _following(incident: Incident, name: str) -> list[int]:
    """The known milestones after one, with the declaration after the detection; an import was declared nowhere."""
    names = ("resolved_at",) if name == "first_update" else STATED[PLACES[name] + 1 :]
    known = [milestone(incident, each) for each in names]
    declared = name == "started_at" or (name == "detected_at" and not incident.imported)
    return [at for at in (*known, incident.declared_at if declared else None) if at is not None]


def _whole_minute(instant: int) -> int:
    """People type whole minutes: 22:52 is not before 22:52:30."""
    return instant - instant % MINUTE
