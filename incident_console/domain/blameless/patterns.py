"""The words of the blameless check, compiled to patterns once per pack. All of them read a flattened text: lower
case, straight apostrophes, one space for a line break. Nothing here decides what is a finding."""

import re
from functools import lru_cache
from typing import Final

from incident_console.domain.blameless.deeds import IRREGULAR, deed_after, fault_after, fault_before, slipped_after
from incident_console.domain.blameless.hindsight import avoidable, counterfactual, should_after
from incident_console.domain.blameless.phrases import IN_SENTENCE, NEW_SUBJECT, inflected, words
from incident_console.domain.blameless.rules import (
    BlamelessRules,
    Causes,
    FaultWords,
    HumanError,
    Words,
)
from incident_console.domain.frozen import frozen

_DETERMINER: Final = (
    r"(?:(?:one|some|several|many|most|two|three|a\s+few|a\s+number)\s+of\s+(?:the|our|their|its)|"
    r"an?|the|our|their|its|another|some|one|two|this|that|every|each|no)"
)
_PLAIN: Final = (
    r"(?!(?:an?|the|by|to|of|for|from|with|and|or|but|in|on|at|our|their|its|that|which|who|when|while|because|if|"
    r"was|were|is|are|had|has|have|be|been|not|than|as)(?![\w'-]))[\w'/&.+-]+"
)
_MEMBER: Final = r"(?:(?:an?|one|another|some|two|the)\s+(?:[\w-]+\s+)?members?\s+of\s+)?"
DETERMINER: Final = re.compile(rf"\b{_MEMBER}(?P<det>{_DETERMINER})\s+(?:{_PLAIN}\s+){{0,4}}$")
"""What stands before a role and belongs to it: “one of our most senior ”."""
DETERMINED: Final = re.compile(rf"{_DETERMINER}\b")

_CARELESS: Final = (
    rf"\b(?:nobody|no\s+one|none\s+of\s+(?:us|them|the\s+\w+))\b(?:{IN_SENTENCE}{{0,40}}?\b"
    r"(?:bothered|cared|thought|remembered|took\s+the\s+time)\s+to\b|\s+(?:was\s+(?:really\s+)?paying|paid)(?:\s+any)?"
    r"\s+attention\b)"
)
_BLAME_BEFORE: Final = (
    r"\bblam(?:e|ed|es|ing)\s+(?:[^\s.;]+\s+){1,8}on\s+$|\bblam(?:e|ed|es|ing)\s+(?:(?:it|this|that)\s+)?"
    r"(?:(?:lies|falls|rests|was\s+placed|was\s+put)\s+)?(?:on\s+|with\s+)?$|\bfault\s+of\s+$"
)
_BLAME_AFTER: Final = r"'s?\s+(?:own\s+)?(?:fault|negligence|carelessness|incompetence)\b(?!\s+toleran)"
_INDUCED: Final = ("driven", "induced", "caused", "made")
_BROKE_RULE: Final = (
    r"\s+(?:did\s+not|didn't|had\s+not|(?:was|were)\s+not|weren't)\s+(?:\w+ly\s+)?follow(?:ed|ing)?\s+(?:\w+\s+){0,3}"
    r"(?:polic(?:y|ies)|process(?:es)?|procedures?|protocols?|rules?|runbook|checklist|guidelines?|playbook|instructions?)\b"
)


