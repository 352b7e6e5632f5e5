"""Blame in messages, for a person or for a supplier. A dependency that is only named, and people who found or mended
something, are fine."""

import re
from collections.abc import Iterator
from typing import Final

from incident_console.domain.checks.hedges import BETTER
from incident_console.domain.checks.rules import MessageRules, Rule
from incident_console.domain.checks.text import DETERMINER, Hit, Probe, Sentence, fitting, keys, probe, whole
from incident_console.domain.frozen import frozen


@frozen
class Blames:
    """The words of a pack, compiled."""

    person: tuple[Probe, ...]
    names: tuple[Probe, ...]
    not_names: frozenset[str]
    vendor: tuple[Probe, ...]

    def probes(self) -> tuple[Probe, ...]:
        return (*self.person, *self.names, *self.vendor)


def blames(rules: MessageRules) -> Blames:
    person = rules.rule("blames_person")
    not_names = frozenset(person.words("not_names")) | frozenset(" ".join(rules.words("vendors")).split())
    return Blames(tuple(_persons(rules, person)), tuple(_names(person)), not_names, tuple(_vendors(rules)))


_HAVE: Final = r"(?:(?:has|had|have|may\s+have|must\s+have)\s+)?"
_WRONG: Final = (
    r"[a-z]+(?:ed|ung|ew|ut|oke|ade|id|ran|rote|ent|old)\s+(?:\w+\s+){0,2}?(?:the\s+|an?\s+)(?:wrong|bad|incorrect)\b"
    r"|got\s+(?:[\w-]+\s+){1,3}?wrong\b"
    r"|(?:pushed|deployed|shipped|merged|released|committed|published|uploaded|rolled\s+out)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?"
    r"(?:broken|bad|faulty|buggy|untested|incorrect|invalid|wrong|incomplete)\b"
)
"""Did something to the wrong thing, whatever the verb."""
_BY_ACCIDENT: Final = r"[a-z]+(?:ed|ung|ew|ut|oke|ade|id|ran|ent|pped)\b[^.;:]{0,60}?\bby\s+(?:accident|mistake)\b"
_FIRED: Final = (
    r"(?:has|have|had|was|were|is|will)\s+(?:been\s+|be\s+|being\s+)?(?:reprimanded|fired|dismissed|disciplined|suspended|"
    r"let\s+go|sacked|warned|retrained|spoken\s+to)\b"
)
_KNOWN_BETTER: Final = (
    r"should(?:n't|\s+not)?\s+have\s+(?:known|checked|tested|noticed|caught|read|asked|followed|told|been\s+more|pushed|"
    r"done)\b"
)
_MADE_OR_FAILED: Final = (
    r"made\s+(?:an?\s+)?(?:[\w-]+\s+)?(?:mistake|error)s?\b|failed\s+to\b(?!\s+(?:reproduce|find|identify))"
)
_FAULT: Final = (
    r"(?:fault|mistake|error|blunder|negligence|carelessness|oversight|sloppiness|failure|incompetence|slip)"
)

_MENDED: Final = (
    r"(?![^.;]*\b(?:fix\w*|faulty|failed|failing|bad|broken|affected|problematic|offending|corrupt\w*|mitigat\w+|restor\w+|"
    r"recover\w*|revert\w*|resolv\w+|stale|stuck|limit|hotfix|patch)\b)"
)
"""Nobody is blamed for what they removed to mend things."""
_PAST: Final = (
    r"(?:[a-z]{2,}ed|broke|did|gave|made|ran|cut|took|left|lost|put|set|shut|sent|wrote|forgot|misread|let|chose|drove|fell|slept|"
    r"went|hit|mistook|misunderstood|threw|sold|stole|spilt|overrode|overwrote|tore)"
)


def _lone(rule: Rule, role: str) -> Iterator[Probe]:
    """One person of ours who did something, whatever it was, unless it helped."""
    lone, helped = whole(rule.words("lone")), whole(rule.words("helpful"))
    whence = r"(?:\s+(?:from|of|in|on|at|working)\s+(?:[\w-]+\s+){0,3}?[\w-]+)?"
    did = rf"(?:\w+ly\s+)?(?!{helped}){_PAST}\b(?!\s+(?:by|on|in)\b){_MENDED}"
    yield Probe(
        rf"\b(?:(?:an?|our|the|some|another)\s+(?:(?!no\b)[\w-]+\s+){{0,2}}?(?:{lone}|{role}\s+on\s+(?:duty|call|shift))"
        rf"|one\s+of\s+(?:our|the)\s+(?:[\w-]+\s+){{0,2}}?{role}){whence}(?:\s+who)?\s+{_HAVE}{did}",
        keys(rule.words("lone")) | frozenset({"duty", "shift", "call", "one"}),
    )
    yield Probe(
        r"\b(?:the|that)\s+(?:person|individual|guy|colleague|employee|idiot|one)\s+(?:who|that)\s+"
        rf"(?!(?:reported|noticed|found|contacted|helped|told|alerted)\b){_PAST}\b",
        frozenset({"person", "individual", "guy", "colleague", "employee", "idiot", "one"}),
    )


