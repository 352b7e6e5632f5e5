"""How bad is it: declaring with the answers of triage, looking again, and what is known around it."""

from dataclasses import replace

from incident_console.desk.base import Base, Moment
from incident_console.desk.response import Logged
from incident_console.domain import assessment, decide, guards
from incident_console.domain.assessment import Taken
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.events import Body
from incident_console.domain.frozen import frozen
from incident_console.domain.guards import OpenItem, Scope
from incident_console.domain.incident import Incident
from incident_console.domain.motion import newly_told
from incident_console.domain.policy import Prompt
from incident_console.domain.triage import Verdict
from incident_console.domain.vocabulary import EntryKind
from incident_console.domain.wizard import Answers
from incident_console.storage.ids import new_id


@frozen
class Around:
    """What is known already about the thing that is broken."""

    same: tuple[Incident, ...] = ()
    """What may be the same incident."""
    overdue: tuple[OpenItem, ...] = ()
    """What was promised after earlier incidents there and is past its date."""


class Triage(Base):
    """Everything between "something broke" and a level that somebody stands for."""

    def verdict(self, answers: Answers) -> Verdict:
        """What the rules say; any answers will do, none at all, too."""
        return assessment.verdict_of(answers, self.policy)

    def declare_assessed(
        self, wish: Declaration, taken: Taken, lines: tuple[Logged, ...] = (), check: Check = Check.STRICT
    ) -> Incident:
        """Begin an incident at the level that was taken, with its answers and first lines, in one transaction."""
        incident_id, policy = new_id(), self.policy
        with self.store.writing() as writer:
            now = self.now()
            look = assessment.assessed(taken, policy)
            graded = replace(wish, severity=look.severity)
            declared = decide.declare(graded, writer.queries.next_number(), now, check)
            state = Incident(incident_id, number=declared.number, declared_at=now)
            noted: list[tuple[Body, int]] = [
                (decide.note(state, line.text, line.kind, None, now, self.zone), now) for line in lines
            ]
            writer.append(incident_id, [(declared, now), (look, now), *noted], self.actor, now)
        self.writes += 1
        return self.incident(incident_id)

    def reassess(self, incident_id: str, taken: Taken) -> Incident:
        """Look at the severity again; a change restarts the clocks that it governs."""
        policy = self.policy

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            return [(body, moment.now) for body in assessment.reassessed(state, taken, policy)]

        self._change(incident_id, facts)
        return self.incident(incident_id)

    def must_now_be_told(self, before: int | None, after: int | None) -> tuple[str, ...]:
        """Who must be told at one level and had not to be at another."""
        return newly_told(self.policy.level(before), self.policy.level(after))

    def around(self, scope: Scope) -> Around:
        """What may be the same thing, and overdue promises from earlier incidents on it."""
        now = self.now()
        with self.store.reading():
            lately = self.store.queries.lately(now - guards.RECENT)
            late = self.store.queries.overdue_items(f"{self.zone.show(now):%Y-%m-%d}")
        found = guards.may_be_same(map(self.incident, lately), scope, now)
        mine = guards.same_words(scope.services, scope.flows)
        places = {stream: self.incident(stream) for stream in dict.fromkeys(stream for stream, _ in late)}
        fitting = [
            item for stream, item in late if mine & guards.same_words(places[stream].services, places[stream].flows)
        ]
        return Around(found, tuple(fitting))

    def notes(self, severity: int, scope: Scope, answers: Answers) -> tuple[str, ...]:
        """Gentle notes about a level that somebody is about to take."""
        with self.store.reading():
            earlier = self.store.queries.latest_levels(guards.LAST)
        flows = self.policy.critical_flows
        return guards.notes(severity, earlier, scope, answers.facts, answers.detected_by, flows)

    def known_services(self) -> tuple[str, ...]:
        """Every service that was ever named, the most used first."""
        with self.store.reading():
            return self.store.queries.named("services")

    def known_flows(self) -> tuple[str, ...]:
        """Critical flows, and every flow that was ever named."""
        with self.store.reading():
            return tuple(dict.fromkeys((*self.policy.critical_flows, *self.store.queries.named("flows"))))

    def answered_prompts(self, incident_id: str) -> frozenset[str]:
        """Labels of the scoping questions that the timeline holds answers to."""
        labels = [prompt.label for prompt in self.policy.scoping]
        with self.store.reading():
            return frozenset(
                label for label in labels if self.store.queries.starts_with(incident_id, f"{label}: ")
            )  # fmt: skip


def scoped_line(prompt: Prompt, text: str) -> Logged:
    """An answer to a scoping question as a line of the timeline; one that ends with a question mark is a hypothesis."""
    kind = EntryKind.HYPOTHESIS if text.rstrip().endswith("?") else prompt.kind
    return Logged(f"{prompt.label}: {text}", kind)
