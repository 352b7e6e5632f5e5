"""What somebody remembers afterwards: lines for a gap in the log, messages that went out unrecorded."""

from textual.content import Content

from incident_console.desk.response import Logged
from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.consistency import Oddity
from incident_console.domain.nearest import between
from incident_console.domain.recollection import Recollection
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import AUDIENCE_NAMES, Audience
from incident_console.domain.when import clock_time
from incident_console.screens import OpenComposer
from incident_console.screens.postmortem.milestones import MilestoneKeys
from incident_console.widgets.questions import Choose

NEVER_RECORDED = (
    ("record", Content("One went out: record it with its time and its words")),
    ("write", Content("None went out: write one now")),
)


class MemoryKeys(MilestoneKeys):
    """What is asked of somebody who remembers."""

    async def fill_gap(self, odd: Oddity) -> None:
        """Somebody may remember what happened in between."""
        key = f"gap:{self.incident_id}:{odd.at}"
        shown = clock_time(odd.at + MINUTE, self.desk.zone)
        hint = Content(f"what happened then, with @{shown} in front for its time · enter logs it · esc leaves")
        words = await self.ask(key, Content(odd.words), hint=hint)
        if words is None or not words.strip():
            return
        when, _, rest = words.strip().partition(" ")
        stated = when.startswith(("@", "-")) and bool(rest)
        at = self.attempt(lambda: self.read_time(when, between(odd.at, odd.until))) if stated else odd.at + SECOND
        if at is not None:
            line = Logged(rest if stated else words, "note", at)
            saved = self.attempt(lambda: self.desk.remember(self.incident_id, line))
            self.settle(key, saved)
            if saved is not None:
                self.notify(f"Logged at {self.shown(at)}", markup=False)

    async def first_update(self) -> None:
        """Nothing was recorded as sent: record it now, or write."""
        question = Content("No message was recorded as sent. Did one go out?")
        match await self.app.push_screen_wait(Choose(question, NEVER_RECORDED)):
            case "record":
                await self.record_message()
            case "write":
                self.post_message(OpenComposer(self.incident_id))

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
        words = await self.ask_text(f"{key}:words", question, "", Content(AS_IT_WENT_OUT))
        if words is not None:
            await self._record(key, Recollection(audience, words, at, account))

    async def _record(self, key: str, what: Recollection) -> None:
        saved = await self.if_meant(lambda check: self.desk.record_sent(self.incident_id, what, check))
        self.settle(f"{key}:at", saved)
        self.settle(f"{key}:words", saved)
        if saved is not None:
            to = _name(what.audience, what.account)
            self.notify(f"Recorded as sent to {to}: {self.shown(what.at)}", markup=False)

    async def _asked_readers(self) -> tuple[str, str] | None:
        """(audience, key account) that it went to."""
        accounts = [(Audience.KEY_ACCOUNTS, each.name) for each in self.incident.accounts]
        readers: list[tuple[str, str]] = [*((each, "") for each in AUDIENCE_NAMES), *accounts]
        options = [(str(place), Content(_name(*each))) for place, each in enumerate(readers)]
        chosen = await self.app.push_screen_wait(Choose(Content("To whom did it go out?"), options))
        return None if chosen is None else readers[int(chosen)]


AS_IT_WENT_OUT = (
    "a first line that stands alone is the subject · ctrl+s records it as sent · esc leaves, what is typed is kept"
)


def _name(audience: str, account: str) -> str:
    """Who reads a message, for a sentence."""
    return clip(clean_line(account), 40) or AUDIENCE_NAMES[Audience(audience)]
