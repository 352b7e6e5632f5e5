"""`export` and `import`: incidents as files."""

import sys
from pathlib import Path

import click

from incident_console.cli.common import Session, aside, pass_session, show
from incident_console.domain.vocabulary import Refused


@click.command("export", short_help="Write an incident as JSON or Markdown.")
@click.argument("ref", required=False)
@click.option("--format", "form", type=click.Choice(["json", "md"]), required=True, help="json can be imported again.")
@click.option("--output", metavar="FILE", help="Write to a new file instead of standard output.")
@pass_session
def export_(session: Session, ref: str | None, form: str, output: str | None) -> None:
    """Write an incident as JSON or Markdown."""
    desk, summary = session.desk, session.desk.find_summary(ref)
    text = desk.export_json(summary.id) if form == "json" else desk.report(summary.id).rstrip("\n")
    if output is None or output == "-":
        show(text)
        return
    from incident_console.desk.files import write_new

    show(f"Written to {write_new(Path(output), text + chr(10))}")


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
