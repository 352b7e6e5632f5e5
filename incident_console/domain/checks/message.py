"""Asks about a message before it goes out: guesses, promises, blame, inside words, what is missing. It advises
on words and never refuses a text."""

from collections.abc import Iterator
from functools import lru_cache

from incident_console.domain.checks import blame, causes, timing
from incident_console.domain.checks import words as signs
from incident_console.domain.checks.promises import Promises, promise_hit, promised, promises
from incident_console.domain.checks.rules import AUDIENCES, RULES, MessageContext, MessageRules
from incident_console.domain.checks.text import Hit, Index, Probe, Sentence, lowered, sentences
from incident_console.domain.checks.whole import is_closed, is_planned, whole_message
from incident_console.domain.finding import Finding
from incident_console.domain.frozen import frozen

__all__ = ["AUDIENCES", "RULES", "MessageContext", "MessageRules", "check_message"]

NOTHING_KNOWN = MessageContext()


@frozen
class Kit:
    """A pack made ready: its words, compiled, and an index that tells which of them a sentence needs."""

    guesses: tuple[Probe, ...]
    blamed: blame.Blames
    signs: signs.Signs
    promises: Promises
    timing: timing.Timing
    index: Index


@lru_cache(maxsize=4)
def _kit(rules: MessageRules) -> Kit:
    guesses, blamed, said = causes.causes(rules), blame.blames(rules), signs.signs(rules)
    soon, promise = timing.timing(rules), promises(rules)
    index = Index((*guesses, *blamed.probes(), *said.probes(), *soon.probes(), *promise.probes()))
    return Kit(guesses, blamed, said, promise, soon, index)


def check_message(
    text: str, audience: str, rules: MessageRules, context: MessageContext | None = None
) -> tuple[Finding, ...]:
    """What will be regretted about a message, in the order of the text; questions to the whole message come last.

    An audience that is not in AUDIENCES is treated like customers. Two findings of one rule never overlap."""
    known, kit, low = context or NOTHING_KNOWN, _kit(rules), lowered(text)
    parts = sentences(text, low, kit.index)
    timeless = is_closed(low, known) or is_planned(low)
    hits: list[Hit] = []
    for part in parts:
        found = [*_about_words(part, kit, known)]
        if not timeless:
            found += _about_times(part, audience, rules, kit)
        hits += (hit._replace(start=hit.start + part.start, end=hit.end + part.start) for hit in _apart(found))
    hits += whole_message(low, parts, rules, known)
    findings = (_finding(hit, text, audience, rules) for hit in hits)
    return tuple(finding for finding in findings if finding.severity != "off")


def _about_words(part: Sentence, kit: Kit, context: MessageContext) -> Iterator[Hit]:
    yield from causes.speculation(part, kit.guesses)
    yield from blame.blames_person(part, kit.blamed)
    yield from blame.blames_vendor(part, kit.blamed)
    yield from signs.plain_words(part, kit.signs)
    yield from signs.minimising(part, kit.signs)
    yield from signs.vague_story(part, kit.signs)
    yield from signs.missing_fields(part, kit.signs)
    yield from signs.insiders(part, kit.signs, context)


def _about_times(part: Sentence, audience: str, rules: MessageRules, kit: Kit) -> Iterator[Hit]:
    """A promise of a fix, held against what this audience may be given; otherwise words that promise nothing."""
    found = [promise_hit(part, said) for said in promised(part, kit.promises)]
    may = rules.estimate(audience)
    for hit in found:
        if may == "no":
            yield hit
        elif may == "with_confidence" and not kit.timing.confidence.pattern.search(part.low):
            yield hit._replace(severity="hint", rewrite=None)
    if not found:
        yield from timing.vague(part, kit.timing)


def _apart(hits: list[Hit]) -> list[Hit]:
    """In the order of the text; of two overlapping findings of one rule the longer, and no jargon inside a detail."""
    if len(hits) < 2:
        return hits
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
