"""Due dates as people type them, on a Saturday, at the ends of years and months, and what is refused."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.days import any_date, due_date, iso_day, read_day, shown
from incident_console.domain.vocabulary import OddTime, Refused
from tests.hostile import CORPUS

SATURDAY = date(2026, 11, 21)
LEAP = date(2028, 1, 31)
CASES = [
    ("", None), ("  ", None), ("today", "2026-11-21"), ("Tomorrow", "2026-11-22"), ("eod", "2026-11-21"),
    ("day after tomorrow", "2026-11-23"), ("next week", "2026-11-28"), ("next month", "2026-12-21"),
    ("next quarter", "2027-02-21"), ("next year", "2027-11-21"),
    ("friday", "2026-11-27"), ("Fri", "2026-11-27"), ("on friday", "2026-11-27"), ("by Fri.", "2026-11-27"),
    ("sunday", "2026-11-22"), ("saturday", "2026-11-28"), ("this saturday", "2026-11-21"), ("thurs", "2026-11-26"),
    ("next friday", "2026-11-27"), ("next sat", "2026-11-28"), ("next monday", "2026-11-23"), ("tues", "2026-11-24"),
    ("the coming wednesday", "2026-11-25"),
    ("+14d", "2026-12-05"), ("+2w", "2026-12-05"), (" +1D ", "2026-11-22"), ("+0d", "2026-11-21"), ("3d", "2026-11-24"),
    ("in 2 weeks", "2026-12-05"), ("in two weeks", "2026-12-05"), ("in a week", "2026-11-28"), ("1 week", "2026-11-28"),
    ("in 1 month", "2026-12-21"), ("in 3 months", "2027-02-21"), ("in a year", "2027-11-21"), ("+1m", "2026-12-21"),
    ("10 days from now", "2026-12-01"), ("in twelve days", "2026-12-03"), ("in an hour", "refused"),
    ("end of month", "2026-11-30"), ("end of the month", "2026-11-30"), ("EOM", "2026-11-30"),
    ("end of next month", "2026-12-31"), ("end of week", "2026-11-27"), ("end of next week", "2026-11-27"),
    ("end of quarter", "2026-12-31"), ("end of next quarter", "2027-03-31"), ("eoy", "2026-12-31"),
    ("end of next year", "2027-12-31"), ("end of february", "2027-02-28"), ("end of nov", "2026-11-30"),
    ("2026-12-01", "2026-12-01"), ("2026-12-1", "2026-12-01"), ("2026/12/01", "2026-12-01"), ("2028-02-29", "2028-02-29"),
    ("1 dec", "2026-12-01"), ("1. dec", "2026-12-01"), ("1st Dec", "2026-12-01"), ("dec 1", "2026-12-01"),
    ("December 1st, 2026", "2026-12-01"), ("12 December 2026", "2026-12-12"), ("12 dec, 2026", "2026-12-12"),
    ("1-dec-2026", "2026-12-01"), ("the 3rd of january", "2027-01-03"), ("21 nov", "2026-11-21"), ("20 nov", "2027-11-20"),
    ("sept 5", "2027-09-05"), ("31 dec", "2026-12-31"), ("1dec", "2026-12-01"), ("29 feb", "refused"),
    ("25/12", "2026-12-25"), ("12/25", "2026-12-25"), ("25.12.2026", "2026-12-25"), ("12/25/2026", "2026-12-25"),
    ("05/05", "2027-05-05"), ("25-12", "2026-12-25"), ("13.1.", "2027-01-13"),
    ("03/04", "ambiguous"), ("3.4.2027", "ambiguous"), ("1-12-2026", "ambiguous"), ("12/11/26", "ambiguous"),
    ("25/12/26", "year"), ("1 dec 26", "year"), ("1 dec 20266", "year"),
    ("2026-11-20", "past"), ("yesterday", "past"), ("1 dec 2025", "past"), ("0001-01-01", "past"), ("1/1/2020", "past"),
    ("2026-02-30", "refused"), ("31 nov", "refused"), ("31/31", "refused"), ("13/13", "refused"), ("0/0", "refused"),
    ("2026-13-01", "refused"), ("0000-00-00", "refused"), ("soon", "refused"), ("asap", "refused"), ("Q3", "refused"),
    ("friday next", "refused"), ("last friday", "refused"), ("25", "refused"), ("-3d", "refused"), ("+", "refused"),
    ("+d", "refused"), ("in weeks", "refused"), ("1 smarch", "refused"), ("end of", "refused"), ("end of time", "refused"),
    ("fr", "refused"), ("dec", "refused"), ("٢٠٢٦-١٢-٠١", "refused"), ("2026-12-01T10:00", "refused"),
    ("9999-12-31", "far"), ("+99999d", "far"), ("in 99999999999999999999999 weeks", "far"), ("+11y", "far"),
    ("2037-01-01", "far"), ("2036-12-31", "2036-12-31"),
]  # fmt: skip
SAYS = {"refused": "is not a day. Use 2026-12-01", "ambiguous": "depending on where one lives", "past": "has passed already",
        "year": "four digits", "far": "more than 10 years ahead"}  # fmt: skip


@pytest.mark.parametrize(("typed", "day"), CASES, ids=[typed or "nothing" for typed, _ in CASES])
def test_due_dates_on_a_saturday(typed: str, day: str | None) -> None:
    if day in SAYS:
        with pytest.raises(Refused, match=SAYS[day]) as refusal:
            due_date(typed, SATURDAY)
        assert isinstance(refusal.value, OddTime) == (day == "past")
    else:
        assert due_date(typed, SATURDAY) == (day or "")


@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        (LEAP, "in 1 month", "2028-02-29"), (LEAP, "end of next month", "2028-02-29"), (LEAP, "29 feb", "2028-02-29"),
        (LEAP, "in a year", "2029-01-31"), (LEAP, "eoq", "2028-03-31"), (LEAP, "end of january", "2028-01-31"),
        (date(2028, 2, 29), "in a year", "2029-02-28"), (date(2028, 2, 28), "tomorrow", "2028-02-29"),
        (date(2027, 12, 1), "29 feb", "2028-02-29"), (date(2026, 12, 31), "tomorrow", "2027-01-01"),
        (date(2026, 12, 31), "eom", "2026-12-31"), (date(2026, 12, 31), "end of next month", "2027-01-31"),
        (date(2026, 12, 31), "friday", "2027-01-01"), (date(2026, 12, 31), "next quarter", "2027-03-31"),
        (date(2026, 11, 23), "monday", "2026-11-30"), (date(2026, 11, 23), "this monday", "2026-11-23"),
        (date(2026, 11, 23), "friday", "2026-11-27"), (date(2026, 11, 23), "next friday", "2026-12-04"),
        (date(2026, 11, 27), "friday", "2026-12-04"), (date(2026, 11, 27), "end of week", "2026-11-27"),
        (date(2026, 11, 22), "next friday", "2026-11-27"), (date(2026, 11, 22), "end of next week", "2026-11-27"),
        (date(2026, 11, 22), "eow", "2026-11-27"), (date(2026, 11, 23), "end of next week", "2026-12-04"),
        (date(2026, 11, 27), "end of next week", "2026-12-04"), (date(2026, 12, 27), "end of next week", "2027-01-01"),
    ],
)  # fmt: skip
def test_due_dates_at_the_ends_of_months_weeks_and_years(today: date, typed: str, day: str) -> None:
    assert due_date(typed, today) == day


@given(st.dates(date(1990, 1, 1), date(9000, 1, 1)))
def test_the_end_of_next_week_is_next_friday(today: date) -> None:
    assert read_day("end of next week", today) == read_day("next friday", today)
    assert today <= (read_day("end of week", today) or date.min) <= (read_day("end of next week", today) or date.min)


def test_an_unclear_day_names_both_ways_to_read_it() -> None:
    with pytest.raises(Refused, match=r"can be 3 April or 4 March.*such as 3 apr"):
        due_date("03/04", SATURDAY)


def test_a_past_day_is_taken_when_the_person_knows() -> None:
    assert any_date("2026-11-20", SATURDAY) == "2026-11-20"
    assert any_date("", SATURDAY) == ""


@given(st.dates(date(1990, 1, 1), date(9000, 1, 1)), st.integers(0, 3000))
def test_what_is_shown_as_iso_is_read_back(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    assert read_day(day.isoformat(), today) == day
    assert read_day(f"+{ahead}d", today) == day
    named = f"{day:%d %B} {day.year:04d}"
    assert read_day(named, today) == day


@given(
    st.text(max_size=60) | st.sampled_from([text for _, text in CORPUS]), st.dates(date(1990, 1, 1), date(9980, 1, 1))
)
def test_any_text_is_a_day_or_refused(text: str, today: date) -> None:
    said = ""
    try:
        day = read_day(text, today)
    except Refused as refusal:
        day, said = None, str(refusal)
    assert day is None or day.year <= today.year + 10
    assert len(said) < 250
    assert "\n" not in said


def test_days_as_people_read_them() -> None:
    assert shown("2026-12-04", SATURDAY) == "Fri 4 Dec"
    assert shown("2027-12-04", SATURDAY) == "Sat 4 Dec 2027"
    assert shown("whenever", SATURDAY) == "whenever"
    assert iso_day("2026-02-30") is None
    assert iso_day("20260201") is None
