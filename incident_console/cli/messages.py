"""`update`: the next message to an audience, on standard output; what to know about it, on standard error.

What went out, and who approves it, is `cli/sent.py`'s affair."""

import shlex
import sys
from collections.abc import Callable

import click

from incident_console.cli.common import Session, aside, at, decoded, pass_session, print_json, show
from incident_console.cli.write import AT, checking, stated
from incident_console.domain.accounts import the_account
from incident_console.domain.approvals import Clearance, Standing, latest
from incident_console.domain.comms import BY_CADENCE, Draft, Wish
from incident_console.domain.drafting import Behind, Concern, others_behind, overruled, promised_time
from incident_console.domain.events import Pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import Approval, Incident, lookup
from incident_console.domain.rows import message_name
from incident_console.domain.sending import Sending
from incident_console.domain.templates import FACTS
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Audience, Refused, audience_name, choice, readers_name
from incident_console.domain.when import full_time

AUDIENCE = click.option(
    "--audience", required=True, metavar="A", help="internal, support, customers, executives or key_accounts."
)
CHANNEL = click.option("--channel", metavar="C", help="Where it goes, such as email; left out, the usual one.")


@frozen
class Prepared:
    """A message and everything to be said about it."""

    incident: Incident
    """As it was when the message was put together."""
    draft: Draft
    concerns: tuple[Concern, ...]
    clearance: Clearance
    behind: tuple[Behind, ...]
    """The other audiences that were told something else than this message says."""
    channel: str
    form: str
    whole: str
    """The text in its form, as it is shown and copied."""


