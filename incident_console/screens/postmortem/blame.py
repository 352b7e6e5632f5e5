"""The text of a section and where it stops at a person: asked while typing, said about the system by one key."""

from incident_console.domain.drafting import Concern
from incident_console.domain.finding import Finding
from incident_console.domain.text import clip, first_line
from incident_console.screens.postmortem.place import PostmortemPlace
from incident_console.widgets.concern_list import ConcernList
from incident_console.widgets.editor import SafeTextArea


class BlameKeys(PostmortemPlace):
    """What the blameless check says about the text in the editor."""

    _findings: tuple[Finding, ...] = ()
    _asked_about = ""
    """The text that it was asked about last."""

    @property
    def editor(self) -> SafeTextArea:
        return self.query_one("#editor", SafeTextArea)

    def _ask_about(self) -> None:
        text = self.editor.text
        self._asked_about = text
        found = self.attempt(lambda: self.desk.blame_in(self.incident, text))
        self._findings = found or ()
        self.query_one("#blame", ConcernList).show(tuple(map(_concern, self._findings)))

    def action_next_finding(self) -> None:
        self.query_one("#blame", ConcernList).turn()

    def action_rewrite(self) -> None:
        """Say it about the system: put the rewrite of the finding that is shown in place."""
        concern = self.query_one("#blame", ConcernList).current
        found = next((each for each in self._findings if concern is not None and _concern(each) == concern), None)
        if found is None or found.rewrite is None:
            self.notify("There is no ready wording for this one. The question may help to find one.", markup=False)
            return
        text = self.editor.text
        self.editor.replace(found.rewrite, _location(text, found.start), _location(text, found.end))


def _concern(finding: Finding) -> Concern:
    words = clip(first_line(finding.text), 80)
    field = "section" if finding.rewrite is not None else ""
    return Concern(finding.rule, finding.severity, words, finding.advice, field, finding.rewrite)


def _location(text: str, offset: int) -> tuple[int, int]:
    """(row, column) of an offset."""
    return text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1)
