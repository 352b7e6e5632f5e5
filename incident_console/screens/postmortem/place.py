"""What all parts of the postmortem screen stand on: its incident, its panes, and rows that can be chosen."""

from collections.abc import Sequence
from typing import Final

from textual.notifications import SeverityLevel
from textual.widgets import OptionList

from incident_console.clipboard import copy
from incident_console.desk import Desk
from incident_console.domain.incident import Incident
from incident_console.screens import Copier, Following
from incident_console.widgets.rows import Row, Rows, options

PANES: Final = ("document", "causes", "fishbone", "actions", "record", "product", "loop")
"""The parts of the screen, in the order of their keys."""

BRIEF: Final = 3
"""Seconds that a plain confirmation stays."""

LONGER: Final = 5
"""Seconds that one stays which holds something to read, such as a path."""


class PostmortemPlace(Following):
    """One incident, looked at afterwards."""

    def __init__(self, desk: Desk, incident_id: str, copier: Copier = copy) -> None:
        super().__init__(desk, copier)
        self.incident_id = incident_id
        self.incident: Incident = desk.incident(incident_id)
        self.pane = PANES[0]

    def whereabouts(self) -> tuple[str, str]:
        return self.incident_id, "in the postmortem"

    def show_heading(self) -> None:
        """Show the name of the incident and what is missing."""
        raise NotImplementedError

    def save_section(self) -> None:
        """Save what stands in the editor, before anything is done with the whole document."""
        raise NotImplementedError

    def action_pane(self, name: str) -> None:
        """Go to one of PANES."""
        raise NotImplementedError

    def notify(
        self, message: str, *, title: str = "", severity: SeverityLevel = "information", timeout: float | None = None,
        markup: bool = True,
    ) -> None:  # fmt: skip
        """Lists reach to the edges here: a plain confirmation goes soon, so that it covers no row for long. Nothing is
        ever read as markup."""
        if severity == "information":
            timeout = BRIEF if timeout is None else min(timeout, LONGER)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    def fill_rows(self, selector: str, rows: Sequence[Row]) -> None:
        """Show other rows in a list; the cursor stays where it is."""
        shown = self.query_one(selector, Rows)
        chosen, place = shown.highlighted_option, shown.highlighted
        shown.set_options(options(rows))
        keys = [key for key, _ in rows]
        same = keys.index(chosen.id) if chosen is not None and chosen.id in keys else min(place or 0, len(rows) - 1)
        near = (*range(max(same, 0), len(keys)), *range(same, -1, -1))
        shown.highlighted = next((each for each in near if keys[each]), None)

    def row(self, selector: str) -> str:
        """The key of the row under the cursor; empty where there is none."""
        option = self.query_one(selector, OptionList).highlighted_option
        return (option.id or "") if option is not None else ""

    def elsewhere(self, pane: str, what: str) -> bool:
        """Whether a key belongs to another pane; then it says to which."""
        if self.pane == pane:
            return False
        self.notify(f"{PANES.index(pane) + 1} shows where {what}.", markup=False)
        return True
