"""Commands against the present state: each function gives the facts to append or refuses with a sentence.

Pure: no clock, no storage. Times are microseconds UTC; the caller passes `now`."""

from enum import Enum
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.clock import AHEAD, DAY, Zone
from incident_console.domain.events import Body, Event, Pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import MAX_ENTRY, MAX_TITLE, clean, clean_line
from incident_console.domain.vocabulary import (
    SEVERITIES,
    DetectedBy,
    EntryKind,
    OddTime,
    Refused,
    Role,
    Status,
    choice,
    severity_label,
)

MAX_NAMES: Final = 200
"""Longest name of who holds a role, in characters; investigators may be several."""


class Check(Enum):
    """Whether stated times are held against the present and the incident's start."""

    STRICT = "strict"
    FORCED = "forced"
    """The person said that they know."""


@frozen
class Declaration:
    """What a person says when they declare an incident."""

    title: str
    severity: int | None
    started_at: int | None = None
    detected_at: int | None = None
    services: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channel: str = ""
    roles: Pairs = ()
    drill: bool = False
    detected_by: str = ""
    """Who noticed first, a word of DetectedBy; empty while nobody knows."""


def declare(wish: Declaration, number: int, now: int, check: Check = Check.STRICT) -> e.Declared:
    """Raises Refused for an empty or overlong title, an impossible severity or impossible times."""
    title = title_of(wish.title)
    severity = None if wish.severity is None else severity_of(wish.severity)
    for name, at in (("started", wish.started_at), ("was detected", wish.detected_at)):
        if at is not None and check is Check.STRICT and at > now + AHEAD:
            raise Refused(f"The time when it {name} lies in the future. Check the time and the date.")
    if None not in (wish.started_at, wish.detected_at) and check is Check.STRICT:
        _ordered(wish.started_at, wish.detected_at)
    roles = tuple((choice(role, Role, "role"), _person(name)) for role, name in wish.roles)
    return e.Declared(
        number, title, severity, wish.started_at, wish.detected_at, _lines(wish.services),
        _lines(wish.flows), _lines(wish.tags), clean_line(wish.channel),
        tuple((role, name) for role, name in roles if name), wish.drill,
        choice(wish.detected_by, DetectedBy, "way to notice") if wish.detected_by else "",
    )  # fmt: skip


def _ordered(started: int | None, detected: int | None) -> None:
    if started is not None and detected is not None and detected < started:
        raise Refused("It cannot be detected before it started. Correct one of the two times.")


def _lines(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in map(clean_line, words) if word)


def title_of(text: str) -> str:
    """A title fit to keep: one line, something in it, at most MAX_TITLE characters."""
    if "\n" in text.strip() or "\r" in text.strip():
        raise Refused("A title is one line. Put the rest into the first log entry.")
    title = clean_line(text)
    if not title:
        raise Refused("An incident needs a title. Say in a few words what is broken.")
    if len(title) > MAX_TITLE:
        raise Refused(f"The title has {len(title)} characters; {MAX_TITLE} fit. Shorten it and log the rest.")
    return title


def severity_of(severity: int) -> int:
    if severity not in SEVERITIES:
        raise Refused(f"There is no severity {severity}. Use 1 (worst) to 4; when unsure take the worse one.")
    return severity


def note(
    incident: Incident, text: str, kind: str, at: int | None, now: int, zone: Zone, check: Check = Check.STRICT
) -> e.Noted | e.CheckedIn:
    """A check-in is a fact of its own, because its clock starts again. The record of a closed incident stays open for
    every other line.

    Raises Refused for empty or huge text, an unknown kind, an impossible time, or a check-in after closing.
    """
    words = entry_text(text)
    entry_kind = choice(kind, EntryKind, "kind of entry")
    if at is not None:
        possible_time(incident, at, now, zone, check)
    if entry_kind != EntryKind.CHECKIN:
        return e.Noted(words, entry_kind)
    running(incident, NOTE_INSTEAD)
    return e.CheckedIn(words)


NOTE_INSTEAD: Final = "Log what was said as a note instead."
"""For somebody whose check-in came after closing."""


def running(incident: Incident, instead: str = "") -> None:
    """Raises Refused for a closed incident, where nobody would watch a clock. `instead`: what can be done there all the
    same, as a sentence."""
    if not incident.is_open:
        raise Refused(" ".join(filter(None, (f"{incident.reference} is closed.", instead, reopening(incident)))))


def reopening(incident: Incident) -> str:
    """How to reopen an incident, for screens and shells alike."""
    return f"To reopen it: /reopen (in a shell: incident-console status {incident.reference} investigating)."


def added_late(reference: str, lines: int, undo: str, when: str = "") -> str:
    """What to say after lines went into the record of a closed incident: it may have been the wrong one. `undo`: the
    command that takes the last of them back; `when`: the instant that was understood."""
    what, which = ("this was", "it") if lines == 1 else (f"the {lines} lines were", "the last of them")
    at = f" at {when}" if when else ""
    return f"{reference} is closed; {what} added to its record{at}. {undo} takes {which} back."


def entry_text(text: str) -> str:
    """The words of an entry, made safe; raises Refused when there are none or far too many."""
    words = clean(text).strip()
    if not words:
        raise Refused("There is nothing to log. Type what happened.")
    if len(words) > MAX_ENTRY:
        raise Refused(f"This entry has {len(words)} characters; {MAX_ENTRY} fit. Keep it in a file and log its name.")
    return words


