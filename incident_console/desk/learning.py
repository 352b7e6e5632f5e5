"""What is learned afterwards: the postmortem's sections, the chain of whys, action items, the document."""

from datetime import date

from incident_console.desk.messages import Messages
from incident_console.domain import postmortem
from incident_console.domain.incident import Incident
from incident_console.domain.report import markdown


class Learning(Messages):
    """Writes of the learning phase. Each saves before it returns, or raises and saves nothing."""

    def write_section(self, incident_id: str, section: str, text: str) -> Incident:
        return self._one(incident_id, lambda state, moment: postmortem.write_section(state, section, text))

    def add_why(self, incident_id: str, answer: str, parent: str | None = None) -> str:
        """Answer a why; returns the id of the answer, for the next one below it."""
        now = self.now()
        events = self._change(incident_id, lambda state, moment: [(postmortem.add_why(state, answer, parent), now)])
        return events[0].id

    def change_why(self, incident_id: str, why_id: str, answer: str) -> Incident:
        return self._one(incident_id, lambda state, moment: postmortem.change_why(state, why_id, answer))

    def remove_why(self, incident_id: str, why_id: str) -> Incident:
        return self._one(incident_id, lambda state, moment: postmortem.remove_why(state, why_id))

    def add_action(self, incident_id: str, text: str, kind: str, owner: str, due: str) -> Incident:
        """`due` is an ISO date, +14d, +2w or empty."""
        return self._one(incident_id, lambda state, moment: postmortem.add_action(text, kind, owner, due, self.today()))

    def change_action(self, incident_id: str, item_id: str, text: str, owner: str, due: str) -> Incident:
        return self._one(
            incident_id, lambda state, moment: postmortem.change_action(state, item_id, text, owner, due, self.today())
        )

    def move_action(self, incident_id: str, item_id: str, state: str) -> Incident:
        """Set an action item to open, done or dropped."""
        return self._one(incident_id, lambda incident, moment: postmortem.move_action(incident, item_id, state))

    def report(self, incident_id: str) -> str:
        """The incident and its postmortem as Markdown."""
        incident = self.incident(incident_id)
        with self.store.reading():
            entries = self.store.queries.entries(incident_id)
        return markdown(incident, entries, self.sent(incident_id), self.zone)

    def today(self) -> date:
        """The day on the reader's wall."""
        return self.zone.show(self.now()).date()