@frozen
class Patterns:
    """What check_blameless looks with. A `…_before` ends where a person starts, a `…_after` starts where one ends."""

    people: re.Pattern[str]
    machines: re.Pattern[str]
    fault_after: re.Pattern[str]
    fault_before: re.Pattern[str]
    deed_after: re.Pattern[str]
    unfit: re.Pattern[str]
    person: re.Pattern[str]
    """A role or a group, wherever it stands."""
    slipped_after: re.Pattern[str]
    cause_before: re.Pattern[str]
    trigger_before: re.Pattern[str]
    cause_goes_on: re.Pattern[str]
    mistake_before: re.Pattern[str]
    mistake_after: re.Pattern[str]
    should_after: re.Pattern[str]
    harsh_after: re.Pattern[str]
    broke_rule: re.Pattern[str]
    blame_before: re.Pattern[str]
    blame_after: re.Pattern[str]
    fault_words: re.Pattern[str]
    human_error: re.Pattern[str]
    slip_words: tuple[str, ...]
    """Without one of these the pattern before it fits nowhere."""
    fine_before: re.Pattern[str]
    fine_after: re.Pattern[str]
    careless: re.Pattern[str]
    role_before: re.Pattern[str]
    cause_ends: frozenset[str]
    """With one of these words every phrase ends that makes somebody a cause."""
    counterfactual: re.Pattern[str]
    """Fits at the places of hindsight.STARTS."""
    avoidable: re.Pattern[str]


@lru_cache(maxsize=4)
def patterns_of(rules: BlamelessRules) -> Patterns:
    """The patterns of a pack; compiled at the first call, which takes some sixty milliseconds."""
    causes, counter = rules.causes, rules.counterfactual
    return Patterns(
        people=re.compile(_people(rules)),
        machines=re.compile(rf"\b{words(rules.people.machines)}\b"),
        fault_after=re.compile(fault_after(rules.faults, causes)),
        fault_before=re.compile(fault_before(rules.faults)),
        deed_after=re.compile(deed_after(rules.faults)),
        unfit=re.compile(rf"\b{words(rules.faults.unfit)}\b"),
        person=re.compile(rf"\b{words((*rules.people.roles, *rules.people.teams), 's?')}\b"),
        slipped_after=re.compile(slipped_after(rules.faults)),
        cause_before=re.compile(_cause_before(causes)),
        trigger_before=re.compile(_trigger_before(causes)),
        cause_goes_on=re.compile(_cause_goes_on(rules)),
        mistake_before=re.compile(_mistake_before(rules.human_error)),
        mistake_after=re.compile(_mistake_after(rules.human_error)),
        should_after=re.compile(should_after(counter)),
        harsh_after=re.compile(_harsh_after(rules.fault_words)),
        broke_rule=re.compile(_BROKE_RULE),
        blame_before=re.compile(_BLAME_BEFORE),
        blame_after=re.compile(_BLAME_AFTER),
        fault_words=re.compile(_fault_words(rules.fault_words)),
        human_error=re.compile(_human_error(rules.human_error)),
        slip_words=_slip_words(rules.human_error),
        fine_before=re.compile(_fine_before(rules.human_error)),
        fine_after=re.compile(_fine_after(rules.human_error)),
        careless=re.compile(_CARELESS),
        role_before=re.compile(rf"\b{words(rules.people.roles)},?\s+$"),
        cause_ends=frozenset(("as", "be", "been", "that", *_last_words((*causes.lead_ins, *causes.triggers)))),
        counterfactual=re.compile(counterfactual(counter, rules.people)),
        avoidable=re.compile(avoidable(counter)),
    )


def _last_words(phrases: Words) -> tuple[str, ...]:
    return tuple(phrase.split()[-1] for phrase in phrases)


def _slip_words(error: HumanError) -> tuple[str, ...]:
    each = (*error.mistakes, *(max(phrase.split(), key=len) for phrase in error.anywhere), "error", *_INDUCED)
    return tuple(sorted({word.split()[0] for word in each}))


def _people(rules: BlamelessRules) -> str:
    people, roles = rules.people, words(rules.people.roles, "s?")
    return (
        rf"(?<![\w@-])(?:(?P<role>(?:{roles}[\s-])?{roles}(?:\s+on[\s-]call|\s+on\s+duty)?|staffers)"
        rf"|(?P<team>{words(people.teams, 's?')}(?:\s+[b-h]\b)?)"
        rf"|(?P<someone>{words(people.someone)})|(?P<we>{words(people.we)}))(?![\w-])"
    )


