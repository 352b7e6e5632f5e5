"""Which incident somebody means."""

import re

from incident_console.desk.base import Base
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Refused, severity_label
from incident_console.storage.queries import Summary


class Finding(Base):
    """Queries by reference or title; none of them writes."""

    def find(self, ref: str | None) -> Incident:
        """The incident meant by `INC-7`, `7` or part of a title; None means the only open one.

        Raises Refused with a list when it is unclear, and says what to do when there is none.
        """
        return self.incident(self.find_summary(ref).id)

    def find_summary(self, ref: str | None) -> Summary:
        """Like `find`, without folding the incident."""
        with self.store.reading():
            found = self._only_open() if ref is None or not ref.strip() else self._named(ref.strip())
        return found

    def _only_open(self) -> Summary:
        running = self.store.queries.open_incidents()
        if len(running) == 1:
            return running[0]
        if running:
            raise Refused(f"Several incidents are open; name one of them: {_listed(running)}.")
        raise Refused('No incident is open. Declare one with: incident-console declare "what is broken"')

    def _named(self, ref: str) -> Summary:
        number = re.fullmatch(r"(?:INC-)?(\d{1,9})", ref, re.IGNORECASE)
        if number:
            found = self.store.queries.by_number(int(number[1]))
            if found is None:
                raise Refused(f"There is no INC-{int(number[1])}. See them all with: incident-console list --all")
            return found
        words = clean_line(ref).casefold()
        fitting = [each for each in self.store.queries.all_incidents() if words in each.title.casefold()]
        if len(fitting) == 1:
            return fitting[0]
        shown = words if len(words) <= 40 else words[:39] + "…"
        if fitting:
            raise Refused(f"“{shown}” fits several incidents; name one of them: {_listed(fitting)}.")
        raise Refused(f"No incident fits “{shown}”. See them all with: incident-console list --all")

    def summaries(self) -> tuple[Summary, ...]:
        """Every incident there is, oldest first."""
        with self.store.reading():
            return self.store.queries.all_incidents()


def _listed(found: "tuple[Summary, ...] | list[Summary]") -> str:
    first = [f"{each.reference} {severity_label(each.severity)} {each.title[:60]}" for each in found[:8]]
    more = [f"and {len(found) - 8} more"] if len(found) > 8 else []
    return "; ".join([*first, *more])
