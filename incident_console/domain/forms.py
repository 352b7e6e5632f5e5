"""How a message is written down where it goes: a mail, a chat, a status page. Pure.

What people wrote appears as they wrote it. Chats would read some of its signs as formatting, links or calls to people;
those signs, and no others, are made plain: with a backslash where Markdown is read, else with an invisible joiner."""

import re
from collections.abc import Callable
from typing import Final

from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean, clean_line

JOINER: Final = "\u2060"
"""Word joiner: takes no room and breaks no line, but what it parts is no longer one sign or one name."""

_URL: Final = r"(?P<url>https?://[\w.-]+(?::\d{1,5})?(?:[/?#][\w./?#=&%+,;~-]*)?(?<=[^\W_]|/))"
"""An address on its own stays whole, so that it can be followed; every chat finds it by itself."""


@frozen
class Written:
    """A message in one form."""

    subject: str
    body: str
    whole: str
    """What is copied when it is copied at once."""


def written(subject: str, text: str, form: str) -> Written:
    """The message in one of templates.FORMS; raises KeyError for any other."""
    write = {"plain": _together, "email": _together, "status_page": _together, "chat": _chat, "slack": _slack}[form]
    return write(clean(subject), clean(text))


def _together(subject: str, body: str) -> Written:
    return Written(subject, body, "\n\n".join(part for part in (subject, body) if part))


# --- labels

_LABEL: Final = re.compile(r"[^\W\d_][^\W_]*(?:[ ’/-][^\W_]+){0,6}:(?=\s|$)")
"""A few words and a colon at the start of a line."""


def _labelled(text: str, mark: str, first: Callable[[str], str], rest: Callable[[str], str]) -> str:
    """Every line with its label in bold: `first` makes a whole line plain, `rest` what follows a label."""
    lines = []
    for line in text.split("\n"):
        found = _LABEL.match(line)
        lines.append(first(line) if found is None else f"{mark}{found[0]}{mark}{rest(line[found.end() :])}")
    return "\n".join(lines)


# --- calls to people and pictures

_CALL: Final = re.compile(r"(?<![^\W_])@(?=[\w!&])|@(?=(?:here|channel|everyone|all)\b)", re.IGNORECASE)
"""A mail address is none, unless it would call everybody."""

_PICTURE: Final = re.compile(r":(?=[\d_+-]*[A-Za-z][\w+-]*:)|(?<!\w):(?=[\d+-]+:)")
"""A name between colons; a time of day is none."""


def _uncalled(text: str) -> str:
    return _PICTURE.sub(f":{JOINER}", _CALL.sub(f"@{JOINER}", text))


# --- chats that read Markdown

_SIGN: Final = re.compile(
    rf"{_URL}|"
    r"\\(?=[^\w\s]|_|$)|`"
    r"|\*{2,}|(?<!\s)\*|\*(?!\s)"
    r"|_{2,}|(?<![^\W_])_|_(?![^\W_])"
    r"|~{2,}|(?<=\S)~|~(?=[^\W\d])"
    r"|\|{2,}|](?=[\[(:])|<(?=[^\s\d=])|&(?=#?\w+;)"
)
"""Where a sign would begin or end something. One within a word or between spaces does not, and stays as it is."""

_DEEP: Final = re.compile(r"(?= {4}| {0,3}\t)")
_OPENING: Final = re.compile(
    r"( {0,3}(?:\d{1,9}(?=[.)]))?)"
    r"((?<=\d)[.)](?=\s|$)|>|#(?=#{0,5}(?:\s|$))|[-+*](?=\s|$|#)|-(?=[|:\s-]*$)|=(?==*\s*$)|[|:](?=[|:\s]*-[|:\s-]*$))"
)
"""What makes a line something else: a list, a quotation, a heading, a rule, a table."""


def _chat(subject: str, text: str) -> Written:
    title = _escaped(clean_line(subject))
    return _together(title and f"**{title}**", _labelled(text, "**", _line, _escaped))


def _escaped(text: str) -> str:
    """Part of a line whose signs stand for themselves in Markdown."""
    return _uncalled(_SIGN.sub(_escape, text))


def _escape(match: re.Match[str]) -> str:
    return match[0] if match["url"] else "".join(f"\\{sign}" for sign in match[0])


def _line(line: str) -> str:
    """A whole line that does not become anything but a line; far to the right it would become code."""
    plain = _escaped(line)
    if _DEEP.match(plain):
        return JOINER + plain
    return _OPENING.sub(r"\1\\\2", plain, count=1) if _OPENING.match(plain) else plain


# --- Slack, which knows no escape

_PAIRED: Final = re.compile(rf"{_URL}|(?P<run>`+|\*+|_+|~+)")
_ANGLE: Final = re.compile(r"<(?=[!@#\w/])|&(?=\w+;)|](?=\()")


def _slack(subject: str, text: str) -> Written:
    title = _parted(clean_line(subject), "*")
    return _together(title and f"*{title}*", _labelled(text, "*", _slack_line, lambda rest: _parted(rest, "*")))


def _slack_line(line: str) -> str:
    plain = _parted(line)
    return JOINER + plain if plain.lstrip().startswith(">") else plain


def _parted(text: str, beside: str = "") -> str:
    """Part of a line in which no two signs make a pair; `beside` is a sign that already stands by it."""
    runs = [match for match in _PAIRED.finditer(text) if match["run"]]
    pairs = {sign for sign in "`*_~" if _pair([match for match in runs if match["run"][0] == sign], sign in beside)}
    return _uncalled(_ANGLE.sub(rf"\g<0>{JOINER}", _PAIRED.sub(lambda match: _part(match, pairs), text)))


def _pair(runs: list[re.Match[str]], more: bool) -> bool:
    """Whether one of the runs of a sign begins what a later one, or one of the `more` around them, could end."""
    if any(run[0].startswith("```") for run in runs):
        return True
    begins = [place for place, run in enumerate(runs) if _begins(run)]
    ends = [place for place, run in enumerate(runs) if _ends(run)]
    return bool(begins or ends) if more else bool(begins and ends and begins[0] < ends[-1])


def _begins(run: re.Match[str]) -> bool:
    """Behind a letter only the first sign of a run is harmless."""
    before, after = _around(run)
    return bool(after.strip()) and (len(run[0]) > 1 or not before.isalnum())


def _ends(run: re.Match[str]) -> bool:
    before, after = _around(run)
    return bool(before.strip()) and (len(run[0]) > 1 or not after.isalnum())


def _around(run: re.Match[str]) -> tuple[str, str]:
    """The characters before and after it; empty at the ends of the line."""
    return run.string[: run.start()][-1:], run.string[run.end() :][:1]


def _part(match: re.Match[str], pairs: set[str]) -> str:
    run = match["run"]
    if not run or run[0] not in pairs or not (_begins(match) or _ends(match) or len(run) > 2):
        return match[0]
    return JOINER + "".join(sign + JOINER for sign in run)
