"""Decisions between options, and calling somebody in."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from incident_console.domain import events as e
from incident_console.domain import room
from incident_console.domain.clock import MINUTE
from incident_console.domain.events import Body
from incident_console.domain.room import Decision, Escalation
from incident_console.domain.rows import row_of
from incident_console.domain.vocabulary import Refused
from tests import hostile
from tests.builders import NIGHT
from tests.domain.test_room import ASK, CLOSED, OPEN, ZONE, incident

CALL = Escalation("head of engineering", "payments\nare down", "a decision on data loss", "10 % of revenue", "03:30")
BACK = (("name", "roll back"), ("time", "5 min"), ("data", "10 min of carts"), ("impact", ""), ("chance", " 10 %\n"))
WAIT = (("name", "wait"),)


def wish(**facts: object) -> Decision:
    base: dict[str, object] = {"text": "what now", "options": (BACK, WAIT), "chosen": "1"}
    return Decision(**{**base, **facts})  # type: ignore[arg-type]


# --- decisions


def test_a_decision_keeps_what_was_known() -> None:
    body = room.decide_between(
        OPEN, wish(accepts="carts are lost", by="Ana", review_at=NIGHT + 30 * MINUTE), NIGHT, ZONE
    )
    known = (("name", "roll back"), ("time", "5 min"), ("data", "10 min of carts"), ("chance", "10 %"))
    assert body == e.Decided(
        "what now", (known, WAIT), "roll back", "carts are lost", "Ana", NIGHT + 30 * MINUTE, "03:17 UTC"
    )


@pytest.mark.parametrize(
    ("names", "chosen", "meant"),
    [
        (("roll back", "wait"), "2", "wait"),
        (("roll back", "wait"), "WAIT", "wait"),
        (("roll back", "wait"), " roll\tback ", "roll back"),
        (("2", "1"), "2", "2"),
        (("a", "b", "c"), "3", "c"),
    ],
)
def test_the_choice_is_a_name_or_a_number(names: tuple[str, ...], chosen: str, meant: str) -> None:
    options = tuple((("name", name),) for name in names)
    assert room.decide_between(OPEN, wish(options=options, chosen=chosen), NIGHT, ZONE).chosen == meant


@pytest.mark.parametrize("chosen", ["", "0", "3", "-1", "²", "restart", "9" * 5000])
def test_a_choice_that_is_none_of_them_is_refused(chosen: str) -> None:
    with pytest.raises(Refused, match=r"Say which option was chosen.*There are: roll back, wait"):
        room.decide_between(OPEN, wish(chosen=chosen), NIGHT, ZONE)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"options": ()}, "at least two options"),
        ({"options": (BACK,)}, "at least two options"),
        ({"options": (BACK, (("name", " "),))}, "at least two options"),
        ({"options": (BACK, (("time", "1 h"),))}, "at least two options"),
        ({"options": (WAIT, (("name", "Wait"),))}, "the same name"),
        ({"review_at": NIGHT}, "lies in the past"),
        ({"review_at": NIGHT - 1}, "lies in the past"),
    ],
)
def test_decisions_that_are_refused(facts: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.decide_between(OPEN, wish(**facts), NIGHT, ZONE)


# --- escalation


def test_calling_somebody_in() -> None:
    body = room.escalate(OPEN, CALL, 5 * MINUTE, NIGHT)
    assert body == e.Escalated(
        "head of engineering", "payments are down", "a decision on data loss", "10 % of revenue", "03:30",
        NIGHT + 5 * MINUTE,
    )  # fmt: skip
    assert room.escalation_message(incident(drill=True, channel="#inc-7"), body, ZONE).split("\n") == [
        "DRILL. INC-7 [SEV1] Checkout",
        "To: head of engineering",
        "What is happening: payments are down",
        "What we need: a decision on data loss",
        "Why it matters: 10 % of revenue",
        "By when: 03:30",
        "Where: #inc-7",
        "Please answer by 02:52 UTC.",
    ]


def test_what_is_not_known_is_left_out_of_the_message() -> None:
    body = room.escalate(OPEN, replace(CALL, by_when=""), 5 * MINUTE, NIGHT)
    words = room.escalation_message(incident(severity=None), body, ZONE)
    assert words.startswith("INC-7 [SEV?] Checkout\n")
    assert "By when" not in words
    assert "Where" not in words


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ({"to": ""}, "Still missing: whom\\."),
        ({"happening": " "}, "Still missing: what is happening\\."),
        ({"needed": "\n"}, "Still missing: what is needed\\."),
        ({"why": ""}, "Still missing: why\\."),
        ({"to": "", "why": ""}, "Still missing: whom, why\\."),
    ],
)
def test_whoever_is_woken_hears_all_of_it(missing: dict[str, str], said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.escalate(OPEN, replace(CALL, **missing), MINUTE, NIGHT)


@pytest.mark.parametrize(
    ("called", "path", "following"),
    [
        ((), ("a", "b"), "a"),
        (("a",), ("a", "b"), "b"),
        (("A",), ("a", "b"), "b"),
        (("b",), ("a", "b"), "a"),
        (("a", "b"), ("a", "b"), "b"),
        (("somebody",), ("a",), "a"),
        ((), (), ""),
    ],
)
def test_who_is_next_on_the_path(called: tuple[str, ...], path: tuple[str, ...], following: str) -> None:
    assert room.next_on_path(incident(escalated_to=called), path) == following


@pytest.mark.parametrize("command", [
    lambda: room.start_timer(CLOSED, "x", MINUTE, NIGHT),
    lambda: room.check_in(CLOSED, "x", "team"),
    lambda: room.start_timer(CLOSED, "x", MINUTE, NIGHT, "sam"),
    lambda: room.request(CLOSED, "customers", "x"),
    lambda: room.decide_between(CLOSED, wish(review_at=NIGHT + MINUTE), NIGHT, ZONE),
    lambda: room.escalate(CLOSED, CALL, MINUTE, NIGHT),
    lambda: room.amend(CLOSED, "title", ("x",), NIGHT),
    lambda: room.may_call(CLOSED),
    lambda: room.may_look_again(CLOSED),
])  # fmt: skip
def test_a_clock_on_a_closed_incident_is_refused_with_both_ways_to_reopen_it(command: Callable[[], object]) -> None:
    way = r"To reopen it: /reopen \(in a shell: incident-console status INC-7 investigating\)\."
    with pytest.raises(Refused, match=rf"INC-7 is closed\. .*{way}"):
        command()


def test_a_decision_without_a_review_is_a_line_of_the_record_and_may_come_after_closing() -> None:
    assert room.decide_between(CLOSED, wish(), NIGHT, ZONE) == room.decide_between(OPEN, wish(), NIGHT, ZONE)
    assert room.may_call(OPEN)
    assert room.may_look_again(OPEN)


@pytest.mark.parametrize("text", [text for _, text in hostile.CORPUS], ids=hostile.NAMES)
def test_hostile_words_are_harmless_in_the_log_and_in_messages(text: str) -> None:
    bodies: list[Body] = [
        room.start_timer(OPEN, text[:300], MINUTE, NIGHT, text),
        room.end_timer(ASK, "answered", f"x{text}"),
        room.extend_timer(ASK, MINUTE, f"x{text}", NIGHT),
        room.set_clock(OPEN, "care", "pause", f"x{text}", None, NIGHT),
        room.check_in(OPEN, f"x{text}", "team"),
        room.request(OPEN, "customers", text),
        room.decide_between(
            OPEN,
            wish(text=text, options=((("name", f"x{text}"), ("time", text)), WAIT), accepts=text, by=text),
            NIGHT,
            ZONE,
        ),
        room.amend(OPEN, "services", (f"x{text}",), NIGHT),
    ]
    call = room.escalate(OPEN, Escalation(f"x{text}", f"x{text}", f"x{text}", f"x{text}", text), MINUTE, NIGHT)
    words = "".join(row_of(body)[1] for body in [*bodies, call])
    hostile.assert_harmless(f"{words}{room.escalation_message(OPEN, call, ZONE)}".encode())
