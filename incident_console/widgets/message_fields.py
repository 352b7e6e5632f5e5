"""The fields of a message: a label and a line each, what is required marked, an example where nothing is filled in."""

from collections.abc import Mapping

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from incident_console.domain.comms import Field
from incident_console.domain.text import clean
from incident_console.widgets.safe_input import SafeInput


class MessageFields(VerticalScroll, can_focus=False):
    """Lines to fill in, in the order of the template."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._fields: tuple[Field, ...] = ()

    async def show(self, fields: tuple[Field, ...], values: Mapping[str, str]) -> None:
        """Show other fields, filled in."""
        self._fields = fields
        await self.remove_children()
        for field in fields:
            label = Content.assemble(field.label, (" *", "bold $warning") if field.required else "")
            await self.mount(Static(label, classes="label"))
            value = clean(values[field.name]).replace("\n", " ")
            example = "" if value else f"e.g. {field.example}"
            await self.mount(SafeInput(value, placeholder=example, name=field.name, classes="field"))

    @property
    def values(self) -> dict[str, str]:
        """What stands in each field now."""
        return {box.name: box.value for box in self._boxes() if box.name}

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
