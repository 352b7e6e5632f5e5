"""What a valid checklists.toml looks like. Loaded only for a company's own file, because pydantic is slow to start."""

from typing import Annotated

from pydantic import AfterValidator, Field

from incident_console.content.models import Strict, Words
from incident_console.domain.checklists import ORDER

LONGEST_TEXT = 60
"""Characters of an item that fit beside the timeline."""


def _phase(key: str) -> str:
    if key not in ORDER:
        raise ValueError(f"must be one of {', '.join(ORDER)}")
    return key


def _one_line(text: str) -> str:
    if "\n" in text or "\t" in text or text != text.strip():
        raise ValueError("must be one line, without tabs and without spaces around it")
    return text


def _once(numbers: list[int]) -> list[int]:
    if len(set(numbers)) < len(numbers):
        raise ValueError("must name each severity once")
    return numbers


Severity = Annotated[int, Field(ge=1, le=4)]


class ItemModel(Strict):
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
    text: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_one_line)]
    severities: Annotated[list[Severity], Field(min_length=1), AfterValidator(_once)] = [1, 2, 3, 4]
    help: Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_one_line)] | None = None


class PhaseModel(Strict):
    key: Annotated[str, AfterValidator(_phase)]
    title: Annotated[str, Field(min_length=1, max_length=20), AfterValidator(_one_line)]
    items: Annotated[list[ItemModel], Field(min_length=1)]


class ChecklistPack(Strict):
    """checklists.toml: what to remember in each phase."""

    name: Words
    version: Annotated[int, Field(ge=1)]
    phases: Annotated[list[PhaseModel], Field(min_length=1)]
