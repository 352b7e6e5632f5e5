"""What the words of a cause tell: which of them carry meaning, whether they tell of an event or of a condition, and
whether they end with a person's deed. Rough on purpose: it serves questions, never refusals. Pure."""

import re
from collections.abc import Collection
from typing import Final

from incident_console.domain.blameless.check import check_blameless
from incident_console.domain.blameless.patterns import patterns_of
from incident_console.domain.blameless.people import Person, flatten, people_in
from incident_console.domain.blameless.rules import BlamelessRules

_WORD: Final = re.compile(r"[^\W_]+")


def _bag(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NOT: Final = _bag("no not never none nothing nobody without neither nor cannot missing lacked lacking")
_STOP: Final = _bag(
    "a an and are as at be because been being but by came come could did do does due for from get got had has have how"
    " if in into is it its itself just more of off on onto one our out over so some than that the their them then there"
    " these they this those to too under up was we were what when which while who why will with would about all also"
    " again after before during very so since s t"
)
_SAME: Final = {
    "failur": "fail", "brok": "fail", "broken": "fail", "break": "fail", "error": "fail", "crash": "fail",
    "unavailabl": "down", "outag": "down", "offlin": "down", "unreachabl": "down", "latency": "slow", "slowly": "slow",
    "slowness": "slow", "db": "databas", "config": "configuration", "deployment": "deploy",
}  # fmt: skip
"""Stems that say the same."""

_GENERAL: Final = _bag(
    "fail down slow servic system user customer problem incident issu happen caus time root investigation start"
)
"""Stems that nearly every text about an incident has."""


def stem(word: str) -> str:
    """A word without its ending, so that “retries” and “retry”, “failing” and “failed” meet."""
    for ending, instead in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending) + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiousl":
        word = word[:-1]
    word = word.removesuffix("e") if len(word) > 3 else word
    return _SAME.get(word, word)


def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(stem(word) for word in _words(text) if word not in _STOP and word not in _NOT)


def telling(text: str) -> frozenset[str]:
    """The stems without those that fit every incident."""
    return stems(text) - _GENERAL


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("n't", " not").replace("n’t", " not"))


def negated(text: str) -> bool:
    return not _NOT.isdisjoint(_words(text))


def says_the_same(text: str, above: str) -> bool:
    """Whether a text only repeats another one in other words."""
    mine, theirs = stems(text), stems(above)
    if not mine or negated(text) != negated(above):
        return not mine and text.casefold() == above.casefold()
    shared = len(mine & theirs)
    nothing_new = mine <= theirs and len(mine) >= 2 and 2 * len(mine) >= len(theirs)
    return nothing_new or 4 * shared >= 3 * len(mine | theirs)


_CONDITION: Final = re.compile(
    r"\b(?:no|not|never|none|nothing|nobody|neither|without|missing|lack\w*|absent|only|always|every|each|any\w*|is|are"
    r"|has|have|can|cannot|could|may|must|does|do|allow\w*|let|lets|depend\w*|rel(?:y|ies|ied)|requir\w+|need\w*"
    r"|assum\w+|manual\w*|by default|by hand|unclear|undocumented|unmonitored|untested|unowned|outdated|hard-?coded"
    r"|single|same|too (?:few|many|small|large|low|high|short|long)|larger than|smaller than|there (?:was|were)"
    r"|had|used to|meant to|supposed to|expected to|left (?:to|open)|limited to|except)\b|n['’]t\b",
    re.IGNORECASE,
)
"""What describes how things stand; a team can change that."""

_DEED: Final = (
    r"(?:(?!un)(?!\w*eed\b)(?!(?:shared|red|bed|shed|hundred|embed|used)\b)[a-z-]{2,}ed|broke|went|fell|ran|rose|grew|lost"
    r"|hit|took|began|became|stood|stuck|shut|blew|froze|did|made|put|set|sent|wrote|chose|came|got|left|cut|split)"
)
_EVENT: Final = re.compile(rf"(?<!the )(?<!an )(?<!a )(?<!its )\b{_DEED}\b", re.IGNORECASE)


def is_condition(text: str) -> bool:
    """Whether a text describes how things stand, which a team can change: “nothing checks the two together”."""
    return _CONDITION.search(text) is not None


def is_event(text: str) -> bool:
    """Whether a text only tells of something that happened: “the disk failed”."""
    return not is_condition(text) and _EVENT.search(text) is not None


_PERSONAL: Final = ("stops_at_person", "human_error", "names_person", "fault_word")
_GROUP: Final = re.compile(r"(?:if\s+)?(?:we|they|you)\b", re.IGNORECASE)
_DID: Final = re.compile(rf"\s+(?:\w+ly\s+)?{_DEED}\b")
_DONE_BY: Final = re.compile(r"\b(?:was|were|got)\s+(?:\w+\s+){1,3}by\s+$")


def ends_with_person(text: str, rules: BlamelessRules, names: Collection[str] = ()) -> bool:
    """Whether an answer explains with a person's deed or fault what a system allowed."""
    for finding in check_blameless(text, rules, names):
        group = finding.rule == "counterfactual" and _GROUP.match(finding.text)
        if finding.rule in _PERSONAL or (finding.rule == "counterfactual" and not group):
            return True
    flat = flatten(text)
    return any(_acts(each, flat.low) for each in people_in(flat, rules, patterns_of(rules), names))


def _acts(person: Person, low: str) -> bool:
    """Whether a person is whom the sentence is about, and did something; or by whom something was done."""
    if person.kind not in ("name", "role", "someone"):
        return False
    first = not person.before.strip() and _DID.match(low, person.end) is not None
    return first or _DONE_BY.search(person.before) is not None
