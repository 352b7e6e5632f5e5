"""Patterns for what did not happen: what somebody should have done, and what could have been. All of them read a
flattened text. Nothing here decides what is a finding."""

import re
from typing import Final

from incident_console.domain.blameless.phrases import IN_SENTENCE, room, words
from incident_console.domain.blameless.rules import Counterfactual, People

_ARTICLE: Final = r"(?:the|this|that|it|our|a|an|more|these|those|them|one|all|both|each|him|her|us|you)\b"
_ADJECTIVES: Final = (
    r"(?:limited|restricted|dedicated|shared|automated|elevated|detailed|improved|documented|trusted|scoped|delegated|"
    r"privileged|named|required|defined|written|centralized|centralised|well-\w+|need|speed)"
)
_PARTICIPLE: Final = (
    r"(?:[a-z-]{2,}ed|caught|known|run|done|made|taken|chosen|written|read|thought|told|kept|held|gone|let|set|shut|put|"
    r"split|cut|hit|held|met|led|fed|hidden|broken|frozen|drawn|thrown|shown|reset|rebuilt|overwritten|rewritten|undone|"
    r"redone|withheld|withdrawn|bought|taught|sold|dealt|felt|learnt|sought|left|found|understood|foreseen|given|sent|built|paid|begun|brought|spoken|driven|stood|spent|come|seen|been)"
)
_ONLY_PEOPLE: Final = (
    r"(?:acted(?!\s+as\b)|sought|listened|consulted|disclosed|apologi[sz]ed|foreseen|anticipated|reali[sz]ed|bothered|communicated|"
    r"challenged|questioned|cared|done\s+(?:more|better)|paid\s+(?:\w+\s+)?attention)"
)
"""No machine does these: whoever should have done so is a person, or many."""
_THE_HARM: Final = (
    r"(?:(?:all|most|much|some|both|any|half)\s+(?:of\s+)?)?(?:(?:this|that|the|these|those|our|such|an?)\s+(?:[\w-]+\s+){0,2}"
    r"(?:risk|outage|incident|disruption|failure|breach|problem|issue|loss|error|mistake|bug|leak|impact|damage|deletion|crash|"
    r"downtime|regression|delay)s?|this|it|them)"
)
IF_BEFORE: Final = re.compile(r"\bif\s+(?:only\s+)?$")
HAD_BEFORE: Final = re.compile(r"(?:^|[.,;:(!?\n]\s*|\b(?:but|and|because)\s+)had\s+$")
SHOULD_BEFORE: Final = re.compile(rf"\bshould(?:n't|\s+not)?\s+have\s+been\s+(?:\w+ly\s+)?\w+{room(30)}\s+by\s+$")
HAD_AFTER: Final = re.compile(r"(?:\s+(?:had|hadn't)|'d)\s+\w+")
WOULD: Final = re.compile(rf"{IN_SENTENCE}*\b(?:would|wouldn't|could|might)\b")

STARTS: Final = re.compile(
    r"could|might|should|ought|would|if\s|had\s|nobody|no\s+one|(?:we|i)(?=\s+(?:should|wish))|there(?=\s+(?:should|ought))|"
    r"in(?=\s+(?:hindsight|retrospect))|with(?=\s+(?:the|hindsight|what))|knowing(?=\s+what)|never(?=\s+should)"
)
"""Where the next pattern can begin at all; plain words are found quickly, alternatives with names are not."""


def should_after(counter: Counterfactual) -> str:
    """“should have tested”, behind a person."""
    doing = r"(?!receiving|getting|seeing|running|able)\w+ing"
    states = rf"{words(counter.states)}\b(?!\s+(?:{words(counter.traits)}|{doing})\b)"
    had = r"had\b(?!\s+(?:been|access|to|the\s+(?:right|chance)|permission)\b)"
    return (
        r"\s+(?:really\s+|probably\s+|clearly\s+|also\s+)?(?P<ever>never\s+)?(?P<modal>(?:could(?:\s+have)?,?\s+and\s+)?should|could|ought\s+(?:never\s+|not\s+)?to)(?P<never>\s+not|n't|\s+never)?"
        rf"(?:'ve|(?:\s+(?:easily|probably|also|at\s+least))?\s+ha(?:ve|d),?)(?P<not>\s+not)?(?:\s+(?!{states})\w+ly)?\s+"
        rf"(?:(?P<had>{had})|(?!{states})(?!{_ADJECTIVES}\s+(?!{_ARTICLE}))(?P<pp>{_PARTICIPLE})(?![\w-]))"
        r"|\s+(?P<needed>needed)\s+to\s+have\s+(?:had|been|\w+ed|done|made)\b"
        rf"|\s+would(?:'ve|\s+have)\s+(?:\w+ly\s+)?(?P<hoped>{words(counter.hopes)})\b"
    )


