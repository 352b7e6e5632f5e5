"""Every key of the live screen, in the order of the footer. Letters act while the list has the focus, function keys
while somebody types."""

from textual.binding import Binding


def _key(key: str, action: str, name: str, tip: str) -> Binding:
    return Binding(key, action, name, id=f"live.{action}", tooltip=tip)


def _quiet(key: str, action: str, name: str, tip: str) -> Binding:
    """A key that the footer has no room for."""
    return Binding(key, action, name, show=False, id=f"live.{action}", tooltip=tip)


def _typing(key: str, action: str, name: str, tip: str, *, show: bool = True) -> Binding:
    return Binding(key, f"typing('{action}')", name, show=show, id=f"live.typing.{action}", tooltip=tip)


ROOM = [
    _key("i", "line", "Line", "Type into the log line"),
    _key("u", "update", "Update", "Write to the audience that waits most"),
    _key("w", "postmortem", "Why", "Postmortem: why it happened, action items"),
    _key("s", "status", "Status", "Change the status"),
    _key("e", "escalate", "Escalate", "Call somebody in: the four things that they need to hear"),
    _key("d", "decide", "Decide", "Record a decision with its options"),
    _key("t", "tick", "Tick", "Checklist: tick off what is done"),
    _key("C", "clocks", "Clocks", "Answer, put off, pause or change a clock"),
    _key("a", "assign", "Roles", "Give a role to somebody"),
    _key("r", "reassess", "Reassess", "Look at the severity again: is it still right"),
    _key("R", "resolve", "Resolve", "The incident is over: set it to resolved"),
    _key("b", "leave", "Board", "Back to all open incidents"),
    _quiet("v", "severity", "Sev", "Change the severity, with a reason"),
    _quiet("h", "handover", "Hand over", "Give a role to somebody else, with a brief to copy"),
    _quiet("o", "scope", "Scope", "Short questions that narrow the fault"),
    _quiet("U", "zone", "UTC", "Show times in UTC, or in local time again"),
    _quiet("M", "messages", "Messages", "What went out, word for word: read, copy again, resend, correct"),
    _quiet("K", "accounts", "Accounts", "Key accounts that are hit, and who of them was told"),
    _quiet("L", "promises", "Promises", "Every promised time of an update, kept or missed"),
]
"""What is done to the incident."""

ENTRIES = [
    _quiet("c", "correct", "Correct", "Let the entry under the cursor read differently"),
    _quiet("x", "strike", "Strike", "Mark the entry under the cursor as wrong"),
    _quiet("p", "pin", "Pin", "Pin the entry as a key moment, or unpin it"),
    _quiet("P", "park", "Park", "Park the entry for the postmortem, or take it back"),
    _quiet("m", "attach", "Attach", "Attach the last piece of evidence to the entry"),
    _quiet("f", "fill_silence", "Fill", "Say what happened in the silence before the entry"),
    _quiet("slash", "filter", "Filter", "Show only some entries: words, /decision, @sam, pinned"),
    _quiet("l", "both_times", "Times", "Show when entries were logged, too"),
    _quiet("z", "undo", "Undo", "Take back your last step"),
    _quiet("Z", "redo", "Redo", "Bring back what you undid last"),
]
"""What is done to the entry under the cursor, or to the list."""

JUMPS = [
    Binding("1", "jump('decision')", "Decision", show=False, id="live.jump.decision", tooltip="To the decision before"),
    Binding(
        "2", "jump('status,severity')", "Status", show=False, id="live.jump.status",
        tooltip="To the change of status or severity before",
    ),
    Binding("3", "jump('update')", "Sent", show=False, id="live.jump.update", tooltip="To the update sent before"),
]  # fmt: skip
"""From one key moment to the one before; from the first, to the last."""

IN_THE_LIST = [
    Binding(
        "f2", "update", "Update", show=False, id="live.list.update", tooltip="Write to the audience that waits most"
    ),
    Binding("f7", "postmortem", "Why", show=False, id="live.list.postmortem", tooltip="Why it happened, action items"),
]
"""Function keys that the header names: they do the same wherever the focus is."""

TYPING = [
    _typing("f2", "update", "Update", "Write to the audience that waits most"),
    _typing("f3", "status", "Status", "Change the status"),
    _typing("f4", "severity", "Sev", "Change the severity, with a reason"),
    _typing("f5", "assign", "Roles", "Give a role to somebody"),
    _typing("f6", "resolve", "Resolve", "The incident is over: set it to resolved"),
    _typing("f7", "postmortem", "Why", "Postmortem: why it happened, action items"),
    _typing("f8", "scope", "Scope", "Short questions that narrow the fault"),
    _typing("f9", "reassess", "Reassess", "Look at the severity again: is it still right"),
    _typing("f10", "leave", "Board", "Back to all open incidents"),
    _typing("f11", "decide", "Decide", "Record a decision with its options", show=False),
    _typing("f12", "escalate", "Escalate", "Call somebody in", show=False),
]
"""The same while somebody types."""
