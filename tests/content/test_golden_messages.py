"""Every kind of message for six real incidents, as their readers would see them, held against files that were read by
eye. After a change that is meant: WRITE_GOLDEN=1 pytest tests/content/test_golden_messages.py, then read the files."""

import json
import os
import tomllib
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Final

import pytest

from incident_console.content.templates import load_catalog
from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.comms import OUTSIDE, Address, fill, prefilled
from incident_console.domain.incident import Account, Incident
from incident_console.domain.templates import Template
from tests.replay import FILES, NAMES, Story, read_story

FOLDER: Final = Path(__file__).parent / "golden" / "messages"
KNOWN: Final = tomllib.loads((FOLDER / "facts.toml").read_text("utf-8"))
LATER: Final = 45 * MINUTE
"""How long after the declaration the words of the response are written; the others, a day after the end."""


def at_the_time(name: str, story: Story) -> Incident:
    """The incident in the middle of the response."""
    document, known = json.loads((FILES / f"{name}.json").read_text("utf-8")), KNOWN[name]
    stated = {key: each for key, each in known.items() if key not in ("severity", "afterwards")}
    facts = {"impact": document["impact"]["summary"], **stated}
    return Incident(
        "x", number=NAMES.index(name) + 1, title=story.title, severity=known["severity"], status=known["status"],
        declared_at=story.declared, started_at=story.started, roles=(("ic", "Dana"),), facts=tuple(facts.items()),
        channel="#incident-room", services=(known["service"],) if "service" in known else (),
    )  # fmt: skip


def afterwards(name: str, story: Story) -> Incident:
    """The same incident when it is over and the cause is known."""
    during = at_the_time(name, story)
    cause = json.loads((FILES / f"{name}.json").read_text("utf-8"))["root_cause"]
    return replace(during, status="resolved", resolved_at=story.resolved, facts=(*during.facts, ("cause", cause)))


def message(template: Template, name: str, audience: str) -> str:
    """What an audience of a kind would read; facts and nothing else are filled in."""
    story = read_story(name)
    over = template.phases == ("learning",)
    incident = (afterwards if over else at_the_time)(name, story)
    now = story.resolved + 24 * HOUR if over else story.declared + LATER
    account = Account("Example Ltd", "Mia") if audience == "key_accounts" else None
    values = {**prefilled(template, incident, audience, {}), **_typed(template, name, audience)}
    address = Address(audience, now + 30 * MINUTE if template.promises else None, account)
    draft = fill(template, incident, address, values, now, Zone(UTC))
    return f"===== {template.kind} for {audience}\n{draft.whole}\n"


def _typed(template: Template, name: str, audience: str) -> dict[str, str]:
    """What is typed anew each time, such as an apology or the next steps; when it is over, people outside get words of
    their own."""
    over = template.phases == ("learning",) and audience in OUTSIDE
    known = KNOWN[name] | (KNOWN[name].get("afterwards", {}) if over else {})
    return {field.name: known[field.name] for field in template.fields if field.name in known}


def readers(template: Template) -> tuple[str, ...]:
    """The first audience, and those outside, who read other words."""
    return (template.audiences[0], *(each for each in OUTSIDE if each in template.audiences[1:]))


@pytest.mark.parametrize("name", NAMES)
def test_messages_read_as_they_were_read(name: str) -> None:
    found = "\n".join(
        message(template, name, audience) for template in load_catalog(None).templates for audience in readers(template)
    )
    place = FOLDER / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        place.write_text(found, "utf-8")
    assert found == place.read_text("utf-8")


def test_there_is_one_file_for_each_incident() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(NAMES) == sorted(KNOWN)
    assert len(NAMES) == 6
