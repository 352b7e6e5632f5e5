"""A list whose cursor stops at both ends, with headings between its rows. It knows nothing of what they are about."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

Row = tuple[str, Content]
"""A key and what is shown; without a key it is a heading or a gap, which cannot be chosen."""


def options(rows: Sequence[Row]) -> list[Option]:
    """What an option list shows of them."""
    return [_option(key, content) for key, content in rows]


def _option(key: str, content: Content) -> Option:
    return Option(content, id=key or None, disabled=not key)


def headed(words: str, rows: Sequence[Row]) -> list[Row]:
    """Rows below a heading, with a gap above it; nothing where there are none."""
    return [("", Content.assemble("\n", (words, "bold $accent"))), *rows] if rows else []


class Rows(OptionList):
    """An `OptionList` that does not begin anew at the other end, steps over what cannot be chosen, and shows words as
    they are: markup is off."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(markup=False, id=id, classes=classes)

    def action_cursor_up(self) -> None:
        self._step(-1)

    def action_cursor_down(self) -> None:
        self._step(1)

    def action_page_up(self) -> None:
        super().action_page_up()  # type: ignore[no-untyped-call]
        if self.highlighted is None:  # only headings were left on that side
            self.action_first()

    def action_page_down(self) -> None:
        super().action_page_down()  # type: ignore[no-untyped-call]
        if self.highlighted is None:
            self.action_last()

    def _step(self, step: int) -> None:
        """To the next row in a direction; where there is none, what stands beyond the last one comes into view."""
        if self.highlighted is None:
            return self.action_first() if step > 0 else self.action_last()
        places = range(self.highlighted + step, self.option_count if step > 0 else -1, step)
        found = next((place for place in places if not self.get_option_at_index(place).disabled), None)
        if found is not None:
            self.highlighted = found
        else:
            (self.scroll_end if step > 0 else self.scroll_home)(animate=False)
