"""Declaring with answers and looking again: what is written, and what the desk knows around it."""

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.desk.triage import scoped_line
from incident_console.domain.actions import Wanted
from incident_console.domain.assessment import Taken, answers_of
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.decide import Declaration
from incident_console.domain.guards import Scope
from incident_console.domain.policy import Prompt
from incident_console.domain.vocabulary import Refused
from incident_console.domain.wizard import UNKNOWN, Answers
from tests.builders import clock_of

ANSWERS = Answers((("function", "down"), ("criticality", "critical"), ("affected", "some"), ("workaround", UNKNOWN)))


def test_a_declaration_its_answers_and_first_lines_are_one_step(desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS), (Logged("Regions: EU", "impact"),))
    assert (incident.severity, incident.assessed_at) == (2, desk.now())
    assert answers_of(incident).facts == ANSWERS.facts
    assert "workaround" in incident.unknown
    assert [entry.kind for entry in desk.entries(incident.id)] == ["declared", "triage", "impact"]


def test_another_level_needs_a_reason_and_nothing_is_written_without(desk: Desk) -> None:
    with pytest.raises(Refused, match="say why in one line"):
        desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS, 4))
    assert desk.summaries() == ()
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS, 4, "test shop only"))
    assert incident.severity == 4
    assert "test shop only" in desk.entries(incident.id)[1].text


def test_a_bad_title_writes_nothing(desk: Desk) -> None:
    with pytest.raises(Refused, match="needs a title"):
        desk.declare_assessed(Declaration("  ", None), Taken(ANSWERS))
    assert desk.summaries() == ()


def test_still_right_moves_the_clock_and_nothing_else(desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS))
    clock_of(desk).advance(70 * MINUTE)
    assert next(clock for clock in desk.board()[0].clocks if clock.name == "reassess").remaining(desk.now()) < 0
    after = desk.reassess(incident.id, Taken(ANSWERS, 2))
    assert (after.severity, after.severity_since) == (2, incident.severity_since)
    due = {clock.name: clock.due_at for clock in desk.standing(after).clocks}
    assert due["reassess"] == desk.now() + 60 * MINUTE
    assert due["internal"] == incident.declared_at + 15 * MINUTE  # who waits for word still waits


def test_a_change_carries_a_reason_and_restarts_the_clocks(desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS))
    worse = ANSWERS.answer("affected", "all")
    with pytest.raises(Refused, match="say why in one line"):
        desk.reassess(incident.id, Taken(worse))
    clock_of(desk).advance(5 * MINUTE)
    after = desk.reassess(incident.id, Taken(worse, None, "all regions now"))
    assert (after.severity, after.severity_since) == (1, desk.now())
    assert desk.entries(incident.id)[-1].text == "SEV2 → SEV1: all regions now"
    due = {clock.name: clock.due_at for clock in desk.standing(after).clocks}
    assert due["internal"] == desk.now() + 5 * MINUTE


def test_undo_takes_back_the_change_first(desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS))
    desk.reassess(incident.id, Taken(ANSWERS.answer("affected", "all"), None, "all regions now"))
    assert desk.undo(incident.id) == "severity: SEV2 → SEV1: all regions now"
    assert desk.incident(incident.id).severity == 2
    assert desk.undo(incident.id).startswith("triage: SEV1 as recommended")
    assert answers_of(desk.incident(incident.id)).facts == ANSWERS.facts


def test_keeping_another_level_says_that_it_was_looked_at(desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None), Taken(ANSWERS, 4, "test shop only"))
    desk.reassess(incident.id, Taken(ANSWERS, 4))
    assert "still SEV4 taken, SEV2 recommended; looked at again, still right" in desk.entries(incident.id)[-1].text


def test_read_models_are_rebuilt_the_same(desk: Desk) -> None:
    incident = desk.declare_assessed(Declaration("Pay down", None, services=("Pay",)), Taken(ANSWERS))
    desk.reassess(incident.id, Taken(ANSWERS.answer("affected", "all"), None, "all regions now"))
    before = desk.entries(incident.id)
    desk.store.rebuild()
    assert desk.entries(incident.id) == before
    assert desk.store.log.verify() == ()


# --- around


def test_what_may_be_the_same_and_what_was_promised(desk: Desk) -> None:
    old = desk.declare(Declaration("Checkout down", 1, services=("Checkout",)))
    desk.add_item(old.id, Wanted("check indexes", "prevent", "Sam", "2026-11-22"))
    desk.add_item(old.id, Wanted("no date", "prevent", "Sam", ""))
    desk.change_status(old.id, "closed")
    clock_of(desk).advance(72 * HOUR)
    drill = desk.declare(Declaration("Checkout drill", 1, services=("Checkout",), drill=True))
    running = desk.declare(Declaration("Checkout slow", 2, services=("checkout",)))
    around = desk.around(Scope("x", ("Checkout",)))
    assert [each.id for each in around.same] == [running.id]
    assert drill.id not in {each.id for each in around.same}
    assert [(item.reference, item.text, item.owner) for item in around.overdue] == [("INC-1", "check indexes", "Sam")]
    assert desk.around(Scope("x", ("Search",))) == desk.around(Scope())


def test_known_names_are_the_ones_used_before(desk: Desk) -> None:
    for services in (("Checkout", "Search"), ("Search",)):
        desk.declare(Declaration("x", 3, services=services, flows=("signup",)))
    assert desk.known_services() == ("Search", "Checkout")
    assert desk.known_flows()[-1] == "signup"
    assert "payments" in desk.known_flows()


def test_notes_look_at_the_last_five_that_were_declared_here(desk: Desk) -> None:
    for _ in range(5):
        desk.declare(Declaration("x", 1))
    desk.declare(Declaration("drill", 3, drill=True))
    assert "last 5 incidents was SEV1" in desk.notes(1, Scope(), Answers())[0]


def test_answers_to_scoping_questions_are_facts_or_hypotheses(desk: Desk) -> None:
    prompt = Prompt("Changed", "What changed?", "evidence")
    assert scoped_line(prompt, "release 4512") == Logged("Changed: release 4512", "evidence")
    assert scoped_line(prompt, "the retries?").kind == "hypothesis"
    incident = desk.declare(Declaration("x", 1))
    assert desk.answered_prompts(incident.id) == frozenset()
    desk.log(incident.id, scoped_line(prompt, "release 4512"))
    assert desk.answered_prompts(incident.id) == {"Changed"}
