"""Messages that somebody remembers: recorded with their time and their words, and corrected here as often as somebody
knows better. What was recorded when it was sent stays as it is."""

from collections.abc import Callable
from dataclasses import replace

from textual.content import Content

from incident_console.domain.decide import Check
from incident_console.domain.nearest import beside
from incident_console.domain.recollection import Recollection, recollected, recollection_of
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import AUDIENCE_NAMES, Audience
from incident_console.domain.when import written
from incident_console.screens.postmortem.milestones import MilestoneKeys
from incident_console.widgets.questions import Choose

AS_IT_WENT_OUT = (
    "a first line that stands alone is the subject · ctrl+s records it as sent · esc leaves, what is typed is kept"
)

CORRECTIONS = {
    "time": "It went out at another time",
    "readers": "It went to somebody else",
    "words": "Its words were others",
    "drop": "It never went out: take it out of the record",
}
"""What can be done about a message that was recorded from memory."""


class RememberedKeys(MilestoneKeys):
    """What is asked about messages afterwards."""

    async def correct_messages(self) -> None:
        """Record one more, or correct one of those that were recorded from memory."""
        sent = self.attempt(lambda: self.desk.sent(self.incident_id)) or ()
        known = [(each.id, self._line(each)) for each in sent if each.remembered]
        if not known:
            await self.record_message()
            return
        options = [("record", Content("Another one went out: record it")), *known]
        chosen = await self.app.push_screen_wait(Choose(Content("Which message is it about?"), options))
        if chosen == "record":
            await self.record_message()
        elif chosen is not None:
            await self.correct_message(chosen)

    async def record_message(self) -> None:
        """To whom, when, and the words; each answer is kept until the message is recorded."""
        to = await self._asked_readers()
        if to is None:
            return
        audience, account = to
        key, anchor = f"remembered:{self.incident_id}:{audience}:{account}", self.anchor_of("first_update")
        when = await self.ask_time(f"{key}:at", Content(f"When did it go out to {_name(*to)}"), "", anchor)
        at = self.attempt(lambda: self.read_time(when, anchor)) if when is not None else None
        if at is None:
            return
        question = Content(f"The words to {_name(*to)}, as they went out: {self.shown(at)}")

        def check(words: str) -> None:
            recollected(self.incident, Recollection(audience, words, at, account), self.desk.now())

        words = await self.ask_text(f"{key}:words", question, "", Content(AS_IT_WENT_OUT), check=check)
        if words is not None:
            await self._record(key, Recollection(audience, words, at, account))

    async def _record(self, key: str, what: Recollection) -> None:
        saved = await self.if_meant(lambda check: self.desk.record_sent(self.incident_id, what, check))
        self.settle(f"{key}:at", saved)
        self.settle(f"{key}:words", saved)
        if saved is not None:
            self._say_recorded(what)

    def _say_recorded(self, what: Recollection) -> None:
        to = _name(what.audience, what.account)
        self.notify(f"Recorded as sent to {to}: {self.shown(what.at)}", markup=False)

    # --- corrections

    async def correct_message(self, message_id: str) -> None:
        """Ask what is wrong with it, and then for what is right."""
        message = self._known(message_id)
        if message is None:
            return
        options = [(key, Content(words)) for key, words in CORRECTIONS.items()]
        match await self.app.push_screen_wait(Choose(self._line(message), options)):
            case "time":
                await self.retime_message(message_id)
            case "readers":
                await self._readdress(message)
            case "words":
                await self._other_words(message)
            case "drop":
                self._drop(message)

    async def retime_message(self, message_id: str) -> None:
        """Ask when it really went out."""
        message = self._known(message_id)
        if message is None:
            return
        key, anchor = f"remembered:{message.id}:at", beside(message.at)
        question = Content(f"When did it go out to {_name(message.audience, message.account)}")

        def save(words: str, check: Check) -> Recollection:
            new = replace(recollection_of(message), at=self.read_time(words, anchor))
            self.desk.correct_sent(self.incident_id, message.id, new, check)
            return new

        saved = await self.ask_time_until(key, question, written(message.at, self.desk.zone), anchor, save)
        if saved is not None:
            self._say_recorded(saved)

    async def _readdress(self, message: SentMessage) -> None:
        to = await self._asked_readers()
        if to is not None:
            key = f"remembered:{message.id}:readers"
            await self._correct(message, key, lambda old: replace(old, audience=to[0], account=to[1]))

    async def _other_words(self, message: SentMessage) -> None:
        key = f"remembered:{message.id}:words"
        question = Content(f"The words to {_name(message.audience, message.account)}, as they went out")
        old = recollection_of(message)

        def check(words: str) -> None:
            recollected(self.incident, replace(old, words=words), self.desk.now())

        words = await self.ask_text(key, question, old.words, Content(AS_IT_WENT_OUT), check=check)
        if words is not None:
            await self._correct(message, key, lambda old: replace(old, words=words))

    async def _correct(self, old: SentMessage, key: str, change: Callable[[Recollection], Recollection]) -> None:
        new = change(recollection_of(old))
        saved = await self.if_meant(lambda check: self.desk.correct_sent(self.incident_id, old.id, new, check))
        self.settle(key, saved)
        if saved is not None:
            self._say_recorded(new)

    def _drop(self, message: SentMessage) -> None:
        if self.attempt(lambda: self.desk.drop_sent(self.incident_id, message.id)) is not None:
            to = _name(message.audience, message.account)
            self.notify(f"No longer recorded as sent to {to}: {self.shown(message.at)}", markup=False)

    def _known(self, message_id: str) -> SentMessage | None:
        return self.attempt(lambda: self.desk.remembered(self.incident_id, message_id))

    def _line(self, message: SentMessage) -> Content:
        """A message in a line: when, to whom, and how it begins."""
        words = clip(clean_line(message.subject or message.text[:300]), 60)
        return Content(f"{self.shown(message.at)} to {_name(message.audience, message.account)}: {words}")

    async def _asked_readers(self) -> tuple[str, str] | None:
        """(audience, key account) that it went to."""
        accounts = [(Audience.KEY_ACCOUNTS, each.name) for each in self.incident.accounts]
        readers: list[tuple[str, str]] = [*((each, "") for each in AUDIENCE_NAMES), *accounts]
        options = [(str(place), Content(_name(*each))) for place, each in enumerate(readers)]
        chosen = await self.app.push_screen_wait(Choose(Content("To whom did it go out?"), options))
        return None if chosen is None else readers[int(chosen)]


def _name(audience: str, account: str) -> str:
    """Who reads a message, for a sentence."""
    return clip(clean_line(account), 40) or AUDIENCE_NAMES[Audience(audience)]
