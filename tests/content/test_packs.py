"""Packs: the shipped ones are valid, broken ones are refused with file, key and reason."""

import tomllib
from pathlib import Path

import pytest

from incident_console.content.models import SeverityPack
from incident_console.content.packs import ContentTrouble, shipped
from incident_console.content.policy import load_policy
from incident_console.domain.facts import Facts
from incident_console.domain.triage import level_of

SEVERITY = (shipped() / "severity.toml").read_text()


def test_the_shipped_levels_are_valid() -> None:
    SeverityPack.model_validate(tomllib.loads(SEVERITY))
    assert [level.number for level in load_policy(None).levels] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("number = 4", "number = 3"), "exactly one each"),
        (("number = 4", "number = 5"), "levels.3.number"),
        (("internal = 5", "internal = 0"), "first_word_min"),
        (("internal = 5", "interns = 5"), "first_word_min"),
        (('name = "low"', 'name = ""'), "levels.3.name"),
        (("version = 3", 'version = "3"'), "version"),
        (('\nfunction = "partial"', '\nfunction = "broken"'), "raise_if.0.function"),
        (('criticality = "critical"', 'critical = "yes"'), "sev1_if.0.critical"),
        (('says = "data was lost"', 'says = ""'), "levels.0.when.0.says"),
        (('says = "data was lost"\n', ""), "levels.0.when.0.says"),
        (("data_loss = true", 'data_loss = "true"'), "levels.0.when.0.data_loss"),
        (('affected = "many"', 'affected = "most"'), "must be one of none, few, some, many, all"),
        (('affected = "many"', 'affektet = "many"'), "affektet"),
        (('workaround = "painful"', "workaround = 3"), "levels.0.when.2.workaround"),
        (("within_min = 0", "within_min = -1"), "levels.0.notify.0.within_min"),
        (('who = "executives"', 'whom = "executives"'), "levels.0.notify.2"),
        (('"ic", "tech", "comms", "scribe"', '"ic", "boss"'), "levels.0.roles.1"),
        (("reassess_min = 30", "reassess_min = 0"), "levels.0.reassess_min"),
        (('response = "immediate"\n', ""), "levels.1.response"),
        (("critical_flows = [", "critical_flows = [3, "), "critical_flows.0"),
        (('kind = "impact"', 'kind = "gossip"'), "scoping.0.kind"),
        (('label = "Part"', 'label = ""'), "scoping.0.label"),
        (("sev1_if", "sev_if"), "sev_if"),
    ],
)
def test_broken_levels_are_refused_by_name(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    (tmp_path / "severity.toml").write_text(SEVERITY.replace(*change, 1))
    with pytest.raises(ContentTrouble) as trouble:
        load_policy(tmp_path)
    assert "severity.toml" in str(trouble.value)
    assert says in str(trouble.value)


def test_a_company_changes_criteria_and_cadences_without_code(tmp_path: Path) -> None:
    own = SEVERITY.replace('affected = "many"\nworkaround = "painful"', 'affected = "few"', 1)
    (tmp_path / "severity.toml").write_text(own.replace("customers = 20", "customers = 10", 1))
    known = Facts("down", "critical", "few", "reasonable", False, False, ())
    assert level_of(known, load_policy(None).rules) == 3
    assert level_of(known, load_policy(tmp_path).rules) == 1
    assert dict(load_policy(tmp_path).level(1).cadence)["customers"] == 600


def test_a_huge_or_unreadable_pack_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "severity.toml"
    place.write_text("#" * 10_000_001)
    with pytest.raises(ContentTrouble, match="Make it smaller"):
        load_policy(tmp_path)
    place.write_bytes(b"name = '\xff'")
    with pytest.raises(ContentTrouble, match="not valid TOML"):
        load_policy(tmp_path)
    with pytest.raises(ContentTrouble, match="not a folder"):
        load_policy(tmp_path / "nowhere")
