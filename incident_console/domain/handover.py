"""The brief that goes with a role when it is handed over: where things stand, what is open, what was decided, what is
due. Plain text, ready to copy. Pure."""

from collections.abc import Sequence

from incident_console.domain.clock import Zone
from incident_console.domain.deadlines import Deadline, Urgency
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip, first_line
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import BACKUPS, ROLE_SHORT, Role, severity_label
from incident_console.domain.when import clock_time, countdown, full_time


@frozen
class Known:
    """What the brief is made of besides the incident itself."""

    clocks: tuple[Deadline, ...]
    questions: Sequence[Entry]
    """Open questions and hypotheses, newest last."""
    decisions: Sequence[Entry]
    """The last decisions, newest last."""
    latest: Sequence[Entry]
    """The last things that happened, newest last."""
    impact: str = ""
    """The newest words about the impact."""
    untold: tuple[str, ...] = ()
    """Audiences that do not know yet that it is over."""


def brief(incident: Incident, known: Known, now: int, zone: Zone) -> str:
    """The words, one fact a line."""
    drill = "DRILL  " if incident.drill else ""
    parts = [
        f"{drill}{incident.reference} {severity_label(incident.severity)} {incident.title}",
        f"Status: {incident.status} since {full_time(incident.status_since, zone)}",
        _length(incident, now, zone),
        f"Impact: {clip(clean_line(first_line(known.impact)), 300) or 'not written down yet'}",
        *([f"Not told yet that it is over: {', '.join(known.untold)}"] if known.untold else []),
        f"Roles: {_roles(incident)}",
        *([f"Channel: {incident.channel}"] if incident.channel else []),
        *_part("Due", [_due(clock, now, zone) for clock in known.clocks[:8]]),
        *_part("Latest questions and hypotheses", _rows(known.questions, zone)),
        *_part("Last decisions", _rows(known.decisions, zone)),
        *_part("Last entries", _rows(known.latest, zone)),
    ]
    return "\n".join(parts)


def _length(incident: Incident, now: int, zone: Zone) -> str:
    began, ended = incident.began_at, incident.ended_at
    if ended is None:
        return f"Running since {full_time(began, zone)} ({countdown(now - began)})"
    return f"Ran from {full_time(began, zone)} to {full_time(ended, zone)} ({countdown(ended - began)})"


def _roles(incident: Incident) -> str:
    """`IC Dana (backup Ben); Tech nobody; …; investigators Ann, Bob`."""
    held = [f"{short} {incident.role(role) or 'nobody'}{_backup(incident, role)}" for role, short in ROLE_SHORT.items()]
    people = incident.role(Role.INVESTIGATORS)
    return "; ".join([*held, *([f"investigators {people}"] if people else [])])


def _backup(incident: Incident, role: Role) -> str:
    name = incident.role(BACKUPS[role])
    return f" (backup {name})" if name else ""


def _due(clock: Deadline, now: int, zone: Zone) -> str:
    left, when = countdown(clock.remaining(now)), clock_time(clock.due_at, zone)
    match clock.urgency(now):
        case Urgency.PAUSED:
            return f"{clock.name}: paused, {clock.paused}"
        case Urgency.OVERDUE:
            return f"{clock.name}: OVERDUE by {left}"
        case _:
            return f"{clock.name}: {when}, in {left}"


def _rows(entries: Sequence[Entry], zone: Zone) -> list[str]:
    return [f"{clock_time(row.occurred_at, zone)} {row.kind}: {clip(clean_line(first_line(row.text)), 160)}"
            for row in entries]  # fmt: skip


def _part(title: str, lines: list[str]) -> list[str]:
    return [f"{title}:", *(f"- {line}" for line in lines)] if lines else [f"{title}: none"]
