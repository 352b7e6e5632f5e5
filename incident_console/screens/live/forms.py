"""The forms of the live screen as data, and how their answers become what the desk takes."""

from collections.abc import Sequence

from incident_console.domain.events import Pairs
from incident_console.domain.incident import lookup
from incident_console.domain.orders import review
from incident_console.domain.room import OPTION_KEYS, Decision, Escalation
from incident_console.widgets.form import Cell, Row

OPTIONS = 4
"""Rows for options; two must be filled in."""

_HINTS = ("back in", "data at risk", "users feel", "may fail")


def _option_rows(place: int) -> tuple[Row, Row]:
    """An option's name, and below it what is known of it."""
    facts = tuple(Cell(f"{key}{place}", hint) for key, hint in zip(OPTION_KEYS[1:], _HINTS, strict=True))
    name = Cell(f"name{place}", "what would be done")
    return Row(f"option {place}" + ("" if place > 2 else " *"), (name,)), Row("  time, data, users", facts)


DECISION: Sequence[Row] = (
    Row("to be decided", (Cell("text", "in one line"),)),
    *(row for n in range(1, OPTIONS + 1) for row in _option_rows(n)),
    Row("chosen *", (Cell("chosen", "its number, or its name"),)),
    Row("accepted worst case", (Cell("accepts", "what may go wrong and is accepted"),)),
    Row("decided by", (Cell("by"),)),
    Row("look again in", (Cell("review", "30m, 2h; empty: not"),)),
)

ESCALATION: Sequence[Row] = (
    Row("to *", (Cell("to"),)),
    Row("what is happening *", (Cell("happening", "one line that a woken person understands"),)),
    Row("what is needed *", (Cell("needed", "a person, a decision, access"),)),
    Row("why it matters *", (Cell("why", "who is hit, what it costs"),)),
    Row("by when", (Cell("by_when", "03:30, at once"),)),
)


def decision_of(values: Pairs, now: int) -> Decision:
    """The decision in a form; refuses a review time that is no length of time."""
    length = review(lookup(values, "review"))
    return Decision(
        lookup(values, "text"),
        tuple(option for n in range(1, OPTIONS + 1) if (option := _option(values, n))),
        lookup(values, "chosen"),
        lookup(values, "accepts"),
        lookup(values, "by"),
        None if length is None else now + length,
    )


def _option(values: Pairs, place: int) -> Pairs:
    return tuple((key, text) for key in OPTION_KEYS if (text := lookup(values, f"{key}{place}")))


def escalation_of(values: Pairs) -> Escalation:
    return Escalation(*(lookup(values, key) for key in ("to", "happening", "needed", "why", "by_when")))
