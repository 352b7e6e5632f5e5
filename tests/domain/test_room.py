"""The room's commands against the state: what they append, what they refuse, how it adds up and how it reads."""

from dataclasses import replace
from datetime import UTC

import pytest

from incident_console.domain import events as e
from incident_console.domain import room
from incident_console.domain.checklists import Item
from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.decide import Check
from incident_console.domain.events import Body
from incident_console.domain.incident import ClockSetting, Incident, Timer
from incident_console.domain.vocabulary import OddTime, Refused
from tests.builders import NIGHT

ZONE = Zone(UTC)
ITEM = Item("severity", "Set the severity", (1, 2, 3, 4))


def incident(**facts: object) -> Incident:
    base: dict[str, object] = {"number": 7, "title": "Checkout", "severity": 1, "declared_at": NIGHT}
    return Incident("x", **{**base, **facts})  # type: ignore[arg-type]


OPEN, CLOSED = incident(), incident(status="closed")
ASK = Timer("t1", "ask", "lag?", "sam", NIGHT, NIGHT + 10 * MINUTE)
TIMER = Timer("t2", "timer", "cache", "", NIGHT, NIGHT + 10 * MINUTE)


# --- timers


def test_a_timer_and_a_question() -> None:
    assert room.start_timer(OPEN, " restart\ncache ", 600, NIGHT) == e.TimerStarted(
        "timer", "restart cache", NIGHT + 600
    )
    assert room.start_timer(OPEN, "lag?", 600, NIGHT, " sam ") == e.TimerStarted("ask", "lag?", NIGHT + 600, "sam")


@pytest.mark.parametrize(
    ("text", "said"), [("", "what the timer is for"), (" \n", "what the timer is for"), ("x" * 401, "401 characters")]
)
def test_timers_that_are_refused(text: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.start_timer(OPEN, text, MINUTE, NIGHT)


def test_a_long_question_is_never_cut() -> None:
    assert room.start_timer(OPEN, "x" * 400, MINUTE, NIGHT).text == "x" * 400


@pytest.mark.parametrize(
    ("timer", "how", "text", "body"),
    [
        (ASK, "answered", " 40 s\nfalling ", e.TimerEnded("t1", "answered", "40 s\nfalling", "sam lag?")),
        (ASK, "dropped", "not needed", e.TimerEnded("t1", "dropped", "not needed", "sam lag?")),
        (ASK, "done", "", e.TimerEnded("t1", "done", "", "sam lag?")),
        (TIMER, "done", "", e.TimerEnded("t2", "done", "", "cache")),
        (replace(ASK, kind="acknowledge"), "answered", "", e.TimerEnded("t1", "answered", "", "sam lag?")),
    ],
)
def test_settling(timer: Timer, how: str, text: str, body: Body) -> None:
    assert room.end_timer(timer, how, text) == body


@pytest.mark.parametrize(
    ("timer", "how", "said"),
    [(ASK, "answered", "Type the answer"), (ASK, "dropped", "a reason"), (TIMER, "dropped", "a reason")],
)
def test_settling_without_words_is_refused(timer: Timer, how: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.end_timer(timer, how, " \n ")


@pytest.mark.parametrize(("now", "until"), [(5, 25), (10, 25), (30, 45)])
def test_more_time_is_added_to_what_is_left_or_to_the_present(now: int, until: int) -> None:
    body = room.extend_timer(ASK, 15 * MINUTE, "reading", NIGHT + now * MINUTE)
    assert body == e.TimerExtended("t1", NIGHT + until * MINUTE, "reading", "sam lag?")


def test_more_time_needs_a_reason() -> None:
    with pytest.raises(Refused, match="needs a reason"):
        room.extend_timer(ASK, MINUTE, "  ", NIGHT)


# --- standing clocks


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("customers", "customers"),
        ("cu", "customers"),
        ("Internal", "internal"),
        ("exec", "executives"),
        ("s", "support"),
        ("check-in", "check-in"),
        ("checkin", "check-in"),
        ("check_in", "check-in"),
        ("care", "care"),
        ("re", "reassess"),
        ("RTO", "rto"),
    ],
)
def test_clocks_by_name(typed: str, name: str) -> None:
    assert room.clock_name(typed) == name


