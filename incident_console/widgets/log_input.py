"""The scribe's line: what is typed stays until it is saved, whatever happens around it."""

from dataclasses import dataclass
from typing import Final

from textual.binding import Binding
from textual.message import Message

from incident_console.domain.logline import completions
from incident_console.domain.text import clean
from incident_console.widgets.safe_input import SafeInput

FOLDED: Final = 400
"""A paste longer than this, or of several lines, is shown as one word; drawing it whole at every key would crawl."""


class LogInput(SafeInput):
    """One line; enter submits, tab completes, escape goes to the list, up and down recall earlier lines."""

    BINDING_GROUP_TITLE = "Log line"
    BINDINGS = [
        Binding(
            "enter",
            "submit",
            "Log",
            show=False,
            id="log.submit",
            tooltip="Save the line to the timeline",
            priority=False,
        ),
        Binding("tab", "complete", "Complete", show=False, id="log.complete", tooltip="Complete a /kind or an @name"),
        Binding("escape", "leave", "List", id="log.leave", tooltip="To the list of entries; what is typed stays"),
        Binding("up", "recall(-1)", "Earlier", show=False, id="log.earlier", tooltip="Recall an earlier line"),
        Binding(
            "ctrl+l",
            "lines",
            "Line by line",
            show=False,
            id="log.lines",
            tooltip="Save a pasted chat as one entry a line, each at its own time",
        ),
        Binding("down", "recall(1)", "Later", show=False, id="log.later", tooltip="Back towards the present line"),
    ]
    DEFAULT_CSS = """
    LogInput { border: none; height: 1; padding: 0 1; background: $surface; }
    LogInput:focus { border: none; background: $surface; }
    """

    @dataclass
    class Left(Message):
        """The person wants to go to the list."""

    @dataclass
    class WantsNames(Message):
        """Somebody pressed tab: `complete_with` answers."""

    @dataclass
    class ByLine(Message):
        """The pasted text is to become one entry a line."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(placeholder="what happened   /decision  /status  …   -5m or @02:47 back-dates", id=id)
        self._past: list[str] = []
        self._place = 0
        self._pending = ""
        self._folded: dict[str, str] = {}
        self._ways: tuple[str, ...] = ()
        """Every way to complete the word that tab was pressed on."""

    @property
    def text(self) -> str:
        """What was typed, with every folded paste in full."""
        whole = self.value
        for token, pasted in self._folded.items():
            whole = whole.replace(token, pasted)
        return whole

    def restore(self, text: str) -> None:
        """Put a kept draft back into the line."""
        self.value = self._fold(text)
        self.cursor_position = len(self.value)

    def _fold(self, text: str) -> str:
        """The text itself, or one word that stands for it."""
        if len(text) <= FOLDED and "\n" not in text:
            return text
        lines = text.count("\n") + 1
        token = f"[pasted {len(self._folded) + 1}: {lines} lines, {len(text)} characters]"
        self._folded[token] = text
        return token

    def saved(self) -> None:
        """The line is safe now: remember it for recall and start a new one."""
        if self.value.strip() and (not self._past or self._past[-1] != self.value):
            self._past.append(self.value)
        self._place = len(self._past)
        self._pending = ""
        self.value = ""

    def take_paste(self, text: str) -> None:
        """A long paste is folded; several lines become one entry."""
        self.insert_text_at_cursor(self._fold(clean(text).strip("\n")))

    def action_complete(self) -> None:
        self.post_message(self.WantsNames())

    def complete_with(self, names: tuple[str, ...]) -> None:
        """Complete the word before the cursor; `names`: people, services and flows that stand after an @.

        Pressed again, tab takes the next way to complete it.
        """
        before, after = self.value[: self.cursor_position], self.value[self.cursor_position :]
        if before not in self._ways:
            self._ways = completions(before, names)
            place = 0
        else:
            place = (self._ways.index(before) + 1) % len(self._ways)
        if self._ways:
            self.value = self._ways[place] + after
            self.cursor_position = len(self._ways[place])

    def action_recall(self, step: int) -> None:
        place = self._place + step
        if not 0 <= place <= len(self._past):
            return
        if self._place == len(self._past):
            self._pending = self.value
        self._place = place
        self.value = self._pending if place == len(self._past) else self._past[place]
        self.cursor_position = len(self.value)

    def begin_with(self, words: str) -> None:
        """Put words before what is typed already."""
        self.value = f"{words}{self.value}"
        self.cursor_position = len(self.value)

    def action_lines(self) -> None:
        self.post_message(self.ByLine())

    def action_leave(self) -> None:
        self.post_message(self.Left())
