"""What people remember of an incident once it is over: messages that went out unrecorded."""

from typing import Final

from incident_console.desk.messages import Messages
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.recollection import Recollection, recollected
from incident_console.domain.sending import Sending
from incident_console.domain.vocabulary import EntryKind

LINES: Final = tuple(kind.value for kind in EntryKind)


class Recollecting(Messages):
    """Each write saves before it returns, or raises Refused or StorageTrouble and saves nothing."""

    def record_sent(self, incident_id: str, what: Recollection, check: Check = Check.STRICT) -> Incident:
        """Record a message that went out as sent at its time; that nobody approved it then is kept with it. Raises
        OddTime or SentTwice for what is hardly meant so, unless it is forced."""
        incident = self.incident(incident_id)
        draft = recollected(incident, what, self.now())
        overruled = () if self.clearance(incident, draft).may_go else ("approval",)
        return self.mark_sent(draft, Sending(what.at, "", overruled), check)

    def last_told(self, incident_id: str) -> int:
        """When the last thing happened that somebody logged, microseconds UTC; now while the response runs."""
        incident = self.incident(incident_id)
        if incident.in_response:
            return self.now()
        with self.store.reading():
            last = self.store.queries.latest(incident_id, LINES, 0)
        return last.occurred_at if last is not None else incident.began_at
