"""The postmortem in the interchange file, both ways: pure conversions between its rows and what the log keeps.

A file names causes and rows by their places; ids belong to one database and never leave it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from incident_console.domain import events as e
from incident_console.domain.causes import Link, chain, tree
from incident_console.domain.clock import iso, to_instant
from incident_console.domain.events import Body
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import ActionItem, Incident, Why
from incident_console.domain.text import clean, clean_line
from incident_console.domain.vocabulary import ActionState

if TYPE_CHECKING:
    from incident_console.content.interchange import ActionRow, PostmortemPart, RivalRow, WhyRow


# --- out


@frozen
class Exported:
    """Where the file has what backs causes: places of rows and of messages, by event id."""

    rows: Mapping[str, int]
    messages: Mapping[str, int]


def postmortem(incident: Incident, places: Exported, taken_in: int | None) -> dict[str, Any] | None:
    """The postmortem as the file has it; None where there is none. `taken_in`: when the incident was imported,
    microseconds UTC, None for one that was declared here."""
    links = chain(incident)
    numbers = {link.why.id: number for number, link in enumerate(links)}
    part = {
        "sections": dict(incident.sections),
        "whys": [_why(link, numbers, places) for link in links],
        "actions": [_action(item, numbers, taken_in) for item in incident.actions],
    }
    optional = {
        "rivals": list(_rivals(incident)),
        "reviewed_at": None if incident.reviewed_at is None else iso(incident.reviewed_at),
        "review_reason": incident.review_reason,
    }
    said = {**part, **_told(optional)}
    return said if any(said.values()) else None


def _told(optional: Mapping[str, Any]) -> dict[str, Any]:
    """What says something: keys that a file may leave out stand in it only then."""
    return {key: value for key, value in optional.items() if value}


def _why(link: Link, numbers: Mapping[str, int], places: Exported) -> dict[str, Any]:
    why = link.why
    optional = {
        "category": why.category, "mark": why.mark, "lens": why.lens, "roadmap": why.roadmap,
        "evidence": _known(why.evidence, places.rows), "messages": _known(why.evidence, places.messages),
    }  # fmt: skip
    parent = None if link.parent is None else numbers[link.parent]
    return {"answer": why.answer, "parent": parent, **_told(optional)}


def _action(item: ActionItem, numbers: Mapping[str, int], taken_in: int | None) -> dict[str, Any]:
    row = {"text": item.text, "kind": item.action_kind, "owner": item.owner or None, "due": item.due or None,
           "link": item.link or None, "state": item.state}  # fmt: skip
    stays = item.state == ActionState.OPEN and item.moved_at == item.added_at
    optional = {
        "causes": _known(item.causes, numbers), "product": item.product, "candidate": item.candidate,
        "reason": item.reason, "added_at": _day(item.added_at, taken_in),
        "moved_at": None if stays else _day(item.moved_at, taken_in),
    }  # fmt: skip
    return {**row, **_told(optional)}


def _known(ids: Iterable[str], places: Mapping[str, int]) -> list[int]:
    """The places of what is in the file, each once; the rest is left out."""
    return [places[each] for each in dict.fromkeys(ids) if each in places]


def _day(at: int, taken_in: int | None) -> str | None:
    """When something happened; that it came here with the import says nothing about that."""
    return None if at == taken_in else iso(at)


def _rivals(incident: Incident) -> Iterator[dict[str, Any]]:
    """Texts that still wait for somebody to choose; one that reads like the chosen one waits for nothing."""
    for each in incident.rivals:
        if each.text != incident.section(each.section):
            yield {"section": each.section, "text": each.text, "actor": each.actor or None}


# --- in


def sections_of(part: "PostmortemPart") -> list[Body]:
    """The texts that count; an empty one where the file has only rivals of it."""
    return [e.PostmortemWritten(name, text) for name, text in _texts(part).items()]


def _texts(part: "PostmortemPart") -> dict[str, str]:
    empty = {clean_line(rival.section): "" for rival in part.rivals}
    return {**empty, **{clean_line(name): clean(text) for name, text in part.sections.items()}}


def rivals_of(part: "PostmortemPart") -> Iterator[tuple[str, Body]]:
    """(who wrote it, the text) of what was written without knowing the text that counts."""
    counting = _texts(part)
    for row in part.rivals:
        body = _rival(row)
        if body.text != counting[body.section]:
            yield clean_line(row.actor or ""), body


def _rival(row: "RivalRow") -> e.PostmortemWritten:
    return e.PostmortemWritten(clean_line(row.section), clean(row.text), base="")


def levels(rows: "Sequence[WhyRow]") -> list[list[int]]:
    """The places of the whys, those that explain the problem first, then what stands below them, and so on."""
    found: list[list[int]] = []
    for link in tree(shape([row.parent for row in rows])):
        if link.depth == len(found):
            found.append([])
        found[link.depth].append(int(link.why.id))
    return found


def shape(parents: Iterable[int | None]) -> list[Why]:
    """A tree in which the place of each cause in the file is its id."""
    return [Why(str(n), "", None if parent is None else str(parent)) for n, parent in enumerate(parents)]


@frozen
class Backing:
    """The new ids of what backs causes, in the order of the file."""

    rows: Sequence[str]
    messages: Sequence[str]


def why_of(row: "WhyRow", whys: Mapping[int, str], backing: Backing) -> e.WhyAdded:
    """`whys`: the new ids of causes, by their places in the file."""
    parent = None if row.parent is None else whys[row.parent]
    found = (*(backing.rows[place] for place in row.evidence), *(backing.messages[place] for place in row.messages))
    evidence = tuple(dict.fromkeys(found))
    return e.WhyAdded(clean_line(row.answer), parent, evidence, str(row.category or ""), str(row.mark or ""))


def lenses_of(rows: "Sequence[WhyRow]", whys: Mapping[int, str]) -> list[Body]:
    """What causes mean for what we build."""
    answers = [(whys[place], clean(row.lens or ""), row.roadmap) for place, row in enumerate(rows)]
    return [e.LensAnswered(*answer) for answer in answers if any(answer[1:])]


def action_of(row: "ActionRow", whys: Mapping[int, str], unknown: int) -> tuple[Body, int]:
    """The item and when it was promised; `unknown`: the instant that stands for a time that the file does not tell."""
    added = e.ActionAdded(
        clean_line(row.text), row.kind.value, clean_line(row.owner or ""), row.due or "", clean_line(row.link or ""),
        tuple(dict.fromkeys(whys[place] for place in row.causes)), row.product, row.candidate,
    )  # fmt: skip
    return added, unknown if row.added_at is None else to_instant(row.added_at)


def move_of(row: "ActionRow", item_id: str, unknown: int) -> Iterator[tuple[Body, int]]:
    """How the item came into its state, where it ever moved."""
    if row.state != ActionState.OPEN or row.reason or row.moved_at is not None:
        moved = e.ActionMoved(item_id, row.state.value, clean_line(row.reason or ""))
        yield moved, unknown if row.moved_at is None else to_instant(row.moved_at)
