"""Commands of the room against the present state: timers and questions, clocks set aside, checklists, decisions,
escalations, marks. Each gives the fact to append or refuses with a sentence. Pure; times in microseconds UTC."""

from collections.abc import Sequence
from typing import Final

from incident_console.domain import events as e
from incident_console.domain.checklists import Item
from incident_console.domain.clock import AHEAD, DAY, MINUTE, SECOND, Zone
from incident_console.domain.deadlines import STANDING
from incident_console.domain.decide import NOTE_INSTEAD, Check, entry_text, running, title_of
from incident_console.domain.events import Pairs
from incident_console.domain.figures import STATED
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident, Timer
from incident_console.domain.text import clean, clean_line, clip
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Audience, OddTime, Refused, choice
from incident_console.domain.when import clock_time, day_time, utc_time

SHORTEST: Final = MINUTE
"""A standing clock goes round once a minute at most."""

LONGEST_TEXT: Final = 400
"""Characters that say what a timer or a question is about."""


# --- timers and questions


def start_timer(incident: Incident, text: str, length: int, now: int, who: str = "") -> e.TimerStarted:
    """A timer, or with `who` a question to a person; `length` in microseconds."""
    running(incident, "Log it as a question instead." if who else "")
    words = clean_line(text)
    if not words:
        raise Refused("Say what the timer is for.")
    if len(words) > LONGEST_TEXT:
        raise Refused(f"That has {len(words)} characters; {LONGEST_TEXT} fit. Log the long part and ask in short.")
    return e.TimerStarted("ask" if who else "timer", words, now + length, clean_line(who))


def end_timer(timer: Timer, how: str, text: str) -> e.TimerEnded:
    """Settles what was waiting; a question that is dropped needs a reason, an answer needs words."""
    words = clean(text).strip()
    if how == "answered" and timer.kind == "ask" and not words:
        raise Refused("Type the answer, for example: /answer sam lag is 40 s and falling")
    if how == "dropped" and not words:
        raise Refused("Dropping it needs a reason. Say in one line why nobody waits for it any more.")
    return e.TimerEnded(timer.id, how, words, clip(f"{timer.who} {timer.text}".strip(), 200))


def extend_timer(timer: Timer, length: int, reason: str, now: int) -> e.TimerExtended:
    """More time, added to what is left, or to the present once it is past; needs a reason."""
    words = clean_line(reason)
    if not words:
        raise Refused("More time needs a reason, which is kept.")
    what = clip(f"{timer.who} {timer.text}".strip(), 200)
    return e.TimerExtended(timer.id, max(now, timer.due_at) + length, words, what)


# --- standing clocks


def clock_name(name: str) -> str:
    """The standing clock that a word means; refuses with what there is."""
    wanted = name.strip().lower().replace("_", "-").replace("checkin", "check-in")
    known = [*(audience.value for audience in Audience), *STANDING]
    starting = [each for each in known if wanted and each.replace("_", "-").startswith(wanted)]
    if len(starting) == 1:
        return starting[0]
    if starting:
        raise Refused(f"“{clip(name, 30)}” fits several clocks: {', '.join(starting)}. Type more of it.")
    raise Refused(f"There is no clock “{clip(name, 30)}”. Use one of: {', '.join(known)}.")


def set_clock(
    incident: Incident, name: str, action: str, reason: str, length: int | None, now: int, due: int = 0
) -> e.ClockSet:
    """Pause, resume, snooze or change a standing clock. Everything but resuming needs a reason.

    `due`: when it is due as things stand; putting off counts from there, or from now where that is later.
    """
    running(incident)
    clock, words = clock_name(name), clean_line(reason)
    if not words and action != "resume":
        raise Refused("This needs a reason, which is kept. Say in one line why.")
    setting = incident.setting(clock)
    paused = setting is not None and bool(setting.paused)
    if action == "pause" and paused:
        raise Refused(f"{clock} is paused already. /resume {clock} lets it run again.")
    if action == "resume" and not paused:
        raise Refused(f"{clock} is not paused. Nothing was changed.")
    if length is not None and length < SHORTEST:
        raise Refused("A minute is the shortest that a clock goes.")
    action = "target" if (clock, action) == ("rto", "every") else action  # it runs once and has no rhythm
    until = max(now, due) + length if action == "snooze" and length is not None else None
    every = length // SECOND if action in ("every", "target") and length is not None else None
    return e.ClockSet(clock, action, words, until, every)


