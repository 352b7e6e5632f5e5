"""An incident and its postmortem as Markdown. People's text stays text: nothing in it can become a link, a tag,
a heading or a table cell of its own. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.comms import SentMessage, length
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import SECTIONS, chain, gaps
from incident_console.domain.promises import promises, summary
from incident_console.domain.text import clean, clean_line
from incident_console.domain.timeline import Entry, logged_words
from incident_console.domain.vocabulary import ROLE_NAMES, ROLE_SHORT, EntryKind, severity_label
from incident_console.domain.when import clock_time, full_time

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>#|~&]|:(?=//)|@(?=\w)|\.(?<=www\.)")
BLOCKS: Final = (EntryKind.DECISION, EntryKind.ESCALATION)
"""Kinds whose further lines stand below the first one; others are told in one line."""

_STARTS: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def escaped(text: str) -> str:
    """Text on one line, inert in Markdown."""
    return _inert(clean_line(text))


def paragraphs(text: str) -> str:
    """Text of several lines, inert, with its line breaks kept."""
    lines = [_inert(line.strip()) for line in clean(text).split("\n")]
    pairs = zip(lines, [*lines[1:], ""], strict=True)
    return "\n".join(f"{line}\\" if line and following else line for line, following in pairs)


def _inert(line: str) -> str:
    special = _SPECIAL.sub(lambda match: f"\\{match[0]}", line)
    return _STARTS.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", special)


def fenced(text: str) -> str:
    """Text word for word in a block whose fence is longer than any in it."""
    safe = clean(text)
    longest = max((len(run) for run in re.findall(r"`+", safe)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{safe}\n{fence}"


def markdown(incident: Incident, entries: Sequence[Entry], messages: Sequence[SentMessage], zone: Zone) -> str:
    """The whole document."""
    drill = "DRILL: " if incident.drill else ""
    parts = [
        f"# {drill}{incident.reference} {severity_label(incident.severity)}: {escaped(incident.title)}",
        _facts(incident, zone),
        *_sections(incident),
        _whys(incident),
        _actions(incident),
        _missing(incident),
        _marked("Key moments", [entry for entry in entries if "pinned" in entry.flags], zone, incident),
        _marked("Parked for later", [entry for entry in entries if "parked" in entry.flags], zone, incident),
        _timeline(incident, entries, zone),
        _promises(incident, zone),
        _messages(messages, zone),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(incident: Incident, zone: Zone) -> str:
    def shown(at: int | None) -> str:
        return full_time(at, zone) if at is not None else "unknown"

    start, end = incident.started_at, incident.resolved_at
    whole = length(end - start) if start is not None and end is not None else "unknown"
    rows = [
        ("Status", incident.status),
        ("Started", shown(start)),
        ("Detected", shown(incident.detected_at)),
        ("Acknowledged", shown(incident.acknowledged_at)),
        ("Mitigated", shown(incident.mitigated_at)),
        ("Resolved", shown(end)),
        ("Duration", whole),
        *((name, incident.role(role) or "nobody") for role, name in ROLE_NAMES.items() if role in ROLE_SHORT),
        *((name, incident.role(role)) for role, name in _others(incident)),
        ("Services", ", ".join(incident.services) or "not stated"),
    ]
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {escaped(value)} |" for name, value in rows)])


def _others(incident: Incident) -> list[tuple[str, str]]:
    """Backups and investigators, where there are any."""
    return [(role, name) for role, name in ROLE_NAMES.items() if role not in ROLE_SHORT and incident.role(role)]


def _sections(incident: Incident) -> list[str]:
    known = {"impact": incident.fact("impact"), "root_cause": incident.root_cause}
    found = []
    for name, title in SECTIONS.items():
        text = incident.section(name) or known.get(name, "")
        if text or name in ("summary", "impact"):
            found.append(f"## {title}\n\n{paragraphs(text) if text else 'Not written yet.'}")
    return found


def _whys(incident: Incident) -> str:
    links = chain(incident)
    if not links:
        return "## Why it happened\n\nNot written yet."
    lines = [f"{'  ' * link.depth}- {link.label}: {escaped(link.why.answer)}" for link in links]
    return "## Why it happened\n\n" + "\n".join(lines)


def _actions(incident: Incident) -> str:
    if not incident.actions:
        return "## Action items\n\nNone yet."
    cells = [
        (escaped(item.text), item.action_kind, escaped(item.owner) or "no owner", item.due or "no date", item.state)
        for item in incident.actions
    ]
    rows = [f"| {' | '.join(row)} |" for row in cells]
    head = ["| What | Kind | Owner | Due | State |", "|---|---|---|---|---|"]
    return "## Action items\n\n" + "\n".join([*head, *rows])


def _missing(incident: Incident) -> str:
    found = gaps(incident)
    return "## Still missing\n\n" + "\n".join(f"- {gap}" for gap in found) if found else ""


def _timeline(incident: Incident, entries: Sequence[Entry], zone: Zone) -> str:
    lines, day = ["## Timeline"], ""
    for entry in entries:
        shown = zone.show(entry.occurred_at)
        if (today := f"{shown:%Y-%m-%d} ({shown:%Z})") != day:
            day = today
            lines += ["", f"### {today}", ""]
        lines.append(_row(entry, zone, incident))
    return "\n".join(lines)


def _marked(title: str, entries: Sequence[Entry], zone: Zone, incident: Incident) -> str:
    """Some entries once more, with their day, because they stand apart from the others."""
    rows = [f"- {zone.show(entry.occurred_at):%Y-%m-%d} {_row(entry, zone, incident)[2:]}" for entry in entries]
    return "\n".join([f"## {title}", "", *rows]) if rows else ""


def _promises(incident: Incident, zone: Zone) -> str:
    """Every promised time of an update, once it is over: before that they are still open."""
    found = promises(incident, incident.resolved_at) if incident.resolved_at is not None else ()
    rows = [
        f"- {escaped(each.audience)} #{each.number}: promised {full_time(each.promised_at, zone)}, {each.state}"
        f"{f' by {each.late // MINUTE} min' if each.late else ''}"
        for each in found
    ]
    return "\n".join(["## Promised updates", "", f"{summary(found)}.", "", *rows]) if rows else ""


def _row(entry: Entry, zone: Zone, incident: Incident) -> str:
    first, *others = (
        [escaped(line) for line in entry.text.split("\n")]
        if entry.kind in BLOCKS
        else [escaped(entry.text.replace("\n", " / "))]
    )
    words = f"~~{first}~~" if entry.mark == "struck" else first
    notes = [entry.mark] if entry.mark else []
    if entry.late > 2 * MINUTE and not incident.imported and entry.kind in set(EntryKind):
        notes.append(f"logged {logged_words(entry, zone)}")
    who = f" — {escaped(entry.actor)}" if entry.actor else ""
    note = f" ({', '.join(notes)})" if notes else ""
    below = "".join(f"\n  - {line}" for line in others if line)
    return f"- {clock_time(entry.occurred_at, zone)} **{entry.kind}** {words}{who}{note}{below}"


def _messages(messages: Sequence[SentMessage], zone: Zone) -> str:
    if not messages:
        return ""
    parts = ["## Messages sent"]
    for message in messages:
        who = f", by {escaped(message.actor)}" if message.actor else ""
        parts.append(f"### {message.audience} #{message.number}, {full_time(message.at, zone)}{who}")
        parts.append(fenced(f"{message.subject}\n\n{message.text}"))
    return "\n\n".join(parts)
