"""The tree of causes: whatever people do to it, alone or two at a time, it stays a tree."""

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incident_console.domain import causes
from incident_console.domain import events as e
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident, Why
from incident_console.domain.undo import redo_target, undo_target, voided
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT

WHYS = (
    Why("a", "connections used up", None),
    Why("b", "a slow query", "a"),
    Why("c", "retries", "a"),
    Why("d", "no index", "b"),
    Why("f", "peak load", None),
)
INCIDENT = Incident("x", number=7, title="Search down", whys=WHYS)


def labels(incident: Incident) -> dict[str, str]:
    return {link.label: link.why.id for link in causes.chain(incident)}


def after(incident: Incident, *bodies: Body) -> Incident:
    """What becomes of an incident's causes when these are written; added ones are called n0, n1 …"""
    old = [e.WhyAdded(why.answer, why.parent, why.evidence, why.category, why.mark) for why in incident.whys]
    ids = [why.id for why in incident.whys] + [f"n{n}" for n in range(len(bodies))]
    history = [Event(ids[n], "o", n, "x", NIGHT + n, NIGHT + n, "dana", body) for n, body in enumerate([*old, *bodies])]
    return fold("x", history)


# --- the shape


def test_causes_are_numbered_as_people_speak_of_them() -> None:
    found = [(link.label, link.depth, link.parent, link.below, link.why.id) for link in causes.chain(INCIDENT)]
    assert found == [
        ("1", 0, None, 3, "a"), ("1.1", 1, "a", 1, "b"), ("1.1.1", 2, "b", 0, "d"), ("1.2", 1, "a", 0, "c"), ("2", 0, None, 0, "f")
    ]  # fmt: skip


def test_nothing_of_a_forged_log_is_lost_or_shown_twice() -> None:
    """A missing parent, a circle of two, one that explains itself: each stands at the top."""
    odd = (Why("a", "x", "gone"), Why("b", "x", "c"), Why("c", "x", "b"), Why("d", "x", "d"), Why("g", "x", "a"))
    found = causes.tree(odd)
    assert [(link.label, link.why.id, link.parent) for link in found] == [
        ("1", "a", None), ("1.1", "g", "a"), ("2", "b", None), ("2.1", "c", "b"), ("3", "d", None),
    ]  # fmt: skip


def test_depth_knows_no_limit() -> None:
    deep = tuple(Why(str(n), "x", str(n - 1) if n else None) for n in range(3000))
    found = causes.tree(deep)
    assert (found[-1].depth, found[0].below) == (2999, 2999)
    assert causes.move_why(Incident("x", whys=deep), "2999", "outdent").parent == "2997"


def test_what_is_ruled_out_takes_with_it_what_stands_below() -> None:
    whys = (replace(WHYS[0]), replace(WHYS[1], mark="ruled_out"), *WHYS[2:])
    assert [link.why.id for link in causes.counting(causes.tree(whys))] == ["a", "c", "f"]


@pytest.mark.parametrize(
    ("label", "room", "shown"),
    [
        ("1.1", 9, "1.1"), ("1.1.1.1.1", 9, "1.1.1.1.1"), ("1.1.1.1.12", 9, "1…1.12(5)"), ("1.2.1.1.1.3.1.2", 9, "1…1.2(8)"),
        ("1.2.1.1.1.3.1.2.1", 12, "1.2…1.2.1(9)"), ("3.1.1.1.1.1.1.1.1", 12, "3.1…1.1.1(9)"),
        ("100.200.300.400", 12, "100…400(4)"), (".".join("1" * 40), 12, "1.1…1.1(40)"), ("1.1.1.1.1.1.1", 5, "…1(7)"),
        ("1.1.1.1.1.1.27", 3, "…27"), ("1.1.1.1.1.1.1234", 3, "…34"),
    ],
)  # fmt: skip
def test_long_numbers_show_branch_end_and_depth(label: str, room: int, shown: str) -> None:
    assert causes.short_label(label, room) == shown


LEVELS = st.lists(st.integers(1, 9), min_size=1, max_size=60)


def short(levels: list[int], room: int = 12) -> str:
    return causes.short_label(".".join(map(str, levels)), room)


@given(LEVELS, st.integers(2, 30))
def test_a_short_number_fits_and_a_whole_one_stays(levels: list[int], room: int) -> None:
    assert len(short(levels, room)) <= room
    assert short(levels, 200) == ".".join(map(str, levels))


@given(LEVELS, st.integers(1, 9), st.integers(1, 9), st.integers(8, 25))
def test_neighbours_depths_and_branches_are_told_apart(levels: list[int], one: int, other: int, room: int) -> None:
    first, second = short([*levels, one], room), short([*levels, other], room)
    assert (first == second) == (one == other)
    assert len({short(levels, room), first, short([*levels, one, one], room)}) == 3
    assert (short([one, *levels], room) == short([other, *levels], room)) == (one == other)


def test_the_question_asks_how() -> None:
    assert causes.question("the pool was\nused up.") == "How did it come about that “the pool was used up”?"


