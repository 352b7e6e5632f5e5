"""A message cut into sentences that the checks can read quickly. It keeps every offset and decides nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from incident_console.domain.frozen import frozen

_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\n": " ", "\t": " ", "\r": " ", "\u202f": " "})
_END: Final = re.compile(
    r"[.!?]+[\"')\]”*_]*\s+(?=[^a-z0-9\s]|[0-9]{1,2}[.)]\s)|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•#>]|[A-Z\[]|\d{1,2}[.)]\s))"
)
_TOKEN: Final = re.compile(r"\w+")
LONGEST: Final = 600
"""A run of words without an end is read in pieces of this many characters, so that no text can make a check slow."""

DETERMINER: Final = r"(?:an?|the|our|some|one\s+of\s+(?:our|the)|another|your|their|its|bad)"


class Hit(NamedTuple):
    """What one rule saw in one sentence; offsets count from the sentence's own start."""

    rule: str
    start: int
    end: int
    rewrite: str | None = None
    severity: str | None = None
    """Only where it differs from the rule's own."""


@frozen
class Sentence:
    """One sentence: where it stands, as it is written and in a form that is easy to compare."""

    start: int
    original: str
    low: str
    """As long as the original: small letters, straight apostrophes, single spaces for line breaks."""
    words: frozenset[str]
    mask: int
    """The bits of all probes that one of its words speaks for."""


@dataclass(slots=True)
class Probe:
    """A pattern, and the words without which it need not be tried. It is compiled when it is first tried."""

    source: str
    keys: frozenset[str]
    """One of them has to be there."""
    also: frozenset[str] = frozenset()
    """And one of these, unless there are none."""
    bits: tuple[int, int] = (0, 0)
    """Its bits for keys and also, dealt out by an Index."""
    _compiled: re.Pattern[str] | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled

    def fits(self, sentence: Sentence) -> bool:
        """Whether it is worth trying; the index that dealt its bits must be the one that read the sentence."""
        key, also = self.bits
        return bool(sentence.mask & key) and (not also or bool(sentence.mask & also))


def fitting(probes: Iterable[Probe], sentence: Sentence) -> list[Probe]:
    """Those of the probes that are worth trying on a sentence, in their order."""
    mask = sentence.mask
    return [one for one in probes if mask & one.bits[0] and (not one.bits[1] or mask & one.bits[1])]


class Index:
    """Which probes each word speaks for: one look at the words of a sentence instead of one for every probe."""

    def __init__(self, probes: Iterable[Probe]) -> None:
        self._bits: dict[str, int] = {}
        last = 1
        for one in probes:
            key, also = last, last << 1 if one.also else 0
            one.bits = (key, also)
            for words, bit in ((one.keys, key), (one.also, also)):
                for word in words:
                    self._bits[word] = self._bits.get(word, 0) | bit
            last <<= 2

    def mask(self, words: Iterable[str]) -> int:
        """The bits of everything that these words speak for."""
        found, bits = 0, self._bits
        for word in words:
            if word in bits:
                found |= bits[word]
        return found


def sentences(text: str, low: str, index: Index) -> tuple[Sentence, ...]:
    """The sentences of a text in their order, without the space around them; low is the text in small letters."""
    found, start = [], 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        found += [_sentence(text, low, at, min(at + LONGEST, end), index) for at in range(start, end, LONGEST)]
        start = end
    return tuple(sentence for sentence in found if sentence.low)


def _sentence(text: str, low: str, start: int, end: int, index: Index) -> Sentence:
    part = low[start:end]
    start += len(part) - len(part.lstrip())
    part = part.strip()
    words = frozenset(_TOKEN.findall(part))
    return Sentence(start, text[start : start + len(part)], part, words, index.mask(words))


def lowered(text: str) -> str:
    """Small letters and straight apostrophes, never longer or shorter than the text."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    return low.translate(_PLAIN)


def either(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first; a space in them stands for any run of spaces."""
    each = (r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))
    return f"(?:{'|'.join(each)})"


def whole(phrases: Iterable[str]) -> str:
    """The same for phrases that stand alone and are no part of a longer word."""
    return rf"(?<![\w-]){either(phrases)}(?![\w-])"


_COMMON: Final = frozenset(
    (
        "a", "an", "the", "this", "that", "these", "is", "are", "was", "were", "be", "been", "has", "have", "had",
        "will", "may", "can", "do", "does", "not", "no", "and", "or", "of", "to", "in", "on", "at", "by", "for",
        "from", "with", "as", "it", "its", "we", "our", "us", "you", "your", "they", "their", "there", "one", "some",
        "any", "all", "other", "before", "after", "when", "while", "once", "then", "than", "now", "today", "time",
        "next", "should", "please", "see", "working", "service", "services", "system", "systems", "error", "errors",
        "outage", "incident", "issue", "issues", "problem", "problems", "cause", "customer", "customers", "user",
        "users", "affected", "update", "updates", "experiencing", "again", "being", "only",
    )
)  # fmt: skip
"""Words of nearly every message: a poor sign that a phrase may be there."""


def keys(*lists: Iterable[str]) -> frozenset[str]:
    """The most telling word of each phrase: one of them is in every text that a phrase is in."""
    return frozenset(max(found, key=_telling) for each in lists for phrase in each if (found := _TOKEN.findall(phrase)))


def _telling(word: str) -> tuple[bool, int]:
    return word not in _COMMON, len(word)


def probe(phrases: Iterable[str]) -> Probe:
    """Looks for any of the phrases, each as words of its own."""
    listed = tuple(phrases)
    return Probe((whole(listed)), keys(listed))
