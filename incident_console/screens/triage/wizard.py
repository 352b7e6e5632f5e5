"""The questions of triage, one key per answer, with the recommendation beside them. What follows the last question
is the affair of the two screens that are built on this one."""

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from incident_console.desk import Desk
from incident_console.domain.assessment import Taken
from incident_console.domain.guards import Scope
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import SEVERITIES, SEVERITY_NAMES, severity_label
from incident_console.domain.wizard import UNKNOWN, Answers, Step, said, toggled
from incident_console.screens import GoBack, Place
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.questions import Choose, Read
from incident_console.widgets.verdict_panel import Finding, VerdictPanel, finding_content

CHOOSING = ("choose", "unknown", "previous", "next")
"""Actions that belong to the questions only."""


class Wizard(Place):
    """Asks its steps in turn; the place after the last one is the end."""

    CSS_PATH = "triage.tcss"
    AUTO_FOCUS = "#options"
    BINDING_GROUP_TITLE = "Triage"
    BINDINGS = [
        *(
            Binding(str(n), f"choose({n})", f"Answer {n}", show=False, id=f"triage.{n}", tooltip=f"Take answer {n}")
            for n in range(1, 10)
        ),
        Binding("y", "flag('true')", "Yes", show=False, id="triage.yes", tooltip="Answer yes, where that is an answer"),
        Binding("n", "flag('false')", "No", show=False, id="triage.no", tooltip="Answer no, where that is an answer"),
        Binding("0", "unknown", "Don't know", id="triage.unknown", tooltip="Nobody knows yet; it is asked again later"),
        Binding("left,backspace", "previous", "Back", id="triage.previous", tooltip="The question before"),
        Binding("right", "next", "Next", id="triage.next", tooltip="The next question; the answer stays"),
        Binding("f2", "end", "To the end", id="triage.end", tooltip="Leave the other questions for later"),
        Binding("f3", "questions", "Questions", id="triage.questions", tooltip="Back to the questions"),
        Binding("f4", "other", "Other level", id="triage.other", tooltip="Take another level, with a reason"),
        Binding("f5", "whole", "Why", id="triage.whole", tooltip="The whole finding: reasons, what would change it"),
        Binding("escape", "leave", "Leave", id="triage.leave", tooltip="Go back; what was answered is kept"),
    ]

    def __init__(self, desk: Desk, steps: tuple[Step, ...]) -> None:
        super().__init__(desk)
        self.steps = steps
        self.answers = Answers()
        self.place = 0
        """Which step is asked; the number of steps means the end."""
        self.taken: int | None = None
        """Another level than the recommended one; None takes that."""
        self.reason = ""

    def compose(self) -> ComposeResult:
        yield Static(id="heading")
        with Container(id="work"):
            with Vertical(id="asking"):
                with Vertical(id="question-pane"):
                    yield Static(id="question")
                    yield OptionList(id="options", markup=False)
                with VerticalScroll(id="end-pane", can_focus=False):
                    yield from self.compose_end()
            with VerticalScroll(id="finding", can_focus=False):
                yield VerdictPanel()
        yield Static(id="help")
        yield KeyBar()

    # --- what the two screens add

    def compose_end(self) -> ComposeResult:
        """What stands at the end of the questions."""
        raise NotImplementedError

    def end_focus(self) -> Widget:
        """Where the cursor goes at the end."""
        raise NotImplementedError

    def heading(self) -> Content:
        """The first line of the screen."""
        raise NotImplementedError

    def scope(self) -> Scope:
        """What is broken, as far as it was said."""
        raise NotImplementedError

    def help_line(self) -> str:
        """One sentence about what is to be done at the end."""
        raise NotImplementedError

    # --- showing

    @property
    def at_end(self) -> bool:
        return self.place >= len(self.steps)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "flag":
            return not self.at_end and parameters[0] in dict(self.steps[self.place].options)
        if action in (*CHOOSING, "end"):
            return not self.at_end
        return self.at_end if action == "questions" else True

    def on_resize(self) -> None:
        self.set_class(self.size.width >= 110, "-wide")
        if self.is_mounted:
            self.show_finding()

    def show(self) -> None:
        """Bring everything on the screen up to date, and put the cursor where the next key belongs."""
        self.query_one("#question-pane").display = not self.at_end
        self.query_one("#end-pane").display = self.at_end
        if not self.at_end:
            self._show_question(self.steps[self.place])
        self.set_focus(self.end_focus() if self.at_end else self.query_one("#options"))
        self.show_finding()
        self.refresh_bindings()

    def _show_question(self, step: Step) -> None:
        number = Content.styled(f"{self.place + 1}/{len(self.steps)}  ", "$text-muted")
        self.query_one("#question", Static).update(Content.assemble(number, (step.question, "bold")))
        answer = self.answers.get(step.key)
        options = self.query_one(OptionList)
        lines = [self._option(step, place, answer) for place in range(len(step.options))]
        mark = "● " if answer == UNKNOWN else "  "
        options.set_options([*lines, Option(Content(f"{mark}0  don't know yet"), id=UNKNOWN)])
        values = [value for value, _ in step.options]
        options.highlighted = values.index(answer) if answer in values else len(values)

    def _option(self, step: Step, place: int, answer: str | None) -> Option:
        value, words = step.options[place]
        held = answer is not None and answer != UNKNOWN
        chosen = held and (answer == value or (step.several and value in str(answer).split(",") and value != ""))
        return Option(Content.assemble("● " if chosen else "  ", (f"{place + 1}  ", "$accent"), words), id=f"o{place}")

    def show_finding(self) -> None:
        """The recommendation as it stands."""
        finding = self.attempt(self.finding)
        if finding is not None:
            wide = self.has_class("-wide")
            width = self.size.width * 52 // 100 - 6 if wide else self.size.width - 4
            self.query_one(VerdictPanel).show(finding, width, brief=not wide)
        self.query_one("#heading", Static).update(self.heading())
        self.query_one("#help", Static).update(Content(clean_line(self._help())))

    def finding(self) -> Finding:
        """What the answers add up to, and what there is to say about it."""
        verdict = self.desk.verdict(self.answers)
        severity = self.taken or verdict.severity
        notes = self.desk.notes(severity, self.scope(), self.answers)
        return Finding(verdict, self.desk.policy.level(severity), self.answers.advice, self.reason, notes)

    def _help(self) -> str:
        if self.at_end:
            return self.help_line()
        if self.steps[self.place].several:
            return "1 to 8 switch on and off · enter goes on · 9 none of these · 0 don't know yet · left goes back"
        return "its number answers · 0 don't know yet · left goes back · f2 skips the rest · f5 says why"

    # --- answering

    def action_choose(self, number: int) -> None:
        step = self.steps[self.place]
        if number > len(step.options):
            return
        value = step.options[number - 1][0]
        if step.several and value:
            self._keep(step, toggled(self.answers.get(step.key), value))
            self.show()
        else:
            self._answer(step, value)

    def action_flag(self, value: str) -> None:
        self._answer(self.steps[self.place], value)

    def action_unknown(self) -> None:
        self._answer(self.steps[self.place], UNKNOWN)

    def _answer(self, step: Step, value: str) -> None:
        self._keep(step, value)
        self.go(self.place + 1)

    def _keep(self, step: Step, value: str) -> None:
        self.answers = self.answers.answer(step.key, value)

    @on(OptionList.OptionSelected, "#options")
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        step = self.steps[self.place]
        if step.several:
            self._answer(step, self.answers.get(step.key) or UNKNOWN)
        elif event.option.id == UNKNOWN:
            self.action_unknown()
        else:
            self.action_choose(event.option_index + 1)

    def go(self, place: int) -> None:
        """Ask another step, or go to the end."""
        self.place = max(0, min(len(self.steps), place))
        self.show()

    def action_previous(self) -> None:
        self.go(self.place - 1)

    def action_next(self) -> None:
        self.go(self.place + 1)

    def action_end(self) -> None:
        self.go(len(self.steps))

    def action_questions(self) -> None:
        self.go(len(self.steps) - 1)

    def action_leave(self) -> None:
        self.keep_drafts()
        self.post_message(GoBack())

    def answer_in_words(self, step: Step) -> str:
        return said(step, self.answers.get(step.key))

    def action_whole(self) -> None:
        """Everything that the panel says where it has room, for narrow windows."""
        finding = self.attempt(self.finding)
        if finding is not None:
            width = min(100, self.size.width * 96 // 100 - 6)
            self.app.push_screen(Read(Content("How bad is it, and why"), finding_content(finding, width)))

    # --- another level

    reason_key = "triage:reason"
    """Under which a reason that was typed and not given yet is kept."""

    @work
    async def action_other(self) -> None:
        verdict = self.attempt(lambda: self.desk.verdict(self.answers))
        if verdict is None:
            return
        level = await self._which_level(verdict.severity)
        if level == verdict.severity:
            self.taken, self.reason = None, ""
        elif level is not None:
            await self._overrule(level)
        self.show_finding()

    async def _which_level(self, found: int) -> int | None:
        options = [(str(level), Content(f"{severity_label(level)}  {SEVERITY_NAMES[level]}")) for level in SEVERITIES]
        question = Content(f"Which level? The answers speak for {severity_label(found)}")
        chosen = await self.app.push_screen_wait(Choose(question, options, str(self.taken or found)))
        return None if chosen is None else int(chosen)

    async def _overrule(self, level: int) -> None:
        """Take another level than the answers speak for, with a reason."""
        question = Content(f"Why {severity_label(level)}? One line; it is kept")
        answer = await self.ask(self.reason_key, question, self.reason, needed=True)
        if answer is not None:
            self.taken, self.reason = level, clean_line(answer)
            self.put_aside(self.reason_key, "")

    def what_is_taken(self) -> Taken:
        """The answers and the level as they stand."""
        return Taken(self.answers, self.taken, self.reason)
