"""The board: what runs, what waits for its postmortem, what is closed; its cursor, its pages, its empty states."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain import events as e
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.incident import Incident
from incident_console.screens.board import FEW, PAGE, BoardScreen
from incident_console.screens.live import LiveScreen
from incident_console.screens.postmortem import PostmortemScreen
from incident_console.widgets.rows import Rows
from tests.builders import clock_of, declare, make_desk
from tests.hostile import CORPUS
from tests.screens.conftest import press, until


def rows(app: IncidentApp) -> list[str]:
    """What stands in the list, one string a row."""
    return [str(option.prompt) for option in app.screen.query_one(Rows).options]


def cursor(app: IncidentApp) -> str:
    option = app.screen.query_one(Rows).highlighted_option
    return str(option.prompt) if option is not None else ""


def lists(app: IncidentApp) -> str:
    return str(app.screen.query_one("#lists", Static).content)


def empty(app: IncidentApp) -> str:
    shown = app.screen.query_one("#empty", Static)
    return str(shown.content) if shown.display else ""


def ended(desk: Desk, title: str, status: str = "closed", severity: int = 2) -> Incident:
    """An incident that was declared an hour ago and is over now."""
    incident = declare(desk, title, severity)
    clock_of(desk).advance(HOUR)
    return desk.change_status(incident.id, status)


def many_closed(desk: Desk, count: int) -> None:
    """So many closed incidents at once, with finished postmortems."""
    now = desk.now()
    with desk.store.writing() as writer:
        for number in range(1, count + 1):
            at = now - (count - number + 2) * HOUR
            bodies = [
                (e.Declared(number, f"number {number}", 3), at), (e.StatusChanged("closed", "investigating"), at + 1),
                (e.Reviewed("nothing to do"), at + 2),
            ]  # fmt: skip
            writer.append(f"stream-{number}", [*bodies], "dana", now)


# --- what is open


async def test_what_runs_stands_first_and_what_waits_below(app: IncidentApp, desk: Desk) -> None:
    ended(desk, "over and closed")
    resolved = ended(desk, "only resolved", "resolved")
    desk.add_item(resolved.id, Wanted("do it", "prevent", "sam", "+3d"))
    finished = ended(desk, "all done")
    desk.finish_review(finished.id, "nothing to do")
    declare(desk, "low", 4)
    declare(desk, "high", 1)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = rows(app)
        assert [words in row for words, row in zip(("high", "low", "", "over"), shown, strict=False)] == [True] * 4
        assert shown[3].startswith("over, not done with  2   w opens the postmortem")
        assert "only resolved" in shown[4]
        assert "postmortem begun, 1 action item open" in shown[4]
        assert "over and closed" in shown[5]
        assert "postmortem not begun" in shown[5]
        assert len(shown) == 6
        assert lists(app).startswith("open 3   closed 2   c: the closed ones")
        assert "high" in cursor(app)


async def test_the_day_after_nothing_needs_to_be_pressed(app: IncidentApp, desk: Desk) -> None:
    incident = ended(desk, "Search slow")
    clock_of(desk).advance(DAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert rows(app)[0].startswith("No incident is in response.")
        assert "Search slow" in cursor(app)
        assert "closed     1 d ago" in cursor(app)
        await press(pilot, "w")
        await until(pilot, lambda: isinstance(app.screen, PostmortemScreen))
        assert isinstance(app.screen, PostmortemScreen)
        assert app.screen.incident_id == incident.id


async def test_whoever_was_not_told_of_the_end_is_named(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    desk.mark_sent(desk.compose(incident.id, Wish("customers", values=(("impact", "cards fail"),))), check=Check.FORCED)
    clock_of(desk).advance(MINUTE)
    desk.change_status(incident.id, "resolved")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "! not told that it is over: customers" in cursor(app)


async def test_a_clock_that_still_runs_after_the_end_is_shown(app: IncidentApp, desk: Desk) -> None:
    incident = declare(desk)
    desk.carry_out(incident.id, "/timer 8m look at the queue")
    desk.change_status(incident.id, "resolved")
    clock_of(desk).advance(9 * MINUTE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "look at the queue ‼ OVERDUE 1:00" in cursor(app)


async def test_what_is_overdue_after_the_end_stands_first_however_old_it_is(app: IncidentApp, desk: Desk) -> None:
    old = declare(desk, "the oldest")
    desk.mark_sent(desk.compose(old.id, Wish("customers", values=(("impact", "cards fail"),))), check=Check.FORCED)
    desk.carry_out(old.id, "/timer 8m look at the queue")
    clock_of(desk).advance(MINUTE)
    desk.change_status(old.id, "resolved")
    for number in range(FEW + 2):
        ended(desk, f"number {number}", "resolved")
    declare(desk, "running", 3)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = rows(app)
        assert "running" in shown[0]
        assert shown[2].startswith(f"over, not done with  {FEW + 3}")
        assert "the oldest" in shown[3]
        assert shown[3].split("\n")[1].strip().startswith("look at the queue ‼ OVERDUE")
        assert "   ! not told" in shown[3]
        assert [f"number {FEW + 1 - place} " in row for place, row in enumerate(shown[4:-1])] == [True] * FEW
        assert shown[-1].strip().startswith("2 more, older")
        await press(pilot, "end", "enter")
        assert "number 0 " in rows(app)[-1]
        assert sum("the oldest" in row for row in rows(app)) == 1
        assert len(rows(app)) == 3 + FEW + 3
        await press(pilot, "c")
        assert "‼ 1 OVERDUE" in lists(app)


async def test_only_few_of_those_that_wait_are_shown_until_more_are_wanted(app: IncidentApp, desk: Desk) -> None:
    for number in range(FEW + 3):
        ended(desk, f"number {number}")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        waiting = [row for row in rows(app) if "number" in row]
        assert len(waiting) == FEW
        assert "3 more, older" in rows(app)[-1]
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, BoardScreen)
        assert "number 2" in cursor(app)
        assert "number 0" in rows(app)[-1]


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 40)])
async def test_every_line_fits_whatever_people_wrote(app: IncidentApp, desk: Desk, size: tuple[int, int]) -> None:
    for place, (_, words) in enumerate(CORPUS):
        title = f"a{words}"[:200]
        incident = desk.declare(Declaration(title, place % 4 + 1, drill=place % 5 == 0))
        desk.carry_out(incident.id, "/timer 8m " + "look at this and that " * 5)
        clock_of(desk).advance(MINUTE)
        if place % 2:
            desk.change_status(incident.id, ("resolved", "closed")[place % 4 // 2])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key, lines in (("", 2), ("c", 1)):
            await press(pilot, *([key] if key else []))
            assert any(" DRILL " in row for row in rows(app))
            for row in rows(app):
                assert len(row.split("\n")) <= lines
                assert all(Content(line).cell_length <= size[0] - 4 for line in row.split("\n")), row


# --- what is closed


async def test_one_key_shows_closed_ones_newest_first_and_the_open_ones_again(app: IncidentApp, desk: Desk) -> None:
    first, second = ended(desk, "first"), ended(desk, "second")
    desk.finish_review(first.id, "nothing to do")
    desk.add_item(second.id, Wanted("do it", "prevent", "sam", "+3d"))
    declare(desk, "running")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert [word in row for word, row in zip(("second", "first"), rows(app), strict=True)] == [True, True]
        assert rows(app)[0].rstrip().endswith("begun, 1 to do")
        assert rows(app)[1].rstrip().endswith("✓ finished")
        assert lists(app).startswith("open 1   closed 2, newest first   c: the open ones")
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, LiveScreen)
        assert app.screen.incident_id == first.id
        await press(pilot, "f10")
        await until(pilot, lambda: isinstance(app.screen, BoardScreen))
        assert "first" in cursor(app)
        await press(pilot, "c")
        assert "running" in cursor(app)
        await press(pilot, "c")
        assert "first" in cursor(app)


async def test_wide_windows_have_room_for_whole_words(app: IncidentApp, desk: Desk) -> None:
    ended(desk, "Search slow")
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "c")
        assert cursor(app).rstrip().endswith("postmortem not begun")


async def test_closed_ones_are_read_page_by_page(app: IncidentApp, desk: Desk) -> None:
    many_closed(desk, 2 * PAGE + 7)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert len(rows(app)) == PAGE + 1
        assert f"{PAGE + 7} more, older" in rows(app)[-1]
        await press(pilot, "end", "enter")
        assert len(rows(app)) == 2 * PAGE + 1
        assert f"number {PAGE + 7} " in cursor(app)
        await press(pilot, "end", "enter")
        assert "number 1 " in rows(app)[-1]
        assert len(rows(app)) == 2 * PAGE + 7
        declare(desk, "meanwhile")
        app.revision += 1
        await pilot.pause()
        assert len(rows(app)) == 2 * PAGE + 7
        assert "number 7 " in cursor(app)


async def test_the_first_frame_reads_only_what_it_shows(
    app: IncidentApp, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    many_closed(desk, 3 * PAGE)
    for number in range(3 * FEW):
        ended(desk, f"waits {number}")
    read, whole = set[str](), desk.incident

    def remembered(incident_id: str) -> Incident:
        read.add(incident_id)
        return whole(incident_id)

    monkeypatch.setattr(desk, "incident", remembered)
    monkeypatch.setattr(desk, "outline", lambda each: pytest.fail("no closed one is shown"))
    monkeypatch.setattr(desk, "summaries", lambda: pytest.fail("nothing needs all of them"))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert len(read) == FEW
        assert lists(app).startswith(f"open 0   closed {3 * PAGE + 3 * FEW}")


async def test_what_is_overdue_is_said_also_above_closed_ones(app: IncidentApp, desk: Desk) -> None:
    ended(desk, "first")
    declare(desk, "running", 1)
    clock_of(desk).advance(3 * HOUR)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "c")
        assert lists(app).startswith("open 1 ‼ ")
        assert "OVERDUE   closed 1" in lists(app)


# --- the cursor


async def test_the_cursor_stays_on_its_incident_when_others_write(app: IncidentApp, desk: Desk, tmp_path: Path) -> None:
    declare(desk, "mine", 3)
    other = make_desk(tmp_path, "sam")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        worse = declare(other, "worse", 1)
        app._poll()
        await pilot.pause()
        assert "worse" in rows(app)[0]
        assert "mine" in cursor(app)
        await press(pilot, "k")
        assert "worse" in cursor(app)
        other.change_status(worse.id, "resolved")
        app._poll()
        await pilot.pause()
        assert "worse" in rows(app)[-1]
        assert "worse" in cursor(app)
        app._poll()
        await press(pilot, "c", "c")
        assert "worse" in cursor(app)


async def test_the_cursor_stops_at_both_ends(app: IncidentApp, desk: Desk) -> None:
    ended(desk, "old")
    declare(desk, "first", 1)
    declare(desk, "second", 2)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("k", "up", "pageup", "home"):
            await press(pilot, key)
            assert "first" in cursor(app)
        await press(pilot, "j")
        assert "second" in cursor(app)
        for key in ("j", "j", "down", "pagedown", "end"):
            await press(pilot, key)
            assert "old" in cursor(app)
        await press(pilot, "k")
        assert "second" in cursor(app)


async def test_paging_never_loses_the_cursor(app: IncidentApp, desk: Desk) -> None:
    for number in range(20):
        ended(desk, f"number {number}")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key in ("pageup", "pagedown", "pagedown", "pagedown", "pageup", "pageup", "pageup", "k"):
            await press(pilot, key)
            assert cursor(app)
        assert "number 19" in cursor(app)


async def test_time_goes_on_in_both_lists(app: IncidentApp, desk: Desk) -> None:
    ended(desk, "old")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for key in ("", "c"):
            await press(pilot, *([key] if key else []))
            before = cursor(app)
            clock_of(desk).advance(5 * MINUTE)
            app.now = desk.now()
            await pilot.pause()
            assert cursor(app) != before
            assert cursor(app).split()[:3] == before.split()[:3]
