"""Actions, the product questions, what it cost, the loop, and the ways out of the postmortem."""

import json
import os
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import HOUR
from incident_console.domain.incident import Incident
from incident_console.screens.actions import ActionsScreen
from incident_console.screens.compose import ComposeScreen
from incident_console.widgets.form import Form
from incident_console.widgets.questions import AskLine, Choose
from incident_console.widgets.words import Words
from tests.builders import clock_of, make_desk
from tests.screens.conftest import Copies, named, press, typed, until
from tests.screens.postmortem import below, go, lines, reach, screen, toasts


@pytest.fixture
def over(desk: Desk, incident: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Incident:
    """Resolved after two hours, one root cause; files are written into an empty folder."""
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    desk.amend(incident.id, "started_at", desk.now())
    clock_of(desk).advance(2 * HOUR)
    desk.change_status(incident.id, "resolved")
    why = desk.add_why(incident.id, "no index on orders")
    desk.change_why(incident.id, why, mark="root")
    return incident


async def reply(pilot: Pilot[int], text: str) -> None:
    """Another text than the one that stands in the question."""
    await pilot.press("ctrl+u")
    await typed(pilot, text)


async def filled(pilot: Pilot[int], *cells: str) -> None:
    """The first lines of a form, and save."""
    for cell in cells:
        await pilot.press("ctrl+u", *map(named, cell), "enter")
    await press(pilot, "ctrl+s")
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_promising_changing_and_finishing_an_item(
    size: tuple[int, int], app: IncidentApp, desk: Desk, over: Incident
) -> None:
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, over, "4")
        assert screen(app).query_one("#no-actions").display
        await press(pilot, "n")
        await filled(pilot, "add the index", "ana", "next friday")
        (item,) = desk.incident(over.id).actions
        assert (item.text, item.owner, item.due, item.causes) == ("add the index", "ana", "2026-11-27", ())
        head, line = lines(app, "#items")
        assert head == "due  1"
        assert "add the index" in line
        assert len(line) <= size[0] - 4
        await press(pilot, "s")
        assert desk.incident(over.id).actions[0].state == "in_progress"
        await press(pilot, "d")
        assert desk.incident(over.id).actions[0].state == "done"
        await press(pilot, "d")
        assert desk.incident(over.id).actions[0].state == "open"
        await press(pilot, "enter", *["up"] * 4)  # it opens on the first line that is empty
        await filled(pilot, "add both indexes")
        assert desk.incident(over.id).actions[0].text == "add both indexes"
        await press(pilot, "z")
        assert desk.incident(over.id).actions[0].text == "add the index"
        await press(pilot, "o")
        assert isinstance(app.screen, ActionsScreen)
        await press(pilot, "escape")
        assert screen(app).pane == "actions"


async def test_a_day_that_has_passed_is_asked_about_once(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over, "4")
        await press(pilot, "n")
        await filled(pilot, "add the index", "ana", "2026-11-01")
        assert isinstance(app.screen, Form)
        assert desk.incident(over.id).actions == ()
        await press(pilot, "ctrl+s")
        await pilot.pause()
        assert desk.incident(over.id).actions[0].due == "2026-11-01"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_idea_is_shown_apart_and_committed_to_here(
    size: tuple[int, int], app: IncidentApp, desk: Desk, over: Incident
) -> None:
    desk.add_item(over.id, Wanted("an idea", owner="sam", due="2026-12-01", candidate=True))
    desk.add_item(over.id, Wanted("a promise", owner="sam", due="2026-12-01"))
    async with app.run_test(size=size, notifications=True) as pilot:
        await go(pilot, app, over, "4")
        shown = lines(app, "#items")
        assert [shown[0], shown[2]] == ["due  1", "ideas that nobody has committed to  1"]
        assert "a promise" in shown[1]
        assert "an idea" in shown[3]
        assert "c commit idea · x won't do" in str(screen(app).query_one("#hint", Static).content)
        await reach(pilot, app, "#items", "a promise")
        await press(pilot, "c")
        assert toasts(app) == ["INC-1/2 is a commitment already. enter edits it."]
        await reach(pilot, app, "#items", "an idea")
        await press(pilot, "c", "ctrl+s")
        await pilot.pause()
        assert not desk.incident(over.id).actions[0].candidate
        assert lines(app, "#items")[0] == "due  2"


