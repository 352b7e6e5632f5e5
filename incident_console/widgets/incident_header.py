"""The conscience of the live screen: what is broken, how bad, since when, and who waits for word."""

from textual.content import Content
from textual.widgets import Static

from incident_console.domain.clock import Zone
from incident_console.domain.deadlines import Deadline, unaware_of_resolution
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.when import clock_time, full_time
from incident_console.widgets import badges


class IncidentHeader(Static):
    """Three lines at most; painted again only when their words change."""

    DEFAULT_CSS = """
    IncidentHeader { height: auto; padding: 0 1; background: $panel; }
    """

    def __init__(self, zone: Zone, actor: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._zone = zone
        self._actor = actor
        self._shown = Content("")

    def show_zone(self, zone: Zone) -> None:
        """Draw times in another zone from now on."""
        self._zone = zone

    def show(
        self, incident: Incident, clocks: tuple[Deadline, ...], now: int, width: int,
        here: tuple[tuple[str, str], ...] = (),
    ) -> None:  # fmt: skip
        """Bring the words up to date; `now` in microseconds UTC, `width` in cells, `here`: (name, place) of others."""
        lines = [self._title(incident, now, width), self._clocks(incident, clocks, now, width)]
        if width < 100:
            also = f"   with {clip(clean_line(', '.join(name for name, _ in here)), 24)}" if here else ""
            lines.append(Content.assemble(badges.roles(incident, self._actor), (also, "$accent")))
        content = Content("\n").join(lines)
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content)

    def _title(self, incident: Incident, now: int, width: int) -> Content:
        since = self._since(incident, now)
        status = badges.status_word(incident.status)
        start = Content.assemble(badges.named(incident), " ")
        room = width - 2 - start.cell_length - status.cell_length - since.cell_length - 4
        title = Content(clip(clean_line(incident.title), max(12, room)))
        space = max(1, room - title.cell_length + 1)
        return Content.assemble(start, title.stylize("bold"), " " * space, status, "  ", since)

    def _since(self, incident: Incident, now: int) -> Content:
        if not incident.in_response:
            return Content.styled(f"lasted {elapsed(incident, now)}", "$text-muted")
        began = incident.began_at
        same_day = self._zone.show(began).date() == self._zone.show(now).date()
        stamp = (
            f"{clock_time(began, self._zone)} {self._zone.show(began):%Z}" if same_day else full_time(began, self._zone)
        )
        word = "since" if incident.started_at is not None else "declared"
        return Content.styled(f"{word} {stamp} · {elapsed(incident, now)}", "$text-muted")

    def _clocks(self, incident: Incident, clocks: tuple[Deadline, ...], now: int, width: int) -> Content:
        if waiting := unaware_of_resolution(incident):
            names = clean_line(", ".join(waiting))
            return Content.styled(f"! not told yet that it is resolved: {names} (f2)", "bold $warning")
        if clocks:
            return badges.fitting_clocks(clocks, now, width - 2)
        if incident.in_response:
            return Content.styled("no updates are due at this severity", "$text-muted")
        return Content.styled("response is over: write down why it happened (f7)", "$text-muted")


def elapsed(incident: Incident, now: int) -> str:
    """How long it has been going on, to the minute: `0:42`; a known end stops it."""
    end = incident.ended_at
    if end is None and not incident.in_response:
        return "unknown"
    minutes = max(0, (now if end is None else end) - incident.began_at) // 60_000_000
    days, rest = divmod(minutes, 1440)
    text = f"{rest // 60}:{rest % 60:02}"
    return f"{days} d {text}" if days else text
