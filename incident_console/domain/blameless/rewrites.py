"""Says about the system what a text says about a person: leaves out the person and the judgement and adds nothing,
since what the system lacked is for the question to ask. Where no wording reads well it offers none."""

import re
from typing import Final

from incident_console.domain.blameless.words import passive, past_of, thing, was_or_were, with_object

Offer = tuple[str, int]
"""Words, and how many characters of the text behind the verb they stand for, too."""

_SEEN: Final = frozenset((
    "notice", "spot", "see", "catch", "realise", "realize", "recognise", "recognize", "understand", "heed",
    "appreciate", "observe",
))  # fmt: skip
_SEEN_PAST: Final = frozenset(map(past_of, _SEEN))
_NOT_TOLD: Final = frozenset((
    "bother", "think", "remember", "react", "pay", "account", "wait", "look", "manage", "work", "be", "get", "have",
    "adhere", "comply", "respond", "communicate", "coordinate",
))  # fmt: skip
"""These have no object of which could be said that it was not done."""
_CLAUSE: Final = re.compile(r"\s+(?:that|how|why|whether|if|when|what|which|where)\b")
_GOES_ON: Final = re.compile(
    r"\b(?:and\s+to|(?:and|but|then)\s+(?:(?:then|also|later|had|so|did\s+not|didn't)\s+)*"
    r"(?:[a-z-]+ed|ran|left|forgot|took|did|went|put|shut|sent|began|broke|wrote|had|was|could|made|\w+ing))\b"
    r"|\bby\s+(?:\w+ly\s+)?\w+ing\b|,\s+(?:not\s+)?(?:believ|think|assum|reali[sz]|know|expect|intend|try|hop|forgett)ing\b"
    r"|\bwho\s+(?!can\b)|\b(?:I|he|she|his|her|my|himself|herself)\b|^\s*(?:to|for|with|from|on|of|in|at)\s*(?:[.,;!?]|$)"
)
_OUTCOMES: Final = frozenset(("caused", "created", "led to", "resulted in"))
_CHANGES: Final = frozenset(
    ("deployed", "pushed", "merged", "released", "shipped", "published", "committed", "approved", "applied")
)
_UNSEEN: Final = {
    "test": "untested", "review": "unreviewed", "check": "unchecked", "verif": "unverified", "valid": "unchecked",
}  # fmt: skip
_SLIP_FOLLOWS: Final = re.compile(
    r"\s+(?:by\s+(?:mistake|accident)|in\s+error|accidentally|mistakenly|inadvertently)\b"
)
_TAKES_TWO: Final = frozenset(("made", "left", "kept", "granted", "gave"))
"""What stands behind these may be two things: “granted the caller access”, “made the repository private”."""
_SLIPS: Final = frozenset(
    ("by mistake", "by accident", "in error", "accidentally", "mistakenly", "inadvertently", "unintentionally",
     "unwittingly", "unknowingly", "errantly", "blindly", "hastily")
)  # fmt: skip


def reads_on(tail: str) -> bool:
    """Whether the words behind a place still speak of the person: “… and rebooted the primary”."""
    return _GOES_ON.search(tail) is not None


def _be(found: tuple[str, str, int] | None, manner: str = "", less: int = 0) -> Offer | None:
    """`the table was dropped` and `the table was not dropped`."""
    return (f"{found[0]} {was_or_were(found[0])} {manner}{found[1]}", found[2] - less) if found else None


def undone(verb: str, tail: str) -> Offer | None:
    """For “did not notice the alert”, “failed to check the plan” and “forgot to renew the certificate”."""
    low = verb.lower()
    if low in _SEEN and _CLAUSE.match(tail):
        return f"it was not {past_of(low)}", 0
    return None if low in _NOT_TOLD or " " in low else _be(with_object(past_of(low), tail), "not ")


def forgot(tail: str) -> Offer | None:
    """For “forgot the flag”."""
    found = thing(tail)
    return (f"{found[0]} {was_or_were(found[0])} left out", found[1]) if found else None


def should_have(past: str, tail: str, told_not_to: str | None) -> Offer | None:
    """For “should have tested the change” and “should not have deployed it”."""
    if past == "been":
        return None
    if past in _SEEN_PAST and not told_not_to and _CLAUSE.match(tail):
        return f"it was not {past}", 0
    return _be(with_object(past, tail), "" if told_not_to else "not ")


def done(verb: str, tail: str) -> Offer | None:
    """For “accidentally deleted the table”."""
    if verb in _OUTCOMES:
        return harmed(verb, tail)
    return None if verb in _TAKES_TWO else _be(passive(verb, tail))


def done_so(verb: str, way: str, tail: str, way_at: int) -> Offer | None:
    """For “ran the job on the primary by mistake”, “unplugged the wrong cable” and “deployed without testing”; the
    way starts at a place of the tail."""
    way_end = way_at + len(way)
    if way in _SLIPS:
        found = done(verb, tail[:way_at])
        return (found[0] + tail[found[1] : way_at].rstrip(), way_end) if found else None
    if offer := done(verb, tail):
        more = _SLIP_FOLLOWS.match(tail, offer[1])
        return (offer[0], more.end()) if more else offer
    kind = next((word for stem, word in _UNSEEN.items() if stem in way), None)
    return (f"an {kind} change was {verb}", way_end) if kind and verb in _CHANGES and way_at <= 1 else None


