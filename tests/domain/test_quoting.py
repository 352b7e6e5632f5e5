"""What is quoted by hand is what a JSON writer would have written; the chain of the log hangs on it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.desk.quick_line import body_of
from incident_console.domain import text
from incident_console.domain.events import Noted, encode
from incident_console.domain.quoting import listed, quoted

ANY = st.text(st.characters(exclude_categories=[]))


@given(ANY)
def test_a_text_is_quoted_as_json_quotes_it(words: str) -> None:
    assert quoted(words) == json.dumps(words, ensure_ascii=False)


@pytest.mark.parametrize("sign", ['"', "\\", "\n", "\x7f", "\u2028", "\ud800", "é", "🔥", "/", "<", "", " ", "\xa0"])
def test_odd_signs_are_quoted_as_json_quotes_them(sign: str) -> None:
    assert quoted(f"a{sign}b") == json.dumps(f"a{sign}b", ensure_ascii=False)


@given(st.lists(ANY | st.integers()).map(tuple))
def test_a_list_is_written_as_json_writes_it(values: tuple[str | int, ...]) -> None:
    assert listed(values) == json.dumps(values, ensure_ascii=False)


@given(ANY)
def test_a_plain_line_has_the_body_of_its_event(words: str) -> None:
    assert body_of(words) == encode(Noted(words))


def test_nothing_unsafe_counts_as_printable() -> None:
    """`clean` lets printable text pass unread."""
    signs = [chr(code) for code in range(0x110000)]
    assert not [sign for sign in signs if sign.isprintable() and text.made_safe(sign) != sign]
    assert not [sign for sign in signs if sign.isprintable() and sign.isspace() and sign != " "]
