"""Reading: which incidents there are, one of them, its timeline."""

from typing import Any

import click

from incident_console.cli.common import (
    Painted,
    Session,
    aside,
    at,
    clock_json,
    decoded,
    entry_json,
    incident_json,
    label,
    left_words,
    pass_session,
    print_json,
    styled,
)
from incident_console.cli.common import (
    show as say,
)
from incident_console.domain.aftermath import progress
from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Entry, logged_words
from incident_console.domain.vocabulary import ROLE_SHORT, EntryKind, Status, severity_label
from incident_console.domain.when import ago, full_time, span

COLOURS = {1: "red", 2: "yellow", 3: "cyan"}


def coloured(severity: int | None) -> Painted:
    return styled(severity_label(severity), fg=COLOURS.get(severity or 0), bold=severity in (1, 2))


@click.command("list", short_help="List the incidents that are not closed.")
@click.option("--all", "everything", is_flag=True, help="Closed ones, too.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@pass_session
def list_(session: Session, everything: bool, as_json: bool) -> None:
    """List the incidents that are not closed."""
    desk, now = session.desk, session.desk.now()
    found = [each for each in desk.summaries() if everything or each.status != Status.CLOSED]
    if as_json:
        print_json({"now": at(now), "incidents": [_listed(desk.incident(each.id), now) for each in found]})
        return
    over = desk.left((Status.RESOLVED, Status.CLOSED) if everything else (Status.RESOLVED,))
    for each in found:
        began = each.started_at if each.started_at is not None else each.declared_at
        drill = "DRILL " if each.drill else ""
        left = f"; {over[each.id]}" if each.id in over else ""
        rest = f"  {each.status:<14}{drill}{each.title}  ({ago(began, now)}{left})"
        say(f"{each.reference:<8}", coloured(each.severity), rest)
    if not found:
        _teach(desk.counts().closed)


def _listed(incident: Incident, now: int) -> dict[str, Any]:
    return {**incident_json(incident, now), "postmortem": progress(incident)}


def _teach(closed: int) -> None:
    aside('No incident is open. Declare one with: incident-console declare "what is broken"')
    if closed:
        aside(f"{closed} {'is' if closed == 1 else 'are'} closed. List them with: incident-console list --all")


@click.command("show", short_help="Show one incident with its timeline.")
@click.argument("ref", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def show(session: Session, ref: str | None, as_json: bool) -> None:
    """Show one incident with its timeline."""
    desk, now = session.desk, session.desk.now()
    incident = desk.find(ref)
    clocks, entries = desk.standing(incident).clocks, desk.entries(incident.id)
    if as_json:
        rows = {"clocks": [clock_json(clock, now) for clock in clocks], "entries": list(map(entry_json, entries))}
        print_json({**incident_json(incident, now), **rows})
        return
    _header(incident, now, desk.zone)
    for clock in clocks:
        left = left_words(clock, now)
        say(f"  {label(clock)} ", styled(left, fg="red", bold=True) if clock.is_overdue(now) else left)
    say()
    _print_entries(entries, desk.zone, incident.imported)


def _header(incident: Incident, now: int, zone: Zone) -> None:
    drill = "DRILL  " if incident.drill else ""
    rest = f"  {incident.status.upper()}  {drill}{incident.title}"
    say(f"{incident.reference}  ", coloured(incident.severity), rest)
    end = incident.ended_at
    running = end is None and not incident.in_response
    length = "duration unknown" if running else span((now if end is None else end) - incident.began_at)
    word = "since" if incident.started_at is not None else "declared"
    say(f"  {word} {full_time(incident.began_at, zone)}, {length}")
    say("  " + "  ".join(f"{short}: {incident.role(role) or 'nobody'}" for role, short in ROLE_SHORT.items()))
    for name, words in (("services", incident.services), ("flows", incident.flows), ("tags", incident.tags)):
        if words:
            say(f"  {name}: {', '.join(words)}")
    if incident.channel:
        say(f"  channel: {incident.channel}")


@click.command("timeline", short_help="Show the timeline of an incident.")
@click.argument("ref", required=False)
@click.option("--kind", metavar="K", help="Only entries of one kind.")
@click.option("--only", metavar="FILTER", help='As on the live screen: words, "/decision", "@sam", pinned, parked.')
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_context
def timeline(ctx: click.Context, ref: str | None, kind: str | None, only: str | None, as_json: bool) -> None:
    """Show the timeline of an incident."""
    session = ctx.find_object(Session)
    assert session is not None
    summary = session.desk.find_summary(ref)
    if only:
        rows = session.desk.rows(summary.id, decoded(only))
        entries = tuple(rows.row(place) for place in range(len(rows)))
    else:
        entries = session.desk.entries(summary.id, decoded(kind).strip().lower() if kind else None)
    if as_json:
        print_json({"reference": summary.reference, "entries": list(map(entry_json, entries))})
    else:
        _print_entries(entries, session.desk.zone, session.desk.incident(summary.id).imported)
    if not entries:
        aside(f"{summary.reference} has no such entry. Kinds: {', '.join(EntryKind)}.")
        ctx.exit(1)


def _print_entries(entries: tuple[Entry, ...], zone: Zone, imported: bool) -> None:
    """One line an entry, its number first; a line with the date whenever the day changes."""
    day = ""
    for entry in entries:
        shown = zone.show(entry.occurred_at)
        if (today := f"{shown:%Y-%m-%d %Z}") != day:
            day = today
            say(f"      {day}")
        marks = [entry.mark] if entry.mark else []
        if not imported and entry.late > 2 * MINUTE and entry.kind in set(EntryKind):
            marks.append(f"logged {logged_words(entry, zone)}")
        note = f"  ({', '.join(marks)})" if marks else ""
        text = entry.text.replace("\n", "\n" + " " * 26)
        say(f"{entry.number:>5} {shown:%H:%M} {entry.kind:<12}  {text}{note}  ", styled(entry.actor, dim=True))
