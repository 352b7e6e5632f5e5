"""The fold: order, undo, milestones, and what an older program makes of a newer log."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_console.domain import events as e
from incident_console.domain.events import Body, Event, Unknown, decode, encode, kind_of, version_of
from incident_console.domain.fold import fold
from incident_console.domain.incident import with_pair
from incident_console.domain.undo import redo_target, undo_target, voided
from tests.builders import NIGHT

NAMES = st.sampled_from(["dana", "sam", "ana"])
WORDS = st.text(alphabet="abc ", max_size=8)
STATUSES = ["investigating", "identified", "mitigating", "monitoring", "resolved", "closed"]
BODIES: st.SearchStrategy[Body] = st.one_of(
    st.builds(e.Noted, WORDS),
    st.builds(e.SeverityChanged, st.integers(1, 4), st.none(), WORDS),
    st.builds(e.StatusChanged, st.sampled_from(STATUSES), st.just("")),
    st.builds(e.RoleAssigned, st.sampled_from(["ic", "tech"]), NAMES | st.just("")),
    st.builds(e.MessageSent, st.just("internal"), st.just("update"), st.integers(1, 5), WORDS, WORDS),
    st.builds(e.PostmortemWritten, st.sampled_from(["summary", "lessons"]), WORDS),
    st.builds(e.WhyAdded, WORDS),
    st.builds(e.ActionAdded, WORDS),
    st.builds(Unknown, st.just("future"), st.just("{}")),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """A declaration and what came after it, from two files, some steps undone and redone."""
    bodies = [e.Declared(1, "t", 2), *draw(st.lists(BODIES, max_size=14))]
    events, counters = [], {"a": 0, "b": 0}
    for step, body in enumerate(bodies):
        origin = "a" if step == 0 else draw(st.sampled_from(["a", "b"]))
        counters[origin] += 1
        at = NIGHT + step * draw(st.integers(0, 2))
        events.append(Event(f"e{step}", origin, counters[origin], "x", at, at, draw(NAMES), body))
        if step and draw(st.booleans()):
            counters[origin] += 1
            kind = draw(st.sampled_from([e.Undone, e.Redone]))
            target = f"e{draw(st.integers(0, step))}"
            events.append(Event(f"u{step}", origin, counters[origin], "x", at, at, "dana", kind(target)))
    return events


@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(history: list[Event], rng: random.Random) -> None:
    shuffled = list(history)
    rng.shuffle(shuffled)
    assert fold("x", shuffled) == fold("x", history)


@given(histories())
def test_logged_lines_never_change_the_state(history: list[Event]) -> None:
    without = [event for event in history if not isinstance(event.body, e.Noted)]
    assert fold("x", without) == fold("x", history)


@given(histories())
def test_undo_then_redo_is_as_if_nothing_happened(history: list[Event]) -> None:
    last = max(event.recorded_at for event in history)
    gone = voided(sorted(history, key=lambda event: event.order))
    target = next(
        event for event in history if event.id not in gone and not isinstance(event.body, e.Undone | e.Redone)
    )
    undone = Event("z1", "z", 1, "x", last + 1, last + 1, "dana", e.Undone(target.id))
    redone = Event("z2", "z", 2, "x", last + 2, last + 2, "dana", e.Redone(target.id))
    assert fold("x", [*history, undone, redone]) == fold("x", history)
    assert fold("x", [*history, undone]) == fold("x", [event for event in history if event.id != target.id])


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=30))
@settings(max_examples=200)
def test_undo_and_redo_behave_like_two_stacks(steps: list[str]) -> None:
    """Held against the obvious model: a list of what counts and a list of what was taken back."""
    history: list[Event] = []
    done: list[str] = []
    taken: list[str] = []

    def record(body: Body) -> str:
        place = len(history)
        history.append(Event(f"e{place}", "a", place + 1, "x", NIGHT + place, NIGHT, "dana", body))
        return f"e{place}"

    for step in steps:
        newest = list(reversed(history))
        if step == "do":
            done.append(record(e.RoleAssigned("ic", f"n{len(history)}")))
            taken.clear()
        elif step == "undo":
            target = undo_target(newest, voided(history))
            assert (target.id if target else None) == (done[-1] if done else None)
            if target is not None:
                record(e.Undone(target.id))
                taken.append(done.pop())
        else:
            back = redo_target(newest)
            assert back == (taken[-1] if taken else None)
            if back is not None:
                record(e.Redone(back))
                done.append(taken.pop())
    assert {event.id for event in history if isinstance(event.body, e.RoleAssigned)} - voided(history) == set(done)


@given(BODIES)
def test_bodies_survive_the_log(body: Body) -> None:
    assert decode(kind_of(body), version_of(body), encode(body)) == body


@pytest.mark.parametrize(
    ("kind", "version", "raw"),
    [
        ("from_the_future", 1, '{"a":1}'),
        ("noted", 2, '{"text":"a"}'),
        ("noted", 1, "not json"),
        ("noted", 1, "[]"),
        ("noted", 1, "{}"),
        ("noted", 1, None),
    ],
)
def test_what_cannot_be_read_is_unknown_and_kept(kind: str, version: int, raw: str | None) -> None:
    body = decode(kind, version, raw)
    assert body == Unknown(kind, raw or "", version)
    assert (kind_of(body), version_of(body), encode(body)) == (kind, version, raw or "")


def test_unknown_fields_of_our_own_rows_are_ignored() -> None:
    assert decode("noted", 1, '{"text":"a","mood":"calm"}') == e.Noted("a")


def after(*statuses: str) -> "tuple[int | None, int | None, int | None]":
    """(mitigated, resolved, closed) in steps after the declaration."""
    events = [Event("e0", "a", 1, "x", NIGHT, NIGHT, "dana", e.Declared(1, "t", 2))]
    for step, status in enumerate(statuses, 1):
        events.append(
            Event(f"e{step}", "a", step + 1, "x", NIGHT + step, NIGHT + step, "dana", e.StatusChanged(status, ""))
        )
    state = fold("x", events)
    times = (state.mitigated_at, state.resolved_at, state.closed_at)
    first, second, third = (None if at is None else at - NIGHT for at in times)
    return first, second, third


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("identified", "mitigating"), (None, None, None)),
        (("monitoring",), (1, None, None)),
        (("resolved",), (1, 1, None)),
        (("monitoring", "resolved", "closed"), (1, 2, 3)),
        (("resolved", "monitoring"), (1, None, None)),
        (("resolved", "investigating"), (None, None, None)),
        (("monitoring", "resolved", "investigating", "resolved"), (4, 4, None)),
    ],
)
def test_milestones_follow_the_status_also_when_it_goes_back(
    statuses: tuple[str, ...], expected: tuple[int | None, int | None, int | None]
) -> None:
    assert after(*statuses) == expected


def test_somebody_owns_it_from_the_first_commander_on() -> None:
    declared = Event("e0", "a", 1, "x", NIGHT, NIGHT, "dana", e.Declared(1, "t", 2))
    first = Event("e1", "a", 2, "x", NIGHT + 5, NIGHT + 5, "dana", e.RoleAssigned("ic", "sam"))
    second = replace(
        first, id="e2", origin_seq=3, recorded_at=NIGHT + 9, occurred_at=NIGHT + 9, body=e.RoleAssigned("ic", "ana")
    )
    assert fold("x", [declared]).acknowledged_at is None
    assert fold("x", [declared, first, second]).acknowledged_at == NIGHT + 5
    assert fold("x", [replace(declared, body=e.Declared(1, "t", 2, roles=(("ic", "sam"),)))]).acknowledged_at == NIGHT


def test_a_why_is_removed_with_all_below_it() -> None:
    bodies = [
        e.Declared(1, "t", 2),
        e.WhyAdded("a"),
        e.WhyAdded("b", "e1"),
        e.WhyAdded("c", "e2"),
        e.WhyAdded("d"),
        e.WhyRemoved("e1"),
    ]
    events = [Event(f"e{n}", "a", n + 1, "x", NIGHT + n, NIGHT, "dana", body) for n, body in enumerate(bodies)]
    assert [why.answer for why in fold("x", events).whys] == ["d"]


def test_pairs_keep_their_order() -> None:
    assert with_pair((("a", "1"), ("b", "2")), "a", "3") == (("a", "3"), ("b", "2"))
    assert with_pair((("a", "1"),), "a", "") == ()
