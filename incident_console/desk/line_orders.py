"""The slash commands that write or tell something, one small function each, and the table that names them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from incident_console.domain import drafting, orders, room
from incident_console.domain.decide import Check, running
from incident_console.domain.frozen import frozen
from incident_console.domain.logline import began_time, fact_change, role_change, severity_change
from incident_console.domain.promises import summary
from incident_console.domain.text import clip, first_line
from incident_console.domain.vocabulary import Audience, Refused, Status, audience_name, choice

if TYPE_CHECKING:
    from incident_console.desk.lines import Lines

ANSWERABLE: Final = ("ask", "acknowledge")
ENDABLE: Final = ("timer", "ask", "acknowledge", "review")


@frozen
class Outcome:
    """What a line did."""

    said: str = ""
    """A sentence for the person; empty when what they see says enough."""
    place: str = ""
    """Where to go now: update, postmortem, triage, scope, decide, escalate, board."""
    rest: str = ""
    """The rest of the line for that place."""
    words: str = ""
    """A text that is ready to copy."""


DONE: Final = Outcome()


def _status(desk: "Lines", incident: str, rest: str, at: int | None = None) -> Outcome:
    if not rest:
        raise Refused(f"Type the new status: {', '.join(Status)}.")
    return Outcome(desk.change_status_told(incident, choice(rest, Status, "status"), at))


def _severity(desk: "Lines", incident: str, rest: str) -> Outcome:
    desk.change_severity(incident, *severity_change(rest))
    return DONE


def _role(desk: "Lines", incident: str, rest: str) -> Outcome:
    role, name = role_change(rest)
    if not name:
        raise Refused(f"Say who, for example: /role {role} Ana. To free it: /role {role} nobody")
    desk.give_role(incident, role, "" if name.casefold() == "nobody" else name)
    return DONE


def _handover(desk: "Lines", incident: str, rest: str) -> Outcome:
    role, name = role_change(rest)
    _, words = desk.hand_over(incident, role, name)
    return Outcome("Handed over. The brief is ready to copy.", words=words)


def _brief(desk: "Lines", incident: str, rest: str) -> Outcome:
    return Outcome("The brief is ready to copy.", words=desk.brief(desk.incident(incident)))


def _resolve(desk: "Lines", incident: str, rest: str, at: int | None = None) -> Outcome:
    return Outcome(desk.change_status_told(incident, Status.RESOLVED, at))


def _reopen(desk: "Lines", incident: str, rest: str, at: int | None = None) -> Outcome:
    return Outcome(desk.change_status_told(incident, Status.INVESTIGATING, at) or "Open again; the clocks run anew.")


def _undo(desk: "Lines", incident: str, rest: str) -> Outcome:
    return Outcome(f"Undone: {clip(first_line(desk.undo(incident)), 160)}")


def _redo(desk: "Lines", incident: str, rest: str) -> Outcome:
    return Outcome(f"Back again: {clip(first_line(desk.redo(incident)), 160)}")


def _timer(desk: "Lines", incident: str, rest: str) -> Outcome:
    length, text = orders.timer(rest)
    desk.start_timer(incident, text, length)
    return DONE


def _ask(desk: "Lines", incident: str, rest: str) -> Outcome:
    who, text, length = orders.ask(rest)
    desk.start_timer(incident, text, length, desk.person(desk.incident(incident), who))
    return DONE


def _answer(desk: "Lines", incident: str, rest: str) -> Outcome:
    timer, words = orders.waiting(desk.incident(incident).timers, rest, ANSWERABLE)
    desk.end_timer(incident, timer.id, "answered", words)
    return DONE


def _end(how: str) -> "Order":
    def order(desk: "Lines", incident: str, rest: str) -> Outcome:
        timer, words = orders.waiting(desk.incident(incident).timers, rest, ENDABLE)
        named = words.casefold() in f"{timer.who} {timer.text}".casefold()  # which one it is, not what came of it
        desk.end_timer(incident, timer.id, how, "" if named else words)
        return DONE

    return order


def _extend(desk: "Lines", incident: str, rest: str) -> Outcome:
    length, words = orders.leading_length(rest, "/extend 10m sam is still reading the logs")
    state = desk.incident(incident)
    running(state)
    timer, reason = orders.waiting(state.timers, words, ENDABLE)
    desk.extend_timer(incident, timer.id, length, reason)
    return DONE


def _set(action: str, form: str) -> "Order":
    def order(desk: "Lines", incident: str, rest: str) -> Outcome:
        name, length, reason = orders.named_length(rest, form)
        desk.set_clock(incident, name, action, reason, length)
        return DONE

    return order


def _hold(action: str, form: str) -> "Order":
    def order(desk: "Lines", incident: str, rest: str) -> Outcome:
        name, reason = orders.named(rest, form)
        desk.set_clock(incident, name, action, reason)
        return DONE

    return order


def _rto(desk: "Lines", incident: str, rest: str) -> Outcome:
    length, reason = orders.leading_length(rest, "/rto 2h order system back")
    desk.set_clock(incident, "rto", "target", reason or "recovery time objective", length)
    return DONE


def _care(desk: "Lines", incident: str, rest: str, at: int | None = None) -> Outcome:
    desk.check_in(incident, rest or "asked how everybody is", "team", at)
    return DONE


def _request(desk: "Lines", incident: str, rest: str, at: int | None = None) -> Outcome:
    audience, text = orders.named(rest, "/request customers when will it be back?")
    desk.request(incident, choice(audience, Audience, "audience"), text, at)
    return DONE


def _tick(desk: "Lines", incident: str, rest: str) -> Outcome:
    """The item that holds the words, or the first open one."""
    items = desk.open_items(desk.incident(incident))
    wanted = rest.strip().casefold()
    fitting = [item for item in items if wanted == item.id] or [
        item for item in items if wanted in item.text.casefold()
    ]
    if not fitting:
        raise Refused("No open item of the checklist holds these words." if wanted else "No item is open.")
    if len(fitting) > 1 and wanted:
        listed = "; ".join(item.text for item in fitting[:4])
        raise Refused(f"Several open items fit: {listed}. Type more of the one that you mean.")
    desk.tick(incident, fitting[0].id)
    return Outcome(f"Ticked: {fitting[0].text}")


def _fact(desk: "Lines", incident: str, rest: str) -> Outcome:
    """Says who still holds older words, where somebody does."""
    behind = drafting.behind(desk.state_fact(incident, *fact_change(rest)))
    names = ", ".join(audience_name(each.audience) for each in behind)
    return Outcome(f"Told something else before: {names}." if behind else "")


def _title(desk: "Lines", incident: str, rest: str) -> Outcome:
    desk.amend(incident, "title", rest)
    return DONE


def _began(desk: "Lines", incident: str, rest: str) -> Outcome:
    if not rest:
        raise Refused("Type when it began, for example: /began 02:30")
    state, now = desk.incident(incident), desk.now()
    at = began_time(rest, now, desk.zone, state)
    desk.amend(incident, "started_at", at, check=Check.FORCED)  # no clock time without its day is that far away
    return Outcome(room.long_before(state, at, now, desk.zone))


def _service(desk: "Lines", incident: str, rest: str) -> Outcome:
    if not rest:
        raise Refused("Type what is hit, with commas, for example: /services Checkout, Search")
    desk.amend(incident, "services", *rest.split(","))
    return DONE


def _mark(mark: str) -> "Order":
    """Marks one's own newest entry."""

    def order(desk: "Lines", incident: str, rest: str) -> Outcome:
        entry = desk.own_last_entry(incident)
        if entry is None:
            raise Refused("You have logged nothing here yet.")
        on = desk.mark(incident, entry.number, mark)
        return Outcome(f"{mark.capitalize() if on else f'No longer {mark}'}: {clip(first_line(entry.text), 80)}")

    return order


