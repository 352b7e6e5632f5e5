"""The incident and its postmortem as documents: for colleagues, for customers, for whoever plans the work, for the
calendar. What stands in them is said in the domain."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from incident_console.desk.finishing import Finishing
from incident_console.desk.messages import Messages
from incident_console.domain.comms import Draft, Wish
from incident_console.domain.decide import Check
from incident_console.domain.drafting import Concern
from incident_console.domain.finding import Finding
from incident_console.domain.incident import Incident, lookup
from incident_console.domain.templates import Template
from incident_console.domain.vocabulary import Audience, MessageKind

if TYPE_CHECKING:
    from incident_console.domain.document.customer import CustomerReport, Proposal, Screen
    from incident_console.domain.document.record import Record


class Learning(Finishing, Messages):
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
        from incident_console.domain.document.record import Record

        incident = self.incident(incident_id)
        with self.store.reading():
            entries = self.store.queries.entries(incident_id)
        written_at, _ = self._last_written(incident_id)
        latest = max([written_at, *(entry.recorded_at for entry in entries)])
        odd = self.odd_about(incident, entries, latest)
        people = self.people_of(incident)
        return Record(
            incident, self.zone, entries, self.sent(incident_id), self.items_of(incident_id), odd, people,
            self.changed_since_finished(incident_id),
        )  # fmt: skip

    def write_meeting(self, incident_id: str, at: int, minutes: int, place: Path, check: Check) -> Path:
        """Write the review as an .ics file; one that is there already is only replaced when forced."""
        from incident_console.desk.endings import check_ending
        from incident_console.desk.files import write

        return write(check_ending(place, "meeting"), self.meeting(incident_id, at, minutes), check)

    def prefilled(self, incident: Incident, template: Template, audience: str, account: str = "") -> dict[str, str]:
        """The same as for every message; the account for customers takes only what they may read."""
        usual = super().prefilled(incident, template, audience, account)
        if template.kind != MessageKind.CUSTOMER_REPORT:
            return usual
        known = {each.field: each.text for each in self._proposals(incident, usual, self.now())}
        return {name: known.get(name, "") for name in usual}

    def concerns(
        self, incident: Incident, draft: Draft, changed: Sequence[str] = (), theirs: Mapping[str, str] | None = None,
        at: int | None = None,
    ) -> tuple[Concern, ...]:  # fmt: skip
        """The same as for every message; of the account for customers also why a part of it is empty."""
        found = super().concerns(incident, draft, changed, theirs, at)
        if draft.kind != MessageKind.CUSTOMER_REPORT:
            return found
        template = self.template(draft.kind)
        usual = super().prefilled(incident, template, draft.audience, draft.account)
        known = self._proposals(incident, usual, self.now())
        untouched = [each for each in known if lookup(draft.values, each.field) == each.text]
        held = (Concern("held_back", "hint", "", why, each.field) for each in untouched for why in each.held_back)
        return (*found, *held)

    def _proposals(self, incident: Incident, usual: Mapping[str, str], at: int) -> "tuple[Proposal, ...]":
        """Words of the record for the account for customers, as it stands on the day of an instant."""
        from incident_console.domain.document.customer import proposals

        today = self.zone_of(Audience.CUSTOMERS).show(at).date()
        key = (incident, tuple(usual.items()), today)
        if self._proposed_last is None or self._proposed_last[0] != key:  # asked every second while somebody writes
            self._proposed_last = (key, proposals(incident, self._screen(incident), today, usual))
        return self._proposed_last[1]

    _proposed_last: "tuple[object, tuple[Proposal, ...]] | None" = None

    def _screen(self, incident: Incident) -> "Screen":
        from incident_console.domain.document.customer import Screen
        from incident_console.domain.document.inside import names_in

        with self.store.reading():
            history = self.store.log.state_events(incident.id)
        accounts = (name for each in self.known_accounts(incident) for name in (each.name, each.owner))
        names = (*self.people_of(incident), *names_in(history), *accounts, incident.channel)
        given = frozenset(self.blameless_rules.people.given_names)
        return Screen(lambda text: self._asked(incident, text), names, given)

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
            return self._drafted_report(incident, dict(asked), "asked")
        template = self.template(MessageKind.CUSTOMER_REPORT)
        usual = super().prefilled(incident, template, Audience.CUSTOMERS)
        then = self._proposals(incident, usual, self._last_written(incident_id)[0])
        held_back = [why for each in (*then, *self._proposals(incident, usual, self.now())) for why in each.held_back]
        words = {each.field: each.text for each in then}
        return self._drafted_report(incident, words, "proposed", tuple(dict.fromkeys(held_back)))

    def _drafted_report(
        self, incident: Incident, words: Mapping[str, str], source: str, held_back: tuple[str, ...] = ()
    ) -> "CustomerReport":
        """As the record stood when it was last written to: the same events give the same words."""
        from incident_console.domain.document.customer import from_draft

        fields = {field.name for field in self.template(MessageKind.CUSTOMER_REPORT).fields}
        known = {name: value for name, value in words.items() if name in fields}
        wish = Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT)
        draft = self.drafted(incident, wish, known, self._last_written(incident.id)[0])
        return from_draft(draft, self._asked(incident, draft.whole), source, held_back)

    def _asked(self, incident: Incident, text: str) -> tuple[Finding, ...]:
        """What the checks of messages to customers and the blameless check ask about some words, in their order."""
        from incident_console.domain.checks.message import MessageContext, check_message
        from incident_console.domain.document.inside import NOBODY

        people = tuple(name for name in self.people_of(incident) if name.casefold() not in NOBODY)
        context = MessageContext(incident.status, people)
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
