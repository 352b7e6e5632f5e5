"""Ids: unique without asking anybody, and in the order of time."""

import os

from incident_console.domain import machine


def new_id() -> str:
    """A fresh UUID of version 7 (RFC 9562, 6.2 method 3): milliseconds, their fraction, then chance."""
    milliseconds, rest = divmod(machine.now(), 1000)
    chance = int.from_bytes(os.urandom(8), "big") >> 2
    value = milliseconds << 80 | 7 << 76 | (rest << 12) // 1000 << 64 | 2 << 62 | chance
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
