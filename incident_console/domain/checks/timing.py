"""Times without a time: “soon” for a fix or for the next word. What is already past, and effort without a promise, are
fine."""

import re
from collections.abc import Iterator
from typing import Final

from incident_console.domain.checks.promises import declined, future_of
from incident_console.domain.checks.rules import MessageRules
from incident_console.domain.checks.text import Hit, Probe, Sentence, keys, probe, whole
from incident_console.domain.checks.times import TIME, gap
from incident_console.domain.frozen import frozen


@frozen
class Timing:
    """The words of a pack, compiled."""

    confidence: Probe
    soon: Probe
    updated: Probe
    fixed: Probe
    always: Probe
    open_ended: Probe
    reports: Probe

    def probes(self) -> tuple[Probe, ...]:
        return (self.confidence, self.soon, self.updated, self.fixed, self.always, self.open_ended, self.reports)


def timing(rules: MessageRules) -> Timing:
    soon, updates = rules.words("soon"), rules.words("updates")
    vague = rf"(?<!as\s){whole(soon)}(?!\s+(?:as|after|before|thereafter|afterwards)\b)"
    news = rf"(?:{whole(updates)}{gap(6)}(?P<soon>{vague})|(?P<early>{vague}){gap(5)}{whole(updates)})"
    return Timing(
        probe(rules.rule("promised_fix_time").words("confidence")),
        Probe(vague, keys(soon)),
        Probe(news, keys(soon)),
        Probe(_soon_fixed(rules, vague), keys(soon)),
        probe(rules.rule("vague_timing").words("phrases")),
        Probe(rf"(?P<open>{whole(rules.words('open_ended'))})", keys(rules.words("open_ended"))),
        probe(rules.words("reports")),
    )


_DONE: Final = (
    r"(?:deployed|released|shipped|rolled\s+out|applied|implemented|live|available|ready|in\s+place|out|pushed)"
)


def _soon_fixed(rules: MessageRules, vague: str) -> str:
    things = r"(?:fix|patch|hotfix|rollback|resolution|recovery|service|everything|solution)"
    return (
        rf"(?:(?:{future_of(rules.words('future'))})(?:{gap(12)}|\s+)(?P<a>{vague})"
        rf"|(?<![\w-])(?:{things}(?:\s+\w+){{0,4}}?\s+{_DONE}|(?:is|are|'s|'re)\s+(?:coming|arriving|returning|following)"
        rf"(?:\s+(?:back|up|online|to\s+you))?|{whole(rules.words('returns'))}(?:\s+\w+){{0,3}}?|follows?|follow)"
        rf"\s+(?P<c>{vague})"
        rf"|(?:^|[.!?:,;–—-]\s*)(?:we'?(?:'re|\s+are)?\s+)?(?:fixed|back|resolved|restored|recovery|fix|news|more|updates?)"
        rf"(?:{gap(2)}|\s+)(?P<d>{vague}))"
    )


def vague(sentence: Sentence, words: Timing) -> Iterator[Hit]:
    """At most one time without a time in a sentence."""
    if words.reports.fits(sentence) and words.reports.pattern.search(sentence.low):
        return
    hit = next(_soon(sentence, words), None) or _always(sentence, words) or _open_ended(sentence, words)
    if hit:
        yield hit


def _soon(sentence: Sentence, words: Timing) -> Iterator[Hit]:
    if not words.soon.fits(sentence) or not words.soon.pattern.search(sentence.low):
        return
    for each in (words.updated, words.fixed):
        match = each.pattern.search(sentence.low)
        if match is not None and not _EFFORT.search(match[0]) and not declined(sentence.low, match.start()):
            group = match.lastgroup or ""
            news = each is words.updated
            possible = news and _WHEN_POSSIBLE.search(match[group])
            yield Hit(
                "vague_timing",
                *match.span(group),
                "by [time]" if news and group == "soon" else None,
                "hint" if possible else None,
            )


def _always(sentence: Sentence, words: Timing) -> Hit | None:
    """Phrases that are vague wherever they stand, unless a time follows or the words are about effort or the past."""
    match = words.always.pattern.search(sentence.low) if words.always.fits(sentence) else None
    if (
        match is None
        or _EFFORT.search(sentence.low[: match.start()].replace("please", ""))
        or _WAS.search(sentence.low[: match.start()])
    ):
        return None
    return None if re.search(TIME, sentence.low) else Hit("vague_timing", *match.span())


def _open_ended(sentence: Sentence, words: Timing) -> Hit | None:
    match = words.open_ended.pattern.search(sentence.low) if words.open_ended.fits(sentence) else None
    if match and _TELL.search(sentence.low) and _WILL.search(sentence.low) and not re.search(TIME, sentence.low):
        return Hit("vague_timing", *match.span("open"), "by [time]", "hint")
    return None


_WHEN_POSSIBLE: Final = re.compile(r"\bas\s+(?:soon|quickly)\s+as\b|\basap\b|\bwhen\s+we\s+can\b")
_EFFORT: Final = re.compile(
    r"\b(?:work(?:ing|s)?\s+(?:on|to|with|hard|as|towards?|through|diligently|quickly)|hard|trying|effort\w*|contact|reach\s+out|let\s+us\s+know|please|committed|try|strive|aim|aims)\b"
)
_WAS: Final = re.compile(r"\b(?:was|were|had|did|didn't|has\s+been|have\s+been|\w+ered)\b")
_TELL: Final = re.compile(
    r"\b(?:updates?|updated|information|info|details|news|informed|posted|know|more|share|report)\b"
)
_WILL: Final = re.compile(
    r"\b(?:will|shall|continue|going\s+to|expect)\b|'ll\b|\bto\s+(?:come|follow)\b|^(?:more|further|additional|next|updates?)\b"
)
