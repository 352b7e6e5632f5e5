"""Documents as one HTML file that needs nothing else: no script, nothing fetched, and a policy that forbids both.
People's text is inert wherever it stands. Pure; what stands in a document is said elsewhere."""

from functools import singledispatch
from typing import Final

from incident_console.domain.calendar import is_link
from incident_console.domain.document import drawn
from incident_console.domain.document import model as d
from incident_console.domain.document.drawn import safe
from incident_console.domain.document.style import STYLE
from incident_console.domain.text import clean_line

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a browser may do with the file: lay it out."""

LOUD: Final = ("decision", "escalation", "status", "severity", "declared", "update", "mitigation")
"""Kinds of rows whose kind is easier to find among many."""


def html(document: d.Document) -> str:
    """The whole file."""
    title = f"{'DRILL: ' if document.drill else ''}{safe(clean_line(document.title))}"
    sort = f'<p class="sort">{safe(document.sort)}</p>\n' if document.sort else ""
    drill = f'<div class="drill">{d.DRILL}</div>' if document.drill else ""
    parts = "".join(_part(part, place) for place, part in enumerate(document.parts, 1))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{drill}"
        f"<header>\n{sort}<h1>{title}</h1>\n{_facts(document.facts)}</header>\n{_contents(document)}"
        f"<main>\n{parts}</main>\n{_end(document)}{drill}</body>\n</html>\n"
    )


def _contents(document: d.Document) -> str:
    links = "".join(
        f'<li><a href="#part-{place}">{safe(part.title)}</a></li>' for place, part in enumerate(document.parts, 1)
    )
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>\n'


def _end(document: d.Document) -> str:
    return f"<footer><p>Times are {safe(document.zone)}.</p></footer>\n" if document.zone else ""


def _part(part: d.Part, place: int) -> str:
    hint = f'<p class="hint">{safe(part.hint)}</p>\n' if part.hint else ""
    blocks = "\n".join(map(written, part.blocks))
    heading = f'<h2 id="part-{place}">{safe(clean_line(part.title))}</h2>'
    return f'<section aria-labelledby="part-{place}">\n{heading}\n{hint}{blocks}\n</section>\n'


def _facts(table: d.Table) -> str:
    rows = "".join(f"<div><dt>{_line(name)}</dt><dd>{_line(value)}</dd></div>" for name, value in table.rows)
    return f'<dl class="facts">{rows}</dl>\n' if rows else ""


@singledispatch
def written(block: d.Block) -> str:
    """One block."""
    return ""


@written.register
def _(block: d.Prose) -> str:
    return f"<p>{'<br>'.join(map(_line, block.lines))}</p>"


@written.register
def _(block: d.Note) -> str:
    return f'<p class="note">{safe(block.text)}</p>'


@written.register
def _(block: d.Heading) -> str:
    return f"<h3>{safe(clean_line(block.text))}</h3>"


@written.register
def _(block: d.Verbatim) -> str:
    return f"<pre>{safe(block.text)}</pre>"


@written.register
def _(block: d.Table) -> str:
    if block.facts:
        return _facts(block)
    shown = d.shown_columns(block)
    head = "".join(f'<th scope="col">{safe(block.head[n])}</th>' for n in shown)
    names = [safe(name) for name in block.head]
    cells = (
        "".join(f'<td data-name="{names[n]}">{_line(row[n])}</td>' for n in shown) for row in block.rows
    )  # fmt: skip
    rows = "\n".join(f"<tr>{each}</tr>" for each in cells)
    return f'<table class="rows"><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>'


@written.register
def _(block: d.Bullets) -> str:
    return _list(block.first, "".join(map(_bullet, block.points)), ' class="points"')


def _bullet(point: d.Bullet) -> str:
    below = "".join(f"<li>{_line(words)}</li>" for words in point.below)
    return f"<li>{_line(point.words)}{_list(point.first, below) if below else ''}</li>\n"


def _list(first: int | None, items: str, attributes: str = "") -> str:
    if first is None:
        return f"<ul{attributes}>{items}</ul>"
    start = f' start="{first}"' if first != 1 else ""
    return f"<ol{attributes}{start}>{items}</ol>"


@written.register
def _(block: d.Moments) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Time", "Kind", "What", "Who"))
    rows = "\n".join(map(_moment, block.rows))
    return f'<table class="moments"><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>'


def _moment(row: d.Moment) -> str:
    words = safe(clean_line(row.words))
    struck = f"<s>{words}</s>" if row.struck else words
    below = "".join(f'<span class="below">{safe(clean_line(line))}</span>' for line in row.below)
    notes = f' <span class="quiet">({safe(", ".join(row.notes))})</span>' if row.notes else ""
    loud = ' class="strong"' if row.kind in LOUD else ""
    time = f'<span class="day">{safe(row.day)}</span> {safe(row.time)}' if row.day else safe(row.time)
    return (
        f"<tr{loud}><td>{time}</td><td>{safe(row.kind)}</td><td>{struck}{below}{notes}</td>"
        f"<td>{safe(clean_line(row.who))}</td></tr>"
    )


written.register(d.Tree, drawn.tree)
written.register(d.Bones, drawn.bones)
written.register(d.Picture, drawn.picture)


def _line(line: d.Line) -> str:
    return d.joined(line, _span)


def _span(span: d.Span) -> str:
    """Words in their manner; only web addresses and anchors of this very file become links."""
    words = safe(clean_line(span.text))
    if span.cause:
        words = f'<a href="#{safe(span.cause)}">{words}</a>'
    elif is_link(span.link):
        words = f'<a href="{safe(span.link)}" rel="noopener noreferrer">{words}</a>'
    match span.manner:
        case "strong":
            return f"<strong>{words}</strong>"
        case "struck":
            return f"<s>{words}</s>"
        case "tag":
            return f'<span class="tag">{words}</span>'
        case "code":
            return f"<code>{words}</code>"
        case "quiet":
            return f'<span class="quiet">{words}</span>'
        case _:
            return words
