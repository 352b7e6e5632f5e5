"""One typed line carried out: the same language on the live screen and in the plain line mode."""

from typing import Final

from incident_console.desk.line_orders import DATED, DONE, ORDERS, Outcome
from incident_console.desk.messages import Messages
from incident_console.desk.response import Logged, Response
from incident_console.desk.room import Room
from incident_console.domain import causetalk, room
from incident_console.domain.clock import Zone
from incident_console.domain.decide import Check, added_late, possible_time
from incident_console.domain.incident import Incident
from incident_console.domain.logline import LineCommand, NewEntry, read_line
from incident_console.domain.text import clip
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import Audience, EntryKind, OddTime, Refused, Status, choice
from incident_console.domain.when import day_time, full_time, stamp


class Lines(Response, Room, Messages):
    """Reads a line and carries it out; raises Refused or StorageTrouble and then nothing was saved."""

    def carry_out(self, incident_id: str, line: str, undo: str = "/undo") -> Outcome:
        """`undo`: what takes it back where the person types."""
        incident = self.incident(incident_id)
        read = read_line(line, self.now(), self.zone, incident)
        if isinstance(read, NewEntry):
            return self._log_line(incident, read, undo)
        outcome = self._obey(incident, read)
        late = _late(incident, 1, undo) if outcome == DONE else ""
        return Outcome(late) if late and not self.incident(incident_id).is_open else outcome

    def _obey(self, incident: Incident, read: LineCommand) -> Outcome:
        if read.at is not None:
            return DATED[read.name](self, incident.id, read.rest, read.at)
        order = ORDERS.get(read.name)
        return order(self, incident.id, read.rest) if order is not None else _elsewhere(incident, read)

    def log_lines(self, incident_id: str, text: str, undo: str = "/undo") -> Outcome:
        """A pasted text as one entry a line, each at its own leading time; all of them or none. `undo`: what takes it
        back where the person types."""
        from incident_console.domain.transcript import entries_of

        incident = self.incident(incident_id)
        entries = entries_of(text, self.now(), self.zone, incident)
        if not entries:
            raise Refused("There is nothing to log yet. Paste or type what happened.")
        self._possible(incident, entries)
        self.log_all(incident_id, [Logged(each.text, each.kind, each.at) for each in entries])
        stated = [each.at for each in entries if each.at is not None]
        span = f", from {full_time(min(stated), self.zone)} to {full_time(max(stated), self.zone)}" if stated else ""
        return Outcome(_joined(f"{len(entries)} entries saved{span}.", _late(incident, len(entries), undo)))

    def _possible(self, incident: Incident, entries: tuple[NewEntry, ...]) -> None:
        """Refuses a paste with an impossible time, and names the line."""
        now = self.now()
        for place, each in enumerate(entries, 1):
            try:
                possible_time(incident, each.at if each.at is not None else now, now, self.zone, Check.STRICT)
            except OddTime as odd:
                raise Refused(f"Entry {place} of {len(entries)}: {odd} Nothing was saved.") from odd

    def _log_line(self, incident: Incident, read: NewEntry, undo: str) -> Outcome:
        text = self.evidence(read.text) if read.kind == EntryKind.EVIDENCE else read.text
        self.log(incident.id, Logged(text, read.kind, read.at))
        late = _late(incident, 1, undo, "" if read.at is None else day_time(read.at, self.now(), self.zone))
        if read.kind == EntryKind.EVIDENCE and text == read.text and self.is_missing(text):
            return Outcome(_joined(late, f"No such file here: {clip(text, 80)}. It was logged as words."))
        asked = early(incident, read.at, self.now(), self.zone, undo)
        return Outcome(_joined(late, asked or causetalk.hint(incident, text)))

    def own_last_entry(self, incident_id: str) -> Entry | None:
        """The newest entry that the person at this keyboard logged."""
        with self.store.reading():
            return self.store.queries.newest_of(incident_id, self.actor)

    def change_status_told(self, incident_id: str, status: str, at: int | None = None) -> str:
        """Change the status; returns what there is to say: what it leaves open behind it."""
        before = self.incident(incident_id)
        left = self.left_open(before, status) if status in set(Status) else ()
        self.change_status(incident_id, status, at)
        if not left:
            return ""
        named = "; ".join(item.text for item in left[:3])
        return f"Still open from before: {named}{f' and {len(left) - 3} more' if len(left) > 3 else ''} (t ticks)"


def _elsewhere(incident: Incident, read: LineCommand) -> Outcome:
    """A command that leads to another place; what cannot be done there is refused here, before anybody goes."""
    if read.name == "update" and read.rest:
        choice(read.rest, Audience, "audience")
    if read.name in BEFORE_CLOSING:
        BEFORE_CLOSING[read.name](incident)
    return Outcome(place=read.name, rest=read.rest)


BEFORE_CLOSING: Final = {"escalate": room.may_call, "triage": room.may_look_again}
"""Commands whose place is of no use once the incident is closed, and who says so."""


def _late(incident: Incident, lines: int, undo: str, when: str = "") -> str:
    """What to say after lines for a closed incident; empty for others."""
    return "" if incident.is_open else added_late(incident.reference, lines, undo, when)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def early(incident: Incident, at: int | None, now: int, zone: Zone, undo: str) -> str:
    """The question about an entry that is said to have happened before the incident began; empty for others."""
    if at is None or at >= incident.began_at or incident.imported:
        return ""
    stated, began = stamp(at, now, zone), stamp(incident.began_at, now, zone)
    return f"{stated} is before it began ({began}). Meant so? {undo} takes it back, /began {stated} moves the start."
