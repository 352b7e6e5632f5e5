"""Sections of the postmortem with two writers: nothing is lost, both texts stand until somebody settles it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.desk import Desk
from incident_console.domain import events as e
from incident_console.domain.clock import SECOND
from incident_console.domain.events import Event
from incident_console.domain.fold_learning import LEARNING_STEPS
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import missing, rivals, version
from incident_console.domain.vocabulary import Refused
from tests.builders import clock_of, declare, make_desk


@pytest.fixture
def incident(desk: Desk) -> str:
    return declare(desk).id


def counting(desk: Desk, incident: str, section: str = "summary") -> tuple[str, str]:
    """(id, text) of the version that counts."""
    found = version(desk.incident(incident), section)
    assert found is not None
    return found.id, found.text


def others(desk: Desk, incident: str) -> list[tuple[str, str]]:
    return [(each.actor, each.text) for each in rivals(desk.incident(incident), "summary")]


def test_one_after_the_other_is_no_dispute(desk: Desk, incident: str) -> None:
    desk.write_section(incident, "summary", "first", "")
    desk.write_section(incident, "summary", "second", counting(desk, incident)[0])
    assert counting(desk, incident)[1] == "second"
    assert others(desk, incident) == []


def test_two_at_once_are_both_kept_and_the_first_counts(desk: Desk, incident: str, tmp_path: Path) -> None:
    other = make_desk(tmp_path, "sam")
    desk.write_section(incident, "summary", "from dana", "")
    other.write_section(incident, "summary", "from sam", "")
    assert counting(desk, incident)[1] == "from dana"
    assert others(desk, incident) == [("sam", "from sam")]
    assert ("summary", "two versions") in missing(desk.incident(incident))
    assert desk.incident(incident) == other.incident(incident)


def test_the_same_words_twice_are_no_dispute(desk: Desk, incident: str, tmp_path: Path) -> None:
    desk.write_section(incident, "summary", "the same", "")
    with pytest.raises(Refused, match="like that already"):
        make_desk(tmp_path, "sam").write_section(incident, "summary", "the same", "")
    assert others(desk, incident) == []


def test_who_writes_on_replaces_their_own_text_only(desk: Desk, incident: str, tmp_path: Path) -> None:
    other = make_desk(tmp_path, "sam")
    desk.write_section(incident, "summary", "from dana", "")
    other.write_section(incident, "summary", "from sam", "")
    (mine,) = rivals(desk.incident(incident), "summary")
    other.write_section(incident, "summary", "from sam, longer", mine.id)
    desk.write_section(incident, "summary", "from dana, longer", counting(desk, incident)[0])
    assert counting(desk, incident)[1] == "from dana, longer"
    assert others(desk, incident) == [("sam", "from sam, longer")]


def test_of_three_writers_all_are_kept(desk: Desk, incident: str, tmp_path: Path) -> None:
    writers = [desk, make_desk(tmp_path, "sam"), make_desk(tmp_path, "ana")]
    for each in writers:
        each.write_section(incident, "summary", f"from {each.actor}", "")
    assert counting(desk, incident)[1] == "from dana"
    assert others(desk, incident) == [("sam", "from sam"), ("ana", "from ana")]
    base, ids = counting(desk, incident)[0], tuple(each.id for each in rivals(desk.incident(incident), "summary"))
    writers[2].write_section(incident, "summary", "from all", base, ids)
    assert (counting(desk, incident)[1], others(desk, incident)) == ("from all", [])


@pytest.mark.parametrize("settler", ["dana", "sam"])
def test_either_of_the_two_settles_it(desk: Desk, incident: str, tmp_path: Path, settler: str) -> None:
    desks = {"dana": desk, "sam": make_desk(tmp_path, "sam")}
    for each in desks.values():
        each.write_section(incident, "summary", f"from {each.actor}", "")
    (rival,) = rivals(desk.incident(incident), "summary")
    desks[settler].write_section(incident, "summary", f"from {settler}", counting(desk, incident)[0], (rival.id,))
    assert (counting(desk, incident)[1], others(desk, incident)) == (f"from {settler}", [])
    assert missing(desk.incident(incident)).count(("summary", "two versions")) == 0


def test_what_came_while_it_was_settled_stands_beside_it(desk: Desk, incident: str, tmp_path: Path) -> None:
    sam, ana = make_desk(tmp_path, "sam"), make_desk(tmp_path, "ana")
    desk.write_section(incident, "summary", "from dana", "")
    sam.write_section(incident, "summary", "from sam", "")
    base, (rival,) = counting(desk, incident)[0], rivals(desk.incident(incident), "summary")
    ana.write_section(incident, "summary", "from ana", "")
    desk.write_section(incident, "summary", "settled", base, (rival.id,))
    assert counting(desk, incident)[1] == "settled"
    assert others(desk, incident) == [("ana", "from ana")]


def test_different_sections_at_once_never_meet(desk: Desk, incident: str, tmp_path: Path) -> None:
    desk.write_section(incident, "summary", "from dana", "")
    make_desk(tmp_path, "sam").write_section(incident, "lessons", "from sam", "")
    assert desk.incident(incident).rivals == ()
    assert counting(desk, incident, "lessons")[1] == "from sam"


def test_every_version_stays_in_the_history_also_undone_ones(desk: Desk, incident: str, tmp_path: Path) -> None:
    desk.write_section(incident, "summary", "one", "")
    clock_of(desk).advance(SECOND)
    make_desk(tmp_path, "sam").write_section(incident, "summary", "two", "")
    desk.write_section(incident, "lessons", "another section")
    history = [(each.actor, each.text) for each in desk.section_history(incident, "summary")]
    assert history == [("dana", "one"), ("sam", "two")]
    assert desk.undo(incident).startswith("postmortem, lessons")
    assert desk.undo(incident).startswith("postmortem, summary: one")
    assert counting(desk, incident)[1] == "two"
    assert len(desk.section_history(incident, "summary")) == 2


def test_a_script_that_looked_at_nothing_takes_the_place(desk: Desk, incident: str) -> None:
    desk.write_section(incident, "summary", "one", "")
    desk.write_section(incident, "summary", "two")
    assert (counting(desk, incident)[1], others(desk, incident)) == ("two", [])


STEP = st.tuples(st.integers(0, 2), st.sampled_from(["", "seen", "mine", "settle"]), st.sampled_from("abcdef"))


@given(st.lists(STEP, max_size=12))
def test_whatever_three_writers_do_no_text_disappears_unseen(steps: list[tuple[int, str, str]]) -> None:
    """A text that is neither counting nor beside it was replaced by somebody who had it before them."""
    state, written = Incident("x"), dict[str, str]()
    replaced = set[str]()
    last = dict[int, str]()
    for n, (writer, manner, text) in enumerate(steps):
        counts = version(state, "summary")
        base = {"": "", "mine": last.get(writer, "")}.get(manner, counts.id if counts is not None else "")
        settles = tuple(each.id for each in state.rivals) if manner == "settle" else ()
        body = e.PostmortemWritten("summary", text * (n + 1), base, settles)
        event = Event(f"v{n}", "o", n, "x", n, n, str(writer), body)
        state = LEARNING_STEPS[e.PostmortemWritten](state, event, body)
        written[event.id], last[writer] = body.text, event.id
        replaced |= {base, *settles}
        standing = {each.id for each in (*state.versions, *state.rivals)}
        assert set(written) - standing <= replaced
        assert len(state.versions) == 1
        assert state.section("summary") == state.versions[0].text