def _cause_before(causes: Causes) -> str:
    of = rf"causes?\s+(?:of|for|behind)\s+{IN_SENTENCE}{{1,50}}?\s(?:was|were|is)(?:\s+that)?"
    known = (
        r"causes?\s+(?:was|were|is|has\s+been)\s+(?:identified|determined|found|established|confirmed|revealed|shown)\s+"
        r"(?:as|to\s+be|to\s+have\s+been|that)"
    )
    return rf"\b(?:{words(causes.lead_ins)}|{of}|{known})\s*$"


def _trigger_before(causes: Causes) -> str:
    return rf"\b{words(causes.incidents, 's?')}\b{IN_SENTENCE}{{0,60}}\b{words(causes.triggers)}\s+$"


def _mistake_before(error: HumanError) -> str:
    mistake = rf"(?P<slip>{words(error.mistakes, 's?')})"
    deed = r"(?:(?P<was>(?:was|were|had\s+been)\s+)?(?:made|introduced|committed|caused)\s+)?"
    return (
        rf"\b(?<!by )(?<!in )(?P<sort>(?:user|human|operator|manual)\s+)?{mistake}\s+"
        rf"(?:{deed}by|(?<!error )(?<!errors )of|on\s+the\s+part\s+of)\s+$"
    )


def _mistake_after(error: HumanError) -> str:
    mistake = words(error.mistakes, "s?")
    compound = r"(?!\s+(?:message|log|page|rate|code|budget|handling|report|handler|count|screen|dialog|response)s?\b)"
    made = r"\s+(?:made|had\s+made|makes)\s+(?P<art>an?|the|some|several|two|three)\s+"
    few = r"(?:[\w-]+\s+){0,2}"
    return rf"{made}(?P<slip>{few}{mistake})\b{compound}|'s?\s+(?P<own>{few}{mistake})\b{compound}"


def _fault_words(harsh: FaultWords) -> str:
    error = r"(?<!obvious )(?<!basic )(?<!elementary )errors?(?!\s+(?:messages?|handling|logs?|checks?|codes?)\b)"
    slip = rf"{words(harsh.judging)}\s+(?P<slip>mistakes?|blunders?|slip-ups?|slips?|oversights?|{error})"
    of_us = rf"{words(harsh.people_are)}\s+of\s+(?:us|me|him|her|them|the\s+\w+)"
    fault = (
        r"whose\s+fault\s+(?:it|this|that)|(?:my|our|his|her|your|their)\s+(?:own\s+)?"
        r"(?:fault|negligence|carelessness|incompetence)(?!\s+toler)"
    )
    return rf"\b{words(harsh.fine)}\b|\b(?P<hit>{slip}|{of_us}|{fault}|{words(harsh.anybody)})\b"


def _fine_before(error: HumanError) -> str:
    small = (
        r"(?:an?|the|any|some|all|future|simple|possible|potential|manual|more|another|such|pure|just|merely|by|from|"
        r"on|as|for|similar)"
    )
    return rf"\b{words(inflected(error.fine_before))}\s+(?:{small}\s+){{0,3}}$"


def _cause_goes_on(rules: BlamelessRules) -> str:
    """What may follow a person who is told as the cause; another noun may not (an operator bug, an admin console)."""
    acted, adverbs = rf"(?:{words(rules.faults.actions)}|{IRREGULAR}|[a-z][a-z-]*ed)", words(rules.faults.adverbs)
    harmless = (
        r"(?!(?:notic|find|spot|discover|reali[sz]|report|restor|recover|investigat|escalat|respond|join|help|having\s+"
        r"(?:to|no|limited|been|only)|not\s+(?:having|being|receiving|getting|knowing)|being\s+(?:able|unable|paged))"
        r"(?:\w*)\b)"
    )
    return (
        r"\s*(?:[.,;!?)]|$)|'s?\s+(?:\w+\s+)?(?:decision|actions?|choice|changes?|command|commit|attempt|assumption|misunderstanding|"
        rf"unfamiliarity|confusion|inexperience)\b|\s+{harmless}(?:who\s+(?:had\s+)?(?:{adverbs}\s+)?(?P<did>{acted})|who|(?P<doing>\w+ing)|"
        rf"{acted}|{adverbs}|not|and(?=\s+(?:was|took|lasted|went|could)\b)|having|from|at|in|on|of|during|while|when|had|did|was|made|forgot|failed|executed|"
        r"attempted|tried|reused|introduced|with|under)\b"
    )


