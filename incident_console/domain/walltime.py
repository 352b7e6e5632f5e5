"""Times as they stand on a wall: the parts that somebody wrote, and every instant that they may mean. Pure; which one
of several is meant is for the caller to say."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone
from typing import Final

from incident_console.domain.clock import Zone
from incident_console.domain.frozen import frozen
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import MONTHS

DAYS_AROUND: Final = 2
"""A bare clock time is looked for on so many days before and after an instant."""

YEARS_AROUND: Final = 8
"""The same for a day without its year: 29 February comes again within eight years."""

_CLOCK: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_ZONE: Final = r"(?: ?(?P<zone>(?!am|pm)[a-z]{1,5}|(?:utc)?[+-]\d{2}(?::?\d{2})?))?"
_YEAR: Final = r"(?P<year>\d{4})"
_DAY: Final = r"(?P<day>\d{1,2})\.?"
_MONTH: Final = r"(?P<month>[a-z]{3,9})\.?"
_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_CLOCK}{_ZONE}",
        rf"{_DAY} {_MONTH}(?: {_YEAR})?,? {_CLOCK}{_ZONE}",
        rf"{_MONTH} {_DAY}(?:,? {_YEAR})?,? {_CLOCK}{_ZONE}",
        rf"{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})[T ]{_CLOCK}{_ZONE}",
        rf"{_CLOCK}{_ZONE} on {_DAY} {_MONTH}(?: {_YEAR})?",
    )
)
_OFFSET: Final = re.compile(r"(?:utc)?([+-])(\d{2}):?(\d{2})?", re.IGNORECASE)


@frozen
class Wall:
    """A clock time with as much of its day and zone as somebody wrote."""

    clock: time
    day: int | None = None
    """None: no day was written, nor a month."""
    month: int = 0
    year: int | None = None
    zone: str = ""
    """As it was written; empty: the reader's."""

    @property
    def is_whole(self) -> bool:
        """Whether it says which day of which year."""
        return self.day is not None and self.year is not None


def read_wall(words: str) -> Wall | None:
    """The parts of `22:54`, `22 Oct 11:12`, `22 Oct 2025 11:12`, `2025-10-22 11:12`, `11:12 UTC on 22 October` and the
    like, each with or without a zone; None for anything else."""
    match = next(filter(None, (form.fullmatch(words) for form in _FORMS)), None)
    if match is None:
        return None
    parts = match.groupdict(default="")
    month = _month(parts.get("month", ""))
    try:
        clock = time(int(parts["hour"]), int(parts["minute"]), int(parts["second"] or 0))
    except ValueError:
        return None
    if month is None:
        return None
    return Wall(clock, _number(parts.get("day")), month, _number(parts.get("year")), parts["zone"])


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _month(word: str) -> int | None:
    """The number of a month that is named, cut short or numbered; 0 for none, None for what is no month."""
    if not word or word.isdecimal():
        return int(word or 0)
    named = (number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(word.lower()))
    return next(named, 9 if word.lower() == "sept" else None)


def instants(wall: Wall, around: int, zone: Zone) -> tuple[int, ...]:
    """Every instant near another one that shows these parts on the wall, earliest first; a clock time that was skipped
    or a day that no calendar has gives none. Raises Refused for a zone that nobody can be sure about."""
    where = _named(wall.zone, zone)
    found = sorted({each for day in _days(wall, where.show(around).date()) for each in _on(day, wall, where)})
    if not wall.zone or where is not zone:
        return tuple(found)
    called = [each for each in found if (where.show(each).tzname() or "").lower() == wall.zone.lower()]
    if found and not called:
        raise Refused(_unsure(wall.zone, where.show(found[0]).tzname() or ""))
    return tuple(called)


def skipped(wall: Wall, around: int, zone: Zone) -> tuple[int, ...]:
    """Where a time would be that the clock skips on a day near an instant, as if it had not been set forward."""
    where = _named(wall.zone, zone)
    return tuple(
        where.instant(datetime.combine(day, wall.clock))
        for day in _days(wall, where.show(around).date())
        if not any(True for _ in _on(day, wall, where)) and MINYEAR < day.year < MAXYEAR
    )


def _days(wall: Wall, around: date) -> Iterator[date]:
    """The days that may be meant."""
    if wall.day is None:
        yield from (around + timedelta(days=step) for step in range(-DAYS_AROUND, DAYS_AROUND + 1))
        return
    years = (wall.year,) if wall.year is not None else range(around.year - YEARS_AROUND, around.year + YEARS_AROUND + 1)
    for year in years:
        try:
            yield date(year, wall.month, wall.day)
        except ValueError:
            continue


def _on(day: date, wall: Wall, zone: Zone) -> Iterator[int]:
    """The instants of a day at which the clock shows that time: one, two when it is set back, none when it skips it."""
    for fold in (0, 1):
        shown = datetime.combine(day, wall.clock).replace(fold=fold)
        try:
            instant = zone.instant(shown)
            if zone.show(instant).replace(tzinfo=None, fold=0) == shown.replace(fold=0):
                yield instant
        except (ValueError, OverflowError, OSError):
            continue


def _named(name: str, zone: Zone) -> Zone:
    """The zone that a name means; the reader's for a name that may be its own."""
    if name.upper() in ("UTC", "GMT", "Z"):
        return Zone(UTC)
    match = _OFFSET.fullmatch(name)
    if match is None:
        return zone
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if ahead > timedelta(hours=14):
        raise Refused(_unsure(name, ""))
    return Zone(timezone(-ahead if match[1] == "-" else ahead))


def _unsure(name: str, own: str) -> str:
    yours = f" ({own})" if own else ""
    return f"“{name}” is no zone that is known here for that time. Leave it out for your own{yours}, or write UTC."
