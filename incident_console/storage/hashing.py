"""sha256 as the chain needs it, without loading the library of every cipher there is: that takes longer than a line."""

import sys

__all__ = ["digest_of", "sha256"]

if sys.version_info >= (3, 12):
    try:
        from _sha2 import sha256
    except ImportError:  # an interpreter built without its own
        from hashlib import sha256
else:
    try:
        from _sha256 import sha256  # type: ignore[import-not-found]
    except ImportError:
        from hashlib import sha256


def digest_of(text: str) -> str:
    """The sha256 of a text, in hexadecimal digits."""
    return str(sha256(text.encode()).hexdigest())
