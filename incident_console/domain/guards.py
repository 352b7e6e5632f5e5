"""Quiet notes beside a severity: over- and under-classifying, what may be the same incident, what was promised
last time. They never stop anybody. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from incident_console.domain.clock import HOUR
from incident_console.domain.facts import Facts
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import DetectedBy

LAST: Final = 5
"""How many earlier incidents say something about a habit."""

RECENT: Final = 6 * HOUR
"""An incident that was declared this lately may be the same one."""

COMMON: Final = frozenset({"down", "slow", "error", "errors", "fails", "failing", "failed", "broken", "with", "from",
                           "some", "users", "user", "cannot", "issue", "issues", "problem", "problems", "for", "the",
                           "and", "not", "are", "all", "one"})  # fmt: skip
"""Words of titles that say nothing about what is broken."""


@frozen
class OpenItem:
    """An action item that is past its date."""

    reference: str
    text: str
    owner: str
    due: str
    """ISO date."""


@frozen
class Scope:
    """What somebody says is broken."""

    title: str = ""
    services: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()


def notes(
    severity: int, earlier: Sequence[int | None], scope: Scope, facts: Facts, detected_by: str, critical: Sequence[str]
) -> tuple[str, ...]:
    """Sentences about a level. `earlier`: the levels of the incidents before, newest first; `critical`: the flows
    without which the business stops."""
    found = []
    last = list(earlier[:LAST])
    if severity == 1 and len(last) == LAST and set(last) == {1}:
        found.append(f"Each of the last {LAST} incidents was SEV1. If everything is critical, nothing is: is this one?")
    if severity == 4 and len(last) == LAST and set(last) == {4}:
        found.append(f"Each of the last {LAST} incidents was SEV4. When unsure, take the worse one.")
    if severity == 4 and detected_by == DetectedBy.CUSTOMER:
        found.append("Customers report it and it stands at SEV4. Look again at how many are hit.")
    if facts.criticality == "minor" and (hit := critical_flow(scope, critical)):
        found.append(f"“{hit}” counts as a critical flow here, and you said that the business can do without it.")
    return tuple(found)


def running_notes(incident: Incident) -> tuple[str, ...]:
    """The same while an incident runs: what was learned since speaks against its level."""
    if not incident.in_response or incident.severity != 4:
        return ()
    reported = incident.detected_by == DetectedBy.CUSTOMER or incident.fact("customer_reports")
    return ("Customers report it and it stands at SEV4: look again (r)",) if reported else ()


def critical_flow(scope: Scope, critical: Sequence[str]) -> str:
    """The critical flow that is named as affected; empty when none is."""
    named = {word.casefold().rstrip("s") for word in (*scope.services, *scope.flows)}
    return next((flow for flow in critical if flow.casefold().rstrip("s") in named), "")


def may_be_same(found: Iterable[Incident], scope: Scope, now: int) -> tuple[Incident, ...]:
    """Incidents that run, or were declared lately, on the same service or flow or with a title much alike."""
    return tuple(
        incident
        for incident in found
        if (incident.in_response or now - incident.declared_at < RECENT) and _alike(incident, scope)
    )


def _alike(incident: Incident, scope: Scope) -> bool:
    mine, theirs = same_words(scope.services, scope.flows), same_words(incident.services, incident.flows)
    words, other = _words(scope.title), _words(incident.title)
    return bool(mine & theirs or words & theirs or mine & other or len(words & other) >= 2)


def same_words(*groups: Iterable[str]) -> frozenset[str]:
    """Names as they compare: case and an s at the end do not matter."""
    return frozenset(name.casefold().rstrip("s") for group in groups for name in group)


def _words(title: str) -> frozenset[str]:
    return frozenset(
        word.rstrip("s") for word in re.findall(r"\w{3,}", title.casefold()) if word not in COMMON
    )  # fmt: skip
