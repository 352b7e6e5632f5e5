"""What stands after a slash command, read into its parts; each function refuses with the form to type. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND
from incident_console.domain.incident import Timer
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Refused

_LENGTH: Final = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,5})m(?:in)?)?(?:(\d{1,6})s)?", re.IGNORECASE)

LONGEST: Final = 31 * DAY
"""A clock that runs longer than this is somebody's mistake."""

ASK_DEFAULT: Final = 10 * MINUTE
"""How long a question may stay unanswered when nobody says."""


def length_of(word: str) -> int | None:
    """`10m`, `1h30m`, `90s` or `2d` in microseconds; None for anything else."""
    match = _LENGTH.fullmatch(word.strip())
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    whole = days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND
    return whole if 0 < whole <= LONGEST else None


def timer(rest: str) -> tuple[int, str]:
    """(length, what it is for) after `/timer`; the length stands first or last."""
    words = clean_line(rest).split(" ")
    for place, others in ((0, words[1:]), (-1, words[:-1])):
        length = length_of(words[place])
        if length is not None and others:
            return length, " ".join(others)
    raise Refused("Type how long and what for, for example: /timer 10m restart cache")


def ask(rest: str) -> tuple[str, str, int]:
    """(who, what, how long until it should be answered) after `/ask`; ten minutes when nothing is said."""
    words = clean_line(rest).split(" ")
    length = length_of(words[-1]) if len(words) > 2 else None
    body = words[:-1] if length is not None else words
    if len(body) < 2 or not body[0]:
        raise Refused("Type whom, what, and how long it may take, for example: /ask sam check replica lag 5m")
    return body[0].removeprefix("@"), " ".join(body[1:]), length or ASK_DEFAULT


def named_length(rest: str, form: str) -> tuple[str, int, str]:
    """(name, length, reason) after `/snooze` and the like; refuses with the form to type."""
    words = clean_line(rest).split(" ")
    length = length_of(words[1]) if len(words) > 1 else None
    if length is None:
        raise Refused(f"Type it like this: {form}")
    return words[0], length, " ".join(words[2:])


def leading_length(rest: str, form: str) -> tuple[int, str]:
    """(length, the rest of the line); refuses with the form to type."""
    word, _, words = clean_line(rest).partition(" ")
    length = length_of(word)
    if length is None:
        raise Refused(f"Type it like this: {form}")
    return length, words


def named(rest: str, form: str) -> tuple[str, str]:
    """(name, the rest of the line); refuses without a name."""
    name, _, words = clean_line(rest).partition(" ")
    if not name:
        raise Refused(f"Type it like this: {form}")
    return name, words


def person(name: str, known: Iterable[str]) -> str:
    """The known person that a name means, or the name itself when nobody fits; refuses when it fits several."""
    wanted = clean_line(name).removeprefix("@").strip()
    people = [each for each in dict.fromkeys(known) if each]
    exact = [each for each in people if each.casefold() == wanted.casefold()]
    starting = [each for each in people if wanted and each.casefold().startswith(wanted.casefold())]
    if exact and exact[0] == wanted and len(exact) == 1 and len(starting) == 1:
        return wanted
    fitting = exact if len(exact) == 1 and len(starting) == 1 else starting
    if len(fitting) > 1:
        listed = ", ".join(clip(each, 30) for each in fitting[:6])
        raise Refused(f"“{clip(wanted, 30)}” fits several people: {listed}. Type the whole name, in quotes or not.")
    return fitting[0] if fitting else wanted


def waiting(timers: Sequence[Timer], rest: str, kinds: tuple[str, ...]) -> tuple[Timer, str]:
    """(the timer that is meant, the words for it): the only one, or the one that the first word names."""
    open_ones = [each for each in timers if each.kind in kinds]
    words = clean_line(rest)
    if not open_ones:
        raise Refused("Nothing is waiting. /ask and /timer start something to wait for.")
    name, _, said = words.partition(" ")
    wanted = name.removeprefix("@").casefold()
    fitting = [each for each in open_ones if wanted and wanted in f"{each.who} {each.text}".casefold().split()]
    by_name = [each for each in open_ones if wanted and each.who.casefold().startswith(wanted)]
    chosen = by_name or fitting
    if len(chosen) == 1:
        return chosen[0], said
    if len(open_ones) == 1:
        return open_ones[0], words
    listed = "; ".join(clip(f"{each.who} {each.text}".strip(), 40) for each in (chosen or open_ones)[:5])
    raise Refused(f"Several are waiting: {listed}. Start with the name or a word of the one that you mean.")
