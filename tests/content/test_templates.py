"""The kinds of messages that are shipped: complete, and fit to be sent as they stand."""

import tomllib
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from incident_console.content.checks import load_checks
from incident_console.content.packs import shipped
from incident_console.content.template_models import TemplateModel
from incident_console.content.templates import load_catalog
from incident_console.domain.checks.message import MessageContext, check_message
from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.comms import OUTSIDE, Address, Draft, fields_for, fill
from incident_console.domain.incident import Account, Incident
from incident_console.domain.templates import COMPUTED, FACTS, FORMS, PHASES, PLACEHOLDER, Template
from incident_console.domain.vocabulary import MESSAGE_NAMES, MessageKind
from tests.builders import NIGHT

KINDS = [kind.value for kind in MessageKind]
CATALOG = load_catalog(None)
RULES = load_checks(None)
INCIDENT = Incident(
    "x", number=7, title="Checkout payments failing", severity=1, declared_at=NIGHT, started_at=NIGHT - 20 * MINUTE,
    roles=(("ic", "Dana"),), services=("Checkout",), channel="#incident-2026-11-21-checkout",
)  # fmt: skip
OVER = replace(INCIDENT, status="resolved", resolved_at=NIGHT + HOUR)

CARRIES = {
    "initial": "title status severity_name impact users_affected lead channel next_update please_do please_do_not questions_to",
    "update": "severity number title elapsed status progress users_affected business_impact customer_reports next_steps "
    "next_update notes",
    "brief": "elapsed status impact next_update",
    "status_page": "service headline public_status impact since next_update status_page_url workaround",
    "talking_points": "what_to_say what_not_to_say workaround questions_to impact",
    "escalation": "impact need why by_when evidence",
    "executive_brief": "impact business_impact users_affected decision_needed risk next_update",
    "key_account": "service impact what_we_do contact next_update greeting account_owner",
    "resolution": "started ended duration cause fix users_affected business_impact postmortem follow_ups prevention thanks",
    "customer_report": "service apology summary impact lasted cause fix prevention",
}


def template(kind: str) -> Template:
    found = CATALOG.get(kind)
    assert found is not None
    return found


def example(kind: str, audience: str, incident: Incident = INCIDENT) -> Draft:
    """The message that the examples of the fields make."""
    chosen = template(kind)
    account = Account("Example Ltd", "Mia") if audience == "key_accounts" else None
    address = Address(audience, NIGHT + 15 * MINUTE if chosen.promises else None, account)
    values = {field.name: field.example for field in chosen.fields}
    return fill(chosen, OVER if chosen.phases == ("learning",) else incident, address, values, NIGHT, Zone(UTC))


