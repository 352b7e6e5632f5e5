"""Whether a line debates why it happened while it still burns: mitigation comes first, the cause is for later. Pure."""

import re
from functools import cache
from typing import Final

from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Status

_REMEDY: Final = (
    r"\b(?:roll(?:ed|ing)?[ -]?back|revert\w*|restart\w*|reboot\w*|fail(?:ed|ing)?[ -]?over|(?:hot)?fix(?:es)?|patch"
    r"|workaround|mitigation|restor\w+|drain\w*|scal\w+|switch\w*|evacuat\w+|backups?)\b"
)
"""Whoever asks why one of these does not work is mending, not debating."""

_LATER: Final = r"(?:is |are |can |will |to |for |stays? )*(?:later|wait|unknown|unclear|open|not (?:yet )?known|tbd)\b"


@cache
def _talk() -> re.Pattern[str]:
    """Compiled when a line is first looked at: most commands never look at one."""
    return re.compile(
        rf"\b(?:root[- ]?causes?|underlying (?:cause|reason))\b(?![:,]? {_LATER})"
        r"|\bhow (?:did|could) (?:this|that|it) (?:(?:even|ever|possibly) )?"
        r"(?:happen|break|fail|slip|pass|(?:get|come|go) (?!with|back|fixed))"
        rf"|\bwhy (?:did|didn't|did not|wasn't|was|were|do|does|doesn't)\b(?!.{{0,60}}{_REMEDY})"
        rf"|\bwho (?:deployed|merged|approved|changed|broke|did (?:this|that|it))\b(?!.{{0,20}}(?:{_REMEDY}|\bback\b))"
        r"|\bshould(?:n't| not| never)? have (?:been )?(?:known|caught|seen|thought|tested|checked|noticed"
        r"|reviewed|blocked|approved|merged|deployed|released|shipped|pushed|changed"
        r"|monitored|prevented|written|told|asked|gone out)\b"
        r"|\bwhose fault\b|\bin hindsight\b|\b(?:what|who) (?:really |actually )?caused\b",
        re.IGNORECASE,
    )


LOOKED_AT: Final = 2000
"""Characters of a line that are looked at."""

HINT: Final = "Mitigate first: why it happened can wait for the postmortem. /park keeps your last entry for it."


def debates_cause(text: str) -> bool:
    """Whether the words ask why or who instead of how to get it back."""
    return _talk().search(text[:LOOKED_AT].replace("’", "'")) is not None


def hint(incident: Incident, text: str) -> str:
    """The quiet hint, or nothing: only while service is not back."""
    fighting = incident.in_response and incident.status != Status.MONITORING
    return HINT if fighting and debates_cause(text) else ""
