"""What the gap cost, as a part of the documents: the sentence first, then the reckoning, then what it rests on."""

from collections.abc import Iterator
from typing import Final

from incident_console.domain.assumptions import ASSUMPTIONS, stated
from incident_console.domain.document.model import Heading, Note, Part, Span, Table, line
from incident_console.domain.document.typed import typed
from incident_console.domain.gap_cost import CostLine, cost_of, verdict
from incident_console.domain.incident import Incident

EVEN: Final = (
    "Reckoned as if users and share had been the same for the whole time, and everybody had worked on it from the"
    " declaration to the end. Figures with “about” are rounded."
)
"""What the reckoning takes for granted."""


def stated_cost(incident: Incident) -> Iterator[Part]:
    """The cost of the gap where somebody stated an assumption."""
    if any(incident.fact(name) for name in ASSUMPTIONS):
        yield cost(incident)


def cost(incident: Incident) -> Part:
    """What it comes to, how it was reckoned, every assumption with its unit."""
    reckoning = cost_of(incident)
    lines = tuple((line(_name(each)), line(_value(each)), line(each.how)) for each in reckoning.lines)
    said = tuple((line(_upper(each.words)), line(stated(incident, name) or "nobody said"))
                 for name, each in ASSUMPTIONS.items())  # fmt: skip
    steps = () if reckoning.is_empty else (Table(("Step", "Value", "How it was reckoned"), lines), Note(EVEN))
    return Part(
        "Cost of the gap",
        (*typed(verdict(reckoning)), *steps, Heading("Assumptions"), Table(("Assumption", "Stated as"), said)),
    )


def _is_sum(each: CostLine) -> bool:
    return each.name == "cost of the gap"


def _name(each: CostLine) -> Span:
    return Span(_upper(each.name), "strong" if _is_sum(each) else "")


def _value(each: CostLine) -> Span:
    return Span(each.shown, "strong" if _is_sum(each) and each.value is not None else "")


def _upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
