"""Clocks that people start, set aside and answer; check-ins; promises kept and missed; gentle proposals."""

from incident_console.desk.base import Base, Fact, Moment
from incident_console.domain import room
from incident_console.domain.deadlines import clocks
from incident_console.domain.decide import Check, possible_time
from incident_console.domain.events import Body
from incident_console.domain.incident import Incident, Timer
from incident_console.domain.promises import Promise, promises
from incident_console.domain.proposals import proposals
from incident_console.domain.vocabulary import Refused


class Clocks(Base):
    """Every method saves before it returns, or raises and saves nothing. Lengths are microseconds."""

    def start_timer(self, incident_id: str, text: str, length: int, who: str = "") -> Incident:
        """A timer; with `who` a question to a person, which waits for an answer."""
        return self._one(incident_id, lambda state, moment: room.start_timer(state, text, length, moment.now, who))

    def end_timer(self, incident_id: str, timer_id: str, how: str, text: str = "") -> Incident:
        """Settle it: `done`, `answered` or `dropped`."""
        return self._one(incident_id, lambda state, moment: room.end_timer(_timer(state, timer_id), how, text))

    def extend_timer(self, incident_id: str, timer_id: str, length: int, reason: str) -> Incident:
        return self._one(
            incident_id, lambda state, moment: room.extend_timer(_timer(state, timer_id), length, reason, moment.now)
        )

    def set_clock(
        self, incident_id: str, name: str, action: str, reason: str = "", length: int | None = None
    ) -> Incident:
        """`pause`, `resume`, `snooze`, `every` or `target` for a standing clock."""
        policy = self.policy

        def fact(state: Incident, moment: Moment) -> Body:
            wanted = room.clock_name(name)
            due = [clock.due_at for clock in clocks(state, policy) if clock.name == wanted]
            if action in ("pause", "snooze") and not due and state.is_open:
                raise Refused(f"No clock runs for {wanted} now, so there is nothing to put off.")
            return room.set_clock(state, name, action, reason, length, moment.now, max(due, default=0))

        return self._one(incident_id, fact)

    def check_in(self, incident_id: str, text: str, whom: str, at: int | None = None) -> Incident:
        """Somebody asked the technical lead (`tech`) or the team (`team`) how it goes."""
        return self._earlier(incident_id, lambda state, moment: room.check_in(state, text, whom), at)

    def request(self, incident_id: str, audience: str, text: str, at: int | None = None) -> Incident:
        """An audience asked for word; its clock is brought forward."""
        return self._earlier(incident_id, lambda state, moment: room.request(state, audience, text), at)

    def promises(self, incident: Incident) -> tuple[Promise, ...]:
        """Every time of a next update that was sent, kept or missed."""
        return promises(incident, self.now())

    def proposals(self, incident: Incident) -> tuple[str, ...]:
        """What is worth proposing now, one sentence each."""
        return proposals(incident, self.policy, self.now(), self.zone)

    def _earlier(self, incident_id: str, fact: Fact, at: int | None) -> Incident:
        """One fact that happens now, or happened at a possible earlier time."""

        def checked(state: Incident, moment: Moment) -> Body:
            if at is not None:
                possible_time(state, at, moment.now, moment.zone, Check.STRICT)
            return fact(state, moment)

        return self._one(incident_id, checked, at)


def _timer(state: Incident, timer_id: str) -> Timer:
    timer = state.timer(timer_id)
    if timer is None:
        raise Refused("Nobody waits for that any more: it was settled already.")
    return timer
