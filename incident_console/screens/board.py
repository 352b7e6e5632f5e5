"""The first thing one sees: open incidents by urgency, or what to do when there is none."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Footer, OptionList, Static

from incident_console.desk import Desk
from incident_console.desk.reading import Standing
from incident_console.domain.text import clean_line, clip
from incident_console.domain.when import full_time
from incident_console.screens import Following, OpenActions, OpenDeclare, OpenIncident, OpenPostmortem
from incident_console.widgets import badges
from incident_console.widgets.incident_header import elapsed


class BoardScreen(Following):
    """Every incident that is not closed."""

    CSS_PATH = "board.tcss"
    BINDING_GROUP_TITLE = "Board"
    BINDINGS = [
        Binding("d", "declare", "Declare", id="board.declare", tooltip="Something broke: declare an incident"),
        Binding("enter", "open", "Open", id="board.open", tooltip="Go to the incident under the cursor"),
        Binding("w", "postmortem", "Why", id="board.postmortem", tooltip="Postmortem of the incident under the cursor"),
        Binding("a", "actions", "Action items", id="board.actions", tooltip="What was promised after all incidents"),
        Binding("j", "move(1)", "Down", show=False, id="board.down", tooltip="Next incident"),
        Binding("k", "move(-1)", "Up", show=False, id="board.up", tooltip="Previous incident"),
        Binding("q", "app.quit", "Quit", id="board.quit", tooltip="Leave the console"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._standings: tuple[Standing, ...] = ()
        self._shown: list[Content] = []
        self._title = Content("")
        self._filled = False

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        yield OptionList(markup=False)
        yield Static(id="empty")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.reload()

    def watch_now(self) -> None:
        if self.is_mounted and self.is_seen:  # a hidden board must not make others repaint
            self._paint()

    def on_resize(self) -> None:
        if self.is_mounted:
            self._paint()

    def reload(self) -> None:
        """Read what is open now."""
        standings = self.attempt(self.desk.board)
        if standings is not None:
            self._standings = standings
            self._paint()

    def _paint(self) -> None:
        """Bring the list up to date, keeping the cursor on its incident; unchanged words are not drawn again."""
        now = self.now or self.desk.now()
        around = f"   {full_time(now, self.desk.zone)}   {clean_line(self.desk.actor)}"
        title = Content.assemble(("Incident Console", "bold"), (around, "$text-muted"))
        if title != self._title:
            self._title = title
            self.query_one("#title", Static).update(title)
        contents = [self._lines(standing, now) for standing in self._standings]
        if not _same(contents, self._shown) or not self._filled:
            self._filled = True
            self._shown = contents
            self._fill(contents)

    def _fill(self, contents: list[Content]) -> None:
        options = self.query_one(OptionList)
        current = self._current_id()
        ids = [standing.incident.id for standing in self._standings]
        if [option.id for option in options.options] == ids:
            for key, content in zip(ids, contents, strict=True):
                options.replace_option_prompt(key, content)
        else:
            options.set_options([badges.option(key, content) for key, content in zip(ids, contents, strict=True)])
            options.highlighted = ids.index(current) if current in ids else (0 if ids else None)
        options.display = bool(ids)
        empty = self.query_one("#empty", Static)
        empty.display = not ids
        empty.update(self._nothing_open())

    def _current_id(self) -> str | None:
        options = self.query_one(OptionList)
        return options.highlighted_option.id if options.highlighted_option is not None else None

    def _lines(self, standing: Standing, now: int) -> Content:
        incident = standing.incident
        width = max(40, self.size.width - 4)
        badge, reference = badges.severity_badge(incident.severity), (f"{incident.reference:<7}", "bold")
        start = Content.assemble(badge, " ", reference, badges.drill_mark(incident), " ")
        end = Content.assemble(badges.status_word(incident.status), (f"  {elapsed(incident, now):>8}", "$text-muted"))
        room = width - start.cell_length - end.cell_length - 2
        title = Content(clip(clean_line(incident.title), max(10, room)))
        gap = " " * max(1, width - start.cell_length - title.cell_length - end.cell_length)
        words = badges.clocks if width >= 96 else badges.short_clocks
        clocks = words(standing.clocks, now) if standing.clocks else self._phase(standing)
        return Content.assemble(start, title, gap, end, "\n      ", clocks)

    def _phase(self, standing: Standing) -> Content:
        learning = "resolved; the postmortem is next (w)" if not standing.incident.in_response else "no updates are due"
        return Content.styled(learning, "$text-muted")

    def _nothing_open(self) -> Content:
        past = len(self.attempt(self.desk.summaries) or ())
        older = f"\n\n{past} closed: incident-console list --all" if past else ""
        return Content.assemble(
            ("No incident is open.", "bold"),
            "\n\nSomething broke?      press ", ("d", "bold $accent"), " and say what.",
            "\nEvery key:            press ", ("f1", "bold $accent"), " or ", ("?", "bold $accent"),
            "\nEvery command:        press ", ("ctrl+p", "bold $accent"),
            "\n\nTo practise, declare with --drill: incident-console declare --drill \"what if search is down\"",
            older,
        )  # fmt: skip

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self.post_message(OpenIncident(event.option.id))

    def action_declare(self) -> None:
        self.post_message(OpenDeclare())

    def action_open(self) -> None:
        if (incident_id := self._current_id()) is not None:
            self.post_message(OpenIncident(incident_id))

    def action_postmortem(self) -> None:
        if (incident_id := self._current_id()) is not None:
            self.post_message(OpenPostmortem(incident_id))

    def action_actions(self) -> None:
        self.post_message(OpenActions())

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        (options.action_cursor_down if step > 0 else options.action_cursor_up)()


def _same(some: Sequence[Content], others: Sequence[Content]) -> bool:
    """Whether words and styles are the same; `==` would only look at the words."""
    return len(some) == len(others) and all(one.is_same(other) for one, other in zip(some, others, strict=True))
