"""The room: decisions with their options, escalation, handing over, evidence, marks, checklists, amendments."""

import errno
import os
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Final

from incident_console.desk.base import Moment
from incident_console.desk.clocks import Clocks
from incident_console.domain import checklists, decide, orders, room
from incident_console.domain import events as e
from incident_console.domain.checklists import Checklists, Item
from incident_console.domain.deadlines import clocks, unaware_of_resolution
from incident_console.domain.decide import Check
from incident_console.domain.events import Body
from incident_console.domain.handover import Known, brief
from incident_console.domain.incident import Incident, with_pair
from incident_console.domain.room import Decision, Escalation
from incident_console.domain.timeline import Entry
from incident_console.domain.vocabulary import EntryKind, Refused, Role, choice

LARGEST_FILE: Final = 64 << 20
"""Bytes of a file that are read for its hash: enough for logs, and done before anybody notices."""

QUESTIONS: Final = (EntryKind.QUESTION, EntryKind.HYPOTHESIS)


class Room(Clocks):
    """Writes that need more than one line. Each saves before it returns, or raises and saves nothing."""

    def record_decision(self, incident_id: str, wish: Decision) -> Incident:
        """Record a decision with the options that were on the table."""
        return self._one(incident_id, lambda state, moment: room.decide_between(state, wish, moment.now, moment.zone))

    def escalate(self, incident_id: str, wish: Escalation) -> str:
        """Call somebody in; returns the message to send. A clock for the answer starts."""
        policy, told = self.policy, list[e.Escalated]()

        def fact(state: Incident, moment: Moment) -> Body:
            body = room.escalate(state, wish, policy.habits.acknowledge * 1_000_000, moment.now)
            told.append(body)
            return body

        incident = self._one(incident_id, fact)
        return room.escalation_message(incident, told[-1], self.zone)

    def next_to_call(self, incident: Incident) -> str:
        """Who is next on the escalation path."""
        return room.next_on_path(incident, self.policy.habits.escalation_path)

    def amend(self, incident_id: str, name: str, *values: str | int, check: Check = Check.STRICT) -> Incident:
        """Title, services, flows, tags, channel or a milestone read differently now."""
        return self._one(incident_id, lambda state, moment: room.amend(state, name, values, moment.now, check))

    # --- handing over

    def brief(self, incident: Incident) -> str:
        """Where things stand, for whoever takes over."""
        with self.store.reading():
            questions = self.store.queries.newest(incident.id, QUESTIONS, 5)
            decisions = self.store.queries.newest(incident.id, (EntryKind.DECISION,), 3)
            latest = self.store.queries.newest(incident.id, (), 5)
            impact = self.store.queries.latest(incident.id, (EntryKind.IMPACT,), 0)
        words = incident.fact("impact") or (impact.text if impact is not None else "")
        untold = unaware_of_resolution(incident)
        known = Known(clocks(incident, self.policy), questions, decisions, latest, words, untold)
        return brief(incident, known, self.now(), self.zone)

    def hand_over(self, incident_id: str, role: str, name: str) -> tuple[Incident, str]:
        """Give a role to somebody else; returns the incident and the brief for them."""
        incident = self.incident(incident_id)
        person = self.person(incident, name)
        words = self.brief(replace(incident, roles=with_pair(incident.roles, choice(role, Role, "role"), person)))

        def fact(state: Incident, moment: Moment) -> Body:
            if not person:
                raise Refused("Say who takes over, for example: /handover ic Ana")
            return decide.assign(state, role, person, words)

        return self._one(incident_id, fact), words

    def people(self, incident: Incident) -> tuple[str, ...]:
        """Everybody who is known in this incident: who has a role, who was asked, who wrote."""
        roles = [part.strip() for _, name in incident.roles for part in name.split(",")]
        asked = [timer.who for timer in incident.timers]
        with self.store.reading():
            writers = self.store.queries.people(incident.id)
        return tuple(dict.fromkeys(name for name in (*roles, *asked, *writers, self.actor) if name))

    def person(self, incident: Incident, name: str) -> str:
        """Who is meant by a name; raises Refused when it fits several people of this incident."""
        return orders.person(name, self.people(incident)) if name.strip() else ""

    def give_role(self, incident_id: str, role: str, name: str) -> Incident:
        """Give a role to a known or new person; several investigators stand with commas."""
        incident = self.incident(incident_id)
        names = name.split(",") if choice(role, Role, "role") == Role.INVESTIGATORS else [name]
        people = ", ".join(self.person(incident, each) for each in names if each.strip())
        return self._one(incident_id, lambda state, moment: decide.assign(state, role, people))

    # --- entries

    def mark(self, incident_id: str, number: int, mark: str) -> bool:
        """Pin an entry as a key moment, or park it for the postmortem; again takes the mark off. Returns which."""
        body: list[e.Marked] = []

        def fact(state: Incident, moment: Moment) -> Body:
            body.append(room.mark(self.entry(incident_id, number), mark))
            return body[-1]

        self._one(incident_id, fact)
        return body[-1].on

    def attach_last(self, incident_id: str, number: int) -> Entry:
        """Attach the newest piece of evidence to an entry; returns the evidence."""
        row = self.entry(incident_id, number)
        with self.store.reading():
            found = self.store.queries.newest(incident_id, (EntryKind.EVIDENCE,), 1)
        if not found or found[-1].event_id == row.event_id:
            raise Refused("There is no evidence to attach. Log it first: /evidence a link, a file, or pasted lines")
        self._one(incident_id, lambda state, moment: e.Linked(row.event_id, found[-1].event_id))
        return found[-1]

    def evidence(self, text: str) -> str:
        """The words of a piece of evidence: a file's name gets its size and hash, anything else stays as it is.

        Raises Refused for a file that is there and cannot be read.
        """
        path = _full_path(text) if _may_be_path(text) else None
        try:
            if path is None or not path.is_file():
                return text
            size = path.stat().st_size
            part = f" of the first {LARGEST_FILE} bytes" if size > LARGEST_FILE else ""
            return f"{text.strip()} ({size} bytes, sha256{part} {_hash(path)})"
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                return text  # no file can have this name, so it is something else
            raise Refused(f"{text.strip()} was not read: {error.strerror}. Name a file that you may read.") from error

    def is_missing(self, text: str) -> bool:
        """Whether a text reads like the name of a file that is not there."""
        word = text.strip()
        try:
            return _may_be_path(word) and not set(" ?=&") & set(word) and not _full_path(word).exists()
        except OSError:
            return False

    # --- checklists

    @cached_property
    def checklists(self) -> Checklists:
        """The checklists in force; raises ContentTrouble for a broken pack."""
        from incident_console.content.checklists import load_checklists

        return load_checklists(self.setting.content)

    def open_items(self, incident: Incident) -> tuple[Item, ...]:
        """What is not ticked up to the present phase, the present phase first."""
        return checklists.open_items(
            self.checklists, incident.status, incident.severity, checklists.done(incident)
        )  # fmt: skip

    def left_open(self, incident: Incident, status: str) -> tuple[Item, ...]:
        """What a change of status would leave open behind it."""
        return checklists.left_open(
            self.checklists, incident.status, status, incident.severity, checklists.done(incident)
        )  # fmt: skip

    def done_items(self, incident: Incident) -> frozenset[str]:
        """Ids of what is done: ticked by somebody, or evident."""
        return checklists.done(incident)

    def all_items(self, incident: Incident) -> tuple[tuple[str, tuple[Item, ...]], ...]:
        """(title of the phase, its items) for everything that is meant for this severity."""
        level = incident.severity or 1
        return tuple(
            (phase.title, tuple(item for item in phase.items if level in item.severities))
            for phase in self.checklists.phases
        )

    def tick(self, incident_id: str, item_id: str) -> Incident:
        """Tick an item off; raises Refused when somebody did it already."""
        return self._one(incident_id, lambda state, moment: room.tick(state, self._item(item_id)))

    def open_again(self, incident_id: str, item_id: str) -> Incident:
        """Take a tick back."""
        return self._one(incident_id, lambda state, moment: room.open_again(state, self._item(item_id)))

    def _item(self, item_id: str) -> Item:
        for phase in self.checklists.phases:
            for item in phase.items:
                if item.id == item_id:
                    return item
        raise Refused("This item is in no checklist.")


def _may_be_path(text: str) -> bool:
    word = text.strip()
    return "\n" not in word and len(word) < 1000 and word.startswith(("/", "~/", "./", "../"))


def _full_path(text: str) -> Path:
    """`~` is resolved as far as a home is known; otherwise the words stay, because they need not be a path."""
    return Path(os.path.expanduser(text.strip()))


def _hash(path: Path) -> str:
    """sha256 of a file, read in pieces; of at most LARGEST_FILE bytes."""
    import hashlib  # a large file goes through it several times as fast as through the small one

    digest = hashlib.sha256()
    left = LARGEST_FILE
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(1 << 20, left))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()
