"""The quiet lines above the scribe's line: what a typed line will become, and what is worth knowing meanwhile."""

from textual.content import Content

from incident_console.desk import Desk
from incident_console.desk.reading import Standing
from incident_console.domain.approvals import waiting
from incident_console.domain.clock import MINUTE, SECOND, Zone
from incident_console.domain.deadlines import ClockKind
from incident_console.domain.guards import running_notes
from incident_console.domain.incident import Incident
from incident_console.domain.logline import LineCommand, read_line
from incident_console.domain.rows import message_name
from incident_console.domain.text import clip, first_line
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import clock_time, countdown, day_time
from incident_console.screens.live.clock_menu import QUESTIONS

LOOKED_AT = 20_000
"""Characters of a long paste that are looked at while somebody types."""


def reading(text: str, now: int, zone: Zone, incident: Incident) -> Content:
    """What a typed line would become."""
    try:
        read = read_line(text[:LOOKED_AT], now, zone, incident)
    except Refused as refusal:
        return Content.styled(str(refusal), "$warning")
    if isinstance(read, LineCommand):
        return Content(f"command {read.name} {clip(first_line(read.rest), 60)}")
    more = f"{_paste(text)}{_closed(incident)}"
    if read.at is None:
        return Content(f"{read.kind} · now{more}")
    when = f"{clock_time(read.at, zone)} {zone.show(read.at):%Z}" if incident.is_open else day_time(read.at, now, zone)
    return Content(f"{read.kind} · at {when}, {countdown(now - read.at)} ago{more}")


def _closed(incident: Incident) -> str:
    """For whoever may be in the wrong room."""
    return "" if incident.is_open else " · closed: added to its record"


def _paste(text: str) -> str:
    """What else could become of several lines."""
    lines = text.strip().count("\n") + 1
    if lines == 1:
        return ""
    from incident_console.domain.transcript import looks_like_transcript

    chat = "looks like a chat: " if looks_like_transcript(text[:LOOKED_AT]) else ""
    return f" · {lines} lines in one entry · {chat}ctrl+l saves one entry a line"


def standing_hints(desk: Desk, standing: Standing) -> list[str]:
    """What is worth knowing over an empty line, the most pressing first."""
    incident = standing.incident
    hints = [
        *_approvals(incident), *running_notes(incident), *_check_in(desk, standing), *desk.proposals(incident),
        *_silence(desk, incident),
    ]  # fmt: skip
    items = desk.open_items(incident)
    return [*hints, *([f"next ☐ {items[0].text} (t)"] if items else [])]


def _approvals(incident: Incident) -> list[str]:
    """Who waits for whom, so that a message does not miss its time."""
    return [
        f"{each.asked_by} asks for approval: {message_name(each.message_kind)} (/update {each.audience}, then ctrl+o)"
        for each in waiting(incident)
    ]


def _check_in(desk: Desk, standing: Standing) -> list[str]:
    now, incident = desk.now(), standing.incident
    due = [clock for clock in standing.clocks if clock.kind is ClockKind.CHECKIN and clock.is_overdue(now)]
    return [f"ask {incident.role('tech')}: {QUESTIONS} (/checkin)"] if due else []


def _silence(desk: Desk, incident: Incident) -> list[str]:
    """Nobody wrote anything for long."""
    if not incident.in_response or incident.imported:
        return []
    last = max((entry.occurred_at for entry in desk.latest(incident.id, 1)), default=incident.declared_at)
    quiet = desk.now() - last
    if quiet < desk.policy.habits.silence * SECOND:
        return []
    return [f"nothing logged since {clock_time(last, desk.zone)}, {quiet // MINUTE} min (i)"]
