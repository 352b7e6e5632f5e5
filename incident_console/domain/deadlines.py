"""Every clock of a running incident: when each audience must hear next, when to look at the severity again, whom to
ask how it goes, and what people started by hand.

A deadline is an instant; what is left of it is always due minus now, recomputed and never counted down."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import ClockSetting, Incident, Sent, Timer
from incident_console.domain.policy import Level, Policy
from incident_console.domain.vocabulary import MessageKind, Role, Status

SOON: Final = 5 * MINUTE
"""A deadline this near is worth a second look (or a third of the interval, where that is shorter)."""


class Urgency(StrEnum):
    OK = "ok"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"


class ClockKind(StrEnum):
    """What somebody waits for."""

    UPDATE = "update"
    REASSESS = "reassess"
    CHECKIN = "checkin"
    CARE = "care"
    RTO = "rto"
    TIMER = "timer"
    ASK = "ask"
    ACKNOWLEDGE = "acknowledge"
    REVIEW = "review"


QUIET_KINDS: Final = (ClockKind.REASSESS, ClockKind.CHECKIN, ClockKind.CARE)
"""Reminders to oneself: narrow windows leave them out until they are near."""

STANDING: Final = ("reassess", "check-in", "care", "rto")
"""Clocks besides the audiences' that can be set by name."""


