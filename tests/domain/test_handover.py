"""The brief that goes with a role."""

from datetime import UTC

import pytest

from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.deadlines import ClockKind, Deadline
from incident_console.domain.handover import Known, brief
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Entry
from tests.builders import NIGHT

ZONE = Zone(UTC)
NOTHING = Known((), (), (), ())


def incident(**facts: object) -> Incident:
    base: dict[str, object] = {
        "number": 7, "title": "Checkout payments failing", "severity": 1, "declared_at": NIGHT, "status_since": NIGHT,
    }  # fmt: skip
    return Incident("x", **{**base, **facts})  # type: ignore[arg-type]


def lines(state: Incident, known: Known = NOTHING, after: int = 42 * MINUTE) -> list[str]:
    return brief(state, known, NIGHT + after, ZONE).split("\n")


def row(text: str, kind: str = "note", minutes: int = 0) -> Entry:
    at = NIGHT + minutes * MINUTE
    return Entry(1, "e", at, at, kind, text, "dana")


def test_a_brief_of_almost_nothing() -> None:
    assert lines(incident()) == [
        "INC-7 SEV1 Checkout payments failing",
        "Status: investigating since 2026-11-21 02:47 UTC",
        "Running since 2026-11-21 02:47 UTC (42 min)",
        "Impact: not written down yet",
        "Roles: IC nobody; Tech nobody; Comms nobody; Scribe nobody",
        "Due: none",
        "Latest questions and hypotheses: none",
        "Last decisions: none",
        "Last entries: none",
    ]


def test_a_full_brief() -> None:
    state = incident(
        drill=True, severity=None, status="mitigating", started_at=NIGHT - 10 * MINUTE, channel="#inc-7",
        facts=(("impact", "no cards\naccepted"),),
        roles=(("ic", "Ana"), ("comms", "Ben"), ("ic_backup", "Cem"), ("of_the_future", "Eve")),
    )  # fmt: skip
    known = Known(
        (Deadline("internal", 2, NIGHT, NIGHT + 57 * MINUTE),),
        [row("is the pool full?", "question", 5)],
        [row("roll back 4512: now\n▸ now\n  later", "decision", 6)],
        [row("errors 12 %", "evidence", 40)],
        "no cards accepted\nanywhere",
        ("customers",),
    )
    assert lines(state, known) == [
        "DRILL  INC-7 SEV? Checkout payments failing",
        "Status: mitigating since 2026-11-21 02:47 UTC",
        "Running since 2026-11-21 02:37 UTC (52 min)",
        "Impact: no cards accepted",
        "Not told yet that it is over: customers",
        "Roles: IC Ana (backup Cem); Tech nobody; Comms Ben; Scribe nobody",
        "Channel: #inc-7",
        "Due:",
        "- internal: 03:44, in 15 min",
        "Latest questions and hypotheses:",
        "- 02:52 question: is the pool full?",
        "Last decisions:",
        "- 02:53 decision: roll back 4512: now",
        "Last entries:",
        "- 03:27 evidence: errors 12 %",
    ]


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (Deadline("internal", 1, NIGHT, NIGHT + 44 * MINUTE), "internal: 03:31, in 2 min"),
        (Deadline("internal", 1, NIGHT, NIGHT + 43 * MINUTE), "internal: 03:30, in 1:00"),
        (Deadline("internal", 1, NIGHT, NIGHT + 30 * MINUTE), "internal: OVERDUE by 12 min"),
        (Deadline("internal", 1, NIGHT, NIGHT + 30 * MINUTE, paused="on the call"), "internal: paused, on the call"),
        (Deadline("sam: lag?", 0, NIGHT, NIGHT + DAY, ClockKind.ASK, "t"), "sam: lag?: 02:47, in 23 h 18 min"),
    ],
)
def test_what_is_due(clock: Deadline, said: str) -> None:
    assert f"- {said}" in lines(incident(), Known((clock,), (), (), ()))


def test_only_the_nearest_eight_clocks_are_named() -> None:
    known = Known(tuple(Deadline(f"c{n}", 1, NIGHT, NIGHT + HOUR + n) for n in range(12)), (), (), ())
    assert sum(line.startswith("- c") for line in lines(incident(), known)) == 8


@pytest.mark.parametrize("status", ["resolved", "closed"])
def test_after_the_end_the_brief_does_not_say_that_it_runs(status: str) -> None:
    state = incident(status=status, resolved_at=NIGHT + 30 * MINUTE)
    assert lines(state, after=5 * DAY)[2] == "Ran from 2026-11-21 02:47 UTC to 2026-11-21 03:17 UTC (30 min)"


def test_every_fact_is_one_line_and_long_ones_are_cut() -> None:
    known = Known((), [row("why\nso", "question")], [], [row("x" * 500)])
    found = lines(incident(), known)
    assert "- 02:47 question: why" in found
    assert max(map(len, found)) < 200
