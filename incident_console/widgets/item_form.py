"""What an action item says, as a form, and back again: only what reads differently is handed on. Knows no desk."""

from collections.abc import Callable, Sequence
from typing import Final

from textual.content import Content

from incident_console.domain.actions import Item, Wanted
from incident_console.domain.decide import Check
from incident_console.domain.events import Pairs
from incident_console.domain.incident import lookup
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import OddTime, Refused
from incident_console.widgets.form import Cell, Row

Command = Callable[[Pairs, Check], Item]

ROWS: Final = (
    Row("What will be done", (Cell("text", "what will be different when it is done"),)),
    Row("Owner", (Cell("owner", "who agreed to do it"),)),
    Row("Until", (Cell("due", "2026-12-01, next friday, in 2 weeks, end of month"),)),
    Row("Kind", (Cell("kind", "prevent, detect (sooner), respond (faster)"),)),
    Row("Link", (Cell("link", "where it is tracked"),)),
    Row("Product team", (Cell("product", "yes, if they own it"),)),
)
"""The lines of the form."""

NEW_ROWS: Final = (*ROWS, Row("Only an idea", (Cell("idea", "yes, if nobody has committed to it"),)))
OWNER, UNTIL = ROWS[1], ROWS[2]
PROMISE: Final = (OWNER, UNTIL)
"""The two things that make an idea a commitment."""


def asking_once(save: Command) -> Callable[[Pairs], Item]:
    """Refuses a day that has passed the first time; whoever saves it again means it."""
    asked: set[str] = set()

    def command(answer: Pairs) -> Item:
        due = lookup(answer, "due")
        try:
            return save(answer, Check.FORCED if due in asked else Check.STRICT)
        except OddTime as odd:
            asked.add(due)
            raise Refused(f"{odd} Save again if it is right.") from None

    return command


def values_of(item: Item) -> Pairs:
    """An item as the form shows it."""
    what = item.what
    pairs = (("text", what.text), ("owner", what.owner), ("due", what.due), ("kind", what.action_kind),
             ("link", what.link), ("product", "yes" if what.product else ""))  # fmt: skip
    return tuple((key, clean_line(text)) for key, text in pairs if text)


def part_of(item: Item, rows: Sequence[Row]) -> tuple[str, Pairs]:
    """(key of the draft, what stands there) of a form that asks for a part of what an item says."""
    keys = [cell.key for row in rows for cell in row.cells]
    return f"item:{item.what.id}:{'-'.join(keys)}", tuple(pair for pair in values_of(item) if pair[0] in keys)


def promising(item: Item) -> str:
    """The question that makes an idea a commitment."""
    return f"Who agreed to do it, and until when: {clean_line(item.what.text)}"


def dropping(item: Item) -> tuple[str, Content, Content]:
    """(key of the draft, question, hint) that ask for the reason why it will not be done."""
    hint = Content("the next reader looks for it · enter saves")
    return f"item-drop:{item.what.id}", Content(f"Why will {item.id} not be done?"), hint


def wanted(answer: Pairs, preset: Pairs, candidate: bool | None = None) -> Wanted:
    """Only what reads differently in the form, so that what others changed meanwhile stays."""

    def given(key: str) -> str | None:
        new = lookup(answer, key)
        return new if new != lookup(preset, key) else None

    product, idea = given("product"), given("idea")
    return Wanted(
        given("text"), given("kind"), given("owner"), given("due"), given("link"),
        product=None if product is None else _yes(product), candidate=candidate if idea is None else _yes(idea),
    )  # fmt: skip


def _yes(word: str) -> bool:
    """Raises Refused for what is neither yes nor no."""
    if (short := word.strip().lower()) in ("yes", "y", "true", "x"):
        return True
    if short in ("", "no", "n", "false"):
        return False
    raise Refused("Write yes or no, or leave it empty for no.")
