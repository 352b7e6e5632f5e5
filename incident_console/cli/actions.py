"""`actions` and `action`: what was promised after incidents, over all of them, and how it goes on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from incident_console.cli.common import Session, aside, at, decoded, pass_session, print_json, seconds, show, styled
from incident_console.domain.actions import Item, Wanted, owned_by, owners
from incident_console.domain.decide import Check
from incident_console.domain.followup import Figures, dated, rate, when
from incident_console.domain.vocabulary import Refused, reference

EVERYBODY = "\0"
"""`--chase` without a name."""


@click.command("actions", short_help="Action items of all incidents; --overdue: exit 1 if any is.")
@click.option("--open", "only_open", is_flag=True, help="Only what is still to be done.")
@click.option("--overdue", is_flag=True, help="Only what is past its date; exit 1 if anything is.")
@click.option("--owner", metavar="NAME", help='Only those of one person; "" for those of nobody.')
@click.option("--product", is_flag=True, help="Only what the product team owns.")
@click.option("--candidates", is_flag=True, help="Only ideas that nobody has committed to.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.option("--ics", metavar="FILE", help="Write the days of the open ones to a calendar file; “-” prints it.")
@click.option("--force", is_flag=True, help="Replace an existing calendar file.")
@click.option("--chase", is_flag=False, flag_value=EVERYBODY, metavar="[OWNER]",
              help="Print a friendly reminder to an owner, or to each of them.")  # fmt: skip
@click.pass_context
def actions(
    ctx: click.Context, only_open: bool, overdue: bool, owner: str | None, product: bool, candidates: bool,
    as_json: bool, ics: str | None, force: bool, chase: str | None,
) -> None:  # fmt: skip
    """Action items of all incidents, the ones that need somebody first."""
    session = ctx.find_object(Session)
    assert session is not None
    today = session.desk.today()
    wanted: tuple[tuple[bool, Callable[[Item], bool]], ...] = (
        (only_open, lambda item: item.is_live), (overdue, lambda item: item.is_overdue(today)),
        (product, lambda item: item.what.product), (candidates, lambda item: item.what.candidate),
    )  # fmt: skip
    everything = session.desk.items()
    tests = [test for asked, test in wanted if asked]
    found = tuple(item for item in everything if all(test(item) for test in tests))
    found = found if owner is None else owned_by(found, decoded(owner))
    if chase is not None:
        _chase(session, found, chase)
    elif ics is not None:
        _calendar(session, found, ics, Check.FORCED if force else Check.STRICT)
    elif as_json:
        _print_json(session, found, session.desk.figures(everything))
    else:
        if not found:
            late = any(item.is_overdue(today) for item in everything)
            none_late = "Nothing that fits is overdue." if late else "Nothing is overdue."
            aside(none_late if overdue else _nothing_there(session, everything))
        _print(session, found, session.desk.figures(everything))
    ctx.exit(1 if overdue and found else 0)


def _chase(session: Session, found: tuple[Item, ...], owner: str) -> None:
    from incident_console.domain.followup import chase

    today = session.desk.today()
    everybody = owners(found) if owner == EVERYBODY else (decoded(owner),)
    if not everybody:
        raise Refused("Nobody owns an open action item. See what there is with: incident-console actions")
    show("\n\n---\n\n".join(chase(found, each, today) for each in everybody))


def _calendar(session: Session, found: tuple[Item, ...], file: str, check: Check) -> None:
    count, undated = len(dated(found)), sum(item.is_live and item.is_committed and not item.due for item in found)
    if file == "-":
        from incident_console.domain.followup import to_calendar

        click.echo(to_calendar(found), nl=False)
        return
    from incident_console.cli.postmortem_documents import saved

    path = saved(lambda: session.desk.write_calendar(Path(decoded(file)), found, check))
    left_out = f"; {undated} without a date left out" if undated else ""
    show(f"Written to {path}: {count} of the open ones{left_out}")


def _print(session: Session, found: tuple[Item, ...], figures: Figures) -> None:
    today = session.desk.today()
    for item in found:
        show(*_line(item, when(item, today) if item.is_live else item.what.state, item.is_overdue(today)))
        if item.what.link or item.what.reason:
            show(" " * 12 + " · ".join(part for part in (item.what.link, item.what.reason) if part))
    aside(rate(figures))


def _nothing_there(session: Session, everything: tuple[Item, ...]) -> str:
    """What to do where nothing is listed; an incident is named only where there is one."""
    if everything:
        return "No action item fits. See all of them with: incident-console actions"
    incidents = session.desk.summaries()
    if not incidents:
        return "There are no action items yet, and no incident. Declare one with: incident-console declare TITLE"
    add = f"incident-console action add {incidents[-1].reference} TEXT --owner NAME --due DATE"
    return f"There are no action items yet. Add one with: {add}"


def _line(item: Item, when_words: str, overdue: bool) -> tuple[str, ...]:
    """The parts of an item's line."""
    what = item.what
    day = styled(f"{when_words:<34}", fg="red", bold=True) if overdue else f"{_state(item, when_words):<34}"
    marks = [word for word, there in (("DRILL", item.drill), ("product", what.product)) if there]
    note = f"  ({', '.join(marks)})" if marks else ""
    owner = what.owner or ("! no owner" if item.is_live and item.is_committed else "—")
    return f"{item.id:<10}  ", day, f"  {owner:<12}  {what.action_kind:<8}  {what.text}{note}"


