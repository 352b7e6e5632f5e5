"""What the commands share: the desk of this call, times, JSON, and text that is safe to print."""

import json
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import click

from incident_console.cli.session import Session as Session
from incident_console.cli.session import decoded as decoded
from incident_console.domain.clock import SECOND, iso
from incident_console.domain.text import clean

if TYPE_CHECKING:
    from incident_console.domain.deadlines import Deadline
    from incident_console.domain.incident import Incident
    from incident_console.domain.timeline import Entry

SCHEMA: Final = 1
"""Version of every JSON document that commands print."""


pass_session = click.make_pass_decorator(Session)


def print_json(document: Mapping[str, Any]) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, indent=2))


class Painted(str):
    """Words in a colour, made safe already. Within another string it would be a string like any other."""

    __slots__ = ()


def show(*parts: str) -> None:
    """Print a line of people's text, made safe once more; colours only from parts that `styled` made."""
    click.echo("".join(part if isinstance(part, Painted) else clean(part) for part in parts))


def aside(text: str) -> None:
    """A sentence for the person, not for the pipe."""
    click.echo(clean(text), err=True)


def styled(text: str, **style: Any) -> Painted:
    """A part of a line for `show`: in colour for terminals that want it; the words stand without it."""
    plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
    return Painted(clean(text) if plain else click.style(clean(text), **style))


def at(instant: int | None) -> str | None:
    return None if instant is None else iso(instant)


def seconds(microseconds: int | None) -> int | None:
    return None if microseconds is None else microseconds // SECOND


def entry_json(entry: "Entry") -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": at(entry.occurred_at),
        "recorded_at": at(entry.recorded_at),
        "kind": entry.kind,
        "text": entry.text,
        "actor": entry.actor or None,
        "mark": entry.mark or None,
        "flags": list(entry.flags),
    }


def clock_json(clock: "Deadline", now: int) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "audience": clock.name if clock.kind == "update" else None,
        "name": clock.name,
        "number": clock.number or None,
        "due_at": at(clock.due_at),
        "remaining_s": seconds(clock.remaining(now)),
        "overdue": clock.is_overdue(now),
        "paused": clock.paused or None,
        "snoozed": clock.snoozed or None,
    }


def left_words(clock: "Deadline", now: int) -> str:
    """`in 12 min`, `OVERDUE 3 min` or `paused: why`."""
    from incident_console.domain.when import countdown

    if clock.paused:
        return f"paused: {clock.paused}"
    left = countdown(clock.remaining(now))
    return f"OVERDUE {left}" if clock.is_overdue(now) else f"in {left}"


def label(clock: "Deadline") -> str:
    """`internal #2`, or `reassess` where nothing is counted."""
    return f"{clock.name} #{clock.number}" if clock.number else clock.name


def incident_json(incident: "Incident", now: int) -> dict[str, Any]:
    """An incident without its timeline."""
    end = incident.ended_at
    over = end is None and not incident.in_response
    elapsed = None if over else (now if end is None else end) - incident.began_at
    return {
        "reference": incident.reference,
        "number": incident.number,
        "title": incident.title,
        "severity": incident.severity,
        "status": incident.status,
        "drill": incident.drill,
        "imported": incident.imported,
        "declared_at": at(incident.declared_at),
        "started_at": at(incident.started_at),
        "detected_at": at(incident.detected_at),
        "acknowledged_at": at(incident.acknowledged_at),
        "mitigated_at": at(incident.mitigated_at),
        "resolved_at": at(incident.resolved_at),
        "closed_at": at(incident.closed_at),
        "elapsed_s": seconds(elapsed),
        "services": list(incident.services),
        "flows": list(incident.flows),
        "tags": list(incident.tags),
        "channel": incident.channel or None,
        "roles": dict(incident.roles),
        "detected_by": incident.detected_by or None,
        "assessed_at": at(incident.assessed_at),
        "unknown": list(incident.unknown),
    }
