"""`postmortem`: write down why it happened, finish it, and print or write the documents that come of it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from incident_console.cli.actions import item_json
from incident_console.cli.common import Session, aside, at, decoded, pass_session, print_json, show
from incident_console.domain.decide import Check
from incident_console.domain.frozen import frozen
from incident_console.domain.postmortem import chain, gaps
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Refused

if TYPE_CHECKING:
    from incident_console.domain.consistency import Oddity

FORMATS = ("md", "html", "json")


@frozen
class Wanted:
    """Which document somebody wants, and where."""

    target: str | None
    """A file, `-` for standard output, None where nobody said."""
    form: str | None
    """One of FORMATS, customer, case; None: as the file is called."""
    meeting: str | None
    minutes: int
    check: Check

    @property
    def is_asked(self) -> bool:
        return any(part is not None for part in (self.target, self.form, self.meeting))

    @property
    def prints(self) -> bool:
        return self.target in (None, "-")


@click.command(short_help="Write down why it happened; print or export it.")
@click.argument("ref", required=False)
@click.option("--set", "pairs", multiple=True, metavar="SECTION=TEXT",
              help="Write a section, such as summary; “-” as text reads standard input.")  # fmt: skip
@click.option("--why", "whys", multiple=True, metavar="TEXT", help="Add an answer below the last one; may be repeated.")
@click.option("--action", metavar="TEXT", help="Add an action item.")
@click.option("--kind", default="prevent", metavar="K", help="Kind of the action item: prevent, detect or respond.")
@click.option("--owner", default="", metavar="N", help="Owner of the action item.")
@click.option("--due", default="", metavar="DATE", help="Due date of the action item: 2026-12-01, +14d, next friday.")
@click.option("--close", "closing", is_flag=True, help="The postmortem is finished; needs an action item or a reason.")
@click.option("--reason", default="", metavar="TEXT", help="Why it is finished without action items.")
@click.option("--export", "target", metavar="FILE", help="Write the document to a new file; “-” prints it.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Left out, the ending of the file says it.")
@click.option("--customer", is_flag=True, help="The account for customers instead.")
@click.option("--case", "as_case", is_flag=True, help="The one-page case for reliability work instead.")
@click.option("--meeting", metavar="TIME", help="The review as a calendar file instead: friday 14:00.")
@click.option("--minutes", default=60, metavar="N", show_default=True, help="How long the review takes.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("--json", "as_json", is_flag=True, help="Print what is there, what is missing, figures and oddities.")
@pass_session
def postmortem(
    session: Session, ref: str | None, pairs: tuple[str, ...], whys: tuple[str, ...], action: str | None, kind: str,
    owner: str, due: str, closing: bool, reason: str, target: str | None, form: str | None, customer: bool,
    as_case: bool, meeting: str | None, minutes: int, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write down why it happened; print or export it."""
    other = _one_of(form, customer, as_case, meeting)
    wanted = Wanted(target, other, meeting, minutes, Check.FORCED if force else Check.STRICT)
    if reason and not closing:
        raise Refused("--reason says why a postmortem is finished without action items. Add --close.")
    desk, summary = session.desk, session.desk.find_summary(ref)
    _write(session, summary.id, pairs, whys)
    if action is not None:
        desk.add_action(summary.id, decoded(action), kind, owner, due)
    if closing:
        desk.finish_review(summary.id, decoded(reason))
    wrote = bool(pairs or whys or action is not None or closing)
    if as_json:
        print_json(_state(session, summary.id))
    elif wanted.is_asked or not wrote:
        _document(session, summary.id, wanted)
    else:
        done = "is finished" if closing else "is saved"
        aside(f"The postmortem of {summary.reference} {done}; everything in it can still be corrected.")


def _one_of(form: str | None, customer: bool, as_case: bool, meeting: str | None) -> str | None:
    """The form that was asked for; raises Refused where two were."""
    asked = [name for name, there in (("customer", customer), ("case", as_case)) if there]
    if len(asked) + (meeting is not None) + (form is not None) > 1:
        raise Refused("One document at a time: --format, --customer, --case or --meeting. Leave out the others.")
    return asked[0] if asked else form


# --- writing


