"""The words of the blameless check, compiled to patterns once per pack. All of them read a flattened text: lower
case, straight apostrophes, one space for a line break. Nothing here decides what is a finding."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from incident_console.domain.blameless.rules import (
    BlamelessRules,
    Causes,
    Counterfactual,
    Faults,
    FaultWords,
    HumanError,
    People,
)
from incident_console.domain.frozen import frozen

IN_SENTENCE: Final = r"(?:[^.;!?\n]|\.(?=\w))"
"""One character of the same sentence; the dot of a version or a host name is one."""

_DETERMINER: Final = (
    r"(?:one of (?:the|our|their|its)|an?|the|our|their|its|another|some|one|two|this|that|every|each|no)"
)
_PLAIN: Final = (
    r"(?!(?:an?|the|by|to|of|for|from|with|and|or|but|in|on|at|our|their|its|that|which|who|when|while|because|if|"
    r"was|were|is|are|had|has|have|be|been|not|than|as)(?![\w'-]))[\w'/&.+-]+"
)
_MEMBER: Final = r"(?:(?:an?|one|another|some|two|the)\s+(?:[\w-]+\s+)?members?\s+of\s+)?"
DETERMINER: Final = re.compile(rf"\b{_MEMBER}(?P<det>{_DETERMINER})\s+(?:{_PLAIN}\s+){{0,4}}$")
"""What stands before a role and belongs to it: “one of our most senior ”."""
DETERMINED: Final = re.compile(rf"{_DETERMINER}\b")

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
_SLIPPED_AFTER: Final = rf"(?:{_NEW_SUBJECT}{IN_SENTENCE}){{0,60}}?\b(?:by\s+mistake|by\s+accident|in\s+error)\b"
_CARELESS: Final = (
    rf"\b(?:nobody|no\s+one|none\s+of\s+(?:us|them|the\s+\w+))\b{IN_SENTENCE}{{0,40}}?\b"
    r"(?:bothered|cared|thought|remembered|took\s+the\s+time)\s+to\b"
)
_BLAME_BEFORE: Final = (
    r"\bblam(?:e|ed|es|ing)\s+(?:(?:it|this|that|the\s+outage|the\s+incident)\s+)?"
    r"(?:(?:lies|falls|rests|was\s+placed|was\s+put)\s+)?(?:on\s+|with\s+)?$|\bfault\s+of\s+$"
)
_BLAME_AFTER: Final = r"'s?\s+(?:own\s+)?(?:fault|negligence|carelessness|incompetence)\b(?!\s+toleran)"
IF_BEFORE: Final = re.compile(r"\bif\s+(?:only\s+)?$")
HAD_BEFORE: Final = re.compile(r"(?:^|[.,;:(!?\n]\s*|\b(?:but|and|because)\s+)had\s+$")
SHOULD_BEFORE: Final = re.compile(r"\bshould(?:n't|\s+not)?\s+have\s+been\s+(?:\w+ly\s+)?\w+\s+by\s+$")
HAD_AFTER: Final = re.compile(r"\s+(?:had|hadn't)\s+\w+")
WOULD: Final = re.compile(rf"{IN_SENTENCE}*\b(?:would|wouldn't|could|might)\b")


def words(phrases: Iterable[str], plural: str = "") -> str:
    """A pattern for any of the phrases, the longest first; a space in them stands for any run of spaces."""
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted({" ".join(phrase.lower().split()) for phrase in phrases}, key=len, reverse=True):
        by_letter.setdefault(phrase[0], []).append(phrase[1:])
    # Each first letter stands once, because that is what makes long lists quick.
    each = (f"{re.escape(letter)}(?:{'|'.join(map(_spaced, rests))})" for letter, rests in by_letter.items())
    return f"(?:{'|'.join(each)}){plural}"


def _spaced(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", r"\s+")


@frozen
class Patterns:
    """What check_blameless looks with. A `…_before` ends where a person starts, a `…_after` starts where one ends."""

    people: re.Pattern[str]
    machines: re.Pattern[str]
    fault_after: re.Pattern[str]
    fault_before: re.Pattern[str]
    slipped_after: re.Pattern[str]
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
    fine_after: re.Pattern[str]
    careless: re.Pattern[str]
    role_before: re.Pattern[str]
    verbs: tuple[str, ...]
    """Verbs as they stand in “to …”."""
    cause_ends: frozenset[str]
    """With one of these words every phrase ends that makes somebody a cause."""
    counterfactual: re.Pattern[str]


@lru_cache(maxsize=4)
def patterns_of(rules: BlamelessRules) -> Patterns:
    """The patterns of a pack; compiled at the first call, which takes some thirty milliseconds."""
    causes, counter = rules.causes, rules.counterfactual
    return Patterns(
        people=re.compile(_people(rules)),
        machines=re.compile(rf"\b{words(rules.people.machines)}\b"),
        fault_after=re.compile(_fault_after(rules.faults, causes)),
        fault_before=re.compile(_fault_before(rules.faults)),
        slipped_after=re.compile(_SLIPPED_AFTER),
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
        fine_after=re.compile(_fine_after(rules.human_error)),
        careless=re.compile(_CARELESS),
        role_before=re.compile(rf"\b{words(rules.people.roles)},?\s+$"),
        verbs=rules.faults.undone,
        cause_ends=frozenset(phrase.split()[-1] for phrase in (*causes.lead_ins, *causes.triggers)),
        counterfactual=re.compile(_counterfactual(counter, rules.people)),
    )


def _people(rules: BlamelessRules) -> str:
    people, roles = rules.people, words(rules.people.roles, "s?")
    return (
        rf"(?<![\w@-])(?:(?P<role>(?:{roles}[\s-])?{roles}(?:\s+on[\s-]call|\s+on\s+duty)?|staffers)"
        rf"|(?P<team>{words(people.teams, 's?')}(?:\s+[b-h]\b)?)"
        rf"|(?P<someone>{words(people.someone)})|(?P<we>{words(people.we)}))(?![\w-])"
    )


def _fault_before(faults: Faults) -> str:
    """“accidentally deleted by …”; a finite verb in between starts something else."""
    finite = r"(?!\b(?:was|were|is|are|has|have|had)\b)"
    between = rf"(?:{_NEW_SUBJECT}{finite}{IN_SENTENCE}){{0,50}}"
    deed = rf"\b(?:{words(faults.adverbs)}|by\s+mistake|by\s+accident|in\s+error)\b(?P<deed>{between})\bby\s+$"
    looked = r"(?!(?:seen|read|used|shown|found|noticed|discovered|identified|reported|returned|fixed|corrected)\b)"
    how = rf"(?P<how>{looked}(?:\w+ed|made|run|set|put|given|written|cut|sent|chosen|built))"
    noun = rf"\b(?P<wrong>{words(faults.wrong)}\s+[\w-]+(?:\s+[\w-]+){{0,2}}?)"
    wrong = rf"{noun}(?:\s+(?P<was>(?:was|were)\s+)?{how})?\s+by\s+$"
    return rf"{deed}|\bmis(?:configured|typed|read|handled)\s+by\s+$|{wrong}"


def _trigger_before(causes: Causes) -> str:
    return rf"\b{words(causes.incidents, 's?')}\b{IN_SENTENCE}{{0,60}}\b{words(causes.triggers)}\s+$"


def _mistake_before(error: HumanError) -> str:
    mistake = rf"(?P<slip>{words(error.mistakes, 's?')})"
    deed = r"(?:(?P<was>(?:was|were|had\s+been)\s+)?(?:made|introduced|committed|caused)\s+)?"
    return rf"\b(?P<sort>(?:user|human|operator|manual)\s+)?{mistake}\s+(?:{deed}by|on\s+the\s+part\s+of)\s+$"


def _mistake_after(error: HumanError) -> str:
    mistake = words(error.mistakes, "s?")
    compound = r"(?!\s+(?:message|log|page|rate|code|budget|handling|report|handler|count|screen|dialog|response)s?\b)"
    made = r"\s+(?:made|had\s+made|makes)\s+(?P<art>an?|the|some|several|two|three)\s+"
    few = r"(?:[\w-]+\s+){0,2}"
    return rf"{made}(?P<slip>{few}{mistake})\b{compound}|'s?\s+(?P<own>{few}{mistake})\b{compound}"


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
    return rf"{aside}{helper}\s+(?:{'|'.join((*_left_undone(faults), *_done_wrong(faults, causes)))})"


def _left_undone(faults: Faults) -> tuple[str, ...]:
    fully = (
        r"(?:(?:immediately|initially|fully|properly|correctly|actually|carefully|adequately|sufficiently|even)\s+)*"
    )
    return (
        r"(?P<forgot>forgot|had\s+forgotten|forgotten|neglected)(?:\s+to\s+(?P<to>[\w-]+))?\b",
        rf"(?:did\s+not|didn't|had\s+not|hadn't|never|failed\s+to)\s+{fully}"
        rf"(?P<undone>{words(faults.undone)})(?:ed|d)?\b",
        rf"failed\s+to\s+(?!follow\s+(?!up\b)|{words(faults.unable)}\b)(?P<failed>\w+)",
    )


def _done_wrong(faults: Faults, causes: Causes) -> tuple[str, ...]:
    adverbs, thoughts = words(faults.adverbs), rf"(?!{words(faults.thoughts)}\b)"
    before_way = r"\b(?<!not )(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bof )"
    room = rf"(?:{_NEW_SUBJECT}{IN_SENTENCE}){{0,70}}?"
    talk = r"(?!\s+(?:fix|report|bounty|tracker|hash|polic|reset|manager|rotation|template|check))"
    lost = rf"{words(faults.destructive)}\s+(?:[\w'-]+\s+){{0,3}}{words(faults.precious)}\s+(?:[\w'-]+\s+){{0,2}}"
    return (
        rf"(?={lost}{words(faults.stores, 's?')}\b)(?P<lost>\w+)",
        rf"(?P<adverb>{adverbs})\s+{thoughts}(?P<did>[\w-]+)",
        rf"(?P<verb>{words(faults.verbs)})\b",
        rf"(?P<acted>{words(faults.actions)})\b{room}{before_way}(?P<way>{words(faults.ways)})(?![\w-])",
        rf"(?P<let>{words(faults.releases)})\s+(?P<bad>{words(faults.bad_things)})\b{talk}",
        rf"(?P<harm>{words(causes.harms)})\s+(?:an?|the|our|this|production|prod|all|a\s+major)\b",
        rf"{words(causes.answerable)}\s+(?:an?|the|our|this)\s+(?:[\w-]+\s+){{0,2}}{words(causes.consequences)}",
        rf"[\w-]+\b{IN_SENTENCE}{{5,150}}\b(?:but|and)\s+(?:then\s+)?(?:forgot|neglected|{adverbs}|"
        rf"{words(faults.verbs)}|{words(faults.actions)}(?=\s+the\s+wrong))\b(?=\s+{thoughts})",
    )


def _cause_goes_on(rules: BlamelessRules) -> str:
    """What may follow a person who is told as the cause; another noun may not (an operator bug, an admin console)."""
    acted, adverbs = words(rules.faults.actions), words(rules.faults.adverbs)
    harmless = (
        r"(?!(?:notic|find|spot|discover|reali[sz]|report|restor|recover|investigat|escalat|respond|join|help|having\s+"
        r"(?:to|no|limited|been|only)|not\s+(?:having|being|receiving|getting|knowing)|being\s+(?:able|unable|paged))"
        r"(?:\w*)\b)"
    )
    return (
        rf"\s*(?:[.,;!?)]|$)|\s+{harmless}(?:who\s+(?:had\s+)?(?:{adverbs}\s+)?(?P<did>{acted})|who|(?P<doing>\w+ing)|"
        rf"{acted}|{adverbs}|not|and(?=\s+(?:was|took|lasted|went|could)\b)|having|from|at|in|on|of|during|while|when|had|did|was|made|forgot|failed|executed|"
        r"attempted|tried|reused|introduced|with|under)\b"
    )


def _should_after(counter: Counterfactual) -> str:
    states = rf"{words(counter.states)}\b(?!\s+{words(counter.traits)}\b)"
    return (
        r"\s+(?:really\s+|probably\s+|clearly\s+|also\s+)?(?P<modal>(?:could\s+and\s+)?should|could|ought\s+to)(?P<never>\s+not|n't|\s+never)?"
        rf"(?:'ve|(?:\s+(?:easily|probably|also|at\s+least))?\s+have)(?P<not>\s+not)?(?:\s+(?!{states})\w+ly)?\s+"
        rf"(?!{states})(?!{_ADJECTIVES}\s+(?!{_ARTICLE}))(?P<pp>{_PARTICIPLE})\b"
        rf"|\s+would(?:'ve|\s+have)\s+(?:\w+ly\s+)?(?P<hoped>{words(counter.hopes)})\b"
    )


def _harsh_after(harsh: FaultWords) -> str:
    machine = r"(?!\s+(?:up|(?:the\s+)?(?:redirect|link|symlink|leader)s?)\b)"
    room = rf"(?:{_NEW_SUBJECT}(?!\b(?:scripts?|systems?|tools?|jobs?)\b){IN_SENTENCE}){{0,40}}?"
    very = r"(?:(?:too|so|very|rather|simply|just|clearly|entirely)\s+)?"
    are = rf"(?:was|were|is|are|been|being)\s+{very}{words(harsh.people_are)}"
    return rf"{room}\s(?:(?P<phrase>{words(harsh.people_only)})|{are})\b{machine}"


def _human_error(error: HumanError) -> str:
    return (
        rf"\b(?P<hit>{words(error.anywhere, 's?')})\b"
        rf"|\b{words(error.user_error_after)}\s+(?P<user>user\s+errors?)\b"
        r"|\b(?P<by>user\s+errors?)\s+(?:by|on\s+the\s+part|(?:was|were)\s+(?:the|to\s+blame|behind|responsible))\b"
    )


def _fine_after(error: HumanError) -> str:
    return rf"[\"'”’]?\s+{words(error.fine_after)}\b"


def _counterfactual(counter: Counterfactual, people: People) -> str:
    often = r"(?:\w+ly\s+)?"
    sooner = rf"{words(counter.sooner)}\b{IN_SENTENCE}{{0,30}}?\s(?:earlier|sooner|faster|more\s+quickly)"
    error = r"(?<!exception )(?<!error )(?<!panic )(?<!signal )(?<!exceptions )(?<!errors )"
    return (
        rf"\b(?P<passive>(?:could|might)\s+{often}have\s+{often}been\s+{often}(?:{words(counter.outcomes)}|{sooner}))\b"
        rf"|\b{error}(?P<review>should(?:n't|\s+not)?\s+{often}have\s+{often}been\s+{often}{words(counter.steps)})\b"
        r"(?!\s+by\s+(?:the|an?|our|its)\b)"
        rf"|\b(?:was|were)\s+(?P<avoidable>{often}{words(counter.avoidable)})\b"
        r"(?=\s*(?:[.,;!?)]|$|\s(?:and|with|if|but|by|had|through)\b))"
        r"|\b(?P<only>if\s+only)\s+(?:we|i|he|she|they|someone|somebody|it\s+had|there\s+had|an?\s+\w+\s+had|"
        rf"(?:the|our)\s+(?:\w+\s+){{1,3}}had|{words(people.roles)})\b"
        rf"|\b(?P<would>would(?:n't|\s+not|\s+never)\s+have\s+{often}{words(counter.events)}"
        rf"\b{IN_SENTENCE}{{0,40}}\b(?:if|had))\b"
    )
