"""The composer's ways out: copying in several forms, marking as sent, approval, and the checks that are said first."""

from textual import work
from textual.content import Content
from textual.widgets import Static

from incident_console.clipboard import CopyResult, CopyState
from incident_console.desk import ContentTrouble, StorageTrouble
from incident_console.domain.approvals import Clearance, Standing
from incident_console.domain.comms import Draft
from incident_console.domain.decide import Check
from incident_console.domain.drafting import Concern, overruled
from incident_console.domain.events import Pairs
from incident_console.domain.forms import Written, written
from incident_console.domain.incident import Incident, lookup
from incident_console.domain.logline import stated_time
from incident_console.domain.sending import Sending, SentTwice
from incident_console.domain.templates import FORMS
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import OddTime, Refused, audience_name
from incident_console.domain.when import clock_time
from incident_console.screens import GoBack
from incident_console.screens.compose.open_draft import View
from incident_console.screens.compose.place import FORM_NAMES, ComposePlace
from incident_console.widgets.concern_list import ConcernList, in_short
from incident_console.widgets.form import Cell, Row
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.questions import Choose
from incident_console.widgets.read_then_choose import ReadThenChoose

NO_APPROVAL = Concern("approval", "warning", "", "Nobody has approved this message yet.")

NOT_COPIED = Concern("uncopied", "warning", "", "You have not copied this message here. ctrl+s means that it is out.")

NOT_THESE = Concern("copied", "warning", "", "These are not the words that were copied: they were changed since.")

HOW = (
    Row("channel", (Cell("channel", "email, status page, #incident-payments"),)),
    Row("when", (Cell("when", "empty: now; -5m or 02:47"),)),
)


