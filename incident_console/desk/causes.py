"""The tree of causes: what people do to it, and the questions that it raises. The rules stand in the domain."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from incident_console.desk.base import Base, Fact, Moment
from incident_console.domain import causes
from incident_console.domain import events as e
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Entry, is_row
from incident_console.domain.vocabulary import EntryKind, Refused

if TYPE_CHECKING:
    from incident_console.domain.blameless.rules import BlamelessRules
    from incident_console.domain.cause_advice import Advice

NOTES: Final = 2000
"""How many of the newest notes are searched for causes."""


class Causes(Base):
    """Writes of the tree. Each saves before it returns, or raises Refused or StorageTrouble and saves nothing."""

    def add_why(self, incident_id: str, answer: str, parent: str | None = None) -> str:
        """Answer how something came about, or the problem itself; returns the id of the new cause."""
        return self._added(incident_id, lambda state, moment: causes.add_why(state, answer, parent))

    def add_beside(self, incident_id: str, answer: str, why_id: str) -> str:
        """Another answer to the question that a cause answers; returns the id of the new one."""
        return self._added(incident_id, lambda state, moment: causes.add_beside(state, answer, why_id))

    def _added(self, incident_id: str, fact: Fact) -> str:
        events = self._change(incident_id, lambda state, moment: [(fact(state, moment), moment.now)])
        return events[0].id

    def change_why(
        self,
        incident_id: str,
        why_id: str,
        answer: str | None = None,
        evidence: Sequence[str] | None = None,
        category: str | None = None,
        mark: str | None = None,
    ) -> Incident:
        """Change some things about a cause; None leaves what is there. Evidence are ids of entries of this log."""

        def fact(state: Incident, moment: Moment) -> e.WhyChanged:
            body = causes.change_why(state, why_id, answer, evidence, category, mark)
            _check_evidence(state, moment, evidence or ())
            return body

        return self._one(incident_id, fact)

    def move_why(self, incident_id: str, why_id: str, way: str) -> Incident:
        """One step: up, down, indent or outdent."""
        return self._one(incident_id, lambda state, moment: causes.move_why(state, why_id, way))

    def place_why(self, incident_id: str, why_id: str, parent: str | None, before: str | None = None) -> Incident:
        """Set a cause, with all below it, below another one or the problem."""
        return self._one(incident_id, lambda state, moment: causes.place_why(state, why_id, parent, before))

    def remove_why(self, incident_id: str, why_id: str) -> Incident:
        """Take a cause and everything below it out; undo brings all of it back."""
        return self._one(incident_id, lambda state, moment: causes.remove_why(state, why_id))

    def cause_advice(self, incident_id: str) -> "tuple[Advice, ...]":
        """The questions that the tree raises now; raises ContentTrouble for a broken pack of a company."""
        from incident_console.domain.cause_advice import advise
        from incident_console.domain.cause_words import ends_with_person

        rules = self._words_for_people
        incident = self.incident(incident_id)
        entries, names = self._threads(incident)
        links = causes.chain(incident)
        return advise(incident.title, links, lambda answer: ends_with_person(answer, rules, names), entries)

    @cached_property
    def _words_for_people(self) -> "BlamelessRules":
        from incident_console.content.blameless import load_blameless

        return load_blameless(self.setting.content)

    def _threads(self, incident: Incident) -> tuple[list[Entry], list[str]]:
        """The entries that tell of causes, those that back one, and who took part."""
        from incident_console.domain.cause_advice import THREADS

        backing = {event_id for why in incident.whys for event_id in why.evidence}
        with self.store.reading():
            queries = self.store.queries
            entries = [entry for kind in THREADS for entry in queries.entries(incident.id, kind)]
            entries += queries.newest(incident.id, (EntryKind.NOTE,), NOTES)
            entries += [found for each in sorted(backing) if (found := queries.entry_of(each)) is not None]
            people = queries.people(incident.id)
        return entries, [*people, *(name for _, name in incident.roles)]


def _check_evidence(incident: Incident, moment: Moment, evidence: Sequence[str]) -> None:
    """Raises Refused for what is no entry of this incident; what a cause has already is never asked again."""
    known = {event_id for why in incident.whys for event_id in why.evidence}
    for event_id in set(evidence) - known:
        event = moment.writer.log.by_id(event_id)
        if event is None or event.stream != incident.id or not is_row(event.body):
            raise Refused("This entry is not in the log of this incident. Choose it from the list.")
