"""The composer's ways out that involve others: approval, how and when it was sent, key accounts, corrections."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.base import Setting
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from incident_console.screens import OpenComposer
from incident_console.screens.compose import ComposeScreen
from incident_console.screens.live import LiveScreen
from incident_console.widgets.form import Form
from incident_console.widgets.questions import AskLine, Choose
from incident_console.widgets.read_then_choose import ReadThenChoose
from tests.builders import clock_of, declare, make_desk
from tests.screens.composing import (
    composer,
    concern,
    copied,
    know,
    line,
    open_composer,
    preview,
    status,
    the_sent,
    write,
)
from tests.screens.conftest import Copies, named, press, typed, until

BOTH = pytest.mark.parametrize("size", [(80, 24), (120, 40)])

PACK = """
name = "acme"
version = 1
[[approval]]
audiences = ["internal"]
severities = [1]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A company's folder that wants internal words at SEV1 approved."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "comms.toml").write_text(PACK)
    return folder


def strict_desk(folder: Path, pack: Path, actor: str) -> Desk:
    """A terminal that works with the company's folder."""
    plain = make_desk(folder, actor)
    return Desk(Setting(plain.store, plain.setting.clock, plain.setting.zone, actor, content=pack))


@pytest.fixture
def asking(tmp_path: Path, pack: Path) -> Desk:
    return strict_desk(tmp_path, pack, "dana")


@pytest.fixture
def known(asking: Desk) -> Incident:
    """An incident about which everything is known that the first message needs."""
    declared = declare(asking)
    know(asking, declared)
    return declared


async def answer(pilot: Pilot[int], app: IncidentApp, key: str, reason: str = "") -> None:
    """Open the request and choose; a reason where it is asked for."""
    await press(pilot, "ctrl+o")
    await until(pilot, lambda: isinstance(app.screen, ReadThenChoose))
    assert isinstance(app.screen, ReadThenChoose)
    keys = [option.id for option in app.screen.query_one(OptionList).options]
    await press(pilot, str(keys.index(key) + 1))
    if reason:
        await until(pilot, lambda: isinstance(app.screen, AskLine))
        await typed(pilot, reason)
    await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
    await pilot.pause()


# --- approval


@BOTH
async def test_one_asks_another_approves_at_their_own_desk(
    size: tuple[int, int], asking: Desk, known: Incident, tmp_path: Path, pack: Path
) -> None:
    app = IncidentApp(asking, known.id)
    sam = strict_desk(tmp_path, pack, "sam")
    async with app.run_test(size=size) as pilot:
        await open_composer(pilot, app)
        assert line(app, "#approval") == "Approval: needed before this goes out. ctrl+o asks for it."
        await press(pilot, "ctrl+o")
        assert "asked by dana at 02:47, nobody answered yet" in line(app, "#approval")

        others = IncidentApp(sam, known.id)
        async with others.run_test(size=size) as theirs:
            await open_composer(theirs, others, "internal")
            assert "asked by dana" in line(others, "#approval")
            await answer(theirs, others, "give")
            assert status(others) == "Approved."

        app._poll()
        await pilot.pause()
        assert line(app, "#approval") == "Approved by sam."
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    message = the_sent(asking, known)
    assert (message.approved_by, message.overruled) == ("sam", ())


