"""The ledger of promised times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND
from incident_console.domain.incident import Incident, Sent
from incident_console.domain.promises import GRACE, Kept, Promise, promises, summary
from tests.builders import NIGHT


def at(minutes: float) -> int:
    return NIGHT + int(minutes * MINUTE)


def sent(number: int, minutes: float, promised: float | None, audience: str = "internal") -> Sent:
    return Sent(audience, "update", number, at(minutes), None if promised is None else at(promised))


def incident(*messages: Sent, status: str = "mitigating", resolved: float | None = None) -> Incident:
    over = None if resolved is None else at(resolved)
    return Incident("x", number=1, status=status, resolved_at=over, declared_at=NIGHT, sent=messages)


def only(state: Incident, now: float) -> Promise:
    (found,) = promises(state, at(now))
    return found


@pytest.mark.parametrize(
    ("told", "now", "state", "late"),
    [
        (None, 5, Kept.OPEN, 0),
        (None, 15, Kept.OPEN, 0),
        (None, 15.99, Kept.OPEN, 0),
        (None, 16, Kept.MISSED, 1),
        (None, 45, Kept.MISSED, 30),
        (14, 45, Kept.KEPT, 0),
        (15, 45, Kept.KEPT, 0),
        (15.99, 45, Kept.KEPT, 0),
        (16, 45, Kept.MISSED, 1),
        (27, 45, Kept.MISSED, 12),
    ],
)
def test_kept_missed_or_open(told: float | None, now: float, state: Kept, late: float) -> None:
    following = () if told is None else (sent(2, told, None),)
    found = only(incident(sent(1, 0, 15), *following), now)
    assert (found.state, found.late) == (state, late * MINUTE)
    assert found.told_at == (None if told is None else at(told))
    assert (found.made_at, found.promised_at, found.number, found.audience) == (NIGHT, at(15), 1, "internal")


@pytest.mark.parametrize(
    ("resolved", "told", "state", "late"),
    [
        (10, None, Kept.OVER, 0),
        (15, None, Kept.OVER, 0),
        (10, 12, Kept.KEPT, 0),
        (10, 40, Kept.OVER, 0),
        (15.5, None, Kept.OPEN, 0),
        (25, None, Kept.MISSED, 10),
        (25, 27, Kept.MISSED, 12),
    ],
)
def test_the_end_of_the_response_ends_what_is_owed(
    resolved: float, told: float | None, state: Kept, late: float
) -> None:
    following = () if told is None else (sent(2, told, None),)
    found = only(incident(sent(1, 0, 15), *following, status="resolved", resolved=resolved), 50)
    assert (found.state, found.late) == (state, late * MINUTE)


def test_how_late_it_was_does_not_grow_after_the_end() -> None:
    state = incident(sent(1, 0, 15), status="closed", resolved=25)
    assert only(state, 30).late == promises(state, NIGHT + 90 * DAY)[0].late == 10 * MINUTE


def test_each_audience_has_its_own_promises() -> None:
    state = incident(sent(1, 0, 15), sent(1, 1, 20, "customers"), sent(2, 10, 30), sent(2, 50, None, "customers"))
    found = {(each.audience, each.number): each.state for each in promises(state, at(25))}
    assert found == {
        ("internal", 1): Kept.KEPT,
        ("customers", 1): Kept.MISSED,
        ("internal", 2): Kept.OPEN,
    }


def test_a_message_that_is_logged_late_counts_from_when_it_went_out() -> None:
    state = incident(sent(1, 0, 15), sent(2, 40, None), sent(3, 12, None))
    found = only(state, 50)
    assert (found.state, found.told_at) == (Kept.KEPT, at(12))


@pytest.mark.parametrize(
    ("messages", "now", "words"),
    [
        ((), 0, "No time of a next update was promised."),
        ((sent(1, 0, None),), 0, "No time of a next update was promised."),
        ((sent(1, 0, 15),), 5, "1 promised: 1 open"),
        ((sent(1, 0, 15), sent(2, 14, 30)), 20, "2 promised: 1 kept, 1 open"),
        (
            (sent(1, 0, 15), sent(2, 14, 30), sent(3, 42.9, 60)),
            50,
            "3 promised: 1 kept, 1 missed, 1 open, the latest by 12 min",
        ),
    ],
)
def test_the_summary(messages: tuple[Sent, ...], now: float, words: str) -> None:
    assert summary(promises(incident(*messages), at(now))) == words


@given(
    gaps=st.lists(st.integers(1, 5000), min_size=1, max_size=8),
    lengths=st.lists(st.none() | st.integers(0, 5000), min_size=8, max_size=8),
    later=st.integers(0, 100_000),
    resolved=st.none() | st.integers(0, 30_000),
)
def test_late_exactly_when_missed(gaps: list[int], lengths: list[int | None], later: int, resolved: int | None) -> None:
    messages, now = [], NIGHT
    for number, gap in enumerate(gaps, 1):
        now += gap * SECOND
        length = lengths[number - 1]
        messages.append(Sent("internal", "update", number, now, None if length is None else now + length * SECOND))
    status = "mitigating" if resolved is None else "resolved"
    over = None if resolved is None else NIGHT + resolved * SECOND
    state = Incident("x", number=1, status=status, resolved_at=over, sent=tuple(messages))
    found = promises(state, now + later * SECOND)
    assert len(found) == sum(message.next_at is not None for message in messages)
    for each in found:
        assert (each.late >= GRACE) == (each.state is Kept.MISSED)
        assert each.late == 0 or each.state is Kept.MISSED
        assert each.state is not Kept.OVER or over is not None
        assert each.state is not Kept.KEPT or each.told_at is not None
    assert all(each.late < 60 * HOUR for each in found)