class Outgoing(ComposePlace):
    """Copy, send, approve. Nothing blocks: what there is to say is said once, the same key again goes on."""

    _asked: Pairs | None = None
    """The answers about which the desk asked; the same once more means that they are meant."""

    # --- holding back once

    def _holds_back(self, view: View, more: tuple[Concern, ...] = ()) -> bool:
        """Whether something loud is said now for the first time; accepted with the same key again."""
        loud = [concern for concern in (*view.concerns, *more) if concern.loud]
        if all(_key(concern) in self.accepted for concern in loud):
            return False
        self.accepted = self.accepted | frozenset(map(_key, loud))
        self.query_one(ConcernList).point_at(loud[0])
        about = in_short(loud[0]) if loud[0].words else clean_line(loud[0].advice).rstrip(".")
        others = f" And {len(loud) - 1} more." if len(loud) > 1 else ""
        self.say(f"! {about}.{others} The same key again goes on.", "bold $warning")
        return True

    def _take(self, draft: Draft) -> None:
        """These words are copied; what changed meanwhile was read and is asked about no more."""
        self.copied, self.taken = draft, draft.values
        self.accepted -= {_key(NOT_THESE)}
        if self.open is not None:
            self.open.accept()
            self.refresh_view()

    # --- copying

    def _written(self, draft: Draft) -> Written:
        return written(draft.subject, draft.text, self.form)

    def action_copy(self) -> None:
        """Copy the message: its body alone where the subject has a line of its own."""
        self.copied, self.taken = None, None
        if (view := self._ready()) is None:
            return
        self._take(view.draft)
        parts = self._written(view.draft)
        self.say("Copying …")
        self.copy_text(parts.body if self.form in TWO_PARTS else parts.whole, self._copied)

    def action_subject(self) -> None:
        """Copy the subject, or the title of a status page."""
        draft = self.draft()
        if draft is not None:
            self.copy_text(self._written(draft).subject, self._copied_subject)

    def _copied_subject(self, result: CopyResult) -> None:
        self.say(f"Subject: {result.sentence}", "bold $error" if result.state is CopyState.FAILED else "$success")

    def _copied(self, result: CopyResult) -> None:
        draft = self.copied
        if result.state is CopyState.FAILED:
            self.copied, self.taken = None, None
            self.action_plain()
            self.say(result.sentence, "bold $error")
            return
        if draft is not None and self.open is not None:
            saved = self.attempt(lambda: self.desk.copied(draft, f"{result.how}, {result.state}"))
            if saved is not None:
                self.open.stated(draft)
                self.watch_revision()
        two = " f3 copies the subject." if self.form in TWO_PARTS else ""
        way_out = " f8 shows it plainly, f9 writes it." if result.state is CopyState.SENT else ""
        self.say(f"Copied, not yet sent: ctrl+s once it is out.{two} {result.sentence}{way_out}", "$success")

    def action_form(self) -> None:
        """The next form in which this message can be written down; it is remembered."""
        if self.open is None:
            return
        forms = [form for form in FORMS if form in self.open.template.forms]
        place = forms.index(self.form) if self.form in forms else -1
        self.desk.prefer(f"form:{self.wish.audience}:{self.wish.kind}", forms[(place + 1) % len(forms)])
        self.refresh_view()
        self.say(f"It is copied as {FORM_NAMES[self.form]} now.")

    def action_plain(self) -> None:
        if (draft := self.draft()) is not None:
            self.taken = draft.values
            self.app.push_screen(PlainView(self._written(draft).whole, self._write_file))

    def action_write(self) -> None:
        self.query_one("#status", Static).update(self._write_file())

    def _write_file(self) -> Content:
        draft = self.draft()
        if draft is None:
            return Content("There is nothing to write.")
        try:
            path = self.desk.write_plain(self._written(draft).whole)
            self.taken = draft.values
        except OSError as error:
            return Content.styled(f"Not written: {error.strerror}. Copy it by hand with f8.", "bold $error")
        return Content(f"Written to {clean_line(str(path))}")

    # --- sent

    def action_sent(self) -> None:
        """It went out now, the usual way."""
        if (view := self._ready(*self._uncopied())) is not None:
            self._record(view, Sending(None, self._channel(view.draft), self._overruled(view)))

    def _uncopied(self) -> tuple[Concern, ...]:
        """In every form here ctrl+s saves; a message that nobody took out of the console was hardly sent."""
        return () if self.taken is not None else (NOT_COPIED,)

    def _ready(self, *more: Concern) -> View | None:
        """The message, unless there is something to be said first."""
        view = self.view()
        if view is None:
            return None
        edited = () if self.taken in (None, view.draft.values) else (NOT_THESE,)
        return None if self._holds_back(view, (*more, *_unapproved(view), *edited)) else view

    def _overruled(self, view: View) -> tuple[str, ...]:
        return overruled((*view.concerns, *_unapproved(view)))

    def _channel(self, draft: Draft) -> str:
        form = "" if self.taken is None or self.form == "plain" else FORM_NAMES[self.form]
        usual = self.attempt(lambda: self.desk.usual_channel(self.incident_id, draft.audience, form))
        return usual or FORM_NAMES[self.form]

    @work
    async def _record(self, view: View, how: Sending) -> None:
        try:
            saved: Incident | None = self.desk.mark_sent(view.draft, how)
        except SentTwice as twice:
            saved = await self._once_more(str(twice), view, how)
        except (Refused, ContentTrouble, StorageTrouble) as trouble:
            said = clean_line(str(trouble))
            self.say(f"Not recorded. {said} The message is still here: ctrl+s tries again.", "bold $error")
            return
        if saved is not None:
            self._left(view.draft, saved)

    async def _once_more(self, sentence: str, view: View, how: Sending) -> Incident | None:
        """A second message within a minute: asked, not refused."""
        options = [("no", Content("No, it was the same one")), ("yes", Content("Yes, this one went out, too"))]
        if await self.app.push_screen_wait(Choose(Content(sentence), options)) != "yes":
            self.say("Nothing was recorded.")
            return None
        return self.attempt(lambda: self.desk.mark_sent(view.draft, how, Check.FORCED))

    def _left(self, draft: Draft, saved: Incident) -> None:
        self.forget_draft()
        self.incident = saved
        name = audience_name(draft.audience)
        self.notify(f"{name} #{saved.sent[-1].number} recorded as sent.{self._due(draft)}", markup=False)
        self.post_message(GoBack())

    def _due(self, draft: Draft) -> str:
        if not self.incident.is_open:
            return f" {self.incident.reference} is closed, so no clock starts."
        return f" Next one is due {clock_time(draft.next_at, self.desk.zone)}." if draft.next_at is not None else ""

    @work
    async def action_sent_as(self) -> None:
        """It went out through another channel, or a while ago."""
        if (view := self._ready()) is None:
            return
        self._asked, draft = None, view.draft
        key = f"sent-as:{self.incident_id}:{draft.audience}"
        title = Content(f"How {audience_name(draft.audience)} #{draft.number} went out")
        preset = (("channel", self._channel(draft)),)
        await self.fill(key, title, HOW, preset, lambda given: self._sent_as(view, given))

    def _sent_as(self, view: View, given: Pairs) -> Incident:
        """What is odd is asked about; the same answers once more mean that they are meant so."""
        when, check = lookup(given, "when"), Check.FORCED if given == self._asked else Check.STRICT
        at = stated_time(when, self.desk.now(), self.desk.zone, self.incident) if when else None
        how, draft = Sending(at, lookup(given, "channel"), self._overruled(view)), self._as_of(at, view.draft)
        try:
            saved = self.desk.mark_sent(draft, how, check)
        except (SentTwice, OddTime) as question:
            self._asked = given
            raise Refused(f"{question} To record it all the same, save once more.") from None
        self._left(draft, saved)
        return saved

    def _as_of(self, at: int | None, draft: Draft) -> Draft:
        """What went out before the incident was closed has the times of then, unless these very words were taken."""
        if at is None or self.open is None or self.taken is not None:
            return draft
        return self.open.draft(at) if self.incident.afterwards(at, self.desk.now()) else draft

    # --- approval

    @work
    async def action_approval(self) -> None:
        """Ask for approval, or answer somebody's request for this kind of message to this audience."""
        if (view := self.view()) is not None:
            await self._approval(view)

    async def _approval(self, view: View) -> None:
        known = view.clearance.approval
        if known is not None and known.state == "asked":
            await self._answer(view.clearance)
        elif known is not None and view.clearance.standing is Standing.GIVEN:
            self.say(f"{known.answered_by} approved these words already. ctrl+y copies them.")
        else:
            self._request(view.draft, "Approval is asked for. Whoever opens this message can give it with ctrl+o.")

    async def _answer(self, clearance: Clearance) -> None:
        approval = clearance.approval
        if approval is None:
            return
        words = self.attempt(lambda: self.desk.asked_words(approval.id))
        own = approval.asked_by == self.desk.actor
        options = [
            ("give", Content("Approve these words" + (", alone, with a reason" if own else ""))),
            ("return", Content("Give it back with a reason")),
        ]
        if clearance.standing is Standing.OUTDATED:
            options.append(("again", Content("Ask for my words here instead")))
        question = Content(f"{clean_line(approval.asked_by)} asks for approval")
        answer = await self.app.push_screen_wait(ReadThenChoose(question, Content(clean(words or "")), options))
        match answer:
            case "again":
                self._ask_again()
            case "give" if not own:
                self._settled(self.attempt(lambda: self.desk.approve(self.incident_id, approval.id)), "Approved.")
            case "give" | "return":
                await self._with_reason(approval.id, answer)

    def _ask_again(self) -> None:
        draft = self.draft()
        if draft is not None:
            self._request(draft, "Approval is asked for.")

    def _request(self, draft: Draft, sentence: str) -> None:
        saved = self.attempt(lambda: self.desk.ask_approval(draft))
        if saved is not None and self.open is not None:
            self.open.stated(draft)
        self._settled(saved, sentence)

    async def _with_reason(self, approval_id: str, what: str) -> None:
        question = "Why you approve your own message" if what == "give" else "What should be different"
        key = f"approval:{approval_id}:{what}"
        command = self.desk.approve if what == "give" else self.desk.return_message
        saved = await self.ask_until(
            key, Content(question), lambda reason: command(self.incident_id, approval_id, reason), needed=True
        )
        self._settled(saved, "Approved." if what == "give" else "Given back.")

    def _settled(self, saved: Incident | None, sentence: str) -> None:
        if saved is not None:
            self.watch_revision()
            self.say(sentence, "$success")


TWO_PARTS = ("email", "status_page")
"""Forms whose subject has a line of its own, so that it is copied by a key of its own."""


def _unapproved(view: View) -> tuple[Concern, ...]:
    return () if view.clearance.may_go else (NO_APPROVAL,)


def _key(concern: Concern) -> tuple[str, str]:
    return concern.rule, concern.words
