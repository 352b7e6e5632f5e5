"""What the keys of the room do: status, severity, roles, decisions, calls for help, clocks, checklists."""

from collections.abc import Sequence

from textual import work
from textual.content import Content

from incident_console.desk.triage import scoped_line
from incident_console.domain.checklists import Item
from incident_console.domain.clock import Zone
from incident_console.domain.policy import Prompt
from incident_console.domain.promises import Promise, summary
from incident_console.domain.room import may_call, may_look_again
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import (
    ROLE_NAMES,
    ROLE_SHORT,
    SEVERITIES,
    SEVERITY_NAMES,
    Role,
    Status,
    audience_name,
    severity_label,
)
from incident_console.domain.when import countdown, full_time
from incident_console.screens import GoBack, OpenAccounts, OpenComposer, OpenPostmortem, OpenSent, OpenTriage
from incident_console.screens.live.clock_menu import ClockMenu
from incident_console.screens.live.entries import EntryKeys
from incident_console.screens.live.forms import DECISION, ESCALATION, decision_of, escalation_of
from incident_console.widgets.questions import Choose, Read


class RoomKeys(EntryKeys):
    """Each action asks at most two short questions, or shows one form."""

    def action_leave(self) -> None:
        self.keep_drafts()
        self.post_message(GoBack())

    def action_update(self) -> None:
        self.post_message(OpenComposer(self.incident_id))

    def action_messages(self) -> None:
        self.keep_drafts()
        self.post_message(OpenSent(self.incident_id))

    def action_accounts(self) -> None:
        self.keep_drafts()
        self.post_message(OpenAccounts(self.incident_id))

    def action_postmortem(self) -> None:
        self.post_message(OpenPostmortem(self.incident_id))

    def action_reassess(self) -> None:
        self.keep_drafts()
        if self.attempt(lambda: may_look_again(self.incident)):
            self.post_message(OpenTriage(self.incident_id))

    @work
    async def action_scope(self) -> None:
        """One scoping question; its answer becomes a line of the timeline."""
        prompt = await self._which_prompt()
        if prompt is None:
            return
        key = f"scope:{self.incident_id}:{prompt.label}"
        hint = Content("enter logs it · end with ? while it is a guess")
        await self.ask_until(key, Content(prompt.ask), lambda answer: self._log_scoped(prompt, answer), hint=hint)
        self.reload()

    async def _which_prompt(self) -> Prompt | None:
        """One of the scoping questions; those that were answered are ticked."""
        prompts = self.attempt(lambda: self.desk.policy.scoping) or ()
        done = self.attempt(lambda: self.desk.answered_prompts(self.incident_id)) or frozenset()
        options = [
            (prompt.label, Content(f"{'✓' if prompt.label in done else ' '} {prompt.ask}")) for prompt in prompts
        ]
        chosen = await self.app.push_screen_wait(Choose(Content("Narrow the fault"), options))
        return next((each for each in prompts if each.label == chosen), None)

    def _log_scoped(self, prompt: Prompt, answer: str) -> None:
        """Log an answer; no words leave as esc does."""
        if answer.strip():
            self.tell_if_closed(self.desk.log(self.incident_id, scoped_line(prompt, answer.strip())))

    # --- status and severity

    @work
    async def action_status(self) -> None:
        options = [(status.value, Content(status.value)) for status in Status]
        answer = await self.app.push_screen_wait(Choose(Content("New status"), options, self.incident.status))
        if answer is not None and answer != self.incident.status:
            await self._leave_phase(answer)

    @work
    async def action_resolve(self) -> None:
        options = [("yes", Content("Yes, it is over")), ("no", Content("No, go on"))]
        question = Content("Set to resolved? The clocks stop; the resolution message comes next")
        if await self.app.push_screen_wait(Choose(question, options)) == "yes":
            await self._leave_phase(Status.RESOLVED)

    async def _leave_phase(self, status: str) -> None:
        """Change the status; items that the phase leaves open are named once, and nothing is forced."""
        left = self.attempt(lambda: self.desk.left_open(self.incident, status)) or ()
        if left and self.phase_not_asked():
            named = "\n".join(f"☐ {item.text}" for item in left[:6])
            more = f"\nand {len(left) - 6} more" if len(left) > 6 else ""
            question = Content(f"Still open in this phase:\n{named}{more}")
            options = [("go", Content(f"Go on to {status}; they stay on the list")), ("stay", Content("Stay here"))]
            if await self.app.push_screen_wait(Choose(question, options)) != "go":
                return
        seen = self.incident.status
        if self.attempt(lambda: self.desk.change_status(self.incident_id, status)) is not None:
            self.say_if_overtaken(seen)
        self.reload()

    def phase_not_asked(self) -> bool:
        """Whether the open items of the present phase were not named yet; asking counts."""
        raise NotImplementedError

    def say_if_overtaken(self, seen: str) -> None:
        """Tell when somebody else had changed the status in the meantime."""
        raise NotImplementedError

    @work
    async def action_severity(self) -> None:
        options = [(str(n), Content(f"{severity_label(n)}  {SEVERITY_NAMES[n]}")) for n in SEVERITIES]
        present = str(self.incident.severity or 1)
        level = await self.app.push_screen_wait(Choose(Content("New severity"), options, present))
        if level is None or int(level) == self.incident.severity:
            return
        question = Content(f"Why {severity_label(int(level))}? One line")
        await self.ask_until("severity", question, lambda reason: self._rate(int(level), reason), needed=True)
        self.reload()

    def _rate(self, level: int, reason: str) -> None:
        """Change the severity, and say who must be told because of that."""
        before = self.incident.severity
        done = self.desk.change_severity(self.incident_id, level, reason)
        if told := self.desk.must_now_be_told(before, done.severity):
            self.notify(clean_line(f"Must now be told: {'; '.join(told)}"), markup=False, timeout=20)

    # --- people

    async def _which_role(self, question: str) -> Role | None:
        options = [
            (role.value, Content(clean_line(f"{name}: {self.incident.role(role) or 'nobody'}")))
            for role, name in ROLE_NAMES.items()
        ]
        role = await self.app.push_screen_wait(Choose(Content(question), options))
        return None if role is None else Role(role)

    @work
    async def action_assign(self) -> None:
        role = await self._which_role("Which role")
        if role is None:
            return
        person = self.incident.role(role) or (self.desk.actor if role in ROLE_SHORT else "")
        hint = "enter assigns · typing replaces it · several investigators with commas · empty frees the role"
        question = f"Who is {ROLE_NAMES[role]}"
        await self.line_until(question, hint, lambda name: self.desk.give_role(self.incident_id, role, name), person)
        self.reload()

    @work
    async def action_handover(self) -> None:
        role = await self._which_role("Hand over which role")
        if role is None:
            return

        def save(name: str) -> tuple[str, str]:
            return name, self.desk.hand_over(self.incident_id, role, name)[1]

        done = await self.line_until(f"Who takes over {ROLE_NAMES[role]}", "enter hands over", save)
        if done is not None:
            self.show_words(f"Brief for {clean_line(done[0])}", done[1])
            self.reload()

    # --- decisions and help

    @work
    async def action_decide(self, text: str = "") -> None:
        preset = (*((("text", text),) if text else ()), ("by", self.desk.actor))
        saved = await self.fill(
            f"decide:{self.incident_id}",
            Content("A decision with its options: what is known now"),
            DECISION,
            preset,
            lambda values: self.desk.record_decision(self.incident_id, decision_of(values, self.desk.now())),
        )
        self.tell_if_closed(saved)

    @work
    async def action_escalate(self, needed: str = "") -> None:
        if not self.attempt(lambda: may_call(self.incident)):
            return
        message = await self._call_in(needed)
        if message is not None:
            self.show_words("Send this; a clock waits for the answer (C)", message)

    async def _call_in(self, needed: str) -> str | None:
        """The form until the call is recorded; its words, or None when the person left."""
        known = (("to", self.desk.next_to_call(self.incident)), ("happening", self._in_short()))
        preset = (*known, *((("needed", needed),) if needed else ()))
        return await self.fill(
            f"escalate:{self.incident_id}",
            Content("Call somebody in"),
            ESCALATION,
            preset,
            lambda values: self.desk.escalate(self.incident_id, escalation_of(values)),
        )

    def _in_short(self) -> str:
        impact = clean_line(self.incident.fact("impact"))
        return clip(f"{self.incident.title}{f': {impact}' if impact else ''}", 160)

    # --- clocks and checklists

    @work
    async def action_clocks(self) -> None:
        """Choose a clock, then what is to happen with it."""
        menu = ClockMenu(self)
        clock = await menu.choose(self.desk.standing(self.incident).clocks)
        if clock is not None:
            await menu.act(clock)
            self.reload()

    @work
    async def action_tick(self) -> None:
        """Tick an item of the checklists; one that is ticked is opened again."""
        phases = self.attempt(lambda: self.desk.all_items(self.incident))
        chosen = await self._which_item(phases) if phases else None
        if chosen is not None:
            change = self.desk.open_again if chosen in self.incident.ticked else self.desk.tick
            self.attempt(lambda: change(self.incident_id, chosen))
            self.reload()

    async def _which_item(self, phases: Sequence[tuple[str, Sequence[Item]]]) -> str | None:
        """The whole list; the cursor stands on the first item that is open."""
        items = [(title, item) for title, some in phases for item in some]
        done = self.desk.done_items(self.incident)
        options = [
            (item.id, Content(f"{'☑' if item.id in done else '☐'} {title.split()[0][:10]:<11}{item.text}"))
            for title, item in items
        ]
        first = next(iter(self.desk.open_items(self.incident)), None)
        return await self.app.push_screen_wait(
            Choose(Content("Checklist: enter ticks"), options, first.id if first is not None else "")
        )

    def action_promises(self) -> None:
        found = self.desk.promises(self.incident)
        lines = [*(promise_line(each, self.desk.zone) for each in found), Content(summary(found))]
        self.app.push_screen(Read(Content("Promises of updates"), Content("\n").join(lines)))


def promise_line(promise: Promise, zone: Zone) -> Content:
    """To whom the next update was promised until when, and whether that was kept."""
    return Content(
        f"{audience_name(promise.audience)} #{promise.number}  promised {full_time(promise.promised_at, zone)}"
        f"  {promise.state}{f' by {countdown(promise.late)}' if promise.late else ''}"
    )
