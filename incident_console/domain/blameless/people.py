"""Finds the people in a text: roles, groups, pronouns and names. What they are said to have done is not asked here."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from incident_console.domain.blameless.patterns import DETERMINER, Patterns
from incident_console.domain.blameless.rules import BlamelessRules, People
from incident_console.domain.frozen import frozen

_CODE: Final = re.compile(r"```.*?```|`[^`\n]+`|https?://\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.]+", re.DOTALL)
_SOFT_BREAK: Final = re.compile(r"(?<!\n)\n(?![ \t]{0,20}(?:\n|[-*+#|>]|\d{1,3}[.)]|$))")
_QUOTES: Final = str.maketrans(dict.fromkeys('"“”„«»', " "))
_SIGNS: Final = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-"})
_HANDLE: Final = r"@[A-Za-z][\w-]*(?:\.[\w-]+)*"
_CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:-[A-Z]\w+)?"
_SURNAME: Final = re.compile(
    r"(?:\s+(?!I\b)(?:[A-Z]')?[A-Z][^\W\d_]*[a-z][^\W\d_]*(?:-[A-Z]\w+)?){1,2}|\s+[A-Z]\.(?=\s)"
)
_PROPER: Final = re.compile(
    r"(?:(?!(?:If|When|Had|Because|Since|After|Before|While|As|Once|Until|Although|Though|But|And|So|Then|Later|However|"
    r"Unfortunately|By|Of|From|On|In|At|For|To|With|Due|During|No|Any|Both|Many|Some|Several|Most|Which|Who|That|Could|"
    r"Should|Why|How|What|Where|Only|Thus|Also|Finally|Initially|Perhaps|Instead|Today|Other|All|Not|Did|Was|Were|Is|Are)\b)"
    r"(?<![\w'])[A-Z][\w&.-]*\s+){1,2}$"
)
"""Names in front of a role that belong to it: “Acme Cloud engineers”."""
_MODIFIERS: Final = re.compile(
    r"\b(?:by|of|from|when|because|after|where|since|as|if)\s+(?P<kind>(?:(?!(?:by|of|the|an?|and|or|to|for|with|in|on|not)\b)"
    r"[a-z-]{3,}\s+){1,2})$"
)
"""Words in small letters that belong to a role without an article: “by network engineers”."""
_CLAUSE_END: Final = ".;!?\n"
_LONGEST_SENTENCE: Final = 400
"""As far, in characters, the end of a sentence is looked for."""
_REACH: Final = 110
"""How far back, in characters, a phrase before a person may begin."""
_BELONGS: Final = 60
"""How far back, in characters, words may begin that belong to a person: “one of our most senior ”."""


@frozen
class Flat:
    """A text and two readings of it with the same offsets."""

    original: str
    plain: str
    """Straight apostrophes, no code, one line per sentence."""
    low: str
    """The same in lower case and without double quotes: what is quoted is read as it stands."""

    def sentence(self, start: int, end: int) -> str:
        """The sentence, in lower case, in which a place lies."""
        near, far = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
        first = max(near, *(self.low.rfind(sign, near, start) + 1 for sign in _CLAUSE_END))
        last = min((at for sign in _CLAUSE_END if (at := self.low.find(sign, end, far)) >= 0), default=far)
        return self.low[first:last]

    def together(self, one: int, other: int) -> bool:
        """Whether two places lie close together in one sentence."""
        start, end = min(one, other), max(one, other)
        return end - start <= _LONGEST_SENTENCE and not any(sign in self.low[start:end] for sign in _CLAUSE_END)


@frozen
class Person:
    """A person in a text."""

    kind: str
    """`name`, `role`, `team`, `someone` or `we`."""
    start: int
    """Where the person starts, with everything that belongs to it: “one of our engineers”."""
    end: int
    before: str
    """The words, in lower case, that come before."""
    last: str
    """The last one of them."""


def flatten(text: str) -> Flat:
    """Both readings; every character stays in its place."""
    plain = text.translate(_SIGNS)
    if "`" in plain or "@" in plain or "://" in plain:
        plain = _CODE.sub(lambda match: "x" * len(match[0]), plain)
    plain = _SOFT_BREAK.sub(" ", plain)
    low = plain.lower()
    if len(low) != len(plain):
        low = "".join(each.lower() if len(each.lower()) == 1 else each for each in plain)
    return Flat(text, plain, low.translate(_QUOTES))


def people_in(flat: Flat, rules: BlamelessRules, patterns: Patterns, names: Collection[str]) -> Iterator[Person]:
    """Everybody of whom the text speaks, roles first; names are the known ones and the pack's given names."""
    for match in patterns.people.finditer(flat.low):
        kind = match.lastgroup or "role"
        if "operator" in match[0] and patterns.machines.search(flat.sentence(match.start(), match.end())):
            continue
        if kind not in ("role", "team"):
            yield _person(kind, match.start(), match.end(), flat)
        elif not _is_product(flat, match, rules.people):
            found = _determiner(flat, match.start())
            if found is None or found["det"] != "no":
                yield _person(kind, _begins(flat, match.start(), found), match.end(), flat)
    yield from _named(flat, rules, patterns, names)


