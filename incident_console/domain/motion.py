"""What a severity sets in motion, in words: who is told and how soon, roles, updates, the next look. Pure."""

from incident_console.domain.incident import Incident
from incident_console.domain.policy import Level
from incident_console.domain.vocabulary import ROLE_NAMES, Role

DAY_S = 86_400
HOUR_S = 3_600


def within(seconds: int) -> str:
    """`at once`, `within 15 min`, `within 8 h`, `within 7 d`."""
    return "at once" if seconds == 0 else f"within {every(seconds)}"


def every(seconds: int) -> str:
    """`15 min`, `4 h` or `7 d`, the largest unit that fits exactly; minutes otherwise."""
    for size, unit in ((DAY_S, "d"), (HOUR_S, "h")):
        if seconds >= size and seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"


def notified(level: Level) -> tuple[str, ...]:
    """Who is told and how soon, one phrase each."""
    return tuple(f"{who}, {within(seconds)}" for who, seconds in level.notify)


def in_motion(level: Level) -> tuple[tuple[str, str], ...]:
    """(what, words) for everything that a level sets in motion."""
    updates = ", ".join(f"{audience} every {every(seconds)}" for audience, seconds in level.cadence)
    roles = ", ".join(ROLE_NAMES[Role(role)] for role in level.roles)
    again = f"in {every(level.reassess)}" if level.reassess is not None else "when something changes"
    return (
        ("respond", level.response),
        ("tell", "; ".join(notified(level)) or "whoever it concerns, as needed"),
        ("escalate to", level.escalate),
        ("fill", roles or "no role in particular"),
        ("updates", updates or "none are due"),
        ("look again", again),
    )


def newly_told(old: Level, new: Level) -> tuple[str, ...]:
    """Who must be told at the new level and had not to be at the old one, one phrase each; nobody when it is milder."""
    if new.number >= old.number:
        return ()
    known = {who for who, _ in old.notify}
    people = [f"{who}, {within(seconds)}" for who, seconds in new.notify if who not in known]
    named = " ".join(who for who, _ in new.notify)
    audiences = [audience for audience, _ in new.cadence if audience not in dict(old.cadence) and audience not in named]
    first = dict(new.first_word)
    waiting = [f"{name}, first update {within(first.get(name, dict(new.cadence)[name]))}" for name in audiences]
    higher = (f"escalation: {new.escalate}",) if new.escalate != old.escalate else ()
    return (*people, *waiting, *higher)


def roles_to_fill(incident: Incident, level: Level) -> tuple[str, ...]:
    """The roles of the level that nobody holds yet."""
    return tuple(ROLE_NAMES[Role(role)] for role in level.roles if not incident.role(role))
