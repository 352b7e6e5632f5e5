"""One entry in full: both its times, its words, and how it came to read as it does."""

from textual.content import Content

from incident_console.domain.clock import Zone
from incident_console.domain.text import clean, clean_line
from incident_console.domain.timeline import Change, Entry
from incident_console.domain.when import full_time

LONGEST = 100_000
"""Characters that the detail view draws; the rest is in the export."""


def entry_content(entry: Entry, changes: tuple[Change, ...], zone: Zone) -> Content:
    """The words of an entry with its times and its history."""
    who = clean_line(entry.actor) or "unknown"
    head = [
        Content.assemble(("happened  ", "$text-muted"), full_time(entry.occurred_at, zone)),
        Content.assemble(
            ("logged    ", "$text-muted"), full_time(entry.recorded_at, zone), ("  by ", "$text-muted"), Content(who)
        ),
        Content(""),
        Content(clean(entry.text[:LONGEST])),
    ]
    if len(entry.text) > LONGEST:
        head.append(Content.styled(f"… {len(entry.text) - LONGEST} more characters; export shows all", "$text-muted"))
    if len(changes) > 1:
        head += [Content(""), Content.styled("history", "bold $accent")]
        head += [_change(change, zone) for change in changes]
    return Content("\n").join(head)


def _change(change: Change, zone: Zone) -> Content:
    by = f"{full_time(change.at, zone)}  {change.what} by {clean_line(change.actor) or 'unknown'}: "
    return Content.assemble((by, "$text-muted"), Content(clean(change.text[:2000])))
