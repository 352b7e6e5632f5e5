"""What a check of somebody's words found, and where. Plain data: it knows no rule and changes no text."""

from incident_console.domain.frozen import frozen


@frozen
class Finding:
    """One place in a text that a rule asks about."""

    rule: str
    severity: str
    """`error`, `warning` or `hint`."""
    start: int
    """Offset of the first character in the checked text."""
    end: int
    """Offset behind the last one."""
    text: str
    """The words from start to end."""
    advice: str
    """One sentence."""
    rewrite: str | None = None
    """What can stand there instead, or None."""
