"""Small pieces of text that look the same on every screen: severity, status, clocks. Colour never stands alone."""

from textual.content import Content

from incident_console.domain.comms import Draft
from incident_console.domain.deadlines import QUIET_KINDS, ClockKind, Deadline, Urgency
from incident_console.domain.incident import Incident
from incident_console.domain.rows import message_name
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import ROLE_SHORT, Status, audience_name, severity_label
from incident_console.domain.when import countdown

SEVERITY_STYLES = {
    1: "bold $background on $error",
    2: "bold $background on $warning",
    3: "bold $accent",
    4: "$text-muted",
}

STATUS_STYLES = {Status.RESOLVED: "$success", Status.CLOSED: "$text-muted"}


def severity_badge(severity: int | None) -> Content:
    """` SEV1 `, loud where it should be."""
    return Content.styled(f" {severity_label(severity)} ", SEVERITY_STYLES.get(severity or 0, "bold reverse"))


def status_word(status: str) -> Content:
    return Content.styled(
        status.upper(), STATUS_STYLES.get(Status(status), "bold") if status in set(Status) else "bold"
    )


def clock(deadline: Deadline, now: int, pattern: str = "{} #{} ", longest: int = 40) -> Content:
    """`internal #2 in 4 min`, `customers #1 ‼ OVERDUE 3 min`, or `reassess in 12 min`; a name has `longest` letters."""
    name = clip(clean_line(deadline.name), longest)
    who = pattern.format(name, deadline.number) if deadline.number else f"{name} "
    who = f"{who}asks, " if deadline.asked else who
    left = countdown(deadline.remaining(now))
    match deadline.urgency(now):
        case Urgency.PAUSED:
            return Content.styled(f"{who}paused", "$text-muted")
        case Urgency.OVERDUE:
            return Content.assemble(who, (f"‼ OVERDUE {left}", "bold $error"))
        case Urgency.SOON:
            return Content.assemble(who, (f"! in {left}", "bold $warning"))
        case _:
            return Content.assemble((f"{who}in {left}", "$text-muted"))


def clocks(deadlines: tuple[Deadline, ...], now: int, gap: str = "   ") -> Content:
    """All clocks of an incident in a row, the nearest first."""
    return Content(gap).join([clock(deadline, now) for deadline in deadlines])


def short_clocks(deadlines: tuple[Deadline, ...], now: int) -> Content:
    """The same for narrow windows: without the numbers, so that three overdue ones fit into 80 columns, and without
    reminders to oneself that are far away."""
    return Content("  ").join([clock(deadline, now, "{} ", 24) for deadline in _near(deadlines, now)])


def fitting_clocks(deadlines: tuple[Deadline, ...], now: int, width: int) -> Content:
    """As many clocks as fit into one line, the most pressing first, and how many more there are."""
    near = tuple(sorted(_near(deadlines, now), key=lambda deadline: _pressing(deadline, now)))
    for words in (clocks(near, now), short_clocks(near, now)):
        if words.cell_length <= width:
            return words
    for count in range(len(near) - 1, 0, -1):
        words = short_clocks(near[:count], now)
        if words.cell_length <= width - 9:
            return Content.assemble(words, (f"  +{len(near) - count} more", "$text-muted"))
    return short_clocks(near[:1], now)


def _pressing(deadline: Deadline, now: int) -> tuple[bool, bool, bool]:
    """What is overdue stands first, then people who wait for word; what is paused stands last."""
    return (bool(deadline.paused), not deadline.is_overdue(now), deadline.kind is not ClockKind.UPDATE)


def _near(deadlines: tuple[Deadline, ...], now: int) -> tuple[Deadline, ...]:
    """Without reminders to oneself that are far away."""
    return tuple(each for each in deadlines if each.kind not in QUIET_KINDS or each.urgency(now) is not Urgency.OK)


def roles(incident: Incident, actor: str) -> Content:
    """Who holds which role; free ones are said to be free."""
    parts = [
        Content.assemble((f"{short} ", "$text-muted"), holder(incident, role, actor))
        for role, short in ROLE_SHORT.items()
    ]
    return Content("   ").join(parts)


def holder(incident: Incident, role: str, actor: str) -> Content:
    name = incident.role(role)
    if not name:
        return Content.styled("nobody", "$warning")
    return Content("you") if name == actor else Content(clip(clean_line(name), 20))


def drill_mark(incident: Incident) -> Content:
    """The word that keeps a drill from being taken for the real thing; empty otherwise."""
    return Content.styled(" DRILL ", "bold reverse") if incident.drill else Content("")


def named(incident: Incident) -> Content:
    """`INC-7  SEV1 `, and the word for a drill: how every place begins that is about one incident."""
    return Content.assemble((incident.reference, "bold"), " ", severity_badge(incident.severity), drill_mark(incident))


def message_heading(incident: Incident, draft: Draft, deadlines: tuple[Deadline, ...], now: int) -> Content:
    """Which message it is, to whom, and how long they have been waiting."""
    waiting = tuple(deadline for deadline in deadlines if deadline.name == draft.audience)
    due = clocks(waiting, now) if waiting else Content("no clock is running")
    who = clean_line(draft.account) or audience_name(draft.audience)
    kind = f"correction to #{draft.corrects}" if draft.corrects is not None else message_name(draft.kind)
    return Content.assemble(named(incident), f" {kind} to ", (who, "bold $accent"), "   ", due)
