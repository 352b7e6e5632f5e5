"""A message that is being written while the incident goes on: what others changed meanwhile, which promise it makes,
who still holds older facts, and everything to be said before it goes out. Pure; nothing here ever blocks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, timedelta
from typing import Final

from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.comms import Draft
from incident_console.domain.events import Pairs
from incident_console.domain.finding import Finding
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident, lookup
from incident_console.domain.templates import FACTS
from incident_console.domain.text import clean_line, clip, gist
from incident_console.domain.vocabulary import Refused, severity_label
from incident_console.domain.when import clock_time

LOUD: Final = ("error", "warning")
"""Concerns of these severities are said before the message is copied; hints are only shown."""


@frozen
class Concern:
    """Something to look at before a message goes out."""

    rule: str
    """A rule of the checks, or missing, changed, stale, promise, approval."""
    severity: str
    words: str
    """The place in the text, or what it is about."""
    advice: str
    field: str = ""
    """The field where it can be mended; empty where there is none."""
    rewrite: str | None = None
    """What can stand in place of `words` in that field."""

    @property
    def loud(self) -> bool:
        return self.severity in LOUD


# --- three-way: mine, what it was when I began, what it is now


@frozen
class Held:
    """A field of an open draft after others changed the fact under it."""

    value: str
    """What stands in the field now."""
    theirs: str | None = None
    """The new fact, where my own words were kept instead of it."""


def merged(mine: str, base: str, now: str) -> Held:
    """Words that nobody touched follow the fact; words changed by hand stay, and the new fact is told."""
    if mine == base:
        return Held(now)
    return Held(mine, now if now not in (base, mine) else None)


def merged_fields(
    mine: Mapping[str, str], base: Mapping[str, str], now: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """(the values of all fields, the new facts that differ from words kept by hand)."""
    held = {name: merged(value, base.get(name, ""), now.get(name, "")) for name, value in mine.items()}
    values = {name: each.value for name, each in held.items()}
    return values, {name: each.theirs for name, each in held.items() if each.theirs is not None}


# --- what changed while the draft was open


@frozen
class Seen:
    """What the writer knew of the incident."""

    status: str
    severity: int | None
    impact: str

    @classmethod
    def of(cls, incident: Incident) -> "Seen":
        return cls(incident.status, incident.severity, incident.fact("impact"))


IMPACT: Final = "the impact reads now:"
"""How a change of the impact begins."""


def changes(seen: Seen, incident: Incident) -> tuple[str, ...]:
    """What is different now, one clause each."""
    found = []
    if incident.status != seen.status:
        found.append(f"the status is {incident.status} now, it was {seen.status}")
    if incident.severity != seen.severity:
        found.append(f"the severity is {severity_label(incident.severity)} now, it was {severity_label(seen.severity)}")
    if gist(incident.fact("impact")) != gist(seen.impact):
        found.append(f"{IMPACT} {clip(clean_line(incident.fact('impact')), 60) or 'nothing'}")
    return tuple(found)


# --- who holds older facts


@frozen
class Behind:
    """An audience that was told something else than what is known now."""

    audience: str
    facts: tuple[str, ...]
    account: str = ""
    """The key account it is; empty for a whole audience."""


def behind(incident: Incident, coming: Pairs = ()) -> tuple[Behind, ...]:
    """Who was last told other words; `coming` are the facts of a draft that will be true once it is sent."""
    now = {name: lookup(coming, name) or incident.fact(name) for name in FACTS}
    listed = {"", *(account.name for account in incident.accounts)}  # nobody writes to one that left the list
    found = (_behind(who, told, now) for who, told in incident.heard)
    return tuple(each for each in found if each.facts and each.account in listed)


def others_behind(incident: Incident, draft: Draft) -> tuple[Behind, ...]:
    """Who else was last told other words, once a draft is sent; what one key account is told is no fact for others."""
    found = behind(incident, () if draft.account else draft.values)
    return tuple(each for each in found if (each.audience, each.account) != (draft.audience, draft.account))


def _behind(who: str, told: Pairs, now: Mapping[str, str]) -> Behind:
    audience, _, account = who.partition("/")
    return Behind(audience, tuple(name for name in FACTS if _older(lookup(told, name), now[name])), account)


def _older(told: str, now: str) -> bool:
    """A fact that was taken back is told otherwise, too; the same words as a sentence are not."""
    return bool(told) and gist(told) != gist(now)


# --- the promise


_OFFSETS: Final = {
    "UTC": 0, "GMT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "IST": 330, "SGT": 480, "JST": 540, "AEST": 600, "AEDT": 660,
}  # fmt: skip
"""Minutes before UTC of the zones that people name; the readers' own name is looked up in their zone first."""

