"""What people typed and did not send yet, in small files outside the database: they must outlive a crash, a closed
terminal and a database that cannot be written."""

import os
from pathlib import Path

from incident_console.storage.hashing import sha256


class Drafts:
    """One text per key; every write replaces the file at once, so that a crash leaves the old or the new text."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, key: str, text: str) -> None:
        """Remember a text; an empty one forgets the key. Raises OSError when it cannot be written."""
        place = self._place(key)
        if not text:
            place.unlink(missing_ok=True)
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = place.with_suffix(f".{os.urandom(8).hex()}")
        try:
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(text.encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(place)
        finally:
            draft.unlink(missing_ok=True)

    def recall(self, key: str) -> str:
        """The text kept under a key, or an empty one."""
        try:
            return self._place(key).read_bytes().decode("utf-8", "replace")
        except OSError:
            return ""

    def _place(self, key: str) -> Path:
        return self.folder / f"{sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}.txt"
