"""The entry point of `incident-console`, `ic` and `python -m incident_console`."""

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from incident_console.quick import quick_log

    code = quick_log(sys.argv[1:], os.environ)
    if code is not None:
        _leave(code)
    from incident_console.cli import run

    sys.exit(run(sys.argv[1:]))


def _leave(code: int) -> None:
    """Go without taking the interpreter apart: everything is saved and said by now, and that would take longer."""
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
