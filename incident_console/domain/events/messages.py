"""What happens to messages: copied, and sent, which cannot be taken back."""

from dataclasses import dataclass
from typing import ClassVar

from incident_console.domain.events.form import Body, Pairs


@dataclass(frozen=True, slots=True)
class MessageCopied(Body):
    """A message was copied for sending. Whether it was sent is another fact."""

    kind: ClassVar[str] = "message_copied"
    audience: str
    message_kind: str
    how: str
    """Which way the copy went and how sure it is, as the clipboard said it."""


@dataclass(frozen=True, slots=True)
class MessageSent(Body):
    """A message left the building; the words are kept exactly. Cannot be undone."""

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
