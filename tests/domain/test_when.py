"""Times as people type and read them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND, Zone, iso, to_instant
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import ago, clock_time, countdown, full_time, parse_time, span, spoken_time
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

ZONE = Zone(UTC)
BERLIN = Zone(ZoneInfo("Europe/Berlin"))


def at(text: str) -> int:
    return to_instant(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("now", NIGHT),
        ("-5m", NIGHT - 5 * MINUTE),
        ("-1h30m", NIGHT - 90 * MINUTE),
        ("-2d", NIGHT - 2 * DAY),
        ("-90s", NIGHT - 90 * SECOND),
        ("- 5m", NIGHT - 5 * MINUTE),
        ("-5min", NIGHT - 5 * MINUTE),
        ("02:30", at("2026-11-21T02:30:00Z")),
        ("2:30", at("2026-11-21T02:30:00Z")),
        ("@02:30", at("2026-11-21T02:30:00Z")),
        ("02:30:15", at("2026-11-21T02:30:15Z")),
        ("02:48", at("2026-11-21T02:48:00Z")),
        ("23:50", at("2026-11-20T23:50:00Z")),
        ("today 23:50", at("2026-11-21T23:50:00Z")),
        ("yesterday 23:10", at("2026-11-20T23:10:00Z")),
        ("Yesterday 01:10", at("2026-11-20T01:10:00Z")),
        ("2026-11-21T02:00Z", at("2026-11-21T02:00:00Z")),
        ("2026-11-21 02:00", at("2026-11-21T02:00:00Z")),
        ("2026-11-21T02:00:00.250+01:00", at("2026-11-21T01:00:00.250Z")),
        ("2026-11-20", at("2026-11-20T00:00:00Z")),
        ("20 Nov 2026 23:10", at("2026-11-20T23:10:00Z")),
        ("20.11.2026 23:10", at("2026-11-20T23:10:00Z")),
    ],
)
def test_what_people_type_is_understood(typed: str, expected: int) -> None:
    assert parse_time(typed, NIGHT, ZONE) == expected


@pytest.mark.parametrize(
    "typed",
    ["", "-", "soon", "25:00", "12:60", "-m", "2026-13-01", "2026-02-30T10:00", "tomorrow", "9" * 5000, "-5x", "1:2"],
)
def test_what_nobody_can_understand_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(Refused, match=r"-5m, 02:47, yesterday 23:10") as refusal:
        parse_time(typed, NIGHT, ZONE)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_times_are_refused(_name: str, text: str) -> None:
    with pytest.raises(Refused):
        parse_time(text, NIGHT, ZONE)


def test_relative_times_cross_the_end_of_summer_time_by_elapsed_time() -> None:
    now = at("2026-10-25T01:30:00Z")  # 02:30 for the second time in Berlin
    assert parse_time("-2h", now, BERLIN) == now - 2 * HOUR


def test_an_hour_that_occurs_twice_is_the_first_one() -> None:
    now = at("2026-10-25T05:00:00Z")
    assert parse_time("02:30", now, BERLIN) == at("2026-10-25T00:30:00Z")


def test_a_wall_time_is_read_in_the_readers_zone() -> None:
    now = at("2026-07-01T12:00:00Z")
    assert parse_time("13:30", now, BERLIN) == at("2026-07-01T11:30:00Z")
    assert clock_time(now, BERLIN) == "14:00"
    assert full_time(now, BERLIN) == "2026-07-01 14:00 CEST"


@pytest.mark.parametrize(
    ("instant", "zone", "said"),
    [
        ("2026-11-21T11:10:00Z", ZONE, "11:10 UTC on 21 November"),
        ("2026-11-01T00:05:00Z", ZONE, "00:05 UTC on 1 November"),
        ("2025-12-31T23:30:00Z", ZONE, "23:30 UTC on 31 December 2025"),
        ("2025-12-31T23:30:00Z", BERLIN, "00:30 CET on 1 January"),
        ("2026-07-01T12:00:00Z", BERLIN, "14:00 CEST on 1 July"),
        ("2026-11-21T02:47:00Z", Zone(ZoneInfo("Australia/Lord_Howe")), "13:47 UTC+11 on 21 November"),
        ("2027-01-01T00:00:00Z", ZONE, "00:00 UTC on 1 January 2027"),
    ],
)
def test_a_time_in_a_sentence(instant: str, zone: Zone, said: str) -> None:
    assert spoken_time(at(instant), NIGHT, zone) == said


@given(st.integers(min_value=-(10**15), max_value=4 * 10**15))
def test_iso_and_back_is_exact(instant: int) -> None:
    assert to_instant(datetime.fromisoformat(iso(instant))) == instant


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (0, "0:00"),
        (59 * SECOND, "0:59"),
        (119 * SECOND, "1:59"),
        (120 * SECOND, "2 min"),
        (-3 * MINUTE, "3 min"),
        (HOUR, "1 h 00 min"),
        (25 * HOUR, "1 d 1 h"),
    ],
)
def test_countdown(left: int, shown: str) -> None:
    assert countdown(left) == shown


def test_lengths_and_ages() -> None:
    assert span(42 * MINUTE + 10 * SECOND) == "0:42:10"
    assert span(3 * DAY + 4 * HOUR + 10 * MINUTE) == "3 d 04:10"
    assert ago(NIGHT - 3 * HOUR, NIGHT) == "3 hours ago"
