"""The desk: every command and query that people can make, and the only door to storage and content.

Split by subject. `Desk` is all of it; `Logbook` is what a plain `log` needs, because loading the rest would take longer
than logging the line. Either is only loaded when somebody asks for it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incident_console.content.packs import ContentTrouble
from incident_console.storage.trouble import StorageTrouble

if TYPE_CHECKING:
    from incident_console.desk.logbook import Logbook
    from incident_console.desk.whole import Desk

__all__ = ["ContentTrouble", "Desk", "StorageTrouble", "open_desk", "open_logbook"]


def __getattr__(name: str) -> Any:
    if name != "Desk":
        raise AttributeError(name)
    from incident_console.desk.whole import Desk

    return Desk


def open_desk(
    environment: Mapping[str, str], database: Path | None = None, actor: str | None = None, content: Path | None = None
) -> "Desk":
    """The whole desk on a database; raises StorageTrouble when the file cannot be opened."""
    from incident_console.desk.opening import setting
    from incident_console.desk.whole import Desk

    return Desk(setting(environment, database, actor, content))


def open_logbook(
    environment: Mapping[str, str], database: Path | None = None, actor: str | None = None, content: Path | None = None
) -> "Logbook":
    """The same, for finding an incident and writing lines."""
    from incident_console.desk.logbook import Logbook
    from incident_console.desk.opening import setting

    return Logbook(setting(environment, database, actor, content))
