"""Due dates as people type them: “next friday”, “in 2 weeks”, “end of month”, “1 dec”. Pure; the present day is given.

A day that can be read in two ways is refused, never guessed."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import OddTime, Refused

HOW: Final = "Use 2026-12-01, +14d, in 2 weeks, next friday, end of month or 1 dec."
"""What to type instead, for the end of a refusal."""

FURTHEST: Final = 10
"""Nobody promises anything for more than so many years ahead."""

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                 "november", "december")  # fmt: skip
COUNTS: Final = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_ISO: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_AHEAD: Final = re.compile(
    r"(?:\+ ?|in )?([0-9]+|[a-z]+) ?(d|days?|w|weeks?|m|months?|y|years?)(?: from (?:now|today))?"
)
_DAY_FIRST: Final = re.compile(r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th|\.)?(?: of)?[ -]?([a-z]+)\.?,?(?:[ -]([0-9]+))?")
_MONTH_FIRST: Final = re.compile(r"([a-z]+)\.? ?([0-9]{1,2})(?:st|nd|rd|th)?(?:,? ([0-9]+))?")
_FIGURES: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]?(?:([0-9]{4}|[0-9]{2}))?")
_END: Final = re.compile(r"(?:the )?end of (?:the )?((?:this |next )?(?:week|month|quarter|year)|[a-z]+)")
_SHORT_ENDS: Final = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}


def due_date(text: str, today: date) -> str:
    """An ISO date, or empty for nothing; raises Refused for what is not a day, OddTime for one that has passed."""
    day = read_day(text, today)
    if day is None:
        return ""
    if day < today:
        raise OddTime(f"{day.isoformat()} has passed already. Give a day that can still be kept.")
    return day.isoformat()


def any_date(text: str, today: date) -> str:
    """The same where the person knows that the day has passed."""
    day = read_day(text, today)
    return day.isoformat() if day is not None else ""


def read_day(text: str, today: date) -> date | None:
    """The day that somebody means, None for nothing; raises Refused with examples.

    “friday” is the next one after today, “next friday” the one of the week that begins next Monday; a day without a
    year is the next time that it comes.
    """
    words = clean_line(text).lower().removeprefix("by ").removeprefix("on ").removeprefix("until ").strip(" .")
    if not words:
        return None
    for read in READERS:
        day = read(words, today)
        if day is not None:
            return _near(day, today)
    raise Refused(f"“{clip(clean_line(text), 40)}” is not a day. {HOW}")


def shown(day: str, today: date) -> str:
    """An ISO date as people read it: `Fri 4 Dec`, with the year where it is another one. What is no date stays."""
    parsed = iso_day(day)
    if parsed is None:
        return day
    year = "" if parsed.year == today.year else f" {parsed.year}"
    return f"{DAYS[parsed.weekday()][:3].title()} {parsed.day} {MONTHS[parsed.month - 1][:3].title()}{year}"


def iso_day(text: str) -> date | None:
    """The day of an ISO date; None for anything else."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def _near(day: date, today: date) -> date:
    if day.year > today.year + FURTHEST:
        raise Refused(f"{day.isoformat()} is more than {FURTHEST} years ahead. Check the year.")
    return day


def _made(year: int, month: int, day: int) -> date | None:
    """The day with these numbers, None when the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """The place of a name that may be cut off after three letters or more; None for no name."""
    if len(word) < 3:
        return None
    return next((place for place, name in enumerate(names) if name.startswith(word)), None)


# --- ways of saying it; each answers None for what it does not know


def _single(words: str, today: date) -> date | None:
    steps = {"today": 0, "eod": 0, "end of day": 0, "tomorrow": 1, "day after tomorrow": 2,
             "the day after tomorrow": 2, "yesterday": -1, "next week": 7}  # fmt: skip
    if words in steps:
        return today + timedelta(days=steps[words])
    months = {"next month": 1, "next quarter": 3, "next year": 12}
    return _months_ahead(today, months[words]) if words in months else None


def _iso(words: str, today: date) -> date | None:
    match = _ISO.fullmatch(words)
    return _made(*(int(part) for part in match.groups())) if match else None


def _weekday(words: str, today: date) -> date | None:
    which, _, name = words.rpartition(" ")
    place = _named(name, DAYS)
    if place is None or which not in ("", "this", "next", "coming", "the coming", "this coming"):
        return None
    if which == "next":
        monday = today + timedelta(days=7 - today.weekday())
        return monday + timedelta(days=place)
    ahead = (place - today.weekday()) % 7
    return today + timedelta(days=ahead or (0 if which == "this" else 7))


def _ahead(words: str, today: date) -> date | None:
    match = _AHEAD.fullmatch(words)
    count = _count(match[1]) if match else None
    if match is None or count is None:
        return None
    unit = match[2][0]
    if count > FURTHEST * {"d": 366, "w": 53, "m": 12, "y": 1}[unit]:
        raise Refused(f"“{clip(words, 40)}” is more than {FURTHEST} years ahead. Check the number.")
    if unit in "my":
        return _months_ahead(today, count * (12 if unit == "y" else 1))
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _count(word: str) -> int | None:
    """A number in figures or in words; a number too long to be meant is a million."""
    if word.isdigit():
        return int(word) if len(word) <= 6 else 1_000_000
    return COUNTS.index(word) + 1 if word in COUNTS else {"an": 1, "one": 1}.get(word)


def _months_ahead(today: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _end(words: str, today: date) -> date | None:
    match = _END.fullmatch(words)
    name = _SHORT_ENDS.get(words) or (match[1].removeprefix("this ") if match else "")
    later = name.startswith("next ")
    length = {"month": 1, "quarter": 3, "year": 12}.get(name.removeprefix("next "))
    if length is not None:
        past = (today.month - 1) % length
        return _last_of_month(_months_ahead(today.replace(day=1), length * (1 + later) - 1 - past))
    if name.removeprefix("next ") == "week":
        monday = today - timedelta(days=today.weekday())
        past = today.weekday() > 4  # at the weekend the end of the week is the one to come
        return monday + timedelta(days=4 + 7 * (later or past))
    month = _named(name, MONTHS)
    if month is None:
        return None
    return _last_of_month(date(today.year + (month + 1 < today.month), month + 1, 1))


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _day_and_month(words: str, today: date) -> date | None:
    """`1 dec`, `12 December 2026`, `dec 1`."""
    first, second = _DAY_FIRST.fullmatch(words), _MONTH_FIRST.fullmatch(words)
    day, name, year = first.groups() if first else (second[2], second[1], second[3]) if second else ("", "", None)
    month = _named(name, MONTHS)
    if month is None:
        return None
    return _dated(words, int(day), month + 1, year, today)


def _dated(words: str, day: int, month: int, year: str | None, today: date) -> date | None:
    """A day with the year that was given, else the next time that it comes."""
    if year is not None:
        if len(year) != 4:
            raise Refused(f"“{clip(words, 40)}” has an unclear year. Write it with four digits, such as {today.year}.")
        return _made(int(year), month, day)
    found = (_made(each, month, day) for each in (today.year, today.year + 1))
    return next((each for each in found if each is not None and each >= today), None)


def _figures(words: str, today: date) -> date | None:
    """Days in figures only: fine when one of the numbers cannot be a month."""
    match = _FIGURES.fullmatch(words)
    if match is None:
        return None
    one, two, year = int(match[1]), int(match[2]), match[3]
    if 1 <= one <= 12 and 1 <= two <= 12 and one != two:
        ways = [f"{day} {MONTHS[month - 1].title()}" for day, month in ((one, two), (two, one))]
        example = f"{one} {MONTHS[two - 1][:3]}"
        raise Refused(
            f"“{clip(words, 40)}” can be {ways[0]} or {ways[1]}, depending on where one lives."
            f" Write the month as a word, such as {example}, or the whole date as 2026-12-01."
        )
    day, month = (one, two) if two <= 12 else (two, one)
    return _dated(words, day, month, year, today)


READERS: Final[tuple[Callable[[str, date], date | None], ...]] = (
    _single, _iso, _weekday, _ahead, _end, _figures, _day_and_month,
)  # fmt: skip
"""In this order; the first that knows the words answers."""
