"""What one command writes into a postmortem at once: sections, answers, an action item, that it is finished. Pure."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.actions import Wanted, add
from incident_console.domain.causes import add_why, chain
from incident_console.domain.decide import Check
from incident_console.domain.events import Body, Pairs
from incident_console.domain.finishing import finish
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import write_section

Step = Callable[[Incident], Body]
"""Decides one fact on what the ones before it made true; raises Refused when it cannot be."""


@frozen
class WriteUp:
    """Everything that is wanted, in the order in which it is written."""

    sections: Pairs = ()
    """(section, text)."""
    answers: tuple[str, ...] = ()
    """Each explains the one before it; the first one explains the last cause of the tree."""
    action: Wanted | None = None
    finish: str | None = None
    """Why it is finished without action items, or empty for no reason; None: it is not finished."""

    def __bool__(self) -> bool:
        """Whether anything is to be written."""
        return self != NOTHING

    def steps(self, today: date, check: Check) -> tuple[Step, ...]:
        """The facts one by one. `check`: whether a due day may have passed."""
        wanted, reason = self.action, self.finish
        return (
            *(partial(write_section, section=name, text=text) for name, text in self.sections),
            *(partial(_answer, answer=each) for each in self.answers),
            *((lambda state: add(state, wanted, today, check),) if wanted is not None else ()),
            *((lambda state: finish(state, reason),) if reason is not None else ()),
        )


NOTHING: Final = WriteUp()


def _answer(incident: Incident, answer: str) -> e.WhyAdded:
    """Below the cause that is read last."""
    links = chain(incident)
    return add_why(incident, answer, links[-1].why.id if links else None)
