"""The words of the message checks, as data that a pack fills. No pattern and no decision stands here."""

from dataclasses import dataclass
from typing import Final

from incident_console.domain.frozen import frozen

RULES: Final = (
    "speculation", "promised_fix_time", "vague_timing", "blames_person", "blames_vendor", "jargon", "minimising",
    "vague_story", "no_next_update", "no_impact", "missing_field", "internal_detail",
)  # fmt: skip
"""Every rule of the check."""

AUDIENCES: Final = ("customers", "key_accounts", "support", "executives", "internal")
"""Whom a message can be held against; a name that is not here is treated like customers, the strictest."""

SEVERITIES: Final = ("error", "warning", "hint", "off")
ESTIMATES: Final = ("no", "with_confidence", "yes")

Words = tuple[str, ...]


@frozen
class Rule:
    """How loud a rule is for whom, what it advises, and the words it looks for."""

    name: str
    severity: str
    """One of SEVERITIES."""
    audiences: tuple[tuple[str, str], ...]
    """(audience, severity) where it differs."""
    advice: str
    lists: tuple[tuple[str, Words], ...]
    """(name of a list, its phrases in lower case)."""
    plain: tuple[tuple[str, str], ...] = ()
    """(phrase, what can stand there instead; empty where nothing can)."""
    from_sentences: int = 1
    from_words: int = 0

    def severity_for(self, audience: str) -> str:
        return dict(self.audiences).get(audience, self.severity)

    def words(self, key: str) -> Words:
        """One list of the rule; raises KeyError when there is none of that name."""
        return dict(self.lists)[key]


@dataclass(frozen=True, slots=True, eq=False)
class MessageRules:
    """A whole pack. Each one is only equal to itself, so that what is compiled from it is found quickly."""

    name: str
    version: int
    estimates: tuple[tuple[str, str], ...]
    """(audience, one of ESTIMATES)."""
    shared: tuple[tuple[str, Words], ...]
    """Lists that several rules use."""
    rules: tuple[Rule, ...]
    """One each of RULES, in that order."""

    def rule(self, name: str) -> Rule:
        return self.rules[RULES.index(name)]

    def words(self, key: str) -> Words:
        """One of the shared lists; raises KeyError when there is none of that name."""
        return dict(self.shared)[key]

    def estimate(self, audience: str) -> str:
        return dict(self.estimates).get(audience, "no")


@frozen
class MessageContext:
    """What is known beyond the text. Nothing of it is needed; with it the check asks with more certainty."""

    status: str = ""
    """The incident's status, such as investigating or resolved; empty where the text has to tell."""
    people: Words = ()
    """Names of people who work on it: none of them belongs into a message to the outside."""
