"""Making text safe: every entry and every exit relies on it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.text import clean, clean_line, clip
from tests.hostile import CORPUS, NAMES

OBEYED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
ANYTHING = st.text(alphabet=st.characters(codec=None)) | st.sampled_from([text for _, text in CORPUS])


@given(ANYTHING)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    assert not OBEYED.search(clean(text))


@given(ANYTHING)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANYTHING)
def test_what_is_clean_can_be_written_anywhere(text: str) -> None:
    assert clean(text).encode("utf-8").decode("utf-8") == clean(text)


@given(st.text(alphabet=st.characters(codec="ascii", min_codepoint=32, max_codepoint=126)))
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_the_words_of_hostile_text_stay_readable(_name: str, text: str) -> None:
    letters = re.findall(r"[A-Za-z]{3,}", text)
    assert all(word in clean(text) for word in letters)


def test_line_ends_become_newlines() -> None:
    assert clean("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te"


def test_control_characters_become_visible() -> None:
    assert clean("\x1b[2J\x7f\x00") == "␛[2J␡␀"


def test_joiners_that_languages_need_stay() -> None:
    assert clean("می‌خواهم 👨‍👩‍👧") == "می‌خواهم 👨‍👩‍👧"


def test_one_line_is_one_line() -> None:
    assert clean_line("  a\n\tb   c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "width", "shown"), [("abc", 3, "abc"), ("abcd", 3, "ab…"), ("", 3, ""), ("abc", 0, "…")]
)
def test_clip(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown
