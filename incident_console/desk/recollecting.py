"""What people remember of an incident once it is over: messages that went out unrecorded, corrected as often as
somebody knows better."""

from dataclasses import replace
from typing import Final

from incident_console.desk.base import Moment
from incident_console.desk.messages import Messages
from incident_console.domain import events as e
from incident_console.domain.decide import Check
from incident_console.domain.events import Body
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident
from incident_console.domain.recollection import Recollection, recollected, recollection_of, remembered_one
from incident_console.domain.sending import Sending, SentMessage
from incident_console.domain.vocabulary import EntryKind, Refused

LINES: Final = tuple(kind.value for kind in EntryKind)


class Recollecting(Messages):
    """Each write saves before it returns, or raises Refused or StorageTrouble and saves nothing."""

    def record_sent(self, incident_id: str, what: Recollection, check: Check = Check.STRICT) -> Incident:
        """Record a message that went out as sent at its time; that nobody approved it then is kept with it. Raises
        OddTime or SentTwice for what is hardly meant so, unless it is forced."""
        return self._recorded(incident_id, what, check, "")

    def correct_sent(
        self, incident_id: str, message_id: str, what: Recollection, check: Check = Check.STRICT
    ) -> Incident:  # fmt: skip
        """Let a message that was recorded from memory read like this instead; raises Refused for one that went out
        live, and as `record_sent` does."""
        if what == recollection_of(self.remembered(incident_id, message_id)):
            raise Refused("It reads like that already. Nothing was changed.")
        return self._recorded(incident_id, what, check, message_id)

    def drop_sent(self, incident_id: str, message_id: str) -> Incident:
        """Take a message that was recorded from memory back out; raises Refused for one that went out live."""
        return self._one(incident_id, lambda state, moment: e.Undone(self.remembered(incident_id, message_id).id))

    def remembered(self, incident_id: str, message_id: str) -> SentMessage:
        """A message that was recorded from memory; raises Refused where it is none, or was taken back."""
        return remembered_one(self.sent(incident_id), message_id)

    def _recorded(self, incident_id: str, what: Recollection, check: Check, instead_of: str) -> Incident:
        """`instead_of`: the id of the message that this replaces; empty for one more."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            back = [e.Undone(self.remembered(incident_id, instead_of).id)] if instead_of else []
            history = moment.writer.log.state_events(incident_id) if instead_of else ()
            before = fold(incident_id, (each for each in history if each.id != instead_of)) if instead_of else state
            draft = recollected(before, what, moment.now)
            overruled = () if self.clearance(before, draft).may_go else ("approval",)
            how = Sending(what.at, "", overruled)
            body = self._as_sent(before, moment, draft, how, check, instead_of)
            return [*((each, moment.now) for each in back), (replace(body, remembered=True), what.at)]

        self._change(incident_id, facts)
        return self.incident(incident_id)

    def last_told(self, incident_id: str) -> int:
        """When the last thing happened that somebody logged, microseconds UTC; now while the response runs."""
        incident = self.incident(incident_id)
        if incident.in_response:
            return self.now()
        with self.store.reading():
            last = self.store.queries.latest(incident_id, LINES, 0)
        return last.occurred_at if last is not None else incident.began_at
