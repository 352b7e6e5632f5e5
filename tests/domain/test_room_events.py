"""The room's events: what they make of the state, how they read in the timeline, and that the log keeps them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain import events as e
from incident_console.domain.clock import MINUTE
from incident_console.domain.events import Body, Event, decode, encode, kind_of, version_of
from incident_console.domain.fold import fold
from incident_console.domain.incident import ClockSetting, Incident, Timer
from incident_console.domain.rows import row_of
from incident_console.domain.timeline import describe, entry, history, is_row
from tests.builders import NIGHT

BACK = (("name", "roll back"), ("time", "5 min"), ("data", "10 min of carts"), ("chance", "10 %"))


# --- how it adds up


def folded(*bodies: Body) -> Incident:
    """A minute between two events; the n-th one has the id e<n>."""
    whole = [e.Declared(1, "t", 1), *bodies]
    return fold("x", [event(body, n) for n, body in enumerate(whole)])


def event(body: Body, n: int = 1) -> Event:
    at = NIGHT + n * MINUTE
    return Event(f"e{n}", "a", n + 1, "x", at, at, "dana", body)


def at(minutes: int) -> int:
    return NIGHT + minutes * MINUTE


STARTED = e.TimerStarted("ask", "lag?", at(9), "sam")


@pytest.mark.parametrize(
    ("bodies", "attribute", "value"),
    [
        ((STARTED,), "timers", (Timer("e1", "ask", "lag?", "sam", at(1), at(9)),)),
        ((STARTED, e.TimerExtended("e1", at(30), "why")), "timers", (Timer("e1", "ask", "lag?", "sam", at(1), at(30)),)),
        ((STARTED, e.TimerEnded("e1", "answered", "x")), "timers", ()),
        ((STARTED, e.TimerEnded("e7", "answered", "x")), "timers", (Timer("e1", "ask", "lag?", "sam", at(1), at(9)),)),
        ((STARTED, e.TimerExtended("e7", at(30), "x")), "timers", (Timer("e1", "ask", "lag?", "sam", at(1), at(9)),)),
        ((STARTED, e.Undone("e1")), "timers", ()),
        ((STARTED, e.TimerEnded("e1", "done"), e.Undone("e2")), "timers", (Timer("e1", "ask", "lag?", "sam", at(1), at(9)),)),
        ((STARTED, e.Undone("e1"), e.Redone("e1")), "timers", (Timer("e1", "ask", "lag?", "sam", at(1), at(9)),)),
        ((e.Escalated("CTO", "h", "n", "w", "", at(6)),), "timers", (Timer("e1", "acknowledge", "n", "CTO", at(1), at(6)),)),
        ((e.Escalated("CTO", "h", "n", "w", "", at(6)),), "escalated_to", ("CTO",)),
        ((e.Escalated("CTO", "h", "n", "w", "", at(6)), e.Undone("e1")), "escalated_to", ()),
        ((e.Decided("x", (), "wait", by="Ana", review_at=at(40)),), "timers", (Timer("e1", "review", "wait", "Ana", at(1), at(40)),)),
        ((e.Decided("x", (), "wait"),), "timers", ()),
        ((e.ClockSet("care", "pause", "why"),), "settings", (ClockSetting("care", at(1), paused="why"),)),
        ((e.ClockSet("care", "pause", "w"), e.ClockSet("care", "resume", "")), "settings", (ClockSetting("care", at(2)),)),
        ((e.ClockSet("care", "snooze", "w", at(9)),), "settings", (ClockSetting("care", at(1), snoozed="w", until=at(9), snoozed_at=at(1)),)),
        ((e.ClockSet("care", "every", "w", None, 60),), "settings", (ClockSetting("care", at(1), every=60, changed=at(1)),)),
        ((e.ClockSet("rto", "target", "w", None, 60),), "settings", (ClockSetting("rto", at(1), every=60, changed=at(1)),)),
        (
            (e.ClockSet("care", "every", "w", None, 60), e.ClockSet("care", "pause", "p")),
            "settings", (ClockSetting("care", at(2), paused="p", every=60, changed=at(1)),),
        ),
        ((e.CheckedIn("x"),), "checked_in_at", at(1)),
        ((e.CheckedIn("x", "team"),), "cared_at", at(1)),
        ((e.CheckedIn("x", "team"),), "checked_in_at", None),
        ((e.Requested("support", "x"),), "requests", (("support", at(1)),)),
        (
            (e.Requested("support", "x"), e.Requested("customers", "x"), e.Requested("support", "y")),
            "requests", (("customers", at(2)), ("support", at(3))),
        ),
        ((e.Ticked("a", "A"),), "ticked", ("a",)),
        ((e.Ticked("a", "A"), e.Ticked("a", "A")), "ticked", ("a",)),
        ((e.Ticked("a", "A"), e.Ticked("a", "A", False)), "ticked", ()),
        ((e.Amended("title", ("new",)),), "title", "new"),
        ((e.Amended("title", ()),), "title", "t"),
        ((e.Amended("channel", ("#a",)),), "channel", "#a"),
        ((e.Amended("started_at", (at(-5),)),), "began_at", at(-5)),
        ((e.Amended("started_at", (at(-5),)), e.Amended("started_at", ())), "started_at", None),
        ((e.Amended("detected_at", (at(-5),)),), "detected_at", at(-5)),
        ((e.Amended("services", ("a", "b")),), "services", ("a", "b")),
        ((e.Amended("flows", ("a",)), e.Amended("flows", ())), "flows", ()),
        ((e.Amended("tags", ("a",)),), "tags", ("a",)),
        ((e.Amended("of_the_future", ("a",)),), "title", "t"),
        ((e.RoleAssigned("ic", "Ana"),), "role_since", (("ic", at(1)),)),
        ((e.RoleAssigned("ic", "Ana"), e.RoleAssigned("ic", "Ben", "Ana", "brief")), "role_since", (("ic", at(2)),)),
        ((e.RoleAssigned("ic", "Ana"), e.RoleAssigned("ic", "", "Ana")), "role_since", ()),
        ((e.StatusChanged("identified", ""), e.StatusChanged("monitoring", "")), "explained", True),
        ((e.StatusChanged("monitoring", ""),), "explained", False),
        ((e.StatusChanged("resolved", ""), e.StatusChanged("monitoring", "")), "reopened_at", at(2)),
        ((e.StatusChanged("resolved", ""), e.StatusChanged("closed", "")), "reopened_at", None),
        ((e.StatusChanged("identified", ""), e.StatusChanged("closed", ""), e.StatusChanged("monitoring", "")), "explained", False),
    ],
)  # fmt: skip
def test_what_an_event_makes_of_the_state(bodies: tuple[Body, ...], attribute: str, value: object) -> None:
    assert getattr(folded(*bodies), attribute) == value


@pytest.mark.parametrize(
    "body",
    [e.Marked("e0", "pinned"), e.Linked("e0", "e9"), e.TimerEnded("nobody", "done"), e.TimerExtended("nobody", 1, "x")],
)
def test_what_changes_nothing_in_the_state(body: Body) -> None:
    assert folded(body) == folded()


def test_a_setting_does_not_disturb_the_others() -> None:
    state = folded(
        e.ClockSet("care", "pause", "a"), e.ClockSet("rto", "target", "b", None, 60), e.ClockSet("care", "resume", "")
    )
    assert [each.name for each in state.settings] == ["rto", "care"]
    assert state.setting("nothing") is None


# --- how it reads


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (e.TimerStarted("timer", "cache", 0), "timer", "cache"),
        (STARTED, "ask", "sam: lag?"),
        (e.TimerEnded("e1", "answered", "40 s", "sam lag?"), "answer", "sam lag?, answered: 40 s"),
        (e.TimerEnded("e1", "done", "", "cache"), "answer", "cache, done"),
        (e.TimerEnded("e1", "done"), "answer", "done"),
        (e.TimerExtended("e1", 0, "reading", "sam lag?"), "timer", "sam lag?: more time, reading"),
        (e.ClockSet("customers", "pause", "on the call"), "clock", "customers paused: on the call"),
        (e.ClockSet("customers", "resume", ""), "clock", "customers runs again"),
        (e.ClockSet("customers", "snooze", "why", 0), "clock", "customers put off: why"),
        (e.ClockSet("customers", "every", "why", None, 3600), "clock", "customers every 1 h now: why"),
        (e.ClockSet("rto", "target", "shop", None, 5400), "clock", "service must be back within 90 min: shop"),
        (e.CheckedIn("still\nlooking"), "checkin", "still\nlooking"),
        (e.Requested("customers", "when?"), "request", "customers ask: when?"),
        (e.Ticked("a", "Set it"), "tick", "Set it"),
        (e.Ticked("a", "Set it", False), "tick", "open again: Set it"),
        (e.Amended("title", ("new",), "old"), "amended", "title: new (was old)"),
        (e.Amended("services", ("a", "b")), "amended", "services: a, b"),
        (e.Amended("started_at", (NIGHT,), "2026-11-21 02:40 UTC"), "amended",
         "start: 2026-11-21 02:47 UTC (was 2026-11-21 02:40 UTC)"),
        (e.Amended("detected_at", ()), "amended", "detection: unknown"),
        (e.Escalated("CTO", "all down", "a decision", "money", "", 0), "escalation",
         "CTO: a decision\nwhat is happening: all down\nwhy it matters: money"),
        (e.Escalated("CTO", "all down", "a decision", "money", "03:30", 0), "escalation",
         "CTO: a decision, by 03:30\nwhat is happening: all down\nwhy it matters: money"),
        (e.RoleAssigned("ic", "Ben", "Ana", "the brief"), "role",
         "Incident Commander: Ben (was Ana), handed over with a brief"),
        (e.Decided("", ((("name", "a"),), (("name", "b"),)), "b"), "decision", "b\n  a\n▸ b"),
        (
            e.Decided(
                "what now", (BACK, (("name", "wait"), ("colour", "red"))), "roll back", "carts", "Ana", 1, "03:17 UTC"
            ),
            "decision",
            "what now: roll back\n"
            "▸ roll back: back in 5 min; data at risk: 10 min of carts; may fail: 10 %\n"
            "  wait: colour red\n  accepted worst case: carts\n  decided by: Ana\n  look again: 03:17 UTC",
        ),
    ],
)  # fmt: skip
def test_how_events_read(body: Body, kind: str, words: str) -> None:
    assert row_of(body) == (kind, words)
    assert describe(event(body)) == f"{kind}: {words}"


@pytest.mark.parametrize(
    ("about", "flags"),
    [
        ([e.Marked("e1", "pinned")], ("pinned",)),
        ([e.Marked("e1", "pinned"), e.Marked("e1", "pinned", False)], ()),
        ([e.Marked("e1", "pinned"), e.Marked("e1", "parked")], ("pinned", "parked")),
        ([e.Linked("e1", "e9"), e.Marked("e1", "parked")], ("evidence", "parked")),
    ],
)
def test_marks_of_an_entry(about: list[Body], flags: tuple[str, ...]) -> None:
    pointing = [event(body, n) for n, body in enumerate(about, 2)]
    assert entry(event(e.Noted("x")), 1, pointing, frozenset()).flags == flags
    assert entry(event(e.Noted("x")), 1, pointing, frozenset({"e2", "e3"})).flags == ()


def test_the_history_of_a_question_tells_how_it_ended() -> None:
    about = [event(e.TimerExtended("e1", 9, "reading"), 2), event(e.TimerEnded("e1", "answered", "40 s"), 3)]
    steps = [(each.what, each.text) for each in history(event(STARTED), about, frozenset())]
    assert steps == [("logged", "sam: lag?"), ("extended", "reading"), ("answered", "40 s")]
    assert len(history(event(STARTED), about, frozenset({"e3"}))) == 2


def test_marks_and_links_are_no_rows_and_can_be_named() -> None:
    for body, words in ((e.Marked("e1", "pinned"), "pinned"), (e.Marked("e1", "parked", False), "no longer parked"),
                        (e.Linked("e1", "e2"), "evidence attached")):  # fmt: skip
        assert not is_row(body)
        assert describe(event(body)) == words


# --- laws


WORDS = st.text(max_size=12)
TIMES = st.none() | st.integers(0, 2**52)
BODIES: st.SearchStrategy[Body] = st.one_of(
    st.builds(
        e.ClockSet, WORDS, st.sampled_from(["pause", "resume", "snooze", "every", "target"]), WORDS, TIMES, TIMES
    ),
    st.builds(e.TimerStarted, st.sampled_from(["timer", "ask"]), WORDS, st.integers(0, 2**52), WORDS),
    st.builds(
        e.TimerEnded, st.sampled_from(["e1", "e2"]), st.sampled_from(["done", "answered", "dropped"]), WORDS, WORDS
    ),
    st.builds(e.TimerExtended, st.sampled_from(["e1", "e2"]), st.integers(0, 2**52), WORDS, WORDS),
    st.builds(e.CheckedIn, WORDS, st.sampled_from(["tech", "team"])),
    st.builds(e.Requested, WORDS, WORDS),
    st.builds(e.Ticked, WORDS, WORDS, st.booleans()),
    st.builds(
        e.Decided, WORDS, st.lists(st.just((("name", "a"),)), max_size=3).map(tuple), WORDS, WORDS, WORDS, TIMES, WORDS
    ),
    st.builds(e.Escalated, WORDS, WORDS, WORDS, WORDS, WORDS, st.integers(0, 2**52)),
    st.builds(e.Amended, st.sampled_from(["title", "services", "tags"]), st.lists(WORDS, max_size=2).map(tuple), WORDS),
    st.builds(e.Marked, st.just("e1"), st.sampled_from(["pinned", "parked"]), st.booleans()),
    st.builds(e.Linked, st.just("e1"), st.just("e2")),
)


@given(BODIES)
def test_bodies_survive_the_log(body: Body) -> None:
    assert decode(kind_of(body), version_of(body), encode(body)) == body


@given(st.lists(BODIES, max_size=10), st.integers(0, 9))
def test_undoing_is_as_if_it_never_happened_and_redoing_as_if_it_always_had(bodies: list[Body], place: int) -> None:
    place = min(place, len(bodies))
    target = f"e{place}" if place else "nobody"
    whole = folded(*bodies)
    assert folded(*bodies, e.Undone(target), e.Redone(target)) == whole
    events = [event(body, n) for n, body in enumerate([e.Declared(1, "t", 1), *bodies])]
    without = [each for each in events if each.id != target]
    assert folded(*bodies, e.Undone(target)) == fold("x", without)


@given(BODIES)
def test_every_row_is_words(body: Body) -> None:
    if is_row(body):
        assert isinstance(entry(event(body), 1, (), frozenset()).text, str)
    assert isinstance(describe(event(body)), str)
