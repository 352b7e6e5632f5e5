"""Which file, and who sits before it: what a desk needs to know of the outside world."""

import os
from collections.abc import Mapping
from pathlib import Path

from incident_console.desk.base import Setting
from incident_console.domain.clock import SystemClock, Zone
from incident_console.domain.text import clean_line
from incident_console.storage.store import Store


def setting(
    environment: Mapping[str, str], database: Path | None = None, actor: str | None = None, content: Path | None = None
) -> Setting:
    """The database named by the caller, the environment or the platform, in this order.

    Raises StorageTrouble when the file cannot be opened.
    """
    store = Store(database_path(environment, database), state_folder)
    return Setting(store, SystemClock(), Zone(), actor_name(environment, actor), content)


def database_path(environment: Mapping[str, str], named: Path | None) -> Path:
    """Where the database lies."""
    chosen = named or (Path(path) if (path := environment.get("INCIDENT_CONSOLE_DB")) else None)
    if chosen is not None:
        return chosen.expanduser()
    from platformdirs import user_data_path

    return user_data_path("incident-console", appauthor=False) / "incidents.db"


def state_folder() -> Path:
    """Where drafts and files written by the console go."""
    from platformdirs import user_state_path

    return user_state_path("incident-console", appauthor=False)


def actor_name(environment: Mapping[str, str], named: str | None) -> str:
    """Who is at the keyboard: named, from the environment, or the login name; never empty."""
    for candidate in (named, environment.get("INCIDENT_CONSOLE_ACTOR"), _login()):
        if candidate and (name := clean_line(candidate)[:60]):
            return name
    return "somebody"


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""
