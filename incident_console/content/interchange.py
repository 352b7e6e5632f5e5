"""The interchange file: what a record must look like before anything of it is taken. Strict, by pydantic."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from incident_console.domain.causes import Category, Mark, tree
from incident_console.domain.days import iso_day
from incident_console.domain.incident import Why
from incident_console.domain.text import MAX_ENTRY, clip
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


def _day(value: str) -> str:
    if iso_day(value) is None:
        raise ValueError("this is not a day; write it like 2026-12-31")
    return value


Time = Annotated[datetime, BeforeValidator(_aware)]
Day = Annotated[str, AfterValidator(_day)]
"""A day such as 2026-12-31."""

Name = Annotated[str, Field(max_length=400)]
Words = Annotated[str, Field(max_length=MAX_ENTRY)]
Place = int
"""The place of something in one of the file's lists, 0 for the first; `read_document` refuses one where nothing is."""


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
    marks: list[Literal["pinned", "parked", "corrected"]] = []


class MessageRow(Strict):
    at: Time
    audience: Name
    kind: MessageKind | Name = MessageKind.UPDATE
    number: Annotated[int, Field(ge=1)] = 1
    subject: Words = ""
    text: Words
    actor: Name | None = None
    next_update_at: Time | None = None
    channel: Name | None = None
    overruled: list[Name] = []
    corrects: Annotated[int, Field(ge=1)] | None = None
    """The number of the message to the same audience that this one corrects."""
    resends: Annotated[int, Field(ge=1)] | None = None
    """The number of the message to the same audience whose words went out once more."""
    account: Name | None = None
    """The key account that it went to."""
    approved_by: Name | None = None
    filled: dict[str, Words] = {}
    """What people wrote into each field."""
    marks: list[Literal["pinned", "parked"]] = []


class AccountRow(Strict):
    name: Name
    owner: Name | None = None
    tier: Name | None = None
    note: Words | None = None


class WhyRow(Strict):
    answer: Words
    parent: Place | None = None
    """The why that this one explains; it may stand further down."""
    category: Category | None = None
    mark: Mark | None = None
    lens: Words | None = None
    """What it means for what we build."""
    roadmap: bool = False
    evidence: list[Place] = []
    """The rows of `events` that back it."""
    messages: list[Place] = []
    """The messages that back it."""


class ActionRow(Strict):
    text: Words
    kind: ActionKind = ActionKind.PREVENT
    owner: Name | None = None
    due: Day | None = None
    link: Words | None = None
    state: ActionState = ActionState.OPEN
    causes: list[Place] = []
    """The whys that it is about."""
    product: bool = False
    candidate: bool = False
    reason: Words | None = None
    added_at: Time | None = None
    """When it was promised; absent where nobody knows, then it counts from the import."""
    moved_at: Time | None = None
    """When it came into its state."""


class RivalRow(Strict):
    """A text of a section that somebody wrote at the same time as the one that counts."""

    section: Name
    text: Words
    actor: Name | None = None


class PostmortemPart(Strict):
    sections: dict[str, Words] = {}
    whys: list[WhyRow] = []
    actions: list[ActionRow] = []
    rivals: list[RivalRow] = []
    reviewed_at: Time | None = None
    """When it was finished."""
    review_reason: Words | None = None
    """Why it was finished although something is missing."""


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
    """The facts that all messages draw from, and only these; `summary` is the impact itself."""
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
    accounts: list[AccountRow] = []
    """Customers who are told personally."""
    filled: dict[str, Words] = {}
    """What people last wrote into fields of messages that are no facts of the incident; the next message begins with
    it."""


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
    except ValueError as error:
        raise Refused(f"The file holds a number with thousands of digits. Correct it. {INSTEAD}") from error
    try:
        document = Document.model_validate_json(text)
    except ValidationError as error:
        raise Refused(_sentence(error)) from error
    if document.postmortem is not None:
        _check_places(document.postmortem, document)
    return document


def _check_places(part: PostmortemPart, document: Document) -> None:
    """Raises Refused for a place where nothing is, and for a cause that explains itself."""
    for place, index, count, what in _places(part, document):
        if not 0 <= index < count:
            has = f"{count}, the first is 0" if count else "none"
            raise Refused(f"{place} is {clip(str(index), 40)}, but of {what} the file has {has}. Correct it. {INSTEAD}")
    whys = [Why(str(n), "", None if why.parent is None else str(why.parent)) for n, why in enumerate(part.whys)]
    for link in tree(whys):
        if link.parent is None and link.why.parent is not None:
            place = f"postmortem.whys.{link.why.id}.parent"
            raise Refused(f"{place} is {link.why.parent}, so that this cause explains itself. Correct it. {INSTEAD}")


def _places(part: PostmortemPart, document: Document) -> Iterator[tuple[str, int, int, str]]:
    """(where it stands, the place that it names, how many there are, of what)."""
    for n, why in enumerate(part.whys):
        if why.parent is not None:
            yield f"postmortem.whys.{n}.parent", why.parent, len(part.whys), "whys"
        for k, index in enumerate(why.evidence):
            yield f"postmortem.whys.{n}.evidence.{k}", index, len(document.events), "events"
        for k, index in enumerate(why.messages):
            yield f"postmortem.whys.{n}.messages.{k}", index, len(document.messages), "messages"
    for n, item in enumerate(part.actions):
        for k, index in enumerate(item.causes):
            yield f"postmortem.actions.{n}.causes.{k}", index, len(part.whys), "whys"


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
