"""What nobody knew at the last triage: it is asked again with each update."""

from textual.content import Content
from textual.widgets import Static

from incident_console.domain.incident import Incident
from incident_console.domain.wizard import step


class StillUnknown(Static):
    """One line, or nothing; laid out again only when its words change."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown = Content("")

    def show(self, incident: Incident) -> None:
        """Name what is open, while people still respond."""
        open_ones = ", ".join(step(key).short for key in incident.unknown) if incident.in_response else ""
        self.display = bool(open_ones)
        content = Content(f"Still not known: {open_ones}. f6 answers what is known now.")
        if content != self._shown:
            self._shown = content
            self.update(content)
