"""Closing the loop: who heard what, who waits for the end, whom to thank, what the playbook learns, the agenda."""

from dataclasses import replace

import pytest

from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.closing import (
    agenda,
    hearers,
    people,
    playbook_proposals,
    thanks,
    waiting_for_the_end,
)
from incident_console.domain.incident import Account, Incident, Sent, Why
from incident_console.domain.vocabulary import Status
from tests.builders import NIGHT
from tests.domain.test_figures import WHOLE

END = NIGHT + 2 * HOUR
OVER = replace(WHOLE, status=Status.RESOLVED, sent=(
    Sent("customers", "update", 1, NIGHT + 10 * MINUTE, None), Sent("internal", "update", 1, NIGHT + 12 * MINUTE, None),
    Sent("internal", "resolution", 2, END + MINUTE, None),
))  # fmt: skip


def names(incident: Incident) -> list[str]:
    return [each.name for each in waiting_for_the_end(incident)]


def test_those_who_were_told_and_do_not_know_the_end_come_first() -> None:
    found = hearers(OVER)
    assert [(each.audience, each.messages, each.knows_end) for each in found] == [
        ("customers", 1, False), ("support", 0, False), ("executives", 0, False), ("internal", 2, True),
    ]  # fmt: skip
    assert (found[3].first_at, found[3].last_at) == (NIGHT + 12 * MINUTE, END + MINUTE)
    assert names(OVER) == ["customers"]


def test_who_asked_for_word_is_in_the_list() -> None:
    asked = replace(OVER, requests=(("regulator", NIGHT),))
    assert "regulator" in [each.name for each in hearers(asked)]


@pytest.mark.parametrize(
    ("at", "kind", "knows"), [(END, "update", True), (END - 1, "update", False), (NIGHT, "resolution", True)]
)
def test_what_tells_the_end(at: int, kind: str, knows: bool) -> None:
    told = replace(OVER, sent=(Sent("customers", kind, 1, at, None),))
    assert next(each for each in hearers(told) if each.audience == "customers").knows_end is knows


def test_while_it_goes_on_there_is_no_end_to_know() -> None:
    running = replace(OVER, status=Status.MONITORING, sent=(Sent("customers", "update", 1, END + HOUR, None),))
    assert names(running) == ["customers"]


def test_key_accounts_wait_whatever_they_were_told() -> None:
    accounts = (Account("Acme"), Account("Globex"), Account("Initech"))
    told = replace(OVER, accounts=accounts, told=(("Acme", END + HOUR), ("globex", NIGHT)))
    assert names(told) == ["customers", "Initech", "Globex"]
    assert {each.audience for each in hearers(told) if each.account} == {"key_accounts"}


def test_people_are_thanked_once_each() -> None:
    held = replace(OVER, roles=(("ic", "dana"), ("tech", "sam"), ("comms", "")))
    assert people(held, ("sam", "ana", "")) == ("dana", "sam", "ana")
    assert "Thank you, dana, sam and ana, for staying" in thanks(held, ("ana",))
    assert "Thank you, ana, for" in thanks(OVER, ("ana",))
    assert thanks(OVER) == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"roles": (("ic", "a"), ("tech", "b"), ("comms", "c"))}, "Nobody was Scribe"),
        ({"detected_by": "customer"}, "Customers noticed first"),
        ({"unknown": ("workaround",)}, "Nobody could answer at once: workaround"),
        ({"escalated_to": ("dba", "dba", "network")}, "Called in: dba, network."),
        ({"mitigated_at": None}, "time to mitigate is not known: nobody said when it was mitigated"),
        ({"whys": (Why("a", "no index", None, (), "", "root"),)}, "get out of: no index"),
    ],
)
def test_the_playbook_learns_from_what_was_missing(change: dict[str, object], says: str) -> None:
    assert any(says in each for each in playbook_proposals(replace(OVER, **change)))  # type: ignore[arg-type]


def test_only_root_causes_go_into_the_playbook() -> None:
    marked = replace(OVER, whys=(Why("a", "tired", None, (), "", "ruled_out"), Why("b", "late", None)))
    assert not any("get out of" in each for each in playbook_proposals(marked))


def test_the_agenda_starts_with_what_happened_and_ends_with_who_waits() -> None:
    found = agenda(replace(OVER, whys=(Why("a", "no index", None),)))
    assert found[0].startswith("What happened")
    assert found[-1].startswith("Who still has to hear")
    assert "How it came about; noted so far: 1" in found
    assert "How it came about" in agenda(OVER)
