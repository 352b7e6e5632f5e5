"""`due`: who waits for word, for people, scripts and status lines."""

import click

from incident_console.cli.common import Session, clock_json, label, left_words, print_json, show, styled
from incident_console.domain.deadlines import Deadline
from incident_console.domain.incident import Incident
from incident_console.domain.text import clip
from incident_console.domain.when import clock_time

Due = tuple[Incident, Deadline]


@click.command(short_help="Show what is due when; exit 1 if anything is overdue.")
@click.argument("ref", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--short", is_flag=True, help="One line for a status line or a prompt.")
@click.pass_context
def due(ctx: click.Context, ref: str | None, as_json: bool, short: bool) -> None:
    """Show what is due when; exit 1 if anything is overdue."""
    session = ctx.find_object(Session)
    assert session is not None
    desk, now = session.desk, session.desk.now()
    standings = [desk.standing(desk.find(ref))] if ref else desk.board()
    clocks = sorted(
        ((standing.incident, clock) for standing in standings for clock in standing.clocks),
        key=lambda due: (bool(due[1].paused), due[1].due_at, due[0].number),
    )
    overdue = any(clock.is_overdue(now) for _, clock in clocks)
    if as_json:
        rows = [{"reference": incident.reference, **clock_json(clock, now)} for incident, clock in clocks]
        print_json({"overdue": overdue, "clocks": rows})
    elif short:
        show(_short(clocks, now))
    else:
        _table(session, clocks, now)
    ctx.exit(1 if overdue else 0)


def _short(clocks: list[Due], now: int) -> str:
    """The nearest deadline in few words, and how many more are overdue."""
    if not clocks:
        return "nothing due"
    incident, clock = clocks[0]
    more = sum(other.is_overdue(now) for _, other in clocks[1:])
    rest = f" (+{more} more)" if more else ""
    return f"{incident.reference} {clip(clock.name, 30)} {left_words(clock, now)}{rest}"


def _table(session: Session, clocks: list[Due], now: int) -> None:
    for incident, clock in clocks:
        left = left_words(clock, now)
        words = styled(left, fg="red", bold=True) if clock.is_overdue(now) else left
        when = clock_time(clock.due_at, session.desk.zone)
        show(f"{incident.reference:<8}{clip(label(clock), 29):<30}{when}  ", words)
    if not clocks:
        show("Nothing is due.")
