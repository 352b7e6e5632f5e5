"""The application around the screens: theme, heartbeat, signals, and going from place to place.

It holds no rule and no state of incidents; screens ask the desk."""

import asyncio
import gc
from typing import Final

from textual import on, work
from textual.app import App
from textual.binding import Binding
from textual.command import Provider
from textual.content import Content
from textual.events import Event, Key, Paste, Resize
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive

from incident_console.desk import ContentTrouble, Desk, StorageTrouble
from incident_console.desk.reading import Standing
from incident_console.domain import watch
from incident_console.domain.clock import SECOND
from incident_console.domain.deadlines import Deadline
from incident_console.domain.incident import Incident
from incident_console.letters import LetterKeys
from incident_console.others import Others
from incident_console.places import board, place_for
from incident_console.screens import (
    GoBack,
    OpenAccounts,
    OpenActions,
    OpenComposer,
    OpenDeclare,
    OpenIncident,
    OpenPostmortem,
    OpenSent,
    OpenTriage,
    Place,
)
from incident_console.terminal import install_signal_handlers, patch_decoder, patch_resize, window_size, window_title
from incident_console.themes import THEMES
from incident_console.typeahead import TypeAhead
from incident_console.widgets.keeping import KeepsDraft

SMALLEST: Final = (60, 15)
"""Columns and rows below which the screens make no sense."""

CALM: Final = 1.0
"""Seconds after the first frame until the file is checked: the first keys come first."""

STILL_HERE: Final = 60 * SECOND
"""How often a terminal says where it is while it stays there."""


def bindings_provider() -> type[Provider]:
    """Loaded when the palette is first opened."""
    from incident_console.widgets.bindings_provider import BindingsProvider

    return BindingsProvider


