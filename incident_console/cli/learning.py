"""`postmortem`: write down why it happened, and print or export the document."""

from pathlib import Path

import click

from incident_console.cli.common import Session, aside, decoded, pass_session, print_json, show
from incident_console.domain.postmortem import chain, gaps
from incident_console.domain.vocabulary import Refused


@click.command(short_help="Write down why it happened; print or export it.")
@click.argument("ref", required=False)
@click.option("--set", "pairs", multiple=True, metavar="SECTION=TEXT", help="Write a section, such as summary.")
@click.option("--why", "whys", multiple=True, metavar="TEXT", help="Add an answer below the last one; may be repeated.")
@click.option("--action", metavar="TEXT", help="Add an action item.")
@click.option("--kind", default="prevent", metavar="K", help="Kind of the action item: prevent, detect or respond.")
@click.option("--owner", default="", metavar="N", help="Owner of the action item.")
@click.option("--due", default="", metavar="DATE", help="Due date of the action item: 2026-12-01, +14d or +2w.")
@click.option("--export", "target", metavar="FILE", help="Write the document to a new file; “-” prints it.")
@click.option("--json", "as_json", is_flag=True, help="Print sections, whys and action items as JSON.")
@pass_session
def postmortem(
    session: Session, ref: str | None, pairs: tuple[str, ...], whys: tuple[str, ...], action: str | None, kind: str,
    owner: str, due: str, target: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Write down why it happened; print or export it."""
    desk, summary = session.desk, session.desk.find_summary(ref)
    for pair in pairs:
        section, sign, text = decoded(pair).partition("=")
        if not sign:
            raise Refused('A section is written as SECTION=TEXT. For example: --set summary="payments failed"')
        desk.write_section(summary.id, section.strip(), text)
    _answer(session, summary.id, whys)
    if action is not None:
        desk.add_action(summary.id, decoded(action), kind, owner, due)
    if as_json:
        _print(session, summary.id)
    elif target and target != "-":
        from incident_console.desk.files import write_new

        show(f"Written to {write_new(Path(target), desk.report(summary.id))}")
    elif target == "-" or not (pairs or whys or action):
        show(desk.report(summary.id).rstrip("\n"))
    else:
        aside(f"Saved in the postmortem of {summary.reference}.")


def _answer(session: Session, incident_id: str, answers: tuple[str, ...]) -> None:
    """Each answer explains the one before it, beginning below the last one there is."""
    links = chain(session.desk.incident(incident_id))
    parent = links[-1].why.id if links else None
    for answer in answers:
        parent = session.desk.add_why(incident_id, decoded(answer), parent)


def _print(session: Session, incident_id: str) -> None:
    incident = session.desk.incident(incident_id)
    items = [
        {"id": item.id, "text": item.text, "kind": item.action_kind, "owner": item.owner or None,
         "due": item.due or None, "state": item.state}
        for item in incident.actions
    ]  # fmt: skip
    print_json(
        {
            "reference": incident.reference,
            "sections": dict(incident.sections),
            "whys": [{"label": link.label, "answer": link.why.answer} for link in chain(incident)],
            "actions": items,
            "missing": list(gaps(incident)),
        }
    )
