"""Lines pasted from a chat as timeline entries, each with the time that stands before it. Pure and total:
what is not understood stays as the words it was. It must not become a parser for log files."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final, TypeAlias

from incident_console.domain import nearest
from incident_console.domain.clock import AHEAD, HOUR, Zone
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.logline import NewEntry, stated_time
from incident_console.domain.text import clean
from incident_console.domain.vocabulary import EntryKind, Refused
from incident_console.domain.when import parse_time

_YEARS: Final = range(1970, 2200)
"""Years that a time may lie in: every zone can show all of them."""

_HALF_A_DAY: Final = 12 * HOUR

_LONGEST_NAME: Final = 40
_LONGEST_STAMP: Final = 50

_GAP: Final = "[ \t\u00a0\u2009\u202f\u3000]"
_AGO: Final = r"(?P<ago>-(?=\d)(?:\d{1,4}d)?(?:\d{1,4}h)?(?:\d{1,5}m(?:in)?)?(?:\d{1,6}s)?(?<=[dhmns]))"
_DATE: Final = (
    rf"(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)(?:T|,?{_GAP})"
    rf"|(?P<day>\d{{1,2}})(?P<sep>[/.])(?P<month>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}|\d\d),?{_GAP}"
    rf"|(?<=@)(?P<word>yesterday|today){_GAP}"
)
_CLOCK: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?"
# Without an ISO date, 02:47-05:00 is a span of time and +1000 a number of something: no offset there.
_OFFSET: Final = rf"(?P<utc>Z|{_GAP}?(?:UTC|GMT))|(?(y){_GAP}?|(?!))(?P<offset>[+-]\d\d:?[0-5]\d)"
_STAMP: Final = rf"(?:{_AGO}|@?(?:{_DATE})?{_CLOCK}(?:{_GAP}?(?P<half>[ap])\.?m\.?)?(?:{_OFFSET})?)"
_DASH: Final = rf"(?:[-–—|]{_GAP}+)?"

# ASCII: a digit is 0-9 and nothing else, and no other letter passes for an s.
_FLAGS: Final = re.ASCII | re.IGNORECASE
_WHOLE: Final = re.compile(rf"{_GAP}*{_STAMP}{_GAP}*", _FLAGS)
_LEADING: Final = re.compile(rf"{_STAMP}:?(?:{_GAP}+{_DASH}|$)", _FLAGS)
_AFTER_BRACKET: Final = re.compile(rf":?{_GAP}*{_DASH}")
_WIDE_GAP: Final = re.compile(rf"{_GAP}{{2,}}|\t")
_IN_ANGLES: Final = re.compile(rf"<([^<>\s][^<>]{{0,{_LONGEST_NAME}}})>{_GAP}+")
_KIND: Final = re.compile(
    rf"(?P<who>[^:/<>\[\]][^:<>\[\]]{{0,{_LONGEST_NAME}}}:{_GAP}+)?/(?P<kind>{'|'.join(EntryKind)}){_GAP}+", _FLAGS
)
# Chats put an invisible mark of direction before a line; it would stand between us and the time.
_MARKS: Final = re.compile("^[\u200e\u200f\u202a\u202c\ufeff]+", re.MULTILINE)


@frozen
class _Reference:
    """What a bare clock time is told of."""

    incident: Incident | None = None
    above: int | None = None
    """The time of the line above, microseconds UTC; None: no line above has one."""


_Split: TypeAlias = tuple[re.Match[str], str, str]
"""A time, the speaker of the lines below, and the words on the line itself."""


@frozen
class _Line:
    """A line taken apart; `at` None: no time stands before it."""

    whole: str
    words: str
    """What was said, with the speaker's name where the line has one; empty on a header."""
    kind: str = EntryKind.NOTE
    at: int | None = None
    speaker: str = ""
    """Who says what follows: only on a header."""
    relative: bool = False
    """Whether its time was told from now: nothing below can be counted from it."""

    @property
    def is_header(self) -> bool:
        """Only a time, or a name and a time: it says when the lines below were written."""
        return self.at is not None and not self.words


