"""Messages: a template, what is known of the incident, and what people fill in, put together in one pass. Pure.

Values are inserted once and never read again, so a `$` or a bracket in somebody's text stays what it is."""

import re
from collections.abc import Mapping
from typing import Final

from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.events import Pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Account, Incident, Sent, lookup, readers
from incident_console.domain.templates import PLACEHOLDER, Field, Template, Words
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import (
    SEVERITY_NAMES,
    Audience,
    MessageKind,
    Refused,
    Role,
    Status,
    severity_label,
)
from incident_console.domain.when import full_time, spoken_day, spoken_time

OUTSIDE: Final = (Audience.CUSTOMERS, Audience.KEY_ACCOUNTS)
"""Who does not belong to the company."""

BY_CADENCE: Final = -1
"""A promised time that nobody chose: the cadence of the audience gives it."""


@frozen
class Wish:
    """Which message somebody wants to write, and what they know of it."""

    audience: str
    kind: str | None = None
    """None: the one that fits."""
    values: Pairs = ()
    """(field, value) as people filled them in; what is not named is prefilled."""
    next_at: int | None = BY_CADENCE
    """When the next word comes, microseconds UTC; BY_CADENCE, or None to promise nothing."""
    account: str = ""
    """The key account it goes to."""
    corrects: int | None = None
    """The number of an earlier message to the same audience that this one corrects."""


@frozen
class Address:
    """Whom a message is for, and when they hear next."""

    audience: str
    next_at: int | None = None
    account: Account | None = None
    corrects: Sent | None = None

    def before(self, incident: Incident) -> tuple[Sent, ...]:
        """What these readers were sent already."""
        return incident.sent_to(self.audience, self.account.name if self.account is not None else "")


@frozen
class Draft:
    """A message as it stands."""

    incident_id: str
    audience: str
    kind: str
    number: int
    values: Pairs
    """(field, value), every field of the template, empty where nothing is filled in or where this audience is not told
    about it."""
    next_at: int | None
    """The promised time of the next update, microseconds UTC; the very time that the text names."""
    subject: str
    text: str
    missing: tuple[Field, ...]
    template: str
    account: str = ""
    corrects: int | None = None

    @property
    def whole(self) -> str:
        """Subject and body, as they are copied."""
        return f"{self.subject}\n\n{self.text}"


def suggested_kind(incident: Incident, audience: str) -> MessageKind:
    """What an audience should hear next."""
    if not incident.in_response:
        return MessageKind.RESOLUTION
    told = bool(incident.sent_to(audience))
    match audience:
        case Audience.CUSTOMERS:
            return MessageKind.STATUS_PAGE
        case Audience.KEY_ACCOUNTS:
            return MessageKind.KEY_ACCOUNT
        case Audience.EXECUTIVES if (incident.severity or 1) <= 2:
            return MessageKind.EXECUTIVE_BRIEF
        case Audience.SUPPORT if not told:
            return MessageKind.TALKING_POINTS
    return MessageKind.UPDATE if told else MessageKind.INITIAL


def fill(
    template: Template, incident: Incident, address: Address, values: Mapping[str, str], now: int, zone: Zone
) -> Draft:
    """Put a message together, with times in the zone of its readers; raises Refused for a field that the template does
    not have."""
    names = [field.name for field in template.fields]
    unknown = [name for name in values if name not in names]
    if unknown:
        raise Refused(f"This message has no field “{clean_line(unknown[0])[:40]}”. Its fields: {', '.join(names)}.")
    asked = fields_for(template, address.audience)
    known = {name: "" for name in names} | {field.name: clean(values.get(field.name, "")).strip() for field in asked}
    missing = tuple(field for field in asked if field.required and not known[field.name])
    marks = {field.name: f"[missing: {field.label}]" for field in missing}
    words, times = _words(template, address.audience), _Times(address.audience in OUTSIDE, now, zone)
    inserted = {**_computed(incident, address, times), **known, **marks}
    subject = clean_line(_render(words.subject, inserted))
    text = clean(_render(words.body, inserted))
    if address.corrects is not None:
        subject, text = _correction(subject, text, address.corrects, times)
    if incident.drill:
        subject, text = f"DRILL {subject}", f"DRILL: this is an exercise, nothing is broken.\n\n{text}\n\nDRILL"
    return Draft(
        incident.id, address.audience, template.kind, len(address.before(incident)) + 1,
        tuple(known.items()), address.next_at, subject, text, missing, template.label,
        address.account.name if address.account is not None else "",
        address.corrects.number if address.corrects is not None else None,
    )  # fmt: skip


def fields_for(template: Template, audience: str) -> tuple[Field, ...]:
    """The fields that the message to an audience says something about: people outside are not told everything."""
    if _words(template, audience) is not template.outside:
        return template.fields
    used = PLACEHOLDER.findall(f"{template.outside.subject}\n{template.outside.body}")
    return tuple(field for field in template.fields if field.name in used)


def _words(template: Template, audience: str) -> Words:
    outside = template.outside if audience in OUTSIDE else None
    return outside or Words(template.subject, template.body)


@frozen
class _Times:
    """How the readers of a message are told times: inside as in a log, outside as one says them."""

    outside: bool
    now: int
    zone: Zone

    def show(self, instant: int | None) -> str:
        if instant is None:
            return ""
        return spoken_time(instant, self.now, self.zone) if self.outside else full_time(instant, self.zone)


def _correction(subject: str, text: str, wrong: Sent, times: _Times) -> tuple[str, str]:
    """Readers are told what they may forget, in the subject and in the first line."""
    which = f"update #{wrong.number}"
    return (
        f"Correction to {which}: {subject}",
        f"This corrects {which} of {times.show(wrong.at)}. Please go by what follows.\n\n{text}",
    )


