"""What a gap cost, and what closing it takes: a one-page case for reliability work. Every figure says which assumption
it rests on; where one is missing there is no figure. Pure."""

import re
from math import prod
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.clock import HOUR
from incident_console.domain.comms import length
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Refused

ASSUMPTIONS: Final = {
    "cost_users": "users affected at the worst time",
    "cost_share": "share of the business that stood still, in per cent",
    "cost_revenue_hour": "revenue in an hour",
    "cost_people": "people who worked on it",
    "cost_people_hour": "cost of one hour of one person",
    "cost_extra": "other costs, such as credits and penalties",
    "cost_closing_hours": "hours that closing the gap takes",
    "cost_currency": "currency",
}
"""What somebody has to say, because no log knows it."""

_NUMBER: Final = re.compile(r"(\d{1,3}(?:,\d{3})+|\d[\d\s ']*)(?:([.,])(\d+))?\s*(k|m|%)?", re.IGNORECASE)

LONGEST: Final = 15
"""Digits of a number; what is longer is a slip of the keyboard."""


@frozen
class CostLine:
    """One step of the reckoning."""

    name: str
    value: float | None
    """In the stated currency, or users times hours; None where something is not known."""
    how: str
    """The reckoning in words, or what is missing."""


@frozen
class Cost:
    """The whole case."""

    lines: tuple[CostLine, ...]
    currency: str
    hours: float | None
    """How long users felt it, in hours."""

    def line(self, name: str) -> CostLine:
        """Raises StopIteration when there is none of that name."""
        return next(each for each in self.lines if each.name == name)


def assumption(name: str, text: str) -> str:
    """An assumption made fit to be kept; raises Refused for what is no number, where one is needed."""
    words = clean_line(text)
    if name not in ASSUMPTIONS:
        raise Refused(f"There is no assumption “{clean_line(name)[:40]}”. Use one of: {', '.join(ASSUMPTIONS)}.")
    if words and name != "cost_currency" and number(words) is None:
        raise Refused(f"“{words[:40]}” is no number. Write 12000, 12k or 1.5m for {ASSUMPTIONS[name]}.")
    return words


def state_assumption(incident: Incident, name: str, text: str) -> e.FactsStated:
    """Raises Refused for what is no number, an unknown name, or when nothing changes."""
    words = assumption(name, text)
    if words == incident.fact(name):
        raise Refused("It reads like that already. Nothing was changed.")
    return e.FactsStated(((name, words),), ((name, incident.fact(name)),))


def number(text: str) -> float | None:
    """`12000`, `12 000`, `12,000`, `12k`, `1.5m`, `30 %`; None for anything else, and for `12.000`, which is twelve to
    some and twelve thousand to others."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    whole, fraction = re.sub(r"[\s ',]", "", match[1]), match[3] or ""
    unclear = match[2] == "." and len(fraction) == 3 and whole != "0"
    if unclear or len(whole + fraction) > LONGEST:
        return None
    return float(f"{whole}.{fraction or 0}") * {"k": 1e3, "m": 1e6}.get((match[4] or "").lower(), 1)


def cost_of(incident: Incident) -> Cost:
    """Duration × users × revenue per hour and people-hours, as far as it can be reckoned."""
    known = {name: number(incident.fact(name)) for name in ASSUMPTIONS if name != "cost_currency"}
    hours = _felt(incident)
    staffed = _staffed(incident)
    lost = _product(
        "revenue not taken", {"cost_revenue_hour": known["cost_revenue_hour"], "cost_share": _share(known)}, hours
    )
    people = _product(
        "work of the people",
        {"cost_people": known["cost_people"], "cost_people_hour": known["cost_people_hour"]},
        staffed,
    )
    extra = CostLine(
        "other costs", known["cost_extra"], "as stated" if known["cost_extra"] is not None else "nobody said"
    )
    felt = _product("user hours without it", {"cost_users": known["cost_users"]}, hours)
    closing = _times(
        "closing the gap",
        {"cost_closing_hours": known["cost_closing_hours"], "cost_people_hour": known["cost_people_hour"]},
    )  # fmt: skip
    parts = [each.value for each in (lost, people, extra) if each.value is not None]
    left_out = [each.name for each in (lost, people, extra) if each.value is None]
    how = "the sum of what is known" + (f"; not in it: {', '.join(left_out)}" if left_out else "")
    total = CostLine("cost of the gap", sum(parts) if parts else None, how if parts else "nothing is known yet")
    return Cost((felt, lost, people, extra, total, closing), incident.fact("cost_currency"), hours)


def _share(known: dict[str, float | None]) -> float | None:
    share = known["cost_share"]
    return None if share is None else share / 100


def _felt(incident: Incident) -> float | None:
    """Hours from the start until users had it back, by mitigation or resolution."""
    end = incident.mitigated_at if incident.mitigated_at is not None else incident.resolved_at
    if incident.started_at is None or end is None or end < incident.started_at:
        return None
    return (end - incident.started_at) / HOUR


def _staffed(incident: Incident) -> float | None:
    """Hours in which people worked on it: every time that it was responded to."""
    if incident.resolved_at is None:
        return None
    return sum(max(0, end - start) for start, end in incident.responses(incident.resolved_at)) / HOUR


def _product(name: str, factors: dict[str, float | None], hours: float | None) -> CostLine:
    """So much for every hour that it lasted."""
    each = _times(name, factors)
    if hours is None:
        return CostLine(
            name, None, f"{each.how}, how long it lasted" if each.value is None else "nobody said: how long it lasted"
        )
    if each.value is None:
        return each
    return CostLine(name, each.value * hours, f"{length(round(hours * HOUR))} × {each.how}")


def _times(name: str, factors: dict[str, float | None]) -> CostLine:
    missing = [ASSUMPTIONS[key] for key, value in factors.items() if value is None]
    if missing:
        return CostLine(name, None, f"nobody said: {', '.join(missing)}")
    known = {key: value for key, value in factors.items() if value is not None}
    words = [
        f"{amount(value * (100 if key == 'cost_share' else 1))} {ASSUMPTIONS[key]}" for key, value in known.items()
    ]
    return CostLine(name, prod(known.values()), " × ".join(words))


def amount(value: float) -> str:
    """A number as people read it: `12 400`, `0.5`."""
    rounded = round(value, 1) if abs(value) < 100 else round(value)
    return f"{rounded:,}".replace(",", " ").removesuffix(".0")
