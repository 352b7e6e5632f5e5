"""Incidents as rows of a list: running ones, ones that wait for their postmortem, closed ones. Knows no desk."""

from textual.content import Content

from incident_console.domain.aftermath import Postmortem, left, left_short, over_at, progress, since_words
from incident_console.domain.clock import Zone
from incident_console.domain.deadlines import Deadline, unaware_of_resolution
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import Status, severity_label
from incident_console.widgets import badges
from incident_console.widgets.incident_header import elapsed

WIDE = 96
"""Columns from which on there is room for whole words."""

NARROW = 70
"""Columns below which a title needs the room more than the day does."""

QUIET_SEVERITIES = {1: "$error", 2: "$warning"}
"""What is over does not shout: no ground in a colour, and the lower levels none at all."""

MORE = "more"
"""The key of the row that opens more rows."""

INDENT = " " * 7
"""What stands below a reference begins there."""


def running_row(incident: Incident, clocks: tuple[Deadline, ...], now: int, width: int) -> Content:
    """Two lines: what is broken and how long, then who waits for word."""
    end = Content.assemble(badges.status_word(incident.status), (f"  {elapsed(incident, now):>10}", "$text-muted"))
    below = _clocks(clocks, now, width - len(INDENT)) if clocks else quiet("no updates are due")
    return Content.assemble(_line(badges.severity_badge(incident.severity), incident, end, width), "\n", INDENT, below)


def _clocks(clocks: tuple[Deadline, ...], now: int, room: int) -> Content:
    """All of them where they fit, else the most pressing ones and how many more there are."""
    words = (badges.clocks if room >= WIDE - len(INDENT) else badges.short_clocks)(clocks, now)
    return words if words.cell_length <= room else badges.fitting_clocks(clocks, now, room)


def waiting_row(incident: Incident, clocks: tuple[Deadline, ...], now: int, zone: Zone, width: int) -> Content:
    """Two lines: what it was and since when it is over, then what is left to do."""
    since = since_words(over_at(incident), now, zone)
    end = quiet(f"{incident.status}  {since:>10}")
    first = _line(_quiet_severity(incident), incident, end, width)
    below = Content("   ").join(_left(incident, clocks, now))
    return Content.assemble(first, "\n", INDENT, below.truncate(width - len(INDENT), ellipsis=True))


def _left(incident: Incident, clocks: tuple[Deadline, ...], now: int) -> list[Content]:
    """What somebody has to do yet: what is overdue stands first, then what people outside wait for."""
    found = []
    if unaware := unaware_of_resolution(incident):
        names = clean_line(", ".join(unaware)).replace("_", " ")
        found.append(Content.styled(f"! not told that it is over: {names}", "$warning"))
    if clocks:
        late = any(clock.is_overdue(now) for clock in clocks)
        found.insert(0 if late else len(found), badges.short_clocks(clocks, now))
    ready = progress(incident) is Postmortem.FINISHED and incident.status == Status.RESOLVED
    found.append(quiet(f"{left(incident)}{'; not closed yet' if ready else ''}"))
    return [each for each in found if each]


def closed_row(incident: Incident, now: int, zone: Zone, width: int) -> Content:
    """One line: what it was, when, and how far the postmortem is."""
    words = f"{left(incident):<40}" if width >= WIDE else f"{left_short(incident):<18}"
    sign = "✓" if progress(incident) is Postmortem.FINISHED else " "
    since = f"{since_words(over_at(incident), now, zone):>10}" if width >= NARROW else ""
    end = quiet(f"{since}  {sign} {words}")
    return _line(_quiet_severity(incident), incident, end, width)


def _line(severity: Content, incident: Incident, end: Content, width: int) -> Content:
    """Severity, reference and title on the left, the rest on the right; the title is cut where it must be."""
    drill = Content.assemble(badges.drill_mark(incident), " " if incident.drill else "")
    weight = "bold" if incident.in_response else ""
    start = Content.assemble(severity, " ", (f"{incident.reference:<7}", weight), " ", drill)
    room = max(4, width - start.cell_length - end.cell_length - 2)
    shown = Content(clean_line(incident.title)).truncate(room, ellipsis=True)
    return Content.assemble(start, shown, " " * (room - shown.cell_length + 2), end)


def _quiet_severity(incident: Incident) -> Content:
    style = QUIET_SEVERITIES.get(incident.severity or 0, "$text-muted")
    return Content.styled(f" {severity_label(incident.severity)} ", style)


def heading(words: str, count: int, hint: str = "") -> Content:
    """A line above rows; `hint`: what to press."""
    return Content.assemble((words, "bold $accent"), (f"  {count}   {hint}", "$text-muted"))


def quiet(words: str) -> Content:
    return Content.styled(words, "$text-muted")
