"""What is for inside: every spelling of names, sums, numbers and words of the trade is found; plain words pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.content.templates import load_template
from incident_console.domain import events as e
from incident_console.domain.document.inside import found_details, found_inside, found_service, names_in
from incident_console.domain.events import Body, Event
from tests.hostile import CORPUS
from tests.hostile import NAMES as HOSTILE

NAMES = (
    "Dana Smith",
    "sam.o'neil",
    "Zoë",
    "Northwind Traders",
    "Payments",
    "root",
    "#incident-2026-11-21-checkout",
    "Mark",
)
GIVEN = frozenset({"Maria", "Jürgen"})


@pytest.mark.parametrize(
    "text",
    [
        "we lost 40,000 EUR an hour", "about €40k", "$1.2m of orders", "40k an hour", "some 12 000 Euro", "EUR 12.000 lost",
        "usd 5 each", "we lost 30 thousand", "USD were lost", "2 million were lost", "ten dollars", "40k EUR", "USD 2 million",
        "5k kr", "Rs 500", "500 zł", "2 million dollars", "$ 2 million", "it lost us about 2 million", "40k worth of goods",
        "worth 40k", "40k every minute", "2m in orders", "20 grand", "we refunded 40k", "40k per hour", "loss of some 40k", "５０ ＥＵＲ", "₹ 500", "revenue fell",
        "Revenue: unknown", "lost sales", "it cost us a lot", "5,000 per hour", "an hourly loss", "500/h",
    ],
)  # fmt: skip
def test_money_in_every_spelling(text: str) -> None:
    assert "(money)" in found_details(text)
    assert "(money)" in found_inside(text)


@pytest.mark.parametrize(
    "text",
    [
        "5k users could not pay.", "About 2 million customers were affected.", "The site was down for 45 m.", "12k orders failed",
        "we lost 5k orders", "2 million records were lost", "30 thousand", "It reached 3m people.", "5k of our users",
    ],
)  # fmt: skip
def test_counts_and_minutes_are_no_money(text: str) -> None:
    assert found_inside(text) == ""


def test_a_sum_is_quoted_without_the_words_that_tell_that_it_is_one() -> None:
    assert found_details("We lost about 40k so far") == "“40k” (money)"
    assert found_details("5k users left and 40k EUR are gone") == "“40k EUR” (money)"


@pytest.mark.parametrize(
    "text",
    ["Nobody could buy tickets.", "Tickets were sent twice.", "Your ticket stays valid.", "20 tickets were lost"],
)
def test_tickets_that_customers_hold_are_no_business_of_colleagues(text: str) -> None:
    assert found_inside(text) == ""


@pytest.mark.parametrize(
    ("text", "services", "quoted"),
    [
        ("The checkout-api refused", ("checkout-api",), "checkout-api"), ("Zeus refused", ("zeus",), "Zeus"),
        ("the order service hung", ("pay", "order service"), "order service"), ("it was ze\u200bus", ("zeus",), "zeus"),
        ("in zeus.", ("", "x", " zeus "), "zeus"),
    ],
)  # fmt: skip
def test_a_service_is_named_in_any_letters(text: str, services: tuple[str, ...], quoted: str) -> None:
    assert found_service(text, services) == f"“{quoted}” (an inside name)"


@pytest.mark.parametrize("text", ["A change broke it", "Zeuses", "checkoutzeus", "the checkout and the api", ""])
def test_a_service_is_a_whole_name(text: str) -> None:
    assert found_service(text, ("zeus", "checkout-api", "", "a")) == ""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Dana Smith ran it", "Dana Smith"), ("DANA SMITH ran it", "DANA SMITH"), ("then Dana noticed", "Dana"),
        ("Smith's change", "Smith"), ("sam.o'neil noticed", "sam.o'neil"), ("Sam noticed", "Sam"), ("zoe ran it", "zoe"),
        ("ZOË ran it", "ZOE"), ("for Northwind it was worse", "Northwind"), ("northwind traders complained", "northwind traders"),
        ("Maria from the desk", "Maria"), ("Jürgen said so", "Jurgen"), ("Da\u200bna ran it", "Dana"),
        ("in #incident-2026-11-21-checkout", "#incident-2026-11-21-checkout"), ("Mark ran it", "Mark"),
    ],
)  # fmt: skip
def test_names_as_whole_words_in_any_letters(text: str, quoted: str) -> None:
    assert found_details(text, NAMES, GIVEN) == f"“{quoted}” (a name)"


@pytest.mark.parametrize(
    "text",
    [
        "Danas payments",
        "the root cause",
        "payments failed",
        "a mark on the page",
        "Traditional payments failed",
        "Marias",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert found_details(text, NAMES, GIVEN) == ""


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("tracked as INC-7", "a number for inside"), ("see #4512", "a number for inside"), ("deploy 4512 broke it", "a number for inside"),
        ("since ticket 31", "a number for inside"), ("commit 9fceb02d0ae5", "a number for inside"), ("PR !88", "a number for inside"),
        ("as 9fceb02 did", "a number for inside"),
        ("SEV1 was declared", "a severity"), ("sev-2", "a severity"), ("a P1 incident", "a severity"), ("severity rose", "a severity"),
        ("priority 1", "a severity"), ("an S1", "a severity"),
        ("db1 was full", "an inside name"), ("on web-prod-03", "an inside name"), ("the order_items grew", "an inside name"),
        ("api.shop.internal refused", "an inside name"), ("checkout.v2 refused", "an inside name"), ("PAYMENT_RETRIES was 9", "an inside name"),
        ("10.0.0.7 refused", "an address"), ("https://wiki/x", "an address"), ("www.wiki", "an address"), ("ask ops@shop", "an address"),
        ("@dana knows", "an address"),
        ("in /var/lib/data", "a path"), ("~/deploys", "a path"), ("C:\\temp was full", "a path"), ("ops/runs/last.txt", "a path"),
        ("localhost:5432", "a port"), ("port 443 was closed", "a port"),
        ("in #payments-war", "a room"), ("told on Slack", "a room"), ("in the incident room", "a room"),
        ("2.11.3 was bad", "a version"), ("since version 7", "a version"),
    ],
)  # fmt: skip
def test_details_that_nobody_outside_needs(text: str, what: str) -> None:
    assert f"({what})" in found_details(text)


@pytest.mark.parametrize(
    "text",
    [
        "leadership was told", "the on-call was paged", "the oncall phone", "45 tickets came in", "support tickets piled up", "we answered 31 tickets", "the payments team looked",
        "Teams were busy", "SLA penalties are due", "two customers may churn", "our engineers looked", "an employee saw it",
        "the room opened at 02:50", "escalated to the provider", "the CEO asked", "key accounts were called", "the VIPs",
        "legal looks into it", "a contract is at risk", "the press called", "nodes were full", "PODS restarted",
        "the replica lagged", "a missing index", "slow queries", "the orders table", "Kubernetes", "ingress was down",
        "the config was wrong", "Redis was full", "connection-pool", "the postmortem", "an internal tool", "tech debt",
    ],
)  # fmt: skip
def test_shop_talk_is_for_colleagues(text: str) -> None:
    assert found_inside(text)
    assert found_details(text) == ""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Acme Corp and Globex were hit", "Corp"), ("it hit Globex's shop", "Globex"), ("for IBM it was worse", "IBM"),
        ("then Øystein noticed", "oystein"), ("at first, Łukasz noticed", "lukasz"), ("a bug in Orion", "Orion"),
    ],
)  # fmt: skip
def test_names_that_nobody_listed(text: str, quoted: str) -> None:
    assert found_inside(text).casefold() == f"“{quoted}” (perhaps a name)".casefold()


@pytest.mark.parametrize(
    "text",
    [
        "Danas payments failed, at 02:47, for 30 % of users.", "No money was taken for these.",
        "Card payments failed in the EU-based shops from 2:47 on; no. 1 priority", "Our team undid the change.",
        "Users saw 502 and 503 errors, and the landing page was blank.", "Write to our support team at any time.",
        "It lasted 1 h 05 min, from 10:00 to 11:05 UTC on 21 November 2026.", "We undid our last change for good.",
        "Changes are now tested with the traffic of our busiest day.", "Your data was safe; nothing was lost.", "On Monday most of our customers in the United Kingdom could use the API again.",
        "For more than an hour orders could not be placed and/or changed.", "About 5,000 projects were lost.",
        "An expired certificate kept people from signing in.", "A change used up all connections to the payment provider.",
    ],
)  # fmt: skip
def test_plain_words_pass(text: str) -> None:
    assert found_inside(text, ("Dana", "root"), GIVEN) == ""


def test_the_examples_of_our_own_templates_pass() -> None:
    for field in load_template("customer_report", None).fields:
        if field.name != "write_to":
            assert found_inside(field.example) == "", field.name


def event(body: Body, actor: str = "ana") -> Event:
    return Event("1", "o", 1, "s", 1, 1, actor, body)


def test_everybody_whom_the_record_names() -> None:
    history = (
        event(e.Declared(1, "t", 1, roles=(("ic", "Dana, Sam"),))), event(e.RoleAssigned("ic", "Bo", "Dana"), "kim"),
        event(e.AccountListed("Acme", "Lee")), event(e.ActionAdded("x", owner="Max")), event(e.Decided("x", (), "y", by="Uma")),
        event(e.Escalated("Cloud desk", "", "", "", "", 1)), event(e.TimerStarted("ask", "x", 1, "Ole")),
        event(e.MessageSent("customers", "update", 1, "s", "t", account="Globex", approved_by="Pia")),
    )  # fmt: skip
    assert set(names_in(history)) == {
        "ana", "kim", "Dana", "Sam", "Bo", "Acme", "Lee", "Max", "Uma", "Cloud desk", "Ole", "Globex", "Pia",
    }  # fmt: skip


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_and_any_name_are_looked_at(text: str, name: str) -> None:
    assert isinstance(found_inside(text, (name,), frozenset({name})), str)


@pytest.mark.parametrize("text", [text for _, text in CORPUS], ids=HOSTILE)
def test_hostile_text_is_quoted_without_what_acts(text: str) -> None:
    assert not set("\x1b\n\u202e") & set(found_inside(f"Dana {text}", ("Dana",)))
