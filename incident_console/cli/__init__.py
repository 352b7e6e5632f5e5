"""The command line: the same commands that the screens have, for scripts, plain terminals and screen readers.

Opening the screen goes past click, which takes a while to load; `commands` has the table of everything else. Nothing
here loads Textual but the function that opens the screen."""

import os
import sys

from incident_console.cli.telling import EXIT_INTERRUPTED, EXIT_REFUSED, EXIT_STORAGE, forgiving_streams, say
from incident_console.quick import global_options


def run(arguments: list[str]) -> int:
    """Carry out a command line; every trouble becomes one sentence on stderr and an exit code."""
    from incident_console.desk import ContentTrouble, StorageTrouble
    from incident_console.domain.vocabulary import OddTime, Refused

    forgiving_streams()
    try:
        return _carry_out(arguments)
    except KeyboardInterrupt:
        return say("Interrupted.", EXIT_INTERRUPTED)
    except OddTime as refusal:
        return say(f"{refusal} If it is right, add --force.", EXIT_REFUSED)
    except (Refused, ContentTrouble) as refusal:
        return say(str(refusal), EXIT_REFUSED)
    except StorageTrouble as trouble:
        return say(str(trouble), EXIT_STORAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _carry_out(arguments: list[str]) -> int:
    """`open`, `open REF` and nothing at all are read here; all else, and all that is odd, by click."""
    read = global_options(arguments, os.environ)
    if read is not None and read[1][:1] in ([], ["open"]) and len(read[1]) < 3:
        from incident_console.cli.screen import open_screen

        return open_screen(os.environ, *read)
    from incident_console.cli.commands import call

    return call(arguments)