def let_in(verb: str, what: str) -> str | None:
    """For “pushed a bad config”."""
    found = passive(verb, f" {what}")
    return f"{found[0]} {was_or_were(found[0])} {found[1]}" if found else None


def harmed(verb: str, tail: str) -> Offer | None:
    """For “took down the cluster” and “caused an outage”."""
    if verb in _OUTCOMES:
        found = None if re.search(r"^[^.,;!?]*\s(?:which|that)\b", tail) else thing(tail)
        one = found is not None and found[0].lower().startswith(("a ", "an "))
        return (f"there was {found[0]}" if one else f"{found[0]} happened", found[1]) if found else None
    first, _, particle = verb.partition(" ")
    return _be(passive(first, f" {particle}{tail}"), less=len(particle) + 1) if particle else _be(passive(first, tail))


def faulted(verb: str, tail: str) -> Offer | None:
    """For “skipped the check”, “overlooked the warning” and “misread the graph”."""
    found, frame = thing(tail), _FRAMES.get(verb)
    if found and verb in ("ignored", "disregarded") and _NORM.search(found[0]):
        frame = "{} {} not followed"
    if verb in ("missed", "overlooked") and _CLAUSE.match(tail):
        return "it was not noticed", 0
    if found is None or verb not in _FRAMES:
        return _be(passive(verb, tail)) if verb.startswith("mis") else None
    return (frame.format(found[0], was_or_were(found[0])), found[1]) if frame else None


_NORM: Final = re.compile(
    r"\b(?:procedures?|process|protocols?|polic(?:y|ies)|rules?|runbook|checklist|instructions?)$"
)
_FRAMES: Final = {
    "ignored": "there was no reaction to {}", "disregarded": "there was no reaction to {}", "skipped": "{} {} skipped",
    "bypassed": "{} {} bypassed", "circumvented": "{} {} bypassed", "misread": "{} {} misread",
    "mixed up": "{} {} mixed up", "misunderstood": "{} {} misunderstood", "slept through": "{} {} not answered",
    "failed to follow": "{} {} not followed", "messed up": "{} went wrong", "screwed up": "{} went wrong",
    "botched": "{} went wrong", "violated": "{} {} not kept", "deviated from": "there was a deviation from {}",
    "forgot about": "{} {} left out", "missed": "{} {} not noticed", "overlooked": "{} {} not noticed",
}  # fmt: skip


def as_cause(verb: str, tail: str) -> Offer | None:
    """For “caused by an engineer running a script”: a thing, not a sentence."""
    found = passive(verb, tail)
    return (f"{found[0]} being {found[1]}", found[2]) if found and not reads_on(tail) else None


def done_by(deed: str | None, wrong: str | None, was: str | None, how: str | None) -> str | None:
    """For “accidentally deleted by” and “an incorrect command entered by”."""
    if wrong is not None:
        return f"{wrong} {was}{how}" if was and how else wrong
    few = (deed or "").split()
    return " ".join(few) if 1 <= len(few) <= 2 else None


def slip_made(article: str | None, slip: str) -> str | None:
    """For “an engineer made a typo” and “the engineer's typo”."""
    if article is None:
        return _one_or_more(slip)
    return None if article == "the" else f"there {'was' if article in ('a', 'an') else 'were'} {article} {slip}"


def a_or_an(word: str) -> str:
    """The article for a word."""
    return "an" if word[0] in "aeiou" else "a"


_BEFORE_ERROR: Final = re.compile(
    r"(?P<article>\ban?\s+)?(?P<kind>\b(?:simple|pure|plain|basic|single|classic|clear|avoidable|major|tragic)\s+)?$",
    re.I,
)
_COMPOUND: Final = re.compile(
    r"-|\s+(?:-|incidents?|risks?|cases?|events?|mistakes?|typos?|slips?|prone|induced|errors?|from|of|by|on|that|which|and\s+\w+\s+errors?)\b"
)
_TIED: Final = re.compile(
    r"\b(?:(?:this|that|the|these|those|another|any|one|each|every|same|first|second|our|some|its)\s+|(?:are|were)\s+|"
    r"an?\s+(?:\S+\s+){1,3})$"
)
"""Words before an error that would not fit another thing: “the …”, “were …”, “a rather embarrassing …”."""
_KIND: Final = re.compile(
    r"(?:configuration|input|data[\s-]entry|coding)\s+errors?$|typing\b|key(?:ing|board)\b|paste\b|clerical\b"
)


def human_error(words: str, before: str, after: str) -> tuple[str, int] | None:
    """For “human error” and its kin: what can stand there, and how many characters before it go, too. Where the words
    name a kind of error the kind stays: “a configuration error”."""
    if re.search(r"fat|\sand\s", words) or not words.rstrip("s").endswith(_ERRORS) or _COMPOUND.match(after):
        return None
    found = _BEFORE_ERROR.search(before)
    back = len(found[0]) if found else 0
    if _TIED.search(before[: len(before) - back].lower()):
        return None
    if kind := _KIND.search(words):
        named = kind[0] if "error" in kind[0] else "typo"
        return None if kind[0] in ("paste", "clerical") else (_one_or_more(named), back)
    return ("manual steps that went wrong" if words.endswith("s") else "a manual step that went wrong"), back


def _one_or_more(slip: str) -> str:
    return slip if slip.endswith("s") else f"{a_or_an(slip)} {slip}"


_ERRORS: Final = ("error", "mistake", "failure", "slip", "blunder", "misconfiguration")
