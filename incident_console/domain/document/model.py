"""What a document is made of, whatever it is written as: parts with a title, and blocks of people's words in them.

Every word here is plain text; whoever writes it down makes it safe for that form. It knows nothing of incidents."""

from collections.abc import Callable
from dataclasses import field
from typing import Final

from incident_console.domain.fishbone import Fish
from incident_console.domain.frozen import frozen

DRILL: Final = "DRILL: this is an exercise, nothing is broken."
"""Stands at both ends of every document about one."""


@frozen
class Span:
    """Some words in one manner."""

    text: str
    manner: str = ""
    """`strong`, `struck`, `quiet`, `tag` (a word about the words), `code`, or empty."""
    link: str = ""
    """The web address that they lead to; anything else leads nowhere."""
    cause: str = ""
    """The anchor of the cause in the same document that they lead to."""
    glued: bool = False
    """Whether no space stands between them and the words before."""


Line = tuple[Span, ...]
"""Words on one line."""


def line(*parts: str | Span) -> Line:
    """Words and spans as a line; empty ones are left out."""
    spans = (Span(part) if isinstance(part, str) else part for part in parts)
    return tuple(span for span in spans if span.text)


def joined(words: Line, written: Callable[[Span], str]) -> str:
    """A line, each span as `written` writes it."""
    return "".join(f"{'' if place == 0 or span.glued else ' '}{written(span)}" for place, span in enumerate(words))


@frozen
class Prose:
    """A paragraph that somebody wrote, with its line breaks."""

    lines: tuple[Line, ...]


@frozen
class Note:
    """A word of the program about what stands around it."""

    text: str


@frozen
class Heading:
    """A part within a part."""

    text: str


@frozen
class Table:
    """Rows under named columns; columns that are empty in every row are left out when it is written down."""

    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    facts: bool = False
    """Whether the first column names what stands in the second; such a table has no head."""


@frozen
class Bullet:
    """One point, and what belongs to it."""

    words: Line
    below: tuple[Line, ...] = ()
    first: int | None = None
    """1 where the lines below are numbered; None where they are not."""


@frozen
class Bullets:
    """Points in their order."""

    points: tuple[Bullet, ...]
    first: int | None = None
    """The number of the first one, from which they count up; None where they have none."""


@frozen
class Verbatim:
    """A text word for word."""

    text: str


@frozen
class Moment:
    """One row of a timeline."""

    time: str
    kind: str
    words: str
    """Its first line; the whole entry where further lines are not told apart."""
    below: tuple[str, ...] = ()
    struck: bool = False
    who: str = ""
    notes: tuple[str, ...] = ()
    day: str = ""
    """Said with the first moment of a day where moments of several days stand together."""


@frozen
class Moments:
    """Rows of a timeline under one another."""

    rows: tuple[Moment, ...]


@frozen
class Cause:
    """One cause in the tree."""

    label: str
    """Its number as people say it, short enough to be read."""
    depth: int
    answer: str
    anchor: str
    """What a link to it names; the same for the same tree."""
    mark: str = ""
    """root, contributing, ruled_out or empty."""
    category: str = ""
    evidence: tuple[str, ...] = ()
    """The entries of the log that back it, as time and words."""
    counts: bool = True
    """False for what was ruled out, and for everything below it."""


@frozen
class Tree:
    """Causes, each before what stands below it."""

    problem: str
    causes: tuple[Cause, ...]


@frozen
class Bones:
    """The same causes as a fishbone."""

    shape: Fish


@frozen
class Stretch:
    """A length of time on a picture; places are shares of its width, 0 to 1."""

    start: float
    end: float


@frozen
class Dot:
    """An instant on a picture."""

    at: float
    words: str
    label: str = ""


@frozen
class Lane:
    """One line of a picture."""

    name: str
    note: str
    """Said behind the name: how long, how many."""
    stretches: tuple[Stretch, ...] = ()
    dots: tuple[Dot, ...] = ()
    heights: tuple[float, ...] = ()
    """How much there was in each equal part of the time, 0 to 1."""
    manner: str = ""
    """`bad`, `work`, `good`, or empty for neither."""


@frozen
class Picture:
    """Time as lanes under one another; only forms that can draw show it, the others tell the same in tables."""

    title: str
    told: str
    """The same in a sentence, for those who do not see it."""
    ticks: tuple[Dot, ...]
    lanes: tuple[Lane, ...]
    times: str
    """From when to when it is, in a sentence."""
    outside: str = ""
    """What lies before or after it; empty for nothing."""


Block = Prose | Note | Heading | Table | Bullets | Verbatim | Moments | Tree | Bones | Picture


@frozen
class Part:
    """A titled part of a document."""

    title: str
    blocks: tuple[Block, ...]
    hint: str = ""
    """What it is, where the title does not say it."""


@frozen
class Document:
    """A whole document."""

    title: str
    parts: tuple[Part, ...]
    facts: Table = field(default_factory=lambda: Table((), (), True))
    drill: bool = False
    zone: str = ""
    """How the zone of all times is called."""
    sort: str = ""
    """What sort of document it is, where the title does not say it."""


def shown_columns(table: Table) -> tuple[int, ...]:
    """The columns that say something in at least one row; the first one always stays."""
    return tuple(n for n in range(len(table.head)) if n == 0 or any(row[n] for row in table.rows))
