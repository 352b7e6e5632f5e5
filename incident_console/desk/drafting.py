"""Putting a message together: which template, what is known already, what to look at before it goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from incident_console.content.packs import ContentTrouble
from incident_console.desk.base import Base
from incident_console.domain import accounts, approvals, closing, comms, drafting
from incident_console.domain.approvals import Clearance
from incident_console.domain.belied import belied
from incident_console.domain.clock import Zone
from incident_console.domain.comms import BY_CADENCE, Address, Draft, Wish
from incident_console.domain.deadlines import deadlines, interval, promise, unaware_of_resolution
from incident_console.domain.drafting import Concern
from incident_console.domain.finding import Finding
from incident_console.domain.incident import Incident, Sent
from incident_console.domain.templates import Catalog, CommsRules, Template
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Audience, EntryKind, Refused, choice

if TYPE_CHECKING:
    from incident_console.domain.checks.rules import MessageRules


class Drafting(Base):
    """Queries; writing a message changes nothing until it is copied or sent."""

    # --- what the packs say

    @cached_property
    def catalog(self) -> Catalog:
        """Every template in force, read once; broken files are named in it."""
        from incident_console.content.templates import load_catalog

        return load_catalog(self.setting.content)

    @cached_property
    def comms_rules(self) -> CommsRules:
        """Zones, channels, approvals and key accounts of the pack; of a broken one the shipped file takes the place,
        because people must be able to write at once. `check_content` names it."""
        from incident_console.content.comms import load_comms

        try:
            return load_comms(self.setting.content)
        except ContentTrouble as trouble:
            self._comms_trouble = (f"{trouble} The shipped one is used, so no approval is asked for.",)
            return load_comms(None)

    _comms_trouble: tuple[str, ...] = ()

    @cached_property
    def message_rules(self) -> "MessageRules":
        """The rules of the message checks; raises ContentTrouble for a broken pack."""
        from incident_console.content.checks import load_checks

        return load_checks(self.setting.content)

    def check_content(self) -> tuple[str, ...]:
        """Read every pack once: the templates that cannot be used, one sentence each; raises ContentTrouble where
        nothing can go on without the file."""
        _ = self.policy, self.comms_rules, self.message_rules
        return (*self._comms_trouble, *self.catalog.troubles)

    def template(self, kind: str) -> Template:
        """The template of a kind of message; raises Refused with all kinds when there is none."""
        wanted = clean_line(kind).lower().replace("-", "_").replace(" ", "_")
        found = self.catalog.get(wanted)
        if found is None:
            kinds = ", ".join(each.kind for each in self.catalog.templates)
            raise Refused(f"There is no kind of message “{clip(wanted, 40)}”. Use one of: {kinds}.")
        return found

    def zone_of(self, audience: str) -> Zone:
        """The zone in which an audience reads times."""
        name = self.comms_rules.audience(audience).zone
        if not name:
            return self.zone
        from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

        try:
            return Zone(ZoneInfo(name))
        except (ZoneInfoNotFoundError, ValueError):  # checked when it was loaded; this machine may know fewer zones
            return self.zone

    # --- which message

    def waiting_most(self, incident: Incident) -> str:
        """The audience whose deadline is nearest or longest past; after the end, one that was not told yet."""
        clocks = deadlines(incident, self.policy)
        if clocks:
            return clocks[0].name
        return next(iter(unaware_of_resolution(incident)), Audience.INTERNAL)

    def suggested(self, incident: Incident, audience: str, kind: str | None) -> Template:
        """The template for an audience; raises Refused when the kind is not meant for it."""
        wanted = choice(audience, Audience, "audience")
        template = self.template(kind or comms.suggested_kind(incident, wanted))
        if wanted not in template.audiences:
            raise Refused(
                f"Messages of the kind {template.kind} are not meant for {wanted}."
                f" They are for: {', '.join(template.audiences)}."
            )
        return template

    def offered(self, incident: Incident, audience: str) -> tuple[Template, ...]:
        """The templates for an audience, those for the present phase and severity first."""
        phase = "response" if incident.in_response else "learning"
        fitting = [each for each in self.catalog.templates if audience in each.audiences]

        def later(template: Template) -> bool:
            return phase not in template.phases or (incident.severity or 1) not in template.severities

        return tuple(sorted(fitting, key=later))

    def prefilled(self, incident: Incident, template: Template, audience: str, account: str = "") -> dict[str, str]:
        """What the fields hold before anybody types."""
        since = max((sent.at for sent in incident.sent_to(audience)), default=0)
        with self.store.reading():
            impact = self.store.queries.latest(incident.id, (EntryKind.IMPACT,), 0)
            step = self.store.queries.latest(incident.id, (EntryKind.MITIGATION, EntryKind.ACTION), since)
        last = max((sent.at for sent in incident.sent), default=0)
        stated = incident.facts_at
        latest = {"impact": impact.text} if impact is not None and impact.occurred_at > max(last, stated) else {}
        if step is not None and audience == Audience.INTERNAL and step.occurred_at > stated:
            latest["progress"] = step.text
        found = comms.prefilled(template, incident, audience, latest, account)
        if "status_page_url" in found and not found["status_page_url"]:
            found["status_page_url"] = self.comms_rules.status_page_url
        return found

    def compose(self, incident_id: str, wish: Wish) -> Draft:
        """A message as it would go out now; values that are not given are prefilled."""
        return self.drafted(self.incident(incident_id), wish)

    def drafted(
        self, incident: Incident, wish: Wish, known: Mapping[str, str] | None = None, at: int | None = None
    ) -> Draft:
        """The same for a state at hand; `known` are prefilled values that were read already, `at` another present."""
        account = accounts.the_account(incident, wish.account) if wish.account else None
        wish = replace(wish, account=account.name if account is not None else "")
        wrong = corrected(incident, wish)
        kind = wish.kind or (wrong.message_kind if wrong is not None else None)
        template = self.suggested(incident, wish.audience, kind)
        before = self.prefilled(incident, template, wish.audience, wish.account) if known is None else known
        now = self.now() if at is None else at
        address = Address(wish.audience, self._next(incident, template, wish, now), account, wrong)
        values = {**before, **dict(wish.values)}
        return comms.fill(template, incident, address, values, now, self.zone_of(wish.audience))

    def _next(self, incident: Incident, template: Template, wish: Wish, now: int) -> int | None:
        if not template.promises:
            return None
        return promise(incident, self.policy, wish.audience, now) if wish.next_at == BY_CADENCE else wish.next_at

    # --- what to look at

    def asked_about(self, incident: Incident, draft: Draft) -> tuple[Finding, ...]:
        """What the checks ask about the words of a draft."""
        from incident_console.domain.checks.message import check_message
        from incident_console.domain.checks.rules import MessageContext

        outside = draft.audience in comms.OUTSIDE  # inside, the lead is named on purpose
        people = closing.people(incident) if outside else ()
        context = MessageContext(incident.status, people)
        key = (draft.whole, draft.audience, context)
        if self._asked_last is None or self._asked_last[0] != key:  # asked every second while somebody writes
            found = check_message(draft.whole, draft.audience, self.message_rules, context)
            self._asked_last = (key, found if outside else tuple(each for each in found if not _own_label(each)))
        return self._asked_last[1]

    _asked_last: tuple[object, tuple[Finding, ...]] | None = None

    def concerns(
        self, incident: Incident, draft: Draft, changed: Sequence[str] = (), theirs: Mapping[str, str] | None = None,
        at: int | None = None,
    ) -> tuple[Concern, ...]:  # fmt: skip
        """Everything to look at before a draft goes out. `changed`: what is different since its writer began, `theirs`:
        new facts beside words that were kept, `at`: when it went out, where that is long ago."""
        now = self.now() if at is None else at
        step = interval(incident, self.policy, draft.audience)
        asked = self.asked_about(incident, draft)
        zone = self.zone_of(draft.audience)
        return (
            *drafting.concerns(draft, asked, changed, theirs or {}, now, zone),
            *belied(draft, incident, step, now),
        )  # fmt: skip

    def clearance(self, incident: Incident, draft: Draft) -> Clearance:
        """Whether somebody has to approve a draft, and who was asked."""
        needed = self.comms_rules.needs_approval(draft.audience, incident.severity, draft.kind)
        return approvals.clearance(incident, draft, needed)

    def content_troubles(self) -> tuple[str, ...]:
        """What is wrong with the packs, for a line on the screen."""
        try:
            return self.check_content()
        except ContentTrouble as trouble:
            return (str(trouble),)


def _own_label(finding: Finding) -> bool:
    """The label of the severity stands in the subject for people inside, on purpose."""
    return finding.rule == "jargon" and finding.text.upper().startswith("SEV")


def corrected(incident: Incident, wish: Wish) -> Sent | None:
    """The message that a wish corrects; raises Refused when there is none of that number."""
    if wish.corrects is None:
        return None
    same = (sent for sent in incident.sent_to(wish.audience) if sent.account == wish.account)
    found = next((sent for sent in same if sent.number == wish.corrects), None)
    if found is None:
        raise Refused(
            f"{wish.account or wish.audience} got no message #{wish.corrects}. See what went out:"
            f" incident-console messages {incident.reference}"
        )
    return found
