"""The words of the blameless check, compiled to patterns once per pack. All of them read a flattened text: lower
case, straight apostrophes, one space for a line break. Nothing here decides what is a finding."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from incident_console.domain.blameless_rules import (
    BlamelessRules,
    Causes,
    Counterfactual,
    Faults,
    FaultWords,
    HumanError,
    People,
)

IN_SENTENCE: Final = r"(?:[^.;!?\n]|\.(?=\w))"
"""One character of the same sentence; the dot of a version or a host name is one."""

_DETERMINER: Final = (
    r"(?:one of (?:the|our|their|its)|an?|the|our|their|its|another|some|one|two|this|that|every|each|no)"
)
_PLAIN: Final = (
    r"(?!(?:an?|the|by|to|of|for|from|with|and|or|but|in|on|at|our|their|its|that|which|who|when|while|because|if|"
    r"was|were|is|are|had|has|have|be|been|not|than|as)\b)[\w'/&.+-]+"
)
_MEMBER: Final = r"(?:(?:an?|one|another|some|two|the)\s+(?:[\w-]+\s+)?members?\s+of\s+)?"
DETERMINER: Final = re.compile(rf"\b{_MEMBER}(?P<det>{_DETERMINER})\s+(?:{_PLAIN}\s+){{0,4}}$")
"""What stands before a role and belongs to it: “one of our most senior ”."""

_NEW_SUBJECT: Final = (
    r"(?!\b(?:that|which|found|discovered|identified|reali[sz]ed|determined|noticed|when|because|while|as|and|but|"
    r"whose|where|it|this|these|after|until|so|asked|paged|saw|learned|learnt|confirmed|reverted|restored|suspected|thought|believed|concluded|"
    r"suspect|showed|whether|if)\b)"
)


_ARTICLE: Final = r"(?:the|this|that|it|our|a|an|more|these|those|them)\b"
_ADJECTIVES: Final = (
    r"(?:limited|restricted|dedicated|shared|automated|elevated|detailed|improved|documented|trusted|scoped|delegated|"
    r"privileged|named|required|defined|written|centralized|centralised|well-\w+|need|speed)"
)
_PARTICIPLE: Final = (
    r"(?:[a-z-]{2,}ed|caught|known|run|done|made|taken|chosen|written|read|thought|told|kept|held|gone|let|set|shut|put|"
    r"left|found|understood|foreseen|given|sent|built|paid|begun|brought|spoken|driven|stood|spent|come|seen|been)"
)
_BLAME_BEFORE: Final = (
    r"\bblam(?:e|ed|es|ing)\s+(?:(?:it|this|that|the\s+outage|the\s+incident)\s+)?"
    r"(?:(?:lies|falls|rests|was\s+placed|was\s+put)\s+)?(?:on\s+|with\s+)?$|\bfault\s+of\s+$"
)
_BLAME_AFTER: Final = r"'s?\s+(?:own\s+)?(?:fault|negligence|carelessness|incompetence)\b(?!\s+toleran)"
IF_BEFORE: Final = re.compile(r"\bif\s+(?:only\s+)?$")
HAD_BEFORE: Final = re.compile(r"(?:^|[.,;:(!?\n]\s*|\b(?:but|and|because)\s+)had\s+$")
HAD_AFTER: Final = re.compile(r"\s+(?:had|hadn't)\s+\w+")
WOULD: Final = re.compile(rf"{IN_SENTENCE}*\b(?:would|wouldn't|could|might)\b")


def words(phrases: Iterable[str], plural: str = "") -> str:
    """A pattern for any of the phrases; a space in them stands for any run of spaces."""
    longest_first = sorted(phrases, key=len, reverse=True)
    each = (r"\s+".join(map(re.escape, phrase.lower().split())) for phrase in longest_first)
    return f"(?:{'|'.join(each)}){plural}"


@dataclass(frozen=True, slots=True)
class Patterns:
    """What check_blameless looks with. A `…_before` ends where a person starts, a `…_after` starts where one ends."""

    people: re.Pattern[str]
    machines: re.Pattern[str]
    fault_after: re.Pattern[str]
    fault_before: re.Pattern[str]
    cause_before: re.Pattern[str]
    trigger_before: re.Pattern[str]
    cause_goes_on: re.Pattern[str]
    mistake_before: re.Pattern[str]
    mistake_after: re.Pattern[str]
    should_after: re.Pattern[str]
    harsh_after: re.Pattern[str]
    blame_before: re.Pattern[str]
    blame_after: re.Pattern[str]
    fault_words: re.Pattern[str]
    human_error: re.Pattern[str]
    fine_before: re.Pattern[str]
    counterfactual: re.Pattern[str]


@lru_cache(maxsize=4)
def patterns_of(rules: BlamelessRules) -> Patterns:
    """The patterns of a pack; compiled at the first call, which takes some ten milliseconds."""
    causes, counter = rules.causes, rules.counterfactual
    return Patterns(
        people=re.compile(_people(rules)),
        machines=re.compile(rf"\b{words(rules.people.machines)}\b"),
        fault_after=re.compile(_fault_after(rules.faults, causes)),
        fault_before=re.compile(_fault_before(rules.faults)),
        cause_before=re.compile(rf"\b(?:{words(causes.lead_ins)})\s*$"),
        trigger_before=re.compile(_trigger_before(causes)),
        cause_goes_on=re.compile(_cause_goes_on(rules)),
        mistake_before=re.compile(_mistake_before(rules.human_error)),
        mistake_after=re.compile(_mistake_after(rules.human_error)),
        should_after=re.compile(_should_after(counter)),
        harsh_after=re.compile(_harsh_after(rules.fault_words)),
        blame_before=re.compile(_BLAME_BEFORE),
        blame_after=re.compile(_BLAME_AFTER),
        fault_words=re.compile(_fault_words(rules.fault_words)),
        human_error=re.compile(_human_error(rules.human_error)),
        fine_before=re.compile(_fine_before(rules.human_error)),
        counterfactual=re.compile(_counterfactual(counter, rules.people)),
    )


def _people(rules: BlamelessRules) -> str:
    people = rules.people
    return (
        rf"(?<![\w@-])(?:(?P<role>{words(people.roles, 's?')}|staffers)|(?P<team>{words(people.teams, 's?')})"
        rf"|(?P<someone>{words(people.someone)})|(?P<we>{words(people.we)}))(?![\w-])"
    )


def _fault_before(faults: Faults) -> str:
    """“accidentally deleted by …”; a finite verb in between starts something else."""
    finite = r"(?!\b(?:was|were|is|are|has|have|had)\b)"
    between = rf"(?:{_NEW_SUBJECT}{finite}{IN_SENTENCE}){{0,50}}"
    deed = rf"\b(?:{words(faults.adverbs)}|by\s+mistake|by\s+accident|in\s+error)\b{between}\bby\s+$"
    return rf"{deed}|\bmis(?:configured|typed|read|handled)\s+by\s+$"


def _trigger_before(causes: Causes) -> str:
    return rf"\b{words(causes.incidents, 's?')}\b{IN_SENTENCE}{{0,60}}\b{words(causes.triggers)}\s+$"


def _mistake_before(error: HumanError) -> str:
    mistake, deed = words(error.mistakes, "s?"), r"(?:(?:made|introduced|committed|caused)\s+)?"
    return rf"\b{mistake}\s+{deed}by\s+$|\b{mistake}\s+on\s+the\s+part\s+of\s+$"


def _mistake_after(error: HumanError) -> str:
    mistake, few = words(error.mistakes, "s?"), r"(?:[\w-]+\s+){0,2}"
    compound = r"(?!\s+(?:message|log|page|rate|code|budget|handling|report|handler|count|screen|dialog|response)s?\b)"
    made = r"(?:'s?)?\s+(?:made|had\s+made|makes)\s+(?:an?|the|some|several|two)\s+"
    return rf"{made}{few}{mistake}\b{compound}|'s?\s+{few}{mistake}\b{compound}"


def _fault_words(harsh: FaultWords) -> str:
    return rf"\b{words(harsh.fine)}\b|\b(?P<hit>{words(harsh.anybody)})\b"


def _fine_before(error: HumanError) -> str:
    small = (
        r"(?:an?|the|any|some|all|future|simple|possible|potential|manual|more|another|such|pure|just|merely|by|from|"
        r"on|as|for|similar)"
    )
    return rf"\b{words(error.fine_before)}\s+(?:{small}\s+){{0,3}}$"


def _fault_after(faults: Faults, causes: Causes) -> str:
    """A fault as the predicate of a person, with a little room for where and at what they worked."""
    aside = (
        r"(?:,?\s+(?:from|on|in|at|of|with|for|working|doing|performing|carrying|who|responsible|using|trying|"
        r"attempting|tasked|assigned|handling|involved|conducting|running|debugging|during)\b"
        rf"(?:{_NEW_SUBJECT}{IN_SENTENCE}){{0,70}}?|,\s+who\s[^,.;!?\n]{{3,80}},)?"
    )
    helper = (
        r"(?:,?\s+(?:had|has|have|was|were|also|then|later|simply|just|therefore|apparently|again|both|once|"
        r"unfortunately|quickly)\b,?){0,3}"
    )
    before_way = r"\b(?<!not )(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bof )"
    room = rf"(?:{_NEW_SUBJECT}{IN_SENTENCE}){{0,70}}?"
    adverbs = words(faults.adverbs)
    kinds = (
        rf"(?P<forgot>forgot|had\s+forgotten|forgotten|neglected)(?:\s+to\s+(?P<to>\w+)(?P<to_what>\s+{IN_SENTENCE}{{1,90}})?)?\b",
        rf"(?P<adverb>{adverbs})\s+(?!{words(faults.thoughts)}\b)(?P<did>[\w-]+)(?P<what>\s+{IN_SENTENCE}{{1,90}})?",
        r"(?:did\s+not|didn't|had\s+not|hadn't|never|failed\s+to)\s+(?:(?:immediately|initially|fully|properly|correctly|"
        rf"actually|carefully|adequately)\s+)*(?P<undone>{words(faults.undone)})(?:ed|d)?\b(?P<undone_what>\s+{IN_SENTENCE}{{1,90}})?",
        rf"failed\s+to\s+(?!follow\b|{words(faults.unable)}\b)\w+",
        rf"(?P<verb>{words(faults.verbs)})\b",
        rf"(?P<acted>{words(faults.actions)})\b(?P<acted_what>{room}){before_way}(?P<way>{words(faults.ways)})\b",
        rf"{words(faults.releases)}\s+{words(faults.bad_things)}\b",
        rf"(?P<harm>{words(causes.harms)})\s+(?:an?|the|our|this|production|prod|all|a\s+major)\b",
        rf"[\w-]+\b{IN_SENTENCE}{{5,150}}\b(?:but|and)\s+(?:then\s+)?(?:forgot|neglected|{adverbs}|"
        rf"{words(faults.verbs)}|{words(faults.actions)}(?=\s+the\s+wrong))\b(?=\s+(?!{words(faults.thoughts)}\b))",
    )
    return rf"{aside}{helper}\s+(?:{'|'.join(kinds)})"


def _cause_goes_on(rules: BlamelessRules) -> str:
    """What may follow a person who is told as the cause; another noun may not (an operator bug, an admin console)."""
    acted, adverbs = words(rules.faults.actions), words(rules.faults.adverbs)
    return (
        rf"\s*(?:[.,;!?)]|$)|\s+(?:who|(?P<doing>\w+ing)(?P<doing_what>\s+{IN_SENTENCE}{{1,90}})?|{acted}|{adverbs}|"
        r"not|and|having|from|at|in|on|of|during|while|when|had|did|was|made|forgot|failed|executed|attempted|tried|reused|introduced|with|under)\b"
    )


def _should_after(counter: Counterfactual) -> str:
    states = rf"{words(counter.states)}\b(?!\s+{words(counter.traits)}\b)"
    return (
        r"\s+(?:really\s+|probably\s+|clearly\s+|also\s+)?(?P<modal>should|could|ought\s+to)(?P<never>\s+not|n't|\s+never)?"
        rf"(?:'ve|(?:\s+(?:easily|probably|also|at\s+least))?\s+have)(?P<not>\s+not)?(?:\s+(?!{states})\w+ly)?\s+"
        rf"(?!{states})(?!{_ADJECTIVES}\s+(?!{_ARTICLE}))(?P<pp>{_PARTICIPLE})\b(?P<pp_what>\s+{IN_SENTENCE}{{1,90}})?"
    )


def _harsh_after(harsh: FaultWords) -> str:
    machine = r"(?!\s+(?:the\s+)?(?:redirect|link|symlink|leader)s?\b)"
    room = rf"(?:{_NEW_SUBJECT}(?!\b(?:scripts?|systems?|tools?|jobs?)\b){IN_SENTENCE}){{0,40}}?"
    return rf"{room}\s{words(harsh.people_only)}\b{machine}"


def _human_error(error: HumanError) -> str:
    return (
        rf"\b(?P<hit>{words(error.anywhere, 's?')})\b"
        rf"|\b{words(error.user_error_after)}\s+(?P<user>user\s+errors?)\b"
        r"|\b(?P<by>user\s+errors?)\s+(?:by|on\s+the\s+part)\b"
    )


def _counterfactual(counter: Counterfactual, people: People) -> str:
    often = r"(?:\w+ly\s+)?"
    return (
        rf"\b(?P<passive>(?:could|might)\s+{often}have\s+{often}been\s+{often}{words(counter.outcomes)})\b"
        r"|\b(?P<only>if\s+only)\s+(?:we|i|he|she|they|someone|somebody|it\s+had|there\s+had|an?\s+\w+\s+had|"
        rf"(?:the|our)\s+(?:\w+\s+){{1,3}}had|{words(people.roles)})\b"
        rf"|\b(?P<would>would(?:n't|\s+not|\s+never)\s+have\s+{often}{words(counter.events)}"
        rf"\b{IN_SENTENCE}{{0,40}}\b(?:if|had))\b"
    )