@frozen
class Deadline:
    """Something that is due: the next message to an audience, another look, an answer."""

    name: str
    """Who waits for word, or what is to be done."""
    number: int
    """Which message to this audience it will be: 1 for the first; 0 where nothing is counted."""
    since: int
    """Where its clock started, microseconds UTC."""
    due_at: int
    kind: ClockKind = ClockKind.UPDATE
    id: str = ""
    """The event that started it, for clocks that people started."""
    paused: str = ""
    """Why it stands still; empty while it runs."""
    snoozed: str = ""
    """Why it was put off; empty when it was not."""
    asked: bool = False
    """Whether the audience asked for word itself."""

    def remaining(self, now: int) -> int:
        """Microseconds left; negative once it is overdue."""
        return self.due_at - now

    def urgency(self, now: int) -> Urgency:
        left = self.remaining(now)
        if self.paused:
            return Urgency.PAUSED
        if left < 0:
            return Urgency.OVERDUE
        return Urgency.SOON if left <= min(SOON, (self.due_at - self.since) // 3) else Urgency.OK

    def is_overdue(self, now: int) -> bool:
        return self.urgency(now) is Urgency.OVERDUE


def clocks(incident: Incident, policy: Policy) -> tuple[Deadline, ...]:
    """Every clock, the nearest first and paused ones last. Once the response is over only those that people started
    are left; once the incident is closed, none."""
    if not incident.is_open:
        return ()
    return _nearest_first((*deadlines(incident, policy), *_standing(incident, policy), *map(_running, incident.timers)))


def deadlines(incident: Incident, policy: Policy) -> tuple[Deadline, ...]:
    """Who waits for word, the nearest first; nobody once the response is over."""
    if not incident.in_response:
        return ()
    level = policy.level(incident.severity)
    cadence = dict(level.cadence)
    asked = [audience for audience, _ in incident.requests if audience not in cadence]
    added = [each.name for each in incident.settings if each.every and each.name not in STANDING]
    promised = [sent.audience for sent in incident.sent if sent.next_at is not None]
    found = (
        _deadline(alone, policy, level, audience)
        for audience in dict.fromkeys((*cadence, *asked, *added, *promised))
        for alone in _apart(incident, audience)
    )
    return _nearest_first(_pressing(deadline for deadline in found if deadline is not None))


def _apart(incident: Incident, audience: str) -> Iterator[Incident]:
    """Key accounts are told one by one, so each waits for its own next word: the incident as each of them knows it."""
    accounts = dict.fromkeys(sent.account for sent in incident.sent_to(audience))
    if len(accounts) < 2:
        yield incident
        return
    for account in accounts:
        yield replace(incident, sent=incident.sent_to(audience, account))


def _pressing(found: Iterable[Deadline]) -> Iterable[Deadline]:
    """One clock an audience: of several the one that is due first."""
    first: dict[str, Deadline] = {}
    for deadline in found:
        if deadline.name not in first or deadline.due_at < first[deadline.name].due_at:
            first[deadline.name] = deadline
    return first.values()


def _nearest_first(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    return tuple(sorted(found, key=lambda deadline: (bool(deadline.paused), deadline.due_at, deadline.name)))


# --- the audiences


def interval(incident: Incident, policy: Policy, audience: str) -> int | None:
    """Microseconds between messages to an audience as things stand; None where it has no clock.

    In monitoring the pack's interval doubles; one that people set stays as it is.
    """
    if not incident.in_response:
        return None
    setting = incident.setting(audience)
    if setting is not None and setting.every:
        return setting.every * SECOND
    seconds = dict(policy.level(incident.severity).cadence).get(audience)
    if seconds is None:
        return None
    return seconds * SECOND * (2 if incident.status == Status.MONITORING else 1)


def promise(incident: Incident, policy: Policy, audience: str, now: int) -> int | None:
    """The time to promise for the next update in a message sent now: a whole minute, never later than due."""
    step = interval(incident, policy, audience)
    return None if step is None else (now + step) // MINUTE * MINUTE


def _deadline(incident: Incident, policy: Policy, level: Level, audience: str) -> Deadline | None:
    step = interval(incident, policy, audience)
    sent = incident.sent_to(audience)
    last = _last(sent)
    asked_at = dict(incident.requests).get(audience, 0)
    since = last.at if last is not None else max(incident.declared_at, incident.severity_since)
    promised = last.next_at if last is not None else None
    due = promised if step is None else _due(incident, level, audience, step)
    waits = asked_at > (last.at if last is not None else 0)
    if waits:
        soon = asked_at + policy.habits.request * SECOND
        due = soon if due is None else min(due, soon)
    if due is None:  # it asked once, and it was answered
        return None
    began = asked_at if step is None and waits else max(since, incident.reopened_at or 0)
    deadline = Deadline(audience, len(sent) + 1, min(began, due), due, asked=waits)
    return _as_set(deadline, incident.setting(audience), asked_at if waits else 0)


def _last(sent: tuple[Sent, ...]) -> Sent | None:
    """The message that went out last, of two at the same instant the one recorded last; people may record them in
    another order."""
    return max(reversed(sent), key=_sent_at, default=None)


def _sent_at(sent: Sent) -> int:
    return sent.at


def _due(incident: Incident, level: Level, audience: str, step: int) -> int:
    """When the next message is due by the rules: counted from the last one really sent."""
    sent = incident.sent_to(audience)
    again = incident.reopened_at or 0
    if not sent:
        first = dict(level.first_word).get(audience, step // SECOND) * SECOND
        due = max(incident.declared_at, incident.severity_since, again) + first
        return _with_new_interval(due, incident.setting(audience), step)
    last = max(reversed(sent), key=_sent_at)
    due = last.next_at if last.next_at is not None else last.at + step
    if again > last.at:  # whatever was promised before it was over, people hear soon that it is back
        anew = again + min(step, dict(level.first_word).get(audience, step // SECOND) * SECOND)
        due = min(anew, due) if last.next_at is not None and due > again else anew
    if incident.severity_since > last.at:  # the clock starts again, but a promise given stands
        due = min(due, incident.severity_since + step)
    if level.after_status_change is not None and incident.status_since > last.at:
        due = min(due, incident.status_since + level.after_status_change * SECOND)
    return _with_new_interval(due, incident.setting(audience), step, last.at)


def _with_new_interval(due: int, setting: ClockSetting | None, step: int, last: int = 0) -> int:
    """An interval set since the last message counts from then where that is earlier: a promise given stands."""
    if setting is None or not setting.every or setting.changed <= last:
        return due
    return min(due, setting.changed + step)


def _as_set(deadline: Deadline, setting: ClockSetting | None, asked_at: int = 0) -> Deadline:
    """A deadline as somebody paused it or put it off. Putting off ends with the next message, and both end when the
    audience asks for word (`asked_at`)."""
    if setting is None:
        return deadline
    later = setting.until > deadline.due_at and setting.snoozed_at > max(deadline.since, asked_at)
    due = setting.until if later else deadline.due_at
    paused = setting.paused if setting.at > asked_at else ""
    return replace(deadline, due_at=due, paused=paused, snoozed=setting.snoozed if later else "")


# --- what reminds oneself


def _standing(incident: Incident, policy: Policy) -> Iterator[Deadline]:
    if not incident.in_response or incident.imported:
        return
    for found in (reassessment(incident, policy), _checkin(incident, policy), _care(incident, policy), _rto(incident)):
        if found is not None:
            yield _as_set(found, incident.setting(found.name))


def reassessment(incident: Incident, policy: Policy) -> Deadline | None:
    """When to look at the severity again: counted from its last change or the last look, whichever is later."""
    step = _step(incident, "reassess", policy.level(incident.severity).reassess)
    if step is None or not incident.in_response or incident.imported:
        return None
    since = max(incident.severity_since, incident.assessed_at or 0, incident.reopened_at or 0)
    return Deadline("reassess", 0, since, since + step, ClockKind.REASSESS)


def _checkin(incident: Incident, policy: Policy) -> Deadline | None:
    """When to ask the technical lead how it goes, once there is one."""
    step = _step(incident, "check-in", policy.level(incident.severity).checkin)
    if step is None or not incident.role(Role.TECH):
        return None
    led = dict(incident.role_since).get(Role.TECH, incident.declared_at)
    since = max(led, incident.checked_in_at or 0, incident.reopened_at or 0)
    return Deadline("check-in", 0, since, since + step, ClockKind.CHECKIN)


def _care(incident: Incident, policy: Policy) -> Deadline | None:
    """When to ask how the people are; it is a long night from the second hour on."""
    step = _step(incident, "care", policy.habits.care)
    since = max(incident.declared_at, incident.cared_at or 0, incident.reopened_at or 0)
    return None if step is None else Deadline("care", 0, since, since + step, ClockKind.CARE)


def _rto(incident: Incident) -> Deadline | None:
    """Until when service must be back, where somebody said so; counted from the start of the impact."""
    setting = incident.setting("rto")
    if setting is None or not setting.every or incident.mitigated_at is not None:
        return None
    return Deadline("rto", 0, incident.began_at, incident.began_at + setting.every * SECOND, ClockKind.RTO)


def _step(incident: Incident, name: str, seconds: int | None) -> int | None:
    """The interval of a standing clock in microseconds: people's own, else the pack's."""
    setting = incident.setting(name)
    chosen = setting.every if setting is not None and setting.every else seconds
    return None if chosen is None else chosen * SECOND


def _running(timer: Timer) -> Deadline:
    """What people started, in words that name the person."""
    words = f"{timer.who}: {timer.text}" if timer.who else timer.text
    kind = ClockKind(timer.kind) if timer.kind in set(ClockKind) else ClockKind.TIMER  # of a newer program
    return Deadline(words, 0, timer.since, timer.due_at, kind, timer.id)


# --- around them


def tells_end(incident: Incident, sent: Sent) -> bool:
    """Whether whoever read a message knows that it is over: it said so, or it went out since."""
    ended = incident.ended_at
    return sent.message_kind == MessageKind.RESOLUTION or (ended is not None and sent.at >= ended)


def unaware_of_resolution(incident: Incident) -> tuple[str, ...]:
    """Audiences that were told of the incident, or asked about it, and do not know yet of its end."""
    if incident.in_response or incident.imported:
        return ()
    told: dict[str, bool] = {audience: False for audience, _ in incident.requests}
    for sent in sorted(incident.sent, key=_sent_at):
        told[sent.audience] = tells_end(incident, sent)
    return tuple(audience for audience, knows in told.items() if not knows)


def urgency_key(incident: Incident, policy: Policy, now: int) -> tuple[int, int, int, int]:
    """Sorts incidents by what needs a person first: overdue, then severity, then the nearest deadline."""
    running = [clock for clock in clocks(incident, policy) if not clock.paused]
    due = running[0].due_at if running else 2**62
    phase = 0 if incident.in_response else 1
    return (phase, 0 if due < now else 1, incident.severity or 1, due)
