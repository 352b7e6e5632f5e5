"""Questions to a message as a whole: does it say when the next word comes, and what readers experience? Only a message
about an incident that goes on is asked."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from incident_console.domain.checks.rules import MessageContext, MessageRules
from incident_console.domain.checks.text import Hit, Sentence

_ENDED: Final = re.compile(
    r"\b(?:has|have|had)\s+(?:now\s+|since\s+|all\s+|also\s+|already\s+|"
    r"fully\s+){0,2}(?:been\s+)?(?:now\s+|fully\s+|completely\s+|successfully\s+)?"
    r"(?:resolved|restored|recovered|fixed|returned\s+to\s+normal|concluded|subsided|completed)\b"
    r"|\b(?:is|are|was|were|been|remain|remains)\s+(?:now\s+|fully\s+|all\s+|completely\s+|"
    r"once\s+again\s+){0,2}(?:resolved|restored|fixed|recovered|fully\s+operational|"
    r"operational|back\s+to\s+normal|over|closed|operating\s+normally|working\s+normally|"
    r"functioning\s+normally)\b"
    r"|\bself-resolved\b|\b(?:was|were|been)\s+(?:\w+\s+){0,2}?(?:\w+\s+and\s+)?(?:patched|mitigated|"
    r"reverted)\b"
    r"|^(?:\[?resolved\]?|completed|closed|postmortem)\b|\boperating\s+normally\b|"
    r"\ball\s+systems\s+operational\b|\bissue\s+resolved\b|\bwe\s+(?:have\s+)?(?:resolved|"
    r"fixed)\b"
)
_END_WORDS: Final = frozenset(
    (
        "resolved",
        "restored",
        "recovered",
        "fixed",
        "normal",
        "normally",
        "concluded",
        "subsided",
        "completed",
        "over",
        "operational",
        "closed",
        "postmortem",
        "patched",
        "mitigated",
        "reverted",
    )
)
"""One of them is in everything that the pattern above finds."""
_NOT_YET: Final = re.compile(
    r"\b(?:until|once|when|if|after|before|ensure|confirm|confirming|verify|not|that|whether|"
    r"partially|as\s+soon\s+as|till)\s+(?:[\w']+\s+){0,4}$"
)
_GOES_ON: Final = re.compile(
    r"\b(?:investigating|investigate|looking\s+into|troubleshooting|diagnosing|"
    r"work(?:ing)?\s+(?:on|to|with|through|hard|towards?)|(?:have|has|been|is|we've|we're|now)"
    r"\s+(?:now\s+|also\s+|just\s+)?(?:been\s+)?identified|^identified\b|mitigating|"
    r"implementing|deploying|rolling\s+(?:out|back)|moving|restarting|restoring|rebuilding|"
    r"aware\s+of|we(?:'re|\s+are)\s+(?:still\s+\w+ing|(?:currently\s+)?(?:seeing|experiencing)"
    r")|\w+\s+engaged|(?:fix|patch)\s+is\s+being|escalated)\b"
)
_CALMING: Final = re.compile(
    r"\b(?:monitor\w*|recovered|recovering|recovery|restored|improv\w+|subsid\w+|stabili\w+|"
    r"(?<!being\s)rolled\s+back|mitigated|no\s+longer|maintenance|completed?|fix\s+has\s+been|healthy|"
    r"decreas\w+|corrected|reverted|replaced|work(?:s|ing)?\s+as\s+expected)\b"
    r"|\b(?:from|between)\s+(?:[\w,]+\s+){0,5}?\d{1,2}[:.]\d\d(?:\s*[\w.]{2,5})?\s+(?:to|and|until)\s+(?:[\w,]+\s+){0,5}?"
    r"\d{1,2}[:.]\d\d"
)
_NEXT: Final = re.compile(
    r"\b(?:next|another|further|additional|more|follow-up|regular|continued)"
    r"\s+(?:\w+\s+)?(?:updates?|information|details|news)\b"
    r"|\bupdates?\s*(?:in|by|at|within|every|to\s+follow|will|as|when|once|soon|shortly|on|:|here)\b"
    r"|\b(?:provide|providing|share|post|give|send|bring|issue|publish)"
    r"\s+(?:[\w']+\s+){0,4}(?:updates?|information|details|news|more)\b|\b(?:have|with|make|"
    r"back)\s+(?:[\w']+\s+){0,4}(?:updates?|information|news)\b"
    r"|\b(?:keep|keeping)\s+(?:\w+\s+){1,5}(?:updated|informed|posted|up\s+to\s+date|apprised)"
    r"\b|\blet\s+(?:you|everyone|customers)\s+know\b|\bas\s+we\s+(?:learn|know|have|get)\b"
    r"|\b(?:will|'ll|going\s+to)\s+(?:[\w']+\s+){0,3}(?:update|report|post|write|be\s+back)\b|"
    r"'ll\s+(?:\w+\s+){0,2}(?:update|be\s+back|report)\b|\b(?:post|posting|update|updating|"
    r"write|report)\s+(?:\w+\s+){0,3}(?:every|daily|hourly|again)\b|\bstay\s+tuned\b|"
    r"\bmore\s+to\s+follow\b|\bnext\s+word\b|\b(?:here|status\s+page|this\s+page)"
    r"\s+for\s+(?:\w+\s+)?updates\b"
)
_NEXT_WORDS: Final = frozenset(
    (
        "update", "updates", "updated", "updating", "information", "details", "news", "more", "informed", "posted",
        "apprised", "know", "learn", "get", "have", "report", "post", "posting", "write", "back", "tuned", "follow",
        "word", "date",
    )
)  # fmt: skip
"""One of them is in everything that the pattern above finds."""
_COURTESY: Final = re.compile(
    r"\b(?:apologi\w+|sorry|thanks?|thank\s+you|patience|appreciate|inconvenience|subscribe|"
    r"contact\s+(?:us|our|support)|reach\s+out|support\s+team|please\s+(?:let|contact|reach))"
    r"\b"
)
_ABOUT: Final = re.compile(
    r"\b(?:issues?|problems?|incident|trouble|difficult(?:y|ies)|bug)\s+(?:with|in|on|for|"
    r"where|when|that|loading|accessing|sending)\b"
)
_CLOSED: Final = re.compile(
    r"^\W{0,3}(?:resolved|completed|closed|postmortem)\b"
    r"|\b(?:this|the)\s+(?:incident|issue|problem|outage)\s+(?:has\s+(?:now\s+)?been|is(?:\s+now)?)\s+(?:fully\s+)?resolved\b"
)


def is_closed(low: str, context: MessageContext) -> bool:
    """Whether the whole message reports an end, so that no time in it is a promise."""
    return context.status in ("resolved", "closed") or _CLOSED.search(low) is not None


def has_ended(parts: Sequence[Sentence], context: MessageContext) -> bool:
    """Whether the message is about an incident that is over: by its status, or by what it says."""
    if context.status:
        return context.status in ("resolved", "closed")
    return any(_says_ended(part.low) for part in parts if not _END_WORDS.isdisjoint(part.words))


def _says_ended(low: str) -> bool:
    return any(not _NOT_YET.search(low[: match.start()]) for match in _ENDED.finditer(low))


_PLANNED: Final = re.compile(
    r"\b(?:scheduled|planned|upcoming|routine)\s+(?:\w+\s+){0,2}(?:maintenance|upgrade|migration|work)\b"
    r"|\bmaintenance\s+(?:window|from|on|will|is|has|items)\b"
)


def is_planned(low: str) -> bool:
    """Whether a whole text announces planned work, whose times are no promise of a fix."""
    return _PLANNED.search(low) is not None


def whole_message(low: str, parts: Sequence[Sentence], rules: MessageRules, context: MessageContext) -> Iterator[Hit]:
    """What the message does not say at all; spans everything."""
    if has_ended(parts, context) or is_planned(low) or not _goes_on(low, context):
        return
    telling = [part for part in parts if not _COURTESY.search(part.low)]
    says = frozenset[str]().union(*(part.words for part in telling)) & _listed(rules, "words")
    about = bool(says) or any(_ABOUT.search(part.low) for part in telling)
    if not _says_next(parts) and _is_account(telling, rules, context):
        yield Hit("no_next_update", 0, len(low))
    if not about and _is_inside(telling, rules, context):
        yield Hit("no_impact", 0, len(low))


def _says_next(parts: Sequence[Sentence]) -> bool:
    return any(_NEXT.search(part.low) for part in parts if not _NEXT_WORDS.isdisjoint(part.words))


_BULLETS: Final = ("-", "*", "•", "·", "–")


def _is_account(telling: Sequence[Sentence], rules: MessageRules, context: MessageContext) -> bool:
    """Whether it tells of the incident at length. With the status known, one sentence is enough to be an update."""
    rule = rules.rule("no_next_update")
    if context.status:
        return bool(telling)
    said = [part.low.split() for part in telling if not part.low.startswith(_BULLETS)]
    return len(said) >= rule.from_sentences and sum(map(len, said)) >= rule.from_words


def _is_inside(telling: Sequence[Sentence], rules: MessageRules, context: MessageContext) -> bool:
    """Whether it speaks of what goes on inside; with the status known, it is enough that it says something."""
    if context.status:
        return bool(telling)
    rule = rules.rule("no_impact")
    inside = frozenset[str]().union(*(part.words for part in telling)) & _listed(rules, "internals")
    return len(telling) >= rule.from_sentences and len(inside) >= rule.from_words


def _goes_on(low: str, context: MessageContext) -> bool:
    if context.status:
        return bool(low.strip())
    return _GOES_ON.search(low) is not None and not _CALMING.search(low)


@lru_cache(maxsize=8)
def _listed(rules: MessageRules, key: str) -> frozenset[str]:
    return frozenset(rules.rule("no_impact").words(key))
