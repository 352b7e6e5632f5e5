"""The field's standard terms as the program spells them: one list each, used by commands, screens and files alike."""

from enum import StrEnum
from typing import Final

from incident_console.domain.text import clean_line


class Refused(Exception):
    """A command that cannot be carried out; its text is one plain sentence that says what to do next."""


class OddTime(Refused):
    """A stated time that is hardly meant so; commands may take it all the same with --force."""


class Status(StrEnum):
    """Where an incident stands; it may go back."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATING = "mitigating"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Role(StrEnum):
    """Who does what during an incident."""

    IC = "ic"
    TECH = "tech"
    COMMS = "comms"
    SCRIBE = "scribe"
    INVESTIGATORS = "investigators"
    IC_BACKUP = "ic_backup"
    TECH_BACKUP = "tech_backup"
    COMMS_BACKUP = "comms_backup"
    SCRIBE_BACKUP = "scribe_backup"


class Audience(StrEnum):
    """Who hears about an incident, each at its own cadence."""

    INTERNAL = "internal"
    SUPPORT = "support"
    CUSTOMERS = "customers"
    EXECUTIVES = "executives"
    KEY_ACCOUNTS = "key_accounts"
    """Customers who are told one by one; they have no common clock unless a pack gives them one."""


class MessageKind(StrEnum):
    """The sorts of messages that are shipped; packs may add others."""

    INITIAL = "initial"
    UPDATE = "update"
    BRIEF = "brief"
    STATUS_PAGE = "status_page"
    TALKING_POINTS = "talking_points"
    ESCALATION = "escalation"
    EXECUTIVE_BRIEF = "executive_brief"
    KEY_ACCOUNT = "key_account"
    RESOLUTION = "resolution"
    CUSTOMER_REPORT = "customer_report"


class EntryKind(StrEnum):
    """What a line in the log is about."""

    NOTE = "note"
    ACTION = "action"
    DECISION = "decision"
    HYPOTHESIS = "hypothesis"
    QUESTION = "question"
    IMPACT = "impact"
    EVIDENCE = "evidence"
    MITIGATION = "mitigation"
    ESCALATION = "escalation"
    CHECKIN = "checkin"


class RecordKind(StrEnum):
    """Timeline rows that commands write by themselves; also kept as they are when a file brings them."""

    DECLARED = "declared"
    STATUS = "status"
    SEVERITY = "severity"
    TRIAGE = "triage"
    ROLE = "role"
    UPDATE = "update"
    COPIED = "copied"
    TIMER = "timer"
    ASK = "ask"
    ANSWER = "answer"
    CLOCK = "clock"
    REQUEST = "request"
    TICK = "tick"
    AMENDED = "amended"
    FACT = "fact"
    APPROVAL = "approval"
    ACCOUNT = "account"
    IMPORTED = "imported"
    UNKNOWN = "unknown"


class DetectedBy(StrEnum):
    """Who noticed an incident first."""

    MONITORING = "monitoring"
    CUSTOMER = "customer"
    COLLEAGUE = "colleague"


class ActionKind(StrEnum):
    """What an action item is good for."""

    PREVENT = "prevent"
    DETECT = "detect"
    RESPOND = "respond"


class ActionState(StrEnum):
    """Where an action item stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"
    """It will not be done, for a reason."""


SEVERITIES: Final = (1, 2, 3, 4)
"""SEV1 is the worst."""

SEVERITY_NAMES: Final = {1: "critical", 2: "high", 3: "medium", 4: "low"}

ROLE_NAMES: Final = {
    Role.IC: "Incident Commander",
    Role.TECH: "Technical Lead",
    Role.COMMS: "Communications Lead",
    Role.SCRIBE: "Scribe",
    Role.INVESTIGATORS: "Investigators",
    Role.IC_BACKUP: "Incident Commander, backup",
    Role.TECH_BACKUP: "Technical Lead, backup",
    Role.COMMS_BACKUP: "Communications Lead, backup",
    Role.SCRIBE_BACKUP: "Scribe, backup",
}

ROLE_SHORT: Final = {Role.IC: "IC", Role.TECH: "Tech", Role.COMMS: "Comms", Role.SCRIBE: "Scribe"}
"""The four roles that an incident needs; one person may hold all."""

