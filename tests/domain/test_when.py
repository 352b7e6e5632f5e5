"""Times as people type and read them."""

import subprocess
import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND, Zone, iso, to_instant
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import (
    ago,
    clock_time,
    countdown,
    day_time,
    full_time,
    parse_time,
    span,
    spoken_time,
    stamp,
    utc_time,
    written,
)
from incident_console.widgets.entry_line import Look
from incident_console.widgets.entry_line import stamp as timeline_stamp
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
        ("2026/11/20 23:10", at("2026-11-20T23:10:00Z")),
        ("22 Oct 11:12", at("2026-10-22T11:12:00Z")),
        ("2 Oct 11:12", at("2026-10-02T11:12:00Z")),
        ("02 october 11:12:13", at("2026-10-02T11:12:13Z")),
        ("22 Sept 11:12", at("2026-09-22T11:12:00Z")),
        ("Oct 22 11:12", at("2026-10-22T11:12:00Z")),
        ("21 Nov 02:48", at("2026-11-21T02:48:00Z")),
        ("21 Nov 02:50", at("2025-11-21T02:50:00Z")),
        ("31 Dec 11:12", at("2025-12-31T11:12:00Z")),
        ("29 Feb 11:12", at("2024-02-29T11:12:00Z")),
        ("22 Oct 2025 11:12", at("2025-10-22T11:12:00Z")),
        ("22 Oct 2025, 11:12", at("2025-10-22T11:12:00Z")),
        ("22 Oct 2027 11:12", at("2027-10-22T11:12:00Z")),
        ("2025-10-22 11:12 UTC", at("2025-10-22T11:12:00Z")),
        ("2025-10-22 11:12 utc", at("2025-10-22T11:12:00Z")),
        ("2025-10-22 11:12 +02", at("2025-10-22T09:12:00Z")),
        ("2025-10-22 11:12 +0545", at("2025-10-22T05:27:00Z")),
        ("22 Oct 2025 11:12 GMT", at("2025-10-22T11:12:00Z")),
        ("22 Oct 11:12 UTC", at("2026-10-22T11:12:00Z")),
        ("11:12 UTC", at("2026-11-20T11:12:00Z")),
        ("11:12-03:00", at("2026-11-20T14:12:00Z")),
        ("11:12 UTC on 22 October", at("2026-10-22T11:12:00Z")),
    ],
)
def test_what_people_type_is_understood(typed: str, expected: int) -> None:
    assert parse_time(typed, NIGHT, ZONE) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "soon",
        "25:00",
        "12:60",
        "-m",
        "2026-13-01",
        "2026-02-30T10:00",
        "tomorrow",
        "9" * 5000,
        "-5x",
        "1:2",
        "31 Feb 10:00",
        "30 Feb 2025 10:00",
        "22 Octo 25:00",
        "22 Foo 10:00",
        "0 Oct 10:00",
        "22 Oct 20255 10:00",
        "10:30 pm",
        "22 Oct",
        "2025-13-01 10:00 UTC",
        "99 Oct 10:00",
    ],
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


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-07-01 14:00 CEST", "2026-07-01T12:00:00Z"),
        ("2026-07-01 14:00 cest", "2026-07-01T12:00:00Z"),
        ("2026-01-01 14:00 CET", "2026-01-01T13:00:00Z"),
        ("2026-07-01 14:00 UTC", "2026-07-01T14:00:00Z"),
        ("2026-10-25 02:30 CEST", "2026-10-25T00:30:00Z"),
        ("2026-10-25 02:30 CET", "2026-10-25T01:30:00Z"),
        ("1 Jul 14:00 CEST", "2026-07-01T12:00:00Z"),
    ],
)
def test_the_name_of_the_readers_zone_is_read_where_it_is_called_so(typed: str, expected: str) -> None:
    assert parse_time(typed, NIGHT, BERLIN) == at(expected)


@pytest.mark.parametrize(
    ("typed", "own"),
    [
        ("2026-07-01 14:00 CET", "CEST"),
        ("2026-07-01 14:00 PST", "CEST"),
        ("02:10 EST", "CET"),
        ("1 Jan 02:10 XYZ", "CET"),
    ],
)
def test_a_zone_that_nobody_can_be_sure_about_is_refused(typed: str, own: str) -> None:
    with pytest.raises(Refused, match=rf"no zone that is known here for that time.*your own \({own}\), or write UTC"):
        parse_time(typed, NIGHT, BERLIN)


# --- whatever is printed is read back as the same minute

ZONES = [ZONE, BERLIN, *(Zone(ZoneInfo(name)) for name in (
    "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia", "Europe/London",
)), Zone()]  # fmt: skip
INSTANTS = st.integers(at("1990-01-02T00:00:00Z"), at("2060-01-01T00:00:00Z"))


@given(INSTANTS, st.integers(0, 400 * DAY), st.sampled_from(ZONES))
def test_full_times_are_read_back(instant: int, since: int, zone: Zone) -> None:
    """Also in an hour that occurs twice, because the zone stands beside it."""
    now = instant + since
    shown = (full_time(instant, zone), utc_time(instant), written(instant, zone), day_time(instant, now, zone))
    assert {parse_time(each, now, zone) // MINUTE for each in shown} == {instant // MINUTE}
    assert parse_time(spoken_time(instant, now, zone), now, zone) // MINUTE == instant // MINUTE


@given(INSTANTS, st.integers(-DAY, 30 * DAY), st.sampled_from(ZONES))
def test_stamps_are_read_back_and_hold_no_space(instant: int, since: int, zone: Zone) -> None:
    shown = stamp(instant, instant + since, zone)
    assert parse_time(shown, instant + since, zone) // MINUTE == instant // MINUTE
    assert " " not in shown


@given(INSTANTS, st.integers(0, 360 * DAY), st.sampled_from(ZONES))
def test_what_the_timeline_prints_is_read_back_within_a_year(instant: int, since: int, zone: Zone) -> None:
    """It names no zone, so in an hour that occurs twice it is the first."""
    entry = Entry(1, "x", instant, instant, "note", "", "")
    shown = timeline_stamp(entry, Look(zone, dated=True, logged_too=False, marks_late=False))
    read = parse_time(shown, instant + since, zone)
    assert zone.show(read).replace(second=0, microsecond=0, tzinfo=None) == zone.show(instant).replace(
        second=0, microsecond=0, tzinfo=None
    )
    if zone.instant(zone.show(instant).replace(tzinfo=None, fold=0)) == instant:
        assert read // MINUTE == instant // MINUTE


def test_a_time_that_says_which_day_was_understood() -> None:
    summer = at("2026-10-21T20:54:00Z")
    assert day_time(summer, NIGHT, BERLIN) == "21 Oct 22:54 CEST"
    assert day_time(summer, NIGHT + 60 * DAY, BERLIN) == "21 Oct 2026 22:54 CEST"
    assert written(summer, BERLIN) == "2026-10-21 22:54"
    assert written(at("2026-10-25T00:30:00Z"), BERLIN) == "2026-10-25 02:30"
    assert written(at("2026-10-25T01:30:00Z"), BERLIN) == "2026-10-25 02:30+01:00"


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


def test_the_patterns_of_days_are_loaded_by_whoever_types_one() -> None:
    """Plain commands only show times."""
    code = (
        "import sys, incident_console.domain.when, incident_console.domain.logline;"
        "sys.exit('incident_console.domain.walltime' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
