"""Guesses at a cause in messages. A cause that is stated as known, an open question and a description of what readers
may see are fine."""

import re
from collections.abc import Iterator
from typing import Final

from incident_console.domain.checks.hedges import ACTIVE, ADJECTIVES, BETTER, Parts, parts_of
from incident_console.domain.checks.rules import MessageRules
from incident_console.domain.checks.text import DETERMINER, Hit, Probe, Sentence, either, fitting, keys, probe, whole

_MIDDLE: Final = r"(?:(?:to|have|been|be|is|was|in\s+part|partly|partially|directly|at\s+least|simply|itself)\s+){0,4}"
_COPULA: Final = (
    r"(?:'s|is|are|was|were|may\s+be|might\s+be|could\s+be|to\s+be|may\s+have\s+been|might\s+have\s+been|"
    r"could\s+have\s+been|has\s+been|must\s+be)(?:\s+(?:probably|likely|possibly|most\s+likely|currently|now))?"
)
_MAYBE: Final = (
    r"(?:(?:may|might|could|must)\s+(?:well\s+)?(?:be|have\s+been)|(?:may|might|could)\s+(?:well\s+)?turn\s+out\s+to\s+be|"
    r"(?:looks|seems|sounds)\s+like(?:\s+(?:it's|it\s+is|it\s+was|there\s+is))?|"
    r"(?:seems|appears|looks)\s+to\s+(?:be|have\s+been)|"
    r"(?:is|was|'s)\s+(?:most\s+|very\s+)?(?:probably|likely|possibly|maybe|perhaps|presumably))(?:\s+(?:with|in|from|on))?"
)
_NOT: Final = re.compile(
    r"n't\s+(?:[\w-]+\s+){0,3}$|\b(?:not|no|whether|never|if|unlikely|no\s+indication\s+that)\s+(?:[\w-]+\s+){0,5}$"
)
_YOURS: Final = re.compile(r"\b(?:your|you)\s+(?:[\w-]+\s+){0,6}$")
_YOUR_SIDE: Final = re.compile(r"\s+(?:(?:[\w-]+\s+){1,4}?(?:on|in|of|with|at)\s+)?your\b")
_PERHAPS: Final = (
    r"(?:probably|maybe|perhaps|possibly|most\s+likely|very\s+likely|more\s+than\s+likely|quite\s+likely|quite\s+possibly|presumably|supposedly|apparently|conceivably|"
    r"it(?:'s|\s+is)\s+(?:\w+\s+)?(?:possible|likely|probable|conceivable|plausible)\s+that|"
    r"in\s+all\s+(?:likelihood|probability)|(?:there(?:'s|\s+is)\s+)?a\s+(?:good|fair|high|strong)\s+chance(?:\s+that)?)"
)
_PERHAPS_KEYS: Final = frozenset(
    [
        "probably",
        "maybe",
        "perhaps",
        "possibly",
        "likely",
        "possible",
        "probable",
        "plausible",
        "conceivable",
        "presumably",
        "supposedly",
        "apparently",
        "conceivably",
        "likelihood",
        "probability",
        "chance",
    ]
)


def causes(rules: MessageRules) -> tuple[Probe, ...]:
    """Every way to guess at a cause, compiled."""
    return tuple(_guesses(rules))


def _guesses(rules: MessageRules) -> Iterator[Probe]:
    """Every way to guess: with a hedge before a cause, as a thought, by the look of it, or as the likely cause."""
    words, parts = rules.rule("speculation").words, parts_of(rules)
    yield Probe(rf"{whole(words('hedges'))}\s+{_MIDDLE}{parts.causal}", keys(words("hedges")), keys(words("causal")))
    yield from _thoughts(parts, whole(words("causes")))
    yield from _looks(parts)
    yield from _perhaps(parts)
    yield from _likely_causes()
    yield from _first_signs(parts)
    yield from _maybe_guilty(parts, whole(words("effects")))
    yield from _hearsay(parts)
    yield probe(words("phrases"))


