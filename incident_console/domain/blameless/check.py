"""Asks a better question wherever a postmortem stops at a person. It advises on words and never refuses a text."""

import re
from bisect import bisect
from collections.abc import Collection, Iterator
from typing import Final

from incident_console.domain.blameless import rewrites as say
from incident_console.domain.blameless.hindsight import STARTS
from incident_console.domain.blameless.patterns import Patterns, patterns_of
from incident_console.domain.blameless.people import Flat, flatten, people_in
from incident_console.domain.blameless.rules import RULES, BlamelessRules, Rule
from incident_console.domain.blameless.told import ARTICLE, NEGATED, Hit, about, rest
from incident_console.domain.finding import Finding

__all__ = ["RULES", "BlamelessRules", "check_blameless"]

_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:\n•|]|[\n|][\s]*[-*+#]|\d[.)])[\s\"“*_-]*$")
_RANK: Final = {"human_error": 0, "fault_word": 1, "counterfactual": 2, "names_person": 3, "stops_at_person": 4}
"""Of two findings in one place the more specific one stays."""

_QUOTE: Final = re.compile('["“”„«»]')
"""Words that somebody quotes are not ours to change."""
_NEXT: Final = re.compile(r"\s+([a-z][a-z-]*)")
_HINDSIGHT: Final = ("have", "'ve", "able", "only", "had", "wish", "hindsight", "retrospect", "know")
"""Without one of these no text tells of what did not happen."""


def check_blameless(text: str, rules: BlamelessRules, names: Collection[str] = ()) -> tuple[Finding, ...]:
    """What a text says about persons that it could say about the system, in the order of the text.

    `names` are people known from the incident, as they are written; findings never overlap."""
    flat, patterns = flatten(text), patterns_of(rules)
    hits = list(_without_people(flat, patterns))
    for person in people_in(flat, rules, patterns, names):
        hits += about(person, flat, patterns)
    if not hits:
        return ()
    known = {rule.name: rule for rule in rules.rules}
    return tuple(_finding(hit, flat, known[hit[0]]) for hit in _apart(hits, flat))


def _finding(hit: Hit, flat: Flat, rule: Rule) -> Finding:
    name, start, end, rewrite = hit
    if rewrite and _QUOTE.search(flat.original, start, end):
        rewrite = None
    if rewrite and not flat.original[start].islower() and _starts_sentence(flat.original, start):
        rewrite = rewrite[0].upper() + rewrite[1:]
    return Finding(name, rule.severity, start, end, flat.original[start:end], rule.advice, rewrite)


def _starts_sentence(text: str, at: int) -> bool:
    return _SENTENCE_START.search(text, max(0, at - 12), at) is not None


def _apart(hits: list[Hit], flat: Flat) -> list[Hit]:
    """One finding per place: the more specific rule first, then the longer one."""
    kept: list[Hit] = []
    taken = bytearray(len(flat.low))
    for hit in sorted(_told_twice(hits, flat), key=lambda each: (_RANK[each[0]], each[1] - each[2], each[1])):
        if taken.find(1, hit[1], hit[2]) < 0:
            kept.append(hit)
            taken[hit[1] : hit[2]] = b"\x01" * (hit[2] - hit[1])
    return sorted(kept, key=lambda each: each[1])


def _told_twice(hits: list[Hit], flat: Flat) -> Iterator[Hit]:
    """All but an “in hindsight” whose sentence has another finding of the same rule."""
    others = sorted(hit[1] for hit in hits if hit[0] == "counterfactual" and not _looks_back(hit, flat))
    for hit in hits:
        at = bisect(others, hit[1])
        near = others[max(0, at - 1) : at + 1] if hit[0] == "counterfactual" and _looks_back(hit, flat) else ()
        if not any(flat.together(hit[1], other) for other in near):
            yield hit


def _looks_back(hit: Hit, flat: Flat) -> bool:
    return flat.low.startswith(("in ", "with ", "knowing "), hit[1], hit[2]) and not hit[3]


def _without_people(flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    low = flat.low
    for match in patterns.fault_words.finditer(low):
        if match["hit"] and not NEGATED.search(low, max(0, match.start() - 40), match.start()):
            yield _judging(match, low)
    if any(word in low for word in patterns.slip_words):
        for match in patterns.human_error.finditer(low):
            yield from _human_error(match, flat, patterns)
    if any(word in low for word in _HINDSIGHT):
        yield from _hindsight(low, patterns)
    for match in patterns.avoidable.finditer(low):
        yield "counterfactual", *match.span(match.lastgroup or 0), None
    for match in patterns.careless.finditer(low):
        end, words = _left_undone(match, flat)
        yield "stops_at_person", match.start(), end, words


def _hindsight(low: str, patterns: Patterns) -> Iterator[Hit]:
    end = 0
    for begins in STARTS.finditer(low):
        match = patterns.counterfactual.match(low, begins.start()) if begins.start() >= end else None
        if match:
            start, end = match.span(match.lastgroup or 0)
            yield "counterfactual", start, end, None


def _judging(match: re.Match[str], low: str) -> Hit:
    """A judging word; “an obvious mistake” is “a mistake” without it."""
    slip = match["slip"]
    article = ARTICLE.search(low, max(0, match.start() - 4), match.start()) if slip else None
    if article is None:
        return "fault_word", match.start(), match.end(), slip
    return "fault_word", article.start(), match.end(), f"{say.a_or_an(slip)} {slip}"


def _left_undone(match: re.Match[str], flat: Flat) -> tuple[int, str | None]:
    """For “nobody bothered to check the backup”."""
    verb = _NEXT.match(flat.low, match.end()) if match[0].endswith("to") else None
    if verb is None:
        return match.end(), None
    tail = rest(flat, verb.end())
    offer = say.undone(verb[1], tail)
    return (match.end(), None) if offer is None or say.reads_on(tail) else (verb.end() + offer[1], offer[0])


def _human_error(match: re.Match[str], flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    group = match.lastgroup or "hit"
    start, end = match.span(group)
    if patterns.fine_before.search(flat.low, max(0, start - 60), start) or patterns.fine_after.match(flat.low, end):
        return
    said = say.human_error(match[group], flat.low[max(0, start - 30) : start], flat.low[end : end + 30])
    yield "human_error", start - (said[1] if said else 0), end, said[0] if said else None
