"""Messages that went out and that nobody recorded then: the words as somebody still has them, at their own time. Pure;
what is asked about a message before it goes out is not asked about one that is out."""

from dataclasses import replace

from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Draft, suggested_kind
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
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
    if what.at > now + 2 * MINUTE:
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
