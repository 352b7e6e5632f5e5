"""The action items of all incidents, key by key, at both sizes."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from incident_console.app import IncidentApp
from incident_console.clipboard import CopyResult, CopyState
from incident_console.desk import Desk
from incident_console.domain.actions import Item, Wanted
from incident_console.domain.clock import DAY
from incident_console.domain.decide import Declaration
from incident_console.screens.actions import ActionsScreen
from incident_console.screens.board import BoardScreen
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.widgets.action_list import ActionList
from incident_console.widgets.form import Form
from incident_console.widgets.plain_view import PlainView
from incident_console.widgets.questions import AskLine, Choose, Read
from tests.builders import clock_of, make_desk
from tests.hostile import CORPUS
from tests.screens.conftest import Copies, press, until
from tests.screens.test_bindings import TAKEN, own_bindings

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def told(desk: Desk) -> Desk:
    """Overdue, due, without a date, an idea, done; in two incidents."""
    first = desk.declare(Declaration("Checkout failing", 1))
    why = desk.add_why(first.id, "no index on orders")
    desk.add_item(first.id, Wanted("stop releases", "prevent", "Sam", "+2d", "https://t/1", (why,)))
    desk.add_item(first.id, Wanted("second provider", owner="Ana", due="2027-03-01", product=True))
    desk.add_item(first.id, Wanted("rewrite it", candidate=True))
    other = desk.declare(Declaration("Search slow", 3))
    desk.add_item(other.id, Wanted("runbook", "respond"))
    finished = desk.add_item(other.id, Wanted("alert", "detect", "Sam", "+9d"))
    desk.move_action(other.id, finished.what.id, "done")
    clock_of(desk).advance(5 * DAY)
    return desk


def screen(app: IncidentApp) -> ActionsScreen:
    assert isinstance(app.screen, ActionsScreen)
    return app.screen


def lines(app: IncidentApp) -> list[str]:
    return [str(option.prompt).rstrip() for option in screen(app).query_one(ActionList).options]


def said(app: IncidentApp, selector: str) -> str:
    return str(screen(app).query_one(selector, Static).content)


def under_cursor(app: IncidentApp) -> str:
    item = screen(app).item
    return item.id if item is not None else ""


def by_id(desk: Desk) -> dict[str, Item]:
    return {item.id: item for item in desk.items()}


async def arrive(app: IncidentApp, pilot: Pilot[int]) -> None:
    await pilot.pause()
    await press(pilot, "a")
    await until(pilot, lambda: isinstance(app.screen, ActionsScreen) and app.screen.is_mounted)
    await pilot.pause()


async def form(app: IncidentApp, pilot: Pilot[int], key: str) -> Form:
    await press(pilot, key)
    await until(pilot, lambda: isinstance(app.screen, Form) and bool(app.screen.query(Input)))
    await pilot.pause()
    assert isinstance(app.screen, Form)
    return app.screen


def hint(form_: Form) -> str:
    return str(form_.query_one(".hint", Static).content)


def test_every_key_has_id_name_and_words_and_does_something() -> None:
    keys = own_bindings(ActionsScreen)
    assert len({each.id for each in keys}) == len(keys)
    for each in keys:
        assert each.id
        assert each.description
        assert each.tooltip
        assert not TAKEN & set(each.key.split(","))
        assert callable(getattr(ActionsScreen, f"action_{each.action.split('(')[0]}"))


@pytest.mark.parametrize("size", SIZES)
async def test_what_needs_somebody_stands_first_and_stands_out(
    told: Desk, app: IncidentApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await arrive(app, pilot)
        shown = lines(app)
        assert [line for line in shown if "INC-" not in line] == [
            "overdue  1", "due  1", "no date yet  1", "ideas that nobody has committed to  1", "done  1",
        ]  # fmt: skip
        assert shown[1].startswith("‼ OVERDUE 3 d     INC-1/1    Sam          stop releases")
        assert "INC-1/2    Ana          second provider  · product" in shown[3]
        assert shown[5].startswith("? no date         INC-2/1    ? nobody     runbook")
        assert shown[9].startswith("✓ Sat 21 Nov      INC-2/2    Sam          alert")
        assert all(len(line) <= size[0] for line in shown)
        assert "‼ 1 overdue   ? 1 without owner or date" in said(app, "#heading")
        assert "1 of 4 done (25 %) · 1 of 2 on time (50 %)" in said(app, "#heading")
        assert "stop releases" in said(app, "#detail")
        assert "https://t/1  about: no index on orders" in said(app, "#detail")
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Read)
        text = "\n".join(str(each.content) for each in app.screen.query(Static))
        for words in ("Copy a reminder", "It will not be done: asks for the reason", "Group by age"):
            assert words in text


async def test_groups(told: Desk, app: IncidentApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await arrive(app, pilot)

        def headings() -> list[str]:
            return [line for line in lines(app) if "INC-" not in line or line.startswith("INC")]

        rest = ["ideas that nobody has committed to  1", "done  1"]
        await press(pilot, "2")
        assert headings() == ["nobody owns these yet  1", "Ana  1", "Sam  1", *rest]
        await press(pilot, "g")
        assert headings() == ["added this week  3", *rest]
        clock_of(told).advance(40 * DAY)
        await press(pilot, "2", "3")
        assert headings() == ["30 to 90 days old  3", *rest]
        await press(pilot, "4")
        assert headings() == ["INC-1 Checkout failing  2", "INC-2 Search slow  1", *rest]
        await press(pilot, "f")
        assert headings() == ["INC-1 Checkout failing  2", "INC-2 Search slow  1", rest[0]]
        assert "by incident, only open" in said(app, "#heading")
        await press(pilot, "f", "1")
        assert len(lines(app)) == 10


async def test_the_life_of_an_item(told: Desk, app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        await press(pilot, "s")
        assert by_id(told)["INC-1/1"].what.state == "in_progress"
        assert "in progress" in said(app, "#detail")
        await press(pilot, "space")
        assert by_id(told)["INC-1/1"].what.state == "done"
        assert under_cursor(app) == "INC-1/1"
        await press(pilot, "d")
        assert by_id(told)["INC-1/1"].what.state == "open"
        await press(pilot, "x")
        await press(pilot, "enter")
        assert by_id(told)["INC-1/1"].what.state == "open"
        await press(pilot, *"gone", "enter")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        assert by_id(told)["INC-1/1"].what.state == "dropped"
        assert "because: gone" in said(app, "#detail")
        await press(pilot, "z")
        assert by_id(told)["INC-1/1"].what.state == "open"
        await press(pilot, "p")
        await until(pilot, lambda: isinstance(app.screen, PostmortemScreen))
        await press(pilot, "escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))


async def test_editing_changes_only_what_was_changed_and_keeps_drafts(told: Desk, app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        first = await form(app, pilot, "e")
        first.query_one("#text", Input).value = "stop all releases"
        first.query_one("#owner", Input).value = ""
        await press(pilot, "escape")
        assert by_id(told)["INC-1/1"].what.text == "stop releases"
        again = await form(app, pilot, "enter")
        assert again.query_one("#text", Input).value == "stop all releases"
        told.change_item(by_id(told)["INC-1/1"].incident_id, by_id(told)["INC-1/1"].what.id, Wanted(link="https://t/2"))
        again.query_one("#product", Input).value = "perhaps"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Form) and "yes or no" in hint(app.screen))
        app.screen.query_one("#product", Input).value = "yes"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        what = by_id(told)["INC-1/1"].what
        assert (what.text, what.owner, what.link, what.product) == ("stop all releases", "", "https://t/2", True)
        assert len(what.causes) == 1
        assert (await form(app, pilot, "e")).query_one("#owner", Input).value == ""


async def test_a_day_that_has_passed_is_asked_about_once(told: Desk, app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        box = (await form(app, pilot, "t")).query_one("#due", Input)
        box.value = "03/04"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Form) and "where one lives" in hint(app.screen))
        app.screen.query_one("#due", Input).value = "1 nov 2026"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Form) and "Save again if it is right" in hint(app.screen))
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        assert by_id(told)["INC-1/1"].what.due == "2026-11-01"
        box = (await form(app, pilot, "o")).query_one("#owner", Input)
        box.value = "Zoe"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        assert by_id(told)["INC-1/1"].what.owner == "Zoe"


async def test_an_idea_needs_an_owner_and_a_date_to_become_a_commitment(told: Desk, app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        await press(pilot, "j", "j", "j")
        assert "idea, not a commitment" in said(app, "#detail")
        await press(pilot, "d")
        assert by_id(told)["INC-1/3"].what.state == "open"
        box = (await form(app, pilot, "c")).query_one("#owner", Input)
        box.value = "Ana"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, Form) and "still needs a date" in hint(app.screen))
        app.screen.query_one("#due", Input).value = "in 2 weeks"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        what = by_id(told)["INC-1/3"].what
        assert (what.candidate, what.owner, what.due) == (False, "Ana", "2026-12-10")
        await press(pilot, "c")
        assert isinstance(app.screen, ActionsScreen)


async def test_a_new_item_for_an_incident_that_is_chosen(told: Desk, app: IncidentApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        await press(pilot, "n")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        new = await form(app, pilot, "1")
        new.query_one("#text", Input).value = "write it down"
        new.query_one("#idea", Input).value = "yes"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        what = by_id(told)["INC-2/3"].what
        assert (what.text, what.candidate, what.action_kind) == ("write it down", True, "prevent")


async def test_a_reminder_for_the_owner_is_copied_or_shown(told: Desk, app: IncidentApp, copies: Copies) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        await press(pilot, "y")
        await until(pilot, lambda: len(copies.texts) == 1)
        assert copies.texts[0] == told.chase("Sam")
        copies.answer = CopyResult(CopyState.FAILED, "", "Nothing here can copy.")
        await press(pilot, "j", "j", "y")
        await until(pilot, lambda: isinstance(app.screen, PlainView))
        assert copies.texts[1].startswith("Hi all")


async def test_dates_go_to_a_calendar_and_nothing_is_overwritten_unasked(
    told: Desk, app: IncidentApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "action-items.ics"
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        await press(pilot, "w")
        await press(pilot, "enter")
        await until(pilot, file.exists)
        assert file.read_bytes().count(b"BEGIN:VEVENT") == 2
        file.write_text("mine")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        await press(pilot, "w")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        assert str(app.screen.query_one(".question", Static).content) == f"{file} is there already."
        await press(pilot, "1")
        assert file.read_text() == "mine"
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        await press(pilot, "w")
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(app.screen, Choose))
        await press(pilot, "2")
        await until(pilot, lambda: file.read_text() != "mine")


def refusals(app: IncidentApp) -> list[str]:
    """What was said against an answer: below the question, or beside the list."""
    return [
        *(str(each.content) for each in app.screen.query(".hint").results(Static)),
        *(note.message for note in app._notifications),
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("~nobody-at-all/a.ics", "begins with a home folder that is not known here"),
        ("gone/a.ics", "was not written"),
        (f"{'n' * 300}.ics", "was not written"),
        ("items.csv", "End the name in .ics."),
    ],
    ids=["no such home", "no folder", "too long", "another form"],
)
async def test_a_calendar_under_an_impossible_name_is_refused_and_asked_for_again(
    name: str, says: str, told: Desk, app: IncidentApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await arrive(app, pilot)
        await press(pilot, "w")
        app.screen.query_one(Input).value = name
        await press(pilot, "enter")
        await until(pilot, lambda: any(says in words for words in refusals(app)))
        assert list(Path().iterdir()) == []
        if isinstance(app.screen, AskLine):
            await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, ActionsScreen))
        await press(pilot, "w")
        assert app.screen.query_one(Input).value == name


async def test_what_another_terminal_writes_appears(told: Desk, app: IncidentApp, tmp_path: Path) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await arrive(app, pilot)
        other = make_desk(tmp_path, actor="sam", at=told.now())
        item = by_id(other)["INC-1/1"]
        other.move_action(item.incident_id, item.what.id, "done")
        await until(pilot, lambda: "2 of 4 done" in said(app, "#heading"))
        assert under_cursor(app) == "INC-1/1"
        other.store.close()


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_as_text(desk: Desk, app: IncidentApp, size: tuple[int, int]) -> None:
    incident = desk.declare(Declaration("[red]x[/] [@click=app.quit]y[/]", 1))
    for _, text in CORPUS:
        desk.add_item(incident.id, Wanted((text or "x")[:400], owner=text[:80], link=text[:400]))
    async with app.run_test(size=size) as pilot:
        await arrive(app, pilot)
        for key in ("1", "2", "3", "4", *(["j"] * len(CORPUS))):
            await press(pilot, key)
        assert len([line for line in lines(app) if "INC-1/" in line]) == len(CORPUS)
        shown = "\n".join(lines(app)) + said(app, "#detail")
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)