def _persons(rules: MessageRules, rule: Rule) -> Iterator[Probe]:
    staff = rules.words("staff")
    role = rf"{whole((*staff, *(f'{one}s' for one in staff)))}"
    team = r"(?:the|our)\s+(?!same\b)(?:[\w-]+\s+){1,2}team"
    who = (
        rf"\b(?:{DETERMINER}|the\s+\w+|two|three|both|several)\s+(?:[\w-]+\s+){{0,3}}?{role}(?:\s+on\s+(?:duty|call|shift))?"
        r"(?:\s+(?:who|that)(?:\s+\w+){0,5}?)?"
    )
    body = (
        rf"{whole(rule.words('anybody'))}(?:\s+(?:on|in|at|from)\s+(?:[\w-]+\s+){{0,3}}?"
        r"(?:team|side|company|staff|shift|department|office|it|ops|operations|engineering|support|infrastructure|devops|qa))?"
    )
    one = rf"\b(?:an?|one\s+of\s+(?:our|the)|our|the|some|another)\s+(?:[\w-]+\s+){{0,2}}?{whole(staff)}"
    deeds = rf"{whole(rule.words('deeds'))}{_MENDED}"
    did = rf"(?:{whole(rule.words('faults'))}|{_WRONG}|{_BY_ACCIDENT}|{_KNOWN_BETTER}|{_MADE_OR_FAILED})"
    was = rf"(?:is|are|was|were|being|got)\s+(?:\w+\s+)?{whole(rule.words('careless'))}"
    ours = rf"(?:(?:one\s+of\s+)?our|an?|the|some)\s+(?:[\w-]+\s+){{0,3}}?{role}"
    people = keys((*staff, *(f"{one}s" for one in staff)))
    yield Probe(rf"{who}\s+{_HAVE}(?:then\s+|also\s+)?(?:{did}|{was}|{_FIRED})", people)
    yield Probe(rf"{one}(?:\s+who)?\s+{_HAVE}{deeds}", keys(staff), keys(rule.words("deeds")))
    yield from _lone(rule, role)
    plainly = rf"(?:{whole(rule.words('faults'))}|{_WRONG}|{_BY_ACCIDENT})"
    yield Probe(rf"^{role}(?:\s+(?:at|from|of|in|on)\s+(?:[\w-]+\s+){{0,3}}?[\w-]+)?\s+{_HAVE}{plainly}", people)
    yield Probe(rf"{body}\s+{_HAVE}(?:{did}|{was}|{deeds}|deployed)", keys(rule.words("anybody")))
    yield Probe(rf"^qa\s+{_HAVE}{did}", frozenset({"qa"}))
    yield Probe(
        rf"\b{whole(rule.words('careless'))}\s+(?:[\w-]+\s+)?{role}|{who}(?:'s?\s+(?:own\s+|\w+\s+)?{_FAULT}|\s+(?:typo|oversight|blunder|"
        rf"negligence|carelessness|mistake))\b|"
        rf"\b(?:caused|triggered|introduced|broken|deleted|unplugged|dropped|misconfigured)\s+by\s+{ours}",
        people,
    )
    yield Probe(
        rf"(?:\b(?:an?|the|some)\s+)?(?:[\w-]+\s+)?{whole(rule.words('mistakes'))}\s+(?:made\s+)?(?:by|of|"
        rf"on\s+the\s+part\s+of)\s+(?:{ours}|{team})",
        keys(rule.words("mistakes")),
        frozenset({"by", "of"}),
    )
    yield Probe(rf"\b{team}\s+(?:{whole(rule.words('faults_of_teams'))}|{_WRONG}|{_KNOWN_BETTER})", frozenset({"team"}))
    yield from _accused(ours, team)
    yield probe(rule.words("phrases"))


def _accused(ours: str, team: str) -> Iterator[Probe]:
    """Whose fault it is said to be."""
    yield Probe(
        rf"\b(?:fault|blame)\s+(?:of|on|lies\s+with|is\s+with|rests\s+with)\s+(?:{team}|{ours})|"
        rf"\bblam(?:e|es|ed|ing)\s+(?:{team}|{ours})",
        frozenset({"fault", "blame", "blamed", "blames", "blaming"}),
    )
    yield Probe(
        r"\b(?:person|people|individuals?|employees?|engineers?|those|whoever)\s+(?:who\s+(?:is|was|were|are)\s+)?responsible\b"
        r"(?!\s+for\s+(?!this\b|the\s+(?:outage|incident|mistake|error|failure|change)\b))"
        rf"|\b(?:had|if)\s+(?:{ours}|{team})\s+(?:had\s+)?(?:\w+n't|not|only|tested|checked|followed|read|noticed|paid)\b",
        frozenset({"responsible", "if", "had"}),
    )


