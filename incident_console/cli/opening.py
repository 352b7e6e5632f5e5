"""Opening the full screen, where the terminal can show it; and completion for shells."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import click

from incident_console.cli.common import Session, aside, pass_session
from incident_console.domain.vocabulary import Refused


@click.command("open", short_help="Open the live screen of an incident.")
@click.argument("ref", required=False)
@click.pass_context
def open_(ctx: click.Context, ref: str | None) -> None:
    """Open the live screen of an incident."""
    session = ctx.find_object(Session)
    assert session is not None
    with _no_collecting():
        ctx.exit(open_board(session, session.desk.find_summary(ref).id))


def open_board(session: Session, incident_id: str | None = None) -> int:
    """Open the console on the board, or on an incident; returns the exit code."""
    from incident_console.terminal import ensure_utf8, reason_not_to_open

    if (reason := reason_not_to_open(session.environment)) is not None:
        raise Refused(reason)
    ensure_utf8(session.environment)
    _tell_troubles(session)
    with _no_collecting():
        from incident_console.app import run_console

        return run_console(session.desk, incident_id)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Starting makes little rubbish and much to look through; the app collects again once its first frame stands."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _tell_troubles(session: Session) -> None:
    """A broken pack is said here, in full, and not by every screen; raises Refused where nothing goes without it.

    What is shipped is in order: reading all of it would only keep people waiting for the screen."""
    if not session.has_own_content:
        return
    from incident_console.desk import ContentTrouble

    try:
        for trouble in session.desk.check_content():
            aside(trouble)
    except ContentTrouble as trouble:
        raise Refused(f"{trouble} To go on with what is shipped, start without --content.") from trouble


@click.command(short_help="Print the completion script for bash, zsh or fish.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@pass_session
def completion(session: Session, shell: str) -> None:
    """Print the completion script for bash, zsh or fish.

    For example: incident-console completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    from incident_console.cli import program

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(program, {}, "incident-console", "_INCIDENT_CONSOLE_COMPLETE").source())
