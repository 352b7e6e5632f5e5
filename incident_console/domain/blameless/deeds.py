"""Patterns for a fault as it is told of a person: who did what, and in which manner. The shape of the sentence counts
more than the verb, because nobody can list every verb. Nothing here decides what is a finding."""

from typing import Final

from incident_console.domain.blameless.phrases import IN_SENTENCE, NEW_SUBJECT, room, words
from incident_console.domain.blameless.rules import Causes, Faults

_THIS: Final = (
    r"\b(?:this|these|(?:this|these|that)\s+(?:issue|change|incident|task|system|server|problem|ticket|deployment|migration|job|"
    r"service|work|upgrade|release|process)s?)\b"
)
_ASIDE: Final = (
    r"(?:\s+\([^()\n]{1,70}\),?)?"
    r"(?:,?\s+(?:from|on|in|at|of|with|for|who|responsible|tasked|assigned|involved|(?:that|who|which)\s+(?:was|were|had|has)|"
    rf"(?!being\b|having\b|getting\b)[a-z]{{2,}}ing)\b(?:{room(80)}{_THIS}){{0,2}}{room(80)}|,\s+who\s[^,.;!?\n]{{3,80}},)?"
    r"(?:,\s+which\s[^,.;!?\n]{3,70},)?"
)
"""Where and at what somebody worked; one insertion, not any number."""
_HELPER: Final = r"(?:,?\s+(?:had|has|have|also|then|later|just|again|both|once|instead|however|[a-z]+ly)\b,?){0,3}"
"""No “was” and no “were”: to whom a wrong page was sent, did nothing wrong."""
_PRONOUN: Final = r"(?:\s+(?:it|this|these|that)(?=\s))?"
_BARE: Final = r"(?<!not )(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bof )"
"""Not in front of a noun: “removed the accidentally added rule” is a repair."""
IRREGULAR: Final = (
    "(?:ran|overwrote|overrode|shut|cut|set|reset|chose|wrote|rewrote|put|left|sent|gave|built|rebuilt|took|broke|tore|threw|"
    "hit|made|brought|did|redid|drove|drew|hung|bound|blew|burnt|stuck|cast|spun|swung|fed|bent|split|spread|shook|slid|"
    "sold|bought|flew|shot|kept|went)"
)
"""Verbs in the past that do not end in -ed."""
_NO_DEED: Final = (
    "(?:told|given|asked|saw|seen|read|needed|wanted|received|joined|informed|warned|paged|contacted|called|advised|looked|"
    "watched|monitored|examined|inspected|traced|investigated|checked|spotted|restored|reverted|fixed|corrected|recovered|"
    "repaired|prevented|avoided|learned|learnt|reali[sz]ed|understood|experienced|reviewed|determined|mitigated|resolved|"
    "escalated|notified|alerted|acknowledged|responded|anticipated|recogni[sz]ed|questioned|affected|impacted|"
    "involved|relied|named|based|shown|prompted|led|misled|caused|need|speed|indeed)"
)
"""Verbs of looking, telling and repairing: what is said behind them to be wrong was wrong before."""
_BAD_NEWS: Final = (
    r"(?:(?:the|a|an|several|repeated|clear|explicit|earlier|failing|failed|red|open|ignored)\s+){0,3}(?:\w+\s+){0,2}?"
    r"(?:warnings?|tests?|errors?|alerts?|objections?|advice|instructions?|polic(?:y|ies)|freeze|checks?|procedures?|builds?)\b"
)
_LEADS_TO: Final = (
    r"(?:,\s*|\s)(?:(?:in\s+the\s+process|thereby|thus|effectively|inadvertently|unintentionally|unknowingly),?\s+)?"
    r"(?:causing|triggering|crashing|breaking|taking\s+down|bringing\s+down|knocking\s+out|resulting\s+in|leading\s+to)\b"
)
_SPLIT: Final = r"(?:took|brought|knocked|taking|bringing|knocking)\s+(?:[\w-]+\s+){1,4}(?:down|offline|out)\b"
_WENT_DOWN: Final = (
    r",?\s+(?:and|so|after\s+which|whereupon|at\s+which\s+point)\s+(?:the|our|all|every|its)\s+(?:[\w-]+\s+)?(?:(?:web)?sites?|services?|"
    r"systems?|app|applications?|platform|api|clusters?|databases?|servers?|network|hosts?|shop|portal|nodes?|data|tables?)\s+"
    r"(?:went\s+(?:down|offline|dark)|(?:came|ground)\s+to\s+an?\s+(?:[\w-]+\s+)?halt|crashed|collapsed|stopped\s+working|(?:was|were)\s+(?:lost|gone|wiped|down))\b"
)
_HARMED: Final = (
    r"(?:cut|dug|drilled|struck|tripped|unplugged|dislodged|bumped|knocked|severed|pierced|punctured|spilled|spilt)"
    r"(?:\s+(?:through|into|up|out|over|loose|off|against))?\s+(?:[\w'-]+\s+){0,3}"
    r"(?:fib(?:re|er)s?|cables?|lines?|breakers?|power|plugs?|cords?|pipes?|switch|servers?|rack|feeds?|button|coolant)\b"
    r"(?!\s+(?:to|so\s+that)\b)"
)
_LURED: Final = (
    r"(?:clicked|opened|followed|downloaded|installed|ran|executed|approved)\b"
    rf"{room(50)}\s(?:malicious|phishing|infected)\b|fell\s+(?:for|victim)\b"
)
_NOT_THAT: Final = (
    r"(?:deleted|removed|restarted|rebooted|dropped|wiped|stopped|ran|executed|applied|deployed|unplugged|disabled|"
    rf"disconnected|terminated|targeted|pushed|shut\s+down)\b{room(70)}\s(?:instead\s+of|rather\s+than)\s+(?:the|its|our|on|in)\b"
)
_TOO_SOON: Final = (
    r"before\s+(?:it|they|the|this|that|all|any)\b"
    rf"{IN_SENTENCE}{{0,40}}?(?:\s(?:had|was|were)|(?<=it)|(?<=they))\s+(?:\w+ly\s+)?(?:been\s+)?(?:\w+ly\s+)?"
    r"(?:tested|reviewed|approved|verified|checked|finished|completed?|passed|ready|signed\s+off)\b"
)
_AGAINST: Final = (
    r"(?:against|contrary\s+to|in\s+(?:violation|breach)\s+of)\s+(?:[\w-]+\s+){0,3}"
    r"(?:polic(?:y|ies)|procedures?|protocols?|advice|instructions?|rules?)"
)
_CUT_OFF: Final = (
    r"(?:cut|killed|severed|(?:shut|switched|turned)\s+off)\s+(?:all|both)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+)?"
    r"(?:power|electricity|cooling|feeds?|traffic|access|connections?)\b"
)
_IDLE: Final = (
    r"(?:was|were)(?:n't|\s+not)\s+(?:\w+ly\s+)?(?:following|checking|testing|verifying|reading|watching|looking|thinking|"
    r"paying)\b"
)


