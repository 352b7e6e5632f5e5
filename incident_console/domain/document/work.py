"""Action items as parts of a document. Pure; what an item may become is said elsewhere."""

from collections.abc import Sequence
from typing import Final

from incident_console.domain.document.causes import Numbers, numbers
from incident_console.domain.document.model import Block, Heading, Line, Note, Part, Span, Table, line
from incident_console.domain.document.record import Record
from incident_console.domain.incident import ActionItem
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import ActionState

STATES: Final = {ActionState.IN_PROGRESS: "in progress", ActionState.DROPPED: "will not be done"}
KINDS: Final = {"prevent": "prevent", "detect": "detect sooner", "respond": "respond faster"}


def actions(record: Record) -> Part:
    """What was promised, and apart from it what is only an idea."""
    items = _in_order(record.incident.actions)
    committed = [item for item in items if not item.candidate]
    ideas = [item for item in items if item.candidate]
    blocks: list[Block] = [_items(record, committed)] if committed else [Note("None yet.")]
    if ideas:
        blocks += [Heading("Ideas that nobody has committed to"), _items(record, ideas)]
    return Part("Action items", tuple(blocks))


def open_work(record: Record) -> Part:
    """What is still to be done, and how much is done."""
    states = (ActionState.OPEN, ActionState.IN_PROGRESS)
    live = [item for item in _in_order(record.incident.actions) if item.state in states and not item.candidate]
    done = sum(item.state == ActionState.DONE for item in record.incident.actions)
    blocks: tuple[Block, ...] = (_items(record, live),) if live else (Note("Nothing is open."),)
    return Part("Work that is still to be done", (*blocks, *((Note(_done(done)),) if done else ())))


def _done(count: int) -> str:
    return f"{'1 action item was' if count == 1 else f'{count} action items were'} done since."


def _in_order(items: Sequence[ActionItem]) -> list[ActionItem]:
    """What is still to be done first, by its day, and what has none before it; then what is done, then what was given
    up."""
    over = (ActionState.DONE, ActionState.DROPPED)
    return sorted(items, key=lambda item: (over.index(ActionState(item.state)) + 1, "") if item.state in over
                  else (0, item.due))  # fmt: skip


def _items(record: Record, items: list[ActionItem]) -> Table:
    ids, causes = record.ids(), numbers(record.incident)
    head = ("What", "Kind", "Owner", "Due", "State", "Causes", "Id")
    return Table(head, tuple(_item(item, ids, causes) for item in items))


def _item(item: ActionItem, ids: dict[str, str], causes: Numbers) -> tuple[Line, ...]:
    commits = not item.candidate and item.state in (ActionState.OPEN, ActionState.IN_PROGRESS)
    state = STATES.get(ActionState(item.state), item.state) + (f": {clean_line(item.reason)}" if item.reason else "")
    return (
        line(clean_line(item.text), Span("product" if item.product else "", "tag"), _link(item)),
        line(KINDS.get(item.action_kind, item.action_kind)),
        _needed(clean_line(item.owner), "no owner", commits),
        _needed(item.due, "no date", commits),
        line(state),
        line(*(causes[cause] for cause in item.causes if cause in causes)),
        line(ids.get(item.id, "")),
    )  # fmt: skip


def _link(item: ActionItem) -> Span:
    return Span(clean_line(item.link), link=clean_line(item.link))


def _needed(words: str, lacking: str, commits: bool) -> Line:
    """What a commitment must have, loud where it lacks it."""
    return line(words or Span(lacking, "strong" if commits else "quiet"))
