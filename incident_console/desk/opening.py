"""Which file, and who sits before it: what a desk needs to know of the outside world."""

from collections.abc import Mapping
from pathlib import Path

from incident_console.desk.base import Setting
from incident_console.desk.outside import FOLDER, actor_name, database_path
from incident_console.domain.clock import SystemClock, Zone
from incident_console.storage.store import Store


def setting(
    environment: Mapping[str, str], database: Path | None = None, actor: str | None = None, content: Path | None = None
) -> Setting:
    """The database named by the caller, the environment or the platform, in this order.

    Raises StorageTrouble when the file cannot be opened.
    """
    path = Path(database_path(environment, str(database) if database else None))
    store = Store(path, state_folder)
    return Setting(store, SystemClock(), Zone(), actor_name(environment, actor), content)


def state_folder() -> Path:
    """Where drafts and files written by the console go."""
    from platformdirs import user_state_path

    return user_state_path(FOLDER, appauthor=False)