async def test_the_words_to_be_approved_scroll_and_the_answers_stay_in_view(
    asking: Desk, known: Incident, tmp_path: Path, pack: Path
) -> None:
    know(asking, known, ("impact", "cards are rejected, wallets too, " * 40))
    asking.ask_approval(asking.compose(known.id, Wish("internal")))
    app = IncidentApp(strict_desk(tmp_path, pack, "sam"), known.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app, "internal")
        await press(pilot, "ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, ReadThenChoose))
        options, question = app.screen.query_one(OptionList).region, app.screen.query(Static).first().region
        assert 0 < question.y < options.y
        assert options.bottom < 24
        assert options.height == 2
        pane = app.screen.query_one("VerticalScroll")
        await press(pilot, "space")
        assert pane.scroll_offset.y > 0


async def test_a_returned_message_says_why_and_asks_again(
    asking: Desk, known: Incident, tmp_path: Path, pack: Path
) -> None:
    asking.ask_approval(asking.compose(known.id, Wish("internal")))
    sam = strict_desk(tmp_path, pack, "sam")
    others = IncidentApp(sam, known.id)
    async with others.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, others, "internal")
        await answer(pilot, others, "return", "say who is affected")
        assert status(others) == "Given back."
    app = IncidentApp(asking, known.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        assert "Returned by sam: say who is affected. Change it" in line(app, "#approval")
        await write(pilot, screen, "users_affected", "everyone in Europe")
        assert "ctrl+o asks again" in line(app, "#approval")
        await press(pilot, "ctrl+o")
        assert "nobody answered yet" in line(app, "#approval")


async def test_alone_one_approves_with_a_reason(asking: Desk, known: Incident) -> None:
    app = IncidentApp(asking, known.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "ctrl+o")
        await answer(pilot, app, "give", "nobody else is awake")
        assert line(app, "#approval") == "Approved by dana: nobody else is awake."
        await press(pilot, "ctrl+o")
        assert status(app).startswith("dana approved these words already.")


async def test_an_approval_is_out_of_date_after_a_change(asking: Desk, known: Incident, copies: Copies) -> None:
    app = IncidentApp(asking, known.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app)
        await press(pilot, "ctrl+o")
        await answer(pilot, app, "give", "nobody else is awake")
        await write(pilot, screen, "please_do", "wait")
        assert "the words changed since. ctrl+o asks again." in line(app, "#approval")
        await press(pilot, "ctrl+y")
        assert copies.texts == []
        assert status(app) == "! Nobody has approved this message yet. The same key again goes on."
        await copied(pilot, app, copies)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    message = the_sent(asking, known)
    assert (message.approved_by, message.overruled) == ("", ("approval",))


async def test_what_is_incomplete_is_not_put_before_anybody(asking: Desk) -> None:
    incident = declare(asking)
    app = IncidentApp(asking, incident.id)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "ctrl+o")
        assert any("Still missing" in toast.message for toast in app._notifications)
    assert asking.incident(incident.id).approvals == ()


# --- how and when it was sent


async def fill_form(pilot: Pilot[int], app: IncidentApp, channel: str, when: str) -> None:
    assert isinstance(app.screen, Form)
    assert app.screen.focused is not None
    assert app.screen.focused.id == "when"  # the channel is known
    app.screen.query_one("#channel", Input).value = channel
    await press(pilot, *map(named, when), "ctrl+s")


async def test_sent_through_another_channel_a_while_ago(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    clock_of(desk).advance(10 * MINUTE)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        await write(pilot, screen, "next update", "+30m")
        await press(pilot, "f10")
        await fill_form(pilot, app, "phone", "-5m")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    message = the_sent(desk, incident)
    assert (message.channel, message.at, message.late) == ("phone", desk.now() - 5 * MINUTE, 5 * MINUTE)
    assert message.next_at == desk.now() + 30 * MINUTE
    assert desk.usual_channel(incident.id, "internal") == "phone"


async def test_an_odd_time_is_asked_about_and_taken_when_it_is_meant(
    app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app)
        await press(pilot, "f10")
        await fill_form(pilot, app, "phone", "2026-11-19 02:00")
        await until(pilot, lambda: isinstance(app.screen, Form) and "save once more" in problem(app))
        assert desk.sent(incident.id) == ()
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).channel == "phone"


