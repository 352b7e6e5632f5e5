"""The record behind the figures: milestones, how long things took, what is odd, key moments; each corrected here."""

from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from incident_console.domain.clock import SECOND
from incident_console.domain.comms import length
from incident_console.domain.consistency import MOST, Oddity
from incident_console.domain.figures import MILESTONES, STATED, Figure, figures, milestone
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.when import full_time
from incident_console.screens.postmortem.entries import EntryKeys
from incident_console.screens.postmortem.memories import MemoryKeys
from incident_console.widgets.rows import Row, Rows, headed

FURTHER = 200
"""How many more of a kind enter shows where not all are named."""


class RecordKeys(MemoryKeys, EntryKeys):
    """What enter does on a row of this pane."""

    _oddities: tuple[Oddity, ...] = ()
    _most = MOST
    """How many oddities of a kind are named."""

    def record_pane(self) -> ComposeResult:
        """The widgets of this pane."""
        yield Rows(id="record", classes="pane")

    def show_record(self) -> None:
        """Milestones, figures, oddities and key moments anew."""
        self._oddities = self.attempt(lambda: self.desk.oddities(self.incident_id, self._most)) or ()
        fine = ("fine", Content.styled("✓ Nothing odd was found in the record.", "$success"))
        rows = [
            *headed("Milestones", [(f"milestone:{name}", self._milestone(name)) for name in STATED]),
            *headed("To look at", [(key, _odd(each)) for key, each in self._odd_rows().items()] or [fine]),
            *headed("Figures", [(f"figure:{figure.key}", _figure(figure)) for figure in figures(self.incident)]),
            *headed("Key moments", self._moments()),
        ]
        self.fill_rows("#record", rows)

    def _odd_rows(self) -> dict[str, Oddity]:
        """By a key that stays the same while others are settled, so that the cursor stays where it was."""
        return {f"odd:{each.rule} {each.milestone} {each.entry} {each.words}": each for each in self._oddities}

    def _moments(self) -> list[Row]:
        moments = self.attempt(lambda: self.desk.key_moments(self.incident_id)) or ()
        form = "%d %b %H:%M" if self._runs_over_days(moments) else "%H:%M"
        words = f"{len(moments)} chosen from the log. Enter chooses them."
        chosen = [(f"entry:{each.number}", self._moment(each, form)) for each in moments]
        return [*chosen, ("moments", Content.styled(words, "$text-muted"))]

    def _runs_over_days(self, moments: Sequence[Entry]) -> bool:
        """Whether a clock time alone does not say when something was."""
        ends = (self.incident.began_at, self.incident.ended_at, *(each.occurred_at for each in moments))
        return len({self.desk.zone.show(at).date() for at in ends if at is not None}) > 1

    def _moment(self, entry: Entry, form: str) -> Content:
        """`form`: how its time is written."""
        words = clip(clean_line(entry.text[:300]), 160)
        return Content.assemble(("★ ", "$accent"), f"{self.desk.zone.show(entry.occurred_at):{form}} {words}")

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
                await self.correct_milestone(name)
            case "figure":
                await self.correct_figure(name)
            case "odd":
                if (odd := self._odd_rows().get(f"odd:{name}")) is not None:
                    await self._correct_oddity(odd)
            case "entry":
                await self.correct_entry(int(name))
            case "moments":
                await self.choose_moments()
        self.reload()

    async def _correct_oddity(self, odd: Oddity) -> None:
        if odd.more:
            self._most += FURTHER
        elif odd.milestone:
            await self.correct_milestone(odd.milestone)
        elif odd.message:
            await self.retime_message(odd.message)
        elif odd.entry:
            await self.correct_entry(odd.entry)
        elif odd.rule == "gap":
            await self.fill_gap(odd)
        else:
            await self.first_update()


def _odd(each: Oddity) -> Content:
    more = (" Enter shows them.", "$text-muted") if each.more else ""
    return Content.assemble(("? ", "$warning"), each.words, more)


def _figure(figure: Figure) -> Content:
    if figure.seconds is None:
        return Content.assemble((f"{figure.name:<22}", "$text-muted"), ("unknown: ", "$warning"), figure.why_not)
    shown = length(figure.seconds * SECOND)
    return Content.assemble(
        (f"{figure.name:<22}", "$text-muted"), (shown, "bold"), (f"  {figure.source}", "$text-muted")
    )
