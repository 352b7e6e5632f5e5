"""One line of the tree of causes: tree lines, number, answer, and at the end what was said about it, in columns.

Plain words and signs; which colour they get is the widget's."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from rich.cells import cell_len, set_cell_size

from incident_console.domain.causes import Category, Link, Mark, question, short_label
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line

LONGEST: Final = 400
"""Characters of an answer that its line looks at."""

WIDE: Final = 100
"""From so many cells on, categories and marks are written out."""

NARROW: Final = 60
"""Below so many cells there is no column for categories."""

LABEL: Final = 12
"""Cells that a number gets at most."""

_SHORT: Final = {
    Category.TECHNICAL: "tech", Category.PROCESS: "proc", Category.HUMAN: "human", Category.ORGANISATIONAL: "org",
    Category.ENVIRONMENT: "env",
}  # fmt: skip
_MARKS: Final = {Mark.ROOT: "◆ root cause", Mark.CONTRIBUTING: "◇ contributing", Mark.RULED_OUT: "✗ ruled out"}
_SHORT_MARKS: Final = {Mark.ROOT: "◆ root", Mark.CONTRIBUTING: "◇ contrib.", Mark.RULED_OUT: "✗ ruled out"}

Piece = tuple[str, str]
"""(words, tone); the tone is text, muted, strong, struck or advice."""


@frozen
class Row:
    """A line of the tree as it is unfolded now."""

    link: Link | None
    """None for the problem itself."""
    guides: tuple[bool, ...] = ()
    """For each level from the problem down: whether something follows further below on it."""
    folded: bool = False
    """Whether what stands below is not shown."""
    advised: bool = False


def rows(links: Sequence[Link], folded: Collection[str], advised: Collection[str | None]) -> list[Row]:
    """The problem and every cause that is not folded away."""
    shown = list(_unfolded(links, folded))
    found = [
        Row(link, guides, bool(link.below) and link.why.id in folded, link.why.id in advised)
        for link, guides in zip(shown, _guides(shown), strict=True)
    ]
    return [Row(None, advised=None in advised), *found]


def _unfolded(links: Sequence[Link], folded: Collection[str]) -> Iterator[Link]:
    place = 0
    while place < len(links):
        link = links[place]
        yield link
        place += 1 + (link.below if link.why.id in folded else 0)


def _guides(shown: Sequence[Link]) -> list[tuple[bool, ...]]:
    """Read from the end: a level goes on where something follows on it before the level above ends."""
    found: list[tuple[bool, ...]] = []
    going_on: list[bool] = []
    for link in reversed(shown):
        going_on += [False] * (link.depth + 1 - len(going_on))
        del going_on[link.depth + 1 :]
        found.append(tuple(going_on))
        going_on[link.depth] = True
    return found[::-1]


def pieces(row: Row, problem: str, width: int) -> list[Piece]:
    """The whole line in exactly `width` cells, or more where there are less than 40."""
    tail = _advice(row) if row.link is None else _tail(row.link, row, width)
    room = max(1, width - sum(cell_len(words) for words, _ in tail))
    lead = [(" ", "muted")] if row.link is None else _lead(row, row.link, room)
    room = max(0, room - sum(cell_len(words) for words, _ in lead))
    words, tone = (question(problem), "strong") if row.link is None else _answer(row.link)
    end = f" ({row.link.below} below)" if row.link is not None and row.folded else ""
    shown = _fitted(words, end, room)
    bare = shown.rstrip()  # a struck answer is struck as far as it goes, not to the end of its column
    return [*lead, (bare, tone), (" " * (len(shown) - len(bare)), "muted"), *tail]


def _answer(link: Link) -> Piece:
    tone = {Mark.ROOT.value: "strong", Mark.RULED_OUT.value: "struck"}.get(link.why.mark, "text")
    return clean_line(link.why.answer[:LONGEST]), tone


def _lead(row: Row, link: Link, room: int) -> list[Piece]:
    """Tree lines and number; deep down, how deep and the last levels only, so that the answer has most of the line."""
    most = max(3, room // 6)
    deep = len(row.guides) > most
    levels = row.guides[2 - most :] if deep else row.guides
    cut = f"⋯{len(row.guides):<4}" if deep else " "
    lines = "".join("│ " if goes_on else "  " for goes_on in levels[:-1])
    branch = "├─" if levels[-1] else "└─"
    sign = "▸" if row.folded else " "
    return [(f"{cut}{lines}{branch}{sign}{short_label(link.label, min(LABEL, max(3, room // 3)))} ", "muted")]


def _tail(link: Link, row: Row, width: int) -> list[Piece]:
    mark = link.why.mark
    names, short = (_MARKS, _SHORT_MARKS)
    shown = (names if width >= WIDE else short).get(Mark(mark), "") if mark in set(Mark) else clean_line(mark)
    count = len(link.why.evidence)
    backed = "" if not count else f"▪{count}" if count < 100 else "▪99+"
    columns = [
        *_category(link.why.category, width),
        (f" {set_cell_size(shown, 15 if width >= WIDE else 11)}", "strong" if mark == Mark.ROOT else "muted"),
        (f" {backed:<4}", "muted"),
    ]
    return [*columns, *_advice(row)]


def _category(category: str, width: int) -> list[Piece]:
    if width < NARROW:
        return []
    known = category in set(Category)
    name = _SHORT[Category(category)] if known and width < WIDE else clean_line(category)
    return [(f" {set_cell_size(name, 14 if width >= WIDE else 5)}", "muted")]


def _advice(row: Row) -> list[Piece]:
    return [(" ? " if row.advised else "   ", "advice")]


def _fitted(words: str, end: str, room: int) -> str:
    if cell_len(words) + cell_len(end) > room:
        words = set_cell_size(words, max(0, room - cell_len(end) - 1)).rstrip() + "…"
    return set_cell_size(words + end, room)
