"""Word from the system that something happened in the folder of the database, which costs nothing while nothing does.

Only a reason to look: what was written, and by whom, the store finds out. On systems without inotify there is none."""

import ctypes
import os
import struct
import sys
from pathlib import Path
from typing import Final

IN_MOVED_TO: Final = 0x80
IN_DELETE: Final = 0x200
"""A transaction is over when its rollback journal is deleted; a file that is put in place of ours is moved there."""

_HEAD: Final = struct.Struct("iIII")
"""Watch, mask, cookie, length of the name: linux/inotify.h."""


class FolderWatch:
    """Watches until it is closed. Raises OSError where the system has no such thing, or no room for one more."""

    def __init__(self, file: Path) -> None:
        if sys.platform != "linux":
            raise OSError("there is no inotify on this system")
        file = file.resolve()  # SQLite keeps its journal beside the file itself, not beside a link to it
        self._name = os.fsencode(file.name)
        system = ctypes.CDLL(None, use_errno=True)
        self._descriptor: int = system.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._descriptor < 0:
            raise OSError(ctypes.get_errno(), "no watch was given")
        if system.inotify_add_watch(self._descriptor, os.fsencode(file.parent), IN_MOVED_TO | IN_DELETE) < 0:
            self.close()
            raise OSError(ctypes.get_errno(), "the folder is not watched")

    def fileno(self) -> int:
        """What an event loop waits on; readable when something happened in the folder."""
        return self._descriptor

    def stirred(self) -> bool:
        """Whether any of it was about the database; forgets what happened so far and never waits."""
        try:
            heap = os.read(self._descriptor, 65_536)
        except BlockingIOError:
            return False
        place, about_it = 0, False
        while place < len(heap):
            *_, size = _HEAD.unpack_from(heap, place)
            place += _HEAD.size + size
            about_it = about_it or heap[place - size : place].startswith(self._name)
        return about_it

    def close(self) -> None:
        """Stop watching; closing again does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
        self._descriptor = -1
