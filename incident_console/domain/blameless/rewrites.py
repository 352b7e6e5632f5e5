"""Says about the system what a text says about a person. It offers words for a place and never changes a text; where
no wording reads well it offers none."""

import re
from collections.abc import Callable, Collection
from typing import Final

from incident_console.domain.blameless.words import base_of, passive, thing, was_or_were

Offer = tuple[str, int]
"""Words, and how many characters of the text behind the verb they stand for, too."""

_SEEN: Final = frozenset(
    ("notice", "spot", "see", "catch", "realise", "realize", "recognise", "recognize", "noticed", "spotted", "seen",
     "caught", "realised", "realized", "recognised", "recognized", "missed", "overlooked", "understand", "understood",
     "heed", "appreciate", "observe", "observed")
)  # fmt: skip
_NOT_TO_ASK_FOR: Final = frozenset(
    ("bother", "think", "remember", "react", "pay", "account", "wait", "look", "make", "make sure", "manage", "work",
     "be", "get", "have", "keep", "do")
)  # fmt: skip
_SHOWN: Final = re.compile(r"\s+(?:that|how|why|whether|when|what|which|where|it\s+was|there\s+was)\b")
_THING: Final = re.compile(
    r"\s+(?:an?|the|this|these|those|its|their|our|any|one|two|three|several|some|both|each|all|multiple|errors?|alerts?)\b"
)
_NO_OBJECT: Final = re.compile(r"\s*(?:[.,;!?]|$|\s(?:after|before|when|while|in|at|on|until|for|to|earlier|sooner)\b)")
_GOES_ON: Final = re.compile(
    r"\b(?:and\s+to|(?:and|but|then)\s+(?:(?:then|also|later|had|so|did\s+not|didn't)\s+)*"
    r"(?:[a-z-]+ed|ran|left|forgot|took|did|went|put|shut|sent|began|broke|wrote|had|was|could|made|\w+ing))\b"
)
_BASES: Final = {
    "caused": "cause", "triggered": "trigger", "broke": "break", "introduced": "introduce", "created": "create",
    "led": "lead", "crashed": "crash", "took down": "take down", "taken down": "take down",
    "brought down": "bring down", "knocked out": "knock out", "wrecked": "wreck", "exposed": "expose",
    "breaks": "break", "affected": "affect", "impacted": "impact", "prevented": "prevent", "blocked": "block",
}  # fmt: skip
_CHANGES: Final = frozenset(
    ("deployed", "pushed", "merged", "released", "shipped", "published", "committed", "approved", "applied", "rolled")
)
_DEPLOYED: Final = frozenset(("deployed", "pushed", "released", "shipped", "published", "rolled"))
_UNSEEN: Final = {
    "test": "untested", "review": "unreviewed", "check": "unchecked", "verif": "unverified", "valid": "unchecked",
}  # fmt: skip
_BY_HAND: Final = frozenset((
    "unplugged", "plugged", "cut", "pulled", "disconnected", "connected", "powered", "wired", "cabled", "pressed",
    "flipped", "swapped", "opened", "closed", "shut", "installed", "switched", "turned", "gave",
))  # fmt: skip
_WRONG: Final = ("the wrong", "a wrong", "the incorrect", "an incorrect")
_SLIP_FOLLOWS: Final = re.compile(r"\s+(?:by\s+mistake|by\s+accident|in\s+error|accidentally|mistakenly)\b")
_SLIPS: Final = ("by mistake", "by accident", "in error", "accidentally", "mistakenly", "inadvertently")


def reads_on(tail: str) -> bool:
    """Whether the words behind a place still speak of the person: “… and rebooted the primary”."""
    return _GOES_ON.search(tail) is not None


def forgot(to: str | None, tail: str) -> Offer | None:
    """For “Sam forgot to renew the certificate”."""
    if to is not None:
        return f"nothing reminded anyone to {to}", 0
    found = thing(tail)
    return (f"nothing gave a reminder of {found[0]}", found[1]) if found else None


