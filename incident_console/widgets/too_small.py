"""Stands in front of everything while the window is too small; what lies behind is kept as it is."""

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class TooSmall(ModalScreen[None]):
    """Goes away by itself when the window grows."""

    DEFAULT_CSS = "TooSmall { align: center middle; background: $background; Static { width: auto; max-width: 100%; } }"

    def __init__(self, smallest: tuple[int, int]) -> None:
        super().__init__()
        columns, rows = smallest
        self._sentence = Content(
            f"This window is too small; {columns}x{rows} is needed. Nothing is lost. ctrl+q quits."
        )

    def compose(self) -> ComposeResult:
        sentence: Content = self._sentence
        yield Static(sentence)
