"""Calendar files (RFC 5545) that calendar programs read: lines, escaping, folding. Pure, and the same bytes for the
same facts; it knows nothing of incidents."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from incident_console.domain.clock import SECOND
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean

LONGEST: Final = 75
"""Octets in a line, without its end."""

_LINK: Final = re.compile(r"https?://[!-~]{1,2000}")


@frozen
class AllDay:
    """Something that belongs to a day, not to an hour."""

    uid: str
    day: date
    title: str
    text: str = ""
    link: str = ""
    changed_at: int = 0
    """When it last changed, microseconds UTC: a calendar takes the newer one."""
    revision: int = 0
    """How often it has changed."""


def calendar(name: str, components: Iterable[Iterable[str]]) -> str:
    """A whole file around components, each a list of content lines; CRLF at every end."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Incident Console//{escaped(name)}//EN", "CALSCALE:GREGORIAN",
             "METHOD:PUBLISH"]  # fmt: skip
    for component in components:
        lines += component
    return "".join(folded(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def all_day(event: AllDay) -> list[str]:
    """An all-day event that does not make anybody look busy. Programs that ignore tasks read it, too."""
    lines = ["BEGIN:VEVENT", f"UID:{escaped(event.uid)}", f"DTSTAMP:{utc(event.changed_at)}",
             f"SEQUENCE:{event.revision}", f"DTSTART;VALUE=DATE:{_day(event.day)}",
             f"SUMMARY:{escaped(event.title)}"]  # fmt: skip
    if event.day < date.max:
        lines.insert(5, f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}")
    if event.text:
        lines.append(f"DESCRIPTION:{escaped(event.text)}")
    if is_link(event.link):
        lines.append(f"URL:{event.link}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def is_link(text: str) -> bool:
    """Whether a text is one web address and nothing else; only those stand where a program may follow them."""
    return _LINK.fullmatch(text) is not None


def escaped(text: str) -> str:
    """People's text as a value: nothing in it ends the line, the value or the file."""
    safe = clean(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return safe.replace("\n", "\\n")


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets in UTF-8, no character torn apart."""
    pieces, piece, size = [], "", 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > LONGEST:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece])


def utc(instant: int) -> str:
    """`20261121T024700Z` for microseconds UTC."""
    return datetime.fromtimestamp(instant // SECOND, UTC).strftime("%Y%m%dT%H%M%SZ")
