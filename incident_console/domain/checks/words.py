"""Single words and signs in messages: jargon, minimising, vague stories, fields left empty, details for insiders."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from incident_console.domain.checks.rules import MessageContext, MessageRules, Rule
from incident_console.domain.checks.text import Hit, Probe, Sentence, either, fitting, keys, lowered, probe, whole
from incident_console.domain.frozen import frozen

_SIGNS: Final = (
    r"\{\{[^{}\n]{0,80}\}\}|(?<![\w/}])\{[a-z][a-z_ ]{1,40}\}(?!/)|\$\{[a-z_]\w{0,40}\}|"
    r"(?<![\w$])\$[a-z_][a-z_]{1,40}\b|"
    r"(?<![\w-])(?:[Xx?]{2}|[_]{2}):(?:[Xx?]{2}|[_]{2})(?![\w])|\bhh:mm\b|(?<![\w-])"
    r"X{2,}(?:\.X+)?(?![\w-])|(?<!\w)_{3,}(?!\w)|(?<!\w)\?{3,}(?!\w)|"
    r"\bYYYY-MM-DD\b|(?<!\w)%\([a-z_]{1,40}\)s|(?<!\w)%[A-Z][A-Z_]{1,30}%|@@\w{2,30}@@|(?<=[A-Za-z]-)#{2,}|"
    r"(?<=[\s:])#{3,}(?=\s*$|[.,;])|"
    r"(?<=[:\s])TK\b|<%=?[^%\n]{1,40}%>|\[\s*\.{2,}\s*\]|<[A-Z]{1,12}>|<[a-z]+(?:[ _-][a-z]+){1,4}>|"
    r"(?<![\w.])(?:[NX](?:%|\s(?:minutes|hours|percent)\b)|N\s(?:users|customers|requests|accounts)\b)|"
    r"\bHH:MM\b"
)
_ASKED: Final = r"(?:insert|enter|add|your|fill|describe|specify|state|choose|select|explain|put|list)"
_TEST: Final = re.compile(
    r"[{$_%<@\[?XxN#THY:(](?:(?<=[{$_%<@\[])|(?<=\?)\?|(?<=[Xx])[Xx:]|(?<=[NX])[%\s]|(?<=#)#|(?<=T)K\b|(?<=H)H:|(?<=Y)YYY|"
    r"(?<=[:(])\s*(?i:to be|fill|add|please|not filled|describe|enter|your|insert|specify))"
)
"""A sign of a field: the patterns for fields are slow. It starts with one set of signs, which is looked for quickly."""


@frozen
class Signs:
    """The words of a pack, compiled."""

    plain: tuple[tuple[Rule, Probe], ...]
    minimising: tuple[Probe, ...]
    vague_story: tuple[Probe, ...]
    fields: re.Pattern[str]
    field_words: Probe
    insiders: re.Pattern[str]
    inside_words: Probe
    not_handles: frozenset[str]

    def probes(self) -> tuple[Probe, ...]:
        plain = (each for _, each in self.plain)
        return (*plain, *self.minimising, *self.vague_story, self.field_words, self.inside_words)


def signs(rules: MessageRules) -> Signs:
    missing, story, inside = (rules.rule(name) for name in ("missing_field", "vague_story", "internal_detail"))
    held, to_come = either(missing.words("inside_brackets")), either(missing.words("to_come"))
    brackets = (
        rf"(?i:[:(]\s*{to_come}\b(?=[^\n.:;]{{0,30}}(?:$|[\n.)]))|\((?:insert|fill\s+in|describe|specify)\s[^)\n]{{0,40}}\)|"
        rf"(?<!field\s)(?<!column\s)(?<!option\s)(?<!button\s)(?<!tag\s)\[(?=[^\][\n]{{1,70}}\])(?:{_ASKED}\b[^\][\n]{{0,60}}|"
        rf"missing\b[^\][\n]{{0,60}}|{held}|"
        rf"(?:[\w'-]+ ){{1,3}}(?:name|time|date|number|description|link|url|here|duration)|"
        rf"[^\][\n]{{0,50}}\bmissing|[^\][\n]{{2,50}}\?)\]|<(?:(?:insert|enter|add|your|fill)\b[^>\n]{{0,60}}|"
        rf"(?:[\w'-]+[ _-]){{0,3}}{held})>)"
    )
    return Signs(
        tuple((rule, probe(word for word, _ in rule.plain)) for rule in map(rules.rule, ("jargon", "minimising"))),
        tuple(_little(rules.rule("minimising"))),
        tuple(_stories(story)),
        re.compile(f"{_SIGNS}|{brackets}(?!\\()"),
        probe(missing.words("words")),
        re.compile("|".join(f"(?:{each})" for each in inside.words("patterns"))),
        probe(inside.words("words")),
        frozenset(inside.words("not_handles")),
    )


def plain_words(sentence: Sentence, words: Signs) -> Iterator[Hit]:
    """Jargon and minimising, each with the plain words that can stand there."""
    for rule, each in words.plain:
        for match in each.pattern.finditer(sentence.low) if each.fits(sentence) else ():
            phrase = " ".join(match[0].split())
            severity = "hint" if phrase in rule.words("softer") else None
            instead = dict(rule.plain)[phrase]
            if sentence.original[match.start()].isupper() and match.start() == 0:
                instead = instead[:1].upper() + instead[1:]
            yield Hit(rule.name, match.start(), match.end(), instead or None, severity)


def _little(rule: Rule) -> Iterator[Probe]:
    """“Only a short delay”, “just a few minutes of downtime”, and what makes little of it wherever it stands."""
    small, troubles = rule.words("small"), whole(rule.words("troubles"))
    only = r"(?:just|only|merely|simply|nothing\s+(?:more|but)(?:\s+than)?|no\s+more\s+than|not\s+more\s+than)"
    yield Probe(
        rf"\b(?:is|was|are|were|it's|this|had|have|been|with|for|luckily|fortunately|thankfully|experienced|saw)\s+{only}\s+"
        rf"(?:an?\s+|of\s+|some\s+)?(?:{whole(small)}\s+){{1,2}}(?:of\s+)?(?:\w+\s+)?{troubles}"
        rf"|^(?:just|merely|simply)\s+(?:an?\s+|some\s+)?(?:{whole(small)}\s+){{1,2}}(?:\w+\s+)?{troubles}"
        rf"|\b(?:luckily|fortunately|thankfully),?\s+(?:it\s+(?:is|was)\s+)?(?:just|only|very\s+few|few)\b",
        keys(small) | frozenset({"luckily", "fortunately", "thankfully"}),
    )
    yield probe(rule.words("phrases"))


def minimising(sentence: Sentence, words: Signs) -> Iterator[Hit]:
    """Words that make little of it, where no plain words are known that could stand there."""
    for each in fitting(words.minimising, sentence):
        for match in each.pattern.finditer(sentence.low):
            yield Hit("minimising", *match.span())


def _stories(rule: Rule) -> Iterator[Probe]:
    everything = either(rule.words("everything"))
    now = (
        rf"(?=\s+(?:(?:with|in|on|at)\s+{everything}(?=\s*(?:[.,;:!?)]|$)|\s+(?:and|but|which|that|right|at|today|now|currently|"
        rf"is|are|has|have|was|were|so|this)\b)|at\s+(?:the|this)\s+(?:moment|time|point)|right\s+now|"
        r"on\s+our\s+(?:side|end|part))\b)"
    )
    after = rf"(?:{now}|(?!\s+(?:[\w-]+\s+)?(?:{whole(rule.words('said_after'))})))"
    said = rule.words("phrases")
    yield Probe(rf"(?<![\"“'‘]){whole(said)}(?![”\"]){after}", keys(said))
    having, somehow = rule.words("having"), rule.words("somehow")
    kind = (
        r"(?:(?:some|a\s+bit\s+of|a\s+few|several|various|a\s+number\s+of|multiple|"
        r"unexpected|unforeseen|technical|minor|major|serious|few|temporary|general)\s+){0,3}"
    )
    yield Probe(
        rf"(?<![\w-])there\s+(?:is|are|was|were|have\s+been|(?:seems?|appears?)\s+to\s+be)\s+(?:(?:currently|still|now|again|just|"
        rf"presently|unfortunately)\s+)?{kind}{whole(somehow)}{after}",
        keys(somehow),
        frozenset({"there"}),
    )
    yield Probe(
        rf"(?<![\w-]){either(rule.words('everything'))}\s+(?:(?:is|are|have|has|had|may|might|be|been|currently|still|now|"
        rf"again|presently|also|unfortunately|just)\s+){{0,4}}?{whole(having)}\s+{kind}{whole(somehow)}{after}",
        keys(somehow),
    )


def vague_story(sentence: Sentence, words: Signs) -> Iterator[Hit]:
    """At most one place in a sentence that tells of trouble and not of what."""
    for each in fitting(words.vague_story, sentence):
        match = each.pattern.search(sentence.low)
        if match:
            yield Hit("vague_story", *match.span())
            return


def missing_fields(sentence: Sentence, words: Signs) -> Iterator[Hit]:
    """Every field that waits for its value."""
    if _TEST.search(sentence.original) or "mm" in sentence.words:
        for match in words.fields.finditer(sentence.original):
            yield Hit("missing_field", match.start(), match.end())
    for match in words.field_words.pattern.finditer(sentence.low) if words.field_words.fits(sentence) else ():
        yield Hit("missing_field", match.start(), match.end())


_HANDLE: Final = re.compile(
    r"(?<![\w@/.])@([A-Za-z][\w.-]{1,38}\w)(?![\w/@]|\s+(?:organi[sz]ation|org|namespace|"
    r"scope|package|account|mention|tag)\b)"
)
_PUBLIC: Final = re.compile(r"\b(?:follow|twitter|tweet|mastodon|bluesky|x\.com|dm|social)\b")
_FOR_ALL: Final = re.compile(r"status|support|help|care|ops$|official|news|api|dev$", re.IGNORECASE)


def insiders(sentence: Sentence, words: Signs, context: MessageContext) -> Iterator[Hit]:
    """What only insiders need: hosts, addresses, traces, tickets, handles, and people who are known by name."""
    for match in words.insiders.finditer(sentence.original) if _is_telling(sentence) else ():
        if not (_NUMBERED.fullmatch(match[0]) and _PRINTED.search(sentence.low, 0, match.start())):
            yield Hit("internal_detail", match.start(), match.end())
    for match in words.inside_words.pattern.finditer(sentence.low) if words.inside_words.fits(sentence) else ():
        yield Hit("internal_detail", match.start(), match.end())
    for match in _HANDLE.finditer(sentence.original) if "@" in sentence.original else ():
        if (
            match[1].lower() not in words.not_handles
            and not _FOR_ALL.search(match[1])
            and not _PUBLIC.search(sentence.low)
        ):
            yield Hit("internal_detail", match.start(), match.end())
    if context.people:
        yield from _named(sentence, context.people)


def _named(sentence: Sentence, people: tuple[str, ...]) -> Iterator[Hit]:
    known = _people(people)
    for match in known.pattern.finditer(sentence.original) if not known.keys.isdisjoint(sentence.words) else ():
        yield Hit("internal_detail", match.start(), match.end())


@lru_cache(maxsize=8)
def _people(names: tuple[str, ...]) -> Probe:
    """Any of the names that is long enough to be one."""
    known = [name for name in names if len(name) > 1]
    return Probe(whole(known) if known else "(?!)", keys(map(lowered, known)))


_NUMBERED: Final = re.compile(r"[A-Z]{2,8}-\d+")
_PRINTED: Final = re.compile(r"\b(?:error|code|flight|model|order|invoice|product|article|form|part)s?\s+$")
"""What is numbered like a ticket and printed for everybody to see."""
_TELLING: Final = re.compile(
    r"[\d_./=#A-Z](?:(?<=[A-Za-z]\d)|(?<=[A-Za-z][_-]\d)|(?<=\w[._])\w|(?<=/)\w|(?<=[=#])|(?<=[A-Z])[A-Z]{3}|"
    r"(?<=\d)(?:\d{4}|[A-Za-z_]\w{4})|(?<=\w{5}\d)[a-f])"
)
"""A sign that must be in a sentence before a pattern is tried on it: that keeps ordinary text quick."""
_COMMANDS: Final = frozenset(
    ("ssh", "kubectl", "svc", "systemctl", "docker", "helm", "psql", "pid", "traceback", "flag", "flags")
)


def _is_telling(sentence: Sentence) -> bool:
    if not _COMMANDS.isdisjoint(sentence.words) or _TELLING.search(sentence.original):
        return True
    return "Error: " in sentence.original or "Exception" in sentence.original