def _harsh_after(harsh: FaultWords) -> str:
    machine = r"(?!\s+(?:up|(?:the\s+)?(?:redirect|link|symlink|leader)s?)\b)"
    few = rf"(?:{NEW_SUBJECT}(?!\b(?:scripts?|systems?|tools?|jobs?)\b){IN_SENTENCE}){{0,40}}?"
    very = r"(?:(?:too|so|very|rather|simply|just|clearly|entirely)\s+)?"
    likened = rf"{very}(?:the\s+ones?\s+)?{words(harsh.people_are)}"
    are = rf"(?:was|were|is|are|am|been|being|got|become|became|grew)\s+{likened}"
    virtue = r"(?:\w+\s+and\s+not\s+)?(?:careful|diligent|attentive|vigilant|thorough|disciplined|competent)"
    short = rf"'(?:m|re)\s+(?:{likened}|not\s+{virtue})"
    lacking = rf"(?:was|were|am|are|is)(?:\s+not|n't)\s+{virtue}"
    rule = r"(?:violated|breached|flouted)\s+(?:\w+\s+){0,3}(?:polic(?:y|ies)|procedures?|protocols?|rules?)"
    lightly = r"(?:did\s+not|didn't|never)\s+take\s+(?:[\w']+\s+){1,4}seriously"
    return rf"(?:{short}|{few}\s(?:(?P<phrase>{words(harsh.people_only)})|{rule}|{lightly}|{lacking}|{are}))\b{machine}"


def _human_error(error: HumanError) -> str:
    sorts = r"(?:configuration|input|data[\s-]entry|coding|process|judge?ment|typing|planning)"
    kind = rf"(?:human|operator|manual)\s+{sorts}"
    theirs = rf"(?:human\s+and\s+\w+|{kind}|{words(error.whose)})[\s-](?!oversight){words(error.mistakes, 's?')}"
    compound = r"(?!\s+(?:message|log|page|code|budget|handling|report|handler|screen|dialog|response|correction)s?\b)"
    return (
        rf"\b(?P<hit>{words(error.anywhere, 's?')}|{theirs}{compound})\b"
        rf"|\b{words(error.user_error_after)}\s+(?P<user>user\s+errors?)\b"
        rf"|\b(?P<made>(?:(?:an?|some|several|two|three)\s+)?(?:\w+\s+)?{words(error.mistakes, 's?')}\s+"
        r"(?:was|were|had\s+been)\s+made)\b(?!\s+(?:by|possible|visible|worse|available|clear|public|known|impossible|"
        r"harder|easier|in\s+the\s+past)\b)"
        rf"|\b(?P<part>{words(error.mistakes, 's?')}\s+on\s+(?:my|his|her|their)\s+part|"
        rf"my\s+(?:own\s+)?{words(error.mistakes, 's?')})\b"
        rf"|\b(?P<induced>(?:engineer|operator|human|staff|people|administrator)[- ](?:{'|'.join(_INDUCED)})\s+"
        r"(?:\w+\s+)?(?:errors?|mistakes?|outages?|incidents?|failures?|misconfigurations?))\b"
        r"|\b(?P<by>user\s+errors?)\s+(?:by|on\s+the\s+part|(?:was|were)\s+(?:the|to\s+blame|behind|responsible))\b"
    )


def _fine_after(error: HumanError) -> str:
    verb = r"(?:(?:is|are|was|were|will|can|may|should)\s+(?:be\s+)?|(?:isn't|aren't|wasn't)\s+)?"
    return rf"[\"'”’]?\s+{verb}{words(error.fine_after)}\b"
