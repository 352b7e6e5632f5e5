"""The account for customers: what it is drawn from, what is held back, which words are preferred."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.document.customer import PARTS, names_inside, proposals
from incident_console.domain.finding import Finding
from incident_console.domain.incident import ActionItem, Incident
from incident_console.domain.vocabulary import Audience, MessageKind
from tests.builders import declare, make_desk
from tests.reviewed import NIGHT_AFTER, review

PEOPLE = ("Dana", "Sam O'Neil")
FIELDS = {
    "service": "Checkout", "apology": "We are sorry. You rely on us, and we let you down.", "summary": "Payments failed.",
    "impact": "Card payments were rejected.", "cause": "A change used up all connections.", "fix": "We undid the change.",
    "prevention": "Changes are tested with the traffic of our busiest day.",
}  # fmt: skip


def nothing(text: str) -> tuple[Finding, ...]:
    return ()


def item(
    text: str, owner: str = "Dana", kind: str = "prevent", state: str = "open", candidate: bool = False
) -> ActionItem:
    return ActionItem(text, text, kind, owner, "", "", state, candidate=candidate)


def proposed(incident: Incident) -> dict[str, str]:
    return {each.field: each.text for each in proposals(incident, nothing, PEOPLE)}


def test_each_part_has_its_source_and_an_apology_has_none() -> None:
    incident = Incident(
        "x", sections=(("summary", "Payments failed."), ("root_cause", "Too many retries.")), facts=(("impact", "No cards."),),
        actions=(item("limit retries.", state="done"), item("test with load"), item("nobody's", owner=""),
                 item("an alert", kind="detect"), item("an idea", candidate=True), item("given up", state="dropped")),
    )  # fmt: skip
    assert proposed(incident) == {
        "summary": "Payments failed.", "impact": "No cards.", "cause": "Too many retries.", "fix": "Limit retries.",
        "prevention": "Test with load.",
    }  # fmt: skip
    assert "apology" in PARTS


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Dana ran the job", "“Dana”"),
        ("then sam o'neil noticed", "“Sam O'Neil”"),
        ("see #incident-2026-11-21-checkout", "“#incident-2026-11-21-checkout”"),
        ("tracked as INC-7", "“INC-7”"),
        ("see https://tickets.example/1", "“https://tickets.example/1”"),
        ("db1.internal:5432 refused", "“db1.internal:5432”"),
        ("the room incident-checkout", "“incident-checkout”"),
        ("Danas payments failed, at 02:47, for 30 % of users.", ""),
        ("Card payments failed in the EU-based shops from 2:47 on; no. 1 priority", ""),
    ],
)
def test_names_and_internal_details_are_held_back(text: str, why: str) -> None:
    incident = Incident("x", channel="incident-checkout", sections=(("summary", text),))
    assert names_inside(text, incident, PEOPLE) == why
    found = next(each for each in proposals(incident, nothing, PEOPLE) if each.field == "summary")
    assert bool(found.text) == (not why)
    assert why in found.held_back


def test_words_that_the_checks_ask_about_are_held_back() -> None:
    incident = Incident("x", sections=(("summary", "the pods crashed"),))

    def asked(text: str) -> tuple[Finding, ...]:
        return (Finding("jargon", "hint", 4, 8, "pods", "Say it plainly."),)

    (found,) = proposals(incident, asked, ())
    assert (found.text, found.held_back.split(". ")[0]) == (
        "", "The words for summary were not taken over because of “pods” (jargon)",
    )  # fmt: skip


def closed(desk: Desk) -> str:
    incident = declare(desk)
    desk.amend(incident.id, "services", "Checkout")
    desk.change_status(incident.id, "resolved")
    return incident.id


def test_what_nobody_wrote_shows_as_missing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    report = desk.customer_report(closed(desk))
    assert report.source == "proposed"
    assert len(report.missing) == 6
    assert all(f"[missing: {label}]" in report.whole for label in report.missing)
    assert report.subject == "Checkout: what happened, and what we have changed"


def test_the_parts_are_drawn_from_the_record_and_name_nobody(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER)
    incident_id = review(desk)
    report = desk.customer_report(incident_id)
    assert report.missing == ("apology",)
    for part in (
        "A snapshot taken by hand",
        "Why it happened",
        "never rehearsed",
        "The prompt of production hosts is red",
    ):
        assert part in report.text
    assert not any(name in report.whole for name in ("Dana", "Sam", "Ana", "dana", "INC-1", "tickets.example"))


def test_a_section_for_inside_stays_inside_and_that_is_said(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident_id = closed(desk)
    desk.assign(incident_id, "tech", "Sam")
    desk.write_section(incident_id, "summary", "Sam forgot to renew the certificate.")
    desk.state_fact(incident_id, "impact", "Nobody could pay, see https://tickets.example/1")
    report = desk.customer_report(incident_id)
    assert "Sam" not in report.whole
    assert [words.split(" were ")[0] for words in report.held_back] == ["The words for summary", "The words for impact"]
    assert "[missing: what it meant for them]" in report.text


def test_what_was_sent_counts_word_for_word(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident_id = closed(desk)
    wish = Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT, tuple(FIELDS.items()))
    draft = desk.compose(incident_id, wish)
    desk.mark_sent(draft, check=Check.FORCED)
    desk.write_section(incident_id, "summary", "Something else by now.")
    report = desk.customer_report(incident_id)
    assert (report.source, report.subject, report.text) == ("sent", draft.subject, draft.text)
    assert report.missing == ()


def test_what_waits_for_approval_comes_before_what_is_proposed(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident_id = closed(desk)
    wish = Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT, tuple(FIELDS.items()))
    desk.ask_approval(desk.compose(incident_id, wish))
    report = desk.customer_report(incident_id)
    assert report.source == "asked"
    assert "We undid the change." in report.text


def test_the_checks_find_and_never_block(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident_id = closed(desk)
    worse = {**FIELDS, "cause": "Sam forgot the certificate on db1.prod.internal; human error."}
    desk.assign(incident_id, "tech", "Sam")
    wish = Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT, tuple(worse.items()))
    desk.mark_sent(desk.compose(incident_id, wish), check=Check.FORCED)
    report = desk.customer_report(incident_id)
    rules = {finding.rule for finding in report.findings}
    assert {"human_error", "blames_person"} & rules
    assert all(report.whole[each.start : each.end] == each.text for each in report.findings)
    assert list(report.findings) == sorted(report.findings, key=lambda each: (each.start, each.end))


def test_a_drill_says_so(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = desk.declare(Declaration("Search down", 1, drill=True))
    report = desk.customer_report(incident.id)
    assert report.subject.startswith("DRILL ")
    assert report.text.startswith("DRILL: ")
