"""The entry point of `incident-console`, `ic` and `python -m incident_console`."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from incident_console.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
