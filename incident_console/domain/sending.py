"""Marking messages as sent: what is recorded, what is refused, what is asked twice. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.comms import Draft
from incident_console.domain.decide import Check, possible_time, running
from incident_console.domain.events import Body, Event
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.templates import FACTS
from incident_console.domain.text import clean_line, gist
from incident_console.domain.vocabulary import MessageKind, Refused, audience_name

AGAIN: Final = MINUTE
"""A second message to the same readers within this time is asked about: it may be a second press of the key."""

MAX_CHANNEL: Final = 60


class SentTwice(Refused):
    """The same words, or another message to the same readers, were marked as sent a moment ago."""


@frozen
class Sending:
    """How a message went out."""

    at: int | None = None
    """Microseconds UTC; None: just now."""
    channel: str = ""
    overruled: tuple[str, ...] = ()
    """What the console asked about the words, and what was sent all the same."""


@frozen
class SentMessage:
    """A message that went out, word for word."""

    at: int
    audience: str
    kind: str
    number: int
    subject: str
    text: str
    actor: str
    next_at: int | None
    channel: str = ""
    overruled: tuple[str, ...] = ()
    corrects: int | None = None
    resends: int | None = None
    account: str = ""
    approved_by: str = ""
    filled: tuple[tuple[str, str], ...] = ()
    template: str = ""
    recorded_at: int = 0
    id: str = ""
    """The event that recorded it."""
    remembered: bool = False
    """Recorded from memory afterwards; it can be corrected."""

    @property
    def whole(self) -> str:
        """Subject and body, as they went out."""
        return f"{self.subject}\n\n{self.text}"

    @property
    def late(self) -> int:
        """Microseconds between sending and writing it down."""
        return max(0, self.recorded_at - self.at)


def sent_message(event: Event, body: e.MessageSent) -> SentMessage:
    return SentMessage(
        event.occurred_at, body.audience, body.message_kind, body.number, body.subject, body.text, event.actor,
        body.next_at, body.channel, body.overruled, body.corrects, body.resends, body.account, body.approved_by,
        body.filled, body.template, event.recorded_at, event.id, body.remembered,
    )  # fmt: skip


def send(
    draft: Draft, incident: Incident, last: SentMessage | None, how: Sending, now: int, zone: Zone, check: Check
) -> e.MessageSent:
    """The fact that a message went out; after closing, too, because what was sent then may never have been recorded.

    Raises Refused for missing fields, an impossible time, or a second message to the same readers within a minute
    (SentTwice); all of them give way when forced.
    """
    at = now if how.at is None else how.at
    possible_time(incident, at, now, zone, check)
    if check is Check.STRICT:
        if "missing" not in how.overruled:
            _complete(draft)
        _not_twice(draft, last, at, now)
    filled = tuple((name, value) for name, value in draft.values if value)
    before = incident.sent_to(draft.audience, draft.account)  # others may have sent one meanwhile
    return e.MessageSent(
        draft.audience, draft.kind, len(before) + 1, draft.subject, draft.text, draft.next_at, filled, draft.template,
        channel_name(how.channel), how.overruled, draft.corrects, None, draft.account,
        past=incident.afterwards(at, now),
    )  # fmt: skip


def resend(
    old: SentMessage, incident: Incident, last: SentMessage | None, how: Sending, now: int, zone: Zone, check: Check
) -> e.MessageSent:
    """The fact that the very words of an earlier message went out once more; a promise in them counts while its time
    has not passed. Refuses as `send` does."""
    at = now if how.at is None else how.at
    possible_time(incident, at, now, zone, check)
    if check is Check.STRICT and last is not None and last.channel == channel_name(how.channel):
        _not_twice(old, last, at, now)
    ahead = old.next_at if old.next_at is not None and old.next_at > at else None
    before = incident.sent_to(old.audience, old.account)
    return e.MessageSent(
        old.audience, old.kind, len(before) + 1, old.subject, old.text, ahead, old.filled,
        old.template, channel_name(how.channel), how.overruled, None, old.number, old.account,
    )  # fmt: skip


def approved(body: e.MessageSent, by: str) -> e.MessageSent:
    """The same, approved by somebody."""
    return replace(body, approved_by=by)


def open_for(incident: Incident, kind: str) -> None:
    """Raises Refused where nobody would see that approval is asked for: on a closed incident. A customer report follows
    the postmortem, which may be closed by then."""
    if kind != MessageKind.CUSTOMER_REPORT:
        running(incident, "Messages can be recorded as sent there without approval, which is kept with them.")


def _complete(draft: Draft) -> None:
    if draft.missing:
        labels = ", ".join(field.label for field in draft.missing)
        raise Refused(f"Still missing: {labels}. Fill it in; to record it as it is, confirm it once more (--force).")


def nearest(messages: Iterable[SentMessage], audience: str, account: str, at: int) -> SentMessage | None:
    """Of the messages to the same readers, the one that went out closest to an instant."""
    same = (each for each in messages if (each.audience, each.account) == (audience, account))
    return min(same, key=lambda each: (abs(each.at - at), -each.recorded_at), default=None)


def _not_twice(message: Draft | SentMessage, last: SentMessage | None, at: int, now: int) -> None:
    """Raises SentTwice for the same readers within a minute; for the same words also when they are written down twice
    within a minute under two times."""
    if last is None or last.account != message.account:
        return
    same = (last.text, last.subject) == (message.text, message.subject)
    if not (_near(last, at) or (same and abs(now - last.recorded_at) < AGAIN)):
        return
    if same:
        raise SentTwice("These words were marked as sent less than a minute ago. Nothing was recorded twice.")
    raise SentTwice(
        f"Another message to {audience_name(message.audience)} was marked as sent less than a minute ago. "
        "If this one went out, too, record it once more (or add --force)."
    )


def _near(last: SentMessage, at: int) -> bool:
    return abs(at - last.at) < AGAIN


def channel_name(words: str) -> str:
    """Where it went, on one line; raises Refused for a name that is no name."""
    name = clean_line(words)
    if len(name) > MAX_CHANNEL:
        raise Refused(f"A channel is a short name such as email or status page; {MAX_CHANNEL} characters fit.")
    return name


def news(incident: Incident, draft: Draft) -> tuple[Body, ...]:
    """The facts that a draft changes, as one event, or nothing. What one key account is told is no fact for all."""
    if draft.account:
        return ()
    changed = [
        (name, value)
        for name, value in draft.values
        if name in FACTS and value and is_news(value, incident.fact(name), draft.kind)
    ]  # fmt: skip
    return (_stated(incident, changed),) if changed else ()


def is_news(said: str, fact: str, kind: str) -> bool:
    """Whether a message of a kind changes a fact. A line break is no news; nor is that a fact reads as a sentence in a
    customer report, whose first words the console itself puts like that."""
    same = gist if kind == MessageKind.CUSTOMER_REPORT else clean_line
    return same(said) != same(fact)


def state_fact(incident: Incident, name: str, value: str) -> e.FactsStated:
    """One fact reads differently now; raises Refused for an unknown name or when nothing changes."""
    wanted = clean_line(name).lower().replace(" ", "_").replace("-", "_")
    if wanted not in FACTS:
        raise Refused(f"There is no fact “{clean_line(name)[:40]}”. Use one of: {', '.join(FACTS)}.")
    words = clean_line(value)
    if words == clean_line(incident.fact(wanted)):
        raise Refused(f"{wanted.replace('_', ' ')} reads like that already. Nothing was changed.")
    return _stated(incident, [(wanted, words)])


def _stated(incident: Incident, changed: list[tuple[str, str]]) -> e.FactsStated:
    return e.FactsStated(tuple(changed), tuple((name, incident.fact(name)) for name, _ in changed))
