"""`postmortem`: write down why it happened, finish it, and print or write the documents that come of it."""

import sys

import click

from incident_console.cli.common import Session, aside, decoded, pass_session, print_json
from incident_console.cli.postmortem_documents import Document, check_first, one_of, write_document
from incident_console.domain.actions import Wanted
from incident_console.domain.decide import Check
from incident_console.domain.vocabulary import Refused
from incident_console.domain.write_up import WriteUp

FORMATS = ("md", "html", "json")


@click.command(short_help="Write down why it happened; print or export it.")
@click.argument("ref", required=False)
@click.option("--set", "pairs", multiple=True, metavar="SECTION=TEXT",
              help="Write a section, such as summary; “-” as text reads standard input.")  # fmt: skip
@click.option("--why", "whys", multiple=True, metavar="TEXT", help="Add an answer below the last one; may be repeated.")
@click.option("--action", metavar="TEXT", help="Add an action item.")
@click.option("--kind", metavar="K", help="Kind of the action item: prevent (where nobody says), detect or respond.")
@click.option("--owner", metavar="N", help="Owner of the action item.")
@click.option("--due", metavar="DATE", help="Due date of the action item: 2026-12-01, +14d, next friday.")
@click.option("--close", "closing", is_flag=True, help="The postmortem is finished; needs an action item or a reason.")
@click.option("--reason", default="", metavar="TEXT", help="Why it is finished without action items.")
@click.option("--export", "target", metavar="FILE", help="Write the document to a new file; “-” prints it.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Left out, the ending of the file says it.")
@click.option("--customer", is_flag=True, help="The account for customers instead.")
@click.option("--case", "as_case", is_flag=True, help="The one-page case for reliability work instead.")
@click.option("--meeting", metavar="TIME", help="The review as a calendar file instead: friday 14:00.")
@click.option("--minutes", default=60, metavar="N", show_default=True, help="How long the review takes.")
@click.option("--force", is_flag=True, help="Replace an existing file; take a due date that has passed.")
@click.option("--json", "as_json", is_flag=True, help="Print what is there, what is missing, figures and oddities.")
@pass_session
def postmortem(
    session: Session, ref: str | None, pairs: tuple[str, ...], whys: tuple[str, ...], action: str | None,
    kind: str | None, owner: str | None, due: str | None, closing: bool, reason: str, target: str | None,
    form: str | None, customer: bool, as_case: bool, meeting: str | None, minutes: int, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write down why it happened; print or export it. All that one call writes is saved together, or none of it."""
    check = Check.FORCED if force else Check.STRICT
    document = Document(target, one_of(form, customer, as_case, meeting), meeting, minutes, check)
    if as_json and document.is_asked:
        raise Refused("--json prints how complete it is, and no document. Leave out one of the two.")
    written = WriteUp(
        _sections(pairs), tuple(map(decoded, whys)), _action(action, kind, owner, due), _finish(closing, reason)
    )
    incident_id = session.desk.find_summary(ref).id
    if document.is_asked:
        check_first(session, incident_id, document)
    if written:
        session.desk.write_up(incident_id, written, check)
    _answer(session, incident_id, written, document, print_state=as_json)


# --- what is to be written


def _sections(pairs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """(section, text) of each pair; of one, the text may come from standard input."""
    cut = [decoded(pair).partition("=") for pair in pairs]
    if any(not sign for _, sign, _ in cut):
        raise Refused('A section is written as SECTION=TEXT. For example: --set summary="payments failed"')
    if sum(text == "-" for _, _, text in cut) > 1:
        raise Refused("Standard input holds one text. Give “-” to one section only, and the others their words.")
    return tuple((name.strip(), _given() if text == "-" else text) for name, _, text in cut)


def _given() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _action(text: str | None, kind: str | None, owner: str | None, due: str | None) -> Wanted | None:
    if text is not None:
        return Wanted(decoded(text), decoded(kind or "prevent"), decoded(owner or ""), decoded(due or ""))
    if (kind, owner, due) != (None, None, None):
        raise Refused("--kind, --owner and --due say more about an action item. Add --action TEXT.")
    return None


def _finish(closing: bool, reason: str) -> str | None:
    if reason and not closing:
        raise Refused("--reason says why a postmortem is finished without action items. Add --close.")
    return decoded(reason) if closing else None


# --- what is said


def _answer(session: Session, incident_id: str, written: WriteUp, document: Document, *, print_state: bool) -> None:
    if written.finish is not None:
        _say_open(session, incident_id)
    if print_state:
        from incident_console.cli.postmortem_state import state

        print_json(state(session, incident_id))
    elif document.is_asked or not written:
        _document(session, incident_id, written, document)
    else:
        done = "is finished" if written.finish is not None else "is saved"
        reference = session.desk.incident(incident_id).reference
        aside(f"The postmortem of {reference} {done}; everything in it can still be corrected.")


def _say_open(session: Session, incident_id: str) -> None:
    """Finishing never waits for what is still open, but it is named."""
    if ends := session.desk.loose_ends(incident_id):
        aside("Finished with this still open:")
        for each in ends:
            aside(f"- {each.words}")


def _document(session: Session, incident_id: str, written: WriteUp, document: Document) -> None:
    try:
        write_document(session, incident_id, document)
    except Refused as refusal:
        raise Refused(f"{refusal} What you wrote into the postmortem is saved." if written else str(refusal)) from None
