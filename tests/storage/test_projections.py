"""Read models: written with their events, and always what a rebuild would give."""

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.actions import Wanted
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.vocabulary import Refused
from tests.builders import clock_of, declare, make_desk

Step = Callable[[Desk, str], object]
NUMBER = st.integers(1, 8)
WORD = st.sampled_from(["alpha", "beta", "gamma delta", "x'\"*y", "NEAR("])

STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda w: lambda d, i: d.log(i, Logged(w)), WORD),
    st.builds(lambda w: lambda d, i: d.log(i, Logged(w, "decision", d.now() - 10**9)), WORD),
    st.builds(lambda n, w: lambda d, i: d.correct(i, n, w), NUMBER, WORD),
    st.builds(lambda n: lambda d, i: d.strike(i, n, "wrong"), NUMBER),
    st.builds(lambda s: lambda d, i: d.change_status(i, s), st.sampled_from(["monitoring", "resolved", "closed"])),
    st.builds(lambda n: lambda d, i: d.change_severity(i, n, "because"), st.integers(1, 4)),
    st.builds(lambda w: lambda d, i: d.assign(i, "ic", w), WORD),
    st.builds(lambda w: lambda d, i: d.add_item(i, Wanted(w, "prevent", "", "+3d")), WORD),
    st.builds(lambda w: lambda d, i: d.add_why(i, w), WORD),
    st.just(lambda d, i: d.mark_sent(d.compose(i, Wish("internal")), check=Check.FORCED)),
    st.just(lambda d, i: d.undo(i)),
    st.just(lambda d, i: d.redo(i)),
    st.just(lambda d, i: d.move_action(i, d.incident(i).actions[0].id, "done") if d.incident(i).actions else None),
)


def contents(desk: Desk) -> dict[str, object]:
    """Everything that the read models hold, without row ids."""
    db = sqlite3.connect(desk.store.path, isolation_level=None)
    columns = "stream, number, event_id, occurred_at, recorded_at, kind, text, actor, mark, hidden"
    db.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
    words = ("alpha", "beta", "gamma", "delta", "investigating", "sev1")
    return {
        "incidents": db.execute("SELECT * FROM incidents ORDER BY id").fetchall(),
        "entries": db.execute(f"SELECT {columns} FROM entries ORDER BY stream, number").fetchall(),
        "actions": db.execute("SELECT * FROM actions ORDER BY id").fetchall(),
        "search": {word: {hit.entry.event_id for hit in desk.search(word)} for word in words},
    }


@given(st.lists(STEPS, max_size=14))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_live_read_models_equal_rebuilt_ones(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        first, second = declare(desk).id, desk.declare(Declaration("Other thing", 3)).id
        for number, step in enumerate(steps):
            clock_of(desk).advance(61_000_000)
            try:
                step(desk, first if number % 3 else second)
            except Refused:
                continue
        live = contents(desk)
        desk.store.rebuild()
        assert contents(desk) == live
        assert desk.store.log.verify() == ()
        desk.store.close()


def test_search_finds_the_newest_first_and_unfinished_words(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    for text in ("pool exhausted", "pool is fine", "other"):
        desk.log(incident.id, Logged(text))
    assert [hit.entry.text for hit in desk.search("poo")] == ["pool is fine", "pool exhausted"]
    assert [hit.entry.text for hit in desk.search("pool exh")] == ["pool exhausted"]
    assert desk.search("") == ()
    assert desk.search('"*(') == ()


def swap(one: Desk, other: Desk) -> None:
    """Each takes everything that the other has."""
    for desk, events in ((one, other.store.log.everything()), (other, one.store.log.everything())):
        with desk.store.writing() as writer:
            writer.receive(list(events))


def test_an_action_item_keeps_the_number_under_which_it_was_shown(tmp_path: Path) -> None:
    here, there = make_desk(tmp_path), make_desk(tmp_path, "sam", database="other.db")
    incident = declare(here)
    swap(here, there)
    clock_of(here).advance(10**6)
    theirs, ours = there.add_item(incident.id, Wanted("theirs")), here.add_item(incident.id, Wanted("ours"))
    assert theirs.what.added_at < ours.what.added_at
    swap(here, there)
    assert [(each.id, each.what.text) for each in here.items_of(incident.id)] == [
        ("INC-1/2", "theirs"), ("INC-1/1", "ours"),
    ]  # fmt: skip
    assert here.item("INC-1/1").what.text == "ours"
    assert there.item("INC-1/1").what.text == "theirs"
    here.store.rebuild()
    assert here.item("INC-1/1").what.text == "ours"


def test_the_state_does_not_depend_on_the_order_in_which_files_are_merged(tmp_path: Path) -> None:
    here, there = make_desk(tmp_path, "dana"), make_desk(tmp_path, "sam", database="other.db")
    incident = declare(here)
    with there.store.writing() as writer:
        writer.receive(list(here.store.log.everything()))
    here.change_severity(incident.id, 2, "better")
    there.assign(incident.id, "ic", "sam")
    there.log(incident.id, Logged("from the other side"))
    mine, theirs = list(here.store.log.everything()), list(there.store.log.everything())
    for desk, events in ((here, theirs), (there, mine)):
        for batch in (events[1:], events[:1], events):
            with desk.store.writing() as writer:
                writer.receive(batch)
    assert here.incident(incident.id) == there.incident(incident.id)
    assert here.entries(incident.id) == there.entries(incident.id)
    assert here.store.log.verify() == there.store.log.verify() == ()
