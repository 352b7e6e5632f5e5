"""The message checks as a pack: the shipped one is valid, broken ones are refused with file, key and reason."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from incident_console.content.check_models import ChecksPack
from incident_console.content.checks import load_checks
from incident_console.content.packs import ContentTrouble, shipped
from incident_console.domain.checks.message import AUDIENCES, RULES, check_message
from incident_console.domain.checks.rules import ESTIMATES, SEVERITIES, MessageRules

SHIPPED = (shipped() / "checks.toml").read_text("utf-8")


def own(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED
    for before, after in changes:
        assert text.count(before) >= 1, before
        text = text.replace(before, after, 1)
    place = folder / "checks.toml"
    place.write_text(text, "utf-8")
    return place


def parts(rules: MessageRules) -> list[object]:
    return [getattr(rules, field.name) for field in fields(rules)]


def test_the_shipped_checks_are_valid_and_complete(tmp_path: Path) -> None:
    ChecksPack.model_validate(tomllib.loads(SHIPPED))
    own(tmp_path)
    assert parts(load_checks(tmp_path)) == parts(load_checks(None))
    rules = load_checks(None)
    assert tuple(rule.name for rule in rules.rules) == RULES
    assert {audience for audience, _ in rules.estimates} == set(AUDIENCES)
    assert {may for _, may in rules.estimates} <= set(ESTIMATES)
    assert {rule.severity_for(audience) for rule in rules.rules for audience in AUDIENCES} <= set(SEVERITIES)


def test_the_usual_answer_to_who_may_have_an_estimate() -> None:
    said = {audience: load_checks(None).estimate(audience) for audience in AUDIENCES}
    assert said == {"executives": "with_confidence"} | {name: "no" for name in AUDIENCES if name != "executives"}


def test_a_folder_without_checks_uses_the_shipped_ones(tmp_path: Path) -> None:
    assert parts(load_checks(tmp_path)) == parts(load_checks(None))


def test_a_company_changes_words_severities_and_patterns(tmp_path: Path) -> None:
    own(
        tmp_path,
        ('"k8s" = "our platform"', '"falcon" = "the order system"'),
        ('[rules.jargon]\nseverity = "warning"', '[rules.jargon]\nseverity = "error"'),
        ("patterns = [", "patterns = [\n  'BOX-\\d\\d',"),
        ('customers = "no"', 'customers = "yes"'),
    )
    rules = load_checks(tmp_path)
    found = check_message("Falcon on BOX-17 will be fixed by 5 pm; k8s is fine.", "customers", rules)
    assert [(each.rule, each.severity, each.rewrite) for each in found] == [
        ("jargon", "error", "The order system"),
        ("internal_detail", "error", None),
    ]


def test_a_rule_can_be_turned_off(tmp_path: Path) -> None:
    own(tmp_path, ('[rules.vague_story]\nseverity = "warning"', '[rules.vague_story]\nseverity = "off"'))
    assert check_message("We are experiencing technical difficulties.", "customers", load_checks(tmp_path)) == ()


def test_unsafe_characters_never_come_in(tmp_path: Path) -> None:
    own(tmp_path, ('"k8s" = "our platform"', '"k8s" = "our \\u202e platform"'))
    assert dict(load_checks(tmp_path).rule("jargon").plain)["k8s"] == "our � platform"


@pytest.mark.parametrize(
    ("before", "after", "key", "reason"),
    [
        ('name = "default"\n', "", "name", "needed"),
        ("version = 1", "version = 0", "version", "greater than or equal to 1"),
        ("version = 1", "version = 1\nmood = 2", "mood", "no such key"),
        ('customers = "no"', 'customers = "perhaps"', "estimates.customers", "'no', 'with_confidence' or 'yes'"),
        ('customers = "no"', 'customer = "no"', "estimates.customer", "'customers'"),
        ("[rules.jargon]\n", "[rules.jargn]\n", "rules.jargon", "needed"),
        ('[rules.jargon]\nseverity = "warning"', '[rules.jargon]\nseverity = "loud"', "rules.jargon.severity", "'hint'"),
        ('internal = "hint", support', 'interns = "hint", support', "rules.speculation.audiences.interns", "'customers'"),
        ('"best guess", ', '"Best guess", ', "rules.speculation.phrases.0", "lower case"),
        ('"best guess", ', '" best guess", ', "rules.speculation.phrases.0", "single spaces"),
        ('"best guess", ', '"", ', "rules.speculation.phrases.0", "it is empty"),
        ("from_sentences = 3", "from_sentences = 0", "rules.no_next_update.from_sentences", "greater than or equal to 1"),
        ('"k8s" = "our platform"', '"k8s" = 8', "rules.jargon.words.k8s", "must be text"),
        ('"k8s" = "our platform"', '"k8s" = "our\\nplatform"', "rules.jargon.words.k8s", "one line"),
        ("patterns = [", "patterns = [ '(',", "patterns.0", "not a valid regular expression"),
        ("patterns = [", "patterns = [ '(?:a+)+b',", "patterns.0", "without a limit"),
        ("patterns = [", "patterns = [ '(?:a|b){2,}',", "patterns.0", "without a limit"),
        ("patterns = [", "patterns = [ '(?P<x>a)(?P=x)',", "patterns.0", "refers back"),
        ("patterns = [", "patterns = [ '(a)b',", "patterns.0", "must not capture"),
        ("patterns = [", "patterns = [ 'a{0,5}',", "patterns.0", "empty text"),
        ("patterns = [", f"patterns = [ '{'a' * 201}',", "patterns.0", "at most 200 characters"),
    ],
)  # fmt: skip
def test_broken_checks_are_refused_with_file_key_and_reason(
    tmp_path: Path, before: str, after: str, key: str, reason: str
) -> None:
    place = own(tmp_path, (before, after))
    with pytest.raises(ContentTrouble) as trouble:
        load_checks(tmp_path)
    assert str(trouble.value).startswith(f"{place}: ")
    assert key in str(trouble.value)
    assert reason in str(trouble.value)


def test_checks_that_are_not_toml_are_refused(tmp_path: Path) -> None:
    (tmp_path / "checks.toml").write_text("name = [", "utf-8")
    with pytest.raises(ContentTrouble, match="not valid TOML"):
        load_checks(tmp_path)
