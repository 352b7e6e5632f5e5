"""The severity levels and cadences as domain data. The shipped pack is checked by the tests, a company's own one
by pydantic whenever it is loaded."""

from pathlib import Path
from typing import Any

from incident_console.content.packs import ContentTrouble, check, read_pack
from incident_console.domain.policy import Habits, Level, Policy, Prompt
from incident_console.domain.triage import Criterion, Rules


def load_policy(folder: Path | None) -> Policy:
    """The policy of a company's folder, or the shipped one; raises ContentTrouble with file, key and reason."""
    name = "severity.toml"
    data, own = read_pack(name, folder)
    if own:
        from incident_console.content.models import SeverityPack

        check(SeverityPack, data, own)
        if {level["number"] for level in data["levels"]} != {1, 2, 3, 4}:
            raise ContentTrouble(f"{own}: levels: there must be exactly one each of 1, 2, 3 and 4.")
    return policy_of(data)


def policy_of(data: dict[str, Any]) -> Policy:
    """The policy in the data of a checked pack."""
    levels = sorted(map(_level, data["levels"]), key=lambda level: level.number)
    flows = tuple(data.get("critical_flows", ()))
    prompts = tuple(Prompt(**each) for each in data.get("scoping", ()))
    return Policy(data["name"], data["version"], tuple(levels), _rules(data), flows, prompts, _habits(data))


def _habits(data: dict[str, Any]) -> Habits:
    """What the pack says; the program's own habits where it says nothing."""
    minutes = {
        "care": "care_min", "request": "on_request_min", "acknowledge": "acknowledge_min", "silence": "silence_min",
        "quiet_unexplained": "quiet_unexplained_min", "relief": "relief_min",
    }  # fmt: skip
    given: dict[str, Any] = {name: data[key] * 60 for name, key in minutes.items() if key in data}
    if "office_hours" in data:
        given["office"] = tuple(data["office_hours"])
    if "escalation_path" in data:
        given["escalation_path"] = tuple(data["escalation_path"])
    return Habits(**given)


def _rules(data: dict[str, Any]) -> Rules:
    by_number = sorted(data["levels"], key=lambda level: int(level["number"]))
    criteria = tuple(
        (level["number"], tuple(Criterion(**rule) for rule in level.get("when", ())))
        for level in by_number
    )  # fmt: skip
    lifts = (tuple(Criterion(**each) for each in data.get(key, ())) for key in ("sev1_if", "raise_if"))
    return Rules(criteria, by_number[-1]["criteria"][0], *lifts)


def _level(data: dict[str, Any]) -> Level:
    return Level(
        data["number"],
        data["name"],
        tuple(data["criteria"]),
        tuple(data["examples"]),
        tuple((each["who"], each["within_min"] * 60) for each in data["notify"]),
        data["escalate"],
        data["response"],
        tuple(data.get("roles", ())),
        tuple((audience, minutes * 60) for audience, minutes in data.get("first_word_min", {}).items()),
        tuple((audience, minutes * 60) for audience, minutes in data.get("cadence_min", {}).items()),
        _seconds(data, "after_status_change_min"),
        _seconds(data, "reassess_min"),
        _seconds(data, "checkin_min"),
        data.get("quiet_min", 15) * 60,
    )


def _seconds(data: dict[str, Any], key: str) -> int | None:
    return data[key] * 60 if key in data else None