@pytest.mark.parametrize(("typed", "named"), [("c", "customers, check-in, care"), ("r", "reassess, rto")])
def test_a_start_that_fits_several_clocks_says_which(typed: str, named: str) -> None:
    with pytest.raises(Refused, match=f"fits several clocks: {named}"):
        room.clock_name(typed)


@pytest.mark.parametrize("typed", ["", "everybody", "customers!", "timer"])
def test_unknown_clocks_are_listed(typed: str) -> None:
    with pytest.raises(
        Refused,
        match="Use one of: internal, support, customers, executives, key_accounts, reassess, check-in, care, rto",
    ):
        room.clock_name(typed)


def held(**facts: object) -> Incident:
    return incident(settings=(ClockSetting("customers", NIGHT, **facts),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "name", "action", "length", "body"),
    [
        (OPEN, "cust", "pause", None, e.ClockSet("customers", "pause", "why")),
        (held(paused="x"), "customers", "resume", None, e.ClockSet("customers", "resume", "why")),
        (OPEN, "care", "snooze", 10 * MINUTE, e.ClockSet("care", "snooze", "why", NIGHT + 10 * MINUTE)),
        (OPEN, "customers", "every", HOUR, e.ClockSet("customers", "every", "why", None, 3600)),
        (OPEN, "rto", "target", HOUR, e.ClockSet("rto", "target", "why", None, 3600)),
        (OPEN, "rto", "every", HOUR, e.ClockSet("rto", "target", "why", None, 3600)),
        (OPEN, "customers", "every", MINUTE, e.ClockSet("customers", "every", "why", None, 60)),
    ],
)
def test_setting_a_clock(state: Incident, name: str, action: str, length: int | None, body: Body) -> None:
    assert room.set_clock(state, name, action, " why\n", length, NIGHT) == body


