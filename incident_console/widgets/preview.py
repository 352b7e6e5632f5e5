"""A message as its readers will see it: what is missing and asked about marked, what is new beside the last one."""

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from incident_console.domain.comms import Draft
from incident_console.domain.correspondence import differences
from incident_console.domain.drafting import Concern
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean

LOOKS = ("message", "differences", "last")
"""What the preview shows: the new message, it against the last one, the last one alone."""


class Preview(VerticalScroll, can_focus=False):
    """The words of a draft; they are laid out again only when they change."""

    DEFAULT_CSS = "Preview { & > #text { height: auto; } & > #last { height: auto; color: $text-muted; } }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.look = LOOKS[0]
        self._shown: tuple[object, ...] = ()

    def compose(self) -> list[Static]:
        return [Static(id="text"), Static(id="last")]

    def turn(self) -> str:
        """Show the next of LOOKS; returns which."""
        self.look = LOOKS[(LOOKS.index(self.look) + 1) % len(LOOKS)]
        return self.look

    def show(self, draft: Draft, before: SentMessage | None, when: str, concerns: Sequence[Concern]) -> None:
        """Show a draft beside the message before; `when` is that one's time in words."""
        asked = tuple((concern.words, concern.severity) for concern in concerns if concern.field or concern.loud)
        seen = (draft.whole, before.whole if before is not None else "", self.look, asked, when)
        if seen == self._shown:
            return
        self._shown = seen
        self.query_one("#text", Static).update(self._words(draft, before, when, asked))
        self.query_one("#last", Static).update(self._below(before, when))

    def _words(self, draft: Draft, before: SentMessage | None, when: str, asked: Sequence[tuple[str, str]]) -> Content:
        """What is read first."""
        if before is None:
            return marked(draft, asked)
        match self.look:
            case "differences":
                return _different(clean(before.whole), draft.whole)
            case "last":
                return _last(before, when)
            case _:
                return _with_gutter(marked(draft, asked), clean(before.whole))

    def _below(self, before: SentMessage | None, when: str) -> Content:
        """The last message, below the new one."""
        if before is None:
            return Content("" if self.look == LOOKS[0] else "Nothing went to this audience before.")
        return _last(before, when) if self.look == LOOKS[0] else Content("")


def _last(before: SentMessage, when: str) -> Content:
    return Content.assemble(f"\n── last to them: #{before.number}, {when} ──\n", Content(clean(before.whole)))


def marked(draft: Draft, asked: Sequence[tuple[str, str]] = ()) -> Content:
    """The message with what is missing made loud, the brackets say it without colour, and words that are asked about
    underlined."""
    content = Content.assemble((draft.subject, "bold"), "\n\n", Content(draft.text))
    for words, severity in asked:
        if words and "\n" not in words:
            content = _styled(content, words, "underline $warning" if severity != "hint" else "underline")
    for field in draft.missing:
        content = _styled(content, f"[missing: {field.label}]", "bold $background on $warning")
    return content


def _styled(content: Content, words: str, style: str) -> Content:
    start = content.plain.find(words)
    while start >= 0:
        content = content.stylize(style, start, start + len(words))
        start = content.plain.find(words, start + len(words))
    return content


def _with_gutter(content: Content, before: str) -> Content:
    """Lines that the last message did not have get a mark in front."""
    known = set(before.split("\n"))
    lines = content.split("\n", allow_blank=True)
    new = [
        Content.assemble(("▎" if line.plain and line.plain not in known else " ", "$accent"), line) for line in lines
    ]
    return Content("\n").join(new)


_LOOKS_LIKE = {"+": "$success", "-": "$text-muted strike", " ": ""}


def _different(before: str, after: str) -> Content:
    lines = [Content.styled(f"{line.sign} {line.text}", _LOOKS_LIKE[line.sign]) for line in differences(before, after)]
    return Content("\n").join(lines)