@pytest.mark.parametrize("way", ["ctrl+s", "f10"])
@pytest.mark.parametrize("meant", [True, False])
async def test_sending_twice_within_a_minute_asks(
    way: str, meant: bool, app: IncidentApp, desk: Desk, incident: Incident
) -> None:
    know(desk, incident)
    desk.mark_sent(desk.compose(incident.id, Wish("internal", "initial")), Sending(channel="email"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_composer(pilot, app, "internal")
        await write(pilot, screen, "progress", "we look")
        await write(pilot, screen, "next_steps", "we look on")
        await press(pilot, way)
        await press(pilot, "ctrl+s")
        if way == "f10":
            await until(pilot, lambda: isinstance(app.screen, Form) and "a minute ago" in problem(app))
            await press(pilot, "ctrl+s" if meant else "escape")
        else:
            await until(pilot, lambda: isinstance(app.screen, Choose))
            await press(pilot, "2" if meant else "1")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen if meant else ComposeScreen))
    assert len(desk.sent(incident.id)) == (2 if meant else 1)


def problem(app: IncidentApp) -> str:
    return "\n".join(str(each.content) for each in app.screen.query(".hint").results(Static))


# --- key accounts and corrections


async def choose_account(pilot: Pilot[int], app: IncidentApp, key: str) -> None:
    await press(pilot, "f4")
    assert isinstance(app.screen, Choose)
    audiences = [option.id for option in app.screen.query_one(OptionList).options]
    await press(pilot, str(audiences.index("key_accounts") + 1))
    await until(pilot, lambda: isinstance(app.screen, Choose) and len(app.screen._choices) == 2)
    await press(pilot, key)


async def test_a_key_account_is_chosen_and_told(app: IncidentApp, desk: Desk, incident: Incident) -> None:
    know(desk, incident)
    desk.list_account(incident.id, "Acme", "Mia", "gold")
    desk.list_account(incident.id, "Zenith", "Ben", "gold")
    async with app.run_test(size=(80, 24)) as pilot:
        await open_composer(pilot, app, "internal")
        await choose_account(pilot, app, "escape")
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
        assert composer(app).wish.audience == "internal"
        for key, name in (("1", "Acme"), ("2", "Zenith")):
            await choose_account(pilot, app, key)
            await until(pilot, lambda: isinstance(app.screen, ComposeScreen))
            await until(pilot, lambda wanted=name: composer(app).wish.account == wanted)  # type: ignore[misc]
            await pilot.pause()
        assert "Zenith" in preview(app)
        for field in composer(app).view().draft.missing:  # type: ignore[union-attr]
            await write(pilot, composer(app), field.name, "we write again soon")
        await press(pilot, "ctrl+s", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert the_sent(desk, incident).account == "Zenith"
    assert [name for name, _ in desk.incident(incident.id).told] == ["Zenith"]


async def test_a_correction_names_what_it_corrects(
    app: IncidentApp, desk: Desk, incident: Incident, copies: Copies
) -> None:
    know(desk, incident)
    desk.mark_sent(desk.compose(incident.id, Wish("internal", "initial")), Sending(channel="email"))
    clock_of(desk).advance(2 * MINUTE)
    know(desk, incident, ("impact", "wallets are rejected, cards work"))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        app.screen.post_message(OpenComposer(incident.id, "internal", corrects=1))
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen) and app.screen.open is not None)
        await pilot.pause()
        assert "Correction to update #1: [SEV1] Checkout payments failing" in preview(app)
        assert "What is wrong: wallets are rejected, cards work" in preview(app)
        assert concern(app) == ""
        assert "This corrects update #1 of" in await copied(pilot, app, copies)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
    assert [message.corrects for message in desk.sent(incident.id)] == [None, 1]


async def test_a_correction_of_nothing_is_refused_and_an_ordinary_message_offered(
    app: IncidentApp, incident: Incident
) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, LiveScreen))
        app.screen.post_message(OpenComposer(incident.id, "internal", corrects=7))
        await until(pilot, lambda: isinstance(app.screen, ComposeScreen) and app.screen.open is not None)
        assert any("got no message #7" in toast.message for toast in app._notifications)
        assert composer(app).wish.corrects is None
