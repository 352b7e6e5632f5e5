"""Opening the full screen, where the terminal can show it. Nothing here knows click."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from incident_console.cli.session import Session
from incident_console.domain.vocabulary import Refused


def open_screen(environment: Mapping[str, str], options: Mapping[str, str], words: Sequence[str]) -> int:
    """The board for no words, an incident for `open` and perhaps a reference; returns the exit code."""
    session = Session(environment, options.get("--db"), options.get("--as"), options.get("--content"))
    try:
        return open_incident(session, next(iter(words[1:]), None)) if words else open_board(session)
    finally:
        session.close()


def open_incident(session: Session, ref: str | None) -> int:
    """Open the console on the incident that is meant; returns the exit code."""
    with _no_collecting():
        return open_board(session, session.desk.find_summary(ref).id)


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
    from incident_console.cli.common import aside
    from incident_console.desk import ContentTrouble

    try:
        for trouble in session.desk.check_content():
            aside(trouble)
    except ContentTrouble as trouble:
        raise Refused(f"{trouble} To go on with what is shipped, start without --content.") from trouble
