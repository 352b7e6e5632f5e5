"""What the tests of sending share: an incident, the same one closed, and drafts in which nothing is missing."""

from dataclasses import replace
from datetime import UTC
from functools import lru_cache

from incident_console.content.templates import load_catalog
from incident_console.domain.clock import HOUR, Zone
from incident_console.domain.comms import Address, Draft, fill
from incident_console.domain.incident import Account, Incident
from tests.builders import NIGHT

ZONE = Zone(UTC)
INCIDENT = Incident("x", number=7, title="Checkout failing", severity=1, declared_at=NIGHT - HOUR)
CLOSED = replace(INCIDENT, status="closed", resolved_at=NIGHT, closed_at=NIGHT)


@lru_cache
def draft(kind: str = "update", value: str = "words", account: str = "", incident: Incident = INCIDENT) -> Draft:
    template = load_catalog(None).get(kind)
    assert template is not None
    values = {field.name: f"{value} {field.name}" for field in template.fields}
    address = Address(template.audiences[0], NIGHT + HOUR, Account(account) if account else None)
    return fill(template, incident, address, values, NIGHT, ZONE)