def _names(rule: Rule) -> Iterator[Probe]:
    """Somebody by name. Single capitals also start sentences, so only what nobody says of a program."""
    faults, helped = rule.words("faults_of_names"), whole(rule.words("helpful"))
    blames = ("blame", "blames", "blamed", "fault", "mistake", "negligence", "carelessness", "blunder", "wrong", "who")
    did = (
        rf"(?:(?i:{whole(faults)})|(?:pressed|clicked|typed|entered|pulled|unplugged|switched|turned|selected|edited|rebooted|"
        r"deleted|removed|restarted)\s+(?:\w+\s+)?the\s+wrong)"
    )
    yield Probe(
        rf"(?<![\w@])(?:(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)"
        rf"(?:\s+(?:from|on|in)\s+(?:[\w-]+\s+){{0,3}}?[\w-]+)?(?:\s+(?:has\s+|had\s+)?{did}|"
        r",\s+who\s+(?:did\s+not|didn't|failed|forgot|ignored|had\s+not)|'s\s+(?:own\s+)?(?:fault|mistake|negligence|"
        r"carelessness|blunder))|[Bb]lam(?:e|es|ed)\s+(?:(?:it|this)\s+on\s+)?(?P<whom>[A-Z][a-z]+))",
        keys(faults, blames),
    )
    yield Probe(
        r"\b(?:fault|mistake|error|negligence)\s+(?:of|by|made\s+by|was\s+made\s+by)\s+(?P<name>[A-Z][a-z]+)(?![\w-])",
        frozenset({"fault", "mistake", "error", "negligence"}),
        frozenset({"of", "by"}),
    )
    yield Probe(
        rf"(?P<name>(?i:{whole(rule.words('first_names'))})(?:\s[A-Z][a-z]+)?)"
        rf"(?:,?\s+(?:from|on|in|of)\s+(?:[\w-]+\s+){{0,4}}?[\w-]+,?)?\s+(?:has\s+|had\s+)?(?!{helped}){_PAST}\b"
        rf"(?!\s+(?:by|in|on)\b){_MENDED}",
        keys(rule.words("first_names")),
    )
    yield Probe(
        rf"(?P<name>(?i:{whole(rule.words('first_names'))})(?:\s[A-Z][a-z]+)?)"
        rf"(?:,?\s+(?:from|on|in|of)\s+(?:[\w-]+\s+){{0,4}}?[\w-]+,?)?\s+(?:has\s+|had\s+)?(?:{_WRONG})",
        keys(rule.words("first_names")),
    )


_FAULT_OF_OURS: Final = "a fault on our side"


def blames_person(sentence: Sentence, words: Blames) -> Iterator[Hit]:
    """At most one blamed person in a sentence."""
    for each in fitting(words.person, sentence):
        if match := each.pattern.search(sentence.low):
            swap = re.search(
                r"\b(?:mistake|error|\w+ness|oversight|negligence)\s+(?:made\s+)?(?:by|on)\b|error$", match[0]
            )
            instead = _FAULT_OF_OURS if swap and "caused" not in match[0] else None
            yield Hit("blames_person", *match.span(), instead)
            return
    for each in fitting(words.names, sentence):
        for found in each.pattern.finditer(sentence.original):
            named = found["name"] or found["whom"]
            if named[0].isupper() and named.lower().split()[0] not in words.not_names:
                yield Hit("blames_person", *found.span())
                return


_STILL: Final = (
    r"(?:,?\s+who)?(?:\s+(?:has|have|had|is|are|was|were|did|does|do|once|yet|again|more|still|simply|clearly|just|really|completely|"
    r"totally|unfortunately|obviously|repeatedly|,|\w+ly)){0,4}"
)
_CANNOT: Final = (
    r"(?:can't|cannot|can\s+not|couldn't|could\s+not|won't|doesn't|does\s+not|didn't|did\s+not|failed|fails|failing|unable|"
    r"incapable|refuses?|refused|not\s+able|hasn't|has\s+not|haven't)"
)
_ITS_JOB: Final = (
    r"(?:to\s+|of\s+)?(?:(?:keep|keeping|maintain|maintaining|fix|fixing|manage|managing|get|getting|run|running|protect|"
    r"secure|test|honou?r|do|doing|patch|monitor|resolve|repair|solve)\s+(?:its|their|the\s+(?:power|lights|job)|them|even)\b|bother\w*|"
    r"be\s+bothered|(?:act|cooperate|care)\b)"
)
_POOR: Final = (
    r"(?:sloppy|poor|bad|terrible|careless|shoddy|unreliable|incompetent|negligent|botched|lousy|reckless|repeated|awful|weak|"
    r"lax|amateurish|chronic|constant)"
)

