"""What messages draw from: the facts of an incident, and the customers who are told personally."""

from dataclasses import replace

import click

from incident_console.cli.common import Session, aside, at, decoded, pass_session, print_json, show
from incident_console.cli.messages import told_otherwise
from incident_console.cli.write import REFERENCE, split_reference
from incident_console.desk import Desk
from incident_console.domain.accounts import AccountRow, account_rows, find, note_account, untold
from incident_console.domain.drafting import behind
from incident_console.domain.incident import Account, Incident
from incident_console.domain.templates import FACTS
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import full_time

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
NOTHING = Account("")


# --- facts


@click.command(short_help="Say what a fact is now; every message draws from it.")
@click.argument("words", nargs=-1, required=True, metavar="[REF] NAME TEXT…")
@AS_JSON
@pass_session
def fact(session: Session, words: tuple[str, ...], as_json: bool) -> None:
    """Say what a fact is now; every message draws from it.

    NAME is impact, users_affected, business_impact, customer_reports, progress, next_steps or workaround. An empty
    TEXT ("") says that nothing is known any more.
    """
    ref, name, text = _stated(tuple(map(decoded, words)))
    desk = session.desk
    incident = desk.state_fact(desk.find_summary(ref).id, name, text)
    known = _fact_name(name)
    if as_json:
        print_json({"reference": incident.reference, "name": known, "value": incident.fact(known) or None})
    else:
        show(f"{incident.reference} {_line(known, incident.fact(known))}")
    _say_behind(incident)


def _stated(words: tuple[str, ...]) -> tuple[str | None, str, str]:
    """(reference or None, name, text); raises Refused with the form when words are missing."""
    numbered = REFERENCE.fullmatch(words[0]) is not None or words[0].isdecimal()
    titled = len(words) > 2 and _fact_name(words[0]) not in FACTS and _fact_name(words[1]) in FACTS
    ref, rest = (words[0], words[1:]) if numbered or titled else (None, words)
    if len(rest) < 2:
        raise Refused(
            'Type a fact and its words, for example: incident-console fact impact "payments work for half".'
            ' Empty words ("") clear it.'
        )
    return ref, rest[0], " ".join(rest[1:])


def _fact_name(word: str) -> str:
    return clean_line(word).lower().replace(" ", "_").replace("-", "_")


def _line(name: str, value: str) -> str:
    return f"{name.replace('_', ' ')}: {value or 'not known'}"


def _say_behind(incident: Incident) -> None:
    """Which audiences still hold older words."""
    for each in behind(incident):
        aside(told_otherwise(incident, each))


@click.command(short_help="The facts that all messages draw from, and who holds older ones.")
@click.argument("ref", required=False)
@AS_JSON
@pass_session
def facts(session: Session, ref: str | None, as_json: bool) -> None:
    """The facts that all messages draw from, and which audiences hold older ones."""
    incident = session.desk.find(ref)
    if as_json:
        print_json(
            {
                "reference": incident.reference,
                "facts": {name: incident.fact(name) or None for name in FACTS},
                "stated_at": at(incident.facts_at or None),
                "behind": [{"audience": each.audience, "facts": list(each.facts)} for each in behind(incident)],
            }
        )
        return
    for name in FACTS:
        show(_line(name, incident.fact(name)))
    _say_behind(incident)


# --- key accounts


@click.command(short_help="Key accounts, and who was not told yet; exit 1 if one was not.")
@click.argument("ref", required=False)
@AS_JSON
@click.pass_context
def accounts(ctx: click.Context, ref: str | None, as_json: bool) -> None:
    """Key accounts with owner, tier and note, those not told yet first; exit 1 if one was not told."""
    session = ctx.find_object(Session)
    assert session is not None
    desk, incident = session.desk, session.desk.find(ref)
    rows, others = account_rows(incident), desk.known_accounts(incident)
    if as_json:
        print_json(
            {
                "reference": incident.reference,
                "accounts": list(map(_row_json, rows)),
                "untold": [each.name for each in untold(incident)],
                "known": [{"name": e.name, "owner": e.owner or None, "tier": e.tier or None} for e in others],
            }
        )
    else:
        for row in rows:
            show(_row(desk, incident, row))
    if not rows:
        aside(f'No key account is listed. Add one with: incident-console account {incident.reference} "NAME"')
    if others:
        aside(f"Known, but not listed here: {', '.join(each.name for each in others)}.")
    ctx.exit(1 if untold(incident) else 0)


