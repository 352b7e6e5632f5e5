"""The chain of whys as a list that can be walked: numbered, indented, one line each."""

from dataclasses import dataclass

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from incident_console.domain.postmortem import Link
from incident_console.domain.text import clean_line


class WhyTree(OptionList):
    """Shows the chain; what to do with an answer is asked of the screen."""

    BINDING_GROUP_TITLE = "Whys"
    BINDINGS = [
        Binding(
            "a", "ask('add')", "Answer below", id="why.add", tooltip="Why did that happen? Add the answer below it"
        ),
        Binding("s", "ask('beside')", "Beside", id="why.beside", tooltip="Another answer to the same question"),
        Binding("e", "ask('change')", "Edit", id="why.change", tooltip="Let the answer read differently"),
        Binding(
            "x",
            "ask('remove')",
            "Remove",
            id="why.remove",
            tooltip="Take it and what is below it out; z brings it back",
        ),
        Binding("j", "cursor_down", "Down", show=False, id="why.down", tooltip="Next answer"),
        Binding("k", "cursor_up", "Up", show=False, id="why.up", tooltip="Previous answer"),
    ]

    @dataclass
    class Asked(Message):
        """Somebody wants to do something with the answer under the cursor."""

        what: str
        """`add`, `beside`, `change` or `remove`."""
        link: Link | None

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)
        self._links: tuple[Link, ...] = ()

    def show(self, links: tuple[Link, ...]) -> None:
        """Show a chain; the cursor stays on its answer, or goes to a new last one."""
        current = self.link
        grown = len(links) > len(self._links)
        self._links = links
        self.set_options([Option(_line(link), id=link.why.id) for link in links])
        ids = [link.why.id for link in links]
        kept = ids.index(current.why.id) if current is not None and current.why.id in ids else 0
        self.highlighted = (len(ids) - 1 if grown else kept) if ids else None

    @property
    def link(self) -> Link | None:
        """The answer under the cursor."""
        place = self.highlighted
        return self._links[place] if place is not None and place < len(self._links) else None

    def select(self, why_id: str) -> None:
        """Put the cursor on an answer."""
        self.highlighted = next((n for n, link in enumerate(self._links) if link.why.id == why_id), self.highlighted)

    def action_ask(self, what: str) -> None:
        self.post_message(self.Asked(what, self.link))

    def action_select(self) -> None:
        self.action_ask("change")


def _line(link: Link) -> Content:
    return Content.assemble(("  " * link.depth + f"{link.label} because ", "$text-muted"), clean_line(link.why.answer))
