"""What went out about one incident, read like a correspondence: the newest at the bottom, as in the timeline.

Words that went out are never changed here; they are read, copied, sent again or corrected by another message."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from incident_console.clipboard import copy
from incident_console.desk import Desk
from incident_console.desk.files import write_new
from incident_console.domain.clock import Zone
from incident_console.domain.decide import Check
from incident_console.domain.events import Pairs
from incident_console.domain.incident import Incident, lookup
from incident_console.domain.logline import stated_time
from incident_console.domain.sending import Sending, SentMessage, SentTwice
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import OddTime, Refused, audience_name
from incident_console.screens import Copier, Following, GoBack, OpenComposer
from incident_console.widgets import badges
from incident_console.widgets.form import Cell, Row
from incident_console.widgets.key_bar import KeyBar
from incident_console.widgets.letter_view import changes, letter, letter_row, readers
from incident_console.widgets.questions import Choose
from incident_console.widgets.rows import Rows, options

AGAIN: Final = (
    Row("channel", (Cell("channel", "email, chat, status page"),)),
    Row("sent at", (Cell("at", "empty: just now; -5m, 02:47"),)),
)

NOTHING: Final = (
    "Nothing went out yet.\n\n"
    "u writes to the audience that waits most. What is marked as sent there is kept here word for word: "
    "to be read, copied again, sent again, or corrected."
)


class SentScreen(Following):
    """A list of letters, and the one under the cursor beside it."""

    CSS_PATH = "sent.tcss"
    AUTO_FOCUS = "#letters"
    BINDING_GROUP_TITLE = "Messages that went out"
    BINDINGS = [
        Binding("y", "copy", "Copy", id="sent.copy", tooltip="Copy subject and text again"),
        Binding("r", "resend", "Resend", id="sent.resend", tooltip="Copy the same words and record them as sent again"),
        Binding("c", "correct", "Correct", id="sent.correct", tooltip="Write a message that corrects this one"),
        Binding("d", "differences", "Compare", id="sent.differences",
                tooltip="What differs from the message before to the same readers; again: the words"),
        Binding("f,slash", "filter", "Audience", id="sent.filter", tooltip="Only what one audience got, or all again"),
        Binding("w", "write", "File", id="sent.write", tooltip="Write everything that went out to a new file"),
        Binding("u", "update", "Write", id="sent.update", tooltip="Write to the audience that waits most"),
        Binding("escape,b", "leave", "Back", id="sent.leave", tooltip="Back to where you came from"),
        Binding("space", "page(1)", "Read on", show=False, id="sent.page", tooltip="The next page of the letter"),
        Binding("backspace", "page(-1)", "Read back", show=False, id="sent.page_back", tooltip="The page before"),
        Binding("J", "line(1)", "Line down", show=False, id="sent.line", tooltip="One line down in the letter"),
        Binding("K", "line(-1)", "Line up", show=False, id="sent.line_back", tooltip="One line up in the letter"),
        Binding("j", "move('cursor_down')", "Down", show=False, id="sent.down", tooltip="The letter after"),
        Binding("k", "move('cursor_up')", "Up", show=False, id="sent.up", tooltip="The letter before"),
        Binding("g", "move('first')", "First", show=False, id="sent.first", tooltip="The first letter"),
        Binding("G", "move('last')", "Last", show=False, id="sent.last", tooltip="The latest letter"),
    ]  # fmt: skip

    def __init__(self, desk: Desk, incident_id: str, copier: Copier = copy) -> None:
        super().__init__(desk, copier)
        self.incident_id = incident_id
        self.incident = desk.incident(incident_id)
        self.messages: tuple[SentMessage, ...] = ()
        """Everything that went out, oldest first."""
        self.shown: tuple[SentMessage, ...] = ()
        """Those of them that the filter lets through."""
        self.audience = ""
        """Only what this audience got; empty: all."""
        self.comparing = False
        """Whether the letter is shown beside the one before."""
        self._painted = Content("")
        self._asked: Pairs | None = None
        """The answers about which the desk asked; the same once more means that they are meant."""

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, "reading what went out"

    def compose(self) -> ComposeResult:
        yield Static(id="heading")
        with Container(id="work"):
            yield Rows(id="letters")
            with VerticalScroll(id="letter"):
                yield Static(id="text")
        yield Static(Content(NOTHING), id="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        wide = self.size.width >= 100
        if wide is not self.has_class("-wide"):
            self.set_class(wide, "-wide")
            self._fill_list()

    # --- what is shown

    @property
    def letters(self) -> OptionList:
        return self.query_one("#letters", OptionList)

    @property
    def message(self) -> SentMessage | None:
        """The one under the cursor."""
        place = self.letters.highlighted
        return self.shown[place] if place is not None and place < len(self.shown) else None

    def reload(self) -> None:
        """Read what is true now; the cursor stays on its letter."""
        incident = self.attempt(lambda: self.desk.incident(self.incident_id))
        messages = self.attempt(lambda: self.desk.sent(self.incident_id))
        if incident is not None and messages is not None:
            self.incident, self.messages = incident, messages
            self._fill_list()

    def _fill_list(self) -> None:
        current, now, zone = self.message, self.desk.now(), self.desk.zone
        gap = "\n       " if self.has_class("-wide") else "  "
        self.shown = tuple(each for each in self.messages if self.audience in ("", each.audience))
        rows = [Content(gap).join(letter_row(each, now, zone)) for each in self.shown]
        self.letters.set_options(options([(str(place), row) for place, row in enumerate(rows)]))
        newest = len(self.shown) - 1 if self.shown else None
        self.letters.highlighted = self.shown.index(current) if current in self.shown else newest
        self.query_one("#work").display = bool(self.shown)
        self.query_one("#empty").display = not self.shown
        self._heading()
        self._show_letter()

    def _heading(self) -> None:
        incident, count = self.incident, len(self.shown)
        only = f", only to {clip(audience_name(self.audience), 24)}" if self.audience else ""
        told = f" what went out: {count or 'no'} message{'' if count == 1 else 's'}{only}"
        named_zone = self.desk.zone.show(self.desk.now()).strftime("%Z")
        heading = Content.assemble(
            badges.named(incident),
            told, (f"  times in {named_zone}  ", "$text-muted"), clip(clean_line(incident.title), 60),
        )  # fmt: skip
        self.query_one("#heading", Static).update(heading)

    @on(OptionList.OptionHighlighted)
    def _show_letter(self) -> None:
        message = self.message
        if message is None:
            return
        zone = self.desk.zone
        content = changes(self._before(message), message, zone) if self.comparing else letter(message, zone)
        if not content.is_same(self._painted):  # what others write must not take the reader back to the top
            self._painted = content
            self.query_one("#text", Static).update(content)
            self.query_one("#letter").scroll_home(animate=False)

    def _before(self, message: SentMessage) -> SentMessage | None:
        """The message before to the same readers."""
        earlier = self.messages[: self.messages.index(message)]
        same = [each for each in earlier if (each.audience, each.account) == (message.audience, message.account)]
        return same[-1] if same else None

    def action_differences(self) -> None:
        self.comparing = not self.comparing
        self._show_letter()

    def action_move(self, where: str) -> None:
        getattr(self.letters, f"action_{where}")()

    @on(OptionList.OptionSelected)
    def _read(self) -> None:
        self.query_one("#letter").focus()

    def action_page(self, step: int) -> None:
        pane = self.query_one("#letter")
        pane.scroll_relative(y=step * max(1, pane.size.height - 1), animate=False)

    def action_line(self, step: int) -> None:
        self.query_one("#letter").scroll_relative(y=step, animate=False)

    @work(exclusive=True, group="filter")
    async def action_filter(self) -> None:
        """The audiences that got something; the first choice shows all again."""
        names = tuple(dict.fromkeys(each.audience for each in self.messages))
        current = str(names.index(self.audience) + 1) if self.audience in names else "0"
        answer = await self.app.push_screen_wait(Choose(Content("Show what went to"), self._choices(names), current))
        if answer is not None:
            self.audience = ("", *names)[int(answer)]
            self._fill_list()

    def _choices(self, names: Sequence[str]) -> list[tuple[str, Content]]:
        """All, then each audience with the number of its letters."""
        counts = [sum(each.audience == name for each in self.messages) for name in names]
        words = [f"{audience_name(name)} ({count})" for name, count in zip(names, counts, strict=True)]
        return [(str(place), Content(each)) for place, each in enumerate(["all", *words])]

    def action_leave(self) -> None:
        self.post_message(GoBack())

    # --- what is done with a letter

    def _chosen(self) -> SentMessage | None:
        """The one under the cursor; where there is none that is said."""
        if self.message is None:
            self.notify("Nothing went out yet. Press u to write to the audience that waits most.", markup=False)
        return self.message

    def action_update(self) -> None:
        self.post_message(OpenComposer(self.incident_id))

    def action_correct(self) -> None:
        if (message := self._chosen()) is not None:
            self.post_message(
                OpenComposer(self.incident_id, message.audience, message.account, message.number, message.kind)
            )

    @work(exclusive=True, group="letter")
    async def action_copy(self) -> None:
        if (message := self._chosen()) is not None:
            await self.copy_or_show(message.whole)

    @work(exclusive=True, group="letter")
    async def action_resend(self) -> None:
        """Copy the words, then ask how they went out."""
        if (message := self._chosen()) is None:
            return
        await self.copy_or_show(message.whole)
        if await self._ask_how(message) is not None:
            self.reload()
            latest = max(self.shown, key=lambda each: each.recorded_at)
            self.letters.highlighted = self.shown.index(latest)
            self.notify(f"The words of {readers(message)} are recorded as sent once more.", markup=False)

    async def _ask_how(self, message: SentMessage) -> Incident | None:
        """Ask through which channel and when until that is recorded; None when the person left."""
        self._asked = None
        usual = self.attempt(lambda: self.desk.usual_channel(self.incident_id, message.audience)) or message.channel
        key = f"resend:{self.incident_id}:{message.audience}:{message.number}:{message.recorded_at}"
        old = self.attempt(lambda: self.desk.outdated(self.incident_id, message)) or ()
        title = _once_more(message, old)
        preset = (("channel", usual),) if usual else ()
        return await self.fill(key, title, AGAIN, preset, lambda values: self._resend(message, values))

    def _resend(self, message: SentMessage, values: Pairs) -> Incident:
        """What is odd is asked about; the same answers once more mean that they are meant so."""
        check = Check.FORCED if values == self._asked else Check.STRICT
        try:
            how = sending_of(values, self.desk.now(), self.desk.zone, self.incident)
            return self.desk.resend(self.incident_id, message, how, check)
        except (SentTwice, OddTime) as question:
            self._asked = values
            raise Refused(f"{question} To record it all the same, save once more.") from None

    @work(exclusive=True, group="file")
    async def action_write(self) -> None:
        """Ask for a name until there is a new file, or the person leaves."""
        name = f"{self.incident.reference}-messages.md"
        key = f"export-messages:{self.incident_id}"

        def write(words: str) -> Path:
            return write_new(Path(words.strip() or name), self.desk.correspondence(self.incident_id))

        written = await self.ask_until(key, Content("Write everything to which file"), write, name)
        if written is not None:
            self.tell_written(key, written)


def _once_more(message: SentMessage, old: tuple[str, ...]) -> Content:
    """What is about to be done, and what is no longer so in the words."""
    question = Content(f"Send the words of {readers(message)} once more, then say how they went out")
    return Content("\n").join([question, *(Content.styled(each, "not bold $warning") for each in old)])


def sending_of(values: Pairs, now: int, zone: Zone, incident: Incident) -> Sending:
    """How a message went out, from the answers of the form; raises Refused for a time that is none."""
    at = lookup(values, "at")
    return Sending(stated_time(at, now, zone, incident) if at else None, lookup(values, "channel"))
