"""What a message is made from: a template with its fields, and what a pack says about audiences. Plain data."""

import re
from typing import Final

from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Account

PLACEHOLDER: Final = re.compile(r"\$([a-z][a-z_]*)")
"""A field or a computed value in a template: a dollar sign and a name, nothing cleverer."""

COMPUTED: Final = (
    "title", "severity", "severity_name", "status", "public_status", "number", "reference", "started", "since", "ended",
    "duration", "elapsed", "lead", "channel", "next_update", "account", "account_owner", "services",
    "lasted", "greeting",
)  # fmt: skip
"""What is worked out and never typed."""

FACTS: Final = (
    "impact", "users_affected", "business_impact", "customer_reports", "progress", "next_steps", "workaround",
)  # fmt: skip
"""Fields that say the same to every audience: they live on the incident, and all messages draw from them."""

FORMS: Final = ("plain", "email", "chat", "slack", "status_page")
"""How a message can be written down: for a mail, for chats that read Markdown, for Slack, for a status page."""

PHASES: Final = ("response", "learning")


@frozen
class Field:
    """Something that people fill in."""

    name: str
    label: str
    required: bool
    help: str
    example: str


@frozen
class Words:
    """What a message says, with placeholders."""

    subject: str
    body: str


@frozen
class Template:
    """One kind of message."""

    kind: str
    version: int
    audiences: tuple[str, ...]
    """Who may get it; the first one is meant when nobody says."""
    subject: str
    body: str
    fields: tuple[Field, ...]
    source: str = "default"
    """Which pack it came from."""
    name: str = ""
    """What people call it."""
    phases: tuple[str, ...] = PHASES
    """When it is offered: some of PHASES."""
    severities: tuple[int, ...] = (1, 2, 3, 4)
    """At which severities it is offered; anybody may take it at any other, too."""
    forms: tuple[str, ...] = FORMS
    """Some of FORMS; the first one is the usual one."""
    tone: tuple[str, ...] = ()
    """How it should sound, one short line each."""
    promises: bool = True
    """Whether it says when the next word comes."""
    outside: Words | None = None
    """What it says to people outside the company; None: the same as to everybody."""

    @property
    def label(self) -> str:
        """Name and version, as kept with every message."""
        return f"{self.source}/{self.kind} v{self.version}"


@frozen
class Catalog:
    """Every template in force."""

    templates: tuple[Template, ...]
    troubles: tuple[str, ...] = ()
    """One sentence for each file that could not be used, with its name and key; the others work."""

    def get(self, kind: str) -> Template | None:
        return next((template for template in self.templates if template.kind == kind), None)


@frozen
class AudienceRule:
    """What is usual for one audience."""

    name: str
    zone: str = ""
    """IANA name of the zone in which it reads times; empty: the zone of the terminal."""
    channel: str = ""
    """Where messages to it usually go."""


@frozen
class ApprovalRule:
    """Which messages somebody approves before they go out; an empty tuple means any."""

    audiences: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()


@frozen
class CommsRules:
    """What a company's pack says about messages."""

    name: str = "default"
    version: int = 1
    audiences: tuple[AudienceRule, ...] = ()
    approvals: tuple[ApprovalRule, ...] = ()
    accounts: tuple[Account, ...] = ()
    """Key accounts, for the incidents that hit them."""
    status_page_url: str = ""

    def audience(self, name: str) -> AudienceRule:
        return next((each for each in self.audiences if each.name == name), AudienceRule(name))

    def needs_approval(self, audience: str, severity: int | None, kind: str) -> bool:
        """Whether a message waits for somebody's approval; an unknown severity counts as the worst."""
        return any(
            (not rule.audiences or audience in rule.audiences)
            and (not rule.severities or (severity or 1) in rule.severities)
            and (not rule.kinds or kind in rule.kinds)
            for rule in self.approvals
        )
