"""The composer while the world moves on: changes by others, the promise and the clock, checks, and what they cost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.base import Setting
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from incident_console.screens.live import LiveScreen
from tests.builders import clock_of, declare, make_desk
from tests.screens.composing import (
    KNOWN,
    concern,
    copied,
    deadline,
    know,
    line,
    open_composer,
    preview,
    settle,
    status,
    the_sent,
    write,
)
from tests.screens.conftest import Copies, press, until


async def told(pilot: Pilot[int], app: IncidentApp) -> None:
    """What another terminal wrote arrives."""
    app._poll()
    await pilot.pause()


# --- others change the facts


async def test_untouched_fields_follow_and_words_of_mine_stay(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "users_affected", "my words")
        sam = make_desk(tmp_path, "sam", desk.now())
        know(sam, incident, ("impact", "all payments fail"), ("users_affected", "everybody"))
        await told(pilot, app)
        assert screen.fields.values["impact"] == "all payments fail"
        assert screen.fields.values["users_affected"] == "my words"
        assert "What is wrong: all payments fail" in preview(app)
        assert "Changed meanwhile “my words”: Others changed it to: everybody. Your words are kept;" in concern(app)
        assert "1 of 2" in concern(app)
        await press(pilot, "ctrl+r")
        assert screen.fields.values["users_affected"] == "everybody"
        assert concern(app).startswith("! Out of date: the impact reads now: all payments fail.")
        assert "1 of" not in concern(app)


async def test_words_kept_on_purpose_are_asked_about_once(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "users_affected", "my words")
        know(make_desk(tmp_path, "sam", desk.now()), incident, ("users_affected", "everybody"))
        await told(pilot, app)
        await press(pilot, "ctrl+y")
        assert copies.texts == []
        assert "Who is affected: my words" in await copied(pilot, app, copies)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert "Who is affected: my words" in the_sent(desk, incident).text
    assert desk.incident(incident.id).fact("users_affected") == "my words"


CHANGES: dict[str, tuple[Callable[[Desk, str], Incident], str]] = {
    "status": (lambda sam, at: sam.change_status(at, "mitigating"), "the status is mitigating now, it was investigating"),
    "severity": (lambda sam, at: sam.change_severity(at, 2, "one region"), "the severity is SEV2 now, it was SEV1"),
    "impact": (lambda sam, at: sam.state_fact(at, "impact", "slow"), "the impact reads now: slow"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
async def test_what_changes_while_a_draft_is_open_is_shown_and_copying_waits_once(
    what: str, app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path, copies: Copies
) -> None:
    change, words = CHANGES[what]
    know(desk, incident, KNOWN[0])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        assert "Still missing" in concern(app)
        change(make_desk(tmp_path, "sam", desk.now()), incident.id)
        await told(pilot, app)
        assert f"Out of date: {words}. Read the message once more" in concern(app)
        await write(pilot, screen, "users_affected", "everyone")
        await press(pilot, "ctrl+y")
        assert copies.texts == []
        assert words in status(app)
        await copied(pilot, app, copies)
        assert concern(app) == ""


async def test_a_change_between_copying_and_sending_is_said(
    app: IncidentApp, desk: Desk, incident: Incident, tmp_path: Path, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        text = await copied(pilot, app, copies)
        make_desk(tmp_path, "sam", desk.now()).change_status(incident.id, "mitigating")
        await told(pilot, app)
        await press(pilot, "ctrl+s")
        assert desk.sent(incident.id) == ()
        assert "the status is mitigating now" in status(app)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    message = the_sent(desk, incident)
    assert (message.text, message.overruled) == (text, ("stale",))


async def test_words_that_were_changed_after_copying_are_asked_about(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await copied(pilot, app, copies)
        await write(pilot, screen, "please_do", "wait")
        await press(pilot, "ctrl+s")
        assert "These are not the words that were copied" in status(app)
        assert desk.sent(incident.id) == ()
        text = await copied(pilot, app, copies)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).text == text


async def test_what_changed_while_nobody_looked_is_said_on_coming_back(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "my own words")
        await press(pilot, "escape")
        desk.change_status(incident.id, "mitigating")
        know(desk, incident, ("impact", "all payments fail"), ("users_affected", "everybody"))
        screen = await open_composer(pilot, app)
        assert screen.fields.values["impact"] == "my own words"
        assert screen.fields.values["users_affected"] == "everybody"
        assert "Changed meanwhile “my own words”: Others changed it to: all payments fail." in concern(app)
        assert "1 of 2" in concern(app)  # that the impact reads otherwise is not said twice
        await press(pilot, "ctrl+n")
        assert "Out of date: the status is mitigating now" in concern(app)


# --- who was told otherwise


async def test_who_was_told_otherwise_is_named_and_written_to_next(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    desk.mark_sent(desk.compose(incident.id, Wish("executives")), Sending(), Check.FORCED)
    clock_of(desk).advance(2 * MINUTE)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        assert line(app, "#behind") == ""
        await write(pilot, screen, "impact", "cards and wallets")
        assert line(app, "#behind").startswith("Told otherwise before: executives (impact). f7 writes to them next.")
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        screen = await open_composer(pilot, app, "internal")
        await press(pilot, "f7")
        await until(pilot, lambda: screen.wish.audience == "executives")
        await pilot.pause()
        assert "cards and wallets" in preview(app)
        await press(pilot, "f7")
        assert status(app) == "Nobody was told otherwise before."


async def test_one_key_goes_round_to_everybody_who_was_told_otherwise(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    for audience in ("internal", "customers", "executives"):
        desk.mark_sent(desk.compose(incident.id, Wish(audience)), Sending(), Check.FORCED)
    know(desk, incident, ("impact", "cards and wallets"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        for audience in ("customers", "executives", "internal"):
            await press(pilot, "f7")
            await until(pilot, lambda wanted=audience: screen.wish.audience == wanted)  # type: ignore[misc]


# --- the promise and the clock are one


async def test_a_time_in_a_field_that_is_not_the_clock_is_mended_by_one_key(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "please_do", "wait, next update by 14:30")
        assert "Next update “next update by 14:30”: The clock says 03:02." in concern(app)
        await press(pilot, "ctrl+r")
        assert screen.fields.values["please_do"] == "wait, next update by 03:02"
        assert concern(app) == ""
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert deadline(desk, incident) == desk.now() + 15 * MINUTE


async def test_a_time_in_a_field_may_become_the_clock(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "please_do", "wait, next update by 03:17")
        await write(pilot, screen, "next update", "03:17")
        assert concern(app) == ""
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert deadline(desk, incident) == desk.now() + 30 * MINUTE


async def test_a_promise_that_passes_while_the_draft_is_open_is_said(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "next update", "+10m")
        clock_of(desk).advance(11 * MINUTE)
        app._beat()
        await pilot.pause()
        assert "This time has passed" in concern(app)
        await press(pilot, "ctrl+y")
        assert copies.texts == []


# --- the words


async def test_a_rewrite_is_applied_by_one_key(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await press(pilot, "ctrl+r")
        assert status(app) == "There is nothing to rewrite."
        await write(pilot, screen, "impact", "cards are rejected, back by 5 pm")
        assert "Promised fix time “back by 5 pm”" in concern(app)
        assert "ctrl+r writes “no estimate yet”" in concern(app)
        await press(pilot, "ctrl+r")
        assert screen.fields.values["impact"] == "cards are rejected, no estimate yet"
        assert "What is wrong: cards are rejected, no estimate yet" in preview(app)
        assert "Promised" not in concern(app)


async def test_where_there_is_no_ready_wording_that_is_said(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "cards are rejected, John broke it")
        assert "Blames person" in concern(app)
        await press(pilot, "ctrl+r")
        assert status(app) == "There is no ready wording for this one. Change it by hand."


async def test_what_is_new_and_loud_is_shown_at_once(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "we think it might be the database")
        assert "Speculation" in concern(app)
        await write(pilot, screen, "users_affected", "everyone, back by 5 pm")
        assert "Promised fix time" in concern(app)
        await press(pilot, "ctrl+n")
        assert "Speculation" in concern(app)
        await write(pilot, screen, "please_do", "wait")
        assert "Speculation" in concern(app)


async def test_copying_in_spite_of_a_concern_takes_one_more_key_and_is_recorded(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await write(pilot, screen, "impact", "cards are rejected, back by 5 pm")
        await press(pilot, "ctrl+y")
        assert copies.texts == []
        assert status(app) == "! Promised fix time “back by 5 pm”. The same key again goes on."
        await press(pilot, "ctrl+y")
        await settle(pilot, app)
        assert len(copies.texts) == 1
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).overruled == ("promised_fix_time",)


async def test_an_estimate_is_no_matter_of_taste_but_of_the_audience(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "customers")
        await write(pilot, screen, "impact", "cards are rejected, fixed within two hours")
        assert "! Promised fix time" in concern(app) or "‼ Promised fix time" in concern(app)
        await press(pilot, "escape")
        screen = await open_composer(pilot, app, "executives")
        await write(pilot, screen, "impact", "cards are rejected, fixed within two hours with high confidence")
        assert "Promised fix time" not in concern(app)


# --- a company's templates


async def test_a_broken_template_is_named_and_the_rest_works(tmp_path: Path, copies: Copies) -> None:
    pack = tmp_path / "pack"
    (pack / "templates").mkdir(parents=True)
    (pack / "templates" / "initial.toml").write_text('kind = "initial"\nversion = 1\n')
    (pack / "templates" / "haiku.toml").write_text("subject = [red]\n")
    plain = make_desk(tmp_path)
    desk = Desk(Setting(plain.store, plain.setting.clock, plain.setting.zone, "dana", content=pack))
    incident = declare(desk)
    app = IncidentApp(desk, incident.id)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_composer(pilot, app)
        assert "Not used: " in line(app, "#trouble")
        assert "templates/haiku.toml" in line(app, "#trouble")
        assert "And 1 more." in line(app, "#trouble")
        await write(pilot, screen, "impact", "cards")
        assert "What is wrong: cards" in await copied(pilot, app, copies)
