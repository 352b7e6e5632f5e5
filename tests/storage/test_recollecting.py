"""Messages remembered after the end: in the record at their own time, and what was odd about them kept."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain import events as e
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.recollection import Recollection, recollection_of
from incident_console.domain.rows import ROWS
from incident_console.domain.sending import SentMessage, SentTwice
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


# --- corrected


def test_what_was_remembered_wrongly_is_undone_and_done_again(desk: Desk, over: str) -> None:
    before = desk.incident(over)
    after = desk.record_sent(over, TOLD)
    assert desk.undo(over).startswith("update: customers #1 sent")
    assert (desk.incident(over), desk.sent(over)) == (before, ())
    desk.redo(over)
    assert desk.incident(over) == after


WRONG = [
    {"at": NIGHT + 70 * MINUTE},
    {"at": NIGHT + 20 * MINUTE + 1},
    {"audience": "internal"},
    {"words": "We look into it."},
    {"audience": "key_accounts", "account": "Acme"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: "-".join(wrong))
def test_one_corrected_reads_as_if_it_had_been_recorded_so(desk: Desk, over: str, wrong: dict[str, Any]) -> None:
    desk.list_account(over, "Acme")
    desk.record_sent(over, replace(TOLD, **wrong))
    (first,) = desk.sent(over)
    corrected = desk.correct_sent(over, first.id, TOLD)
    (message,) = desk.sent(over)
    assert recollection_of(message) == TOLD
    assert (message.number, message.kind, message.remembered) == (1, "status_page", True)
    assert [each.at for each in corrected.sent] == [TOLD.at]
    assert [each.text for each in desk.entries(over) if each.kind == "update"] == [shown(message)]
    assert corrected.told == ()


def shown(message: SentMessage) -> str:
    return ROWS[e.MessageSent][1](
        e.MessageSent(message.audience, message.kind, 1, message.subject, message.text, overruled=message.overruled)
    )


def test_one_that_never_went_out_is_dropped(desk: Desk, over: str) -> None:
    desk.record_sent(over, TOLD)
    desk.record_sent(over, replace(TOLD, audience="internal"))
    state = desk.drop_sent(over, desk.sent(over)[0].id)
    assert [each.audience for each in state.sent] == ["internal"]


def test_it_may_be_corrected_again_but_only_where_it_differs(desk: Desk, over: str) -> None:
    desk.record_sent(over, TOLD)
    (first,) = desk.sent(over)
    desk.correct_sent(over, first.id, replace(TOLD, at=NIGHT))
    with pytest.raises(Refused, match="not in the record any more"):
        desk.correct_sent(over, first.id, TOLD)
    (second,) = desk.sent(over)
    with pytest.raises(Refused, match="reads like that already"):
        desk.correct_sent(over, second.id, replace(TOLD, at=NIGHT))
    with pytest.raises(OddTime):
        desk.correct_sent(over, second.id, replace(TOLD, at=NIGHT - 2 * DAY))
    with pytest.raises(Refused, match="in the future"):
        desk.correct_sent(over, second.id, replace(TOLD, at=desk.now() + HOUR), Check.FORCED)
    assert [each.at for each in desk.sent(over)] == [NIGHT]


def test_what_was_recorded_when_it_was_sent_stays(desk: Desk) -> None:
    incident = declare(desk).id
    desk.mark_sent(desk.compose(incident, Wish("internal")), check=Check.FORCED)
    (live,) = desk.sent(incident)
    with pytest.raises(Refused, match="stays as it is"):
        desk.correct_sent(incident, live.id, TOLD)
    with pytest.raises(Refused, match="stays as it is"):
        desk.drop_sent(incident, live.id)
    with pytest.raises(Refused, match="cannot be undone"):
        desk.undo(incident)
    assert desk.sent(incident) == (live,)


def test_a_first_update_before_anybody_noticed_leads_to_the_message(desk: Desk, over: str) -> None:
    desk.amend(over, "started_at", NIGHT - 30 * MINUTE)
    desk.amend(over, "detected_at", NIGHT - MINUTE)
    desk.record_sent(over, replace(TOLD, at=NIGHT - 10 * MINUTE))
    (odd,) = [each for each in desk.oddities(over) if each.rule == "reversed"]
    assert odd.words.startswith("First update sent (2026-11-21 02:37 UTC) lies before detected")
    assert (odd.message, odd.milestone, odd.at) == (desk.sent(over)[0].id, "", NIGHT - 10 * MINUTE)
    desk.correct_sent(over, odd.message, TOLD)
    assert not [each for each in desk.oddities(over) if each.rule == "reversed"]


def test_the_last_thing_that_somebody_logged(desk: Desk, over: str, tmp_path: Path) -> None:
    """Corrections of today are not what happened then."""
    desk.amend(over, "started_at", NIGHT - MINUTE)
    assert desk.last_told(over) == NIGHT + 50 * MINUTE
    running = declare(desk, "Search down")
    assert desk.last_told(running.id) == desk.now()
    desk.change_status(running.id, "resolved")
    assert desk.last_told(running.id) == running.declared_at
