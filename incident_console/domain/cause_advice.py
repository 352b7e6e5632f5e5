"""Quiet questions at the six places where a search for causes goes astray. Pure; it advises and never refuses.

Each piece of advice is one sentence with a better question; a tree that is fine gets none."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from incident_console.domain.cause_words import is_condition, is_event, says_the_same, stems, telling
from incident_console.domain.causes import Link, Mark, counting, short_label
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import EntryKind

DEEP_ENOUGH: Final = 3
"""Steps from the problem after which a leaf that describes a condition is trusted to be one that can be changed."""

LABEL: Final = 21
"""Characters that the number of another cause gets in a sentence."""

THREADS: Final = (EntryKind.HYPOTHESIS, EntryKind.EVIDENCE, EntryKind.MITIGATION)
"""Kinds of entries that tell of possible causes."""

TOPICS: Final = {
    "the network": "network dns packet firewall connectivity proxy route ddos certificate tls",
    "data": "database query replica replication migration schema backup index corrupt restore",
    "a release or a change": "deploy release config flag rollout rollback version upgrade merge",
    "a provider": "provider vendor third-party upstream partner carrier supplier",
    "load and capacity": "traffic load capacity memory cpu disk queue pool connection full throttle limit spike",
    "how it was noticed": "alert alerting monitor monitoring alarm dashboard pager",
    "access and security": "attack credential token password unauthorised unauthorized leak intrusion permission",
}
"""What entries may be about, and the words by which that is seen."""

_STEMS: Final = {topic: stems(words) for topic, words in TOPICS.items()}


_STATES: Final = re.compile(
    r"\bas (?:the|a|another) (?:root |second )?cause\b"
    r"|\b(?:caused by|because of|due to|led to|triggered by|turned out|found to)\b"
    r"|\bcauses? (?:is|was|were|are|found|confirmed|identified|turned)\b"
    r"|\b(?:dual|double) (?:failure|fault|cause)",
    re.IGNORECASE,
)
"""What a note says that states a cause."""


@frozen
class Advice:
    """A question about one cause, or about the tree as a whole."""

    trap: str
    """person, early, circular, leap, single_chain or lost."""
    why_id: str | None
    """None for the whole tree."""
    sentence: str


def advise(
    title: str, links: Sequence[Link], personal: Callable[[str], bool], entries: Sequence[Entry]
) -> tuple[Advice, ...]:
    """Every question that the tree raises: on the whole first, then cause by cause as they are read.

    `title` is the problem; `personal` says whether an answer ends with a person; `entries` hold at least the
    hypotheses, evidence, mitigations and notes of the log and whatever backs a cause."""
    standing = counting(links)
    backing = {entry.event_id for entry in entries if entry.mark != "struck" and not entry.hidden}
    parents = {link.parent for link in standing}
    found = list(_single_chain(links, standing, entries))
    for link, above in _with_above(title, standing):
        leaf = link.why.id not in parents
        found += _circular(link, above) or (_end(link, personal) if leaf else [])
        found += _leap(link, backing)
    places = {link.why.id: place for place, link in enumerate(links)}
    return tuple(sorted((*found, *_lost(links)), key=lambda each: places.get(each.why_id or "", -1)))


def _with_above(title: str, links: Sequence[Link]) -> Iterator[tuple[Link, list[tuple[str, str]]]]:
    """Each cause with (label, answer) of everything above it, the problem first."""
    path = [("", title)]
    for link in links:
        del path[link.depth + 1 :]
        yield link, path
        path.append((link.label, link.why.answer))


def _lost(links: Sequence[Link]) -> Iterator[Advice]:
    """Causes that lead although one above them is ruled out: no document counts them."""
    out: dict[str | None, str] = {}
    for link in links:
        above = out.get(link.parent)
        if link.why.mark == Mark.RULED_OUT:
            out[link.why.id] = link.label
        elif above is not None:
            out[link.why.id] = above
            if link.why.mark in (Mark.ROOT, Mark.CONTRIBUTING):
                what = "a root cause" if link.why.mark == Mark.ROOT else "contributing"
                words = (
                    f"Marked as {what} below a cause that is ruled out: {short_label(above, LABEL)}. It does not count"
                    " there. If it holds all the same, move it out of there; otherwise take its mark away."
                )
                yield Advice("lost", link.why.id, words)


def _circular(link: Link, above: list[tuple[str, str]]) -> list[Advice]:
    again = next((label for label, answer in reversed(above) if says_the_same(link.why.answer, answer)), None)
    if again is None:
        return []
    where = f"as {again} above it" if again else "as the problem itself"
    words = f"This says the same {where} in other words. What was there before it that led to it?"
    return [Advice("circular", link.why.id, words)]


def _end(link: Link, personal: Callable[[str], bool]) -> list[Advice]:
    """What to ask where the digging stopped: at a person, or before something that a team can change."""
    answer, why_id = link.why.answer, link.why.id
    if personal(answer):
        words = "This ends with a person. How did it come about that one step could do this, and what made it sensible?"
        return [Advice("person", why_id, words)]
    if link.why.mark == Mark.ROOT or is_condition(answer):
        return []
    if is_event(answer):
        words = "This tells of an event. What made it possible, and what of that could a team change?"
        return [Advice("early", why_id, words)]
    if link.why.mark or link.depth + 1 >= DEEP_ENOUGH:
        return []
    words = "This is close to the problem still. How did it come about, and what of that could a team change?"
    return [Advice("early", why_id, words)]


def _leap(link: Link, backing: set[str]) -> list[Advice]:
    if not backing.isdisjoint(link.why.evidence):
        return []
    words = "Nothing from the log backs this yet. Which entry shows that it followed from this?"
    if link.why.evidence:
        words = "What backed this no longer stands in the log. Which other entry shows that it followed from this?"
    return [Advice("leap", link.why.id, words)]


def _single_chain(links: Sequence[Link], standing: Sequence[Link], entries: Sequence[Entry]) -> Iterator[Advice]:
    """One question when the causes are one chain and the log has a thread that no cause takes up."""
    if not _is_chain(standing):
        return
    threads = [entry for entry in entries if _is_thread(entry) and entry.mark != "struck" and not entry.hidden]
    known = frozenset[str]().union(*(telling(link.why.answer) for link in links))
    backing = {event for link in links for event in link.why.evidence}
    loose = [each for each in threads if each.event_id not in backing and known.isdisjoint(telling(each.text))]
    if other := _thread(loose, known):
        words = f"The causes form one chain, but the log also speaks of {other}. Did that play a part?"
        yield Advice("single_chain", None, words)


def _is_chain(standing: Sequence[Link]) -> bool:
    """Whether nothing branches, and enough stands there to say so."""
    straight = all(link.depth == place for place, link in enumerate(standing))
    return straight and (len(standing) > 1 or any(link.why.mark == Mark.ROOT for link in standing))


def _is_thread(entry: Entry) -> bool:
    return entry.kind in THREADS or (entry.kind == EntryKind.NOTE and _STATES.search(entry.text) is not None)


def _thread(loose: Sequence[Entry], known: frozenset[str]) -> str:
    """What the log speaks of besides the causes: a cause in its own words, else what several entries are about."""
    for entry in loose:
        if (entry.kind == EntryKind.HYPOTHESIS or _STATES.search(entry.text)) and telling(entry.text):
            return f"“{clip(clean_line(entry.text), 80)}”"
    for topic, words in _STEMS.items():
        about = [entry for entry in loose if not words.isdisjoint(stems(entry.text))]
        if known.isdisjoint(words) and len(about) > 1:
            return topic
    return ""
