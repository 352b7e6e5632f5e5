"""What is true of an incident now: small frozen facts, never the growing timeline. `fold` makes it from events."""

from incident_console.domain.clock import MINUTE
from incident_console.domain.events import Pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.vocabulary import RESPONSE, ActionState, Status, reference


@frozen
class Sent:
    """A message that went out, without its text."""

    audience: str
    message_kind: str
    number: int
    at: int
    next_at: int | None
    account: str = ""
    """The key account it went to; empty for a whole audience."""
    remembered: str = ""
    """The event of a message that was recorded from memory, and can be corrected; empty for all others."""


@frozen
class Approval:
    """A message that somebody wants approved."""

    id: str
    audience: str
    message_kind: str
    filled: Pairs
    asked_by: str
    asked_at: int
    account: str = ""
    state: str = "asked"
    """asked, given, returned, or used once the message went out."""
    answered_by: str = ""
    reason: str = ""
    status: str = ""
    """The incident's status when it was asked for; the words name it."""
    severity: int | None = None


@frozen
class Account:
    """A customer who is told personally."""

    name: str
    owner: str = ""
    tier: str = ""
    note: str = ""


@frozen
class Why:
    """One cause in the tree; siblings stand in the order of the tuple that holds them."""

    id: str
    answer: str
    parent: str | None
    evidence: tuple[str, ...] = ()
    category: str = ""
    """technical, process, human, organisational or empty."""
    mark: str = ""
    """root, contributing, ruled_out or empty."""
    lens: str = ""
    """What it means for what we build."""
    roadmap: bool = False


@frozen
class Version:
    """One text of a section; `id` is the event that wrote it."""

    id: str
    section: str
    text: str
    actor: str
    at: int


@frozen
class ActionItem:
    """Something that was promised so that it will not happen again."""

    id: str
    text: str
    action_kind: str
    owner: str
    due: str
    """ISO date or empty."""
    link: str
    state: str = ActionState.OPEN
    causes: tuple[str, ...] = ()
    product: bool = False
    candidate: bool = False
    """An idea from the discussion that nobody has taken on yet."""
    reason: str = ""
    """Why it will not be done."""
    added_at: int = 0
    moved_at: int = 0
    """When it came into its present state, microseconds UTC."""


@frozen
class ClockSetting:
    """What somebody set a standing clock to."""

    name: str
    """An audience, or reassess, check-in, care, rto."""
    at: int
    """When it was set, microseconds UTC."""
    paused: str = ""
    """Why it stands still; empty while it runs."""
    snoozed: str = ""
    """Why it was put off."""
    until: int = 0
    """Until when it was put off, microseconds UTC."""
    snoozed_at: int = 0
    """When it was put off."""
    every: int | None = None
    """The interval that counts instead of the pack's, or the recovery time objective; seconds."""
    changed: int = 0
    """When the interval was set, microseconds UTC."""


@frozen
class Timer:
    """A clock that runs once and belongs to something: a timer, a question, an escalation, a decision's review."""

    id: str
    """The event that started it."""
    kind: str
    """timer, ask, acknowledge or review."""
    text: str
    who: str
    since: int
    due_at: int


