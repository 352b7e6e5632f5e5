"""What a valid checks.toml looks like. Loaded only for a company's own file, because pydantic is slow to start."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from incident_console.content.models import Strict, Words

_REPEATED_GROUP: Final = re.compile(r"(?<!\\)\)(?:[*+]|\{\d*,\})")
_BACKWARDS: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[1-9]|\(\?P=|\(\?\(")


def _phrase(phrase: str) -> str:
    if phrase != phrase.lower():
        raise ValueError("must be written in lower case")
    if phrase != " ".join(phrase.split()) or not phrase:
        raise ValueError("must be one line, with single spaces and none around it")
    return phrase


def _sentence(text: str) -> str:
    if "\n" in text or "\t" in text or text != text.strip():
        raise ValueError("must be one line, without tabs and without spaces around it")
    return text


def _pattern(pattern: str) -> str:
    """A pattern that cannot make a check slow: it compiles, needs a character, and repeats no group without a limit."""
    if _REPEATED_GROUP.search(pattern):
        raise ValueError("repeats a group without a limit, which can take for ever; write a limit such as {0,5}")
    if _BACKWARDS.search(pattern):
        raise ValueError("refers back to a group, which is not supported")
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a valid regular expression: {error}") from error
    if compiled.groups or compiled.match(""):
        raise ValueError("must not capture (write (?:...) for a group) and must not fit an empty text")
    return pattern


Phrase = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_phrase)]
# An empty list would make a pattern that fits everywhere.
Phrases = Annotated[list[Phrase], Field(min_length=1, max_length=1000)]
Pattern = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_pattern)]
Level = Literal["error", "warning", "hint", "off"]
Whom = Literal["customers", "key_accounts", "support", "executives", "internal"]
Estimate = Literal["no", "with_confidence", "yes"]
Plain = Annotated[dict[Phrase, Annotated[str, Field(max_length=80), AfterValidator(_sentence)]], Field(min_length=1)]
Sentences = Annotated[int, Field(ge=1, le=20)]


class RuleModel(Strict):
    severity: Level
    audiences: dict[Whom, Level] = {}
    advice: Annotated[Words, AfterValidator(_sentence)]


class SpeculationModel(RuleModel):
    hedges: Phrases
    causal: Phrases
    thinking: Phrases
    problems: Phrases
    causes: Phrases
    effects: Phrases
    phrases: Phrases


class PromiseModel(RuleModel):
    confidence: Phrases


class PersonModel(RuleModel):
    faults: Phrases
    faults_of_names: Phrases
    faults_of_teams: Phrases
    careless: Phrases
    lone: Phrases
    helpful: Phrases
    deeds: Phrases
    first_names: Phrases
    not_names: Phrases
    anybody: Phrases
    mistakes: Phrases
    phrases: Phrases


class VendorModel(RuleModel):
    faults: Phrases
    mistakes: Phrases
    phrases: Phrases


class PlainModel(RuleModel):
    softer: list[Phrase] = []
    words: Plain


class VagueModel(RuleModel):
    phrases: Phrases


class LittleModel(PlainModel):
    small: Phrases
    troubles: Phrases
    phrases: Phrases


class StoryModel(RuleModel):
    phrases: Phrases
    having: Phrases
    somehow: Phrases
    everything: Phrases
    said_after: Phrases


class NextModel(RuleModel):
    from_sentences: Sentences
    from_words: Annotated[int, Field(ge=0, le=500)]


class ImpactModel(RuleModel):
    from_sentences: Sentences
    from_words: Annotated[int, Field(ge=0, le=500)]
    internals: Phrases
    words: Phrases


class FieldsModel(RuleModel):
    words: Phrases
    to_come: Phrases
    inside_brackets: Phrases


class InsideModel(RuleModel):
    not_handles: Phrases
    words: Phrases
    patterns: Annotated[list[Pattern], Field(min_length=1, max_length=200)]


class RulesModel(Strict):
    speculation: SpeculationModel
    promised_fix_time: PromiseModel
    vague_timing: VagueModel
    blames_person: PersonModel
    blames_vendor: VendorModel
    jargon: PlainModel
    minimising: LittleModel
    vague_story: StoryModel
    no_next_update: NextModel
    no_impact: ImpactModel
    missing_field: FieldsModel
    internal_detail: InsideModel


class SharedModel(Strict):
    future: Phrases
    fixed: Phrases
    working: Phrases
    returns: Phrases
    restoring: Phrases
    not_a_fix: Phrases
    updates: Phrases
    reports: Phrases
    soon: Phrases
    open_ended: Phrases
    vendors: Phrases
    suppliers: Phrases
    staff: Phrases


class ChecksPack(Strict):
    """checks.toml: which words of a message will be regretted."""

    name: Words
    version: Annotated[int, Field(ge=1)]
    estimates: dict[Whom, Estimate]
    words: SharedModel
    rules: RulesModel
