"""Files that people ask for: written for their owner only, never over something that is there already unless that is
forced."""

import contextlib
import os
from pathlib import Path

from incident_console.domain.decide import Check
from incident_console.domain.vocabulary import Refused


class AlreadyThere(Refused):
    """A file is there, and it may be replaced by whoever says so."""


def write(path: Path, text: str, check: Check) -> Path:
    """Write a file; what is there already is only replaced when that is forced. Returns its full path."""
    forced = check is Check.FORCED and os.path.lexists(full_path(path))
    return replaced(path, text) if forced else write_new(path, text)


def full_path(path: Path) -> Path:
    """The whole path, `~` resolved; raises Refused for the home of somebody who is not known here."""
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        raise Refused(f"{path} begins with a home folder that is not known here. Write it out.") from None


def is_file(path: Path) -> bool:
    """Whether a file is there that may be replaced; False also where nobody may look."""
    return os.path.isfile(full_path(path))


def check_place(path: Path, check: Check) -> None:
    """Refuses a place where nothing could be written now, before anything else is done."""
    place = full_path(path)
    if os.path.isdir(place):
        raise Refused(f"{place} is a folder. Name a file in it.")
    if check is Check.STRICT and os.path.lexists(place):
        raise _taken(place)
    if not os.path.isdir(place.parent):
        raise Refused(f"{place} was not written: there is no folder {place.parent}. Name another one.")
    if not os.access(place.parent, os.W_OK | os.X_OK):
        raise Refused(f"{place} was not written: Permission denied. Choose another place.")


def write_new(path: Path, text: str) -> Path:
    """Write a new file (mode 0600); returns its full path.

    Raises Refused when something is there already or the place cannot be written.
    """
    place = full_path(path)
    try:
        return _written(place, text)
    except FileExistsError:
        raise _taken(place) from None
    except OSError as error:
        raise Refused(f"{place} was not written: {error.strerror}. Choose another place.") from error


def _taken(place: Path) -> Refused:
    words = f"{place} exists already and was left as it is. Choose another name."
    return AlreadyThere(words) if os.path.isfile(place) else Refused(words)


def _written(place: Path, text: str) -> Path:
    """A new file; raises OSError, and leaves nothing half written."""
    handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        _gone(place)
        raise
    return place


def replaced(path: Path, text: str) -> Path:
    """Write a file whether or not it is there already: beside the old one first, so that a full disk leaves that whole.

    Raises Refused when the place is a folder or cannot be written.
    """
    place = full_path(path)
    if os.path.isdir(place):
        raise Refused(f"{place} is a folder. Name a file in it.")
    beside = place.with_name(f".{place.name[:200]}.{os.getpid()}")
    try:
        return _written(beside, text).replace(place)
    except OSError as error:
        _gone(beside)
        raise Refused(f"{place} was not written: {error.strerror}. Choose another place.") from error


def _gone(path: Path) -> None:
    """Take away what was begun, as far as that goes."""
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