def possible_time(incident: Incident, at: int, now: int, zone: Zone, check: Check) -> None:
    """Refuses a time in the future, or earlier than a day before the incident began."""
    if check is Check.FORCED:
        return
    stated = zone.show(at).strftime("%Y-%m-%d %H:%M %Z")
    if at > now + AHEAD:
        raise OddTime(f"{stated} lies in the future. Check the time.")
    if at < incident.began_at - DAY:
        raise OddTime(f"{stated} is more than a day before {incident.reference} began. Check the date.")


def change_severity(incident: Incident, severity: int, reason: str) -> e.SeverityChanged:
    """Each change carries a reason; raises Refused without one or when nothing would change."""
    level = severity_of(severity)
    words = clean_line(reason)
    if not words:
        raise Refused("A change of severity needs a reason. Say in one line what you know now.")
    if level == incident.severity:
        raise Refused(f"{incident.reference} is {severity_label(level)} already. Nothing was changed.")
    return e.SeverityChanged(level, incident.severity, words)


def change_status(
    incident: Incident, status: str, at: int | None, now: int, zone: Zone, check: Check = Check.STRICT
) -> e.StatusChanged:
    """Any status may follow any other, backwards too; raises Refused for the same one or an impossible time."""
    wanted = choice(status, Status, "status")
    if wanted == incident.status:
        raise Refused(f"{incident.reference} is {wanted} already. Nothing was changed.")
    if at is not None:
        possible_time(incident, at, now, zone, check)
        if at < incident.began_at and check is Check.STRICT:
            began = zone.show(incident.began_at).strftime("%Y-%m-%d %H:%M %Z")
            raise OddTime(
                f"{incident.reference} began at {began}; its status cannot change before that. Check the time."
            )
    return e.StatusChanged(wanted, incident.status)


def assign(incident: Incident, role: str, name: str, brief: str = "") -> e.RoleAssigned:
    """An empty name frees the role; `brief` goes with one handed over. Raises Refused if nothing would change."""
    wanted = choice(role, Role, "role")
    person = _person(name)
    holder = incident.role(wanted)
    if person == holder:
        who = holder or "nobody"
        raise Refused(f"The role {wanted} is held by {who} already. Nothing was changed.")
    return e.RoleAssigned(wanted, person, holder, brief)


def _person(name: str) -> str:
    """Who holds a role, on one line; raises Refused for more than a line is good for."""
    person = clean_line(name)
    if len(person) > MAX_NAMES:
        raise Refused(f"These names have {len(person)} characters; {MAX_NAMES} fit. Name a few and log the others.")
    return person


def correct(event: Event, current: str, text: str) -> e.Corrected:
    """Raises Refused for anything but a logged line, and when the words stay the same."""
    logged_line(event, "corrected")
    words = entry_text(text)
    if words == current:
        raise Refused("The entry reads like that already. Nothing was changed.")
    return e.Corrected(event.id, words)


def retime(incident: Incident, event: Event, shown: int, at: int, now: int, zone: Zone, check: Check) -> e.Retimed:
    """A logged line at another time. Raises Refused for anything but a logged line, an impossible time, or the same.
    What set a clock going keeps its time: it is undone and logged again."""
    if not isinstance(event.body, e.Noted):
        raise Refused("Only logged lines can be moved in time. Correct the milestone, or undo it and log it again.")
    possible_time(incident, at, now, zone, check)
    if at == shown:
        raise Refused("The entry has that time already. Nothing was changed.")
    return e.Retimed(event.id, at, shown)


def strike(event: Event, mark: str, reason: str) -> e.Struck:
    """Raises Refused for anything but a logged line, without a reason, or when it is struck already."""
    logged_line(event, "struck")
    words = clean_line(reason)
    if not words:
        raise Refused("Striking an entry needs a reason. Say in one line what is wrong with it.")
    if mark == "struck":
        raise Refused("This entry is struck already. Nothing was changed.")
    return e.Struck(event.id, words)


def logged_line(event: Event, verb: str) -> None:
    """Refuses to have an event `corrected` or `struck` that is no line in people's words. What set a clock going can
    be corrected; striking would leave its clock running, so it is undone instead."""
    if not isinstance(event.body, WORDS if verb == "corrected" else e.Noted):
        raise Refused(
            f"Only logged lines can be {verb}; this row records what a command did. Use undo, or change it again."
        )


WORDS: Final = (e.Noted, e.CheckedIn, e.Decided, e.Escalated, e.Requested, e.TimerEnded)
"""Events that hold people's words and may read differently later."""


def undo(incident: Incident, target: Event | None) -> Body:
    """Raises Refused when there is nothing of this person's to take back, or when it left the building."""
    if target is None:
        raise Refused(f"You have nothing to undo on {incident.reference}.")
    if isinstance(target.body, e.MessageSent) and not target.body.remembered:
        raise Refused("Your last step was a message that was sent; it cannot be undone. Send a correction instead.")
    if isinstance(target.body, e.Declared | e.Imported):
        raise Refused(
            f"The beginning of {incident.reference} cannot be undone. If it was declared by mistake, close it."
        )
    return e.Undone(target.id)


def redo(incident: Incident, target: str | None) -> Body:
    """Raises Refused when nothing of this person's was undone just before."""
    if target is None:
        raise Refused(f"You have nothing to redo on {incident.reference}.")
    return e.Redone(target)
