"""The room where an incident is run: header, timeline, the scribe's line. Keys become desk commands here, no more."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Footer, Input, Static

from incident_console.desk import Desk, StorageTrouble
from incident_console.desk.response import Logged
from incident_console.domain.guards import running_notes
from incident_console.domain.logline import LineCommand, NewEntry, read_line, role_change, severity_change
from incident_console.domain.text import clip, first_line
from incident_console.domain.vocabulary import Audience, Refused, Status, choice
from incident_console.domain.when import clock_time, countdown
from incident_console.screens import GoBack, OpenComposer, OpenPostmortem, OpenTriage
from incident_console.screens.live.keys import LiveKeys
from incident_console.widgets.incident_header import IncidentHeader
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.side_panel import SidePanel
from incident_console.widgets.timeline import Timeline


class LiveScreen(LiveKeys):
    """One incident as it runs."""

    CSS_PATH = "live.tcss"
    AUTO_FOCUS = "LogInput"

    def __init__(self, desk: Desk, incident_id: str) -> None:
        super().__init__(desk, incident_id)
        self._kept = ""

    def compose(self) -> ComposeResult:
        yield IncidentHeader(self.desk.zone, self.desk.actor)
        with Horizontal(id="room"):
            yield Timeline(self.desk.zone)
            yield SidePanel()
        with Vertical(id="desk-line"):
            yield Static(id="hint")
            yield LogInput()
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        self.show_rows()
        self._show_state()
        self._line.restore(self.desk.draft(self._draft_key))
        self._kept = self._line.text
        self._hint()

    @property
    def _line(self) -> LogInput:
        return self.query_one(LogInput)

    @property
    def _draft_key(self) -> str:
        return f"log:{self.incident_id}"

    # --- what others and the clock change

    def watch_now(self) -> None:
        if self.is_mounted and self.is_current:
            self._show_state()

    def watch_revision(self) -> None:
        if self.is_mounted:
            self.reload()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.reload()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= 100, "-wide")
        if self.is_mounted:
            self._show_state()

    def reload(self) -> None:
        """Read what is true now; the half-typed line is not touched."""
        incident = self.attempt(lambda: self.desk.incident(self.incident_id))
        if incident is not None:
            self.incident = incident
            self.attempt(self.timeline.grow)
            self._show_state()

    def show_rows(self) -> None:
        rows = self.attempt(lambda: self.desk.rows(self.incident_id, self.containing))
        if rows is not None:
            self.timeline.marks_late = not self.incident.imported
            self.timeline.show(rows)
        self._hint()

    def _show_state(self) -> None:
        standing = self.attempt(lambda: self.desk.standing(self.incident))
        if standing is None:
            return
        now = self.now or self.desk.now()
        header = self.query_one(IncidentHeader)
        header.show(self.incident, standing.clocks, now, header.size.width or self.size.width)
        self.query_one(SidePanel).show(self.incident, standing.clocks, now, self.desk.actor)
        self._line.names = self._names()

    def _names(self) -> tuple[str, ...]:
        people = dict.fromkeys([self.desk.actor, *(name for _, name in self.incident.roles)])
        return (*people, *self.incident.services)

    # --- the line

    @on(Input.Changed)
    def _typing(self) -> None:
        self._hint()

    @on(Timeline.UnseenChanged)
    def _unseen(self) -> None:
        self._hint()

    @on(LogInput.Left)
    def _to_list(self) -> None:
        self.timeline.focus()

    def _hint(self) -> None:
        """One quiet line that says what the typed text will become, or what to do."""
        hint = self._reading() if self._line.value.strip() else self._standing_hint()
        self.query_one("#hint", Static).update(hint)

    def _standing_hint(self) -> Content:
        unseen = self.timeline.unseen
        parts = [*running_notes(self.incident), *([f"{unseen} new below (G)"] if unseen else [])]
        parts += [f"filter “{clip(self.containing, 30)}” (press / and empty it to see all)"] if self.containing else []
        if parts:
            return Content(" · ".join(parts))
        typing = Content("enter saves · tab completes · esc goes to the list · f1 shows every key")
        return typing if self._line.has_focus else self.entry_keys()

    def on_descendant_focus(self) -> None:
        self._hint()

    def _reading(self) -> Content:
        try:
            read = read_line(self._line.text, self.desk.now(), self.desk.zone)
        except Refused as refusal:
            return Content.styled(str(refusal), "$warning")
        if isinstance(read, LineCommand):
            return Content(f"command {read.name} {clip(first_line(read.rest), 60)}")
        if read.at is None:
            return Content(f"{read.kind} · now")
        when, past = clock_time(read.at, self.desk.zone), countdown(self.desk.now() - read.at)
        return Content(f"{read.kind} · at {when}, {past} ago")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if not self._line.text.strip():
            return
        if self._save_line():
            self._line.saved()
            self.keep_drafts()
            self.reload()

    def _save_line(self) -> bool:
        """Whether the line was carried out; otherwise it stays as it is and the screen says why."""
        try:
            read = read_line(self._line.text, self.desk.now(), self.desk.zone)
            if isinstance(read, NewEntry):
                self.desk.log(self.incident_id, Logged(read.text, read.kind, read.at))
            else:
                self._run(read)
        except Refused as refusal:
            self._say(str(refusal), "$warning")
            return False
        except StorageTrouble as trouble:
            self._say(f"{trouble} The line is still here: press enter to try again.", "bold $error")
            return False
        return True

    def _say(self, sentence: str, style: str) -> None:
        self.query_one("#hint", Static).update(Content.styled(sentence, style))

    def _run(self, command: LineCommand) -> None:
        """Slash commands that write go to the desk; the others go to another place."""
        incident, rest = self.incident_id, command.rest
        match command.name:
            case "status":
                self.desk.change_status(incident, rest or "?")
            case "sev":
                self.desk.change_severity(incident, *severity_change(rest))
            case "role" | "assign":
                self.desk.assign(incident, *role_change(rest))
            case "resolve":
                self.desk.change_status(incident, Status.RESOLVED)
            case "undo":
                self.tell(f"Undone: {self.desk.undo(incident)}")
            case "redo":
                self.tell(f"Back again: {self.desk.redo(incident)}")
            case elsewhere:
                self._go(elsewhere, rest)

    def _go(self, place: str, rest: str) -> None:
        """Leave for another place once the line is empty again."""
        if place == "update":
            audience = choice(rest, Audience, "audience") if rest else None
            self.call_after_refresh(self.post_message, OpenComposer(self.incident_id, audience))
        elif place == "postmortem":
            self.call_after_refresh(self.post_message, OpenPostmortem(self.incident_id))
        elif place == "triage":
            self.call_after_refresh(self.post_message, OpenTriage(self.incident_id))
        elif place == "scope":
            self.call_after_refresh(self.action_scope)
        else:
            self.call_after_refresh(self.post_message, GoBack())

    def keep_drafts(self) -> None:
        text = self._line.text if self.is_mounted else self._kept
        if text == self._kept:
            return
        try:
            self.desk.keep_draft(self._draft_key, text)
            self._kept = text
        except OSError:
            self._say("The draft of this line cannot be kept on disk: save it soon.", "$warning")