def fault_after(faults: Faults, causes: Causes) -> str:
    """A fault as the predicate of a person, with a little room for where and at what they worked."""
    predicates = "|".join((*_left_undone(faults), *_done_wrong(faults, causes), *_brought_about(faults, causes)))
    breach = rf",\s+{_AGAINST},\s+(?!{words(faults.thoughts)}\b){_deed(faults)}\b"
    return rf"{_ASIDE}{_HELPER}\s+(?:{predicates})|{breach}|'s?\s+(?:\w+\s+)?failure\s+to\s+\w+"


def deed_after(faults: Faults) -> str:
    """Anything that somebody did, with the same room."""
    return rf"{_ASIDE}{_HELPER}\s+{_deed(faults)}\b"


def fault_before(faults: Faults) -> str:
    """“accidentally deleted by …” and “failure by …”; a finite verb in between starts something else."""
    finite = r"(?!\b(?:was|were|is|are|has|have|had)\b)"
    between = rf"(?:{NEW_SUBJECT}{finite}{IN_SENTENCE}){{0,50}}"
    deed = rf"\b(?:{words(faults.adverbs)}|by\s+mistake|by\s+accident|in\s+error)\b(?P<deed>{between})\bby\s+$"
    looked = r"(?!(?:seen|read|used|shown|found|noticed|discovered|identified|reported|returned|fixed|corrected)\b)"
    how = rf"(?P<how>{looked}(?:\w+ed|made|run|set|put|given|written|cut|sent|chosen|built))"
    noun = rf"\b(?P<wrong>{words(faults.wrong)}\s+[\w-]+(?:\s+(?!(?:was|were|is|are)\b)[\w-]+){{0,5}}?)"
    wrong = rf"{noun}(?:\s+(?P<was>(?:was|were)\s+)?{how})?\s+by\s+$"
    failure = r"\b(?P<failure>failure)\s+(?:by|of|on\s+the\s+part\s+of)\s+$"
    lost = rf"\b(?:was|were|had\s+been)\s+(?P<lost>{words(faults.destructive)}|overwritten)\s+by\s+$"
    bug = (
        r"\b(?:bug|defect|regression|vulnerability|fault|flaw|problem)s?\s+(?:(?:that\s+)?(?:was|were|had\s+been)\s+)?"
        r"(?:introduced|created|written)\s+(?:\w+\s+)?by\s+$"
    )
    return rf"{deed}|{lost}|{bug}|\bmis-?(?:configured|typed|read|handled)\s+by\s+$|{wrong}|{failure}"


