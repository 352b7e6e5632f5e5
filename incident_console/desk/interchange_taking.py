"""Writing one imported incident into the log, inside a transaction that somebody else holds. It decides nothing."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from incident_console.desk import interchange_postmortem as learning
from incident_console.desk.interchange_rows import CORRECTED, imported_of, instant, listed, restated, sent_of
from incident_console.domain import events as e
from incident_console.domain.clock import to_instant
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import Status
from incident_console.storage.store import Writer

if TYPE_CHECKING:
    from incident_console.content.interchange import Document, EventRow, MessageRow, PostmortemPart


@frozen
class Taking:
    """Takes in one document as a new incident."""

    writer: Writer
    incident_id: str
    actor: str
    """Who imports; also who wrote what the file gives no author."""
    now: int
    """Microseconds UTC."""

    def document(self, document: "Document", title: str, digest: str) -> None:
        """All of a document that was found to be right."""
        body = imported_of(document, title, self.writer.queries.next_number(), digest)
        (head,) = self._write([(body, self._begin(document, body))])
        rows = self._rows(document.events)
        messages = [self._message(message, body.status) for message in document.messages]
        told = fold(self.incident_id, self.writer.log.state_events(self.incident_id)).facts
        self._now((*restated(told, body.impact), *listed(document)))
        if document.postmortem is not None:
            self._postmortem(document.postmortem, learning.Backing(rows, messages), head.recorded_at)

    def _begin(self, document: "Document", body: e.Imported) -> int:
        stated = (body.started_at, body.detected_at, body.acknowledged_at, body.mitigated_at, body.resolved_at)
        first_row = to_instant(document.events[0].at) if document.events else self.now
        return next((at for at in stated if at is not None), first_row)

    def _message(self, message: "MessageRow", status: str) -> str:
        """The id of the message's event."""
        sent = replace(sent_of(message), past=status == Status.CLOSED)
        (event,) = self._write([(sent, to_instant(message.at))], clean_line(message.actor or ""))
        self._now([e.Marked(event.id, mark) for mark in message.marks])
        return event.id

    def _rows(self, rows: "list[EventRow]") -> list[str]:
        """The ids of the rows' events, in the order of the rows."""
        ids: list[str] = []
        for (actor, _), alike in groupby(rows, key=lambda row: (row.actor, row.struck)):
            ids += self._alike(list(alike), clean_line(actor or ""))
        return ids

    def _alike(self, rows: "list[EventRow]", actor: str) -> list[str]:
        bodies: list[tuple[Body, int]] = [
            (e.Noted(clean(row.text), row.kind.value, instant(row.logged_at)), to_instant(row.at)) for row in rows
        ]
        written = self._write(bodies, actor)
        for event, row in zip(written, rows, strict=True):
            about = [_marked(event.id, mark, clean(row.text)) for mark in row.marks]
            if row.struck is not None:
                about.append(e.Struck(event.id, clean_line(row.struck)))
            self._now(about, actor)
        return [event.id for event in written]

    def _postmortem(self, part: "PostmortemPart", backing: learning.Backing, unknown: int) -> None:
        """`unknown`: the instant that stands for a time that the file does not tell."""
        self._now(learning.sections_of(part))
        for actor, rival in learning.rivals_of(part):
            self._now([rival], actor)
        whys: dict[int, str] = {}
        for level in learning.levels(part.whys):
            events = self._now([learning.why_of(part.whys[place], whys, backing) for place in level])
            whys |= {place: event.id for place, event in zip(level, events, strict=True)}
        self._now(learning.lenses_of(part.whys, whys))
        items = self._write([learning.action_of(row, whys, unknown) for row in part.actions])
        for row, item in zip(part.actions, items, strict=True):
            self._write(list(learning.move_of(row, item.id, unknown)))
        if part.reviewed_at is not None:
            self._write([(e.Reviewed(clean_line(part.review_reason or "")), to_instant(part.reviewed_at))])

    def _now(self, bodies: Iterable[Body], actor: str | None = None) -> tuple[Event, ...]:
        return self._write([(body, self.now) for body in bodies], actor)

    def _write(self, drafts: list[tuple[Body, int]], actor: str | None = None) -> tuple[Event, ...]:
        return self.writer.append(self.incident_id, drafts, self.actor if actor is None else actor, self.now)


def _marked(target: str, mark: str, text: str) -> Body:
    """Of a corrected row the file tells only what it reads now."""
    return e.Corrected(target, text) if mark == CORRECTED else e.Marked(target, mark)
