"""A little English grammar for the rewrites of the blameless check: the thing behind a verb, and forms of verbs. It
knows no rule and no person."""

import re
from typing import Final

LONGEST_THING: Final = 70
"""In characters; what is longer is more likely a whole story than a thing."""

_TIME: Final = (
    r"\s(?:(?:\d+|an?|one|two|three|four|five|six|ten|several|some|many)\s+)?(?:minutes?|hours?|days?|weeks?|months?|years?)"
    r"\s+(?:ago|earlier|before|later|sooner|in\s+advance)\b"
)
_STOPS: Final = r"(?=\s*(?:[.,;!?]|$|\s(?:in|on|at|than|when|after|before|to|and|but|so|from|with|for|by|while)\b))"
_ENDS: Final = re.compile(
    rf"{_TIME}|"
    r"\s*(?:[.,;!?]|\(|\s(?:and|but|which|so|because|since|causing|leading|resulting|before|when|while|after|during|until|"
    r"as|to|on|(?<!drop\s)(?<!rise\s)(?<!spike\s)(?<!increase\s)(?<!change\s)(?<!error\s)(?<!bug\s)(?<!typo\s)in|at|"
    r"from|into|onto|with|across|against|under|without|by|despite|although|though|instead|that|who|led|"
    r"caused|prior|between|for|over|via|through|using|rather|than|where|within|yesterday|today|overnight|straight|thoroughly|carefully|"
    r"properly|afterwards|beforehand|immediately)\b|\s(?:(?:so\s+)?much\s+|too\s+)?(?:early|late|together|earlier|later|sooner|again|"
    rf"twice|first|more|last|right\s+away|at\s+once|quickly|once|too){_STOPS}|\s[-–—]\s)"
)
_NO_THING: Final = re.compile(
    r"\s*(?:to|on|in|at|from|with|for|by|into|off|out|up|down|back|over|of|against|about|why|how|whether|if|that|what|when|"
    r"where|which|[\w-]+ing|[\w-]+ly|it\s+is|there|him|her|us|me|you|and|but)\b"
)
_BARE: Final = re.compile(
    r"\s*(?:an?|the|its|their|our|two|some|any|all|this)?\s*(?:live|prod|production|entire|whole|main|primary|old|new)?\s*"
)
_PARTICLE: Final = re.compile(r"\s+(off|down|up|out|over|back)\b(?=\s+(?!(?:to|on|in|at|from|with|of|for|by)\b))")
_PARTICIPLES: Final = {
    "ran": "run", "runs": "run", "wrote": "written", "chose": "chosen", "overwrote": "overwritten", "shut": "shut",
    "cut": "cut", "set": "set", "put": "put", "left": "left", "sent": "sent", "took": "taken", "broke": "broken",
    "made": "made", "running": "run", "writing": "written", "overwriting": "overwritten", "choosing": "chosen",
    "cutting": "cut", "setting": "set", "sending": "sent", "making": "made", "taking": "taken", "shutting": "shut",
    "putting": "put", "gave": "given", "giving": "given", "reset": "reset", "resetting": "reset", "built": "built",
    "leaving": "left", "committing": "committed", "dropping": "dropped", "stopping": "stopped",
    "unplugging": "unplugged",
    "flipping": "flipped", "swapping": "swapped", "shipping": "shipped", "wiping": "wiped", "tripped": "tripped",
    "removing": "removed", "tripping": "tripped", "drove": "driven", "threw": "thrown", "tore": "torn", "hid": "hidden",
    "checked in": "checked in",
}  # fmt: skip
_SHORT: Final = re.compile(r"(?:un)?[^aeiou]*[aeiou][^aeiouwxy]")
"""A verb whose last letter doubles: drop, plug, scan."""
_FROM_BASE: Final = {
    "run": "run", "tell": "told", "read": "read", "write": "written", "take": "taken", "see": "seen", "make": "made",
    "give": "given", "send": "sent", "set": "set", "reset": "reset", "put": "put", "keep": "kept", "catch": "caught",
    "understand": "understood", "do": "done", "choose": "chosen", "leave": "left", "bring": "brought", "hold": "held",
    "build": "built", "rebuild": "rebuilt", "find": "found", "shut": "shut", "cut": "cut", "draw": "drawn",
    "overwrite": "overwritten", "rewrite": "rewritten", "spot": "spotted", "submit": "submitted",
    "transmit": "transmitted", "permit": "permitted", "transfer": "transferred", "refer": "referred",
    "unplug": "unplugged", "format": "formatted", "open": "opened", "back": "backed", "commit": "committed",
}  # fmt: skip
_NO_VERB: Final = frozenset((
    "being", "having", "going", "getting", "losing", "building", "bringing", "telling", "thinking", "reading",
    "holding", "seeing", "working", "trying", "attempting", "failing", "forgetting", "beginning", "need", "indeed",
    "speed", "feed", "embed", "assumed", "believed", "attempted", "tried", "failed", "led", "decided", "continued",
    "relied", "proceeded", "assuming", "believing", "following", "looking", "testing", "logging", "needed",
    "wanted", "started", "caused",
))  # fmt: skip


def thing(tail: str) -> tuple[str, int] | None:
    """The object at the start of the words behind a verb and where it ends; None when there is none or it runs on."""
    if _NO_THING.match(tail):
        return None
    end = _ENDS.search(tail)
    found = (tail[: end.start()] if end else tail).rstrip()
    return (found.strip(), len(found)) if len(found) <= LONGEST_THING and not _BARE.fullmatch(found) else None


def passive(verb: str, tail: str) -> tuple[str, str, int] | None:
    """The same for a verb in the past or one that ends in -ing; None for a verb of no kind known here."""
    past = participle(verb)
    return with_object(past, tail) if past else None


def participle(verb: str) -> str | None:
    """`deleted` for deleted and deleting; None for a word that is no verb of a kind known here."""
    low = verb.lower()
    if low in _PARTICIPLES:
        return _PARTICIPLES[low]
    if low in _NO_VERB:
        return None
    if low.endswith("ing") and len(low) > 5:
        stem = low[:-3]
        return stem[:-1] + "ied" if stem.endswith("y") and stem[-2] not in "aeou" else stem + "ed"
    return low if low.endswith("ed") else None


def with_object(participle: str, tail: str) -> tuple[str, str, int] | None:
    """The object, the participle with its particle, and how many characters of the words behind the verb both take:
    `the release`, `rolled back` for “rolled” and “back the release on Friday”."""
    particle = _PARTICLE.match(tail)
    skip = particle.end() if particle else 0
    found = thing(tail[skip:])
    return (found[0], f"{participle} {particle[1]}" if particle else participle, skip + found[1]) if found else None


def past_of(base: str) -> str:
    """`renewed` for renew, `told` for tell."""
    if base in _FROM_BASE:
        return _FROM_BASE[base]
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2:-1] not in ("a", "e", "o", "u"):
        return base[:-1] + "ied"
    return f"{base}{base[-1]}ed" if _SHORT.fullmatch(base) else f"{base}ed"


def was_or_were(words: str) -> str:
    """The verb for a thing: were for a plural."""
    return "were" if re.search(r"[^su]s$|\bpeople$", words) and not words.lower().startswith(("a ", "an ")) else "was"
