"""What went out to whom, word for word, and who approves what. Writing a message is `cli/messages.py`'s affair."""

import json
import shlex
import textwrap
from collections.abc import Sequence
from pathlib import Path

import click

from incident_console.cli.common import SCHEMA, Session, aside, at, decoded, pass_session, print_json, show
from incident_console.cli.messages import AUDIENCE
from incident_console.cli.write import AT, checking, stated
from incident_console.desk import Desk
from incident_console.domain import events as e
from incident_console.domain.approvals import waiting
from incident_console.domain.correspondence import correspondence, headline, remarks
from incident_console.domain.incident import Approval, Incident, readers
from incident_console.domain.rows import message_name
from incident_console.domain.sending import Sending, SentMessage
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Audience, Refused, choice, readers_name
from incident_console.domain.when import full_time

SOME_AUDIENCE = click.option("--audience", metavar="A", help="Only this one; left out, all of them.")
ACCOUNT = click.option("--account", metavar="NAME", help="Which key account, where it may be several.")
KIND = click.option("--kind", metavar="K", help="Which kind of message, where several wait.")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")


def audience_of(word: str | None) -> str | None:
    """The audience somebody typed; None stays None."""
    return None if word is None else choice(decoded(word), Audience, "audience")


# --- what went out


@click.command(short_help="What went out to whom, word for word; export it.")
@click.argument("ref", required=False)
@SOME_AUDIENCE
@AS_JSON
@click.option("--output", metavar="FILE", help="Write it to a new file: Markdown, or JSON with --json.")
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
@pass_session
def messages(
    session: Session, ref: str | None, audience: str | None, as_json: bool, output: str | None, force: bool
) -> None:
    """What went out to whom, word for word, oldest first; export it."""
    from incident_console.desk.files import write

    desk, incident, whom = session.desk, session.desk.find(ref), audience_of(audience)
    found = [each for each in desk.sent(incident.id) if whom in (None, each.audience)]
    document = {"reference": incident.reference, "messages": list(map(_message_json, found))}
    if output is not None and output != "-":
        text = (
            json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False, indent=2) + "\n"
            if as_json
            else correspondence(incident, found, desk.zone)
        )
        from incident_console.cli.postmortem_documents import saved

        show(f"Written to {saved(lambda: write(Path(output), text, checking(force)))}")
    elif as_json:
        print_json(document)
    else:
        _print(desk, incident, found, whom)


def _print(desk: Desk, incident: Incident, found: Sequence[SentMessage], audience: str | None) -> None:
    """Each message under its headline; its words are set in, so that they cannot pass for a headline."""
    for place, message in enumerate(found):
        if place:
            show()
        show(headline(message, desk.zone))
        for remark in remarks(message, desk.zone):
            show(remark)
        show(textwrap.indent(f"\n{message.whole}", "  "))
    if not found:
        to = f" to {audience}" if audience is not None else ""
        aside(f"Nothing was sent{to} yet. Write something with: incident-console update {incident.reference}")


def _message_json(message: SentMessage) -> dict[str, object]:
    return {
        "number": message.number,
        "audience": message.audience,
        "account": message.account or None,
        "kind": message.kind,
        "at": at(message.at),
        "recorded_at": at(message.recorded_at),
        "actor": message.actor or None,
        "channel": message.channel or None,
        "subject": message.subject,
        "text": message.text,
        "next_update_at": at(message.next_at),
        "corrects": message.corrects,
        "resends": message.resends,
        "approved_by": message.approved_by or None,
        "overruled": list(message.overruled),
        "fields": dict(message.filled),
    }


