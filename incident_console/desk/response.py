"""The commands of a running incident: declare, log, steer, correct, undo."""

from incident_console.desk.base import Base, Moment
from incident_console.domain import decide
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.events import Body, Event
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Entry, describe
from incident_console.domain.undo import redo_target, undo_target, voided
from incident_console.domain.vocabulary import Refused
from incident_console.storage.ids import new_id


@frozen
class Logged:
    """One line for the log, as somebody gives it."""

    text: str
    kind: str = "note"
    at: int | None = None
    """When it happened, microseconds UTC; None: now."""


class Response(Base):
    """Writes of the response phase. Every method saves before it returns, or raises and saves nothing."""

    def declare(self, wish: Declaration, check: Check = Check.STRICT) -> Incident:
        """Begin an incident; returns its state with the new reference number."""
        incident_id = new_id()
        with self.store.writing() as writer:
            now = self.now()
            body = decide.declare(wish, writer.queries.next_number(), now, check)
            writer.append(incident_id, [(body, now)], self.actor, now)
        self.writes += 1
        return self.incident(incident_id)

    def log(self, incident_id: str, line: Logged, check: Check = Check.STRICT) -> Entry:
        """Append one line to the timeline; returns its row."""
        return self.log_all(incident_id, [line], check)[0]

    def log_all(self, incident_id: str, lines: list[Logged], check: Check = Check.STRICT) -> tuple[Entry, ...]:
        """Append several lines in one transaction: all of them, or none."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            return [
                (
                    decide.note(state, line.text, line.kind, line.at, moment.now, moment.zone, check),
                    moment.now if line.at is None else line.at,
                )
                for line in lines
            ]

        return tuple(map(self._row, self._change(incident_id, facts)))

    def change_severity(self, incident_id: str, severity: int, reason: str) -> Incident:
        return self._one(incident_id, lambda state, moment: decide.change_severity(state, severity, reason))

    def change_status(
        self, incident_id: str, status: str, at: int | None = None, check: Check = Check.STRICT
    ) -> Incident:
        """Any status may follow any other; `at` states when it really changed."""

        def fact(state: Incident, moment: Moment) -> Body:
            return decide.change_status(state, status, at, moment.now, moment.zone, check)

        return self._one(incident_id, fact, at)

    def assign(self, incident_id: str, role: str, name: str) -> Incident:
        """Give a role to somebody; an empty name frees it."""
        return self._one(incident_id, lambda state, moment: decide.assign(state, role, name))

    def correct(self, incident_id: str, number: int, text: str) -> Entry:
        """Let an entry read differently; the old words stay in its history."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            event, row = self._target(incident_id, number, moment)
            return [(decide.correct(event, row.text, text), moment.now)]

        self._change(incident_id, facts)
        return self.entry(incident_id, number)

    def retime(self, incident_id: str, number: int, at: int, check: Check = Check.STRICT) -> Entry:
        """Let a logged line stand at another time; the old one stays in its history."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            event, row = self._target(incident_id, number, moment)
            return [(decide.retime(state, event, row.occurred_at, at, moment.now, moment.zone, check), moment.now)]

        self._change(incident_id, facts)
        return self.entry(incident_id, number)

    def strike(self, incident_id: str, number: int, reason: str) -> Entry:
        """Mark an entry as wrong; it stays readable."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            event, row = self._target(incident_id, number, moment)
            return [(decide.strike(event, row.mark, reason), moment.now)]

        self._change(incident_id, facts)
        return self.entry(incident_id, number)

    def undo(self, incident_id: str) -> str:
        """Take back this person's newest step; returns what it was, in words."""
        undone = []

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            gone = voided(moment.writer.log.state_events(incident_id))
            steps = moment.writer.log.of_actor_newest_first(incident_id, self.actor)
            target = undo_target(steps, gone)
            body = decide.undo(state, target)
            undone.append(target)
            return [(body, moment.now)]

        self._change(incident_id, facts)
        return "".join(describe(event) for event in undone if event is not None)

    def redo(self, incident_id: str) -> str:
        """Bring back what this person undid last; returns what it was, in words."""
        back: list[Event | None] = []

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            steps = moment.writer.log.of_actor_newest_first(incident_id, self.actor)
            target = redo_target(steps)
            body = decide.redo(state, target)
            back.append(moment.writer.log.by_id(target) if target else None)
            return [(body, moment.now)]

        self._change(incident_id, facts)
        return "".join(describe(event) for event in back if event is not None)

    def _target(self, incident_id: str, number: int, moment: Moment) -> tuple[Event, Entry]:
        row = self.entry(incident_id, number)
        event = moment.writer.log.by_id(row.event_id)
        if event is None:
            raise Refused(f"There is no entry {number}.")
        return event, row

    def _row(self, event: Event) -> Entry:
        with self.store.reading():
            row = self.store.queries.entry_of(event.id)
        if row is None:
            raise Refused("The entry was saved, but it has no row. Run: incident-console show")
        return row
