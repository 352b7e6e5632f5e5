"""Looks at the severity of a running incident again, with the old answers filled in."""

import json

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from incident_console.desk import Desk
from incident_console.domain.assessment import Taken, answers_of, needs_reason
from incident_console.domain.guards import Scope
from incident_console.domain.text import clean
from incident_console.domain.vocabulary import severity_label
from incident_console.domain.when import ago
from incident_console.domain.wizard import STEPS, TRIAGE, UNKNOWN, Answers
from incident_console.screens import GoBack
from incident_console.screens.triage.wizard import Wizard
from incident_console.widgets import badges
from incident_console.widgets.rows import Rows


class ReassessScreen(Wizard):
    """A list of the answers: change what changed, or say that it is still right."""

    BINDINGS = [
        Binding("y", "still", "Still right", id="reassess.still", tooltip="The present level is still right"),
        Binding(
            "ctrl+s", "take", "Take it", priority=True, id="reassess.take", tooltip="Take the level, with a reason"
        ),
        Binding("j", "move(1)", "Down", show=False, id="reassess.down", tooltip="Next answer"),
        Binding("k", "move(-1)", "Up", show=False, id="reassess.up", tooltip="Answer before"),
    ]

    def __init__(self, desk: Desk, incident_id: str, *, unknown_first: bool = False) -> None:
        """`unknown_first` asks what nobody knew last time before it shows the list."""
        super().__init__(desk, tuple(each for each in STEPS if each.key in TRIAGE))
        self.incident_id = incident_id
        self.incident = desk.incident(incident_id)
        self.answers = answers_of(self.incident)
        self._unknown_first = unknown_first
        self._kept = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.at_end if action == "still" else super().check_action(action, parameters)

    def compose_end(self) -> ComposeResult:
        yield Rows(id="overview")

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, "looking at the severity"

    def end_focus(self) -> Widget:
        return self.query_one("#overview")

    def on_mount(self) -> None:
        if self._restore():
            self.notify("What you changed before and did not save is here again.", markup=False)
        self.place = self._next_unknown(0) if self._unknown_first else len(self.steps)
        self.show()

    def _next_unknown(self, start: int) -> int:
        """The place of the next question that nobody could answer; the end when there is none."""
        unknown = (n for n, each in enumerate(self.steps) if n >= start and self._is_open(each.key))
        return next(unknown, len(self.steps))

    def _is_open(self, key: str) -> bool:
        return self.answers.get(key) in (None, UNKNOWN)

    def go(self, place: int) -> None:
        """After an answer, the next unknown one or the list."""
        ahead = place > self.place
        super().go((self._next_unknown(place) if self._unknown_first else len(self.steps)) if ahead else place)

    def show(self) -> None:
        super().show()
        overview = self.query_one("#overview", OptionList)
        place = overview.highlighted or 0
        lines = [
            Option(Content.assemble((f"{each.short:<12}", "$text-muted"), self.answer_in_words(each)), id=each.key)
            for each in self.steps
        ]
        overview.set_options(lines)
        overview.highlighted = min(place, len(lines) - 1)

    def heading(self) -> Content:
        looked = self.incident.assessed_at
        when = f"   last looked at {ago(looked, self.desk.now())}" if looked is not None else "   not assessed yet"
        now = badges.severity_badge(self.incident.severity)
        return Content.assemble(
            ("How bad is it now?  ", "bold"), self.incident.reference, " ", now, (when, "$text-muted")
        )

    def scope(self) -> Scope:
        return Scope(self.incident.title, self.incident.services, self.incident.flows)

    def help_line(self) -> str:
        return "y still right · enter changes an answer · ctrl+s takes the level · f4 another level · esc leaves"

    @on(OptionList.OptionSelected, "#overview")
    def _change(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._unknown_first = False
        super().go(event.option_index)

    def action_move(self, step: int) -> None:
        options = self.query_one("#overview" if self.at_end else "#options", OptionList)
        (options.action_cursor_down if step > 0 else options.action_cursor_up)()

    @work
    async def action_still(self) -> None:
        """The present level stays; where new answers speak for another one, it takes a line of reason."""
        present = Taken(self.answers, self.incident.severity, "")
        if not needs_reason(self.incident, present, self.desk.policy):
            self._save(present)
            return
        question = Content(f"The answers speak for another level now. Why still {severity_label(present.severity)}?")
        reason = await self.ask(f"severity:{self.incident_id}", question, needed=True)
        if reason is not None:
            self._save(Taken(self.answers, present.severity, reason))

    @work
    async def action_take(self) -> None:
        verdict = self.attempt(lambda: self.desk.verdict(self.answers))
        if verdict is None:
            return
        level = self.taken or verdict.severity
        if level == self.incident.severity:
            self._save(self.what_is_taken())
        else:
            await self._take(level)

    async def _take(self, level: int) -> None:
        """Another level, with a reason."""
        question = Content(f"Why {severity_label(level)} now? One line")
        reason = await self.ask(f"severity:{self.incident_id}", question, self.reason, needed=True)
        if reason is not None:
            self._save(Taken(self.answers, level, reason))

    def _save(self, taken: Taken) -> None:
        before = self.incident.severity
        after = self.attempt(lambda: self.desk.reassess(self.incident_id, taken))
        if after is None:
            return
        self.put_aside(f"severity:{self.incident_id}", "")
        self.put_aside(self._key, "")
        self._kept = self._state()
        told = "; ".join(self.desk.must_now_be_told(before, after.severity))
        again = "; the next look is counted from now" if self.desk.policy.level(after.severity).reassess else ""
        same = f"Still {severity_label(after.severity)}{again}."
        sentence = same if before == after.severity else f"{severity_label(after.severity)} now."
        self.notify(
            f"{sentence} Must now be told: {told}." if told else sentence, markup=False, timeout=20 if told else 4
        )
        self.post_message(GoBack())

    # --- drafts

    @property
    def _key(self) -> str:
        return f"reassess:{self.incident_id}"

    def _state(self) -> str:
        return json.dumps({"answers": self.answers.pairs, "seen": self.incident.assessed_at})

    def keep_drafts(self) -> None:
        if self.is_mounted and (state := self._state()) != self._kept:
            self._kept = state
            changed = self.answers.pairs != answers_of(self.incident).pairs
            self.put_aside(self._key, state if changed else "")

    def _restore(self) -> bool:
        """Offer again what was changed and not saved, unless somebody looked in between."""
        try:
            kept = json.loads(self.desk.draft(self._key) or "{}")
            if kept["seen"] != self.incident.assessed_at:
                return False
            known = {each.key for each in self.steps}
            pairs = tuple((str(key), clean(str(value))) for key, value in kept["answers"] if key in known)
        except (ValueError, KeyError, TypeError):
            return False
        self.answers = Answers(pairs)
        return True