@click.command(short_help="Record that the words of an earlier message went out once more.")
@click.argument("words", nargs=-1, required=True, metavar="[REF] N")
@AUDIENCE
@ACCOUNT
@click.option("--channel", metavar="C", help="Where it went this time; left out, where it went before.")
@AT
@click.option("--force", is_flag=True, help="Record it although it went out a moment ago or the time is odd.")
@AS_JSON
@pass_session
def resend(
    session: Session, words: tuple[str, ...], audience: str, account: str | None, channel: str | None,
    when: str | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Record that the words of an earlier message went out once more, and print them.

    N is the number that `messages` prints behind the audience.
    """
    ref, number = _numbered(words)
    desk, incident, whom = session.desk, session.desk.find(ref), choice(decoded(audience), Audience, "audience")
    old = _of_number(desk, incident, whom, number, account)
    place = old.channel if channel is None else decoded(channel)
    outdated = desk.outdated(incident.id, old)
    desk.resend(incident.id, old, Sending(stated(session, when, incident), place), checking(force))
    same = (whom, old.account, number)
    new = next(e for e in reversed(desk.sent(incident.id)) if (e.audience, e.account, e.resends) == same)
    if as_json:
        print_json({"reference": incident.reference, **_message_json(new)})
    else:
        show(new.whole)
    for sentence in outdated:
        aside(sentence)
    aside(f"{readers_name(whom, new.account)} #{new.number} recorded as sent: the words of #{number} once more.")


def _numbered(words: tuple[str, ...]) -> tuple[str | None, int]:
    """The reference, if there is one, and the number of the message."""
    number = decoded(words[-1]).removeprefix("#")
    if len(words) > 2 or not (number.isascii() and number.isdecimal()) or len(number) > 9:
        raise Refused(
            "Type the number of the message, for example: incident-console resend INC-7 2 --audience internal"
        )
    return (words[0] if len(words) == 2 else None), int(number)


def _of_number(desk: Desk, incident: Incident, audience: str, number: int, account: str | None) -> SentMessage:
    """The last message of a number; raises Refused when there is none, or where each key account has one."""
    sent = (each for each in desk.sent(incident.id) if (each.audience, each.number) == (audience, number))
    found = [each for each in sent if _is_named(account, each.account)]
    if not found:
        raise Refused(
            f"{audience} got no message #{number}. See what went out: incident-console messages {incident.reference}"
        )
    names = sorted({each.account for each in found})
    if len(names) > 1:
        raise Refused(f"Several key accounts got a message #{number}: {clip(', '.join(names), 200)}. Add --account.")
    return found[-1]


def _is_named(typed: str | None, account: str) -> bool:
    """Whether somebody meant this key account; where nobody named one, any."""
    return typed is None or clean_line(typed).casefold() == account.casefold()


# --- approval


@click.command(short_help="Approve a message that waits for it; one's own needs a reason.")
@click.argument("ref", required=False)
@SOME_AUDIENCE
@KIND
@ACCOUNT
@click.option("--reason", default="", metavar="TEXT", help="Why; needed for a message that you wrote yourself.")
@AS_JSON
@pass_session
def approve(
    session: Session, ref: str | None, audience: str | None, kind: str | None, account: str | None, reason: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Approve a message that waits for it; one's own needs a reason.

    `approvals` shows its words.
    """
    incident = session.desk.find(ref)
    request = _waiting(incident, audience_of(audience), kind, account)
    after = session.desk.approve(incident.id, request.id, decoded(reason))
    _answered(session.desk, after, request.id, as_json)
    to = f" --account {shlex.quote(request.account)}" if request.account else ""
    aside(
        f"Record it as sent with: incident-console update {incident.reference} --audience {request.audience}{to}"
        f" --kind {request.message_kind} --approved --sent"
    )


@click.command("return", short_help="Give a message back to its writer, with a reason.")
@click.argument("ref", required=False)
@click.option("--reason", required=True, metavar="TEXT", help="What should be different.")
@SOME_AUDIENCE
@KIND
@ACCOUNT
@AS_JSON
@pass_session
def return_(
    session: Session, ref: str | None, reason: str, audience: str | None, kind: str | None, account: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Give a message back to its writer, with a reason."""
    incident = session.desk.find(ref)
    request = _waiting(incident, audience_of(audience), kind, account)
    after = session.desk.return_message(incident.id, request.id, decoded(reason))
    _answered(session.desk, after, request.id, as_json)


def _waiting(incident: Incident, audience: str | None, kind: str | None, account: str | None) -> Approval:
    """The only request that fits; raises Refused with all of them otherwise."""
    there = waiting(incident)
    fitting = [
        each for each in there
        if audience in (None, each.audience) and (kind is None or decoded(kind) == each.message_kind)
        and _is_named(account, each.account)
    ]  # fmt: skip
    if len(fitting) == 1:
        return fitting[0]
    named = ", ".join(f"{readers(each.audience, each.account)} ({each.message_kind})" for each in there)
    if not there:
        raise Refused(f"No message of {incident.reference} waits for approval. Nothing was changed.")
    which = "Several messages wait" if fitting else "No such message waits; these do"
    how = "--audience, --kind and --account" if any(each.account for each in there) else "--audience and --kind"
    raise Refused(f"{which}: {clip(named, 200)}. Say which one with {how}.")


def _answered(desk: Desk, incident: Incident, request_id: str, as_json: bool) -> None:
    request = next(each for each in incident.approvals if each.id == request_id)
    if as_json:
        print_json({"reference": incident.reference, **_request_json(request, desk.asked(incident.id))})
    else:
        show(f"{incident.reference} {_standing(desk, request)}")


@click.command(short_help="Which messages wait for whose approval; exit 1 if one waits.")
@click.argument("ref", required=False)
@AS_JSON
@click.pass_context
def approvals(ctx: click.Context, ref: str | None, as_json: bool) -> None:
    """Which messages wait for approval, with their words, and what was answered; exit 1 if one waits."""
    session = ctx.find_object(Session)
    assert session is not None
    desk, incident = session.desk, session.desk.find(ref)
    open_ones, asked = waiting(incident), desk.asked(incident.id)
    requests = (*open_ones, *(each for each in incident.approvals if each not in open_ones))
    if as_json:
        rows = [_request_json(each, asked) for each in requests]
        print_json({"reference": incident.reference, "waiting": len(open_ones), "approvals": rows})
    else:
        for each in requests:
            _request(desk, each, asked)
    if not requests:
        aside("Nobody has asked for approval of a message.")
    ctx.exit(1 if open_ones else 0)


def _request(desk: Desk, request: Approval, asked: dict[str, e.ApprovalAsked]) -> None:
    show(_standing(desk, request))
    if request.state == "asked" and request.id in asked:
        body = asked[request.id]
        show(textwrap.indent(f"{body.subject}\n\n{body.text}", "  "))


def _standing(desk: Desk, request: Approval) -> str:
    """Who waits for whom, or who answered what, on one line."""
    what = f"{readers(request.audience, request.account)} {message_name(request.message_kind)}"
    reason = f": {request.reason}" if request.reason else ""
    match request.state:
        case "given":
            return f"{what}: approved by {request.answered_by}{reason}"
        case "used":
            return f"{what}: approved by {request.answered_by}{reason}, and sent"
        case "returned":
            return f"{what}: returned by {request.answered_by} to {request.asked_by}{reason}"
        case _:
            since = full_time(request.asked_at, desk.zone)
            return f"{what}: {request.asked_by} waits for approval since {since}"


def _request_json(request: Approval, asked: dict[str, e.ApprovalAsked]) -> dict[str, object]:
    body = asked.get(request.id)
    return {
        "audience": request.audience,
        "account": request.account or None,
        "kind": request.message_kind,
        "state": request.state,
        "asked_by": request.asked_by or None,
        "asked_at": at(request.asked_at),
        "answered_by": request.answered_by or None,
        "reason": request.reason or None,
        "subject": body.subject if body is not None else None,
        "text": body.text if body is not None else None,
        "fields": dict(request.filled),
    }