def entries_of(text: str, now: int, zone: Zone, incident: Incident | None = None) -> tuple[NewEntry, ...]:
    """One entry for each line that says something, in order; never refuses.

    A line without a time takes that of the line above it (None, which means now, when there is none). Below a
    header such as `sam  2:47 AM` each line starts with `sam: `. A header with nothing below stays as an entry.
    A clock time is the last one that has passed. Of a closed incident it is one of its own, and from the second on the
    first after the line above. Without an offset, times are meant in `zone`.
    """
    return tuple(_entries(_lines(text, now, zone, incident)))


def looks_like_transcript(text: str) -> bool:
    """Whether two lines or more, and at least half of those that are not blank, begin with a time."""
    timed = [line.at is not None for line in _lines(text, 0, Zone(UTC))]
    return sum(timed) >= max(2, len(timed) / 2)


def _entries(lines: Iterator[_Line]) -> Iterator[NewEntry]:
    at, speaker, waiting = None, "", None
    for line in lines:
        if waiting is not None and line.at is not None:
            yield NewEntry(waiting.whole, at=waiting.at)
        waiting = line if line.is_header else None
        if line.at is not None:
            at = line.at
            # A chat repeats only the time while the same person goes on.
            speaker = line.speaker or speaker if line.is_header else ""
        if line.words:
            yield NewEntry(f"{speaker}: {line.words}" if speaker else line.words, line.kind, at)
    if waiting is not None:
        yield NewEntry(waiting.whole, at=waiting.at)


def _lines(text: str, now: int, zone: Zone, incident: Incident | None = None) -> Iterator[_Line]:
    above = None
    for line in clean(_MARKS.sub("", text)).split("\n"):
        words = line.strip()
        if words:
            found = _read(words, now, zone, _Reference(incident, above))
            above = above if found.at is None or found.relative else found.at
            yield found


def _read(line: str, now: int, zone: Zone, reference: _Reference) -> _Line:
    kind, rest = _kind_of(line)
    # Most lines of a long paste end here, before anything is tried on them.
    found = _timed(rest, now, zone, reference) if ":" in rest or rest.startswith("-") else None
    if found is None or (rest != line and not found.words):
        return _Line(line, rest, kind)
    if rest != line:
        return _Line(line, found.words, kind, found.at, relative=found.relative)
    kind, words = _kind_of(found.words)
    return _Line(line, words, kind, found.at, found.speaker, found.relative)


def _kind_of(words: str) -> tuple[str, str]:
    """The kind that `/decision roll back` or `sam: /decision roll back` states, and the words without it."""
    match = _KIND.match(words) if "/" in words[: _LONGEST_STAMP * 2] else None
    if match is None:
        return EntryKind.NOTE, words
    return match["kind"].lower(), f"{match['who'] or ''}{words[match.end() :]}"


def _timed(line: str, now: int, zone: Zone, reference: _Reference) -> _Line | None:
    for split in (_bracket_first, _stamp_first, _name_first, _header):
        found = split(line)
        if found is not None:
            stamp, speaker, words = found
            at, relative = _instant(stamp, now, zone, reference), bool(stamp["ago"] or stamp["word"])
            return None if at is None else _Line(line, words, at=at, speaker=speaker, relative=relative)
    return None


def _bracket_first(line: str) -> _Split | None:
    """`[02:47] sam: text`, `(02:47) <sam> text`."""
    if line[0] not in "[(":
        return None
    found = _bracketed(line, 0)
    if found is None:
        return None
    stamp, rest = found
    after = _AFTER_BRACKET.match(rest)
    return stamp, "", _plain_speaker(rest[after.end() :] if after else rest)


def _stamp_first(line: str) -> _Split | None:
    """`02:47 sam: text`, `2026-11-21 02:47 sam: text`, `21/11/2026, 02:47 - sam: text`, `-5m text`."""
    stamp = _LEADING.match(line)
    return None if stamp is None else (stamp, "", _plain_speaker(line[stamp.end() :]))


