"""The desk: every command and query that people can make, and the only door to storage and content.

Split by subject. `Desk` is all of it, `Logbook` what finding an incident and writing lines needs, and `quick_line` one
plain line: because loading the rest would take longer than logging it. Each is loaded when somebody asks for it."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from incident_console.content.packs import ContentTrouble
    from incident_console.desk.logbook import Logbook
    from incident_console.desk.whole import Desk
    from incident_console.storage.trouble import StorageTrouble

__all__ = ["ContentTrouble", "Desk", "StorageTrouble", "open_desk", "open_logbook"]

WHERE = {
    "ContentTrouble": "incident_console.content.packs",
    "Desk": "incident_console.desk.whole",
    "StorageTrouble": "incident_console.storage.trouble",
}


def __getattr__(name: str) -> object:
    if name not in WHERE:
        raise AttributeError(name)
    import importlib

    return getattr(importlib.import_module(WHERE[name]), name)


def open_desk(
    environment: "Mapping[str, str]",
    database: "Path | None" = None,
    actor: str | None = None,
    content: "Path | None" = None,
) -> "Desk":
    """The whole desk on a database; raises StorageTrouble when the file cannot be opened."""
    from incident_console.desk.opening import setting
    from incident_console.desk.whole import Desk

    return Desk(setting(environment, database, actor, content))


def open_logbook(
    environment: "Mapping[str, str]",
    database: "Path | None" = None,
    actor: str | None = None,
    content: "Path | None" = None,
) -> "Logbook":
    """The same, for finding an incident and writing lines."""
    from incident_console.desk.logbook import Logbook
    from incident_console.desk.opening import setting

    return Logbook(setting(environment, database, actor, content))
