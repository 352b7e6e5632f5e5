"""The impact in the interchange file: what the facts of an incident are, whatever fields of messages are called."""

import json
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.drafting import behind
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from tests.builders import clock_of, declare, make_desk
from tests.storage.interchange import Document, document, known, moved, take

REAL = sorted((Path(__file__).parents[1] / "data" / "incidents").glob("*.json"))
FORCED = Sending(overruled=("missing",))
TOLD = "On 31 January a directory with the data of the site was emptied by mistake."


def reported(desk: Desk, incident: Incident, impact: str | None = None) -> Incident:
    """The customer report went out; its impact is prefilled unless it is given."""
    fields = [("summary", TOLD), ("apology", "We are sorry."), ("service", "Checkout")]
    values = (*fields, *(() if impact is None else (("impact", impact),)))
    desk.mark_sent(desk.compose(incident.id, Wish("customers", "customer_report", values)), FORCED, Check.FORCED)
    return desk.incident(incident.id)


def resolved(desk: Desk, impact: str = "site unavailable for about 18 hours") -> Incident:
    incident = declare(desk)
    desk.state_fact(incident.id, "impact", impact)
    desk.change_status(incident.id, "resolved")
    return desk.incident(incident.id)


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_the_summary_of_a_message_does_not_replace_the_impact(status: str, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = reported(desk, resolved(desk))
    desk.change_status(incident.id, status) if status != incident.status else None
    content = document(desk, incident)
    assert content["impact"] == {"summary": "site unavailable for about 18 hours"}
    assert content["filled"] == {"summary": TOLD, "apology": "We are sorry.", "service": "Checkout"}
    there, other = moved(tmp_path, desk, desk.incident(incident.id))
    assert known(there, other) == known(desk, desk.incident(incident.id))
    assert (other.fact("impact"), behind(other)) == ("site unavailable for about 18 hours", ())


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_an_imported_incident_keeps_its_impact_after_a_customer_report(path: Path, tmp_path: Path) -> None:
    desk, original = make_desk(tmp_path, at=clock_far()), json.loads(path.read_text())
    incident = reported(desk, desk.import_file(path.read_bytes()).incident)
    assert document(desk, incident)["impact"] == original["impact"]
    there, other = moved(tmp_path, desk, incident)
    assert known(there, other) == known(desk, incident)


def clock_far() -> int:
    """An instant after all of the real incidents, microseconds UTC."""
    return 1_790_000_000_000_000


def test_keys_of_the_impact_that_no_message_has_stay_in_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    content: Document = {"schema": 1, "title": "x", "impact": {"summary": "cards fail", "orders": "500"}}
    incident = reported(desk, take(desk, content))
    assert document(desk, incident)["impact"] == content["impact"]


def test_a_file_that_has_both_names_of_the_impact_keeps_both_texts(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    content: Document = {"schema": 1, "title": "x", "impact": {"summary": "long story", "impact": "cards fail"}}
    incident = take(desk, content)
    assert incident.fact("impact") == "cards fail"
    assert document(desk, incident)["impact"] == content["impact"]
    moved(tmp_path, desk, incident)


def test_fields_of_a_file_replace_no_fact(tmp_path: Path) -> None:
    content: Document = {
        "schema": 1, "title": "x", "impact": {"summary": "cards fail"}, "filled": {"impact": "y", "workaround": "z"},
    }  # fmt: skip
    assert dict(take(make_desk(tmp_path), content).facts) == {"impact": "cards fail"}


def test_the_export_of_an_earlier_version_is_known_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = reported(desk, resolved(desk))
    content = document(desk, incident)
    old = {**content, "impact": {**content["impact"], **content["filled"]}}
    del old["filled"]
    assert desk.import_file(json.dumps(old).encode()).incident.id == incident.id


def test_marks_of_messages_and_of_corrected_rows_come_along(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = reported(desk, resolved(desk))
    first = next(each for each in desk.entries(incident.id) if each.kind == "declared")
    sent = next(each for each in desk.entries(incident.id) if each.kind == "update")
    note = desk.log(incident.id, Logged("a mistake"))
    desk.correct(incident.id, note.number, "a note")
    desk.pin(incident.id, sent.number, True)
    desk.pin(incident.id, first.number, True)
    there, other = moved(tmp_path, desk, desk.incident(incident.id))
    assert known(there, other)["marks"] == known(desk, desk.incident(incident.id))["marks"]
    assert {row.text: (row.mark, row.flags) for row in there.entries(other.id) if row.mark or row.flags} == {
        "a note": ("corrected", ()), first.text: ("", ("pinned",)), sent.text: ("", ("pinned",)),
    }  # fmt: skip
    assert "a mistake" not in there.export_json(other.id)


def test_contributing_factors_keep_their_order(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    top = desk.add_why(incident.id, "top")
    for answer, parent in (("deep", top), ("second", None), ("deeper", top)):
        why = desk.add_why(incident.id, answer, parent)
        desk.change_why(incident.id, why, None, None, "", "contributing")
    there, other = moved(tmp_path, desk, desk.incident(incident.id))
    mine = known(desk, desk.incident(incident.id))["contributing"]
    assert known(there, other)["contributing"] == mine == "deep\ndeeper\nsecond"


# --- the same words as a sentence


def test_a_customer_report_that_makes_a_sentence_of_a_fact_is_no_news(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = resolved(desk)
    desk.mark_sent(desk.compose(incident.id, Wish("executives")), FORCED, Check.FORCED)
    clock_of(desk).advance(DAY)
    after = reported(desk, incident, "Site unavailable  for about 18 hours.")
    assert (after.fact("impact"), behind(after)) == ("site unavailable for about 18 hours", ())
    assert after.facts_at == incident.facts_at
    other = reported(desk, incident, "Half of the site was unavailable.")
    assert other.fact("impact") == "Half of the site was unavailable."
    assert [each.audience for each in behind(other)] == ["executives"]