def _name_first(line: str) -> _Split | None:
    """`sam [02:47]: text`; without text it is a header."""
    start = line.find("[", 1, _LONGEST_NAME + 2)
    name = _name(line[: max(0, start)])
    found = _bracketed(line, start) if name else None
    if found is None or not found[1].startswith(":"):
        return None
    words = found[1][1:].strip()
    return (found[0], "", f"{name}: {words}") if words else (found[0], name, "")


def _header(line: str) -> _Split | None:
    """`sam  2:47 AM`: the gap is wide, which tells it from a sentence that ends in a time."""
    name, *rest = _WIDE_GAP.split(line, 1)
    if not rest or not _name(name) or len(rest[0]) > _LONGEST_STAMP:
        return None
    when = rest[0].strip()
    stamp = _WHOLE.fullmatch(when[1:-1] if when.startswith("[") and when.endswith("]") else when)
    return None if stamp is None or stamp["ago"] else (stamp, _name(name), "")


def _bracketed(line: str, start: int) -> tuple[re.Match[str], str] | None:
    """The time in the bracket that opens at `start`, and what follows the bracket."""
    end = line.find("]" if line[start] == "[" else ")", start, start + _LONGEST_STAMP)
    stamp = _WHOLE.fullmatch(line, start + 1, end) if end > 0 else None
    return None if stamp is None else (stamp, line[end + 1 :])


def _name(words: str) -> str:
    """The words when they can be somebody's name, such as `Sam (she/her)`, else nothing."""
    name = words.strip()
    strange = len(name) > _LONGEST_NAME or name.startswith("/") or set(name) & set(":[]<>")
    return "" if strange else name


def _plain_speaker(words: str) -> str:
    """`<sam> text` as `sam: text`."""
    words = words.strip()
    match = _IN_ANGLES.match(words)
    return words if match is None else f"{match[1].strip()}: {words[match.end() :]}"


def _instant(stamp: re.Match[str], now: int, zone: Zone, reference: _Reference) -> int | None:
    """When that is, in microseconds UTC; None when no calendar or clock has it."""
    try:
        if stamp["ago"]:
            return parse_time(stamp["ago"].lower(), now, zone)
        zone, day, clock = _zone_of(stamp, zone), _day_of(stamp), _clock_of(stamp)
        if day is not None:
            return zone.instant(datetime.combine(day, clock))
        whole = f"{stamp['word'] or ''} {clock:%H:%M:%S}"
        return _told(whole, now, zone, reference) + clock.microsecond
    except (Refused, ValueError, OverflowError, OSError):
        return None


def _told(words: str, now: int, zone: Zone, reference: _Reference) -> int:
    """The instant of a clock time. People tell a closed incident in the order in which it happened, over days; a time
    that would come only long after its end was told out of order. Raises Refused with examples."""
    incident, above = reference.incident, reference.above
    if incident is None or incident.is_open or above is None:
        return stated_time(words, now, zone, incident)
    until = max(now if incident.ended_at is None else incident.ended_at, above + _HALF_A_DAY)
    return nearest.meant(words, nearest.between(above - AHEAD, until), now, zone)


def _zone_of(stamp: re.Match[str], zone: Zone) -> Zone:
    offset = stamp["offset"]
    if offset is None:
        return zone if stamp["utc"] is None else Zone(UTC)
    ahead = timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
    return Zone(timezone(-ahead if offset[0] == "-" else ahead))


def _day_of(stamp: re.Match[str]) -> date | None:
    """The date in front of the clock time; raises ValueError when there is no such day."""
    year, month, day = stamp["y"] or stamp["year"], stamp["m"] or stamp["month"], stamp["d"] or stamp["day"]
    if year is None:
        return None
    full = int(year) + (2000 if len(year) == 2 else 0)
    if full not in _YEARS:
        raise ValueError(year)
    return date(full, int(month), int(day))


def _clock_of(stamp: re.Match[str]) -> time:
    """The time on the wall; raises ValueError when no clock shows it."""
    hour, half = int(stamp["hour"]), stamp["half"]
    if half is not None:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half in "pP" else 0)
    micro = int((stamp["fraction"] or "0").ljust(6, "0")[:6])
    return time(hour, int(stamp["minute"]), int(stamp["second"] or 0), micro)
