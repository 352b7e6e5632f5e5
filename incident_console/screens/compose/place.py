"""What all parts of the composer stand on: the open draft, its fields and its preview."""

from textual import on
from textual.content import Content
from textual.widgets import Input, Static

from incident_console.clipboard import copy
from incident_console.desk import Desk
from incident_console.domain.comms import Draft, Wish
from incident_console.domain.drafting import Behind
from incident_console.domain.events import Pairs
from incident_console.domain.templates import FORMS
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import audience_name
from incident_console.domain.when import clock_time
from incident_console.screens import Copier, GoBack, Place
from incident_console.screens.compose.open_draft import OpenDraft, View, approval_words
from incident_console.widgets import badges
from incident_console.widgets.concern_list import ConcernList
from incident_console.widgets.message_fields import MessageFields
from incident_console.widgets.one_line import OneLine
from incident_console.widgets.preview import Preview
from incident_console.widgets.still_unknown import StillUnknown

FORM_NAMES = {
    "plain": "plain text", "email": "email", "chat": "chat (Markdown)", "slack": "Slack", "status_page": "status page",
}  # fmt: skip


class ComposePlace(Place):
    """One message: fields beside its preview."""

    def __init__(self, desk: Desk, incident_id: str, wish: Wish | None = None, copier: Copier = copy) -> None:
        super().__init__(desk, copier)
        self.incident_id = incident_id
        self.incident = desk.incident(incident_id)
        self.wish = wish or Wish(desk.waiting_most(self.incident))
        self.open: OpenDraft | None = None
        self.copied: Draft | None = None
        """The message as it was copied; any change of a field ends it."""
        self.taken: Pairs | None = None
        """What the fields held when it was copied; it outlives a change of them."""
        self.accepted: frozenset[tuple[str, str]] = frozenset()
        """(rule, words) of what was said once and copied or sent all the same."""
        self._kept = ""
        self._greeting = ""
        """What is said once, in place of the help for the first field."""

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, f"writing to {audience_name(self.wish.audience)}"

    # --- beginning

    async def start(self) -> None:
        """Show the fields of the message at hand, filled in, the cursor on the first one that is missing."""
        opened = self.attempt(lambda: OpenDraft(self.desk, self.incident, self.wish))
        if opened is None:  # another audience than this kind is for, or nothing to correct
            fallback = Wish(self.wish.audience)
            opened = self.attempt(lambda: OpenDraft(self.desk, self.incident, fallback))
        if opened is None:
            self.post_message(GoBack())
            return
        self.copied, self.taken, self.accepted = None, None, frozenset()
        restored = opened.restore(self.desk.draft(opened.key))
        self._greeting = "What you typed here before is back." if restored else ""
        self.open = None  # while the fields are exchanged, they belong to neither message
        await self.fields.show(opened.fields, opened.values, opened.promise_words, opened.cadence_words())
        self.open, self.wish, self._kept = opened, opened.wish, opened.stored()
        self.query_one("#trouble", OneLine).say(_trouble(self.desk.content_troubles()), "$warning")
        view = self.refresh_view()
        self.fields.focus_first({field.name for field in view.draft.missing} if view is not None else set())

    @property
    def fields(self) -> MessageFields:
        return self.query_one(MessageFields)

    @property
    def form(self) -> str:
        """In which form the message is copied: as this person likes it for this kind, else as the template says."""
        forms = self.open.template.forms if self.open is not None else FORMS
        kind = self.wish.kind or ""
        liked = self.desk.preference(f"form:{self.wish.audience}:{kind}")
        return liked if liked in forms else forms[0]

    def draft(self) -> Draft | None:
        """The message as it stands: exactly as it was copied, until something changes."""
        if self.copied is not None or self.open is None:
            return self.copied
        return self.attempt(self.open.draft)

    def view(self) -> View | None:
        """The draft with everything that there is to say about it."""
        draft, opened = self.draft(), self.open
        return self.attempt(lambda: opened.view(draft)) if draft is not None and opened is not None else None

    # --- what the screen says

    def watch_now(self) -> None:
        if self.is_mounted and self.is_seen and self.open is not None:
            self.refresh_view()

    def watch_revision(self) -> None:
        """Others may have changed the facts: untouched fields follow, words changed by hand stay."""
        if not self.is_mounted or (incident := self.attempt(lambda: self.desk.incident(self.incident_id))) is None:
            return
        self.incident = incident
        opened = self.take_typed()
        if opened is not None and self.attempt(lambda: (opened.follow(incident),)) is not None:
            self.fields.put(opened.values)
            self.refresh_view()

    def take_typed(self) -> OpenDraft | None:
        """The open draft with every letter that stands in the fields: the news of the last ones may still be on its
        way, and must not be overwritten."""
        opened = self.open
        if opened is not None and opened.catch_up(self.fields.values, self.fields.promise):
            self.copied = None
        return opened

    def on_screen_resume(self) -> None:
        self.watch_revision()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= 110, "-wide")

    def refresh_view(self) -> View | None:
        """Show the draft as it stands, and what to look at."""
        view, opened = self.view(), self.open
        if view is None or opened is None:
            return view
        self._heading(view.draft)
        self.query_one(StillUnknown).ask(self.incident)
        self.query_one("#behind", OneLine).say(_behind(view.behind), "$warning")
        self.query_one("#approval", OneLine).say(approval_words(view.clearance, self.desk), "$accent")
        self.query_one(ConcernList).show(view.concerns)
        self.fields.show_cadence(opened.cadence_words())
        before = opened.before
        when = clock_time(before.at, self.desk.zone) if before is not None else ""
        self.query_one(Preview).show(view.draft, before, when, view.concerns)
        return view

    def _heading(self, draft: Draft) -> None:
        clocks = self.desk.standing(self.incident).clocks
        heading = badges.message_heading(self.incident, draft, clocks, self.now or self.desk.now())
        self.query_one("#heading", OneLine).show(heading)
        tone = self.open.template.tone[:1] if self.open is not None else ()
        title = " · ".join((f"copied as {FORM_NAMES[self.form]} (f2)", *tone))
        self.query_one(Preview).border_title = Content(title)

    def say(self, sentence: str, style: str = "") -> None:
        """One sentence at the bottom."""
        self.query_one("#status", Static).update(Content.styled(sentence, style) if style else Content(sentence))

    # --- typing

    def on_descendant_focus(self) -> None:
        """What belongs into the field that has the focus."""
        field = self.fields.field_in_focus
        if field is not None:
            self.say(self._greeting or f"{field.label}: {field.help}")
            self._greeting = ""

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        opened = self.open
        if opened is None or event.input.name is None:
            return
        if opened.catch_up(self.fields.values, self.fields.promise):
            self.copied = None
            self.refresh_view()

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next(Input)

    # --- drafts

    def keep_drafts(self) -> None:
        if self.is_mounted and self.open is not None and (stored := self.open.stored()) != self._kept:
            self.put_aside(self.open.key, stored)
            self._kept = stored

    def forget_draft(self) -> None:
        """It went out: nothing is left to be kept."""
        if self.open is not None:
            self.put_aside(self.open.key, "")
            self._kept = self.open.stored()


def _behind(others: tuple[Behind, ...]) -> str:
    """Which channels hold what is no longer so; empty where none does."""
    if not others:
        return ""
    parts = [
        f"{each.account or audience_name(each.audience)} ({', '.join(each.facts).replace('_', ' ')})" for each in others
    ]
    return clip(f"Told otherwise before: {'; '.join(parts)}. f7 writes to them next.", 200)


def _trouble(troubles: tuple[str, ...]) -> str:
    """Files of the company that could not be used; empty where all of them work."""
    more = f" And {len(troubles) - 1} more." if len(troubles) > 1 else ""
    return f"Not used: {clip(clean_line(troubles[0]), 200)}{more}" if troubles else ""
