"""The message checks as domain data. The shipped pack is checked by the tests, a company's own one whenever it is
loaded."""

from pathlib import Path
from typing import Any

from incident_console.content.packs import check, read_pack
from incident_console.domain.checks.rules import RULES, MessageRules, Rule


def load_checks(folder: Path | None) -> MessageRules:
    """The rules of a company's folder, or the shipped ones; raises ContentTrouble with file, key and reason."""
    data, own = read_pack("checks.toml", folder)
    if own is not None:
        from incident_console.content.check_models import ChecksPack

        check(ChecksPack, data, own)
    return checks_of(data)


def checks_of(data: dict[str, Any]) -> MessageRules:
    """The rules in the data of a checked pack."""
    return MessageRules(
        data["name"],
        data["version"],
        tuple(data["estimates"].items()),
        _lists(data["words"]),
        tuple(_rule(name, data["rules"][name]) for name in RULES),
    )


def _rule(name: str, data: dict[str, Any]) -> Rule:
    words = data.get("words", {})
    return Rule(
        name,
        data["severity"],
        tuple(data.get("audiences", {}).items()),
        data["advice"],
        _lists({"softer": [], **{key: value for key, value in data.items() if isinstance(value, list)}}),
        tuple(words.items()) if isinstance(words, dict) else (),
        data.get("from_sentences", 1),
        data.get("from_words", 0),
    )


def _lists(data: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, tuple(phrases)) for key, phrases in data.items())