def slipped_after(faults: Faults) -> str:
    """A slip told behind “by” a person: “was run by an engineer without checking”."""
    manner = rf"{words(faults.adverbs)}|by\s+mistake|by\s+accident|in\s+error|{_missing(faults)}|{_TOO_SOON}"
    return rf"{room(60)}\b(?:{manner})"


def _missing(faults: Faults) -> str:
    """“properly” and its like may stand in between."""
    few = r"(?:(?:first|even|properly|fully|proper|adequate|any|prior|sufficient|enough|the|an?|thorough)\s+)*"
    return rf"without\s+{few}{words(faults.left_out)}"


def _left_undone(faults: Faults) -> tuple[str, ...]:
    fully = (
        r"(?:(?:immediately|initially|fully|properly|correctly|actually|carefully|adequately|sufficiently|even)\s+)*"
    )
    return (
        r"(?P<forgot>forgot|had\s+forgotten|forgotten|neglected)(?:\s+to\s+(?P<to>[\w-]+))?\b",
        rf"(?:did\s+not|didn't|had\s+not|hadn't|never|failed\s+to)\s+{fully}"
        rf"(?P<undone>{words(faults.undone)})(?:ed|d)?\b",
        rf"(?P<idle>{_IDLE})",
        rf"failed\s+to\s+(?!follow\s+(?!up\b)|{words(faults.unable)}\b)(?P<failed>\w+)",
    )


def _deed(faults: Faults) -> str:
    """Any verb in the past, unless it tells of thinking, looking or repairing."""
    return rf"(?!(?:{words(faults.thoughts)}|{_NO_DEED})\b)(?:{words(faults.actions)}|{IRREGULAR}|[a-z][a-z-]*ed)"


def _manner(faults: Faults) -> str:
    """What makes a deed a slip: “by mistake”, “the wrong …”, “without testing”."""
    return (
        rf"(?:{_AGAINST}|{words((*faults.ways, *faults.adverbs))}(?!\s+states?\b)|{_missing(faults)}|"
        r"not\s+(?:knowing|reali[sz]ing|noticing|checking|considering|thinking)|unaware\s+(?:that|of)|"
        rf"(?:despite|in\s+spite\s+of)\s+{_BAD_NEWS}|{_TOO_SOON})"
    )


