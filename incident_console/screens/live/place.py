"""What all parts of the live screen stand on: its incident, its timeline, forms whose words are never lost."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.content import Content

from incident_console.desk import Desk
from incident_console.domain.decide import added_late
from incident_console.domain.events import Pairs
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip, first_line
from incident_console.screens import Following, refusal_of
from incident_console.widgets.form import Row
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.questions import AskLine
from incident_console.widgets.timeline import Timeline

T = TypeVar("T")


class LivePlace(Following):
    """One incident and its timeline; `LiveScreen` puts the widgets around them."""

    def __init__(self, desk: Desk, incident_id: str) -> None:
        super().__init__(desk)
        self.incident_id = incident_id
        self.incident: Incident = desk.incident(incident_id)
        self.containing = ""
        """The filter as it was typed; empty shows all."""

    @property
    def timeline(self) -> Timeline:
        return self.query_one(Timeline)

    @property
    def line(self) -> LogInput:
        return self.query_one(LogInput)

    def show_rows(self) -> None:
        """Show the timeline anew, from its end."""
        raise NotImplementedError

    def tell(self, sentence: str) -> None:
        """A short toast."""
        self.notify(clip(clean_line(first_line(sentence)), 200), markup=False)

    def tell_if_closed(self, saved: object) -> None:
        """After what was saved elsewhere than in the line below the list; None means that it was not."""
        if saved is not None and not self.incident.is_open:
            self.tell(added_late(self.incident.reference, 1, "/undo"))

    async def line_until(self, question: str, hint: str, command: Callable[[str], T], value: str = "") -> T | None:
        """Ask for one short line until its command succeeds or the person leaves. It is quickly typed again; the first
        letter replaces what is filled in."""
        done: list[T] = []
        refusal = refusal_of(lambda words: done.append(command(words)))
        ask = AskLine(Content(question), value, Content(hint), replaceable=True, refusal=refusal)
        await self.app.push_screen_wait(ask)
        return done[0] if done else None

    async def fill(
        self, key: str, title: Content, rows: Sequence[Row], preset: Pairs, command: Callable[[Pairs], T]
    ) -> T | None:
        """The same as everywhere; what was saved is shown at once."""
        result = await super().fill(key, title, rows, preset, command)
        if result is not None:
            self.reload()
        return result
