"""What a text tells of one person: what they should have done, a slip, a fault, that they are the cause, a harsh word.
It knows no other person and puts nothing in order."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from incident_console.domain.blameless import rewrites as say
from incident_console.domain.blameless.deeds import IRREGULAR
from incident_console.domain.blameless.hindsight import HAD_AFTER, HAD_BEFORE, IF_BEFORE, SHOULD_BEFORE, WOULD
from incident_console.domain.blameless.patterns import DETERMINED, Patterns
from incident_console.domain.blameless.people import Flat, Person
from incident_console.domain.blameless.phrases import IN_SENTENCE

Hit = tuple[str, int, int, str | None]
"""Rule, start, end, rewrite."""

NEGATED: Final = re.compile(
    r"\b(?:no\s?body|no\s?one|none|not|never|without|nor|neither|isn't|wasn't|aren't|weren't)\b[^.;!?\n,]{0,25}$"
)
ARTICLE: Final = re.compile(r"\ban?\s+$")
_REST: Final = re.compile(rf"{IN_SENTENCE}{{0,120}}")
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
_HELPED: Final = re.compile(
    r"\b(?:(?:hot)?fix|fixed\s+(?:the|it|this)|drops?|fall|fell|normal|stabil\w+|reduc\w+|reliev\w+|roll\w*\s+back|revert\w*)\b"
)
_REPAIRED: Final = re.compile(
    r"(?:remov|delet|dropp|revert|replac|restor|disabl|stopp|isolat|clear|repair|swapp|roll|cancel|block|purg|clos|clean|"
    r"pull|kill|terminat|unplugg|disconnect|renam|chang|updat|patch|shut|cut|put|taken)"
)
"""What is done to a faulty thing; “the wrong thing was removed” is another story."""
_LOOKING_BACK: Final = re.compile(
    r"\b(?:in\s+(?:hindsight|retrospect)|with\s+(?:the\s+benefit\s+of\s+)?hindsight),?\s+$"
)
_SLIPS: Final = ("accidentally", "mistakenly", "inadvertently", "unintentionally", "unwittingly", "unknowingly")
_SLIP_NEXT: Final = re.compile(
    rf"\s+(?:(?:had|then|also)\s+)*(?:(?:{'|'.join(_SLIPS)})\s+(?P<did>[\w-]+)|(?:forgot|neglected)\b)"
)
_ANOTHER_DEED: Final = re.compile(rf"\s+(?:{IRREGULAR}|[a-z]+ed)\b")
_PAST: Final = re.compile(rf"{IRREGULAR}|[a-z-]+ed")
_TO_DO: Final = re.compile(
    rf"(?:\s+(?:at|in|of|from|on)\b{IN_SENTENCE}{{2,50}}?)?\s+to\s+(?!(?:the|an?|our|its|their)\b)\w"
)
_WHO_FOLLOWS: Final = re.compile(r",?\s+(?:who|whose|which|that)\b|'s?\b")
_CLAUSE_FOLLOWS: Final = frozenset(("that", "because", "when", "with"))
_LONGEST_WORD: Final = 20
_LEAD_IN: Final = 64
"""How far back, in characters, a phrase may begin that makes somebody a cause; a pack's phrases are up to 60 long."""

_IS: Final = re.compile(r"(?:'s|\s+(?:was|is|(?:has|had)\s+been|acted))?(?:\s+(?:very|too|rather|so|simply|just))?\s+")


