"""The one place where people's text is made safe: no character that a terminal, a mail or a file could obey."""

import re
from typing import Final

MAX_TITLE: Final = 200
"""Longest title, in characters."""

MAX_ENTRY: Final = 2_000_000
"""Longest log entry, in characters: a pasted log file fits, an accident does not."""

_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS: Final = re.compile("\r\n?")
_SPACES: Final = re.compile(r"[\n\t ]+")


def clean(text: str) -> str:
    """The text with everything that could act replaced by something that can be seen; newlines and tabs stay."""
    return _UNSAFE.sub(_stand_in, _LINE_ENDS.sub("\n", text))


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def clean_line(text: str) -> str:
    """The same on one line: newlines, tabs and runs of spaces become one space."""
    return _SPACES.sub(" ", clean(text)).strip()


def first_line(text: str) -> str:
    """What stands before the first line break."""
    return text.split("\n", 1)[0]


def clip(text: str, width: int) -> str:
    """At most `width` characters; a cut is marked."""
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"
