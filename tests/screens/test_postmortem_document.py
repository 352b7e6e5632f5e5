"""The document: saved by itself, nothing typed lost, two texts side by side, and words about the system."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList, Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import SECOND
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import rivals
from incident_console.screens.live import LiveScreen
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.widgets.questions import Read
from tests.builders import clock_of, declare, make_desk
from tests.hostile import CORPUS
from tests.screens.conftest import press
from tests.screens.postmortem import blame, go, lines, screen, strip, toasts

SIZES = [(80, 24), (120, 40)]


async def write(pilot: Pilot[int], text: str) -> None:
    """Into the section under the cursor."""
    editor = screen_of(pilot).editor
    editor.focus()
    await pilot.pause()
    editor.insert(text)
    await pilot.pause()


def screen_of(pilot: Pilot[int]) -> PostmortemScreen:
    found = pilot.app.screen
    assert isinstance(found, PostmortemScreen)
    return found


async def quiet(pilot: Pilot[int], desk: Desk, seconds: int = 3) -> None:
    """Time passes in which nobody types, and the heartbeat comes."""
    clock_of(desk).advance(seconds * SECOND)
    screen_of(pilot).save_when_quiet()
    await pilot.pause()


def texts(desk: Desk, incident: Incident, section: str = "summary") -> list[str]:
    return [each.text for each in desk.section_history(incident.id, section)]


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_typed_is_saved_after_two_quiet_seconds(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter", *"cards")
        await quiet(pilot, desk, 1)
        assert texts(desk, incident) == []
        await quiet(pilot, desk, 1)
        assert texts(desk, incident) == ["cards"]
        await press(pilot, "space")
        await quiet(pilot, desk)
        assert texts(desk, incident) == ["cards"]  # a space at the end is no other text
        await press(pilot, *"fail")
        await quiet(pilot, desk)
        assert texts(desk, incident) == ["cards", "cards fail"]
        assert lines(app, "#sections")[0] == "✓ Summary"


@pytest.mark.parametrize(
    "keys", [["escape"], ["escape", "j"], ["escape", "2"], ["escape", "escape"], ["ctrl+s"], ["tab"]]
)
async def test_leaving_the_editor_saves(keys: list[str], app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter", *"cards", *keys)
        await pilot.pause()
        assert texts(desk, incident) == ["cards"]


async def test_the_strip_counts_down_as_sections_fill(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, incident)
        assert "document·10" in strip(app)
        await press(pilot, "enter", *"cards", "escape")
        assert "document·9" in strip(app)
        await press(pilot, "z")
        assert "document·10" in strip(app)
        assert screen(app).editor.text == ""


async def test_every_section_keeps_its_own_words(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        for _ in range(10):
            await write(pilot, screen(app).section)
            await press(pilot, "escape", "j")
        state = desk.incident(incident.id)
        assert [name for name, text in state.sections if name == text] == [name for name, _ in state.sections]
        assert len(state.sections) == 10


async def test_a_proposal_is_no_text_until_somebody_writes(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    desk.add_why(incident.id, "no index")
    desk.change_why(incident.id, desk.incident(incident.id).whys[0].id, mark="root")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "j", "j")
        assert screen(app).section == "root_cause"
        assert screen(app).editor.text == "no index"
        await quiet(pilot, desk)
        await press(pilot, "enter", *"es", "escape")
        assert texts(desk, incident, "root_cause") == ["no indexes"]  # one writes on where it ends


async def test_what_was_typed_survives_the_end_of_the_terminal(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter", *"half a thought")
        screen(app).keep_drafts()
        again = IncidentApp(make_desk(tmp_path))
        async with again.run_test(size=(80, 24)) as other:
            await go(other, again, incident)
            assert screen(again).editor.text == "half a thought"


async def test_a_draft_from_before_stands_beside_what_others_wrote_since(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    desk.keep_draft(f"section:{incident.id}:summary", "\nfrom dana")
    make_desk(tmp_path, "sam").write_section(incident.id, "summary", "from sam", "")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        assert screen(app).editor.text == "from dana"
        await quiet(pilot, desk)
        state = desk.incident(incident.id)
        assert state.section("summary") == "from sam"
        assert [each.text for each in rivals(state, "summary")] == ["from dana"]


async def test_two_at_once_see_both_and_go_on_with_their_own(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    sam = make_desk(tmp_path, "sam")
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter", *"mine")
        sam.write_section(incident.id, "summary", "from sam", "")
        await quiet(pilot, desk)
        app._poll()
        await pilot.pause()
        assert screen(app).editor.text == "mine"
        beside = screen(app).query_one("#rival")
        assert beside.display
        assert "from sam" in str(screen(app).query_one("#rival-text", Static).content)
        assert lines(app, "#sections")[0] == "‼ Summary"
        await press(pilot, *" too")
        await quiet(pilot, desk)
        state = desk.incident(incident.id)
        assert (state.section("summary"), [each.text for each in state.rivals]) == ("from sam", ["mine too"])
        await press(pilot, "ctrl+s")
        state = desk.incident(incident.id)
        assert (state.section("summary"), state.rivals) == ("mine too", ())
        assert not beside.display
        assert texts(desk, incident) == ["from sam", "mine", "mine too", "mine too"]


async def test_others_never_move_the_cursor_or_take_a_space(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    sam = make_desk(tmp_path, "sam")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter", *"one", "space")
        await quiet(pilot, desk)
        sam.write_section(incident.id, "lessons", "elsewhere", "")
        app._poll()
        await press(pilot, *"two")
        assert screen(app).editor.text == "one two"
        screen(app).save_section()
        (last,) = [each.id for each in desk.incident(incident.id).versions if each.section == "summary"]
        sam.write_section(incident.id, "summary", "one two three", last)
        app._poll()
        await pilot.pause()
        assert screen(app).editor.text == "one two three"
        assert screen(app).editor.cursor_location == (0, 7)


async def test_words_that_cannot_be_saved_stay_and_are_tried_again(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, incident)
        desk.store._db.execute("PRAGMA query_only=ON")
        await press(pilot, "enter", *"precious", "ctrl+s")
        assert any("Not saved" in each for each in toasts(app))
        assert "Saved." not in toasts(app)
        await press(pilot, "escape", "j")
        await press(pilot, "k")
        assert screen(app).editor.text == "precious"
        desk.store._db.execute("PRAGMA query_only=OFF")
        await quiet(pilot, desk, 10)
        assert texts(desk, incident) == ["precious"]


async def test_what_is_refused_is_said_once(
    app: IncidentApp, desk: Desk, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incident_console.domain.postmortem.MAX_ENTRY", 10)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await go(pilot, app, incident)
        await write(pilot, "more than ten")
        for _ in range(4):
            await quiet(pilot, desk)
        assert len([each for each in toasts(app) if "10 fit" in each]) == 1
        assert screen(app).editor.text == "more than ten"


async def test_every_version_can_be_read(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter", *"one", "ctrl+s", *" two", "escape", "H")
        assert isinstance(app.screen, Read)
        shown = "\n".join(str(each.content) for each in app.screen.query(Static))
        assert shown.index("one two") < shown.rindex("one")


async def test_blame_is_asked_about_while_typing_and_rewritten_by_one_key(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await write(pilot, "It was slow.\nThe engineer should have checked the host. It was human error.")
        assert "of 2, ctrl+n next" in blame(app)
        before = blame(app)
        await press(pilot, "ctrl+n")
        assert blame(app) != before
        for _ in range(4):
            await press(pilot, "ctrl+r")
            await press(pilot, "ctrl+n")
        assert "should have" not in screen(app).editor.text or "human error" not in screen(app).editor.text
        assert screen(app).editor.text.startswith("It was slow.\n")
        await press(pilot, "ctrl+z")
        assert blame(app)


async def test_a_rewrite_stands_exactly_where_the_words_stood(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        text = "支払い 👨‍👩‍👧\nsecond line: dana forgot to check the host. After it."
        await write(pilot, text)
        (found,) = [each for each in screen(app)._findings if each.rewrite is not None]
        await press(pilot, "ctrl+r")
        assert screen(app).editor.text == f"{text[: found.start]}{found.rewrite}{text[found.end :]}"
        assert screen(app).editor.text.endswith("After it.")


async def test_plain_words_about_machines_are_not_asked_about(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await write(pilot, "The disk failed. The Kubernetes operator restarted it. Data should have been replicated.")
        assert blame(app) == ""


@pytest.mark.parametrize("size", SIZES)
async def test_a_hundred_thousand_characters_in_one_paste(
    size: tuple[int, int], app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    text = ("The retries filled the pool, and nothing checks the two values together.\n" * 1400)[:100_000]
    async with app.run_test(size=size) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter")
        screen(app).editor.post_message(events.Paste(text))
        await pilot.pause()
        await press(pilot, *"end")
        await quiet(pilot, desk)
        assert texts(desk, incident) == [f"{text}end"]


async def test_hostile_text_is_shown_and_kept_inert(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter")
        screen(app).editor.post_message(events.Paste("\n".join(text for _, text in CORPUS)))
        await pilot.pause()
        await press(pilot, "escape", "H")
        assert isinstance(app.screen, Read)
        await press(pilot, "escape")
        (saved,) = texts(desk, incident)
        assert not {"\x1b", "\x07", "\x00", "\u202e", "\u2066"} & set(saved)
        assert "[@click=app.quit]x[/]" in saved
        assert "支払いが失敗しました" in saved


async def test_a_drill_and_a_closed_incident_are_written_about_too(app: IncidentApp, desk: Desk) -> None:
    from incident_console.domain.decide import Declaration

    drill = desk.declare(Declaration("What if search is down", 2, drill=True))
    desk.change_status(drill.id, "closed")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, drill)
        assert "DRILL" in str(screen(app).query_one("#heading", Static).content)
        await press(pilot, "enter", *"learned", "escape")
        assert texts(desk, drill) == ["learned"]


async def test_escape_goes_back_to_the_list_and_then_to_where_one_came_from(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        await press(pilot, "enter", *"x", "escape")
        assert app.focused is screen(app).query_one("#sections", OptionList)
        await press(pilot, "escape")
        assert isinstance(app.screen, LiveScreen)


async def test_nobody_else_is_shown_ones_draft(app: IncidentApp, desk: Desk, tmp_path: Path) -> None:
    incident = declare(desk)
    make_desk(tmp_path, "sam").keep_draft(f"section:{incident.id}:summary", "\nnot for dana")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot, app, incident)
        assert screen(app).editor.text == ""
