"""By what an interchange file is known again, whatever version of the program wrote it. Pure; digests lie in logs, so
none may ever change for a file that could be written before."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from incident_console.desk.interchange_postmortem import shape
from incident_console.domain.causes import tree

LATER: Final = ("detected_by", "triage", "accounts")
"""Keys that the first version did not know; empty ones must not make its files look different."""

APART: Final = ("reference", "filled")
"""Keys that never count: what a database gives anew, and words that stand in the messages, too."""

LATER_ROW: Final = ("logged_at", "marks")
"""The same for keys of rows, which never count."""

LATER_ROWS: Final = ("copied", "fact", "approval", "account", "imported", "unknown")
"""Kinds of rows that the first version left out of every incident of its own; now they stand in the file where they
back a cause."""

LATER_MESSAGE: Final = ("channel", "overruled", "corrects", "resends", "account", "approved_by", "filled", "marks")
"""The same for keys of messages: a message is the same one whether or not a file tells how it went out."""

LATER_PART: Final = ("rivals", "reviewed_at", "review_reason")
"""Keys of the postmortem that the first version did not know; people go on writing it, so what they say counts."""

LATER_WHY: Final = ("category", "mark", "lens", "roadmap", "evidence", "messages")
LATER_ACTION: Final = ("causes", "product", "candidate", "reason", "added_at", "moved_at")

Keep = Callable[[Mapping[str, Any], tuple[str, ...]], dict[str, Any]]
"""What is left of an object, given the keys that came later."""


def digest(document: Mapping[str, Any]) -> str:
    """The same for the same content, whatever number it has in some database and whatever keys later versions added.
    `document`: a whole one, with all keys that it may have."""
    content = {key: value for key, value in document.items() if key not in APART and (value or key not in LATER)}
    for rows, later in (("events", LATER_ROW), ("messages", LATER_MESSAGE)):
        content[rows] = [_without(row, later) for row in content[rows]]
    content = _with_part(content, _told)
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace")
    ).hexdigest()


def same(document: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    """Whether a file says what an incident says, or what an earlier version of the program would have said of it."""
    older = _older(own)
    return digest(_in_tree_order(document)) in map(digest, (own, older, {**older, "events": _early_rows(older)}))


def _early_rows(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row for row in document["events"] if row["kind"] not in LATER_ROWS]


def _older(document: Mapping[str, Any]) -> dict[str, Any]:
    """What the first version would have written of the same incident."""
    old = _with_part({**document, "impact": {**document["impact"], **document["filled"]}}, _without)
    return {**old, "postmortem": old["postmortem"] if any((old["postmortem"] or {}).values()) else None}


def _with_part(document: Mapping[str, Any], keep: Keep) -> dict[str, Any]:
    part = document["postmortem"]
    if part is None:
        return dict(document)
    slim = keep(part, LATER_PART)
    slim["whys"] = [keep(row, LATER_WHY) for row in part["whys"]]
    slim["actions"] = [keep(row, LATER_ACTION) for row in part["actions"]]
    return {**document, "postmortem": slim}


def _told(row: Mapping[str, Any], later: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if value or key not in later}


def _without(row: Mapping[str, Any], later: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in later}


def _in_tree_order(document: Mapping[str, Any]) -> dict[str, Any]:
    """Each cause before what stands below it; earlier versions wrote them in the order in which they came up."""
    part = document["postmortem"]
    if part is None:
        return dict(document)
    order = [int(link.why.id) for link in tree(shape(row["parent"] for row in part["whys"]))]
    new = {old: number for number, old in enumerate(order)}
    whys = [{**part["whys"][old], "parent": new.get(part["whys"][old]["parent"])} for old in order]
    actions = [{**row, "causes": [new[old] for old in row["causes"]]} for row in part["actions"]]
    return {**document, "postmortem": {**part, "whys": whys, "actions": actions}}
