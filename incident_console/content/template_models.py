"""What valid templates/<kind>.toml and comms.toml look like. Loaded only for a company's own files, because pydantic is
slow to start."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from incident_console.content.models import Strict, Words
from incident_console.domain.vocabulary import Audience

Name = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$", max_length=40)]
Line = Annotated[str, Field(min_length=1, max_length=400, pattern=r"\S")]


class FieldModel(Strict):
    name: Name
    label: Line
    required: bool
    help: Words
    example: Words


Body = Annotated[str, Field(min_length=1, max_length=20_000, pattern=r"\S")]


class OutsideModel(Strict):
    """What the message says to people outside the company."""

    subject: Line
    body: Body


class TemplateModel(Strict):
    """One kind of message."""

    kind: Name
    version: Annotated[int, Field(ge=1)]
    name: Line | None = None
    audiences: Annotated[list[Annotated[Audience, Field(strict=False)]], Field(min_length=1)]
    phases: Annotated[list[Literal["response", "learning"]], Field(min_length=1)] = ["response", "learning"]
    severities: Annotated[list[Annotated[int, Field(ge=1, le=4)]], Field(min_length=1)] = [1, 2, 3, 4]
    forms: Annotated[
        list[Literal["plain", "email", "chat", "slack", "status_page"]], Field(min_length=1)
    ] = ["plain"]  # fmt: skip
    tone: list[Line] = []
    promises: bool | None = None
    subject: Line
    body: Body
    outside: OutsideModel | None = None
    fields: Annotated[list[FieldModel], Field(max_length=100)]


def _zone(name: str) -> str:
    """A zone that this machine knows; folders of zones, such as Europe, are none."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise ValueError("is not the name of a time zone; write it like Europe/Berlin") from None
    return name


class AudienceModel(Strict):
    zone: Annotated[str, Field(max_length=60), AfterValidator(_zone)] = "UTC"
    channel: Annotated[str, Field(max_length=100)] = ""


class ApprovalModel(Strict):
    audiences: list[Annotated[Audience, Field(strict=False)]] = []
    severities: list[Annotated[int, Field(ge=1, le=4)]] = []
    kinds: list[Name] = []


class AccountModel(Strict):
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
    owner: Annotated[str, Field(max_length=100)] = ""
    tier: Annotated[str, Field(max_length=100)] = ""
    note: Annotated[str, Field(max_length=400)] = ""


class CommsPack(Strict):
    """comms.toml: what is usual for each audience, who approves what, the key accounts."""

    name: Words
    version: Annotated[int, Field(ge=1)]
    status_page_url: Annotated[str, Field(max_length=400, pattern=r"^\S*$")] = ""
    audiences: dict[Annotated[Audience, Field(strict=False)], AudienceModel] = {}
    approval: list[ApprovalModel] = []
    accounts: Annotated[list[AccountModel], Field(max_length=1000)] = []
