"""What the tests of messages share: a desk with a company's own rules, complete drafts, clocks, and what was recorded."""

from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TypeVar

from incident_console.desk import Desk
from incident_console.desk.base import Setting
from incident_console.domain.clock import SimulatedClock, Zone
from incident_console.domain.comms import Draft, Wish
from incident_console.domain.deadlines import Deadline, deadlines
from incident_console.domain.events import Body
from incident_console.domain.incident import Incident
from incident_console.storage.store import Store
from tests.builders import NIGHT

PACK = """
name = "ours"
version = 1
[audiences.customers]
zone = "Asia/Kolkata"
channel = "our status page"
[audiences.executives]
zone = "America/New_York"
[[approval]]
audiences = ["customers", "key_accounts"]
severities = [1]
[[accounts]]
name = "Acme"
owner = "Mia"
tier = "gold"
"""


Stated = TypeVar("Stated", bound=Body)


def own_desk(folder: Path, actor: str = "dana", zone: Zone | None = None) -> Desk:
    """A desk with a company's own rules: zones, channels, approval of what leaves the house at SEV1."""
    content = folder / "pack"
    content.mkdir(exist_ok=True)
    (content / "comms.toml").write_text(PACK, "utf-8")
    store = Store(folder / "incidents.db", lambda: folder)
    return Desk(Setting(store, SimulatedClock(NIGHT), zone or Zone(UTC), actor, content))


def complete(desk: Desk, incident: Incident, wish: Wish, value: str = "words") -> Draft:
    """A draft in which nothing is missing."""
    template = desk.suggested(incident, wish.audience, wish.kind)
    known = desk.prefilled(incident, template, wish.audience)
    given = dict(wish.values)
    values = tuple(
        (field.name, given.get(field.name) or known[field.name] or f"{value} {field.name}")
        for field in template.fields
        if field.required or given.get(field.name)
    )
    return desk.compose(incident.id, replace(wish, values=values))


def clock(desk: Desk, incident: Incident, audience: str) -> Deadline | None:
    found = deadlines(incident, desk.policy)
    return next((each for each in found if each.name == audience), None)


def bodies(desk: Desk, incident: Incident, kind: type[Stated]) -> list[Stated]:
    with desk.store.reading():
        return [each.body for each in desk.store.log.state_events(incident.id) if isinstance(each.body, kind)]
