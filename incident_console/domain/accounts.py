"""Key accounts of an incident: customers who are told personally, by whom, and whether they were. Pure."""

from typing import Final

from incident_console.domain import events as e
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Account, Incident
from incident_console.domain.text import clean, clean_line, clip
from incident_console.domain.vocabulary import Refused

MAX_NAME: Final = 120
MAX_NOTE: Final = 4000


@frozen
class AccountRow:
    """One key account and when it was last told."""

    account: Account
    told_at: int | None
    """Microseconds UTC; None: not yet."""
    knows_end: bool
    """Whether it was told since the response was over; False while it runs."""


def account_rows(incident: Incident) -> tuple[AccountRow, ...]:
    """Those that were not told first, then in the order of the list."""
    told = {name.casefold(): at for name, at in incident.told}  # it may have been listed again in other letters
    rows = [_row(account, told.get(account.name.casefold()), incident) for account in incident.accounts]
    return tuple(sorted(rows, key=lambda row: row.told_at is not None))


def _row(account: Account, told_at: int | None, incident: Incident) -> AccountRow:
    ended = incident.resolved_at if not incident.in_response else None
    return AccountRow(account, told_at, told_at is not None and ended is not None and told_at >= ended)


def untold(incident: Incident) -> tuple[Account, ...]:
    """Who was not told anything yet."""
    return tuple(row.account for row in account_rows(incident) if row.told_at is None)


def list_account(incident: Incident, name: str, owner: str, tier: str) -> e.AccountListed:
    """Put a customer on the list, or change owner and tier; raises Refused for no name or when nothing changes."""
    who = account_name(name)
    known = find(incident, who)
    new = Account(known.name if known else who, clip(clean_line(owner), MAX_NAME), clip(clean_line(tier), MAX_NAME))
    if known is not None and (known.owner, known.tier) == (new.owner, new.tier):
        raise Refused(f"{known.name} is on the list already. Nothing was changed.")
    return e.AccountListed(new.name, new.owner, new.tier)


def note_account(incident: Incident, name: str, text: str) -> e.AccountNoted:
    words = clean(text).strip()
    if len(words) > MAX_NOTE:
        raise Refused(f"This note has {len(words)} characters; {MAX_NOTE} fit. Keep it short, log the rest.")
    account = the_account(incident, name)
    if words == account.note:
        raise Refused("The note reads like that already. Nothing was changed.")
    return e.AccountNoted(account.name, words)


def drop_account(incident: Incident, name: str) -> e.AccountDropped:
    return e.AccountDropped(the_account(incident, name).name)


def account_name(text: str) -> str:
    name = clean_line(text)
    if not name:
        raise Refused("A key account needs a name. Type how people call this customer.")
    if len(name) > MAX_NAME:
        raise Refused(f"This name has {len(name)} characters; {MAX_NAME} fit. Shorten it and put the rest into a note.")
    return name


def find(incident: Incident, name: str) -> Account | None:
    """The account of a name, in any case; None when there is none."""
    wanted = clean_line(name).casefold()
    return next((each for each in incident.accounts if each.name.casefold() == wanted), None)


def the_account(incident: Incident, name: str) -> Account:
    """Raises Refused, with the list, when there is none of that name."""
    found = find(incident, name)
    if found is None:
        names = ", ".join(each.name for each in incident.accounts[:10])
        there = f" On the list: {clip(names, 120)}." if names else ""
        raise Refused(
            f"{clip(clean_line(name), 40)} is not on the list of key accounts of {incident.reference}.{there}"
            " Add it first."
        )
    return found
