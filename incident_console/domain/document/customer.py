"""The account of an incident for customers: which words of the review may be proposed for it, and what is missing.
Pure. Words for inside stay inside: whatever names a person or an internal detail is held back, and said so."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from incident_console.domain.comms import Draft
from incident_console.domain.events import Pairs
from incident_console.domain.finding import Finding
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import proposed
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import ActionKind, ActionState, Audience, MessageKind

PARTS: Final = ("apology", "summary", "impact", "cause", "fix", "prevention")
"""The fields of the five parts: the apology, what happened and what it meant, why, what was fixed, what prevents it."""

WHOLE: Final = ("no_next_update", "no_impact", "missing_field")
"""Rules that ask about a whole message and say nothing about a piece of one."""

_TICKET: Final = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d+\b|https?://\S+|(?<!\w)#[a-z][\w-]+|\b[\w-]+(?:\.[\w-]+)+:\d+\b")

Asked = Callable[[str], tuple[Finding, ...]]
"""What the checks ask about some words for customers."""


@frozen
class CustomerReport:
    """The account as it stands."""

    subject: str
    text: str
    missing: tuple[str, ...]
    """Labels of the parts that nobody has written; each stands as [missing: …] in the text."""
    findings: tuple[Finding, ...]
    """What the checks ask about the text, in its order; none of them blocks anything."""
    source: str = "proposed"
    """`sent`, `asked` (it waits for approval) or `proposed` (put together from the record)."""
    held_back: tuple[str, ...] = ()
    """Why words of the record were not taken over, a sentence each."""

    @property
    def whole(self) -> str:
        """Subject and text, as they are copied."""
        return f"{self.subject}\n\n{self.text}"


@frozen
class Proposal:
    """Words of the record for one field, or why they are not taken over."""

    field: str
    text: str
    held_back: str = ""


def last_sent(messages: tuple[SentMessage, ...]) -> SentMessage | None:
    """The latest account that went out, to customers at large before one to a single account."""
    found = [each for each in messages if each.kind == MessageKind.CUSTOMER_REPORT]
    return max(found, key=lambda each: (each.audience == Audience.CUSTOMERS, each.at), default=None)


def last_asked(incident: Incident) -> Pairs:
    """The fields of the latest account that somebody wants approved; empty when there is none."""
    found = [
        each.filled for each in incident.approvals
        if each.message_kind == MessageKind.CUSTOMER_REPORT and each.audience == Audience.CUSTOMERS
    ]  # fmt: skip
    return found[-1] if found else ()


def proposals(incident: Incident, asked: Asked, people: tuple[str, ...]) -> tuple[Proposal, ...]:
    """Words for each field that the record has words for. An apology is nobody's to propose."""
    return tuple(_screened(field, text, incident, asked, people) for field, text in _words(incident) if text)


def _words(incident: Incident) -> Iterator[tuple[str, str]]:
    """From what people wrote for customers first, then from the sections of the postmortem."""
    done = [item for item in incident.actions if item.state == ActionState.DONE and not item.candidate]
    planned = [
        item for item in incident.actions
        if not item.candidate and item.owner and item.state in (ActionState.OPEN, ActionState.IN_PROGRESS)
        and item.action_kind == ActionKind.PREVENT
    ]  # fmt: skip
    yield "summary", incident.section("summary")
    yield "impact", incident.fact("impact") or incident.section("impact")
    yield "cause", incident.section("root_cause") or proposed(incident, "root_cause")
    yield "fix", _sentences([item.text for item in done])
    yield "prevention", _sentences([item.text for item in planned])


def _sentences(texts: list[str]) -> str:
    words = [clean_line(text).rstrip(".") for text in texts]
    return "\n".join(f"{text[:1].upper()}{text[1:]}." for text in words if text)


def _screened(field: str, text: str, incident: Incident, asked: Asked, people: tuple[str, ...]) -> Proposal:
    why = names_inside(text, incident, people)
    if not why:
        found = next((each for each in asked(text) if each.rule not in WHOLE), None)
        why = f"“{clean_line(found.text)[:60]}” ({found.rule.replace('_', ' ')})" if found is not None else ""
    if why:
        words = f"The words for {field} were not taken over because of {why}. Write them for customers."
        return Proposal(field, "", words)
    return Proposal(field, clean(text).strip())


def names_inside(text: str, incident: Incident, people: tuple[str, ...]) -> str:
    """What in a text is no business of customers: a name, the room, a ticket, a host with its port; empty for nothing.

    Names count as whole words, however they are spelt in letters large and small.
    """
    for name in (*people, *(item.owner for item in incident.actions), incident.channel):
        if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            return f"“{clean_line(name)[:60]}”"
    match = _TICKET.search(text)
    return f"“{clean_line(match[0])[:60]}”" if match is not None else ""


def from_sent(message: SentMessage, findings: tuple[Finding, ...]) -> CustomerReport:
    """The very words that went out."""
    return CustomerReport(message.subject, message.text, (), findings, "sent")


def from_draft(
    draft: Draft, findings: tuple[Finding, ...], source: str, held_back: tuple[str, ...] = ()
) -> CustomerReport:
    """The words of a draft, with what it lacks."""
    missing = tuple(field.label for field in draft.missing)
    asked = tuple(each for each in findings if not each.text.startswith("[missing:"))  # said already, by their labels
    return CustomerReport(draft.subject, draft.text, missing, asked, source, held_back)
