"""The only place that reads the machine's clock. Nothing else may ever stand here: the quick way of `log` loads it."""

import time


def now() -> int:
    """The present instant in microseconds UTC."""
    return time.time_ns() // 1000


def steady() -> int:
    """Microseconds on a clock that nobody sets and that stands still while the machine sleeps."""
    return time.monotonic_ns() // 1000
