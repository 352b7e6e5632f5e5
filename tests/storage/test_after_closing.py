"""The record of a closed incident: lines, corrections and messages still go in; no clock ever starts there."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.deadlines import unaware_of_resolution
from incident_console.domain.decide import Check
from incident_console.domain.figures import milestone
from incident_console.domain.fold import fold
from incident_console.domain.incident import Incident
from incident_console.domain.room import Decision
from incident_console.domain.sending import Sending
from incident_console.domain.vocabulary import Audience, EntryKind, Refused
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.storage.conftest import texts
from tests.storage.messages import complete

END = NIGHT + 2 * HOUR
LINES = [kind for kind in EntryKind if kind != EntryKind.CHECKIN]
TWO = ((("name", "roll back"),), (("name", "wait"),))


@pytest.fixture
def closed(desk: Desk) -> str:
    """Declared at 02:47, with a question that nobody answered, over and closed at 04:47, three weeks ago."""
    incident = declare(desk)
    desk.carry_out(incident.id, "/ask sam is it the pool?")
    desk.state_fact(incident.id, "impact", "10 minutes of carts were lost")
    clock_of(desk).advance(2 * HOUR)
    desk.change_status(incident.id, "resolved")
    desk.change_status(incident.id, "closed")
    clock_of(desk).advance(21 * DAY)
    return incident.id


def silent(desk: Desk, incident_id: str) -> bool:
    """Whether nothing is due, neither now nor in ten days, and the board has nothing to show."""
    now = desk.standing(desk.incident(incident_id)).clocks, desk.board()
    clock_of(desk).advance(10 * DAY)
    later = desk.standing(desk.incident(incident_id)).clocks, desk.board()
    return now == later == ((), ())


# --- lines


@pytest.mark.parametrize("kind", LINES)
@pytest.mark.parametrize(
    ("when", "at"),
    [("", NIGHT + 2 * HOUR + 21 * DAY), (" @03:10", NIGHT + 23 * MINUTE), (" -5m", END + 21 * DAY - 5 * MINUTE)],
)
def test_every_kind_of_line_is_added_and_undo_takes_it_back(
    desk: Desk, closed: str, kind: str, when: str, at: int
) -> None:
    before, rows = desk.incident(closed), desk.entries(closed)
    said = desk.carry_out(closed, f"/{kind} what came to light{when}").said
    assert said.startswith("INC-1 is closed; this was added to its record")
    assert said.endswith(" /undo takes it back.")
    (row,) = set(desk.entries(closed)) - set(rows)
    assert (row.kind, row.text, row.occurred_at, row.actor) == (kind, "what came to light", at, "dana")
    assert desk.incident(closed) == before
    desk.carry_out(closed, "/undo")
    assert desk.entries(closed) == rows
    desk.carry_out(closed, "/redo")
    assert silent(desk, closed)


def test_the_instant_that_was_understood_is_said(desk: Desk, closed: str) -> None:
    assert " to its record at 21 Nov 03:10 UTC. " in desk.carry_out(closed, "seen @03:10").said
    early = desk.carry_out(closed, "first error @02:40").said
    assert " at 21 Nov 02:40 UTC. " in early
    assert "is before it began" in early
    assert desk.entries(closed)[0].occurred_at == NIGHT - 7 * MINUTE


def test_a_bare_clock_time_stays_the_last_one_that_passed_until_it_is_closed(desk: Desk) -> None:
    incident = declare(desk)
    clock_of(desk).advance(3 * DAY)
    desk.carry_out(incident.id, "open @02:40")
    assert desk.entries(incident.id)[-1].occurred_at == NIGHT + 3 * DAY - 7 * MINUTE


def test_a_chat_pasted_afterwards_stands_at_its_own_times(desk: Desk, closed: str) -> None:
    said = desk.log_lines(closed, "[02:50] sam: looking\n[03:10] ana: found it\nand more").said
    assert said == (
        "3 entries saved, from 2026-11-21 02:50 UTC to 2026-11-21 03:10 UTC."
        " INC-1 is closed; the 3 lines were added to its record. /undo takes the last of them back."
    )
    assert [row.occurred_at - NIGHT for row in desk.entries(closed) if row.kind == "note"] == [
        3 * MINUTE, 23 * MINUTE, 23 * MINUTE,
    ]  # fmt: skip
    assert silent(desk, closed)


def test_its_beginning_is_corrected_beside_it(desk: Desk, closed: str) -> None:
    desk.carry_out(closed, "/began 02:30")
    assert desk.incident(closed).started_at == NIGHT - 17 * MINUTE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/fact impact 12 minutes of carts were lost", "INC-1 is closed; this was added to its record."),
        ("/sev 2 fewer were hit", "INC-1 is closed; this was added to its record."),
        ("/answer it was the pool", "INC-1 is closed; this was added to its record."),
        ("/tick", "Ticked: "),
    ],
)
def test_other_commands_say_where_they_wrote(desk: Desk, closed: str, line: str, said: str) -> None:
    assert desk.carry_out(closed, line).said.startswith(said)
    assert silent(desk, closed)


def test_entries_are_corrected_struck_pinned_and_moved(desk: Desk, closed: str) -> None:
    entry = desk.log(closed, Logged("rolled back"))
    assert desk.correct(closed, entry.number, "rolled back 4512").text == "rolled back 4512"
    assert desk.retime(closed, entry.number, NIGHT + HOUR).occurred_at == NIGHT + HOUR
    assert desk.mark(closed, entry.number, "pinned")
    assert desk.mark(closed, entry.number, "parked")
    assert desk.strike(closed, entry.number, "another incident").mark == "struck"
    assert silent(desk, closed)


def test_a_decision_between_options_is_added_without_a_review(desk: Desk, closed: str) -> None:
    after = desk.record_decision(closed, Decision("what now", TWO, "1"))
    assert after.timers == desk.incident(closed).timers
    assert texts(desk, closed, "decision")[0].startswith("what now: roll back")
    with pytest.raises(Refused, match=r"Leave the time to look at it again empty.*To reopen it: /reopen"):
        desk.record_decision(closed, Decision("what now", TWO, "1", review_at=desk.now() + HOUR))
    assert silent(desk, closed)


CLOCKS = (
    "/timer 10m x", "/ask sam x", "/extend 5m sam x", "/snooze customers 10m x", "/every customers 1h x",
    "/pause customers x", "/resume customers", "/rto 2h", "/care", "/care fine @03:10", "/checkin fine",
    "/checkin fine @03:10", "/request customers x", "/request customers x @03:10", "/escalate", "/triage",
)  # fmt: skip


@pytest.mark.parametrize("line", CLOCKS)
def test_what_would_start_a_clock_says_how_to_reopen_it(desk: Desk, closed: str, line: str) -> None:
    events = desk.store.log.everything()
    way = r"To reopen it: /reopen \(in a shell: incident-console status INC-1 investigating\)\."
    with pytest.raises(Refused, match=rf"^INC-1 is closed\. .*{way}$"):
        desk.carry_out(closed, line)
    assert desk.store.log.everything() == events
    desk.carry_out(closed, "/reopen")
    assert desk.incident(closed).in_response
    assert desk.standing(desk.incident(closed)).clocks


@pytest.mark.parametrize("place", ["/update", "/update customers", "/decide", "/postmortem", "/scope", "/board"])
def test_what_can_be_done_there_leads_to_its_place(desk: Desk, closed: str, place: str) -> None:
    assert desk.carry_out(closed, place).place == place[1:].split(" ")[0]


def test_reopening_begins_the_response_anew_whatever_was_added(desk: Desk, closed: str) -> None:
    plain = desk.incident(closed)
    desk.carry_out(closed, "seen @03:10")
    desk.change_status(closed, "investigating")
    state = desk.incident(closed)
    assert (state.reopened_at, state.ends) == (desk.now(), ((END, desk.now()),))
    assert (state.started_at, state.detected_at, state.declared_at) == (None, None, plain.declared_at)
    assert desk.carry_out(closed, "open again").said == ""


# --- messages

THEN = NIGHT + 20 * MINUTE
OLD = (("impact", "all checkouts fail"), ("users_affected", "everyone"), ("service", "Checkout"))


@pytest.mark.parametrize("audience", [each for each in Audience if each != Audience.KEY_ACCOUNTS])
@pytest.mark.parametrize("at", [None, THEN])
def test_messages_are_copied_and_recorded_as_sent(desk: Desk, closed: str, audience: str, at: int | None) -> None:
    for template in desk.offered(desk.incident(closed), audience):
        draft = complete(desk, desk.incident(closed), Wish(audience, template.kind))
        desk.copied(draft, "tmux")
        desk.mark_sent(draft, Sending(at), Check.FORCED)
        message = max(desk.sent(closed), key=lambda each: each.recorded_at)
        assert (message.kind, message.at) == (template.kind, desk.now() if at is None else THEN)
        clock_of(desk).advance(HOUR)
        desk.resend(closed, message, Sending(None, "email"))
        assert desk.sent(closed)[-1].resends == message.number
    assert silent(desk, closed)


def test_a_promise_of_then_starts_no_clock_and_is_judged_by_what_followed(desk: Desk, closed: str) -> None:
    wish = Wish("customers", "status_page", OLD[::2], THEN + 30 * MINUTE)
    desk.mark_sent(desk.compose(closed, wish), Sending(THEN), Check.FORCED)
    assert silent(desk, closed)
    (promise,) = desk.promises(desk.incident(closed))
    assert (promise.promised_at, promise.state) == (THEN + 30 * MINUTE, "missed")
    desk.mark_sent(desk.compose(closed, Wish("customers", "resolution")), Sending(THEN + HOUR // 4), Check.FORCED)
    assert desk.promises(desk.incident(closed))[0].state == "kept"


def test_what_was_told_then_changes_no_fact_of_today(desk: Desk, closed: str) -> None:
    before = desk.incident(closed)
    desk.mark_sent(desk.compose(closed, Wish("internal", "update", OLD[:2])), Sending(THEN), Check.FORCED)
    after = desk.incident(closed)
    assert (after.facts, after.facts_at) == (before.facts, before.facts_at)
    assert dict(dict(after.heard)["internal"])["impact"] == "all checkouts fail"
    assert texts(desk, closed, "fact") == ["impact: 10 minutes of carts were lost"]


def test_what_was_told_then_is_no_fact_either_once_closing_is_taken_back(tmp_path: Path) -> None:
    dana, sam = make_desk(tmp_path, "dana"), make_desk(tmp_path, "sam", NIGHT + DAY)
    incident = declare(dana)
    dana.state_fact(incident.id, "impact", "10 minutes of carts were lost")
    clock_of(dana).advance(HOUR)
    dana.change_status(incident.id, "resolved")
    dana.change_status(incident.id, "closed")
    early = (("impact", "early guess"), ("users_affected", "everyone"))
    sam.mark_sent(sam.compose(incident.id, Wish("internal", "update", early)), Sending(THEN), Check.FORCED)
    known = sam.incident(incident.id).facts
    dana.undo(incident.id)
    again = dana.incident(incident.id)
    assert (again.status, again.facts) == ("resolved", known)
    assert (again.fact("impact"), again.fact("users_affected")) == ("10 minutes of carts were lost", "")
    assert dict(dict(again.heard)["internal"])["impact"] == "early guess"


def test_what_is_told_today_is_what_is_known(desk: Desk, closed: str) -> None:
    words = (("impact", "12 minutes of carts were lost"),)
    desk.mark_sent(desk.compose(closed, Wish("internal", "resolution", words)), check=Check.FORCED)
    assert desk.incident(closed).fact("impact") == "12 minutes of carts were lost"


def test_the_first_update_is_when_it_was_sent_and_lines_move_no_figure(desk: Desk, closed: str) -> None:
    def figures() -> list[int | None]:
        state = desk.incident(closed)
        names = ("started_at", "detected_at", "acknowledged_at", "first_update", "mitigated_at", "resolved_at")
        return [milestone(state, name) for name in names]

    before = figures()
    for line in ("we were told @02:50", "/mitigation rolled back @03:00", "/impact worse than thought", "late"):
        desk.carry_out(closed, line)
    assert figures() == before
    desk.mark_sent(desk.compose(closed, Wish("internal", "update", OLD[:2])), Sending(THEN), Check.FORCED)
    assert figures() == [*before[:3], THEN, *before[4:]]


def test_who_was_told_then_and_not_since_has_not_heard_the_end(desk: Desk, closed: str) -> None:
    assert unaware_of_resolution(desk.incident(closed)) == ()
    desk.mark_sent(desk.compose(closed, Wish("internal", "update", OLD[:2])), Sending(THEN), Check.FORCED)
    assert unaware_of_resolution(desk.incident(closed)) == ("internal",)
    assert "internal" in desk.brief(desk.incident(closed))
    desk.mark_sent(desk.compose(closed, Wish("internal", "resolution")), check=Check.FORCED)
    assert unaware_of_resolution(desk.incident(closed)) == ()
    assert silent(desk, closed)


def test_the_same_state_comes_of_the_log_read_anew(desk: Desk, closed: str) -> None:
    desk.carry_out(closed, "seen @03:10")
    desk.mark_sent(desk.compose(closed, Wish("internal", "update", OLD[:2])), Sending(THEN), Check.FORCED)
    with desk.store.reading():
        history = list(desk.store.log.state_events(closed))
    state: Incident = fold(closed, reversed(history))
    assert state == desk.incident(closed)
