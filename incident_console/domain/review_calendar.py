"""The review of an incident as a meeting in calendars: when it is, how long, and what it talks about. Pure, and the
same bytes for the same facts."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from incident_console.domain.calendar import calendar, escaped, utc
from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.closing import agenda
from incident_console.domain.days import due_date, iso_day
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import OddTime, Refused

SHORTEST: Final = 5
LONGEST: Final = 480
"""Minutes that a review may take; longer ones are several."""

USUAL: Final = 60

_WALL: Final = re.compile(r"(?P<day>.*?)(?:[T ]|^|\bat\b)\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})", re.IGNORECASE)
HOW: Final = "Use friday 14:00, tomorrow 9:30, 2026-11-27 14:00 or 14:00."


def meeting(incident: Incident, at: int, minutes: int, people: tuple[str, ...], written_at: int, revision: int) -> str:
    """The file. `written_at` and `revision`: when the incident was last written to and how often, so that a calendar
    takes the newer of two files for the same meeting. Raises Refused for a length that no review has."""
    if not SHORTEST <= minutes <= LONGEST:
        raise Refused(f"A review takes between {SHORTEST} and {LONGEST} minutes. Say how many with --minutes {USUAL}.")
    drill = "DRILL " if incident.drill else ""
    title = f"{drill}Review of {incident.reference}: {clean_line(incident.title)}"
    event = [
        "BEGIN:VEVENT", f"UID:{escaped(incident.id)}-review@incident-console", f"DTSTAMP:{utc(written_at)}",
        f"SEQUENCE:{revision}", f"DTSTART:{utc(at)}", f"DTEND:{utc(at + minutes * MINUTE)}",
        f"SUMMARY:{escaped(title)}", f"DESCRIPTION:{escaped(_text(incident, people))}", "END:VEVENT",
    ]  # fmt: skip
    return calendar("Review", [event])


def _text(incident: Incident, people: tuple[str, ...]) -> str:
    lines = ["How did the system allow it, not who did it. What was known then counts, not what we know now.", ""]
    lines += [f"{number}. {point}" for number, point in enumerate(agenda(incident), 1)]
    names = ", ".join({clean_line(name).casefold(): clean_line(name) for name in people}.values())
    return "\n".join([*lines, *(["", f"Took part: {names}"] if names else [])])


def meeting_time(text: str, now: int, zone: Zone) -> int:
    """The instant of a time to come, from a day and a time on the reader's wall; a bare time is the next one.

    Raises Refused for anything else, and OddTime for what has passed.
    """
    words = clean_line(text)
    odd = Refused(f"“{clip(words, 40)}” is not a day and a time. {HOW}")
    match = _WALL.fullmatch(words)
    if match is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        raise odd
    wall, today = time(int(match["hour"]), int(match["minute"])), zone.show(now).date()
    named = match["day"].strip(" ,").lower().removesuffix(" at")
    if not named:
        at = _instant(today, wall, zone)
        return at if at > now else _instant(today + timedelta(days=1), wall, zone)
    day = iso_day(due_date(named, today))
    if day is None:  # such as a full stop
        raise odd
    at = _instant(day, wall, zone)
    if at <= now:
        raise OddTime(f"{clip(words, 40)} has passed already. Give a time to come.")
    return at


def _instant(day: date, wall: time, zone: Zone) -> int:
    return zone.instant(datetime.combine(day, wall))
