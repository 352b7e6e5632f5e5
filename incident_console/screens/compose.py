"""The composer: the next message to an audience, filled in from what is known, copied and recorded as sent."""

import json

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Static

from incident_console.clipboard import CopyResult, CopyState, copy
from incident_console.desk import Desk
from incident_console.domain.comms import Draft, Template
from incident_console.domain.decide import Check
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import AUDIENCE_NAMES, MESSAGE_NAMES
from incident_console.domain.when import clock_time
from incident_console.screens import Copier, GoBack, OpenTriage, Place
from incident_console.widgets import badges
from incident_console.widgets.message_fields import MessageFields
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.questions import Choose
from incident_console.widgets.still_unknown import StillUnknown


class ComposeScreen(Place):
    """One message: fields beside its preview."""

    CSS_PATH = "compose.tcss"
    BINDING_GROUP_TITLE = "Composer"
    BINDINGS = [
        Binding("ctrl+y", "copy", "Copy", priority=True, id="compose.copy", tooltip="Copy subject and text"),
        Binding(
            "ctrl+s", "sent", "Mark as sent", priority=True, id="compose.sent", tooltip="It went out: keep its words"
        ),
        Binding("f4", "audience", "Audience", id="compose.audience", tooltip="Write to another audience"),
        Binding("f5", "kind", "Kind", id="compose.kind", tooltip="Another kind of message"),
        Binding("f6", "triage", "Still open", id="compose.triage", tooltip="Answer what triage left open"),
        Binding("f8", "plain", "Plain text", id="compose.plain", tooltip="Show the text alone, to select it by hand"),
        Binding("f9", "write", "File", id="compose.write", tooltip="Write the text to a file"),
        Binding("escape", "leave", "Back", id="compose.leave", tooltip="Back to the incident; what is typed is kept"),
    ]

    def __init__(self, desk: Desk, incident_id: str, audience: str | None = None, copier: Copier = copy) -> None:
        super().__init__(desk, copier)
        self.incident_id = incident_id
        self.incident = desk.incident(incident_id)
        self.audience = audience or desk.waiting_most(self.incident)
        self.kind: str | None = None
        self.template: Template | None = None
        self.copied: Draft | None = None
        """The message as it was copied; any change of a field ends it."""
        self._warned: tuple[str, str] = ("", "")
        self._kept = ""
        self._shown = ""
        self._headed = Content("")

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, f"writing to {self.audience}"

    def compose(self) -> ComposeResult:
        yield Static(id="heading")
        yield StillUnknown(id="unknown")
        with Horizontal(id="work"):
            yield MessageFields(id="fields")
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="text")
        yield Static(id="status")
        yield Footer(show_command_palette=False, compact=True)

    async def on_mount(self) -> None:
        await self._start()

    async def _start(self) -> None:
        """Show the fields of the message at hand, filled in, the cursor on the first one that is missing."""
        template = self.attempt(lambda: self.desk.suggested(self.incident, self.audience, self.kind))
        if template is None:
            self.kind = None
            template = self.attempt(lambda: self.desk.suggested(self.incident, self.audience, None))
        if template is None:
            self.post_message(GoBack())
            return
        self.template, self.copied, self._warned = template, None, ("", "")
        values = self.desk.prefilled(self.incident, template, self.audience)
        restored = self._restored()
        values.update({name: value for name, value in restored.items() if name in values})
        await self.fields.show(template.fields, values)
        self._kept = self._form()
        words = "What you typed here before is back." if restored else "ctrl+y copies · ctrl+s records it as sent"
        self._say(Content(words))
        self._preview()
        draft = self.draft()
        self.fields.focus_first({field.name for field in draft.missing} if draft is not None else set())

    @property
    def fields(self) -> MessageFields:
        return self.query_one(MessageFields)

    def draft(self) -> Draft | None:
        """The message as it stands: exactly as it was copied, until something changes."""
        if self.copied is not None:
            return self.copied
        if self.template is None:
            return None
        kind, values = self.template.kind, self.fields.values
        return self.attempt(lambda: self.desk.compose(self.incident_id, self.audience, kind, values))

    # --- what the screen says

    def watch_now(self) -> None:
        if self.is_mounted and self.is_current and self.template is not None:
            self._preview()

    def watch_revision(self) -> None:
        """Others may have changed the facts; the fields are left as they are, the preview tells the new state."""
        if self.is_mounted and (incident := self.attempt(lambda: self.desk.incident(self.incident_id))) is not None:
            self.incident = incident
            self._preview()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= 110, "-wide")

    def _preview(self) -> None:
        draft = self.draft()
        if draft is None:
            return
        self._heading(draft)
        self.query_one(StillUnknown).show(self.incident)
        if draft.whole != self._shown:
            self._shown = draft.whole
            self.query_one("#text", Static).update(_marked(draft))

    def on_screen_resume(self) -> None:
        self.watch_revision()

    def action_triage(self) -> None:
        self.keep_drafts()
        self.post_message(OpenTriage(self.incident_id, unknown_first=True))

    def _heading(self, draft: Draft) -> None:
        clocks = self.desk.standing(self.incident).clocks
        heading = badges.message_heading(self.incident, draft, clocks, self.now or self.desk.now())
        if heading != self._headed:
            self._headed = heading
            self.query_one("#heading", Static).update(heading)

    def on_descendant_focus(self) -> None:
        """What belongs into the field that has the focus."""
        field = self.fields.field_in_focus
        if field is not None:
            self._say(Content(f"{field.label}: {field.help}"))

    def _say(self, sentence: Content) -> None:
        self.query_one("#status", Static).update(sentence)

    @on(Input.Changed)
    def _typing(self) -> None:
        if self._form() != self._kept:
            self.copied = None
        self._preview()

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next(Input)

    # --- copy and send

    def action_copy(self) -> None:
        self.copied = None
        draft = self.draft()
        if draft is None or self._holds_back("copy", draft):
            return
        self.copied = draft
        self._say(Content("Copying …"))
        self.copy_text(draft.whole, self._copied)

    def _holds_back(self, what: str, draft: Draft) -> bool:
        """Something missing is said once; the same key again goes on."""
        labels = ", ".join(field.label for field in draft.missing)
        if not draft.missing or self._warned == (what, labels):
            return False
        self._warned = (what, labels)
        self._say(Content.styled(f"! Still missing: {labels}. The same key again goes on without it.", "bold $warning"))
        return True

    def _copied(self, result: CopyResult) -> None:
        draft = self.copied
        style = "bold $error" if result.state is CopyState.FAILED else "$success"
        if result.state is CopyState.FAILED:
            self.copied = None
            self.action_plain()
        elif draft is not None:
            self.attempt(lambda: self.desk.copied(draft, f"{result.how}, {result.state}"))
        way_out = " f8 shows it plainly, f9 writes it." if result.state in (CopyState.FAILED, CopyState.SENT) else ""
        after = "" if result.state is CopyState.FAILED else " Not recorded as sent yet: ctrl+s once it is out."
        self._say(Content.styled(f"{result.sentence}{way_out}{after}", style))

    def action_sent(self) -> None:
        draft = self.draft()
        if draft is None or self._holds_back("sent", draft):
            return
        check = Check.FORCED if draft.missing else Check.STRICT
        if self.attempt(lambda: self.desk.mark_sent(draft, None, check)) is None:
            self._say(Content.styled("Not recorded. The message is still here: ctrl+s tries again.", "bold $error"))
            return
        self.put_aside(self._key, "")
        self._kept = self._form()
        due = f" Next one is due {clock_time(draft.next_at, self.desk.zone)}." if draft.next_at is not None else ""
        self.notify(f"{draft.audience} #{draft.number} recorded as sent.{due}", markup=False)
        self.post_message(GoBack())

    def action_plain(self) -> None:
        if (draft := self.draft()) is not None:
            self.app.push_screen(PlainView(draft.whole, self._write_file))

    def action_write(self) -> None:
        self._say(self._write_file())

    def _write_file(self) -> Content:
        draft = self.draft()
        if draft is None:
            return Content("There is nothing to write.")
        try:
            path = self.desk.write_plain(draft.whole)
        except OSError as error:
            return Content.styled(f"Not written: {error.strerror}. Copy it by hand with f8.", "bold $error")
        return Content(f"Written to {clean_line(str(path))}")

    @work
    async def action_audience(self) -> None:
        options = [(audience.value, Content(name)) for audience, name in AUDIENCE_NAMES.items()]
        answer = await self.app.push_screen_wait(Choose(Content("Write to"), options, self.audience))
        if answer is not None and answer != self.audience:
            self.keep_drafts()
            self.audience, self.kind = answer, None
            await self._start()

    @work
    async def action_kind(self) -> None:
        options = [(kind.value, Content(name)) for kind, name in MESSAGE_NAMES.items()]
        current = self.template.kind if self.template is not None else ""
        answer = await self.app.push_screen_wait(Choose(Content("Kind of message"), options, current))
        if answer is not None and answer != current:
            self.keep_drafts()
            self.kind = answer
            await self._start()

    def action_leave(self) -> None:
        self.keep_drafts()
        self.post_message(GoBack())

    # --- drafts

    @property
    def _key(self) -> str:
        return f"compose:{self.incident_id}:{self.audience}:{self.template.kind if self.template else ''}"

    def _form(self) -> str:
        return json.dumps(self.fields.values)

    def keep_drafts(self) -> None:
        if self.is_mounted and self.template is not None and (form := self._form()) != self._kept:
            self.put_aside(self._key, form)
            self._kept = form

    def _restored(self) -> dict[str, str]:
        try:
            kept = json.loads(self.desk.draft(self._key) or "{}")
            return {str(name): clean(str(value)) for name, value in kept.items()}
        except (ValueError, AttributeError):
            return {}


def _marked(draft: Draft) -> Content:
    """The message with what is missing made loud; the brackets say it without colour."""
    content = Content.assemble((draft.subject, "bold"), "\n\n", Content(draft.text))
    for field in draft.missing:
        mark = f"[missing: {field.label}]"
        start = content.plain.find(mark)
        while start >= 0:
            content = content.stylize("bold $background on $warning", start, start + len(mark))
            start = content.plain.find(mark, start + len(mark))
    return content
