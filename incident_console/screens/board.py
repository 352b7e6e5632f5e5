"""The first thing one sees: open incidents by urgency, then what is over, not done with; one key shows closed ones."""

from typing import Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from incident_console.desk import Desk
from incident_console.desk.past import Counts, Waiting
from incident_console.desk.reading import Standing
from incident_console.domain.clock import MINUTE
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line
from incident_console.domain.when import full_time
from incident_console.screens import Following, OpenActions, OpenDeclare, OpenIncident, OpenPostmortem
from incident_console.widgets.incident_rows import (
    INDENT,
    MORE,
    closed_row,
    heading,
    quiet,
    running_row,
    waiting_row,
)
from incident_console.widgets.key_bar import WideKeyBar
from incident_console.widgets.one_line import OneLine
from incident_console.widgets.rows import Row, Rows, options

FEW: Final = 6
"""So many of those that are over are shown at first, besides the ones with a running clock: they are not why somebody
looks at night."""

PAGE: Final = 50
"""So many closed ones are read at once."""


class BoardScreen(Following):
    """What is open, or what is closed."""

    CSS_PATH = "board.tcss"
    BINDING_GROUP_TITLE = "Board"
    BINDINGS = [
        Binding("d", "declare", "Declare", id="board.declare", tooltip="Something broke: declare an incident"),
        Binding("enter", "open", "Open", id="board.open", priority=True, tooltip="Go to the incident under the cursor"),
        Binding("w", "postmortem", "Why", id="board.postmortem", tooltip="Postmortem of the incident under the cursor"),
        Binding("a", "actions", "Action items", id="board.actions", tooltip="What was promised after all incidents"),
        Binding("c", "closed", "Open/closed", id="board.closed", tooltip="Closed incidents, or the open ones again"),
        Binding("j", "move(1)", "Down", show=False, id="board.down", tooltip="Next incident"),
        Binding("k", "move(-1)", "Up", show=False, id="board.up", tooltip="Previous incident"),
        Binding("q", "app.quit", "Quit", id="board.quit", tooltip="Leave the console"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._standings: tuple[Standing, ...] = ()
        self._ticking: tuple[Standing, ...] = ()
        """Over, but a clock that somebody started still runs."""
        self._waiting = Waiting()
        self._most = FEW
        self._past: tuple[Incident, ...] = ()
        self._counts = Counts()
        self._shows_closed = False
        self._left_at = ""
        """Where the cursor was in the list that is not shown."""
        self._shown: list[Row] = []
        self._painted_at = -1

    def compose(self) -> ComposeResult:
        yield OneLine(id="title")
        yield OneLine(id="lists")
        yield Rows()
        yield Static(id="empty")
        yield WideKeyBar()

    # --- reading

    def on_mount(self) -> None:
        self.reload()

    def watch_revision(self) -> None:
        if self.is_mounted and self.is_seen:  # whoever comes back to it reads again
            self.reload()

    def watch_now(self) -> None:
        if self.is_mounted and self.is_seen:  # a hidden board must not make others repaint
            still = self._shows_closed and self.now // MINUTE == self._painted_at
            (self._paint_heading if still else self._paint)()

    def on_resize(self) -> None:
        if self.is_mounted:
            self._paint()

    def reload(self) -> None:
        """Read what is true now; of the closed ones as many as are shown."""
        if self.attempt(self._read) is not None:
            self._paint()

    def _read(self) -> bool:
        self._counts = self.desk.counts()
        found = self.desk.board()
        self._standings = tuple(each for each in found if each.incident.in_response)
        self._ticking = tuple(each for each in found if each.clocks and not each.incident.in_response)
        self._waiting = self.desk.waiting(self._most)
        if self._shows_closed:
            self._past = self.desk.closed(max(PAGE, len(self._past)))
        return True

    def _read_more(self) -> bool:
        if self._shows_closed:
            self._past += self.desk.closed(PAGE, self._past[-1] if self._past else None)
        else:
            self._most += PAGE
            self._waiting = self.desk.waiting(self._most)
        return True

    # --- what is shown

    def _paint(self, cursor: str | None = None) -> None:
        """Bring the list up to date, with the cursor on the row of this key, or where it is."""
        now = self.now or self.desk.now()
        self._painted_at = now // MINUTE
        self._paint_heading()
        width = max(40, self.size.width - 4)
        rows = self._closed_rows(now, width) if self._shows_closed else self._open_rows(now, width)
        self._fill(rows, cursor)
        self.query_one(Rows).display = bool(rows)
        empty = self.query_one("#empty", Static)
        empty.display = not rows
        if not rows:
            empty.update(_nothing_closed() if self._shows_closed else _nothing_open(self._counts.closed))

    def _paint_heading(self) -> None:
        """The line with the time, and the one that says which list it is and how many are in each."""
        now = self.now or self.desk.now()
        around = f"   {full_time(now, self.desk.zone)}   {clean_line(self.desk.actor)}"
        title = Content.assemble(("Incident Console", "bold"), (around, "$text-muted"))
        self.query_one("#title", OneLine).show(title)
        self.query_one("#lists", OneLine).show(self._lists(now))

    def _lists(self, now: int) -> Content:
        here, other = "bold $accent", "$text-muted"
        closed = self._shows_closed
        running = (*self._standings, *self._ticking) if closed else ()
        late = sum(clock.is_overdue(now) for each in running for clock in each.clocks)
        return Content.assemble(
            (f"open {self._counts.open}", other if closed else here),
            (f" ‼ {late} OVERDUE" if late else "", "bold $error"),
            "   ", (f"closed {self._counts.closed}", here if closed else other),
            (", newest first   c: the open ones" if closed else "", other),
            ("   c: the closed ones" if self._counts.closed and not closed else "", other),
        )  # fmt: skip

    def _open_rows(self, now: int, width: int) -> list[Row]:
        rows = [(each.incident.id, running_row(each.incident, each.clocks, now, width)) for each in self._standings]
        over = self._over()
        if not over:
            return rows
        if not rows:
            rows.append(("", quiet("No incident is in response. If something broke, press d.")))
        title = heading("over, not done with", self._waiting.total, "w opens the postmortem")
        rows += [("", Content("")), ("", title)]
        for each in over:
            rows.append((each.incident.id, waiting_row(each.incident, each.clocks, now, self.desk.zone, width)))
        return rows + _more(self._waiting.total - len(over))

    def _over(self) -> list[Standing]:
        """What is over and not done with: first where a clock still runs, then the newest."""
        ticking = {each.incident.id for each in self._ticking}
        others = (each for each in self._waiting.first if each.id not in ticking)
        return [*self._ticking, *map(self.desk.standing, others)]

    def _closed_rows(self, now: int, width: int) -> list[Row]:
        rows = [(each.id, closed_row(each, now, self.desk.zone, width)) for each in self._past]
        return rows + _more(self._counts.closed - len(self._past))

    def _fill(self, rows: list[Row], cursor: str | None) -> None:
        """Where the same rows stand in the same order, only those are touched that read differently."""
        old, self._shown = self._shown, rows
        keys, listed = [key for key, _ in rows], self.query_one(Rows)
        if keys != [key for key, _ in old]:
            before, place = (self._current_id(), listed.highlighted or 0) if cursor is None else (cursor, 0)
            listed.set_options(options(rows))
            able = [each for each, key in enumerate(keys) if key]
            near = min(able, key=lambda each: abs(each - place), default=None)
            listed.highlighted = keys.index(before) if before and before in keys else near
            return
        for place, ((_, before_words), (_, content)) in enumerate(zip(old, rows, strict=True)):
            if not content.is_same(before_words):
                listed.replace_option_prompt_at_index(place, content)

    # --- keys

    def _current_id(self) -> str | None:
        """The incident under the cursor."""
        option = self.query_one(Rows).highlighted_option
        return option.id if option is not None and option.id != MORE else None

    def action_declare(self) -> None:
        self.post_message(OpenDeclare())

    def action_open(self) -> None:
        if self.query_one(Rows).highlighted_option is not None and self._current_id() is None:
            self.attempt(self._read_more)
            self._paint()  # the cursor stays where it is: on the first of the new rows
        elif (incident_id := self._chosen()) is not None:
            self.post_message(OpenIncident(incident_id))

    def action_postmortem(self) -> None:
        if (incident_id := self._chosen()) is not None:
            self.post_message(OpenPostmortem(incident_id))

    def _chosen(self) -> str | None:
        """The incident under the cursor; says so when there is none."""
        if (incident_id := self._current_id()) is None:
            self.notify("There is no incident under the cursor.", markup=False)
        return incident_id

    def action_actions(self) -> None:
        self.post_message(OpenActions())

    def action_closed(self) -> None:
        self._shows_closed = not self._shows_closed
        if self.attempt(self._read) is None:
            self._shows_closed = not self._shows_closed
            return
        here, there = self._current_id() or "", self._left_at
        self._left_at = here
        self._paint(there)

    def action_move(self, step: int) -> None:
        listed = self.query_one(Rows)
        (listed.action_cursor_down if step > 0 else listed.action_cursor_up)()


def _more(count: int) -> list[Row]:
    """The row that opens more; none where nothing is left."""
    return [(MORE, quiet(f"{INDENT}{count} more, older: enter shows them"))] if count > 0 else []


def _nothing_open(closed: int) -> Content:
    past = Content.assemble("\nWhat was before:      press ", ("c", "bold $accent"), f" for {closed} closed")
    return Content.assemble(
        ("No incident is open.", "bold"),
        "\n\nSomething broke?      press ", ("d", "bold $accent"), " and say what.",
        past if closed else "",
        "\nEvery key:            press ", ("f1", "bold $accent"), " or ", ("?", "bold $accent"),
        "\nEvery command:        press ", ("ctrl+p", "bold $accent"),
        "\n\nTo practise, declare a drill:",
        "\nincident-console declare --drill \"what if search is down\"",
    )  # fmt: skip


def _nothing_closed() -> Content:
    return Content.assemble(
        ("No incident is closed yet.", "bold"),
        "\n\nOnce one is resolved and its postmortem is written, it can be closed:",
        "\nopen it, then press ", ("esc", "bold $accent"), ", ", ("s", "bold $accent"), " and choose closed.",
        " From then on it stands here.",
        "\n\nThe open ones:        press ", ("c", "bold $accent"),
    )  # fmt: skip