_NEXT: Final = re.compile(
    r"\b(?:next\s+(?:\w+\s+)?(?:update|word|news|message)s?\b[^.\n]{0,24}?\b"
    r"|(?:update|write\s+to|tell|inform)\s+you\s+(?:again\s+)?(?:by|at|before|around)\b)"
    r"\s*(?P<time>(?P<hour>\d{1,2}):(?P<minute>\d{2})(?!\d)(?:\s*(?P<half>[ap])\.?m\b\.?)?"
    rf"(?:\s+(?P<zone>(?-i:{'|'.join(_OFFSETS)}))\b)?)",
    re.IGNORECASE,
)
_AHEAD: Final = re.compile(
    r"(?:in\s+|\+)?(?:(\d{1,2})\s*h(?:(?:ou)?rs?)?)?\s*(?:(?:and\s+)?(\d{1,4})\s*m(?:in(?:ute)?s?)?)?"
)
_WALL: Final = re.compile(r"(\d{1,2})[:.](\d{2})")
NOTHING: Final = ("none", "no", "-", "nothing")

LONGEST: Final = 7 * DAY
"""How far ahead the next update may be promised."""


def promised_time(text: str, now: int, zone: Zone) -> int | None:
    """When the next word comes, from `14:30`, `+30m`, `1h30m` or `none`: the next such time on that wall.

    Raises Refused for anything else, and for more than a week ahead.
    """
    words = clean_line(text).lower()
    if words in NOTHING:
        return None
    wall = _WALL.fullmatch(words)
    if wall is not None and int(wall[1]) < 24 and int(wall[2]) < 60:
        return _next_wall(int(wall[1]), int(wall[2]), now, zone)
    ahead = _AHEAD.fullmatch(words)
    length = int(ahead[1] or 0) * HOUR + int(ahead[2] or 0) * MINUTE if ahead is not None else 0
    if 0 < length <= LONGEST:
        return (now + length) // MINUTE * MINUTE
    raise Refused(f"“{clip(words, 30)}” is not a time to come. Use 14:30, +30m, 1h30m, or none to promise nothing.")


def _next_wall(hour: int, minute: int, now: int, zone: Zone) -> int:
    wall = zone.show(now).replace(tzinfo=None, hour=hour, minute=minute, second=0, microsecond=0)
    twice = (zone.instant(wall.replace(fold=0)), zone.instant(wall.replace(fold=1)))  # differ where clocks go back
    return next((at for at in twice if at > now), zone.instant((wall + timedelta(days=1)).replace(fold=0)))


def promises_in(draft: Draft, zone: Zone) -> tuple[Concern, ...]:
    """Times of a next update that people typed and that are not the promised one: text and clock must agree."""
    return tuple(
        _mismatch(name, match, draft.next_at, zone)
        for name, value in draft.values
        for match in _NEXT.finditer(value)
        if not _agrees(match, draft.next_at, zone)
    )


