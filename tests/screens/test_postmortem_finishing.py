"""Finishing the postmortem on its screen: what is open is named first and asked about once; what is known afterwards."""

import re
from pathlib import Path

import pytest
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import DAY, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import SECTIONS
from incident_console.domain.sending import Sending
from incident_console.screens.postmortem.place import PANES
from incident_console.widgets.loose_ends import LooseEnds
from incident_console.widgets.questions import AskLine, Choose, Read
from incident_console.widgets.rows import Rows
from tests.builders import clock_of
from tests.screens.conftest import Copies, press, typed, until
from tests.screens.postmortem import below, go, screen, toasts
from tests.screens.test_postmortem_rest import over

__all__ = ["over"]


def heading(app: IncidentApp) -> str:
    return str(screen(app).query_one("#heading", Static).content)


def hint(app: IncidentApp) -> str:
    return str(screen(app).query_one("#hint", Static).content)


def shown(app: IncidentApp) -> str:
    """What the question about loose ends says."""
    assert isinstance(app.screen, LooseEnds)
    words = "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())
    return re.sub(r"[ █\n]+", " ", words)


@pytest.fixture
def whole(desk: Desk, over: Incident) -> Incident:
    """Nothing is left to ask about."""
    for name in SECTIONS:
        desk.write_section(over.id, name, f"about {name}")
    for name in ("detected_at", "acknowledged_at", "mitigated_at"):
        desk.amend(over.id, name, desk.incident(over.id).began_at + MINUTE)
    desk.change_status(over.id, "investigating")
    desk.change_status(over.id, "resolved")
    for name in ("mitigated_at", "resolved_at"):
        desk.amend(over.id, name, desk.incident(over.id).began_at + 3 * MINUTE)
    for audience in ("internal", "support", "customers", "executives"):
        draft = desk.compose(over.id, Wish(audience))
        desk.mark_sent(draft, Sending(desk.now()), Check.FORCED)
    desk.add_item(over.id, Wanted("add the index", owner="ana", due="+9d"))
    assert [each.words for each in desk.loose_ends(over.id) if each.part != "record"] == []
    return over


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_open_is_named_and_asked_about_once(
    size: tuple[int, int], app: IncidentApp, desk: Desk, over: Incident
) -> None:
    desk.add_item(over.id, Wanted("add the index"))
    desk.add_item(over.id, Wanted("an idea", candidate=True))
    desk.add_item(over.id, Wanted("late", owner="ana", due="2026-11-01"), Check.FORCED)
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, over, "7")
        await press(pilot, "f")
        words = shown(app)
        for each in ("1 document Nobody has written: Summary, ", "4 actions 1 action item has no owner.",
                     "4 actions 1 action item is overdue.", "4 actions 1 idea waits for a decision", "5 record ",
                     "7 loop No message is recorded to: customers", "f finishes anyway"):  # fmt: skip
            assert each in words
        assert desk.incident(over.id).reviewed_at is None
        await press(pilot, "f")
        assert desk.incident(over.id).reviewed_at == desk.now()
        assert screen(app).pane == "loop"


@pytest.mark.parametrize(("keys", "pane"), [(["4"], "actions"), (["2"], "causes"), (["j", "enter"], "actions"),
                                            (["escape"], "document"), (["enter"], "document")])  # fmt: skip
