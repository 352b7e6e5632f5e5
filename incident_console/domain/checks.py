"""Asks about a message before it goes out: guesses, promises, blame, inside words, what is missing. It advises
on words and never refuses a text."""

from collections.abc import Iterator

from incident_console.domain import checks_blame as blame
from incident_console.domain import checks_causes as causes
from incident_console.domain import checks_timing as timing
from incident_console.domain import checks_words as signs
from incident_console.domain.checks_promises import promise_hit, promised, promises
from incident_console.domain.checks_rules import AUDIENCES, RULES, MessageContext, MessageRules
from incident_console.domain.checks_text import Hit, Sentence, lowered, sentences
from incident_console.domain.checks_whole import is_closed, is_planned, whole_message
from incident_console.domain.finding import Finding

__all__ = ["AUDIENCES", "RULES", "MessageContext", "MessageRules", "check_message"]

NOTHING_KNOWN = MessageContext()


def check_message(
    text: str, audience: str, rules: MessageRules, context: MessageContext | None = None
) -> tuple[Finding, ...]:
    """What will be regretted about a message, in the order of the text; questions to the whole message come last.

    An audience that is not in AUDIENCES is treated like customers. Two findings of one rule never overlap."""
    known = context or NOTHING_KNOWN
    parts = sentences(text)
    low = lowered(text)
    hits = [hit for part in parts for hit in _moved(part, _about_words(part, rules, known))]
    if not is_closed(low, known) and not is_planned(low):
        hits += [hit for part in parts for hit in _moved(part, _about_times(part, audience, rules))]
    found = [_finding(hit, text, audience, rules) for hit in _apart(hits)]
    found += [_finding(hit, text, audience, rules) for hit in whole_message(low, parts, rules, known)]
    return tuple(finding for finding in found if finding.severity != "off")


def _moved(part: Sentence, hits: Iterator[Hit]) -> Iterator[Hit]:
    return (hit._replace(start=hit.start + part.start, end=hit.end + part.start) for hit in hits)


def _about_words(part: Sentence, rules: MessageRules, context: MessageContext) -> Iterator[Hit]:
    words, blamed = signs.signs(rules), blame.blames(rules)
    yield from causes.speculation(part, causes.causes(rules))
    yield from blame.blames_person(part, blamed)
    yield from blame.blames_vendor(part, blamed)
    yield from signs.plain_words(part, words)
    yield from signs.minimising(part, words)
    yield from signs.vague_story(part, words)
    yield from signs.missing_fields(part, words)
    yield from signs.insiders(part, words, context)


def _about_times(part: Sentence, audience: str, rules: MessageRules) -> Iterator[Hit]:
    """A promise of a fix, held against what this audience may be given; otherwise words that promise nothing."""
    words = timing.timing(rules)
    found = [promise_hit(part, said) for said in promised(part, promises(rules))]
    may = rules.estimate(audience)
    for hit in found:
        if may == "no":
            yield hit
        elif may == "with_confidence" and not words.confidence.pattern.search(part.low):
            yield hit._replace(severity="hint", rewrite=None)
    if not found:
        yield from timing.vague(part, words)


def _apart(hits: list[Hit]) -> list[Hit]:
    """In the order of the text; of two overlapping findings of one rule the longer, and no jargon inside a detail."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.rule == "jargon", each.start - each.end, each.start)):
        if not any(_clash(hit, other) for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda each: (each.start, each.end))


def _clash(hit: Hit, other: Hit) -> bool:
    related = hit.rule == other.rule or (hit.rule == "jargon" and other.rule == "internal_detail")
    return related and hit.start < other.end and other.start < hit.end


def _finding(hit: Hit, text: str, audience: str, rules: MessageRules) -> Finding:
    rule = rules.rule(hit.rule)
    usual = rule.severity_for(audience)
    severity = hit.severity if hit.severity and usual != "off" else usual
    advice = rule.advice
    if hit.rule == "promised_fix_time" and rules.estimate(audience) == "with_confidence":
        advice = "Say how sure we are of this time, and what could make it later."
    return Finding(hit.rule, severity, hit.start, hit.end, text[hit.start : hit.end], advice, hit.rewrite)
