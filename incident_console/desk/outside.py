"""What the outside world says before any desk is open: which file, and who sits before it.

On plain text, because the quick way of `log` asks the same questions."""

import os
import sys
from collections.abc import Mapping

from incident_console.domain.text import clean_line

FOLDER = "incident-console"


def database_path(environment: Mapping[str, str], named: str | None) -> str:
    """Where the database lies: named by the caller, the environment or the platform, in this order."""
    chosen = named or environment.get("INCIDENT_CONSOLE_DB")
    return os.path.expanduser(chosen) if chosen else os.path.join(data_folder(environment), "incidents.db")


def data_folder(environment: Mapping[str, str]) -> str:
    """The platform's place for data; told at once on Linux, where a test holds it to what platformdirs says."""
    if sys.platform == "linux" and not hasattr(sys, "getandroidapilevel"):
        folder, home = environment.get("XDG_DATA_HOME", ""), environment.get("HOME", "")
        if os.path.isabs(folder):
            return os.path.join(folder, FOLDER)
        if os.path.isabs(home):
            return os.path.join(home, ".local/share", FOLDER)
    from platformdirs import user_data_dir

    return user_data_dir(FOLDER, appauthor=False)


def actor_name(environment: Mapping[str, str], named: str | None) -> str:
    """Who is at the keyboard: named, from the environment, or the login name; never empty."""
    for candidate in (named, environment.get("INCIDENT_CONSOLE_ACTOR")):
        if candidate and (name := clean_line(candidate)[:60]):
            return name
    return clean_line(_login())[:60] or "somebody"


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else ""
