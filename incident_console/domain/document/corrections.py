"""What was set or corrected by hand in the record itself: one short part at the end of a document. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from incident_console.domain.clock import Zone
from incident_console.domain.document.model import Block, Line, Note, Part, Table, line
from incident_console.domain.document.record import Record
from incident_console.domain.text import clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import RecordKind
from incident_console.domain.when import full_time, parse_time

UTC_TIME: Final = re.compile(r"\b\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC\b")

LONGEST: Final = 300
"""Characters of a corrected value that are quoted."""


def corrections(record: Record) -> Iterator[Part]:
    """Each thing that was amended, as it was amended last; and how many lines of the log read differently now."""
    amended = [each for each in record.entries if each.kind == RecordKind.AMENDED]
    marks = _marked(record.story)
    blocks: list[Block] = [Note(marks)] if marks else []
    if amended:
        head = ("What", "Set to", "By", "When", "How often")
        blocks.append(Table(head, tuple(_row(what, each, record) for what, each in _by_what(amended).items())))
    if blocks:
        yield Part("Corrections to this record", tuple(blocks), "What people set or corrected by hand.")


def _by_what(amended: Sequence[Entry]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for each in sorted(amended, key=lambda entry: (entry.recorded_at, entry.number)):
        found.setdefault(each.text.partition(": ")[0], []).append(each)
    return found


def _row(what: str, amended: Sequence[Entry], record: Record) -> tuple[Line, ...]:
    last = amended[-1]
    value = UTC_TIME.sub(lambda match: _here(match[0], record.zone), clean_line(last.text.partition(": ")[2]))
    return (
        line(clip(clean_line(what), LONGEST).capitalize()), line(clip(value, LONGEST)),
        line(clean_line(last.actor)), line(full_time(last.recorded_at, record.zone)),
        line(f"{len(amended)} times" if len(amended) > 1 else ""),
    )  # fmt: skip


def _here(words: str, zone: Zone) -> str:
    """A row of the log names its times in UTC, the same for everybody; a document has one zone."""
    return full_time(parse_time(words, 0, zone), zone)


def _marked(entries: Sequence[Entry]) -> str:
    """`2 entries were corrected, 1 was struck; the timeline marks them.`; empty for none."""
    counts = [(sum(each.mark == mark for each in entries), mark) for mark in ("corrected", "struck")]
    parts = [f"{count} {'entries were' if count > 1 else 'entry was'} {mark}" for count, mark in counts if count]
    return f"{' and '.join(parts)}; the timeline marks each of them." if parts else ""
