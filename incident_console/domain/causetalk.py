"""Whether a line debates why it happened while it still burns: mitigation comes first, the cause is for later. Pure."""

import re
from typing import Final

from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Status

_TALK: Final = re.compile(
    r"\broot[- ]?causes?\b|\bpost-?mortem\b|\bhow (?:did|could) (?:this|that|it)\b"
    r"|\bwhy (?:did|didn't|wasn't|was|do|does)\b"
    r"|\bwho (?:deployed|merged|approved|changed|broke|did)\b|\bshould(?:n't| not)? have\b|\bwhose fault\b"
    r"|\bunderlying (?:cause|reason)\b|\bin hindsight\b|\bcaused (?:all )?this\b",
    re.IGNORECASE,
)

LOOKED_AT: Final = 2000
"""Characters of a line that are looked at."""

HINT: Final = "Mitigate first: why it happened can wait for the postmortem. P parks the last entry for it."


def debates_cause(text: str) -> bool:
    """Whether the words ask why or who instead of how to get it back."""
    return _TALK.search(text[:LOOKED_AT]) is not None


def hint(incident: Incident, text: str) -> str:
    """The quiet hint, or nothing: only while service is not back."""
    fighting = incident.in_response and incident.status != Status.MONITORING
    return HINT if fighting and debates_cause(text) else ""
