"""The promise of a draft: the time that people type, the time that the text says, and that they are one."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone, to_instant
from incident_console.domain.drafting import (
    past_promise,
    promised_time,
    promises_in,
    rewritten,
)
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import clock_time
from tests.builders import NIGHT
from tests.domain.drafts import BERLIN, KOLKATA, UTC_ZONE, draft
from tests.hostile import CORPUS, NAMES

# --- the promise: what people type


def at(hour: int, minute: int = 0, second: int = 0, day: int = 21, month: int = 11) -> int:
    return to_instant(datetime(2026, month, day, hour, minute, second, tzinfo=UTC))


TIMES = [
    # (typed, now, zone, promised)
    ("14:30", at(14), UTC_ZONE, at(14, 30)),
    ("14.30", at(14), UTC_ZONE, at(14, 30)),
    (" 14:30 ", at(14), UTC_ZONE, at(14, 30)),
    ("14:30", at(14, 30), UTC_ZONE, at(14, 30, day=22)),
    ("14:30", at(14, 29, 59), UTC_ZONE, at(14, 30)),
    ("14:30", at(14, 30, 1), UTC_ZONE, at(14, 30, day=22)),
    ("9:05", at(9), UTC_ZONE, at(9, 5)),
    ("09:05", at(23), UTC_ZONE, at(9, 5, day=22)),
    ("00:00", at(23, 50), UTC_ZONE, at(0, day=22)),
    ("0:10", at(23, 50), UTC_ZONE, at(0, 10, day=22)),
    ("23:59", at(0), UTC_ZONE, at(23, 59)),
    ("14:30", at(13), BERLIN, at(13, 30)),
    ("00:15", at(23), BERLIN, at(23, 15)),
    ("14:30", at(8, 45), KOLKATA, at(9)),
    ("+30m", at(14, 0, 40), UTC_ZONE, at(14, 30)),
    ("30m", at(14), UTC_ZONE, at(14, 30)),
    ("30 min", at(14), UTC_ZONE, at(14, 30)),
    ("30 mins", at(14), UTC_ZONE, at(14, 30)),
    ("1 minute", at(14), UTC_ZONE, at(14, 1)),
    ("30 minutes", at(14), UTC_ZONE, at(14, 30)),
    ("in 30 minutes", at(14), UTC_ZONE, at(14, 30)),
    ("in 1 hour", at(14), UTC_ZONE, at(15)),
    ("2 hours", at(14), UTC_ZONE, at(16)),
    ("1 hr", at(14), UTC_ZONE, at(15)),
    ("1h30m", at(14), UTC_ZONE, at(15, 30)),
    ("+1h30m", at(14), UTC_ZONE, at(15, 30)),
    ("1h 30m", at(14), UTC_ZONE, at(15, 30)),
    ("1 hour and 5 minutes", at(14), UTC_ZONE, at(15, 5)),
    ("+2H", at(14), UTC_ZONE, at(16)),
    ("+90m", at(14), UTC_ZONE, at(15, 30)),
    ("+1m", at(14, 0, 59), UTC_ZONE, at(14, 1)),
    ("+24h", at(14), UTC_ZONE, at(14, day=22)),
    ("none", at(14), UTC_ZONE, None),
    ("None", at(14), UTC_ZONE, None),
    ("no", at(14), UTC_ZONE, None),
    ("-", at(14), UTC_ZONE, None),
    # the clocks go back at 01:00 UTC: 02:30 comes twice, at 00:30 and at 01:30 UTC
    ("02:30", at(0, 10, day=25, month=10), BERLIN, at(0, 30, day=25, month=10)),
    ("02:30", at(0, 40, day=25, month=10), BERLIN, at(1, 30, day=25, month=10)),
    ("02:30", at(1, 10, day=25, month=10), BERLIN, at(1, 30, day=25, month=10)),
    ("02:30", at(1, 30, day=25, month=10), BERLIN, at(1, 30, day=26, month=10)),
    ("02:50", at(1, 40, day=25, month=10), BERLIN, at(1, 50, day=25, month=10)),
    ("03:30", at(0, 40, day=25, month=10), BERLIN, at(2, 30, day=25, month=10)),
    ("03:30", at(1, 40, day=25, month=10), BERLIN, at(2, 30, day=25, month=10)),
    ("03:30", at(23, day=24, month=10), BERLIN, at(2, 30, day=25, month=10)),
    ("+2h", at(0, day=25, month=10), BERLIN, at(2, day=25, month=10)),
    # the clocks go forward at 01:00 UTC: 02:30 never comes, it is read as 03:30
    ("02:30", at(0, 50, day=29, month=3), BERLIN, at(1, 30, day=29, month=3)),
    ("03:30", at(0, 50, day=29, month=3), BERLIN, at(1, 30, day=29, month=3)),
    ("01:30", at(1, 10, day=29, month=3), BERLIN, at(23, 30, day=29, month=3)),
    ("04:00", at(0, 50, day=29, month=3), BERLIN, at(2, day=29, month=3)),
]


@pytest.mark.parametrize(("typed", "now", "zone", "promised"), TIMES)
def test_when_the_next_word_comes(typed: str, now: int, zone: Zone, promised: int | None) -> None:
    assert promised_time(typed, now, zone) == promised


@pytest.mark.parametrize(
    "typed",
    [
        "", "24:00", "14:60", "99:99", "25:00", "14", "1430", "30", "soon", "tomorrow", "14:30:00", "-30m", "-1h", "+0m",
        "0m", "0h0m", "+", "in", "h", "m", "+200h", "+99h99999m", "169h", "9999999999m", "1e9m", "14:30; DROP TABLE",
        "14:30 14:40", "[@click=app.quit]14:30[/]", "\x1b[2J", "$x", "½h", "9" * 100_000, "1:" * 50_000, "+" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_time_to_come_is_refused_shortly_and_with_examples(typed: str) -> None:
    with pytest.raises(Refused) as refusal:
        promised_time(typed, NIGHT, UTC_ZONE)
    said = str(refusal.value)
    assert "14:30, +30m, 1h30m, or none" in said
    assert len(said) < 150
    assert "\x1b" not in said


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_hostile_times_are_refused_harmlessly(_name: str, value: str) -> None:
    with pytest.raises(Refused) as refusal:
        promised_time(value, NIGHT, UTC_ZONE)
    assert "\x1b" not in str(refusal.value)
    assert "\u202e" not in str(refusal.value)


@given(
    st.integers(0, 23), st.integers(0, 59), st.integers(NIGHT - 400 * DAY, NIGHT + 400 * DAY),
    st.sampled_from([UTC_ZONE, BERLIN, KOLKATA, Zone(ZoneInfo("America/New_York")), Zone(ZoneInfo("Australia/Lord_Howe"))]),
)  # fmt: skip
def test_a_wall_time_is_to_come_within_a_day_and_reads_as_typed(hour: int, minute: int, now: int, zone: Zone) -> None:
    promised = promised_time(f"{hour}:{minute:02}", now, zone)
    assert promised is not None
    assert now < promised <= now + 25 * HOUR
    skipped = clock_time(promised, zone) != f"{hour:02}:{minute:02}"  # only where the clocks go forward past it
    assert not skipped or zone.show(promised).utcoffset() != zone.show(promised - 2 * HOUR).utcoffset()


@given(st.integers(1, 99), st.integers(0, 59), st.integers(NIGHT, NIGHT + DAY))
def test_a_length_of_time_is_whole_minutes_and_to_come(hours: int, minutes: int, now: int) -> None:
    promised = promised_time(f"+{hours}h{minutes}m", now, UTC_ZONE)
    assert promised is not None
    assert promised % MINUTE == 0
    assert 0 <= now + hours * HOUR + minutes * MINUTE - promised < MINUTE


def test_a_week_is_the_longest_promise() -> None:
    assert promised_time("99h 4140m", NIGHT, UTC_ZONE) == NIGHT + 7 * DAY
    with pytest.raises(Refused):
        promised_time("99h 4141m", NIGHT, UTC_ZONE)


# --- the promise: what the text says (the clock says 03:17 UTC)

AGREES = [
    "Next update by 03:17",
    "next update by 3:17",
    "Next update: 03:17",
    "NEXT UPDATE AT 03:17.",
    "Next update by 03:17 UTC",
    "Next update by 03:17 GMT",
    "Next update by 04:17 CET",
    "Next update by 3:17 am",
    "The next word comes around 03:17",
    "It began at 02:10. Next update by 03:17",
    "The next step at 05:00 is a restart",
    "Since the last update at 02:00 it is stable",
    "We update the server at 05:00",
    "nothing new",
    "",
]

DIFFERS = [
    ("Next update by 03:30", "Next update by 03:17"),
    ("next update: 3:30", "next update: 03:17"),
    ("Next update by 3:17 pm", "Next update by 03:17"),
    ("Next update by 3:17 p.m. as always", "Next update by 03:17 as always"),
    ("Next update by 04:17 UTC", "Next update by 03:17 UTC"),
    ("Next update by 03:17 CET", "Next update by 03:17 UTC"),
    ("Next status update by 03:30", "Next status update by 03:17"),
    ("The next message follows at 03:30, thanks", "The next message follows at 03:17, thanks"),
    ("We will update you again at 03:30", "We will update you again at 03:17"),
    ("Errors since 03:30. Next update by 03:30", "Errors since 03:30. Next update by 03:17"),
    ("Next update by 99:99", "Next update by 03:17"),
]


@pytest.mark.parametrize("words", AGREES)
def test_a_text_that_agrees_with_the_clock(words: str) -> None:
    assert promises_in(draft({"progress": words}), UTC_ZONE) == ()


@pytest.mark.parametrize(("words", "mended"), DIFFERS)
def test_a_text_that_promises_another_time_is_found_and_mended(words: str, mended: str) -> None:
    (found,) = promises_in(draft({"progress": words}), UTC_ZONE)
    assert (found.rule, found.severity, found.field, found.loud) == ("promise", "error", "progress", True)
    assert rewritten(found, words) == mended
    assert promises_in(draft({"progress": mended}), UTC_ZONE) == ()


def test_times_are_read_in_the_zone_of_the_readers() -> None:
    assert promises_in(draft({"progress": "Next update by 04:17"}, zone=BERLIN), BERLIN) == ()
    assert promises_in(draft({"progress": "Next update by 04:17 CET"}, zone=BERLIN), BERLIN) == ()
    assert promises_in(draft({"progress": "Next update by 03:17 UTC"}, zone=BERLIN), BERLIN) == ()
    (found,) = promises_in(draft({"progress": "Next update by 04:17 UTC"}, zone=BERLIN), BERLIN)
    assert rewritten(found, "Next update by 04:17 UTC") == "Next update by 04:17 CET"


def test_every_mismatch_is_found_and_each_rewrite_mends_one() -> None:
    value = "Next update by 05:00. The next update comes at 06:00"
    while found := promises_in(draft({"progress": value}), UTC_ZONE):
        mended = rewritten(found[0], value)
        assert len(promises_in(draft({"progress": mended}), UTC_ZONE)) == len(found) - 1
        value = mended
    assert value == "Next update by 03:17. The next update comes at 03:17"


def test_a_time_in_the_text_where_the_clock_promises_none() -> None:
    (found,) = promises_in(draft({"progress": "Next update by 05:00"}, None), UTC_ZONE)
    assert found.loud
    assert found.rewrite is None
    assert "promises no next update" in found.advice


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.integers(0, 23), st.integers(0, 59))
def test_a_rewrite_changes_nothing_but_the_time(text: str, hour: int, minute: int) -> None:
    said = f"{text}. Next update by {hour:02}:{minute:02}"
    for found in promises_in(draft({"progress": said}), UTC_ZONE):
        assert rewritten(found, said.strip()).count("Next update by 03:17") >= 1


def test_the_time_of_the_template_is_always_the_promised_one() -> None:
    for zone in (UTC_ZONE, BERLIN, KOLKATA):
        text = draft({}, NIGHT + 45 * MINUTE, zone=zone).text
        assert f"Next update: {zone.show(NIGHT + 45 * MINUTE):%Y-%m-%d %H:%M %Z}" in text


def test_a_promise_that_has_passed_is_said() -> None:
    (found,) = past_promise(draft({}, NIGHT), NIGHT, UTC_ZONE)
    assert (found.rule, found.words, found.loud) == ("promise", "02:47", True)
    assert past_promise(draft({}, NIGHT + 1), NIGHT, UTC_ZONE) == ()
    assert past_promise(draft({}, None), NIGHT, UTC_ZONE) == ()
