"""The documents that come of a postmortem, printed or written to a file. What stands in them is said elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from incident_console.cli.common import Session, aside, decoded, show
from incident_console.domain.decide import Check
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Refused

if TYPE_CHECKING:
    from incident_console.domain.document.customer import CustomerReport

T = TypeVar("T")


@frozen
class Document:
    """Which document somebody wants, and where."""

    target: str | None
    """A file, `-` for standard output, None where nobody said."""
    form: str | None
    """md, html, json, customer or case; None: as the file is called."""
    meeting: str | None
    """When the review is, as people type it, where its calendar file is wanted instead."""
    minutes: int
    check: Check

    @property
    def is_asked(self) -> bool:
        return any(part is not None for part in (self.target, self.form, self.meeting))

    @property
    def path(self) -> Path | None:
        """Where it is written to; None: it is printed."""
        return None if self.target in (None, "-") else Path(decoded(self.target or ""))


def one_of(form: str | None, customer: bool, as_case: bool, meeting: str | None) -> str | None:
    """The form that was asked for; raises Refused where two were."""
    asked = [name for name, there in (("customer", customer), ("case", as_case)) if there]
    if len(asked) + (meeting is not None) + (form is not None) > 1:
        raise Refused("One document at a time: --format, --customer, --case or --meeting. Leave out the others.")
    return asked[0] if asked else form


def check_first(session: Session, incident_id: str, wanted: Document) -> None:
    """Refuses what cannot be written, before anything is saved."""
    from incident_console.desk.endings import MEETING, check_ending
    from incident_console.desk.files import check_place

    if wanted.meeting is not None:
        session.desk.meeting(incident_id, _when(session, wanted.meeting), wanted.minutes)
    if (path := wanted.path) is not None:
        check_ending(path, MEETING if wanted.meeting is not None else _form(path, wanted))
        saved(lambda: check_place(path, wanted.check))


def write_document(session: Session, incident_id: str, wanted: Document) -> None:
    """Print it, or write it to a new file."""
    if wanted.meeting is not None:
        _meeting(session, incident_id, wanted, _when(session, wanted.meeting))
        return
    if wanted.form == "customer":
        _remarks(session, incident_id)
    if (path := wanted.path) is None:
        show(session.desk.document(incident_id, wanted.form or "md").rstrip("\n"))
        return
    form = _form(path, wanted)
    show(f"Written to {saved(lambda: session.desk.export_document(incident_id, path, form, wanted.check))}")


def _form(path: Path, wanted: Document) -> str:
    from incident_console.desk.endings import form_of

    return wanted.form or form_of(path)


def saved(write: Callable[[], T]) -> T:
    """Write a file; where one is there already the refusal names the way to replace it."""
    from incident_console.desk.files import AlreadyThere

    try:
        return write()
    except AlreadyThere as refusal:
        raise Refused(f"{refusal} To replace it, add --force.") from None


def _when(session: Session, words: str) -> int:
    from incident_console.domain.review_calendar import meeting_time

    return meeting_time(decoded(words), session.desk.now(), session.desk.zone)


def _meeting(session: Session, incident_id: str, wanted: Document, at: int) -> None:
    desk = session.desk
    if (path := wanted.path) is None:
        click.echo(desk.meeting(incident_id, at, wanted.minutes), nl=False)
        return
    written = saved(lambda: desk.write_meeting(incident_id, at, wanted.minutes, path, wanted.check))
    show(f"Written to {written}")


def _remarks(session: Session, incident_id: str) -> None:
    """What to know about the account for customers, beside its text."""
    report = session.desk.customer_report(incident_id)
    for sentence in report.held_back:
        aside(sentence)
    if report.missing:
        _tell_missing(session.desk.incident(incident_id).reference, report)
    for finding in report.findings:
        aside(f"{finding.severity}: {finding.rule.replace('_', ' ')}, “{clip(clean_line(finding.text), 60)}”."
              f" {finding.advice}")  # fmt: skip


def _tell_missing(reference: str, report: "CustomerReport") -> None:
    """What is missing, and the command and the place where it is filled in."""
    fields = " ".join(f"--set {name}=TEXT" for name in report.to_fill)
    aside(f"Missing: {', '.join(report.missing)}. Fill in with:")
    aside(f"  incident-console update {reference} --audience customers --kind customer_report {fields}")
    aside("It prints the report; with --ask-approval its words are kept, with --sent it is recorded as sent.")
    aside("On the screen: the postmortem, 7, the report to customers.")
