"""The composer: the next message to an audience, made from what is known, checked, copied and recorded as sent."""

from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from incident_console.clipboard import copy
from incident_console.desk import Desk
from incident_console.domain.comms import Wish
from incident_console.domain.room import may_look_again
from incident_console.domain.rows import message_name
from incident_console.domain.vocabulary import AUDIENCE_NAMES, Audience
from incident_console.screens import Copier, GoBack, OpenTriage
from incident_console.screens.compose.open_draft import OpenDraft
from incident_console.screens.compose.outgoing import Outgoing
from incident_console.widgets.concern_list import ConcernList
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.message_fields import MessageFields
from incident_console.widgets.one_line import OneLine
from incident_console.widgets.preview import Preview
from incident_console.widgets.questions import Choose
from incident_console.widgets.still_unknown import StillUnknown


def _quiet(key: str, action: str, name: str, tip: str) -> Binding:
    """A key that the screen names where it helps; the line at the bottom has room for the others only."""
    return Binding(key, action, name, show=False, id=f"compose.{action}", tooltip=tip)


class ComposeScreen(Outgoing):
    """Fields, preview, what to look at; above them who waits."""

    CSS_PATH = "compose.tcss"
    AUTO_FOCUS = ""  # the first field that is missing gets it, once the fields are there
    BINDING_GROUP_TITLE = "Composer"
    BINDINGS = [
        Binding("ctrl+y", "copy", "Copy", priority=True, id="compose.copy", tooltip="Copy the message"),
        Binding(
            "ctrl+s", "sent", "Mark as sent", priority=True, id="compose.sent", tooltip="It went out: keep its words"
        ),
        Binding("f2", "form", "Form", id="compose.form", tooltip="For mail, chat, Slack, status page or plain"),
        Binding("f4", "audience", "Audience", id="compose.audience", tooltip="Write to another audience"),
        Binding("f5", "kind", "Kind", id="compose.kind", tooltip="Another kind of message"),
        Binding("f10", "sent_as", "Sent …", id="compose.sent_as", tooltip="It went out: name the channel and the time"),
        Binding("escape", "leave", "Back", id="compose.leave", tooltip="Back to the incident; what is typed is kept"),
        _quiet("ctrl+r", "rewrite", "Take it", "Write what the concern proposes"),
        _quiet("ctrl+n", "concern", "Next concern", "Show the next concern"),
        _quiet("ctrl+l", "look", "Compare", "The message, what differs from the last one, the last one"),
        _quiet("ctrl+o", "approval", "Approval", "Ask for approval, or answer"),
        _quiet("f3", "subject", "Subject", "Copy the subject or title alone"),
        _quiet("f6", "triage", "Still open", "Answer what triage left open"),
        _quiet("f7", "follow_up", "Follow up", "Write to who was told otherwise before"),
        _quiet("f8", "plain", "Plain text", "Show the text alone, to select it by hand"),
        _quiet("f9", "write", "File", "Write the text to a file"),
        Binding("down", "app.focus_next", "Next line", show=False, id="compose.next", tooltip="The next line"),
        Binding("up", "app.focus_previous", "Line before", show=False, id="compose.before", tooltip="The line before"),
        Binding("pagedown", "scroll(1)", "Down", show=False, id="compose.down", tooltip="Scroll the preview down"),
        Binding("pageup", "scroll(-1)", "Up", show=False, id="compose.up", tooltip="Scroll the preview up"),
    ]  # fmt: skip

    def __init__(
        self, desk: Desk, incident_id: str, audience: str | None = None, copier: Copier = copy, *,
        kind: str | None = None, account: str = "", corrects: int | None = None,
    ) -> None:  # fmt: skip
        """`corrects`: the number of an earlier message to the same audience; `account`: the key account it goes to."""
        wish = Wish(audience, kind, account=account, corrects=corrects) if audience is not None else None
        super().__init__(desk, incident_id, wish, copier)

    def compose(self) -> ComposeResult:
        yield OneLine(id="heading")
        yield OneLine(id="trouble")
        yield StillUnknown(id="unknown")
        yield OneLine(id="behind")
        yield OneLine(id="approval")
        with Horizontal(id="work"):
            yield MessageFields(id="fields")
            yield Preview(id="preview")
        yield ConcernList(id="concerns")
        yield Static(id="status")
        yield KeyBar()

    async def on_mount(self) -> None:
        await self.start()

    # --- what to look at

    def action_concern(self) -> None:
        self.query_one(ConcernList).turn()

    def action_rewrite(self) -> None:
        """Put the rewrite of the concern that is shown into its field."""
        concern, opened = self.query_one(ConcernList).current, self.take_typed()
        if concern is None or opened is None:
            self.say("There is nothing to rewrite.")
            return
        if opened.rewrite(concern) is None:
            self.say("There is no ready wording for this one. Change it by hand.")
        else:
            self._changed(opened)

    def _changed(self, opened: OpenDraft) -> None:
        """Its fields read differently now."""
        self.copied = None
        self.fields.put(opened.values)
        self.refresh_view()

    def action_look(self) -> None:
        if self.open is not None and self.open.before is None:
            self.say("Nothing was sent to them before.")
            return
        said = {"message": "The message.", "differences": "What differs from the last one.", "last": "The last one."}
        look = self.query_one(Preview).turn()
        self.refresh_view()
        self.say(said[look])

    def action_scroll(self, step: int) -> None:
        preview = self.query_one(Preview)
        preview.scroll_relative(y=step * max(1, preview.size.height - 1), animate=False)

    # --- another message

    async def _instead(self, wish: Wish) -> None:
        self.keep_drafts()
        self.wish = wish
        await self.start()

    @work
    async def action_audience(self) -> None:
        options = [(audience.value, Content(name)) for audience, name in AUDIENCE_NAMES.items()]
        answer = await self.app.push_screen_wait(Choose(Content("Write to"), options, self.wish.audience))
        account = await self._account() if answer == Audience.KEY_ACCOUNTS else ""
        here = (self.wish.audience, self.wish.account)
        if answer is not None and account is not None and (answer, account) != here:
            await self._instead(Wish(answer, account=account))

    async def _account(self) -> str | None:
        """Which key account, where some are listed; None when the person left."""
        options = [(each.name, Content(each.name)) for each in self.incident.accounts]
        if not options:
            return ""
        return await self.app.push_screen_wait(Choose(Content("Which key account"), options, self.wish.account))

    @work
    async def action_kind(self) -> None:
        templates = self.desk.offered(self.incident, self.wish.audience)
        options = [(each.kind, Content(each.name or message_name(each.kind))) for each in templates]
        answer = await self.app.push_screen_wait(Choose(Content("Kind of message"), options, self.wish.kind or ""))
        if answer is not None and answer != self.wish.kind:
            await self._instead(replace(self.wish, kind=answer, corrects=None))

    @work
    async def action_follow_up(self) -> None:
        """On to the next audience that was told otherwise before; this draft is kept."""
        view = self.view()
        behind = sorted((each.audience, each.account) for each in view.behind) if view is not None else []
        if not behind:
            self.say("Nobody was told otherwise before.")
            return
        here = (self.wish.audience, self.wish.account)
        audience, account = next((each for each in behind if each > here), behind[0])  # all of them, one after another
        await self._instead(Wish(audience, account=account))

    def action_triage(self) -> None:
        self.keep_drafts()
        if self.attempt(lambda: may_look_again(self.incident)):
            self.post_message(OpenTriage(self.incident_id, unknown_first=True))

    def action_leave(self) -> None:
        self.keep_drafts()
        self.post_message(GoBack())