class IncidentApp(App[int]):
    """The console."""

    TITLE = "Incident Console"
    CSS_PATH = "app.tcss"
    COMMANDS = {bindings_provider}
    ENABLE_COMMAND_PALETTE = True
    BINDING_GROUP_TITLE = "Console"
    BINDINGS = [
        Binding("f1,question_mark", "keys", "Keys", key_display="f1", id="app.keys", tooltip="Every key that works"),
        Binding("ctrl+t", "theme", "Theme", show=False, id="app.theme", tooltip="Night, day or high contrast"),
        Binding(
            "ctrl+g", "letters", "Letter keys", show=False, id="app.letters",
            tooltip="Single-letter keys off, for dictation and screen readers, or on again",
        ),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="app.quit", tooltip="Leave; drafts are kept"),
    ]  # fmt: skip

    now: reactive[int] = reactive(0, repaint=False)
    """The present instant, whole seconds in microseconds UTC."""

    revision: reactive[int] = reactive(0, repaint=False)
    """How often another terminal has been seen to write."""

    letters_off: reactive[bool] = reactive(False, repaint=False)
    """Whether single-letter keys are switched off."""

    def __init__(self, desk: Desk, incident_id: str | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._first = incident_id
        """Where it opens; None for the board."""
        self._has_board = False
        """Whether the board stands below; where an incident was opened, it is only made for who goes there."""
        self._covered = False
        """Whether the panel about the window's size stands in front."""
        self._watch = watch.Watch()
        self._seen_at: tuple[tuple[str, str], int] = (("", ""), 0)
        """Where this terminal said that it is, and when it said so."""
        self._titled = ""
        self._open: tuple[Standing, ...] = ()
        self._read_at = (-1, -1)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

        self._letters = LetterKeys(self)
        self._type_ahead = TypeAhead(self, super().on_event)
        self._others = Others(self._poll)

    # --- life

    async def on_event(self, event: Event) -> None:
        """Keys and pastes come one after another; everything else as it is."""
        fresh = isinstance(event, Key | Paste) and not event.is_forwarded
        if fresh and isinstance(event, Key):
            passed = self._letters.passed(event)
            if passed is None:
                return
            event = passed
        if not (fresh and self._type_ahead.must_wait(event)):
            await super().on_event(event)

    def on_mount(self) -> None:
        self._beat()
        self._has_board = self._first is None
        self._go(board(self.desk) if self._first is None else place_for(self.desk, OpenIncident(self._first)))
        self._others.begin(asyncio.get_running_loop())
        install_signal_handlers(asyncio.get_running_loop(), self._leave_by_signal)
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """Once the first frame stands: what start-up made is not looked at by the collector while people type."""
        gc.freeze()
        gc.enable()
        self.letters_off = self._letters.off = self.desk.preference("letters") == "off"
        self.set_timer(CALM, self._check_health)
        self._others.listen(self.desk.folder_watch())

    def on_unmount(self) -> None:
        self._others.end()

    def _leave_by_signal(self, code: int) -> None:
        self._say_goodbye()
        self.exit(code, return_code=code)

    async def action_quit(self) -> None:
        self._say_goodbye()
        self.exit(0)

    def _say_goodbye(self) -> None:
        self._keep_drafts()
        self.desk.be("", "")
        if self._titled and self._driver is not None:
            self._driver.write(window_title(""))

    def _keep_drafts(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, Place | KeepsDraft):
                screen.keep_drafts()

    @work(thread=True)
    def _check_health(self) -> None:
        if not self.desk.is_healthy():
            self.call_from_thread(self._warn_of_damage)

    def _warn_of_damage(self) -> None:
        path = self.desk.store.path
        sentence = f"{path} is damaged. Copy it somewhere safe now, then go on with another file by --db."
        self.notify(sentence, severity="error", timeout=60, markup=False)

    # --- heartbeat

    def _beat(self) -> None:
        """Once a second, on the second, whatever the clock did in between."""
        present = self.desk.now()
        self.now = present // SECOND * SECOND
        self._keep_drafts()
        self._notice_steps(present)
        self._ring()
        self._show_title()
        self._check_window()
        self._be_seen()
        self.set_timer((SECOND - present % SECOND) / SECOND, self._beat)

    def _check_window(self) -> None:
        """Two changes of size in one instant can reach Textual in the wrong order: its signal handler reads the size
        and may then be overtaken by itself. What the terminal says now is what counts."""
        if not self.is_headless and (size := window_size()) != tuple(self.size):
            self.post_message(Resize(Size(*size), Size(*size)))

    def _poll(self) -> None:
        if self.desk.changed():
            self.revision += 1

    def _be_seen(self) -> None:
        """Let others see where this terminal is: whenever it goes elsewhere, and once a minute."""
        places = [screen for screen in self.screen_stack if isinstance(screen, Place)]
        where = places[-1].whereabouts() if places else ("", "")
        still = where[0] and abs(self.now - self._seen_at[1]) >= STILL_HERE
        if where != self._seen_at[0] or still:
            self._seen_at = (where, self.now)
            self.desk.be(*where)

    def _notice_steps(self, present: int) -> None:
        if sentence := self._watch.step(present, self.desk.steady()):
            self.notify(sentence, severity="warning", markup=False, timeout=20)

    def _show_title(self) -> None:
        title = watch.title(self._clocks_running(), self.now)
        if title != self._titled and self._driver is not None and not self.is_headless:
            self._titled = title
            self._driver.write(window_title(title))

    def _standings(self) -> tuple[Standing, ...]:
        """The open incidents, read again only after something was written."""
        state = (self.revision, self.desk.writes)
        if state != self._read_at:
            try:
                self._open, self._read_at = self.desk.board(), state
            except (StorageTrouble, ContentTrouble):
                return self._open  # the screens say what is wrong; the bell can wait
        return self._open

    def _clocks_running(self) -> list[tuple[Incident, tuple[Deadline, ...]]]:
        return [(standing.incident, standing.clocks) for standing in self._standings()]

    def _ring(self) -> None:
        """A bell whenever something becomes overdue, or stays so for long; it can be seen after that."""
        if self._watch.rings(self._clocks_running(), self.now):
            self.bell()

    # --- places

    def _go(self, place: Place) -> None:
        self.push_screen(self._bound(place))

    def _bound(self, place: Place) -> Place:
        return place.data_bind(IncidentApp.now, IncidentApp.revision, IncidentApp.letters_off)

    @on(OpenIncident)
    def _open_incident(self, message: OpenIncident) -> None:
        while len(self.screen_stack) > 2:  # what opened first stays below
            self.pop_screen()
        place = self._bound(place_for(self.desk, message))
        if self._has_board:
            self.push_screen(place)
        else:
            self.switch_screen(place)

    @on(OpenDeclare)
    @on(OpenTriage)
    @on(OpenComposer)
    @on(OpenSent)
    @on(OpenAccounts)
    @on(OpenPostmortem)
    @on(OpenActions)
    def _open_place(self, message: Message) -> None:
        self._go(place_for(self.desk, message))

    @on(GoBack)
    def _leave(self) -> None:
        if len(self.screen_stack) > 2:
            self.pop_screen()
        elif not self._has_board:
            self._has_board = True
            self.switch_screen(self._bound(board(self.desk)))

    # --- keys

    def action_keys(self) -> None:
        from incident_console.widgets.key_help import key_help
        from incident_console.widgets.questions import Read

        if not isinstance(self.screen, Read):
            self.push_screen(Read(Content("Every key that works here"), key_help(self.screen)))

    def action_letters(self) -> None:
        self._letters.switch()
        self.letters_off = self._letters.off
        self.desk.prefer("letters", "off" if self._letters.off else "")
        self.refresh_bindings()

    def action_theme(self) -> None:
        names = [theme.name for theme in THEMES]
        place = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(place + 1) % len(names)]

    def on_resize(self, event: Resize) -> None:
        from incident_console.widgets.too_small import TooSmall

        small = event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1]
        if small and not self._covered:
            self.push_screen(TooSmall(SMALLEST))
        elif self._covered and not small:
            self.pop_screen()
        self._covered = small


def run_console(desk: Desk, incident_id: str | None = None) -> int:
    """Open the console and return the exit code for the shell."""
    patch_decoder()
    patch_resize()
    app = IncidentApp(desk, incident_id)
    answer = app.run(mouse=False)
    return answer if answer is not None else app.return_code or 0