def test_there_is_a_template_for_every_kind_and_no_trouble() -> None:
    assert [each.kind for each in CATALOG.templates] == KINDS
    assert CATALOG.troubles == ()
    assert {path.stem for path in (shipped() / "templates").glob("*.toml")} == set(KINDS)
    assert CATALOG.get("nothing") is None


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_templates_are_valid(kind: str, tmp_path: Path) -> None:
    text = (shipped() / "templates" / f"{kind}.toml").read_text()
    TemplateModel.model_validate(tomllib.loads(text))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / f"{kind}.toml").write_text(text)
    own = load_catalog(tmp_path)  # as a company's own it passes every check, too
    assert own.troubles == ()
    assert own.get(kind) == replace(template(kind), source=tmp_path.name)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_something(kind: str) -> None:
    it = template(kind)
    assert it.name == MESSAGE_NAMES[MessageKind(kind)]
    assert it.tone
    assert set(it.phases) <= set(PHASES)
    assert set(it.forms) <= set(FORMS)
    assert "plain" in it.forms
    assert it.promises is ("$next_update" in it.body)
    used = set(PLACEHOLDER.findall(it.subject + it.body))
    outside = it.outside or it
    assert set(PLACEHOLDER.findall(outside.subject + outside.body)) <= {*COMPUTED, *(field.name for field in it.fields)}
    assert {field.name for field in it.fields} <= used
    assert used <= {*COMPUTED, *(field.name for field in it.fields)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_carries_what_its_readers_need(kind: str) -> None:
    it = template(kind)
    assert set(CARRIES[kind].split()) <= set(PLACEHOLDER.findall(it.subject + it.body))


def test_facts_have_one_name_and_what_is_asked_at_two_in_the_morning_is_little() -> None:
    required = {it.kind: {field.name for field in it.fields if field.required} for it in CATALOG.templates}
    assert required["status_page"] == {"service", "impact"}
    assert required["brief"] == {"impact"}
    assert all("impact" in names for names in required.values())
    names = {field.name for it in CATALOG.templates for field in it.fields}
    assert set(FACTS) <= names


@pytest.mark.parametrize(
    ("kind", "audiences"),
    [
        ("status_page", "customers support"), ("key_account", "key_accounts"), ("escalation", "internal executives"),
        ("customer_report", "customers key_accounts"), ("executive_brief", "executives"), ("talking_points", "support"),
        ("resolution", "internal customers executives support key_accounts"),
    ],
)  # fmt: skip
def test_each_is_meant_for_somebody(kind: str, audiences: str) -> None:
    assert template(kind).audiences == tuple(audiences.split())


def test_after_the_end_nothing_promises_another_word() -> None:
    assert {it.kind for it in CATALOG.templates if not it.promises} == {"resolution", "customer_report"}
    assert template("customer_report").phases == ("learning",)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_examples_make_can_be_sent_as_it_is(kind: str) -> None:
    it = template(kind)
    draft = example(kind, it.audiences[0])
    assert not draft.missing
    for known in (None, MessageContext("resolved" if it.phases == ("learning",) else "investigating")):
        assert check_message(draft.whole, it.audiences[0], RULES, known) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_to_others_only_what_the_kind_must_carry_is_asked_about(kind: str) -> None:
    for audience in template(kind).audiences[1:]:
        for finding in check_message(example(kind, audience).whole, audience, RULES, MessageContext()):
            assert finding.severity == "hint"
            assert finding.text in {"SEV1", INCIDENT.channel}


EXAMPLE = 24
"""How much of an example there is room for in the narrowest column; it breaks between words."""


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_an_example_that_can_be_seen(kind: str) -> None:
    for field in template(kind).fields:
        assert len(field.example.split()[0]) <= EXAMPLE, field.example
        assert field.example != field.label


@pytest.mark.parametrize(
    ("kind", "audience"),
    [(kind, audience) for kind in KINDS for audience in OUTSIDE if audience in template(kind).audiences],
)
@pytest.mark.parametrize("started", [None, NIGHT - 20 * MINUTE])
def test_people_outside_read_no_inside_words(kind: str, audience: str, started: int | None) -> None:
    incident = replace(OVER if template(kind).phases == ("learning",) else INCIDENT, started_at=started)
    account = Account("Example Ltd", "Mia") if audience == "key_accounts" else None
    values = {field.name: field.example for field in template(kind).fields}
    address = Address(audience, NIGHT + 15 * MINUTE if template(kind).promises else None, account)
    draft = fill(template(kind), incident, address, values, NIGHT, Zone(UTC))
    for inside in (INCIDENT.title, INCIDENT.reference, INCIDENT.channel, "Dana", "declared", "2026-11-21", "SEV", "#"):
        assert inside not in draft.whole
    assert " UTC on 21 November" in draft.whole
    assert "[missing" not in draft.whole


def test_a_resolution_for_customers_has_no_labels_and_asks_only_for_what_it_says() -> None:
    draft = example("resolution", "customers")
    assert draft.subject == "[RESOLVED] Checkout"
    assert draft.text.startswith("This is resolved.\n\nSome card payments")
    assert not any(":" in line.replace("03:47", "").replace("02:27", "") for line in draft.text.split("\n"))
    asked = {field.name for field in fields_for(template("resolution"), "customers")}
    assert asked == {"impact", "fix", "cause", "follow_ups", "prevention", "thanks"}
    assert fields_for(template("resolution"), "internal") == template("resolution").fields
    assert fields_for(template("status_page"), "customers") == template("status_page").fields
    told = {name for name, value in draft.values if value}
    assert told == asked  # nobody is recorded as having heard what the text does not say


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_of_a_value_that_is_not_known(kind: str) -> None:
    it = template(kind)
    bare = replace(INCIDENT, roles=(), channel="", services=())
    values = {field.name: field.example for field in it.fields if field.required}
    text = fill(it, bare, Address(it.audiences[0]), values, NIGHT, Zone(UTC)).text
    assert not [line for line in text.split("\n") if line.endswith(":") or line.startswith((":", ","))]
    assert "  " not in text