def counterfactual(counter: Counterfactual, people: People) -> str:
    """What could have been, told of nobody or of everybody; fits at STARTS only."""
    often = r"(?:(?!automatically)\w+ly\s+)?"
    more = r"(?:earlier|sooner|faster|better|more\s+(?:quickly|clearly|often))"
    sooner = rf"{words(counter.sooner)}\b{IN_SENTENCE}{{0,30}}?\s{more}"
    error = r"(?<!exception )(?<!error )(?<!panic )(?<!signal )(?<!exceptions )(?<!errors )"
    eased = words((*counter.hopes, *(word for word in counter.outcomes if word.endswith("ed"))))
    steps, would = words(counter.steps), rf"\b{IN_SENTENCE}{{0,120}}\b(?:would|could|might)\b"
    done = rf"(?:the|this|that|these|it|our|an?|any)\b{IN_SENTENCE}{{0,50}}?\sbeen\s+{often}{steps}{would}"
    return (
        rf"\b(?P<passive>(?:could|might)\s+{often}have\s+{often}been\s+{often}(?:{words(counter.outcomes)}|{sooner}))\b"
        rf"|\b{error}(?P<review>(?:should(?:n't|\s+not|\s+never)?|ought\s+(?:never\s+|not\s+)?to)\s+{often}have\s+{often}been\s+{often}{steps})\b"
        r"(?!\s+(?:automatically|by\s+(?:the|an?|our|its))\b)"
        r"|\b(?P<only>if\s+only)\s+(?:we|i|he|she|they|someone|somebody|it\s+had|there\s+had|an?\s+\w+\s+had|"
        rf"(?:the|our)\s+(?:\w+\s+){{1,3}}had|{words(people.roles)})\b"
        rf"|\b(?P<would>would(?:n't|\s+not|\s+never)\s+have\s+{often}{words(counter.events)}"
        rf"\b{IN_SENTENCE}{{0,40}}\b(?:if|had|with|without))\b"
        rf"|\b(?P<been>if\s+{done})"
        rf"|(?:(?<![^.,;:(!?\n])|(?<=[.,;:(!?\n]\s))(?P<had>had\s+{done})"
        rf"|\b(?P<human>(?:should|ought\s+to)\s+{often}(?:have|'ve)\s+{often}{_ONLY_PEOPLE})\b"
        r"|\b(?P<nobody>(?:nobody|no\s+one|(?:we|i)(?=\s+should(?:n't|\s+n)))\s+should(?:n't|\s+not|\s+never|\s+ever)?\s+"
        r"have\s+(?:had|been\s+(?:able\s+to|allowed|\w+ing)))\b"
        r"|\b(?P<there>there\s+(?:should|ought\s+to)\s+(?:also\s+)?have\s+been\s+(?:an?|more|better|some))\b"
        r"|\b(?P<wish>(?:we|i)\s+wish\s+(?:that\s+)?(?:we|i|someone|somebody|the\s+\w+)\s+had)\b"
        r"|\b(?P<better>would\s+have\s+been\s+(?:\w+\s+)?(?:better|wiser|safer|smarter|preferable)\s+(?:to|if|had))\b"
        r"|\b(?P<never>(?:should(?:n't|\s+not|\s+never)|never\s+should)\s+(?:ever\s+)?have\s+(?:happened|occurred|been\s+possible))\b"
        rf"|\b(?P<stopped>(?:(?:could|might)\s+{often}(?:have|'ve)\s+(?:either\s+)?{often}{eased}(?:\s+(?:and|or)(?:[\s/]+or)?\s+{eased})?|would\s+{often}(?:have|'ve)\s+{often}"
        rf"(?:prevented|avoided|averted))\s+{_THE_HARM})\b"
        rf"|\b(?P<missed>would\s+{often}have\s+{often}been\s+{words(counter.hopes)}(?=\b[^,.;!?\n]{{0,60}}\b"
        r"(?:had|if|by|in|during|with|at|before|sooner|earlier)\b))"
        r"|\b(?P<less>(?:would|could|might)\s+have\s+been\s+(?:(?:much|far|a\s+lot|even|significantly)\s+)?(?:shorter|smaller|faster|"
        r"quicker|milder|better|clearer|smoother|less\s+severe|more\s+(?:proactive|transparent|timely|frequent)))\b(?!\s+than\b)"
        r"|\b(?P<looking_back>in\s+(?:hindsight|retrospect)|with\s+(?:the\s+benefit\s+of\s+)?hindsight|"
        r"(?:with|knowing)\s+what\s+we\s+(?:now\s+)?know)\b"
    )


def avoidable(counter: Counterfactual) -> str:
    """“it was avoidable”, “an avoidable outage”."""
    each, often = words(counter.avoidable), r"(?:(?!automatically)\w+ly\s+)?"
    return (
        rf"\bit\s+was\s+(?P<regret>{often}{each})\b"
        rf"|\b(?:was|were)\s+(?P<avoidable>{often}{each})\b(?=\s*(?:[.,;!?)]|$|\s(?:and|with|if|but|by|had|through)\b))"
        rf"|\b(?P<kind>{each}\s+(?:problem|issue|outage|incident|mistake|error|failure|event|loss|accident)s?)\b"
    )
