"""Messages that went out and that nobody recorded then: the words as somebody still has them, at their own time. Pure;
what is asked about a message before it goes out is not asked about one that is out."""

from collections.abc import Iterable
from dataclasses import replace

from incident_console.domain.clock import AHEAD
from incident_console.domain.comms import Draft, suggested_kind
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import MAX_ENTRY, clean, clean_line
from incident_console.domain.vocabulary import Audience, Refused, Status, choice


@frozen
class Recollection:
    """A message that somebody remembers."""

    audience: str
    words: str
    """As they went out; a first line that stands alone is the subject."""
    at: int
    """When, microseconds UTC."""
    account: str = ""
    """The key account it went to."""


def recollected(incident: Incident, what: Recollection, now: int) -> Draft:
    """The message as it can be recorded. It states no facts and promises nothing: words of then are no news today.

    Raises Refused for no words, for more than fit, for an unknown audience and for the future.
    """
    words = clean(what.words).strip()
    if not words:
        raise Refused("Paste or type the words that went out. They are kept as the record of what was said.")
    if len(words) > MAX_ENTRY:
        raise Refused(f"This message has {len(words)} characters; {MAX_ENTRY} fit. Record the part that was read.")
    if what.at > now + AHEAD:
        raise Refused("That time lies in the future. Check the time and the date.")
    audience = choice(what.audience, Audience, "audience")
    kind, number = _kind(incident, audience, what.at), len(incident.sent_to(audience, what.account)) + 1
    subject, text = _parts(words)
    return Draft(incident.id, audience, kind, number, (), None, subject, text, (), "", what.account)


def _kind(incident: Incident, audience: str, at: int) -> str:
    """What the audience was due to hear at that time."""
    over = incident.ended_at is not None and at >= incident.ended_at
    before = tuple(sent for sent in incident.sent if sent.at < at)
    then = replace(incident, status=Status.RESOLVED if over else Status.INVESTIGATING, sent=before)
    return suggested_kind(then, audience)


def _parts(words: str) -> tuple[str, str]:
    """(subject, body); without a subject the body is all of it."""
    first, _, rest = words.partition("\n")
    if not rest.startswith("\n") or not rest.strip():
        return "", words
    return clean_line(first), rest.strip("\n")


def recollection_of(message: SentMessage) -> Recollection:
    """What somebody gave who recorded it, for giving it again with something else in it."""
    words = message.whole if message.subject else message.text
    return Recollection(message.audience, words, message.at, message.account)


def remembered_one(sent: Iterable[SentMessage], message_id: str) -> SentMessage:
    """The message of an event that was recorded from memory; raises Refused for any other."""
    found = next((each for each in sent if each.id == message_id), None)
    if found is None:
        raise Refused("This message is not in the record any more. Look at the record again.")
    if not found.remembered:
        raise Refused("This message was recorded when it was sent; it stays as it is. Send a correction instead.")
    return found


def first_remembered(incident: Incident) -> str:
    """The event of the first message that went out, where it was recorded from memory; empty otherwise."""
    first = min(incident.sent, key=lambda sent: sent.at, default=None)
    return first.remembered if first is not None else ""
