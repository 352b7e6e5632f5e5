"""What questions and forms share: what is typed into them is kept while they still stand, and not only once they are
left. Where and under which name is for whoever shows them."""

from collections.abc import Callable
from typing import Generic, TypeVar

from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class KeepsDraft(ModalScreen[Answer], Generic[Answer]):
    """A question or a form that is told how to keep what is typed into it."""

    keeper: Callable[[], None] | None = None
    """Keeps what was typed, if that changed since the last time; None: nothing is kept."""

    def keep_drafts(self) -> None:
        """Keep what was typed so far; called every second, on leaving and on signals."""
        self.read_typed()
        if self.keeper is not None:
            self.keeper()

    def read_typed(self) -> None:
        """Know what stands in the lines now, whatever messages about it are still under way."""
        raise NotImplementedError