BACKUPS: Final = {
    Role.IC: Role.IC_BACKUP,
    Role.TECH: Role.TECH_BACKUP,
    Role.COMMS: Role.COMMS_BACKUP,
    Role.SCRIBE: Role.SCRIBE_BACKUP,
}
"""Who stands in for whom."""

AUDIENCE_NAMES: Final = {
    Audience.INTERNAL: "internal stakeholders",
    Audience.SUPPORT: "customer-facing teams",
    Audience.CUSTOMERS: "customers",
    Audience.EXECUTIVES: "executives",
    Audience.KEY_ACCOUNTS: "key accounts",
}

MESSAGE_NAMES: Final = {
    MessageKind.INITIAL: "initial notification",
    MessageKind.UPDATE: "stakeholder update",
    MessageKind.BRIEF: "brief update",
    MessageKind.STATUS_PAGE: "status page",
    MessageKind.TALKING_POINTS: "support and sales talking points",
    MessageKind.ESCALATION: "escalation",
    MessageKind.EXECUTIVE_BRIEF: "executive brief",
    MessageKind.KEY_ACCOUNT: "key account note",
    MessageKind.RESOLUTION: "resolution",
    MessageKind.CUSTOMER_REPORT: "customer report",
}

RESPONSE: Final = (Status.INVESTIGATING, Status.IDENTIFIED, Status.MITIGATING, Status.MONITORING)
"""Statuses of the response phase, in their usual order; the others belong to learning."""

SIGNS: Final = {
    EntryKind.NOTE: " ",
    EntryKind.ACTION: "»",
    EntryKind.DECISION: "◆",
    EntryKind.HYPOTHESIS: "?",
    EntryKind.QUESTION: "¿",
    EntryKind.IMPACT: "!",
    EntryKind.EVIDENCE: "▪",
    EntryKind.MITIGATION: "+",
    EntryKind.ESCALATION: "↑",
    EntryKind.CHECKIN: "✓",
    RecordKind.DECLARED: "●",
    RecordKind.STATUS: "→",
    RecordKind.SEVERITY: "▲",
    RecordKind.TRIAGE: "△",
    RecordKind.ROLE: "@",
    RecordKind.UPDATE: "➤",
    RecordKind.COPIED: "⧉",
    RecordKind.TIMER: "◷",
    RecordKind.ASK: "⁇",
    RecordKind.ANSWER: "↩",
    RecordKind.CLOCK: "◴",
    RecordKind.REQUEST: "✉",
    RecordKind.TICK: "☑",
    RecordKind.AMENDED: "✎",
    RecordKind.FACT: "=",
    RecordKind.APPROVAL: "✔",
    RecordKind.ACCOUNT: "☏",
    RecordKind.IMPORTED: "▼",
    RecordKind.UNKNOWN: "·",
}
"""One sign per row kind; the word stands beside it, so that a sign alone never carries the meaning."""


def severity_label(severity: int | None) -> str:
    """`SEV1` … `SEV4`, or `SEV?` while nobody has said."""
    return f"SEV{severity}" if severity else "SEV?"


def reference(number: int) -> str:
    """What people call an incident: `INC-7`."""
    return f"INC-{number}"


def choice(word: str, options: type[StrEnum], what: str) -> str:
    """The option somebody typed, in any case; raises Refused with the allowed words."""
    wanted = word.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in {option.value for option in options}:
        return wanted
    allowed = ", ".join(option.value for option in options)
    raise Refused(f"There is no {what} “{word.strip()[:40]}”.{_meant(wanted, options)} Use one of: {allowed}.")


def _meant(word: str, options: type[StrEnum]) -> str:
    """A question about the nearest option; empty when none is near."""
    import difflib

    near = difflib.get_close_matches(word, [option.value for option in options], 1)
    return f" Did you mean {near[0]}?" if near else ""


def audience_name(audience: str) -> str:
    """What people call an audience, also one that only another version of this program knows."""
    return AUDIENCE_NAMES[Audience(audience)] if audience in set(Audience) else clean_line(audience).replace("_", " ")


def readers_name(audience: str, account: str = "") -> str:
    """The same, with the key account that it is about: `key accounts / Acme`."""
    return f"{audience_name(audience)}{f' / {account}' if account else ''}"
