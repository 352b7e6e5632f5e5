"""Documents as files: every form under one name, never over something that is there already unless it is forced."""

from pathlib import Path

from incident_console.desk.endings import Form, check_ending
from incident_console.desk.files import write
from incident_console.desk.interchange import Interchange
from incident_console.domain.decide import Check
from incident_console.domain.vocabulary import choice


class Documents(Interchange):
    """The documents of the learning phase, as text and as files."""

    def report_json(self, incident_id: str) -> str:
        """The interchange document with its postmortem."""
        return self.export_json(incident_id)

    def document(self, incident_id: str, form: str) -> str:
        """An incident in one of the forms; raises Refused with all of them for any other."""
        match choice(form, Form, "form of a document"):
            case Form.MD:
                return self.report(incident_id)
            case Form.HTML:
                return self.report_html(incident_id)
            case Form.JSON:
                return self.report_json(incident_id) + "\n"
            case Form.CASE:
                return self.case(incident_id)
            case _:
                return self.customer_report(incident_id).whole + "\n"

    def export_document(self, incident_id: str, path: Path, form: str, check: Check = Check.STRICT) -> Path:
        """Write an incident in one of the forms; returns the full path.

        Raises Refused where the ending of the name promises another form, where something is there already, unless it
        is forced, and where nothing can be written.
        """
        wanted = choice(form, Form, "form of a document")
        return write(check_ending(path, wanted), self.document(incident_id, wanted), check)
