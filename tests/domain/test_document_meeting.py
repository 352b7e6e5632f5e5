"""The review as a meeting: its time as people type it, and the calendar file."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from incident_console.domain.clock import HOUR, MINUTE, Zone, to_instant
from incident_console.domain.incident import Incident, Why
from incident_console.domain.review_calendar import meeting, meeting_time
from incident_console.domain.vocabulary import OddTime, Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS

INCIDENT = Incident("abc", number=7, title="Search down; again", whys=(Why("a", "x", None),))
ZONE = Zone(UTC)


def at(*when: int) -> int:
    return to_instant(datetime(*when, tzinfo=UTC))  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("14:00", at(2026, 11, 21, 14, 0)),
        ("02:30", at(2026, 11, 22, 2, 30)),
        ("tomorrow 9:30", at(2026, 11, 22, 9, 30)),
        ("friday 14:00", at(2026, 11, 27, 14, 0)),
        ("friday at 14:00", at(2026, 11, 27, 14, 0)),
        ("2026-12-01 08:05", at(2026, 12, 1, 8, 5)),
        ("2026-12-01T08:05", at(2026, 12, 1, 8, 5)),
        ("+7d 10:00", at(2026, 11, 28, 10, 0)),
    ],
)
def test_times_to_come(text: str, instant: int) -> None:
    assert meeting_time(text, NIGHT, ZONE) == instant


def test_a_time_is_meant_on_the_readers_wall() -> None:
    east = Zone(timezone(timedelta(hours=2)))
    assert meeting_time("friday 14:00", NIGHT, east) == at(2026, 11, 27, 12, 0)


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "14:75", "friday", "someday 14:00", ". 14:00", "on . 14:00", "by 14:00", "x" * 500]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        meeting_time(text, NIGHT, ZONE)


@pytest.mark.parametrize("text", ["today 01:00", "2020-01-31 10:00"])
def test_a_time_that_has_passed_is_asked_about(text: str) -> None:
    with pytest.raises(OddTime):
        meeting_time(text, NIGHT, ZONE)


def test_the_file_holds_the_agenda() -> None:
    text = meeting(INCIDENT, NIGHT, 45, ("Dana", "dana", "Sam"), NIGHT - HOUR, 12)
    lines = text.replace("\r\n ", "").split("\r\n")
    for part in ("UID:abc-review@incident-console", "DTSTAMP:20261121T014700Z", "SEQUENCE:12", "DTSTART:20261121T024700Z",
                 "DTEND:20261121T033200Z", "SUMMARY:Review of INC-7: Search down\\; again"):  # fmt: skip
        assert part in lines
    told = next(part for part in lines if part.startswith("DESCRIPTION:"))
    assert "\\n1. What happened\\, from the timeline" in told
    assert "How it came about\\; noted so far: 1" in told
    assert told.endswith("Took part: dana\\, Sam")
    assert text == meeting(INCIDENT, NIGHT, 45, ("Dana", "dana", "Sam"), NIGHT - HOUR, 12)


def test_nothing_in_a_title_ends_a_line() -> None:
    for _, text in CORPUS:
        found = meeting(Incident("x", title=text, drill=True), NIGHT, 60, (text,), NIGHT, 1)
        assert found.count("\r\n") == found.count("\n")
        assert found.count("BEGIN:") == 2
        assert all(len(each.encode()) <= 75 for each in found.split("\r\n"))
        assert "SUMMARY:DRILL Review" in found


@pytest.mark.parametrize("minutes", [0, -5, 4, 481, 10**9])
def test_a_length_that_no_review_has_is_refused(minutes: int) -> None:
    with pytest.raises(Refused, match="between 5 and 480"):
        meeting(INCIDENT, NIGHT, minutes, (), NIGHT, 1)


def test_the_end_is_its_length_after_the_start() -> None:
    assert "DTEND:20261121T034700Z" in meeting(INCIDENT, NIGHT, HOUR // MINUTE, (), NIGHT, 1)
