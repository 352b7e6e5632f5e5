"""What a company's pack says about severities: each level, the rules that lead to it, and habits of the response."""

from dataclasses import field

from incident_console.domain.frozen import frozen
from incident_console.domain.triage import Rules


@frozen
class Level:
    """What one severity means and sets in motion; all durations in seconds."""

    number: int
    name: str
    criteria: tuple[str, ...]
    """What must be true, one short line each."""
    examples: tuple[str, ...]
    notify: tuple[tuple[str, int], ...]
    """(who is told, within how many seconds of the declaration)."""
    escalate: str
    response: str
    """How people respond to it."""
    roles: tuple[str, ...]
    """The roles to fill."""
    first_word: tuple[tuple[str, int], ...]
    """(audience, seconds after declaring) until the first message is due."""
    cadence: tuple[tuple[str, int], ...]
    """(audience, seconds) between messages; an audience that is not named has no clock."""
    after_status_change: int | None = None
    """Seconds after a change of status until everyone with a clock must have heard of it."""
    reassess: int | None = None
    """Seconds after which somebody looks at the severity again; None: nobody is reminded."""
    checkin: int | None = None
    """Seconds between two check-ins with the technical lead; None: nobody is reminded."""
    quiet: int = 15 * 60
    """Seconds of monitoring without trouble after which resolving is proposed."""


@frozen
class Prompt:
    """A question that narrows a fault."""

    label: str
    """What its answer starts with in the timeline."""
    ask: str
    kind: str
    """The kind of entry that a certain answer becomes."""


@frozen
class Habits:
    """What holds at every level; all durations in seconds."""

    care: int = 2 * 3600
    """How long a response runs before somebody asks how the team is, and how often after that."""
    request: int = 10 * 60
    """How soon an audience hears after it asked for word."""
    acknowledge: int = 5 * 60
    """How long an escalation may stay unanswered."""
    silence: int = 20 * 60
    """A gap in the timeline this long is worth a question."""
    quiet_unexplained: int = 30 * 60
    """Seconds of monitoring before resolving is proposed, where nobody knows why it recovered."""
    relief: int = 4 * 3600
    """Hours in one role after which relief is suggested."""
    office: tuple[int, int] = (8, 18)
    """The working hours of a weekday on the reader's wall, first hour and the hour after the last."""
    escalation_path: tuple[str, ...] = ("engineering manager", "head of engineering", "founder or CTO")


@frozen
class Policy:
    """The levels in force: the shipped ones or a company's own."""

    name: str
    version: int
    levels: tuple[Level, ...]
    rules: Rules = field(default_factory=lambda: Rules(()))
    """Which facts lead to which level."""
    critical_flows: tuple[str, ...] = ()
    """User flows without which the business stops."""
    scoping: tuple[Prompt, ...] = ()
    habits: Habits = field(default_factory=lambda: Habits())

    @property
    def label(self) -> str:
        """Name and version, as kept with every assessment."""
        return f"{self.name} v{self.version}"

    def level(self, severity: int | None) -> Level:
        """The level of a severity; while it is unknown the worst one rules."""
        return next((level for level in self.levels if level.number == severity), self.levels[0])