@click.command(short_help="Write the next message to an audience; copy it, record it as sent.")
@click.argument("ref", required=False)
@AUDIENCE
@click.option("--kind", metavar="K", help="initial, update, status_page and so on; left out, the fitting one.")
@click.option("--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="Fill in a field; may be repeated.")
@click.option("--approved", is_flag=True, help="Take the words that somebody approved.")
@click.option("--next", "promise", metavar="TIME", help="When the next word comes: 14:30, +30m, or none.")
@click.option("--account", default="", metavar="NAME", help="The key account it goes to.")
@click.option("--correct", "corrects", type=click.IntRange(min=1), metavar="N", help="It corrects message N.")
@click.option("--form", default="plain", metavar="F", help="plain, email, chat, slack or status_page.")
@CHANNEL
@click.option("--copy", "copying", is_flag=True, help="Copy it to the clipboard.")
@click.option("--sent", is_flag=True, help="Record it as sent; the audience's clock starts again.")
@AT
@click.option("--ask-approval", "asking", is_flag=True, help="Ask somebody to approve it.")
@click.option("--force", is_flag=True, help="Record it although something is missing or odd.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@pass_session
def update(
    session: Session, ref: str | None, audience: str, kind: str | None, pairs: tuple[str, ...], approved: bool,
    promise: str | None, account: str, corrects: int | None, form: str, channel: str | None, copying: bool, sent: bool,
    when: str | None, asking: bool, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the next message to an audience; copy it, record it as sent.

    The text goes to standard output; what is missing and what to look at goes to standard error.
    """
    if asking and sent:
        raise Refused("Ask for approval first, and record the message as sent once somebody has given it.")
    incident, whom = session.desk.find(ref), choice(decoded(audience), Audience, "audience")
    customer = _account(incident, whom, account)
    at = stated(session, when, None if incident.is_open else incident)
    then = None if incident.is_open else at
    request = _approved(session, incident, whom, kind, customer) if approved else None
    values = (*(_words(session, request) if request is not None else ()), *map(_pair, pairs))
    promised = _next(session, promise, whom, then)
    wish = Wish(whom, decoded(kind) if kind else None, values, promised, customer, corrects)
    prepared = _prepare(session, incident, wish, form, channel, request, then)
    if sent:  # saved before it is shown, so that what is shown as sent was saved
        _record(session, prepared, at, force)
    elif asking:
        prepared = _ask(session, prepared)
    _tell(prepared, "sent" if sent else "draft", as_json)
    if copying:
        _copy(session, prepared)
    if sent:
        _told(session, prepared)


# --- what was asked for


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = decoded(text).partition("=")
    if not sign:
        raise Refused(f'“{name[:40]}” is not FIELD=VALUE. For example: --set impact="payments are rejected"')
    return name.strip(), value


def _next(session: Session, promise: str | None, audience: str, then: int | None) -> int | None:
    """The time on the wall of the readers: it stands in the text as it is typed. `then`: when it was promised, for
    what went out long ago."""
    desk = session.desk
    now = desk.now() if then is None else then
    return BY_CADENCE if promise is None else promised_time(decoded(promise), now, desk.zone_of(audience))


def _account(incident: Incident, audience: str, name: str) -> str:
    """The key account as the list spells it; empty for none."""
    if name and audience != Audience.KEY_ACCOUNTS:
        raise Refused(f"--account is for --audience key_accounts. Leave it out for {audience}.")
    return the_account(incident, name).name if name else ""


def _approved(session: Session, incident: Incident, audience: str, kind: str | None, account: str) -> Approval:
    """The request that somebody approved; raises Refused when there is none."""
    template = session.desk.suggested(incident, audience, decoded(kind) if kind else None)
    found = latest(incident, audience, template.kind, account)
    if found is None or found.state != "given":
        raise Refused(
            f"Nobody has approved a message to {audience} ({message_name(template.kind)}). See who waits:"
            f" incident-console approvals {incident.reference}"
        )
    return found


def _words(session: Session, request: Approval) -> Pairs:
    """What was approved for every field; empty ones stay empty, whatever is known by now."""
    fields = session.desk.template(request.message_kind).fields
    return tuple((field.name, lookup(request.filled, field.name)) for field in fields)


# --- what comes of it


def _prepare(
    session: Session, incident: Incident, wish: Wish, form: str, channel: str | None, request: Approval | None,
    then: int | None,
) -> Prepared:  # fmt: skip
    """`then`: the present of its words, for what went out before the incident was closed; None: now."""
    desk = session.desk
    for trouble in desk.check_content():
        aside(trouble)
    draft = desk.drafted(incident, wish, at=then)
    theirs = _newer(incident, request, draft) if request is not None else {}
    found = desk.concerns(incident, draft, (), theirs, then)
    place = desk.usual_channel(incident.id, draft.audience) if channel is None else decoded(channel)
    name, whole = _in_form(session, draft, form)
    others = others_behind(incident, draft)
    return Prepared(incident, draft, found, desk.clearance(incident, draft), others, place, name, whole)


def _newer(incident: Incident, request: Approval, draft: Draft) -> dict[str, str]:
    """Facts that read differently now than in approved words, where facts were stated since approval was asked for."""
    if incident.facts_at <= request.asked_at:
        return {}
    known = ((name, value, incident.fact(name)) for name, value in draft.values if name in FACTS)
    return {name: now for name, value, now in known if now and now != value}


def _in_form(session: Session, draft: Draft, form: str) -> tuple[str, str]:
    """(form, text); raises Refused for a form that the message does not have."""
    from incident_console.domain.forms import written

    wanted = clean_line(decoded(form)).lower().replace("-", "_").replace(" ", "_")
    if wanted == "plain":
        return wanted, draft.whole
    there = session.desk.template(draft.kind).forms
    if wanted not in there:
        raise Refused(f"There is no form “{clip(wanted, 40)}” of this message. Use one of: {', '.join(there)}.")
    return wanted, written(draft.subject, draft.text, wanted).whole


def _record(session: Session, prepared: Prepared, at: int | None, force: bool) -> None:
    """What was asked about and sent all the same is kept; that something is missing only when it was forced."""
    rules = tuple(rule for rule in overruled(prepared.concerns) if force or rule != "missing")
    session.desk.mark_sent(prepared.draft, Sending(at, prepared.channel, rules), checking(force))


def _ask(session: Session, prepared: Prepared) -> Prepared:
    incident, draft = session.desk.ask_approval(prepared.draft), prepared.draft
    return Prepared(
        incident, draft, prepared.concerns, session.desk.clearance(incident, draft), prepared.behind, prepared.channel,
        prepared.form, prepared.whole,
    )  # fmt: skip


# --- what is said


def _tell(prepared: Prepared, state: str, as_json: bool) -> None:
    """The text, then what is missing and what to look at, one line each."""
    if as_json:
        print_json(_json(prepared, state))
    else:
        show(prepared.whole)
    for field in prepared.draft.missing:
        aside(f"Missing: {field.label}. Fill it in with --set {field.name}=TEXT, for example: {field.example}")
    for concern in prepared.concerns:
        if concern.rule != "missing":  # said above, field by field
            aside(_concern(concern))
    if state == "draft" and (words := _standing(prepared)):
        aside(words)
    for each in prepared.behind:
        aside(told_otherwise(prepared.incident, each))


def told_otherwise(incident: Incident, each: Behind) -> str:
    """Who holds older words, and the command that writes to them."""
    facts = ", ".join(name.replace("_", " ") for name in each.facts)
    which = f" --account {shlex.quote(each.account)}" if each.account else ""
    who = f"{each.account} was" if each.account else f"{audience_name(each.audience)} were"
    return (
        f"{who} last told something else about: {facts}. Follow up with:"
        f" incident-console update {incident.reference} --audience {each.audience}{which}"
    )


def _concern(concern: Concern) -> str:
    words = f" “{clip(clean_line(concern.words), 80)}”" if concern.words else ""
    instead = f" Instead: “{clean_line(concern.rewrite)}”" if concern.rewrite else ""
    return f"{concern.severity} {concern.rule}{words}: {concern.advice}{instead}"


def _standing(prepared: Prepared) -> str:
    """Who waits for whom, in one sentence; empty when nobody has to approve it."""
    request, reference = prepared.clearance.approval, prepared.incident.reference
    match prepared.clearance.standing:
        case Standing.WANTED:
            return "Somebody has to approve this message before it goes out. Ask for it with --ask-approval."
        case Standing.OUTDATED:
            return "The words are not those that approval was asked for. Ask for it again with --ask-approval."
        case Standing.ASKED if request is not None:
            return f"{request.asked_by} waits for approval of this message: incident-console approve {reference}"
        case Standing.GIVEN if request is not None:
            return f"{request.answered_by} approved this message."
        case Standing.RETURNED if request is not None:
            return f"{request.answered_by} returned this message: {request.reason}"
        case _:
            return ""


def _told(session: Session, prepared: Prepared) -> None:
    draft, zone = prepared.draft, session.desk.zone
    due = full_time(draft.next_at, zone) if draft.next_at is not None else "none"
    after = session.desk.incident(draft.incident_id)
    clock = f"Next update due: {due}" if after.is_open else f"{after.reference} is closed, so no clock starts."
    sent = after.sent[-1]  # two drafts at once: the record has the number
    aside(f"{readers_name(sent.audience, sent.account)} #{sent.number} recorded as sent. {clock}")


def _json(prepared: Prepared, state: str) -> dict[str, object]:
    draft = prepared.draft
    return {
        "reference": prepared.incident.reference,
        "audience": draft.audience,
        "kind": draft.kind,
        "number": draft.number,
        "state": state,
        "subject": draft.subject,
        "text": draft.text,
        "form": prepared.form,
        "whole": prepared.whole,
        "fields": dict(draft.values),
        "missing": [field.name for field in draft.missing],
        "next_update_at": at(draft.next_at),
        "channel": prepared.channel or None,
        "account": draft.account or None,
        "corrects": draft.corrects,
        "concerns": list(map(_concern_json, prepared.concerns)),
        "behind": [{"audience": each.audience, "facts": list(each.facts)} for each in prepared.behind],
        "approval": _approval_json(prepared.clearance),
    }


def _concern_json(concern: Concern) -> dict[str, object]:
    return {
        "rule": concern.rule,
        "severity": concern.severity,
        "text": concern.words,
        "advice": concern.advice,
        "field": concern.field or None,
        "rewrite": concern.rewrite,
    }


def _approval_json(clearance: Clearance) -> dict[str, object] | None:
    request = clearance.approval
    if request is None and clearance.standing is Standing.FREE:
        return None
    return {
        "state": clearance.standing.value,
        "asked_by": request.asked_by if request is not None else None,
        "asked_at": at(request.asked_at) if request is not None else None,
        "answered_by": (request.answered_by or None) if request is not None else None,
        "reason": (request.reason or None) if request is not None else None,
    }


# --- copying


def _copy(session: Session, prepared: Prepared) -> None:
    from incident_console.clipboard import CopyState, copy

    result = copy(prepared.whole, session.environment, _terminal_writer())
    if result.state is not CopyState.FAILED:
        session.desk.copied(prepared.draft, f"{result.how}, {result.state}")
    aside(result.sentence)


def _terminal_writer() -> Callable[[str], None] | None:
    """How to reach the terminal besides the printed text; None when there is none."""
    if not sys.stderr.isatty():
        return None

    def write(sequence: str) -> None:
        sys.stderr.write(sequence)
        sys.stderr.flush()

    return write
