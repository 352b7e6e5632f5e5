"""What a pack says about messages: usual channels and zones, who approves what, the key accounts. The shipped pack is
checked by the tests, a company's own one whenever it is loaded."""

from pathlib import Path
from typing import Any

from incident_console.content.packs import ContentTrouble, check, read_pack
from incident_console.domain.incident import Account
from incident_console.domain.templates import ApprovalRule, AudienceRule, CommsRules

NAME = "comms.toml"


def load_comms(folder: Path | None) -> CommsRules:
    """The rules of a company's folder, or the shipped ones; raises ContentTrouble with file, key and reason."""
    data, own = read_pack(NAME, folder)
    if own is not None:
        from incident_console.content.template_models import CommsPack

        check(CommsPack, data, own)
        _once([each["name"] for each in data.get("accounts", ())], own)
    return comms_of(data)


def comms_of(data: dict[str, Any]) -> CommsRules:
    """The rules in the data of a checked pack."""
    return CommsRules(
        data["name"],
        data["version"],
        tuple(AudienceRule(name, **each) for name, each in data.get("audiences", {}).items()),
        tuple(map(_approval, data.get("approval", ()))),
        tuple(Account(**each) for each in data.get("accounts", ())),
        data.get("status_page_url", ""),
    )


def _approval(data: dict[str, Any]) -> ApprovalRule:
    return ApprovalRule(**{key: tuple(each) for key, each in data.items()})


def _once(names: list[str], own: Path) -> None:
    """Two accounts of one name could not be told apart."""
    folded = [name.casefold() for name in names]
    for name in names:
        if folded.count(name.casefold()) > 1:
            raise ContentTrouble(f"{own}: accounts: “{name}” stands there twice. Rename one.")