# --- commands


def test_adding_below_and_beside() -> None:
    assert labels(after(INCIDENT, causes.add_why(INCIDENT, " no\tindex ", "c")))["1.2.1"] == "n0"
    assert labels(after(INCIDENT, causes.add_beside(INCIDENT, "x", "b")))["1.3"] == "n0"
    assert labels(after(INCIDENT, causes.add_beside(INCIDENT, "x", "f")))["3"] == "n0"
    assert causes.add_why(INCIDENT, " no\tindex ", None) == e.WhyAdded("no index", None)


def test_each_thing_is_changed_by_itself() -> None:
    body = causes.change_why(INCIDENT, "b", evidence=["e1", "e2", "e1"], category="Human", mark="ruled out")
    assert body == e.WhyChanged("b", "a slow query", ("e1", "e2"), "human", "ruled_out")
    changed = after(INCIDENT, body)
    assert causes.change_why(changed, "b", mark="").category == "human"
    assert causes.change_why(changed, "b", "a very slow query").mark == "ruled_out"
    assert causes.change_why(changed, "b", category="environment").evidence == ("e1", "e2")


MOVES = [
    ("c", "up", {"1.1": "c", "1.2": "b", "1.2.1": "d"}),
    ("b", "down", {"1.1": "c", "1.2": "b", "1.2.1": "d"}),
    ("c", "indent", {"1.1": "b", "1.1.1": "d", "1.1.2": "c"}),
    ("f", "indent", {"1.3": "f"}),
    ("b", "outdent", {"1": "a", "1.1": "c", "2": "b", "2.1": "d", "3": "f"}),
    ("d", "outdent", {"1.1": "b", "1.2": "d", "1.3": "c"}),
    ("f", "up", {"1": "f", "2": "a", "2.1": "b"}),
]


@pytest.mark.parametrize(("why_id", "way", "stands"), MOVES)
def test_moves_of_one_step(why_id: str, way: str, stands: dict[str, str]) -> None:
    found = labels(after(INCIDENT, causes.move_why(INCIDENT, why_id, way)))
    assert {label: found[label] for label in stands} == stands
    assert sorted(found.values()) == ["a", "b", "c", "d", "f"]


def test_a_cause_can_be_set_anywhere_else() -> None:
    assert labels(after(INCIDENT, causes.place_why(INCIDENT, "f", "a", "c")))["1.2"] == "f"
    assert labels(after(INCIDENT, causes.place_why(INCIDENT, "d", None, "a")))["1"] == "d"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (lambda: causes.add_why(INCIDENT, " ", None), "what made it happen, not who"),
        (lambda: causes.add_why(INCIDENT, "x" * 2001, None), "2000 fit"),
        (lambda: causes.add_why(INCIDENT, "x", "gone"), "not in the chain"),
        (lambda: causes.add_beside(INCIDENT, "x", "gone"), "not in the chain"),
        (lambda: causes.change_why(INCIDENT, "a", "connections used up"), "like that already"),
        (lambda: causes.change_why(INCIDENT, "a", ""), "needs words"),
        (lambda: causes.change_why(INCIDENT, "a", category="luck"), "no category “luck”"),
        (lambda: causes.change_why(INCIDENT, "a", mark="route"), "Did you mean root"),
        (lambda: causes.remove_why(INCIDENT, "gone"), "not in the chain"),
        (lambda: causes.move_why(INCIDENT, "a", "up"), "first answer"),
        (lambda: causes.move_why(INCIDENT, "f", "down"), "last answer"),
        (lambda: causes.move_why(INCIDENT, "b", "indent"), "Move it down first"),
        (lambda: causes.move_why(INCIDENT, "a", "outdent"), "nothing further out"),
        (lambda: causes.move_why(INCIDENT, "a", "sideways"), "Use one of: up, down"),
        (lambda: causes.place_why(INCIDENT, "a", "a"), "cannot explain itself"),
        (lambda: causes.place_why(INCIDENT, "a", "d"), "cannot explain itself"),
        (lambda: causes.place_why(INCIDENT, "a", "gone"), "not in the chain"),
        (lambda: causes.place_why(INCIDENT, "d", "a", "f"), "Choose a neighbour"),
        (lambda: causes.place_why(INCIDENT, "b", "a", "c"), "stands there already"),
        (lambda: causes.place_why(INCIDENT, "c", "a"), "stands there already"),
        (lambda: causes.place_why(INCIDENT, "c", "a", "c"), "stands there already"),
    ],
)
def test_refusals(command: Callable[[], object], says: str) -> None:
    with pytest.raises(Refused, match=says):
        command()


# --- the laws


