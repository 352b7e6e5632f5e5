"""What the answers add up to so far: the recommended level, why, what would change it, what it sets in motion."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Final

from textual.content import Content
from textual.widgets import Static

from incident_console.domain.customers import Advice
from incident_console.domain.frozen import frozen
from incident_console.domain.motion import in_motion
from incident_console.domain.policy import Level
from incident_console.domain.text import clean_line
from incident_console.domain.triage import Verdict
from incident_console.domain.vocabulary import severity_label
from incident_console.widgets import badges

INDENT: Final = 11
"""Cells that the titles take."""


@frozen
class Finding:
    """Everything that the panel says."""

    verdict: Verdict
    level: Level
    """The level that is taken: the recommended one, or another."""
    advice: Advice
    reason: str = ""
    """Why another level is taken."""
    notes: tuple[str, ...] = ()


class VerdictPanel(Static):
    """Painted again only when its words change."""

    DEFAULT_CSS = "VerdictPanel { height: auto; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown = Content("")

    def show(self, finding: Finding, width: int, *, brief: bool) -> None:
        """Say it in lines of `width` cells; `brief` leaves out what there is no room for."""
        content = Content("\n").join(_lines(finding, max(30, width), brief=brief))
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content)


def finding_content(finding: Finding, width: int) -> Content:
    """Everything that there is to say, in lines of `width` cells."""
    return Content("\n").join(_lines(finding, width, brief=False))


def _lines(finding: Finding, width: int, *, brief: bool) -> Iterable[Content]:
    verdict, level = finding.verdict, finding.level
    yield _headline(finding)
    for note in (*finding.notes, *verdict.warnings):
        yield Content.styled(f"! {clean_line(note)}", "$warning")
    reasons = verdict.reasons[:2] if brief else verdict.reasons
    yield from _part("because", reasons, width)
    motion = dict(in_motion(level))
    if brief:
        yield from _part("then", (f"tell {motion['tell']} · updates: {motion['updates']}",), width)
    else:
        yield from _part("milder", verdict.would_lower, width)
        yield from _part("worse", verdict.would_raise, width)
        yield from _part("then", tuple(f"{what}: {words}" for what, words in motion.items()), width)
    yield from _part("customers", (finding.advice.sentence,), width)


def _headline(finding: Finding) -> Content:
    verdict, level = finding.verdict, finding.level
    badge = badges.severity_badge(level.number)
    if level.number != verdict.severity:
        recommended = f" taken; the answers speak for {severity_label(verdict.severity)}. {clean_line(finding.reason)}"
        return Content.assemble(badge, Content(recommended))
    span = "" if verdict.best == verdict.worst else _span(verdict)
    return Content.assemble(badge, (f" {level.name}", "bold"), " recommended", (span, "$text-muted"))


def _span(verdict: Verdict) -> str:
    count = len(verdict.unknown)
    return f" · {severity_label(verdict.worst)} to {severity_label(verdict.best)} possible, {count} not known"


def _part(title: str, lines: tuple[str, ...], width: int) -> Iterable[Content]:
    """A title and its lines beside it; what is longer goes on below, indented as far."""
    pieces = [piece for line in lines for piece in wrap(clean_line(line), width - INDENT) or [""]]
    for place, piece in enumerate(pieces):
        head = f"{title:<{INDENT}}" if place == 0 else " " * INDENT
        yield Content.assemble((head, "$text-muted"), Content(piece))
