"""What the tests of drafting share: an incident, drafts about it as far as they are written, and zones to read them in."""

from datetime import UTC
from functools import lru_cache
from zoneinfo import ZoneInfo

from incident_console.content.templates import load_catalog
from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.comms import Address, Draft, fill
from incident_console.domain.incident import Incident
from incident_console.domain.templates import Catalog
from tests.builders import NIGHT

UTC_ZONE = Zone(UTC)
BERLIN = Zone(ZoneInfo("Europe/Berlin"))
KOLKATA = Zone(ZoneInfo("Asia/Kolkata"))
INCIDENT = Incident("x", number=7, title="Checkout failing", severity=1, declared_at=NIGHT)


@lru_cache
def catalog() -> Catalog:
    return load_catalog(None)


def draft(
    values: dict[str, str] | None = None,
    next_at: int | None = NIGHT + 30 * MINUTE,
    incident: Incident = INCIDENT,
    kind: str = "update",
    zone: Zone = UTC_ZONE,
) -> Draft:
    template = catalog().get(kind)
    assert template is not None
    return fill(template, incident, Address(template.audiences[0], next_at), values or {}, NIGHT, zone)