async def test_what_will_not_be_done_is_given_up_for_a_reason_and_taken_up_again(
    app: IncidentApp, desk: Desk, over: Incident
) -> None:
    desk.add_item(over.id, Wanted("an idea", candidate=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over, "4")
        await press(pilot, "x")
        await typed(pilot, "the provider does it now")
        await pilot.pause()
        (item,) = desk.incident(over.id).actions
        assert (item.state, item.reason, item.candidate) == ("dropped", "the provider does it now", True)
        assert lines(app, "#items")[0] == "will not be done  1"
        await press(pilot, "x")
        assert desk.incident(over.id).actions[0].state == "open"


async def test_the_keys_of_action_items_leave_the_tree_alone(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.add_item(over.id, Wanted("an idea", candidate=True))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over, "2")
        await press(pilot, "j", "c")
        assert isinstance(app.screen, Choose)
        await press(pilot, "escape", "x")
        assert toasts(app) == ["4 shows where action items are given up."]
        await press(pilot, "1", "c")
        assert toasts(app)[-1] == "4 shows where ideas become commitments."


async def test_only_causes_that_count_are_asked_what_they_mean(app: IncidentApp, desk: Desk, over: Incident) -> None:
    out = desk.add_why(over.id, "the disk failed")
    below = desk.add_why(over.id, "disks are never swapped", out)
    desk.change_why(over.id, below, mark="root")
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, over, "6")
        assert any("disks are never" in row for row in lines(app, "#product"))
        desk.change_why(over.id, out, mark="ruled_out")
        await press(pilot, "2", "6")
        assert any("no index on orders" in row for row in lines(app, "#product"))
        assert not any("disks are never" in row for row in lines(app, "#product"))


async def test_what_a_cause_means_becomes_evidence_and_an_item(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, over, "6")
        await press(pilot, "g")
        assert toasts(app) == ["Say first what it means: enter."]
        await press(pilot, "enter")
        await typed(pilot, "a gate for slow queries")
        await press(pilot, "g")
        (why,) = desk.incident(over.id).whys
        assert (why.lens, why.roadmap) == ("a gate for slow queries", True)
        assert "▲ roadmap" in lines(app, "#product")[1]
        await press(pilot, "enter")
        await typed(pilot, ", and a dashboard")
        (why,) = desk.incident(over.id).whys
        assert (why.lens, why.roadmap) == ("a gate for slow queries, and a dashboard", True)
        await press(pilot, "g")
        assert not desk.incident(over.id).whys[0].roadmap
        await press(pilot, "A", "ctrl+s")
        await pilot.pause()
        (item,) = desk.incident(over.id).actions
        assert (item.text, item.product, item.causes) == ("a gate for slow queries, and a dashboard", True, (why.id,))


async def test_without_a_marked_cause_the_pane_says_what_to_do(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident, "6")
        assert "Mark a root or contributing cause first" in lines(app, "#product")[1]
        await press(pilot, "enter", "g")
        assert screen(app).is_current


async def test_what_the_gap_cost_from_what_people_state(
    app: IncidentApp, desk: Desk, over: Incident, copies: Copies
) -> None:
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await go(pilot, app, over, "6")
        assert "nothing is known yet" in next(each for each in lines(app, "#product") if "cost of the gap" in each)
        for words, value in (("revenue in an hour", "12,000"), ("share of", "50 %"), ("currency", "EUR")):
            await reach(pilot, app, "#product", words)
            await press(pilot, "enter")
            await typed(pilot, value)
        assert "12 000 EUR" in next(each for each in lines(app, "#product") if "cost of the gap" in each)
        await reach(pilot, app, "#product", "people who worked")
        await press(pilot, "enter")
        await typed(pilot, "some")
        assert "is no number" in below(app)
        await press(pilot, "escape", "Y")
        assert isinstance(app.screen, Words)
        await press(pilot, "y")
        await until(pilot, lambda: bool(copies.texts))
        assert "12 000" in copies.texts[0]


