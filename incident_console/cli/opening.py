"""Opening an incident's screen as a command among the others; and completion for shells."""

import click

from incident_console.cli.common import Session, pass_session
from incident_console.cli.screen import open_incident


@click.command("open", short_help="Open the live screen of an incident.")
@click.argument("ref", required=False)
@click.pass_context
def open_(ctx: click.Context, ref: str | None) -> None:
    """Open the live screen of an incident."""
    session = ctx.find_object(Session)
    assert session is not None
    ctx.exit(open_incident(session, ref))


@click.command(short_help="Print the completion script for bash, zsh or fish.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@pass_session
def completion(session: Session, shell: str) -> None:
    """Print the completion script for bash, zsh or fish.

    For example: incident-console completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    from incident_console.cli.commands import program

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(program, {}, "incident-console", "_INCIDENT_CONSOLE_COMPLETE").source())