_THOUGH: Final = (
    r"(?:\s+(?!identified\b|found\b|determined\b|what\b|which\b|that\s+caused\b|fix\b|resolved\b|addressed\b|mitigat|"
    r"isolated\b|whether\b|know\b|understand)[\w'/-]+){1,10}?"
)
"""What may stand between a thought and what it takes for the cause; not what tells of a finding."""


def _thoughts(parts: Parts, cause: str) -> Iterator[Probe]:
    """“We believe …”, about a cause and not about how things are."""
    think, thing, subject = parts.think, parts.thing, parts.subject
    yield Probe(
        rf"{think}\s+(?:that\s+)?{subject}\s*{_COPULA}\s+"
        rf"(?:{_MIDDLE}{parts.causal}|(?:with\s+|in\s+|from\s+|at\s+)?{thing})"
        rf"|{think}\s+(?:(?:is|was|to\s+be|may\s+be|might\s+be)\s+|{parts.causal}\s+){thing}",
        parts.thinking,
    )
    yield Probe(
        rf"\b(?:we|i|team|engineers)\s+(?:currently\s+|now\s+|strongly\s+|also\s+)?suspects?\s+"
        rf"(?!(?:that\s+)?(?:some|users|customers|you|fewer|more)\b)(?!(?:(?!\band\b|\bbut\b)[^,;])*\b{BETTER}\b)"
        rf"(?:(?:that\s+)?(?:{DETERMINER}|it|this|there|{cause})\b(?:\s+{ADJECTIVES}{cause})?|[\w-]+[.]?$)",
        frozenset({"suspect", "suspects"}),
    )
    strong = r"(?:(?:caused|triggered)\s+by|due\s+to|because\s+of|(?:a|the)\s+result\s+of|stemming\s+from|related\s+to)"
    yield Probe(
        rf"{think}\s+(?:that\s+)?(?:[\w'-]+\s+){{1,5}}?(?:is|are|was|were|may\s+be|might\s+be)\s+(?:\w+ly\s+)?"
        rf"{strong}(?![\w-])",
        parts.thinking,
        frozenset({"caused", "due", "because", "result", "triggered", "stemming", "related"}),
    )
    yield Probe(rf"{think}{_THOUGH}\s+{parts.guilty}(?![\w-])", parts.thinking, parts.guilts)
    yield Probe(
        rf"{think}\s+(?:is|was|to\s+be|may\s+be|may\s+have\s+been|might\s+be|could\s+be)\s+(?:the\s+)?(?:root\s+)?"
        rf"(?:cause|culprit|reason|source|causing|contributing|responsible|behind)\b"
        rf"|{think}\s+(?:may\s+have\s+|might\s+have\s+)?(?:caused|triggered)\b"
        rf"|{think}\s+(?:that\s+)?{subject}\s+(?:has|had|may\s+have|might\s+have)\s+(?:something\s+)?to\s+do\s+with\b",
        parts.thinking,
    )


_ILL: Final = (
    r"(?:(?:is|are|was|were|has|have|had)\s+(?:having\s+|seeing\s+|an?\s+|some\s+)*(?:problems?|issues?|troubles?|outages?)|"
    r"(?:has|have|is|are|was|were|had)\s+(?:\w+\s+)?(?:died|failed|broken|crashed|down|full|overloaded|misbehaving|faulty|"
    r"corrupt\w*|at\s+capacity|stuck|hung|wrong|misconfigured)|failed|crashed|broke|died|filled\s+up|ran\s+out|went\s+down)"
)


