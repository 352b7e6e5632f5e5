"""Checklists as a pack: the shipped one is valid and complete, broken ones are refused with file, key and reason."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from incident_console.content.checklist_models import ChecklistPack
from incident_console.content.checklists import load_checklists
from incident_console.content.packs import ContentTrouble, shipped
from incident_console.domain.checklists import ORDER, Item, open_items
from incident_console.domain.vocabulary import SEVERITIES
from tests.console import environment

SHIPPED = (shipped() / "checklists.toml").read_text("utf-8")
ITEMS = {item.id: item for phase in load_checklists(None).phases for item in phase.items}

COMPLETE = {
    "detection": "severity join-channel status-and-impact commander technical-lead own-role",
    "active": "first-update business-context timeline stakeholder-updates keep-cadence talking-points other-teams "
    "customer-escalations escalate",
    "resolution": "technical-confirmation recovery-metrics resolution-message status-page schedule-postmortem "
    "first-feedback thank-responders",
    "after": "attend-postmortem business-impact product-actions follow-up update-playbooks tell-users",
}

SMALL = """name = "ours"
version = 3
[[phases]]
key = "active"
title = "Now"
[[phases.items]]
id = "call"
text = "Call the shop"
severities = [1, 2]
help = "The number is on the wall."
[[phases.items]]
id = "log"
text = "Write it down"
[[phases]]
key = "detection"
title = "First"
[[phases.items]]
id = "look"
text = "Look at the lamp"
"""


def own(folder: Path, text: str) -> Path:
    place = folder / "checklists.toml"
    place.write_text(text, "utf-8")
    return place


def test_the_shipped_checklists_are_valid(tmp_path: Path) -> None:
    ChecklistPack.model_validate(tomllib.loads(SHIPPED))
    own(tmp_path, SHIPPED)
    assert load_checklists(tmp_path) == load_checklists(None)  # as a company's own it passes every check, too
    assert (load_checklists(None).name, load_checklists(None).version) == ("default", 1)


def test_the_shipped_checklists_are_complete_and_in_order() -> None:
    phases = load_checklists(None).phases
    assert tuple(phase.key for phase in phases) == ORDER
    assert {phase.key: " ".join(item.id for item in phase.items) for phase in phases} == COMPLETE


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())
def test_shipped_items_are_short_calm_lines(item: Item) -> None:
    assert re.fullmatch(r"[A-Z][^\n!]{1,59}(?<!\.)", item.text)
    assert item.help == "" or re.fullmatch(r"[A-Z][^\n!]*[.?]", item.help)
    assert item.severities
    assert set(item.severities) <= set(SEVERITIES)


def test_no_two_shipped_items_say_the_same() -> None:
    assert len({item.text for item in ITEMS.values()}) == len(ITEMS)


@pytest.mark.parametrize(
    ("name", "severities"),
    [
        ("talking-points", (1, 2)),
        ("status-page", (1, 2)),
        ("first-update", (1, 2, 3)),
        ("severity", (1, 2, 3, 4)),
        ("resolution-message", (1, 2, 3, 4)),
    ],
)
def test_small_incidents_have_less_to_remember(name: str, severities: tuple[int, ...]) -> None:
    assert ITEMS[name].severities == severities


def test_the_worse_the_more_there_is_to_remember() -> None:
    counts = [len(open_items(load_checklists(None), "closed", severity, ())) for severity in SEVERITIES]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == len(ITEMS) == len(open_items(load_checklists(None), "closed", None, ()))


def test_a_company_writes_its_own(tmp_path: Path) -> None:
    own(tmp_path, SMALL)
    lists = load_checklists(tmp_path)
    assert (lists.name, lists.version) == ("ours", 3)
    assert [(phase.key, phase.title) for phase in lists.phases] == [("detection", "First"), ("active", "Now")]
    assert lists.phases[1].items == (
        Item("call", "Call the shop", (1, 2), "The number is on the wall."),
        Item("log", "Write it down", (1, 2, 3, 4), ""),
    )


def test_a_folder_without_checklists_uses_the_shipped_ones(tmp_path: Path) -> None:
    assert load_checklists(tmp_path) == load_checklists(None)


def test_unsafe_characters_never_come_in(tmp_path: Path) -> None:
    own(tmp_path, SMALL.replace("Call the shop", r"Call \u001b[31mthe\u202e shop"))
    assert load_checklists(tmp_path).phases[1].items[0].text == "Call ␛[31mthe\ufffd shop"


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        (('name = "ours"\n', ""), "name", "needed"),
        (('name = "ours"', 'name = ""'), "name", "it is empty"),
        (("version = 3", 'version = "3"'), "version", "whole number"),
        (("version = 3", "version = 0"), "version", "greater than or equal to 1"),
        (("version = 3", "version = 3\nmood = 2"), "mood", "no such key"),
        (('key = "active"', 'key = "panic"'), "phases.0.key", "must be one of detection, active, resolution, after"),
        (('key = "active"\n', ""), "phases.0.key", "needed"),
        (('key = "detection"', 'key = "active"'), "phases.1.key", "“active” is already used at phases.0.key"),
        (('title = "First"', 'titel = "First"'), "phases.1.title", "needed"),
        (('title = "First"', 'title = ""'), "phases.1.title", "it is empty"),
        (('title = "First"', f'title = "{"x" * 21}"'), "phases.1.title", "at most 20 characters"),
        (('id = "log"', 'id = "call"'), "phases.0.items.1.id", "“call” is already used at phases.0.items.0.id"),
        (('id = "look"', 'id = "log"'), "phases.1.items.0.id", "“log” is already used at phases.0.items.1.id"),
        (('id = "log"', 'id = "Log"'), "phases.0.items.1.id", "match pattern"),
        (('id = "log"', 'id = "2-log"'), "phases.0.items.1.id", "match pattern"),
        (('id = "log"', r'id = "log\n"'), "phases.0.items.1.id", "match pattern"),
        (('id = "log"\n', ""), "phases.0.items.1.id", "needed"),
        (('text = "Write it down"', 'text = ""'), "phases.0.items.1.text", "it is empty"),
        (('text = "Write it down"', 'text = "   "'), "phases.0.items.1.text", "must be one line"),
        (('text = "Write it down"', r'text = "Write\nit"'), "phases.0.items.1.text", "must be one line"),
        (('text = "Write it down"', f'text = "{"x" * 61}"'), "phases.0.items.1.text", "at most 60 characters"),
        (('text = "Write it down"', "text = 7"), "phases.0.items.1.text", "must be text"),
        (("severities = [1, 2]", "severities = []"), "phases.0.items.0.severities", "at least 1 item"),
        (("severities = [1, 2]", "severities = [1, 5]"), "phases.0.items.0.severities.1", "less than or equal to 4"),
        (("severities = [1, 2]", "severities = [0]"), "phases.0.items.0.severities.0", "greater than or equal to 1"),
        (("severities = [1, 2]", "severities = [2, 2]"), "phases.0.items.0.severities", "each severity once"),
        (("severities = [1, 2]", 'severities = ["1"]'), "phases.0.items.0.severities.0", "whole number"),
        (("severities = [1, 2]", "severities = 1"), "phases.0.items.0.severities", "must be a list"),
        (("severities = [1, 2]", "severity = [1, 2]"), "phases.0.items.0.severity", "no such key"),
        (('help = "The number', r'help = "The\nnumber'), "phases.0.items.0.help", "must be one line"),
        (('help = "The number is on the wall."', 'help = ""'), "phases.0.items.0.help", "it is empty"),
    ],
)  # fmt: skip
def test_broken_checklists_are_refused_by_name(change: tuple[str, str], key: str, reason: str, tmp_path: Path) -> None:
    assert change[0] in SMALL
    place = own(tmp_path, SMALL.replace(*change, 1))
    with pytest.raises(ContentTrouble) as trouble:
        load_checklists(tmp_path)
    assert str(trouble.value).startswith(f"{place}: {key}: ")
    assert reason in str(trouble.value)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('name = "ours"\nversion = 1\nphases = []\n', "phases"),
        ('name = "ours"\nversion = 1\n', "phases"),
        ('name = "ours"\nversion = 1\n[[phases]]\nkey = "active"\ntitle = "Now"\nitems = []\n', "phases.0.items"),
        ('name = "ours"\nversion = 1\n[[phases]]\nkey = "active"\ntitle = "Now"\n', "phases.0.items"),
        ("name = ", "not valid TOML"),
    ],
)
def test_empty_or_unreadable_checklists_are_refused(text: str, key: str, tmp_path: Path) -> None:
    place = own(tmp_path, text)
    with pytest.raises(ContentTrouble) as trouble:
        load_checklists(tmp_path)
    assert str(trouble.value).startswith(f"{place}: {key}: ")


@pytest.mark.parametrize(
    ("module", "call"),
    [
        ("checklists", "load_checklists(None)"),
        ("policy", "load_policy(None)"),
        ("templates", "load_template('update', None)"),
    ],
)
def test_loading_what_is_shipped_never_loads_pydantic(module: str, call: str, tmp_path: Path) -> None:
    code = f"import sys; from incident_console.content.{module} import *; {call}; print('pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
