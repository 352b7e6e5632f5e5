"""Gentle proposals: when they come, when they go, and that they are true."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from incident_console.content.policy import load_policy
from incident_console.domain.clock import HOUR, MINUTE, Zone, to_instant
from incident_console.domain.incident import ClockSetting, Incident
from incident_console.domain.proposals import is_out_of_hours, proposals, quiet_time
from tests.builders import NIGHT

POLICY = load_policy(None)
UTC_ZONE = Zone(UTC)
NOON = to_instant(datetime(2026, 11, 18, 12, 0, tzinfo=UTC))
"""A Wednesday, in the middle of working hours."""


def incident(since: int = NOON, **facts: object) -> Incident:
    base: dict[str, object] = {
        "severity": 2, "severity_since": since, "status_since": since, "declared_at": since, "status": "mitigating",
    }  # fmt: skip
    return Incident("x", number=1, title="t", **{**base, **facts})  # type: ignore[arg-type]


def said(state: Incident, now: int, zone: Zone = UTC_ZONE) -> list[str]:
    """The first word or two of each proposal."""
    return [sentence.split(":")[0] for sentence in proposals(state, POLICY, now, zone)]


@pytest.mark.parametrize(
    ("severity", "explained", "minutes"),
    [(1, True, 30), (1, False, 30), (2, True, 15), (2, False, 30), (3, True, 15), (None, True, 30), (None, False, 30)],
)
def test_quiet_time(severity: int | None, explained: bool, minutes: int) -> None:
    assert quiet_time(incident(severity=severity, explained=explained), POLICY) == minutes * MINUTE


@pytest.mark.parametrize(
    ("status", "minutes", "proposed"),
    [
        ("monitoring", 14, []),
        ("monitoring", 15, ["monitoring for 15 min"]),
        ("monitoring", 47, ["monitoring for 47 min"]),
        ("mitigating", 47, []),
        ("resolved", 47, []),
        ("closed", 47, []),
    ],
)
def test_resolving_is_proposed_after_a_quiet_time(status: str, minutes: int, proposed: list[str]) -> None:
    assert said(incident(status=status, explained=True), NOON + minutes * MINUTE) == proposed


@pytest.mark.parametrize(
    ("minutes", "cared", "proposed"),
    [
        (0, None, []),
        (5, None, []),
        (239, None, []),
        (240, None, ["Ana is IC for 4 h"]),
        (305, None, ["Ana is IC for 5 h"]),
        (305, 240, ["Ana is IC for 5 h"]),
        (305, 246, []),
    ],
)
def test_relief_is_proposed_after_four_hours_in_a_role(minutes: int, cared: int | None, proposed: list[str]) -> None:
    state = incident(
        to_instant(datetime(2026, 11, 18, 8, 0, tzinfo=UTC)),
        severity=4, roles=(("ic", "Ana"), ("investigators", "Ben")),
    )  # fmt: skip
    start = state.declared_at
    roles = (("ic", start), ("investigators", start))
    state = replace(state, role_since=roles, cared_at=None if cared is None else start + cared * MINUTE)
    assert said(state, start + minutes * MINUTE) == proposed


def test_who_took_over_just_now_needs_no_relief() -> None:
    state = incident(severity=4, roles=(("ic", "Ben"),), role_since=(("ic", NOON + 3 * HOUR),))
    assert said(state, NOON + 5 * HOUR) == []


def test_the_time_between_the_end_and_the_reopening_does_not_tire_anybody() -> None:
    state = incident(NOON - 48 * HOUR, severity=4, roles=(("ic", "Ana"),), role_since=(("ic", NOON - 48 * HOUR),))
    assert said(replace(state, reopened_at=NOON), NOON + HOUR) == []
    assert said(replace(state, reopened_at=NOON), NOON + 4 * HOUR) == ["Ana is IC for 4 h"]


OUTSIDE = "2 h outside working hours"


@pytest.mark.parametrize(
    ("declared", "now", "proposed"),
    [
        ((18, 2, 0), (18, 3, 59), []),
        ((18, 2, 0), (18, 4, 0), [OUTSIDE]),
        ((18, 16, 30), (18, 18, 30), []),
        ((18, 16, 30), (18, 19, 59), []),
        ((18, 16, 30), (18, 20, 0), [OUTSIDE]),
        ((18, 5, 0), (18, 8, 30), []),
        ((21, 10, 0), (21, 12, 0), [OUTSIDE]),
        ((20, 17, 0), (20, 20, 0), [OUTSIDE]),
    ],
)
def test_after_two_hours_outside_working_hours_somebody_asks(
    declared: tuple[int, int, int], now: tuple[int, int, int], proposed: list[str]
) -> None:
    start, present = (
        to_instant(datetime(2026, 11, day, hour, minute, tzinfo=UTC)) for day, hour, minute in (declared, now)
    )
    assert said(incident(start, severity=4), present) == proposed


def test_stop_or_go_on_is_not_asked_again_for_two_hours_once_somebody_cared() -> None:
    state = incident(NIGHT, severity=4, cared_at=NIGHT + 2 * HOUR)
    assert said(state, NIGHT + 3 * HOUR) == []
    assert said(state, NIGHT + 4 * HOUR) == [OUTSIDE]


def test_the_readers_wall_decides_what_working_hours_are() -> None:
    tokyo = Zone(ZoneInfo("Asia/Tokyo"))
    assert is_out_of_hours(NOON, POLICY, tokyo)
    assert not is_out_of_hours(NOON, POLICY, UTC_ZONE)


@pytest.mark.parametrize(
    ("hour", "outside"), [(0, True), (7, True), (8, False), (12, False), (17, False), (18, True), (23, True)]
)
def test_working_hours(hour: int, outside: bool) -> None:
    assert is_out_of_hours(NOON + (hour - 12) * HOUR, POLICY, UTC_ZONE) == outside
    assert is_out_of_hours(NOON + (hour - 12 + 72) * HOUR, POLICY, UTC_ZONE)


LONGER = "2 h of response"


@pytest.mark.parametrize(
    ("severity", "settings", "minutes", "proposed"),
    [
        (1, (), 119, []),
        (1, (), 120, [LONGER]),
        (2, (), 120, [LONGER]),
        (3, (), 240, []),
        (4, (), 240, []),
        (None, (), 120, [LONGER]),
        (1, (ClockSetting("customers", NOON, every=3600, changed=NOON),), 120, []),
        (1, (ClockSetting("customers", NOON, paused="why"),), 120, [LONGER]),
        (1, (ClockSetting("rto", NOON, every=7200, changed=NOON),), 120, [LONGER]),
        (1, (ClockSetting("reassess", NOON, every=7200, changed=NOON),), 120, [LONGER]),
    ],
)
def test_a_longer_rhythm_is_offered_after_two_hours(
    severity: int | None, settings: tuple[ClockSetting, ...], minutes: int, proposed: list[str]
) -> None:
    assert said(incident(severity=severity, settings=settings), NOON + minutes * MINUTE) == proposed


def test_reopening_starts_the_two_hours_again() -> None:
    state = incident(NOON - 20 * HOUR, severity=1, reopened_at=NOON)
    assert said(state, NOON + HOUR) == []
    assert said(state, NOON + 2 * HOUR) == [LONGER]


def test_an_imported_incident_gets_no_proposals() -> None:
    assert said(incident(NIGHT, imported=True), NIGHT + 9 * HOUR) == []


def test_the_most_useful_comes_first() -> None:
    state = incident(
        NIGHT, severity=1, status="monitoring", roles=(("ic", "Ana"),), role_since=(("ic", NIGHT),)
    )  # fmt: skip
    assert said(state, NIGHT + 5 * HOUR) == ["monitoring for 300 min", "Ana is IC for 5 h", OUTSIDE, LONGER]
