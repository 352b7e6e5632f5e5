"""The real incidents as scripts to be played at their own pace on a simulated clock, and what must be due at any
moment of them, worked out from their dates and the pack's numbers alone. It never asks the program's rules."""

import json
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.assessment import Taken
from incident_console.domain.clock import DAY, MINUTE, iso, to_instant
from incident_console.domain.comms import Draft, Wish
from incident_console.domain.deadlines import Deadline
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import EntryKind
from incident_console.domain.wizard import Answers
from tests.builders import clock_of

FILES: Final = Path(__file__).parent / "data" / "incidents"
NAMES: Final = tuple(sorted(path.stem for path in FILES.glob("*.json")))
PACK: Final = tomllib.loads((Path(__file__).parents[1] / "data" / "severity.toml").read_text())
LEVELS: Final[dict[int, dict[str, dict[str, int]]]] = {each["number"]: each for each in PACK["levels"]}


def instant(text: str) -> int:
    """Microseconds UTC of an ISO time."""
    return to_instant(datetime.fromisoformat(text))


# --- what the files say


@dataclass(frozen=True, slots=True)
class Row:
    """Something that was said or done."""

    at: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """One file: instants in microseconds UTC, None where the report does not say."""

    title: str
    severity: int | None
    roles: tuple[tuple[str, str], ...]
    started: int | None
    detected: int | None
    declared: int
    """When people took it up: acknowledged, else noticed, else started."""
    mitigated: int | None
    resolved: int
    rows: tuple[Row, ...]
    """In the order of time."""
    told: tuple[tuple[int, str], ...]
    """(when, which audience) for every word that went out, as far as the file has it."""

    @property
    def began(self) -> int:
        return self.started or self.detected or self.declared

    @property
    def moments(self) -> tuple[int, ...]:
        """When something happened that people could tell of, from the declaration up to the end."""
        known = {row.at for row in self.rows} | {self.declared, self.mitigated or self.resolved, self.resolved}
        return tuple(sorted(at for at in known if self.declared <= at <= self.resolved))


def read_story(name: str) -> Story:
    """The file with this name; rows that lie outside the response are kept."""
    data = json.loads((FILES / f"{name}.json").read_text())
    times = {key: instant(value) for key, value in data.items() if key.endswith("_at") and value}
    kinds = {kind: kind for kind in map(str, EntryKind)}
    rows = [Row(instant(each["at"]), kinds.get(each["kind"], "note"), each["text"]) for each in data["events"]]
    declared = next(times[key] for key in ("acknowledged_at", "detected_at", "started_at") if key in times)
    return Story(
        data["title"], data["severity"], tuple(data["roles"].items()), times.get("started_at"),
        times.get("detected_at"), declared, times.get("mitigated_at"), times["resolved_at"],
        tuple(sorted(rows, key=lambda row: row.at)), tuple(_told(data)),
    )  # fmt: skip


def _told(data: dict[str, list[dict[str, str]]]) -> Iterator[tuple[int, str]]:
    """Messages of the file, and rows that say that the public was told."""
    yield from ((instant(each["at"]), each["audience"]) for each in data["messages"])
    for row in data["events"]:
        if row["kind"] == "update" or "status page updated" in row["text"].lower():
            yield instant(row["at"]), "customers"


@dataclass(frozen=True, slots=True)
class Act:
    """One step of a script: `log`, `status`, `tell` an audience, `grade` the severity, or `tend` to reminders."""

    at: int
    verb: str
    what: str
    kind: str = "note"


# --- what must be due


