"""What the keys of the room do: status, severity, roles, decisions, calls for help, clocks, checklists."""

from textual import work
from textual.content import Content

from incident_console.desk.triage import scoped_line
from incident_console.domain.promises import summary
from incident_console.domain.room import may_call, may_look_again
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import (
    ROLE_NAMES,
    ROLE_SHORT,
    SEVERITIES,
    SEVERITY_NAMES,
    Role,
    Status,
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
        prompts = self.attempt(lambda: self.desk.policy.scoping) or ()
        done = self.attempt(lambda: self.desk.answered_prompts(self.incident_id)) or frozenset()
        options = [
            (prompt.label, Content(f"{'✓' if prompt.label in done else ' '} {prompt.ask}")) for prompt in prompts
        ]
        chosen = await self.app.push_screen_wait(Choose(Content("Narrow the fault"), options))
        prompt = next((each for each in prompts if each.label == chosen), None)
        if prompt is None:
            return
        key = f"scope:{self.incident_id}:{prompt.label}"
        hint = Content("enter logs it · end with ? while it is a guess")
        answer = await self.ask(key, Content(prompt.ask), hint=hint)
        if answer is not None and answer.strip():
            line = scoped_line(prompt, answer.strip())
            saved = self.attempt(lambda: self.desk.log(self.incident_id, line))
            self.settle(key, saved)
            self.reload()
            self.tell_if_closed(saved)

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
        level = await self.app.push_screen_wait(
            Choose(Content("New severity"), options, str(self.incident.severity or 1))
        )
        if level is None or int(level) == self.incident.severity:
            return
        reason = await self.ask("severity", Content(f"Why {severity_label(int(level))}? One line"), needed=True)
        if reason is not None:
            before = self.incident.severity
            done = self.attempt(lambda: self.desk.change_severity(self.incident_id, int(level), reason))
            self.settle("severity", done)
            if done is not None and (told := self.desk.must_now_be_told(before, done.severity)):
                self.notify(clean_line(f"Must now be told: {'; '.join(told)}"), markup=False, timeout=20)
            self.reload()

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
        name = await self.line_for(f"Who is {ROLE_NAMES[role]}", hint, person)
        if name is not None:
            self.attempt(lambda: self.desk.give_role(self.incident_id, role, name))
            self.reload()

    @work
    async def action_handover(self) -> None:
        role = await self._which_role("Hand over which role")
        name = None if role is None else await self.line_for(f"Who takes over {ROLE_NAMES[role]}", "enter hands over")
        if role is None or name is None:
            return
        done = self.attempt(lambda: self.desk.hand_over(self.incident_id, role, name))
        if done is not None:
            self.show_words(f"Brief for {clean_line(name)}", done[1])
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
        known = (("to", self.desk.next_to_call(self.incident)), ("happening", self._in_short()))
        preset = (*known, *((("needed", needed),) if needed else ()))
        message = await self.fill(
            f"escalate:{self.incident_id}",
            Content("Call somebody in"),
            ESCALATION,
            preset,
            lambda values: self.desk.escalate(self.incident_id, escalation_of(values)),
        )
        if message is not None:
            self.show_words("Send this; a clock waits for the answer (C)", message)

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
        """The whole list; the cursor stands on the first item that is open."""
        phases = self.attempt(lambda: self.desk.all_items(self.incident))
        if not phases:
            return
        items = [(title, item) for title, some in phases for item in some]
        done = self.desk.done_items(self.incident)
        options = [
            (item.id, Content(f"{'☑' if item.id in done else '☐'} {title.split()[0][:10]:<11}{item.text}"))
            for title, item in items
        ]
        first = next(iter(self.desk.open_items(self.incident)), None)
        chosen = await self.app.push_screen_wait(
            Choose(Content("Checklist: enter ticks"), options, first.id if first is not None else "")
        )
        if chosen is not None:
            change = self.desk.open_again if chosen in self.incident.ticked else self.desk.tick
            self.attempt(lambda: change(self.incident_id, chosen))
            self.reload()

    def action_promises(self) -> None:
        found, zone = self.desk.promises(self.incident), self.desk.zone
        lines = [
            Content(
                f"{clean_line(each.audience)} #{each.number}  promised {full_time(each.promised_at, zone)}"
                f"  {each.state}{f' by {countdown(each.late)}' if each.late else ''}"
            )
            for each in found
        ]
        self.app.push_screen(
            Read(Content("Promises of updates"), Content("\n").join([*lines, Content(summary(found))]))
        )
