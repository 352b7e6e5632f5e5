"""`triage`: how bad is it, from facts on standard input or from questions in plain lines; `reassess`: look again."""

import sys
from typing import Any

import click

from incident_console.cli.common import Session, aside, decoded, pass_session, print_json, show, styled
from incident_console.cli.declare import Severity
from incident_console.domain.assessment import Taken, answers_of
from incident_console.domain.facts import Facts, facts_from_json, facts_json, to_pairs
from incident_console.domain.motion import in_motion, notified
from incident_console.domain.policy import Policy
from incident_console.domain.triage import Verdict
from incident_console.domain.vocabulary import Refused, severity_label
from incident_console.domain.wizard import STEPS, TRIAGE, UNKNOWN, Answers, Step, said

FACTS = click.option("--facts", metavar="JSON", help='What is known, for example {"function": "down"}.')


@click.command(short_help="Say how bad it is, from facts or questions.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def triage(session: Session, as_json: bool) -> None:
    """Say how bad it is, from facts or questions.

    Reads a JSON object of facts on standard input; on a terminal it asks instead. Facts: function, criticality,
    affected, workaround, data_loss, security_breach, context; each may be left out or null while it is not known.
    """
    answers = _asked() if sys.stdin.isatty() else answered(sys.stdin.buffer.read().decode("utf-8-sig", "replace"))
    verdict, policy = session.desk.verdict(answers), session.desk.policy
    if as_json:
        print_json(verdict_json(answers, verdict, policy))
    else:
        _print(answers, verdict, policy)
    warn(verdict)


def answered(text: str) -> Answers:
    """The answers that a JSON object of facts gives."""
    return Answers(to_pairs(facts_from_json(decoded(text))))


def warn(verdict: Verdict) -> None:
    for warning in verdict.warnings:
        aside(warning)


def verdict_json(answers: Answers, verdict: Verdict, policy: Policy) -> dict[str, Any]:
    level = policy.level(verdict.severity)
    cadence = dict(level.cadence)
    return {
        "severity": verdict.severity,
        "range": [verdict.worst, verdict.best],
        "reasons": list(verdict.reasons),
        "would_raise": list(verdict.would_raise),
        "would_lower": list(verdict.would_lower),
        "unknown": list(verdict.unknown),
        "cadence_s": {"internal": cadence.get("internal"), "external": cadence.get("customers")},
        "notify": list(notified(level)),
        "warnings": list(verdict.warnings),
        "escalate": level.escalate,
        "roles": list(level.roles),
        "reassess_s": level.reassess,
        "tell_customers": answers.advice.telling,
        "facts": facts_json(answers.facts),
    }


def _print(answers: Answers, verdict: Verdict, policy: Policy) -> None:
    level = policy.level(verdict.severity)
    show(styled(severity_label(verdict.severity), bold=True), f"  {level.name}{_range(verdict)}")
    for title, lines in (
        ("because", verdict.reasons),
        ("it would be", (*verdict.would_raise, *verdict.would_lower)),
        ("this sets in motion", tuple(f"{what}: {words}" for what, words in in_motion(level))),
        ("customers", (answers.advice.sentence,)),
    ):
        if lines:
            show(title)
        for line in lines:
            show(f"  {line}")


def _range(verdict: Verdict) -> str:
    if verdict.worst == verdict.best:
        return ""
    unknown = "1 answer is" if len(verdict.unknown) == 1 else f"{len(verdict.unknown)} answers are"
    span = f"{severity_label(verdict.worst)} to {severity_label(verdict.best)}"
    return f"  ({unknown} not known yet; it could still be {span})"


def _asked() -> Answers:
    """The same questions as on the screen, in plain lines on standard error."""
    answers = Answers()
    for each in (step for step in STEPS if step.key in TRIAGE):
        answers = answers.answer(each.key, _ask(each))
    return answers


def _ask(each: Step) -> str:
    aside(f"\n{each.question}")
    for place, (_, words) in enumerate(each.options, 1):
        aside(f"  {place}  {words}")
    several = " (several with commas)" if each.several else ""
    aside(f"  0  don't know yet{several}")
    while (
        value := _read(each, click.prompt("", prompt_suffix="> ", default="0", show_default=False, err=True))
    ) is None:
        aside(f"Type a number from 0 to {len(each.options)}.")
    aside(said(each, value))
    return value


def _read(each: Step, typed: str) -> str | None:
    """The value of a typed number; None when it is none of them."""
    numbers = [part.strip() for part in typed.split(",")]
    if not all(part.isdecimal() and int(part) <= len(each.options) for part in numbers):
        return None
    places = [int(part) for part in numbers]
    if 0 in places:
        return UNKNOWN
    values = [each.options[place - 1][0] for place in places]
    return values[0] if not each.several else ",".join(value for value in values if value)


@click.command(short_help="Look at the severity again; a change needs a reason.")
@click.argument("ref", required=False)
@FACTS
@click.option("--severity", type=Severity(), help="Take this level instead of the recommended one.")
@click.option("--still", is_flag=True, help="The present level is still right.")
@click.option("--reason", default="", metavar="TEXT", help="What you know now.")
@pass_session
def reassess(
    session: Session, ref: str | None, facts: str | None, severity: int | None, still: bool, reason: str
) -> None:
    """Look at the severity again; a change needs a reason.

    Facts that are not given stay as they were at the last look.
    """
    if still and severity is not None:
        raise Refused("--still keeps the level and --severity names another one. Give only one of them.")
    desk = session.desk
    before = desk.find(ref)
    answers = answers_of(before)
    for key, value in to_pairs(facts_from_json(decoded(facts)) if facts is not None else Facts()):
        answers = answers.answer(key, value)
    level = before.severity if still else severity
    if level is None and facts is None:
        raise Refused("Say --still when it is still right, give --facts, or choose a level with --severity.")
    after = desk.reassess(before.id, Taken(answers, level, decoded(reason)))
    warn(desk.verdict(answers))
    same = "still " if after.severity == before.severity else ""
    show(f"{after.reference} is {same}{severity_label(after.severity)}{' now' if not same else ''}")
    for who in desk.must_now_be_told(before.severity, after.severity):
        aside(f"Must now be told: {who}")
