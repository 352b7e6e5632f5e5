"""Lines pasted from a chat, and what the timeline makes of them."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND, Zone, to_instant
from incident_console.domain.logline import NewEntry
from incident_console.domain.text import clean
from incident_console.domain.transcript import entries_of, looks_like_transcript
from incident_console.domain.vocabulary import EntryKind
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

ZONE = Zone(UTC)
BERLIN = Zone(ZoneInfo("Europe/Berlin"))
HALF_PAST = NIGHT - 17 * MINUTE
AFTERNOON = NIGHT - 12 * HOUR


def at(text: str) -> int:
    return to_instant(datetime.fromisoformat(text))


def read(text: str, now: int = NIGHT, zone: Zone = ZONE) -> list[tuple[str, int | None]]:
    return [(entry.text, entry.at) for entry in entries_of(text, now, zone)]


@pytest.mark.parametrize(
    ("line", "text", "instant"),
    [
        ("[02:30] sam: errors rise", "sam: errors rise", HALF_PAST),
        ("[02:30]sam: errors rise", "sam: errors rise", HALF_PAST),
        ("[ 02:30 ]: sam: errors rise", "sam: errors rise", HALF_PAST),
        ("(02:30) sam: errors rise", "sam: errors rise", HALF_PAST),
        ("[02:30] - sam: errors rise", "sam: errors rise", HALF_PAST),
        ("[02:30:10] <sam> errors rise", "sam: errors rise", HALF_PAST + 10 * SECOND),
        ("02:30 <sam> errors rise", "sam: errors rise", HALF_PAST),
        ("02:30 sam: errors rise", "sam: errors rise", HALF_PAST),
        ("2:30 sam: errors rise", "sam: errors rise", HALF_PAST),
        ("02:30: sam: errors rise", "sam: errors rise", HALF_PAST),
        ("02:30 - sam: errors rise", "sam: errors rise", HALF_PAST),
        ("02:30 – errors rise", "errors rise", HALF_PAST),
        ("02:30\terrors rise", "errors rise", HALF_PAST),
        ("  02:30   errors rise  ", "errors rise", HALF_PAST),
        ("02:30 -5% of orders", "-5% of orders", HALF_PAST),
        ("02:30:10.250 errors rise", "errors rise", HALF_PAST + 10 * SECOND + 250_000),
        ("02:30 UTC errors rise", "errors rise", HALF_PAST),
        ("02:30Z errors rise", "errors rise", HALF_PAST),
        ("2:47 PM sam errors rise", "sam errors rise", AFTERNOON),
        ("2:47pm sam: errors rise", "sam: errors rise", AFTERNOON),
        ("2:47 p.m. sam: errors rise", "sam: errors rise", AFTERNOON),
        ("2:47\u202fPM sam: errors rise", "sam: errors rise", AFTERNOON),
        ("[2:47 pm] sam: errors rise", "sam: errors rise", AFTERNOON),
        ("12:15 AM errors rise", "errors rise", at("2026-11-21T00:15Z")),
        ("12:15 PM errors rise", "errors rise", at("2026-11-20T12:15Z")),
        ("sam [02:30]: errors rise", "sam: errors rise", HALF_PAST),
        ("Sam de Vries [2:30 AM]: errors rise", "Sam de Vries: errors rise", HALF_PAST),
        ("2026-11-21T02:30:00Z sam: errors rise", "sam: errors rise", HALF_PAST),
        ("2026-11-21t02:30:00z sam: errors rise", "sam: errors rise", HALF_PAST),
        ("2026-11-21T02:30:00.250Z errors rise", "errors rise", HALF_PAST + 250_000),
        ("2026-11-21T02:30:00,123456789Z errors rise", "errors rise", HALF_PAST + 123_456),
        ("2026-11-21 02:30 sam: errors rise", "sam: errors rise", HALF_PAST),
        ("2026-11-21, 02:30 sam: errors rise", "sam: errors rise", HALF_PAST),
        ("2026-11-21T03:30+01:00 sam: errors rise", "sam: errors rise", HALF_PAST),
        ("[2026-11-21T03:30:00+0100] <sam> errors rise", "sam: errors rise", HALF_PAST),
        ("2026-11-20 21:30:00 -0500 errors rise", "errors rise", HALF_PAST),
        ("21/11/2026, 02:30 - sam: errors rise", "sam: errors rise", HALF_PAST),
        ("[21.11.26, 02:30:10] sam: errors rise", "sam: errors rise", HALF_PAST + 10 * SECOND),
        ("\u200e[21.11.26, 02:30:10] sam: errors rise", "sam: errors rise", HALF_PAST + 10 * SECOND),
        ("1/2/26, 2:30 AM - sam: errors rise", "sam: errors rise", at("2026-02-01T02:30Z")),
        ("-5m errors rise", "errors rise", NIGHT - 5 * MINUTE),
        ("-1h30m errors rise", "errors rise", NIGHT - 90 * MINUTE),
        ("-5M errors rise", "errors rise", NIGHT - 5 * MINUTE),
        ("@02:30 errors rise", "errors rise", HALF_PAST),
        ("@yesterday 02:47 errors rise", "errors rise", NIGHT - DAY),
        ("@2026-11-21T02:30Z errors rise", "errors rise", HALF_PAST),
    ],
)
def test_a_leading_time_is_taken_from_the_line(line: str, text: str, instant: int) -> None:
    assert entries_of(line, NIGHT, ZONE) == (NewEntry(text, "note", instant),)
    assert looks_like_transcript(f"{line}\n{line}")


@pytest.mark.parametrize(
    "line",
    [
        "errors rise",
        "sam: errors rise",
        "<sam> errors rise",
        "25:99 errors rise",
        "[25:99] sam: errors rise",
        "02:60 errors rise",
        "13:15 PM errors rise",
        "00:15 AM errors rise",
        "2026-02-30 02:30 errors rise",
        "2026-11-21T02:30+24:00 errors rise",
        "0001-01-01T00:00+14:00 errors rise",
        "9999-12-31T23:59-14:00 errors rise",
        "11/21/2026, 02:30 - sam: errors rise",
        "1.12.123 02:30 errors rise",
        "02:30-05:00 nobody could pay",
        "02:30:10:99 errors rise",
        "02:30errors",
        "we saw it at 02:30",
        "we saw it at  25:99",
        "it began:  02:30",
        "[ERROR] 02:30 sam",
        "[02:30 sam: errors rise",
        "[sam] 02:30: errors rise",
        "sam [02:30] errors rise",
        "-5 errors rise",
        "- 5m errors rise",
        "-5mm errors rise",
        "٠٢:٣٠ errors rise",
        "-5\u017f errors rise",
        "@ye\u017fterday 02:30 errors rise",
        "9" * 5000 + ":30 errors rise",
        "-" + "9" * 5000 + "m errors rise",
        "[" + "9" * 5000 + "] errors rise",
    ],
)
def test_what_is_no_time_stays_as_words(line: str) -> None:
    assert read(line) == [(line, None)]
    assert read(f"02:30 first\n{line}")[1] == (line, HALF_PAST)
    assert not looks_like_transcript(f"{line}\n{line}")


def test_a_line_without_a_time_takes_the_one_above() -> None:
    text = "before\n[02:30] sam: errors rise\nand\r\n\r\n   more\n02:42 ana: rolled back"
    assert read(text) == [
        ("before", None),
        ("sam: errors rise", HALF_PAST),
        ("and", HALF_PAST),
        ("more", HALF_PAST),
        ("ana: rolled back", NIGHT - 5 * MINUTE),
    ]


@pytest.mark.parametrize(
    "header",
    ["Sam Vries  2:30 AM", "Sam Vries\t02:30", "Sam Vries  [02:30]", "Sam Vries [02:30]:", "Sam Vries   02:30  "],
)
def test_lines_below_a_header_are_what_that_person_said(header: str) -> None:
    text = f"{header}\nerrors rise\n\nrolling back\n2:35\nbetter\nana  2:40 AM\nthanks\n02:42 bo: gone"
    assert read(text) == [
        ("Sam Vries: errors rise", HALF_PAST),
        ("Sam Vries: rolling back", HALF_PAST),
        ("Sam Vries: better", HALF_PAST + 5 * MINUTE),
        ("ana: thanks", HALF_PAST + 10 * MINUTE),
        ("bo: gone", HALF_PAST + 12 * MINUTE),
    ]


def test_a_name_may_hold_pronouns() -> None:
    assert read("Sam (she/her)  2:30 AM\nerrors rise") == [("Sam (she/her): errors rise", HALF_PAST)]
    assert entries_of("02:30 Sam (she/her): /action roll back", NIGHT, ZONE) == (
        NewEntry("Sam (she/her): roll back", "action", HALF_PAST),
    )


def test_the_speaker_of_a_header_ends_with_the_next_line_that_has_its_own_time() -> None:
    assert read("sam  2:30 AM\na\n02:42 b\nc")[1:] == [("b", NIGHT - 5 * MINUTE), ("c", NIGHT - 5 * MINUTE)]


def test_a_header_with_nothing_below_is_not_lost() -> None:
    assert read("sam  2:30 AM\nana  2:42 AM\nhi\n02:47") == [
        ("sam  2:30 AM", HALF_PAST),
        ("ana: hi", NIGHT - 5 * MINUTE),
        ("02:47", NIGHT),
    ]


def test_a_time_on_a_line_of_its_own_dates_the_lines_below() -> None:
    assert read("[02:30]\nerrors rise\nmore") == [("errors rise", HALF_PAST), ("more", HALF_PAST)]


@pytest.mark.parametrize("kind", list(EntryKind))
def test_a_line_may_state_its_kind(kind: EntryKind) -> None:
    expected = NewEntry("roll back", kind, HALF_PAST)
    assert entries_of(f"02:30 /{kind} roll back", NIGHT, ZONE) == (expected,)
    assert entries_of(f"/{kind.upper()} @02:30 roll back", NIGHT, ZONE) == (expected,)
    assert entries_of(f"/{kind} roll back", NIGHT, ZONE) == (NewEntry("roll back", kind),)


@pytest.mark.parametrize(
    "text",
    [
        "[02:30] sam: /decision roll back",
        "[02:30] <sam> /decision roll back",
        "sam [02:30]: /decision roll back",
        "sam  2:30 AM\n/decision roll back",
        "/decision [02:30] sam: roll back",
    ],
)
def test_a_kind_may_follow_the_speaker(text: str) -> None:
    assert entries_of(text, NIGHT, ZONE) == (NewEntry("sam: roll back", "decision", HALF_PAST),)


@pytest.mark.parametrize("words", ["/decision", "/decisions roll back", "/resolve", "/d roll back", "see /note here"])
def test_other_slashes_are_words(words: str) -> None:
    assert entries_of(f"02:30 {words}", NIGHT, ZONE) == (NewEntry(words, "note", HALF_PAST),)


def test_a_kind_before_a_time_alone_keeps_the_time_as_its_words() -> None:
    assert entries_of("/decision 02:30\nnext", NIGHT, ZONE) == (NewEntry("02:30", "decision"), NewEntry("next"))


def test_a_talk_across_midnight_is_last_night_and_today() -> None:
    text = "23:50 sam: errors rise\n[11:58 PM] ana: looking\n00:03 sam: gone\n12:05 AM ana: good"
    assert [instant for _, instant in read(text, at("2026-11-21T00:10Z"))] == [
        at("2026-11-20T23:50Z"),
        at("2026-11-20T23:58Z"),
        at("2026-11-21T00:03Z"),
        at("2026-11-21T00:05Z"),
    ]


def test_clock_times_follow_the_zone_across_a_change_of_summer_time() -> None:
    now = at("2026-10-25T03:30+01:00")
    text = "01:30 a\n03:10 b\n[24.10.26, 12:00] c\n2026-10-25T02:30+01:00 d\n01:15 UTC e\n2026-10-25 02:30 f"
    assert [instant for _, instant in read(text, now, BERLIN)] == [
        at("2026-10-25T01:30+02:00"),
        at("2026-10-25T03:10+01:00"),
        at("2026-10-24T12:00+02:00"),
        at("2026-10-25T02:30+01:00"),
        at("2026-10-25T01:15Z"),
        at("2026-10-25T02:30+02:00"),
    ]


def test_an_hour_that_the_clock_skips_still_gives_a_time() -> None:
    now = at("2026-03-29T04:00+02:00")
    assert read("02:30 a\n23:50 b", now, BERLIN) == [
        ("a", at("2026-03-29T03:30+02:00")),
        ("b", at("2026-03-28T23:50+01:00")),
    ]


@pytest.mark.parametrize(("_", "text"), CORPUS, ids=NAMES)
def test_hostile_text_is_made_safe_and_stays_on_its_line(_: str, text: str) -> None:
    assert read(f"[02:30] sam: {text}") == [(f"sam: {clean(text).strip()}", HALF_PAST)]
    assert read(f"sam  2:30 AM\n{text}") == [(f"sam: {clean(text).strip()}", HALF_PAST)]


def test_a_name_cannot_smuggle_control_characters() -> None:
    assert read("s\x1b[31mam [02:30]: x\nev\u202eil  2:30 AM\ny")[1] == ("ev\ufffdil: y", HALF_PAST)
    assert all("\x1b" not in words for words, _ in read("<\x1b> x\n02:30 <\x1b> y\n\x1b  02:30\nz"))


@pytest.mark.parametrize("text", ["", "\n\n", " \t\r\n\u3000\n", "\u200e\n\ufeff"])
def test_nothing_gives_no_entries(text: str) -> None:
    assert entries_of(text, NIGHT, ZONE) == ()
    assert not looks_like_transcript(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("02:30 a", False),
        ("02:30 a\n02:31 b", True),
        ("02:30 a\n02:31 b\nc\n\n\nd", True),
        ("02:30 a\n02:31 b\nc\nd\ne", False),
        ("02:30 a\nb", False),
        ("sam  2:30 AM\na\nana  2:31 AM\nb", True),
        ("Traceback:\n  File x, line 2\nValueError: 02:30", False),
    ],
)
def test_a_transcript_is_recognised_by_its_times(text: str, expected: bool) -> None:
    assert looks_like_transcript(text) is expected


MARKS = ("[", "]", "(", ")", "<", ">", ":", "  ", " ", "\t", "\n", "\r", "-", "@", "\u202e", "\x1b", "\ud800")
TIMES = (
    "02:47",
    "2:47 PM",
    "-5m",
    "2026-11-21",
    "T",
    "Z",
    "+01:00",
    "21.11.26, ",
    "21/11/2026, ",
    "99:99",
    "9" * 30,
    "٣",
)
PIECES = st.sampled_from((*MARKS, *TIMES, "sam", "/note "))
PASTED = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@given(PASTED, st.sampled_from([ZONE, BERLIN, Zone(ZoneInfo("America/New_York"))]))
@example("-9999d9999h99999m999999s x", ZONE)
@example("2199-12-31 23:59-23:59 x\n1970-01-01 00:00+23:59 y", BERLIN)
def test_any_text_gives_entries_with_words_and_times_that_can_be_shown(text: str, zone: Zone) -> None:
    entries = entries_of(text, NIGHT, zone)
    assert len(entries) <= len(clean(text).split("\n"))
    for entry in entries:
        assert entry.text.strip()
        assert "\n" not in entry.text
        assert clean(entry.text) == entry.text
        assert entry.kind in set(EntryKind)
        assert entry.at is None or zone.show(entry.at).tzinfo is not None
    looks_like_transcript(text)


@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters="/<[(-–—|@:0123456789"),
            min_size=1,
        )
    )
)
def test_every_line_that_says_something_becomes_an_entry(words: list[str]) -> None:
    lines = [f"02:30 {word}" for word in words]
    assert len(entries_of("\n".join(lines), NIGHT, ZONE)) == len(lines)


LINES = ("02:47 x\n", ":\n", "[[[[:\n", "a" + " " * 87 + "b:\n", "sam: /note\n", "0001-01-01T00:00+14:00\n", "-5-5-5\n")
ENDLESS = ("x [[ :" * 20 + "\n", "a: ", "02:47 ", "<", " :", "\u200e", "a  ", "9", "-9d")


@pytest.mark.parametrize("line", [*LINES, *ENDLESS])
def test_time_grows_with_the_text_and_no_faster(line: str) -> None:
    text = (line * (200_000 // len(line) + 1))[:200_000]
    began = time.process_time()
    entries_of(text, NIGHT, BERLIN)
    assert time.process_time() - began < 5
