"""The account for customers: what it is drawn from, what is held back, which words are preferred."""

from dataclasses import replace
from datetime import date

import pytest

from incident_console.domain.document.customer import PARTS, Proposal, Screen, proposals
from incident_console.domain.finding import Finding
from incident_console.domain.incident import ActionItem, Incident, Sent

PEOPLE = ("Dana", "Sam O'Neil")


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
        ("we lost 40k", "“40k” (money)"),
        ("5k users and 2 million customers could not buy tickets for 45 m.", ""),
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


@pytest.mark.parametrize(
    ("services", "text", "quoted"),
    [
        (("checkout-api", "payments-gateway"),
         "The checkout-api refused requests because the payments-gateway was overloaded.", "checkout-api"),
        (("checkout-api", "payments-gateway"), "The payments-gateway was overloaded.", "payments-gateway"),
        (("zeus",), "Payments failed because zeus was overloaded.", "zeus"),
        (("zeus",), "Zeus was overloaded.", "Zeus"),
        (("Checkout", "checkout-api"), "The checkout-api was overloaded.", "checkout-api"),
    ],
)  # fmt: skip
def test_services_for_inside_are_not_named_in_prose(services: tuple[str, ...], text: str, quoted: str) -> None:
    incident = Incident("x", services=services, sections=(("summary", text),))
    why = f"The words for summary were not taken over because of “{quoted}” (an inside name). Write them for customers."
    assert found(incident, "summary") == Proposal("summary", "", (why,))
    assert not found(replace(told(impact=text), services=services), "impact").text
    done = replace(incident, actions=(item(text, state="done"),))
    (left_out,) = found(done, "fix").held_back
    assert f"was left out because of “{quoted}” (an inside name). Say in your own words" in left_out


def test_a_service_with_a_public_name_may_be_named_in_any_letters() -> None:
    incident = Incident("x", services=("Checkout", "checkout"), sections=(("summary", "The checkout was down."),))
    assert found(incident, "summary").text == "The checkout was down."


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
