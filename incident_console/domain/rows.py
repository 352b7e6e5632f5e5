"""How each kind of event reads as a row of the timeline: its kind there and its words. Pure."""

from collections.abc import Callable
from typing import Any, Final

from incident_console.domain import events as e
from incident_console.domain.events import Body
from incident_console.domain.motion import every
from incident_console.domain.vocabulary import (
    MESSAGE_NAMES,
    ROLE_NAMES,
    EntryKind,
    MessageKind,
    RecordKind,
    Role,
    audience_name,
    severity_label,
)
from incident_console.domain.when import utc_time


def _declared(body: e.Declared) -> str:
    drill = "DRILL, " if body.drill else ""
    return f"{drill}{severity_label(body.severity)}, {body.title}"


def _severity(body: e.SeverityChanged) -> str:
    reason = f": {body.reason}" if body.reason else ""
    return f"{severity_label(body.previous)} → {severity_label(body.severity)}{reason}"


def _assessed(body: e.Assessed) -> str:
    """The level that was taken first, then why."""
    still = "still " if body.severity == body.previous else ""
    agreed = body.severity == body.recommended
    other = "as recommended" if agreed else f"taken, {severity_label(body.recommended)} recommended"
    taken = f"{still}{severity_label(body.severity)} {other}"
    told = {"yes": "tell customers", "directly": "tell those customers directly", "no": "customers need no word"}
    parts = [taken, body.reason, *body.reasons, told.get(body.tell_customers, "")]
    return "; ".join(part for part in parts if part)


def _role(body: e.RoleAssigned) -> str:
    name = ROLE_NAMES.get(Role(body.role), body.role) if body.role in set(Role) else body.role
    before = f" (was {body.previous})" if body.previous else ""
    over = ", handed over with a brief" if body.brief else ""
    return f"{name}: {body.name or 'nobody'}{before}{over}"


def row_of(body: Body) -> tuple[str, str]:
    """(kind, words) of an event that is a row by itself."""
    kind, words = ROWS[type(body)]
    asked = isinstance(body, e.TimerStarted) and body.timer_kind == "ask"
    return (RecordKind.ASK if asked else kind), words(body)


def decided(body: e.Decided) -> str:
    """A decision as a compact block: what was taken first, then every option with what was known of it."""
    lines = [f"{body.text}: {body.chosen}" if body.text else body.chosen]
    for option in body.options:
        known = dict(option)
        name = known.pop("name", "")
        sign = "▸" if name == body.chosen else " "
        facts = "; ".join(f"{OPTION_WORDS.get(key, key)} {value}" for key, value in known.items() if value)
        lines.append(f"{sign} {name}{f': {facts}' if facts else ''}")
    ends = [("accepted worst case", body.accepts), ("decided by", body.by), ("look again", body.review)]
    return "\n".join([*lines, *(f"  {what}: {words}" for what, words in ends if words)])


OPTION_WORDS: Final = {"time": "back in", "data": "data at risk:", "impact": "users:", "chance": "may fail:"}
"""How the facts of an option read."""


def _escalated(body: e.Escalated) -> str:
    when = f", by {body.by_when}" if body.by_when else ""
    return f"{body.to}: {body.needed}{when}\nwhat is happening: {body.happening}\nwhy it matters: {body.why}"


def _ended(body: e.TimerEnded) -> str:
    said = f": {body.text}" if body.text else ""
    return f"{body.what}, {body.how}{said}" if body.what else f"{body.how}{said}"


def _clock(body: e.ClockSet) -> str:
    reason = f": {body.reason}" if body.reason else ""
    match body.action:
        case "pause":
            return f"{body.name} paused{reason}"
        case "resume":
            return f"{body.name} runs again{reason}"
        case "snooze":
            until = f" until {utc_time(body.until)}" if body.until else ""
            return f"{body.name} put off{until}{reason}"
        case "target":
            return f"service must be back within {every(body.every or 0)}{reason}"
        case _:
            return f"{body.name} every {every(body.every or 0)} now{reason}"


def _amended(body: e.Amended) -> str:
    what = AMENDED.get(body.name, body.name)
    shown = ", ".join(utc_time(value) if isinstance(value, int) else value for value in body.values) or "unknown"
    return f"{what}: {shown}{f' (was {body.previous})' if body.previous else ''}"


AMENDED: Final = {
    "started_at": "start", "detected_at": "detection", "acknowledged_at": "owned", "mitigated_at": "mitigation",
    "resolved_at": "resolution",
}  # fmt: skip
"""How the names of amended times read."""


