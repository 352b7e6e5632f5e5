"""Messages: a template, what is known of the incident, and what people fill in, put together in one pass. Pure.

Values are inserted once and never read again, so a `$` or a bracket in somebody's text stays what it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.decide import Check, possible_time
from incident_console.domain.events import Event, Pairs
from incident_console.domain.incident import Incident
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
from incident_console.domain.when import full_time

PLACEHOLDER: Final = re.compile(r"\$([a-z][a-z_]*)")
"""A field or a computed value in a template: a dollar sign and a name, nothing cleverer."""

COMPUTED: Final = (
    "title", "severity", "severity_name", "status", "public_status", "number", "reference", "started", "since", "ended",
    "duration", "elapsed", "lead", "channel", "next_update",
)  # fmt: skip
"""What is worked out and never typed."""

AGAIN: Final = MINUTE
"""The same words to the same audience within this time are taken for a second press of the key."""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that people fill in."""

    name: str
    label: str
    required: bool
    help: str
    example: str


@dataclass(frozen=True, slots=True)
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

    @property
    def label(self) -> str:
        """Name and version, as kept with every message."""
        return f"{self.source}/{self.kind} v{self.version}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as it stands."""

    incident_id: str
    audience: str
    kind: str
    number: int
    values: Pairs
    """(field, value), every field of the template, empty where nothing is filled in."""
    next_at: int | None
    """The promised time of the next update, microseconds UTC; the very time that the text names."""
    subject: str
    text: str
    missing: tuple[Field, ...]
    template: str

    @property
    def whole(self) -> str:
        """Subject and body, as they are copied."""
        return f"{self.subject}\n\n{self.text}"


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that went out, word for word."""

    at: int
    audience: str
    kind: str
    number: int
    subject: str
    text: str
    actor: str
    next_at: int | None
    channel: str = ""


def suggested_kind(incident: Incident, audience: str) -> MessageKind:
    """What an audience should hear next."""
    if not incident.in_response:
        return MessageKind.RESOLUTION
    if audience == Audience.CUSTOMERS:
        return MessageKind.STATUS_PAGE
    return MessageKind.UPDATE if incident.sent_to(audience) else MessageKind.INITIAL


def fill(
    template: Template, incident: Incident, audience: str, values: Mapping[str, str], next_at: int | None, now: int,
    zone: Zone,
) -> Draft:  # fmt: skip
    """Put a message together; raises Refused for a field that the template does not have."""
    names = [field.name for field in template.fields]
    unknown = [name for name in values if name not in names]
    if unknown:
        raise Refused(f"This message has no field “{clean_line(unknown[0])[:40]}”. Its fields: {', '.join(names)}.")
    known = {name: clean(values.get(name, "")).strip() for name in names}
    missing = tuple(field for field in template.fields if field.required and not known[field.name])
    marks = {field.name: f"[missing: {field.label}]" for field in missing}
    inserted = {**_computed(template, incident, audience, next_at, now, zone), **known, **marks}
    subject = clean_line(_render(template.subject, inserted))
    text = clean(_render(template.body, inserted))
    if incident.drill:
        subject, text = f"DRILL {subject}", f"DRILL: this is an exercise, nothing is broken.\n\n{text}\n\nDRILL"
    number = len(incident.sent_to(audience)) + 1
    return Draft(
        incident.id, audience, template.kind, number, tuple(known.items()), next_at, subject, text, missing,
        template.label,
    )  # fmt: skip


def _computed(
    template: Template, incident: Incident, audience: str, next_at: int | None, now: int, zone: Zone
) -> dict[str, str]:
    end = incident.ended_at
    return {
        "title": incident.title,
        "severity": severity_label(incident.severity),
        "severity_name": SEVERITY_NAMES.get(incident.severity or 0, "not known yet"),
        "status": incident.status,
        "public_status": _public(incident.status),
        "number": str(len(incident.sent_to(audience)) + 1),
        "reference": incident.reference,
        "started": _started(incident, zone),
        "since": _since(incident, zone),
        "ended": full_time(end, zone) if end is not None else "",
        "duration": _duration(incident, end) if end is not None else "",
        "elapsed": _elapsed(incident, now),
        "lead": incident.role(Role.IC) or "nobody yet",
        "channel": incident.channel,
        "next_update": full_time(next_at, zone) if next_at is not None else "",
    }


def _started(incident: Incident, zone: Zone) -> str:
    """The stated start; while nobody knows it, that is what the message says."""
    known = incident.started_at
    return (
        full_time(known, zone) if known is not None else f"not known (declared {full_time(incident.declared_at, zone)})"
    )


def _since(incident: Incident, zone: Zone) -> str:
    """For customers, as a sentence that is true in both cases."""
    known = incident.started_at
    return (
        f"This began at {full_time(known, zone)}."
        if known is not None
        else (f"We noticed this at {full_time(incident.declared_at, zone)}.")
    )


def _elapsed(incident: Incident, now: int) -> str:
    start = "the start" if incident.started_at is not None else "it was declared"
    return f"{length(now - incident.began_at)} after {start}"


def _duration(incident: Incident, end: int) -> str:
    words = length(end - incident.began_at)
    return words if incident.started_at is not None else f"at least {words} (since it was declared)"


def _public(status: str) -> str:
    """The four states that customers see."""
    shown = {Status.MITIGATING: "identified", Status.CLOSED: "resolved"}.get(Status(status), status)
    return shown.capitalize()


def length(microseconds: int) -> str:
    """A length of time in words: `3 min`, `1 h 05 min`, `2 d 3 h`."""
    minutes = max(0, microseconds) // MINUTE
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 1440:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes // 1440} d {minutes % 1440 // 60} h"


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


def prefilled(template: Template, incident: Incident, latest: Mapping[str, str]) -> dict[str, str]:
    """What the fields hold before anybody types: the last known facts, newer timeline entries first."""
    stale = ("progress", "next_steps", "notes")  # yesterday's steps are not today's
    found = {}
    for field in template.fields:
        known = "" if field.name in stale else incident.fact(field.name)
        found[field.name] = latest.get(field.name) or known
    if "service" in found and not found["service"]:
        found["service"] = ", ".join(incident.services)
    return found


def send(
    draft: Draft, incident: Incident, last: SentMessage | None, at: int, now: int, zone: Zone, check: Check
) -> e.MessageSent:
    """The fact that a message went out.

    Raises Refused for a closed incident, missing fields, an impossible time, or the same words twice within a minute;
    all but the first give way when forced.
    """
    if not incident.is_open:
        raise Refused(f"{incident.reference} is closed. Reopen it before you send anything: change its status first.")
    possible_time(incident, at, now, zone, check)
    if check is Check.STRICT:
        _complete(draft)
        if last is not None and (last.text, last.subject) == (draft.text, draft.subject) and at - last.at < AGAIN:
            raise Refused("These words were marked as sent less than a minute ago. Nothing was recorded twice.")
    filled = tuple((name, value) for name, value in draft.values if value)
    return e.MessageSent(
        draft.audience, draft.kind, draft.number, draft.subject, draft.text, draft.next_at, filled, draft.template
    )


def _complete(draft: Draft) -> None:
    if draft.missing:
        labels = ", ".join(field.label for field in draft.missing)
        raise Refused(f"Still missing: {labels}. Fill it in; to record it as it is, do it again (or add --force).")


def sent_message(event: Event, body: e.MessageSent) -> SentMessage:
    return SentMessage(
        event.occurred_at, body.audience, body.message_kind, body.number, body.subject, body.text, event.actor,
        body.next_at, body.channel,
    )  # fmt: skip
