"""What is left of an incident once its response is over: how far the postmortem is and what was promised. Pure.

Words for lists; what the document itself lacks is said in `postmortem`."""

from enum import StrEnum

from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import ActionState


class Postmortem(StrEnum):
    """How far somebody has come with it."""

    NONE = "none"
    BEGUN = "begun"
    FINISHED = "finished"


WORDS = {Postmortem.NONE: "not begun", Postmortem.BEGUN: "begun", Postmortem.FINISHED: "finished"}


def progress(incident: Incident) -> Postmortem:
    """Begun with the first section, cause or action item; finished when somebody said so."""
    if incident.reviewed_at is not None:
        return Postmortem.FINISHED
    return Postmortem.BEGUN if incident.sections or incident.whys or incident.actions else Postmortem.NONE


def open_items(incident: Incident) -> int:
    """How many commitments are still to be done; ideas are none."""
    return sum(
        not item.candidate and item.state in (ActionState.OPEN, ActionState.IN_PROGRESS) for item in incident.actions
    )


def left(incident: Incident) -> str:
    """`postmortem begun, 2 action items open`."""
    return left_words(progress(incident), open_items(incident))


def left_words(far: Postmortem, count: int) -> str:
    """The same where only the progress and the number of commitments still to be done are known."""
    items = f", {count} action item{'' if count == 1 else 's'} open" if count else ""
    return f"postmortem {WORDS[far]}{items}"


def left_short(incident: Incident) -> str:
    """`begun, 2 to do`: the same where there is little room and a heading says what it is about."""
    count = open_items(incident)
    return WORDS[progress(incident)] + (f", {count} to do" if count else "")


def over_at(incident: Incident) -> int:
    """When it was over, or the nearest instant that is known, microseconds UTC."""
    return incident.resolved_at if incident.resolved_at is not None else incident.began_at


def since_words(instant: int, now: int, zone: Zone) -> str:
    """`12 min ago`, `9 h ago`, `3 d ago`; beyond two weeks the day, with its year where it is another one."""
    passed = max(0, now - instant)
    if passed < HOUR:
        return f"{passed // MINUTE} min ago"
    if passed < 14 * DAY:
        return f"{passed // HOUR} h ago" if passed < DAY else f"{passed // DAY} d ago"
    then = zone.show(instant)
    return f"{then.day} {then:%b}" if then.year == zone.show(now).year else f"{then:%b %Y}"
