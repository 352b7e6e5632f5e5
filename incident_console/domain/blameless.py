"""Asks a better question wherever a postmortem stops at a person. It advises on words and never refuses a text."""

import re
from collections.abc import Collection, Iterator
from typing import Final

from incident_console.domain import blameless_rewrites as say
from incident_console.domain.blameless_patterns import HAD_AFTER, HAD_BEFORE, IF_BEFORE, WOULD, Patterns, patterns_of
from incident_console.domain.blameless_people import Flat, Person, flatten, people_in
from incident_console.domain.blameless_rules import RULES, BlamelessRules
from incident_console.domain.finding import Finding

__all__ = ["RULES", "BlamelessRules", "check_blameless"]

_NEGATED: Final = re.compile(
    r"\b(?:no\s?body|no\s?one|none|not|never|without|nor|neither|isn't|wasn't|aren't|weren't)\b[^.;!?\n,]{0,25}$"
)
_AGENT: Final = ("by ", "of ")
"""What a phrase ends with that names a person after the deed; asked first, because it is quick."""
_OBJECT: Final = re.compile(r"\b(?:by|from|of|for|to|with|on|about)\s+$")
_RECOVERY: Final = re.compile(r"\b(?:recover\w*|restor\w+|success\w*|improv\w+|quick\w*|mitigat\w+|resol[uv]\w+)\b")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:\n•|]|[\n|][\s]*[-*+#]|\d[.)])[\s\"“*_-]*$")
_RANK: Final = {"human_error": 0, "fault_word": 1, "counterfactual": 2, "names_person": 3, "stops_at_person": 4}
"""Of two findings in one place the more specific one stays."""

_IS: Final = re.compile(r"(?:'s|\s+(?:was|is|(?:has|had)\s+been|acted))?(?:\s+(?:very|too|rather|so|simply|just))?\s+")

Hit = tuple[str, int, int, str | None]
"""Rule, start, end, rewrite."""


def check_blameless(text: str, rules: BlamelessRules, names: Collection[str] = ()) -> tuple[Finding, ...]:
    """What a text says about persons that it could say about the system, in the order of the text.

    `names` are people known from the incident, as they are written; findings never overlap."""
    flat, patterns = flatten(text), patterns_of(rules)
    hits = list(_without_people(flat, patterns))
    for person in people_in(flat, rules, patterns, names):
        hits += _about(person, flat, patterns)
    return tuple(_finding(hit, flat, rules) for hit in _apart(hits, len(text)))


def _finding(hit: Hit, flat: Flat, rules: BlamelessRules) -> Finding:
    name, start, end, rewrite = hit
    rule = next(each for each in rules.rules if each.name == name)
    if (
        rewrite
        and not flat.original[start].islower()
        and _SENTENCE_START.search(flat.original, max(0, start - 12), start)
    ):
        rewrite = rewrite[0].upper() + rewrite[1:]
    return Finding(name, rule.severity, start, end, flat.original[start:end], rule.advice, rewrite)


def _apart(hits: list[Hit], length: int) -> list[Hit]:
    """One finding per place: the more specific rule first, then the longer one."""
    kept: list[Hit] = []
    taken = bytearray(length)
    for hit in sorted(hits, key=lambda each: (_RANK[each[0]], each[1] - each[2], each[1])):
        if taken.find(1, hit[1], hit[2]) < 0:
            kept.append(hit)
            taken[hit[1] : hit[2]] = b"\x01" * (hit[2] - hit[1])
    return sorted(kept, key=lambda each: each[1])


def _without_people(flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    for match in patterns.fault_words.finditer(flat.low):
        if match["hit"] and not _NEGATED.search(flat.low, max(0, match.start() - 40), match.start()):
            yield "fault_word", match.start(), match.end(), None
    for match in patterns.human_error.finditer(flat.low):
        group = match.lastgroup or "hit"
        start, end = match.span(group)
        if not patterns.fine_before.search(flat.low, max(0, start - 60), start):
            yield "human_error", start, end, say.human_error(match[group])
    for match in patterns.counterfactual.finditer(flat.low):
        start, end = match.span(match.lastgroup or 0)
        yield "counterfactual", start, end, None


def _about(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    """What is said about one person, at most one finding of each sort."""
    yield from _counterfactual(person, flat, patterns)
    if person.kind != "we":
        yield from _mistake(person, flat, patterns)
        yield from _fault(person, flat, patterns)
        yield from _cause(person, flat, patterns)
    yield from _harsh(person, flat, patterns)


def _rule(person: Person, otherwise: str) -> str:
    return "names_person" if person.kind == "name" else otherwise


def _counterfactual(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    low, start, end = flat.low, person.start, person.end
    should = patterns.should_after.match(low, end)
    they = low[start:end] in ("they", "you")
    if should and not (they and should["modal"] == "could"):
        words = say.should_have(should["pp"], _cut(flat, should, "pp_what"), should["never"] or should["not"])
        if should["modal"] == "could":
            words = None
        yield "counterfactual", start, _reach(should, "pp", "pp_what", words), words
    elif (tail := HAD_AFTER.match(low, end)) and (found := IF_BEFORE.search(person.before)):
        if WOULD.match(flat.sentence(start, end)):
            yield "counterfactual", start - len(found[0]), tail.end(), None
    elif (found := HAD_BEFORE.search(person.before)) and WOULD.match(flat.sentence(start, end)):
        yield "counterfactual", start - 4, end, None


def _mistake(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    rule = _rule(person, "human_error")
    if person.before.endswith(_AGENT) and (found := patterns.mistake_before.search(person.before)):
        yield rule, person.start - len(found[0]), person.end, None
    elif after := patterns.mistake_after.match(flat.low, person.end):
        yield rule, person.start, after.end(), None


def _fault(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    rule = _rule(person, "stops_at_person")
    # “A script by an engineer accidentally …” tells of the script.
    found = None if _OBJECT.search(person.before) else patterns.fault_after.match(flat.low, person.end)
    if found is None:
        if person.before.endswith(_AGENT) and (before := patterns.fault_before.search(person.before)):
            yield rule, person.start - len(before[0]), person.end, None
        return
    if person.kind == "team" and found["undone"]:
        return
    words, end = _rewrite(flat, found)
    yield rule, person.start, end, words


def _rewrite(flat: Flat, found: re.Match[str]) -> tuple[str | None, int]:
    """What can be said instead, and where the place ends that it replaces."""
    if found["forgot"]:
        words: str | None = say.forgot(found["to"], _cut(flat, found, "to_what"))
        return words, _reach(found, "to" if found["to"] else "forgot", "to_what", words)
    if found["adverb"]:
        words = say.done(found["did"], _cut(flat, found, "what"))
        return words, _reach(found, "did", "what", words)
    if found["undone"]:
        words = say.undone(found["undone"], _cut(flat, found, "undone_what"))
        return words, _reach(found, "undone", "undone_what", words)
    if found["way"]:
        return _way(flat, found), found.end("way")
    return None, found.end()


def _way(flat: Flat, found: re.Match[str]) -> str | None:
    if found["way"] in ("by mistake", "by accident", "in error", "accidentally", "mistakenly", "inadvertently"):
        return say.done_by_mistake(found["acted"], _cut(flat, found, "acted_what") or "")
    return say.untested(found["acted"], found["way"])


def _cause(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    before = patterns.cause_before.search(person.before) or patterns.trigger_before.search(person.before)
    goes_on = patterns.cause_goes_on.match(flat.low, person.end) if before else None
    if before is None or goes_on is None or (person.kind in ("team", "someone") and not goes_on["doing"]):
        return
    lead_in = person.before[: before.start()].rpartition(". ")[2]
    if _NEGATED.search(lead_in) or _RECOVERY.search(lead_in):
        return
    words = say.as_cause(goes_on["doing"], _cut(flat, goes_on, "doing_what")) if goes_on["doing"] else None
    end = _reach(goes_on, "doing", "doing_what", words) if words else person.end
    yield _rule(person, "stops_at_person"), person.start, end, words


def _harsh(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    low, negated = flat.low, _NEGATED.search(person.before)
    if person.kind == "name" and _judged(person, flat, patterns):
        yield "names_person", person.start, person.end, None
    if negated is None and (found := patterns.harsh_after.match(low, person.end)):
        yield "fault_word", person.start, found.end(), None
    elif negated is None and (found := patterns.blame_before.search(person.before)):
        yield "fault_word", person.start - len(found[0]), person.end, None
    elif negated is None and person.kind != "we" and (found := patterns.blame_after.match(low, person.end)):
        yield _rule(person, "fault_word"), person.start, found.end(), None


def _judged(person: Person, flat: Flat, patterns: Patterns) -> bool:
    """Whether a name comes right before a harsh word: both are worth a finding, the name and the word."""
    link = _IS.match(flat.low, person.end)
    found = patterns.fault_words.match(flat.low, link.end()) if link else None
    return found is not None and found["hit"] is not None


def _cut(flat: Flat, found: re.Match[str], group: str) -> str | None:
    """A group in the words of the text itself."""
    return None if found[group] is None else flat.plain[found.start(group) : found.end(group)]


def _reach(found: re.Match[str], verb: str, what: str, words: str | None) -> int:
    """The place ends with the object where the rewrite speaks of it, otherwise with the verb."""
    return found.end(verb) + (say.where_found(found[what]) if words else 0)