def check_in(incident: Incident, text: str, whom: str) -> e.CheckedIn:
    """Somebody asked the technical lead, or the team, how it goes."""
    running(incident, NOTE_INSTEAD)
    return e.CheckedIn(entry_text(text), whom)


def request(incident: Incident, audience: str, text: str) -> e.Requested:
    """An audience asked for word; its clock is brought forward."""
    running(incident, "Answer them with an update (u).")
    if not incident.in_response:
        raise Refused(f"{incident.reference} is {incident.status}: answer them with an update (u).")
    return e.Requested(choice(audience, Audience, "audience"), clean_line(text) or "an update")


# --- checklists


def tick(incident: Incident, item: Item) -> e.Ticked:
    """Ticks an item off, also after closing, for which there is a checklist of its own."""
    if item.id in incident.ticked:
        raise Refused(f"“{item.text}” is ticked already. Nothing was changed.")
    return e.Ticked(item.id, item.text)


def open_again(incident: Incident, item: Item) -> e.Ticked:
    """Takes a tick back."""
    if item.id not in incident.ticked:
        raise Refused(f"“{item.text}” is not ticked. Nothing was changed.")
    return e.Ticked(item.id, item.text, done=False)


def mark(row: Entry, name: str) -> e.Marked:
    """Pins or parks an entry, or takes that back when it is so already."""
    return e.Marked(row.event_id, name, name not in row.flags)


# --- decisions


@frozen
class Decision:
    """A decision as somebody gives it."""

    text: str
    options: tuple[Pairs, ...]
    """For each option: name, time, data, impact, chance; what is unknown is left out."""
    chosen: str
    accepts: str = ""
    by: str = ""
    review_at: int | None = None


OPTION_KEYS: Final = ("name", "time", "data", "impact", "chance")
"""What is known of an option: its name, time to restore, data at risk, user impact, chance of failure."""


def decide_between(incident: Incident, wish: Decision, now: int, zone: Zone) -> e.Decided:
    """Refuses fewer than two options, twins, a choice that is none of them, a review in the past, or one of a closed
    incident; without a review it is a line of the record and starts no clock."""
    if wish.review_at is not None:
        running(incident, "Leave the time to look at it again empty, and the decision goes into the record.")
    options = tuple(map(_known, wish.options))
    names = [dict(each).get("name", "") for each in options]
    if len(names) < 2 or not all(names):
        raise Refused("A decision needs at least two options with a name each. Doing nothing may be one of them.")
    if len({name.casefold() for name in names}) < len(names):
        raise Refused("Two options have the same name. Give each its own.")
    chosen = _chosen(clean_line(wish.chosen), names)
    if wish.review_at is not None and wish.review_at <= now:
        raise Refused("The time to look at it again lies in the past. Give a later one, such as 30m.")
    review = "" if wish.review_at is None else clock_time(wish.review_at, zone) + f"{zone.show(wish.review_at): %Z}"
    return e.Decided(
        clean_line(wish.text), options, chosen, clean_line(wish.accepts), clean_line(wish.by), wish.review_at, review
    )


def _known(option: Pairs) -> Pairs:
    return tuple((key, clean_line(value)) for key, value in option if clean_line(value))


def _chosen(word: str, names: Sequence[str]) -> str:
    """The option that a name or a number means."""
    numbers = {str(number): name for number, name in enumerate(names, 1)}
    found = next((name for name in names if name.casefold() == word.casefold()), numbers.get(word))
    if found is None:
        listed = ", ".join(clip(name, 40) for name in names)
        raise Refused(f"Say which option was chosen: its number, or its name. There are: {listed}.")
    return found


# --- escalation


@frozen
class Escalation:
    """Who is called in, and the four things that they need to hear."""

    to: str
    happening: str
    needed: str
    why: str
    by_when: str = ""


