"""Incidents as files: what comes in is somebody's record and is kept as it is; what goes out can come in again."""

import hashlib
import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from incident_console.desk.learning import Learning
from incident_console.domain import events as e
from incident_console.domain.clock import SECOND, iso, to_instant
from incident_console.domain.decide import title_of
from incident_console.domain.events import Body
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean, clean_line
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Status, choice
from incident_console.storage.event_log import new_id
from incident_console.storage.store import Writer

if TYPE_CHECKING:
    from datetime import datetime

    from incident_console.content.interchange import Document, EventRow


LATER: Final = ("detected_by", "triage")
"""Keys that the first version did not know; empty ones must not make its files look different."""


LATER_ROW: Final = ("logged_at", "marks")
"""The same for keys of rows."""

MARKS: Final = ("pinned", "parked")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    incident: Incident
    added: bool
    """False when the same content was here already."""
    odd: tuple[str, ...]
    """What is unusual about the record, as sentences; it was kept as it is."""


class Interchange(Learning):
    """Export and import of whole incidents."""

    def export_json(self, incident_id: str) -> str:
        """The interchange document of an incident."""
        return json.dumps(self._document(self.incident(incident_id)), ensure_ascii=False, indent=1)

    def import_file(self, data: bytes) -> ImportReport:
        """Take in one document, all of it or nothing; raises Refused with what is wrong with it."""
        from incident_console.content.interchange import read_document

        document = read_document(data)
        title = title_of(document.title)
        digest = _digest(document.model_dump(mode="json", by_alias=True))
        known = self._already_here(title, digest)
        if known is not None:
            return ImportReport(known, False, ())
        incident_id = new_id()
        with self.store.writing() as writer:
            self._take(writer, incident_id, title, document, digest)
        self.writes += 1
        return ImportReport(self.incident(incident_id), True, odd(document))

    def _already_here(self, title: str, digest: str) -> Incident | None:
        """The incident with this content: imported from it, or one whose export it is."""
        from incident_console.content.interchange import Document

        with self.store.reading():
            found = self.store.queries.by_digest(digest)
            namesakes = [each for each in self.store.queries.all_incidents() if each.title == title]
        if found is not None:
            return self.incident(found.id)
        for each in namesakes:
            incident = self.incident(each.id)
            own = Document.model_validate_json(json.dumps(self._document(incident)))
            if _digest(own.model_dump(mode="json", by_alias=True)) == digest:
                return incident
        return None

    def _take(self, writer: Writer, incident_id: str, title: str, document: "Document", digest: str) -> None:
        now = self.now()
        body = _imported(document, title, writer.queries.next_number(), digest)
        stated = (body.started_at, body.detected_at, body.acknowledged_at, body.mitigated_at, body.resolved_at)
        first_row = to_instant(document.events[0].at) if document.events else now
        begin = next((at for at in stated if at is not None), first_row)
        writer.append(incident_id, [(body, begin)], self.actor, now)
        for (actor, _), rows in groupby(document.events, key=lambda row: (row.actor, row.struck)):
            self._take_rows(writer, incident_id, list(rows), clean_line(actor or ""), now)
        for message in document.messages:
            sent = e.MessageSent(
                clean_line(message.audience), clean_line(message.kind), message.number, clean_line(message.subject),
                clean(message.text), _instant(message.next_update_at),
            )  # fmt: skip
            writer.append(incident_id, [(sent, to_instant(message.at))], clean_line(message.actor or ""), now)
        self._take_postmortem(writer, incident_id, document, now)

    def _take_rows(self, writer: Writer, incident_id: str, rows: "list[EventRow]", actor: str, now: int) -> None:
        bodies: list[tuple[Body, int]] = [
            (e.Noted(clean(row.text), row.kind.value, _instant(row.logged_at)), to_instant(row.at)) for row in rows
        ]
        written = writer.append(incident_id, bodies, actor, now)
        for event, row in zip(written, rows, strict=True):
            about: list[tuple[Body, int]] = [(e.Marked(event.id, mark), now) for mark in row.marks]
            if row.struck is not None:
                about.append((e.Struck(event.id, clean_line(row.struck)), now))
            writer.append(incident_id, about, actor, now)

    def _take_postmortem(self, writer: Writer, incident_id: str, document: "Document", now: int) -> None:
        part = document.postmortem
        if part is None:
            return
        bodies: list[tuple[Body, int]] = [
            (e.PostmortemWritten(clean_line(name), clean(text)), now) for name, text in part.sections.items()
        ]
        ids: list[str] = []
        for why in part.whys:
            parent = ids[why.parent] if why.parent is not None and why.parent < len(ids) else None
            event = writer.append(incident_id, [(e.WhyAdded(clean_line(why.answer), parent), now)], self.actor, now)
            ids.append(event[0].id)
        for item in part.actions:
            added = e.ActionAdded(
                clean_line(item.text), item.kind.value, clean_line(item.owner or ""), item.due or "",
                clean_line(item.link or ""),
            )  # fmt: skip
            event = writer.append(incident_id, [(added, now)], self.actor, now)
            if item.state.value != "open":
                bodies.append((e.ActionMoved(event[0].id, item.state.value), now))
        writer.append(incident_id, bodies, self.actor, now)

    def _document(self, incident: Incident) -> dict[str, Any]:
        with self.store.reading():
            rows = self.store.queries.record_rows(incident.id)
            history = self.store.log.state_events(incident.id)
        struck = _struck(history)
        taken_in = next((event.recorded_at for event in history if isinstance(event.body, e.Imported)), None)
        optional = {
            "channel": incident.channel, "flows": list(incident.flows), "drill": incident.drill,
            "detected_by": incident.detected_by, "triage": dict(incident.triage),
        }  # fmt: skip
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
            "impact": {_outside(name): value for name, value in incident.facts},
            "root_cause": incident.root_cause or None,
            "postmortem": _postmortem(incident),
            "messages": [_message(message) for message in self.sent(incident.id)],
            "events": [_row(entry, struck.get(entry.event_id), taken_in) for entry in rows],
            **{key: value for key, value in optional.items() if value},
        }