def _looks(parts: Parts) -> Iterator[Probe]:
    """“It looks like …”, “this might be …”."""
    seems = (
        r"\b(?:it\s+)?(?:looks|seems|appears|sounds|would\s+appear|would\s+seem)\s+"
        r"(?:like\s+|that\s+|as\s+(?:if|though)\s+)?"
    )
    seem = frozenset({"looks", "seems", "appears", "sounds", "appear", "seem"})
    yield Probe(
        rf"{seems}(?:{parts.subject}\s*{_COPULA}\s+{_MIDDLE}{parts.causal}|(?:someone|somebody)\s+\w+(?:ed|an)\b)",
        seem,
    )
    yield Probe(
        rf"{seems}(?!your\b)(?:[\w'-]+\s+){{1,5}}?(?:has\s+|have\s+|had\s+)?(?:(?:ran|run)\s+out\s+of|filled\s+up|overflowed|"
        r"expired|(?:was|were|is|are|got)\s+overloaded)\b",
        seem,
        frozenset({"out", "filled", "overflowed", "expired", "overloaded"}),
    )
    yield Probe(
        rf"{seems}(?:{parts.subject}\s*{_COPULA}\s+(?:with\s+|in\s+|from\s+|at\s+)?{parts.thing}"
        rf"|{parts.thing}\s+(?:(?:is|are|was|were|has|have)\s+)?(?:{parts.guilty}|{_ILL})\b)|\b(?:looks|seems|sounds)\s+like\s+{parts.thing}"
        rf"|\b(?:may|might|could)\s+(?:well\s+)?be\s+that\s+{parts.thing}|^(?:could|might|may|must)\s+(?:well\s+)?be\s+{parts.thing}",
        seem | {"may", "might", "could"},
        parts.nouns,
    )
    yield Probe(
        rf"\b{parts.subject}\s*{_MAYBE}\s+{parts.thing}",
        frozenset(["may", "might", "could", "must", "looks", "seems", "sounds", "appears", "is", "was", "s"]),
        parts.nouns,
    )


def _perhaps(parts: Parts) -> Iterator[Probe]:
    """“Probably a cable”, “perhaps the rules block requests”, “a good chance that a disk triggered it”."""
    yield Probe(rf"{parts.think}\s+(?:that\s+)?{parts.thing}\s+{_ILL}\b", parts.thinking, parts.nouns)
    yield Probe(
        rf"{_PERHAPS},?\s+(?:(?:that|it's|it\s+is|this\s+is)\s+)?{parts.thing}(?:\s+{_ILL}\b|[.]?$)"
        rf"|{parts.noun}\s+(?:is|are|was|were|has|have)\s+{_PERHAPS}\s+(?:\w+ed|down|full|broken|faulty|wrong|slow|failing)\b",
        _PERHAPS_KEYS,
        parts.nouns,
    )
    yield Probe(
        rf"{ACTIVE}(?<![\w-]){_PERHAPS},?\s+(?:(?=(?:{DETERMINER})\b){parts.thing}|(?:because|due\s+to)\b"
        rf"|(?:[\w'/-]+\s+){{0,6}}?{parts.guilty}(?![\w-]))",
        _PERHAPS_KEYS,
    )


_HEARD: Final = r"(?:believed|thought|suspected|assumed|presumed|rumou?red)"


def _hearsay(parts: Parts) -> Iterator[Probe]:
    """“A leak is believed to be the cause”, “the timing suggests that it is responsible”, “(likely a power outage)”."""
    yield Probe(
        rf"\b(?:is|are|was|were|being)\s+(?:\w+ly\s+)?{_HEARD}\s+(?:to\s+(?:be|have\s+been)\s+(?:\w+ly\s+)?{parts.guilty}|"
        rf"to\s+be\s+(?:behind|causing|triggering|breaking|blocking)\b|"
        rf"to\s+have\s+(?:caused|triggered|broken|provoked|led\s+to|set\s+off|started)\b|"
        rf"of\s+(?:causing|triggering|breaking|provoking|being\s+behind))",
        frozenset(("believed", "thought", "suspected", "assumed", "presumed", "rumored", "rumoured")),
    )
    yield Probe(
        rf"\bsuggest(?:s|ing)\s+(?:that\s+)?(?:(?:[\w'/-]+\s+){{0,8}}?{parts.guilty}(?![\w-])|{parts.thing}\s+{_ILL}\b)",
        frozenset({"suggests", "suggesting"}),
        parts.guilts | parts.nouns,
    )
    so_far = (
        r"(?:in\s+our\s+(?:opinion|view|estimation)|as\s+far\s+as\s+we\s+(?:can\s+tell|know)|to\s+our\s+knowledge|"
        r"from\s+what\s+we\s+(?:can\s+)?(?:see|know|tell)|at\s+first\s+(?:glance|sight))"
    )
    yield Probe(
        rf"\b{so_far},?\s+(?:(?!no\b|not\b|none\b|nothing\b|nobody\b)[\w'/-]+\s+){{0,10}}?(?:{parts.guilty}|{parts.causal})(?![\w-])",
        frozenset({"opinion", "view", "estimation", "tell", "know", "knowledge", "see", "glance", "sight"}),
    )
    yield Probe(
        rf"(?:(?<=\()|(?<=[,–—-]\s))(?:most\s+|very\s+|quite\s+|again\s+)?(?:likely|probably|possibly|presumably|perhaps|maybe)\s+"
        rf"(?:because\s+of\s+|due\s+to\s+)?{parts.thing}\s*(?=[).]|$)",
        _PERHAPS_KEYS,
        parts.nouns,
    )


