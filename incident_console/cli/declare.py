"""`declare`: an incident from one line."""

import re
from typing import TYPE_CHECKING

import click

from incident_console.cli.common import Session, aside, decoded, incident_json, pass_session, print_json, show
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.vocabulary import Refused, severity_label

if TYPE_CHECKING:
    from incident_console.domain.incident import Incident


class Severity(click.ParamType[int]):
    """1 to 4, also written SEV2."""

    name = "1-4"

    def convert(self, value: str | int, param: click.Parameter | None, ctx: click.Context | None) -> int:
        match = re.fullmatch(r"(?:sev-?)?([1-4])", str(value).strip(), re.IGNORECASE | re.ASCII)
        if match is None:
            raise Refused(
                f"There is no severity “{decoded(str(value))[:40]}”. "
                "Use 1 (worst) to 4; when unsure take the worse one."
            )
        return int(match[1])


@click.command(short_help="Declare an incident and print its reference.")
@click.argument("title")
@click.option("--severity", type=Severity(), help="1 is the worst; left out, the rules decide from --facts.")
@click.option("--facts", metavar="JSON", help="What is known, as for `triage`.")
@click.option("--reason", default="", metavar="TEXT", help="Why another level than the facts speak for.")
@click.option("--noticed-by", default="", metavar="WHO", help="monitoring, customer or colleague.")
@click.option("--started", metavar="TIME", help="When users began to feel it: -20m, 02:47, yesterday 23:10, ISO 8601.")
@click.option("--detected", metavar="TIME", help="When somebody or something noticed.")
@click.option("--service", "services", multiple=True, metavar="S", help="An affected service; may be repeated.")
@click.option("--flow", "flows", multiple=True, metavar="F", help="An affected user flow; may be repeated.")
@click.option("--tag", "tags", multiple=True, metavar="T", help="A tag; may be repeated.")
@click.option("--channel", default="", metavar="C", help="Where people meet, such as #incident-2026-01-31-checkout.")
@click.option("--ic", default="", metavar="N", help="Incident Commander.")
@click.option("--tech", default="", metavar="N", help="Technical Lead.")
@click.option("--comms", default="", metavar="N", help="Communications Lead.")
@click.option("--scribe", default="", metavar="N", help="Scribe.")
@click.option("--drill", is_flag=True, help="Practice: marked DRILL everywhere, never counted.")
@click.option("--force", is_flag=True, help="Take odd times as they are.")
@click.option("--json", "as_json", is_flag=True, help="Print the incident as JSON.")
@pass_session
def declare(
    session: Session, /, title: str, severity: int | None, facts: str | None, reason: str, noticed_by: str,
    started: str | None, detected: str | None,
    services: tuple[str, ...], flows: tuple[str, ...], tags: tuple[str, ...], channel: str, drill: bool,
    force: bool, as_json: bool, **roles: str,
) -> None:  # fmt: skip
    """Declare an incident and print its reference.

    TITLE says in a few words what is broken.
    """
    wish = Declaration(
        title, severity, session.time(started), session.time(detected), services, flows, tags, channel,
        tuple((role, name) for role, name in roles.items() if name.strip()), drill, noticed_by,
    )  # fmt: skip
    check = Check.FORCED if force else Check.STRICT
    if facts is None:
        incident = session.desk.declare(wish, check)
    else:
        incident = _assessed(session, wish, facts, decoded(reason), check)
    if as_json:
        print_json(incident_json(incident, session.desk.now()))
        return
    show(incident.reference)
    if incident.severity is None:
        command = f"incident-console severity {incident.reference} 1-4 --reason TEXT"
        aside(f"Its severity is not known yet, so the clocks of {severity_label(1)} run. Set it with: {command}")


def _assessed(session: Session, wish: Declaration, facts: str, reason: str, check: Check) -> "Incident":
    """Declare at the level that the rules find in the facts, or at the one that was named all the same."""
    from incident_console.cli.triage import answered, warn
    from incident_console.domain.assessment import Taken

    desk, answers = session.desk, answered(facts)
    verdict = desk.verdict(answers)
    named = wish.severity
    kept = reason or ("named with --severity" if named not in (None, verdict.severity) else "")
    incident = desk.declare_assessed(wish, Taken(answers, named, kept), (), check)
    warn(verdict)
    if named not in (None, verdict.severity):
        aside(f"The facts speak for {severity_label(verdict.severity)}: {verdict.reasons[0]}.")
    return incident