_DOING: Final = "".join(rf"(?<!\b{word}\s)" for word in ("with", "at", "from", "by", "in", "of", "on", "to"))
"""“A problem with our provider caused …” does not say that the provider did."""


def _vendors(rules: MessageRules) -> Iterator[Probe]:
    rule = rules.rule("blames_vendor")
    kinds = (*rules.words("suppliers"), *(f"{one}s" for one in rules.words("suppliers")))
    supplier = rf"(?:\b{DETERMINER}\s+(?:[\w-]+\s+){{0,3}}?{whole(kinds)}|{whole(rules.words('vendors'))})"
    somebody = keys(rules.words("vendors"), kinds)
    mistakes = whole(rule.words("mistakes"))
    yield Probe(rf"\b{_DOING}{supplier}{_STILL}\s+{whole(rule.words('faults'))}", keys(rule.words("faults")), somebody)
    yield Probe(
        rf"\b{_DOING}{supplier}(?:[^.;]{{0,40}}?\band\s+(?:they|it|then|again)\s+(?:have\s+|has\s+)?"
        rf"{whole(rule.words('faults'))}|{_STILL}\s+(?:not\s+bothered|let\s+(?:[\w']+\s+){{1,3}}down\b|"
        rf"{_CANNOT}\s+{_ITS_JOB}|left\s+us\b|"
        rf"(?:keeps?|kept|continues?\s+to|continued\s+to)\s+(?:let|break|fail|disappoint|go)\w*|(?:being|been)?\s*"
        rf"(?:\w+\s+)?{whole(rules.rule('blames_person').words('careless'))}|delivered\s+(?:defective|broken|bad|faulty)|"
        rf"(?:useless|hopeless|unreliable|broken\s+again|down\s+again)))"
        rf"|\b{supplier}(?:{_STILL}\s+(?:shipped|released|pushed|deployed|rolled\s+out)\s+(?:an?\s+)?(?:broken|bad|buggy|"
        rf"untested|botched|half-baked)\b|'s?\s+(?:own\s+)?(?:fault|mistake|blunder|oversight|negligence|\w*lessness|"
        rf"incompetence|sloppiness|screw-up|failings|(?:inability|unwillingness)\s+{_ITS_JOB}|problem,?\s+not\s+ours|{_POOR}\s+\w+))",
        somebody,
    )
    yield Probe(
        rf"(?:\b(?:an?|the|some)\s+)?(?:[\w-]+\s+)?{mistakes}\s+(?:(?:made\s+)?by|on\s+the\s+part\s+of)\s+{supplier}"
        rf"|\b(?:incompetence|negligence|carelessness|sloppiness|blunder|unreliability)\s+(?:of|at)\s+{supplier}",
        keys(rule.words("mistakes"), ("unreliability", "sloppiness")),
        frozenset({"by", "of", "at"}),
    )
    yield Probe(
        rf"\b(?:thanks\s+to|(?:can|may|should)\s+thank|the\s+fault\s+of|fault\s+of|at\s+the\s+mercy\s+of|"
        rf"blame(?:d|s)?(?:\s+(?:this|it|that))?(?:\s+on)?|"
        rf"(?:blame|fault|responsibility)\s+(?:is|lies|rests|falls|sits|goes|belongs)(?:\s+\w+){{0,2}}?\s+(?:with|on|to|at)|"
        rf"(?:complain|complaints?|frustration|anger|questions?)\s+(?:\w+\s+)?(?:to|at)|take\s+(?:it|this)\s+up\s+with|"
        rf"(?:only|just)\s+as\s+good\s+as|if\s+only)\s+{supplier}"
        rf"|\bif\s+{supplier}\s+(?:did|had|would|could|were)\b|{supplier}\s+to\s+(?:thank|blame)\b",
        somebody,
    )
    yield probe(rule.words("phrases"))


_RECOVERED: Final = re.compile(r"thanks\s+to.*")


def blames_vendor(sentence: Sentence, words: Blames) -> Iterator[Hit]:
    """At most one blamed supplier in a sentence."""
    for each in fitting(words.vendor, sentence):
        match = each.pattern.search(sentence.low)
        if match and not (_RECOVERED.match(match[0]) and re.search(BETTER, sentence.low)):
            swap = re.match(r"an?\s+(?:[\w-]+\s+)?\w+\s+(?:made\s+)?(?:by|on)\b", match[0])
            yield Hit("blames_vendor", *match.span(), "a problem at a service that we depend on" if swap else None)
            return
