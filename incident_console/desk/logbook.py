"""The small desk of plain commands: find an incident, write a line. It loads in a fraction of the whole desk's time."""

from incident_console.desk.finding import Finding
from incident_console.desk.response import Response


class Logbook(Response, Finding):
    """Everything that `log` does."""
