"""Desks, incidents and instants for tests: a temporary file, a clock that stands still, a known zone."""

from datetime import UTC, datetime
from pathlib import Path

from incident_console.desk import Desk
from incident_console.desk.base import Setting
from incident_console.domain.clock import SimulatedClock, Zone, to_instant
from incident_console.domain.decide import Declaration
from incident_console.domain.incident import Incident
from incident_console.storage.store import Store

NIGHT = to_instant(datetime(2026, 11, 21, 2, 47, tzinfo=UTC))
"""02:47 UTC on a Saturday: when things break."""


def make_desk(folder: Path, actor: str = "dana", at: int = NIGHT, database: str = "incidents.db") -> Desk:
    """A desk on a database in `folder`; a second call with the same folder is a second terminal."""
    store = Store(folder / database, lambda: folder)
    return Desk(Setting(store, SimulatedClock(at), Zone(UTC), actor))


def clock_of(desk: Desk) -> SimulatedClock:
    """The clock of a test's desk, to be moved by hand."""
    clock = desk.setting.clock
    assert isinstance(clock, SimulatedClock)
    return clock


def declare(desk: Desk, title: str = "Checkout payments failing", severity: int | None = 1) -> Incident:
    """An ordinary incident."""
    return desk.declare(Declaration(title, severity))
