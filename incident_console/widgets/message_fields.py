"""The fields of a message: a label and a line each, what is required marked, an example where nothing is filled in."""

from collections.abc import Mapping
from typing import Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from incident_console.domain.templates import Field
from incident_console.domain.text import clean
from incident_console.widgets.safe_input import SafeInput

PROMISE: Final = "next update"
"""The name of the line that holds the time of the next update; no field of a template can be called so."""

PROMISE_FIELD: Final = Field(
    PROMISE, "next update by", False, "When they hear next: 14:30, +30m, or none. Empty: as the cadence says.", ""
)


class MessageFields(VerticalScroll, can_focus=False):
    """Lines to fill in, in the order of the template, and the time of the next update."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._fields: tuple[Field, ...] = ()

    async def show(self, fields: tuple[Field, ...], values: Mapping[str, str], promise: str, cadence: str) -> None:
        """Show other fields, filled in; `promise` is the typed time of the next update, `cadence` the usual one."""
        self._fields = (*fields, PROMISE_FIELD)
        await self.remove_children()
        for field in fields:
            label = Content.assemble(field.label, (" *", "bold $warning") if field.required else "")
            await self._line(field.name, label, values[field.name], f"e.g. {field.example}")
        await self._line(PROMISE, Content(PROMISE_FIELD.label), promise, cadence)

    async def _line(self, name: str, label: Content, value: str, example: str) -> None:
        words = clean(value).replace("\n", " ")
        await self.mount(Static(label, classes="label"))
        await self.mount(SafeInput(words, placeholder=example, name=name, classes="field"))

    @property
    def values(self) -> dict[str, str]:
        """What stands in each field now, without the next update."""
        return {box.name: box.value for box in self._boxes() if box.name and box.name != PROMISE}

    @property
    def promise(self) -> str:
        """What stands in the line of the next update."""
        return next((box.value for box in self._boxes() if box.name == PROMISE), "")

    def show_cadence(self, words: str) -> None:
        """When the next word is due by the cadence, while nothing is typed there."""
        for box in self._boxes():
            if box.name == PROMISE and box.placeholder != words:
                box.placeholder = words

    def put(self, values: Mapping[str, str]) -> None:
        """Fields read differently now, because others changed them or a rewrite was taken."""
        for box in self._boxes():
            wanted = values.get(box.name or "")
            if wanted is not None and box.value != wanted:
                box.value = wanted

    @property
    def field_in_focus(self) -> Field | None:
        """The field that somebody is typing into."""
        focused = self.screen.focused
        return next((field for field in self._fields if focused is not None and field.name == focused.name), None)

    def focus_first(self, missing: set[str]) -> None:
        """Put the cursor on the first field that is missing, else on the first one."""
        boxes = self._boxes()
        first = next((box for box in boxes if box.name in missing), boxes[0] if boxes else None)
        if first is not None:
            first.focus()

    def _boxes(self) -> list[Input]:
        return list(self.query(Input).results(Input))
