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
        handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{place} exists already and was left as it is. Choose another name.") from None
    except OSError as error:
        raise Refused(f"{place} was not written: {error.strerror}. Choose another place.") from error
    return place
