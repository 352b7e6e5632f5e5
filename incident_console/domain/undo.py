"""What is undone, and what one person's undo and redo reach: two stacks, derived from the log each time. Pure."""

from collections.abc import Iterable

from incident_console.domain import events as e
from incident_console.domain.events import Event


def voided(history: Iterable[Event]) -> frozenset[str]:
    """Ids of the events that are undone at the end of a history in fold order."""
    gone: set[str] = set()
    for event in history:
        if isinstance(event.body, e.Undone):
            gone.add(event.body.target)
        elif isinstance(event.body, e.Redone):
            gone.discard(event.body.target)
    return frozenset(gone)


def undo_target(newest_first: Iterable[Event], gone: frozenset[str]) -> Event | None:
    """What one person's undo takes back: the newest of their events that still counts."""
    steps = (e.Undone, e.Redone, e.MessageCopied)
    return next((event for event in newest_first if event.id not in gone and not isinstance(event.body, steps)), None)


def redo_target(newest_first: Iterable[Event]) -> str | None:
    """The id that one person's redo brings back; anything new they did since then ends the chance."""
    again: set[str] = set()
    for event in newest_first:
        body = event.body
        if isinstance(body, e.Redone):
            again.add(body.target)
        elif isinstance(body, e.Undone):
            if body.target not in again:
                return body.target
            again.discard(body.target)
        elif not isinstance(body, e.MessageCopied):
            return None
    return None
