"""A message that is being written: what I typed, what was known when I began, what others changed since.

It knows nothing of widgets; the screen shows it and hands it what is typed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from incident_console.desk import Desk
from incident_console.domain import comms, deadlines, drafting
from incident_console.domain.approvals import Clearance, Standing
from incident_console.domain.comms import BY_CADENCE, Draft, Wish, hidden_from
from incident_console.domain.drafting import LONGEST, Behind, Concern, Seen
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Incident, lookup
from incident_console.domain.sending import SentMessage
from incident_console.domain.templates import FACTS, Template
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import MessageKind, Refused
from incident_console.domain.when import clock_time

NOBODY_CHOSEN = Concern("account", "hint", "", "No key account is chosen: f4.")


@frozen
class View:
    """Everything that the screen says about a draft."""

    draft: Draft
    concerns: tuple[Concern, ...]
    clearance: Clearance
    behind: tuple[Behind, ...]
    """Other audiences that hold older facts."""


class OpenDraft:
    """One message to one audience, as one person writes it."""

    def __init__(self, desk: Desk, incident: Incident, wish: Wish) -> None:
        """Raises Refused when the kind is not meant for the audience, or there is nothing to correct."""
        self.desk = desk
        self.incident = incident
        self.wish = wish
        self.before = self._last_sent()
        """The message that this one follows, or that it corrects."""
        again = self.before.kind if self.before is not None and wish.corrects is not None else None
        self.template: Template = desk.suggested(incident, wish.audience, wish.kind or again)
        self.fields = comms.fields_for(self.template, wish.audience)
        """The fields that the words for this audience use."""
        self.wish = replace(wish, kind=self.template.kind)
        self._base = self._known()
        self.values = dict(self._base)
        self.theirs: dict[str, str] = {}
        """New facts beside words that were changed by hand."""
        self._seen = Seen.of(incident)
        self.promise_words = ""
        """What somebody typed as the time of the next update; empty: the cadence gives it."""
        self.promise_problem = ""
        self.draft()  # refuses now what cannot be written at all

    def _last_sent(self) -> SentMessage | None:
        here = (self.wish.audience, self.wish.account)
        sent = [each for each in self.desk.sent(self.incident.id) if (each.audience, each.account) == here]
        if self.wish.corrects is not None:
            return next((each for each in sent if each.number == self.wish.corrects), None)
        return sent[-1] if sent else None

    def _known(self) -> dict[str, str]:
        """What the fields hold before anybody types: the facts, or the words of the message that is corrected with
        the facts as they are by now."""
        found = self.desk.prefilled(self.incident, self.template, self.wish.audience, self.wish.account)
        if self.wish.corrects is not None and self.before is not None:
            found |= {name: value for name, value in self.before.filled if name in found and name not in FACTS}
            facts = [name for name in found if name in FACTS and name not in hidden_from(self.wish.audience)]
            found |= {name: found[name] or self.incident.fact(name) for name in facts}
        return {name: clean(value).replace("\n", " ") for name, value in found.items()}

    # --- what people type

    def type(self, name: str, value: str) -> None:
        """A field reads like this now."""
        self.values[name] = value
        if self.theirs.get(name) == value:
            self._take(name, value)

    def catch_up(self, values: Mapping[str, str], promise: str) -> bool:
        """What stands in the fields counts, also while word of it is still on its way; returns whether it was news."""
        new = [name for name in self.values if values.get(name, self.values[name]) != self.values[name]]
        for name in new:
            self.type(name, values[name])
        if promise == self.promise_words:
            return bool(new)
        self.promise(promise)
        return True

    def promise(self, words: str) -> None:
        """The next update is promised for this time; text and clock both take it. Empty: by the cadence."""
        self.promise_words, self.promise_problem = words, ""
        if not clean_line(words):
            self.wish = replace(self.wish, next_at=BY_CADENCE)
            return
        try:
            zone = self.desk.zone_of(self.wish.audience)
            self.wish = replace(self.wish, next_at=drafting.promised_time(words, self.desk.now(), zone))
        except Refused as refusal:
            self.promise_problem = str(refusal)

    def rewrite(self, concern: Concern) -> str | None:
        """Put a rewrite in place; returns the new text of its field, or None where there is none."""
        if not concern.field or concern.rewrite is None:
            return None
        value = drafting.rewritten(concern, self.values[concern.field])
        self.type(concern.field, value)
        return value

    # --- what others change

    def follow(self, incident: Incident) -> bool:
        """Take in a new state: untouched fields follow it. Returns whether a field reads differently now."""
        self.incident = incident
        now = self._known()
        values, theirs = drafting.merged_fields(self.values, self._base, now)
        changed = values != self.values
        for name in self.values:
            if name not in theirs:
                self._base[name] = now[name]
        self.values, self.theirs = values, theirs
        return changed

    def _take(self, name: str, value: str) -> None:
        self.theirs.pop(name, None)
        self._base[name] = value

    def accept(self) -> None:
        """What changed meanwhile was seen; words kept by hand are kept on purpose."""
        self._seen = Seen.of(self.incident)
        for name, value in list(self.theirs.items()):
            self._take(name, value)

    def stated(self, draft: Draft) -> None:
        """The words of a draft are the facts now: that is no news to whoever wrote them."""
        impact = lookup(draft.values, "impact")
        if impact and not draft.account:
            self._seen = replace(self._seen, impact=impact)

    # --- what there is to say

    def draft(self, at: int | None = None) -> Draft:
        """The message as it would go out now, or as it went out at an instant, with the times of then.

        Raises Refused for a promise that was none at that instant.
        """
        wish = replace(self.wish, values=tuple(self.values.items()))
        if at is not None and clean_line(self.promise_words):
            zone = self.desk.zone_of(wish.audience)
            wish = replace(wish, next_at=drafting.promised_time(self.promise_words, at, zone))
        return self.desk.drafted(self.incident, wish, self._base, at)

    def view(self, draft: Draft) -> View:
        """What to look at before a draft goes out."""
        changed = drafting.changes(self._seen, self.incident)
        found = self.desk.concerns(self.incident, draft, changed, self.theirs)
        if self.promise_problem:
            found = (Concern("promise", "error", self.promise_words, self.promise_problem), *found)
        if draft.kind == MessageKind.KEY_ACCOUNT and not draft.account:
            found = (*found, NOBODY_CHOSEN)
        others = drafting.others_behind(self.incident, draft)
        return View(draft, found, self.desk.clearance(self.incident, draft), others)

    def cadence_words(self) -> str:
        """When the next word is due by the cadence, for an empty line."""
        if not self.template.promises:
            return "this kind of message promises none"
        next_at = deadlines.promise(self.incident, self.desk.policy, self.wish.audience, self.desk.now())
        if next_at is None:
            return "none by the cadence; 14:30 or +30m promises one"
        return f"{clock_time(next_at, self.desk.zone_of(self.wish.audience))} by the cadence"

    # --- kept while nobody looks

    @property
    def key(self) -> str:
        """Under which name it is put aside."""
        wish = self.wish
        which = f"{wish.audience}:{wish.kind}{f':{wish.account}' if wish.account else ''}"
        return f"compose:{self.incident.id}:{which}{f':#{wish.corrects}' if wish.corrects else ''}"

    def stored(self) -> str:
        """Everything that must outlive a crash, or nothing while nobody has typed."""
        if self.values == self._base and not self.promise_words:
            return ""
        return json.dumps(
            {
                "values": self.values, "base": self._base, "promise": self.promise_words, "next_at": self.wish.next_at,
                "seen": [self._seen.status, self._seen.severity, self._seen.impact],
            }
        )  # fmt: skip

    def restore(self, text: str) -> bool:
        """Take up what was put aside; returns whether there was something. What others changed since is merged in."""
        try:
            kept = json.loads(text or "{}")
            whole = isinstance(kept.get("values"), dict)  # else the fields alone, as earlier versions kept them
            values = _texts(kept["values"] if whole else kept)
            base = _texts(kept.get("base", {})) if whole else {}
        except (ValueError, AttributeError, TypeError, RecursionError):
            return False
        next_at, promise = kept.get("next_at"), _texts(kept).get("promise", "") if whole else ""
        known = {name: value for name, value in values.items() if name in self.values}
        if not known:
            return False
        self.values.update(known)
        self._base |= {name: value for name, value in base.items() if name in self.values}
        self._seen = _read_seen(kept.get("seen")) or self._seen
        if promise and type(next_at) is int and 0 < next_at <= self.desk.now() + LONGEST:
            self.promise_words = clock_time(next_at, self.desk.zone_of(self.wish.audience))
            self.wish = replace(self.wish, next_at=next_at)
        elif promise:
            self.promise(promise)
        self.follow(self.incident)
        return True


def _texts(kept: Mapping[str, Any]) -> dict[str, str]:
    return {name: clean(value) for name, value in kept.items() if isinstance(value, str)}


def _read_seen(kept: object) -> Seen | None:
    """What the writer knew when the draft was put aside; None for anything that is no such thing."""
    match kept:
        case [str(status), int() | None as severity, str(impact)]:
            return Seen(clean_line(status), severity, clean(impact))
        case _:
            return None


def approval_words(clearance: Clearance, desk: Desk) -> str:
    """Who waits for whom; empty where nobody does."""
    approval = clearance.approval
    if clearance.standing is Standing.WANTED:
        return "Approval: needed before this goes out. ctrl+o asks for it."
    if approval is None or clearance.standing is Standing.FREE:
        return ""
    asked = f"asked by {approval.asked_by} at {clock_time(approval.asked_at, desk.zone)}"
    why = f": {approval.reason}" if approval.reason else ""
    match clearance.standing:
        case Standing.GIVEN:
            return f"Approved by {approval.answered_by}{why}."
        case Standing.RETURNED:
            return f"Returned by {approval.answered_by}{why}. Change it, then ctrl+o asks again."
        case Standing.OUTDATED:
            return f"Approval: {asked}, the words changed since. ctrl+o asks again."
        case _:
            return f"Approval: {asked}, nobody answered yet. ctrl+o approves it or gives it back."
