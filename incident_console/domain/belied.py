"""Words that the state of the incident belies: an end that has not come, a fault told in the present once it is over, a
next word that is far off. Pure; it asks and blocks nothing."""

from collections.abc import Sequence
from typing import Final

from incident_console.domain.comms import Draft
from incident_console.domain.drafting import Concern
from incident_console.domain.incident import Incident, lookup, readers
from incident_console.domain.sending import SentMessage
from incident_console.domain.templates import FACTS
from incident_console.domain.text import clean_line, gist
from incident_console.domain.vocabulary import MessageKind
from incident_console.domain.when import countdown

ENDS: Final = (MessageKind.RESOLUTION, MessageKind.CUSTOMER_REPORT)
"""Kinds that say that it is over."""

FAR: Final = 3
"""A next word this many times later than usual is asked about."""


def belied(draft: Draft, incident: Incident, step: int | None, now: int) -> tuple[Concern, ...]:
    """`step`: how long these readers usually wait for the next word, microseconds; None where nothing is usual."""
    return (*_not_over(draft, incident), *_present_tense(draft, incident), *_far(draft, step, now))


def _not_over(draft: Draft, incident: Incident) -> tuple[Concern, ...]:
    if draft.kind not in ENDS or not incident.in_response:
        return ()
    advice = "This message says that it is over. Change the status first, or choose another kind."
    return (Concern("not_over", "error", f"the status is {incident.status}", advice),)


def _present_tense(draft: Draft, incident: Incident) -> tuple[Concern, ...]:
    """What was said of the fault while it lasted, word for word, now that it is over."""
    if incident.in_response:
        return ()
    said = lookup(draft.values, "impact")
    if not said or clean_line(said) not in told_before_the_end(incident):
        return ()
    advice = "These are the words from before the end. Say what was, in the past."
    return (Concern("before_the_end", "warning", clean_line(said), advice, "impact"),)


def told_before_the_end(incident: Incident) -> frozenset[str]:
    """The impact as it was told to those who have heard nothing since the end."""
    waiting = (heard for who, heard in incident.heard if not _heard_the_end(incident, who))
    return frozenset(clean_line(lookup(heard, "impact")) for heard in waiting)


def _heard_the_end(incident: Incident, who: str) -> bool:
    """Whether the last message to some readers went out after the end: its words were chosen with the end in mind."""
    audience, _, account = who.partition("/")
    last = max((sent.at for sent in incident.sent_to(audience, account)), default=0)
    return incident.ended_at is not None and last >= incident.ended_at


def _far(draft: Draft, step: int | None, now: int) -> tuple[Concern, ...]:
    if draft.next_at is None or step is None or draft.next_at - now <= FAR * step:
        return ()
    advice = f"That is in {countdown(draft.next_at - now)}; these readers usually hear every {countdown(step)}."
    return (Concern("promise", "warning", "", advice),)


def outdated(message: SentMessage, incident: Incident, sent: Sequence[SentMessage], now: int) -> tuple[str, ...]:
    """What is no longer so in an earlier message that is about to go out once more, a sentence each; `sent`: everything
    that went out, oldest first."""
    changed = [name for name in FACTS if _differs(message, incident, name)]
    found = [f"It says otherwise: {', '.join(name.replace('_', ' ') for name in changed)}."] if changed else []
    if message.next_at is not None and message.next_at <= now:
        found.append("The time that it promises for the next update has passed.")
    last = next((each for each in reversed(sent) if _same_readers(each, message)), message)
    if last.at > message.at and last.whole != message.whole:  # the same words once more are nothing newer
        found.append(f"They were told something newer since: #{last.number}.")
    return tuple(found)


def _same_readers(one: SentMessage, other: SentMessage) -> bool:
    return (one.audience, one.account) == (other.audience, other.account)


def _differs(message: SentMessage, incident: Incident, name: str) -> bool:
    said, fact = lookup(message.filled, name), incident.fact(name)
    if message.account:  # personal words: what counts is whether the fact behind them changed
        said = lookup(dict(incident.heard).get(readers(message.audience, message.account), ()), name)
    return bool(said) and gist(said) != gist(fact)
