"""Closing the loop: who heard what and who has not heard the end, thanks, the playbook, the meeting, finishing."""

from pathlib import Path

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from incident_console.desk.endings import MEETING
from incident_console.domain.closing import Hearer, hearers, playbook_proposals
from incident_console.domain.finishing import NOTHING_PROMISED, LooseEnd, finishable
from incident_console.domain.postmortem import committed
from incident_console.domain.review_calendar import meeting_time
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Audience, MessageKind
from incident_console.domain.when import full_time
from incident_console.screens import OpenComposer
from incident_console.screens.postmortem.place import PANES, PostmortemPlace
from incident_console.widgets.loose_ends import FINISH, LooseEnds
from incident_console.widgets.rows import Rows, headed

LENGTH = 60
"""Minutes of a review."""


class LoopKeys(PostmortemPlace):
    """What the keys of this pane do."""

    _hearers: tuple[Hearer, ...] = ()

    def loop_pane(self) -> ComposeResult:
        """The widgets of this pane."""
        yield Rows(id="loop", classes="pane")

    def show_loop(self) -> None:
        """Who was told, then what else closes it."""
        self._hearers = hearers(self.incident)
        told = [(f"hearer:{n}", self._hearer(each)) for n, each in enumerate(self._hearers)]
        rest = [
            ("report", Content("Write the report to customers: what happened, why, what changed (enter)")),
            ("thanks", Content("Thank the people who took part (t)")),
            (
                "playbook",
                Content(f"Playbook: what it should say next time (p): {len(playbook_proposals(self.incident))}"),
            ),
            ("meeting", Content("The review as a calendar file with its agenda (m)")),
            ("finish", self._finish_row()),
        ]
        self.fill_rows("#loop", [*headed("Who was told", told), *headed("What is left to do", rest)])

    def _hearer(self, each: Hearer) -> Content:
        name = f"{clean_line(each.name)[:28]:<30}"
        if each.last_at is None:
            told = Content.styled("told nothing", "$text-muted" if not each.account else "$warning")
        else:
            count = f"{each.messages} message{'s' if each.messages != 1 else ''}, "
            told = Content(f"{count}last {full_time(each.last_at, self.desk.zone)}")
        end = ("  ✓ knows the end", "$success") if each.knows_end else ("  ! has not heard the end", "$warning")
        return Content.assemble((name, "bold"), told, end if each.last_at is not None or each.account else "")

    def _finish_row(self) -> Content:
        at = self.incident.reviewed_at
        if at is not None:
            return Content.styled(
                f"✓ Finished {full_time(at, self.desk.zone)}; everything can still be corrected", "$success"
            )
        return Content("Finish the postmortem (f)")

    @on(OptionList.OptionSelected, "#loop")
    def _loop_chosen(self, event: OptionList.OptionSelected) -> None:
        what, _, name = (event.option.id or "").partition(":")
        match what:
            case "hearer":
                each = self._hearers[int(name)]
                self.post_message(OpenComposer(self.incident_id, each.audience, account=each.account))
            case "report":
                self.post_message(OpenComposer(self.incident_id, Audience.CUSTOMERS, kind=MessageKind.CUSTOMER_REPORT))
            case "thanks":
                self.action_thanks()
            case "playbook":
                self.action_playbook()
            case "meeting":
                self.action_meeting()
            case "finish":
                self.action_finish()

    def action_thanks(self) -> None:
        words = self.attempt(lambda: self.desk.thanks(self.incident_id))
        if words:
            self.show_words("Thanks, ready to send", words)
        else:
            self.notify("Nobody wrote anything or held a role here.", markup=False)

    def action_playbook(self) -> None:
        """What the playbook should say next time."""
        found = playbook_proposals(self.incident)
        words = "\n".join(f"- {each}" for each in found) or "Nothing was missing that the console can see."
        self.show_words("For the playbook", words)

    @work
    async def action_meeting(self) -> None:
        """Write the review as a calendar file."""
        key = f"meeting:{self.incident_id}"
        hint = Content("friday 14:00, tomorrow 9:30 or 2026-12-01 14:00 · enter goes on · esc leaves")
        question, zone = Content("When is the review"), self.desk.zone

        def instant(words: str) -> int:
            return meeting_time(words, self.desk.now(), zone)

        when = await self.ask(key, question, "", hint, needed=True, check=instant)
        at = self.attempt(lambda: instant(when)) if when is not None else None
        if at is not None:
            self.settle(key, await self._write_meeting(key, at))

    async def _write_meeting(self, key: str, at: int) -> Path | None:
        file = await self.ask_file(f"{key}:file", f"{self.incident.reference}-review.ics", MEETING)
        if file is None:
            return None
        place, check = file
        path = self.attempt(lambda: self.desk.write_meeting(self.incident_id, at, LENGTH, place, check))
        self.tell_written(f"{key}:file", path)
        return path

    @work
    async def action_finish(self) -> None:
        """Finished, after what is still open was named; without action items it needs a reason."""
        self.save_section()
        if self.attempt(lambda: finishable(self.desk.incident(self.incident_id))) is None:
            return
        ends = self.attempt(lambda: self.desk.loose_ends(self.incident_id))
        if ends is not None and await self._anyway(ends):
            await self._finish()

    async def _anyway(self, ends: tuple[LooseEnd, ...]) -> bool:
        """Whether it is to be finished: asked once, and only where something is open."""
        if not ends:
            return True
        answer = await self.app.push_screen_wait(LooseEnds(ends, PANES))
        if answer in PANES:
            self.action_pane(answer)
        return answer == FINISH

    async def _finish(self) -> None:
        if committed(self.incident):
            self.attempt(lambda: self.desk.finish_review(self.incident_id))
        else:
            await self._finish_without()
        self.reload()

    async def _finish_without(self) -> None:
        key = f"finish:{self.incident_id}"
        question = Content(NOTHING_PROMISED)
        await self.ask_until(
            key, question, lambda reason: self.desk.finish_review(self.incident_id, reason), needed=True
        )
