"""A plain form that declares an incident: what, how bad, since when, who. Only the title is needed."""

import json

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from incident_console.desk import Desk
from incident_console.domain.deadlines import Level
from incident_console.domain.questions import QUESTIONS, declaration, read_back
from incident_console.domain.text import MAX_TITLE, clean_line
from incident_console.domain.vocabulary import Refused
from incident_console.screens import GoBack, OpenIncident, Place
from incident_console.widgets import badges
from incident_console.widgets.safe_input import SafeInput

DRAFT = "declare"


class DeclareScreen(Place):
    """Declares with ctrl+s from anywhere, or with enter on the last line."""

    CSS_PATH = "declare.tcss"
    AUTO_FOCUS = "#title"
    BINDING_GROUP_TITLE = "Declare"
    BINDINGS = [
        Binding("ctrl+s", "declare", "Declare", priority=True, id="declare.save", tooltip="Declare it as it stands"),
        Binding("escape", "leave", "Back", id="declare.leave", tooltip="Back to the board; what is typed is kept"),
        Binding("tab", "app.focus_next", "Next", show=False, id="declare.next", tooltip="Next line"),
        Binding(
            "shift+tab", "app.focus_previous", "Previous", show=False, id="declare.previous", tooltip="Line before"
        ),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.severity: int | None = None
        """The level that was chosen; None while nobody has."""
        self._kept = ""

    def compose(self) -> ComposeResult:
        yield Static("Declare an incident", id="heading")
        with VerticalScroll(id="form", can_focus=False):
            with Horizontal(classes="line"):
                yield Static("what is broken", classes="label")
                yield SafeInput(
                    id="title", placeholder="for example: checkout payments failing", max_length=MAX_TITLE * 2
                )
            yield Static("how bad: 1 to 4, or 0 while unknown; when unsure take the worse", id="severity-label")
            yield OptionList(*self._levels(), id="severity", markup=False)
            for question in QUESTIONS:
                with Horizontal(classes="line"):
                    label = Content(question.label)
                    yield Static(label, classes="label")
                    yield SafeInput(id=question.key)
        yield Static(id="help")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one("#ic", Input).value = self.desk.actor
        self._restore()
        self._mark()

    def _levels(self) -> list[Option]:
        policy = self.attempt(lambda: self.desk.policy)
        levels = policy.levels if policy is not None else ()
        return [
            *(Option(self._level(level), id=str(level.number)) for level in levels),
            Option(self._unknown(), id="0"),
        ]

    def _level(self, level: Level) -> Content:
        """Two lines: the level with its first criterion, then the others and what they look like."""
        mark = "● " if self.severity == level.number else "  "
        first, *others = level.criteria
        width = max(30, self.size.width - 6)
        line = Content.assemble(mark, badges.severity_badge(level.number), f" {level.name:<9}{first}")
        more = "; ".join([*others, f"such as {', '.join(level.examples)}"])
        rest = Content.styled(f"{'':18}{more}", "$text-muted")
        return Content("\n").join([each.truncate(width, ellipsis=True) for each in (line, rest)])

    def _unknown(self) -> Content:
        mark = "● " if self.severity is None else "  "
        return Content.assemble(
            mark, badges.severity_badge(None), " not known yet; the clocks of SEV1 run until you say"
        )

    def on_resize(self) -> None:
        if self.is_mounted:
            self._mark()

    def _mark(self) -> None:
        """Show which level is chosen."""
        options = self.query_one(OptionList)
        place = options.highlighted
        options.set_options(self._levels())
        chosen = 4 if self.severity is None else self.severity - 1
        options.highlighted = chosen if place is None or not options.has_focus else place

    # --- typing

    @on(Input.Changed)
    def _typing(self) -> None:
        self._help()

    def on_descendant_focus(self) -> None:
        self._help()

    def _help(self) -> None:
        """One line about the field that has the focus."""
        focused = self.focused
        words = "enter goes on · ctrl+s declares at once · esc goes back, what is typed is kept"
        if isinstance(focused, OptionList):
            words = "press 1 to 4, or 0 while unknown; enter takes the line under the cursor"
        elif isinstance(focused, Input) and focused.id == "started":
            read = read_back(focused.value, self.desk.now(), self.desk.zone)
            words = f"{read} · {self._question('started')}"
        elif isinstance(focused, Input) and focused.id != "title":
            words = self._question(focused.id or "")
        self.query_one("#help", Static).update(Content(clean_line(words)))

    def _question(self, key: str) -> str:
        return next((question.help for question in QUESTIONS if question.key == key), "")

    def on_key(self, event: Key) -> None:
        if isinstance(self.focused, OptionList) and event.key in "01234":
            event.stop()
            self._choose(int(event.key))

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._choose(int(event.option.id or 0))

    def _choose(self, level: int) -> None:
        self.severity = level or None
        self._mark()
        self.focus_next()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.input.id == QUESTIONS[-1].key:
            self.action_declare()
        else:
            self.focus_next()

    # --- saving

    def _answers(self) -> dict[str, str]:
        return {question.key: self.query_one(f"#{question.key}", Input).value for question in QUESTIONS}

    def action_declare(self) -> None:
        title = self.query_one("#title", Input).value
        try:
            wish = declaration(title, self.severity, self._answers(), self.desk.now(), self.desk.zone)
        except Refused as refusal:
            self.notify(str(refusal), severity="warning", markup=False)
            return
        incident = self.attempt(lambda: self.desk.declare(wish))
        if incident is not None:
            self.put_aside(DRAFT, "")
            self._kept = self._form()
            self.post_message(OpenIncident(incident.id))

    def action_leave(self) -> None:
        self.keep_drafts()
        self.post_message(GoBack())

    def _form(self) -> str:
        title = self.query_one("#title", Input).value
        return json.dumps({"title": title, "severity": self.severity, "answers": self._answers()})

    def keep_drafts(self) -> None:
        if not self.is_mounted or (form := self._form()) == self._kept:
            return
        self._kept = form
        self.put_aside(DRAFT, form if self.query_one("#title", Input).value.strip() else "")

    def _restore(self) -> None:
        """Offer again what was typed and not declared."""
        try:
            kept = json.loads(self.desk.draft(DRAFT) or "{}")
            title, severity, answers = str(kept["title"]), kept["severity"], dict(kept["answers"])
        except (ValueError, KeyError, TypeError):
            return
        self.query_one("#title", Input).value = clean_line(title)
        self.severity = severity if severity in (1, 2, 3, 4) else None
        for question in QUESTIONS:
            self.query_one(f"#{question.key}", Input).value = clean_line(str(answers.get(question.key, "")))
        self._kept = self._form()
        self.notify("This was typed before and not declared. Go on, or clear the title.", markup=False)