def _done_wrong(faults: Faults, causes: Causes) -> tuple[str, ...]:
    adverbs, thoughts = words(faults.adverbs), rf"(?!{words(faults.thoughts)}\b)"
    harms = rf"{words(causes.harms)}(?=\s+(?:an?|the|our|this|production|prod|all)\b)"
    deed, slips = _deed(faults), rf"(?:by\s+mistake|by\s+accident|{words(faults.adverbs)})"
    talk = r"(?!\s+(?:fix|report|bounty|tracker|hash|polic|reset|manager|rotation|template|check))"
    lost = rf"{words(faults.destructive)}\s+(?:[\w'-]+\s+){{0,3}}{words(faults.precious)}\s+(?:[\w'-]+\s+){{0,2}}"
    misdid = r"mis-?(?!sed\b|led\b|sing\b|informed\b|sion|match)[a-z-]*(?:ed|read|took|understood|heard|spelt)"
    return (
        rf"(?={lost}{words(faults.stores, 's?')}\b)(?P<lost>\w+)",
        rf"(?:(?:was|were)\s+(?=\w+\s+\w+ing\b))?(?P<adverb>{adverbs})\s+{thoughts}(?P<did>[\w-]+)",
        rf"(?:who,?\s+)?{_AGAINST},?\s+{thoughts}{_deed(faults)}\b",
        rf"(?P<verb>{words(faults.verbs)}|{misdid})\b",
        rf"(?P<acted>{deed})\b{_PRONOUN}{room(110)}\b{_BARE}(?P<way>{_manner(faults)})(?![\w-])",
        rf"(?P<let>{words(faults.releases)})\s+(?P<bad>{words(faults.bad_things)}|(?:(?:an?|the|some)\s+)?{words(faults.wrong)}\s+"
        rf"(?:(?:dns|router|network|firewall|feature|config|configuration|schema)\s+(?!(?:to|on|in|at|for|and|that)\b))?[\w-]+)\b{talk}",
        r"(?:restored|reverted|recovered)\s+(?:to\s+|from\s+)?(?:the|a)\s+wrong\b",
        rf"let\s+{IN_SENTENCE}{{2,50}}?\s(?:slip|slide)\b",
        rf"[\w-]+\b{IN_SENTENCE}{{5,150}}\b(?:but|and|however,?)\s+(?:then\s+)?(?:(?P<later>{_later(faults)})|forgot|neglected|{adverbs}|"
        rf"{words(faults.verbs)}|{harms}|{deed}(?={_PRONOUN}{room(50)}\s(?:{slips}|the\s+wrong|{_missing(faults)})\b))\b(?!\s+{words(faults.thoughts)}\b)",
    )


def _later(faults: Faults) -> str:
    left_out = rf"(?:did\s+not|didn't|never)\s+{words(faults.undone)}(?:ed|d)?"
    return rf"failed\s+to\s+(?!{words(faults.unable)}\b)\w+|{left_out}"


def _brought_about(faults: Faults, causes: Causes) -> tuple[str, ...]:
    harms, undid = words(causes.harms), words((*causes.harms, *faults.destructive, "removed", "disconnected"))
    return (
        rf"(?P<harm>{harms})\s+(?:an?|the|our|this|production|prod|all|a\s+major)\b",
        rf"(?P<cut>{_CUT_OFF}|{_HARMED})",
        _LURED,
        rf"(?P<other>{_NOT_THAT})",
        r"(?:was|were)\s+(?:too\s+|very\s+)?slow\s+(?:to|in)\s+\w",
        r"slipped\s+(?:and|while|on|off)\b",
        rf"(?:assumed|believed|thought)\b{IN_SENTENCE}{{3,120}}?\band\s+(?:then\s+)?(?:{words(faults.destructive)}|removed)\b",
        rf"{words(causes.answerable)}\s+(?:an?|the|our|this)\s+(?:[\w-]+\s+){{0,2}}{words(causes.consequences)}",
        rf"(?P<led>{_deed(faults)})\b{IN_SENTENCE}{{2,110}}?(?:\s(?:that|which)\s+(?:\w+ly\s+)?"
        rf"(?:{undid}\b|{_SPLIT})|{_LEADS_TO}|,\s+{_SPLIT}|{_WENT_DOWN})",
    )
