"""The record behind the figures: milestones, how long things took, what is odd, key moments; each corrected here."""

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY, MINUTE, SECOND
from incident_console.domain.comms import length
from incident_console.domain.consistency import Oddity
from incident_console.domain.decide import Check
from incident_console.domain.figures import MILESTONES, STATED, Figure, figures, milestone
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import OddTime
from incident_console.domain.when import clock_time, full_time, parse_time
from incident_console.screens.postmortem.place import PostmortemPlace
from incident_console.widgets.pick_entries import PickEntries
from incident_console.widgets.questions import Choose

CORRECTIONS = {
    "time": "It happened at another time",
    "words": "It should read differently",
    "strike": "It is wrong: strike it",
    "pin": "Pin it as a key moment, or no longer",
}
"""What can be done about an entry here."""


class RecordKeys(PostmortemPlace):
    """What enter does on a row of this pane."""

    _oddities: tuple[Oddity, ...] = ()

    def record_pane(self) -> ComposeResult:
        """The widgets of this pane."""
        yield OptionList(id="record", classes="pane", markup=False)

    def show_record(self) -> None:
        """Milestones, figures, oddities and key moments anew."""
        self._oddities = self.attempt(lambda: self.desk.oddities(self.incident_id)) or ()
        moments = self.attempt(lambda: self.desk.key_moments(self.incident_id)) or ()
        rows = [(f"milestone:{name}", self._milestone(name)) for name in STATED]
        rows += [
            (f"odd:{n}", Content.assemble(("? ", "$warning"), each.words)) for n, each in enumerate(self._oddities)
        ]
        if not self._oddities:
            rows.append(("fine", Content.styled("✓ Nothing odd was found in the record.", "$success")))
        rows += [(f"figure:{figure.key}", _figure(figure)) for figure in figures(self.incident)]
        rows += [(f"entry:{each.number}", self._moment(each)) for each in moments]
        words = f"★ Key moments: {len(moments)} chosen from the log. Enter chooses them."
        rows.append(("moments", Content.styled(words, "$text-muted")))
        self.fill_rows("#record", rows)

    def _moment(self, entry: Entry) -> Content:
        words = clip(clean_line(entry.text[:300]), 160)
        return Content.assemble(("★ ", "$accent"), f"{clock_time(entry.occurred_at, self.desk.zone)} {words}")

    def _milestone(self, name: str) -> Content:
        at = milestone(self.incident, name)
        shown = Content(full_time(at, self.desk.zone)) if at is not None else Content.styled("not known", "$warning")
        return Content.assemble((f"{MILESTONES[name]:<22}", "$text-muted"), shown)

    @on(OptionList.OptionSelected, "#record")
    @work
    async def _record_chosen(self, event: OptionList.OptionSelected) -> None:
        what, _, name = (event.option.id or "").partition(":")
        match what:
            case "milestone":
                await self._correct_milestone(name)
            case "figure":
                await self._correct_figure(name)
            case "odd":
                await self._correct_oddity(self._oddities[int(name)])
            case "entry":
                await self._correct_entry(int(name))
            case "moments":
                await self._choose_moments()
        self.reload()

    async def _choose_moments(self) -> None:
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

    async def _correct_figure(self, key: str) -> None:
        """A figure is corrected through the instants that it is made of."""
        figure = next(each for each in figures(self.incident) if each.key == key)
        options = [(each, Content(MILESTONES[each])) for each in (figure.start, figure.end) if each in STATED]
        chosen = await self.app.push_screen_wait(Choose(Content(f"{figure.name}: {figure.source}"), options))
        if chosen is not None:
            await self._correct_milestone(chosen)

    async def _correct_oddity(self, odd: Oddity) -> None:
        if odd.milestone:
            await self._correct_milestone(odd.milestone)
        elif odd.entry:
            await self._correct_entry(odd.entry)
        elif odd.rule == "gap":
            await self._fill_gap(odd)

    async def _correct_milestone(self, name: str) -> None:
        at = milestone(self.incident, name)
        shown = self._typed(at) if at is not None else ""
        key = f"milestone:{self.incident_id}:{name}"
        example = self._typed(self.incident.began_at)
        hint = Content(f"{example}, or 02:47 that day; empty: nobody knows · enter saves · esc leaves")
        answer = await self.ask(key, Content(f"When was it {MILESTONES[name]}"), shown, hint)
        if answer is None or answer.strip() == shown:  # to the minute: saving it again would move it
            return
        near = at + DAY // 2 if at is not None else self.incident.resolved_at
        saved = self.attempt(lambda: self.desk.amend(self.incident_id, name, *self._times(answer, near)))
        self.settle(key, saved)

    def _typed(self, at: int) -> str:
        return self.desk.zone.show(at).strftime("%Y-%m-%dT%H:%M")

    def _times(self, words: str, before: int | None) -> tuple[int, ...]:
        """An instant, or none for no words. A bare clock time is the last one before an instant of the incident: days
        later nobody means today."""
        now = self.desk.now()
        end = now if before is None or words.strip().startswith("-") else min(now, before)
        return (parse_time(words, end, self.desk.zone),) if words.strip() else ()

    async def _correct_entry(self, number: int) -> None:
        entry = self.attempt(lambda: self.desk.entry(self.incident_id, number))
        if entry is None:
            return
        question = Content.assemble((f"Entry {number}: ", "bold"), clip(clean_line(entry.text[:300]), 160))
        options = [(key, Content(words)) for key, words in CORRECTIONS.items()]
        match await self.app.push_screen_wait(Choose(question, options)):
            case "time":
                await self._retime(number, entry.occurred_at)
            case "words":
                key = f"correct:{self.incident_id}:{number}"
                hint = Content("several lines are fine · ctrl+s saves · esc leaves, what is typed is kept")
                words = await self.ask_text(key, Content(f"Entry {number}"), entry.text, hint)
                if words is not None:
                    self.settle(key, self.attempt(lambda: self.desk.correct(self.incident_id, number, words)))
            case "strike":
                key = f"strike:{self.incident_id}:{number}"
                reason = await self.ask(key, Content("What is wrong with it"), needed=True)
                if reason is not None:
                    self.settle(key, self.attempt(lambda: self.desk.strike(self.incident_id, number, reason)))
            case "pin":
                self._pin(number, "" if "pinned" in entry.flags else "pinned")

    async def _retime(self, number: int, at: int) -> None:
        key = f"retime:{self.incident_id}:{number}"
        answer = await self.ask(key, Content(f"When did entry {number} happen"), self._typed(at))
        if answer is None or answer.strip() == self._typed(at):
            return
        for new in self.attempt(lambda: self._times(answer, at + DAY // 2)) or ():
            odd, saved = self._moved(number, new)
            self.settle(key, await self._moved_anyway(odd, number, new) if odd else saved)

    def _moved(self, number: int, at: int) -> tuple[str, Entry | None]:
        """(what is odd about that time, the entry); one of them says something, or it was refused and said."""
        asked = []

        def move() -> Entry | None:
            try:
                return self.desk.retime(self.incident_id, number, at)
            except OddTime as odd:
                asked.append(str(odd))
                return None

        saved = self.attempt(move)
        return "".join(asked), saved

    async def _moved_anyway(self, sentence: str, number: int, at: int) -> Entry | None:
        options = [("no", Content("No, leave it")), ("yes", Content("Yes, that is right"))]
        if await self.app.push_screen_wait(Choose(Content(sentence), options)) != "yes":
            return None
        return self.attempt(lambda: self.desk.retime(self.incident_id, number, at, Check.FORCED))

    async def _fill_gap(self, odd: Oddity) -> None:
        """Somebody may remember what happened in between."""
        key = f"gap:{self.incident_id}:{odd.at}"
        shown = clock_time(odd.at + MINUTE, self.desk.zone)
        hint = Content(f"what happened then, with @{shown} in front for its time · enter logs it · esc leaves")
        words = await self.ask(key, Content(odd.words), hint=hint)
        if words is None or not words.strip():
            return
        when, _, rest = words.strip().partition(" ")
        stated = when.startswith(("@", "-")) and bool(rest)
        at = self.attempt(lambda: self._times(when, odd.until)[0]) if stated else odd.at + SECOND
        line = Logged(rest if stated else words, "note", at) if at is not None else None
        if line is not None:
            self.settle(key, self.attempt(lambda: self.desk.remember(self.incident_id, line)))


def _figure(figure: Figure) -> Content:
    if figure.seconds is None:
        return Content.assemble((f"{figure.name:<22}", "$text-muted"), ("unknown: ", "$warning"), figure.why_not)
    shown = length(figure.seconds * SECOND)
    return Content.assemble(
        (f"{figure.name:<22}", "$text-muted"), (shown, "bold"), (f"  {figure.source}", "$text-muted")
    )
