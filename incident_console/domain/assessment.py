"""Decisions about a severity after triage: what is recorded, and when a reason is asked for. Pure."""

from dataclasses import replace

from incident_console.domain import events as e
from incident_console.domain.decide import severity_of
from incident_console.domain.events import Body
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.policy import Policy
from incident_console.domain.text import clean_line
from incident_console.domain.triage import Verdict, assess
from incident_console.domain.vocabulary import Refused, severity_label
from incident_console.domain.wizard import Answers


@frozen
class Taken:
    """The answers of triage and the level that somebody takes."""

    answers: Answers
    severity: int | None = None
    """None takes what the rules recommend."""
    reason: str = ""
    """Why another level, or why it changes."""


def assessed(taken: Taken, policy: Policy) -> e.Assessed:
    """What is recorded of a triage; raises Refused for another level than recommended without a reason."""
    look = _look(taken, policy)
    if look.severity != look.recommended and not look.reason:
        raise Refused(
            f"The answers speak for {severity_label(look.recommended)}. "
            f"To take {severity_label(look.severity)}, say why in one line."
        )
    return look


def _look(taken: Taken, policy: Policy) -> e.Assessed:
    verdict = assess(taken.answers.facts, policy.rules)
    level = verdict.severity if taken.severity is None else severity_of(taken.severity)
    return e.Assessed(
        taken.answers.known,
        taken.answers.unknown,
        verdict.severity,
        level,
        verdict.reasons,
        clean_line(taken.reason),
        taken.answers.advice.telling,
        policy.label,
    )


def reassessed(incident: Incident, taken: Taken, policy: Policy) -> list[Body]:
    """Another look at a running incident: what was answered and, where the level changes, the change.

    Raises Refused for a change without a reason, and once the response is over.
    """
    if not incident.in_response:
        raise Refused(f"{incident.reference} is {incident.status}. Set its status back to monitoring first.")
    look, reason = replace(_look(taken, policy), previous=incident.severity), clean_line(taken.reason)
    if needs_reason(incident, taken, policy) and not reason:
        raise Refused(
            f"The answers speak for {severity_label(look.recommended)} now. "
            f"To stay at {severity_label(incident.severity)}, say why in one line."
        )
    if look.severity == incident.severity:
        return [look if reason or look.severity == look.recommended else replace(look, reason=STILL)]
    if not reason:
        raise Refused(
            f"From {severity_label(incident.severity)} to {severity_label(look.severity)}: say why in one line."
        )
    return [look, e.SeverityChanged(look.severity, incident.severity, reason)]


STILL = "looked at again, still right"
"""The reason of a look that changed nothing, neither the answers nor the level."""


def needs_reason(incident: Incident, taken: Taken, policy: Policy) -> bool:
    """Whether staying at the present level must be explained: new answers speak for another one."""
    look = _look(taken, policy)
    news = taken.answers.known != incident.triage or set(taken.answers.unknown) != set(incident.unknown)
    return look.severity == incident.severity != look.recommended and news


def verdict_of(answers: Answers, policy: Policy) -> Verdict:
    """What the rules of a pack say to the answers."""
    return assess(answers.facts, policy.rules)


def answers_of(incident: Incident) -> Answers:
    """The answers of the last look, to be shown filled in."""
    unknown = tuple((key, "unknown") for key in incident.unknown)
    return Answers((*incident.triage, *unknown))
