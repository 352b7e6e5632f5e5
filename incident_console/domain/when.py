"""Times as people type and read them. Arithmetic stays in microseconds UTC; arrow only helps to read
unusual spellings, because its own arithmetic is wrong across changes of summer time."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from incident_console.domain.clock import AHEAD, DAY, HOUR, MINUTE, SECOND, Zone
from incident_console.domain.vocabulary import Refused

_AGO: Final = re.compile(r"-\s*(?:(\d{1,4})d)?\s*(?:(\d{1,4})h)?\s*(?:(\d{1,5})m(?:in)?)?\s*(?:(\d{1,6})s)?")
_CLOCK: Final = re.compile(r"(?:(yesterday|today)\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?", re.IGNORECASE)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_LENIENT: Final = ("D.M.YYYY HH:mm", "YYYY/M/D HH:mm")

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""Messages are English, whatever language the machine speaks."""

HOW: Final = "Use -5m, 02:47, yesterday 23:10 or 2026-01-31T23:27Z."
"""What to type instead, for the end of a refusal."""


def parse_time(text: str, now: int, zone: Zone) -> int:
    """The instant that somebody means, in microseconds UTC; raises Refused with examples.

    A bare clock time is the last one that has passed, so 23:50 typed at 00:10 is yesterday's; the same for a day
    without its year. Whatever the functions below print is read back as the same minute.
    """
    words = text.strip().removeprefix("@")
    for read in (_relative, _clock_time, _iso_time, _on_the_wall, _unusual):
        instant = read(words, now, zone)
        if instant is not None:
            return instant
    shown = words if len(words) <= 40 else words[:39] + "…"
    raise Refused(f"“{shown}” is not a time this program understands. {HOW}")


def _relative(words: str, now: int, zone: Zone) -> int | None:
    if words.lower() == "now":
        return now
    match = _AGO.fullmatch(words)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return now - days * DAY - hours * HOUR - minutes * MINUTE - seconds * SECOND


def _clock_time(words: str, now: int, zone: Zone) -> int | None:
    match = _CLOCK.fullmatch(words)
    if match is None:
        return None
    day, hour, minute, second = match.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    local = zone.show(now).replace(tzinfo=None, microsecond=0)
    wall = local.replace(hour=int(hour), minute=int(minute), second=int(second or 0))
    if (day or "").lower() == "yesterday":
        return zone.instant(wall - timedelta(days=1))
    instant = zone.instant(wall)
    return instant if day or instant <= now + AHEAD else zone.instant(wall - timedelta(days=1))


def _iso_time(words: str, now: int, zone: Zone) -> int | None:
    if not _ISO.fullmatch(words):
        return None
    try:
        return zone.instant(datetime.fromisoformat(words.replace(",", ".")))
    except (ValueError, OverflowError, OSError):
        return None


def _on_the_wall(words: str, now: int, zone: Zone) -> int | None:
    """A day with or without its year, a clock time with a zone: as this program and others print them."""
    from incident_console.domain.walltime import instants, read_wall

    wall = read_wall(words)
    found = instants(wall, now, zone) if wall is not None else ()
    if not found:
        return None
    passed = [each for each in found if each <= now + AHEAD]
    return passed[-1] if passed and wall is not None and not wall.is_whole else found[0]


def _unusual(words: str, now: int, zone: Zone) -> int | None:
    if not re.search(r"\d{1,2}:\d{2}$", words) or len(words) > 40:
        return None
    import arrow

    for form in _LENIENT:
        try:
            return zone.instant(arrow.get(words, form).naive)
        except (ValueError, OverflowError, OSError):
            continue
    return None


def span(microseconds: int) -> str:
    """A length of time as `0:42:10` or `3 d 04:10`; the sign is the caller's to show."""
    seconds = abs(microseconds) // SECOND
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, left = divmod(rest, 60)
    return f"{days} d {hours:02}:{minutes:02}" if days else f"{hours}:{minutes:02}:{left:02}"


def countdown(microseconds: int) -> str:
    """What is left: whole minutes above two minutes (`12 min`), then `1:59`; most seconds change nothing."""
    seconds = abs(microseconds) // SECOND
    if seconds >= 86_400:
        return f"{seconds // 86_400} d {seconds % 86_400 // 3600} h"
    if seconds >= 3600:
        return f"{seconds // 3600} h {seconds % 3600 // 60:02} min"
    return f"{seconds // 60} min" if seconds >= 120 else f"{seconds // 60}:{seconds % 60:02}"


def clock_time(instant: int, zone: Zone) -> str:
    """`02:47` on the reader's wall."""
    return zone.show(instant).strftime("%H:%M")


def stamp(instant: int, now: int, zone: Zone) -> str:
    """What to type for an instant: the bare clock time where it is read back as the same minute, else with the date."""
    short = clock_time(instant, zone)
    if parse_time(short, now, zone) // MINUTE == instant // MINUTE:
        return short
    return written(instant, zone).replace(" ", "T")


def written(instant: int, zone: Zone) -> str:
    """The whole of an instant as people type it, `2026-11-21 02:47`; in an hour that occurs twice with its distance
    from UTC."""
    shown = zone.show(instant)
    plain = shown.strftime("%Y-%m-%d %H:%M")
    if zone.instant(datetime.fromisoformat(plain)) // MINUTE == instant // MINUTE:
        return plain
    return shown.isoformat(" ", "minutes")


def day_time(instant: int, now: int, zone: Zone) -> str:
    """`21 Oct 22:54 CEST`, with the year only when it is not this one: for saying which instant was understood."""
    then = zone.show(instant)
    year = "" if then.year == zone.show(now).year else f" {then.year}"
    return f"{then.day} {MONTHS[then.month - 1][:3]}{year} {then:%H:%M %Z}"


def full_time(instant: int, zone: Zone) -> str:
    """`2026-11-21 02:47 CET`: date, time and the zone's name."""
    return zone.show(instant).strftime("%Y-%m-%d %H:%M %Z")


def spoken_time(instant: int, now: int, zone: Zone) -> str:
    """`02:47 CET on 21 November`, as one says it in a sentence; with the year only when it is not this one. A zone
    without a name of its own is called by its distance from UTC."""
    then = zone.show(instant)
    name = then.tzname() or "UTC"
    named = f"UTC{name}" if name[0] in "+-" else name
    return f"{then:%H:%M} {named} on {spoken_day(instant, now, zone)}"


def spoken_day(instant: int, now: int, zone: Zone) -> str:
    """`21 November`, with the year only when it is not this one."""
    then = zone.show(instant)
    day = f"{then.day} {MONTHS[then.month - 1]}"
    return day if then.year == zone.show(now).year else f"{day} {then.year}"


def utc_time(instant: int) -> str:
    """The same for every reader: `2026-11-21 02:47 UTC`."""
    return full_time(instant, Zone(UTC))


def ago(instant: int, now: int) -> str:
    """`3 hours ago`, for lists where the exact time stands elsewhere."""
    import arrow

    return arrow.get(instant / SECOND).humanize(arrow.get(now / SECOND))
