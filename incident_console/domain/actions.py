"""Action items: what may be promised, changed and finished, and in which order they stand. Pure.

What is missing is shown; only turning an idea into a commitment insists on it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.clock import DAY
from incident_console.domain.days import any_date, due_date, iso_day
from incident_console.domain.decide import Check
from incident_console.domain.events import Event
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import ActionItem, Incident
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import ActionKind, ActionState, Refused, choice, reference

MAX_WORDS: Final = 500
"""Longest description, in characters; the rest belongs behind the link."""

MAX_NAME: Final = 80
MAX_LINK: Final = 2000

LIVE: Final = (ActionState.OPEN, ActionState.IN_PROGRESS)
"""States in which something is still to be done."""

_ID: Final = re.compile(r"(?:INC-?)?([0-9]{1,9})[/.#]([0-9]{1,6})", re.IGNORECASE)


@frozen
class Wanted:
    """How somebody wants an action item to be. None leaves a field as it is, or at its default for a new one."""

    text: str | None = None
    kind: str | None = None
    owner: str | None = None
    due: str | None = None
    """As people type it."""
    link: str | None = None
    causes: tuple[str, ...] | None = None
    """Ids of the causes that it is about."""
    product: bool | None = None
    candidate: bool | None = None


@frozen
class Item:
    """An action item with what is worth knowing about where it comes from."""

    incident_id: str
    incident: int
    """The number of the incident."""
    title: str
    severity: int | None
    drill: bool
    number: int
    """1 for the first item of the incident that came into this database, also when others were taken back since."""
    what: ActionItem
    changed_at: int
    """When it was last written about, microseconds UTC."""
    changes: int
    """How often it was changed or moved."""

    @property
    def id(self) -> str:
        """What people call it and type: `INC-7/3`."""
        return f"{reference(self.incident)}/{self.number}"

    @property
    def is_live(self) -> bool:
        """Somebody still has to do it, or to decide about it."""
        return self.what.state in LIVE

    @property
    def is_committed(self) -> bool:
        return not self.what.candidate

    @property
    def due(self) -> date | None:
        return iso_day(self.what.due)

    def is_overdue(self, today: date) -> bool:
        """Ideas are never overdue: nobody promised them."""
        return self.is_live and self.is_committed and self.due is not None and self.due < today

    def days_over(self, today: date) -> int:
        """Days since the due day; 0 for what is not overdue."""
        return (today - self.due).days if self.due is not None and self.is_overdue(today) else 0

    def age(self, now: int) -> int:
        """Microseconds since it was added, until it was done or given up."""
        return max(0, (now if self.is_live else self.what.moved_at) - self.what.added_at)


def parse_id(text: str) -> tuple[int, int]:
    """(incident, number) of `INC-7/3` or `7/3`; raises Refused with an example."""
    match = _ID.fullmatch(clean_line(text))
    if match is None:
        shown = clip(clean_line(text), 40)
        raise Refused(f"“{shown}” is not an action item. They are called INC-7/3; see: incident-console actions")
    return int(match[1]), int(match[2])


# --- writing


def add(incident: Incident, wanted: Wanted, today: date, check: Check = Check.STRICT) -> e.ActionAdded:
    """A new item; raises Refused for no words, an unknown kind, cause or day, and OddTime for a day that has passed."""
    blank = ActionItem("", "", ActionKind.PREVENT, "", "", "")
    new = _with(incident, blank, replace(wanted, text=wanted.text or ""), today, check)
    return e.ActionAdded(
        new.text, new.action_kind, new.owner, new.due, new.link, new.causes, new.product, new.candidate
    )


def change(
    incident: Incident, item_id: str, wanted: Wanted, today: date, check: Check = Check.STRICT
) -> e.ActionChanged:
    """What is given reads differently; raises Refused when nothing would change, or when an idea would become a
    commitment without an owner and a date."""
    item = find(incident, item_id)
    new = _with(incident, item, wanted, today, check)
    if new == item:
        raise Refused("This action item reads like that already. Nothing was changed.")
    if item.candidate and not new.candidate and not (new.owner and new.due):
        missing = " and ".join(what for what, there in (("an owner", new.owner), ("a date", new.due)) if not there)
        raise Refused(
            f"An idea becomes a commitment when somebody agreed to own it and named a date. It still needs {missing}."
        )
    return e.ActionChanged(
        item_id, new.text, new.action_kind, new.owner, new.due, new.link, new.causes, new.product, new.candidate
    )


def move(incident: Incident, item_id: str, state: str, reason: str = "") -> e.ActionMoved:
    """Open, in progress, done, or dropped for a reason; raises Refused for ideas, which are nobody's work yet."""
    item = find(incident, item_id)
    wanted = choice(state, ActionState, "state of an action item")
    why = clip(clean_line(reason), MAX_WORDS)
    if wanted == item.state:
        raise Refused(f"This action item is {wanted.replace('_', ' ')} already. Nothing was changed.")
    if wanted == ActionState.DROPPED and not why:
        raise Refused("Say why it will not be done; the reason is what the next reader looks for.")
    if item.candidate and wanted in (ActionState.IN_PROGRESS, ActionState.DONE):
        raise Refused("This is still an idea from the discussion. Commit to it first, with an owner and a date.")
    return e.ActionMoved(item_id, wanted, why)


