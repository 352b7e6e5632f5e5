"""Marking messages as sent: what is kept, what is refused, what is asked twice."""

from dataclasses import replace

import pytest

from incident_console.content.templates import load_catalog
from incident_console.domain import events as e
from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND
from incident_console.domain.comms import Address, Draft, fill
from incident_console.domain.decide import Check
from incident_console.domain.events import Event
from incident_console.domain.incident import Incident, Sent
from incident_console.domain.sending import (
    AGAIN,
    MAX_CHANNEL,
    Sending,
    SentMessage,
    SentTwice,
    nearest,
    resend,
    send,
    sent_message,
)
from incident_console.domain.text import clean
from incident_console.domain.vocabulary import OddTime, Refused
from tests.builders import NIGHT
from tests.domain.full_drafts import CLOSED, INCIDENT, ZONE, draft
from tests.hostile import CORPUS, NAMES

NOW = Sending()


def kept(body: e.MessageSent, at: int = NIGHT, recorded: int | None = None) -> SentMessage:
    return sent_message(Event("1", "o", 1, "x", at if recorded is None else recorded, at, "dana", body), body)


def went(
    message: Draft, how: Sending = NOW, last: SentMessage | None = None, check: Check = Check.STRICT,
    incident: Incident = INCIDENT,
) -> e.MessageSent:  # fmt: skip
    return send(message, incident, last, how, NIGHT, ZONE, check)


def again(
    old: SentMessage, how: Sending = NOW, last: SentMessage | None = None, check: Check = Check.STRICT,
    incident: Incident = INCIDENT, now: int = NIGHT,
) -> e.MessageSent:  # fmt: skip
    return resend(old, incident, last, how, now, ZONE, check)


# --- what is kept


def test_everything_about_a_message_is_kept() -> None:
    message = draft()
    body = went(message, Sending(NIGHT, " status\npage ", ("jargon", "promise")))
    assert (body.subject, body.text) == (message.subject, message.text)
    assert (body.audience, body.message_kind, body.number) == ("internal", "update", 1)
    assert (body.channel, body.overruled, body.next_at) == ("status page", ("jargon", "promise"), NIGHT + HOUR)
    assert body.template == "default/update v2"
    assert dict(body.filled) == dict(message.values)


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_words_are_kept_word_for_word(_name: str, value: str) -> None:
    message = draft("update", value)
    body = went(message, Sending(None, value[:40]))
    assert clean(value).strip() in body.text
    assert (body.subject, body.text) == (message.subject, message.text)
    assert e.decode("message_sent", 1, e.encode(body)) == body


def test_the_actor_the_time_and_how_late_it_was_written_down_are_kept() -> None:
    message = kept(went(draft()), NIGHT - 10 * MINUTE, NIGHT)
    assert (message.actor, message.at, message.late) == ("dana", NIGHT - 10 * MINUTE, 10 * MINUTE)
    assert message.whole == f"{message.subject}\n\n{message.text}"


def test_the_number_counts_what_really_went_out() -> None:
    """Somebody else may have sent one since this one was written."""
    meanwhile = replace(INCIDENT, sent=(Sent("internal", "update", 1, NIGHT - HOUR, None),))
    message = draft()
    body = went(message, incident=meanwhile)
    assert (message.number, body.number) == (1, 2)
    assert body.text == message.text


# --- when


@pytest.mark.parametrize("ago", [0, 1, MINUTE, HOUR, 24 * HOUR])
def test_back_dated_within_reason(ago: int) -> None:
    assert went(draft(), Sending(NIGHT - ago)).number == 1


@pytest.mark.parametrize("at", [NIGHT + 3 * MINUTE, NIGHT + DAY, NIGHT - 3 * DAY])
def test_impossible_times_are_refused_until_they_are_forced(at: int) -> None:
    with pytest.raises(OddTime):
        went(draft(), Sending(at))
    with pytest.raises(OddTime):
        again(kept(went(draft())), Sending(at))
    assert went(draft(), Sending(at), check=Check.FORCED).number == 1
    assert again(kept(went(draft())), Sending(at), check=Check.FORCED).resends == 1


# --- what is refused


@pytest.mark.parametrize("kind", ["update", "resolution", "status_page", "key_account", "customer_report"])
def test_what_went_out_is_recorded_after_closing_too_and_can_be_sent_once_more(kind: str) -> None:
    body = went(draft(kind), incident=CLOSED)
    assert body == went(draft(kind))
    assert went(draft(kind), Sending(NIGHT - HOUR), incident=CLOSED) == replace(body, past=True)
    assert again(kept(body), now=NIGHT + HOUR, incident=CLOSED).resends == 1


@pytest.mark.parametrize("at", [NIGHT + HOUR, NIGHT - 3 * DAY])
def test_impossible_times_are_refused_after_closing_too(at: int) -> None:
    with pytest.raises(OddTime):
        went(draft(), Sending(at), incident=CLOSED)