def _sent(body: e.MessageSent) -> str:
    """What went to whom; what was asked about it and overruled is told, too."""
    to = f"{audience_name(body.audience)} #{body.number}{f', {body.account},' if body.account else ''}"
    again = f", correction to #{body.corrects}" if body.corrects else f", #{body.resends} again" if body.resends else ""
    through = f" by {body.channel}" if body.channel else ""
    overruled = f" (sent although asked about: {', '.join(body.overruled)})" if body.overruled else ""
    return f"{to} sent{through}: {message_name(body.message_kind)}{again}{overruled}"


def message_name(kind: str) -> str:
    """What people call a kind of message, also one of a company's own."""
    return MESSAGE_NAMES[MessageKind(kind)] if kind in set(MessageKind) else kind.replace("_", " ") or "message"


def _stated(body: e.FactsStated) -> str:
    before = dict(body.previous)
    return "; ".join(_fact(name, value, before.get(name, "")) for name, value in body.values)


def _fact(name: str, value: str, before: str) -> str:
    was = f" (was: {before})" if before else ""
    return f"{name.replace('_', ' ')}: {value or 'not known any more'}{was}"


def _listed(body: e.AccountListed) -> str:
    parts = [body.tier, f"owner {body.owner}" if body.owner else ""]
    return f"key account {body.name}{''.join(f', {part}' for part in parts if part)}"


ROWS: Final[dict[type[Body], tuple[str, Callable[[Any], str]]]] = {
    e.Declared: (RecordKind.DECLARED, _declared),
    e.Imported: (RecordKind.IMPORTED, lambda body: f"from a file: {body.title}"),
    e.StatusChanged: (RecordKind.STATUS, lambda body: f"{body.previous} → {body.status}"),
    e.SeverityChanged: (RecordKind.SEVERITY, _severity),
    e.Assessed: (RecordKind.TRIAGE, _assessed),
    e.RoleAssigned: (RecordKind.ROLE, _role),
    e.Decided: (EntryKind.DECISION, decided),
    e.Escalated: (EntryKind.ESCALATION, _escalated),
    e.CheckedIn: (EntryKind.CHECKIN, lambda body: body.text),
    e.TimerStarted: (RecordKind.TIMER, lambda body: f"{body.who}: {body.text}" if body.who else body.text),
    e.TimerEnded: (RecordKind.ANSWER, _ended),
    e.TimerExtended: (RecordKind.TIMER, lambda body: f"{body.what}: more time, {body.reason}"),
    e.ClockSet: (RecordKind.CLOCK, _clock),
    e.Requested: (RecordKind.REQUEST, lambda body: f"{audience_name(body.audience)} ask: {body.text}"),
    e.Ticked: (RecordKind.TICK, lambda body: body.text if body.done else f"open again: {body.text}"),
    e.Amended: (RecordKind.AMENDED, _amended),
    e.FactsStated: (RecordKind.FACT, _stated),
    e.ApprovalAsked: (
        RecordKind.APPROVAL,
        lambda body: f"asked for: {message_name(body.message_kind)} to {audience_name(body.audience)}",
    ),
    e.ApprovalGiven: (RecordKind.APPROVAL, lambda body: f"given{f': {body.reason}' if body.reason else ''}"),
    e.ApprovalReturned: (RecordKind.APPROVAL, lambda body: f"returned: {body.reason}"),
    e.AccountListed: (RecordKind.ACCOUNT, _listed),
    e.AccountNoted: (RecordKind.ACCOUNT, lambda body: f"{body.name}: {body.text}"),
    e.AccountDropped: (RecordKind.ACCOUNT, lambda body: f"{body.name} is not affected"),
    e.MessageSent: (RecordKind.UPDATE, _sent),
    e.MessageCopied: (
        RecordKind.COPIED,
        lambda body: f"message to {audience_name(body.audience)} copied for sending ({body.how})",
    ),
    e.Unknown: (RecordKind.UNKNOWN, lambda body: f"{body.was}: written by a newer version of this program"),
}
"""Which events besides `Noted` are rows of a timeline, under which kind and in which words."""

BOOKKEEPING: Final = frozenset({
    RecordKind.COPIED, RecordKind.TIMER, RecordKind.CLOCK, RecordKind.TICK, RecordKind.AMENDED, RecordKind.FACT,
    RecordKind.APPROVAL, RecordKind.ACCOUNT, RecordKind.IMPORTED, RecordKind.UNKNOWN,
})  # fmt: skip
"""Rows about the console and its record rather than about the incident. Stated facts are among them: people hear them
in messages, and the impact quotes them."""