def _imported(document: "Document", title: str, number: int, digest: str) -> e.Imported:
    return e.Imported(
        number,
        title,
        document.severity,
        choice(document.status, Status, "status"),
        digest,
        _instant(document.started_at),
        _instant(document.detected_at),
        _instant(document.acknowledged_at),
        _instant(document.mitigated_at),
        _instant(document.resolved_at),
        tuple(map(clean_line, document.services)),
        tuple(map(clean_line, document.tags)),
        tuple((clean_line(role), clean_line(name)) for role, name in document.roles.items()),
        tuple((_inside(clean_line(name)), clean(value)) for name, value in document.impact.items()),
        clean(document.root_cause or ""),
        clean_line(document.channel or ""),
        tuple(map(clean_line, document.flows)),
        document.drill,
        str(document.detected_by or ""),
        tuple((clean_line(key), clean_line(value)) for key, value in document.triage.items()),
    )


def _inside(name: str) -> str:
    """The file's `summary` of the impact is the composer's `impact`."""
    return "impact" if name == "summary" else name


def _outside(name: str) -> str:
    return "summary" if name == "impact" else name


def _instant(time: "datetime | None") -> int | None:
    return None if time is None else to_instant(time)


def _iso(instant: int | None) -> str | None:
    return None if instant is None else iso(instant)


def _row(entry: Entry, struck: str | None, taken_in: int | None) -> dict[str, Any]:
    """Both times where they differ. `taken_in`: when the record was imported, microseconds UTC; that all of it was
    written down here at that time says nothing."""
    row = {"at": iso(entry.occurred_at), "kind": entry.kind, "text": entry.text, "actor": entry.actor or None}
    late = entry.late >= SECOND and (taken_in is None or entry.recorded_at < taken_in)
    optional = {
        "struck": struck,
        "logged_at": iso(entry.recorded_at) if late else None,
        "marks": [flag for flag in entry.flags if flag in MARKS] or None,
    }
    return {**row, **{key: value for key, value in optional.items() if value is not None}}


def _struck(history: tuple[e.Event, ...]) -> dict[str, str]:
    from incident_console.domain.undo import voided

    gone = voided(history)
    return {
        event.body.target: event.body.reason
        for event in history
        if isinstance(event.body, e.Struck) and event.id not in gone
    }


def _message(message: Any) -> dict[str, Any]:
    return {
        "at": iso(message.at),
        "audience": message.audience,
        "kind": message.kind,
        "number": message.number,
        "subject": message.subject,
        "text": message.text,
        "actor": message.actor or None,
        "next_update_at": _iso(message.next_at),
    }


def _postmortem(incident: Incident) -> dict[str, Any] | None:
    if not (incident.sections or incident.whys or incident.actions):
        return None
    places = {why.id: place for place, why in enumerate(incident.whys)}
    actions = [
        {"text": item.text, "kind": item.action_kind, "owner": item.owner or None, "due": item.due or None,
         "link": item.link or None, "state": item.state}
        for item in incident.actions
    ]  # fmt: skip
    whys = [{"answer": why.answer, "parent": places.get(why.parent or "")} for why in incident.whys]
    return {"sections": dict(incident.sections), "whys": whys, "actions": actions}


def _digest(document: dict[str, Any]) -> str:
    """The same for the same content, whatever number it has in some database and whatever keys later versions added."""
    content = {key: value for key, value in document.items() if key != "reference" and (value or key not in LATER)}
    content["events"] = [
        {key: value for key, value in row.items() if key not in LATER_ROW} for row in content.get("events", ())
    ]
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    ).hexdigest()


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
