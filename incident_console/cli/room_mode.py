"""The room in plain lines: no colours, no boxes, one sentence after another; for screen readers and plain terminals."""

import os
import select
import sys
from collections import deque
from collections.abc import Iterator

import click

from incident_console.cli.common import Session, pass_session, show
from incident_console.desk import ContentTrouble, Desk, StorageTrouble
from incident_console.domain.deadlines import Deadline, Urgency
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip, first_line
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import ROLE_NAMES, ROLE_SHORT, Refused, severity_label
from incident_console.domain.when import clock_time, countdown

LOOK_S = 1.0
"""Seconds between two looks for what others wrote and what became due."""

HELP = (
    "Type what happened and press enter. /kind makes it something else, /state says where things stand, "
    "/last reads the last entries, /keys lists the commands, /quit leaves."
)


@click.command("room", short_help="The live room in plain lines, for screen readers and plain terminals.")
@click.argument("ref", required=False)
@pass_session
def room(session: Session, ref: str | None) -> None:
    """The live room in plain lines, for screen readers and plain terminals.

    Reads lines from standard input until /quit or its end; says what others write and what becomes due.
    """
    desk = session.desk
    PlainRoom(desk, desk.find(ref)).run()


class PlainRoom:
    """Says what changed, reads a line, carries it out."""

    def __init__(self, desk: Desk, incident: Incident) -> None:
        self._desk = desk
        self._id = incident.id
        self._seen = self._desk.newest_number(self._id)
        self._told: set[tuple[str, int]] = set()
        self._lines: deque[bytes] = deque()
        self._rest = b""
        """What was read of a line whose end is still to come."""

    def run(self) -> None:
        for sentence in self._state():
            show(sentence)
        show(HELP)
        while (line := self._next_line()) is not None:
            if line.strip() in ("/quit", "/board"):
                return
            if line.strip():
                self._answer(line.strip())
            self._news()

    def _next_line(self) -> str | None:
        """The next line of standard input; None at its end. While it waits, news are said."""
        while not self._lines:
            if not select.select([sys.stdin], [], [], LOOK_S)[0]:
                self._news()
                continue
            piece = os.read(sys.stdin.fileno(), 1 << 16)  # unbuffered: select would not know of lines read ahead
            if not piece:
                last, self._rest = self._rest, b""
                return last.decode("utf-8", "replace") if last else None
            *whole, self._rest = (self._rest + piece).split(b"\n")
            self._lines.extend(whole)
        return self._lines.popleft().decode("utf-8", "replace").rstrip("\r")

    def _answer(self, line: str) -> None:
        own = {"/state": self._state, "/last": self._last, "/keys": _keys, "/help": _keys}
        try:
            if line in own:
                for sentence in own[line]():
                    show(sentence)
                return
            self._say_entries()
            outcome = self._desk.carry_out(self._id, line)
        except (Refused, ContentTrouble, StorageTrouble) as refusal:
            show(f"Not saved. {refusal}")
            return
        if outcome.place:
            show(f"/{outcome.place} opens a screen, which is not here. incident-console --help lists the commands.")
            return
        show(outcome.words or outcome.said or "Saved.")

    # --- what is said

    def _state(self) -> Iterator[str]:
        desk, now = self._desk, self._desk.now()
        incident = desk.incident(self._id)
        drill = "This is a drill. " if incident.drill else ""
        yield f"{drill}{incident.reference}, {severity_label(incident.severity)}: {incident.title}."
        yield f"Status {incident.status}. It began {countdown(now - incident.began_at)} ago."
        yield "".join(f"{ROLE_NAMES[role]}: {incident.role(role) or 'nobody'}. " for role in ROLE_SHORT).strip()
        clocks = desk.standing(incident).clocks
        yield from (_spoken(clock, now) for clock in clocks)
        if not clocks:
            yield "Nothing is due."
        items = desk.open_items(incident)
        if items:
            yield f"Next on the checklist: {items[0].text}."

    def _last(self) -> Iterator[str]:
        for entry in self._desk.latest(self._id, 10):
            yield self._sentence(entry)

    def _sentence(self, entry: Entry) -> str:
        when = clock_time(entry.occurred_at, self._desk.zone)
        mark = f", {entry.mark}" if entry.mark else ""
        who = f" by {clean_line(entry.actor)}" if entry.actor else ""
        return f"{when}, {entry.kind}{who}{mark}: {clip(clean_line(first_line(entry.text)), 300)}"

    def _news(self) -> None:
        try:
            self._say_entries()
            self._say_due()
        except (Refused, StorageTrouble) as trouble:
            show(str(trouble))

    def _say_entries(self) -> None:
        """What others wrote since the last look, in the order of writing; one's own lines were answered already."""
        for entry in self._desk.since(self._id, self._seen):
            if entry.actor != self._desk.actor:
                show(self._sentence(entry))
            self._seen = entry.number

    def _say_due(self) -> None:
        now = self._desk.now()
        for clock in self._desk.standing(self._desk.incident(self._id)).clocks:
            mark = (clock.id or clock.name, clock.due_at)
            if clock.urgency(now) is Urgency.OVERDUE and mark not in self._told:
                self._told.add(mark)
                show(_spoken(clock, now))


def _spoken(clock: Deadline, now: int) -> str:
    what = f"Update {clock.number} to {clock.name}" if clock.number else clip(clean_line(clock.name), 100)
    left = countdown(clock.remaining(now))
    match clock.urgency(now):
        case Urgency.PAUSED:
            return f"{what}: paused, {clock.paused}."
        case Urgency.OVERDUE:
            return f"{what} is overdue by {left}."
        case _:
            return f"{what} is due in {left}."


def _keys() -> Iterator[str]:
    from incident_console.domain.logline import COMMANDS
    from incident_console.domain.vocabulary import EntryKind

    yield f"Kinds of entries: {', '.join(f'/{kind}' for kind in EntryKind)}."
    yield from (f"/{name} {form}".rstrip() for name, form in COMMANDS.items())
    yield "-5m or @02:47 at the start or the end says when it happened."
