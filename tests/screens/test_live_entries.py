"""The timeline on the live screen, key by key: entries marked, found, back-dated and pasted, and reading undisturbed."""

from pathlib import Path

from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE
from incident_console.domain.incident import Incident
from incident_console.widgets.log_input import LogInput
from incident_console.widgets.questions import Read
from incident_console.widgets.timeline import Timeline
from tests.builders import clock_of, make_desk
from tests.screens.conftest import hint, live, press, typed, until


async def test_an_entry_is_pinned_parked_and_gets_evidence(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "cards fail")
        await typed(pilot, "/evidence https://graphs.example/17")
        await press(pilot, "escape", "k", "p", "P", "m")
        assert desk.entry(incident.id, 2).flags == ("pinned", "parked", "evidence")
        await press(pilot, "enter")
        assert isinstance(app.screen, Read)
        shown = "\n".join(str(each.content) for each in app.screen.query(Static))
        assert "https://graphs.example/17" in shown
        await press(pilot, "escape", "z", "z")
        assert desk.entry(incident.id, 2).flags == ("pinned",)
        await press(pilot, "slash", *"pinned", "enter")
        assert live(app).timeline._count == 1


async def test_the_filter_knows_kinds_people_and_words(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for line in ("/decision roll back", "errors rise", "/decision wait"):
            await typed(pilot, line)
        await press(pilot, "escape", "slash", "slash", *"decision", "enter")
        assert live(app).timeline._count == 2
        assert "filter" in hint(app)
        await press(pilot, "slash", "ctrl+u", "at", *"dan", "space", *"rise", "enter")
        assert live(app).timeline._count == 1
        await press(pilot, "slash", "ctrl+u", "enter")
        assert live(app).timeline._count == 4


async def test_digits_jump_back_from_one_key_moment_to_the_one_before(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for line in ("/decision a", "b", "/decision c", "d", "/status identified"):
            await typed(pilot, line)
        await press(pilot, "escape")
        seen = []
        for key in ("1", "1", "1", "2", "3"):
            await press(pilot, key)
            entry = live(app).timeline.entry
            seen.append(entry.text if entry else "")
        assert seen == ["c", "a", "c", "investigating → identified", "investigating → identified"]


async def test_a_long_silence_is_marked_and_can_be_filled(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        clock_of(desk).advance(37 * MINUTE)
        await typed(pilot, "back again")
        await press(pilot, "escape")
        gap = live(app).timeline.silence(1)
        assert gap is not None
        assert gap[1] - gap[0] == 37 * MINUTE
        await press(pilot, "f")
        assert live(app).query_one(LogInput).value == "@02:47 "
        await typed(pilot, "we were on the phone")
        assert desk.entries(incident.id)[1].text == "we were on the phone"


async def test_a_pasted_chat_becomes_one_entry_a_line(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    clock_of(desk).advance(15 * MINUTE)
    async with app.run_test(size=(80, 24)) as pilot:
        live(app).line.take_paste("[02:50] sam: 503 again\n[02:55] ana: /decision roll back\nand then wait")
        await pilot.pause()
        assert "looks like a chat: ctrl+l" in hint(app)
        await press(pilot, "ctrl+l")
    rows = [(f"{desk.zone.show(row.occurred_at):%H:%M}", row.kind, row.text) for row in desk.entries(incident.id)[1:]]
    assert rows == [
        ("02:50", "note", "sam: 503 again"),
        ("02:55", "decision", "ana: roll back"),
        ("02:55", "note", "and then wait"),
    ]


async def test_a_time_before_the_start_is_asked_about(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "@02:30 first complaint")
        assert "02:30 is before it began (02:47). Meant so?" in hint(app)
        await typed(pilot, "/began 02:30")
        assert desk.incident(incident.id).started_at == desk.now() - 17 * MINUTE
        await typed(pilot, "@02:35 second complaint")
        assert "before it began" not in hint(app)


async def test_what_others_write_moves_neither_the_reader_nor_the_half_typed_line(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    other = make_desk(tmp_path, "ben")
    async with app.run_test(size=(80, 24)) as pilot:
        for n in range(30):
            await typed(pilot, f"line {n}")
        await press(pilot, "escape", "g", "j", "j", "i", *"half")
        timeline = live(app).timeline
        before = (timeline.cursor, timeline.scroll_offset.y)
        other.carry_out(incident.id, "news from ben")
        await until(pilot, lambda: timeline.unseen == 1)
        assert (timeline.cursor, timeline.scroll_offset.y) == before
        assert live(app).line.value == "half"


async def test_both_times_can_be_seen(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await typed(pilot, "-30m seen first")
        await press(pilot, "escape", "l")
        timeline = live(app).query_one(Timeline)
        assert "02:17 logged 02:47" in timeline.render_line(0).text
