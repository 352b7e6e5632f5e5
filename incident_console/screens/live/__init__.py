"""The room where an incident is run: header, timeline, the scribe's line. Keys become desk commands here, no more."""

from collections.abc import Callable
from typing import Final

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from incident_console.desk import ContentTrouble, Desk, StorageTrouble
from incident_console.desk.line_orders import Outcome
from incident_console.domain.clock import SECOND
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Audience, Refused, choice
from incident_console.screens import OpenComposer
from incident_console.screens.live.hints import reading, standing_hints
from incident_console.screens.live.keys import LiveKeys
from incident_console.widgets.incident_header import IncidentHeader
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.side_panel import Beside, SidePanel
from incident_console.widgets.timeline import Quiet, Timeline

NOTHING_FITS: Final = "No entry fits the filter. Press / and empty it to see all."

SELDOM: Final = 5
"""Seconds between two looks for what changes seldom."""

SAID: Final = 30 * SECOND
"""How long a sentence about the last line stays over an empty one."""


class LiveScreen(LiveKeys):
    """One incident as it runs."""

    CSS_PATH = "live.tcss"
    AUTO_FOCUS = "LogInput"

    def __init__(self, desk: Desk, incident_id: str) -> None:
        super().__init__(desk, incident_id)
        self._kept = ""
        self._here: tuple[tuple[str, str], ...] = ()
        """(name, place) of everybody else, as it was a moment ago."""
        self._said: Content | None = None
        """What the last line has to say; it stays for a while, or until the next letter."""
        self._said_at = 0
        self._refused: Content | None = None
        """Why the line is still there; it stays until the line changes."""
        self._hinted = Content("")

    def compose(self) -> ComposeResult:
        yield IncidentHeader(self.desk.zone, self.desk.actor)
        with Horizontal(id="room"):
            yield Timeline(self.desk.zone)
            yield SidePanel()
        with Vertical(id="desk-line"):
            yield Static(id="hint")
            yield LogInput()
        yield KeyBar()

    def on_mount(self) -> None:
        self._here = self.desk.also_here(self.incident_id)
        self.show_rows()
        self._show_state()
        self.line.restore(self.desk.draft(self._draft_key))
        self._kept = self.line.text
        self._hint()

    @property
    def _draft_key(self) -> str:
        return f"log:{self.incident_id}"

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, "in the room"

    # --- what others and the clock change

    def watch_now(self) -> None:
        if not (self.is_mounted and self.is_seen):
            return
        if self.now // SECOND % SELDOM == 0:  # who is here and what is worth knowing is not told by the second
            self._here = self.desk.also_here(self.incident_id)
            if not self.line.value.strip():
                self._hint()
        self._show_state()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= 100, "-wide")
        if self.is_mounted:
            self._show_state()
            self._hint()

    def reload(self) -> None:
        """Read what is true now; the half-typed line is not touched."""
        incident = self.attempt(lambda: self.desk.incident(self.incident_id))
        if incident is None:
            return
        self._say_what_others_did(incident.status)
        self.incident = incident
        self._mark_silences()
        self.attempt(self.timeline.grow)
        self._show_state()

    def _say_what_others_did(self, status: str) -> None:
        """A status that somebody else set is said; the eyes may be on the line."""
        if status == self.incident.status:
            return
        latest = self.attempt(lambda: self.desk.last_status_event(self.incident_id))
        if latest is not None and latest.actor != self.desk.actor:
            self.tell(f"{latest.actor or 'Somebody'} set the status to {status}.")

    @on(LogInput.WantsNames)
    def _learn_names(self) -> None:
        """What tab completes: people, and services and flows that were ever named; looked up when somebody asks."""
        people = self.attempt(lambda: self.desk.people(self.incident)) or ()
        services = self.attempt(self.desk.known_services) or ()
        names = (*people, *self.incident.services, *services, *self.incident.flows)
        self.line.complete_with(tuple(dict.fromkeys(names)))

    def show_rows(self) -> None:
        rows = self.attempt(lambda: self.desk.rows(self.incident_id, self.containing))
        if rows is not None:
            self.timeline.marks_late = not self.incident.imported
            self._mark_silences()
            self.timeline.empty = NOTHING_FITS if self.containing else ""
            self.timeline.show(rows)
        self._hint()

    def _mark_silences(self) -> None:
        """Only where people wrote while it happened, and only while nothing is filtered away."""
        length = 0 if self.incident.imported or self.containing else self.desk.policy.habits.silence * SECOND
        self.timeline.quiet = Quiet(self.incident.responses(self.desk.now()), length)

    def show_zone(self) -> None:
        self.timeline.show_zone(self.desk.zone)
        self.query_one(IncidentHeader).show_zone(self.desk.zone)
        self._show_state()
        self._hint()

    def _show_state(self) -> None:
        standing = self.attempt(lambda: self.desk.standing(self.incident))
        if standing is None:
            return
        now = self.now or self.desk.now()
        header = self.query_one(IncidentHeader)
        header.show(self.incident, standing.clocks, now, header.size.width or self.size.width, self._here)
        items = self.attempt(lambda: self.desk.open_items(self.incident)) or ()
        beside = Beside(standing.clocks, tuple(item.text for item in items), self._here, self.desk.actor)
        self.query_one(SidePanel).show(self.incident, beside, now)

    # --- the line

    @on(Input.Changed)
    def _typing(self) -> None:
        if self.line.value:
            self._said = None
        self._refused = None
        self._hint()

    @on(Timeline.UnseenChanged)
    def _unseen(self) -> None:
        self._hint()

    @on(LogInput.Left)
    def _to_list(self) -> None:
        self.timeline.focus()

    def on_descendant_focus(self) -> None:
        self._hint()

    def _hint(self) -> None:
        """What the typed text will become; over an empty line, what is worth knowing and what to do."""
        text = self.line.text
        if self._refused is not None:
            self._paint_hint(self._refused)
            return
        hint = self._reading(text) if text.strip() else self._standing_hint()
        self._paint_hint(hint)

    def _reading(self, text: str) -> Content:
        return reading(text, self.desk.now(), self.desk.zone, self.incident)

    def _paint_hint(self, hint: Content) -> None:
        """Only what reads differently is laid out and drawn again."""
        if hint != self._hinted:
            self._hinted = hint
            self.query_one("#hint", Static).update(hint)

    def _standing_hint(self) -> Content:
        parts = self.attempt(lambda: standing_hints(self.desk, self.desk.standing(self.incident))) or []
        unseen = self.timeline.unseen
        hidden = [f"filter “{clip(self.containing, 30)}” (press / and empty it to see all)"] if self.containing else []
        parts = [*hidden, *([f"{unseen} new below (G)"] if unseen else []), *parts]
        typing = Content("enter saves · tab completes · esc goes to the list · f1 shows every key")
        keys = typing if self.line.has_focus else self.entry_keys()
        if self._said is not None and self.desk.now() - self._said_at < SAID:
            return Content("\n").join([self._said, keys])
        if not parts:
            return keys
        known = clip(clean_line(" · ".join(parts)), max(40, self.size.width - 2))
        return Content("\n").join([Content.styled(known, "$foreground"), keys])

    @on(Input.Submitted)
    def _submitted(self) -> None:
        text = self.line.text
        if text.strip():
            self._carry_out(lambda: self.desk.carry_out(self.incident_id, text))

    @on(LogInput.ByLine)
    def _by_line(self) -> None:
        text = self.line.text
        if text.strip():
            self._carry_out(lambda: self.desk.log_lines(self.incident_id, text))

    def _carry_out(self, command: Callable[[], Outcome]) -> None:
        """Otherwise the line stays as it is and the screen says why."""
        try:
            outcome = command()
        except (Refused, ContentTrouble) as refusal:
            self._say(str(refusal), "$warning")
            return
        except StorageTrouble as trouble:
            self._say(f"{trouble} The line is still here: press enter to try again.", "bold $error")
            return
        self.line.saved()
        self.keep_drafts()
        seen = self.incident.status
        self.reload()
        if self.incident.status != seen:
            self.say_if_overtaken(seen)
        self._after(outcome)

    def _after(self, outcome: Outcome) -> None:
        if outcome.place:
            self.call_after_refresh(self._go, outcome.place, outcome.rest)
        elif outcome.words:
            self.show_words(outcome.said, outcome.words)
        elif outcome.said:
            self._said = Content.styled(clip(clean_line(outcome.said), 200), "$accent")
            self._said_at = self.desk.now()
            self._hint()

    def _say(self, sentence: str, style: str) -> None:
        """Over the line that is still there, until the next letter."""
        self._refused = Content.styled(clean_line(sentence), style)
        self._hint()

    def _go(self, place: str, rest: str) -> None:
        """Leave for another place once the line is empty again."""
        if place == "update":
            self.post_message(OpenComposer(self.incident_id, choice(rest, Audience, "audience") if rest else None))
            return
        actions: dict[str, Callable[[], object]] = {
            "postmortem": self.action_postmortem,
            "triage": self.action_reassess,
            "scope": self.action_scope,
            "decide": lambda: self.action_decide(rest),
            "escalate": lambda: self.action_escalate(rest),
            "board": self.action_leave,
        }
        actions[place]()

    def keep_drafts(self) -> None:
        text = self.line.text if self.is_mounted else self._kept
        if text == self._kept:
            return
        try:
            self.desk.keep_draft(self._draft_key, text)
            self._kept = text
        except OSError:
            self._say("The draft of this line cannot be kept on disk: save it soon.", "$warning")