def _likely_causes() -> Iterator[Probe]:
    """“The likely cause is …” where one is named."""
    likely = ("probable", "likely", "suspected", "possible", "potential", "presumed", "apparent", "plausible")
    named = (
        r"(?!\s+(?:now\s+|still\s+|not\s+)?(?:been|be|being|known|identified|found|isolated|determined|unclear|"
        r"unknown|under|not|reviewed|looked)\b)"
    )
    yield Probe(
        rf"\b{either(likely)}\s+(?:root\s+)?(?:cause|culprit|reason|source|trigger|explanation)"
        rf"(?:\s+(?:of|for|behind)\s+[^.;:,]{{0,60}}?)?(?:\s*:|\s+(?:is|was|being|seems|appears|could|may|might)\b){named}",
        frozenset(likely),
    )
    yield Probe(
        r"\b(?:root\s+cause|cause|culprit|reason|trigger)\s+(?:may|might|could|must)\s+(?:well\s+)?"
        r"(?:be|have\s+been|lie|turn\s+out)\b(?!\s+(?:\w+\s+)?(?:known|identified|found|isolated|determined|clear|shared)\b)",
        frozenset({"cause", "culprit", "reason", "trigger"}),
    )


def _first_signs(parts: Parts) -> Iterator[Probe]:
    """What early signs are said to point to, and what it is said to be like."""
    early = (
        r"(?:early|initial|preliminary|first)\s+(?:indications?|signs?|findings?|analysis|investigations?|evidence|data|"
        r"results?|diagnosis)\s+(?:\w+\s+)?(?:suggests?|points?|hints?)\b"
    )
    first = r"(?:early|initial|preliminary|first)\s+(?:analysis|investigations?|findings|diagnosis|results?|checks)"
    signs = (
        r"(?:signs|signals|evidence|indications|indicators|logs|metrics|data|everything|symptoms|fingers)\s+"
        r"(?:we(?:'ve|\s+have)?\s+(?:seen|see|found|know|collected)\s+)?(?:so\s+far\s+|right\s+now\s+)?"
        r"(?:points?|pointing|hints?|suggests?)\s+(?:to|at|towards?)\b"
    )
    good = (
        r"(?!.*\b(?:recover\w*|improv\w+|working|success\w*|effective|stabili\w+|healthy|normal|users|customers|impact\w*|"
        r"limited|only|isolated)\b)"
    )
    yield Probe(
        rf"\b(?:{early}|{signs}){good}|\b{first}\s+indicates?\s+(?:that\s+)?{parts.thing}|\b(?:consistent\s+with|point(?:s|ing)?\s+towards?)\s+{parts.thing}"
        rf"|\b(?:signs|evidence|logs|metrics|data|symptoms)\s+(?:indicates?|suggests?)\s+(?:that\s+)?{parts.thing}"
        rf"|\bthere\s+(?:may|might|could|must)\s+(?:be|have\s+been)\s+{parts.thing}",
        frozenset(
            [
                "early",
                "initial",
                "preliminary",
                "first",
                "points",
                "pointing",
                "point",
                "hint",
                "hints",
                "suggest",
                "suggests",
                "consistent",
                "indicate",
                "indicates",
                "there",
            ]
        ),
    )


