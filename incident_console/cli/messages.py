"""`update`: the next message to an audience, on standard output; what to know about it, on standard error."""

import sys
from collections.abc import Callable

import click

from incident_console.cli.common import Session, aside, at, decoded, pass_session, print_json, show
from incident_console.cli.write import AT, checking
from incident_console.domain.comms import Draft
from incident_console.domain.vocabulary import Refused
from incident_console.domain.when import full_time


@click.command(short_help="Write the next message to an audience; copy it, record it as sent.")
@click.argument("ref", required=False)
@click.option("--audience", required=True, metavar="A", help="internal, support, customers or executives.")
@click.option("--kind", metavar="K", help="initial, update, status_page or resolution; left out, the fitting one.")
@click.option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="Fill in a field; may be repeated.")
@click.option("--copy", "copying", is_flag=True, help="Copy it to the clipboard.")
@click.option("--sent", is_flag=True, help="Record it as sent; the audience's clock starts again.")
@AT
@click.option("--force", is_flag=True, help="Record it although something is missing or odd.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def update(
    session: Session, ref: str | None, audience: str, kind: str | None, pairs: tuple[str, ...], copying: bool,
    sent: bool, when: str | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the next message to an audience; copy it, record it as sent.

    The text goes to standard output; what is missing goes to standard error.
    """
    desk = session.desk
    summary = desk.find_summary(ref)
    draft = desk.compose(summary.id, audience, kind, dict(map(_pair, pairs)))
    if sent:  # saved before it is shown, so that what is shown as sent was saved
        desk.mark_sent(draft, session.time(when), checking(force))
    if as_json:
        print_json(_json(summary.reference, draft, "sent" if sent else "draft"))
    else:
        show(draft.whole)
    for field in draft.missing:
        aside(f"Missing: {field.label}. Fill it in with --set {field.name}=TEXT, for example: {field.example}")
    if copying:
        _copy(session, draft)
    if sent:
        due = full_time(draft.next_at, desk.zone) if draft.next_at is not None else "none"
        aside(f"{draft.audience} #{draft.number} recorded as sent. Next update due: {due}")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = decoded(text).partition("=")
    if not sign:
        raise Refused(f'“{name[:40]}” is not FIELD=VALUE. For example: --set impact="payments are rejected"')
    return name.strip(), value


def _json(reference: str, draft: Draft, state: str) -> dict[str, object]:
    return {
        "reference": reference,
        "audience": draft.audience,
        "kind": draft.kind,
        "number": draft.number,
        "state": state,
        "subject": draft.subject,
        "text": draft.text,
        "fields": dict(draft.values),
        "missing": [field.name for field in draft.missing],
        "next_update_at": at(draft.next_at),
    }


def _copy(session: Session, draft: Draft) -> None:
    from incident_console.clipboard import CopyState, copy

    result = copy(draft.whole, session.environment, _terminal_writer())
    if result.state is not CopyState.FAILED:
        session.desk.copied(draft, f"{result.how}, {result.state}")
    aside(result.sentence)


def _terminal_writer() -> Callable[[str], None] | None:
    """How to reach the terminal besides the printed text; None when there is none."""
    if not sys.stderr.isatty():
        return None

    def write(sequence: str) -> None:
        sys.stderr.write(sequence)
        sys.stderr.flush()

    return write
