"""Messages to the audiences: drafting from what is known, copying, and the record of what was sent."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from incident_console.desk.base import Base, Moment
from incident_console.domain import comms
from incident_console.domain import events as e
from incident_console.domain.comms import Draft, SentMessage, Template
from incident_console.domain.deadlines import deadlines, promise, unaware_of_resolution
from incident_console.domain.decide import Check
from incident_console.domain.events import Body
from incident_console.domain.incident import Incident
from incident_console.domain.undo import voided
from incident_console.domain.vocabulary import Audience, EntryKind, MessageKind, Refused, choice


class Messages(Base):
    """Everything between knowing something and somebody having been told."""

    def template(self, kind: str) -> Template:
        """The template of a kind of message, read once; raises ContentTrouble for a broken pack."""
        wanted = choice(kind, MessageKind, "kind of message")
        if wanted not in self._templates:
            from incident_console.content.templates import load_template

            self._templates[wanted] = load_template(wanted, self.setting.content)
        return self._templates[wanted]

    @cached_property
    def _templates(self) -> dict[str, Template]:
        return {}

    def check_content(self) -> None:
        """Read every pack once; raises ContentTrouble with file, key and reason."""
        _ = self.policy
        for kind in MessageKind:
            self.template(kind)

    def waiting_most(self, incident: Incident) -> str:
        """The audience whose deadline is nearest or longest past; after the end, one that was not told yet."""
        clocks = deadlines(incident, self.policy)
        if clocks:
            return clocks[0].name
        return next(iter(unaware_of_resolution(incident)), Audience.INTERNAL)

    def suggested(self, incident: Incident, audience: str, kind: str | None) -> Template:
        """The template for an audience; raises Refused when the kind is not meant for it."""
        wanted = choice(audience, Audience, "audience")
        template = self.template(kind or comms.suggested_kind(incident, wanted))
        if wanted not in template.audiences:
            raise Refused(
                f"A {template.kind} message is not meant for {wanted}. It is for: {', '.join(template.audiences)}."
            )
        return template

    def prefilled(self, incident: Incident, template: Template, audience: str) -> dict[str, str]:
        """What the fields hold before anybody types."""
        since = max((sent.at for sent in incident.sent_to(audience)), default=0)
        with self.store.reading():
            impact = self.store.queries.latest(incident.id, (EntryKind.IMPACT,), 0)
            step = self.store.queries.latest(incident.id, (EntryKind.MITIGATION, EntryKind.ACTION), since)
        last = max((sent.at for sent in incident.sent), default=0)
        latest = {"impact": impact.text} if impact is not None and impact.occurred_at > last else {}
        if step is not None and audience == Audience.INTERNAL:
            latest["progress"] = step.text
        return comms.prefilled(template, incident, latest)

    def compose(self, incident_id: str, audience: str, kind: str | None, values: Mapping[str, str]) -> Draft:
        """A message as it would go out now; values that are not given are prefilled."""
        incident = self.incident(incident_id)
        template = self.suggested(incident, audience, kind)
        filled = {**self.prefilled(incident, template, audience), **values}
        now = self.now()
        ends = template.kind == MessageKind.RESOLUTION
        next_at = None if ends else promise(incident, self.policy, audience, now)
        return comms.fill(template, incident, audience, filled, next_at, now, self.zone)

    def copied(self, draft: Draft, how: str) -> None:
        """Record that a message was copied for sending; whether it was sent is another fact."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            if not state.is_open:
                raise Refused(f"{state.reference} is closed; the copy was not recorded.")
            return [(e.MessageCopied(draft.audience, draft.kind, how), moment.now)]

        self._change(draft.incident_id, facts)

    def write_plain(self, text: str) -> Path:
        """Write a text to a new file that only its owner can read; raises OSError."""
        from incident_console.clipboard import write_plain

        return write_plain(text, self.store.drafts.folder.parent.parent / "messages")

    def mark_sent(self, draft: Draft, at: int | None = None, check: Check = Check.STRICT) -> Incident:
        """Record that a message went out, word for word; the clock of its audience starts again."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            sent = moment.now if at is None else at
            earlier = [each for each in self.sent(draft.incident_id) if each.audience == draft.audience]
            last = earlier[-1] if earlier else None
            return [(comms.send(draft, state, last, sent, moment.now, moment.zone, check), sent)]

        self._change(draft.incident_id, facts)
        return self.incident(draft.incident_id)

    def sent(self, incident_id: str) -> tuple[SentMessage, ...]:
        """Every message that went out, word for word, oldest first."""
        with self.store.reading():
            history = self.store.log.state_events(incident_id)
        gone = voided(history)
        found = [
            comms.sent_message(event, event.body)
            for event in history
            if isinstance(event.body, e.MessageSent) and event.id not in gone
        ]
        return tuple(sorted(found, key=lambda message: message.at))
