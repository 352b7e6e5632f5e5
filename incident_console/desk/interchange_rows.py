"""Rows of the interchange file, both ways: pure conversions between what a file says and what the log keeps."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from incident_console.domain import events as e
from incident_console.domain.clock import SECOND, iso, to_instant
from incident_console.domain.events import Body
from incident_console.domain.incident import Account, Incident, lookup
from incident_console.domain.sending import SentMessage
from incident_console.domain.templates import FACTS
from incident_console.domain.text import clean, clean_line
from incident_console.domain.timeline import Entry
from incident_console.domain.undo import voided
from incident_console.domain.vocabulary import Status, choice

if TYPE_CHECKING:
    from datetime import datetime

    from incident_console.content.interchange import Document, MessageRow

MARKS: Final = ("pinned", "parked")
CORRECTED: Final = "corrected"
"""Stands among the marks of a row that was corrected; what it said before stays in the log that it was corrected in."""


# --- in


def imported_of(document: "Document", title: str, number: int, digest: str) -> e.Imported:
    """The first fact of an imported incident: all that is neither a list nor the postmortem."""
    return e.Imported(
        number,
        title,
        document.severity,
        choice(document.status, Status, "status"),
        digest,
        instant(document.started_at),
        instant(document.detected_at),
        instant(document.acknowledged_at),
        instant(document.mitigated_at),
        instant(document.resolved_at),
        tuple(map(clean_line, document.services)),
        tuple(map(clean_line, document.tags)),
        tuple((clean_line(role), clean_line(name)) for role, name in document.roles.items()),
        known(document),
        clean(document.root_cause or ""),
        clean_line(document.channel or ""),
        tuple(map(clean_line, document.flows)),
        document.drill,
        str(document.detected_by or ""),
        tuple((clean_line(key), clean_line(value)) for key, value in document.triage.items()),
    )


def known(document: "Document") -> e.Pairs:
    """The facts of the file, and what people last wrote into fields of messages that are none. `summary` of the impact
    is the composer's `impact`, unless the file has both."""
    said = {clean_line(name): clean(value) for name, value in document.impact.items()}
    own = "impact" if "impact" in said else "summary"
    facts = {"impact" if name == own else name: value for name, value in said.items()}
    typed = {clean_line(name): clean(value) for name, value in document.filled.items()}
    others = {name: value for name, value in typed.items() if name not in FACTS}
    return tuple({**facts, **{name: value for name, value in others.items() if name not in facts}}.items())


def sent_of(message: "MessageRow") -> e.MessageSent:
    """A message of the file, with its own number."""
    return e.MessageSent(
        clean_line(message.audience), clean_line(message.kind), message.number, clean_line(message.subject),
        clean(message.text), instant(message.next_update_at),
        tuple((clean_line(name), clean(value)) for name, value in message.filled.items()),
        channel=clean_line(message.channel or ""), overruled=tuple(map(clean_line, message.overruled)),
        corrects=message.corrects, resends=message.resends, account=clean_line(message.account or ""),
        approved_by=clean_line(message.approved_by or ""),
    )  # fmt: skip


def restated(told: e.Pairs, facts: e.Pairs) -> tuple[Body, ...]:
    """The facts as a file has them at its end, where its messages said something else before."""
    names = dict.fromkeys(name for name, _ in (*told, *facts))
    changed = tuple((name, lookup(facts, name)) for name in names if lookup(told, name) != lookup(facts, name))
    before = tuple((name, lookup(told, name)) for name, _ in changed)
    return (e.FactsStated(changed, before),) if changed else ()


def listed(document: "Document") -> Iterator[Body]:
    """The key accounts, with what was noted about them."""
    for row in document.accounts:
        name = clean_line(row.name)
        yield e.AccountListed(name, clean_line(row.owner or ""), clean_line(row.tier or ""))
        if row.note:
            yield e.AccountNoted(name, clean(row.note))


def instant(time: "datetime | None") -> int | None:
    """Microseconds UTC of a time that the file may leave out."""
    return None if time is None else to_instant(time)


# --- out


def fields_of(incident: Incident, messages: Iterable[SentMessage]) -> dict[str, str]:
    """What people last wrote into fields of messages that are no facts of the incident."""
    fields = {name for message in messages for name, _ in message.filled} - set(FACTS)
    return {name: value for name, value in incident.facts if name in fields}


