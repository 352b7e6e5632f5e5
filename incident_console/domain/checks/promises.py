"""A promise to be fixed by a certain time, in any order of words. It tells it from the time of the next update, from an
estimate that is declined, from what is past and from planned work."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from incident_console.domain.checks.fixes import THINGS, lengths, ordered, stated
from incident_console.domain.checks.rules import MessageRules
from incident_console.domain.checks.text import Hit, Probe, Sentence, either, fitting, keys, probe, whole
from incident_console.domain.checks.times import CLOCK, DAY, DURATION, TIME, TIME_WORDS
from incident_console.domain.frozen import frozen


class Said(NamedTuple):
    """Where a promise stands in its sentence."""

    start: int
    end: int
    will: int | None = None
    """Where its word of the future starts, if it has one."""
    bare: int | None = None
    """Where a promise without a verb starts, such as “back by 5 pm”."""
    sure: bool = False
    """Whether the pattern has dealt with “not” itself."""


@frozen
class Promises:
    """The words of a pack, compiled."""

    ordered: tuple[Probe, ...]
    lengths: tuple[Probe, ...]
    future: Probe
    fixed: Probe
    arrival: Probe
    not_a_fix: Probe

    def probes(self) -> tuple[Probe, ...]:
        return (*self.ordered, *self.lengths, self.future, self.fixed, self.arrival, self.not_a_fix)


def promises(rules: MessageRules) -> Promises:
    future, fixed = rules.words("future"), (*rules.words("fixed"), *rules.words("working"))
    return Promises(
        tuple(ordered(rules.words("fixed"), whole(rules.words("returns")), keys(rules.words("returns")))),
        (*lengths(whole(fixed), either(rules.words("restoring"))), *stated(future_of(future))),
        Probe((future_of(future)), keys(future)),
        probe(fixed),
        Probe(rf"\b(?:{_ARRIVAL})", frozenset({"eta", "etr", "etf", "estimated", "expected", "time"})),
        probe(rules.words("not_a_fix")),
    )


def future_of(words: tuple[str, ...]) -> str:
    """The words of the future; “'ll” hangs on the word before it."""
    free = [word for word in words if not word.startswith("'")]
    hanging = [word for word in words if word.startswith("'")]
    return rf"(?:{whole(free)}|{either(hanging)}\b)" if hanging else whole(free)


_OF_FIX: Final = (
    r"(?:\s+(?:for|to|of)\s+(?:an?\s+|the\s+|full\s+)*(?:fix|resolution|recovery|restoration|repair|resolve|service|"
    r"restore|service\s+restoration))?"
)
_ARRIVAL: Final = (
    rf"(?:eta|etr|etf|(?:expected|estimated)\s+(?:time\s+)?(?:(?:to|of|for|until)\s+)?(?:arrival|resolution|repair|fix|"
    rf"recovery|restoration)(?:\s+time)?|time\s+(?:to|of|until)\s+(?:recovery|repair|fix|restoration)(?=\s+is)){_OF_FIX}"
    rf"\s*(?:is|are|of|:|=|-|–|now|currently|,|would\s+be|will\s+be)?\s*(?:still\s+|now\s+|currently\s+)?"
    rf"(?:in\s+|by\s+|at\s+|within\s+|around\s+)?(?:{DURATION}|~?\s*\d+\s*(?:m|h|min)\b|{CLOCK}|{DAY})"
)

_TIME: Final = re.compile(TIME)
_NO: Final = re.compile(
    r"n't\b|\b(?:not|no|cannot|unable|never|without|unclear|unknown|whether|until|once|when|if|how|impossible|too\s+early|"
    r"than\s+(?:normal|usual|expected))\b"
)
_LATEST: Final = re.compile(r"\bnot?\s+(?:later|more)\s+than\b|\b(?:hours?|minutes?|mins?|days?)\s+until\b")
_BACK_TO: Final = re.compile(
    r"\bback\s+(?:to\s+(?:you|everyone|all|customers|them)|here|with)\b|"
    r"\b(?:check|report|circle|write|roll|rolled|rolling|call|post)\s+back\b(?!\s+(?:up|online))"
)
_NEWS_AFTER: Final = re.compile(r"\s*(?:[A-Za-z]{2,4}\s+)?(?:,\s*)?(?:with|and\s+will\s+(?:update|post|share))\b")
_CLAUSE: Final = re.compile(r"[;()—–]|:\s|,\s+(?:and|but|so|while|although|which)\b|\bbut\b|,\s+(?=(?:we|our)\b)")
_LASTS: Final = re.compile(r"\bin\s+place\s+(?:over|during|for|until)\b")
"""What stays for a while is no fix that comes."""
_TOOK: Final = re.compile(
    r"\b(?:took|taken|lasted|needed|required|spent)\s+(?:us\s+|it\s+|them\s+)?(?:about\s+|around\s+|roughly\s+|only\s+)?$"
)
"""What was needed is no promise of what will be."""
_PAST: Final = re.compile(r"\b(?:was|were|had)\s+(?:\w+\s+)?$")


def promised(sentence: Sentence, words: Promises) -> Iterator[Said]:
    """At most one promise of a fix time in a sentence."""
    arrival = words.arrival.pattern.search(sentence.low) if words.arrival.fits(sentence) else None
    if arrival and _is_promise(sentence, Said(*arrival.span(), bare=arrival.start(), sure=True), words):
        yield Said(*arrival.span(), bare=arrival.start())
        return
    for said in _candidates(sentence, words):
        if _is_promise(sentence, said, words):
            yield said
            return


