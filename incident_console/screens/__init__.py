"""Places: one file each. A screen turns keys into desk commands and state into widgets; it decides nothing.

This module holds what all places share, so that they need not import each other."""

import asyncio
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from incident_console.clipboard import CopyResult, CopyState, Environment, Writer, copy
from incident_console.desk import ContentTrouble, Desk, StorageTrouble
from incident_console.desk.endings import check_ending
from incident_console.desk.files import check_place, full_path, is_file
from incident_console.domain.decide import Check
from incident_console.domain.events import Pairs
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import Refused
from incident_console.widgets.keeping import KeepsDraft
from incident_console.widgets.questions import AskLine, Choose
from incident_console.widgets.safe_input import one_line

if TYPE_CHECKING:
    from incident_console.widgets.form import Form, Row

T = TypeVar("T")
Copier = Callable[[str, Environment, Writer | None], CopyResult]


def refusal_of(check: Callable[[str], object] | None) -> Callable[[str], str]:
    """Why an answer cannot be taken, in one line; empty when it can."""

    def refusal(words: str) -> str:
        try:
            if check is not None:
                check(words)
        except (Refused, ContentTrouble, StorageTrouble) as refused:
            return clean_line(str(refused))
        return ""

    return refusal


def _form_draft(form: "Form", preset: Pairs) -> str:
    """What is to be kept of a form: nothing while it reads as it did at first."""
    return json.dumps(form.typed) if dict(form.typed) != dict(preset) else ""


@dataclass
class OpenIncident(Message):
    """Go to the live screen of an incident."""

    incident_id: str


@dataclass
class OpenDeclare(Message):
    """Go to the form that declares an incident."""


@dataclass
class OpenComposer(Message):
    """Write to an audience; None means the one that waits most."""

    incident_id: str
    audience: str | None = None
    account: str = ""
    """The key account it goes to."""
    corrects: int | None = None
    """The number of an earlier message to the same audience that it corrects."""
    kind: str | None = None
    """None: the kind that fits."""


@dataclass
class OpenTriage(Message):
    """Look at the severity of an incident again."""

    incident_id: str
    unknown_first: bool = False
    """Ask at once what nobody knew the last time."""


@dataclass
class OpenPostmortem(Message):
    """Go to the postmortem of an incident."""

    incident_id: str


@dataclass
class OpenSent(Message):
    """Go to what went out about an incident."""

    incident_id: str


@dataclass
class OpenAccounts(Message):
    """Go to the key accounts of an incident."""

    incident_id: str


@dataclass
class OpenActions(Message):
    """Go to the action items of all incidents."""


@dataclass
class GoBack(Message):
    """Go back to where one came from."""


