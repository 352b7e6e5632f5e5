"""sha256 without loading a library of every cipher there is."""

from hashlib import sha256

__all__ = ["sha256"]
