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
_SIGNS: Final = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-"})
_HANDLE: Final = r"@[A-Za-z][\w-]*(?:\.[\w-]+)*"
_CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ][^\W\d_]*(?:-[A-Z]\w+)?"
_SURNAME: Final = re.compile(
    r"(?:\s+(?!I\b)(?:[A-Z]')?[A-Z][^\W\d_]*[a-z][^\W\d_]*(?:-[A-Z]\w+)?){1,2}|\s+[A-Z]\.(?=\s)"
)
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
    """The same in lower case."""

    def sentence(self, start: int, end: int) -> str:
        """The sentence, in lower case, in which a place lies."""
        near, far = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
        first = max(near, *(self.low.rfind(sign, near, start) + 1 for sign in _CLAUSE_END))
        last = min((at for sign in _CLAUSE_END if (at := self.low.find(sign, end, far)) >= 0), default=far)
        return self.low[first:last]


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
    return Flat(text, plain, low)


def people_in(flat: Flat, rules: BlamelessRules, patterns: Patterns, names: Collection[str]) -> Iterator[Person]:
    """Everybody of whom the text speaks, roles first; names are the known ones and the pack's given names."""
    for match in patterns.people.finditer(flat.low):
        kind = match.lastgroup or "role"
        if "operator" in match[0] and patterns.machines.search(flat.sentence(match.start(), match.end())):
            continue
        found = _determiner(flat, match.start()) if kind in ("role", "team") else None
        if found is None or found["det"] != "no":
            yield _person(kind, match.start() - (len(found[0]) if found else 0), match.end(), flat)
    yield from _named(flat, rules, patterns, names)


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
