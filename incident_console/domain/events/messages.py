"""What happens around messages: facts stated, approvals, key accounts; copied, and sent, which cannot be taken back."""

from typing import ClassVar

from incident_console.domain.events.form import Body, Pairs
from incident_console.domain.frozen import frozen


@frozen
class FactsStated(Body):
    """Facts that all messages draw from read like this now."""

    kind: ClassVar[str] = "facts_stated"
    values: Pairs
    """(fact, words): impact, users_affected, progress and the like; no words: nothing is known any more."""
    previous: Pairs = ()
    """The same facts as they read before."""


@frozen
class MessageCopied(Body):
    """A message was copied for sending. Whether it was sent is another fact."""

    kind: ClassVar[str] = "message_copied"
    audience: str
    message_kind: str
    how: str
    """Which way the copy went and how sure it is, as the clipboard said it."""


@frozen
class MessageSent(Body):
    """A message left the building; the words are kept exactly. Cannot be undone, unless it was recorded from memory."""

    kind: ClassVar[str] = "message_sent"
    audience: str
    message_kind: str
    number: int
    """1 for the first message this audience got, and so on."""
    subject: str
    text: str
    next_at: int | None = None
    """The promised time of the next update, microseconds UTC; None: nothing was promised."""
    filled: Pairs = ()
    """(field, value) as people filled them in; they prefill the next message."""
    template: str = ""
    """Name and version of the template, so that later changes of templates change nothing here."""
    channel: str = ""
    """Where it went: email, chat, status page, or whatever people call it."""
    overruled: tuple[str, ...] = ()
    """What was asked about the words and sent all the same: rules of the checks, or `approval`."""
    corrects: int | None = None
    """The number of the message to the same audience that this one corrects."""
    resends: int | None = None
    """The number of the message to the same audience whose words went out once more."""
    account: str = ""
    """The key account it went to; empty for a whole audience."""
    approved_by: str = ""
    remembered: bool = False
    """Recorded afterwards by somebody who remembers it: its time and its readers may prove wrong."""
    past: bool = False
    """Whether the incident was closed when it was written down: what it said was so then and changes no fact."""


@frozen
class ApprovalAsked(Body):
    """Somebody wants a message approved before it goes out; the event's id is the request's id."""

    kind: ClassVar[str] = "approval_asked"
    audience: str
    message_kind: str
    subject: str
    text: str
    filled: Pairs = ()
    """The values of the fields: while they stay the same, so does the approval."""
    account: str = ""
    """The key account it is for; empty for a whole audience."""
    status: str = ""
    """What the incident's status was: its words say it, too."""
    severity: int | None = None


@frozen
class ApprovalGiven(Body):
    kind: ClassVar[str] = "approval_given"
    target: str
    reason: str = ""
    """Why somebody approved their own words; may be empty for another person's."""


@frozen
class ApprovalReturned(Body):
    """The words go back to who wrote them."""

    kind: ClassVar[str] = "approval_returned"
    target: str
    reason: str


@frozen
class AccountListed(Body):
    """A customer who is told personally; again for the same name: its owner or tier reads differently now."""

    kind: ClassVar[str] = "account_listed"
    name: str
    owner: str = ""
    """Who speaks with them."""
    tier: str = ""


@frozen
class AccountNoted(Body):
    """What there is to know about one key account in this incident; replaces the note before."""

    kind: ClassVar[str] = "account_noted"
    name: str
    text: str


@frozen
class AccountDropped(Body):
    """A customer is not affected after all."""

    kind: ClassVar[str] = "account_dropped"
    name: str
