"""Whether customers must be told, from five questions: which products, how badly, how many customers, how noticeable,
and whether they would want to act differently. Pure."""

from enum import StrEnum
from typing import Final

from incident_console.domain.facts import Facts, rank
from incident_console.domain.frozen import frozen


class Telling(StrEnum):
    """The answer, as events keep it."""

    YES = "yes"
    DIRECTLY = "directly"
    NO = "no"


TELLINGS: Final = {
    Telling.YES: "tell customers",
    Telling.DIRECTLY: "tell the customers who are hit, directly",
    Telling.NO: "customers need no word now",
}


@frozen
class Advice:
    """Whether customers must be told, and why."""

    telling: Telling
    reason: str

    @property
    def sentence(self) -> str:
        return f"{TELLINGS[self.telling]}: {self.reason}"


def advise(facts: Facts, noticeable: bool | None, act_differently: bool | None) -> Advice:
    """Advice for any answers; None is not known, and then telling is the safer reading.

    The products are the affected services; how badly and how many are facts of triage.
    """
    if facts.data_loss or facts.security_breach:
        return Advice(Telling.YES, "their data or their security may be concerned")
    if act_differently:
        return Advice(Telling.YES, "they would act differently if they knew")
    if facts.affected == "none" or "internal_only" in (facts.context or ()):
        return Advice(Telling.NO, "none of them is hit")
    if _harmless(facts) and (act_differently is False or not noticeable):
        return Advice(Telling.NO, "they can work as usual")
    if noticeable is False:
        return Advice(Telling.NO, "they do not notice it and would not act differently")
    if facts.affected == "few":
        return Advice(Telling.DIRECTLY, "only a few of them are hit")
    if noticeable:
        return Advice(Telling.YES, "many of them notice it")
    return Advice(Telling.YES, "nobody knows yet whether they notice it; assume that they do")


def _harmless(facts: Facts) -> bool:
    """Whether it is clear that it works for them, however it looks."""
    return facts.function is not None and rank("function", facts.function) <= rank("function", "cosmetic")