def _state(item: Item, when_words: str) -> str:
    words = {"in_progress": f"{when_words}, in progress", "dropped": "will not be done"}
    state = words.get(item.what.state, when_words)
    return f"idea, {state}" if item.what.candidate else state


def _print_json(session: Session, found: tuple[Item, ...], figures: Figures) -> None:
    rows = [item_json(session, item) for item in found]
    print_json({"now": at(session.desk.now()), "figures": _figures_json(figures), "items": rows})


def _figures_json(figures: Figures) -> dict[str, object]:
    """Over all incidents but drills, whatever is listed."""
    return {
        "commitments": figures.commitments, "done": figures.done, "dropped": figures.dropped, "open": figures.live,
        "overdue": figures.overdue, "incomplete": figures.incomplete, "done_share": figures.done_share,
        "came_due": figures.came_due, "on_time": figures.on_time, "on_time_share": figures.on_time_share,
        "median_open_s": seconds(figures.open_age), "median_to_done_s": seconds(figures.time_to_done),
    }  # fmt: skip


def item_json(session: Session, item: Item) -> dict[str, object]:
    """An item as JSON, here and in the postmortem's."""
    what = item.what
    return {
        "id": item.id, "event_id": what.id, "reference": reference(item.incident), "title": item.title,
        "drill": item.drill, "text": what.text, "kind": what.action_kind, "owner": what.owner or None,
        "due": what.due or None, "overdue": item.is_overdue(session.desk.today()), "link": what.link or None,
        "state": what.state, "reason": what.reason or None, "causes": list(what.causes), "product": what.product,
        "candidate": what.candidate, "added_at": at(what.added_at), "state_since": at(what.moved_at),
        "age_s": seconds(item.age(session.desk.now())),
    }  # fmt: skip


# --- one item


@click.group("action", short_help="Add, change, start, finish or drop one action item.")
def action() -> None:
    """Add, change, start, finish or drop one action item; ID is what `actions` prints, such as INC-7/3."""


def fields(command: Callable[..., Any]) -> Callable[..., Any]:
    """What an item consists of besides its words, as options."""
    for option in reversed((
        click.option("--owner", metavar="NAME", help="Who agreed to do it."),
        click.option("--due", metavar="DATE", help="2026-12-01, +14d, in 2 weeks, next friday, end of month, 1 dec."),
        click.option("--kind", metavar="K", help="prevent, detect (sooner) or respond (faster)."),
        click.option("--link", metavar="URL", help="Where it is tracked."),
        click.option("--cause", "causes", multiple=True, metavar="N", help="Number of a cause in the tree, as 1.2."),
        click.option("--product/--no-product", default=None, help="Whether the product team owns it."),
        click.option("--force", is_flag=True, help="Take a date that has passed."),
    )):  # fmt: skip
        command = option(command)
    return command


@action.command("add", short_help="Promise something, or keep an idea with --candidate.")
@click.argument("ref")
@click.argument("words", nargs=-1, required=True, metavar="TEXT…")
@fields
@click.option("--candidate", is_flag=True, help="Only an idea from the discussion so far.")
@pass_session
def add(session: Session, /, ref: str, words: tuple[str, ...], force: bool, candidate: bool, **given: Any) -> None:
    """Promise something, or keep an idea with --candidate; prints its ID."""
    incident = session.desk.find_summary(decoded(ref))
    wanted = _wanted(session, incident.id, decoded(" ".join(words)), candidate=candidate, **given)
    _said(session, session.desk.add_item(incident.id, wanted, _check(force)))


