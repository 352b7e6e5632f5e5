"""Key accounts as text: a row of the list, all that is known of one, and the list to copy for the account team. It
holds no rule about who is on the list."""

from typing import Final

from textual.content import Content

from incident_console.domain.accounts import AccountRow
from incident_console.domain.clock import Zone
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean, clean_line, clip, first_line
from incident_console.domain.when import full_time
from incident_console.widgets.letter_view import when

TOLD: Final = 19
NAME: Final = 21
TIER: Final = 8
OWNER: Final = 12
"""Widths of columns, in cells: with the words about the end they fill 78."""


def account_row(row: AccountRow, incident: Incident, now: int, zone: Zone) -> Content:
    """Whether they were told stands first, with a sign, then ✎ where there is a note, who they are, who owns them."""
    account = row.account
    owner = _column(account.owner, OWNER) if account.owner else Content.styled(f"{'no owner':<{OWNER}}", "$warning")
    note = Content.styled("✎ " if account.note else "  ", "$text-muted")
    return Content.assemble(
        _told(row, now, zone), note, _column(account.name, NAME).stylize("bold"), " ", _column(account.tier, TIER), " ",
        owner, _end(row, incident),
    )  # fmt: skip


def _told(row: AccountRow, now: int, zone: Zone) -> Content:
    if row.told_at is None:
        return Content.styled(f"{'○ not told':<{TOLD}}", "bold $warning")
    return Content.styled(f"{f'✓ told {when(row.told_at, now, zone)}':<{TOLD}}", "$success")


def _end(row: AccountRow, incident: Incident) -> Content:
    """Whether they know that it is over; nothing while it runs."""
    if incident.in_response or row.told_at is None:
        return Content("")
    return Content(" knows the end") if row.knows_end else Content.styled(" ! not the end", "$warning")


def _column(text: str, width: int) -> Content:
    return Content(clean_line(text)).truncate(width, ellipsis=True, pad=True)


def account_detail(row: AccountRow, incident: Incident, zone: Zone) -> Content:
    """Everything about one account, its note in full."""
    account = row.account
    told = f"✓ told {full_time(row.told_at, zone)}" if row.told_at is not None else "○ not told yet: u writes to them"
    note = Content(clean(account.note)) if account.note else Content.styled("No note. o writes one.", "$text-muted")
    lines = [
        Content.styled(clean_line(account.name), "bold"),
        Content.assemble(("tier   ", "$text-muted"), clean_line(account.tier) or "—"),
        Content.assemble(("owner  ", "$text-muted"), clean_line(account.owner) or "nobody: e names one"),
        Content.assemble(told, Content(";") if (end := _end(row, incident)) else "", end),
        Content(""), note,
    ]  # fmt: skip
    return Content("\n").join(lines)


def account_list(rows: tuple[AccountRow, ...], incident: Incident, now: int, zone: Zone) -> str:
    """The list as plain text, for the people who look after these customers."""
    drill = "DRILL: " if incident.drill else ""
    heading = f"{drill}{incident.reference} {incident.title}: key accounts, as of {full_time(now, zone)}"
    return "\n".join([clean_line(heading), "", *(_line(row, incident, zone) for row in rows)])


def _line(row: AccountRow, incident: Incident, zone: Zone) -> str:
    account = row.account
    told = f"told {full_time(row.told_at, zone)}" if row.told_at is not None else "not told yet"
    end = clean_line(_end(row, incident).plain).removeprefix("! ")
    tier = f" ({clean_line(account.tier)})" if account.tier else ""
    parts = [f"owner {clean_line(account.owner) or 'nobody yet'}", told, end, clip(first_line(account.note), 200)]
    return f"- {clean_line(account.name)}{tier}: {'; '.join(part for part in parts if part)}"
