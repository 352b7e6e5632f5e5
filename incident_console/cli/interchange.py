"""`export` and `import`: incidents as files."""

import sys
from pathlib import Path

import click

from incident_console.cli.common import Session, aside, pass_session, show
from incident_console.domain.decide import Check
from incident_console.domain.vocabulary import Refused


@click.command("export", short_help="Write an incident as JSON, Markdown or HTML.")
@click.argument("ref", required=False)
@click.option("--format", "form", type=click.Choice(["md", "html", "json"]), required=True,
              help="json can be imported again; html needs nothing else.")  # fmt: skip
@click.option("--output", metavar="FILE", help="Write to a new file instead of standard output.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
@pass_session
def export_(session: Session, ref: str | None, form: str, output: str | None, force: bool) -> None:
    """Write an incident as JSON, Markdown or HTML."""
    desk, summary = session.desk, session.desk.find_summary(ref)
    if output is None or output == "-":
        show(desk.document(summary.id, form).rstrip("\n"))
        return
    from incident_console.cli.postmortem_documents import saved

    path, check = Path(output), Check.FORCED if force else Check.STRICT
    show(f"Written to {saved(lambda: desk.export_document(summary.id, path, form, check))}")


@click.command("import", short_help="Read an incident from an interchange file.")
@click.argument("file", metavar="FILE")
@pass_session
def import_(session: Session, file: str) -> None:
    """Read an incident from an interchange file; “-” reads standard input.

    Nothing is written unless all of it fits. The same file twice adds nothing.
    """
    report = session.desk.import_file(_bytes(file))
    show(report.incident.reference)
    if not report.added:
        aside(f"The same record is here already as {report.incident.reference}; nothing was added.")
    for sentence in report.odd:
        aside(sentence)


def _bytes(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}. Check the name.") from error
