"""The severity levels and cadences as domain data. The shipped pack is checked by the tests, a company's own one
by pydantic whenever it is loaded."""

from pathlib import Path
from typing import Any

from incident_console.content.packs import ContentTrouble, check, read_pack
from incident_console.domain.deadlines import Level, Policy


def load_policy(folder: Path | None) -> Policy:
    """The policy of a company's folder, or the shipped one; raises ContentTrouble with file, key and reason."""
    name = "severity.toml"
    data, own = read_pack(name, folder)
    if own:
        from incident_console.content.models import SeverityPack

        check(SeverityPack, data, own)
        if {level["number"] for level in data["levels"]} != {1, 2, 3, 4}:
            raise ContentTrouble(f"{own}: levels: there must be exactly one each of 1, 2, 3 and 4.")
    levels = sorted(map(_level, data["levels"]), key=lambda level: level.number)
    return Policy(data["name"], data["version"], tuple(levels))


def _level(data: dict[str, Any]) -> Level:
    return Level(
        data["number"],
        data["name"],
        tuple(data["criteria"]),
        tuple(data["examples"]),
        data["notify"],
        data["escalate"],
        tuple((audience, minutes * 60) for audience, minutes in data.get("first_word_min", {}).items()),
        tuple((audience, minutes * 60) for audience, minutes in data.get("cadence_min", {}).items()),
        data["after_status_change_min"] * 60 if "after_status_change_min" in data else None,
    )
