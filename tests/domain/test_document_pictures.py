"""What a document draws: the incident along time, the causes as a tree; everything stays on it and readable."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.document.markdown import markdown
from incident_console.domain.document.model import Picture
from incident_console.domain.document.parts import postmortem_document
from incident_console.domain.document.pictures import picture
from incident_console.domain.document.record import Record
from incident_console.domain.incident import Incident, Why
from tests.builders import NIGHT
from tests.domain.test_document import UTC_ZONE, entry, everything, page


def drawn(record: Record) -> Picture:
    found = picture(record)
    assert found is not None
    return found


def shares(shown: Picture) -> Iterator[float]:
    for lane in shown.lanes:
        yield from (share for each in lane.stretches for share in (each.start, each.end))
        yield from (dot.at for dot in lane.dots)
        yield from lane.heights
    yield from (tick.at for tick in shown.ticks)


def test_the_picture_has_lanes_for_what_there_is() -> None:
    shown = drawn(everything("words"))
    assert [lane.name for lane in shown.lanes] == [
        "Nobody knew", "Response", "Watched until resolved", "Status and severity", "Told: customers", "Decisions",
        "Escalations", "Key moments", "Log",
    ]  # fmt: skip
    assert [lane.note for lane in shown.lanes[:3]] == ["1 min", "19 min", "40 min"]
    assert all(0 <= share <= 1 for share in shares(shown))
    assert [tick.label for tick in shown.ticks] == ["02:50", "03:00", "03:10", "03:20", "03:30", "03:40"]


def test_milestones_in_the_wrong_order_draw_no_phase() -> None:
    record = everything("words")
    wrong = replace(record.incident, detected_at=NIGHT - MINUTE, mitigated_at=NIGHT + 2 * HOUR)
    shown = drawn(replace(record, incident=wrong))
    assert [lane.name for lane in shown.lanes if lane.stretches] == ["Response"]
    assert all(0 <= share <= 1 for share in shares(shown))


def test_entries_far_outside_are_told_and_do_not_squeeze_the_rest() -> None:
    record = everything("words")
    rows = [*record.entries, entry("long before", minutes=-9000), entry("long after", minutes=9000)]
    shown = drawn(replace(record, entries=rows))
    assert shown.outside == "Not drawn: 1 entry before and 1 entry after this time; the timeline has them."
    assert shown.ticks == drawn(record).ticks


@pytest.mark.parametrize("length", [MINUTE, 7 * MINUTE, HOUR, 5 * HOUR, 3 * DAY, 40 * DAY, 4000 * DAY])
@pytest.mark.parametrize("count", [1, 10, 1000])
def test_a_picture_of_any_length_keeps_its_axis_readable(length: int, count: int) -> None:
    incident = Incident("x", declared_at=NIGHT, started_at=NIGHT, resolved_at=NIGHT + length, status="resolved")
    rows = [replace(entry("x", "decision", n), occurred_at=NIGHT + length * n // count) for n in range(count)]
    shown = drawn(Record(incident, UTC_ZONE, rows))
    assert len(shown.ticks) <= 8
    decisions = next(lane for lane in shown.lanes if lane.name == "Decisions")
    numbered = [dot.at for dot in decisions.dots if dot.label]
    assert len(decisions.dots) == count
    assert len(numbered) <= 21
    assert all(0 <= share <= 1 for share in shares(shown))


# --- trees


def deep(levels: int, wide: int) -> Record:
    chain = [Why(f"d{n}", f"deep {n}", f"d{n - 1}" if n else None, category="technical") for n in range(levels)]
    others = [Why(f"w{n}", f"wide {n}", f"d{n % levels}", (), "process", "ruled_out" if n % 50 == 1 else "")
              for n in range(wide)]  # fmt: skip
    return Record(Incident("x", title="Search down", declared_at=NIGHT, whys=(*chain, *others)), UTC_ZONE)


def test_five_hundred_causes_in_forty_levels_stand_once_each() -> None:
    found = page(deep(40, 460))
    words = Counter(word.strip() for word in found.words)
    assert all(words[f"deep {n}"] == 1 for n in range(40))
    assert all(words[f"wide {n}"] == 1 for n in range(460))
    assert not found.open
    assert sum(tag == "s" for tag in found.tags) == 10
    text = markdown(postmortem_document(deep(40, 460)))
    assert all(f": deep {n} (technical)\n" in text for n in range(40))


def test_a_chain_deeper_than_browsers_follow_stays_whole() -> None:
    found = page(deep(400, 0))
    assert not found.open
    assert sum(word.strip().startswith("deep") for word in found.words) == 400


def test_evidence_is_told_as_time_and_words() -> None:
    record = everything("the disk was full")
    assert "▪ 02:47 note: the disk was full" in page(record).words
    gone = replace(record, entries=())
    assert "▪ an entry that is not here" in page(gone).words
