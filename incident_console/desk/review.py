"""The review: sections of the postmortem, what is odd about the record, figures, what the gap cost, who still waits for
the end. The rules stand in the domain."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from incident_console.desk.base import Base, Moment
from incident_console.domain import closing, postmortem
from incident_console.domain import events as e
from incident_console.domain.clock import SECOND
from incident_console.domain.consistency import MOST, Oddity, oddities, retimings
from incident_console.domain.finding import Finding
from incident_console.domain.incident import Incident, Version
from incident_console.domain.text import clean
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Refused

if TYPE_CHECKING:
    from incident_console.domain.blameless.rules import BlamelessRules
    from incident_console.domain.consistency import Oddity


class Review(Base):
    """Each write saves before it returns, or raises Refused or StorageTrouble and saves nothing."""

    # --- sections

    def write_section(
        self, incident_id: str, section: str, text: str, base: str | None = None, settles: tuple[str, ...] = ()
    ) -> Incident:
        """Let a section read like this. `base` is the id of the version that the writer saw: where somebody else wrote
        meanwhile, both texts are kept."""
        return self._one(
            incident_id, lambda state, moment: postmortem.write_section(state, section, text, base, settles)
        )

    def section_history(self, incident_id: str, section: str) -> tuple[Version, ...]:
        """Every version of a section, oldest first, also those that were taken back."""
        with self.store.reading():
            history = self.store.log.state_events(incident_id)
        return tuple(
            Version(event.id, section, event.body.text, event.actor, event.occurred_at)
            for event in history
            if isinstance(event.body, e.PostmortemWritten) and event.body.section == section
        )

    def pin(self, incident_id: str, number: int, on: bool) -> Incident:
        """Let an entry be a key moment, or not; whoever comes second changes nothing."""
        entry = self.entry(incident_id, number)
        if ("pinned" in entry.flags) == on:
            return self.incident(incident_id)
        return self._one(incident_id, lambda state, moment: e.Marked(entry.event_id, "pinned", on))

    # --- words

    @cached_property
    def blameless_rules(self) -> "BlamelessRules":
        """The rules of the blameless check; raises ContentTrouble for a broken pack of a company."""
        from incident_console.content.blameless import load_blameless

        return load_blameless(self.setting.content)

    def blame_in(self, incident: Incident, text: str) -> tuple[Finding, ...]:
        """Where a text stops at a person, with a better question for each place."""
        from incident_console.domain.blameless.check import check_blameless

        return check_blameless(clean(text), self.blameless_rules, self.people_of(incident))

    def people_of(self, incident: Incident) -> tuple[str, ...]:
        """Who took part: whoever held a role or wrote a line."""
        with self.store.reading():
            actors = self.store.queries.people(incident.id)
        return closing.people(incident, tuple(actors))

    # --- the record

    def oddities(self, incident_id: str, most: int = MOST) -> tuple[Oddity, ...]:
        """What is odd about the record, before figures are made from it; `most`: how many of a kind are named."""
        incident = self.incident(incident_id)
        with self.store.reading():
            entries = self.store.queries.entries(incident_id)
        return self.odd_about(incident, entries, self.now(), most)

    def odd_about(self, incident: Incident, entries: Sequence[Entry], now: int, most: int = MOST) -> tuple[Oddity, ...]:
        """The same for a record at hand."""
        with self.store.reading():
            moved = retimings(self.store.log.state_events(incident.id))
        return oddities(incident, entries, now, self.zone, self.policy.habits.silence * SECOND, moved, most)

    def key_moments(self, incident_id: str) -> tuple[Entry, ...]:
        """The pinned entries of the log, in their order."""
        with self.store.reading():
            entries = self.store.queries.entries(incident_id)
        return tuple(entry for entry in entries if "pinned" in entry.flags)

    # --- what it means

    def assume(self, incident_id: str, name: str, text: str) -> Incident:
        """State an assumption of the cost of the gap."""
        from incident_console.domain import gap_cost

        return self._one(incident_id, lambda state, moment: gap_cost.state_assumption(state, name, text))

    def answer_lens(self, incident_id: str, why_id: str, answer: str, *, roadmap: bool = False) -> Incident:
        """Say what a cause means for what we build; `roadmap`: it is kept as evidence for the roadmap."""

        def fact(state: Incident, moment: Moment) -> e.LensAnswered:
            why = next((each for each in state.whys if each.id == why_id), None)
            words = clean(answer).strip()
            if why is None:
                raise Refused("This cause is not in the tree any more. Look at the tree again.")
            if (why.lens, why.roadmap) == (words, roadmap):
                raise Refused("It reads like that already. Nothing was changed.")
            return e.LensAnswered(why_id, words, roadmap)

        return self._one(incident_id, fact)

    def thanks(self, incident_id: str) -> str:
        """A word of thanks to everybody who took part, ready to copy."""
        incident = self.incident(incident_id)
        return closing.thanks(incident, self.people_of(incident))
