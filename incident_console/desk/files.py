"""Files that people ask for: written for their owner only, never over something that is there already."""

import os
from pathlib import Path

from incident_console.domain.vocabulary import Refused


def write_new(path: Path, text: str) -> Path:
    """Write a new file (mode 0600); returns its full path.

    Raises Refused when something is there already or the place cannot be written.
    """
    place = path.expanduser().absolute()
    try:
        return _written(place, text)
    except FileExistsError:
        raise Refused(f"{place} exists already and was left as it is. Choose another name.") from None
    except OSError as error:
        raise Refused(f"{place} was not written: {error.strerror}. Choose another place.") from error


def _written(place: Path, text: str) -> Path:
    """A new file; raises OSError."""
    handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return place


def replaced(path: Path, text: str) -> Path:
    """Write a file whether or not it is there already: beside the old one first, so that a full disk leaves that whole.

    Raises Refused when the place is a folder or cannot be written.
    """
    place = path.expanduser().absolute()
    if place.is_dir():
        raise Refused(f"{place} is a folder. Name a file in it.")
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        return _written(beside, text).replace(place)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Refused(f"{place} was not written: {error.strerror}. Choose another place.") from error
