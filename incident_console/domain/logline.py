"""What one typed line means: a note, an entry of another kind, a back-dated one, or a command. Pure."""

import re
from typing import Final

from incident_console.domain import nearest
from incident_console.domain.clock import Zone
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.templates import FACTS
from incident_console.domain.text import clean, clean_line, clip
from incident_console.domain.vocabulary import EntryKind, Refused
from incident_console.domain.when import parse_time


@frozen
class NewEntry:
    """A line for the timeline."""

    text: str
    kind: str = EntryKind.NOTE
    at: int | None = None
    """When it happened, microseconds UTC; None: now."""


@frozen
class LineCommand:
    """A slash command: its name and the rest of the line."""

    name: str
    rest: str
    at: int | None = None
    """When it happened, microseconds UTC; None: now."""


COMMANDS: Final = {
    "status": "STATUS",
    "sev": "1-4 REASON",
    "role": "ROLE NAME",
    "assign": "ROLE NAME",
    "handover": "ROLE NAME",
    "brief": "",
    "resolve": "",
    "reopen": "",
    "ask": "WHO WHAT [5m]",
    "answer": "[WHO] TEXT",
    "timer": "10m WHAT",
    "done": "[WORD]",
    "drop": "[WORD] REASON",
    "extend": "10m [WORD] REASON",
    "snooze": "CLOCK 10m REASON",
    "every": "CLOCK 1h REASON",
    "pause": "CLOCK REASON",
    "resume": "CLOCK",
    "rto": "2h [WHAT]",
    "care": "[TEXT]",
    "request": "AUDIENCE TEXT",
    "tick": "[WORDS]",
    "decide": "[WHAT]",
    "escalate": "[WHAT IS NEEDED]",
    "park": "",
    "pin": "",
    "promises": "",
    "fact": "NAME TEXT",
    "title": "TITLE",
    "began": "TIME",
    "services": "A, B",
    "update": "[AUDIENCE]",
    "postmortem": "",
    "triage": "",
    "scope": "",
    "undo": "",
    "redo": "",
    "board": "",
}
"""Every slash command besides the kinds of entries, and what it takes."""

TIMED: Final = ("status", "resolve", "reopen", "care", "request")
"""Commands that may have happened earlier."""

OF_MANY_LINES: Final = ("answer", "done", "care")
"""Commands whose words may stand on several lines."""

OWN_TIME: Final = ("began",)
"""Commands whose words are a time."""

SHORT: Final = {"n": "note", "a": "action", "d": "decision", "h": "hypothesis", "q": "question", "i": "impact",
                "e": "evidence", "m": "mitigation", "esc": "escalation", "c": "checkin"}  # fmt: skip
"""Short spellings of kinds."""

KINDS_FIRST: Final = ("decision", "action", "question", "impact", "evidence")
"""Kinds that are named first where there is no room for all."""

_AGO: Final = r"-(?:\d{1,4}d)?(?:\d{1,4}h)?(?:\d{1,5}m(?:in)?)?(?:\d{1,6}s)?(?<=[dhmns])"
_STAMP: Final = (
    r"@(?:(?:yesterday|today) )?\d{1,2}:\d{2}(?::\d{2})?"
    r"|@\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?"
)
_LEADING: Final = re.compile(rf"({_AGO}|{_STAMP})(?:\s+|$)", re.IGNORECASE)
_TRAILING: Final = re.compile(rf"(?:^|\s)({_AGO}|{_STAMP})$", re.IGNORECASE)


def words() -> tuple[str, ...]:
    """Everything that may stand after a slash, for completion."""
    return (*(kind.value for kind in EntryKind), *COMMANDS)


def read_line(line: str, now: int, zone: Zone, incident: Incident | None = None) -> NewEntry | LineCommand:
    """What a line would become; raises Refused for an unknown command, an empty entry or an impossible time.

    `incident`: where the entry goes; once it is closed, a bare clock time is one of its own.
    """
    text = clean(line).strip()
    kind: str = EntryKind.NOTE
    if text.startswith("/"):
        word, rest = (*re.split(r"\s", text[1:], maxsplit=1), "")[:2]
        name = SHORT.get(word.lower(), word.lower())
        if name in COMMANDS:
            return _command(name, rest.strip(), now, zone)
        if name not in set(EntryKind):
            raise Refused(_unknown(word))
        kind, text = name, rest.strip()
    text, when = _dated(text)
    at = stated_time(when, now, zone, incident) if when else None
    if not text:
        raise Refused("There is nothing to log yet. Type what happened.")
    return NewEntry(text, kind, at)


def _command(name: str, rest: str, now: int, zone: Zone) -> LineCommand:
    """A slash command; words or a time that it cannot take are refused rather than dropped."""
    if "\n" in rest and name not in OF_MANY_LINES:
        raise Refused(f"/{name} is a command on one line. To log these lines as they are, type /note before them.")
    if name in OWN_TIME:
        return LineCommand(name, rest)
    words, when = _dated(rest)
    at = parse_time(when, now, zone) if when else None
    if words and not COMMANDS[name]:
        raise Refused(f"/{name} takes no words. Nothing was done.")
    if at is not None and name not in TIMED:
        raise Refused(f"/{name} always happens now. Leave the time out, or log a line of its own with it.")
    return LineCommand(name, words, at)