def find(incident: Incident, item_id: str) -> ActionItem:
    """The item with an event's id; raises Refused when it is not there any more."""
    found = next((item for item in incident.actions if item.id == item_id), None)
    if found is None:
        raise Refused("This action item does not exist any more. Look at the list again.")
    return found


def _with(incident: Incident, item: ActionItem, wanted: Wanted, today: date, check: Check) -> ActionItem:
    """The item as it would read; what is not given stays."""
    words, kind, owner, link = (
        _line(wanted.text, item.text, MAX_WORDS), _kind(wanted.kind, item.action_kind),
        _line(wanted.owner, item.owner, MAX_NAME), _line(wanted.link, item.link, MAX_LINK),
    )  # fmt: skip
    if not words:
        raise Refused("An action item needs words. Say what will be different when it is done.")
    read = due_date if check is Check.STRICT else any_date
    stays = wanted.due is None or clean_line(wanted.due) == item.due
    return replace(
        item, text=words, action_kind=kind, owner=owner, link=link,
        due=item.due if stays or wanted.due is None else read(wanted.due, today),
        causes=item.causes if wanted.causes is None else _causes(incident, wanted.causes),
        product=item.product if wanted.product is None else wanted.product,
        candidate=item.candidate if wanted.candidate is None else wanted.candidate,
    )  # fmt: skip


def _line(given: str | None, old: str, longest: int) -> str:
    """A line as it was given, or the old one; raises Refused for one that is too long to be read in a list."""
    words = old if given is None else clean_line(given)
    if len(words) > max(longest, len(old)):
        raise Refused(f"This line has {len(words)} characters; {longest} fit. Keep it short and link to the rest.")
    return words


def _kind(given: str | None, old: str) -> str:
    return old if given is None else choice(given, ActionKind, "kind of action item")