def _promises(desk: "Lines", incident: str, rest: str) -> Outcome:
    return Outcome(summary(desk.promises(desk.incident(incident))))


Order = Callable[["Lines", str, str], Outcome]

ORDERS: Final[dict[str, Order]] = {
    "status": _status,
    "sev": _severity,
    "role": _role,
    "assign": _role,
    "handover": _handover,
    "brief": _brief,
    "resolve": _resolve,
    "reopen": _reopen,
    "undo": _undo,
    "redo": _redo,
    "timer": _timer,
    "ask": _ask,
    "answer": _answer,
    "done": _end("done"),
    "drop": _end("dropped"),
    "extend": _extend,
    "snooze": _set("snooze", "/snooze customers 10m waiting for the provider's own notice"),
    "every": _set("every", "/every customers 1h nothing changes before the restore ends"),
    "pause": _hold("pause", "/pause executives they are on the call"),
    "resume": _hold("resume", "/resume executives"),
    "rto": _rto,
    "care": _care,
    "request": _request,
    "tick": _tick,
    "fact": _fact,
    "title": _title,
    "began": _began,
    "services": _service,
    "park": _mark("parked"),
    "pin": _mark("pinned"),
    "promises": _promises,
}
"""Slash commands that write or tell something; the others lead to another place."""

DATED: Final[dict[str, Callable[["Lines", str, str, int | None], Outcome]]] = {
    "status": _status,
    "resolve": _resolve,
    "reopen": _reopen,
    "care": _care,
    "request": _request,
}
"""The same with a time at which it happened."""
