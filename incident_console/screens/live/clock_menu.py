"""The menu of clocks: choose one, then answer it, put it off, pause or change it. It asks; the desk acts."""

from collections.abc import Callable, Sequence
from typing import Final

from textual.content import Content

from incident_console.domain.deadlines import ClockKind, Deadline
from incident_console.domain.decide import reopening
from incident_console.domain.incident import Incident
from incident_console.domain.orders import named_length
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Refused
from incident_console.screens.live.place import LivePlace
from incident_console.widgets import badges
from incident_console.widgets.questions import Choose

QUESTIONS: Final = "What is the impact now? What blocks you? What do you need? Have you got what you need?"
"""What helps a technical lead; never when it will be fixed, nor how it came about."""

STANDING: Final = (
    ("snooze", "Put it off, with a reason"),
    ("pause", "Pause it, with a reason"),
    ("every", "Another rhythm, with a reason"),
)

DROP: Final = ("dropped", "Drop it, with a reason")

STARTED: Final = {
    ClockKind.ASK: (("answered", "It is answered"), ("extend", "More time"), DROP),
    ClockKind.ACKNOWLEDGE: (
        ("answered", "They answered"),
        ("extend", "More time"),
        DROP,
    ),
    ClockKind.REVIEW: (("done", "It was looked at again"), ("extend", "Look again later"), DROP),
    ClockKind.TIMER: (("done", "It is done"), ("extend", "More time"), DROP),
}


class ClockMenu:
    """Asks on behalf of the live screen."""

    def __init__(self, place: LivePlace) -> None:
        self._place = place
        self._desk = place.desk
        self._id = place.incident_id

    async def choose(self, clocks: Sequence[Deadline]) -> Deadline | None:
        """Which clock is meant; None when the person left or there is none."""
        if not clocks:
            self._place.tell(_nothing_runs(self._place.incident))
            return None
        now = self._desk.now()
        options = [(str(n), badges.clock(clock, now)) for n, clock in enumerate(clocks)]
        chosen = await self._place.app.push_screen_wait(Choose(Content("Which clock"), options))
        return None if chosen is None else clocks[int(chosen)]

    async def act(self, clock: Deadline) -> None:
        """Ask what is to happen with it, and do it."""
        options = [(key, Content(words)) for key, words in self._options(clock)]
        title = Content(clip(clean_line(clock.name), 60))
        chosen = await self._place.app.push_screen_wait(Choose(title, options))
        if chosen is None:
            return
        if chosen in ("answered", "done", "dropped"):
            await self._settle(clock, chosen)
        elif chosen == "extend":
            await self._extend(clock)
        elif chosen in ("checkin", "care"):
            await self._check_in(chosen)
        elif chosen == "resume":
            self._do(lambda: self._desk.set_clock(self._id, clock.name, "resume"))
        else:
            await self._set(clock, chosen)

    def _options(self, clock: Deadline) -> tuple[tuple[str, str], ...]:
        if clock.kind in STARTED:
            return STARTED[clock.kind]
        own = {
            ClockKind.CHECKIN: (("checkin", "Log what the technical lead says"),),
            ClockKind.CARE: (("care", "Log how everybody is"),),
        }.get(clock.kind, ())
        standing = (("resume", "Let it run again"),) if clock.paused else STANDING
        return (*own, *standing)

    async def _settle(self, clock: Deadline, how: str) -> None:
        question = {"answered": "What is the answer", "done": "What came of it", "dropped": "Why is it dropped"}[how]
        key = f"settle:{clock.id}"
        await self._place.ask_until(
            key, Content(question), lambda words: self._desk.end_timer(self._id, clock.id, how, words),
            needed=how != "done",
        )  # fmt: skip

    async def _extend(self, clock: Deadline) -> None:
        await self._place.line_until(
            "How much longer, and why", "for example: 10m still reading the logs",
            lambda line: self._desk.extend_timer(self._id, clock.id, *_length_and_reason(line)),
        )  # fmt: skip

    async def _check_in(self, kind: str) -> None:
        question = QUESTIONS if kind == "checkin" else "How is everybody: food, sleep, somebody to take over?"
        key = f"{kind}:{self._id}"
        whom = "team" if kind == "care" else "tech"
        await self._place.ask_until(
            key, Content(question), lambda words: self._desk.check_in(self._id, words, whom), needed=True
        )

    async def _set(self, clock: Deadline, action: str) -> None:
        if action == "pause":
            await self._place.line_until(
                "Why is it paused", "the reason is kept in the timeline",
                lambda why: self._desk.set_clock(self._id, clock.name, "pause", why),
            )  # fmt: skip
            return
        question = "How long, and why" if action == "snooze" else "How often, and why"
        await self._place.line_until(
            question, "for example: 10m the provider answers at half past",
            lambda line: self._set_length(clock.name, action, line),
        )  # fmt: skip

    def _set_length(self, name: str, action: str, line: str) -> object:
        length, reason = _length_and_reason(line)
        return self._desk.set_clock(self._id, name, action, reason, length)

    def _do(self, command: Callable[[], object]) -> object:
        return self._place.attempt(command)


def _nothing_runs(incident: Incident) -> str:
    if incident.is_open:
        return "No clock is running. /timer 10m what for starts one."
    return f"{incident.reference} is closed, so no clock is running. {reopening(incident)}"


def _length_and_reason(line: str) -> tuple[int, str]:
    _, length, reason = named_length(f"it {line}", "10m the reason")
    if not reason:
        raise Refused("Say why, too: 10m and then the reason, which is kept.")
    return length, reason
