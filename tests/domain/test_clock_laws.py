"""Laws of the clocks: what holds whatever happens during an incident, in whatever order."""

from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain import events as e
from incident_console.domain.deadlines import Urgency, clocks, deadlines, promise
from incident_console.domain.events import Body
from tests.domain.test_clocks import POLICY, Step, at, clock, due, status, told

AUDIENCES = st.sampled_from(["internal", "customers"])
GAPS = st.integers(0, 40)
MOVES: st.SearchStrategy[Body] = st.one_of(
    st.builds(e.SeverityChanged, st.integers(1, 4), st.none(), st.just("why")),
    st.builds(e.StatusChanged, st.sampled_from(["investigating", "mitigating", "monitoring", "resolved"]), st.just("")),
    st.builds(e.Requested, AUDIENCES, st.just("news?")),
    st.builds(lambda name, every: clock(name, "every", every=every), AUDIENCES, st.integers(1, 90)),
    st.builds(e.Assessed, st.just(()), st.just(()), st.just(1), st.just(1)),
    st.builds(e.CheckedIn, st.just("fine"), st.sampled_from(["tech", "team"])),
    st.builds(e.TimerEnded, st.just("e1"), st.just("done")),
)


@st.composite
def courses(draw: st.DrawFn, messages: bool = True) -> tuple[Step, ...]:
    """Anything that may happen, in order; messages promise what the console would propose."""
    minutes, steps = 0, list[Step]()
    for _ in range(draw(st.integers(0, 8))):
        minutes += draw(GAPS)
        if messages and draw(st.booleans()):
            audience = draw(AUDIENCES)
            promised = promise(told(*steps), POLICY, audience, at(minutes))
            given_time = draw(st.booleans()) and promised is not None
            steps.append((minutes, e.MessageSent(audience, "update", 1, "", "", promised if given_time else None)))
        else:
            steps.append((minutes, draw(MOVES)))
    return tuple(steps)


@given(courses(), st.sampled_from([1, 2, 3, 4, None]))
def test_no_clock_is_overdue_the_moment_it_starts(steps: tuple[Step, ...], severity: int | None) -> None:
    for each in clocks(told(*steps, severity=severity, roles=(("tech", "Sam"),)), POLICY):
        assert each.since <= each.due_at
        assert each.urgency(each.since) is not Urgency.OVERDUE
        assert each.urgency(each.due_at) is not Urgency.OVERDUE
        assert each.urgency(each.due_at + 1) is Urgency.OVERDUE


@given(courses())
def test_a_clock_never_runs_out_before_what_was_promised_unless_something_happened_since(
    steps: tuple[Step, ...],
) -> None:
    state = told(*steps)
    for each in deadlines(state, POLICY):
        last = max(state.sent_to(each.name), key=lambda message: message.at, default=None)
        if last is None or last.next_at is None:
            continue
        after = [body for minutes, body in steps if at(minutes) >= last.at]
        calm = not any(
            isinstance(body, e.SeverityChanged | e.StatusChanged | e.Requested | e.ClockSet) for body in after
        )
        assert each.due_at == last.next_at or not calm
        assert each.due_at >= last.at


@given(courses())
def test_a_clock_is_never_later_than_what_was_promised(steps: tuple[Step, ...]) -> None:
    state = told(*steps)
    for each in deadlines(state, POLICY):
        messages = state.sent_to(each.name)
        promised = messages[-1].next_at if messages else None
        assert promised is None or each.due_at <= promised or state.reopened_at is not None


@given(courses(), st.permutations(["pause", "snooze"]))
def test_setting_aside_moves_nothing_but_its_own_clock(steps: tuple[Step, ...], actions: list[str]) -> None:
    minutes = steps[-1][0] if steps else 0
    before = told(*steps)
    after = told(*steps, (minutes, clock("customers", actions[0], until=minutes + 600)))
    others = {name: when for name, when in due(before).items() if name != "customers"}
    assert {name: when for name, when in due(after).items() if name != "customers"} == others


@given(courses())
def test_the_nearest_comes_first_and_paused_ones_last(steps: tuple[Step, ...]) -> None:
    minutes = steps[-1][0] if steps else 0
    shown = clocks(told(*steps, (minutes, clock("internal", "pause"))), POLICY)
    running = [each for each in shown if not each.paused]
    assert shown[: len(running)] == tuple(running)
    assert [each.due_at for each in running] == sorted(each.due_at for each in running)


@given(courses())
def test_a_closed_incident_has_no_clocks(steps: tuple[Step, ...]) -> None:
    assert clocks(told(*steps, (10**4, status("closed"))), POLICY) == ()
