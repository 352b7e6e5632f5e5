"""Incidents as files: what comes in is somebody's record and is kept as it is; what goes out can come in again."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from incident_console.desk.learning import Learning
from incident_console.domain import events as e
from incident_console.domain.decide import title_of
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.sending import SentMessage
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import RecordKind
from incident_console.storage.ids import new_id

if TYPE_CHECKING:
    from incident_console.content.interchange import Document
    from incident_console.desk.interchange_postmortem import Exported


@frozen
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
        from incident_console.desk.interchange_digest import digest
        from incident_console.desk.interchange_rows import odd
        from incident_console.desk.interchange_taking import Taking

        document = read_document(data)
        title = title_of(document.title)
        content = _whole(document)
        known = self._already_here(title, content)
        if known is not None:
            return ImportReport(known, False, ())
        incident_id = new_id()
        with self.store.writing() as writer:
            Taking(writer, incident_id, self.actor, self.now()).document(document, title, digest(content))
        self.writes += 1
        return ImportReport(self.incident(incident_id), True, odd(document))

    def _already_here(self, title: str, content: dict[str, Any]) -> Incident | None:
        """The incident with this content: imported from it, or one whose export it is."""
        from pydantic import ValidationError

        from incident_console.content.interchange import Document
        from incident_console.desk.interchange_digest import digest, same

        with self.store.reading():
            found = self.store.queries.by_digest(digest(content))
            namesakes = [each for each in self.store.queries.all_incidents() if each.title == title]
        if found is not None:
            return self.incident(found.id)
        for each in namesakes:
            incident = self.incident(each.id)
            try:
                own = Document.model_validate_json(json.dumps(self._document(incident)))
            except ValidationError:  # it holds what no file may, so no file that was taken says the same
                continue
            if same(content, _whole(own)):
                return incident
        return None

    def _document(self, incident: Incident) -> dict[str, Any]:
        from incident_console.desk import interchange_rows as out
        from incident_console.desk.interchange_postmortem import postmortem

        with self.store.reading():
            rows = self._rows(incident)
            history = self.store.log.state_events(incident.id)
            updates = self.store.queries.entries(incident.id, RecordKind.UPDATE)
        struck = out.struck_reasons(history)
        taken_in = next((event.recorded_at for event in history if isinstance(event.body, e.Imported)), None)
        messages = self.sent(incident.id)
        fields = out.fields_of(incident, messages)
        marks = {entry.event_id: out.marks_of(entry) for entry in updates}
        return {
            **out.head(incident, fields),
            "postmortem": postmortem(incident, _places(rows, messages), taken_in),
            "messages": [out.message_of(message, marks.get(message.id, [])) for message in messages],
            "events": [out.row_of(entry, struck.get(entry.event_id), taken_in) for entry in rows],
            **out.tail(incident, fields),
        }

    def _rows(self, incident: Incident) -> tuple[Entry, ...]:
        """The record, and what else of the timeline backs a cause; messages stand elsewhere in the file."""
        rows = self.store.queries.record_rows(incident.id)
        missing = {each for why in incident.whys for each in why.evidence} - {row.event_id for row in rows}
        shown = self.store.queries.entries(incident.id) if missing else ()
        cited = (row for row in shown if row.event_id in missing and row.kind != RecordKind.UPDATE)
        return tuple(sorted((*rows, *cited), key=lambda row: row.number))


def _places(rows: Iterable[Entry], messages: Iterable[SentMessage]) -> "Exported":
    from incident_console.desk.interchange_postmortem import Exported

    return Exported(
        {row.event_id: place for place, row in enumerate(rows)},
        {message.id: place for place, message in enumerate(messages)},
    )


def _whole(document: "Document") -> dict[str, Any]:
    """The document with every key that it may have."""
    return document.model_dump(mode="json", by_alias=True)