@action.command("change", short_help="Let an item read differently; what is not given stays.")
@click.argument("named", metavar="ID")
@click.option("--text", metavar="TEXT", help="What will be done.")
@fields
@pass_session
def change(session: Session, /, named: str, text: str | None, force: bool, **given: Any) -> None:
    """Let an item read differently; what is not given stays, "" empties a field."""
    item = session.desk.item(decoded(named))
    wanted = _wanted(session, item.incident_id, text if text is None else decoded(text), **given)
    _said(session, session.desk.change_item(item.incident_id, item.what.id, wanted, _check(force)))


@action.command("commit", short_help="Make an idea a commitment: who agreed, and until when.")
@click.argument("named", metavar="ID")
@click.option("--owner", metavar="NAME", help="Who agreed to do it.")
@click.option("--due", metavar="DATE", help="Until when.")
@click.option("--force", is_flag=True, help="Take a date that has passed.")
@pass_session
def commit(session: Session, named: str, owner: str | None, due: str | None, force: bool) -> None:
    """Make an idea a commitment: who agreed, and until when."""
    item = session.desk.item(decoded(named))
    if not item.what.candidate:
        raise Refused(f"{item.id} is a commitment already. Change it with: incident-console action change {item.id}")
    wanted = Wanted(owner=_decoded(owner), due=_decoded(due), candidate=False)
    _said(session, session.desk.change_item(item.incident_id, item.what.id, wanted, _check(force)))


@action.command("done", short_help="It is done.")
@click.argument("named", metavar="ID")
@pass_session
def done(session: Session, named: str) -> None:
    """It is done."""
    _move(session, named, "done")


@action.command("start", short_help="Somebody works on it.")
@click.argument("named", metavar="ID")
@pass_session
def start(session: Session, named: str) -> None:
    """Somebody works on it."""
    _move(session, named, "in_progress")


@action.command("reopen", short_help="It is still to be done after all.")
@click.argument("named", metavar="ID")
@pass_session
def reopen(session: Session, named: str) -> None:
    """It is still to be done after all."""
    _move(session, named, "open")


@action.command("drop", short_help="It will not be done, for a reason.")
@click.argument("named", metavar="ID")
@click.option("--reason", required=True, metavar="TEXT", help="Why not.")
@pass_session
def drop(session: Session, named: str, reason: str) -> None:
    """It will not be done, for a reason."""
    _move(session, named, "dropped", decoded(reason))


def _move(session: Session, named: str, state: str, reason: str = "") -> None:
    item = session.desk.item(decoded(named))
    session.desk.move_action(item.incident_id, item.what.id, state, reason)
    _said(session, session.desk.item(item.id))


def _said(session: Session, item: Item) -> None:
    """The ID for the pipe; how it stands now for the person."""
    what, today = item.what, session.desk.today()
    show(item.id)
    missing = [word for word, there in (("an owner", what.owner), ("a date", what.due)) if not there]
    if not item.is_live:
        aside(f"{what.text}: {_state(item, what.state)}")
    elif missing and not what.candidate:
        aside(f"{what.text}: it still needs {' and '.join(missing)}.")
    else:
        aside(f"{what.text}: {_state(item, when(item, today))}, {what.owner or 'no owner'}")


def _wanted(session: Session, incident_id: str, text: str | None, **given: Any) -> Wanted:
    causes = tuple(decoded(each) for each in given["causes"])
    return Wanted(
        text, _decoded(given["kind"]), _decoded(given["owner"]), _decoded(given["due"]), _decoded(given["link"]),
        _causes(session, incident_id, causes) if causes else None, given["product"], given.get("candidate"),
    )  # fmt: skip


def _causes(session: Session, incident_id: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the causes that people call 1, 1.2 …; an empty one means none at all."""
    from incident_console.domain.causes import chain

    labels = {link.label: link.why.id for link in chain(session.desk.incident(incident_id))}
    return tuple(labels.get(each, each) for each in named if each)


def _decoded(text: str | None) -> str | None:
    return None if text is None else decoded(text)


def _check(force: bool) -> Check:
    return Check.FORCED if force else Check.STRICT
