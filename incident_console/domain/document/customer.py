"""The account of an incident for customers: which words of the record may be proposed for it, and what is missing.
Pure. What customers were told counts first; what was written for colleagues, only where nothing in it is for inside."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from operator import itemgetter
from typing import Final

from incident_console.domain.belied import told_before_the_end
from incident_console.domain.comms import Draft
from incident_console.domain.days import iso_day
from incident_console.domain.document.inside import found_details, found_inside, found_service
from incident_console.domain.events import Pairs
from incident_console.domain.finding import Finding
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import ActionItem, Incident, lookup, readers
from incident_console.domain.postmortem import proposed
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean, clean_line, clip
from incident_console.domain.vocabulary import ActionKind, ActionState, Audience, MessageKind

PARTS: Final = ("apology", "summary", "impact", "cause", "fix", "prevention")
"""The fields of the five parts: the apology, what happened and what it meant, why, what was fixed, what prevents it."""

OPEN_TO_ALL: Final = "write_to"
"""Where customers can ask: an address, once they were told it."""

WHOLE: Final = ("no_next_update", "no_impact", "missing_field")
"""Rules that ask about a whole message and say nothing about a piece of one."""

DONE, PLANNED = "Done since:", "Planned:"
"""What stands before action items: they are listed as they were written, without owners and days, and on one line, as
a field of a message is."""

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
    to_fill: tuple[str, ...] = ()
    """The names of the fields that are missing, in the order of `missing`."""

    @property
    def whole(self) -> str:
        """Subject and text, as they are copied."""
        return f"{self.subject}\n\n{self.text}"


@frozen
class Screen:
    """What words have to pass before they are proposed."""

    asked: Asked
    names: tuple[str, ...] = ()
    """Everybody and every customer that the record names."""
    given: frozenset[str] = frozenset()
    """First names that people have."""


@frozen
class Proposal:
    """Words of the record for one field, and why others are not taken over."""

    field: str
    text: str
    held_back: tuple[str, ...] = ()
    """A sentence each."""


@frozen
class _Words:
    """Words that the record has for a field."""

    text: str
    told: bool = False
    """Whether customers at large were told them already."""
    reviewed: bool = False
    """Whether they were written for the review: what is wrong with these, their author wants to know first."""


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


# --- what is proposed


def proposals(incident: Incident, screen: Screen, today: date, usual: Mapping[str, str]) -> tuple[Proposal, ...]:
    """Words for every field, empty where there are none to propose. `usual`: what any message would be filled with; it
    passes the same screen. An apology is nobody's to propose; what is overdue `today` is no promise."""
    fields = dict.fromkeys(("service", *PARTS, *usual))
    return tuple(_proposal(field, incident, screen, today, usual) for field in fields if field != "apology")


def _proposal(field: str, incident: Incident, screen: Screen, today: date, usual: Mapping[str, str]) -> Proposal:
    found = _first_fitting(field, _words(field, incident, usual), incident, screen)
    match field:
        case "fix":
            items = [item for item in incident.actions if item.state == ActionState.DONE and not item.candidate]
            return _with_items(found, DONE, items, incident, screen, today)
        case "prevention":
            items = [item for item in incident.actions if _is_planned(item)]
            return _with_items(found, PLANNED, items, incident, screen, today)
    return found


def _words(field: str, incident: Incident, usual: Mapping[str, str]) -> Iterator[_Words]:
    """What there is for a field: what customers were told, what the review says, what other messages say."""
    told = dict(incident.heard).get(readers(Audience.CUSTOMERS), ())
    yield _Words(lookup(told, field), told=True)
    match field:
        case "summary" | "impact":
            yield _Words(incident.section(field), reviewed=True)
        case "cause":
            text = incident.section("root_cause") or _sentences(proposed(incident, "root_cause").split("\n"))
            yield _Words(text, reviewed=True)
    yield _Words(usual.get(field, ""))


def _first_fitting(field: str, found: Iterator[_Words], incident: Incident, screen: Screen) -> Proposal:
    """The first words that pass; where none do, why not."""
    reasons = []
    for words in found:
        why = _reason(field, words, incident, screen) if words.text.strip() else None
        if why == "":
            return Proposal(field, _finished(words.text) if field in PARTS and not words.told else words.text)
        if why is not None:
            reasons.append((not words.reviewed, f"The words for {field} were not taken over because {why}"))
    return Proposal(field, "", (min(reasons, key=itemgetter(0))[1],) if reasons else ())


