"""What the declare form asks, and how its answers become a declaration. Pure."""

from dataclasses import dataclass
from typing import Final

from incident_console.domain.clock import Zone
from incident_console.domain.decide import Declaration
from incident_console.domain.vocabulary import ROLE_NAMES, Refused
from incident_console.domain.when import clock_time, countdown, parse_time


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the form."""

    key: str
    label: str
    help: str


QUESTIONS: Final = (
    Question("started", "since when", "when users began to feel it: -20m, 02:47, yesterday 23:10"),
    Question("services", "services", "what is affected, separated by commas"),
    *(Question(role, name, "who it is; empty while nobody is") for role, name in ROLE_NAMES.items()),
)
"""Everything besides title and severity."""


def declaration(title: str, severity: int | None, answers: dict[str, str], now: int, zone: Zone) -> Declaration:
    """The declaration that a filled form means; raises Refused for a time nobody can read."""
    started = answers.get("started", "").strip()
    services = tuple(word.strip() for word in answers.get("services", "").split(",") if word.strip())
    roles = tuple((role.value, answers.get(role, "").strip()) for role in ROLE_NAMES)
    return Declaration(
        title,
        severity,
        parse_time(started, now, zone) if started else None,
        services=services,
        roles=tuple((role, name) for role, name in roles if name),
    )


def read_back(text: str, now: int, zone: Zone) -> str:
    """What a typed time means, to be shown beside it; the refusal's own words when it means nothing."""
    if not text.strip():
        return "unknown"
    try:
        at = parse_time(text, now, zone)
    except Refused as refusal:
        return str(refusal)
    return f"{clock_time(at, zone)}, {countdown(now - at)} ago" if at <= now else "in the future"