def _computed(incident: Incident, address: Address, times: _Times) -> dict[str, str]:
    account = address.account or Account("")
    return {
        "title": incident.title,
        "severity": severity_label(incident.severity),
        "severity_name": SEVERITY_NAMES.get(incident.severity or 0, "not known yet"),
        "status": incident.status,
        "public_status": _public(incident.status),
        "number": str(len(address.before(incident)) + 1),
        "reference": incident.reference,
        "started": _started(incident, times),
        "since": _since(incident, times),
        "ended": times.show(incident.ended_at),
        "lasted": _lasted(incident, times),
        "duration": _duration(incident, times),
        "elapsed": _elapsed(incident, times),
        "lead": incident.role(Role.IC) or "nobody yet",
        "channel": incident.channel,
        "next_update": times.show(address.next_at),
        "services": incident.fact("service") or ", ".join(incident.services) or incident.title,
        "greeting": _greeting(address.audience, account.name),
        "account": account.name,
        "account_owner": account.owner,
    }


def _greeting(audience: str, account: str) -> str:
    """For those who are written to one by one; nobody greets a status page."""
    if audience != Audience.KEY_ACCOUNTS:
        return ""
    return f"Hello {account}," if account else "Hello,"


def _started(incident: Incident, times: _Times) -> str:
    """The stated start; while nobody knows it, that is what the message says. When it was declared is for inside."""
    known = incident.started_at
    if known is not None or times.outside:
        return times.show(known)
    return f"not known (declared {times.show(incident.declared_at)})"


def _since(incident: Incident, times: _Times) -> str:
    """For customers, as a sentence that is true in both cases."""
    known = incident.started_at
    if known is not None:
        return f"This began at {times.show(known)}."
    return f"We noticed this at {times.show(incident.declared_at)}."


def _lasted(incident: Incident, times: _Times) -> str:
    """From when to when, as a sentence; what is not known is left out."""
    start, end = incident.started_at, incident.ended_at
    began = f"began at {_without_day(start, end, times)}" if start is not None else ""
    ended = f"ended at {times.show(end)}" if end is not None else ""
    parts = [part for part in (began, ended) if part]
    return f"It {' and '.join(parts)}." if parts else ""


def _without_day(start: int, end: int | None, times: _Times) -> str:
    """The start; its day is left to the end that follows, where both are on the same one."""
    day, shown = spoken_day(start, times.now, times.zone), times.show(start)
    same = end is not None and spoken_day(end, times.now, times.zone) == day
    return shown.removesuffix(f" on {day}") if same else shown


def _elapsed(incident: Incident, times: _Times) -> str:
    unknown = "we noticed it" if times.outside else "it was declared"
    start = "the start" if incident.started_at is not None else unknown
    return f"{length(times.now - incident.began_at)} after {start}"


def _duration(incident: Incident, times: _Times) -> str:
    if incident.ended_at is None:
        return ""
    words = length(incident.ended_at - incident.began_at)
    if incident.started_at is not None:
        return words
    return f"at least {words}" if times.outside else f"at least {words} (since it was declared)"


def _public(status: str) -> str:
    """The four states that customers see."""
    shown = {Status.MITIGATING: "identified", Status.CLOSED: "resolved"}.get(Status(status), status)
    return shown.capitalize()


def length(microseconds: int) -> str:
    """A length of time in words: `3 min`, `1 h 05 min`, `2 d 3 h`, `1 d 0 h 12 min`; seconds are left out."""
    minutes = max(0, microseconds) // MINUTE
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" + (f" {rest:02} min" if rest else "")
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def _render(pattern: str, values: Mapping[str, str]) -> str:
    """One pass over the template; a line whose only value is empty is left out."""
    lines = [_line(line, values) for line in pattern.strip("\n").split("\n")]
    text = "\n".join(line.rstrip() for line in lines if line is not None)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _line(line: str, values: Mapping[str, str]) -> str | None:
    names = PLACEHOLDER.findall(line)
    if names and not any(values.get(name) for name in names):
        return None
    return PLACEHOLDER.sub(lambda match: values.get(match[1], ""), line)


OF_THE_HOUR: Final = ("progress", "next_steps", "what_we_do")
"""Facts that an audience hears once: yesterday's steps are not today's."""

NEVER_PREFILLED: Final = ("notes", "thanks", "apology")

INSIDE: Final = ("business_impact", "customer_reports", "cause")
"""Never filled in for people outside by itself: what is no business of theirs, and the cause, which is written down in
inside words first."""


def prefilled(
    template: Template, incident: Incident, audience: str, latest: Mapping[str, str], account: str = ""
) -> dict[str, str]:
    """What the fields hold before anybody types: the last known facts, newer timeline entries first."""
    heard = dict(incident.heard).get(readers(audience, account), ())
    hidden = hidden_from(audience)
    found = {
        field.name: "" if field.name in hidden else latest.get(field.name) or _known(field.name, incident, heard)
        for field in template.fields
    }
    if "service" in found and not found["service"]:
        found["service"] = ", ".join(incident.services)
    return found


def hidden_from(audience: str) -> tuple[str, ...]:
    """Fields that stay empty for an audience until somebody fills them in."""
    return INSIDE if audience in OUTSIDE else ()


def _known(name: str, incident: Incident, heard: Pairs) -> str:
    fact = incident.fact(name)
    old = name in OF_THE_HOUR and fact == lookup(heard, name)
    return "" if old or name in NEVER_PREFILLED else fact