def _write(session: Session, incident_id: str, pairs: tuple[str, ...], answers: tuple[str, ...]) -> None:
    for pair in pairs:
        section, sign, text = decoded(pair).partition("=")
        if not sign:
            raise Refused('A section is written as SECTION=TEXT. For example: --set summary="payments failed"')
        words = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else text
        session.desk.write_section(incident_id, section.strip(), words)
    links = chain(session.desk.incident(incident_id)) if answers else ()
    parent = links[-1].why.id if links else None
    for answer in answers:  # each explains the one before it, beginning below the last one there is
        parent = session.desk.add_why(incident_id, decoded(answer), parent)


# --- documents


def _document(session: Session, incident_id: str, wanted: Wanted) -> None:
    if wanted.meeting is not None:
        _meeting(session, incident_id, wanted)
        return
    if wanted.form == "customer":
        _remarks(session, incident_id)
    if wanted.prints:
        show(session.desk.document(incident_id, wanted.form or "md").rstrip("\n"))
        return
    path = Path(decoded(wanted.target or ""))
    form = wanted.form or _form_of(path)
    show(f"Written to {saved(path, lambda: session.desk.export_document(incident_id, path, form, wanted.check))}")


def _form_of(path: Path) -> str:
    from incident_console.desk.documents import form_of

    return form_of(path)


def saved(path: Path, write: Callable[[], Path]) -> Path:
    """Write a file; where one is there already the refusal names the way to replace it."""
    try:
        return write()
    except Refused as refusal:
        more = " To replace it, add --force." if path.expanduser().is_file() else ""
        raise Refused(f"{refusal}{more}") from None


def _meeting(session: Session, incident_id: str, wanted: Wanted) -> None:
    from incident_console.desk.documents import write
    from incident_console.domain.review_calendar import meeting_time

    desk = session.desk
    when = meeting_time(decoded(wanted.meeting or ""), desk.now(), desk.zone)
    text = desk.meeting(incident_id, when, wanted.minutes)
    if wanted.prints:
        click.echo(text, nl=False)
        return
    path = Path(decoded(wanted.target or ""))
    show(f"Written to {saved(path, lambda: write(path, text, wanted.check))}")


def _remarks(session: Session, incident_id: str) -> None:
    """What to know about the account for customers, beside its text."""
    report = session.desk.customer_report(incident_id)
    for sentence in report.held_back:
        aside(sentence)
    if report.missing:
        aside(f"Missing: {', '.join(report.missing)}.")
    for finding in report.findings:
        aside(f"{finding.severity}: {finding.rule.replace('_', ' ')}, “{clip(clean_line(finding.text), 60)}”."
              f" {finding.advice}")  # fmt: skip


# --- JSON


def _state(session: Session, incident_id: str) -> dict[str, Any]:
    """Everything that says how complete it is; `figures` and `oddities` come from the record."""
    from incident_console.domain.figures import figures
    from incident_console.domain.postmortem import missing, rivals

    incident = session.desk.incident(incident_id)
    lengths = figures(incident)
    return {
        "reference": incident.reference,
        "finished_at": at(incident.reviewed_at),
        "finished_reason": incident.review_reason or None,
        "sections": dict(incident.sections),
        "rivals": [{"section": name, "text": each.text, "actor": each.actor, "at": at(each.at)}
                   for name in dict.fromkeys(version.section for version in incident.rivals)
                   for each in rivals(incident, name)],
        "whys": [{"label": link.label, "answer": link.why.answer, "mark": link.why.mark or None,
                  "category": link.why.category or None} for link in chain(incident)],
        "actions": [item_json(session, item) for item in session.desk.items_of(incident_id)],
        "missing": list(gaps(incident)),
        "incomplete": [{"part": part, "what": what} for part, what in missing(incident)],
        "figures": {each.key: each.seconds for each in lengths},
        "computed_from": {each.key: each.source for each in lengths if each.seconds is not None},
        "not_computed": {each.key: each.why_not for each in lengths if each.seconds is None},
        "oddities": [_oddity(each) for each in session.desk.oddities(incident_id)],
    }  # fmt: skip


def _oddity(each: "Oddity") -> dict[str, Any]:
    return {
        "rule": each.rule, "words": each.words, "milestone": each.milestone or None, "entry": each.entry or None,
        "at": at(each.at or None),
    }  # fmt: skip
