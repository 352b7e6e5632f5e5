"""Questions and forms: what stands in them is kept while they are open, however the console ends; an answer that is
refused stays in front of whoever typed it."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.incident import Incident
from incident_console.storage.drafts import Drafts
from incident_console.widgets.editor import EditText
from incident_console.widgets.form import Form
from incident_console.widgets.questions import AskLine
from tests.builders import NIGHT, clock_of, make_desk
from tests.screens.conftest import press, typed
from tests.screens.postmortem import below, go, reach, toasts


@pytest.fixture
def over(desk: Desk, incident: Incident) -> Incident:
    """Two lines with fifty minutes between them, then resolved; one cause."""
    desk.log(incident.id, Logged("pool at 100"))
    clock_of(desk).advance(50 * MINUTE)
    desk.log(incident.id, Logged("pool raised"))
    desk.change_status(incident.id, "resolved")
    clock_of(desk).advance(HOUR)
    desk.add_why(incident.id, "no index on orders")
    return incident


QUESTIONS = {
    "form": ("4", "", ("n",)),
    "cause": ("2", "", ("enter",)),
    "reworded": ("2", "", ("j", "e")),
    "gap": ("5", "Nothing was written", ("enter",)),
    "milestone": ("5", "detected   ", ("enter",)),
    "entry": ("5", "pool at 100", ("enter", "2")),
    "cost": ("6", "people who worked", ("enter",)),
    "meeting": ("7", "", ("m",)),
    "file": ("1", "", ("w", "1")),
}


async def asked(pilot: Pilot[int], app: IncidentApp, over: Incident, name: str) -> AskLine | EditText | Form:
    """Go there and open the question."""
    pane, row, keys = QUESTIONS[name]
    await go(pilot, app, over, pane)
    if row:
        await reach(pilot, app, {"5": "#record", "6": "#product"}[pane], row)
    await press(pilot, *keys)
    assert isinstance(app.screen, AskLine | EditText | Form), app.screen
    return app.screen


@pytest.fixture
def marked(desk: Desk, over: Incident) -> Incident:
    entry = next(each for each in desk.entries(over.id) if each.text == "pool at 100")
    desk.mark(over.id, entry.number, "pinned")
    return over


@pytest.mark.parametrize("end", ["quit", "signal", "heartbeat", "escape"])
@pytest.mark.parametrize("name", QUESTIONS)
async def test_what_stands_in_a_question_is_there_again(
    name: str, end: str, app: IncidentApp, desk: Desk, marked: Incident, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        question = await asked(pilot, app, marked, name)
        await pilot.press(*"half")
        if end == "quit":
            await pilot.press("ctrl+q")
        elif end == "signal":
            app._leave_by_signal(143)
        elif end == "escape":
            await press(pilot, "escape")
        else:
            app._beat()  # and then the terminal is killed
        left = question.typed
    desk.store.close()
    again = IncidentApp(make_desk(tmp_path, at=NIGHT + 3 * HOUR), marked.id)
    async with again.run_test(size=(80, 24)) as pilot:
        reopened = await asked(pilot, again, marked, name)
        assert "half" in str(reopened.typed)
        assert reopened.typed == left


async def test_a_draft_is_written_when_it_has_changed_and_gone_once_saved(
    app: IncidentApp, desk: Desk, over: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[str] = []
    write = Drafts.keep

    def counted(drafts: Drafts, key: str, text: str) -> None:
        kept.append(text)
        write(drafts, key, text)

    monkeypatch.setattr(Drafts, "keep", counted)
    async with app.run_test(size=(80, 24)) as pilot:
        await asked(pilot, app, over, "cost")
        await pilot.press("4")
        for _ in range(3):
            app._beat()
        assert kept.count("4") == 1
        await press(pilot, "enter")
        assert not isinstance(app.screen, AskLine)
        assert desk.draft(f"assume:{over.id}:people") == ""
        writes = len(kept)
        app._beat()
        assert len(kept) == writes


REFUSED = {
    "meeting": ("friday", "is not a day and a time"),
    "milestone": ("soon", "is not a time this program understands"),
    "gap": ("@soon called them", "is not a time this program understands"),
    "cost": ("some", "is no number"),
    "file": ("gone/x.md", "there is no folder"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_refused_answer_stays_with_the_reason_below(
    name: str, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    answer, why = REFUSED[name]
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        question = await asked(pilot, app, over, name)
        hint = below(app)
        await pilot.press("ctrl+u")
        await typed(pilot, answer)
        assert app.screen is question
        assert question.typed == answer
        assert why in below(app).replace("\n", " ")
        assert toasts(app) == []
        await press(pilot, *"fn")
        assert app.screen is question
        assert question.typed == f"{answer}fn"
        assert why not in below(app)
        assert below(app).splitlines()[-1] == hint.splitlines()[-1]
        await press(pilot, "escape")
        assert app.screen is not question
        assert desk.incident(over.id).reviewed_at is None
