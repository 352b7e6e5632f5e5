"""The building blocks of a guess at a cause: who thinks, what has one, what can be one. No sentence is judged here."""

from typing import Final, NamedTuple

from incident_console.domain.checks.rules import MessageRules
from incident_console.domain.checks.text import DETERMINER, keys, whole

_SMALL: Final = r"(?:for|in|on|to|of|with|when|that|which|at|by|from|and|or|where|while|if|is|are|was|were|has|have)"
ADJECTIVES: Final = rf"(?:(?!{_SMALL}\b)[\w'/-]+\s+){{0,3}}"
BETTER: Final = (
    r"(?:finished|done|holding|held|succeed\w*|recover\w*|back|stable|stabili\w+|healthy|improv\w+|resolved|fixed|"
    r"operational|normal|working|restored|available|mitigated|complete\w*|caught|processed)"
)


class Parts(NamedTuple):
    """Patterns of which guesses are made."""

    causal: str
    subject: str
    """What has a cause: “this”, “the outage”."""
    thing: str
    """What can be one: “a problem with the database”, unless it is said to be better already."""
    think: str
    thinking: frozenset[str]
    noun: str
    """A single word for what can be a cause."""
    nouns: frozenset[str]
    guilty: str
    """What is said of a cause: “is behind this”, “broke logins”."""
    guilts: frozenset[str]


_GUILTY: Final = (
    r"(?:at\s+fault|to\s+blame|the\s+(?:problem|culprit|trigger|source|reason|(?:root\s+)?cause)(?!\s+of\s+(?:the\s+)?(?:delay|"
    r"fix))|responsible|behind\s+(?:this|it|that|the|these)|(?:have|has|had|having)\s+(?:something\s+)?to\s+do\s+with|"
    r"what\s+(?:is\s+|was\s+)?(?:caus|stop|break|broke|block|trigger|slow|kill)\w*|"
    r"(?:reached|hit|exceeded)\s+(?:an?|its|our|the|some)\s+(?:[\w-]+\s+){0,2}(?:limit|limits|ceiling|capacity|maximum|quota)|"
    r"(?:ran|run|running)\s+out\s+of|went\s+wrong|led\s+to|resulted\s+in|stems?\s+from|originate[sd]?\s+(?:from|in|with)|"
    r"(?:is|are)\s+(?:causing|breaking|blocking|overloading|slowing))"
)

_GUILTS: Final = frozenset(
    (
        "fault", "blame", "problem", "culprit", "trigger", "source", "reason", "cause", "responsible", "behind", "do",
        "what", "wrong", "led", "resulted", "stem", "stems", "originate", "originates", "originated", "causing",
        "breaking", "blocking", "overloading", "slowing", "caused", "reached", "hit", "exceeded", "out",
    )
)  # fmt: skip
"""One of them, or of the pack's effects, is in everything that is said of a cause."""

ACTIVE: Final = r"(?<!\bwere\s)(?<!\bwas\s)(?<!\bbeen\s)(?<!\bbe\s)(?<!\bare\s)(?<!\bgot\s)"
"""What was done to requests is what readers saw, not its cause."""


def parts_of(rules: MessageRules) -> Parts:
    """The blocks, made of a pack's words."""
    words = rules.rule("speculation").words
    better = rf"(?!\s+(?:[\w'-]+\s+){{0,4}}?{BETTER}\b)"
    thing = (
        rf"(?:(?:an?\s+|some\s+)?(?:problem|issue|fault|failure|bug|error)s?\s+(?:with|in|on|at)\s+)?"
        rf"(?:{DETERMINER}\s+)?{ADJECTIVES}{whole(words('causes'))}(?!-)"
        rf"(?:\s+(?:issue|problem|failure|outage|bug|error|fault|attack|overload)s?\b)?{better}"
    )
    quite = r"(?:(?:currently|now|still|strongly|also|tend\s+to|are|'re|would|'d)\s+){0,2}"
    sure = r"(?:(?:are|'re)\s+(?:fairly|pretty|quite|reasonably|almost|rather)\s+(?:sure|certain|confident)"
    feel = (
        r"have\s+(?:a|the|some)\s+(?:strong\s+)?(?:feeling|hunch|suspicion|idea|theory|hypothesis)|"
        r"have\s+(?:good\s+|every\s+|some\s+)?reason\s+to\s+(?:believe|think|suspect)|(?:would|'d)\s+say)"
    )
    think = (
        rf"(?:\b(?:we|i|they|team|engineers)(?:'re|\s+are|'d|\s+would)?\s*(?:\s{quite}{whole(words('thinking'))}|\s*(?:{sure}|{feel}))"
        r"|\b(?:our|the|my)\s+(?:first|initial|current|early|best|main)?\s*"
        r"(?:impression|guess|feeling|hunch|theory|suspicion|assumption|bet|hypothesis)\s+(?:is|was|that)"
        r"|\bit\s+(?:is|was)\s+(?:\w+\s+)?(?:believed|thought|assumed|suspected|presumed)\s+that)"
    )
    thinking = keys(words("thinking")) | _THINK_KEYS
    subject = rf"(?:it|this|that|these|(?:the|this|these)\s+(?:[\w'-]+\s+){{0,3}}?{whole(words('problems'))})"
    return Parts(
        whole(words("causal")), subject, thing, think, thinking, whole(words("causes")), keys(words("causes")),
        rf"(?:{_GUILTY}|caused\s+by|{ACTIVE}{whole(words('effects'))})", _GUILTS | keys(words("effects")),
    )  # fmt: skip


_THINK_KEYS: Final = frozenset(
    [
        "sure",
        "certain",
        "confident",
        "feeling",
        "hunch",
        "suspicion",
        "say",
        "impression",
        "guess",
        "theory",
        "assumption",
        "bet",
        "hypothesis",
        "idea",
        "believed",
        "thought",
        "assumed",
        "suspected",
        "presumed",
    ]
)
