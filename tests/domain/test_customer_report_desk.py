"""The account for customers as it is put together at the desk: from the record, from what was sent or waits, in the
composer."""

from pathlib import Path

from incident_console.desk import Desk
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import DAY
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.vocabulary import Audience, MessageKind
from tests.builders import declare, make_desk
from tests.reviewed import NIGHT_AFTER, review

FIELDS = {
    "service": "Checkout", "apology": "We are sorry. You rely on us, and we let you down.", "summary": "Payments failed.",
    "impact": "Card payments were rejected.", "cause": "A change used up all connections.", "fix": "We undid the change.",
    "prevention": "Changes are tested with the traffic of our busiest day.",
}  # fmt: skip


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


WRITTEN = {
    "summary": "While a copy of our data was being repaired at night, the data itself was emptied.",
    "impact": "Nobody could use the site for about 18 hours, and changes of six hours were lost.",
    "root_cause": "Restoring from a backup was never rehearsed, so that it could not be known that backups were empty.",
}


def test_the_parts_are_drawn_from_the_record_and_name_nobody(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER)
    incident_id = review(desk)
    for section, text in WRITTEN.items():
        desk.write_section(incident_id, section, text)
    report = desk.customer_report(incident_id)
    assert report.missing == ("apology", "what was fixed")
    assert report.to_fill == ("apology", "fix")
    for part in (*WRITTEN.values(), "Planned: Show the age of the last rehearsed restore on the status page."):
        assert part in report.text
    assert not any(name in report.whole for name in ("Dana", "Sam", "Ana", "dana", "INC-1", "tickets.example"))


def test_a_review_in_the_words_of_colleagues_is_not_passed_on(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, at=NIGHT_AFTER)
    report = desk.customer_report(review(desk))
    assert report.to_fill == ("apology", "summary", "impact", "cause", "fix")
    assert len(report.held_back) == 4
    assert not any(word in report.whole for word in ("replication", "shell", "prompt", "The site is not available."))


def test_everybody_whom_the_record_names_is_kept_out(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident_id = closed(desk)
    desk.list_account(incident_id, "Northwind Traders", "Kim")
    desk.drop_account(incident_id, "Northwind Traders")
    desk.assign(incident_id, "tech", "Bo")
    desk.assign(incident_id, "tech", "Uma")
    for name in ("Northwind", "Kim", "Bo", "Uma", "dana", "Svetlana"):
        desk.write_section(incident_id, "summary", f"Payments failed, and {name} noticed.")
        assert name not in desk.customer_report(incident_id).whole


def test_the_composer_is_filled_with_the_same_words_and_says_what_was_held_back(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident_id = closed(desk)
    desk.state_fact(incident_id, "impact", "We lose 40k an hour.")
    desk.write_section(incident_id, "summary", "Payments failed.")
    draft = desk.compose(incident_id, Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT))
    values = dict(draft.values)
    assert (values["summary"], values["impact"], values["service"]) == ("Payments failed.", "", "Checkout")
    held = [each for each in desk.concerns(desk.incident(incident_id), draft) if each.rule == "held_back"]
    assert [(each.field, each.severity, "“40k” (money)" in each.advice) for each in held] == [("impact", "hint", True)]
    mine = Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT, (("impact", "Nobody could pay."),))
    written = desk.compose(incident_id, mine)
    assert "held_back" not in {each.rule for each in desk.concerns(desk.incident(incident_id), written)}


def test_what_became_overdue_is_said_and_not_sent(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident_id = closed(desk)
    desk.add_item(incident_id, Wanted("Test every change with load", "prevent", "Sam", "+7d"))
    before = desk.customer_report(incident_id)
    assert "Planned: Test every change with load." in before.text
    assert before.held_back == ()
    later = make_desk(tmp_path, at=desk.now() + 30 * DAY)
    after = later.customer_report(incident_id)
    assert after.whole == before.whole  # the record stands as it was last written to
    assert "it is overdue since 2026-11-28" in after.held_back[0]
    draft = later.compose(incident_id, Wish(Audience.CUSTOMERS, MessageKind.CUSTOMER_REPORT))
    assert "Test every change" not in draft.text


def test_the_account_of_root_is_no_name(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, actor="root")
    incident_id = closed(desk)
    desk.write_section(incident_id, "summary", "Payments failed; the root of it was a change.")
    report = desk.customer_report(incident_id)
    assert "the root of it" in report.text
    assert report.findings == ()


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