def _causes(incident: Incident, wanted: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order given."""
    known, found = {why.id for why in incident.whys}, tuple(dict.fromkeys(wanted))
    if unknown := [each for each in found if each not in known]:
        shown = clip(clean_line(unknown[0]), 40)
        raise Refused(f"There is no cause “{shown}” in {incident.reference}. Look at the tree of its postmortem.")
    return found


# --- reading


def items_of(present: Iterable[ActionItem], history: Sequence[Event], source: Incident) -> tuple[Item, ...]:
    """The present items of an incident, in the order in which they were added, numbered as they came here. A number
    is never given twice nor changed by what another file brings later: ones that were taken back count, too.
    `source`: the incident as far as its number, title, severity and drill go."""
    numbers = _numbers(history)
    changed: dict[str, list[int]] = {}
    for event in history:
        if isinstance(event.body, e.ActionAdded):
            changed[event.id] = [event.recorded_at]
        elif isinstance(event.body, e.ActionChanged | e.ActionMoved) and event.body.target in changed:
            changed[event.body.target].append(event.recorded_at)
    return tuple(
        Item(
            source.id, source.number, source.title, source.severity, source.drill, numbers[each.id], each,
            changed[each.id][-1], len(changed[each.id]) - 1,
        )
        for each in present
    )  # fmt: skip


def _numbers(history: Sequence[Event]) -> dict[str, int]:
    """The number of each item that was ever added, by its id; `history` may lack events that are about no item."""
    added = sorted((event for event in history if isinstance(event.body, e.ActionAdded)), key=lambda event: event.seq)
    return {event.id: number for number, event in enumerate(added, 1)}


def in_order(items: Iterable[Item], today: date) -> tuple[Item, ...]:
    """The ones that need somebody first: overdue, due, without a date, ideas, then done and given up."""

    def key(item: Item) -> tuple[int, str, int, int]:
        return (rank(item, today), item.what.due or "9999", item.incident, item.number)

    return tuple(sorted(items, key=key))


OVERDUE, DUE, UNDATED, IDEAS, DONE, DROPPED = range(6)


def rank(item: Item, today: date) -> int:
    """In which part of the list it stands: OVERDUE … DROPPED."""
    if not item.is_live:
        return DONE if item.what.state == ActionState.DONE else DROPPED
    if item.what.candidate:
        return IDEAS
    if item.due is None:
        return UNDATED
    return OVERDUE if item.is_overdue(today) else DUE


def owned_by(items: Iterable[Item], owner: str) -> tuple[Item, ...]:
    """Those of one person, however the name is spelt in letters large and small; empty for those of nobody."""
    return tuple(item for item in items if _person(item.what.owner) == _person(owner))


def owners(items: Iterable[Item]) -> tuple[str, ...]:
    """Everybody who owns something that is still to be done, by name; each once."""
    names: dict[str, str] = {}
    for item in items:
        if item.is_live and item.is_committed and item.what.owner:
            names.setdefault(_person(item.what.owner), item.what.owner)
    return tuple(names[key] for key in sorted(names))


def _person(name: str) -> str:
    return clean_line(name).casefold()


# --- parts of the list


class Grouping(StrEnum):
    """How the commitments that are still to be done are put together; each is a word for “by …”."""

    DUE = "date"
    OWNER = "owner"
    AGE = "age"
    INCIDENT = "incident"


@frozen
class Group:
    """A part of the list under one heading."""

    heading: str
    items: tuple[Item, ...]


AGES: Final = ((90, "older than 90 days"), (30, "30 to 90 days old"), (7, "7 to 30 days old"), (0, "added this week"))
"""(days from which on, what it is called)."""

PARTS: Final = {OVERDUE: "overdue", DUE: "due", UNDATED: "no date yet", IDEAS: "ideas that nobody has committed to",
                DONE: "done", DROPPED: "will not be done"}  # fmt: skip


def grouped(items: Iterable[Item], how: Grouping, today: date, now: int) -> tuple[Group, ...]:
    """What is still to be done by date, owner, age or incident; ideas, done and given-up ones always apart, below."""

    def key(item: Item) -> tuple[int, str, str]:
        part = rank(item, today)
        apart = part >= IDEAS or how is Grouping.DUE
        return (part, "", PARTS[part]) if apart else (0, *_within(item, how, now))

    found: dict[tuple[int, str], list[Item]] = {}
    headings: dict[tuple[int, str], str] = {}
    for item in in_order(items, today):
        part, sort, heading = key(item)
        found.setdefault((part, sort), []).append(item)
        headings.setdefault((part, sort), heading)
    return tuple(Group(headings[place], tuple(found[place])) for place in sorted(found))


def _within(item: Item, how: Grouping, now: int) -> tuple[str, str]:
    """(what it is sorted by, the heading) of a commitment."""
    match how:
        case Grouping.OWNER:
            return _person(item.what.owner), clean_line(item.what.owner) or "nobody owns these yet"
        case Grouping.AGE:
            place = next((n for n, (days, _) in enumerate(AGES) if item.age(now) >= days * DAY), len(AGES) - 1)
            return str(place), AGES[place][1]
        case _:
            drill = "DRILL " if item.drill else ""
            return f"{item.incident:09}", f"{drill}{reference(item.incident)} {clean_line(item.title)}"