def _agrees(match: re.Match[str], next_at: int | None, zone: Zone) -> bool:
    """Whether a time that somebody typed, in the zone they named or else the readers', is the promised one."""
    if next_at is None:
        return False
    hour, named = int(match["hour"]), match["zone"]
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    said = f"{hour:02}:{match['minute']}"
    if named is None or named == zone.show(next_at).tzname():
        return said == clock_time(next_at, zone)
    return said == clock_time(next_at + _OFFSETS[named] * MINUTE, Zone(UTC))


def _mismatch(field: str, match: re.Match[str], next_at: int | None, zone: Zone) -> Concern:
    """The whole clause is replaced, so that the same time in another sentence stays what it is."""
    words, said = match[0], match["time"]
    if next_at is None:
        advice = "The clock promises no next update. Set the next update to this time, or take it out here."
        return Concern("promise", "error", words, advice, field)
    right = zone.show(next_at).strftime("%H:%M %Z" if match["zone"] else "%H:%M")
    advice = f"The clock says {right}. Take that here, or set the next update to {said}."
    return Concern("promise", "error", words, advice, field, words.removesuffix(said) + right)


def past_promise(draft: Draft, now: int, zone: Zone) -> tuple[Concern, ...]:
    """A promised time that has come before the message went out."""
    if draft.next_at is None or draft.next_at > now:
        return ()
    advice = "This time has passed. Set the next update to a time to come."
    return (Concern("promise", "error", clock_time(draft.next_at, zone), advice),)


# --- everything together


def concerns(
    draft: Draft, findings: Iterable[Finding], changed: Sequence[str], theirs: Mapping[str, str], now: int, zone: Zone
) -> tuple[Concern, ...]:
    """What to look at, in the order of its weight: what changed, what is missing, the promise, the words."""
    labels = ", ".join(field.label for field in draft.missing)
    missing = Concern("missing", "warning", labels, "Fill it in; what is missing stays visible in the text.")
    told = [each for each in changed if not ("impact" in theirs and each.startswith(IMPACT))]
    stale = (Concern("stale", "warning", each, "Read the message once more, then copy again.") for each in told)
    return (
        *(_kept(name, words, draft) for name, words in theirs.items()),
        *stale,
        *((missing,) if labels else ()),
        *past_promise(draft, now, zone),
        *promises_in(draft, zone),
        *(_asked(finding, draft) for finding in findings if finding.rule != "missing_field" or not labels),
    )


def _kept(name: str, theirs: str, draft: Draft) -> Concern:
    new = clip(clean_line(theirs), 80) or "nothing"
    kept = " for this key account alone" if draft.account else "; once copied they are the fact for everybody"
    advice = f"Others changed it to: {new}. Your words are kept{kept}."
    return Concern("changed", "warning", lookup(draft.values, name), advice, name, theirs)


def _asked(finding: Finding, draft: Draft) -> Concern:
    """A finding with the field that holds its words; words of the template have none, and no rewrite."""
    words = finding.text
    whole = "\n" in words or len(words) > 400
    field = "" if whole or not words else _holder(words, draft)
    shown = "" if whole else words
    return Concern(finding.rule, finding.severity, shown, finding.advice, field, finding.rewrite if field else None)


def _holder(words: str, draft: Draft) -> str:
    """The field that holds some words; one that has them as whole words before one that has them within others."""
    holding = [(name, value) for name, value in draft.values if words in value]
    return next((name for name, value in holding if _whole(words).search(value)), holding[0][0] if holding else "")


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def rewritten(concern: Concern, value: str) -> str:
    """A field's text with the rewrite in place; unchanged where it does not apply."""
    if concern.rewrite is None:
        return value
    if concern.rule == "changed":
        return concern.rewrite
    place = _whole(concern.words).search(value)  # “pod” is not meant where it is part of “podium”
    start = place.start() if place is not None else value.find(concern.words)
    return value if start < 0 else value[:start] + concern.rewrite + value[start + len(concern.words) :]


def overruled(found: Iterable[Concern]) -> tuple[str, ...]:
    """The rules that a message went out against, each once, in order."""
    return tuple(dict.fromkeys(concern.rule for concern in found if concern.loud))
