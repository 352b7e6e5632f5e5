"""A night on call as data: for pictures of the screens and for tests that need something to look at."""

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Declaration
from incident_console.domain.incident import Incident
from incident_console.domain.room import Decision, Escalation
from incident_console.domain.sending import Sending
from tests.builders import clock_of


def tell(desk: Desk) -> Incident:
    """Checkout fails at 02:47; forty minutes later it is being watched, and one audience waits too long."""
    clock = clock_of(desk)
    clock.advance(-60 * MINUTE)
    desk.declare(Declaration("Search suggestions are slow in one region", 3, services=("Search",)))
    clock.advance(60 * MINUTE)
    roles = (("ic", "Dana"), ("tech", "Sam"), ("scribe", desk.actor))
    incident = desk.declare(
        Declaration(
            "Checkout payments failing", 1, desk.now() - 5 * MINUTE, services=("Checkout", "Payments"),
            flows=("payment",), channel="#incident-2026-11-21-checkout", roles=roles,
        )
    )  # fmt: skip
    for minutes, kind, text in (
        (2, "note", "provider answers 503 on /charge"),
        (3, "impact", "card payments are rejected for everyone, invoices work"),
        (2, "hypothesis", "deploy 4512 changed the retries"),
        (1, "question", "can we switch to the second provider without losing carts"),
        (2, "decision", "roll back 4512, lose 10 min of carts"),
    ):
        clock.advance(minutes * MINUTE)
        desk.log(incident.id, Logged(text, kind))
    desk.mark_sent(
        desk.compose(incident.id, Wish("internal", values=(("users_affected", "everyone who pays by card"),)))
    )
    clock.advance(4 * MINUTE)
    desk.log(incident.id, Logged("page for the payments team went out", "escalation", desk.now() - 9 * MINUTE))
    desk.change_status(incident.id, "mitigating")
    clock.advance(3 * MINUTE)
    desk.log(incident.id, Logged("errors 40 % → 12 %", "evidence"))
    desk.add_item(incident.id, Wanted("stop releases when the payment error rate rises", "prevent", "Sam", "+14d"))
    first = desk.add_why(incident.id, "the retries filled the connection pool")
    second = desk.add_why(incident.id, "a timeout was raised without lowering the number of retries", first)
    desk.add_why(incident.id, "nothing checks the two values together", second)
    desk.write_section(incident.id, "summary", "Card payments failed for everyone for half an hour.")
    return desk.incident(incident.id)


def crowd(desk: Desk, incident: Incident) -> Incident:
    """The same night with everything that a busy room has at once."""
    clock = clock_of(desk)
    do = desk.carry_out
    for line in (
        "/ask Sam how long does a replay of the queue take 5m",
        "/timer 8m look at the cache hit rate",
        "/pause executives they are on the call",
        "/request customers when can we sell again?",
        "/role comms Ana",
        "/role ic_backup Ben",
        "/evidence https://graphs.example/17",
        "/tick join",
    ):
        do(incident.id, line)
        clock.advance(20 * SECOND)
    options = (
        (("name", "roll back 4512"), ("time", "30 min"), ("data", "10 min of carts"), ("chance", "low")),
        (("name", "hotfix"), ("time", "90 min"), ("impact", "as now"), ("chance", "high")),
    )
    decision = Decision(
        "how to get payments back", options, "1", "carts of ten minutes", "Dana", desk.now() + 30 * MINUTE
    )
    desk.record_decision(incident.id, decision)
    desk.mark(incident.id, 3, "pinned")
    desk.attach_last(incident.id, 4)
    clock.advance(26 * MINUTE)
    do(incident.id, "queue is empty again")
    desk.escalate(incident.id, Escalation("head of engineering", "payments fail", "a decision", "no revenue", "03:40"))
    clock.advance(2 * MINUTE)
    return desk.incident(incident.id)


def afterwards(desk: Desk, incident: Incident) -> Incident:
    """The next morning: what was sent, who was told, and a postmortem that is nearly finished."""
    clock = clock_of(desk)
    words = (("impact", "Card payments are rejected."), ("service", "Checkout"))
    desk.mark_sent(desk.compose(incident.id, Wish("customers", values=words)), Sending(channel="status page"))
    clock.advance(20 * MINUTE)
    desk.list_account(incident.id, "Northwind Traders", "Iris", "gold")
    desk.list_account(incident.id, "Contoso Shipping", "", "silver")
    desk.note_account(incident.id, "Northwind Traders", "asked for a call tomorrow")
    account = Wish("key_accounts", account="Northwind Traders", values=words[:1])
    desk.mark_sent(desk.compose(incident.id, account), Sending(channel="email", overruled=("missing",)))
    desk.change_status(incident.id, "monitoring")
    clock.advance(30 * MINUTE)
    desk.change_status(incident.id, "resolved")
    clock.advance(9 * 60 * MINUTE)
    first, second, third = (why.id for why in desk.incident(incident.id).whys)
    entries = desk.entries(incident.id)
    desk.change_why(incident.id, first, category="technical", evidence=(entries[2].event_id,))
    desk.change_why(incident.id, second, category="process", mark="contributing")
    desk.change_why(incident.id, third, category="process", mark="root")
    desk.add_beside(incident.id, "the alert looked at averages and stayed silent", second)
    desk.write_section(incident.id, "lucky", "The campaign had been moved to the next day.")
    desk.write_section(incident.id, "went_badly", "Sam forgot to lower the number of retries.")
    desk.answer_lens(incident.id, third, "checkout needs a second provider", roadmap=True)
    desk.assume(incident.id, "cost_revenue_hour", "12k")
    desk.assume(incident.id, "cost_share", "80")
    desk.assume(incident.id, "cost_currency", "EUR")
    desk.add_item(incident.id, Wanted("alert on the rejection rate", "detect", "Ana", "", causes=(third,)))
    desk.add_item(incident.id, Wanted("talk to a second provider", "prevent", candidate=True, product=True))
    return desk.incident(incident.id)