def _is_product(flat: Flat, match: re.Match[str], people: People) -> bool:
    """Whether an operator is a program that bears the name of one: “the Kafka operator”, “the Acme Operator”."""
    if not match[0].endswith("operator"):
        return False
    before = flat.plain[max(0, match.start() - _BELONGS) : match.start()].split()
    titled = flat.plain[match.end() - len("operator")].isupper() and bool(before) and before[-1][-1] not in ".:!?-*#"
    return titled or (bool(before) and before[-1].lower() in people.not_names)


def _begins(flat: Flat, start: int, found: re.Match[str] | None) -> int:
    if found is not None:
        begins = start - len(found[0])
        joins = found["det"] == "that" and found[0].startswith("that") and flat.low[:begins].rstrip()[-1:].isalpha()
        return begins + len("that ") if joins else begins
    if kinds := _MODIFIERS.search(flat.low, max(0, start - _BELONGS), start):
        return kinds.start("kind")
    proper = _PROPER.search(flat.plain, max(0, start - _BELONGS), start)
    return proper.start() if proper else start


def _determiner(flat: Flat, start: int) -> re.Match[str] | None:
    return DETERMINER.search(flat.low, max(0, start - _BELONGS), start)


def _person(kind: str, start: int, end: int, flat: Flat) -> Person:
    before = flat.low[max(0, start - _REACH) : start]
    return Person(kind, start, end, before, before[before.rstrip().rfind(" ") + 1 :].strip())


def _named(flat: Flat, rules: BlamelessRules, patterns: Patterns, names: Collection[str]) -> Iterator[Person]:
    known, candidate = _known(rules.people, frozenset(names))
    for match in candidate.finditer(flat.plain):
        word = match[0]
        if word[1:].lower() in rules.people.not_handles if word.startswith("@") else word not in known:
            continue
        surname = _SURNAME.match(flat.plain, match.end())
        start, end = match.start(), surname.end() if surname else match.end()
        if role := patterns.role_before.search(flat.low, max(0, start - _BELONGS), start):
            found = _determiner(flat, role.start())
            start = found.start() if found else role.start()
        yield _person("name", start, end, flat)


@lru_cache(maxsize=16)
def _known(people: People, names: frozenset[str]) -> tuple[frozenset[str], re.Pattern[str]]:
    """Every spelling of a first name that counts (in the pack, and known ones as they are and with a capital), and a
    pattern for everything that could be one."""
    ordinary = {*people.not_names, *people.roles, *people.teams, *people.we, *people.someone}
    first = {name.removeprefix("@").split()[0] for name in names if name.removeprefix("@").split()}
    theirs = {name for name in first if name.lower() not in ordinary and len(name) > 1}
    small = "".join(f"|{re.escape(name)}(?!\\w)" for name in sorted(theirs) if not name[0].isupper())
    return (
        frozenset({*people.given_names, *theirs, *(name.capitalize() for name in theirs)}),
        re.compile(rf"(?<![\w@.])(?:{_HANDLE}|{_CAPITAL}{small})"),
    )