def test_missing_fields_are_refused_by_name_unless_they_were_accepted() -> None:
    template = load_catalog(None).get("update")
    assert template is not None
    empty = fill(template, INCIDENT, Address("internal"), {}, NIGHT, ZONE)
    with pytest.raises(
        Refused, match=r"Still missing: what is wrong, who is affected.*confirm it once more \(--force\)"
    ):
        went(empty)
    assert went(empty, Sending(overruled=("missing",))).overruled == ("missing",)
    assert "[missing: what is wrong]" in went(empty, check=Check.FORCED).text


def test_a_channel_is_a_short_name() -> None:
    assert went(draft(), Sending(channel="x" * MAX_CHANNEL)).channel == "x" * MAX_CHANNEL
    with pytest.raises(Refused, match="A channel is a short name"):
        went(draft(), Sending(channel="x" * (MAX_CHANNEL + 1)))


# --- twice

SENT = kept(went(draft()), NIGHT - 30 * SECOND)


@pytest.mark.parametrize("seconds", [-59, -30, 0, 30, 59])
def test_the_same_words_twice_within_a_minute_are_asked_about(seconds: int) -> None:
    last = kept(went(draft()), NIGHT + seconds * SECOND)
    with pytest.raises(SentTwice, match="These words were marked as sent less than a minute ago"):
        went(draft(), last=last)


def test_other_words_to_the_same_readers_within_a_minute_are_asked_about_too() -> None:
    with pytest.raises(SentTwice, match="Another message to internal"):
        went(draft("update", "other"), last=SENT)


def test_the_same_words_written_down_twice_under_two_times_are_asked_about() -> None:
    """First the key for now, then once more with a time before: the same message."""
    with pytest.raises(SentTwice, match="These words"):
        went(draft(), Sending(NIGHT - 10 * MINUTE), last=SENT)
    other = draft("update", "other")
    assert went(other, Sending(NIGHT - 10 * MINUTE), last=SENT).text == other.text


def test_once_the_minute_is_over_nothing_is_asked() -> None:
    last = kept(went(draft()), NIGHT - AGAIN)
    assert went(draft(), last=last).text == draft().text


def test_another_key_account_is_another_reader() -> None:
    first = kept(went(draft("key_account", "x", "Acme")), NIGHT - SECOND)
    assert went(draft("key_account", "x", "Beta"), last=first).account == "Beta"
    with pytest.raises(SentTwice):
        went(draft("key_account", "y", "Acme"), last=first)
    other = kept(went(draft("key_account", "x", "Beta")), NIGHT - SECOND)
    assert again(first, last=other).account == "Acme"


def test_whoever_says_that_they_know_may_record_it_twice() -> None:
    assert went(draft(), last=SENT, check=Check.FORCED).text == SENT.text
    assert again(SENT, last=SENT, check=Check.FORCED).text == SENT.text


def test_the_message_to_compare_with_is_the_nearest_to_the_same_readers() -> None:
    body = went(draft("key_account", "x", "Acme"))
    far, near = kept(body, NIGHT - HOUR), kept(body, NIGHT - 2 * MINUTE)
    other = replace(near, account="Beta", at=NIGHT)
    inside = replace(near, audience="internal", at=NIGHT)
    everything = (far, near, other, inside)
    assert nearest(everything, "key_accounts", "Acme", NIGHT) == near
    assert nearest(everything, "key_accounts", "Acme", NIGHT - 50 * MINUTE) == far
    assert nearest(everything, "key_accounts", "Beta", NIGHT) == other
    assert nearest(everything, "customers", "", NIGHT) is None


# --- once more


def test_a_resend_says_whose_words_it_repeats() -> None:
    state = replace(INCIDENT, sent=(Sent("internal", "update", 1, NIGHT, None),))
    body = again(SENT, Sending(channel="chat", overruled=("jargon",)), incident=state, now=NIGHT + HOUR)
    assert (body.number, body.resends, body.corrects) == (2, 1, None)
    assert (body.subject, body.text, body.filled) == (SENT.subject, SENT.text, SENT.filled)
    assert (body.channel, body.overruled) == ("chat", ("jargon",))


def test_a_promise_counts_again_only_while_it_is_ahead() -> None:
    assert again(SENT, now=NIGHT + 30 * MINUTE).next_at == NIGHT + HOUR
    assert again(SENT, now=NIGHT + HOUR).next_at is None
    assert again(SENT, now=NIGHT + 2 * HOUR).next_at is None
    assert again(SENT, Sending(NIGHT + 30 * MINUTE), now=NIGHT + 2 * HOUR).next_at == NIGHT + HOUR


def test_the_same_words_may_go_through_another_channel_at_once() -> None:
    with pytest.raises(SentTwice):
        again(SENT, last=SENT)
    assert again(SENT, Sending(channel="email"), last=SENT).channel == "email"
