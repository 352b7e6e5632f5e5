"""Beside the timeline where there is room: who holds which role, and every clock in a line of its own."""

from textual.content import Content
from textual.widgets import Static

from incident_console.domain.deadlines import Deadline
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import ROLE_SHORT
from incident_console.widgets import badges


class SidePanel(Static):
    """Painted again only when its words change."""

    DEFAULT_CSS = "SidePanel { width: 34; height: 1fr; padding: 0 1; border-left: solid $panel; }"

    def __init__(self) -> None:
        super().__init__()
        self._shown = Content("")

    def show(self, incident: Incident, clocks: tuple[Deadline, ...], now: int, actor: str) -> None:
        lines = [_heading("roles (a)")]
        lines += [
            Content.assemble((f"{short:<7}", "$text-muted"), badges.holder(incident, role, actor))
            for role, short in ROLE_SHORT.items()
        ]
        lines += [Content(""), _heading("next updates (u)")]
        lines += [badges.clock(clock, now) for clock in clocks] or [Content.styled("none due", "$text-muted")]
        for title, words in (("services", incident.services), ("flows", incident.flows), ("tags", incident.tags)):
            if words:
                lines += [Content(""), _heading(title), Content(clip(clean_line(", ".join(words)), 120))]
        if incident.channel:
            lines += [Content(""), _heading("channel"), Content(clip(clean_line(incident.channel), 60))]
        content = Content("\n").join(lines)
        if content != self._shown:
            self._shown = content
            self.update(content)


def _heading(words: str) -> Content:
    return Content.styled(words, "bold $accent")
