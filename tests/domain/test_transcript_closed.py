"""A chat that is pasted once the incident is closed: every line on its own day."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.incident import Incident
from incident_console.domain.transcript import entries_of
from incident_console.domain.vocabulary import Status
from tests.domain.test_transcript import ZONE, at

BEGAN = at("2026-11-17T21:30+00:00")
DAYS_LATER = BEGAN + 30 * DAY


def over(lasted: int) -> Incident:
    """A closed incident that began at 21:30 on 17 November."""
    return Incident("x", 1, declared_at=BEGAN, status=Status.CLOSED, resolved_at=BEGAN + lasted)


def told(text: str, incident: Incident) -> list[str]:
    """Day and clock time of every entry."""
    entries = entries_of(text, DAYS_LATER, ZONE, incident)
    return [f"{ZONE.show(each.at):%d %H:%M}" for each in entries if each.at is not None]


def test_a_chat_over_several_days_keeps_its_order() -> None:
    text = "22:00 a\n23:50 b\n00:10 c\nstill c\n09:00 d\n22:30 e\n01:00 f"
    assert told(text, over(60 * HOUR)) == [
        "17 22:00", "17 23:50", "18 00:10", "18 00:10", "18 09:00", "18 22:30", "19 01:00",
    ]  # fmt: skip


def test_a_chat_goes_on_after_the_end_and_over_headers() -> None:
    text = "sam  8:50 AM\nlooking\nana  9:20 AM\nfixed\nsam  9:40 AM\nthanks\n[2026-11-21 23:00] late\n[00:30] later"
    assert told(text, over(12 * HOUR)) == ["18 08:50", "18 09:20", "18 09:40", "21 23:00", "22 00:30"]


def test_people_whose_clocks_differ_a_little_do_not_lose_a_day() -> None:
    assert told("22:31 a\n22:30 b\n22:32 c", over(60 * HOUR)) == ["17 22:31", "17 22:30", "17 22:32"]


def test_a_line_out_of_order_in_a_short_incident_stays_near_it() -> None:
    assert told("22:40 a\n21:55 b\n21:10 c", over(2 * HOUR)) == ["17 22:40", "17 21:55", "17 21:10"]


def test_a_time_told_from_now_moves_nothing_below() -> None:
    assert told("-5m seen again\n22:00 a\n23:00 b", over(2 * HOUR))[1:] == ["17 22:00", "17 23:00"]
    assert told("@yesterday 09:00 seen again\n22:00 a", over(2 * HOUR))[1:] == ["17 22:00"]


def test_without_a_known_end_the_order_holds_until_now() -> None:
    incident = replace(over(0), resolved_at=None)
    assert told("22:00 a\n09:00 b\n08:00 c", incident) == ["17 22:00", "18 09:00", "19 08:00"]


@given(st.lists(st.integers(0, 23 * 60), max_size=6))
def test_what_happened_during_an_incident_is_read_back_as_it_was(gaps: list[int]) -> None:
    instants = [BEGAN]
    for gap in gaps:
        instants.append(instants[-1] + gap * MINUTE)
    text = "\n".join(f"{ZONE.show(each):%H:%M} words" for each in instants)
    assert [each.at for each in entries_of(text, DAYS_LATER, ZONE, over(sum(gaps) * MINUTE))] == instants