def escalate(incident: Incident, wish: Escalation, acknowledge: int, now: int) -> e.Escalated:
    """`acknowledge`: microseconds until somebody must have answered. Refuses when one of the four is missing."""
    may_call(incident)
    parts = {"whom": wish.to, "what is happening": wish.happening, "what is needed": wish.needed, "why": wish.why}
    missing = [name for name, words in parts.items() if not clean_line(words)]
    if missing:
        raise Refused(f"Still missing: {', '.join(missing)}. Whoever is woken should not have to ask.")
    to, happening, needed, why = (clean_line(words) for words in parts.values())
    return e.Escalated(to, happening, needed, why, clean_line(wish.by_when), now + acknowledge)


def may_call(incident: Incident) -> bool:
    """True while somebody would watch whether they answer; raises Refused after closing."""
    running(incident, "Log who was called in as an escalation instead.")
    return True


def may_look_again(incident: Incident) -> bool:
    """True while the severity is looked at again and again; raises Refused after closing."""
    running(incident, "Change its severity instead, with a reason.")
    return True


def next_on_path(incident: Incident, path: Sequence[str]) -> str:
    """Who is called next: the first on the path that was not called yet, else the last."""
    called = {who.casefold() for who in incident.escalated_to}
    return next((who for who in path if who.casefold() not in called), path[-1] if path else "")


def escalation_message(incident: Incident, body: e.Escalated, zone: Zone) -> str:
    """The words to send, ready to copy."""
    level = f"SEV{incident.severity}" if incident.severity else "SEV?"
    drill = "DRILL. " if incident.drill else ""
    lines = [
        f"{drill}{incident.reference} [{level}] {incident.title}",
        f"To: {body.to}",
        f"What is happening: {body.happening}",
        f"What we need: {body.needed}",
        f"Why it matters: {body.why}",
        *([f"By when: {body.by_when}"] if body.by_when else []),
        *([f"Where: {incident.channel}"] if incident.channel else []),
        f"Please answer by {clock_time(body.acknowledge_by, zone)} {zone.show(body.acknowledge_by):%Z}.",
    ]
    return "\n".join(lines)


# --- what was said when declaring


def amend(
    incident: Incident, name: str, values: tuple[str | int, ...], now: int, check: Check = Check.STRICT
) -> e.Amended:
    """Title, services and the like read differently; times lie in the past, and an empty one is unknown again. The
    milestones can be corrected whenever somebody finds out better, in any order, because what is odd about them is
    asked afterwards; the rest while the incident is open.

    Raises Refused when nothing changes and for the future, OddTime for a day long before unless it is forced.
    """
    if name not in STATED:
        running(incident)
    if name == "title":
        values = (title_of(str(values[0]) if values else ""),)
    elif name in STATED:
        values = tuple(each for each in values if isinstance(each, int))
        _possible(incident, values, now, check)
    else:
        values = tuple(word for word in (clean_line(str(each)) for each in values) if word)
    old = getattr(incident, name)
    present = old if isinstance(old, tuple) else () if old in (None, "") else (old,)
    if present == values:
        raise Refused("It reads like that already. Nothing was changed.")
    shown = ", ".join(utc_time(each) if isinstance(each, int) else each for each in present)
    return e.Amended(name, values, shown)


def _possible(incident: Incident, values: tuple[str | int, ...], now: int, check: Check) -> None:
    """Refuses the future, and asks about more than a day before anything that is known."""
    times = [each for each in values if isinstance(each, int)]
    if any(each > now + AHEAD for each in times):
        raise Refused("That time lies in the future. Check the time and the date.")
    if check is Check.STRICT and any(each < _earliest(incident) for each in times):
        raise OddTime(f"That is more than a day before {incident.reference} began. Check the date.")


def _earliest(incident: Incident) -> int:
    return min(incident.began_at, incident.declared_at) - DAY


def long_before(incident: Incident, at: int, now: int, zone: Zone) -> str:
    """What to say after a start that is more than a day before anything known; empty for others."""
    if at >= _earliest(incident):
        return ""
    return f"{incident.reference} began {day_time(at, now, zone)}. Meant so? /undo takes it back."
