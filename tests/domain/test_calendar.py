"""Calendar files, held against RFC 5545: line ends, folding, escaping, and nothing in them but what was meant."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.calendar import AllDay, all_day, calendar, escaped, folded, is_link
from tests.builders import NIGHT
from tests.hostile import CORPUS

EVENT = AllDay(
    "1@incident-console",
    date(2026, 12, 31),
    "INC-7/3 check indexes",
    "INC-7: a; b, c\\d\nnext",
    "https://t/1",
    NIGHT,
    2,
)


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def value(text: str, name: str) -> str:
    """The value of a text property as a calendar program reads it."""
    (line,) = [line for line in unfolded(text) if line.startswith(f"{name}:")]
    return "".join(_plain(line[len(name) + 1 :]))


def _plain(raw: str) -> Iterator[str]:
    chars = iter(raw)
    for char in chars:
        if char == "\\":
            after = next(chars)
            yield "\n" if after in "nN" else after
        else:
            assert char not in ",;"
            yield char


def test_a_file_reads_as_it_should() -> None:
    assert calendar("Action items", [all_day(EVENT)]).split("\r\n") == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Incident Console//Action items//EN", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "BEGIN:VEVENT", "UID:1@incident-console", "DTSTAMP:20261121T024700Z", "SEQUENCE:2",
        "DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "SUMMARY:INC-7/3 check indexes",
        "DESCRIPTION:INC-7: a\\; b\\, c\\\\d\\nnext", "URL:https://t/1", "TRANSP:TRANSPARENT", "END:VEVENT",
        "END:VCALENDAR", "",
    ]  # fmt: skip


def test_the_last_day_of_all_has_no_day_after_it() -> None:
    assert not any(line.startswith("DTEND") for line in all_day(replace(EVENT, day=date.max)))
    assert "DTSTART;VALUE=DATE:00010101" in all_day(replace(EVENT, day=date.min))


def test_only_web_addresses_are_links() -> None:
    assert is_link("https://tracker.example/browse/OPS-1?x=1&y=2")
    for text in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://a b",
        "https://a\r\nX:1",
        "see https://a",
        "",
        "https://ä",
    ):
        assert not is_link(text)
        assert not any(line.startswith("URL") for line in all_day(replace(EVENT, link=text)))


@given(st.text(max_size=400) | st.sampled_from([text for _, text in CORPUS]))
def test_hostile_text_stays_inside_its_value(text: str) -> None:
    whole = calendar("x", [all_day(replace(EVENT, title=text, text=text or "-", link=text))])
    lines = whole.encode("utf-8").split(b"\r\n")
    assert all(len(line) <= 75 and b"\r" not in line and b"\n" not in line for line in lines)
    names = [line.partition(":")[0] for line in unfolded(whole)]
    assert names[5:] == [
        "BEGIN", "UID", "DTSTAMP", "SEQUENCE", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "DESCRIPTION",
        *(["URL"] if is_link(text) else []), "TRANSP", "END", "END",
    ]  # fmt: skip
    assert value(whole, "SUMMARY") == value(whole, "DESCRIPTION") or not text
    assert not set(whole) & {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127, 0x2028, 0x202E)}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=500))
def test_folding_loses_nothing(text: str) -> None:
    line = "X:" + escaped(text)
    assert folded(line).replace("\r\n ", "") == line
