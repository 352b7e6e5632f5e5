"""The incident and its postmortem as documents: for colleagues, for customers, for whoever plans the work, for the
calendar. What stands in them is said in the domain."""

from pathlib import Path
from typing import TYPE_CHECKING

from incident_console.desk.actions import Actions
from incident_console.desk.messages import Messages
from incident_console.desk.review import Review
from incident_console.domain.clock import SECOND
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.events import Pairs
from incident_console.domain.finding import Finding
from incident_console.domain.incident import Incident
from incident_console.domain.templates import Template
from incident_console.domain.vocabulary import Audience, MessageKind

if TYPE_CHECKING:
    from incident_console.domain.document.customer import CustomerReport
    from incident_console.domain.document.record import Record


class Learning(Messages, Actions, Review):
    """Queries; the same events give the same bytes."""

    def report(self, incident_id: str) -> str:
        """The incident and its postmortem as Markdown."""
        from incident_console.domain.document.markdown import markdown
        from incident_console.domain.document.parts import postmortem_document

        return markdown(postmortem_document(self._record(incident_id)))

    def report_html(self, incident_id: str) -> str:
        """The same as one HTML file that needs nothing else, with drawings."""
        from incident_console.domain.document.html import html
        from incident_console.domain.document.parts import postmortem_document

        return html(postmortem_document(self._record(incident_id)))

    def case(self, incident_id: str) -> str:
        """The one-page case for reliability work as Markdown."""
        from incident_console.domain.document.markdown import markdown
        from incident_console.domain.document.parts import case_document

        return markdown(case_document(self._record(incident_id)))

    def _record(self, incident_id: str) -> "Record":
        from incident_console.domain.consistency import oddities
        from incident_console.domain.document.record import Record

        incident = self.incident(incident_id)
        with self.store.reading():
            entries = self.store.queries.entries(incident_id)
        written_at, _ = self._last_written(incident_id)
        latest = max([written_at, *(entry.recorded_at for entry in entries)])
        odd = oddities(incident, entries, latest, self.zone, self.policy.habits.silence * SECOND)
        people = self.people_of(incident)
        return Record(
            incident, self.zone, entries, self.sent(incident_id), self.items_of(incident_id), odd, people
        )  # fmt: skip

    def write_meeting(self, incident_id: str, at: int, minutes: int, place: Path, check: Check) -> Path:
        """Write the review as an .ics file; one that is there already is only replaced when forced."""
        from incident_console.desk.files import replaced, write_new

        text = self.meeting(incident_id, at, minutes)
        return replaced(place, text) if check is Check.FORCED else write_new(place, text)

    def prefilled(self, incident: Incident, template: Template, audience: str, account: str = "") -> dict[str, str]:
        """The same as for every message; the account for customers draws from the review, too."""
        found = super().prefilled(incident, template, audience, account)
        if template.kind != MessageKind.CUSTOMER_REPORT:
            return found
        from incident_console.domain.document.customer import proposals

        known = proposals(incident, lambda text: self._asked(incident, text), self.people_of(incident))
        return found | {each.field: each.text for each in known if each.text and not found.get(each.field, each.text)}

    def _last_written(self, incident_id: str) -> tuple[int, int]:
        """When the state last changed, microseconds UTC, and how many events there are."""
        with self.store.reading():
            history = self.store.log.state_events(incident_id)
        return max((event.recorded_at for event in history), default=0), len(history)

    # --- customers

    def customer_report(self, incident_id: str) -> "CustomerReport":
        """The account for customers: as it was sent, else as it waits for approval, else put together from the record;
        with what is missing and what the checks ask."""
        from incident_console.domain.document import customer as account

        incident = self.incident(incident_id)
        sent = account.last_sent(self.sent(incident_id))
        if sent is not None:
            return account.from_sent(sent, self._asked(incident, sent.whole))
        if asked := account.last_asked(incident):
            return self._drafted_report(incident, asked, "asked")
        people = self.people_of(incident)
        found = account.proposals(incident, lambda text: self._asked(incident, text), people)
        values = tuple((each.field, each.text) for each in found)
        held_back = tuple(each.held_back for each in found if each.held_back)
        return self._drafted_report(incident, values, "proposed", held_back)

    def _drafted_report(
        self, incident: Incident, values: Pairs, source: str, held_back: tuple[str, ...] = ()
    ) -> "CustomerReport":  # fmt: skip
        from incident_console.domain.document.customer import from_draft

        fields = {field.name for field in self.template(MessageKind.CUSTOMER_REPORT).fields}
        known = tuple((name, value) for name, value in values if name in fields)
        draft = self.drafted(
            incident,
            Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT, known),
            at=self._last_written(incident.id)[0],
        )
        return from_draft(draft, self._asked(incident, draft.whole), source, held_back)

    def _asked(self, incident: Incident, text: str) -> tuple[Finding, ...]:
        """What the checks of messages to customers and the blameless check ask about some words, in their order."""
        from incident_console.domain.checks.message import MessageContext, check_message

        context = MessageContext(incident.status, self.people_of(incident))
        found = check_message(text, Audience.CUSTOMERS, self.message_rules, context)
        blamed = self.blame_in(incident, text)
        return tuple(sorted((*found, *blamed), key=lambda each: (each.start, each.end)))

    # --- the meeting

    def meeting(self, incident_id: str, at: int, minutes: int) -> str:
        """The review as an .ics file; raises Refused for a length that no review has."""
        from incident_console.domain.review_calendar import meeting

        incident = self.incident(incident_id)
        written_at, revision = self._last_written(incident_id)
        return meeting(incident, at, minutes, self.people_of(incident), written_at, revision)
