"""The ways to say by when a fix will be there, as patterns. Which of them is a promise in its sentence is decided
elsewhere."""

from collections.abc import Iterator
from typing import Final

from incident_console.domain.checks.text import Probe, keys
from incident_console.domain.checks.times import CLOCK, DAY, DURATION, TIME, UNIT_WORDS, WITHIN, WORD, gap

THINGS: Final = (
    r"(?:fix|resolution|recovery|restoration|resumption|reopening|repair|repairs|patch|hotfix|rollback|restore|mitigation|"
    r"rollout|solution|"
    r"return\s+to\s+normal|full\s+(?:functionality|service|operation)|normal\s+(?:service|operations?))"
)
_DEADLINE: Final = rf"(?:{WITHIN}|\b(?:by|before)\s+(?:{CLOCK}|{DAY}))"
BARE: Final = r"(?P<bare>(?:all\s+|should\s+be\s+|fully\s+)?(?:fixed|resolved|restored|repaired|back))\b"
_OUR_TROUBLE: Final = r"(?:outage|disruption|incident|problem|issue|downtime|interruption|errors|delays|it|this)"


def ordered(fixed: tuple[str, ...], returns: str, return_keys: frozenset[str]) -> Iterator[Probe]:
    """Promises without a word of the future: in the present tense, or without any verb."""
    bare = (
        rf"(?:^|[.!?:,;–—]\s*|(?:^|\s)-\s+|\b(?:get|have|getting|having)\s+"
        rf"(?:it|this|everything|things|service|you|everyone)\s+){BARE}"
    )
    yield Probe(rf"(?P<lead>{bare})(?:{gap(3)}|\s+){_DEADLINE}", keys(fixed))
    yield Probe(rf"(?<!the\s)(?<!api\s)(?<!request\s)(?<!query\s){returns}(?:\s+\w+){{0,3}}?\s+{TIME}", return_keys)
    yield Probe(
        rf"\b{_OUR_TROUBLE}\s+(?:ends?|is\s+over|clears|goes\s+away)\s+{TIME}",
        frozenset({"end", "ends", "over", "clears", "goes"}),
    )
    yield Probe(rf"{THINGS}(?:\s+\w+){{0,3}}?\s+{_ARRIVES}\s+{TIME}", _ARRIVES_KEYS)
    yield Probe(
        rf"\b(?:expected|full|complete|planned|targeted|estimated|service|system)\s+{THINGS}\s*[:–-]\s*(?:{TIME}|{DAY}|{CLOCK})",
        frozenset({"expected", "full", "complete", "planned", "targeted", "estimated", "service", "system"}),
    )
    yield from _having()


_ARRIVES: Final = (
    r"(?:finishes|completes|ends|lands|arrives|comes|ships|deploys|goes\s+(?:out|live|in)|rolls\s+out|"
    r"is\s+(?:done|complete))"
)
_ARRIVES_KEYS: Final = frozenset(
    (
        "finishes",
        "completes",
        "ends",
        "lands",
        "arrives",
        "comes",
        "goes",
        "done",
        "complete",
        "ships",
        "deploys",
        "rolls",
    )
)


def _having() -> Iterator[Probe]:
    """What people will have or be able to do by then."""
    yield Probe(
        rf"\b(?:will|'ll|to|should|can)\s+(?:\w+ly\s+)?(?:have|get)\s+(?:{WORD}\s+){{1,5}}?(?:working|running|usable|open|"
        rf"live|ready|done|going|fixed|repaired)\s+(?:\w+\s+){{0,2}}?{_DEADLINE}",
        frozenset({"have", "get"}),
    )
    yield Probe(
        rf"\b(?:everyone|everybody|users|customers|all|you)\s+can\s+(?:{WORD}\s+){{1,4}}?{_DEADLINE}",
        frozenset({"can"}),
    )


def lengths(fixed: str, restoring: str) -> Iterator[Probe]:
    """How long it will take, what is due when, and how much is left; fixed and restoring are patterns."""
    will = r"(?:should|will|'ll|won't|shouldn't|is\s+expected\s+to|is\s+going\s+to)(?:n't|\s+not)?"
    long = rf"(?:another\s+)?(?:(?:much\s+)?(?:longer|more)\s+than\s+)?{DURATION}"
    slow = (
        rf"(?:{THINGS}|downtime|outage|process|procedure|restart|rebuild|resync|interruption|disruption|this|"
        rf"(?:restoring|repairing|fixing|rebuilding|recovering|resolving)(?:\s+{WORD}){{1,5}}?)"
    )
    sure = (
        rf"(?P<sure>give\s+(?:us|it)\s+{DURATION}|\b{slow}\s+{will}\s+(?:take|last|exceed)\s+{long}(?!\s+(?:for|to|until)\b)"
        rf"|(?:it|this|we|they|team|engineers|technicians|specialists|experts|crew|colleagues|provider|vendor|carrier|supplier)"
        rf"\s*(?:{will}\s+(?:only\s+)?(?:take|need)|(?:still\s+)?(?:need|takes))\s+(?:us\s+)?{long}"
        rf",?\s+(?:to|until|till|before|(?:and\s+)?then)\s+(?:[\w']+\s+){{0,5}}?(?:{restoring}|{fixed}|reopens?|returns?)"
        rf"|\b(?:will|should|may|might|could|to|expected\s+to)\s+(?:still\s+|probably\s+|likely\s+)?take\s+until\s+"
        rf"(?:about\s+|around\s+|approximately\s+|roughly\s+)?(?:{CLOCK}|{DAY})"
        rf"|expect\w*\s+(?:{WORD}\s+){{0,6}}?to\s+(?:take|last)\s+{long}"
        rf"|(?:targeting|aiming\s+for|shooting\s+for)\s+(?:an?\s+|the\s+)?(?:{CLOCK}|{DAY}|{DURATION}){gap(5)}{THINGS})"
    )
    yield Probe(sure, frozenset({"give", "takes", "take", "last", "exceed", "need", "targeting", "aiming", "shooting"}))
    yield from _due(fixed)


