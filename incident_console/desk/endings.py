"""What the ending of a file's name promises, held against what is to be written: nothing is written under a name that
would mislead whoever opens it."""

from enum import StrEnum
from pathlib import Path
from typing import Final

from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Refused


class Form(StrEnum):
    """What an incident can be written as."""

    MD = "md"
    HTML = "html"
    JSON = "json"
    CUSTOMER = "customer"
    CASE = "case"


MEETING: Final = "meeting"
"""A calendar file, of the review or of action items, which is no document."""

PLAIN: Final = (".txt", ".text")

ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    Form.MD: (".md", ".markdown", *PLAIN),
    Form.HTML: (".html", ".htm", *PLAIN),
    Form.JSON: (".json", *PLAIN),
    Form.CUSTOMER: PLAIN,
    Form.CASE: (".md", ".markdown", *PLAIN),
    MEETING: (".ics",),
}
"""The endings that fit a form, the usual one first. No ending, and one that nobody knows, fit every form."""

NAMES: Final[dict[str, str]] = {
    Form.MD: "it is written as Markdown",
    Form.HTML: "it is written as HTML",
    Form.JSON: "it is written as JSON",
    Form.CUSTOMER: "the report to customers is plain text",
    Form.CASE: "the case for reliability work is Markdown",
    MEETING: "it is written as a calendar file",
}

ELSE: Final = (".pdf", ".doc", ".docx", ".odt", ".rtf", ".csv", ".xls", ".xlsx", ".png", ".svg", ".xml", ".zip")
"""Endings that people expect and that nothing is written as."""

KNOWN: Final = frozenset((*ELSE, *(ending for endings in ENDINGS.values() for ending in endings)))


def check_ending(path: Path, form: str) -> Path:
    """The path itself; raises Refused, with the ending to use, where the name promises something else."""
    ending = path.suffix.lower()
    if ending in KNOWN and ending not in ENDINGS[form]:
        raise Refused(f"{_shown(path)} does not fit: {NAMES[form]}. End the name in {ENDINGS[form][0]}.")
    return path


def form_of(path: Path) -> Form:
    """The form that the ending of a file names; raises Refused for an ending that names none."""
    ending = path.suffix.lower()
    named = (Form.MD, Form.HTML, Form.JSON)
    found = next((form for form in named if ending in ENDINGS[form] and ending not in PLAIN), None)
    if found is not None:
        return found
    if ending in ENDINGS[MEETING]:
        raise Refused(f'{_shown(path)} is a calendar file. Say when the review is: --meeting "friday 14:00"')
    raise Refused(f"{_shown(path)} does not say what to write. End it in .md, .html or .json, or name the format.")


def _shown(path: Path) -> str:
    return clip(clean_line(path.name), 80)
