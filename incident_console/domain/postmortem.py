"""The postmortem: sections, action items, and what is still missing. Pure.

Gaps are hints; nothing here ever blocks anybody from writing."""

from collections.abc import Iterator
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.causes import chain, counting
from incident_console.domain.figures import figures
from incident_console.domain.incident import ActionItem, Incident, Version
from incident_console.domain.text import MAX_ENTRY, clean, clean_line
from incident_console.domain.vocabulary import ActionState, Refused

SECTIONS: Final = {
    "summary": "Summary",
    "impact": "Impact",
    "root_cause": "Root cause",
    "contributing": "Contributing factors",
    "surprised": "What surprised us",
    "known_then": "What was known at each decision",
    "went_well": "What went well",
    "went_badly": "What went badly",
    "lucky": "Where we were lucky",
    "lessons": "Lessons",
}
"""The sections that people write, in the order of the document."""

PROMPTS: Final = {
    "summary": "What happened, in four or five sentences that somebody from another team understands.",
    "impact": "Who could not do what, for how long; tickets, revenue, contracts, reputation.",
    "root_cause": "What made it possible, as a condition of the system. The tree of causes leads there.",
    "contributing": "What else had to be true: technical, process, human, organisational.",
    "surprised": "What did we believe about the system that turned out otherwise?",
    "known_then": "For each decision: what was on the table, and what could nobody know yet?",
    "went_well": "What helped, so that we keep it.",
    "went_badly": "What cost time, and which condition made it so.",
    "lucky": "What would have made it worse, and only by chance did not happen?",
    "lessons": "What would we tell a team that has this before them?",
}
"""What belongs into each section, one sentence."""

ENOUGH_WHYS: Final = 3
"""Chains shorter than this usually stop before something that a team can change."""


def write_section(
    incident: Incident, section: str, text: str, base: str | None = None, settles: tuple[str, ...] = ()
) -> e.PostmortemWritten:
    """`base`: the id of the version that the writer had before them, `settles`: other versions that it replaces.

    Raises Refused for an unknown section, a huge text, or when nothing would change.
    """
    if section not in SECTIONS:
        raise Refused(f"There is no section “{clean_line(section)[:40]}”. Use one of: {', '.join(SECTIONS)}.")
    words = clean(text).strip()
    if len(words) > MAX_ENTRY:
        raise Refused(f"This text has {len(words)} characters; {MAX_ENTRY} fit. Link to a longer document instead.")
    if words == incident.section(section) and not settles:
        raise Refused(f"{SECTIONS[section]} reads like that already. Nothing was changed.")
    return e.PostmortemWritten(section, words, base, settles)


def version(incident: Incident, section: str) -> Version | None:
    """The version of a section that counts; None while nobody has written it."""
    return next((each for each in incident.versions if each.section == section), None)


def rivals(incident: Incident, section: str) -> tuple[Version, ...]:
    """What others wrote at the same time, until somebody settles it."""
    return tuple(each for each in incident.rivals if each.section == section)


def proposed(incident: Incident, section: str) -> str:
    """What a section says before anybody has written it, from the facts; empty where nothing is known."""
    match section:
        case "impact":
            return "\n".join(_impact(incident))
        case "root_cause":
            roots = [link.why.answer for link in counting(chain(incident)) if link.why.mark == "root"]
            return incident.root_cause or "\n".join(roots)
        case "contributing":
            links = counting(chain(incident))
            return "\n".join(link.why.answer for link in links if link.why.mark == "contributing")
        case _:
            return ""


def _impact(incident: Incident) -> Iterator[str]:
    """What was stated. How long it lasted stands among the figures; written down here it would not follow them."""
    names = {
        "impact": "", "users_affected": "Users affected: ", "business_impact": "Business impact: ",
        "customer_reports": "Customer reports: ", "workaround": "Workaround: ",
    }  # fmt: skip
    for name, label in names.items():
        if words := incident.fact(name):
            yield f"{label}{words}"


def committed(incident: Incident) -> tuple[ActionItem, ...]:
    """The action items that are more than ideas."""
    return tuple(item for item in incident.actions if not item.candidate)


def missing(incident: Incident) -> tuple[tuple[str, str], ...]:
    """(part of the document, what is missing there), for the strip that shows how complete it is."""
    empty = [
        (name, "empty") for name in SECTIONS if not incident.section(name) and not proposed(incident, name)
    ]  # fmt: skip
    unsettled = [(each.section, "two versions") for each in incident.rivals]
    few = [("causes", "short")] if len(incident.whys) < ENOUGH_WHYS else []
    rooted = any(link.why.mark == "root" for link in counting(chain(incident)))
    roots = [("causes", "no root")] if incident.whys and not rooted else []
    unknown = [("figures", f"{figure.name} unknown") for figure in figures(incident) if figure.seconds is None]
    return (*empty, *unsettled, *few, *roots, *unknown, *(("actions", gap) for gap in _action_gaps(incident)))


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
    if not committed(incident):
        return ["There are no action items, only ideas." if incident.actions else "There are no action items."]
    return [f"{count} open action item(s) without {what}." for what, count in lacking(incident)]


def lacking(incident: Incident) -> tuple[tuple[str, int], ...]:
    """(owner or due date, how many commitments lack it that are still to be done), where any does."""
    items = [item for item in committed(incident) if item.state in (ActionState.OPEN, ActionState.IN_PROGRESS)]
    counts = (("owner", sum(not item.owner for item in items)), ("due date", sum(not item.due for item in items)))
    return tuple((what, count) for what, count in counts if count)