def _due(fixed: str) -> Iterator[Probe]:
    """What will take how long, what is due when, and how much is left until something works again."""
    take = (
        rf"{THINGS}(?:\s+{WORD}){{0,4}}?\s+(?:will|should|is\s+expected\s+to|is\s+likely\s+to|(?:is\s+)?going\s+to)\s+"
        rf"(?:likely\s+|only\s+)?(?:take|require|need|be\s+done\s+in)\s+{DURATION}"
    )
    due = (
        rf"{THINGS}(?:\s+time)?\s*(?:is\s+|are\s+|:\s*|currently\s+|to\s+be\s+)*"
        rf"(?:expected|estimated|anticipated|due|targeted|eta)\s+(?:for\s+|to\s+(?:be|finish|end|arrive|land)\s+)?(?:{TIME}|{DURATION})"
    )
    left = (
        rf"(?P<sure>(?<!every\s)(?<!each\s)\b{DURATION}\s+(?:(?:remain|left|to\s+go)\s+)?(?:until|away\s+from|from|to|before)\s+(?:a\s+|the\s+|full\s+)*"
        rf"(?:{THINGS}|being\s+(?:fixed|resolved|restored|back))\b"
        rf"|(?<!every\s)(?<!each\s)\b{DURATION}\s+(?:(?:remain|left|to\s+go)\s+)?(?:until|before)\s+(?:{WORD}\s+){{1,4}}?"
        rf"(?:(?:is|are|can)\s+(?:\w+\s+){{0,2}}?(?:{fixed}|available|usable|reachable)|works?\b|returns?\b|comes?\s+back))"
    )
    yield Probe(rf"\b{take}", frozenset({"take", "require", "need", "done"}))
    yield Probe(rf"\b{due}", frozenset({"expected", "estimated", "anticipated", "due", "targeted", "eta"}))
    yield Probe(left, frozenset({"until", "away", "from", "to", "before"}), UNIT_WORDS)
    yield Probe(
        rf"\b(?:can|will)\s+(?:{WORD}\s+){{1,4}}?again(?:\s+{WORD}){{0,3}}?\s+(?:from\s+(?:{CLOCK}|{DAY})|"
        rf"(?!as\s+of\b){TIME})",
        frozenset({"again"}),
    )


def stated(will: str) -> Iterator[Probe]:
    """“Normal service from Monday” where it is expected, and what the estimate is said to be."""
    yield Probe(
        rf"\b(?:{will}|count\s+on|look\s+forward\s+to)\s+(?:{WORD}\s+){{0,3}}?(?:normal|full|regular)\s+"
        rf"(?:service|operations?|functionality|access)\s+(?:again\s+)?from\s+(?:about\s+|around\s+)?(?:{CLOCK}|{DAY})",
        frozenset({"normal", "full", "regular"}),
        frozenset({"from"}),
    )
    yield Probe(
        rf"\b(?:target|goal|aim|deadline)\s+(?:{WORD}\s+){{0,4}}?(?:restor|fix|recover|repair|resol|bring)\w*"
        rf"(?:\s+{WORD}){{0,5}}?\s+(?:is|by|at|within)\s+(?:{CLOCK}|{DAY}|{DURATION})",
        frozenset({"target", "goal", "aim", "deadline"}),
    )
    yield Probe(
        rf"\ballow\s+(?:us\s+)?(?:up\s+to\s+)?{DURATION}\s+(?:for|until)\s+(?:{WORD}\s+){{1,6}}?(?:come\s+back|return|"
        rf"recover|work\s+again|be\s+(?:restored|fixed|back|resolved|available|up))\b",
        frozenset({"allow"}),
    )
    named = rf"(?:~\s*|(?:about|around|approximately|under|within|by|in|at|between)\s+)?(?:{CLOCK}|{DAY}|{DURATION})"
    yield Probe(
        rf"\b(?:(?:estimated|expected|projected|approximate)\s+(?:time|duration|completion)|eta|etr)"
        rf"(?:\s+(?:for|to|of|until)(?:\s+{WORD}){{1,8}}?)?\s*(?:[:=–-]|\bis\b|\bare\b)?\s*{named}",
        frozenset({"estimated", "expected", "projected", "approximate", "eta", "etr"}),
    )
    yield Probe(
        rf"\b(?:downtime|outage|disruption|interruption|{THINGS})\s+(?:is|are)\s+(?:now\s+|currently\s+)?(?:estimated|expected|"
        rf"projected|anticipated)\s+(?:at|to\s+(?:be|last|take))\s+{DURATION}",
        frozenset({"estimated", "expected", "projected", "anticipated"}),
    )
    yield Probe(
        rf"\bestimates?\s+(?:for|to|of|until)\s+(?:{WORD}\s+){{1,8}}?(?:is|are|remains|stands\s+at)\s+(?:now\s+|currently\s+|"
        rf"still\s+)?(?:between\s+|by\s+|around\s+|at\s+|within\s+|in\s+|about\s+|approximately\s+)?"
        rf"(?:{CLOCK}|{DAY}|{DURATION})",
        frozenset({"estimate", "estimates"}),
    )
