"""Messages that went out, as text: one row of the list, one letter, and how it differs from the one before. Everything
here is words and signs; what to do with a letter is for the screen."""

from textual.content import Content

from incident_console.domain.clock import Zone
from incident_console.domain.correspondence import differences, headline, remarks
from incident_console.domain.rows import message_name
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean, clean_line, clip
from incident_console.domain.vocabulary import audience_name

LINE_STYLES = {"+": "$success", "-": "$warning", " ": ""}


def when(instant: int, now: int, zone: Zone) -> str:
    """`02:47` today, `11-20 23:10` on any other day, on the reader's wall."""
    then = zone.show(instant)
    return then.strftime("%H:%M" if then.date() == zone.show(now).date() else "%m-%d %H:%M")


def readers(message: SentMessage) -> str:
    """Who got it: `customers #2`, or `key accounts / Acme #1`."""
    who = clip(audience_name(message.audience), 24)
    account = f" / {clip(clean_line(message.account), 24)}" if message.account else ""
    return f"{who}{account} #{message.number}"


def letter_row(message: SentMessage, now: int, zone: Zone) -> tuple[Content, Content]:
    """What tells letters apart: when, to whom and whether it repeats or corrects one; then which kind, how, by whom."""
    mark = ""
    if message.corrects is not None:
        mark = f"  correction of #{message.corrects}"
    elif message.resends is not None:
        mark = f"  resend of #{message.resends}"
    first = Content.assemble(
        (f"{when(message.at, now, zone)}  ", "$text-muted"), (readers(message), "bold"), (mark, "$accent")
    )
    parts = [message_name(message.kind), message.channel, message.actor]
    second = " · ".join(clip(clean_line(part), 30) for part in parts if part)
    return first, Content.styled(second, "$text-muted")


def letter(message: SentMessage, zone: Zone) -> Content:
    """The whole letter: its heading, what there is to know besides, its words."""
    return Content("\n").join([*_top(message, zone), Content(""), Content(clean(message.whole))])


def changes(before: SentMessage | None, message: SentMessage, zone: Zone) -> Content:
    """The letter beside the one before to the same readers; a sign in front of each line that differs."""
    if before is None:
        told = f"The first message to {_name(message)}: there is none before it to compare with."
        words = Content(clean(message.whole))
        return Content("\n").join([*_top(message, zone), Content.styled(told, "$text-muted"), Content(""), words])
    lines = differences(clean(before.whole), clean(message.whole))
    same = all(line.sign == " " for line in lines)
    told = f"The very words of #{before.number}." if same else f"Beside #{before.number}: + new, - no longer said"
    shown = [Content.styled(f"{line.sign} {line.text}", LINE_STYLES[line.sign]) for line in lines]
    return Content("\n").join([*_top(message, zone), Content.styled(told, "$text-muted"), Content(""), *shown])


def _top(message: SentMessage, zone: Zone) -> list[Content]:
    notes = [Content.styled(f"▪ {clean_line(remark)}", "$accent") for remark in remarks(message, zone)]
    return [Content.styled(clean_line(headline(message, zone)), "bold"), *notes]


def _name(message: SentMessage) -> str:
    return clean_line(message.account) or audience_name(message.audience)
