"""Approval of messages: who waits for whom. It is asked for by name and never stops a message by itself. Pure."""

from enum import StrEnum

from incident_console.domain import events as e
from incident_console.domain.comms import Draft
from incident_console.domain.events import Pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Approval, Incident
from incident_console.domain.sending import open_for
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Refused


class Standing(StrEnum):
    """Where a message stands."""

    FREE = "free"
    """Nobody has to approve it."""
    WANTED = "wanted"
    """Somebody has to, and nobody was asked."""
    ASKED = "asked"
    GIVEN = "given"
    RETURNED = "returned"
    OUTDATED = "outdated"
    """Its words changed since it was asked for or given."""


@frozen
class Clearance:
    """Where a message stands, and the request behind it."""

    standing: Standing
    approval: Approval | None = None

    @property
    def may_go(self) -> bool:
        return self.standing in (Standing.FREE, Standing.GIVEN)


def clearance(incident: Incident, draft: Draft, needed: bool) -> Clearance:
    """Where a draft stands; `needed`: whether the pack asks for approval."""
    approval = latest(incident, draft.audience, draft.kind, draft.account)
    if approval is None or approval.state == "used":
        return Clearance(Standing.WANTED if needed else Standing.FREE)
    if approval.filled != filled(draft) or _moved_on(approval, incident):
        return Clearance(Standing.OUTDATED if needed else Standing.FREE, approval)
    return Clearance(Standing(approval.state), approval)


def _moved_on(approval: Approval, incident: Incident) -> bool:
    """Whether the words say something else now although nobody typed: they name the status and the severity."""
    return bool(approval.status) and (approval.status, approval.severity) != (incident.status, incident.severity)


def latest(incident: Incident, audience: str, kind: str, account: str = "") -> Approval | None:
    """The last request for a kind of message to an audience, or to one key account."""
    wanted = (audience, kind, account)
    same = (each for each in incident.approvals if (each.audience, each.message_kind, each.account) == wanted)
    return next(same, None)


def waiting(incident: Incident) -> tuple[Approval, ...]:
    """Requests that nobody has answered."""
    return tuple(each for each in incident.approvals if each.state == "asked")


def filled(draft: Draft) -> Pairs:
    """What an approval is about: the words that people filled in. Times move on by themselves."""
    return tuple((name, value) for name, value in draft.values if value)


def ask(incident: Incident, draft: Draft) -> e.ApprovalAsked:
    """Raises Refused for a closed incident, while something is missing, and when the same words wait or were approved
    already."""
    open_for(incident, draft.kind)
    if draft.missing:
        labels = ", ".join(field.label for field in draft.missing)
        raise Refused(f"Still missing: {labels}. Fill it in before you ask somebody to approve it.")
    known = latest(incident, draft.audience, draft.kind, draft.account)
    same = known is not None and known.filled == filled(draft) and not _moved_on(known, incident)
    if known is not None and same and known.state in ("asked", "given"):
        done = "waits for approval" if known.state == "asked" else f"was approved by {known.answered_by}"
        raise Refused(f"This message {done} already. Nothing was changed.")
    return e.ApprovalAsked(
        draft.audience, draft.kind, draft.subject, draft.text, filled(draft), draft.account, incident.status,
        incident.severity,
    )  # fmt: skip


def give(incident: Incident, approval_id: str, by: str, reason: str) -> e.ApprovalGiven:
    """Raises Refused for a request that was answered, and for one's own without a reason."""
    asked, words = _asked(incident, approval_id), clean_line(reason)
    if asked.asked_by == by and not words:
        raise Refused("You wrote this message yourself. Let somebody else approve it, or say why you approve it alone.")
    return e.ApprovalGiven(approval_id, words)


def give_back(incident: Incident, approval_id: str, reason: str) -> e.ApprovalReturned:
    """Raises Refused for a request that was answered, and without a reason."""
    _asked(incident, approval_id)
    words = clean_line(reason)
    if not words:
        raise Refused("Say in one line what should be different, so that the writer can go on.")
    return e.ApprovalReturned(approval_id, words)


def _asked(incident: Incident, approval_id: str) -> Approval:
    found = next((each for each in waiting(incident) if each.id == approval_id), None)
    if found is None:
        raise Refused("This request was answered or replaced already. Look at the message again.")
    return found
