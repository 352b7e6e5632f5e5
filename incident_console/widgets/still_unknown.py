"""What nobody knew at the last triage: it is asked again with each update."""

from textual.content import Content

from incident_console.domain.incident import Incident
from incident_console.domain.wizard import step
from incident_console.widgets.one_line import OneLine


class StillUnknown(OneLine):
    """What is open, while people still respond; else nothing."""

    def ask(self, incident: Incident) -> None:
        """Name it."""
        words = ", ".join(step(key).short for key in incident.unknown) if incident.in_response else ""
        self.show(Content(f"Still not known: {words}. f6 answers what is known now.") if words else Content(""))
