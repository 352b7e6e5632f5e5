"""What the keys of the live screen do while the list has the focus; each asks at most two short questions."""

from textual import on, work
from textual.binding import Binding
from textual.content import Content

from incident_console.desk import Desk
from incident_console.desk.triage import scoped_line
from incident_console.domain.incident import Incident
from incident_console.domain.text import clip, first_line
from incident_console.domain.vocabulary import (
    ROLE_NAMES,
    SEVERITIES,
    SEVERITY_NAMES,
    EntryKind,
    Role,
    Status,
    severity_label,
)
from incident_console.screens import GoBack, OpenComposer, OpenPostmortem, OpenTriage, Place
from incident_console.widgets.entry_detail import entry_content
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.questions import AskLine, Choose, Read
from incident_console.widgets.timeline import Timeline


class LiveKeys(Place):
    """The actions of the live screen; `LiveScreen` puts the widgets around them."""

    BINDING_GROUP_TITLE = "Incident"
    BINDINGS = [
        Binding("i", "line", "Line", id="live.line", tooltip="Type into the log line"),
        Binding("u", "update", "Update", id="live.update", tooltip="Write to the audience that waits most"),
        Binding("s", "status", "Status", id="live.status", tooltip="Change the status"),
        Binding("v", "severity", "Sev", id="live.severity", tooltip="Change the severity, with a reason"),
        Binding(
            "r", "reassess", "Reassess", id="live.reassess", tooltip="Look at the severity again: is it still right"
        ),
        Binding("a", "assign", "Roles", id="live.assign", tooltip="Give a role to somebody"),
        Binding("R", "resolve", "Resolve", id="live.resolve", tooltip="The incident is over: set it to resolved"),
        Binding("w", "postmortem", "Why", id="live.postmortem", tooltip="Postmortem: why it happened, action items"),
        Binding("b", "leave", "Board", id="live.leave", tooltip="Back to all open incidents"),
        Binding(
            "e",
            "correct",
            "Correct",
            show=False,
            id="live.correct",
            tooltip="Let the entry under the cursor read differently",
        ),
        Binding(
            "x", "strike", "Strike", show=False, id="live.strike", tooltip="Mark the entry under the cursor as wrong"
        ),
        Binding(
            "slash", "filter", "Filter", show=False, id="live.filter", tooltip="Show only entries that hold some text"
        ),
        Binding("o", "scope", "Scope", show=False, id="live.scope", tooltip="Short questions that narrow the fault"),
        Binding("z", "undo", "Undo", show=False, id="live.undo", tooltip="Take back your last step"),
        Binding("Z", "redo", "Redo", show=False, id="live.redo", tooltip="Bring back what you undid last"),
        Binding(
            "f2", "typing('update')", "Update", id="live.typing.update", tooltip="Write to the audience that waits most"
        ),
        Binding("f3", "typing('status')", "Status", id="live.typing.status", tooltip="Change the status"),
        Binding(
            "f4",
            "typing('severity')",
            "Sev",
            id="live.typing.severity",
            tooltip="Change the severity, with a reason",
        ),
        Binding("f5", "typing('assign')", "Roles", id="live.typing.assign", tooltip="Give a role to somebody"),
        Binding(
            "f6",
            "typing('resolve')",
            "Resolve",
            id="live.typing.resolve",
            tooltip="The incident is over: set it to resolved",
        ),
        Binding(
            "f7",
            "typing('postmortem')",
            "Why",
            id="live.typing.postmortem",
            tooltip="Postmortem: why it happened, action items",
        ),
        Binding(
            "f8", "typing('scope')", "Scope", id="live.typing.scope", tooltip="Short questions that narrow the fault"
        ),
        Binding(
            "f9",
            "typing('reassess')",
            "Reassess",
            id="live.typing.reassess",
            tooltip="Look at the severity again: is it still right",
        ),
        Binding("f10", "typing('leave')", "Board", id="live.typing.leave", tooltip="Back to all open incidents"),
    ]

    def __init__(self, desk: Desk, incident_id: str) -> None:
        super().__init__(desk)
        self.incident_id = incident_id
        self.incident: Incident = desk.incident(incident_id)
        self.containing = ""
        """Only entries that hold this text are shown; empty shows all."""

    @property
    def timeline(self) -> Timeline:
        return self.query_one(Timeline)

    def reload(self) -> None:
        """Read what is true now."""
        raise NotImplementedError

    def show_rows(self) -> None:
        """Show the timeline anew, from its end."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The function keys stand in for the letters while somebody types, and only then."""
        return isinstance(self.focused, LogInput) if action == "typing" else True

    async def action_typing(self, action: str) -> None:
        await self.run_action(action)

    def entry_keys(self) -> Content:
        """The keys that act on the entry under the cursor, for the line below the list."""
        keys = [binding for binding in LiveKeys.BINDINGS if isinstance(binding, Binding) and not binding.show]
        named = [f"{self.app.get_key_display(binding)} {binding.description.lower()}" for binding in keys]
        return Content(" · ".join(named))

    def tell(self, sentence: str) -> None:
        """A short toast."""
        self.notify(clip(first_line(sentence), 200), markup=False)

    def action_line(self) -> None:
        self.query_one(LogInput).focus()

    def action_leave(self) -> None:
        self.keep_drafts()
        self.post_message(GoBack())

    def action_update(self) -> None:
        self.post_message(OpenComposer(self.incident_id))

    def action_postmortem(self) -> None:
        self.post_message(OpenPostmortem(self.incident_id))

    def action_reassess(self) -> None:
        self.keep_drafts()
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
        key, hint = (
            f"scope:{self.incident_id}:{prompt.label}",
            Content("enter logs it · end with ? while it is a guess"),
        )
        answer = await self.ask(key, Content(prompt.ask), hint=hint)
        if answer is not None and answer.strip():
            line = scoped_line(prompt, answer.strip())
            self.settle(key, self.attempt(lambda: self.desk.log(self.incident_id, line)))
            self.reload()

    def action_undo(self) -> None:
        if (what := self.attempt(lambda: self.desk.undo(self.incident_id))) is not None:
            self.tell(f"Undone: {what}")
            self.reload()

    def action_redo(self) -> None:
        if (what := self.attempt(lambda: self.desk.redo(self.incident_id))) is not None:
            self.tell(f"Back again: {what}")
            self.reload()

    @on(Timeline.Opened)
    def _read(self, event: Timeline.Opened) -> None:
        changes = self.attempt(lambda: self.desk.history(event.entry.event_id))
        if changes is not None:
            title = Content(f"Entry {event.entry.number} · {event.entry.kind}")
            self.app.push_screen(Read(title, entry_content(event.entry, changes, self.desk.zone)))

    @work
    async def action_filter(self) -> None:
        question = AskLine(
            Content("Show only entries that hold"),
            self.containing,
            Content("enter shows them · empty shows all · esc leaves it"),
        )
        answer = await self.app.push_screen_wait(question)
        if answer is not None:
            self.containing = answer.strip()
            self.show_rows()

    @work
    async def action_status(self) -> None:
        options = [(status.value, Content(status.value)) for status in Status]
        answer = await self.app.push_screen_wait(Choose(Content("New status"), options, self.incident.status))
        if answer is not None and answer != self.incident.status:
            self.attempt(lambda: self.desk.change_status(self.incident_id, answer))
            self.reload()

    @work
    async def action_severity(self) -> None:
        options = [(str(n), Content(f"{severity_label(n)}  {SEVERITY_NAMES[n]}")) for n in SEVERITIES]
        level = await self.app.push_screen_wait(
            Choose(Content("New severity"), options, str(self.incident.severity or 1))
        )
        if level is None or int(level) == self.incident.severity:
            return
        reason = await self.ask("severity", Content(f"Why {severity_label(int(level))}? One line"))
        if reason is not None:
            before = self.incident.severity
            done = self.attempt(lambda: self.desk.change_severity(self.incident_id, int(level), reason))
            self.settle("severity", done)
            if done is not None and (told := self.desk.must_now_be_told(before, done.severity)):
                self.notify(f"Must now be told: {'; '.join(told)}", markup=False, timeout=20)
            self.reload()

    @work
    async def action_assign(self) -> None:
        options = [
            (role.value, Content(f"{name}: {self.incident.role(role) or 'nobody'}"))
            for role, name in ROLE_NAMES.items()
        ]
        role = await self.app.push_screen_wait(Choose(Content("Which role"), options))
        if role is None:
            return
        person = self.incident.role(role) or self.desk.actor
        hint = Content("enter assigns · empty frees the role · esc leaves it")
        name = await self.app.push_screen_wait(AskLine(Content(f"Who is {ROLE_NAMES[Role(role)]}"), person, hint))
        if name is not None:
            self.attempt(lambda: self.desk.assign(self.incident_id, role, name))
            self.reload()

    @work
    async def action_resolve(self) -> None:
        options = [("yes", Content("Yes, it is over")), ("no", Content("No, go on"))]
        question = Content("Set to resolved? The clocks stop; the resolution message comes next")
        if await self.app.push_screen_wait(Choose(question, options)) == "yes":
            self.attempt(lambda: self.desk.change_status(self.incident_id, Status.RESOLVED))
            self.reload()

    @work
    async def action_correct(self) -> None:
        entry = self.timeline.entry
        if entry is None:
            return
        if entry.kind not in set(EntryKind):
            self.tell("This row records what a command did. Undo it, or change it again.")
            return
        key, question = f"correct:{entry.event_id}", Content(f"Correct entry {entry.number}")
        if "\n" in entry.text:
            hint = Content("ctrl+s saves · esc leaves, what is typed is kept")
            text = await self.ask_text(key, question, entry.text, hint)
        else:
            text = await self.ask(key, question, entry.text)
        if text is not None:
            self.settle(key, self.attempt(lambda: self.desk.correct(self.incident_id, entry.number, text)))
            self.reload()

    @work
    async def action_strike(self) -> None:
        entry = self.timeline.entry
        if entry is None:
            return
        key = f"strike:{entry.event_id}"
        reason = await self.ask(key, Content(f"Why is entry {entry.number} wrong? It stays readable, struck through"))
        if reason is not None:
            self.settle(key, self.attempt(lambda: self.desk.strike(self.incident_id, entry.number, reason)))
            self.reload()
