"""Says about the system what a text says about a person. It offers words for a place and never changes a text."""

import re
from typing import Final

LONGEST_OBJECT: Final = 70
"""A longer object is more likely a whole story than a thing; then there is no rewrite."""

_ENDS: Final = re.compile(
    r"\s*(?:,|\(|\s(?:and|but|which|so|because|causing|leading|resulting|before|when|while|after|during|until|as|to|on|"
    r"in|at|from|into|onto|with|across|against|under|without|by mistake|by accident|despite|although|though|instead|"
    r"that|who|led|caused)\b|\s[-–—]\s)"
)
_NO_OBJECT: Final = re.compile(r"\s*(?:to|on|in|at|from|with|for|by|into|off|out|up|down|back|over|of|against|about)\b")
_PARTICIPLES: Final = {
    "ran": "run", "wrote": "written", "chose": "chosen", "overwrote": "overwritten", "shut": "shut", "cut": "cut",
    "set": "set", "put": "put", "left": "left", "sent": "sent", "took": "taken", "broke": "broken", "made": "made",
    "running": "run", "writing": "written", "overwriting": "overwritten", "choosing": "chosen", "cutting": "cut",
    "setting": "set", "sending": "sent", "making": "made", "taking": "taken", "shutting": "shut", "putting": "put",
}  # fmt: skip
_IRREGULAR: Final = frozenset((
    "being", "having", "going", "getting", "giving", "losing", "leaving", "building", "bringing", "telling", "thinking",
    "reading", "holding", "seeing", "working", "trying", "attempting", "failing", "forgetting", "beginning", "need",
    "indeed", "speed", "feed", "embed",
))  # fmt: skip
_LOOKED_FOR: Final = frozenset(("notice", "spot", "see", "catch", "realise", "realize", "recognise", "recognize"))


def thing(words: str | None) -> str | None:
    """The object at the start of the words that follow a verb; None when there is none or it runs on."""
    if words is None or _NO_OBJECT.match(words):
        return None
    end = _ENDS.search(words)
    found = (words[: end.start()] if end else words).rstrip()
    return found.strip() if found.strip() and len(found) <= LONGEST_OBJECT else None


def participle(verb: str) -> str | None:
    """`deleted` for deleted and deleting; None for a word that is no verb of a kind known here."""
    low = verb.lower()
    if low in _PARTICIPLES:
        return _PARTICIPLES[low]
    if low in _IRREGULAR:
        return None
    if low.endswith("ing") and len(low) > 5:
        stem = low[:-3]
        return stem[:-1] + "ied" if stem.endswith("y") and stem[-2] not in "aeou" else stem + "ed"
    return low if low.endswith("ed") else None


def forgot(verb: str | None, what: str | None) -> str:
    """For “Sam forgot to renew the certificate”."""
    if verb is None:
        return "nothing gave a reminder"
    found = thing(what)
    return f"nothing reminded anyone to {verb}{' ' + found if found else ''}"


def done(verb: str, what: str | None) -> str | None:
    """For “accidentally deleted the table”."""
    past, found = participle(verb), thing(what)
    return f"the tooling allowed {found} to be {past}" if past and found else None


def done_by_mistake(verb: str, what: str) -> str | None:
    """For “ran the job on the primary by mistake”: the words between the object and the end are kept."""
    words = done(verb, what)
    return words and f"{words}{what[where_found(what) :].rstrip()}"


def undone(verb: str, what: str | None) -> str | None:
    """For “did not notice the alert” and “failed to check the plan”."""
    found = thing(what)
    if found is None:
        return None
    if verb in _LOOKED_FOR:
        return f"nothing drew attention to {found}"
    past = participle(_PAST.get(verb, verb + ("d" if verb.endswith("e") else "ed")))
    return f"nothing in the process led to {found} being {past}" if verb in _ASKED else None


_KINDS: Final = {
    "test": "untested", "review": "unreviewed", "check": "unchecked", "verif": "unverified", "valid": "unchecked",
}  # fmt: skip
_DEPLOYED: Final = frozenset(("deployed", "pushed", "released", "shipped", "published"))
_ASKED: Final = frozenset(
    ("check", "double-check", "verify", "validate", "test", "confirm", "review", "read", "follow", "run", "update",
     "consult", "disable", "enable", "remove", "add", "set", "configure", "document", "monitor", "exclude", "include")
)  # fmt: skip
_PAST: Final = {"verify": "verified", "read": "read", "run": "ran", "set": "set", "configure": "configured"}


def untested(verb: str, way: str) -> str | None:
    """For “deployed without testing”."""
    kinds = {
        "test": "untested",
        "review": "unreviewed",
        "check": "unchecked",
        "verif": "unverified",
        "valid": "unchecked",
    }
    kind = next((word for stem, word in kinds.items() if stem in way), None)
    if kind is None and (
        way.split()[0] in ("faulty", "broken", "buggy", "untested", "bad") or way.startswith(("a ", "an "))
    ):
        return (
            None
            if "wrong" in way or "incorrect" in way or "typo" in way
            else "the deployment process let a faulty change through"
        )
    if kind is None or not way.startswith("without"):
        return None
    process = (
        "the deployment process"
        if verb in ("deployed", "pushed", "released", "shipped", "published")
        else "the process"
    )
    return f"{process} let an {kind} change through"


def should_have(past: str, what: str | None, told_not_to: str | None) -> str | None:
    """For “should have tested the change” and “should not have deployed it”."""
    found = thing(what)
    if found is None or past == "been":
        return None
    if told_not_to:
        return f"nothing kept {found} from being {past}"
    return f"nothing in the process led to {found} being {past}"


def human_error(words: str) -> str | None:
    """For “human error” and its kin; the plural stays a plural."""
    if "fat" in words or "led" in words.split() or "due" in words.split():
        return None
    return "actions that nothing checked" if words.rstrip().endswith("s") else "an action that nothing checked"


def as_cause(verb: str, what: str | None) -> str | None:
    """For “caused by an engineer running a script”."""
    past, found = participle(verb), thing(what)
    return f"a setup in which {found} could be {past} without a check" if past and found else None


def where_found(words: str | None) -> int:
    """How many characters of the words that follow a verb the object takes."""
    found = thing(words)
    return 0 if words is None or found is None else words.index(found) + len(found)
