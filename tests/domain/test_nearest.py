"""Which day a bare clock time means: nearest to what is known, else where it fits the run of the incident."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND, Zone, to_instant
from incident_console.domain.incident import Incident, Sent
from incident_console.domain.nearest import Anchor, around, beside, between, during, meant
from incident_console.domain.vocabulary import Refused, Status
from incident_console.domain.when import clock_time, full_time

UTC_ZONE = Zone(UTC)
BERLIN = Zone(ZoneInfo("Europe/Berlin"))
ZONES = [UTC_ZONE, BERLIN, *(Zone(ZoneInfo(name)) for name in (
    "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia",
))]  # fmt: skip
INSTANTS = st.integers(to_instant(datetime(2012, 1, 2, tzinfo=UTC)), to_instant(datetime(2040, 1, 1, tzinfo=UTC)))
FARTHEST = 13 * HOUR
"""A clock time comes round within half a day, an hour more where clocks are set back."""

LATER = to_instant(datetime(2050, 1, 1, tzinfo=UTC))


def at(text: str) -> int:
    return to_instant(datetime.fromisoformat(text))


START, END, NOW = at("2018-10-21T22:52:00Z"), at("2018-10-22T23:03:00Z"), at("2026-11-21T02:47:00Z")
TWO_DAYS = Incident(
    "x", number=1, imported=True, status=Status.CLOSED, declared_at=START, started_at=START, resolved_at=END
)  # fmt: skip
"""A night and the day after it; only its ends are known."""


def typed(name: str, text: str, last: int = END, **known: Any) -> str:
    """What somebody gets who types a time for a milestone."""
    incident = replace(TWO_DAYS, **known)
    return full_time(meant(text, around(incident, name, last, NOW), NOW, UTC_ZONE), UTC_ZONE)


# --- one that is known


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:54", "2018-10-21 22:54 UTC"),
        ("@22:54", "2018-10-21 22:54 UTC"),
        ("23:03", "2018-10-21 23:03 UTC"),
        ("00:10", "2018-10-22 00:10 UTC"),
        ("10:51", "2018-10-22 10:51 UTC"),
        ("10:53", "2018-10-21 10:53 UTC"),
        ("22:54:30", "2018-10-21 22:54 UTC"),
        ("22:54 UTC", "2018-10-21 22:54 UTC"),
        ("00:54+02:00", "2018-10-21 22:54 UTC"),
        ("22 Oct 11:12", "2018-10-22 11:12 UTC"),
        ("31 Dec 11:12", "2018-12-31 11:12 UTC"),
        ("1 January 11:12", "2019-01-01 11:12 UTC"),
        ("22 Oct 2017 11:12", "2017-10-22 11:12 UTC"),
        ("2018-10-22T11:12", "2018-10-22 11:12 UTC"),
        ("2018-10-22 11:12 UTC", "2018-10-22 11:12 UTC"),
        ("yesterday 23:10", "2026-11-20 23:10 UTC"),
        ("-5m", "2026-11-21 02:42 UTC"),
    ],
)
def test_a_known_milestone_is_corrected_nearby(text: str, expected: str) -> None:
    assert typed("detected_at", text, detected_at=START + MINUTE) == expected
    assert typed("started_at", text) == expected


def test_the_future_is_not_meant_while_there_is_a_past() -> None:
    now = at("2018-10-22T02:00:00Z")
    assert meant("06:00", beside(START), now, UTC_ZONE) == at("2018-10-21T06:00:00Z")
    assert meant("02:01", beside(START), now, UTC_ZONE) == now + MINUTE  # clocks differ a little
    assert meant("23 Oct 06:00", beside(START), now, UTC_ZONE) == at("2017-10-23T06:00:00Z")


# --- one that nobody knew


@pytest.mark.parametrize(
    ("name", "text", "known", "expected"),
    [
        ("detected_at", "22:54", {}, "2018-10-21 22:54 UTC"),
        ("detected_at", "22:52", {}, "2018-10-21 22:52 UTC"),
        ("detected_at", "22:52", {"started_at": START + 30 * SECOND}, "2018-10-21 22:52 UTC"),
        ("detected_at", "22:50", {}, "2018-10-22 22:50 UTC"),
        ("detected_at", "22:50", {"resolved_at": START + 2 * HOUR}, "2018-10-21 22:50 UTC"),
        ("detected_at", "22:50", {"mitigated_at": START + 2 * HOUR}, "2018-10-21 22:50 UTC"),
        ("detected_at", "11:12", {}, "2018-10-22 11:12 UTC"),
        ("detected_at", "21:00", {"started_at": None, "declared_at": END}, "2018-10-22 21:00 UTC"),
        ("acknowledged_at", "22:55", {}, "2018-10-21 22:55 UTC"),
        ("acknowledged_at", "22:55", {"detected_at": at("2018-10-22T06:00:00Z")}, "2018-10-22 22:55 UTC"),
        ("acknowledged_at", "06:05", {"detected_at": at("2018-10-22T06:00:00Z")}, "2018-10-22 06:05 UTC"),
        ("first_update", "22:58", {}, "2018-10-21 22:58 UTC"),
        ("first_update", "06:10", {"detected_at": at("2018-10-22T06:00:00Z")}, "2018-10-22 06:10 UTC"),
        ("mitigated_at", "22:58", {}, "2018-10-22 22:58 UTC"),
        ("mitigated_at", "11:12", {}, "2018-10-22 11:12 UTC"),
        ("mitigated_at", "23:05", {}, "2018-10-21 23:05 UTC"),
        ("mitigated_at", "23:05", {"acknowledged_at": at("2018-10-22T06:00:00Z")}, "2018-10-22 23:05 UTC"),
        ("mitigated_at", "22:58", {"resolved_at": None}, "2018-10-22 22:58 UTC"),
        ("resolved_at", "23:03", {"resolved_at": None}, "2018-10-22 23:03 UTC"),
        ("resolved_at", "23:20", {"resolved_at": None}, "2018-10-22 23:20 UTC"),
        ("started_at", "22:52", {"started_at": None, "detected_at": START + HOUR}, "2018-10-21 22:52 UTC"),
        ("started_at", "23:55", {"started_at": None, "detected_at": START + HOUR}, "2018-10-21 23:55 UTC"),
        ("started_at", "06:00", {"started_at": None, "detected_at": START + HOUR}, "2018-10-21 06:00 UTC"),
        ("started_at", "22 Oct 11:12", {"started_at": None}, "2018-10-22 11:12 UTC"),
    ],
)
def test_an_unknown_milestone_is_put_where_it_fits(name: str, text: str, known: dict[str, Any], expected: str) -> None:
    assert typed(name, text, **known) == expected


DECLARED = Incident("x", number=1, declared_at=START + 10 * MINUTE, status=Status.RESOLVED, resolved_at=END)
"""Declared here, ten minutes after the impact began that nobody has told yet."""


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("started_at", "22:52", "2018-10-21 22:52 UTC"),
        ("started_at", "23:10", "2018-10-21 23:10 UTC"),
        ("detected_at", "23:01", "2018-10-21 23:01 UTC"),
        ("acknowledged_at", "23:05", "2018-10-21 23:05 UTC"),
        ("first_update", "23:05", "2018-10-21 23:05 UTC"),
        ("mitigated_at", "22:58", "2018-10-22 22:58 UTC"),
    ],
)
def test_the_declaration_stands_in_for_what_is_not_known(name: str, text: str, expected: str) -> None:
    assert full_time(meant(text, around(DECLARED, name, END, NOW), NOW, UTC_ZONE), UTC_ZONE) == expected


def test_while_it_runs_the_present_is_the_end() -> None:
    running = replace(DECLARED, status=Status.MITIGATING, resolved_at=None)
    now = START + 20 * HOUR
    assert meant("18:00", around(running, "mitigated_at", now, now), now, UTC_ZONE) == at("2018-10-22T18:00:00Z")
    assert meant("19:30", around(running, "mitigated_at", now, now), now, UTC_ZONE) == START - 202 * MINUTE


def test_the_first_update_is_beside_the_one_that_is_known() -> None:
    sent = replace(TWO_DAYS, sent=(Sent("internal", "update", 1, END - HOUR, None),))
    assert around(sent, "first_update", END, NOW) == beside(END - HOUR)


def test_something_remembered_lies_in_its_stretch() -> None:
    gap = between(START + HOUR, END)
    assert meant("23:51", gap, NOW, UTC_ZONE) == at("2018-10-22T23:51:00Z") - DAY  # before it: nearest
    assert meant("23:53", gap, NOW, UTC_ZONE) == at("2018-10-21T23:53:00Z")
    assert meant("22:53", gap, NOW, UTC_ZONE) == at("2018-10-22T22:53:00Z")
    assert meant("11:12", during(TWO_DAYS, NOW), NOW, UTC_ZONE) == at("2018-10-22T11:12:00Z")
    assert meant("22:54", during(TWO_DAYS, NOW), NOW, UTC_ZONE) == at("2018-10-21T22:54:00Z")
    assert during(replace(TWO_DAYS, resolved_at=START - DAY), NOW).until == START  # whatever the order


# --- laws


def words(anchor: int, zone: Zone) -> str:
    return clock_time(anchor, zone)


@given(INSTANTS, st.times(), st.sampled_from(ZONES))
def test_it_has_that_clock_time_and_is_within_half_a_day(anchor: int, clock: Any, zone: Zone) -> None:
    """An hour more where clocks are set back; a time that was skipped is refused."""
    found = unless_skipped(f"{clock:%H:%M:%S}", anchor, zone)
    is_set = len({_offset(anchor + step * HOUR, zone) for step in range(-26, 27)}) > 1
    if found is None:
        assert is_set
        return
    assert f"{zone.show(found):%H:%M:%S}" == f"{clock:%H:%M:%S}"
    assert abs(found - anchor) <= (FARTHEST if is_set else 12 * HOUR)


def unless_skipped(text: str, anchor: int, zone: Zone) -> int | None:
    try:
        return meant(text, beside(anchor), LATER, zone)
    except Refused:
        return None


def _offset(instant: int, zone: Zone) -> int:
    delta = zone.show(instant).utcoffset()
    assert delta is not None
    return int(delta.total_seconds()) * SECOND


@given(INSTANTS, st.sampled_from(ZONES))
def test_the_clock_time_of_an_instant_beside_itself_is_that_minute(anchor: int, zone: Zone) -> None:
    """Also in an hour that occurs twice."""
    assert meant(words(anchor, zone), beside(anchor), LATER, zone) // MINUTE == anchor // MINUTE


@given(INSTANTS, st.integers(0, 40 * HOUR), st.times(), st.integers(-DAY, 3 * DAY))
def test_what_has_passed_comes_before_what_has_not(since: int, lasted: int, clock: Any, ahead: int) -> None:
    now = since + lasted + max(0, ahead)
    found = meant(f"{clock:%H:%M}", between(since, since + lasted), now, UTC_ZONE)
    assert found <= now + 2 * MINUTE


@given(INSTANTS, st.integers(0, 40 * HOUR), st.times())
def test_the_first_one_in_a_stretch_is_taken_where_there_is_one(since: int, lasted: int, clock: Any) -> None:
    since -= since % MINUTE
    until = since + lasted
    found = meant(f"{clock:%H:%M}", between(since, until), LATER, UTC_ZONE)
    first = next(each for each in range(since, since + DAY, MINUTE) if words(each, UTC_ZONE) == f"{clock:%H:%M}")
    assert found == first if first <= until else abs(found - since) <= 12 * HOUR


MILESTONE = st.none() | st.integers(START - 2 * DAY, END + 2 * DAY)


@given(
    st.fixed_dictionaries({name: MILESTONE for name in (
        "started_at", "detected_at", "acknowledged_at", "mitigated_at", "resolved_at",
    )}),
    st.sampled_from(["started_at", "detected_at", "acknowledged_at", "first_update", "mitigated_at", "resolved_at"]),
    st.times(), st.booleans(),
)  # fmt: skip
def test_whatever_is_known_in_whatever_order_a_time_is_found(
    known: dict[str, Any], name: str, clock: Any, imported: bool
) -> None:
    incident = replace(TWO_DAYS, imported=imported, **known)
    anchor = around(incident, name, END, NOW)
    found = meant(f"{clock:%H:%M}", anchor, NOW, UTC_ZONE)
    assert words(found, UTC_ZONE) == f"{clock:%H:%M}"
    assert abs(found - anchor.at) <= 12 * HOUR or anchor.holds(found)


# --- clocks that are set


def test_an_hour_that_occurs_twice_is_the_one_nearer_to_the_anchor() -> None:
    first, second = at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z")
    assert meant("02:30", beside(first - HOUR), LATER, BERLIN) == first
    assert meant("02:30", beside(second + HOUR), LATER, BERLIN) == second
    assert meant("02:30 CEST", beside(second + HOUR), LATER, BERLIN) == first
    assert meant("02:30 CET", beside(first), LATER, BERLIN) == second


def test_an_hour_that_was_skipped_is_refused_where_it_would_be_meant() -> None:
    morning = at("2026-03-29T02:00:00Z")
    with pytest.raises(Refused, match="skipped"):
        meant("02:30", beside(morning), LATER, BERLIN)
    assert meant("02:30", beside(morning + 16 * HOUR), LATER, BERLIN) == at("2026-03-30T00:30:00Z")


@pytest.mark.parametrize("anchor", ["2026-03-28T20:00:00Z", "2026-03-29T00:30:00Z", "2026-03-29T12:00:00Z"])
def test_it_is_refused_from_the_evening_before_until_the_afternoon(anchor: str) -> None:
    """No other night is put in its place."""
    with pytest.raises(Refused, match="skipped"):
        meant("02:30", beside(at(anchor)), LATER, BERLIN)
    with pytest.raises(Refused, match="skipped"):
        meant("29 Mar 02:30", beside(at(anchor)), LATER, BERLIN)
    assert meant("30 Mar 02:30", beside(at(anchor)), LATER, BERLIN) == at("2026-03-30T00:30:00Z")


def test_a_stretch_that_holds_another_night_means_that_one() -> None:
    first, last = at("2026-03-28T22:00:00Z"), at("2026-03-30T18:00:00Z")
    assert meant("02:30", between(first, last), LATER, BERLIN) == at("2026-03-30T00:30:00Z")
    with pytest.raises(Refused, match="skipped"):
        meant("02:30", between(first, at("2026-03-29T10:00:00Z")), LATER, BERLIN)


def test_what_has_not_come_yet_was_not_skipped() -> None:
    evening = at("2026-03-28T20:00:00Z")
    assert meant("02:30", beside(evening), evening, BERLIN) == at("2026-03-28T01:30:00Z")


@pytest.mark.parametrize("text", ["31 Feb 10:00", "soon", "25:00", "", "22:54 PST"])
def test_what_nobody_can_understand_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        meant(text, beside(START), NOW, BERLIN)


def test_a_leap_day_without_its_year_is_the_nearest_one() -> None:
    assert meant("29 Feb 10:00", beside(START), NOW, UTC_ZONE) == at("2020-02-29T10:00:00Z")


def test_a_stretch_needs_both_ends() -> None:
    assert not Anchor(START).holds(START)
    assert not Anchor(START, START).holds(START)
    assert Anchor(START, START, START).holds(START)