def assert_tree(incident: Incident) -> None:
    """Each cause exactly once, below one that stands before it, with the number of its place."""
    links = causes.chain(incident)
    assert sorted(link.why.id for link in links) == sorted(why.id for why in incident.whys)
    depths: dict[str | None, int] = {None: -1}
    counts: dict[str | None, int] = {}
    for link in links:
        assert link.depth == depths[link.parent] + 1
        depths[link.why.id] = link.depth
        counts[link.parent] = counts.get(link.parent, 0) + 1
        above = next((f"{each.label}." for each in links if each.why.id == link.parent), "")
        assert link.label == f"{above}{counts[link.parent]}"
        assert link.below == sum(each.label.startswith(f"{link.label}.") for each in links)


Step = tuple[str, int, int, str, int]
"""What is done, to which cause, with which other one, by whom, and how many steps old their view of the tree is."""

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "beside", "up", "down", "indent", "outdent", "place", "remove", "change", "undo", "redo"]),
        st.integers(0, 30), st.integers(0, 30), st.sampled_from(["dana", "sam"]), st.integers(0, 3),
    ),
    max_size=40,
)  # fmt: skip


def decided(step: Step, history: list[Event], state: Incident) -> Body | None:
    """What somebody writes who sees a state; None when it is refused."""
    what, one, other, actor, _ = step
    mine = [event for event in reversed(history) if event.actor == actor]
    if what == "undo":
        target = undo_target(mine, voided(history))
        return e.Undone(target.id) if target is not None else None
    if what == "redo":
        again = redo_target(mine)
        return e.Redone(again) if again is not None else None
    ids = [why.id for why in state.whys] or ["none"]
    first, second = ids[one % len(ids)], [*ids, None][other % (len(ids) + 1)]
    commands: dict[str, Callable[[], Body]] = {
        "add": lambda: causes.add_why(state, "x", second if state.whys else None),
        "beside": lambda: causes.add_beside(state, "x", first),
        "place": lambda: causes.place_why(state, first, second),
        "remove": lambda: causes.remove_why(state, first),
        "change": lambda: causes.change_why(state, first, f"y{other}"),
    }
    try:
        return commands.get(what, lambda: causes.move_why(state, first, what))()
    except Refused:
        return None


@given(STEPS)
@settings(max_examples=300, deadline=None)
def test_any_sequence_of_edits_undos_and_redos_keeps_a_tree(steps: list[Step]) -> None:
    history: list[Event] = []
    states = [Incident("x")]
    for number, step in enumerate(steps):
        seen = states[max(0, len(states) - 1 - step[4])]
        body = decided(step, history, seen)
        if body is not None:
            at = NIGHT + number
            history.append(Event(f"e{number}", step[3], number, "x", at, at, step[3], body))
        states.append(fold("x", history))
        assert_tree(states[-1])


@given(STEPS)
@settings(max_examples=100, deadline=None)
def test_removing_and_undoing_brings_everything_back(steps: list[Step]) -> None:
    history: list[Event] = []
    for number, step in enumerate(steps):
        body = decided(step, history, fold("x", history))
        if body is not None:
            history.append(Event(f"e{number}", "o", number, "x", NIGHT + number, NIGHT, step[3], body))
    before = fold("x", history)
    for why in before.whys:
        removed = Event("r", "o", 100, "x", NIGHT + 100, NIGHT, "dana", causes.remove_why(before, why.id))
        undone = Event("u", "o", 101, "x", NIGHT + 101, NIGHT, "dana", e.Undone("r"))
        gone = fold("x", [*history, removed])
        assert_tree(gone)
        link = next(each for each in causes.chain(before) if each.why.id == why.id)
        assert len(gone.whys) == len(before.whys) - link.below - 1
        assert fold("x", [*history, removed, undone]) == before


def test_two_terminals_cannot_make_a_circle() -> None:
    """Each sets its cause below the other's, looking at the same tree; whatever comes first, a tree remains."""
    moves: list[Body] = [e.WhyMoved("a", "b"), e.WhyMoved("b", "c"), e.WhyMoved("c", "a"), e.WhyRemoved("b")]
    base = Incident("x", whys=(Why("a", "x", None), Why("b", "x", None), Why("c", "x", None)))
    for order in permutations(moves):
        for number in range(1, len(order) + 1):
            state = after(base, *order[:number])
            assert_tree(state)
            ids = {why.id for why in state.whys}
            assert all(why.parent is None or why.parent in ids for why in state.whys)


def test_what_was_added_below_something_undone_stays_in_sight() -> None:
    history = [
        Event("a", "o", 1, "x", NIGHT, NIGHT, "dana", e.WhyAdded("theirs")),
        Event("b", "o", 2, "x", NIGHT + 1, NIGHT, "sam", e.WhyAdded("mine", "a")),
        Event("c", "o", 3, "x", NIGHT + 2, NIGHT, "dana", e.Undone("a")),
    ]
    state = fold("x", history)
    assert [(link.label, link.why.answer) for link in causes.chain(state)] == [("1", "mine")]
    back = fold("x", [*history, Event("d", "o", 4, "x", NIGHT + 3, NIGHT, "dana", e.Redone("a"))])
    assert [link.label for link in causes.chain(back)] == ["1", "1.1"]
