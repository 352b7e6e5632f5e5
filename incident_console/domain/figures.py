"""How long things took, from the milestones of an incident: each figure says what it was computed from, or why it
cannot be. Detect, own, first update, mitigate and resolve are the usual MTTD, MTTA, MTTM and MTTR of one incident and
the time to its first update. Pure; an unknown end is never guessed."""

from typing import Final

from incident_console.domain.clock import SECOND
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident

MILESTONES: Final = {
    "started_at": "started",
    "detected_at": "detected",
    "acknowledged_at": "owned",
    "first_update": "first update sent",
    "mitigated_at": "mitigated",
    "resolved_at": "resolved",
}
"""The instants that figures are made of, in their usual order, and how people call them."""

STATED: Final = ("started_at", "detected_at", "acknowledged_at", "mitigated_at", "resolved_at")
"""Milestones that people can correct; the first update is the first message that was sent."""


@frozen
class Figure:
    """One length of time."""

    key: str
    """As JSON calls it: ttd_s, tta_s, ttfu_s, ttm_s, ttr_s."""
    name: str
    start: str
    """A key of MILESTONES."""
    end: str
    seconds: int | None
    """Whole seconds; None where it cannot be computed."""
    why_not: str = ""
    """What is missing or impossible, in words; empty where there is a figure."""

    @property
    def source(self) -> str:
        """What it is computed from."""
        return f"{MILESTONES[self.start]} → {MILESTONES[self.end]}"


_FIGURES: Final = (
    ("ttd_s", "time to detect", "started_at", "detected_at"),
    ("tta_s", "time to own", "detected_at", "acknowledged_at"),
    ("ttfu_s", "time to first update", "detected_at", "first_update"),
    ("ttm_s", "time to mitigate", "started_at", "mitigated_at"),
    ("ttr_s", "time to resolve", "started_at", "resolved_at"),
)


def milestone(incident: Incident, name: str) -> int | None:
    """The instant of a milestone in microseconds UTC; None while nobody knows it."""
    match name:
        case "started_at":
            return incident.started_at
        case "detected_at":
            return incident.detected_at
        case "acknowledged_at":
            return incident.acknowledged_at
        case "mitigated_at":
            return incident.mitigated_at
        case "resolved_at":
            return incident.resolved_at
        case _:
            return min((sent.at for sent in incident.sent), default=None)


def figures(incident: Incident) -> tuple[Figure, ...]:
    """All five, in the order in which an incident runs."""
    return tuple(_figure(incident, *each) for each in _FIGURES)


def _figure(incident: Incident, key: str, name: str, start: str, end: str) -> Figure:
    begin, stop = milestone(incident, start), milestone(incident, end)
    if begin is None or stop is None:
        unknown = [_unknown(each) for each, at in ((start, begin), (end, stop)) if at is None]
        return Figure(key, name, start, end, None, " and ".join(unknown))
    if stop < begin:
        return Figure(key, name, start, end, None, f"{MILESTONES[end]} lies before {MILESTONES[start]}")
    return Figure(key, name, start, end, (stop - begin) // SECOND)


def _unknown(name: str) -> str:
    return "no update was sent" if name == "first_update" else f"nobody said when it was {MILESTONES[name]}"
