"""When each audience must hear next."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.content.policy import load_policy
from incident_console.domain.clock import MINUTE
from incident_console.domain.deadlines import Urgency, deadlines, interval, promise, unaware_of_resolution, urgency_key
from incident_console.domain.incident import Incident, Sent
from tests.builders import NIGHT

POLICY = load_policy(None)


def incident(**facts: object) -> Incident:
    base: dict[str, object] = {"severity": 1, "severity_since": NIGHT, "status_since": NIGHT, "declared_at": NIGHT}
    return Incident("x", number=1, title="t", **{**base, **facts})  # type: ignore[arg-type]


def due(state: Incident) -> dict[str, int]:
    """Minutes after the declaration until each audience must have heard."""
    return {clock.name: (clock.due_at - NIGHT) // MINUTE for clock in deadlines(state, POLICY)}


def sent(audience: str, at: int, next_at: int | None = None, number: int = 1) -> Sent:
    return Sent(audience, "update", number, at, next_at)


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        (1, {"internal": 5, "customers": 15, "executives": 15}),
        (2, {"internal": 15, "customers": 15, "executives": 15}),
        (3, {"internal": 240}),
        (4, {}),
        (None, {"internal": 5, "customers": 15, "executives": 15}),
    ],
)
def test_the_first_word_is_due_by_severity(severity: int | None, expected: dict[str, int]) -> None:
    assert due(incident(severity=severity)) == expected


def test_a_sent_message_starts_the_clock_again() -> None:
    state = incident(sent=(sent("internal", NIGHT + 3 * MINUTE),))
    assert due(state)["internal"] == 18
    assert next(clock for clock in deadlines(state, POLICY) if clock.name == "internal").number == 2


def test_a_promise_is_the_deadline() -> None:
    state = incident(sent=(sent("internal", NIGHT, NIGHT + 42 * MINUTE),))
    assert due(state)["internal"] == 42


def test_raising_the_severity_starts_the_clocks_again_but_a_promise_stands() -> None:
    promised = (sent("internal", NIGHT, NIGHT + 30 * MINUTE),)
    later = incident(sent=promised, severity_since=NIGHT + 5 * MINUTE)
    assert due(later)["internal"] == 20
    lowered = incident(severity=2, sent=promised, severity_since=NIGHT + 5 * MINUTE)
    assert due(lowered)["internal"] == 30


def test_monitoring_doubles_the_interval() -> None:
    state = incident(status="monitoring", sent=(sent("internal", NIGHT),))
    assert interval(state, POLICY, "internal") == 30 * MINUTE
    assert due(state)["internal"] == 30


def test_at_medium_severity_a_change_of_status_is_told_soon() -> None:
    state = incident(severity=3, sent=(sent("internal", NIGHT),), status_since=NIGHT + 60 * MINUTE)
    assert due(state)["internal"] == 90


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_nothing_is_due_after_the_response(status: str) -> None:
    assert deadlines(incident(status=status), POLICY) == ()
    assert promise(incident(status=status), POLICY, "internal", NIGHT) is None


def test_whoever_was_told_of_it_must_be_told_of_its_end() -> None:
    messages = (
        sent("internal", NIGHT),
        sent("customers", NIGHT),
        Sent("internal", "resolution", 2, NIGHT + MINUTE, None),
    )
    state = incident(status="resolved", resolved_at=NIGHT + MINUTE, sent=messages)
    assert unaware_of_resolution(state) == ("customers",)


@given(
    severity=st.sampled_from([1, 2, 3, 4, None]),
    status=st.sampled_from(["investigating", "identified", "mitigating", "monitoring"]),
    gaps=st.lists(st.integers(min_value=0, max_value=500), max_size=6),
    changed=st.integers(min_value=0, max_value=500),
)
def test_no_clock_runs_out_before_it_starts(severity: int | None, status: str, gaps: list[int], changed: int) -> None:
    messages, at = [], NIGHT
    for gap in gaps:
        at += gap * MINUTE
        messages.append(sent("internal", at))
    state = incident(severity=severity, status=status, sent=tuple(messages), severity_since=NIGHT + changed * MINUTE)
    for clock in deadlines(state, POLICY):
        assert clock.due_at > clock.since
        assert clock.urgency(clock.since) is not Urgency.OVERDUE
        assert clock.urgency(clock.due_at + 1) is Urgency.OVERDUE


@given(now=st.integers(min_value=NIGHT, max_value=NIGHT + 10**12), audience=st.sampled_from(["internal", "customers"]))
def test_a_promise_is_a_whole_minute_and_never_later_than_due(now: int, audience: str) -> None:
    step = interval(incident(), POLICY, audience)
    promised = promise(incident(), POLICY, audience, now)
    assert step is not None
    assert promised is not None
    assert promised % MINUTE == 0
    assert now < promised <= now + step


def test_overdue_comes_first_then_severity_then_the_nearest() -> None:
    late = incident(severity=2, declared_at=NIGHT - 60 * MINUTE, severity_since=NIGHT - 60 * MINUTE)
    worse, over = incident(severity=1), incident(severity=1, status="resolved")
    ordered = sorted([over, worse, late], key=lambda state: urgency_key(state, POLICY, NIGHT))
    assert ordered == [late, worse, over]


def test_a_company_can_set_its_own_cadence(tmp_path: Path) -> None:
    shipped = (Path(__file__).parents[2] / "data" / "severity.toml").read_text()
    (tmp_path / "severity.toml").write_text(
        shipped.replace("internal = 15, customers = 20", "internal = 7, customers = 20")
    )
    own = load_policy(tmp_path)
    assert dict(own.level(1).cadence)["internal"] == 7 * 60
