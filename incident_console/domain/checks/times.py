"""Times as people write them in messages: clocks, days, durations, and phrases such as “within two hours”. It finds
them and never reckons with them."""

from typing import Final

_COUNT: Final = (
    r"(?:\d+(?:[.,]\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|"
    r"forty-five|sixty|ninety|(?:a\s+)?(?:few|couple(?:\s+of)?)|several|half\s+an|half\s+a|half|a\s+quarter\s+of\s+an)"
)
_UNIT: Final = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|m|(?:business\s+|working\s+)?days?|weeks?)"
_ROUGHLY: Final = (
    r"(?:(?:about|approximately|approx\.?|around|roughly|maybe|less\s+than|no\s+more\s+than|not\s+more\s+than|under|up\s+to|"
    r"another|at\s+most|at\s+least|only|just|~)\s*){0,2}"
)
DURATION: Final = (
    rf"(?:(?:the\s+)?(?:(?:next|coming|following)\s+)?{_ROUGHLY}{_COUNT}(?:\s*(?:-|–|to|or)\s*{_COUNT})?"
    rf"(?:\s+(?:more|further|additional|short|full|extra))?\s*-?\s*{_UNIT}"
    r"|the\s+(?:next\s+|coming\s+|following\s+)?(?:hour|minutes|hours|day|days))\b"
)
CLOCK: Final = (
    r"(?:\d{1,2}[:.h]\d{2}(?:\s*[ap]\.?m\b)?|\d{1,2}\s*(?:[ap]\.?m\b|o'clock\b)|[a-z]{3,6}\s+o'clock\b|"
    r"\d{4}\s*(?:utc|gmt|hours|hrs|z)\b|(?:noon|midnight|midday)\b)"
)
_WEEKDAY: Final = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
DAY: Final = (
    r"(?:(?:today|tonight|tomorrow|eod|cob|dawn|sunrise|lunch(?:\s*time)?|"
    r"this\s+(?:morning|afternoon|evening|week|weekend)|next\s+week|"
    r"(?:the\s+)?(?:end|close|start|middle)\s+of\s+(?:the\s+|this\s+|next\s+)?(?:business|day|week|month|shift|play|"
    r"business\s+day|working\s+day|afternoon|evening|morning|night)|the\s+weekend|"
    r"(?:the\s+)?(?:(?:early|late|mid)[\s-]{1,2})?(?:morning|afternoon|evening)|nightfall|"
    rf"(?:next\s+|this\s+)?{_WEEKDAY}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+\d{{1,2}})\b|"
    r"\d{4}-\d\d-\d\d)"
)
_FROM: Final = r"(?:by|before|at|around|until|no\s+later\s+than|not\s+later\s+than|as\s+of|as\s+early\s+as|for|on)"
AT_THEN: Final = rf"\b{_FROM}\s+(?:about\s+|around\s+|approximately\s+|~\s*)?(?:{CLOCK}|{DAY})"
WITHIN: Final = (
    rf"\b(?:(?:within|in|inside|under|over)\s+(?:the\s+course\s+of\s+)?{DURATION}(?!\s+of\b)"
    r"|(?:in|during|over)\s+(?:the\s+course\s+of\s+)?the\s+(?:morning|afternoon|evening|night|weekend|day)\b|overnight\b)"
)
TODAY: Final = (
    r"\b(?:(?:later|sometime|some\s+time|early|late)\s+)?(?:today|tonight|tomorrow|this\s+(?:morning|afternoon|evening|week|"
    r"weekend)|next\s+week)\b"
)
TIME: Final = rf"(?:{WITHIN}|{AT_THEN}|{TODAY})"
TIME_WORDS: Final = frozenset(
    [
        "within",
        "in",
        "inside",
        "under",
        "over",
        "by",
        "before",
        "at",
        "around",
        "until",
        "later",
        "for",
        "on",
        "as",
        "during",
        "overnight",
        "today",
        "tonight",
        "tomorrow",
        "this",
        "next",
    ]
)
"""One of them is in everything that TIME finds."""
UNIT_WORDS: Final = frozenset(
    [
        *(f"{unit}{s}" for unit in ("second", "sec", "minute", "min", "hour", "hr", "day", "week") for s in ("", "s")),
        *(f"{count}{unit}" for count in range(100) for unit in ("h", "m", "min", "mins", "hr", "hrs")),
        "h",
        "m",
    ]
)
"""One of them is in nearly everything that DURATION finds."""
WORD: Final = r"[\w'/&%+-]+"


def gap(most: int) -> str:
    """Up to so many words between two others."""
    return rf"(?:\s+{WORD},?){{0,{most}}}?\s+"
