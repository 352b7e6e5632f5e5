"""comms.toml: the shipped one is valid, broken ones are refused with file, key and reason."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from incident_console.content.comms import load_comms
from incident_console.content.packs import LARGEST, ContentTrouble, shipped
from incident_console.content.template_models import CommsPack
from incident_console.desk import Desk
from incident_console.desk.base import Setting
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Account
from incident_console.domain.templates import ApprovalRule, AudienceRule, CommsRules
from incident_console.domain.vocabulary import Audience
from tests.builders import declare, make_desk
from tests.console import environment

SHIPPED = (shipped() / "comms.toml").read_text("utf-8")

OWN = """
name = "ours"
version = 4
status_page_url = "https://status.example.com"
[audiences.customers]
zone = "Europe/Berlin"
channel = "status page"
[audiences.internal]
channel = "#all"
[[approval]]
audiences = ["customers", "key_accounts"]
severities = [1]
[[approval]]
kinds = ["customer_report", "vendor_note"]
[[accounts]]
name = "Example Ltd"
owner = "Mia"
tier = "gold"
note = "call first"
[[accounts]]
name = "Other Ltd"
"""


def own(folder: Path, text: str) -> Path:
    place = folder / "comms.toml"
    place.write_text(text, "utf-8")
    return place


def test_the_shipped_pack_is_valid_and_asks_nobody(tmp_path: Path) -> None:
    CommsPack.model_validate(tomllib.loads(SHIPPED))
    rules = load_comms(None)
    own(tmp_path, SHIPPED)
    assert load_comms(tmp_path) == rules
    assert [each.name for each in rules.audiences] == [audience.value for audience in Audience]
    assert (rules.approvals, rules.accounts, rules.status_page_url) == ((), (), "")
    assert not rules.needs_approval("customers", 1, "status_page")


def test_the_commented_examples_work_when_they_are_uncommented(tmp_path: Path) -> None:
    starts = ("# [[", "# name =", "# audiences =", "# severities =", "# kinds =", "# owner =", "# tier =", "# note =")
    lines = (line.removeprefix("# ") if line.startswith(starts) else line for line in SHIPPED.split("\n"))
    own(tmp_path, "\n".join(lines))
    rules = load_comms(tmp_path)
    assert rules.accounts == (Account("Example Ltd", "Mia", "gold", "call before you write"),)
    assert rules.needs_approval("customers", 1, "status_page")
    assert not rules.needs_approval("customers", 2, "status_page")
    assert not rules.needs_approval("internal", 1, "update")


def test_a_companys_pack_says_all_of_it(tmp_path: Path) -> None:
    own(tmp_path, OWN)
    rules = load_comms(tmp_path)
    assert rules == CommsRules(
        "ours", 4,
        (AudienceRule("customers", "Europe/Berlin", "status page"), AudienceRule("internal", "", "#all")),
        (ApprovalRule(("customers", "key_accounts"), (1,)), ApprovalRule(kinds=("customer_report", "vendor_note"))),
        (Account("Example Ltd", "Mia", "gold", "call first"), Account("Other Ltd")),
        "https://status.example.com",
    )  # fmt: skip
    assert type(rules.audiences[0].name) is str
    assert rules.needs_approval("executives", 4, "vendor_note")
    assert rules.needs_approval("customers", None, "status_page")
    assert rules.audience("support") == AudienceRule("support")


def test_without_a_pack_of_its_own_a_company_gets_the_shipped_one(tmp_path: Path) -> None:
    assert load_comms(tmp_path) == load_comms(None)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('name = "ours"\n', ""), "name: "),
        (("version = 4", "version = 0"), "version: "),
        (("version = 4", "version = 4\nmood = 2"), "mood: "),
        (("version = 4", "version ="), "not valid TOML: "),
        (("version = 4", f"deep = {'[' * 5000}{']' * 5000}"), "not valid TOML: "),
        (("https://status.example.com", "our page"), "status_page_url: "),
        (("[audiences.customers]", "[audiences.everybody]"), "audiences.everybody"),
        (("Europe/Berlin", "Europe/Nowhere"), "audiences.customers.zone: is not the name of a time zone"),
        (("Europe/Berlin", "Europe"), "audiences.customers.zone: "),
        (("Europe/Berlin", "../../etc/passwd"), "audiences.customers.zone: "),
        (("Europe/Berlin", ""), "audiences.customers.zone: "),
        (("Europe/Berlin", "/etc/localtime"), "audiences.customers.zone: "),
        (("Europe/Berlin", "a\\u0000b"), "audiences.customers.zone: "),
        (('channel = "#all"', "channel = 3"), "audiences.internal.channel: "),
        (('channel = "#all"', 'colour = "red"'), "audiences.internal.colour: "),
        (('"customers", "key_accounts"', '"customers", "vips"'), "approval.0.audiences.1: "),
        (("severities = [1]", "severities = [0]"), "approval.0.severities.0: "),
        (("severities = [1]", "severities = 1"), "approval.0.severities: "),
        (('"vendor_note"', '"Vendor Note"'), "approval.1.kinds.1: "),
        (("kinds =", "kind ="), "approval.1.kind: "),
        (('name = "Other Ltd"', 'name = " "'), "accounts.1.name: "),
        (('name = "Other Ltd"', 'owner = "Mia"'), "accounts.1.name: "),
        (('name = "Other Ltd"', 'name = "example ltd"'), "accounts: “Example Ltd” stands there twice."),
        (('tier = "gold"', "tier = 1"), "accounts.0.tier: "),
        (('tier = "gold"', 'phone = "1"'), "accounts.0.phone: "),
    ],
)
def test_a_broken_pack_is_refused_by_name(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    text = OWN.replace(*change, 1)
    assert text != OWN
    place = own(tmp_path, text)
    with pytest.raises(ContentTrouble) as trouble:
        load_comms(tmp_path)
    assert str(trouble.value).startswith(f"{place}: {says}")


def test_a_pack_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    place = own(tmp_path, "#" * (LARGEST + 1))
    with pytest.raises(ContentTrouble, match="Make it smaller"):
        load_comms(tmp_path)
    place.write_bytes(b"name = '\xff'")
    with pytest.raises(ContentTrouble, match="not valid TOML"):
        load_comms(tmp_path)
    place.unlink()
    place.mkdir()
    with pytest.raises(ContentTrouble, match="Is a directory"):
        load_comms(tmp_path)
    with pytest.raises(ContentTrouble, match="not a folder"):
        load_comms(tmp_path / "nowhere")


def test_what_is_shipped_is_loaded_without_pydantic(tmp_path: Path) -> None:
    code = (
        "import sys; from incident_console.content.comms import *; load_comms(None); print('pydantic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize("text", ['name = "ours"\nversion = "x"\n', "[[[", 'name = "ours"\n'])
def test_a_broken_pack_stops_nobody_and_is_named(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    own(folder, text)
    plain = make_desk(tmp_path)
    desk = Desk(Setting(plain.store, plain.setting.clock, plain.setting.zone, "dana", content=folder))
    incident = declare(desk)
    assert desk.comms_rules == load_comms(None)
    assert desk.compose(incident.id, Wish("customers")).audience == "customers"
    (trouble,) = desk.content_troubles()
    assert "comms.toml" in trouble
    assert trouble.endswith("The shipped one is used, so no approval is asked for.")
    assert desk.check_content() == (trouble,)
