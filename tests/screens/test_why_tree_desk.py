"""The tree of causes with a desk behind it: grown, moved and pruned by keys, backed by rows of the log."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.causes import Link, chain
from incident_console.domain.vocabulary import Refused
from incident_console.widgets.why_tree import WhyTree
from tests.builders import declare, make_desk
from tests.screens.trees import TreeApp, lines, pressed


class DeskApp(TreeApp):
    """The tree as a screen uses it, without questions."""

    def __init__(self, desk: Desk, incident_id: str) -> None:
        super().__init__(())
        self.desk, self.incident_id = desk, incident_id
        self.refused: list[str] = []

    def on_mount(self) -> None:
        super().on_mount()
        self.reload()

    def reload(self) -> None:
        incident = self.desk.incident(self.incident_id)
        advised = {each.why_id for each in self.desk.cause_advice(self.incident_id)}
        self.whys.show(incident.title, chain(incident), advised)

    def on_why_tree_asked(self, event: WhyTree.Asked) -> None:
        try:
            added = self._act(event.what, event.link)
        except Refused as refusal:
            self.refused.append(str(refusal))
            return
        self.reload()
        if added:
            self.whys.select(added)

    def _act(self, what: str, link: Link | None) -> str:
        desk, incident_id = self.desk, self.incident_id
        if what == "add":
            above = link.label if link is not None else "the problem"
            return desk.add_why(incident_id, f"below {above}", link.why.id if link is not None else None)
        assert link is not None
        match what:
            case "beside":
                return desk.add_beside(incident_id, f"beside {link.label}", link.why.id)
            case "remove":
                desk.remove_why(incident_id, link.why.id)
            case _:
                desk.move_why(incident_id, link.why.id, what)
        return ""


def shape(desk: Desk, incident_id: str) -> list[tuple[str, str]]:
    return [(link.label, link.why.answer) for link in chain(desk.incident(incident_id))]


async def test_a_tree_is_grown_moved_and_pruned_by_keys_alone(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    app = DeskApp(desk, incident.id)
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "enter", "enter", "tab")
        assert shape(desk, incident.id) == [("1", "below the problem"), ("1.1", "below 1"), ("1.2", "beside 1.1")]
        await pressed(pilot, "K")
        assert shape(desk, incident.id)[1:] == [("1.1", "beside 1.1"), ("1.2", "below 1")]
        await pressed(pilot, "K")
        assert app.refused[-1].startswith("It is the first answer")
        await pressed(pilot, "shift+down", "greater_than_sign")
        assert shape(desk, incident.id)[1:] == [("1.1", "below 1"), ("1.1.1", "beside 1.1")]
        await pressed(pilot, "less_than_sign", "less_than_sign")
        assert shape(desk, incident.id) == [("1", "below the problem"), ("1.1", "below 1"), ("2", "beside 1.1")]
        await pressed(pilot, "g", "j", "d")
        assert shape(desk, incident.id) == [("1", "beside 1.1")]
        desk.undo(incident.id)
        app.reload()
        await pilot.pause()
        assert [label for label, _ in shape(desk, incident.id)] == ["1", "1.1", "2"]
        assert all("?" in line[77:] for line in lines(app)[1:4])


def test_the_desk_takes_only_evidence_of_this_log(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident, other = declare(desk), declare(desk, "Search down")
    cause = desk.add_why(incident.id, "the retries filled the pool")
    desk.log(incident.id, Logged("pool at 100 of 100", "evidence"))
    (entry,) = [each for each in desk.store.queries.entries(incident.id) if each.kind == "evidence"]
    with pytest.raises(Refused, match="not in the log of this incident"):
        desk.change_why(incident.id, cause, evidence=["gone"])
    with pytest.raises(Refused, match="not in the log of this incident"):
        desk.change_why(other.id, desk.add_why(other.id, "x"), evidence=[entry.event_id])
    with pytest.raises(Refused, match="not in the log of this incident"):
        desk.change_why(incident.id, cause, evidence=[cause])
    (why,) = desk.change_why(incident.id, cause, evidence=[entry.event_id], category="technical", mark="root").whys
    assert (why.evidence, why.category, why.mark) == ((entry.event_id,), "technical", "root")
    assert desk.cause_advice(incident.id) == ()
    desk.strike(incident.id, entry.number, "wrong service")
    assert [each.trap for each in desk.cause_advice(incident.id)] == ["leap"]
    assert desk.change_why(incident.id, cause, evidence=[]).whys[0].evidence == ()
