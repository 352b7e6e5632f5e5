"""What a valid blameless.toml looks like. Loaded only for a company's own file, because pydantic is slow to start."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from incident_console.content.models import Strict, Words


def _lower(phrase: str) -> str:
    if phrase != phrase.lower():
        raise ValueError("must be written in lower case")
    return _trimmed(phrase)


def _trimmed(phrase: str) -> str:
    if phrase != " ".join(phrase.split()):
        raise ValueError("must be one line, with single spaces and none around it")
    return phrase


def _one_sentence(text: str) -> str:
    if "\n" in text or "\t" in text or text != text.strip():
        raise ValueError("must be one line, without tabs and without spaces around it")
    return text


Phrase = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_lower)]
Name = Annotated[str, Field(min_length=2, max_length=40), AfterValidator(_trimmed)]
# An empty list would make a pattern that fits everywhere.
Phrases = Annotated[list[Phrase], Field(min_length=1, max_length=1000)]
# Lists that came after the first pack: without one of them a company's file takes the shipped words.
Later = Phrases | None


class RuleModel(Strict):
    severity: Literal["error", "warning", "hint"]
    advice: Annotated[Words, AfterValidator(_one_sentence)]


class RulesModel(Strict):
    names_person: RuleModel
    fault_word: RuleModel
    counterfactual: RuleModel
    human_error: RuleModel
    stops_at_person: RuleModel


class PeopleModel(Strict):
    roles: Phrases
    teams: Phrases
    someone: Phrases
    we: Phrases
    machines: Phrases
    not_handles: Phrases
    not_names: Phrases
    given_names: Annotated[list[Name], Field(max_length=5000)]


class FaultsModel(Strict):
    destructive: Later = None
    precious: Later = None
    stores: Later = None
    wrong: Later = None
    adverbs: Phrases
    thoughts: Phrases
    verbs: Phrases
    actions: Phrases
    ways: Phrases
    left_out: Later = None
    releases: Phrases
    bad_things: Phrases
    undone: Phrases
    unable: Phrases
    unfit: Later = None


class FaultWordsModel(Strict):
    anybody: Phrases
    judging: Later = None
    people_only: Phrases
    people_are: Later = None
    fine: Phrases


class HumanErrorModel(Strict):
    anywhere: Phrases
    whose: Later = None
    user_error_after: Phrases
    mistakes: Phrases
    fine_before: Phrases
    fine_after: Later = None


class CausesModel(Strict):
    lead_ins: Phrases
    triggers: Phrases
    incidents: Phrases
    harms: Phrases
    answerable: Later = None
    consequences: Later = None


class CounterfactualModel(Strict):
    outcomes: Phrases
    sooner: Later = None
    events: Phrases
    states: Phrases
    traits: Phrases
    steps: Later = None
    hopes: Later = None
    avoidable: Later = None


class BlamelessPack(Strict):
    """blameless.toml: which words ask for a better question."""

    name: Words
    version: Annotated[int, Field(ge=1)]
    rules: RulesModel
    people: PeopleModel
    faults: FaultsModel
    fault_words: FaultWordsModel
    human_error: HumanErrorModel
    causes: CausesModel
    counterfactual: CounterfactualModel
