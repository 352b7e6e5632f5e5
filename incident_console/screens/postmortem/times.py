"""Asking for times of an incident that is over, and for what is hardly meant so. Decides nothing: which day is meant is
said in the domain."""

from collections.abc import Callable
from typing import TypeVar

from textual.content import Content

from incident_console.domain.decide import Check
from incident_console.domain.nearest import Anchor, meant
from incident_console.domain.sending import SentTwice
from incident_console.domain.vocabulary import OddTime, Refused
from incident_console.domain.when import day_time
from incident_console.screens import refusal_of
from incident_console.screens.postmortem.place import PostmortemPlace
from incident_console.widgets.ask_time import AskTime
from incident_console.widgets.questions import Choose

T = TypeVar("T")

KEYS = "enter saves · esc leaves"

MEANT = (("no", Content("No, leave it")), ("yes", Content("Yes, that is right")))
"""The answers to what is hardly meant so."""


class TimeKeys(PostmortemPlace):
    """What the parts of the record pane share."""

    def shown(self, at: int) -> str:
        """`21 Oct 22:54 CEST`: an instant with the day that was understood."""
        return day_time(at, self.desk.now(), self.desk.zone)

    def read_time(self, words: str, anchor: Anchor) -> int:
        """The instant that somebody means; raises Refused."""
        return meant(words, anchor, self.desk.now(), self.desk.zone)

    async def ask_time(
        self, key: str, question: Content, value: str, anchor: Anchor, *, empty: str = "",
        check: Callable[[str], object] | None = None,
    ) -> str | None:  # fmt: skip
        """Ask for a time and say below which instant is understood; what was typed and not saved is offered again.
        `empty`: what it means to leave the line empty; without it a time is needed. `check`: see `ask`; without it
        every time will do. None: the person left, or changed nothing."""

        def unlike(words: str) -> None:
            if check is not None and words.strip() != value:
                check(words)
            elif words.strip() != value and words.strip():
                self.read_time(words, anchor)

        alone = f"A clock time alone is {anchor.how} {self.shown(anchor.at)}; add the day for another one."
        hint = Content("\n".join(filter(None, (alone, f"Empty: {empty}." if empty else "", KEYS))))
        ask = AskTime(
            question, self.desk.draft(key) or value, hint, lambda words: self._understood(words, anchor, empty),
            needed=not empty, refusal=refusal_of(unlike),
        )  # fmt: skip
        answer = await self.answer_kept(ask, key, lambda: "" if ask.typed.strip() == value else ask.typed)
        return None if ask.typed.strip() == value else answer

    async def ask_time_until(
        self, key: str, question: Content, value: str, anchor: Anchor, command: Callable[[str, Check], T],
        *, empty: str = "",
    ) -> T | None:  # fmt: skip
        """Ask for a time until its command succeeds or the person leaves; what it finds odd is asked about."""
        done: list[T] = []
        odd: list[str] = []

        def strictly(words: str) -> None:
            try:
                done.append(command(words, Check.STRICT))
            except (OddTime, SentTwice) as oddity:
                odd.append(str(oddity))

        answer = await self.ask_time(key, question, value, anchor, empty=empty, check=strictly)
        if answer is not None and odd and await self._is_meant(odd[0]):
            done += [each for each in [self.attempt(lambda: command(answer, Check.FORCED))] if each is not None]
        saved = done[0] if done else None
        self.settle(key, saved)
        return saved

    async def _is_meant(self, odd: str) -> bool:
        return await self.app.push_screen_wait(Choose(Content(odd), MEANT)) == "yes"

    def _understood(self, words: str, anchor: Anchor, empty: str) -> Content:
        """The instant of some words, or that they are no time yet."""
        if not words.strip():
            return Content.styled(f"= {empty}" if empty else "…", "$text-muted")
        try:
            return Content.styled(f"= {self.shown(self.read_time(words, anchor))}", "bold $accent")
        except Refused:
            return Content.styled("…", "$text-muted")

    async def if_meant(self, command: Callable[[Check], T]) -> T | None:
        """Run a command; what it finds odd is asked about, and done all the same when it is meant so."""
        asked: list[str] = []

        def strictly() -> T | None:
            try:
                return command(Check.STRICT)
            except (OddTime, SentTwice) as odd:
                asked.append(str(odd))
                return None

        done = self.attempt(strictly)
        if not asked or not await self._is_meant(asked[0]):
            return done
        return self.attempt(lambda: command(Check.FORCED))
