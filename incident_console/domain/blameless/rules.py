"""The words of the blameless check, as data that a pack fills. No pattern and no decision stands here."""

from typing import Final

from incident_console.domain.frozen import frozen

RULES: Final = ("names_person", "fault_word", "counterfactual", "human_error", "stops_at_person")
"""Every rule of the check."""

Words = tuple[str, ...]


@frozen
class Rule:
    """How loud a rule is, and what it asks."""

    name: str
    severity: str
    """`error`, `warning` or `hint`."""
    advice: str


@frozen
class People:
    """Words for people, and words that only look like it."""

    roles: Words
    teams: Words
    someone: Words
    we: Words
    machines: Words
    not_handles: Words
    not_names: Words
    given_names: Words


@frozen
class Faults:
    """What, said of a person, tells of a fault."""

    destructive: Words
    precious: Words
    stores: Words
    wrong: Words
    adverbs: Words
    thoughts: Words
    verbs: Words
    actions: Words
    ways: Words
    left_out: Words
    releases: Words
    bad_things: Words
    undone: Words
    unable: Words
    unfit: Words


@frozen
class FaultWords:
    """Words that judge people."""

    anybody: Words
    judging: Words
    people_only: Words
    people_are: Words
    fine: Words


@frozen
class HumanError:
    """Words that take a slip for the explanation."""

    anywhere: Words
    whose: Words
    user_error_after: Words
    mistakes: Words
    fine_before: Words
    fine_after: Words


@frozen
class Causes:
    """Words with which a search for causes ends."""

    lead_ins: Words
    triggers: Words
    incidents: Words
    harms: Words
    answerable: Words
    consequences: Words


@frozen
class Counterfactual:
    """Words for what did not happen."""

    outcomes: Words
    sooner: Words
    events: Words
    states: Words
    traits: Words
    steps: Words
    hopes: Words
    avoidable: Words


@frozen
class BlamelessRules:
    """A whole pack."""

    name: str
    version: int
    rules: tuple[Rule, ...]
    """One each of RULES."""
    people: People
    faults: Faults
    fault_words: FaultWords
    human_error: HumanError
    causes: Causes
    counterfactual: Counterfactual