def undone(verb: str, tail: str) -> Offer | None:
    """For “did not notice the alert” and “failed to check the plan”."""
    low = verb.lower()
    if low in _SEEN:
        return _unseen(tail)
    return None if low in _NOT_TO_ASK_FOR else (f"nothing prompted anyone to {verb}", 0)


def _unseen(tail: str) -> Offer | None:
    if _SHOWN.match(tail):
        return "nothing showed", 0
    return ("nothing drew attention to", 0) if _THING.match(tail) else None


def should_have(past: str, tail: str, told_not_to: str | None, known: Collection[str]) -> Offer | None:
    """For “should have tested the change” and “should not have deployed it”; known are verbs as in “to …”."""
    if past in _SEEN and not told_not_to:
        return _unseen(tail)
    found = thing(tail)
    if found is not None and past != "been":
        led = f"nothing kept {found[0]} from being {past}" if told_not_to else None
        return led or f"nothing in the process led to {found[0]} being {past}", found[1]
    base = base_of(past, known)
    if base and not told_not_to and base not in _NOT_TO_ASK_FOR and _NO_OBJECT.match(tail):
        return f"nothing prompted anyone to {base}", 0
    return None


def done(verb: str, tail: str) -> Offer | None:
    """For “accidentally deleted the table”."""
    if verb in _BASES:
        return f"one step was enough to {_BASES[verb]}", 0
    found = passive(verb, tail)
    if found is None:
        return None
    if verb in _BY_HAND:
        return f"nothing kept {found.thing} from being {found.participle}", found.takes
    return f"the tooling allowed {found.thing} to be {found.participle}", found.takes


def done_so(verb: str, way: str, tail: str, way_at: int) -> Offer | None:
    """For “ran the job on the primary by mistake”, “unplugged the wrong cable” and “deployed without testing”; the
    way starts at a place of the tail."""
    way_end = way_at + len(way)
    if way in _WRONG:
        found = done(verb, tail)
        more = _SLIP_FOLLOWS.match(tail, found[1]) if found else None
        return (found[0], more.end()) if found and more else found
    if way in _SLIPS:
        found = done(verb, tail[:way_at])
        return (found[0] + tail[found[1] : way_at].rstrip(), way_end) if found else None
    return _without(verb, way, tail, way_at) if way.startswith("without") else done(verb, tail)


def _without(verb: str, way: str, tail: str, way_at: int) -> Offer | None:
    left_out = way.removeprefix("without").split()[-1]
    kind = next((word for stem, word in _UNSEEN.items() if left_out.startswith(stem)), None)
    way_end = way_at + len(way)
    if kind and verb in _CHANGES and not _THING.match(tail[way_end:]):
        process = "the deployment process" if verb in _DEPLOYED else "the process"
        return f"{process} let an {kind} change through", way_end
    found = passive(verb, tail[:way_at])
    if found is None:
        return None
    told = f"the process allowed {found.thing} to be {found.participle}"
    if left_out.endswith("ing"):
        return f"{told}{tail[found.takes : way_at].rstrip()} without anyone {left_out}", way_end
    return told, found.takes


def let_in(verb: str, what: str) -> str:
    """For “pushed a bad config”."""
    found = passive(verb, f" {what}")
    if verb in ("introduced", "wrote") or found is None:
        return f"nothing caught {what}"
    return f"the tooling allowed {what} to be {found.participle}"


def harmed(verb: str) -> str | None:
    """For “took down the cluster”."""
    base = _BASES.get(" ".join(verb.split()))
    return f"one step was enough to {base}" if base else None


def faulted(verb: str, tail: str) -> Offer | None:
    """For “skipped the check”, “overlooked the warning” and “misread the graph”."""
    if verb in _SEEN:
        return _unseen(tail)
    prefix, frame = _PREFIXES.get(verb), _FRAMES.get(verb)
    if prefix is not None:
        return (prefix, 0) if _THING.match(tail) else None
    found = thing(tail)
    return (frame(found[0]), found[1]) if frame and found else None


