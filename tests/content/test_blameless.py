"""The blameless wording as a pack: the shipped one is valid, broken ones are refused with file, key and reason."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from incident_console.content.blameless import load_blameless
from incident_console.content.blameless_models import BlamelessPack
from incident_console.content.packs import ContentTrouble, shipped
from incident_console.domain.blameless.check import RULES, check_blameless
from tests.console import environment

SHIPPED = (shipped() / "blameless.toml").read_text("utf-8")


def own(folder: Path, text: str) -> Path:
    place = folder / "blameless.toml"
    place.write_text(text, "utf-8")
    return place


def test_the_shipped_pack_is_valid(tmp_path: Path) -> None:
    BlamelessPack.model_validate(tomllib.loads(SHIPPED))
    own(tmp_path, SHIPPED)
    assert load_blameless(tmp_path) == load_blameless(None)
    assert (load_blameless(None).name, load_blameless(None).version) == ("default", 1)


def test_every_rule_asks_a_question_in_plain_words() -> None:
    rules = load_blameless(None).rules
    assert tuple(rule.name for rule in rules) == RULES
    for rule in rules:
        assert "?" in rule.advice
        assert "!" not in rule.advice
        assert rule.severity in ("error", "warning", "hint")


def test_no_phrase_stands_twice_in_a_list() -> None:
    for section in tomllib.loads(SHIPPED).values():
        for key, phrases in section.items() if isinstance(section, dict) else ():
            if isinstance(phrases, list):
                assert len(set(phrases)) == len(phrases), key


def test_no_given_name_is_an_everyday_word_of_the_pack() -> None:
    people = load_blameless(None).people
    assert not {name.lower() for name in people.given_names} & {*people.not_names, *people.roles}


def test_a_company_adds_its_own_words(tmp_path: Path) -> None:
    own(
        tmp_path,
        SHIPPED.replace('"careless",', '"careless", "slapdash (really)",').replace("version = 1", "version = 7"),
    )
    rules = load_blameless(tmp_path)
    assert rules.version == 7
    assert "slapdash (really)" in rules.fault_words.anybody
    assert [found.text for found in check_blameless("That was careless.", rules)] == ["careless"]


LATER = ("left_out", "judging", "whose", "unfit", "destructive", "steps", "sooner")


@pytest.mark.parametrize("key", LATER)
def test_an_older_pack_takes_the_shipped_words_for_a_list_that_it_does_not_have(tmp_path: Path, key: str) -> None:
    older = re.sub(rf"^{key} = \[[^\]]*\]\n", "", SHIPPED, flags=re.MULTILINE)
    assert older != SHIPPED
    own(tmp_path, older)
    assert load_blameless(tmp_path) == load_blameless(None)


def test_an_older_pack_keeps_its_own_words(tmp_path: Path) -> None:
    older = re.sub(r"^whose = \[[^\]]*\]\n", "", SHIPPED, flags=re.MULTILINE)
    own(tmp_path, older.replace('"careless",', '"slapdash",'))
    rules = load_blameless(tmp_path)
    assert rules.human_error == load_blameless(None).human_error
    assert [found.text for found in check_blameless("That was careless, even slapdash.", rules)] == ["slapdash"]


def test_a_later_list_is_checked_where_it_stands(tmp_path: Path) -> None:
    place = own(tmp_path, re.sub(r"^unfit = \[[^\]]*\]", "unfit = []", SHIPPED, flags=re.MULTILINE))
    with pytest.raises(ContentTrouble) as trouble:
        load_blameless(tmp_path)
    assert str(trouble.value).startswith(f"{place}: faults.unfit: ")


def test_a_folder_without_the_pack_uses_the_shipped_one(tmp_path: Path) -> None:
    assert load_blameless(tmp_path) == load_blameless(None)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("version = 1", "version = 0", "version", "greater than or equal to 1"),
        ("version = 1", "version = 1\ncolour = 2", "colour", "no such key"),
        ('severity = "error"', 'severity = "loud"', "rules.names_person.severity", "'error', 'warning' or 'hint'"),
        ('"careless",', '"Careless",', "fault_words.anybody.0", "must be written in lower case"),
        ('"careless",', '"care  less",', "fault_words.anybody.0", "single spaces"),
        ('"careless",', '"",', "fault_words.anybody.0", "it is empty"),
        ('"careless",', "3,", "fault_words.anybody.0", "must be text"),
        ("[counterfactual]", "[counter]", "counterfactual", "this key is needed"),
        (
            'teams = ["team", "staff", "department", "personnel", "crew"]',
            "teams = []",
            "people.teams",
            "at least 1 item",
        ),
    ],
)
def test_a_broken_pack_is_refused_with_file_key_and_reason(
    tmp_path: Path, old: str, new: str, key: str, reason: str
) -> None:
    assert old in SHIPPED
    place = own(tmp_path, SHIPPED.replace(old, new, 1))
    with pytest.raises(ContentTrouble) as trouble:
        load_blameless(tmp_path)
    assert str(trouble.value).startswith(f"{place}: {key}: ")
    assert reason in str(trouble.value)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    place = own(tmp_path, "name = ")
    with pytest.raises(ContentTrouble, match="not valid TOML") as trouble:
        load_blameless(tmp_path)
    assert str(place) in str(trouble.value)


def test_loading_the_shipped_pack_does_not_load_pydantic(tmp_path: Path) -> None:
    code = (
        "import sys; from incident_console.content.blameless import load_blameless; load_blameless(None);"
        "print('pydantic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