def stated_time(words: str, now: int, zone: Zone, incident: Incident | None = None) -> int:
    """The instant that somebody means who writes down what happened; once the incident is closed, a bare clock time is
    one of its own: weeks later nobody means today. Raises Refused with examples."""
    if incident is None or incident.is_open:
        return parse_time(words, now, zone)
    return nearest.meant(words, nearest.during(incident, now), now, zone)


def began_time(words: str, now: int, zone: Zone, incident: Incident) -> int:
    """The same for its beginning, which lies before everything that is known of it."""
    if incident.is_open:
        return parse_time(words, now, zone)
    end = now if incident.ended_at is None else incident.ended_at
    return nearest.meant(words, nearest.around(incident, "started_at", end, now), now, zone)


def _dated(text: str) -> tuple[str, str]:
    """The text without its back-date, and the words of that; empty where there is none."""
    for pattern in (_TRAILING, _LEADING):
        match = pattern.search(text) if pattern is _TRAILING else pattern.match(text)
        if match is not None:
            return f"{text[: match.start()]}{text[match.end() :]}".strip(), match[1]
    return text, ""


def _unknown(word: str) -> str:
    if not word:
        return f"A slash starts a kind or a command: /{', /'.join((*KINDS_FIRST, *list(COMMANDS)[:6]))} … f1 lists all."
    import difflib

    near = difflib.get_close_matches(word.lower(), words(), 1)
    hint = f" Did you mean /{near[0]}?" if near else " For a line that starts with a slash, type /note first."
    return f"There is no /{clip(clean_line(word), 30)}.{hint}"


def complete(line: str, names: tuple[str, ...]) -> str | None:
    """The line with its last word completed; None when nothing fits."""
    return next(iter(completions(line, names)), None)


def completions(line: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Every way to complete the last word, the likeliest first: a slash word at the start, or a name after @.

    Characters may be left out as long as their order is kept; shorter words stand before longer ones.
    """
    head, space, last = line.rpartition(" ")
    if not space and last.startswith("/"):
        kinds = tuple(kind.value for kind in EntryKind if kind.startswith(last[1:].casefold()))
        others = tuple(word for word in _fitting(last[1:], words()) if word not in kinds)
        return tuple(f"/{word} " for word in (*_fitting(last[1:], kinds), *others))
    if last.startswith("@") and len(last) > 1:
        return tuple(f"{head}{space}{_as_name(line, name)} " for name in _fitting(last[1:], names))
    if head == "/fact" and last:
        return tuple(f"{head}{space}{name} " for name in _fitting(last, FACTS))
    if line.startswith(("/role ", "/assign ", "/handover ", "/status ", "/update ", "/ask ")) and last:
        return tuple(f"{head}{space}{_as_name(line, name)} " for name in _fitting(last, (*_arguments(line), *names)))
    return ()


def _as_name(line: str, name: str) -> str:
    """A name of several words stands in quotes where a command has to tell where it ends."""
    return f'"{name}"' if " " in name and line.startswith("/ask ") else name


def _arguments(line: str) -> tuple[str, ...]:
    from incident_console.domain.vocabulary import Audience, Role, Status

    options = {"/status": Status, "/update": Audience}.get(line.split(" ", 1)[0], Role)
    return tuple(option.value for option in options)


def _fitting(typed: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """The options that start with what was typed, then those that hold its letters in order; short ones first."""
    wanted = typed.casefold()
    if not wanted:
        return ()
    starting = [option for option in options if option.casefold().startswith(wanted)]
    letters = re.compile(".*".join(map(re.escape, wanted)))
    loose = [option for option in options if option not in starting and letters.match(option.casefold())]
    return (*sorted(starting, key=len), *sorted(loose, key=len))


def severity_change(rest: str) -> tuple[int, str]:
    """The level and the reason after `/sev`; raises Refused with the form."""
    match = re.fullmatch(r"(?:sev)?(\d+)\s*(.*)", rest.strip(), re.IGNORECASE | re.DOTALL)
    if match is None:
        raise Refused("Type the level and the reason, for example: /sev 2 checkout works again for most")
    return int(match[1]), match[2]


def role_change(rest: str) -> tuple[str, str]:
    """The role and the name after `/role`; raises Refused with the form."""
    role, _, name = rest.strip().partition(" ")
    if not role:
        raise Refused("Type the role and the name, for example: /role comms Ana. Roles: ic, tech, comms, scribe.")
    return role, name.strip()


def fact_change(rest: str) -> tuple[str, str]:
    """The fact and its words after `/fact`; two quotes and nothing between them say that nothing is known any more.

    Raises Refused with the form.
    """
    name, _, words = rest.strip().partition(" ")
    if not words.strip():
        raise Refused(
            f"Type the fact and its words, for example: /fact impact payments work for half. Facts: {', '.join(FACTS)}."
            ' To clear one: /fact workaround ""'
        )
    return name, "" if words.strip() == '""' else words.strip()