async def test_who_has_not_heard_the_end_is_written_to(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over, "7")
        assert "told nothing" in lines(app, "#loop")[1]
        assert lines(app, "#loop")[-1] == "Finish the postmortem (f)"
        await reach(pilot, app, "#loop", "executives")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))


async def test_the_report_to_customers_is_written_from_here(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over, "7")
        await reach(pilot, app, "#loop", "report to customers")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen) and app.screen.is_mounted)
        assert isinstance(app.screen, ComposeScreen)
        assert (app.screen.wish.audience, app.screen.wish.kind) == ("customers", "customer_report")


@pytest.mark.parametrize(("key", "says"), [("t", "Thank you, dana"), ("p", "get out of: no index on orders")])
async def test_words_that_are_ready_to_copy(
    key: str, says: str, app: IncidentApp, desk: Desk, over: Incident, copies: Copies
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over, "7")
        await press(pilot, key)
        assert isinstance(app.screen, Words)
        await press(pilot, "y")
        await until(pilot, lambda: bool(copies.texts))
        assert says in copies.texts[0]


async def test_the_review_as_a_calendar_file(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over, "7")
        await press(pilot, "m")
        await reply(pilot, "soon")
        assert "is not a day and a time" in below(app)
        await reply(pilot, "2026-12-01T14:00")
        await press(pilot, "enter")
        await pilot.pause()
        assert "BEGIN:VEVENT" in Path("INC-1-review.ics").read_text()
        await press(pilot, "m")
        await reply(pilot, "2026-12-02T09:00")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))  # it is there already
        await press(pilot, "1")
        await until(pilot, lambda: not isinstance(app.screen, Choose))
        assert "20261201T" in Path("INC-1-review.ics").read_text()


FILES = {
    "1": "INC-1-postmortem.md", "2": "INC-1-postmortem.html", "3": "INC-1-incident.json",
    "4": "INC-1-customer-report.txt", "5": "INC-1-case.md",
}  # fmt: skip


@pytest.mark.parametrize(("digit", "name"), FILES.items())
async def test_every_form_is_written_and_an_existing_file_is_asked_about(
    digit: str, name: str, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        await press(pilot, "w", digit)
        await pilot.pause()
        await press(pilot, "enter")
        await until(pilot, Path(name).exists)
        written = Path(name).read_bytes()
        assert digit != "3" or json.loads(written)["title"] == over.title
        for answer, kept in (("1", b"mine"), ("2", written)):
            Path(name).write_bytes(b"mine")
            await press(pilot, "w", digit)
            await pilot.pause()
            await press(pilot, "enter")
            await pilot.pause()
            assert isinstance(app.screen, Choose)
            await press(pilot, answer)
            await pilot.pause()
            assert Path(name).read_bytes() == kept


@pytest.mark.parametrize("place", ["gone/document.md", "/proc/document.md", "."])
async def test_a_place_that_cannot_be_written_is_said(place: str, app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over)
        await press(pilot, "w", "1")
        await pilot.pause()
        await reply(pilot, place)
        if isinstance(app.screen, AskLine):
            assert "Name " in below(app)
            await press(pilot, "escape")
        else:  # only writing itself shows that a folder takes no files
            assert len(toasts(app)) == 1
        assert os.listdir() == []
        await press(pilot, "w", "1")
        await pilot.pause()
        assert isinstance(app.screen, AskLine)
        assert app.screen.typed == place


async def test_the_document_is_copied(app: IncidentApp, desk: Desk, over: Incident, copies: Copies) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        await press(pilot, "y")
        await until(pilot, lambda: bool(copies.texts))
        assert over.title in copies.texts[0]


async def test_what_another_terminal_does_is_seen(app: IncidentApp, desk: Desk, over: Incident, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over, "4")
        make_desk(tmp_path, "sam").add_item(over.id, Wanted("from sam"))
        app._poll()
        await pilot.pause()
        assert "from sam" in lines(app, "#items")[1]