@dataclass(frozen=True, slots=True)
class Due:
    """A clock as it must stand."""

    since: int
    at: int
    number: int = 0

    @property
    def soon(self) -> int:
        """From when it is soon: five minutes before, or the last third where that is shorter."""
        return self.at - min(5 * MINUTE, (self.at - self.since) // 3)

    def state(self, now: int) -> str:
        if now > self.at:
            return "overdue"
        return "soon" if now >= self.soon else "ok"


@dataclass(frozen=True, slots=True)
class Word:
    """A message to an audience, and the time of the next one that it named."""

    at: int
    next_at: int | None


@dataclass(slots=True)
class Oracle:
    """What was done so far, and what follows from it."""

    severity: int | None
    declared: int
    led: bool
    status: str = "investigating"
    changed: int = 0
    """When the status last changed; 0 while it did not."""
    graded: int = 0
    again: int = 0
    """When it was reopened; 0 while it was not."""
    over: int | None = None
    words: defaultdict[str, list[Word]] = field(default_factory=lambda: defaultdict(list))
    tended: dict[str, int] = field(default_factory=dict)

    def turn(self, status: str, at: int) -> None:
        if self.over is not None and status != "resolved":
            self.again = at
        self.status, self.changed = status, at
        self.over = at if status == "resolved" else None

    def tell(self, audience: str, at: int) -> int | None:
        """Returns the time to be promised: a whole minute."""
        step = self.step(audience)
        promised = None if self.over is not None or step is None else (at + step) // MINUTE * MINUTE
        self.words[audience].append(Word(at, promised))
        return promised

    @property
    def level(self) -> dict[str, dict[str, int]]:
        """While nobody knows how bad it is, the worst level rules."""
        return LEVELS[self.severity or 1]

    def minutes(self, key: str) -> int | None:
        """A number of the level, or else of the whole pack, in microseconds."""
        found = {**PACK, **self.level}.get(key)
        return None if found is None else found * MINUTE

    def step(self, audience: str) -> int | None:
        """From one message to the next."""
        cadence = self.level.get("cadence_min", {}).get(audience)
        return None if cadence is None else cadence * MINUTE * (2 if self.status == "monitoring" else 1)

    def clocks(self) -> dict[str, Due]:
        """Every clock by name; none once it is over."""
        if self.over is not None:
            return {}
        return {**{each: self.audience(each) for each in self.level.get("cadence_min", {})}, **dict(self._reminders())}

    def audience(self, name: str) -> Due:
        step, first = self.step(name) or 0, self.level["first_word_min"][name] * MINUTE
        if not self.words[name]:
            since = max(self.declared, self.graded, self.again)
            return Due(since, since + first, 1)
        last, number = self.words[name][-1], len(self.words[name]) + 1
        if self.again > last.at:
            return Due(self.again, self.again + min(first, step), number)
        due = last.at + step if last.next_at is None else last.next_at
        if self.graded > last.at:
            due = min(due, self.graded + step)
        after = self.minutes("after_status_change_min")
        if after is not None and self.changed > last.at:
            due = min(due, self.changed + after)
        return Due(last.at, due, number)

    def _reminders(self) -> Iterator[tuple[str, Due]]:
        for name, key in (("reassess", "reassess_min"), ("check-in", "checkin_min"), ("care", "care_min")):
            step, graded = self.minutes(key), self.graded if name == "reassess" else 0
            if step is not None and (self.led or name != "check-in"):
                since = max(self.declared, graded, self.tended.get(name, 0), self.again)
                yield name, Due(since, since + step)

    def edges(self) -> set[int]:
        """The instants at which something about to happen by itself happens."""
        found = {at for due in self.clocks().values() for at in (due.soon, due.at)}
        return found | {word.next_at + MINUTE for said in self.words.values() for word in said if word.next_at}

    def promises(self, now: int) -> set[tuple[str, int, int, str, int]]:
        """(audience, made at, promised for, state, how late) for every word that named a time."""
        return {
            (name, word.at, word.next_at, *self._kept(word.next_at, [each.at for each in said if each.at > word.at], now))
            for name, said in self.words.items() for word in said if word.next_at is not None
        }  # fmt: skip

    def _kept(self, promised: int, later: list[int], now: int) -> tuple[str, int]:
        """The whole promised minute keeps it; an end before it owes nothing; an end after it stops the count."""
        told = min(later, default=None)
        if told is not None and told < promised + MINUTE:
            return "kept", 0
        if self.over is not None and self.over <= promised:
            return "over", 0
        until = told if told is not None else min(now, self.over or now)
        if until < promised + MINUTE:
            return "open", 0
        return "missed", until - promised


# --- playing


class Replay:
    """One incident played on a desk whose clock stood at its beginning; every step is held against the oracle."""

    def __init__(
        self, desk: Desk, story: Story, severity: int | None = 2, team: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.desk, self.story, self.clock = desk, story, clock_of(desk)
        self.roles = story.roles or team
        self.oracle = Oracle(story.severity or severity, story.declared, "tech" in dict(self.roles))
        self.id = ""
        self.seen: list[tuple[int, frozenset[str]]] = []
        """(instant, which clocks the program called overdue), at every look."""

    @property
    def incident(self) -> Incident:
        return self.desk.incident(self.id)

    def play(self, acts: list[Act], *, after_each: Callable[[], None] = lambda: None) -> "Replay":
        """Declare, then do everything at its own time."""
        self.declare()
        for act in acts:
            self.reach(act.at)
            self.do(act)
            self.look()
            after_each()
        return self

    def declare(self) -> None:
        """At the time when people took it up; what was before is logged then, late."""
        story = self.story
        self.move(story.declared)
        wish = Declaration(story.title, self.oracle.severity, story.started, story.detected, roles=self.roles)
        self.id = self.desk.declare(wish).id
        for row in story.rows:
            if row.at < story.declared:
                check = Check.FORCED if row.at < story.began - DAY else Check.STRICT
                self.desk.log(self.id, Logged(row.text, row.kind, row.at), check)
        self.look()

    def move(self, at: int) -> None:
        self.clock.advance(at - self.clock.now())

    def reach(self, at: int) -> None:
        """Let time pass and look wherever something is bound to change: just before, then, and just after."""
        edges = {edge + near for edge in self.oracle.edges() for near in (-1, 0, 1)}
        for edge in sorted(edge for edge in edges if self.clock.now() < edge < at):
            self.move(edge)
            self.look()
        self.move(at)
        self.look()

    def do(self, act: Act) -> None:
        match act.verb:
            case "log":
                self.desk.log(self.id, Logged(act.what, act.kind))
            case "status":
                self.desk.change_status(self.id, act.what)
                self.oracle.turn(act.what, act.at)
            case "tell":
                self.tell(act.what)
            case "grade":
                self.grade(int(act.what))
            case _:
                self.tend(act.what)

    def draft(self, audience: str) -> Draft:
        """Whatever this audience should hear next, filled in."""
        template = self.desk.suggested(self.incident, audience, None)
        values = {each.name: f"as of {iso(self.clock.now())}" for each in template.fields}
        return self.desk.compose(self.id, Wish(audience, template.kind, tuple(values.items())))

    def tell(self, audience: str) -> None:
        """Send an update; the time that it names is the one that must be named."""
        draft = self.draft(audience)
        self.desk.mark_sent(draft)
        assert draft.next_at == self.oracle.tell(audience, self.clock.now())

    def grade(self, severity: int) -> None:
        if severity != self.oracle.severity:
            self.desk.change_severity(self.id, severity, "we know more now")
            self.oracle.severity, self.oracle.graded = severity, self.clock.now()

    def tend(self, name: str) -> None:
        """Do what a reminder asks for, if it is overdue."""
        due = self.oracle.clocks().get(name)
        if due is None or due.state(self.clock.now()) != "overdue":
            return
        if name == "reassess":
            self.desk.reassess(self.id, Taken(Answers(()), self.oracle.severity, "as bad as before"))
        else:
            self.desk.check_in(self.id, "how does it go", "tech" if name == "check-in" else "team")
        self.oracle.tended[name] = self.clock.now()

    def look(self) -> None:
        """Hold the program against the oracle and remember what was overdue."""
        shown, now = self.check(), self.clock.now()
        self.seen.append((now, frozenset(each.name for each in shown if each.is_overdue(now))))

    def check(self) -> tuple[Deadline, ...]:
        """Every clock, its due time and its state, and every promise, as they must be now; returns what is shown."""
        now, incident = self.clock.now(), self.incident
        shown = self.desk.standing(incident).clocks
        due = self.oracle.clocks()
        assert {each.name: (each.due_at, each.number, str(each.urgency(now))) for each in shown} == {
            name: (each.at, each.number, each.state(now)) for name, each in due.items()
        }, iso(now)
        assert [each.name for each in shown] == sorted(due, key=lambda name: (due[name].at, name))
        ledger = [(p.audience, p.made_at, p.promised_at, str(p.state), p.late) for p in self.desk.promises(incident)]
        assert sorted(ledger) == sorted(self.oracle.promises(now)), iso(now)
        return shown
