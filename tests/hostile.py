"""Text that somebody might paste or send: markup, escape sequences, bidirectional tricks, and what merely looks odd."""

import re
from typing import Final

MARKER: Final = "cG93bmVk"
"""A clipboard payload that the console itself would never send."""

CORPUS: Final[tuple[tuple[str, str], ...]] = (
    ("closing tag", "[/]"),
    ("closing bold", "[/bold]"),
    ("click action", "[@click=app.quit]x[/]"),
    ("broken link", "[link='a]b"),
    ("log level", "[ERROR] db down"),
    ("code", "list[int] = a[0] [x] done [2026-11-20]"),
    ("template", "$x ${y} $$ \\$z"),
    ("backslash at the end", "path C:\\"),
    ("osc 52", f"\x1b]52;c;{MARKER}\x07"),
    ("osc 0", "\x1b]0;owned-title\x07"),
    ("cursor report", "\x1b[6n"),
    ("clear screen", "\x1b[2Jgone"),
    ("c1 csi", "\x9b31mred"),
    ("c1 osc", f"\x9d52;c;{MARKER}\x9c"),
    ("right to left override", "safe \u202etxt.exe"),
    ("isolates", "a \u2066b\u2069 c\u2067d"),
    ("lone surrogate", "bad \ud800 name \udcff"),
    ("nul and bell", "a\x00b\x07c"),
    ("delete", "a\x7fb"),
    ("tags", "hi\U000e0041\U000e0042"),
    ("line separators", "one\u2028two\u2029three"),
    ("family", "👨‍👩‍👧‍👦 ok"),
    ("persian", "می‌خواهم"),
    ("wide", "支払いが失敗しました"),
    ("zalgo", "e\u0301\u0302\u0303\u0304 a\u0335"),
    ("long word", "x" * 5000),
)

NAMES: Final = tuple(name for name, _ in CORPUS)

_FORBIDDEN: Final = re.compile(
    rb"\x1b\]52;[^\x07\x1b]*" + MARKER.encode() + rb"|owned-title\x07|\x1b\[6n|\xc2[\x80-\x9f]"
    rb"|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]|\xf3\xa0\x81|\x00"
)


def assert_harmless(raw: bytes) -> None:
    """Fail if what a program wrote to the terminal holds anything of the corpus that a terminal would obey."""
    found = _FORBIDDEN.search(raw)
    assert found is None, (
        f"the terminal received {found[0]!r} near {raw[max(0, found.start() - 60) : found.end() + 20]!r}"
    )
