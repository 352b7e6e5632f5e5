"""Whole documents: the same bytes for the same events, all six real incidents, texts of any size."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY, MINUTE
from incident_console.domain.text import clean_line
from incident_console.domain.timeline import tells_the_story
from tests.builders import NIGHT, declare, make_desk
from tests.domain.test_document import Page
from tests.reviewed import INCIDENTS, NIGHT_AFTER, review, take_in


def forms(desk: Desk, incident_id: str) -> list[str]:
    return [desk.document(incident_id, form) for form in ("md", "html", "json", "customer", "case")]


def test_the_same_events_give_the_same_bytes_whenever_and_whoever_reads(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER)
    incident_id = review(desk)
    later = make_desk(tmp_path, actor="somebody else", at=NIGHT_AFTER + 400 * DAY)
    assert forms(desk, incident_id) == forms(later, incident_id)


def test_the_readers_zone_is_named(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER)
    incident_id = take_in(desk)
    assert "Times are UTC." in desk.report(incident_id)
    assert "Times are UTC." in desk.report_html(incident_id)


def test_an_open_incident_has_no_present_moment_in_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    desk.log_all(incident.id, [Logged(f"line {n}", "evidence", NIGHT - n * MINUTE) for n in range(10)])
    later = make_desk(tmp_path, at=NIGHT + 30 * DAY)
    assert forms(desk, incident.id)[:2] == forms(later, incident.id)[:2]


@pytest.mark.parametrize("name", sorted(path.stem for path in INCIDENTS.glob("*.json")))
def test_all_six_real_incidents_become_documents(tmp_path: Path, name: str) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER + 4000 * DAY)
    incident_id = take_in(desk, name)
    found = Page(desk.report_html(incident_id))
    assert not found.open
    assert "svg" in found.tags
    words = "".join(found.words)
    told = [each for each in desk.entries(incident_id) if tells_the_story(each)]
    assert all(clean_line(each.text) in words for each in told)
    assert len(told) == len(desk.entries(incident_id)) - 1
    assert "1 row of bookkeeping is left out" in words
    assert all(len(text) > 300 for text in forms(desk, incident_id)[:3])


def test_a_hundred_kilobytes_in_one_section_are_kept(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    text = "\n\n".join(f"Paragraph {n} with <b>signs</b> & words" for n in range(2600))
    assert len(text) > 100_000
    desk.write_section(incident.id, "lessons", text)
    found = Page(desk.report_html(incident.id))
    assert sum(word.startswith("Paragraph ") for word in found.words) == 2600
    assert "b" not in found.tags
