"""Messages remembered after the end: in the record at their own time, and what was odd about them kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.decide import Check
from incident_console.domain.recollection import Recollection
from incident_console.domain.sending import SentTwice
from incident_console.domain.vocabulary import OddTime, Refused
from tests.builders import NIGHT, clock_of, declare

TOLD = Recollection("customers", "Payments fail\n\nWe look into it.", NIGHT + 20 * MINUTE)


@pytest.fixture
def over(desk: Desk) -> str:
    """Resolved after an hour and closed; looked at a day later."""
    incident = declare(desk).id
    clock_of(desk).advance(50 * MINUTE)
    desk.log(incident, Logged("pool raised"))
    clock_of(desk).advance(10 * MINUTE)
    desk.change_status(incident, "resolved")
    desk.change_status(incident, "closed")
    clock_of(desk).advance(DAY)
    return incident


def test_it_stands_where_it_went_out_word_for_word(desk: Desk, over: str) -> None:
    state = desk.record_sent(over, TOLD)
    (message,) = desk.sent(over)
    assert (message.at, message.audience, message.subject, message.text) == (
        NIGHT + 20 * MINUTE, "customers", "Payments fail", "We look into it.",
    )  # fmt: skip
    assert (message.kind, message.number, message.next_at, message.channel) == ("status_page", 1, None, "")
    assert message.late > DAY
    assert (state.status, state.facts) == ("closed", ())
    assert not any("No message" in each.words for each in desk.oddities(over))


def test_that_nobody_approved_it_is_kept_with_it(desk: Desk, over: str) -> None:
    needs = desk.comms_rules.needs_approval("customers", 1, "status_page")
    desk.record_sent(over, TOLD)
    assert ("approval" in desk.sent(over)[0].overruled) is needs
    desk.record_sent(over, replace(TOLD, audience="internal"))
    assert desk.sent(over)[-1].overruled == ()


def test_what_is_hardly_meant_so_is_asked_about(desk: Desk, over: str) -> None:
    desk.record_sent(over, TOLD)
    with pytest.raises(SentTwice):
        desk.record_sent(over, TOLD)
    early = replace(TOLD, at=NIGHT - 2 * DAY)
    with pytest.raises(OddTime):
        desk.record_sent(over, early)
    assert len(desk.sent(over)) == 1
    desk.record_sent(over, early, Check.FORCED)
    assert desk.sent(over)[0].at == NIGHT - 2 * DAY


def test_the_future_is_refused_even_when_it_is_forced(desk: Desk, over: str) -> None:
    with pytest.raises(Refused, match="lies in the future"):
        desk.record_sent(over, replace(TOLD, at=desk.now() + HOUR), Check.FORCED)
    assert desk.sent(over) == ()


def test_the_last_thing_that_somebody_logged(desk: Desk, over: str, tmp_path: Path) -> None:
    """Corrections of today are not what happened then."""
    desk.amend(over, "started_at", NIGHT - MINUTE)
    assert desk.last_told(over) == NIGHT + 50 * MINUTE
    running = declare(desk, "Search down")
    assert desk.last_told(running.id) == desk.now()
    desk.change_status(running.id, "resolved")
    assert desk.last_told(running.id) == running.declared_at