class Place(Screen[None]):
    """A screen that works with the desk and follows the app's heartbeat."""

    now: reactive[int] = reactive(0, repaint=False)
    """The present instant in microseconds UTC, whole seconds; bound from the app."""

    revision: reactive[int] = reactive(0, repaint=False)
    """Raised by one whenever another terminal has written; bound from the app."""

    letters_off: reactive[bool] = reactive(False, repaint=False)
    """Whether single-letter keys are switched off; bound from the app."""

    def __init__(self, desk: Desk, copier: Copier = copy) -> None:
        super().__init__()
        self.desk = desk
        self.copier = copier
        """How text is copied; tests put their own in."""

    @property
    def is_seen(self) -> bool:
        """Whether people can see it: it stands in front, or nothing but questions and panels stand before it. Textual's
        `is_current` counts the place below as well, which nobody can see."""
        for screen in reversed(self.app.screen_stack):
            if screen is self or not screen.is_modal:
                return screen is self
        return False

    def attempt(self, command: Callable[[], T]) -> T | None:
        """Run a desk command; a refusal or trouble becomes a toast, and then the answer is None."""
        try:
            return command()
        except (Refused, ContentTrouble) as refusal:
            self.notify(clean_line(str(refusal)), severity="warning", markup=False, timeout=8)
        except StorageTrouble as trouble:
            self.notify(clean_line(str(trouble)), severity="error", markup=False, timeout=12)
        return None

    async def ask(
        self, key: str, question: Content, value: str = "", hint: Content | None = None, *, needed: bool = False,
        check: Callable[[str], object] | None = None,
    ) -> str | None:  # fmt: skip
        """Ask for one line; what was typed and not saved is offered again next time. Call it in a worker.

        `check`: may raise Refused or trouble; the question then stays, with the sentence below what was typed. After
        the command the caller says `settle(key, result)`, so that a failed save keeps the words.
        """
        ask = AskLine(question, self.desk.draft(key) or value, hint, needed=needed, refusal=refusal_of(check))
        return await self.answer_kept(ask, key, lambda: ask.typed if ask.typed != one_line(value) else "")

    async def ask_text(
        self, key: str, question: Content, value: str, hint: Content, *, check: Callable[[str], object] | None = None
    ) -> str | None:
        """The same for a text of several lines."""
        from incident_console.widgets.editor import EditText

        editor = EditText(question, self.desk.draft(key) or value, hint, refusal_of(check))
        return await self.answer_kept(editor, key, lambda: editor.typed if editor.typed != clean(value) else "")

    async def ask_until(
        self, key: str, question: Content, command: Callable[[str], T], value: str = "", hint: Content | None = None,
        *, needed: bool = False,
    ) -> T | None:  # fmt: skip
        """Ask for one line until its command succeeds or the person leaves; then nothing is left to be kept."""
        done: list[T] = []
        await self.ask(key, question, value, hint, needed=needed, check=lambda words: done.append(command(words)))
        return self._done(key, done)

    async def ask_text_until(
        self, key: str, question: Content, command: Callable[[str], T], value: str, hint: Content
    ) -> T | None:
        """The same for a text of several lines."""
        done: list[T] = []
        await self.ask_text(key, question, value, hint, check=lambda words: done.append(command(words)))
        return self._done(key, done)

    def _done(self, key: str, done: Sequence[T]) -> T | None:
        if done:
            self.put_aside(key, "")
        return done[0] if done else None

    async def answer_kept(self, dialog: KeepsDraft[T | None], key: str, draft: Callable[[], str]) -> T | None:
        """Show a question; its draft is kept under a key whenever it has changed, while it stands and afterwards."""
        kept = self.desk.draft(key)

        def keep() -> None:
            nonlocal kept
            if (words := draft()) != kept:
                kept = words
                self.put_aside(key, words)

        dialog.keeper = keep
        answer = await self.app.push_screen_wait(dialog)
        keep()
        return answer

    async def ask_file(self, key: str, name: str, form: str, hint: Content | None = None) -> tuple[Path, Check] | None:
        """Into which file; one that is there already is only replaced after a question. None: leave it. A name that
        promises another form and a place without a folder are refused at once. Afterwards: `tell_written`."""

        def place_of(words: str) -> Path:
            place = check_ending(full_path(Path(words.strip() or name)), form)
            check_place(place, Check.FORCED)
            return place

        answer = await self.ask(key, Content("Into which file"), name, hint, check=place_of)
        place = self.attempt(lambda: place_of(answer)) if answer is not None else None
        if place is None or not is_file(place):
            return None if place is None else (place, Check.STRICT)
        options = [("no", Content("Leave it as it is")), ("yes", Content("Replace it"))]
        question = Content(f"{clean_line(str(place))} is there already.")
        return (place, Check.FORCED) if await self.app.push_screen_wait(Choose(question, options)) == "yes" else None

    def tell_written(self, key: str, path: Path | None) -> None:
        """Where the file is now; None: it was refused and said."""
        self.settle(key, path)
        if path is not None:
            self.notify(f"Written to {clean_line(str(path))}", markup=False, timeout=10)

    async def fill(
        self, key: str, title: Content, rows: "Sequence[Row]", preset: Pairs, command: Callable[[Pairs], T]
    ) -> T | None:
        """Show a form until its command succeeds or the person leaves; a refusal stands below the words it is about."""
        from incident_console.widgets.form import Form

        values, problem, at = self._kept_form(key) or preset, "", ""
        while True:
            form = Form(title, rows, values, problem, at)
            answer = await self.answer_kept(form, key, partial(_form_draft, form, preset))
            if answer is None:
                return None
            try:
                result = command(answer)
            except (Refused, ContentTrouble, StorageTrouble) as refusal:
                values, problem, at = answer, clean_line(str(refusal)), form.left_at
                continue
            self.put_aside(key, "")
            return result

    def _kept_form(self, key: str) -> Pairs:
        try:
            kept = json.loads(self.desk.draft(key) or "[]")
            return tuple((clean_line(str(name)), clean_line(str(text))) for name, text in kept)
        except (ValueError, TypeError):
            return ()

    def settle(self, key: str, result: object) -> None:
        """Forget the words of an answer that was saved; None means that it was not."""
        if result is not None:
            self.put_aside(key, "")

    def put_aside(self, key: str, text: str) -> None:
        """Keep a draft; a disk that refuses even that is said."""
        try:
            self.desk.keep_draft(key, text)
        except OSError:
            sentence = "What you typed cannot be kept on disk. Save it before you leave."
            self.notify(sentence, severity="warning", markup=False)

    @work(thread=True, exclusive=True, group="clipboard")
    def copy_text(self, text: str, done: Callable[[CopyResult], None]) -> None:
        """Copy in the background, because a clipboard may take seconds to answer; then say how it went."""
        result = self.copier(text, os.environ, self._write_terminal)
        self.app.call_from_thread(done, result)

    async def copy_or_show(self, text: str) -> None:
        """Copy and say how it went; where no way works, show the text to be selected by hand. Call it in a worker."""
        from incident_console.widgets.plain_view import PlainView

        answer: asyncio.Future[CopyResult] = asyncio.get_running_loop().create_future()

        def done(result: CopyResult) -> None:
            if not answer.done():  # whoever waited may have left
                answer.set_result(result)

        self.copy_text(text, done)
        result = await answer
        self.notify(result.sentence, markup=False, timeout=10)
        if result.state is CopyState.FAILED:
            await self.app.push_screen_wait(PlainView(text, lambda: self.write_plain(text)))

    def show_words(self, title: str, words: str) -> None:
        """Show a text that is ready to copy."""
        from incident_console.widgets.words import Words

        self.app.push_screen(Words(Content(title), words, self._copy_words))

    def _copy_words(self, text: str, answered: Callable[[str], None]) -> None:
        self.copy_text(text, lambda result: answered(result.sentence))

    def write_plain(self, text: str) -> Content:
        """Write a text to a file of its own; the answer is the sentence about it."""
        try:
            path = self.desk.write_plain(text)
        except OSError as error:
            return Content.styled(f"Not written: {error.strerror}. Select it by hand.", "bold $error")
        return Content(f"Written to {clean_line(str(path))}")

    def _write_terminal(self, sequence: str) -> None:
        """Hand an escape sequence to the terminal, in order with everything that is drawn."""
        if self.app._driver is not None:
            self.app._driver.write(sequence)

    def whereabouts(self) -> tuple[str, str]:
        """(incident, where) for others to see; empty where no incident is open."""
        return "", ""

    def keep_drafts(self) -> None:
        """Put aside what was typed and not saved; called every second, on leaving and on signals."""


class Following(Place):
    """A place that shows what is true now: it reads again when others wrote, and when one comes back to it."""

    def reload(self) -> None:
        """Read what is true now, and show it."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.reload()

    def watch_revision(self) -> None:
        if self.is_mounted:
            self.reload()
