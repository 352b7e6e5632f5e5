"""Gentle notes, what may be the same incident, and what a level sets in motion."""

import pytest

from incident_console.content.policy import load_policy
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.deadlines import ClockKind, clocks, reassessment
from incident_console.domain.facts import Facts
from incident_console.domain.guards import Scope, critical_flow, may_be_same, notes, running_notes
from incident_console.domain.incident import Incident
from incident_console.domain.motion import every, in_motion, newly_told, roles_to_fill, within
from tests.builders import NIGHT

POLICY = load_policy(None)
FLOWS = POLICY.critical_flows


def incident(**facts: object) -> Incident:
    base: dict[str, object] = {"severity": 2, "severity_since": NIGHT, "status_since": NIGHT, "declared_at": NIGHT}
    return Incident("x", number=1, **{"title": "t", **base, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("severity", "earlier", "scope", "facts", "by", "says"),
    [
        (1, (1, 1, 1, 1, 1), Scope(), Facts(), "", "Each of the last 5 incidents was SEV1"),
        (4, (4, 4, 4, 4, 4), Scope(), Facts(), "", "take the worse one"),
        (4, (), Scope(), Facts(), "customer", "Customers report it"),
        (3, (), Scope(flows=("Payment",)), Facts(criticality="minor"), "", "“payments” counts as a critical flow"),
        (3, (), Scope(services=("Login",)), Facts(criticality="minor"), "", "“login” counts as a critical flow"),
    ],
)
def test_gentle_notes(
    severity: int, earlier: tuple[int, ...], scope: Scope, facts: Facts, by: str, says: str
) -> None:  # fmt: skip
    (note,) = notes(severity, earlier, scope, facts, by, FLOWS)
    assert says in note


@pytest.mark.parametrize(
    ("severity", "earlier", "scope", "facts", "by"),
    [
        (1, (1, 1, 1, 1), Scope(), Facts(), ""),
        (1, (1, 1, 2, 1, 1), Scope(), Facts(), ""),
        (2, (1, 1, 1, 1, 1), Scope(), Facts(), ""),
        (1, (1, 1, 1, None, 1), Scope(), Facts(), ""),
        (4, (), Scope(), Facts(), "monitoring"),
        (3, (), Scope(), Facts(), "customer"),
        (3, (), Scope(flows=("payments",)), Facts(criticality="critical"), ""),
        (3, (), Scope(flows=("payments",)), Facts(), ""),
        (3, (), Scope(flows=("avatars",)), Facts(criticality="minor"), ""),
    ],
)
def test_no_note_without_a_reason(
    severity: int, earlier: tuple[int | None, ...], scope: Scope, facts: Facts, by: str
) -> None:  # fmt: skip
    assert notes(severity, earlier, scope, facts, by, FLOWS) == ()


def test_while_it_runs_customers_speak_against_sev4() -> None:
    assert running_notes(incident(severity=4, detected_by="customer"))
    assert running_notes(incident(severity=4, facts=(("customer_reports", "45 tickets"),)))
    assert not running_notes(incident(severity=4))
    assert not running_notes(incident(severity=3, detected_by="customer"))
    assert not running_notes(incident(severity=4, detected_by="customer", status="resolved"))


def test_the_critical_flow_is_found_by_name() -> None:
    assert critical_flow(Scope(flows=("CHECKOUT",)), FLOWS) == "checkout"
    assert critical_flow(Scope(flows=("avatars",)), FLOWS) == ""


@pytest.mark.parametrize(
    ("other", "scope", "same"),
    [
        (incident(services=("Checkout",)), Scope("x", ("checkout",)), True),
        (incident(flows=("payment",)), Scope("x", ("Payments",)), True),
        (incident(title="Checkout payments failing"), Scope("Checkout slow", ()), False),
        (incident(title="Checkout payments failing"), Scope("payments at checkout", ()), True),
        (incident(title="Login impossible"), Scope("x", ("Login",)), True),
        (incident(services=("Search",)), Scope("search broken"), True),
        (incident(services=("Search",)), Scope("checkout broken"), False),
        (incident(services=("Checkout",), status="closed", declared_at=NIGHT - 5 * HOUR), Scope("", ("Checkout",)), True),
        (incident(services=("Checkout",), status="closed", declared_at=NIGHT - 7 * HOUR), Scope("", ("Checkout",)), False),
        (incident(services=("Checkout",), declared_at=NIGHT - 70 * HOUR), Scope("", ("Checkout",)), True),
        (incident(title=""), Scope(), False),
    ],
)  # fmt: skip
def test_what_may_be_the_same(other: Incident, scope: Scope, same: bool) -> None:
    assert bool(may_be_same([other], scope, NIGHT)) is same


# --- what a level sets in motion


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "at once"), (900, "within 15 min"), (5400, "within 90 min"), (28800, "within 8 h")]
)
def test_how_soon(seconds: int, words: str) -> None:
    assert within(seconds) == words


def test_days_are_days() -> None:
    assert every(7 * 86_400) == "7 d"


def test_every_level_says_what_it_sets_in_motion() -> None:
    for level in POLICY.levels:
        assert [what for what, _ in in_motion(level)] == [
            "respond",
            "tell",
            "escalate to",
            "fill",
            "updates",
            "look again",
        ]
        assert all(words for _, words in in_motion(level))
    motion = dict(in_motion(POLICY.level(1)))
    assert motion["updates"] == "internal every 15 min, customers every 20 min, executives every 30 min"
    assert motion["look again"] == "in 30 min"


def test_who_must_now_be_told() -> None:
    told = newly_told(POLICY.level(3), POLICY.level(1))
    assert "executives, within 15 min" in told
    assert "customers, first update within 15 min" in told
    assert any(line.startswith("escalation: executives") for line in told)
    assert newly_told(POLICY.level(1), POLICY.level(1)) == ()
    assert newly_told(POLICY.level(1), POLICY.level(3)) == ()


def test_roles_that_nobody_holds() -> None:
    state = incident(roles=(("ic", "Dana"),))
    assert roles_to_fill(state, POLICY.level(3)) == ("Technical Lead",)


# --- the clock that asks to look again


def test_the_severity_is_looked_at_again() -> None:
    look = reassessment(incident(severity=1), POLICY)
    assert look is not None
    assert (look.kind, look.due_at) == (ClockKind.REASSESS, NIGHT + 30 * MINUTE)
    later = reassessment(incident(severity=1, assessed_at=NIGHT + 10 * MINUTE), POLICY)
    assert later is not None
    assert later.due_at == NIGHT + 40 * MINUTE
    changed = reassessment(incident(severity=1, assessed_at=NIGHT, severity_since=NIGHT + HOUR), POLICY)
    assert changed is not None
    assert changed.since == NIGHT + HOUR


@pytest.mark.parametrize("facts", [{"status": "resolved"}, {"imported": True}])
def test_some_are_not_looked_at_again(facts: dict[str, object]) -> None:
    assert reassessment(incident(**facts), POLICY) is None


def test_all_clocks_come_nearest_first() -> None:
    names = [clock.name for clock in clocks(incident(severity=1), POLICY)]
    assert names == ["internal", "customers", "executives", "reassess", "care"]
