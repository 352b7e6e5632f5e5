"""The composer before a message is recorded: what nobody copied, what the incident belies, moving between the
lines, and letters that were typed while others wrote."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.base import Setting
from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from incident_console.domain.when import clock_time
from incident_console.screens import OpenComposer
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.widgets.form import Form
from tests.builders import clock_of, declare, make_desk
from tests.screens.composing import (
    box,
    concern,
    copied,
    know,
    line,
    open_composer,
    preview,
    settle,
    status,
    straight_to,
    the_sent,
    write,
)
from tests.screens.conftest import Copies, press, until

UNCOPIED = "! You have not copied this message here. ctrl+s means that it is out. The same key again goes on."


async def told(pilot: Pilot[int], app: IncidentApp) -> None:
    """What another terminal wrote arrives."""
    app._poll()
    await pilot.pause()


# --- what nobody copied


async def test_what_nobody_copied_is_said_once_and_then_recorded(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "ctrl+s")
        assert status(app) == UNCOPIED
        assert desk.sent(incident.id) == ()
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    message = the_sent(desk, incident)
    assert message.overruled == ()  # a question about the way, not about the words
    assert message.channel == "incident channel"  # nobody copied it as a mail


async def test_a_copy_says_what_is_still_to_be_done(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await copied(pilot, app, copies)
        assert status(app).startswith("Copied, not yet sent: ctrl+s once it is out. f3 copies the subject.")


@pytest.mark.parametrize("way", ["f8", "f9"])
async def test_what_was_taken_out_by_hand_or_by_file_is_not_asked_about(
    way: str, app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, way)
        if way == "f8":
            await press(pilot, "escape")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).channel == "email"


async def test_the_subject_alone_is_no_copy_of_the_message(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "f3")
        await settle(pilot, app)
        await press(pilot, "ctrl+s")
        assert status(app) == UNCOPIED


async def test_whoever_names_channel_and_time_is_not_asked(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "f10")
        await until(pilot, lambda: isinstance(app.screen, Form))
        assert str(app.screen.query_one(".question", Static).content) == "How internal stakeholders #1 went out"
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).channel == "incident channel"


async def test_the_channel_of_the_last_message_stays_the_usual_one(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    desk.mark_sent(desk.compose(incident.id, Wish("internal", "initial")), Sending(channel="phone"))
    clock_of(desk).advance(2 * MINUTE)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        await write(pilot, screen, "progress", "we look")
        await write(pilot, screen, "next_steps", "we look on")
        await copied(pilot, app, copies)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert desk.sent(incident.id)[-1].channel == "phone"


# --- what the incident belies


async def test_an_end_that_has_not_come_is_an_error_that_is_said_before_copying(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await straight_to(pilot, app, OpenComposer(incident.id, "internal", kind="resolution"))
        for field in screen.view().draft.missing:  # type: ignore[union-attr]
            await write(pilot, screen, field.name, "the last release was taken back")
        assert concern(app).startswith("‼ Not over “the status is investigating”: This message says that it is over.")
        await press(pilot, "ctrl+y")
        assert copies.texts == []
        assert "Not over “the status is investigating”" in status(app)
        desk.change_status(incident.id, "resolved")
        screen.watch_revision()
        await pilot.pause()
        assert "Not over" not in concern(app)


async def test_the_words_from_before_the_end_are_asked_about_and_recorded(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    desk.mark_sent(desk.compose(incident.id, Wish("internal")), Sending(), Check.FORCED)
    clock_of(desk).advance(5 * MINUTE)
    desk.change_status(incident.id, "resolved")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        for field in screen.view().draft.missing:  # type: ignore[union-attr]
            await write(pilot, screen, field.name, "it was mended")
        assert "Before the end “cards are rejected”" in concern(app)
        await copied(pilot, app, copies)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert "before_the_end" in desk.sent(incident.id)[-1].overruled


async def test_a_far_promise_is_asked_about_and_recorded(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "next update", "+45m")
        assert concern(app) == ""
        await write(pilot, screen, "next update", "+46m")
        assert "these readers usually hear every 15 min." in concern(app)
        await copied(pilot, app, copies)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).overruled == ("promise",)


# --- the usual time of the next update


async def test_the_usual_time_follows_the_clock_and_the_severity(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    def by_cadence(severity: int) -> str:
        step = dict(desk.policy.level(severity).cadence)["internal"] * SECOND
        return f"{clock_time((desk.now() + step) // MINUTE * MINUTE, desk.zone)} by the cadence"

    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        promise = box(screen, "next update")
        assert promise.placeholder == by_cadence(1) == "03:02 by the cadence"
        clock_of(desk).advance(5 * MINUTE)
        app._beat()
        await pilot.pause()
        assert promise.placeholder == by_cadence(1) == "03:07 by the cadence"
        make_desk(tmp_path, "sam", desk.now()).change_severity(incident.id, 3, "one shop")
        await told(pilot, app)
        assert promise.placeholder == by_cadence(3)
        assert by_cadence(3) != by_cadence(1)


# --- others write while somebody types


async def test_the_change_of_others_comes_first_and_one_key_takes_it(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "my words")
        sam = make_desk(tmp_path, "sam", desk.now())
        sam.change_status(incident.id, "mitigating")
        know(sam, incident, ("impact", "all payments fail"))
        await told(pilot, app)
        assert concern(app).startswith("! Changed meanwhile “my words”: Others changed it to: all payments fail.")
        assert "(1 of 2" in concern(app)
        await press(pilot, "ctrl+r")
        assert screen.fields.values["impact"] == "all payments fail"


async def test_a_letter_that_is_typed_in_that_instant_is_not_lost(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    know(desk, incident)
    sam = make_desk(tmp_path, "sam", desk.now())
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        know(sam, incident, ("impact", "all payments fail"), ("users_affected", "everybody"))
        box(screen, "users_affected").value = "my words"  # the news of it is still on its way
        box(screen, "next update").value = "03:20"
        app._poll()
        await pilot.pause()
        assert screen.fields.values["users_affected"] == "my words"
        assert screen.fields.values["impact"] == "all payments fail"
        assert "Changed meanwhile “my words”" in concern(app)
        assert "Next update: 2026-11-21 03:20 UTC" in preview(app)


async def test_a_rewrite_in_that_instant_loses_no_letter_either(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "cards are rejected, back by 5 pm")
        box(screen, "users_affected").value = "all of Europe"
        screen.action_rewrite()
        await pilot.pause()
        assert screen.fields.values["impact"] == "cards are rejected, no estimate yet"
        assert screen.fields.values["users_affected"] == "all of Europe"


# --- moving about


async def test_up_and_down_move_between_the_lines(app: IncidentApp, incident: Incident) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        names = [*screen.fields.values, "next update"]
        seen = []
        for _ in names:
            assert screen.focused is not None
            seen.append(screen.focused.name)
            await press(pilot, "down")
        assert (seen, screen.focused.name if screen.focused else "") == (names, names[0])
        await press(pilot, "down", "down", "up")
        assert screen.focused is box(screen, names[1])


# --- a broken file of the company


async def test_a_broken_pack_is_named_and_people_can_write(tmp_path: Path, copies: Copies) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "comms.toml").write_text('name = "ours"\nversion = "x"\n')
    plain = make_desk(tmp_path)
    desk = Desk(Setting(plain.store, plain.setting.clock, plain.setting.zone, "dana", content=pack))
    incident = declare(desk)
    know(desk, incident)
    app = IncidentApp(desk, incident.id)
    async with app.run_test(size=(120, 40)) as pilot:
        await open_composer(pilot, app)
        assert line(app, "#trouble").startswith("Not used: ")
        assert "comms.toml" in line(app, "#trouble")
        assert "What is wrong: cards are rejected" in await copied(pilot, app, copies)


async def test_ones_own_words_are_no_news(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path, copies: Copies
) -> None:
    """Copying makes them the facts; only what somebody else makes of them afterwards is told."""
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        await write(pilot, screen, "impact", "half of the cards are rejected")
        await copied(pilot, app, copies)
        assert desk.incident(incident.id).fact("impact") == "half of the cards are rejected"
        await press(pilot, "f10")
        await until(pilot, lambda: isinstance(app.screen, Form))
        await press(pilot, "escape")  # coming back reads the incident again
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
        assert "Out of date" not in concern(app)
        make_desk(tmp_path, "sam", desk.now()).state_fact(incident.id, "impact", "all cards are rejected")
        await told(pilot, app)
        await until(pilot, lambda: "Out of date: the impact reads now: all cards" in concern(app))
