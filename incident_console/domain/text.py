"""The one place where people's text is made safe: no character that a terminal, a mail or a file could obey."""

from functools import cache

TYPE_CHECKING = False  # what type checkers know without `typing`, which takes longer to load than a line to log
if TYPE_CHECKING:
    import re

MAX_TITLE = 200
"""Longest title, in characters."""

MAX_ENTRY = 2_000_000
"""Longest log entry, in characters: a pasted log file fits, an accident does not."""

UNSAFE = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
LINE_ENDS = "\r\n?"
SPACES = r"[\n\t ]+"


@cache
def _pattern(text: str) -> "re.Pattern[str]":
    """Made when a text first needs one: most texts never do."""
    import re

    return re.compile(text)


def clean(text: str) -> str:
    """The text with everything that could act replaced by something that can be seen; newlines and tabs stay."""
    if text.isprintable():
        return text  # nothing unsafe counts as printable
    return made_safe(text)


def made_safe(text: str) -> str:
    """What `clean` does to a text that needs it; a test holds the two together for every character."""
    return _pattern(UNSAFE).sub(_stand_in, _pattern(LINE_ENDS).sub("\n", text))


def _stand_in(match: "re.Match[str]") -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def clean_line(text: str) -> str:
    """The same on one line: newlines, tabs and runs of spaces become one space."""
    safe = clean(text)
    one = safe.isprintable() and "  " not in safe
    return (safe if one else _pattern(SPACES).sub(" ", safe)).strip()


def gist(text: str) -> str:
    """What some words say, to compare them: neither white space, nor whether the first letter is a capital, nor a final
    full stop makes them say something else."""
    line = clean_line(text).removesuffix(".").rstrip()
    return line[:1].casefold() + line[1:]


def first_line(text: str) -> str:
    """What stands before the first line break."""
    return text.split("\n", 1)[0]


def clip(text: str, width: int) -> str:
    """At most `width` characters; a cut is marked."""
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"
