"""What a gap cost, and what closing it takes: a one-page case for reliability work. Every figure says which assumption
it rests on; where one is missing there is no figure. Pure."""

from math import ceil, prod

from incident_console.domain.assumptions import ASSUMPTIONS, CURRENCY, amount, in_units, known, measured
from incident_console.domain.assumptions import state_assumption as state_assumption
from incident_console.domain.clock import HOUR
from incident_console.domain.comms import length
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line


@frozen
class CostLine:
    """One step of the reckoning."""

    name: str
    value: float | None
    """In its unit; None where something is not known."""
    how: str
    """The reckoning in words, or what is missing."""
    unit: str = ""
    """The stated currency, `user hours` or `hours`; empty for money in a currency that nobody stated."""
    stated: bool = False
    """Whether it is what somebody said, and not reckoned."""
    missing: tuple[str, ...] = ()
    """What nobody said; all of it is needed."""

    @property
    def shown(self) -> str:
        """The value as people read it, with its unit; a reckoned one is no more exact than what it rests on."""
        if self.value is None:
            return "unknown"
        return in_units(amount(self.value) if self.stated else about(self.value), clean_line(self.unit))


@frozen
class Cost:
    """The whole case."""

    lines: tuple[CostLine, ...]
    currency: str
    hours: float | None
    """How long users felt it, in hours."""
    closing_hours: float | None = None
    """How much work closing the gap takes, in hours."""

    def line(self, name: str) -> CostLine:
        """Raises StopIteration when there is none of that name."""
        return next(each for each in self.lines if each.name == name)

    @property
    def is_empty(self) -> bool:
        """Whether nothing could be reckoned."""
        return all(each.value is None for each in self.lines)

    @property
    def lacking(self) -> str:
        """What would have to be stated for a cost in money: one way to reckon it or the other."""
        ways = (self.line(name).missing for name in ("revenue not taken", "work of the people"))
        return f"state {', or '.join(dict.fromkeys(_together(way) for way in ways if way))}"


def _together(words: tuple[str, ...]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def cost_of(incident: Incident) -> Cost:
    """Duration × users × revenue per hour and people-hours, as far as it can be reckoned."""
    currency, hours = clean_line(incident.fact(CURRENCY)), _felt(incident)
    felt = _product(incident, "user hours without it", ("cost_users",), hours, "user hours")
    lost = _product(incident, "revenue not taken", ("cost_revenue_hour", "cost_share"), hours, currency)
    spent = _product(incident, "hours of work", ("cost_people",), _staffed(incident), "hours")
    paid = _product(incident, "work of the people", ("cost_people", "cost_people_hour"), _staffed(incident), currency)
    value = known(incident, "cost_extra")
    extra = CostLine("other costs", value, "as stated" if value is not None else "nobody said", currency, stated=True)
    total = _total((lost, paid, extra), currency)
    closing = _times(incident, "closing the gap", ("cost_closing_hours", "cost_people_hour"), currency)
    return Cost(
        (felt, lost, spent, paid, extra, total, closing), currency, hours, known(incident, "cost_closing_hours")
    )


def _total(parts: tuple[CostLine, ...], currency: str) -> CostLine:
    values = [each.value for each in parts if each.value is not None]
    left_out = [each.name for each in parts if each.value is None]
    how = "the sum of what is known" + (f"; not in it: {', '.join(left_out)}" if left_out else "")
    total = sum(values) if values else None
    return CostLine("cost of the gap", total, how if values else "nothing is known yet", currency)


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


def _product(incident: Incident, name: str, factors: tuple[str, ...], hours: float | None, unit: str) -> CostLine:
    """So much for every hour that it lasted."""
    each = _times(incident, name, factors, unit)
    if hours is None:
        return _unknown(name, (*each.missing, "how long it lasted"), unit)
    if each.value is None:
        return each
    return CostLine(name, each.value * hours, f"{length(round(hours * HOUR))} × {each.how}", unit)


def _unknown(name: str, missing: tuple[str, ...], unit: str) -> CostLine:
    return CostLine(name, None, f"nobody said: {', '.join(missing)}", unit, missing=missing)


def _times(incident: Incident, name: str, factors: tuple[str, ...], unit: str) -> CostLine:
    values = {key: known(incident, key) for key in factors}
    missing = tuple(ASSUMPTIONS[key].words for key, value in values.items() if value is None)
    if missing:
        return _unknown(name, missing, unit)
    there = {key: value for key, value in values.items() if value is not None}
    words = [measured(value, key, incident.fact(CURRENCY)) for key, value in there.items()]
    value = prod(value / 100 if key == "cost_share" else value for key, value in there.items())
    return CostLine(name, value, " × ".join(words), unit)


# --- in words


def verdict(cost: Cost) -> str:
    """What a manager has to know, in a few sentences, with what is not known."""
    total, closing = cost.line("cost of the gap"), cost.line("closing the gap")
    if total.value is None:
        return f"What this incident cost is not known yet: {cost.lacking}. {_closing(cost)}"
    left_out = total.how.partition("not in it: ")[2]
    lacking = f", without what nobody stated: {left_out}" if left_out else ""
    return f"{_lasted(cost)}The incident cost {total.shown}{lacking}. {_closing(cost)} {_pays(total, closing)}".strip()


def _lasted(cost: Cost) -> str:
    work = cost.line("hours of work")
    took = f" Ending it took {work.shown} of work." if work.value is not None else ""
    return f"Users felt it for {length(round(cost.hours * HOUR))}.{took} " if cost.hours is not None else ""


def _closing(cost: Cost) -> str:
    closing, hours = cost.line("closing the gap"), cost.closing_hours
    if hours is None:
        return "What closing the gap takes is not known yet."
    worth = f", {closing.shown}" if closing.value is not None else ""
    return f"Closing the gap takes {in_units(amount(hours), 'hours')} of work{worth}."


def _pays(total: CostLine, closing: CostLine) -> str:
    """After how many incidents it has paid for itself; empty where that cannot be said."""
    if not total.value or closing.value is None:
        return ""
    times = ceil(closing.value / total.value)
    how_many = "a single incident like this one" if times <= 1 else f"{amount(times)} incidents like this one"
    return f"It has paid for itself once it prevents {how_many}."


def about(value: float) -> str:
    """A reckoned number with two figures that count: `about 12 000`; more would pretend to know better."""
    if 0 < value < 0.5:
        return "less than 1"
    return f"about {amount(float(f'{value:.2g}'))}" if value else "0"
