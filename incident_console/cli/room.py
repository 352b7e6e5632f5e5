"""What the room does besides plain lines: any line of the live screen, decisions, calls for help, promises, briefs."""

import click

from incident_console.cli.common import Session, aside, at, decoded, pass_session, print_json, seconds, show, styled
from incident_console.cli.write import say_if_closed, split_reference, undoing
from incident_console.domain.events import Pairs
from incident_console.domain.promises import Kept, Promise, summary
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import clock_time, countdown


@click.command("do", short_help="Carry out a line as the live screen would: /ask, /timer, /snooze …")
@click.argument("words", nargs=-1, required=True, metavar="[REF] LINE…")
@pass_session
def do(session: Session, words: tuple[str, ...]) -> None:
    """Carry out a line as the live screen would.

    LINE is what you would type there, for example: /ask sam check replica lag 5m
    """
    ref, line = split_reference(words)
    desk = session.desk
    incident = desk.find_summary(ref)
    outcome = desk.carry_out(incident.id, line, undoing(incident.reference))
    if outcome.place:
        raise Refused(f"/{outcome.place} opens a screen, so nothing was done. Open it with: incident-console open")
    show(outcome.words or outcome.said or f"{incident.reference} saved")


@click.command("decide", short_help="Record a decision with the options that were on the table.")
@click.argument("words", nargs=-1, required=True, metavar="[REF] TEXT…")
@click.option("--option", "options", multiple=True, required=True, metavar="NAME|TIME|DATA|USERS|CHANCE",
              help="One option: its name, time to restore, data at risk, user impact, chance of failure.")  # fmt: skip
@click.option("--chosen", required=True, metavar="NAME", help="The option that was taken, by name or number.")
@click.option("--accepts", default="", metavar="TEXT", help="Which worst case is accepted.")
@click.option("--by", default="", metavar="NAME", help="Who decided.")
@click.option("--review", default="", metavar="30m", help="When to look at it again.")
@pass_session
def decide(
    session: Session, words: tuple[str, ...], options: tuple[str, ...], chosen: str, accepts: str, by: str, review: str
) -> None:
    """Record a decision with the options that were on the table.

    TEXT says what was to be decided. What is not known of an option is left out: "hotfix|90 min||some|high".
    """
    from incident_console.domain.orders import review as review_length
    from incident_console.domain.room import Decision

    ref, text = split_reference(words)
    desk = session.desk
    incident = desk.find_summary(ref)
    length = review_length(review)
    wish = Decision(
        text, tuple(map(_option, options)), decoded(chosen), decoded(accepts), decoded(by) or desk.actor,
        None if length is None else desk.now() + length,
    )  # fmt: skip
    after = desk.record_decision(incident.id, wish)
    show(f"{incident.reference} decision saved")
    say_if_closed(None if after.is_open else after)


def _option(text: str) -> Pairs:
    from incident_console.domain.room import OPTION_KEYS

    parts = [part.strip() for part in decoded(text).split("|")]
    if len(parts) > len(OPTION_KEYS):
        raise Refused("An option has at most five parts: NAME|TIME|DATA|USERS|CHANCE.")
    return tuple(zip(OPTION_KEYS, parts, strict=False))


@click.command("escalate", short_help="Call somebody in; prints the message to send.")
@click.argument("ref", required=False)
@click.option("--to", "who", default="", metavar="WHO", help="Left out, the next on the escalation path.")
@click.option("--happening", required=True, metavar="TEXT", help="What is happening.")
@click.option("--needed", required=True, metavar="TEXT", help="What is needed.")
@click.option("--why", required=True, metavar="TEXT", help="Why it matters.")
@click.option("--by", "by_when", default="", metavar="WHEN", help="By when it is needed.")
@pass_session
def escalate(session: Session, ref: str | None, who: str, happening: str, needed: str, why: str, by_when: str) -> None:
    """Call somebody in; prints the message to send. A clock for their answer starts."""
    from incident_console.domain.room import Escalation

    desk = session.desk
    incident = desk.find(ref)
    parts = (decoded(who) or desk.next_to_call(incident), *map(decoded, (happening, needed, why, by_when)))
    show(desk.escalate(incident.id, Escalation(*parts)))


@click.command("brief", short_help="Where things stand, for whoever takes over.")
@click.argument("ref", required=False)
@pass_session
def brief(session: Session, ref: str | None) -> None:
    """Where things stand, for whoever takes over."""
    show(session.desk.brief(session.desk.find(ref)))


@click.command("promises", short_help="Every time of a next update that was promised; exit 1 if one was missed.")
@click.argument("ref", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def promises(ctx: click.Context, ref: str | None, as_json: bool) -> None:
    """Every time of a next update that was promised, kept or missed; exit 1 if one was missed."""
    session = ctx.find_object(Session)
    assert session is not None
    desk = session.desk
    found = desk.promises(desk.find(ref))
    if as_json:
        print_json({"promises": list(map(_json, found))})
    else:
        for each in found:
            _row(session, each)
        show(summary(found))
    ctx.exit(1 if any(each.state is Kept.MISSED for each in found) else 0)


def _json(promise: Promise) -> dict[str, object]:
    return {
        "audience": promise.audience,
        "number": promise.number,
        "made_at": at(promise.made_at),
        "promised_at": at(promise.promised_at),
        "told_at": at(promise.told_at),
        "state": promise.state.value,
        "late_s": seconds(promise.late) if promise.state is Kept.MISSED else None,
    }


def _row(session: Session, promise: Promise) -> None:
    late = f" by {countdown(promise.late)}" if promise.state is Kept.MISSED else ""
    words = f"{promise.state}{late}"
    shown = styled(words, fg="red", bold=True) if late else words
    promised = clock_time(promise.promised_at, session.desk.zone)
    show(f"{promise.audience:<12}#{promise.number:<3} promised {promised}  ", shown)


@click.command("checklist", short_help="What is easily forgotten in this phase; tick it off.")
@click.argument("ref", required=False)
@click.option("--tick", "item", default="", metavar="ID", help="Tick this item, or open it again.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def checklist(session: Session, ref: str | None, item: str, as_json: bool) -> None:
    """What is easily forgotten in this phase; tick it off with --tick and the word in brackets."""
    desk = session.desk
    incident = desk.find(ref)
    if item:
        change = desk.open_again if decoded(item) in incident.ticked else desk.tick
        incident = change(incident.id, decoded(item))
    phases, done = desk.all_items(incident), desk.done_items(incident)
    if as_json:
        rows = [
            {"phase": title, "id": each.id, "text": each.text, "done": each.id in done}
            for title, items in phases
            for each in items
        ]
        print_json({"reference": incident.reference, "items": rows})
        return
    for title, items in phases:
        show(title)
        for each in items:
            show(f"  {'x' if each.id in done else '-'} {each.text}  ({each.id})")
    if not phases:
        aside("The content pack has no checklists.")
