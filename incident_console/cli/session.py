"""The global options of one call, and the desk that they lead to. Nothing here knows click."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from incident_console.domain.text import clean

if TYPE_CHECKING:
    from incident_console.desk import Desk
    from incident_console.desk.logbook import Logbook


def decoded(argument: str) -> str:
    """An argument made safe: undecodable bytes and control characters become visible."""
    return clean(argument)


class Session:
    """The global options of one call; the database is opened when a command first needs it."""

    def __init__(self, environment: Mapping[str, str], db: str | None, actor: str | None, content: str | None) -> None:
        self.environment = environment
        self._db = Path(db) if db else None
        self._actor = decoded(actor) if actor else None
        self._content = Path(content) if content else None
        self._desk: Desk | None = None
        self._logbook: Logbook | None = None

    @property
    def desk(self) -> "Desk":
        if self._desk is None:
            from incident_console.desk import Desk, open_desk

            opened = self._logbook
            self._desk = (
                Desk(opened.setting)
                if opened is not None
                else open_desk(self.environment, self._db, self._actor, self._content)
            )
        return self._desk

    @property
    def logbook(self) -> "Logbook | Desk":
        """The small desk, where the whole one is not needed."""
        if self._desk is not None:
            return self._desk
        if self._logbook is None:
            from incident_console.desk import open_logbook

            self._logbook = open_logbook(self.environment, self._db, self._actor, self._content)
        return self._logbook

    @property
    def has_own_content(self) -> bool:
        """Whether a company's own packs are named."""
        return self._content is not None

    def close(self) -> None:
        opened = self._desk or self._logbook
        if opened is not None:
            opened.store.close()

    def time(self, text: str | None) -> int | None:
        """The instant that somebody typed; None stays None."""
        from incident_console.domain.when import parse_time

        return None if text is None else parse_time(decoded(text), self.logbook.now(), self.logbook.zone)
