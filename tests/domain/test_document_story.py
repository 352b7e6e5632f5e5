"""What a document tells of the log: what happened, in an order that serves a hurried reader; the bookkeeping apart."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.document.html import html
from incident_console.domain.document.markdown import markdown
from incident_console.domain.document.model import Document
from incident_console.domain.document.parts import postmortem_document
from incident_console.domain.document.pictures import picture
from incident_console.domain.document.record import Record
from incident_console.domain.incident import Incident, Why
from incident_console.domain.timeline import Entry, tells_the_story
from incident_console.domain.vocabulary import EntryKind, RecordKind
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.domain.test_document import UTC_ZONE, entry, everything, page
from tests.reviewed import NIGHT_AFTER, review

BOOKS = ("copied", "timer", "clock", "tick", "amended", "fact", "approval", "account", "imported", "unknown")
TOLD = ("declared", "status", "severity", "triage", "role", "update", "ask", "answer", "request")


def record(*entries: Entry, **state: object) -> Record:
    incident = Incident("x", number=7, title="Search down", declared_at=NIGHT)
    return Record(replace(incident, **state), UTC_ZONE, entries)  # type: ignore[arg-type]


def part(text: str, title: str) -> str:
    """What stands below a heading of a Markdown document."""
    return text.partition(f"## {title}\n")[2].partition("\n## ")[0]


# --- the rule


def test_every_kind_of_row_has_its_side() -> None:
    assert {*BOOKS, *TOLD} == {kind.value for kind in RecordKind}


@pytest.mark.parametrize("kind", [*EntryKind, *TOLD, "a kind that a file brought"])
def test_what_happened_is_told(kind: str) -> None:
    assert tells_the_story(entry("x", kind))
    assert not tells_the_story(replace(entry("x", kind), hidden=True))


@pytest.mark.parametrize("kind", BOOKS)
def test_bookkeeping_is_not(kind: str) -> None:
    assert not tells_the_story(entry("x", kind))


# --- the timeline


def test_the_timeline_leaves_out_bookkeeping_and_says_so() -> None:
    rows = [entry("errors rise", "note", 1), entry("cost people: 3", "fact", 2), entry("from a file", "imported", 3)]
    text = part(markdown(postmortem_document(record(*rows))), "Timeline")
    assert "errors rise" in text
    assert "cost people" not in text
    assert text.rstrip().endswith(
        "2 rows of bookkeeping are left out (clocks, checklists, facts that messages quote, and the like); the log has"
        " them."
    )
    assert "left out" not in part(markdown(postmortem_document(record(rows[0]))), "Timeline")


def test_a_log_of_bookkeeping_alone_tells_nothing() -> None:
    text = part(markdown(postmortem_document(record(entry("x", "tick")))), "Timeline")
    assert "Nothing was written down." in text
    assert "1 row of bookkeeping is left out" in text


def test_bookkeeping_is_not_drawn_either() -> None:
    whole = everything("words")
    books = [replace(entry("x", "fact", n), occurred_at=NIGHT + 30 * DAY) for n in range(9)]
    assert picture(replace(whole, entries=[*whole.entries, *books])) == picture(whole)


def test_evidence_from_the_books_is_still_quoted() -> None:
    why = Why("a", "no index", None, ("e1",))
    text = markdown(postmortem_document(record(entry("impact: half of the shop", "fact", 1), whys=(why,))))
    assert "- evidence: 02:48 fact: impact: half of the shop" in text


# --- corrections


def amended(text: str, minutes: int, actor: str = "sam") -> Entry:
    return replace(entry(text, "amended", minutes), actor=actor, recorded_at=NIGHT + DAY + minutes * MINUTE)


def test_what_was_corrected_stands_together_at_the_end() -> None:
    rows = [
        amended("detection: 2026-11-21 02:40 UTC", 1), amended("services: Search", 2, "ana"),
        amended("detection: 2026-11-21 02:44 UTC (was 2026-11-21 02:40 UTC)", 3, "dana"),
        entry("gone", "note", 4, mark="struck"), entry("better", "note", 5, mark="corrected"),
        entry("better still", "note", 6, mark="corrected"),
    ]  # fmt: skip
    text = markdown(postmortem_document(record(*rows)))
    assert text.rstrip().endswith(part(text, "Corrections to this record").rstrip())
    assert part(text, "Corrections to this record") == (
        "\nWhat people set or corrected by hand.\n\n"
        "2 entries were corrected and 1 entry was struck; the timeline marks each of them.\n\n"
        "| What | Set to | By | When | How often |\n|---|---|---|---|---|\n"
        "| Detection | 2026-11-21 02:44 UTC (was 2026-11-21 02:40 UTC) | dana | 2026-11-22 02:50 UTC | 2 times |\n"
        "| Services | Search | ana | 2026-11-22 02:49 UTC |  |\n"
    )
    assert "bookkeeping" not in text


def test_many_corrections_of_one_thing_are_one_row() -> None:
    rows = [amended(f"start: {n}", n) for n in range(1, 400)]
    text = part(markdown(postmortem_document(record(*rows))), "Corrections to this record")
    assert text.count("| Start |") == 1
    assert "399 times" in text


def test_a_record_that_nobody_corrected_says_nothing_about_it() -> None:
    assert "Corrections" not in markdown(postmortem_document(record(entry("x"))))


@pytest.mark.parametrize("text", ["", "no colon", ": ", "<b>x</b>: [y](z)", "a\nb: c\nd"])
def test_amended_rows_of_any_shape_are_told(text: str) -> None:
    found = page(record(amended(text, 1)))
    assert "b" not in found.tags
    assert not found.open


# --- order


def titles(document: Document) -> list[str]:
    return [each.title for each in document.parts]


def test_what_a_hurried_reader_needs_comes_first_and_the_record_last() -> None:
    found = titles(postmortem_document(everything("words")))
    assert found[:5] == ["Summary", "Impact", "Figures", "Root cause", "Action items"]
    expected = [
        "Action items", "How it went", "Key moments", "How it came about", "Fishbone", "Decisions", "Lessons",
        "What it means for what we build", "Who was told", "Timeline", "Messages sent", "Corrections to this record",
    ]  # fmt: skip
    places = [found.index(each) for each in expected]
    assert all(before < after for before, after in pairwise(places))


def test_a_document_says_what_it_is(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER)
    incident_id = review(desk)
    text = desk.report(incident_id)
    assert text.startswith("# INC-1 SEV1: GitLab.com database outage\n\nPostmortem. Times are UTC.\n\n")
    assert '<p class="sort">Postmortem</p>\n<h1>INC-1 SEV1' in desk.report_html(incident_id)
    told = part(text, "Timeline")
    assert not re.search(r"\*\*(fact|amended|imported)\*\*", told)
    assert "**decision** take the site down" in told
    assert "| Detection | 2017-01-31 23:34 UTC | dana |" in part(text, "Corrections to this record")


# --- days


def test_key_moments_name_the_day_where_it_changes() -> None:
    late = [replace(entry(f"m{n}", flags=("pinned",)), occurred_at=NIGHT + n * 12 * HOUR) for n in range(4)]
    shown = postmortem_document(record(*late))
    assert [line.split(" **")[0] for line in part(markdown(shown), "Key moments").strip().split("\n")] == [
        "- 2026-11-21 02:47", "- 14:47", "- 2026-11-22 02:47", "- 14:47",
    ]  # fmt: skip
    assert html(shown).count('<span class="day">') == 2


def test_evidence_of_another_day_names_its_day() -> None:
    why = Why("a", "no index", None, ("e0", "e1"))
    later = replace(entry("y", "note", 1), occurred_at=NIGHT + DAY)
    text = part(markdown(postmortem_document(record(entry("x"), later, whys=(why,)))), "How it came about")
    assert "evidence: 02:47 note: x" in text
    assert "evidence: 2026-11-22 02:47 note: y" in text


def test_what_was_known_the_day_before_names_its_day(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    desk.log(incident.id, Logged("errors 40 %", "evidence", NIGHT - 12 * HOUR))
    clock_of(desk).advance(MINUTE)
    desk.log(incident.id, Logged("errors 50 %", "evidence"))
    desk.log(incident.id, Logged("roll back", "decision"))
    text = part(desk.report(incident.id), "Decisions")
    assert "1. 2026-11-21 02:48: **roll back** — dana" in text
    assert "   - known: 2026-11-20 14:47 evidence: errors 40 %" in text
    assert "   - known: 02:48 evidence: errors 50 %" in text
