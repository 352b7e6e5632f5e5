"""The account for customers: what it is drawn from, what is held back, which words are preferred."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import DAY
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.document.customer import PARTS, Proposal, Screen, proposals
from incident_console.domain.finding import Finding
from incident_console.domain.incident import ActionItem, Incident, Sent
from incident_console.domain.vocabulary import Audience, MessageKind
from tests.builders import declare, make_desk
from tests.reviewed import NIGHT_AFTER, review

PEOPLE = ("Dana", "Sam O'Neil")
FIELDS = {
    "service": "Checkout", "apology": "We are sorry. You rely on us, and we let you down.", "summary": "Payments failed.",
    "impact": "Card payments were rejected.", "cause": "A change used up all connections.", "fix": "We undid the change.",
    "prevention": "Changes are tested with the traffic of our busiest day.",
}  # fmt: skip


TODAY = date(2026, 11, 21)


def nothing(text: str) -> tuple[Finding, ...]:
    return ()


SCREEN = Screen(nothing, PEOPLE, frozenset({"Maria"}))


def item(
    text: str, owner: str = "Dana", kind: str = "prevent", state: str = "open", candidate: bool = False, due: str = ""
) -> ActionItem:
    return ActionItem(text, text, kind, owner, due, "", state, candidate=candidate)


def found(incident: Incident, field: str, usual: dict[str, str] | None = None, screen: Screen = SCREEN) -> Proposal:
    return next(each for each in proposals(incident, screen, TODAY, usual or {}) if each.field == field)


def told(**words: str) -> Incident:
    """Customers were told something after the end."""
    sent = Sent("customers", "resolution", 1, 90, None)
    return Incident(
        "x", status="resolved", resolved_at=80, sent=(sent,), heard=(("customers", tuple(words.items())),)
    )  # fmt: skip


def test_each_part_has_its_source_and_an_apology_has_none() -> None:
    incident = Incident(
        "x", sections=(("summary", "Payments failed."), ("root_cause", "too many retries")), facts=(("impact", "No cards."),),
        actions=(item("limit retries.", state="done"), item("test with load"), item("an alert", kind="detect")),
    )  # fmt: skip
    every = {
        each.field: each.text for each in proposals(incident, SCREEN, TODAY, {"impact": "No cards.", "apology": "x"})
    }
    assert every == {
        "service": "", "summary": "Payments failed.", "impact": "No cards.", "cause": "Too many retries.",
        "fix": "Done since: limit retries.", "prevention": "Planned: test with load.",
    }  # fmt: skip
    assert "apology" in PARTS


def test_what_customers_were_told_comes_first() -> None:
    incident = replace(
        told(impact="Cards were rejected.", cause="A change used up all connections.", fix="We undid it.", service="Checkout"),
        sections=(("impact", "Nobody could pay."), ("root_cause", "Too many retries.")),
    )  # fmt: skip
    for field, words in (("impact", "Cards were rejected."), ("cause", "A change used up all connections."),
                         ("fix", "We undid it."), ("service", "Checkout")):  # fmt: skip
        assert found(incident, field, {field: "other words"}) == Proposal(field, words)


def test_words_that_customers_read_already_may_hold_words_of_the_trade_but_no_details() -> None:
    assert found(told(cause="The index of the database was missing."), "cause").text
    assert not found(told(cause="Dana dropped the index of INC-7."), "cause").text
    assert not found(told(impact="We lost 40k EUR."), "impact").text


def test_the_impact_from_before_the_end_is_not_told_as_if_it_went_on() -> None:
    incident = Incident(
        "x", status="resolved", resolved_at=80, sent=(Sent("customers", "status_page", 1, 10, None),),
        heard=(("customers", (("impact", "The site is down."),)),), facts=(("impact", "The site is down."),),
    )  # fmt: skip
    proposal = found(incident, "impact", {"impact": "The site is down."})
    assert proposal == Proposal(
        "impact", "",
        ("The words for impact were not taken over because they are from before the end. Say what was, in the past.",),
    )  # fmt: skip
    reviewed = replace(incident, sections=(("impact", "The site was down for an hour"),))
    assert found(reviewed, "impact").text == "The site was down for an hour."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Dana ran the job", "“Dana” (a name)"),
        ("then sam o'neil noticed", "“sam o'neil” (a name)"),
        ("Maria noticed", "“Maria” (a name)"),
        ("see #incident-2026-11-21-checkout", "“#incident-2026-11-21-checkout” (a room)"),
        ("tracked as INC-7", "“INC-7” (a number for inside)"),
        ("see https://tickets.example/1", "“https://tickets.example/1” (an address)"),
        ("we lost 40,000 EUR an hour", "“40,000 EUR” (money)"),
        ("about €40k", "“€40k” (money)"),
        ("leadership was told", "“leadership” (about people inside)"),
        ("45 tickets came in", "“tickets” (about business)"),
        ("the pods restarted", "“pods” (a word of the trade)"),
        ("Danas payments failed, at 02:47, for 30 % of users.", ""),
        ("Card payments failed in the EU-based shops from 2:47 on; no. 1 priority.", ""),
    ],
)
@pytest.mark.parametrize("field", ["summary", "impact", "cause"])
def test_what_is_for_inside_is_held_back(text: str, why: str, field: str) -> None:
    section = "root_cause" if field == "cause" else field
    proposal = found(Incident("x", sections=((section, text),)), field)
    if not why:
        assert proposal == Proposal(field, text)
    else:
        sentence = f"The words for {field} were not taken over because of {why}. Write them for customers."
        assert proposal == Proposal(field, "", (sentence,))


def test_facts_from_messages_to_colleagues_pass_the_same_screen() -> None:
    incident = Incident("x")
    assert found(incident, "fix", {"fix": "Sam O'Neil rolled back deploy 4512"}).text == ""
    assert found(incident, "impact", {"impact": "Nobody could pay"}).text == "Nobody could pay."
    assert found(incident, "notes", {"notes": "our SLA is broken"}).text == ""


def test_words_that_the_checks_ask_about_are_held_back() -> None:
    incident = Incident("x", sections=(("summary", "the whatsits crashed"),))

    def asked(text: str) -> tuple[Finding, ...]:
        return (Finding("jargon", "hint", 4, 12, "whatsits", "Say it plainly."),)

    proposal = found(incident, "summary", screen=Screen(asked))
    assert (proposal.text, proposal.held_back[0].split(". ")[0]) == (
        "", "The words for summary were not taken over because of “whatsits” (jargon)",
    )  # fmt: skip


def test_of_several_reasons_the_one_about_the_review_is_told() -> None:
    incident = replace(told(impact="Dana saw it."), sections=(("impact", "We lost 40k."),))
    (why,) = found(incident, "impact", {"impact": "Dana saw it."}).held_back
    assert "“40k” (money)" in why


@pytest.mark.parametrize(
    ("service", "shown"), [("Checkout", "Checkout"), ("Search API", "Search API"), ("checkout-api", ""), ("db1", "")]
)
def test_the_service_is_called_as_customers_know_it(service: str, shown: str) -> None:
    proposal = found(Incident("x", services=(service,)), "service", {"service": service})
    assert proposal.text == shown
    assert bool(proposal.held_back) == (not shown)


def test_the_public_name_of_a_service_is_no_inside_name() -> None:
    incident = Incident("x", services=("GitLab.com",), sections=(("summary", "GitLab.com was not available."),))
    assert found(incident, "summary").text == "GitLab.com was not available."
    assert not found(replace(incident, services=()), "summary").text


# --- action items


def test_done_items_of_every_kind_are_listed_as_done_and_planned_ones_without_owners_and_days() -> None:
    incident = Incident(
        "x",
        actions=(
            item("limit retries.", state="done"), item("write sooner to those who wait", kind="respond", state="done"),
            item("measure it every minute", kind="detect", state="done"), item("test with load", due="2026-11-21"),
            item("split the work", state="in_progress", due="2027-01-01"), item("an alert", kind="detect"),
            item("an idea", candidate=True), item("given up", state="dropped"),
        ),
    )  # fmt: skip
    assert found(incident, "fix") == Proposal(
        "fix", "Done since: limit retries; write sooner to those who wait; measure it every minute."
    )
    assert found(incident, "prevention") == Proposal("prevention", "Planned: test with load; split the work.")


def test_items_stand_below_what_ended_it() -> None:
    incident = replace(told(fix="We undid it."), actions=(item("limit retries", state="done"),))
    assert found(incident, "fix").text == "We undid it.\nDone since: limit retries."


@pytest.mark.parametrize(
    ("each", "why"),
    [
        (item("Test it", due="2026-11-20"), "“Test it” is no promise for customers: it is overdue since 2026-11-20."),
        (item("Test it", owner=""), "“Test it” is no promise for customers: nobody owns it."),
        (item("Add index check to checklist"), "“Add index check to checklist” was left out because of “index” (a word of the"),
        (item("ask Dana"), "“ask Dana” was left out because of “Dana” (a name)."),
        (item("talk to Maria"), "“talk to Maria” was left out because of “Maria” (a name)."),
    ],
)  # fmt: skip
def test_what_is_overdue_unowned_or_for_inside_is_no_promise(each: ActionItem, why: str) -> None:
    proposal = found(Incident("x", actions=(each,)), "prevention")
    assert proposal.text == ""
    assert proposal.held_back[0].startswith(why)


def test_a_done_item_for_inside_is_left_out_of_what_was_fixed() -> None:
    incident = Incident("x", actions=(item("Add index check", state="done"), item("Test with load", state="done")))
    proposal = found(incident, "fix")
    assert proposal.text == "Done since: Test with load."
    assert len(proposal.held_back) == 1


# --- at the desk


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
