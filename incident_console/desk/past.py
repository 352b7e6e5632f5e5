"""Queries about incidents whose response is over: which wait for their postmortem, which are closed. None writes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from incident_console.desk.finding import Finding
from incident_console.domain import events as e
from incident_console.domain.aftermath import Postmortem, left_words, over_at, progress
from incident_console.domain.clock import DAY
from incident_console.domain.events import Body
from incident_console.domain.fold import fold
from incident_console.domain.fold_learning import LEARNING_STEPS
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.storage.past import Left
from incident_console.storage.queries import Summary

RECENT: Final = 30 * DAY
"""A closed incident without a finished postmortem is brought to mind for so long; after that it is history."""

_TELLING: Final[tuple[type[Body], ...]] = (*LEARNING_STEPS, e.StatusChanged, e.Undone, e.Redone)

LEARNING: Final = tuple(body.kind for body in _TELLING)
"""The events that can change what is left to do: a fold over these alone tells it as well as one over all."""


@frozen
class Counts:
    """How many incidents there are."""

    open: int = 0
    """Not closed; resolved ones, too."""
    closed: int = 0


@frozen
class Waiting:
    """Incidents that are over and not done with."""

    first: tuple[Incident, ...] = ()
    """The newest of them."""
    total: int = 0
    """How many there are."""


class Past(Finding):
    """What happened before."""

    def counts(self) -> Counts:
        """How many incidents are open and closed."""
        with self.store.reading():
            running, every = self.store.past.counts()
        return Counts(running, every - running)

    def waiting(self, most: int) -> Waiting:
        """At most so many of the incidents that are resolved, or were closed lately without a finished postmortem."""
        with self.store.reading():
            ids = self.store.past.waiting(self.now() - RECENT)
        return Waiting(tuple(map(self.incident, ids[:most])), len(ids))

    def closed(self, most: int, after: Incident | None = None) -> tuple[Incident, ...]:
        """Closed incidents, the newest first, as far as a list shows them; `after`: those that come after this one."""
        before = (over_at(after), after.number) if after is not None else (2**62, 0)
        with self.store.reading():
            found = self.store.past.closed(before, most)
        return tuple(map(self.outline, found))

    def outline(self, summary: Summary) -> Incident:
        """An incident as far as lists show it: its summary, its postmortem and its action items."""
        with self.store.reading():
            history = self.store.log.of_kinds(summary.id, LEARNING)
        return replace(
            fold(summary.id, history), number=summary.number, title=summary.title, severity=summary.severity,
            status=summary.status, drill=summary.drill, declared_at=summary.declared_at,
            started_at=summary.started_at, resolved_at=summary.resolved_at,
        )  # fmt: skip

    def left(self, statuses: Sequence[str]) -> dict[str, str]:
        """What is left to do after each incident of some statuses, in words, by its id. Only postmortems that somebody
        began and nobody finished are read whole: there may be ten thousand incidents."""
        with self.store.reading():
            found = self.store.past.left(statuses, tuple(step.kind for step in LEARNING_STEPS))
        return {each.id: left_words(self._progress(each), each.items) for each in found}

    def _progress(self, left: Left) -> Postmortem:
        if left.finished:
            return Postmortem.FINISHED
        if not left.begun:
            return Postmortem.NONE
        with self.store.reading():
            return progress(fold(left.id, self.store.log.of_kinds(left.id, LEARNING)))
