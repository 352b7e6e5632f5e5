"""Pastes that hold escape characters stay text, however the terminal cuts them into pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.paste import END, START, KeyboardDecoder, PasteGuard

HARMLESS = "␛"


def passed(pieces: list[str]) -> str:
    guard = PasteGuard()
    return "".join(map(guard.pass_on, pieces))


def cut(text: str, places: list[int]) -> list[str]:
    bounds = [0, *sorted(place % (len(text) + 1) for place in places), len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


@pytest.mark.parametrize(
    "inside", ["\x1b[31mred\x1b[0m", "\x1b]0;title\x07 tab", "a\x1b", "\x1b[20", "\x1b[200~ again", "\x1b\x1b[3"]
)
def test_nothing_inside_a_paste_is_a_key(inside: str) -> None:
    text = passed([START, inside, END, "d"])
    assert text.startswith(START)
    assert text.endswith(f"{END}d")
    assert "\x1b" not in text[len(START) : -len(END) - 1]


def test_what_is_typed_passes_at_once_and_as_it_is() -> None:
    guard = PasteGuard()
    for key in ("\x1b", "\x1b[A", "a", "\x1b[2", "x", "\x1b[200", "\x1b", "[201~"):
        assert guard.pass_on(key) == key


PARTS = st.lists(
    st.sampled_from(["\x1b", "[", "2", "00~", "01~", START, END, "z", "\x1b[31m", "é", "\n"]), max_size=12
).map("".join)


@given(PARTS, st.lists(st.integers(0, 200), max_size=8))
def test_pieces_make_no_difference(text: str, places: list[int]) -> None:
    whole = f"a{START}{text}{END}b"
    assert passed(cut(whole, places)) == passed([whole])


@given(PARTS, st.lists(st.integers(0, 200), max_size=8))
def test_one_paste_begins_and_ends_once_and_loses_nothing_else(text: str, places: list[int]) -> None:
    inside = text.replace(END, "")
    while END in inside:
        inside = inside.replace(END, "")
    shown = passed(cut(f"{START}{inside}{END}", places))
    assert shown == START + inside.replace("\x1b", HARMLESS) + END


def test_bytes_that_are_no_text_become_a_sign() -> None:
    decoder = KeyboardDecoder()
    assert decoder.decode(b"\xff\xc3") + decoder.decode(b"\xa9") == "\N{REPLACEMENT CHARACTER}é"
