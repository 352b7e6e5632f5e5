"""What a valid pack looks like. pydantic stands here, at the border, and nowhere inside."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from incident_console.domain.vocabulary import Audience

Minutes = Annotated[int, Field(ge=1, le=7 * 24 * 60)]
Words = Annotated[str, Field(min_length=1, max_length=400)]


class Strict(BaseModel):
    """Unknown keys are mistakes: a misspelt one would silently do nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)


class LevelModel(Strict):
    number: Annotated[int, Field(ge=1, le=4)]
    name: Words
    criteria: Annotated[list[Words], Field(min_length=1)]
    examples: Annotated[list[Words], Field(min_length=1)]
    notify: Words
    escalate: Words
    first_word_min: dict[Annotated[Audience, Field(strict=False)], Minutes] = {}
    cadence_min: dict[Annotated[Audience, Field(strict=False)], Minutes] = {}
    after_status_change_min: Minutes | None = None


class SeverityPack(Strict):
    """severity.toml: the four levels and what each sets in motion."""

    name: Words
    version: Annotated[int, Field(ge=1)]
    levels: Annotated[list[LevelModel], Field(min_length=4, max_length=4)]


class FieldModel(Strict):
    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$", max_length=40)]
    label: Words
    required: bool
    help: Words
    example: Words


class TemplateModel(Strict):
    """templates/<kind>.toml: one kind of message."""

    kind: Words
    version: Annotated[int, Field(ge=1)]
    audiences: Annotated[list[Annotated[Audience, Field(strict=False)]], Field(min_length=1)]
    subject: Words
    body: Annotated[str, Field(min_length=1, max_length=20_000)]
    fields: list[FieldModel]
