"""The postmortem: sections, a chain of whys that may branch, action items, and what is still missing. Pure.

Gaps are hints; nothing here ever blocks anybody from writing."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.incident import ActionItem, Incident, Why
from incident_console.domain.text import MAX_ENTRY, clean, clean_line
from incident_console.domain.vocabulary import ActionKind, ActionState, Refused, choice

SECTIONS: Final = {
    "summary": "Summary",
    "impact": "Impact",
    "root_cause": "Root cause",
    "contributing": "Contributing factors",
    "went_well": "What went well",
    "went_badly": "What went badly",
    "lucky": "Where we were lucky",
    "lessons": "Lessons",
}
"""The sections that people write, in the order of the document."""

ENOUGH_WHYS: Final = 3
"""Chains shorter than this usually stop before something that a team can change."""


@dataclass(frozen=True, slots=True)
class Link:
    """One why in its place in the tree."""

    why: Why
    label: str
    """`1`, `1.1`, `1.1.1` …"""
    depth: int
    """0 for an answer to the problem itself."""


def write_section(incident: Incident, section: str, text: str) -> e.PostmortemWritten:
    """Raises Refused for an unknown section, a huge text, or when nothing would change."""
    if section not in SECTIONS:
        raise Refused(f"There is no section “{clean_line(section)[:40]}”. Use one of: {', '.join(SECTIONS)}.")
    words = clean(text).strip()
    if len(words) > MAX_ENTRY:
        raise Refused(f"This text has {len(words)} characters; {MAX_ENTRY} fit. Link to a longer document instead.")
    if words == incident.section(section):
        raise Refused(f"{SECTIONS[section]} reads like that already. Nothing was changed.")
    return e.PostmortemWritten(section, words)


def add_why(incident: Incident, answer: str, parent: str | None) -> e.WhyAdded:
    """An answer to the problem, or to the why that it explains."""
    if parent is not None:
        _why(incident, parent)
    return e.WhyAdded(_answer(answer), parent)


def change_why(incident: Incident, why_id: str, answer: str) -> e.WhyChanged:
    why = _why(incident, why_id)
    words = _answer(answer)
    if words == why.answer:
        raise Refused("The answer reads like that already. Nothing was changed.")
    return e.WhyChanged(why_id, words, why.evidence)


def remove_why(incident: Incident, why_id: str) -> e.WhyRemoved:
    """Takes the answer and everything below it out of the chain; undo brings it back."""
    return e.WhyRemoved(_why(incident, why_id).id)


def _why(incident: Incident, why_id: str) -> Why:
    found = next((why for why in incident.whys if why.id == why_id), None)
    if found is None:
        raise Refused("This answer is not in the chain any more. Look at the chain again.")
    return found


def _answer(text: str) -> str:
    words = clean_line(text)
    if not words:
        raise Refused("An answer needs words. Say what made it happen, not who.")
    return words


def chain(incident: Incident) -> tuple[Link, ...]:
    """All whys, each below what it explains, numbered as people speak of them."""
    children: dict[str | None, list[Why]] = {}
    for why in incident.whys:
        children.setdefault(why.parent, []).append(why)
    found: list[Link] = []
    waiting = [(why, str(n), 0) for n, why in reversed(list(enumerate(children.get(None, ()), 1)))]
    while waiting:
        why, label, depth = waiting.pop()
        found.append(Link(why, label, depth))
        below = list(enumerate(children.get(why.id, ()), 1))
        waiting += [(child, f"{label}.{n}", depth + 1) for n, child in reversed(below)]
    return tuple(found)


def add_action(text: str, kind: str, owner: str, due: str, today: date) -> e.ActionAdded:
    """An action item; raises Refused for no words, an unknown kind or a date that cannot be kept."""
    day = due_date(due, today)
    if day and date.fromisoformat(day) < today:
        raise Refused(f"{day} has passed already. Give a day that can still be kept.")
    return e.ActionAdded(_item(text), choice(kind, ActionKind, "kind of action item"), clean_line(owner), day)


def change_action(incident: Incident, item_id: str, text: str, owner: str, due: str, today: date) -> e.ActionChanged:
    item = _action(incident, item_id)
    return e.ActionChanged(item_id, _item(text), item.action_kind, clean_line(owner), due_date(due, today), item.link)


def move_action(incident: Incident, item_id: str, state: str) -> e.ActionMoved:
    item = _action(incident, item_id)
    wanted = choice(state, ActionState, "state of an action item")
    if wanted == item.state:
        raise Refused(f"This action item is {wanted} already. Nothing was changed.")
    return e.ActionMoved(item_id, wanted)


def _item(text: str) -> str:
    words = clean_line(text)
    if not words:
        raise Refused("An action item needs words. Say what will be different when it is done.")
    return words


def _action(incident: Incident, item_id: str) -> ActionItem:
    found = next((item for item in incident.actions if item.id == item_id), None)
    if found is None:
        raise Refused("This action item does not exist any more. Look at the list again.")
    return found


def due_date(text: str, today: date) -> str:
    """An ISO date from `2026-12-01`, `+14d` or `+2w`; empty stays empty. Raises Refused otherwise."""
    words = text.strip().lower()
    if not words:
        return ""
    ahead = re.fullmatch(r"\+(\d{1,3})([dw])", words)
    if ahead is not None:
        return (today + timedelta(days=int(ahead[1]) * (7 if ahead[2] == "w" else 1))).isoformat()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words):
            return date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    raise Refused(f"“{clean_line(text)[:40]}” is not a day. Use 2026-12-01, +14d or +2w.")


def gaps(incident: Incident) -> tuple[str, ...]:
    """What is still missing, as short sentences."""
    found = []
    if not incident.section("summary"):
        found.append("The summary is empty.")
    if not incident.section("impact") and not incident.fact("impact"):
        found.append("The impact is not described.")
    if len(incident.whys) < ENOUGH_WHYS:
        found.append("The chain of whys is short: does it end at something that a team can change?")
    return (*found, *_action_gaps(incident))


def _action_gaps(incident: Incident) -> list[str]:
    items = [item for item in incident.actions if item.state == ActionState.OPEN]
    if not incident.actions:
        return ["There are no action items."]
    without = [("owner", [item for item in items if not item.owner]), ("due date", [i for i in items if not i.due])]
    return [f"{len(found)} open action item(s) without {what}." for what, found in without if found]
