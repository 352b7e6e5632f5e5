"""Correcting milestones, and figures through the milestones that they are made of."""

from textual.content import Content

from incident_console.domain.consistency import disorder
from incident_console.domain.decide import Check
from incident_console.domain.figures import MILESTONES, figures, milestone
from incident_console.domain.incident import Incident
from incident_console.domain.nearest import Anchor, around
from incident_console.domain.when import written
from incident_console.screens.postmortem.times import TimeKeys
from incident_console.widgets.questions import Choose

NOBODY_KNOWS = "nobody knows"


class MilestoneKeys(TimeKeys):
    """What is asked about a milestone."""

    async def correct_messages(self) -> None:
        """Record a message that went out, or correct one: the first update is no milestone that anybody states."""
        raise NotImplementedError

    async def correct_milestone(self, name: str) -> None:
        """Ask when it was; any order is taken, and what is odd about it said at once."""
        if name == "first_update":
            await self.correct_messages()
            return
        at, anchor = milestone(self.incident, name), self.anchor_of(name)
        key, present = f"milestone:{self.incident_id}:{name}", "" if at is None else written(at, self.desk.zone)
        question = Content(f"When was it {MILESTONES[name]}")

        def save(words: str, check: Check) -> Incident:
            return self.desk.amend(self.incident_id, name, *self._values(words, anchor), check=check)

        before = self.incident
        self._tell(before, await self.ask_time_until(key, question, present, anchor, save, empty=NOBODY_KNOWS), name)

    def anchor_of(self, name: str) -> Anchor:
        """Where a clock time is looked for that somebody types for a milestone."""
        last = self.attempt(lambda: self.desk.last_told(self.incident_id))
        now = self.desk.now()
        return around(self.incident, name, now if last is None else last, now)

    def _values(self, words: str, anchor: Anchor) -> tuple[int, ...]:
        """An instant, or none for no words."""
        return (self.read_time(words, anchor),) if words.strip() else ()

    def _tell(self, before: Incident, after: Incident | None, name: str) -> None:
        """Which day was understood, and what is odd about the order since."""
        if after is None:
            return
        at, zone = milestone(after, name), self.desk.zone
        said = f"{MILESTONES[name].capitalize()}: {self.shown(at) if at is not None else NOBODY_KNOWS}"
        known = {each.words for each in disorder(before, zone)}
        odd = [each.words for each in disorder(after, zone) if each.words not in known]
        self.notify("\n".join([said, *odd]), markup=False, severity="warning" if odd else "information")

    async def correct_figure(self, key: str) -> None:
        """A figure is corrected through the instants that it is made of."""
        figure = next(each for each in figures(self.incident) if each.key == key)
        options = [(each, self._part(each)) for each in (figure.start, figure.end)]
        chosen = await self.app.push_screen_wait(Choose(Content(f"{figure.name}: {figure.source}"), options))
        if chosen is not None:
            await self.correct_milestone(chosen)

    def _part(self, name: str) -> Content:
        at = milestone(self.incident, name)
        record = "record a message that went out" if name == "first_update" else "not known"
        return Content(f"{MILESTONES[name]}: {record if at is None else self.shown(at)}")
