"""Asks a better question wherever a postmortem stops at a person. It advises on words and never refuses a text."""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Final

from incident_console.domain.blameless import rewrites as say
from incident_console.domain.blameless.patterns import (
    DETERMINED,
    HAD_AFTER,
    HAD_BEFORE,
    IF_BEFORE,
    IN_SENTENCE,
    SHOULD_BEFORE,
    WOULD,
    Patterns,
    patterns_of,
)
from incident_console.domain.blameless.people import Flat, Person, flatten, people_in
from incident_console.domain.blameless.rules import RULES, BlamelessRules, Rule
from incident_console.domain.finding import Finding

__all__ = ["RULES", "BlamelessRules", "check_blameless"]

_NEGATED: Final = re.compile(
    r"\b(?:no\s?body|no\s?one|none|not|never|without|nor|neither|isn't|wasn't|aren't|weren't)\b[^.;!?\n,]{0,25}$"
)
_AGENT: Final = frozenset(("by", "of"))
_OBJECT: Final = frozenset(("by", "from", "of", "for", "to", "with", "on", "about"))
"""Behind these a person is no subject: “a script by an engineer accidentally …” tells of the script."""
_TOGETHER: Final = frozenset(("and", "or", "nor", "both", "&"))
_CONJUNCTIONS: Final = frozenset((
    "because", "when", "since", "after", "before", "that", "while", "as", "if", "but", "so", "then", "until", "once",
    "although", "though", "where", "which", "however", "unfortunately", "later",
))  # fmt: skip
_BLAMED: Final = frozenset((
    "blame", "blamed", "blames", "blaming", "on", "with", "of", "it", "this", "that", "outage", "incident",
))  # fmt: skip
_RECOVERY: Final = re.compile(r"\b(?:recover\w*|restor\w+|success\w*|improv\w+|quick\w*|mitigat\w+|resol[uv]\w+)\b")
_CLAUSE_FOLLOWS: Final = frozenset(("that", "because", "when", "with"))
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:\n•|]|[\n|][\s]*[-*+#]|\d[.)])[\s\"“*_-]*$")
_REST: Final = re.compile(rf"{IN_SENTENCE}{{0,120}}")
_RANK: Final = {"human_error": 0, "fault_word": 1, "counterfactual": 2, "names_person": 3, "stops_at_person": 4}
"""Of two findings in one place the more specific one stays."""

_LEAD_IN: Final = 64
"""How far back, in characters, a phrase may begin that makes somebody a cause; a pack's phrases are up to 60 long."""

_IS: Final = re.compile(r"(?:'s|\s+(?:was|is|(?:has|had)\s+been|acted))?(?:\s+(?:very|too|rather|so|simply|just))?\s+")
_SLIP: Final = re.compile(r"(?:rookie|silly|dumb|stupid|basic|elementary|embarrassing)\s+(?P<slip>mistake)")

Hit = tuple[str, int, int, str | None]
"""Rule, start, end, rewrite."""


def check_blameless(text: str, rules: BlamelessRules, names: Collection[str] = ()) -> tuple[Finding, ...]:
    """What a text says about persons that it could say about the system, in the order of the text.

    `names` are people known from the incident, as they are written; findings never overlap."""
    flat, patterns = flatten(text), patterns_of(rules)
    hits = list(_without_people(flat, patterns))
    for person in people_in(flat, rules, patterns, names):
        hits += _about(person, flat, patterns)
    if not hits:
        return ()
    known = {rule.name: rule for rule in rules.rules}
    return tuple(_finding(hit, flat, known[hit[0]]) for hit in _apart(hits, len(text)))


def _finding(hit: Hit, flat: Flat, rule: Rule) -> Finding:
    name, start, end, rewrite = hit
    if rewrite and not flat.original[start].islower() and _starts_sentence(flat.original, start):
        rewrite = rewrite[0].upper() + rewrite[1:]
    return Finding(name, rule.severity, start, end, flat.original[start:end], rule.advice, rewrite)


def _starts_sentence(text: str, at: int) -> bool:
    return _SENTENCE_START.search(text, max(0, at - 12), at) is not None


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
    low = flat.low
    for match in patterns.fault_words.finditer(low):
        if match["hit"] and not _NEGATED.search(low, max(0, match.start() - 40), match.start()):
            slip = _SLIP.match(match[0])
            yield "fault_word", match.start(), match.end(), say.slip_by(slip["slip"], None) if slip else None
    for match in patterns.human_error.finditer(low):
        yield from _human_error(match, flat, patterns)
    if "have" in low or "'ve" in low or "able" in low or "only" in low:
        for match in patterns.counterfactual.finditer(low):
            start, end = match.span(match.lastgroup or 0)
            yield "counterfactual", start, end, None
    for match in patterns.careless.finditer(low):
        yield "stops_at_person", match.start(), match.end(), "nothing prompted anyone to"


def _human_error(match: re.Match[str], flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    group = match.lastgroup or "hit"
    start, end = match.span(group)
    if patterns.fine_before.search(flat.low, max(0, start - 60), start) or patterns.fine_after.match(flat.low, end):
        return
    said = say.human_error(match[group], flat.low[max(0, start - 30) : start], flat.low[end : end + 15])
    yield "human_error", start - (said[1] if said else 0), end, said[0] if said else None


def _about(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    """What is said about one person, at most one finding of each sort."""
    yield from _counterfactual(person, flat, patterns)
    if person.kind != "we":
        yield from _mistake(person, flat, patterns)
        yield from _fault(person, flat, patterns)
        if person.last in patterns.cause_ends:
            yield from _cause(person, flat, patterns)
    yield from _harsh(person, flat, patterns)


def _rule(person: Person, otherwise: str) -> str:
    return "names_person" if person.kind == "name" else otherwise


def _tail(flat: Flat, at: int) -> str:
    """The rest of the sentence behind a verb, in the words of the text itself."""
    found = _REST.match(flat.plain, at)
    return found[0] if found else ""


def _offered(offer: say.Offer | None, person: Person, flat: Flat, at: int, otherwise: int) -> tuple[int, str | None]:
    """Where a finding ends and what can stand there, unless others are told of as well, or more of the same person."""
    if offer is None or not _alone(person, flat) or say.reads_on(_tail(flat, at + offer[1])):
        return otherwise, None
    return at + offer[1], offer[0]


def _alone(person: Person, flat: Flat) -> bool:
    """Whether nothing before a person belongs to it that would stay behind: “Sam and the engineer”, “tired admin”."""
    if person.last in _TOGETHER or person.last in _OBJECT:
        return False
    bare = person.kind == "role" and not DETERMINED.match(flat.low, person.start)
    return not bare or not person.last.isalpha() or person.last in _CONJUNCTIONS


def _counterfactual(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    low, start, end = flat.low, person.start, person.end
    should = patterns.should_after.match(low, end)
    they = low[start:end] in ("they", "you")
    if should and not (they and (should["hoped"] or should["modal"] == "could")):
        yield "counterfactual", start, *_should(should, person, flat, patterns)
    elif (tail := HAD_AFTER.match(low, end)) and (found := IF_BEFORE.search(person.before)):
        if WOULD.match(flat.sentence(start, end)):
            yield "counterfactual", start - len(found[0]), tail.end(), None
    elif person.last == "by" and (found := SHOULD_BEFORE.search(person.before)):
        yield "counterfactual", start - len(found[0]), end, None
    elif person.last == "had" and HAD_BEFORE.search(person.before) and WOULD.match(flat.sentence(start, end)):
        yield "counterfactual", start - 4, end, None


def _should(should: re.Match[str], person: Person, flat: Flat, patterns: Patterns) -> tuple[int, str | None]:
    if should["hoped"] or should["modal"] == "could":
        return should.end(), None
    told_not_to, at = should["never"] or should["not"], should.end("pp")
    offer = say.should_have(should["pp"], _tail(flat, at), told_not_to, patterns.verbs)
    return _offered(offer, person, flat, at, at)


def _mistake(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    rule = _rule(person, "human_error")
    if person.last in _AGENT and (found := patterns.mistake_before.search(person.before)):
        slip = "mistake" if found["sort"] else found["slip"]
        yield rule, person.start - len(found[0]), person.end, say.slip_by(slip, found["was"])
    elif after := patterns.mistake_after.match(flat.low, person.end):
        words = say.slip_made(after["art"], after["slip"] or after["own"])
        if after["art"]:
            yield rule, person.start, *_offered((words, 0), person, flat, after.end(), after.end())
        else:
            yield rule, person.start, after.end(), None if person.last in _TOGETHER else words


def _fault(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    rule = _rule(person, "stops_at_person")
    subject = person.last not in _OBJECT or flat.low.startswith(" who ", person.end)
    found = patterns.fault_after.match(flat.low, person.end) if subject else None
    if found is None:
        if person.last in _AGENT and (before := patterns.fault_before.search(person.before)):
            words = say.done_by(*before.group("deed", "wrong", "was", "how"))
            yield rule, person.start - len(before[0]), person.end, words
        elif person.last == "by" and (slip := patterns.slipped_after.match(flat.low, person.end)):
            yield rule, person.start, slip.end(), None
    elif not (person.kind == "team" and found["undone"]):
        at, offer = _rewrite(flat, found)
        if person.last in patterns.cause_ends - _CLAUSE_FOLLOWS and patterns.cause_before.search(person.before):
            offer = None
        end, words = _offered(offer, person, flat, at, found.end())
        yield rule, person.start, end, words


def _rewrite(flat: Flat, found: re.Match[str]) -> tuple[int, say.Offer | None]:
    """What can be said instead, and the end of the verb behind which it is told."""
    group = next((each for each in _TOLD if found[each]), None)
    if group is None:
        return found.end(), None
    if group == "bad":
        return found.end("bad"), (say.let_in(found["let"], flat.plain[found.start("bad") : found.end("bad")]), 0)
    at = found.end() if group == "undone" else found.end(group)
    if group == "harm":
        words = say.harmed(found["harm"])
        return at, (words, 0) if words else None
    tail = _tail(flat, at)
    if group == "acted":
        return at, say.done_so(found["acted"], found["way"], tail, found.start("way") - at)
    tell = _TOLD[group]
    return at, tell(found[group], tail) if tell else None


_TOLD: Final[dict[str, Callable[[str, str], say.Offer | None] | None]] = {
    "to": lambda to, tail: say.forgot(to, tail),
    "forgot": lambda _, tail: say.forgot(None, tail),
    "did": say.done,
    "lost": say.done,
    "undone": say.undone,
    "failed": say.undone,
    "verb": say.faulted,
    "acted": None,
    "bad": None,
    "harm": None,
}


def _cause(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    near = max(0, len(person.before) - _LEAD_IN)
    before = patterns.cause_before.search(person.before, near) or patterns.trigger_before.search(person.before)
    goes_on = patterns.cause_goes_on.match(flat.low, person.end) if before else None
    if before is None or goes_on is None or (person.kind in ("team", "someone") and not goes_on["doing"]):
        return
    lead_in = person.before[: before.start()].rpartition(". ")[2]
    if _NEGATED.search(lead_in) or _RECOVERY.search(lead_in):
        return
    group = "doing" if goes_on["doing"] else "did"
    offer, at = None, goes_on.end(group)
    if goes_on[group] and person.last not in _CLAUSE_FOLLOWS:
        offer = say.as_cause(goes_on[group], _tail(flat, at))
    end = at + offer[1] if offer else person.end
    yield _rule(person, "stops_at_person"), person.start, end, offer[0] if offer else None


def _harsh(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    if person.kind == "name" and _judged(person, flat, patterns):
        yield "names_person", person.start, person.end, None
    hit = _blamed(person, flat, patterns)
    if hit is not None and not _NEGATED.search(person.before):
        yield hit


def _blamed(person: Person, flat: Flat, patterns: Patterns) -> Hit | None:
    if found := patterns.harsh_after.match(flat.low, person.end):
        at = found.end()
        offer = say.faulted(found["phrase"], _tail(flat, at)) if found["phrase"] else None
        return "fault_word", person.start, *_offered(offer, person, flat, at, at)
    if person.last in _BLAMED and (before := patterns.blame_before.search(person.before)):
        return "fault_word", person.start - len(before[0]), person.end, None
    if person.kind != "we" and (after := patterns.blame_after.match(flat.low, person.end)):
        return _rule(person, "fault_word"), person.start, after.end(), None
    return None


def _judged(person: Person, flat: Flat, patterns: Patterns) -> bool:
    """Whether a name comes right before a harsh word: both are worth a finding, the name and the word."""
    link = _IS.match(flat.low, person.end)
    found = patterns.fault_words.match(flat.low, link.end()) if link else None
    return found is not None and found["hit"] is not None
