"""Documents as files: every form under one name, never over something that is there already unless it is forced."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from incident_console.desk.files import replaced, write_new
from incident_console.desk.interchange import Interchange
from incident_console.domain.decide import Check
from incident_console.domain.vocabulary import Refused, choice


class Form(StrEnum):
    """What an incident can be written as."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    CUSTOMER = "customer"
    CASE = "case"


ENDINGS: Final = {".md": Form.MD, ".markdown": Form.MD, ".html": Form.HTML, ".htm": Form.HTML, ".json": Form.JSON}


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

        Raises Refused where something is there already, unless it is forced, and where nothing can be written.
        """
        return write(path, self.document(incident_id, form), check)


def write(path: Path, text: str, check: Check) -> Path:
    """Write a file for its owner only; what is there already is replaced only when that is forced."""
    place = path.expanduser().absolute()
    return replaced(place, text) if check is Check.FORCED and place.exists() else write_new(place, text)


def form_of(path: Path) -> Form:
    """The form that the ending of a file names; raises Refused for an ending that names none."""
    found = ENDINGS.get(path.suffix.lower())
    if found is None:
        raise Refused(f"{path.name} does not say what to write. End it in .md, .html or .json, or name the format.")
    return found
