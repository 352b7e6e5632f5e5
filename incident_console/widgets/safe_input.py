"""Lines to type into that never hold what a terminal could obey: what is pasted is made safe before it is shown."""

from textual import events
from textual.widgets import Input

from incident_console.domain.text import clean, clean_line


def one_line(value: str) -> str:
    """A text as such a line holds it."""
    return clean(value).replace("\n", " ")


class SafeInput(Input):
    """An Input that cleans whatever it is given; several pasted lines become one."""

    def __init__(
        self,
        value: str = "",
        *,
        placeholder: str = "",
        max_length: int = 0,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Nothing is selected on focus: the next key must never replace what was filled in."""
        super().__init__(
            value,
            placeholder=placeholder,
            max_length=max_length,
            select_on_focus=False,
            name=name,
            id=id,
            classes=classes,
        )
        self.cursor_position = len(self.value)
        self.cursor_blink = False  # calm, and an idle console stays idle

    def validate_value(self, value: str) -> str:
        """Whoever sets the value, it is one line that can be shown."""
        return one_line(value)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take_paste(event.text)

    def take_paste(self, text: str) -> None:
        """Insert pasted text at the cursor."""
        self.insert_text_at_cursor(clean_line(text))
