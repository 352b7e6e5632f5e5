"""What somebody remembers afterwards: lines for a gap in the log, messages that went out unrecorded."""

from textual.content import Content

from incident_console.desk.response import Logged
from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.consistency import Oddity
from incident_console.domain.nearest import between
from incident_console.domain.when import clock_time
from incident_console.screens import OpenComposer
from incident_console.screens.postmortem.remembered import RememberedKeys
from incident_console.widgets.questions import Choose

NEVER_RECORDED = (
    ("record", Content("One went out: record it with its time and its words")),
    ("write", Content("None went out: write one now")),
)


class MemoryKeys(RememberedKeys):
    """What is asked of somebody who remembers."""

    async def fill_gap(self, odd: Oddity) -> None:
        """Somebody may remember what happened in between."""
        key = f"gap:{self.incident_id}:{odd.at}"
        shown = clock_time(odd.at + MINUTE, self.desk.zone)
        hint = Content(f"what happened then, with @{shown} in front for its time · enter logs it · esc leaves")
        await self.ask_until(key, Content(odd.words), lambda words: self._fill(odd, words), hint=hint)

    def _fill(self, odd: Oddity, words: str) -> None:
        """Log what somebody remembers of a gap; raises Refused for a time that is none. No words leave as esc does."""
        if not words.strip():
            return
        when, _, rest = words.strip().partition(" ")
        stated = bool(rest) and (when.startswith("@") or (when[0] == "-" and when[1:2].isdecimal()))  # "- x" is a list
        at = self.read_time(when, between(odd.at, odd.until)) if stated else odd.at + SECOND
        self.desk.log(self.incident_id, Logged(rest if stated else words, "note", at))
        self.notify(f"Logged at {self.shown(at)}", markup=False)

    async def first_update(self) -> None:
        """Nothing was recorded as sent: record it now, or write."""
        question = Content("No message was recorded as sent. Did one go out?")
        match await self.app.push_screen_wait(Choose(question, NEVER_RECORDED)):
            case "record":
                await self.record_message()
            case "write":
                self.post_message(OpenComposer(self.incident_id))
