"""The whole desk: every command and query that people can make, put together from its parts."""

from incident_console.desk.causes import Causes
from incident_console.desk.documents import Documents
from incident_console.desk.finishing import Finishing
from incident_console.desk.lines import Lines
from incident_console.desk.reading import Reading
from incident_console.desk.recollecting import Recollecting
from incident_console.desk.triage import Triage


class Desk(Lines, Triage, Documents, Causes, Finishing, Recollecting, Reading):
    """What a person can do with the console, whichever screen or command they do it from."""
