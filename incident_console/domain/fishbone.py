"""The causes once more, sorted onto the bones of a fish and drawn with characters. Pure: whoever draws says how
wide text is; a cause that nobody sorted stays apart, because a wrong bone is worse than none."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from incident_console.domain.causes import MARK_NAMES, Category, Link, Mark, chain, counting, short_label
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line

Measure = Callable[[str], int]
"""How many cells a text takes."""

EXPORT_WIDTH: Final = 76
"""Cells of the drawing in a document."""

NARROW: Final = 60
"""Below this many cells there is no room for a fish."""

TALLEST: Final = 24
"""Lines of one bone above which a list reads better."""

LINES: Final = 6
"""Lines that one cause gets in the fish."""

LABEL: Final = 9
"""Characters that a number gets; of a longer one its end is shown."""

GAP: Final = 3
"""Cells between the words of a cause and its bone."""

BONES: Final = {
    "People": (Category.HUMAN,),
    "Process": (Category.PROCESS, Category.ORGANISATIONAL),
    "Technology": (Category.TECHNICAL,),
    "Environment": (Category.ENVIRONMENT,),
}
"""Which categories each bone carries; the first two are drawn above the spine."""

NOTHING: Final = "nothing named yet"
UNSORTED: Final = "Not sorted yet"


Words = tuple[str, bool]
"""One line of a bone: its text, and whether a rib leads from it to the bone."""

Block = tuple[str, list[Words]]
"""A bone's name and its lines, in the order in which they are read."""


@frozen
class Fish:
    """The problem, and the words of the causes on each bone."""

    problem: str
    bones: tuple[tuple[str, tuple[str, ...]], ...]
    """(bone, causes) for the four bones, in their order."""
    unsorted: tuple[str, ...]
    """Causes without a category."""


@frozen
class Plan:
    """Where everything stands in a fish of one width."""

    text: int
    """Cells for the words of a cause."""
    slope: int
    """How many lines a bone leans."""
    block: int
    """Cells of one bone with its words."""
    head: int
    """Cells for the problem."""


def fish(incident: Incident) -> Fish:
    """The causes that still count, in the order of the tree; what was ruled out is left out."""
    links = counting(chain(incident))
    bones = tuple((bone, tuple(map(_words, _of(links, kinds)))) for bone, kinds in BONES.items())
    known = {category for kinds in BONES.values() for category in kinds}
    rest = tuple(_words(link) for link in links if link.why.category not in known)
    return Fish(clean_line(incident.title), bones, rest)


def _of(links: Sequence[Link], categories: Sequence[str]) -> list[Link]:
    return [link for link in links if link.why.category in categories]


def _words(link: Link) -> str:
    mark = f"{MARK_NAMES[Mark.ROOT]}: " if link.why.mark == Mark.ROOT else ""
    return f"{short_label(link.label, LABEL)} {mark}{clean_line(link.why.answer)}"


def cells(text: str) -> int:
    """How wide a text is in a terminal, by the tables that Python brings: never too little for a sequence of emoji."""
    return sum(_cell(character) for character in text)


def _cell(character: str) -> int:
    if character == "\ufe0f":
        return 1  # makes a narrow sign before it a wide one
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def draw(shape: Fish, width: int, measure: Measure = cells) -> tuple[str, ...]:
    """A fish in at most `width` cells, or a plain list where there is no room for one; never wider than that."""
    plan = _plan(width)
    blocks = [(bone, _block(causes, plan, measure)) for bone, causes in shape.bones]
    if width < NARROW or any(len(lines) > TALLEST for _, lines in blocks):
        return tuple(_list(shape, max(2, width), measure))
    upper = _side([_upper(*block, plan, measure) for block in _level(blocks[:2], plan)])
    lower = _side([_lower(*block, plan, measure) for block in _level(blocks[2:], plan)])
    body = [*upper, _spine(plan), *lower]
    return tuple(line.rstrip() for line in _with_head(body, len(upper), shape.problem, plan, measure)) + tuple(
        _rest(shape, width, measure)
    )


