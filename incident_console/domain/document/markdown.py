"""Documents as Markdown. People's text stays text: nothing in it can become a link, a tag, a heading or a table cell
of its own. Pure; what stands in a document is said elsewhere."""

import re
from collections.abc import Iterator, Sequence
from functools import singledispatch
from typing import Final

from incident_console.domain.document import model as d
from incident_console.domain.fishbone import EXPORT_WIDTH, draw
from incident_console.domain.text import clean, clean_line

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>#|~&]|:(?=//)|@(?=\w)|\.(?<=www\.)")
_STARTS: Final = re.compile(r"^(\s*)([-+=]|\d+[.)](?!\S))")

DEEPEST: Final = 12
"""Levels of a list that are indented; many readers of Markdown give up beyond, and the numbers tell the rest."""


def escaped(text: str) -> str:
    """Text on one line, inert in Markdown."""
    return _inert(clean_line(text))


def _inert(line: str) -> str:
    special = _SPECIAL.sub(lambda match: f"\\{match[0]}", line)
    return _STARTS.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", special)


def fenced(text: str) -> str:
    """Text word for word in a block whose fence is longer than any in it."""
    safe = clean(text)
    longest = max((len(run) for run in re.findall(r"`+", safe)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{safe}\n{fence}"


def markdown(document: d.Document) -> str:
    """The whole document."""
    drill = d.DRILL if document.drill else ""
    sort = f"{escaped(document.sort)}." if document.sort else ""
    zone = f"Times are {escaped(document.zone)}." if document.zone else ""
    about = f"{sort} {zone}".strip()
    head = [f"# {'DRILL: ' if document.drill else ''}{escaped(document.title)}", drill, about, written(document.facts)]
    told = [part for part in document.parts if not all(isinstance(block, d.Picture) for block in part.blocks)]
    parts = [words for part in told for words in _part(part)]
    return "\n\n".join(words for words in (*head, *parts, drill) if words) + "\n"


def _part(part: d.Part) -> Iterator[str]:
    yield f"## {escaped(part.title)}"
    yield escaped(part.hint)
    yield from _blocks(part.blocks)


def _blocks(blocks: Sequence[d.Block]) -> Iterator[str]:
    """Two numbered lists behind one another would become one, were they marked alike."""
    sign = "."
    for before, block in zip((None, *blocks), blocks, strict=False):
        sign = ")" if _is_numbered(before) and _is_numbered(block) and sign == "." else "."
        yield _bullets(block, sign) if isinstance(block, d.Bullets) else written(block)


def _is_numbered(block: d.Block | None) -> bool:
    return isinstance(block, d.Bullets) and block.first is not None


@singledispatch
def written(block: d.Block) -> str:
    """One block; empty for what only a drawing can show."""
    return ""


@written.register
def _(block: d.Prose) -> str:
    return "\\\n".join(map(_line, block.lines))


@written.register
def _(block: d.Note) -> str:
    return escaped(block.text)


@written.register
def _(block: d.Heading) -> str:
    return f"### {escaped(block.text)}"


@written.register
def _(block: d.Verbatim) -> str:
    return fenced(block.text)


@written.register
def _(block: d.Table) -> str:
    if block.facts:
        rows = [f"| {' | '.join(map(_line, row))} |" for row in block.rows]
        return "\n".join(["| | |", "|---|---|", *rows]) if rows else ""
    shown = d.shown_columns(block)
    head = [" | ".join(block.head[n] for n in shown), "|".join("---" for _ in shown)]
    rows = [" | ".join(_line(row[n]) for n in shown) for row in block.rows]
    return "\n".join([f"| {head[0]} |", f"|{head[1]}|", *(f"| {row} |" for row in rows)])


@written.register
def _(block: d.Bullets) -> str:
    return _bullets(block, ".")


def _bullets(block: d.Bullets, sign: str) -> str:
    lines = []
    for place, point in enumerate(block.points):
        lead = _lead(block.first, place, sign)
        lines.append(f"{lead}{_line(point.words)}")
        margin = " " * len(lead)
        lines += [f"{margin}{_lead(point.first, n, '.')}{_line(words)}" for n, words in enumerate(point.below)]
    return "\n".join(lines)


def _lead(first: int | None, place: int, sign: str) -> str:
    return "- " if first is None else f"{first + place}{sign} "


@written.register
def _(block: d.Moments) -> str:
    return "\n".join(map(_moment, block.rows))


def _moment(row: d.Moment) -> str:
    words = f"~~{escaped(row.words)}~~" if row.struck and clean_line(row.words) else escaped(row.words)
    who = f" — {escaped(row.who)}" if row.who else ""
    notes = f" ({escaped(', '.join(row.notes))})" if row.notes else ""
    below = "".join(f"\n  - {escaped(line)}" for line in row.below)
    day = f"{row.day} " if row.day else ""
    return f"- {day}{row.time} **{escaped(row.kind)}** {words}{who}{notes}{below}"


@written.register
def _(block: d.Tree) -> str:
    return "\n".join(line for cause in block.causes for line in _cause(cause))


def _cause(cause: d.Cause) -> Iterator[str]:
    lead = "  " * min(cause.depth, DEEPEST)
    answer = f"~~{escaped(cause.answer)}~~" if not cause.counts else escaped(cause.answer)
    marks = [words for words in (MARKS.get(cause.mark, ""), escaped(cause.category)) if words]
    note = f" ({', '.join(marks)})" if marks else ""
    yield f"{lead}- {cause.label}: {answer}{note}"
    yield from (f"{lead}  - evidence: {escaped(words)}" for words in cause.evidence)


PLAIN_LINK: Final = re.compile(r"https?://[\w.~:/?#@!$&'()*+,;=%-]+", re.ASCII)
"""An address that Markdown takes as it is, between angle brackets: nothing in it can end it."""

MARKS: Final = {"root": "**root cause**", "contributing": "contributing", "ruled_out": "ruled out"}


@written.register
def _(block: d.Bones) -> str:
    return fenced("\n".join(draw(block.shape, EXPORT_WIDTH)))


def _line(line: d.Line) -> str:
    return d.joined(line, _span)


def _span(span: d.Span) -> str:
    if PLAIN_LINK.fullmatch(span.link) and span.link == span.text:
        return f"<{span.link}>"
    words = escaped(span.text)
    match span.manner if words else "":
        case "strong":
            return f"**{words}**"
        case "struck":
            return f"~~{words}~~"
        case "tag":
            return f"({words})"
        case "code":
            return words if "`" in span.text else f"`{clean_line(span.text)}`"
        case _:
            return words
