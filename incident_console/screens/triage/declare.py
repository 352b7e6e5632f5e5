"""Declares an incident: the questions of triage, then what, since when and who. Only the title is needed."""

import json

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.desk.triage import Around, scoped_line
from incident_console.domain.decide import Declaration
from incident_console.domain.events import Pairs
from incident_console.domain.guards import Scope
from incident_console.domain.incident import lookup
from incident_console.domain.policy import Prompt
from incident_console.domain.text import clean, clean_line, clip
from incident_console.domain.vocabulary import ROLE_SHORT, Refused, severity_label
from incident_console.domain.when import ago
from incident_console.domain.wizard import (
    LINES,
    STEPS,
    Answers,
    declaration,
    names,
    read_back,
    suggested_channel,
)
from incident_console.screens import OpenIncident
from incident_console.screens.triage.wizard import Wizard
from incident_console.widgets.form_lines import FormLines
from incident_console.widgets.questions import Choose

DRAFT = "declare"


class DeclareScreen(Wizard):
    """Ten questions with one key each, then a form; enter declares."""

    BINDINGS = [
        Binding("ctrl+s", "declare", "Declare", priority=True, id="declare.save", tooltip="Declare it as it stands"),
        Binding("f7", "scope", "Scope", id="declare.scope", tooltip="Short questions that narrow the fault"),
        Binding("ctrl+n", "anew", "Start anew", show=False, id="declare.anew", tooltip="Forget all answers"),
        Binding("down", "app.focus_next", "Next line", show=False, id="declare.next", tooltip="Next line"),
        Binding("up", "app.focus_previous", "Line before", show=False, id="declare.previous", tooltip="Line before"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, STEPS)
        self._kept = ""
        self._scoped: Pairs = ()
        """(label, answer) of the scoping questions answered so far."""
        self._channel = ""
        """The channel as it was suggested last; one that was typed is left alone."""
        self._around = Around()

    def compose_end(self) -> ComposeResult:
        known = {"services": self.desk.known_services, "flows": self.desk.known_flows}
        yield FormLines(LINES, known)
        yield Static(id="around")

    @property
    def form(self) -> FormLines:
        return self.query_one(FormLines)

    def end_focus(self) -> Widget:
        focused = self.form.line_in_focus
        return self.form.box(focused.key if focused is not None else LINES[0].key)

    def on_mount(self) -> None:
        self.form.fill(tuple((role.value, self.desk.actor) for role in ROLE_SHORT))
        if self._restore():
            self.notify("What you answered before is here again. ctrl+n starts anew.", markup=False)
        self.show()

    def heading(self) -> Content:
        title = clip(clean_line(lookup(self.form.values, "title")), 60)
        asked = sum(self.answers.get(each.key) is not None for each in self.steps)
        done = f"   {asked} of {len(self.steps)} asked"
        return Content.assemble(
            ("Declare an incident", "bold"), (f"   {title}" if title else ""), (done, "$text-muted")
        )

    def scope(self) -> Scope:
        values = self.form.values
        return Scope(lookup(values, "title"), names(lookup(values, "services")), names(lookup(values, "flows")))

    def help_line(self) -> str:
        line = self.form.line_in_focus
        if line is None or line.key == "title":
            return "enter declares · tab next line · f3 questions · f7 narrows the fault · esc leaves, all is kept"
        if line.key == "started":
            return f"{read_back(self.form.box('started').value, self.desk.now(), self.desk.zone)} · {line.help}"
        return f"{line.help} · enter declares"

    # --- the form

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        if event.input.id in ("title", "services", "flows"):
            self._suggest_channel()
            self._look_around()
        self.show_finding()

    def on_descendant_focus(self) -> None:
        if self.at_end:
            self.show_finding()

    def _suggest_channel(self) -> None:
        box = self.form.box("channel")
        if box.value in ("", self._channel):
            self._channel = suggested_channel(self.form.values, self.desk.now(), self.desk.zone)
            box.value = self._channel

    def _look_around(self) -> None:
        """What may be the same thing, and what was promised last time."""
        self._around = self.attempt(lambda: self.desk.around(self.scope())) or Around()
        self.query_one("#around", Static).update(Content("\n").join(self._neighbours()))

    def _neighbours(self) -> list[Content]:
        now = self.desk.now()
        lines = [
            Content.assemble(
                ("may be the same  ", "bold $warning"),
                f"{each.reference} {severity_label(each.severity)} {each.status}, {ago(each.declared_at, now)}: ",
                clip(clean_line(each.title), 60),
            )
            for each in self._around.same[:3]
        ]
        lines += [
            Content.assemble(
                ("overdue promise  ", "$warning"),
                clean_line(f"{item.reference} {clip(item.text, 50)} ({item.owner or 'nobody'}, due {item.due})"),
            )
            for item in self._around.overdue[:3]
        ]
        return [*lines, *(Content.assemble((f"{label}  ", "$text-muted"), text) for label, text in self._scoped)]

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.action_declare()

    @work
    async def action_scope(self) -> None:
        """One scoping question; its answer becomes a line of the timeline."""
        prompt = await self._which_prompt()
        if prompt is None:
            return
        hint = Content("enter keeps it for the timeline · end with ? while it is a guess · esc leaves")
        key, before = f"scope:declare:{prompt.label}", lookup(self._scoped, prompt.label)
        await self.ask_until(
            key, Content(prompt.ask), lambda answer: self._keep_scoped(prompt.label, answer), before, hint
        )

    async def _which_prompt(self) -> Prompt | None:
        policy = self.attempt(lambda: self.desk.policy)
        if policy is None:
            return None
        options = [(prompt.label, Content(prompt.ask)) for prompt in policy.scoping]
        chosen = await self.app.push_screen_wait(Choose(Content("Narrow the fault"), options))
        return next((each for each in policy.scoping if each.label == chosen), None)

    def _keep_scoped(self, label: str, answer: str) -> None:
        """Keep an answer for the timeline; an empty one takes away what was kept."""
        others = tuple(pair for pair in self._scoped if pair[0] != label)
        self._scoped = (*others, (label, clean_line(answer))) if answer.strip() else others
        self._look_around()

    # --- declaring

    def action_declare(self) -> None:
        if not lookup(self.form.values, "title"):
            self._ask_title()
        elif (wish := self._wish()) is not None:
            incident = self.attempt(lambda: self.desk.declare_assessed(wish, self.what_is_taken(), self._lines()))
            if incident is not None:
                self.put_aside(DRAFT, "")
                self._kept = self._state()
                self.post_message(OpenIncident(incident.id))

    def _ask_title(self) -> None:
        self.go(len(self.steps))
        self.set_focus(self.form.box("title"))
        self.notify("An incident needs a title. Say in a few words what is broken.", markup=False)

    def _wish(self) -> Declaration | None:
        """What the form says; None when it was refused and said."""
        try:
            return declaration(self.form.values, None, self.answers.detected_by, self.desk.now(), self.desk.zone)
        except Refused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return None

    def _lines(self) -> tuple[Logged, ...]:
        kinds = {prompt.label: prompt for prompt in self.desk.policy.scoping}
        return tuple(scoped_line(kinds[label], text) for label, text in self._scoped if label in kinds)

    def action_anew(self) -> None:
        self.answers, self.taken, self.reason, self._scoped, self._channel = Answers(), None, "", (), ""
        for line in LINES:
            self.form.box(line.key).value = self.desk.actor if line.key in set(ROLE_SHORT) else ""
        self.go(0)

    # --- drafts

    def _state(self) -> str:
        return json.dumps(
            {"answers": self.answers.pairs, "form": self.form.values, "place": self.place, "taken": self.taken,
             "reason": self.reason, "scoped": self._scoped}
        )  # fmt: skip

    def keep_drafts(self) -> None:
        if not self.is_mounted or (state := self._state()) == self._kept:
            return
        self._kept = state
        self.put_aside(DRAFT, state if self.answers.pairs or lookup(self.form.values, "title") else "")

    def _restore(self) -> bool:
        """Offer again what was answered and not declared."""
        try:
            kept = json.loads(self.desk.draft(DRAFT) or "{}")
            self.answers = Answers(_pairs(kept["answers"]))
            self._scoped, self.reason = _pairs(kept["scoped"]), clean_line(str(kept["reason"]))
            self.place = max(0, min(len(self.steps), int(kept["place"])))
            self.taken = kept["taken"] if kept["taken"] in (1, 2, 3, 4) else None
            self.form.fill(_pairs(kept["form"]))
        except (ValueError, KeyError, TypeError):
            return False
        self._kept = self._state()
        return True


def _pairs(data: list[list[object]]) -> Pairs:
    known = {each.key for each in STEPS} | {line.key for line in LINES}
    return tuple((str(key), clean(str(value))) for key, value in data if key in known or str(key)[:1].isupper())