_PREFIXES: Final = {
    "misconfigured": "the tooling accepted a wrong configuration of",
    "mistyped": "nothing caught a typo in", "mis-typed": "nothing caught a typo in",
    "misspelled": "nothing caught a typo in", "misspelt": "nothing caught a typo in",
    "forgot about": "nothing gave a reminder of", "deviated from": "nothing enforced", "violated": "nothing enforced",
}  # fmt: skip
_FRAMES: Final[dict[str, Callable[[str], str]]] = {
    "ignored": lambda found: f"{found} led to no action",
    "disregarded": lambda found: f"{found} led to no action",
    "skipped": lambda found: f"the process allowed {found} to be skipped",
    "bypassed": lambda found: f"the process allowed {found} to be bypassed",
    "circumvented": lambda found: f"the process allowed {found} to be bypassed",
    "misread": lambda found: f"{found} {was_or_were(found)} easy to misread",
    "misunderstood": lambda found: f"{found} {was_or_were(found)} easy to misunderstand",
    "misjudged": lambda found: f"{found} {was_or_were(found)} hard to judge",
    "mixed up": lambda found: f"{found} {was_or_were(found)} easy to mix up",
    "slept through": lambda found: f"{found} did not wake anyone",
    "failed to follow": lambda found: f"the process allowed {found} to be skipped",
    "messed up": lambda found: f"nothing kept {found} from going wrong",
    "screwed up": lambda found: f"nothing kept {found} from going wrong",
    "botched": lambda found: f"nothing kept {found} from going wrong",
}


def as_cause(verb: str, tail: str) -> Offer | None:
    """For “caused by an engineer running a script”: a thing, not a sentence."""
    found = passive(verb, tail)
    if found is None:
        return None
    check = "" if re.match(r"\s+(?:without|twice|again)\b", tail[found.takes :]) else " without a check"
    return f"a setup in which {found.thing} could be {found.participle}{check}", found.takes


def done_by(deed: str | None, wrong: str | None, was: str | None, how: str | None) -> str | None:
    """For “accidentally deleted by” and “an incorrect command entered by”."""
    if wrong is not None:
        return f"{wrong} {was}{how} without a check" if was and how else f"{wrong} that nothing caught"
    few = (deed or "").split()
    return " ".join([*few, "without a check"]) if len(few) <= 2 else None


def slip_by(slip: str, was: str | None) -> str:
    """For “a typo by one of our developers” and “the typo was made by”."""
    return f"{slip} {was_or_were(slip)} not caught" if was else f"{slip} that nothing caught"


def slip_made(article: str | None, slip: str) -> str:
    """For “an engineer made a typo” and “the engineer's typo”."""
    if article is not None:
        return f"nothing caught {article} {slip}"
    many = slip.endswith("s")
    return f"{'' if many else 'an ' if slip[0] in 'aeio' else 'a '}{slip} that nothing caught"


_BEFORE_ERROR: Final = re.compile(
    r"(?P<article>\ban?\s+)?(?P<kind>\b(?:simple|pure|plain|basic|single|classic|clear|avoidable|major|tragic)\s+)?$",
    re.I,
)
_COMPOUND: Final = re.compile(
    r"-|\s+(?:-|incidents?|risks?|cases?|events?|mistakes?|typos?|slips?|prone|induced|errors?)\b"
)


def human_error(words: str, before: str, after: str) -> tuple[str, int] | None:
    """For “human error” and its kin: what can stand there, and how many characters before it go, too."""
    if "fat" in words or not words.rstrip("s").endswith(_ERRORS) or _COMPOUND.match(after):
        return None
    found = _BEFORE_ERROR.search(before)
    back = len(found[0]) if found else 0
    if words.endswith("s"):
        return "actions that nothing checked", back
    bare = re.search(r"\b(?:this|that|the|another|any|one|each|every|same|first|second|our|some)\s+$", before, re.I)
    return ("action that nothing checked" if bare else "an action that nothing checked"), back


_ERRORS: Final = ("error", "mistake", "failure", "slip", "blunder", "misconfiguration")
