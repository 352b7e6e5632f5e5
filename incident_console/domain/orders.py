"""What stands after a slash command, read into its parts; each function refuses with the form to type. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND
from incident_console.domain.incident import Timer
from incident_console.domain.text import clean, clean_line, clip
from incident_console.domain.vocabulary import Refused

_LENGTH: Final = re.compile(r"(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,5})m(?:in)?)?(?:(\d{1,6})s)?", re.IGNORECASE)

_QUOTED: Final = re.compile(r"[\"“”„](.*)[\"“”]")
_LEADING_QUOTE: Final = re.compile(r"(@?[\"“”„][^\"“”]*[\"“”])\s*(.*)")

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


def review(words: str) -> int | None:
    """How long until a decision is looked at again, in microseconds; None where nobody says. Refuses other words."""
    length = length_of(words) if words else None
    if words and length is None:
        raise Refused("Say when to look at it again as a length of time, such as 30m or 2h.")
    return length


def timer(rest: str) -> tuple[int, str]:
    """(length, what it is for) after `/timer`; the length stands first or last."""
    words = clean_line(rest).split(" ")
    for place, others in ((0, words[1:]), (-1, words[:-1])):
        length = length_of(words[place])
        if length is not None and others:
            return length, " ".join(others)
    raise Refused("Type how long and what for, for example: /timer 10m restart cache")


def ask(rest: str) -> tuple[str, str, int]:
    """(who, what, how long until it should be answered) after `/ask`; ten minutes when nothing is said.

    A name of several words stands in quotes; they stay, so that `person` knows that it is meant as it is.
    """
    line = clean_line(rest)
    quoted = _LEADING_QUOTE.fullmatch(line)
    who, _, said = (quoted[1], "", quoted[2]) if quoted else line.partition(" ")
    words = said.split(" ")
    length = length_of(words[-1])
    body = " ".join(words if length is None else words[:-1])
    if not body or not who.strip('@"“”„ '):
        raise Refused("Type whom, what, and how long it may take, for example: /ask sam check replica lag 5m")
    return who.removeprefix("@"), body, length or ASK_DEFAULT


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
    """The known person that a name means, or the name itself when nobody fits; refuses when it fits several.

    A whole name means whoever has it; a name in quotes means nobody else.
    """
    wanted = clean_line(name).removeprefix("@").strip()
    quoted = _QUOTED.fullmatch(wanted)
    wanted = quoted[1].strip() if quoted else wanted
    people = [each for each in dict.fromkeys(known) if each]
    same = [each for each in people if each.casefold() == wanted.casefold()]
    starting = [] if quoted or not wanted else [e for e in people if e.casefold().startswith(wanted.casefold())]
    fitting = [wanted] if wanted in same else same or starting
    if len(fitting) > 1:
        listed = ", ".join(clip(each, 30) for each in fitting[:6])
        raise Refused(f"“{clip(wanted, 30)}” fits several people: {listed}. Type the whole name, in quotes or not.")
    return fitting[0] if fitting else wanted


def waiting(timers: Sequence[Timer], rest: str, kinds: tuple[str, ...]) -> tuple[Timer, str]:
    """(the timer that is meant, the words for it): the only one, or the one that a name or a first word tells.

    A name before the words is left out of them; nothing else that was typed is.
    """
    open_ones = [each for each in timers if each.kind in kinds]
    words = clean(rest).strip()
    if not open_ones:
        raise Refused("Nothing is waiting. /ask and /timer start something to wait for.")
    found = _named(open_ones, words)
    if len(found) != 1 and len(open_ones) == 1:
        return open_ones[0], words
    found = found or _by_word([(each, words) for each in open_ones])
    if len(found) == 1:
        return found[0]
    listed = "; ".join(clip(f"{each.who} {each.text}".strip(), 40) for each in [t for t, _ in found] or open_ones[:5])
    raise Refused(f"Several are waiting: {listed}. Start with the name or a word of the one that you mean.")


_Meant = list[tuple[Timer, str]]
"""Timers that may be meant, each with the words for it."""


def _named(timers: Sequence[Timer], words: str) -> _Meant:
    """Those whose person stands first: by the longest whole name, else by its first word or by `@` and a beginning."""
    whole = [(each, said) for each in timers if (said := _after(re.escape(each.who), words)) is not None]
    longest = max((len(each.who) for each, _ in whole), default=0)
    exact = [pair for pair in whole if len(pair[0].who) == longest]
    begun = [(each, said) for each in timers if (said := _after(re.escape(each.who.split(" ")[0]), words)) is not None]
    found = exact or begun or _begun(timers, words)
    return found if len(found) < 2 else _by_word(found) or found


def _after(name: str, words: str) -> str | None:
    """What follows a name (a pattern) at the start of the words; None when they start otherwise."""
    match = re.match(rf"@?[\"“]?{name}[\"”]?(?:[:,]|(?=\s|$))", words, re.IGNORECASE) if name else None
    return None if match is None else words[match.end() :].strip()


def _begun(timers: Sequence[Timer], words: str) -> _Meant:
    """Those whose person's name begins like `@sa`."""
    first, _, said = words.partition(" ")
    start = first.removeprefix("@").casefold()
    fitting = [each for each in timers if start and first != start and each.who.casefold().startswith(start)]
    return [(each, said.strip()) for each in fitting if first.startswith("@")]


def _by_word(pairs: _Meant) -> _Meant:
    """Those that hold the first of their words; it stays among them unless it stands alone."""
    found = []
    for timer, words in pairs:
        first, *more = words.split(maxsplit=1) or [""]
        own = {each.strip(".,:;?!()").casefold() for each in f"{timer.who} {timer.text}".split()}
        if first and first.strip(".,:;?!@").casefold() in own:
            found.append((timer, words if more else ""))
    return found
