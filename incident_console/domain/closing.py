"""Closing the loop: who was told what and who has not heard the end, whom to thank, what the playbook should learn,
and the agenda of the review. Pure."""

from incident_console.domain.accounts import AccountRow, account_rows
from incident_console.domain.causes import Mark, chain, counting
from incident_console.domain.deadlines import tells_end
from incident_console.domain.figures import figures
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import ROLE_NAMES, Audience, Role, audience_name


@frozen
class Hearer:
    """Somebody who was, or should have been, told."""

    name: str
    audience: str
    account: str = ""
    messages: int = 0
    first_at: int | None = None
    """Microseconds UTC; None: nothing was sent."""
    last_at: int | None = None
    knows_end: bool = False
    """Whether something was sent since it was over."""


def hearers(incident: Incident) -> tuple[Hearer, ...]:
    """Every audience that was told or asked, customers and executives always, then key accounts; those who have not
    heard the end first."""
    asked = [audience for audience, _ in incident.requests]
    told = [sent.audience for sent in incident.sent]
    names = dict.fromkeys((Audience.CUSTOMERS, Audience.SUPPORT, Audience.EXECUTIVES, Audience.INTERNAL, *told, *asked))
    found = [_audience(incident, name) for name in names if name != Audience.KEY_ACCOUNTS]
    found += [_account(incident, row) for row in account_rows(incident)]
    if incident.sent_to(Audience.KEY_ACCOUNTS, ""):
        found.append(_audience(incident, Audience.KEY_ACCOUNTS))
    return tuple(sorted(found, key=lambda each: (each.knows_end, each.messages == 0 and not each.account)))


def _audience(incident: Incident, name: str) -> Hearer:
    """The last message counts: who heard the end and then that it is back has not heard the end."""
    sent = sorted(incident.sent_to(name, ""), key=lambda each: each.at)
    shown = audience_name(name)
    first, last = (sent[0].at, sent[-1].at) if sent else (None, None)
    return Hearer(shown, name, "", len(sent), first, last, bool(sent) and tells_end(incident, sent[-1]))


def _account(incident: Incident, row: AccountRow) -> Hearer:
    name = row.account.name
    times = [each.at for each in incident.sent_to(Audience.KEY_ACCOUNTS, name)]
    return Hearer(
        name, Audience.KEY_ACCOUNTS, name, len(times), min(times, default=None), max(times, default=None), row.knows_end
    )  # fmt: skip


def waiting_for_the_end(incident: Incident) -> tuple[Hearer, ...]:
    """Who was told of it and not of its end; key accounts whatever they were told."""
    return tuple(each for each in hearers(incident) if not each.knows_end and (each.messages or each.account))


def people(incident: Incident, actors: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Whoever held a role or wrote something, each once, in order: people to thank. One role may hold several names."""
    held = [name.strip() for _, names in incident.roles for name in names.split(",")]
    return tuple(dict.fromkeys(name for name in (*held, *actors) if name))


def thanks(incident: Incident, actors: tuple[str, ...] = ()) -> str:
    """A short word of thanks, ready to copy."""
    names = people(incident, actors)
    if not names:
        return ""
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return (
        f"{incident.reference}, {incident.title}, is behind us. Thank you, {listed}, for staying with it."
        " What you noticed and wrote down is what we learn from next."
    )


def playbook_proposals(incident: Incident) -> tuple[str, ...]:
    """What the playbook should say next time, from what was missing this time."""
    found = []
    empty = [ROLE_NAMES[role] for role in (Role.IC, Role.TECH, Role.COMMS, Role.SCRIBE) if not incident.role(role)]
    if empty:
        found.append(f"Nobody was {', nobody was '.join(empty)}: name who takes it, and a backup.")
    if incident.detected_by == "customer":
        found.append("Customers noticed first: which alert would have told us earlier?")
    if incident.unknown:
        found.append(f"Nobody could answer at once: {', '.join(incident.unknown)}. Note where to look.")
    if not incident.setting("rto"):
        found.append("No recovery time objective was set: agree on one for this service.")
    if incident.escalated_to:
        found.append(f"Called in: {', '.join(dict.fromkeys(incident.escalated_to))}. Put them on the escalation path.")
    found += [f"The {figure.name} is not known: {figure.why_not}." for figure in figures(incident) if figure.why_not]
    roots = [link.why.answer for link in counting(chain(incident)) if link.why.mark == Mark.ROOT]
    found += [f"Describe how to recognise and get out of: {answer}" for answer in roots]
    return tuple(found)


def agenda(incident: Incident) -> tuple[str, ...]:
    """What the review talks about, in an order that keeps it blameless."""
    return (
        "What happened, from the timeline; additions and corrections",
        "What surprised us, and what was known at each decision",
        f"How it came about; noted so far: {len(incident.whys)}" if incident.whys else "How it came about",
        "Where we were lucky, what went well",
        "What we change: owner and date for each action item",
        "What it means for what we build",
        "Who still has to hear the end",
    )
