"""The interchange file: what a record must look like before anything of it is taken. Strict, by pydantic."""

import json
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from incident_console.domain.text import MAX_ENTRY
from incident_console.domain.vocabulary import (
    ActionKind,
    ActionState,
    DetectedBy,
    EntryKind,
    MessageKind,
    RecordKind,
    Refused,
    Status,
)

LARGEST: Final = 50_000_000
"""Bytes of a file; a night of five talkative teams is a hundredth of it."""

INSTEAD: Final = "Nothing was imported."


def _aware(value: object) -> datetime:
    """A time as text with its zone; anything else is somebody's mistake that would shift a whole night."""
    if not isinstance(value, str):
        raise ValueError("a time is written as text, for example 2026-01-31T23:27:00Z")
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        raise ValueError("this is not a time; write it like 2026-01-31T23:27:00Z") from None
    if time.tzinfo is None:
        raise ValueError("this time has no zone; add Z for UTC or an offset such as +01:00")
    return time


Time = Annotated[datetime, BeforeValidator(_aware)]
Name = Annotated[str, Field(max_length=400)]
Words = Annotated[str, Field(max_length=MAX_ENTRY)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class EventRow(Strict):
    at: Time
    kind: EntryKind | RecordKind = EntryKind.NOTE
    text: Words
    actor: Name | None = None
    struck: Words | None = None
    """The reason why the row was struck; absent for all others."""
    logged_at: Time | None = None
    """When it was written down, where that is not when it happened."""
    marks: list[Literal["pinned", "parked"]] = []


class MessageRow(Strict):
    at: Time
    audience: Name
    kind: MessageKind | Name = MessageKind.UPDATE
    number: Annotated[int, Field(ge=1)] = 1
    subject: Words = ""
    text: Words
    actor: Name | None = None
    next_update_at: Time | None = None


class WhyRow(Strict):
    answer: Words
    parent: Annotated[int, Field(ge=0)] | None = None
    """Place of the why that this one explains, 0 for the first in the list."""


class ActionRow(Strict):
    text: Words
    kind: ActionKind = ActionKind.PREVENT
    owner: Name | None = None
    due: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    link: Name | None = None
    state: ActionState = ActionState.OPEN


class PostmortemPart(Strict):
    sections: dict[str, Words] = {}
    whys: list[WhyRow] = []
    actions: list[ActionRow] = []


class Document(Strict):
    """One incident as somebody recorded it."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    title: Name
    reference: Name | None = None
    severity: Annotated[int, Field(ge=1, le=4)] | None = None
    status: Status = Status.CLOSED
    services: list[Name] = []
    tags: list[Name] = []
    started_at: Time | None = None
    detected_at: Time | None = None
    acknowledged_at: Time | None = None
    mitigated_at: Time | None = None
    resolved_at: Time | None = None
    roles: dict[str, Name] = {}
    impact: dict[str, Words] = {}
    root_cause: Words | None = None
    postmortem: PostmortemPart | None = None
    messages: list[MessageRow] = []
    events: list[EventRow] = []
    channel: Name | None = None
    flows: list[Name] = []
    drill: bool = False
    detected_by: DetectedBy | None = None
    triage: dict[str, Name] = {}
    """The answers of the last look at the severity, as `triage --json` spells them; unknown ones left out."""


def read_document(data: bytes) -> Document:
    """The document in a file's bytes; raises Refused with one sentence that names what is wrong."""
    if len(data) > LARGEST:
        raise Refused(f"The file has {len(data)} bytes; {LARGEST} are the most. Split it. {INSTEAD}")
    try:
        text = data.decode("utf-8")
        json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise Refused(f"The file is not UTF-8 text (byte {error.start}). Convert it first. {INSTEAD}") from error
    except RecursionError as error:
        raise Refused(f"The file is nested too deeply to be an incident. {INSTEAD}") from error
    except json.JSONDecodeError as error:
        raise Refused(f"The file is not JSON (line {error.lineno}: {error.msg}). Mend it there. {INSTEAD}") from error
    try:
        return Document.model_validate_json(text)
    except ValidationError as error:
        raise Refused(_sentence(error)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise Refused(f"The key “{key[:40]}” stands twice in one object. Remove one. {INSTEAD}")
    return dict(pairs)


def _no_constant(word: str) -> None:
    raise Refused(f"{word} is not a value that the file may hold. Replace it by null. {INSTEAD}")


def _sentence(error: ValidationError) -> str:
    """The first thing that does not fit, by its place in the file."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if "[" not in str(part)) or "the file"
    more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
    if first["type"] == "extra_forbidden":
        return f"The file has an unknown key: {place}{more}. Remove or rename it. {INSTEAD}"
    reason = first["msg"].removeprefix("Value error, ")
    return f"{place} does not fit{more}: {reason}. Correct it. {INSTEAD}"
