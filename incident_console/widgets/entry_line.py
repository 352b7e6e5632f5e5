"""The words of one entry on one line of the timeline: its time, its text with what marks it, and its tone."""

from typing import Final

from rich.cells import cell_len, set_cell_size

from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line, first_line
from incident_console.domain.timeline import Entry, logged_words
from incident_console.domain.vocabulary import EntryKind, RecordKind
from incident_console.domain.when import clock_time

LATE: Final = 2 * MINUTE
"""An entry written down this much after the fact says so."""

LONGEST: Final = 400
"""Characters of an entry that its line looks at; the rest is for the detail view."""


@frozen
class Look:
    """How a timeline shows its entries."""

    zone: Zone
    dated: bool
    """Whether the day stands before each time."""
    logged_too: bool
    """Whether the time of writing down stands beside it."""
    marks_late: bool
    """Whether entries that were written down later say so."""


def stamp(entry: Entry, look: Look) -> str:
    """When it happened, and on demand when it was written down."""
    clock = clock_time(entry.occurred_at, look.zone)
    if look.logged_too:
        clock = f"{clock} logged {logged_words(entry, look.zone)}"
    return f"{look.zone.show(entry.occurred_at):%d %b} {clock}" if look.dated else clock


def words(entry: Entry, room: int, gap: tuple[int, int] | None, look: Look) -> str:
    """The first line of an entry in exactly `room` cells; what marks it stays visible at its end."""
    shown = ("★ " if "pinned" in entry.flags else "") + clean_line(first_line(entry.text[:LONGEST]))
    more = " …" if len(entry.text) > LONGEST or "\n" in entry.text else ""
    marks = [entry.mark] if entry.mark else []
    marks += [flag for flag in entry.flags if flag != "pinned"]
    if gap is not None:
        marks.append(f"nothing logged {clock_time(gap[0], look.zone)}–{clock_time(gap[1], look.zone)}")
    if look.marks_late and entry.late > LATE and entry.kind in set(EntryKind):
        marks.append(f"logged {logged_words(entry, look.zone)}")
    end = f"{more} ({', '.join(marks)})" if marks else more
    line = (
        shown
        if cell_len(shown) + cell_len(end) <= room
        else set_cell_size(shown, max(1, room - cell_len(end) - 1)) + "…"
    )
    return set_cell_size(line + end, room)


def tone(entry: Entry) -> str:
    """Which of the timeline's styles an entry has."""
    if entry.mark == "struck":
        return "struck"
    if entry.kind == RecordKind.UPDATE:
        return "sent"
    if entry.kind in (RecordKind.UNKNOWN, RecordKind.COPIED, RecordKind.IMPORTED):
        return "muted"
    strong = (EntryKind.DECISION, RecordKind.SEVERITY, RecordKind.STATUS, RecordKind.DECLARED)
    return "strong" if entry.kind in strong else "text"