async def test_the_question_leads_to_where_it_is_mended(
    keys: list[str], pane: str, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    desk.add_item(over.id, Wanted("add the index"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        await press(pilot, "f", *keys)
        assert screen(app).pane == pane
        assert desk.incident(over.id).reviewed_at is None


async def test_finishing_without_items_needs_a_reason(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.add_item(over.id, Wanted("an idea", candidate=True))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over, "7")
        await press(pilot, "f", "f")
        assert isinstance(app.screen, AskLine)
        await press(pilot, "enter")
        assert isinstance(app.screen, AskLine)
        await press(pilot, "escape")
        assert desk.incident(over.id).reviewed_at is None
        await press(pilot, "f", "f")
        await typed(pilot, "the provider fixed it")
        assert desk.incident(over.id).reviewed_at == desk.now()
        assert "✓ finished Sat 21 Nov" in heading(app)
        await press(pilot, "f")
        assert any("finished already" in each for each in toasts(app))
        await press(pilot, "z")
        assert desk.incident(over.id).reviewed_at is None
        assert "finished" not in heading(app)


async def test_where_nothing_is_open_nothing_is_asked(
    app: IncidentApp, desk: Desk, whole: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "oddities", lambda *_: ())  # the night of this test has a gap that nobody can fill
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, whole)
        await press(pilot, "f")
        assert desk.incident(whole.id).reviewed_at == desk.now()


async def test_what_is_changed_after_it_was_finished_is_said(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.finish_review(over.id, "nothing to do")
    clock_of(desk).advance(2 * DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        assert heading(app).endswith("✓ finished Sat 21 Nov")
        await press(pilot, "enter", *"still", "escape")
        assert desk.incident(over.id).section("summary") == "still"
        assert heading(app).endswith("✓ finished Sat 21 Nov, changed since")


async def test_a_line_that_is_logged_later_is_a_change(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.finish_review(over.id, "nothing to do")
    clock_of(desk).advance(2 * DAY)
    desk.carry_out(over.id, "the disk was replaced")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        assert heading(app).endswith("✓ finished Sat 21 Nov, changed since")


async def test_what_was_reopened_can_be_finished_again(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.finish_review(over.id, "nothing to do")
    desk.change_status(over.id, "investigating")
    clock_of(desk).advance(2 * DAY)
    desk.change_status(over.id, "resolved")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        assert "finished" not in heading(app)
        await press(pilot, "f")
        await until(pilot, lambda: isinstance(app.screen, LooseEnds))


async def test_a_long_title_leaves_room_for_the_end(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.amend(over.id, "title", "a very long title " * 8)
    desk.finish_review(over.id, "nothing to do")
    desk.write_section(over.id, "summary", "later")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        assert "changed since" in heading(app)
        assert len(heading(app)) <= 78


@pytest.mark.parametrize("status", ["investigating", "identified", "mitigating", "monitoring"])
async def test_while_it_goes_on_it_cannot_be_finished_but_written(
    status: str, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    desk.change_status(over.id, status)
    desk.add_item(over.id, Wanted("add the index", owner="ana", due="+9d"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over)
        await press(pilot, "f")
        (toast,) = toasts(app)
        assert toast.startswith(f"INC-1 is {status}, and recovery comes first.")
        assert "resolve it (R " in toast
        assert screen(app).is_current
        assert desk.incident(over.id).reviewed_at is None
        await press(pilot, "enter", *"meanwhile", "escape")
        assert desk.incident(over.id).section("summary") == "meanwhile"


async def test_the_list_of_what_is_open_stops_at_both_ends(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.add_item(over.id, Wanted("add the index"))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over, "7")
        await press(pilot, "f")
        ends = app.screen.query_one(Rows)
        assert (ends.highlighted, ends.has_focus) == (0, True)
        await press(pilot, "k")
        assert ends.highlighted == 0
        await press(pilot, *"j" * ends.option_count)
        assert ends.highlighted == ends.option_count - 1
        await press(pilot, "up", "down", "down")
        assert ends.highlighted == ends.option_count - 1


async def test_finishing_while_nothing_can_be_saved(app: IncidentApp, desk: Desk, over: Incident) -> None:
    desk.add_item(over.id, Wanted("add the index", owner="ana", due="+9d"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over)
        desk.store._db.execute("PRAGMA query_only=ON")
        await press(pilot, "f", "f")
        assert app.is_running
        assert len(toasts(app)) == 1
        assert desk.incident(over.id).reviewed_at is None


# --- keys while a text is edited


async def test_the_whole_document_has_keys_while_a_text_is_edited(
    app: IncidentApp, desk: Desk, over: Incident, copies: Copies
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        assert " w " in hint(app)
        await press(pilot, "enter")
        assert "f2" in hint(app)
        assert " w " not in hint(app)
        await press(pilot, *"wyf")
        assert screen(app).editor.text == "wyf"
        await press(pilot, "f3")
        await until(pilot, lambda: bool(copies.texts))
        assert "wyf" in copies.texts[0]  # what was typed last is in it
        await press(pilot, *"z", "f2")
        assert isinstance(app.screen, Choose)
        await press(pilot, "1", "enter")
        await until(pilot, Path("INC-1-postmortem.md").exists)
        assert "wyfz" in Path("INC-1-postmortem.md").read_text()
        assert app.focused is screen(app).editor
        await press(pilot, "f4")
        assert isinstance(app.screen, LooseEnds)
        await press(pilot, "escape", "escape")
        assert " w " in hint(app)


@pytest.mark.parametrize(("editing", "key"), [(False, "w"), (True, "f2")])
async def test_footer_and_list_of_keys_name_the_one_that_works(
    editing: bool, key: str, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, over)
        await press(pilot, *(["enter"] if editing else []))
        active = app.screen.active_bindings
        shown_keys = [each.binding.key for each in active.values() if each.binding.id == "postmortem.write"]
        assert shown_keys[0] == key
        assert ("z" in active) is not editing
        await press(pilot, "f1")
        assert isinstance(app.screen, Read)
        words = "\n".join(str(each.content) for each in app.screen.query(Static))
        assert f"\n{key:<12}Write the document to a file" in f"\n{words}"


# --- files


@pytest.mark.parametrize(
    ("digit", "name", "says"),
    [
        ("1", "x.html", ".md"),
        ("2", "x.md", ".html"),
        ("3", "x.csv", ".json"),
        ("4", "x.md", ".txt"),
        ("5", "x.pdf", ".md"),
    ],
)
async def test_a_name_that_promises_another_form_is_refused(
    digit: str, name: str, says: str, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    Path(name).write_text("mine")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over)
        await press(pilot, "w", digit)
        await press(pilot, "ctrl+u", *name.replace(".", " ").split()[0])
        await pilot.press("full_stop", *name.rpartition(".")[2], "enter")
        await pilot.pause()
        assert f"End the name in {says}." in below(app)
        assert Path(name).read_text() == "mine"
        await press(pilot, "escape", "w", digit)
        assert isinstance(app.screen, AskLine)
        assert app.screen.typed == name


@pytest.mark.parametrize("digit", ["1", "2", "3", "4", "5", "m"])
@pytest.mark.parametrize(
    "place", ["gone/x", "/proc/x", "~nobody-at-all/x", "n" * 300], ids=["gone", "proc", "~", "long"]
)
async def test_a_place_that_cannot_be_written_is_said_for_every_form(
    digit: str, place: str, app: IncidentApp, desk: Desk, over: Incident
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over, "7")
        if digit == "m":
            await press(pilot, "m")
            await typed(pilot, "2026-12-01T14:00")
        else:
            await press(pilot, "w", digit)
        question = app.screen
        assert isinstance(question, AskLine)
        question.query_one("Input").value = place  # type: ignore[attr-defined]
        await press(pilot, "enter")
        if place[0] in "n/":  # only writing itself shows that a name is too long, or a folder takes no files
            assert len(toasts(app)) == 1
        else:
            assert app.screen is question
            assert f"{place[:5]}" in below(app)
            await press(pilot, "escape")
        assert screen(app).is_current
        assert list(Path().iterdir()) == []


async def test_confirmations_go_soon_and_refusals_stay(app: IncidentApp, desk: Desk, over: Incident) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, over)
        await press(pilot, "ctrl+s")
        desk.finish_review(over.id, "nothing to do")
        await press(pilot, "f")
        found = {each.severity: each.timeout for each in app._notifications}
        assert found == {"information": 3, "warning": 8}


def test_every_part_of_the_document_is_a_pane(desk: Desk, over: Incident) -> None:
    desk.add_item(over.id, Wanted("add the index"))
    assert {each.part for each in desk.loose_ends(over.id)} <= set(PANES)
