"""What the keys of the list do to the entry under the cursor: read, correct, strike, pin, park, attach, jump, undo."""

from textual import on, work
from textual.content import Content

from incident_console.domain.text import clip, first_line
from incident_console.domain.timeline import Entry
from incident_console.domain.when import stamp, written
from incident_console.screens.live.place import LivePlace
from incident_console.widgets.entry_detail import entry_content
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.questions import AskLine, Read
from incident_console.widgets.timeline import Timeline


class EntryKeys(LivePlace):
    """Each action asks at most one short question."""

    @on(Timeline.Opened)
    def _read(self, event: Timeline.Opened) -> None:
        changes = self.attempt(lambda: self.desk.history(event.entry.event_id))
        if changes is not None:
            title = Content(f"Entry {event.entry.number} · {event.entry.kind}")
            self.app.push_screen(Read(title, entry_content(event.entry, changes, self.desk.zone)))

    def action_line(self) -> None:
        self.query_one(LogInput).focus()

    def _chosen(self, verb: str) -> Entry | None:
        """The entry under the cursor, if that can be done to it; else it is said at once."""
        entry = self.timeline.entry
        if entry is None or self.attempt(lambda: self.desk.may_change(entry.event_id, verb)) is None:
            return None
        return entry

    @work
    async def action_correct(self) -> None:
        entry = self._chosen("corrected")
        if entry is None:
            return
        key, question = f"correct:{entry.event_id}", Content(f"Correct entry {entry.number}")

        def save(text: str) -> Entry:
            return self.desk.correct(self.incident_id, entry.number, text)

        if "\n" in entry.text:
            hint = Content("ctrl+s saves · esc leaves, what is typed is kept")
            await self.ask_text_until(key, question, save, entry.text, hint)
        else:
            await self.ask_until(key, question, save, entry.text, needed=True)
        self.reload()

    @work
    async def action_strike(self) -> None:
        entry = self._chosen("struck")
        if entry is None:
            return
        key = f"strike:{entry.event_id}"
        question = Content(f"Why is entry {entry.number} wrong? It stays readable, struck through")
        await self.ask_until(
            key, question, lambda reason: self.desk.strike(self.incident_id, entry.number, reason), needed=True
        )
        self.reload()

    def action_pin(self) -> None:
        self._mark("pinned", "Pinned as a key moment.")

    def action_park(self) -> None:
        self._mark("parked", "Parked for the postmortem.")

    def _mark(self, mark: str, sentence: str) -> None:
        entry = self.timeline.entry
        if entry is None:
            return
        on = self.attempt(lambda: self.desk.mark(self.incident_id, entry.number, mark))
        if on is not None:
            self.tell(sentence if on else f"No longer {mark}.")
            self.reload()

    def action_attach(self) -> None:
        entry = self.timeline.entry
        if entry is None:
            return
        evidence = self.attempt(lambda: self.desk.attach_last(self.incident_id, entry.number))
        if evidence is not None:
            self.tell(f"Attached to entry {entry.number}: {clip(first_line(evidence.text), 80)}")
            self.reload()

    def action_fill_silence(self) -> None:
        """Put the start of the silence before the entry into the line."""
        gap = self.timeline.silence(self.timeline.cursor)
        if gap is None:
            self.tell("There is no silence before this entry. One that is long enough is marked in the list.")
            return
        zone = self.desk.zone
        short = self.incident.is_open  # afterwards a bare clock time may be that of another day
        when = stamp(gap[0], self.desk.now(), zone) if short else written(gap[0], zone).replace(" ", "T")
        self.line.begin_with(f"@{when} ")
        self.line.focus()

    def action_both_times(self) -> None:
        self.timeline.toggle_logged()

    def action_jump(self, kinds: str) -> None:
        if not self.timeline.jump_back(tuple(kinds.split(","))):
            self.tell(f"No {kinds.replace(',', ' or ')} is shown here.")

    def action_undo(self) -> None:
        if (what := self.attempt(lambda: self.desk.undo(self.incident_id))) is not None:
            self.tell(f"Undone: {what}")
            self.reload()

    def action_redo(self) -> None:
        if (what := self.attempt(lambda: self.desk.redo(self.incident_id))) is not None:
            self.tell(f"Back again: {what}")
            self.reload()

    @work
    async def action_filter(self) -> None:
        question = AskLine(
            Content("Show only entries that hold"),
            self.containing,
            Content("words, /decision, @sam, pinned, parked · enter shows them · empty shows all · esc leaves it"),
        )
        answer = await self.app.push_screen_wait(question)
        if answer is not None:
            self.containing = answer.strip()
            self.show_rows()
