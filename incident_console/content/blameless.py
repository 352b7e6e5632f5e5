"""The blameless wording as domain data. The shipped pack is checked by the tests, a company's own one whenever it is
loaded."""

from pathlib import Path
from typing import Any

from incident_console.content.packs import check, read_pack
from incident_console.domain.blameless import rules as parts
from incident_console.domain.blameless.rules import RULES, BlamelessRules, Rule


def load_blameless(folder: Path | None) -> BlamelessRules:
    """The rules of a company's folder, or the shipped ones; raises ContentTrouble with file, key and reason."""
    data, own = read_pack("blameless.toml", folder)
    if own is not None:
        from incident_console.content.blameless_models import BlamelessPack

        check(BlamelessPack, data, own)
        data = _completed(data)
    return blameless_of(data)


def _completed(data: dict[str, Any]) -> dict[str, Any]:
    """An older pack with the shipped words in the lists that it does not know yet."""
    shipped, _ = read_pack("blameless.toml", None)
    return {key: {**shipped[key], **part} if isinstance(part, dict) else part for key, part in data.items()}


def blameless_of(data: dict[str, Any]) -> BlamelessRules:
    """The rules in the data of a checked pack."""
    rules = tuple(Rule(name, data["rules"][name]["severity"], data["rules"][name]["advice"]) for name in RULES)
    return BlamelessRules(
        data["name"],
        data["version"],
        rules,
        parts.People(**_lists(data["people"])),
        parts.Faults(**_lists(data["faults"])),
        parts.FaultWords(**_lists(data["fault_words"])),
        parts.HumanError(**_lists(data["human_error"])),
        parts.Causes(**_lists(data["causes"])),
        parts.Counterfactual(**_lists(data["counterfactual"])),
    )


def _lists(section: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(phrases) for key, phrases in section.items()}
