"""A night on call as data: for pictures of the screens and for tests that need something to look at."""

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import MINUTE
from incident_console.domain.decide import Declaration
from incident_console.domain.incident import Incident
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
    desk.mark_sent(desk.compose(incident.id, "internal", None, {"users_affected": "everyone who pays by card"}))
    clock.advance(4 * MINUTE)
    desk.log(incident.id, Logged("page for the payments team went out", "escalation", desk.now() - 9 * MINUTE))
    desk.change_status(incident.id, "mitigating")
    clock.advance(3 * MINUTE)
    desk.log(incident.id, Logged("errors 40 % → 12 %", "evidence"))
    desk.add_action(incident.id, "stop releases when the payment error rate rises", "prevent", "Sam", "+14d")
    first = desk.add_why(incident.id, "the retries filled the connection pool")
    second = desk.add_why(incident.id, "a timeout was raised without lowering the number of retries", first)
    desk.add_why(incident.id, "nothing checks the two values together", second)
    desk.write_section(incident.id, "summary", "Card payments failed for everyone for half an hour.")
    return desk.incident(incident.id)
