"""The writes of a running incident, one command each."""

import re
import sys
from typing import TYPE_CHECKING

import click

from incident_console.cli.common import Session, aside, decoded, entry_json, pass_session, print_json, show
from incident_console.cli.declare import Severity
from incident_console.domain.decide import Check, added_late
from incident_console.domain.vocabulary import Refused, Status, severity_label

if TYPE_CHECKING:
    from incident_console.domain.incident import Incident

FORCE = click.option("--force", is_flag=True, help="Take an odd time as it is.")
AT = click.option("--at", "when", metavar="TIME", help="When it happened: -5m, 02:47, yesterday 23:10, ISO 8601.")
REFERENCE = re.compile(r"INC-\d+", re.IGNORECASE)


def checking(force: bool) -> Check:
    return Check.FORCED if force else Check.STRICT


@click.command(short_help="Add an entry to the timeline.")
@click.argument("words", nargs=-1, metavar="[REF] TEXT…")
@click.option("--kind", default="note", metavar="K", help="note, action, decision, hypothesis, question, impact, …")
@AT
@FORCE
@click.option("--chat", is_flag=True, help="Standard input is a chat: each line at its own leading time.")
@click.option("--json", "as_json", is_flag=True, help="Print the entry as JSON.")
@pass_session
def log(
    session: Session, words: tuple[str, ...], kind: str, when: str | None, force: bool, chat: bool, as_json: bool
) -> None:
    """Add an entry to the timeline.

    REF is INC-7, or a bare number when more words follow; left out, it is the only open incident. A single quoted
    text is always taken as text. TEXT “-” reads standard input, one entry a line.
    """
    from incident_console.desk.response import Logged

    ref, text = split_reference(words)
    incident = session.logbook.find_summary(ref)
    if chat:
        chat_text = "\n".join(_lines()) if text == "-" else text
        show(session.desk.log_lines(incident.id, chat_text, undoing(incident.reference)).said)
        return
    closed = session.logbook.incident(incident.id) if incident.status == Status.CLOSED else None
    at = stated(session, when, closed)
    lines = _lines() if text == "-" else [text]
    if not lines:
        raise Refused("There is nothing to log. Type what happened.")
    entries = session.logbook.log_all(incident.id, [Logged(line, kind, at) for line in lines], checking(force))
    if as_json:
        rows = [{"reference": incident.reference, **entry_json(entry)} for entry in entries]
        print_json(rows[0] if len(rows) == 1 else {"entries": rows})
    else:
        for entry in entries:
            show(f"{incident.reference} entry {entry.number} saved")
    say_if_closed(closed, len(entries), at_time(session, at) if closed else "")


def stated(session: Session, when: str | None, closed: "Incident | None") -> int | None:
    """The instant that somebody typed for what happened then; None stays None. A bare clock time of a closed incident
    is the one nearest to it."""
    if when is None or closed is None:
        return session.time(when)
    from incident_console.domain.logline import stated_time

    return stated_time(decoded(when), session.logbook.now(), session.logbook.zone, closed)


def at_time(session: Session, at: int | None) -> str:
    """Which instant was understood; empty where nobody stated one."""
    from incident_console.domain.when import day_time

    return "" if at is None else day_time(at, session.logbook.now(), session.logbook.zone)


def say_if_closed(closed: "Incident | None", lines: int = 1, when: str = "") -> None:
    """It may have been the wrong one: say that something was added to a closed incident, and how to take it back."""
    if closed is not None:
        aside(added_late(closed.reference, lines, undoing(closed.reference), when))


def undoing(reference: str) -> str:
    """What takes the last step back in a shell."""
    return f"incident-console undo {reference}"


def split_reference(words: tuple[str, ...]) -> tuple[str | None, str]:
    """The reference, if the first word is one, and the text."""
    safe = tuple(map(decoded, words))
    if len(safe) > 1 and (REFERENCE.fullmatch(safe[0]) or safe[0].isdecimal()):
        return safe[0], " ".join(safe[1:])
    return None, " ".join(safe)


def _lines() -> list[str]:
    """Standard input, one entry a line, whatever bytes it holds."""
    text = sys.stdin.buffer.read().decode("utf-8", "replace")
    return [line for line in text.splitlines() if line.strip()]


@click.command(short_help="Change the severity, with a reason.")
@click.argument("ref")
@click.argument("level", type=Severity(), metavar="1-4")
@click.option("--reason", required=True, metavar="TEXT", help="What you know now.")
@pass_session
def severity(session: Session, ref: str, level: int, reason: str) -> None:
    """Change the severity, with a reason."""
    summary = session.desk.find_summary(ref)
    incident = session.desk.change_severity(summary.id, level, reason)
    show(f"{incident.reference} is {severity_label(level)} now")


@click.command(short_help="Change the status; it may go back.")
@click.argument("ref")
@click.argument("status", metavar="STATUS")
@AT
@FORCE
@pass_session
def status(session: Session, ref: str, status: str, when: str | None, force: bool) -> None:
    """Change the status; it may go back.

    STATUS is investigating, identified, mitigating, monitoring, resolved or closed.
    """
    summary = session.desk.find_summary(ref)
    incident = session.desk.change_status(summary.id, status, session.time(when), checking(force))
    show(f"{incident.reference} is {incident.status} now")


@click.command(short_help="Give a role to somebody; an empty name frees it.")
@click.argument("ref")
@click.argument("role", metavar="ROLE")
@click.argument("name", metavar="NAME")
@pass_session
def role(session: Session, ref: str, role: str, name: str) -> None:
    """Give a role to somebody; an empty name frees it.

    ROLE is ic, tech, comms or scribe.
    """
    summary = session.desk.find_summary(ref)
    incident = session.desk.assign(summary.id, role, name)
    show(f"{incident.reference} {role.lower()}: {incident.role(role.lower()) or 'nobody'}")


@click.command(short_help="Let an entry read differently; the old words stay readable.")
@click.argument("ref")
@click.argument("entry", type=click.IntRange(min=1))
@click.argument("text", nargs=-1, required=True)
@pass_session
def correct(session: Session, ref: str, entry: int, text: tuple[str, ...]) -> None:
    """Let an entry read differently; the old words stay readable.

    ENTRY is the number that `show` prints first in each line.
    """
    summary = session.desk.find_summary(ref)
    session.desk.correct(summary.id, entry, " ".join(text))
    show(f"{summary.reference} entry {entry} corrected")


@click.command(short_help="Mark an entry as wrong; it stays readable.")
@click.argument("ref")
@click.argument("entry", type=click.IntRange(min=1))
@click.option("--reason", required=True, metavar="TEXT", help="What is wrong with it.")
@pass_session
def strike(session: Session, ref: str, entry: int, reason: str) -> None:
    """Mark an entry as wrong; it stays readable."""
    summary = session.desk.find_summary(ref)
    session.desk.strike(summary.id, entry, reason)
    show(f"{summary.reference} entry {entry} struck")


@click.command(short_help="Take back your last step on an incident.")
@click.argument("ref", required=False)
@pass_session
def undo(session: Session, ref: str | None) -> None:
    """Take back your last step on an incident."""
    summary = session.desk.find_summary(ref)
    show(f"{summary.reference} undone: {session.desk.undo(summary.id)}")
    aside(f"Bring it back with: incident-console redo {summary.reference}")


@click.command(short_help="Bring back what you undid last.")
@click.argument("ref", required=False)
@pass_session
def redo(session: Session, ref: str | None) -> None:
    """Bring back what you undid last."""
    summary = session.desk.find_summary(ref)
    show(f"{summary.reference} back again: {session.desk.redo(summary.id)}")
