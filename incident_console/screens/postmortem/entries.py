"""Correcting entries of the log from the record: another time, other words, struck, pinned; choosing key moments."""

from textual.content import Content

from incident_console.domain.decide import Check
from incident_console.domain.nearest import beside
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.when import written
from incident_console.screens.postmortem.times import TimeKeys
from incident_console.widgets.pick_entries import PickEntries
from incident_console.widgets.questions import Choose

CORRECTIONS = {
    "time": "It happened at another time",
    "words": "It should read differently",
    "strike": "It is wrong: strike it",
    "pin": "Pin it as a key moment, or no longer",
}
"""What can be done about an entry here."""


class EntryKeys(TimeKeys):
    """What is asked about an entry."""

    async def correct_entry(self, number: int) -> None:
        """Ask what is wrong with it, and then for what is right."""
        entry = self.attempt(lambda: self.desk.entry(self.incident_id, number))
        if entry is None:
            return
        question = Content.assemble((f"Entry {number}: ", "bold"), clip(clean_line(entry.text[:300]), 160))
        options = [(key, Content(words)) for key, words in CORRECTIONS.items()]
        match await self.app.push_screen_wait(Choose(question, options)):
            case "time":
                await self._retime(number, entry.occurred_at)
            case "words":
                await self._correct_words(number, entry.text)
            case "strike":
                await self._strike(number)
            case "pin":
                self._pin(number, "" if "pinned" in entry.flags else "pinned")

    async def _correct_words(self, number: int, text: str) -> None:
        key = f"correct:{self.incident_id}:{number}"
        hint = Content("several lines are fine · ctrl+s saves · esc leaves, what is typed is kept")
        question = Content(f"Entry {number}")
        await self.ask_text_until(
            key, question, lambda words: self.desk.correct(self.incident_id, number, words), text, hint
        )

    async def _strike(self, number: int) -> None:
        key = f"strike:{self.incident_id}:{number}"
        question = Content("What is wrong with it")
        await self.ask_until(
            key, question, lambda reason: self.desk.strike(self.incident_id, number, reason), needed=True
        )

    async def _retime(self, number: int, at: int) -> None:
        key, anchor = f"retime:{self.incident_id}:{number}", beside(at)
        question = Content(f"When did entry {number} happen")

        def save(words: str, check: Check) -> Entry:
            return self.desk.retime(self.incident_id, number, self.read_time(words, anchor), check)

        moved = await self.ask_time_until(key, question, written(at, self.desk.zone), anchor, save)
        if moved is not None:
            self.notify(f"Entry {number}: {self.shown(moved.occurred_at)}", markup=False)

    async def choose_moments(self) -> None:
        """Pin what the document tells first; what is no longer chosen is no longer pinned."""
        entries = self.attempt(lambda: self.desk.entries(self.incident_id)) or ()
        before = {each.event_id for each in entries if "pinned" in each.flags}
        title = Content("The key moments: what somebody must know who reads only these")
        chosen = await self.app.push_screen_wait(PickEntries(title, entries, tuple(before), self.desk.zone))
        if chosen is None:
            return
        for entry in entries:
            if (entry.event_id in chosen) != (entry.event_id in before):
                self._pin(entry.number, "pinned" if entry.event_id in chosen else "")

    def _pin(self, number: int, mark: str) -> None:
        """Somebody else may have pinned it meanwhile: what is wanted counts, not the change."""
        self.attempt(lambda: self.desk.pin(self.incident_id, number, mark == "pinned"))
