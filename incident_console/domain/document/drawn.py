"""The drawings of a document as HTML and inline SVG: time as lanes, causes as a tree and as a fishbone. Places across
are shares of the width, so that words keep their size on paper and on a phone. Pure."""

from collections.abc import Iterator
from html import escape
from typing import Final

from incident_console.domain.document import model as d
from incident_console.domain.text import clean, clean_line

NESTED: Final = 60
"""Levels of the tree that stand within one another; browsers give up on far more."""

LANE: Final = 37
"""Height of one lane in pixels."""

AXIS: Final = 34
"""Height of the axis above them."""

MARKS: Final = {"root": "root cause", "contributing": "contributing", "ruled_out": "ruled out"}


def safe(text: str) -> str:
    """People's text as it may stand in an element or in a quoted attribute."""
    return escape(clean(text), quote=True)


# --- tree


def tree(block: d.Tree) -> str:
    """Causes as lists within lists, which readers without eyes follow, too."""
    return f'<div class="tree"><p class="problem">{safe(block.problem)}</p>{"".join(_nested(block.causes))}</div>'


def _nested(causes: tuple[d.Cause, ...]) -> Iterator[str]:
    level = -1
    for cause in causes:
        depth = min(cause.depth, level + 1, NESTED)
        if depth > level:
            yield "<ul>"
        else:
            yield "</li>" + "</ul></li>" * (level - depth)
        level = depth
        yield f"<li>{_cause(cause)}"
    yield "</li></ul>" * (level + 1)


def _cause(cause: d.Cause) -> str:
    answer = safe(cause.answer) if cause.counts else f"<s>{safe(cause.answer)}</s>"
    mark = MARKS.get(cause.mark, "")
    tags = f' <span class="tag {cause.mark}">{mark}</span>' if mark else ""
    tags += f' <span class="tag">{safe(cause.category)}</span>' if cause.category else ""
    evidence = "".join(f'<div class="evidence">▪ {safe(clean_line(words))}</div>' for words in cause.evidence)
    number = f'<span class="number">{safe(cause.label)}</span>'
    kind = ' class="root"' if cause.mark == "root" else ""
    return f'<div{kind} id="{safe(cause.anchor)}"><div class="words">{number} {answer}{tags}</div>{evidence}</div>'


# --- fishbone


def bones(block: d.Bones) -> str:
    """The four bones around a spine that leads to the problem; a plain list where there is no room for them."""
    shape = block.shape
    cells = [_bone(name, causes, place) for place, (name, causes) in enumerate(shape.bones)]
    head = f'<div class="head">{safe(shape.problem) or "the problem"}</div>'
    rest = f'<div class="unsorted"><h3>Not sorted yet</h3>{_points(shape.unsorted)}</div>' if shape.unsorted else ""
    return f'<div class="fish">{head}{"".join(cells[:2])}<div class="spine"></div>{"".join(cells[2:])}{rest}</div>'


def _bone(name: str, causes: tuple[str, ...], place: int) -> str:
    words = _points(causes) if causes else '<p class="quiet">nothing named yet</p>'
    side, ends = ("upper", 'y1="0" y2="100%"') if place < 2 else ("lower", 'y1="100%" y2="0"')
    lean = f'<svg aria-hidden="true"><line x1="0" x2="100%" {ends}/></svg>'
    return f'<div class="bone {side}"><h3>{safe(name)}</h3>{words}{lean}</div>'


def _points(causes: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>{safe(cause)}</li>' for cause in causes)}</ul>"


# --- time


def picture(block: d.Picture) -> str:
    """Lanes below an axis; told in words for those who do not see them."""
    height = AXIS + LANE * len(block.lanes) + 4
    lanes = "".join(_lane(lane, AXIS + LANE * place) for place, lane in enumerate(block.lanes))
    ticks = "".join(_tick(tick, place % 2, height) for place, tick in enumerate(block.ticks))
    caption = f"<figcaption>{safe(f'{block.times} {block.outside}'.strip())}</figcaption>"
    return (
        f'<figure><svg role="img" aria-labelledby="picture-title picture-told" height="{height}">'
        f'<title id="picture-title">{safe(block.title)}</title><desc id="picture-told">{safe(block.told)}</desc>'
        f"{ticks}{lanes}</svg>{caption}</figure>"
    )


def _tick(tick: d.Dot, odd: int, height: int) -> str:
    """A mark on the axis; a narrow screen leaves out every other one."""
    x, anchor = _percent(tick.at), _anchor(tick.at)
    spare = " spare" if odd and not tick.words else ""
    day = f'<text class="soft" x="{x}" y="11" text-anchor="{anchor}">{safe(tick.words)}</text>' if tick.words else ""
    return (
        f'<line class="rule" x1="{x}" x2="{x}" y1="30" y2="{height}"/>{day}'
        f'<text class="soft{spare}" x="{x}" y="25" text-anchor="{anchor}">{safe(tick.label)}</text>'
    )


def _anchor(at: float) -> str:
    return "start" if at < 0.04 else "end" if at > 0.94 else "middle"


def _lane(lane: d.Lane, top: int) -> str:
    kind, middle = lane.manner or "plain", top + 25
    words = f'<text y="{top + 13}">{safe(lane.name)} <tspan class="soft" dx="4">{safe(lane.note)}</tspan></text>'
    rule = f'<line class="rule" x1="0" x2="100%" y1="{middle}" y2="{middle}"/>' if lane.dots else ""
    stretches = "".join(
        f'<rect class="{kind}" x="{_percent(each.start)}" y="{top + 19}" height="10" rx="2"'
        f' width="{_percent(max(each.end - each.start, 0.003))}"/>'
        for each in lane.stretches
    )
    dots = sorted(lane.dots, key=lambda dot: bool(dot.label))  # the numbered ones lie on top
    return f"{words}{rule}{stretches}{''.join(_bars(lane, top))}{''.join(_dot(dot, kind, middle) for dot in dots)}"


def _bars(lane: d.Lane, top: int) -> Iterator[str]:
    """How much there was, as bars that stand on the lower edge of the lane."""
    for place, share in enumerate(lane.heights):
        if share:
            tall, width = max(2, round(13 * share)), 1 / len(lane.heights)
            x, wide = _percent(place * width), _percent(width * 0.8)
            yield f'<rect class="plain" x="{x}" y="{top + 33 - tall}" width="{wide}" height="{tall}"/>'


def _dot(dot: d.Dot, kind: str, middle: int) -> str:
    x, radius = _percent(dot.at), 8 if dot.label else 5
    circle = f'<circle class="{kind}" cx="{x}" cy="{middle}" r="{radius}"><title>{safe(dot.words)}</title></circle>'
    number = f'<text class="number" x="{x}" y="{middle + 3.5}" text-anchor="middle">{safe(dot.label)}</text>'
    return circle + (number if dot.label else "")


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