def head(incident: Incident, fields: Container[str]) -> dict[str, Any]:
    """What the file says before its lists; the keys that it always has. `fields`: see `fields_of`; they are no part of
    the impact, because one of them, too, is called summary."""
    facts = {name: value for name, value in incident.facts if name not in fields}
    own = "impact" if "summary" in facts else "summary"
    return {
        "schema": 1,
        "title": incident.title,
        "reference": incident.reference,
        "severity": incident.severity,
        "status": str(incident.status),
        "services": list(incident.services),
        "tags": list(incident.tags),
        "started_at": _iso(incident.started_at),
        "detected_at": _iso(incident.detected_at),
        "acknowledged_at": _iso(incident.acknowledged_at),
        "mitigated_at": _iso(incident.mitigated_at),
        "resolved_at": _iso(incident.resolved_at),
        "roles": dict(incident.roles),
        "impact": {own if name == "impact" else name: value for name, value in facts.items()},
        "root_cause": incident.root_cause or None,
    }


def tail(incident: Incident, fields: Mapping[str, str]) -> dict[str, Any]:
    """What the file may leave out."""
    optional = {
        "channel": incident.channel, "flows": list(incident.flows), "drill": incident.drill,
        "detected_by": incident.detected_by, "triage": dict(incident.triage),
        "accounts": list(map(_account, incident.accounts)), "filled": dict(fields),
    }  # fmt: skip
    return {key: value for key, value in optional.items() if value}


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(at)


def row_of(entry: Entry, struck: str | None, taken_in: int | None) -> dict[str, Any]:
    """Both times where they differ. `taken_in`: when the record was imported, microseconds UTC; that all of it was
    written down here at that time says nothing."""
    row = {"at": iso(entry.occurred_at), "kind": entry.kind, "text": entry.text, "actor": entry.actor or None}
    late = entry.late >= SECOND and (taken_in is None or entry.recorded_at < taken_in)
    optional = {
        "struck": struck,
        "logged_at": iso(entry.recorded_at) if late else None,
        "marks": [*marks_of(entry), *((CORRECTED,) if entry.mark == CORRECTED else ())] or None,
    }
    return {**row, **{key: value for key, value in optional.items() if value is not None}}


def marks_of(entry: Entry) -> list[str]:
    """What people marked a row with."""
    return [flag for flag in entry.flags if flag in MARKS]


def struck_reasons(history: tuple[e.Event, ...]) -> dict[str, str]:
    """Why rows were struck, by the id of the row's event."""
    gone = voided(history)
    return {
        event.body.target: event.body.reason
        for event in history
        if isinstance(event.body, e.Struck) and event.id not in gone
    }


def message_of(message: SentMessage, marks: list[str]) -> dict[str, Any]:
    """A message that went out, with the marks of its row."""
    optional = {
        "channel": message.channel, "overruled": list(message.overruled), "corrects": message.corrects,
        "resends": message.resends, "account": message.account, "approved_by": message.approved_by,
        "filled": dict(message.filled), "marks": marks,
    }  # fmt: skip
    return {
        "at": iso(message.at),
        "audience": message.audience,
        "kind": message.kind,
        "number": message.number,
        "subject": message.subject,
        "text": message.text,
        "actor": message.actor or None,
        "next_update_at": _iso(message.next_at),
        **{key: value for key, value in optional.items() if value},
    }


def _account(account: Account) -> dict[str, Any]:
    optional = {"owner": account.owner, "tier": account.tier, "note": account.note}
    return {"name": account.name, **{key: value for key, value in optional.items() if value}}


def odd(document: "Document") -> tuple[str, ...]:
    """What is unusual about a record, one sentence each."""
    times = [row.at for row in document.events]
    found = []
    if times != sorted(times):
        found.append("Some rows are not in the order of time; they were kept in the file's order.")
    start, end = document.started_at, document.resolved_at
    if start is not None and (early := sum(at < start for at in times)):
        found.append(f"{early} row(s) lie before the stated start; they were kept.")
    if end is not None and (late := sum(at > end for at in times)):
        found.append(f"{late} row(s) lie after the stated end; they were kept.")
    if document.severity is None:
        found.append("The severity is unknown.")
    if end is None and document.status in (Status.RESOLVED, Status.CLOSED):
        found.append("It is over, but no end is stated; its duration is unknown.")
    return tuple(found)