def _plan(width: int) -> Plan:
    head = max(13, width // 5)
    slope = 4 if width < 90 else 6
    block = max(1, (width - head - 2) // 2)
    return Plan(max(1, block - slope - GAP - 2), slope, block, head)


def _block(causes: Sequence[str], plan: Plan, measure: Measure) -> list[Words]:
    found: list[Words] = []
    for cause in causes or (NOTHING,):
        first, *others = wrapped(cause, plan.text, measure, LINES)
        found += [(first, bool(causes)), *((line, False) for line in others)]
    return found


def _level(blocks: list[Block], plan: Plan) -> list[tuple[str, list[Words], int]]:
    """The bones of one side with how tall they both are."""
    tall = max(plan.slope, *(len(lines) for _, lines in blocks))
    return [(name, lines, tall) for name, lines in blocks]


def _side(columns: list[list[str]]) -> list[str]:
    return ["".join(parts) for parts in zip(*columns, strict=True)]


def _upper(name: str, lines: list[Words], tall: int, plan: Plan, measure: Measure) -> list[str]:
    """A bone that comes down to the spine; its words stand near the spine, empty lines far from it."""
    filled = [("", False)] * (tall - len(lines)) + lines
    leans = [max(0, place - (tall - plan.slope)) for place in range(tall)]
    rows = [_row(words, lean, "╲", plan, measure) for words, lean in zip(filled, leans, strict=True)]
    return [_name(name, plan, measure), *rows]


def _lower(name: str, lines: list[Words], tall: int, plan: Plan, measure: Measure) -> list[str]:
    """The same from below."""
    filled = lines + [("", False)] * (tall - len(lines))
    leans = [max(0, plan.slope - 1 - place) for place in range(tall)]
    rows = [_row(words, lean, "╱", plan, measure) for words, lean in zip(filled, leans, strict=True)]
    return [*rows, _name(name, plan, measure)]


def _row(words: Words, lean: int, sign: str, plan: Plan, measure: Measure) -> str:
    """One line of a bone: words, the rib, the bone itself further right the nearer it is to the spine."""
    text, rib = words
    room = plan.text + GAP + lean - measure(text) - 1
    between = f" {'─' * (room - 1)}" if rib else " " * room
    return _filled(f" {text}{between}{sign if lean else '│'}", plan.block, measure)


def _name(name: str, plan: Plan, measure: Measure) -> str:
    return _filled(f" {' ' * (plan.text + GAP - len(name) // 2)}{name}", plan.block, measure)


def _spine(plan: Plan) -> str:
    joint = plan.text + GAP + plan.slope
    bone = "═" * joint + "╪" + "═" * (plan.block - joint - 1)
    return f"{bone}{bone}▶ "


def _with_head(body: list[str], spine: int, problem: str, plan: Plan, measure: Measure) -> Iterator[str]:
    """The problem stands right of the spine, as many lines above it as below."""
    words = wrapped(problem or "the problem", plan.head, measure, min(len(body), 9))
    first = spine - (len(words) - 1) // 2
    for place, line in enumerate(body):
        shown = words[place - first] if 0 <= place - first < len(words) else ""
        yield line + ("" if place == spine else "  ") + shown


def _rest(shape: Fish, width: int, measure: Measure) -> Iterator[str]:
    if shape.unsorted:
        yield ""
        yield from _group(UNSORTED, shape.unsorted, width, measure)


def _list(shape: Fish, width: int, measure: Measure) -> Iterator[str]:
    """The same without a drawing."""
    yield from wrapped(shape.problem or "the problem", width, measure)
    for bone, causes in shape.bones:
        yield ""
        yield from _group(bone, causes or (NOTHING,), width, measure)
    yield from _rest(shape, width, measure)


def _group(name: str, causes: Sequence[str], width: int, measure: Measure) -> Iterator[str]:
    yield from wrapped(name, width, measure)
    for cause in causes:
        first, *others = wrapped(cause, max(2, width - 4), measure)
        lead = ("  - ", "    ") if width >= 6 else ("", "")
        yield lead[0] + first
        yield from (lead[1] + line for line in others)


def wrapped(text: str, width: int, measure: Measure = cells, most: int = 0) -> list[str]:
    """The lines of a text, none wider than `width` (at least 2 cells); a cut after `most` lines is marked."""
    lines = [""]
    for word in clean_line(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if measure(joined) <= width:
            lines[-1] = joined
        elif measure(word) <= width:
            lines.append(word)
        else:
            lines[-1:] = _pieces(joined, width, measure)
        if most and len(lines) > most + 1:
            break
    if most and len(lines) > most:
        lines = [*lines[: most - 1], _shortened(lines[most - 1], width, measure)]
    return lines


def _pieces(word: str, width: int, measure: Measure) -> list[str]:
    """A word in pieces that fit."""
    pieces = [""]
    for character in word:
        if measure(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _shortened(line: str, width: int, measure: Measure) -> str:
    while line and measure(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"


def _filled(line: str, width: int, measure: Measure) -> str:
    return line + " " * max(0, width - measure(line))
