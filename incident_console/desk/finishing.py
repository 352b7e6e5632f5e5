"""Writing a postmortem up in one go, and finishing it. The rules stand in the domain; they are imported where they are
needed, because every command loads this file."""

from typing import TYPE_CHECKING

from incident_console.desk.actions import Actions
from incident_console.desk.base import Moment
from incident_console.desk.review import Review
from incident_console.domain.decide import Check
from incident_console.domain.events import Body
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident

if TYPE_CHECKING:
    from incident_console.domain.finishing import LooseEnd
    from incident_console.domain.write_up import WriteUp


class Finishing(Actions, Review):
    """Each write saves before it returns, or raises Refused or StorageTrouble and saves nothing."""

    def write_up(self, incident_id: str, wanted: "WriteUp", check: Check = Check.STRICT) -> Incident:
        """Everything in one transaction, each fact decided on what the ones before it made true: where one of them is
        refused, none is saved. Raises OddTime for a due day that has passed unless it is forced."""
        steps = wanted.steps(self.today(), check)

        def decide(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            for step in steps:  # a later fact may point at an earlier one, which has its id only once it is appended
                moment.writer.append(incident_id, [(step(state), moment.now)], self.actor, moment.now)
                state = fold(incident_id, moment.writer.log.state_events(incident_id))
            return []

        self._change(incident_id, decide)
        return self.incident(incident_id)

    def finish_review(self, incident_id: str, reason: str = "") -> Incident:
        """The postmortem is finished; everything in it can still be corrected."""
        from incident_console.domain.finishing import finish

        return self._one(incident_id, lambda state, moment: finish(state, reason))

    def loose_ends(self, incident_id: str) -> "tuple[LooseEnd, ...]":
        """What is still open, to be named when it is finished."""
        from incident_console.domain.finishing import loose_ends

        return loose_ends(self.incident(incident_id), len(self.oddities(incident_id)), self.today())

    def changed_since_finished(self, incident_id: str) -> bool:
        """Whether it reads differently than when it was finished; False while it is not."""
        from incident_console.domain.finishing import changed_since_finished, finished

        with self.store.reading():
            history = self.store.log.state_events(incident_id)
            end = finished(history)
            lines = self.store.log.lines_since(incident_id, end.recorded_at) if end is not None else ()
        return changed_since_finished((*history, *lines))
