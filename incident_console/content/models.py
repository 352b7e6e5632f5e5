"""What a valid pack looks like. pydantic stands here, at the border, and nowhere inside."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from incident_console.domain.facts import SCALES
from incident_console.domain.vocabulary import Audience, EntryKind, Role

Minutes = Annotated[int, Field(ge=1, le=7 * 24 * 60)]
Words = Annotated[str, Field(min_length=1, max_length=400)]


class Strict(BaseModel):
    """Unknown keys are mistakes: a misspelt one would silently do nothing."""

    model_config = ConfigDict(extra="forbid", strict=True)


def _on_scale(key: str) -> type[str]:
    """A value of one scale of facts; anything else is refused with what is allowed."""

    def known(value: str) -> str:
        if value not in SCALES[key]:
            raise ValueError(f"must be one of {', '.join(SCALES[key])}")
        return value

    return Annotated[str, AfterValidator(known)]  # type: ignore[return-value]


class CriterionModel(Strict):
    function: _on_scale("function") | None = None  # type: ignore[valid-type]
    criticality: _on_scale("criticality") | None = None  # type: ignore[valid-type]
    affected: _on_scale("affected") | None = None  # type: ignore[valid-type]
    workaround: _on_scale("workaround") | None = None  # type: ignore[valid-type]
    data_loss: bool = False
    security_breach: bool = False


class RuleModel(CriterionModel):
    says: Words
    always: bool = False


class NotifyModel(Strict):
    who: Words
    within_min: Annotated[int, Field(ge=0, le=7 * 24 * 60)]


class LevelModel(Strict):
    number: Annotated[int, Field(ge=1, le=4)]
    name: Words
    criteria: Annotated[list[Words], Field(min_length=1)]
    examples: Annotated[list[Words], Field(min_length=1)]
    notify: list[NotifyModel]
    escalate: Words
    response: Words
    roles: list[Annotated[Role, Field(strict=False)]] = []
    reassess_min: Minutes | None = None
    checkin_min: Minutes | None = None
    quiet_min: Minutes = 15
    when: list[RuleModel] = []
    first_word_min: dict[Annotated[Audience, Field(strict=False)], Minutes] = {}
    cadence_min: dict[Annotated[Audience, Field(strict=False)], Minutes] = {}
    after_status_change_min: Minutes | None = None


class ScopingModel(Strict):
    label: Annotated[str, Field(min_length=1, max_length=20)]
    ask: Words
    kind: Annotated[EntryKind, Field(strict=False)]


class SeverityPack(Strict):
    """severity.toml: the four levels and what each sets in motion."""

    name: Words
    version: Annotated[int, Field(ge=1)]
    critical_flows: list[Words] = []
    sev1_if: list[CriterionModel] = []
    raise_if: list[CriterionModel] = []
    scoping: list[ScopingModel] = []
    care_min: Minutes = 120
    on_request_min: Minutes = 10
    acknowledge_min: Minutes = 5
    silence_min: Minutes = 20
    quiet_unexplained_min: Minutes = 30
    relief_min: Minutes = 240
    office_hours: Annotated[list[Annotated[int, Field(ge=0, le=24)]], Field(min_length=2, max_length=2)] = [8, 18]
    escalation_path: Annotated[list[Words], Field(max_length=20)] = []
    levels: Annotated[list[LevelModel], Field(min_length=4, max_length=4)]