_SEEN: Final = (
    r"(?:an?\s+)?(?:some|users?|customers?|requests?|delays?|delayed|errors?|failures?|timeouts?|intermittent|elevated|increased|"
    r"slow\w*|degraded|incorrect|duplicate|missing|temporary|brief|small|certain|disruptions?)\b"
)
"""“May have caused delays” says what readers may have seen; it does not guess at why."""


def _maybe_guilty(parts: Parts, effects: str) -> Iterator[Probe]:
    """“A router could have caused …”, “the update might be behind this”, “the rotation seems to have broken …”."""
    maybe = r"(?:may|might|could|must)\s+(?:well\s+|also\s+|actually\s+)?"
    lead = rf"{parts.noun}(?:\s+[\w'-]+){{0,3}}?\s+"
    hedged = frozenset({"may", "might", "could", "must", "seems", "seem", "appears", "appear", "looks", "look"})
    yield Probe(
        rf"{lead}(?:{maybe}(?=have\b(?!\s+(?:also\s+)?\w+\s+{_SEEN}))|(?:seems?|appears?|looks?)\s+to\s+)"
        rf"have\s+(?:also\s+)?{effects}"
        rf"|{lead}{maybe}be\s+(?:causing|behind|responsible|to\s+blame|at\s+fault|the\s+(?:cause|culprit|reason|problem|"
        rf"trigger)|blocking|overloading|breaking|slowing)\b|{lead}{maybe}(?:explain|account\s+for)\b",
        hedged,
        parts.nouns,
    )
    yield Probe(rf"\b{maybe}(?:stem\s+from|have\s+(?:something\s+)?to\s+do\s+with)\b", frozenset({"stem", "have"}))


def speculation(sentence: Sentence, guesses: tuple[Probe, ...]) -> Iterator[Hit]:
    """At most one guess at a cause in a sentence."""
    for each in fitting(guesses, sentence):
        match = each.pattern.search(sentence.low)
        if match and not _is_no_guess(sentence.low, match):
            end, rewrite = _instead(sentence, match)
            yield Hit("speculation", match.start(), end, rewrite)
            return


def _is_no_guess(low: str, match: re.Match[str]) -> bool:
    """A denial, an open question, or advice about the reader's own side."""
    before = low[: match.start()]
    return bool(_NOT.search(before) or _YOURS.search(before) or _YOUR_SIDE.match(low, match.end()))


_LEAD: Final = re.compile(
    r"(?:(?:update|identified|investigating)\s*[:–-]\s*)?(?:(?:so\s+far|currently|at\s+this\s+time|right\s+now|for\s+now),?"
    r"\s+)?(?:(?:it|this|that|the\s+[\w-]+(?:\s+[\w-]+)?)\s+(?:is\s+|was\s+)?)?"
)
_GOES_ON: Final = re.compile(r"[,;:]|\b(?:and|but|so|which|we|while)\b")
_LOOKING: Final = "we are still looking into the cause"


def _instead(sentence: Sentence, match: re.Match[str]) -> tuple[int, str | None]:
    """A sentence that is nothing but the guess can be replaced as a whole."""
    lead = _LEAD.match(sentence.low)
    rest = sentence.low[match.end() :].rstrip(".!? ")
    if lead is None or lead.end() < match.start() or _GOES_ON.search(rest):
        return match.end(), None
    before, end = sentence.low[: match.start()].rstrip(), match.end() + len(rest)
    if not before:
        return end, "We are still looking into the cause" if sentence.original[0].isupper() else _LOOKING
    if before.endswith((":", ",", "-", "–")):
        return end, _LOOKING
    return end, "under investigation" if before.endswith((" is", " was")) else "is under investigation"
