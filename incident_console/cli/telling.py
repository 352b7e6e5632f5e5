"""How a call ends: one sentence on stderr, and an exit code."""

import sys
from typing import Final

EXIT_NO: Final = 1
"""The answer is "no": something is overdue, nothing was found."""
EXIT_REFUSED: Final = 2
EXIT_STORAGE: Final = 3
EXIT_INTERRUPTED: Final = 130


def say(sentence: str, code: int) -> int:
    """Tell why it ended; returns the exit code."""
    from incident_console.domain.text import clean_line

    print(clean_line(sentence), file=sys.stderr, flush=True)  # noqa: T201
    return code


def forgiving_streams() -> None:
    """A terminal that cannot encode a sign shows a stand-in; it does not stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
