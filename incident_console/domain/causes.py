"""The tree of causes: its shape and numbering, and what people may do to it. Pure; advice on it stands elsewhere.

Whatever a log holds, every cause is shown exactly once: one whose place is gone stands at the top, never nowhere."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.fold_learning import below
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident, Why
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Refused, choice

MAX_ANSWER: Final = 2000
"""Longest answer, in characters; more belongs into a section or the log."""


class Category(StrEnum):
    """What sort of cause it is."""

    TECHNICAL = "technical"
    PROCESS = "process"
    HUMAN = "human"
    ORGANISATIONAL = "organisational"
    ENVIRONMENT = "environment"
    """From outside: a provider, power, traffic, the law, the calendar."""


class Mark(StrEnum):
    """What people made of a cause; a step on the way has none."""

    ROOT = "root"
    CONTRIBUTING = "contributing"
    RULED_OUT = "ruled_out"


class Way(StrEnum):
    """Where a cause goes from where it stands."""

    UP = "up"
    DOWN = "down"
    INDENT = "indent"
    """Below the sibling before it."""
    OUTDENT = "outdent"
    """Beside what it explained so far, right behind it."""


HEAD: Final = 2
"""Levels at the beginning of a number that its short form keeps, where two at its end fit as well."""

MARK_NAMES: Final = {Mark.ROOT: "root cause", Mark.CONTRIBUTING: "contributing", Mark.RULED_OUT: "ruled out"}


@frozen
class Link:
    """One cause in its place in the tree."""

    why: Why
    label: str
    """`1`, `1.1`, `1.1.1` …"""
    depth: int
    """0 for an answer to the problem itself."""
    parent: str | None = None
    """The id of the cause that it stands below; None at the top."""
    below: int = 0
    """How many causes stand below it, at any depth."""


def chain(incident: Incident) -> tuple[Link, ...]:
    """All causes of an incident, each below what it explains, numbered as people speak of them."""
    return tree(incident.whys)


def tree(whys: Sequence[Why]) -> tuple[Link, ...]:
    """The causes in the order in which they are read: each before what stands below it."""
    children = _children(whys)
    found: dict[str, Link] = {}
    number = 0
    # A circle, which only a forged log can hold, is reached from no top; its first cause becomes one.
    for why in (*children.get(None, ()), *whys):
        if why.id not in found:
            number += 1
            _walk(Link(why, str(number), 0), children, found)
    return _counted(tuple(found.values()))


def _children(whys: Sequence[Why]) -> dict[str | None, list[Why]]:
    ids = {why.id for why in whys}
    children: dict[str | None, list[Why]] = {}
    for why in whys:
        children.setdefault(why.parent if why.parent in ids else None, []).append(why)
    return children


def _walk(top: Link, children: dict[str | None, list[Why]], found: dict[str, Link]) -> None:
    """Put a cause and everything below it into `found`, without recursion: people may dig deep."""
    waiting = [top]
    while waiting:
        link = waiting.pop()
        if link.why.id in found:
            continue
        found[link.why.id] = link
        numbered = enumerate(children.get(link.why.id, ()), 1)
        waiting += reversed([Link(why, f"{link.label}.{n}", link.depth + 1, link.why.id) for n, why in numbered])


def _counted(links: tuple[Link, ...]) -> tuple[Link, ...]:
    counts: dict[str | None, int] = {}
    for link in reversed(links):
        counts[link.parent] = counts.get(link.parent, 0) + counts.get(link.why.id, 0) + 1
    return tuple(replace(link, below=counts.get(link.why.id, 0)) for link in links)


def counting(links: Sequence[Link]) -> tuple[Link, ...]:
    """The links that still count: neither ruled out nor below something that is."""
    out: set[str] = set()
    for link in links:
        if link.why.mark == Mark.RULED_OUT or link.parent in out:
            out.add(link.why.id)
    return tuple(link for link in links if link.why.id not in out)


def leading(links: Sequence[Link]) -> tuple[Link, ...]:
    """Root causes and contributing ones that still count."""
    return tuple(link for link in counting(links) if link.why.mark in (Mark.ROOT, Mark.CONTRIBUTING))


def asking(links: Sequence[Link]) -> tuple[Link, ...]:
    """The causes that count and of which is asked what they mean: those that lead, and where somebody has said it."""
    return tuple(link for link in counting(links) if link.why.mark in (Mark.ROOT, Mark.CONTRIBUTING) or link.why.lens)


def question(answer: str) -> str:
    """The question below a cause, or below the title of an incident."""
    return f"How did it come about that “{clean_line(answer).rstrip(' .?…')}”?"


def short_label(label: str, room: int) -> str:
    """A number in at most `room` characters (2 or more). Of a longer one stay its first levels, its last ones, and how
    many it has, so that branches, neighbours and depths can be told apart: `1.2…1.3(9)`."""
    if len(label) <= room:
        return label
    levels = label.split(".")
    for head in (HEAD, 1, 0):
        for tail in range(len(levels) - head - 1, head // HEAD, -1):
            short = f"{'.'.join(levels[:head])}…{'.'.join(levels[-tail:])}({len(levels)})"
            if len(short) <= room:
                return short
    return f"…{levels[-1][1 - room :]}"


def add_why(incident: Incident, answer: str, parent: str | None) -> e.WhyAdded:
    """An answer to the problem, or to the cause that it explains, behind those that stand there already."""
    if parent is not None:
        _why(incident, parent)
    return e.WhyAdded(_answer(answer), parent)


def add_beside(incident: Incident, answer: str, why_id: str) -> e.WhyAdded:
    """Another answer to the question that a cause answers."""
    return e.WhyAdded(_answer(answer), _link(incident, why_id).parent)


def change_why(
    incident: Incident,
    why_id: str,
    answer: str | None = None,
    evidence: Sequence[str] | None = None,
    category: str | None = None,
    mark: str | None = None,
) -> e.WhyChanged:
    """A cause with some things changed; None leaves what is there, empty takes it away."""
    why = _why(incident, why_id)
    new = replace(
        why,
        answer=why.answer if answer is None else _answer(answer),
        evidence=why.evidence if evidence is None else tuple(dict.fromkeys(evidence)),
        category=why.category if category is None else _one_of(category, Category, "category"),
        mark=why.mark if mark is None else _one_of(mark, Mark, "mark"),
    )
    if new == why:
        raise Refused("This cause reads like that already. Nothing was changed.")
    return e.WhyChanged(why_id, new.answer, new.evidence, new.category, new.mark)


def move_why(incident: Incident, why_id: str, way: str) -> e.WhyMoved:
    """One step up or down among its siblings, or one level in or out, with everything below it."""
    link = _link(incident, why_id)
    siblings = [each for each in chain(incident) if each.parent == link.parent]
    return _STEPS[Way(choice(way, Way, "way to move"))](incident, link, siblings)


def place_why(incident: Incident, why_id: str, parent: str | None, before: str | None = None) -> e.WhyMoved:
    """Set a cause below another one, or below the problem: in front of a sibling there, or behind all."""
    link = _link(incident, why_id)
    if parent is not None:
        _why(incident, parent)
        if parent in below(incident.whys, why_id):
            raise Refused("A cause cannot explain itself. Choose a place outside of what stands below it.")
    if before is not None and _link(incident, before).parent != parent:
        raise Refused("These two do not answer the same question. Choose a neighbour at the new place.")
    siblings = [each.why.id for each in chain(incident) if each.parent == parent]
    if link.parent == parent and before in (why_id, [*siblings, None][siblings.index(why_id) + 1]):
        raise Refused("This cause stands there already. Nothing was moved.")
    return e.WhyMoved(why_id, parent, before)


def remove_why(incident: Incident, why_id: str) -> e.WhyRemoved:
    """Takes the cause and everything below it out of the tree; undo brings it all back."""
    return e.WhyRemoved(_why(incident, why_id).id)


def _up(incident: Incident, link: Link, siblings: list[Link]) -> e.WhyMoved:
    place = siblings.index(link)
    if place == 0:
        raise Refused("It is the first answer to this question already. Outdent it to bring it further up.")
    return e.WhyMoved(link.why.id, link.parent, siblings[place - 1].why.id)


def _down(incident: Incident, link: Link, siblings: list[Link]) -> e.WhyMoved:
    behind = siblings[siblings.index(link) + 1 :]
    if not behind:
        raise Refused("It is the last answer to this question already. Outdent it to bring it further down.")
    return e.WhyMoved(link.why.id, link.parent, behind[1].why.id if len(behind) > 1 else None)


def _indent(incident: Incident, link: Link, siblings: list[Link]) -> e.WhyMoved:
    place = siblings.index(link)
    if place == 0:
        raise Refused("Nothing stands before it that it could explain. Move it down first, or outdent it.")
    return e.WhyMoved(link.why.id, siblings[place - 1].why.id)


def _outdent(incident: Incident, link: Link, siblings: list[Link]) -> e.WhyMoved:
    if link.parent is None:
        raise Refused("It answers the problem itself; there is nothing further out. Move it up or down instead.")
    above = _link(incident, link.parent)
    around = [each.why.id for each in chain(incident) if each.parent == above.parent]
    return e.WhyMoved(link.why.id, above.parent, [*around, None][around.index(above.why.id) + 1])


_STEPS: Final = {Way.UP: _up, Way.DOWN: _down, Way.INDENT: _indent, Way.OUTDENT: _outdent}


def _why(incident: Incident, why_id: str) -> Why:
    return _link(incident, why_id).why


def _link(incident: Incident, why_id: str) -> Link:
    found = next((link for link in chain(incident) if link.why.id == why_id), None)
    if found is None:
        raise Refused("This cause is not in the chain of causes any more. Look at the tree again.")
    return found


def _answer(text: str) -> str:
    words = clean_line(text)
    if not words:
        raise Refused("An answer needs words. Say what made it happen, not who.")
    if len(words) > MAX_ANSWER:
        raise Refused(f"This answer has {len(words)} characters; {MAX_ANSWER} fit. Put the details into the log.")
    return words


def _one_of(word: str, options: type[StrEnum], what: str) -> str:
    return choice(word, options, what) if word.strip() else ""
