"""What people type into a section, read once into blocks: paragraphs, lists with points or numbers, one level below
a point, `code`. Everything else stays words. Pure; it knows no form of a document."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from incident_console.domain.document.model import Bullet, Bullets, Line, Prose, Span
from incident_console.domain.text import clean

BELOW: Final = 2
"""Spaces further in from which on a point belongs to the one above it."""

_POINT: Final = re.compile(r"( *)([-*•]|(\d{1,3})[.)]) +(\S.*)")
_CODE: Final = re.compile(r"(?<!`)`(?!`)([^\s`](?:[^`]*[^\s`])?)`(?!`)")

Blocks = tuple[Prose | Bullets, ...]


@dataclass(slots=True)
class _Point:
    """A point while it is read."""

    sign: str
    number: int | None
    words: str
    below: list["_Point"] = field(default_factory=list)


def typed(text: str) -> Blocks:
    """The blocks of a text, in its order; none for a text without a word."""
    reader = _Reader()
    for line in clean(text).expandtabs(4).split("\n"):
        reader.read(line)
    return reader.end()


def spans(text: str) -> Line:
    """One line as words and code; spaces between them are kept, as one."""
    found: list[Span] = []
    spaced = True
    for words, manner in _pieces(text):
        if words.strip():
            apart = spaced or words[0].isspace()
            found.append(Span(words.strip(), manner, glued=not apart))
        spaced = words[-1:].isspace() or (spaced and not words.strip())
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    for match in _CODE.finditer(text):
        yield text[place : match.start()], ""
        yield match[1], "code"
        place = match.end()
    yield text[place:], ""


class _Reader:
    """Takes lines one by one; at any time either a paragraph or a list is open, or nothing."""

    def __init__(self) -> None:
        self._found: list[Prose | Bullets] = []
        self._lines: list[str] = []
        self._points: list[_Point] = []
        self._margin = 0
        self._gap = False

    def read(self, line: str) -> None:
        """Take one line; an empty one ends a paragraph, but not a list."""
        match = _POINT.fullmatch(line)
        if not line.strip():
            self._end_prose()
        elif match is not None and not self._in_a_sentence(match):
            self._end_prose()
            self._take(len(match[1]), _Point(match[2], int(match[3]) if match[3] else None, match[4]))
        elif self._points and not self._gap and line.startswith(" " * BELOW):
            last = self._points[-1]
            (last.below or [last])[-1].words += f" {line.strip()}"
        else:
            self._end_points()
            self._lines.append(line.strip())
        self._gap = not line.strip()

    def end(self) -> Blocks:
        """Everything that was read."""
        self._end_prose()
        self._end_points()
        return tuple(self._found)

    def _in_a_sentence(self, match: re.Match[str]) -> bool:
        """`31. January` on the second line of a paragraph is a date; a list there begins with 1."""
        return bool(self._lines) and match[3] is not None and int(match[3]) != 1

    def _take(self, margin: int, point: _Point) -> None:
        if self._points and margin >= self._margin + BELOW:
            self._points[-1].below.append(point)
            return
        if self._points and not _in_order([*self._points, point]):
            self._end_points()
        self._margin = min(margin, self._margin) if self._points else margin
        self._points.append(point)

    def _end_prose(self) -> None:
        if self._lines:
            self._found.append(Prose(tuple(map(spans, self._lines))))
            self._lines = []

    def _end_points(self) -> None:
        if self._points:
            self._found.append(Bullets(tuple(map(_bullet, self._points)), self._points[0].number))
            self._points = []


def _in_order(points: Sequence[_Point]) -> bool:
    """Whether they make one list: all without a number, or counted up, or all with a 1."""
    numbers = [point.number for point in points]
    first = numbers[0]
    if first is None:
        return not any(number is not None for number in numbers)
    return numbers == list(range(first, first + len(numbers))) or all(number == 1 for number in numbers)


def _bullet(point: _Point) -> Bullet:
    """What stands below keeps its numbers as words where they do not count up from 1: in Markdown, a list that begins
    with another number and right below some words belongs to these."""
    words, below = spans(point.words), point.below
    if below and below[0].number in (None, 1) and _in_order(below):
        return Bullet(words, tuple(spans(each.words) for each in below), below[0].number)
    return Bullet(words, tuple(spans(_with_number(each)) for each in below))


def _with_number(point: _Point) -> str:
    return point.words if point.number is None else f"{point.sign} {point.words}"
