"""Messages through the desk: promise and clock as one, the record of what went out, once more, corrections, drills."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from incident_console.desk import Desk
from incident_console.domain import drafting
from incident_console.domain import events as e
from incident_console.domain.clock import HOUR, MINUTE, SECOND, Zone
from incident_console.domain.comms import OUTSIDE, Wish
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending, SentTwice
from incident_console.domain.text import clean
from incident_console.domain.vocabulary import Audience, MessageKind, Refused
from incident_console.domain.when import full_time, spoken_time
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.hostile import CORPUS, NAMES, assert_harmless
from tests.storage.conftest import texts
from tests.storage.messages import bodies, clock, complete, own_desk

AUDIENCES = [audience.value for audience in Audience]


# --- promise and clock are one


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns"])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_time_in_the_text_is_the_deadline(tmp_path: Path, audience: str, zone: str) -> None:
    desk = own_desk(tmp_path, zone=Zone(ZoneInfo(zone)))
    incident = declare(desk)
    for promise in (None, "+47m", "09:13", "+3h"):
        clock_of(desk).advance(7 * MINUTE + 13 * SECOND)
        state = desk.incident(incident.id)
        readers = desk.zone_of(audience)
        wish = Wish(audience)
        if promise is not None:
            wish = replace(wish, next_at=drafting.promised_time(promise, desk.now(), readers))
        draft = complete(desk, state, wish)
        after = desk.mark_sent(draft, check=Check.FORCED)
        running = clock(desk, after, audience)
        if draft.next_at is None:
            assert promise is None  # this audience has no cadence, and nothing was promised
            continue
        assert running is not None
        assert running.due_at == draft.next_at
        outside = audience in OUTSIDE
        assert (
            spoken_time(running.due_at, desk.now(), readers) if outside else full_time(running.due_at, readers)
        ) in (draft.text)
        assert drafting.promises_in(draft, readers) == ()


def test_readers_in_another_zone_read_their_own_time(tmp_path: Path) -> None:
    desk = own_desk(tmp_path)
    incident = declare(desk)
    at = drafting.promised_time("09:00", desk.now(), desk.zone_of("customers"))
    assert at == NIGHT + 43 * MINUTE
    draft = complete(desk, incident, Wish("customers", next_at=at))
    assert "09:00 IST on 21 November" in draft.text
    state = desk.mark_sent(draft, check=Check.FORCED)
    running = clock(desk, state, "customers")
    assert running is not None
    assert full_time(running.due_at, desk.zone) == "2026-11-21 03:30 UTC"


def test_nothing_promised_means_the_cadence_counts(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("internal", next_at=None))
    state = desk.mark_sent(draft)
    running = clock(desk, state, "internal")
    assert "Next update" not in draft.text
    assert running is not None
    assert running.due_at > desk.now()


def test_a_kind_that_promises_nothing_has_no_promise_whatever_is_wished(desk: Desk, incident: Incident) -> None:
    desk.change_status(incident.id, "resolved")
    draft = complete(desk, desk.incident(incident.id), Wish("internal", "resolution", next_at=NIGHT + HOUR))
    assert draft.next_at is None


# --- the record


def test_what_went_out_is_kept_word_for_word(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("internal"))
    desk.mark_sent(draft, Sending(None, "email", ("jargon",)))
    (message,) = desk.sent(incident.id)
    assert (message.subject, message.text, message.whole) == (draft.subject, draft.text, draft.whole)
    assert (message.audience, message.number, message.actor) == ("internal", 1, "dana")
    assert (message.channel, message.overruled, message.at) == ("email", ("jargon",), NIGHT)
    (row,) = texts(desk, incident.id, "update")
    assert row == "internal stakeholders #1 sent by email: initial notification (sent although asked about: jargon)"


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_hostile_words_come_back_as_they_were_sent(desk: Desk, incident: Incident, _name: str, value: str) -> None:
    draft = complete(
        desk, incident, Wish("internal", values=(("impact", value + "!"), ("users_affected", value + "!")))
    )
    desk.mark_sent(draft, Sending(None, value[:30]))
    (message,) = desk.sent(incident.id)
    assert message.whole == draft.whole
    assert clean(value).strip() in message.text
    assert_harmless(desk.correspondence(incident.id).encode("utf-8", "surrogatepass"))
    assert desk.correspondence(incident.id) == desk.correspondence(incident.id)


def test_a_message_can_be_back_dated_and_is_read_in_the_order_of_sending(desk: Desk, incident: Incident) -> None:
    clock_of(desk).advance(HOUR)
    state = desk.incident(incident.id)
    desk.mark_sent(complete(desk, state, Wish("internal")))
    clock_of(desk).advance(2 * MINUTE)
    earlier = complete(desk, desk.incident(incident.id), Wish("internal", "brief"))
    desk.mark_sent(earlier, Sending(NIGHT + 30 * MINUTE))
    assert [message.number for message in desk.sent(incident.id)] == [2, 1]
    first = desk.sent(incident.id)[0]
    assert (first.at, first.late) == (NIGHT + 30 * MINUTE, 32 * MINUTE)
    running = clock(desk, desk.incident(incident.id), "internal")
    assert running is not None
    assert running.since >= NIGHT + HOUR


def test_the_future_is_refused_and_nothing_is_recorded(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("internal", values=(("impact", "x"),)))
    with pytest.raises(Refused, match="lies in the future"):
        desk.mark_sent(draft, Sending(NIGHT + 10 * MINUTE))
    assert desk.sent(incident.id) == ()
    assert desk.incident(incident.id).fact("impact") == ""


def test_twice_within_a_minute_asks_and_records_nothing_twice(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("internal"))
    desk.mark_sent(draft)
    clock_of(desk).advance(20 * SECOND)
    with pytest.raises(SentTwice):
        desk.mark_sent(draft)
    with pytest.raises(SentTwice):
        desk.mark_sent(complete(desk, desk.incident(incident.id), Wish("internal", "brief"), "other"))
    assert len(desk.sent(incident.id)) == 1
    desk.mark_sent(draft, check=Check.FORCED)
    assert [message.number for message in desk.sent(incident.id)] == [1, 2]


def test_the_same_press_on_two_desks_is_recorded_once(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin", NIGHT + SECOND)
    incident = declare(one)
    draft = complete(one, incident, Wish("internal"))
    one.mark_sent(draft)
    with pytest.raises(SentTwice):
        two.mark_sent(draft)
    assert len(one.sent(incident.id)) == 1


def test_two_drafts_written_at_the_same_time_get_two_numbers(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin", NIGHT + 2 * MINUTE)
    incident = declare(one)
    mine, theirs = (complete(desk, incident, Wish("internal"), desk.actor) for desk in (one, two))
    one.mark_sent(mine)
    two.mark_sent(theirs)
    assert [(each.number, each.actor) for each in one.sent(incident.id)] == [(1, "dana"), (2, "erin")]


def test_what_was_sent_cannot_be_undone(desk: Desk, incident: Incident) -> None:
    desk.state_fact(incident.id, "impact", "cards fail")
    desk.mark_sent(complete(desk, incident, Wish("internal", values=(("impact", "all fail"),))))
    with pytest.raises(Refused, match=r"cannot be undone\. Send a correction instead"):
        desk.undo(incident.id)
    assert len(desk.sent(incident.id)) == 1


def test_approval_of_a_closed_incidents_messages_is_asked_for_its_customer_report_alone(
    desk: Desk, incident: Incident
) -> None:
    update = complete(desk, incident, Wish("internal"))
    desk.change_status(incident.id, "closed")
    with pytest.raises(Refused, match=r"INC-1 is closed\. Messages can be recorded as sent there without approval"):
        desk.ask_approval(update)
    report = complete(desk, desk.incident(incident.id), Wish("customers", "customer_report"))
    desk.copied(report, "tmux")
    desk.mark_sent(report)
    assert [message.kind for message in desk.sent(incident.id)] == ["customer_report"]
    clock_of(desk).advance(HOUR)
    desk.resend(incident.id, desk.sent(incident.id)[0], Sending(None, "email"))
    assert [message.resends for message in desk.sent(incident.id)] == [None, 1]


def test_the_usual_channel_is_the_last_one_else_that_of_the_copy_else_that_of_the_pack(tmp_path: Path) -> None:
    desk = own_desk(tmp_path)
    incident = declare(desk)
    assert desk.usual_channel(incident.id, "customers") == "our status page"
    assert desk.usual_channel(incident.id, "support") == ""
    assert desk.usual_channel(incident.id, "customers", "email") == "email"
    desk.mark_sent(complete(desk, incident, Wish("customers")), Sending(None, "mail"), Check.FORCED)
    assert desk.usual_channel(incident.id, "customers", "email") == "mail"


# --- once more, and corrections


def test_a_resend_repeats_the_words_and_changes_no_facts(desk: Desk, incident: Incident) -> None:
    desk.mark_sent(complete(desk, incident, Wish("internal", values=(("impact", "some fail"),), next_at=NIGHT + HOUR)))
    clock_of(desk).advance(10 * MINUTE)
    state = desk.state_fact(incident.id, "impact", "all fail")
    stated = len(bodies(desk, incident, e.FactsStated))
    old = desk.sent(incident.id)[0]
    state = desk.resend(incident.id, old, Sending(None, "chat"))
    assert state.fact("impact") == "all fail"
    assert len(bodies(desk, incident, e.FactsStated)) == stated
    assert [each.facts for each in drafting.behind(state)] == [("impact",)]
    again = desk.sent(incident.id)[-1]
    assert (again.whole, again.number, again.resends, again.channel) == (old.whole, 2, 1, "chat")
    running = clock(desk, state, "internal")
    assert running is not None
    assert running.due_at == NIGHT + HOUR
    assert "#1 again" in texts(desk, incident.id, "update")[-1]


def test_a_resend_after_its_promise_passed_promises_nothing_old(desk: Desk, incident: Incident) -> None:
    desk.mark_sent(complete(desk, incident, Wish("internal", next_at=NIGHT + 10 * MINUTE)))
    clock_of(desk).advance(HOUR)
    state = desk.resend(incident.id, desk.sent(incident.id)[0])
    running = clock(desk, state, "internal")
    assert running is not None
    assert running.due_at > desk.now()


def test_a_correction_says_so_in_subject_and_first_line_and_names_the_number(desk: Desk, incident: Incident) -> None:
    tick = clock_of(desk).advance
    for value in ("one", "two"):
        desk.mark_sent(complete(desk, desk.incident(incident.id), Wish("internal", values=(("impact", value),))))
        tick(5 * MINUTE)
    draft = complete(desk, desk.incident(incident.id), Wish("internal", "update", (("impact", "three"),), corrects=1))
    assert draft.subject.startswith("Correction to update #1: ")
    assert draft.text.startswith("This corrects update #1 of 2026-11-21 02:47 UTC.")
    assert (draft.number, draft.corrects) == (3, 1)
    desk.mark_sent(draft)
    message = desk.sent(incident.id)[-1]
    assert (message.number, message.corrects) == (3, 1)
    assert "correction to #1" in texts(desk, incident.id, "update")[-1]
    assert "Corrects \\#1." in desk.correspondence(incident.id)


@pytest.mark.parametrize("number", [0, 2, -1, 10**9])
def test_what_was_never_sent_cannot_be_corrected(desk: Desk, incident: Incident, number: int) -> None:
    desk.mark_sent(complete(desk, incident, Wish("internal")))
    with pytest.raises(Refused, match=f"internal got no message #{number}"):
        desk.compose(incident.id, Wish("internal", corrects=number))
    with pytest.raises(Refused, match="customers got no message #1"):
        desk.compose(incident.id, Wish("customers", corrects=1))


# --- drills


@pytest.mark.parametrize("kind", [kind.value for kind in MessageKind])
def test_a_drill_says_so_in_the_record_and_the_export(desk: Desk, kind: str) -> None:
    practice = desk.declare(Declaration("Game day", 1, drill=True))
    audience = desk.template(kind).audiences[0]
    desk.mark_sent(complete(desk, practice, Wish(audience, kind)))
    (message,) = desk.sent(practice.id)
    assert message.subject.startswith("DRILL ")
    assert message.text.startswith("DRILL")
    assert message.text.endswith("DRILL")
    assert desk.correspondence(practice.id).startswith("# DRILL: INC-1")
    clock_of(desk).advance(HOUR)
    correction = complete(desk, desk.incident(practice.id), Wish(audience, kind, corrects=1))
    assert correction.subject.startswith("DRILL Correction to update #1")
    assert correction.text.startswith("DRILL")


# --- refusals


def test_every_refusal_leaves_nothing_behind(desk: Desk, incident: Incident) -> None:
    before = desk.newest_number(incident.id)
    draft = desk.compose(incident.id, Wish("internal", values=(("impact", "x"),)))
    steps: list[Callable[[], object]] = [
        lambda: desk.mark_sent(draft),
        lambda: desk.ask_approval(draft),
        lambda: desk.state_fact(incident.id, "impact", ""),
        lambda: desk.state_fact(incident.id, "mood", "x"),
        lambda: desk.approve(incident.id, "nothing"),
        lambda: desk.return_message(incident.id, "nothing", "x"),
        lambda: desk.list_account(incident.id, " "),
        lambda: desk.note_account(incident.id, "Acme", "x"),
        lambda: desk.drop_account(incident.id, "Acme"),
    ]
    for step in steps:
        with pytest.raises(Refused):
            step()
    assert desk.newest_number(incident.id) == before