def _candidates(sentence: Sentence, words: Promises) -> Iterator[Said]:
    timed = not sentence.words.isdisjoint(TIME_WORDS)
    if timed and words.future.fits(sentence) and words.fixed.fits(sentence):
        yield from _woven(sentence.low, words)
    for each in fitting((*words.lengths, *words.ordered) if timed else words.lengths, sentence):
        match = each.pattern.search(sentence.low)
        if match:
            named = match.groupdict()
            bare = match.start("bare") if named.get("bare") else None
            yield Said(*match.span(), bare=bare, sure=bool(named.get("sure")))


def _woven(low: str, words: Promises) -> Iterator[Said]:
    """Future, fix and time of one clause, in the orders in which they are said."""
    start = 0
    for end in (*(cut.start() for cut in _CLAUSE.finditer(low)), len(low)):
        clause = low[start:end]
        time = _TIME.search(clause)
        will = words.future.pattern.search(clause) if time else None
        if time and will and not _PAST.search(clause[: will.start()]):
            yield from _in_clause(clause, start, time, will, words)
        start = end


def _in_clause(clause: str, at: int, time: re.Match[str], will: re.Match[str], words: Promises) -> Iterator[Said]:
    """One promise, if the clause says that something is going to be right again."""
    for right in sorted(words.fixed.pattern.finditer(clause), key=lambda found: found.start() < will.start()):
        later = _TIME.search(clause, right.end()) if time.start() < right.start() else time
        if will.end() <= right.end() and later and will.start() < later.start():
            yield Said(at + will.start(), at + max(later.end(), right.end()), will=at + will.start())
            return
        if time.start() < will.start() < right.end() and not _AND.search(clause, time.end(), will.start()):
            yield Said(at + time.start(), at + right.end())
            return
        if right.end() <= will.start() < time.start() and _IS_THING.fullmatch(right[0]):
            yield Said(at + right.start(), at + time.end())
            return


_AND: Final = re.compile(r"\band\b")
_IS_THING: Final = re.compile(THINGS)


def _is_promise(sentence: Sentence, said: Said, words: Promises) -> bool:
    low = sentence.low
    text = low[said.start : said.end]
    if _says_update(sentence, said, words) or _NEWS_AFTER.match(low, said.end) or declined(low, said.start):
        return False
    if _TOOK.search(low, max(0, said.start - 40), said.start):
        return False
    if not said.sure and _NO.search(_LATEST.sub("", text)):
        return False
    return not _LASTS.search(text) and not _BACK_TO.search(low[said.start : said.end + 12])


def _says_update(sentence: Sentence, said: Said, words: Promises) -> bool:
    """Whether it is not the fix that is timed. What follows another verb of its own does not count."""
    if not words.not_a_fix.fits(sentence):
        return False
    before = re.split(r"[,;:.()]|\b(?:and|but)\b", sentence.low[: said.start])[-1]
    text = _STARTS_TO_WORK.sub("work", before + sentence.low[said.start : said.end])
    return words.not_a_fix.pattern.search(text) is not None


_STARTS_TO_WORK: Final = re.compile(
    r"\b(?:start|begin|restart)s?\s+(?:work|load|process|send|deliver|runn|sync)ing\b|\b(?:start|close)\s+of\s+(?:the\s+|this\s+|next\s+){0,2}(?:business|working|day|play|week|shift|trading|morning)\b"
)


def declined(low: str, start: int) -> bool:
    """Whether the words before say that this cannot be said."""
    return _NO.search(re.split(r"[,;:()]|\bbut\b|\band\b", low[:start])[-1][-45:]) is not None


_WE: Final = re.compile(r"\b(?:we|i|team|engineers|they)\s+(?:fully\s+|currently\s+)?$")
_OURS: Final = ("expect", "anticipate", "estimate", "aim", "plan", "hope", "promise", "guarantee", "commit")
"""Only people do this: what stands right before it is not what is being worked on."""
_IS: Final = re.compile(r"\b(?:is|are|be|being|was|were)\s+(?:currently\s+|now\s+)?$")
_MANY: Final = re.compile(
    r"\b(?:they|these|those|all|both|(?!this\b|access\b|status\b|process\b)[a-z]{3,}[^su\W]s)\s+$"
)
_HANGING: Final = {"we": "'re working on it", "it": "'s being worked on", "they": "'re being worked on"}


def promise_hit(sentence: Sentence, said: Said) -> Hit:
    """The finding, with words that fit after what stands before it where there are some."""
    if said.bare is not None:
        instead = "No estimate yet" if sentence.original[said.bare].isupper() else "no estimate yet"
        return Hit("promised_fix_time", said.bare, said.end, instead)
    fits = said.will == said.start
    return Hit("promised_fix_time", said.start, said.end, _instead(sentence.low, said) if fits else None)


def _instead(low: str, said: Said) -> str | None:
    before, text = low[: said.start], low[said.start : said.end]
    if text.startswith("'ll"):
        return _HANGING.get(before.rpartition(" ")[2])
    if _WE.search(before):
        return "are working on it"
    if _IS.search(before):
        return "being worked on"
    if text.startswith(_OURS) and not text.startswith(("expected", "estimated", "anticipated", "planned")):
        return "are working on it" if "we" in before.split() else None
    if not before.strip() or text.startswith("hopefully"):
        return None
    return "are being worked on" if _MANY.search(before) else "is being worked on"