def _row(desk: Desk, incident: Incident, row: AccountRow) -> str:
    """Name, tier, owner, whether it was told, and the note below."""
    account = row.account
    told = f"told {full_time(row.told_at, desk.zone)}" if row.told_at is not None else "not told yet"
    if row.told_at is not None and not incident.in_response and not row.knows_end:
        told += ", not told that it is over"
    parts = (account.name, account.tier, f"owner {account.owner}" if account.owner else "no owner", told)
    note = "".join(f"\n  {line}" for line in account.note.splitlines())
    return " · ".join(part for part in parts if part) + note


def _row_json(row: AccountRow) -> dict[str, object]:
    return {
        **_account_json(row.account),
        "told": row.told_at is not None,
        "told_at": at(row.told_at),
        "knows_end": row.knows_end,
    }


def _account_json(account: Account) -> dict[str, object]:
    return {
        "name": account.name,
        "owner": account.owner or None,
        "tier": account.tier or None,
        "note": account.note or None,
    }


@click.command(short_help="Put a customer on the list of key accounts; owner, tier, note.")
@click.argument("words", nargs=-1, required=True, metavar="[REF] NAME")
@click.option("--owner", metavar="N", help="Who speaks with them.")
@click.option("--tier", metavar="T", help="How much they matter, such as gold.")
@click.option("--note", metavar="TEXT", help="What there is to know about them here; replaces the note before.")
@click.option("--drop", is_flag=True, help="They are not affected after all.")
@AS_JSON
@pass_session
def account(
    session: Session, words: tuple[str, ...], owner: str | None, tier: str | None, note: str | None, drop: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """Put a customer on the list of key accounts, or change owner, tier or note.

    REF is INC-7, or a bare number when the name follows. What is left out comes from the pack or from earlier
    incidents.
    """
    if drop and (owner, tier, note) != (None, None, None):
        raise Refused("--drop takes the account off the list and goes with nothing else. Leave the rest out.")
    ref, name = split_reference(words)
    desk, incident = session.desk, session.desk.find(ref)
    known = find(incident, name)
    after = desk.drop_account(incident.id, name) if drop else _kept(desk, incident, name, owner, tier, note)
    shown = known if drop else find(after, name)
    assert shown is not None  # else it was refused
    if as_json:
        print_json({"reference": incident.reference, "listed": not drop, **_account_json(shown)})
    else:
        show(f"{incident.reference} {shown.name} {'taken off the list' if drop else 'is on the list of key accounts'}")


def _kept(desk: Desk, incident: Incident, name: str, owner: str | None, tier: str | None, note: str | None) -> Incident:
    """List it, change it, note it; what would be refused of it is refused before anything is saved."""
    known = find(incident, name)
    base = known or _elsewhere(desk, incident, name)
    if note and known is None:
        note_account(replace(incident, accounts=(replace(base, name=name, note=""),)), name, decoded(note))
    if known is None or owner is not None or tier is not None or note is None:
        incident = desk.list_account(
            incident.id, base.name or name, base.owner if owner is None else decoded(owner),
            base.tier if tier is None else decoded(tier),
        )  # fmt: skip
    if note or (note is not None and known is not None):
        incident = desk.note_account(incident.id, name, decoded(note))
    return incident


def _elsewhere(desk: Desk, incident: Incident, name: str) -> Account:
    """The account as the pack or an earlier incident has it."""
    wanted = clean_line(name).casefold()
    return next((each for each in desk.known_accounts(incident) if each.name.casefold() == wanted), NOTHING)
