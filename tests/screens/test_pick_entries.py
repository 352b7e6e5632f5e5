"""What is offered as evidence and as a key moment: what happened, nothing of the bookkeeping."""

from dataclasses import replace

from textual.pilot import Pilot
from textual.widgets import OptionList

from incident_console.app import IncidentApp
from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import MINUTE
from incident_console.domain.incident import Incident
from incident_console.domain.timeline import Entry
from incident_console.widgets.pick_entries import PickEntries, offered
from tests.builders import NIGHT, declare
from tests.screens.conftest import press
from tests.screens.postmortem import go, reach


def room(desk: Desk) -> Incident:
    """An incident with as much bookkeeping as words."""
    incident = declare(desk)
    desk.log(incident.id, Logged("pool at 100"))
    desk.amend(incident.id, "services", "Search")
    desk.amend(incident.id, "started_at", NIGHT - 5 * MINUTE)
    desk.assume(incident.id, "cost_people", "3")
    desk.assume(incident.id, "cost_people", "33")
    desk.list_account(incident.id, "Acme")
    desk.log(incident.id, Logged("roll back", "decision"))
    desk.assign(incident.id, "ic", "Dana")
    desk.change_severity(incident.id, 2, "half of it works")
    desk.change_status(incident.id, "identified")
    return incident


def kinds(found: tuple[Entry, ...]) -> list[str]:
    return [each.kind for each in found]


def rows(pilot: Pilot[int]) -> list[str]:
    return [str(option.prompt) for option in pilot.app.screen.query_one(OptionList).options]


def test_only_what_happened_is_offered(desk: Desk) -> None:
    entries = desk.entries(room(desk).id)
    assert {"amended", "fact", "account"} < {each.kind for each in entries}
    assert kinds(offered(entries, ())) == ["declared", "note", "decision", "role", "severity", "status"]


def test_what_was_struck_is_no_evidence(desk: Desk) -> None:
    entries = [replace(each, mark="struck") for each in desk.entries(room(desk).id)]
    assert offered(entries, ()) == ()


def test_what_is_chosen_already_can_be_let_go(desk: Desk) -> None:
    entries = desk.entries(room(desk).id)
    odd = next(each for each in entries if each.kind == "amended")
    assert odd in offered(entries, (odd.event_id,))
    assert len(offered(entries, (odd.event_id,))) == len(offered(entries, ())) + 1


async def test_both_pickers_leave_out_the_books(app: IncidentApp, desk: Desk) -> None:
    incident = room(desk)
    desk.add_why(incident.id, "no index", None)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, incident, "5")
        await reach(pilot, app, "#record", "0 chosen from the log")
        await press(pilot, "enter")
        assert isinstance(app.screen, PickEntries)
        moments = rows(pilot)
        await press(pilot, "escape", "2", "j", "v")
        assert isinstance(app.screen, PickEntries)
        assert rows(pilot) == moments
        assert [row.split()[-1] for row in moments[1:3]] == ["100", "back"]
        assert not any(word in " ".join(moments) for word in ("cost", "amended", "fact", "Acme"))


async def test_an_odd_piece_of_evidence_is_kept_until_it_is_let_go(app: IncidentApp, desk: Desk) -> None:
    incident = room(desk)
    odd = next(each.event_id for each in desk.entries(incident.id) if each.kind == "fact")
    why = desk.add_why(incident.id, "no index", None)
    desk.change_why(incident.id, why, evidence=[odd])
    async with app.run_test(size=(120, 40)) as pilot:
        await go(pilot, app, incident, "2")
        await press(pilot, "j", "v", *"pool", "enter", "ctrl+s")
        await pilot.pause()
        assert odd in desk.incident(incident.id).whys[0].evidence
        assert len(desk.incident(incident.id).whys[0].evidence) == 2
        await press(pilot, "v", *"cost", "enter", "ctrl+s")
        await pilot.pause()
        assert odd not in desk.incident(incident.id).whys[0].evidence
