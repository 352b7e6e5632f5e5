"""What went out, read as a correspondence: letters in their order, what differs from one to the next. Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from incident_console.domain.clock import MINUTE, Zone
from incident_console.domain.document.markdown import escaped, fenced
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.rows import message_name
from incident_console.domain.sending import SentMessage
from incident_console.domain.vocabulary import readers_name
from incident_console.domain.when import full_time


@frozen
class Line:
    """One line of a message beside the message before."""

    sign: str
    """`+` new, `-` no longer said, blank unchanged."""
    text: str


def differences(before: str, after: str) -> tuple[Line, ...]:
    """Every line of the new text, with what is no longer said in its place."""
    old, new = before.split("\n"), after.split("\n")
    found: list[Line] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found += [Line(" ", text) for text in new[c:d]]
        else:
            found += [Line("-", text) for text in old[a:b] if text]
            found += [Line("+", text) for text in new[c:d]]
    return tuple(found)


def headline(message: SentMessage, zone: Zone) -> str:
    """To whom, when, how and by whom, on one line."""
    to = f"{readers_name(message.audience, message.account)} #{message.number}"
    parts = [f"{full_time(message.at, zone)}", message_name(message.kind), message.channel]
    parts.append(f"sent by {message.actor}" if message.actor else "")
    return f"{to} · {' · '.join(part for part in parts if part)}"


def remarks(message: SentMessage, zone: Zone) -> tuple[str, ...]:
    """What there is to know besides the words: corrections, promises, what was asked and overruled."""
    found = []
    if message.corrects is not None:
        found.append(f"Corrects #{message.corrects}.")
    if message.resends is not None:
        found.append(f"The words of #{message.resends} once more.")
    if message.next_at is not None:
        found.append(f"Promised the next update by {full_time(message.next_at, zone)}.")
    if message.approved_by:
        found.append(f"Approved by {message.approved_by}.")
    if message.overruled:
        found.append(f"Sent although the console asked about: {', '.join(message.overruled)}.")
    if message.late > 2 * MINUTE:
        found.append(f"Written down at {full_time(message.recorded_at, zone)}.")
    return tuple(found)


def correspondence(incident: Incident, messages: Sequence[SentMessage], zone: Zone) -> str:
    """Everything that went out, as Markdown, oldest first."""
    drill = "DRILL: " if incident.drill else ""
    parts = [f"# {drill}{incident.reference}: what was sent", escaped(incident.title)]
    if not messages:
        parts.append("Nothing was sent.")
    for message in messages:
        parts.append(f"## {escaped(headline(message, zone))}")
        parts += [escaped(remark) for remark in remarks(message, zone)]
        parts.append(fenced(message.whole))
    return "\n\n".join(parts) + "\n"
