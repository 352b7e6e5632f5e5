"""Messages to the audiences: facts, copies, approvals, and the record of what was sent."""

from pathlib import Path

from incident_console.desk.base import Moment
from incident_console.desk.drafting import Drafting
from incident_console.domain import accounts, approvals, sending
from incident_console.domain import events as e
from incident_console.domain.belied import outdated
from incident_console.domain.comms import Draft
from incident_console.domain.decide import Check
from incident_console.domain.events import Body
from incident_console.domain.incident import Account, Incident
from incident_console.domain.sending import Sending, SentMessage, sent_message
from incident_console.domain.undo import voided
from incident_console.domain.vocabulary import Refused

NOW = Sending()


class Messages(Drafting):
    """Everything between knowing something and somebody having been told."""

    def state_fact(self, incident_id: str, name: str, value: str) -> Incident:
        """Say what a fact is now; every message draws from it."""
        return self._one(incident_id, lambda state, moment: sending.state_fact(state, name, value))

    def copied(self, draft: Draft, how: str) -> Incident:
        """Record that a message was copied for sending, and the facts in it; whether it was sent is another fact."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            copied = e.MessageCopied(draft.audience, draft.kind, how)
            return [(body, moment.now) for body in (*sending.news(state, draft), copied)]

        self._change(draft.incident_id, facts)
        return self.incident(draft.incident_id)

    def write_plain(self, text: str) -> Path:
        """Write a text to a new file that only its owner can read; raises OSError."""
        from incident_console.clipboard import write_plain

        return write_plain(text, self.store.drafts.folder.parent.parent / "messages")

    # --- sent

    def mark_sent(self, draft: Draft, how: Sending = NOW, check: Check = Check.STRICT) -> Incident:
        """Record that a message went out, word for word; the clock of its audience starts again.

        What somebody has to approve and nobody did is refused, or kept as overruled where it is forced.
        """

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            at = moment.now if how.at is None else how.at
            body = self._as_sent(state, moment, draft, how, check)
            news = () if body.past else sending.news(state, draft)  # what was told then is no fact of today
            return [*((fact, moment.now) for fact in news), (body, at)]

        self._change(draft.incident_id, facts)
        return self.incident(draft.incident_id)

    def _as_sent(
        self, state: Incident, moment: Moment, draft: Draft, how: Sending, check: Check, instead_of: str = ""
    ) -> e.MessageSent:
        """The fact that a draft went out, with who approved it. `instead_of`: the id of a message that it replaces."""
        at = moment.now if how.at is None else how.at
        others = (each for each in self.sent(draft.incident_id) if each.id != instead_of)
        last = sending.nearest(others, draft.audience, draft.account, at)
        cleared = self.clearance(state, draft)
        noted = how if cleared.may_go else _without_approval(how, check)
        body = sending.send(draft, state, last, noted, moment.now, moment.zone, check)
        if cleared.standing is approvals.Standing.GIVEN and cleared.approval is not None:
            body = sending.approved(body, cleared.approval.answered_by)
        return body

    def resend(self, incident_id: str, old: SentMessage, how: Sending = NOW, check: Check = Check.STRICT) -> Incident:
        """Record that the words of an earlier message went out once more."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            at = moment.now if how.at is None else how.at
            last = sending.nearest(self.sent(incident_id), old.audience, old.account, at)
            wanted = self.comms_rules.needs_approval(old.audience, state.severity, old.kind)
            noted = how if old.approved_by or not wanted else _without_approval(how, check)
            return [(sending.resend(old, state, last, noted, moment.now, moment.zone, check), at)]

        self._change(incident_id, facts)
        return self.incident(incident_id)

    def outdated(self, incident_id: str, old: SentMessage) -> tuple[str, ...]:
        """What is no longer so in a message that is about to go out once more, a sentence each."""
        return outdated(old, self.incident(incident_id), self.sent(incident_id), self.now())

    def sent(self, incident_id: str) -> tuple[SentMessage, ...]:
        """Every message that went out, word for word, oldest first."""
        with self.store.reading():
            history = self.store.log.state_events(incident_id)
        gone = voided(history)
        found = [
            sent_message(event, event.body)
            for event in history
            if isinstance(event.body, e.MessageSent) and event.id not in gone
        ]
        return tuple(sorted(found, key=lambda message: message.at))

    def correspondence(self, incident_id: str) -> str:
        """Everything that went out, as Markdown."""
        from incident_console.domain.correspondence import correspondence

        return correspondence(self.incident(incident_id), self.sent(incident_id), self.zone)

    def usual_channel(self, incident_id: str, audience: str, copied_as: str = "") -> str:
        """Where messages to an audience went the last time, else what it was copied for, else as the pack says."""
        known = [each.channel for each in self.sent(incident_id) if each.audience == audience and each.channel]
        return known[-1] if known else copied_as or self.comms_rules.audience(audience).channel

    # --- approval

    def ask_approval(self, draft: Draft) -> Incident:
        """Ask for approval; the facts in the words are stated, so that whoever reads them sees the same."""

        def facts(state: Incident, moment: Moment) -> list[tuple[Body, int]]:
            return [(body, moment.now) for body in (*sending.news(state, draft), approvals.ask(state, draft))]

        self._change(draft.incident_id, facts)
        return self.incident(draft.incident_id)

    def asked_words(self, approval_id: str) -> str:
        """The words that somebody wants approved."""
        with self.store.reading():
            event = self.store.log.by_id(approval_id)
        body = event.body if event is not None else None
        return f"{body.subject}\n\n{body.text}" if isinstance(body, e.ApprovalAsked) else ""

    def asked(self, incident_id: str) -> dict[str, e.ApprovalAsked]:
        """The very words that each request for approval is about, by its id."""
        with self.store.reading():
            found = self.store.log.of_kinds(incident_id, (e.ApprovalAsked.kind,))
        return {event.id: event.body for event in found if isinstance(event.body, e.ApprovalAsked)}

    def approve(self, incident_id: str, approval_id: str, reason: str = "") -> Incident:
        """Approve a message; one's own needs a reason."""
        return self._one(incident_id, lambda state, moment: approvals.give(state, approval_id, self.actor, reason))

    def return_message(self, incident_id: str, approval_id: str, reason: str) -> Incident:
        """Give a message back to its writer."""
        return self._one(incident_id, lambda state, moment: approvals.give_back(state, approval_id, reason))

    # --- key accounts

    def list_account(self, incident_id: str, name: str, owner: str = "", tier: str = "") -> Incident:
        return self._one(incident_id, lambda state, moment: accounts.list_account(state, name, owner, tier))

    def note_account(self, incident_id: str, name: str, text: str) -> Incident:
        return self._one(incident_id, lambda state, moment: accounts.note_account(state, name, text))

    def drop_account(self, incident_id: str, name: str) -> Incident:
        return self._one(incident_id, lambda state, moment: accounts.drop_account(state, name))

    def known_accounts(self, incident: Incident) -> tuple[Account, ...]:
        """Key accounts that may be hit, too: those of the pack and of earlier incidents, the latest word counts."""
        with self.store.reading():
            listed = self.store.log.of_kind(e.AccountListed.kind)
        known = {each.name: each for each in self.comms_rules.accounts}
        for event in listed:
            if isinstance(event.body, e.AccountListed):
                known[event.body.name] = Account(event.body.name, event.body.owner, event.body.tier)
        here = {each.name.casefold() for each in incident.accounts}
        return tuple(account for name, account in sorted(known.items()) if name.casefold() not in here)


def _without_approval(how: Sending, check: Check) -> Sending:
    """Sent all the same: that is kept. Raises Refused unless the person said that they know."""
    if check is Check.STRICT and "approval" not in how.overruled:
        raise Refused(
            "Nobody has approved this message yet. Ask for approval; to record it as sent all the same, confirm it once"
            " more (on the command line with --force)."
        )
    return Sending(how.at, how.channel, tuple(dict.fromkeys((*how.overruled, "approval"))))