def about(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    """What is said about one person, at most one finding of each sort."""
    yield from _counterfactual(person, flat, patterns)
    if person.kind == "we":
        yield from _fault_of_them(person, flat, patterns)
    else:
        yield from _mistake(person, flat, patterns)
        yield from _fault(person, flat, patterns)
        if person.last in patterns.cause_ends:
            yield from _cause(person, flat, patterns)
    yield from _harsh(person, flat, patterns)


def _rule(person: Person, otherwise: str) -> str:
    return "names_person" if person.kind == "name" else otherwise


def rest(flat: Flat, at: int) -> str:
    """The rest of the sentence behind a verb, in the words of the text itself."""
    found = _REST.match(flat.plain, at)
    return found[0] if found else ""


def _offered(offer: say.Offer | None, person: Person, flat: Flat, at: int, otherwise: int) -> tuple[int, str | None]:
    """Where a finding ends and what can stand there, unless others are told of as well, or more of the same person."""
    if offer is None or not _alone(person, flat) or say.reads_on(rest(flat, at + offer[1])):
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
    if should and _about_people(should, person, low[start:end]):
        back = _LOOKING_BACK.search(person.before)
        yield "counterfactual", start - (len(back[0]) if back else 0), *_should(should, person, flat)
    elif low[start:end] != "you" and (tail := HAD_AFTER.match(low, end)) and (found := IF_BEFORE.search(person.before)):
        if WOULD.match(flat.sentence(start, end)):
            yield "counterfactual", start - len(found[0]), tail.end(), None
    elif person.last == "by" and (found := SHOULD_BEFORE.search(person.before)):
        yield "counterfactual", start - len(found[0]), end, None
    elif person.last == "had" and HAD_BEFORE.search(person.before) and WOULD.match(flat.sentence(start, end)):
        yield "counterfactual", start - 4, end, None


def _about_people(should: re.Match[str], person: Person, word: str) -> bool:
    """“they could have” may speak of requests, what a role should have had is what it was entitled to, and who could
    not have known is excused."""
    if should["had"]:
        return word in ("we", "i")
    if should["modal"] == "could" and should["never"]:
        return False
    unsure = should["hoped"] or should["modal"] == "could"
    return not (unsure and (word in ("they", "you") or person.last.endswith("ing")))


def _should(should: re.Match[str], person: Person, flat: Flat) -> tuple[int, str | None]:
    if should["pp"] is None or should["modal"] == "could":
        return should.end(), None
    told_not_to, at = should["never"] or should["not"] or should["ever"], should.end("pp")
    offer = say.should_have(should["pp"], rest(flat, at), told_not_to)
    return _offered(offer, person, flat, at, at)


def _mistake(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    rule = _rule(person, "human_error")
    if person.last in _AGENT and (found := patterns.mistake_before.search(person.before)):
        told = None if found["was"] or _WHO_FOLLOWS.match(flat.low, person.end) else _slip(found, person)
        yield rule, person.start - len(found[0]), person.end, told
    elif after := patterns.mistake_after.match(flat.low, person.end):
        words = say.slip_made(after["art"], after["slip"] or after["own"])
        if after["art"]:
            offer = (words, 0) if words else None
            yield rule, person.start, *_offered(offer, person, flat, after.end(), after.end())
        else:
            yield rule, person.start, after.end(), None if person.last in _TOGETHER else words


def _slip(found: re.Match[str], person: Person) -> str:
    """“user error by an admin” is “a mistake”, “a user error by an admin” has its article before."""
    if not found["sort"]:
        return found["slip"]
    return "mistake" if ARTICLE.search(person.before, 0, found.start()) else "a mistake"


def _fault(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    rule = _rule(person, "stops_at_person")
    subject = person.last not in _OBJECT or flat.low.startswith(" who ", person.end)
    found = patterns.fault_after.match(flat.low, person.end) if subject else None
    if found is None and subject and _unfit(person, flat, patterns):
        yield rule, person.start, person.end, None
    elif found is None:
        yield from _done_by(person, rule, flat, patterns)
    elif not _excused(person, found, flat):
        at, offer = _rewrite(flat, found)
        if person.last in patterns.cause_ends - _CLAUSE_FOLLOWS and patterns.cause_before.search(person.before):
            offer = None
        end, words = _offered(offer, person, flat, at, found.end())
        yield rule, person.start, end, words


def _unfit(person: Person, flat: Flat, patterns: Patterns) -> bool:
    """“an inexperienced operator started …”, “it was the developer who …”: a fault, whatever was done."""
    word = patterns.unfit.search(flat.low, max(0, person.start - _LONGEST_WORD), person.end)
    judged = word is not None and word.end() >= person.start - 1
    pointed = person.before.endswith("it was ") and flat.low.startswith(" who ", person.end)
    if not judged and not pointed:
        return False
    return patterns.deed_after.match(flat.low, person.end) is not None and not _helped(person, person.end, flat)


def _fault_of_them(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    """“they accidentally deleted …”, where the words before told of a person; machines are they, too."""
    slip = _SLIP_NEXT.match(flat.low, person.end) if flat.low.startswith("they", person.start) else None
    if slip is None or not patterns.person.search(flat.sentence(person.start, person.start)):
        return
    if slip["did"] is None or (_PAST.fullmatch(slip["did"]) and patterns.fault_after.match(flat.low, person.end)):
        yield "stops_at_person", person.start, slip.end(), None


def _done_by(person: Person, rule: str, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    """A fault told in the passive."""
    before = patterns.fault_before.search(person.before) if person.last in _AGENT else None
    if before is None:
        slip = patterns.slipped_after.match(flat.low, person.end) if person.last == "by" else None
        if slip and not _helped(person, slip.end(), flat):
            yield rule, person.start, slip.end(), None
    elif not _only_said(before, person, flat):
        start = person.start - len(before[0])
        words = say.done_by(*before.group("deed", "wrong", "was", "how"))
        if before["lost"]:
            words = flat.plain[start : person.start].rstrip().removesuffix(" by")
        yield rule, start, person.end, None if _WHO_FOLLOWS.match(flat.low, person.end) else words


def _only_said(before: re.Match[str], person: Person, flat: Flat) -> bool:
    """Whether a passive that looks like a fault is none: “failure of the engineer's laptop”, “deleted by the team”,
    “the faulty disk was replaced by a technician”."""
    if before["how"]:
        return _REPAIRED.match(before["how"]) is not None and not before["wrong"].startswith(("wrong", "incorrect"))
    if before["failure"]:
        return _TO_DO.match(flat.low, person.end) is None
    return bool(before["lost"]) and (_several(person, flat) or _helped(person, person.end, flat))


def _excused(person: Person, found: re.Match[str], flat: Flat) -> bool:
    """What a group did not see is no fault, and a step of several people, or one that helped, is no cause."""
    if found["cut"] or found["other"]:
        return bool(found["other"] and person.kind == "team") or _helped(person, found.end(), flat)
    if found["led"]:
        return _several(person, flat) or _helped(person, found.end(), flat)
    return person.kind == "team" and bool(found["undone"] or found["later"] or found["idle"])


def _helped(person: Person, end: int, flat: Flat) -> bool:
    sentence = flat.sentence(person.start, end)
    return _RECOVERY.search(sentence) is not None or _HELPED.search(sentence) is not None


def _several(person: Person, flat: Flat) -> bool:
    return person.kind == "team" or flat.low[person.start : person.end].endswith("s")


def _rewrite(flat: Flat, found: re.Match[str]) -> tuple[int, say.Offer | None]:
    """What can be said instead, and the end of the verb behind which it is told."""
    group = next((each for each in _TOLD if found[each]), None)
    if group is None:
        return found.end(), None
    if group == "bad":
        words = say.let_in(found["let"], flat.plain[found.start("bad") : found.end("bad")])
        return found.end("bad"), (words, 0) if words else None
    at = found.end() if group == "undone" else found.end(group)
    tail = rest(flat, at)
    if group == "acted" and _ANOTHER_DEED.match(flat.low, found.end("way")):
        return found.end(), None
    if group == "acted":
        return at, say.done_so(found["acted"], found["way"], tail, found.start("way") - at)
    tell = _TOLD[group]
    return at, tell(found[group], tail) if tell else None


_TOLD: Final[dict[str, Callable[[str, str], say.Offer | None] | None]] = {
    "to": say.undone,
    "forgot": lambda _, tail: say.forgot(tail),
    "did": say.done,
    "lost": say.done,
    "undone": say.undone,
    "failed": say.undone,
    "verb": say.faulted,
    "acted": None,
    "bad": None,
    "harm": say.harmed,
}


def _cause(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    near = max(0, len(person.before) - _LEAD_IN)
    before = patterns.cause_before.search(person.before, near) or patterns.trigger_before.search(person.before)
    goes_on = patterns.cause_goes_on.match(flat.low, person.end) if before else None
    if before is None or goes_on is None or (person.kind in ("team", "someone") and not goes_on["doing"]):
        return
    lead_in = person.before[: before.start()].rpartition(". ")[2]
    if NEGATED.search(lead_in) or _RECOVERY.search(lead_in):
        return
    group = "doing" if goes_on["doing"] else "did"
    offer, at = None, goes_on.end(group)
    if goes_on[group] and person.last not in _CLAUSE_FOLLOWS:
        offer = say.as_cause(goes_on[group], rest(flat, at))
    end = at + offer[1] if offer else person.end
    yield _rule(person, "stops_at_person"), person.start, end, offer[0] if offer else None


def _harsh(person: Person, flat: Flat, patterns: Patterns) -> Iterator[Hit]:
    if person.kind == "name" and _judged(person, flat, patterns):
        yield "names_person", person.start, person.end, None
    hit = _blamed(person, flat, patterns)
    if hit is None or NEGATED.search(person.before):
        return
    if person.kind == "name" and hit[0] == "fault_word" and hit[1] == person.start and hit[3] is None:
        yield "names_person", person.start, person.end, None
        hit = ("fault_word", person.end + 1, hit[2], None)
    yield hit


def _blamed(person: Person, flat: Flat, patterns: Patterns) -> Hit | None:
    if found := patterns.harsh_after.match(flat.low, person.end):
        at = found.end()
        offer = say.faulted(found["phrase"], rest(flat, at)) if found["phrase"] and " who " not in found[0] else None
        return "fault_word", person.start, *_offered(offer, person, flat, at, at)
    if person.last in _BLAMED and (before := patterns.blame_before.search(person.before)):
        return "fault_word", person.start - len(before[0]), person.end, None
    if person.kind in ("team", "we") and (broke := patterns.broke_rule.match(flat.low, person.end)):
        return "fault_word", person.start, broke.end(), None
    others = person.kind != "we" or flat.low.startswith(("the ", "our "), person.start)
    if others and (after := patterns.blame_after.match(flat.low, person.end)):
        return _rule(person, "fault_word"), person.start, after.end(), None
    return None


def _judged(person: Person, flat: Flat, patterns: Patterns) -> bool:
    """Whether a name comes right before a harsh word: both are worth a finding, the name and the word."""
    link = _IS.match(flat.low, person.end)
    found = patterns.fault_words.match(flat.low, link.end()) if link else None
    return found is not None and found["hit"] is not None
