"""The causes as parts of a document: tree, fishbone, what they mean for what we build. Pure; what a cause is and how
the tree is numbered is said elsewhere."""

from collections.abc import Iterator, Sequence
from typing import Final

from incident_console.domain.causes import (
    MARK_NAMES,
    Link,
    Mark,
    asking,
    chain,
    counting,
    leading,
    question,
    short_label,
)
from incident_console.domain.document.model import (
    Bones,
    Bullet,
    Bullets,
    Cause,
    Line,
    Note,
    Part,
    Span,
    Table,
    Tree,
    line,
)
from incident_console.domain.document.record import Record, began_on, quoted
from incident_console.domain.fishbone import fish
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line

LABEL: Final = 21
"""Characters that a number of a cause gets, enough for eleven levels; a longer one is shortened."""

Numbers = dict[str, Span]
"""What each cause is called, by its id; each leads to the cause."""


def causes(record: Record) -> Iterator[Part]:
    """The tree, and the same causes as a fishbone."""
    links = chain(record.incident)
    if not links:
        yield Part("How it came about", (Note("Not written yet."),))
        return
    yield Part("How it came about", (Tree(question(record.incident.title), _tree(record, links)),))
    yield Part("Fishbone", (Bones(fish(record.incident)),), "The same causes by where they lie; what was ruled out is "
               "left out.")  # fmt: skip


def _tree(record: Record, links: tuple[Link, ...]) -> tuple[Cause, ...]:
    counts = {link.why.id for link in counting(links)}
    logged = {entry.event_id: quoted(entry, record.zone, began_on(record)) for entry in record.entries}
    return tuple(
        Cause(
            short_label(link.label, LABEL), link.depth, clean_line(link.why.answer), f"cause-{place}",
            _mark(link, counts), link.why.category,
            tuple(logged.get(each, "an entry that is not here") for each in link.why.evidence),
            link.why.id in counts,
        )
        for place, link in enumerate(links, 1)
    )  # fmt: skip


def _mark(link: Link, counts: set[str]) -> str:
    """What people made of it; a cause below one that is ruled out is no root cause any more, whatever it says."""
    return link.why.mark if link.why.id in counts or link.why.mark == Mark.RULED_OUT else ""


def numbers(incident: Incident) -> Numbers:
    """What each cause of an incident is called."""
    return {
        link.why.id: Span(short_label(link.label, LABEL), cause=f"cause-{place}")
        for place, link in enumerate(chain(incident), 1)
    }


def leading_causes(record: Record) -> Iterator[Part]:
    """Only what is marked as root or contributing."""
    links = leading(chain(record.incident))
    points = tuple(Bullet((*_named(link), Span(MARK_NAMES[Mark(link.why.mark)], "tag"))) for link in links)
    empty = Note("No cause is marked as root or contributing yet.")
    yield Part("Why it could happen", (Bullets(points),) if points else (empty,))


def _named(link: Link) -> Line:
    """A cause with its number."""
    return line(Span(short_label(link.label, LABEL), "quiet"), clean_line(link.why.answer))


# --- what it means


def lens(record: Record) -> Iterator[Part]:
    """What each cause that leads, or that somebody asked about, means; also where nobody has said."""
    yield from _meanings(asking(chain(record.incident)))


def answered_lens(record: Record) -> Iterator[Part]:
    """The same, only where somebody has said."""
    yield from _meanings([link for link in asking(chain(record.incident)) if link.why.lens])


def _meanings(links: Sequence[Link]) -> Iterator[Part]:
    if links:
        rows = tuple(
            (
                _named(link),
                line(clean_line(link.why.lens) or Span("nobody has said yet", "quiet")),
                line(Span("yes", "strong") if link.why.roadmap else ""),
            )
            for link in links
        )
        head = ("Cause", "What it means", "Roadmap evidence")
        yield Part("What it means for what we build", (Table(head, rows),))
