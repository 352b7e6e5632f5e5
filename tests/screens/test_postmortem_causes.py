"""The tree of causes in the postmortem: every key with its question, what is saved, and the fishbone beside it."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.causes import chain
from incident_console.domain.incident import Incident
from incident_console.widgets.form import Form
from incident_console.widgets.pick_entries import PickEntries
from incident_console.widgets.questions import AskLine, Choose
from tests.screens.conftest import press, typed
from tests.screens.postmortem import go, screen, strip, toasts

SIZES = [(80, 24), (120, 40)]


def shape(desk: Desk, incident: Incident) -> list[tuple[str, str]]:
    return [(link.label, link.why.answer) for link in chain(desk.incident(incident.id))]


def below(app: IncidentApp) -> str:
    """What stands below the tree, about the cause under the cursor."""
    return str(screen(app).query_one("#cause", Static).content)


@pytest.fixture
def grown(desk: Desk, incident: Incident) -> Incident:
    """1 pool used up, 1.1 slow query, 1.2 retries, 2 no alert."""
    pool = desk.add_why(incident.id, "pool used up")
    desk.add_why(incident.id, "slow query", pool)
    desk.add_why(incident.id, "retries", pool)
    desk.add_why(incident.id, "no alert")
    return incident


GROWN = [("1", "pool used up"), ("1.1", "slow query"), ("1.2", "retries"), ("2", "no alert")]


@pytest.mark.parametrize("size", SIZES)
async def test_a_chain_and_a_branch_by_enter_and_tab(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, incident, "2")
        for key, answer in (
            ("enter", "pool used up"),
            ("enter", "slow query"),
            ("tab", "retries"),
            ("a", "no backoff"),
        ):
            await press(pilot, key)
            assert isinstance(app.screen, AskLine)
            assert "How did it come about that" in str(app.screen.query_one(".question", Static).content)
            await typed(pilot, answer)
        assert shape(desk, incident) == [*GROWN[:3], ("1.2.1", "no backoff")]
        link = screen(app).whys.link
        assert link is not None
        assert link.label == "1.2.1"
        assert "causes·1" in strip(app)  # no root cause yet


async def test_tab_asks_the_question_above(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "j", "j", "tab")
        assert "pool used up" in str(app.screen.query_one(".question", Static).content)
        await press(pilot, "escape", "k", "tab")
        assert grown.title in str(app.screen.query_one(".question", Static).content)


async def test_an_answer_that_was_left_is_offered_again(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "j", "enter", *"half", "escape")
        assert shape(desk, grown) == GROWN
        await press(pilot, "enter")
        await typed(pilot, " done")
        assert shape(desk, grown)[3] == ("1.3", "half done")
        await press(pilot, "k", "k", "k", "enter", "enter")
        assert len(shape(desk, grown)) == 5  # an empty line adds nothing


MOVES = [
    (["j", "j", "j", "K"], ["pool used up", "retries", "slow query", "no alert"], "1.1"),
    (["j", "j", "J"], ["pool used up", "retries", "slow query", "no alert"], "1.2"),
    (["j", "j", "shift+down"], ["pool used up", "retries", "slow query", "no alert"], "1.2"),
    (["G", "shift+up"], ["no alert", "pool used up", "slow query", "retries"], "1"),
    (["j", "j", "j", "greater_than_sign"], ["pool used up", "slow query", "retries", "no alert"], "1.1.1"),
    (["j", "j", "j", "less_than_sign"], ["pool used up", "slow query", "retries", "no alert"], "2"),
]


@pytest.mark.parametrize(("keys", "order", "label"), MOVES, ids=str)
async def test_moving_keeps_the_cursor_on_the_cause(
    keys: list[str], order: list[str], label: str, app: IncidentApp, desk: Desk, grown: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, *keys)
        assert [answer for _, answer in shape(desk, grown)] == order
        link = screen(app).whys.link
        assert link is not None
        assert link.label == label
        await press(pilot, "z")
        assert shape(desk, grown) == GROWN


@pytest.mark.parametrize("keys", [["j", "K"], ["G", "J"], ["j", "greater_than_sign"], ["j", "less_than_sign"]])
async def test_what_cannot_be_moved_says_why(keys: list[str], app: IncidentApp, desk: Desk, grown: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, *keys)
        assert shape(desk, grown) == GROWN
        assert len(toasts(app)) == 1


@pytest.mark.parametrize("key", ["d", "delete"])
async def test_removing_takes_what_is_below_and_undo_brings_it_back(
    key: str, app: IncidentApp, desk: Desk, grown: Incident
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "j", key)
        assert shape(desk, grown) == [("1", "no alert")]
        assert toasts(app) == ["1 is out of the tree with 2 below it. z brings it back."]
        await press(pilot, "z")
        assert shape(desk, grown) == GROWN


async def test_up_fold_and_unfold(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        here = screen(app).whys
        await press(pilot, "j", "j", "shift+tab")
        assert here.link is not None
        assert here.link.label == "1"
        await press(pilot, "left", "j")
        assert here.link.label == "2"
        await press(pilot, "k", "right", "right")
        assert here.link.label == "1.1"


async def test_an_answer_reads_differently(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "G", "e")
        await typed(pilot, " on replication")
        assert shape(desk, grown)[3] == ("2", "no alert on replication")


async def mark_of(pilot: Pilot[int], app: IncidentApp, desk: Desk, incident: Incident, key: str, digit: str) -> str:
    await press(pilot, key)
    assert isinstance(app.screen, Choose)
    await press(pilot, digit)
    await pilot.pause()
    why = desk.incident(incident.id).whys[0]
    return why.mark if key == "r" else why.category


async def test_every_category_and_mark_and_none_again(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "j")
        found = [await mark_of(pilot, app, desk, grown, "c", digit) for digit in "123456"]
        assert found == ["technical", "process", "human", "organisational", "environment", ""]
        assert [await mark_of(pilot, app, desk, grown, "r", digit) for digit in "1234"] == [
            "root", "contributing", "ruled_out", "",
        ]  # fmt: skip


async def test_evidence_is_picked_from_the_log(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    desk.log_all(grown.id, [Logged(words) for words in ("pool at 100", "deploy was at 2", "pool at 90")])
    ids = {each.text: each.event_id for each in desk.entries(grown.id)}
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "j")
        assert "Nothing from the log backs this" in below(app)
        await press(pilot, "v")
        assert isinstance(app.screen, PickEntries)
        await press(pilot, *"pool", "enter", "down", "enter", "ctrl+s")
        await pilot.pause()
        assert desk.incident(grown.id).whys[0].evidence == (ids["pool at 100"], ids["pool at 90"])
        assert "pool at 100" in below(app)
        assert "Nothing from the log backs this" not in below(app)
        await press(pilot, "v", *"pool at 100", "enter", "ctrl+s")
        await pilot.pause()
        assert desk.incident(grown.id).whys[0].evidence == (ids["pool at 90"],)
        await press(pilot, "v", "enter", "escape")
        assert desk.incident(grown.id).whys[0].evidence == (ids["pool at 90"],)


async def test_a_cause_raises_an_action_item(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "G", "A")
        assert isinstance(app.screen, Form)
        await press(pilot, *"alert", "enter", *"ana", "enter", *"friday", "ctrl+s")
        await pilot.pause()
        (item,) = desk.incident(grown.id).actions
        assert (item.text, item.owner, item.causes) == ("alert", "ana", (desk.incident(grown.id).whys[3].id,))
        assert "1 action item" in below(app)


async def test_the_fishbone_shows_the_same_causes(app: IncidentApp, desk: Desk, grown: Incident) -> None:
    desk.change_why(grown.id, desk.incident(grown.id).whys[3].id, category="process")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, grown, "3")
        drawn = str(screen(app).query_one("#fish", Static).content)
        assert "no alert" in drawn
        assert "Process" in drawn
        assert max(map(len, drawn.splitlines())) <= 78
        await press(pilot, "j", "k")
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert max(map(len, str(screen(app).query_one("#fish", Static).content).splitlines())) > 78


async def test_a_tree_of_forty_levels_stays_usable(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    parent = None
    for n in range(80):
        parent = desk.add_why(incident.id, f"cause {n}", parent if n % 40 else None)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident, "2")
        await press(pilot, "G")
        assert "cause 79" in below(app)
        await press(pilot, "o", "o", "G", "enter")
        await typed(pilot, "the end")
        assert len(desk.incident(incident.id).whys) == 81


async def test_another_terminal_may_remove_what_is_being_answered(
    app: IncidentApp, desk: Desk, grown: Incident
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, grown, "2")
        await press(pilot, "j", "enter", *"words")
        desk.remove_why(grown.id, desk.incident(grown.id).whys[0].id)
        await press(pilot, "enter")
        await pilot.pause()
        assert "not in the chain of causes any more" in str(app.screen.query_one(".hint", Static).content)
        assert shape(desk, grown) == [("1", "no alert")]