@pytest.mark.parametrize(
    ("state", "action", "reason", "length", "said"),
    [
        (OPEN, "pause", "", None, "needs a reason"),
        (OPEN, "snooze", " \n", MINUTE, "needs a reason"),
        (OPEN, "every", "", HOUR, "needs a reason"),
        (held(paused="x"), "pause", "why", None, "paused already. /resume customers"),
        (OPEN, "resume", "", None, "not paused. Nothing was changed"),
        (held(paused=""), "resume", "", None, "not paused"),
        (OPEN, "every", "why", MINUTE - 1, "A minute is the shortest"),
        (CLOSED, "pause", "why", None, "INC-7 is closed. To reopen it: "),
    ],
)
def test_setting_a_clock_is_refused(state: Incident, action: str, reason: str, length: int | None, said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.set_clock(state, "customers", action, reason, length, NIGHT)


def test_resuming_needs_no_reason() -> None:
    assert room.set_clock(held(paused="x"), "customers", "resume", "", None, NIGHT).reason == ""


# --- people


def test_check_ins_and_requests() -> None:
    assert room.check_in(OPEN, "all\nwell ", "team") == e.CheckedIn("all\nwell", "team")
    assert room.request(OPEN, "Customers", " when\nback? ") == e.Requested("customers", "when back?")
    assert room.request(OPEN, "support", "").text == "an update"


@pytest.mark.parametrize(
    ("state", "audience", "said"),
    [
        (OPEN, "press", "There is no audience “press”"),
        (incident(status="resolved"), "customers", "INC-7 is resolved: answer them with an update"),
        (CLOSED, "customers", r"Answer them with an update \(u\)\. To reopen it: /reopen"),
    ],
)
def test_requests_that_are_refused(state: Incident, audience: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.request(state, audience, "news?")


# --- checklists


@pytest.mark.parametrize("status", ["investigating", "resolved", "closed"])
def test_an_item_is_ticked_once_and_can_be_opened_again_also_after_closing(status: str) -> None:
    fresh, ticked = incident(status=status), incident(ticked=("severity",), status=status)
    assert room.tick(fresh, ITEM) == e.Ticked("severity", "Set the severity")
    assert room.open_again(ticked, ITEM) == e.Ticked("severity", "Set the severity", done=False)
    with pytest.raises(Refused, match="ticked already"):
        room.tick(ticked, ITEM)
    with pytest.raises(Refused, match="is not ticked"):
        room.open_again(fresh, ITEM)


# --- amendments


@pytest.mark.parametrize(
    ("state", "name", "values", "body"),
    [
        (OPEN, "title", (" Payments ",), e.Amended("title", ("Payments",), "Checkout")),
        (OPEN, "services", (" a ", "", "b"), e.Amended("services", ("a", "b"), "")),
        (incident(services=("a", "b")), "services", ("",), e.Amended("services", (), "a, b")),
        (OPEN, "channel", ("#inc",), e.Amended("channel", ("#inc",), "")),
        (OPEN, "started_at", (NIGHT - HOUR,), e.Amended("started_at", (NIGHT - HOUR,), "")),
        (incident(started_at=NIGHT), "started_at", (), e.Amended("started_at", (), "2026-11-21 02:47 UTC")),
        (OPEN, "started_at", (NIGHT + 2 * MINUTE,), e.Amended("started_at", (NIGHT + 2 * MINUTE,), "")),
    ],
)
def test_amending(state: Incident, name: str, values: tuple[str | int, ...], body: Body) -> None:
    assert room.amend(state, name, values, NIGHT) == body


@pytest.mark.parametrize("known", ["started_at", "detected_at", "acknowledged_at", "mitigated_at", "resolved_at"])
@pytest.mark.parametrize("name", ["started_at", "detected_at", "acknowledged_at", "mitigated_at", "resolved_at"])
@pytest.mark.parametrize("at", [NIGHT - DAY, NIGHT - HOUR, NIGHT, NIGHT + HOUR])
def test_milestones_are_corrected_in_any_order(known: str, name: str, at: int) -> None:
    """What is odd about it is asked afterwards."""
    state = incident(declared_at=NIGHT, **{known: NIGHT - 1})
    assert room.amend(state, name, (at,), NIGHT + HOUR).values == (at,)


def test_a_day_long_before_is_asked_about_and_taken_when_it_is_meant() -> None:
    early = NIGHT - DAY - 1
    state = incident(declared_at=NIGHT, started_at=NIGHT + HOUR)
    with pytest.raises(OddTime):
        room.amend(state, "detected_at", (early,), NIGHT + DAY)
    assert room.amend(state, "detected_at", (early,), NIGHT + DAY, Check.FORCED).values == (early,)
    with pytest.raises(Refused, match="lies in the future"):
        room.amend(state, "detected_at", (NIGHT + 2 * DAY,), NIGHT + DAY, Check.FORCED)
    back = incident(declared_at=NIGHT, started_at=NIGHT - 9 * DAY)
    assert room.amend(back, "started_at", (NIGHT - 9 * DAY - HOUR,), NIGHT).values == (NIGHT - 9 * DAY - HOUR,)


@pytest.mark.parametrize(
    ("state", "name", "values", "said"),
    [
        (OPEN, "title", (), "needs a title"),
        (OPEN, "title", ("",), "needs a title"),
        (OPEN, "title", ("x" * 201,), "201 characters"),
        (OPEN, "title", ("Checkout",), "reads like that already"),
        (OPEN, "services", ("",), "reads like that already"),
        (OPEN, "started_at", (), "reads like that already"),
        (OPEN, "started_at", (NIGHT + 3 * MINUTE,), "lies in the future"),
        (OPEN, "detected_at", (NIGHT + 3 * MINUTE,), "lies in the future"),
        (incident(declared_at=NIGHT), "started_at", (NIGHT - DAY - 1,), "more than a day before INC-"),
    ],
)
def test_amendments_that_are_refused(state: Incident, name: str, values: tuple[str | int, ...], said: str) -> None:
    with pytest.raises(Refused, match=said):
        room.amend(state, name, values, NIGHT)