@frozen
class Incident:
    """Everything small that is true of an incident now. Instants are microseconds UTC; None means unknown."""

    id: str
    number: int = 0
    title: str = ""
    severity: int | None = None
    severity_since: int = 0
    status: str = Status.INVESTIGATING
    status_since: int = 0
    drill: bool = False
    imported: bool = False
    declared_at: int = 0
    started_at: int | None = None
    detected_at: int | None = None
    acknowledged_at: int | None = None
    mitigated_at: int | None = None
    resolved_at: int | None = None
    closed_at: int | None = None
    services: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    channel: str = ""
    detected_by: str = ""
    """monitoring, customer, colleague or empty."""
    roles: Pairs = ()
    assessed_at: int | None = None
    """When somebody last looked at the severity."""
    triage: Pairs = ()
    """The answers of that look, as events keep them."""
    unknown: tuple[str, ...] = ()
    """The facts that nobody knew then."""
    facts: Pairs = ()
    """Latest known value of each message field (impact, users_affected, next_steps, …)."""
    facts_at: int = 0
    """When somebody last stated one of them, microseconds UTC."""
    root_cause: str = ""
    sent: tuple[Sent, ...] = ()
    heard: tuple[tuple[str, Pairs], ...] = ()
    """(readers, the facts as they were last told them); see `readers`."""
    approvals: tuple[Approval, ...] = ()
    """The latest request for each audience and kind of message, oldest first."""
    accounts: tuple[Account, ...] = ()
    """Key accounts in the order in which they were listed."""
    told: tuple[tuple[str, int], ...] = ()
    """(key account, when it was last told)."""
    sections: Pairs = ()
    versions: tuple[Version, ...] = ()
    """The version of each section that counts."""
    rivals: tuple[Version, ...] = ()
    """Versions written at the same time by somebody else, until somebody settles them."""
    written: tuple[str, ...] = ()
    """Ids of every version of a section that counts or counted."""
    reviewed_at: int | None = None
    """When the postmortem was finished."""
    review_reason: str = ""
    """Why it was finished although something is missing."""
    whys: tuple[Why, ...] = ()
    actions: tuple[ActionItem, ...] = ()
    role_since: tuple[tuple[str, int], ...] = ()
    """(role, since when its present holder has it)."""
    reopened_at: int | None = None
    """When it last went back from resolved or closed into response."""
    ends: tuple[tuple[int, int], ...] = ()
    """(when a response ended, when it was reopened) for every time that it was thought to be over."""
    explained: bool = False
    """Whether it was identified or mitigated on purpose since the response began; else a recovery is unexplained."""
    settings: tuple[ClockSetting, ...] = ()
    timers: tuple[Timer, ...] = ()
    """The running ones, oldest first."""
    checked_in_at: int | None = None
    """When somebody last asked the technical lead how it goes."""
    cared_at: int | None = None
    """When somebody last asked how the team is."""
    requests: tuple[tuple[str, int], ...] = ()
    """(audience, when it last asked for word)."""
    escalated_to: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    """Ids of the items of checklists that are done."""

    @property
    def reference(self) -> str:
        return reference(self.number)

    @property
    def is_open(self) -> bool:
        """Closed ones are out of the way; resolved ones still wait for their postmortem."""
        return self.status != Status.CLOSED

    @property
    def in_response(self) -> bool:
        return self.status in RESPONSE

    def afterwards(self, at: int, recorded_at: int) -> bool:
        """Whether something that happened at `at` is only written down now that the incident is closed: it tells what
        was so then. Where nobody said when it was closed, whatever is not of this minute counts."""
        end = self.closed_at if self.closed_at is not None else recorded_at - MINUTE
        return not self.is_open and at < end

    @property
    def began_at(self) -> int:
        """From when time is counted on screen: the stated start, else the declaration."""
        return self.started_at if self.started_at is not None else self.declared_at

    @property
    def ended_at(self) -> int | None:
        """Where the count stops; None while it runs or nobody knows."""
        return None if self.in_response else self.resolved_at

    def role(self, role: str) -> str:
        """Who holds a role; empty when nobody does."""
        return lookup(self.roles, role)

    def fact(self, name: str) -> str:
        return lookup(self.facts, name)

    def section(self, name: str) -> str:
        return lookup(self.sections, name)

    def responses(self, now: int) -> tuple[tuple[int, int], ...]:
        """(from, until) of every time that people responded; the last one until `now` while it runs."""
        starts = [self.declared_at, *(again for _, again in self.ends)]
        last = now if self.in_response or self.resolved_at is None else self.resolved_at
        return tuple(zip(starts, [*(end for end, _ in self.ends), last], strict=True))

    def setting(self, name: str) -> ClockSetting | None:
        """What somebody set a standing clock to; None while nobody did."""
        return next((each for each in self.settings if each.name == name), None)

    def timer(self, timer_id: str) -> Timer | None:
        return next((each for each in self.timers if each.id == timer_id), None)

    def sent_to(self, audience: str, account: str | None = None) -> tuple[Sent, ...]:
        """What went to one audience, in the order of writing down; `account`: only to that key account, or with an
        empty name only to nobody in particular."""
        return tuple(
            sent for sent in self.sent if sent.audience == audience and account in (None, sent.account)
        )  # fmt: skip


def readers(audience: str, account: str = "") -> str:
    """Who reads a message: an audience, or one key account of it."""
    return f"{audience}/{account}" if account else audience


def lookup(pairs: Pairs, key: str) -> str:
    """The value of a key, or empty."""
    return next((value for name, value in pairs if name == key), "")


def with_pair(pairs: Pairs, key: str, value: str) -> Pairs:
    """The same pairs with one value set in place; an empty value removes the key."""
    if not value:
        return tuple(pair for pair in pairs if pair[0] != key)
    if any(name == key for name, _ in pairs):
        return tuple((name, value if name == key else old) for name, old in pairs)
    return (*pairs, (key, value))
