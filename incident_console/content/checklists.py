"""The checklists of the phases as domain data. The shipped pack is checked by the tests, a company's own one
whenever it is loaded."""

from pathlib import Path
from typing import Any

from incident_console.content.packs import ContentTrouble, check, read_pack
from incident_console.domain.checklists import ORDER, Checklists, Item, Phase
from incident_console.domain.vocabulary import SEVERITIES


def load_checklists(folder: Path | None) -> Checklists:
    """The checklists of a company's folder, or the shipped ones; raises ContentTrouble with file, key and reason."""
    data, own = read_pack("checklists.toml", folder)
    if own is not None:
        from incident_console.content.checklist_models import ChecklistPack

        check(ChecklistPack, data, own)
        _cross_check(data, own)
    return checklists_of(data)


def checklists_of(data: dict[str, Any]) -> Checklists:
    """The checklists in the data of a checked pack, the phases in their order."""
    phases = sorted(map(_phase, data["phases"]), key=lambda phase: ORDER.index(phase.key))
    return Checklists(data["name"], data["version"], tuple(phases))


def _phase(data: dict[str, Any]) -> Phase:
    return Phase(data["key"], data["title"], tuple(map(_item, data["items"])))


def _item(data: dict[str, Any]) -> Item:
    return Item(data["id"], data["text"], tuple(data.get("severities", SEVERITIES)), data.get("help", ""))


def _cross_check(data: dict[str, Any], own: Path) -> None:
    """What no single key shows: a phase or an id that is used twice."""
    phases = list(enumerate(data["phases"]))
    _refuse_twice([(f"phases.{place}.key", phase["key"]) for place, phase in phases], own)
    items = [(f"phases.{place}.items", phase["items"]) for place, phase in phases]
    _refuse_twice([(f"{key}.{at}.id", item["id"]) for key, each in items for at, item in enumerate(each)], own)


def _refuse_twice(values: list[tuple[str, str]], own: Path) -> None:
    """`values` are (key in the file, value); raises ContentTrouble at the second use of a value."""
    seen: dict[str, str] = {}
    for key, value in values:
        if value in seen:
            raise ContentTrouble(f"{own}: {key}: “{value}” is already used at {seen[value]}. Rename or remove one.")
        seen[value] = key
