"""Beside the timeline where there is room: roles, every clock in a line of its own, what is next, who else is here."""

from textual.content import Content
from textual.widgets import Static

from incident_console.domain.deadlines import Deadline
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import BACKUPS, ROLE_SHORT, Role
from incident_console.widgets import badges

NEXT = 3
"""Items of the checklist that are shown."""


@frozen
class Beside:
    """What stands beside the timeline besides the incident itself."""

    clocks: tuple[Deadline, ...]
    items: tuple[str, ...] = ()
    """Open items of the checklists, the next one first."""
    here: tuple[tuple[str, str], ...] = ()
    """(name, place) of everybody else."""
    actor: str = ""
    """Who sits here."""


class SidePanel(Static):
    """Painted again only when its words change."""

    DEFAULT_CSS = "SidePanel { width: 34; height: 1fr; padding: 0 1; border-left: solid $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown = Content("")

    def show(self, incident: Incident, beside: Beside, now: int) -> None:
        lines = [_heading("roles (a)"), *_roles(incident, beside.actor)]
        lines += [Content(""), _heading("clocks (u, C)")]
        running = [badges.clock(each, now, longest=14) for each in beside.clocks]
        lines += running or [Content.styled("none due", "$text-muted")]
        if beside.items:
            lines += [Content(""), _heading("next (t)")]
            lines += [Content(f"☐ {clip(item, 60)}") for item in beside.items[:NEXT]]
            more = len(beside.items) - NEXT
            lines += [Content.styled(f"  and {more} more", "$text-muted")] if more > 0 else []
        if beside.here:
            lines += [Content(""), _heading("also here")]
            lines += [Content(clip(f"{clean_line(name)}, {clean_line(place)}", 60)) for name, place in beside.here]
        for title, words in (("services", incident.services), ("flows", incident.flows), ("tags", incident.tags)):
            if words:
                lines += [Content(""), _heading(title), Content(clip(clean_line(", ".join(words)), 120))]
        if incident.channel:
            lines += [Content(""), _heading("channel"), Content(clip(clean_line(incident.channel), 60))]
        content = Content("\n").join(lines)
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content)


def _roles(incident: Incident, actor: str) -> list[Content]:
    """Who holds which role, with the backup in brackets; investigators where there are any."""
    lines = []
    for role, short in ROLE_SHORT.items():
        backup = incident.role(BACKUPS[role])
        stands_in = f" ({clip(clean_line(backup), 12)})" if backup else ""
        lines.append(Content.assemble((f"{short:<7}", "$text-muted"), badges.holder(incident, role, actor), stands_in))
    people = incident.role(Role.INVESTIGATORS)
    return [*lines, Content.assemble(("Invest ", "$text-muted"), clip(clean_line(people), 60))] if people else lines


def _heading(words: str) -> Content:
    return Content.styled(words, "bold $accent")
