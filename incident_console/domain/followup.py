"""How action items are followed up: how many are kept and in time, who is reminded of what, what lands in calendars.

Pure; it reports and reminds, it never changes anything."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import Final

from incident_console.domain.actions import Item, in_order, owned_by
from incident_console.domain.calendar import AllDay, all_day, calendar
from incident_console.domain.clock import DAY, Zone
from incident_console.domain.days import shown
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import ActionState, Refused, reference


@frozen
class Figures:
    """How many commitments are kept. Ideas and drills do not count; what was given up does."""

    commitments: int = 0
    done: int = 0
    dropped: int = 0
    overdue: int = 0
    came_due: int = 0
    """Not given up, with a date, and done or past it: those of which one can say whether they were in time."""
    on_time: int = 0
    """Of these, done on their day or before."""
    incomplete: int = 0
    """Still to be done, without an owner or a date."""
    open_age: int | None = None
    """Median age of what is still to be done, microseconds; None when there is nothing."""
    time_to_done: int | None = None
    """Median time from being added to being done, microseconds."""

    @property
    def live(self) -> int:
        return self.commitments - self.done - self.dropped

    @property
    def done_share(self) -> float | None:
        """0 to 1; None while there is no commitment."""
        return self.done / self.commitments if self.commitments else None

    @property
    def on_time_share(self) -> float | None:
        """0 to 1; None while nothing came due."""
        return self.on_time / self.came_due if self.came_due else None


def figures(items: Iterable[Item], now: int, zone: Zone) -> Figures:
    """Counts and medians over real incidents; the day of an instant is the one on the reader's wall."""
    today = zone.show(now).date()
    real = [item for item in items if item.is_committed and not item.drill]
    done = [item for item in real if item.what.state == ActionState.DONE]
    live = [item for item in real if item.is_live]
    dated = [item for item in done if item.due is not None]
    overdue = sum(item.is_overdue(today) for item in live)
    return Figures(
        commitments=len(real),
        done=len(done),
        dropped=len(real) - len(done) - len(live),
        overdue=overdue,
        came_due=len(dated) + overdue,
        on_time=sum(item.due is not None and zone.show(item.what.moved_at).date() <= item.due for item in dated),
        incomplete=sum(not (item.what.owner and item.due) for item in live),
        open_age=_median([item.age(now) for item in live]),
        time_to_done=_median([item.age(now) for item in done]),
    )


def _median(values: Sequence[int]) -> int | None:
    return round(median(values)) if values else None


def rate(found: Figures) -> str:
    """The completion rate as a line: `12 of 20 done (60 %) · 8 of 11 on time (73 %) · …`."""
    if not found.commitments:
        return "no commitments yet"
    parts = [f"{found.done} of {found.commitments} done ({percent(found.done_share)})"]
    if found.came_due:
        parts.append(f"{found.on_time} of {found.came_due} on time ({percent(found.on_time_share)})")
    if found.dropped:
        parts.append(f"{found.dropped} given up")
    if found.open_age is not None:
        parts.append(f"median age {days(found.open_age)}")
    return " · ".join(parts)


def percent(share: float | None) -> str:
    return "unknown" if share is None else f"{100 * share:.0f} %"


def days(microseconds: int) -> str:
    """`1 day`, `12 days`."""
    count = microseconds // DAY
    return f"{count} day{'' if count == 1 else 's'}"


# --- reminding


def chase(items: Iterable[Item], owner: str, today: date) -> str:
    """A friendly message to one owner about everything that is still to be done, ready to paste; for no owner, a
    question to all who takes what nobody owns. Raises Refused when there is nothing to say."""
    theirs = [item for item in in_order(owned_by(items, owner), today) if item.is_live and item.is_committed]
    if not theirs:
        whose = f"{clean_line(owner)} has" if clean_line(owner) else "Nobody’s list has"
        raise Refused(f"{whose} no open action item. See who has some with: incident-console actions --open")
    late = sum(item.is_overdue(today) for item in theirs)
    count = f"{len(theirs)} open action item{'' if len(theirs) == 1 else 's'}"
    if late:
        count += ", and its date has passed" if len(theirs) == 1 else f", {late} of them past the date"
    drill = "DRILL: " if all(item.drill for item in theirs) else ""
    name = clean_line(theirs[0].what.owner)
    opening = f"{drill}Hi {name}, from our incidents you own {count}:" if name else (
        f"{drill}Hi all, from our incidents {'this item has' if len(theirs) == 1 else 'these items have'} no owner yet:"
    )  # fmt: skip
    closing = _ASK if name else _OFFER
    return "\n".join([opening, "", *(_reminder(item, today) for item in theirs), "", closing])


_ASK: Final = (
    "For each one, a short word is enough: done, on its way, or what stands in the way. "
    "If a date or the owner has to change, tell me and I will note it. Thank you."
)
_OFFER: Final = "Who can take one, and until when? A name and a date make it a promise that we can keep. Thank you."


def _reminder(item: Item, today: date) -> str:
    drill = "DRILL " if item.drill else ""
    lines = [f"- {item.id}, {when(item, today)}: {clean_line(item.what.text)}",
             f"  from {drill}{reference(item.incident)}, {clean_line(item.title)}"]  # fmt: skip
    if item.what.link:
        lines.append(f"  {clean_line(item.what.link)}")
    return "\n".join(lines)


def when(item: Item, today: date) -> str:
    """`OVERDUE since Tue 10 Nov (11 days)`, `due Fri 4 Dec` or `no date yet`."""
    if item.due is None:
        return "no date yet"
    day = shown(item.what.due, today)
    over = item.days_over(today)
    return f"OVERDUE since {day} ({days(over * DAY)})" if over else f"due {day}"


# --- calendars


def dated(items: Iterable[Item]) -> tuple[Item, ...]:
    """What belongs into a calendar: commitments that are still to be done and have a date."""
    return tuple(item for item in items if item.is_live and item.is_committed and item.due is not None)


def to_calendar(items: Iterable[Item]) -> str:
    """A calendar file with an all-day event for each; the same bytes for the same facts."""
    ordered = sorted(dated(items), key=lambda item: (item.what.due, item.incident, item.number))
    return calendar("Action items", map(_event, ordered))


def _event(item: Item) -> list[str]:
    drill = "DRILL " if item.drill else ""
    who = clean_line(item.what.owner) or "nobody yet"
    lines = [f"{drill}{reference(item.incident)}: {clean_line(item.title)}", f"Owner: {who}", item.what.link]
    title = f"{drill}{item.id} {clean_line(item.what.text)}"
    text = "\n".join(line for line in lines if line)
    day = item.due or date.max
    uid = f"{item.what.id}@incident-console"
    return all_day(AllDay(uid, day, title, text, item.what.link, item.changed_at, item.changes))
