"""The front door for the commonest command: `log` with plain words and nothing else goes in without click.

It only ever says yes: whatever is unusual, unclear or refused is left to the command line, which says the same as ever.
It must not learn options or commands: what it loads is the time that a line takes."""

import sys
from collections.abc import Mapping

from incident_console.desk.outside import actor_name, database_path
from incident_console.desk.quick_line import quick_line
from incident_console.domain.text import clean, clean_line
from incident_console.storage.trouble import StorageTrouble

GLOBAL = ("--db", "--as", "--content")
"""Options before the command; where content lies does not matter for a line."""

EXIT_STORAGE = 3
EXIT_INTERRUPTED = 130
EXIT_UNHEARD = 1
"""Nobody reads what is printed."""


def quick_log(arguments: list[str], environment: Mapping[str, str]) -> int | None:
    """The exit code once the line is saved; None: not plain, nothing was written, the command line is to be asked."""
    read = _read(arguments, environment)
    if read is None:
        return None
    options, number, text = read
    try:
        saved = quick_line(
            database_path(environment, options.get("--db")), number, text,
            actor_name(environment, clean(options.get("--as", ""))),
        )  # fmt: skip
        if saved is not None:
            print(f"INC-{saved[0]} entry {saved[1]} saved", flush=True)  # noqa: T201
        return None if saved is None else 0
    except StorageTrouble as trouble:
        return _say(str(trouble), EXIT_STORAGE)
    except KeyboardInterrupt:
        return _say("Interrupted.", EXIT_INTERRUPTED)
    except BrokenPipeError:
        return EXIT_UNHEARD


def global_options(arguments: list[str], environment: Mapping[str, str]) -> tuple[dict[str, str], list[str]] | None:
    """(options before the command, the words from the command on); None where a word may be an option of another sort,
    or a shell asks how to go on."""
    rest, options = list(arguments), dict[str, str]()
    while len(rest) > 1 and rest[0] in GLOBAL:
        name, options[name] = rest[0], rest[1]
        rest = rest[2:]
    odd = any(word.startswith("-") for word in (*options.values(), *rest))
    return None if odd or "_INCIDENT_CONSOLE_COMPLETE" in environment else (options, rest)


def _read(arguments: list[str], environment: Mapping[str, str]) -> tuple[dict[str, str], int | None, str] | None:
    """(global options, number of the incident, text); None for everything but plain words."""
    read = global_options(arguments, environment)
    if read is None or read[1][:1] != ["log"] or len(read[1]) < 2:
        return None
    return _meant(read[0], [clean(word) for word in read[1][1:]])


def _meant(options: dict[str, str], words: list[str]) -> tuple[dict[str, str], int | None, str] | None:
    """Several words may begin with `INC-7` or `7`; where digits are spelled in another script, others may read them."""
    first = words[0]
    if len(words) > 1 and not first.isascii() and any(sign.isdecimal() for sign in first):
        return None
    digits = first.upper().removeprefix("INC-")
    if len(words) == 1 or not digits.isdecimal():
        return options, None, " ".join(words)
    return (options, int(digits), " ".join(words[1:])) if len(digits) < 10 else None


def _say(sentence: str, code: int) -> int:
    print(clean_line(sentence), file=sys.stderr)  # noqa: T201
    return code
