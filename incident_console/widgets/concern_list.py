"""What to look at before a message goes out: one concern in full, how many there are, and the key that mends it."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from incident_console.domain.drafting import Concern
from incident_console.domain.text import clean_line, clip

_SIGNS = {"error": ("‼", "bold $error"), "warning": ("!", "bold $warning"), "hint": ("·", "$text-muted")}

NAMES = {
    "promised_fix_time": "promised fix time", "no_next_update": "no next update", "no_impact": "no impact",
    "missing": "still missing", "changed": "changed meanwhile", "stale": "out of date", "promise": "next update",
}  # fmt: skip
"""How rules read where their own name is no words."""


class ConcernList(Static):
    """Shows one concern at a time; the cursor stays on it while others come and go."""

    DEFAULT_CSS = "ConcernList { height: auto; max-height: 3; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._concerns: tuple[Concern, ...] = ()
        self._place = 0
        self._shown = Content("")

    @property
    def current(self) -> Concern | None:
        """The one that is shown."""
        return self._concerns[self._place] if self._concerns else None

    def show(self, concerns: Sequence[Concern]) -> None:
        """Show others; loud ones come first, and one that is new is shown at once."""
        before, known = self.current, {_about(each) for each in self._concerns}
        self._concerns = tuple(sorted(concerns, key=lambda concern: not concern.loud))
        new = next((each for each in self._concerns if each.loud and _about(each) not in known), None)
        self._turn_to(new or before)
        self._draw()

    def point_at(self, concern: Concern) -> None:
        """Show this one, if it is among them."""
        self._turn_to(concern)
        self._draw()

    def _turn_to(self, concern: Concern | None) -> None:
        found = (n for n, each in enumerate(self._concerns) if concern and _about(each) == _about(concern))
        self._place = next(found, min(self._place, max(0, len(self._concerns) - 1)))

    def turn(self) -> None:
        """On to the next one."""
        self._place = (self._place + 1) % max(1, len(self._concerns))
        self._draw()

    def _draw(self) -> None:
        content = self._words()
        self.display = bool(self._concerns)
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content)

    def _words(self) -> Content:
        concern = self.current
        if concern is None:
            return Content("")
        sign, style = _SIGNS.get(concern.severity, _SIGNS["hint"])
        many = f" ({self._place + 1} of {len(self._concerns)}, ctrl+n next)" if len(self._concerns) > 1 else ""
        return Content.assemble(
            (f"{sign} ", style), Content(in_words(concern)), _instead(concern),
            (many, "$text-muted"),
        )  # fmt: skip


def in_words(concern: Concern) -> str:
    """What it is about, in the words of the message or of the console, and the advice."""
    mark = "." if concern.rule in OWN_WORDS else ":"
    return f"{in_short(concern)}{mark} {clean_line(concern.advice)}"


def in_short(concern: Concern) -> str:
    """What it is about, without the advice."""
    name = NAMES.get(concern.rule, concern.rule.replace("_", " ")).capitalize()
    words = clip(clean_line(concern.words), 80)
    if concern.rule in OWN_WORDS:
        return f"{name}: {words}"
    return f"{name} “{words}”" if words else name


OWN_WORDS = ("missing", "stale")
"""Concerns whose words are the console's own and no quotation."""


def _about(concern: Concern) -> tuple[str, str]:
    """What makes it another one: a list of what is missing that grows shorter is no news."""
    return concern.rule, "" if concern.rule == "missing" else concern.words


def _instead(concern: Concern) -> Content:
    if concern.rewrite is None or not concern.field:
        return Content("")
    words = clip(clean_line(concern.rewrite), 60)
    return Content.assemble((" ctrl+r", "bold"), f" writes “{words}”" if words else " takes it out")