def _reason(field: str, words: _Words, incident: Incident, screen: Screen) -> str:
    """Why some words cannot be proposed, as the end of a sentence and what to do; empty where they can be."""
    if field == OPEN_TO_ALL and words.told:
        return ""
    if field == "impact" and clean_line(words.text) in told_before_the_end(incident):
        return "they are from before the end. Say what was, in the past."
    named = found_service(words.text, _private(incident)) if field != "service" else ""
    if found := named or _inside(words, incident, screen):
        return f"of {found}. Write them for customers."
    if field == "service" and re.fullmatch(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+", words.text):
        return f"“{words.text}” is a name for inside. Write the name that customers know."
    return ""


def _inside(words: _Words, incident: Incident, screen: Screen) -> str:
    """What in some words is for inside, or what the checks ask about; empty for nothing."""
    text = _without_services(words.text, incident)
    look = found_details if words.told else found_inside
    if found := look(text, screen.names, screen.given):
        return found
    asked = next((each for each in screen.asked(words.text) if each.rule not in WHOLE), None)
    return f"“{clean_line(asked.text)[:60]}” ({asked.rule.replace('_', ' ')})" if asked is not None else ""


def _without_services(text: str, incident: Incident) -> str:
    """The text without the names of services that are for the public."""
    for name in _public(incident):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return text


def _public(incident: Incident) -> tuple[str, ...]:
    """Services that are written like a name for the public: `GitLab.com`."""
    names = (*incident.services, lookup(dict(incident.heard).get(readers(Audience.CUSTOMERS), ()), "service"))
    return tuple(name for name in names if re.match(r"[^\W\d_a-z]", name))


def _private(incident: Incident) -> tuple[str, ...]:
    """The other services that the record names; what is public in other letters is none of them."""
    public = {name.casefold() for name in _public(incident)}
    return tuple(name for name in incident.services if name.casefold() not in public)


# --- action items


def _is_planned(item: ActionItem) -> bool:
    """What prevents it and is not done yet. What detects it sooner or responds faster keeps nothing from happening."""
    live = item.state in (ActionState.OPEN, ActionState.IN_PROGRESS)
    return live and not item.candidate and item.action_kind == ActionKind.PREVENT


def _with_items(
    found: Proposal, head: str, items: list[ActionItem], incident: Incident, screen: Screen, today: date
) -> Proposal:
    """The words and, below them, the items that customers may read about, without owners and days."""
    reasons = {item.id: _item_reason(item, incident, screen, today) for item in items}
    listed = "; ".join(clean_line(item.text).rstrip(".; ") for item in items if not reasons[item.id])
    text = "\n".join(part for part in (found.text, f"{head} {listed}." if listed else "") if part)
    return Proposal(found.field, text, (*found.held_back, *(why for why in reasons.values() if why)))


def _item_reason(item: ActionItem, incident: Incident, screen: Screen, today: date) -> str:
    """Why customers do not read about an item, as a sentence; empty where they may."""
    shown = f"“{clip(clean_line(item.text), 60)}”"
    named = found_service(item.text, _private(incident))
    if found := named or _inside(_Words(item.text), incident, screen):
        return f"{shown} was left out because of {found}. Say in your own words what changed for customers."
    if item.state == ActionState.DONE:
        return ""
    if not item.owner:
        return f"{shown} is no promise for customers: nobody owns it. Give it an owner first."
    due = iso_day(item.due)
    if due is not None and due < today:
        return f"{shown} is no promise for customers: it is overdue since {due}. Give it a new date, or leave it out."
    return ""


# --- words


def _sentences(texts: list[str]) -> str:
    words = [clean_line(text).rstrip(".") for text in texts]
    return "\n".join(f"{text[:1].upper()}{text[1:]}." for text in words if text)


def _finished(text: str) -> str:
    """One line with a large letter and a full stop; what has several lines stays as it was written."""
    words = clean(text).strip()
    if "\n" in words or not (words[-1:].isalnum() or words[-1:] in ")%"):
        return words
    return f"{words[:1].upper()}{words[1:]}." if " " in words else words


# --- the report


def from_sent(message: SentMessage, findings: tuple[Finding, ...]) -> CustomerReport:
    """The very words that went out."""
    return CustomerReport(message.subject, message.text, (), findings, "sent")


def from_draft(
    draft: Draft, findings: tuple[Finding, ...], source: str, held_back: tuple[str, ...] = ()
) -> CustomerReport:
    """The words of a draft, with what it lacks."""
    missing = tuple(field.label for field in draft.missing)
    asked = tuple(each for each in findings if not each.text.startswith("[missing:"))  # said already, by their labels
    names = tuple(field.name for field in draft.missing)
    return CustomerReport(draft.subject, draft.text, missing, asked, source, held_back, names)
