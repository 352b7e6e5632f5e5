"""What is pasted stays text: an escape character in it would end the paste for Textual 8.2, and the rest would be taken
for keys, each of which does something. It looks at where pastes begin and end, and at nothing else."""

import codecs
from typing import Final

from incident_console.domain.text import clean

START: Final = "\x1b[200~"
END: Final = "\x1b[201~"
ESCAPE: Final = "\x1b"


class PasteGuard:
    """Passes on what a terminal sends, piece by piece, with the escape characters inside pastes made harmless.

    Outside a paste nothing is held back: a lone escape is a key. Inside, what may be the beginning of its end waits for
    the next piece.
    """

    def __init__(self) -> None:
        self._inside = False
        self._held = ""
        """Inside: what may become END. Outside: the last that was passed on, which may become START."""

    def pass_on(self, piece: str) -> str:
        """The next piece, made harmless."""
        passed = []
        while piece:
            part, piece = self._pasted(piece) if self._inside else self._typed(piece)
            passed.append(part)
        return "".join(passed)

    def _typed(self, piece: str) -> tuple[str, str]:
        """(what goes on as it is, what comes after the beginning of a paste)."""
        seen = self._held + piece
        place = seen.find(START)
        if place < 0:
            self._held = seen[-len(START) + 1 :]
            return piece, ""
        begun = place + len(START) - len(self._held)
        self._inside, self._held = True, ""
        return piece[:begun], piece[begun:]

    def _pasted(self, piece: str) -> tuple[str, str]:
        """(what goes on, what comes after the end of the paste)."""
        text = self._held + piece
        place = text.find(END)
        if place >= 0:
            self._inside, self._held = False, ""
            return _harmless(text[:place]) + END, text[place + len(END) :]
        waiting = next((size for size in range(len(END) - 1, 0, -1) if text.endswith(END[:size])), 0)
        self._held = text[len(text) - waiting :]
        return _harmless(text[: len(text) - waiting]), ""


def _harmless(text: str) -> str:
    return text.replace(ESCAPE, clean(ESCAPE))


class KeyboardDecoder(codecs.IncrementalDecoder):
    """UTF-8 from the keyboard: an invalid byte becomes a replacement sign, and pastes stay text."""

    def __init__(self, errors: str = "replace") -> None:
        super().__init__(errors)
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors)
        self._guard = PasteGuard()

    def decode(self, input: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: A002 - codecs' name
        return self._guard.pass_on(self._decoder.decode(input, final))
