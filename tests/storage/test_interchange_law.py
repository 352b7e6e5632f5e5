"""The law of the interchange file: whatever people did to an incident, or other programs wrote, comes in as it went out."""

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.actions import Wanted
from incident_console.domain.causes import Category, Mark, Way
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.postmortem import SECTIONS
from incident_console.domain.sending import Sending
from incident_console.domain.templates import FACTS
from incident_console.domain.vocabulary import ActionKind, ActionState, Refused
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.storage.interchange import Document, file, known, moved, take

NAMES: Final = list(SECTIONS)
FORCED: Final = Sending(overruled=("missing",))


STEPS: Final = st.lists(
    st.tuples(st.integers(0, 20), st.integers(0, 7), st.integers(0, 7), st.text(max_size=12)), min_size=12, max_size=30
)


def seed(desk: Desk, incident_id: str) -> None:
    """Something of everything, so that each step finds something to work on."""
    for name in ("a", "b", "c"):
        desk.log(incident_id, Logged(name))
        desk.add_item(incident_id, Wanted(name, causes=(desk.add_why(incident_id, name),)))
    desk.state_fact(incident_id, "impact", "a")
    desk.mark_sent(desk.compose(incident_id, Wish("internal", "update")), FORCED, Check.FORCED)
    desk.write_section(incident_id, NAMES[0], "a")
    desk.change_status(incident_id, "resolved")
    report(desk, incident_id, "what happened", "a")


def report(desk: Desk, incident_id: str, summary: str, impact: str) -> None:
    """A customer report went out; one of its fields has the name that the file has for the impact."""
    wish = Wish("customers", "customer_report", (("summary", summary), ("impact", impact), ("apology", summary)))
    desk.mark_sent(desk.compose(incident_id, wish), FORCED, Check.FORCED)


def pick(options: "list[str] | tuple[str, ...]", number: int) -> str:
    return options[number % len(options)] if options else ""


def acts(desks: list[Desk], incident_id: str, one: int, two: int, text: str) -> list[Callable[[], object]]:
    """Everything that people may do to a postmortem; which and with what comes from outside."""
    desk = desks[one % 2]
    state = desk.incident(incident_id)
    whys, items = [why.id for why in state.whys], [item.id for item in state.actions]
    entries = desk.entries(incident_id)
    backing = [entry.event_id for entry in entries][min(one, two) : max(one, two)]
    entry = entries[-(1 + 3 * one + two) % len(entries)].number
    why, other, item = pick(whys, one), pick(whys, two), pick(items, one)
    place = other if two % 3 else None
    wanted = Wanted(text, pick(list(ActionKind), two), text[:3], "+3d" if two % 2 else None, text, tuple(whys[:two]))
    return [
        lambda: desk.add_why(incident_id, text, (why or None) if one % 3 else None),
        lambda: desk.add_beside(incident_id, text, why),
        lambda: desk.place_why(incident_id, why, place),
        lambda: desk.move_why(incident_id, why, pick(list(Way), two)),
        lambda: desk.remove_why(incident_id, why) if two == 7 else None,
        lambda: desk.change_why(incident_id, why, None, backing, pick(["", *Category], two), pick(["", *Mark], one)),
        lambda: desk.answer_lens(incident_id, why, text, roadmap=two % 2 == 0),
        lambda: desk.add_item(incident_id, Wanted(text, candidate=True) if one % 3 == 0 else wanted),
        lambda: desk.move_action(incident_id, item, pick(list(ActionState), two), text),
        lambda: desk.write_section(incident_id, pick(NAMES[:3], one), text, base=None if two % 3 else ""),
        lambda: desk.log(incident_id, Logged(text, at=desk.now() - two * MINUTE)),
        lambda: desk.undo(incident_id),
        lambda: desk.finish_review(incident_id, text),
        lambda: desk.state_fact(incident_id, FACTS[two % len(FACTS)], text),
        lambda: desk.mark_sent(desk.compose(incident_id, Wish("internal", "update")), FORCED, Check.FORCED),
        lambda: desk.list_account(incident_id, text, text, ""),
        lambda: report(desk, incident_id, text, text if two % 2 else ""),
        lambda: desk.change_status(incident_id, pick(["monitoring", "resolved", "closed"], two)),
        lambda: desk.mark(incident_id, entry, pick(["pinned", "parked"], two)),
        lambda: desk.correct(incident_id, entry, text),
        lambda: desk.strike(incident_id, entry, text),
    ]


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_every_postmortem_comes_in_as_it_went_out(steps: list[tuple[int, int, int, str]]) -> None:
    with TemporaryDirectory() as folder:
        desks = [make_desk(Path(folder)), make_desk(Path(folder), "sam")]
        incident = declare(desks[0])
        seed(desks[0], incident.id)
        for (what, one, two, text), at in zip(steps, count(NIGHT, 7 * MINUTE), strict=False):
            for desk in desks:
                clock_of(desk).advance(at - desk.now())
            try:
                acts(desks, incident.id, one, two, f"{what}{text}")[what]()
            except Refused:
                continue
        there, other = moved(Path(folder), desks[0], incident)
        assert known(there, other) == known(desks[0], desks[0].incident(incident.id))


WORDS: Final = st.text(max_size=8)
TIMES: Final = st.none() | st.datetimes().map(lambda at: at.strftime("2028-%m-%dT%H:%M:%S.%fZ"))


@st.composite
def files(draw: st.DrawFn) -> Document:
    """Files as other programs might write them: parents anywhere, places twice, states without days."""
    size, rows = draw(st.integers(0, 5)), draw(st.integers(0, 3))
    order = draw(st.permutations(range(size)))
    places = st.lists(st.integers(0, size - 1), max_size=3) if size else st.just([])
    row = {"at": "2026-01-01T10:00:00Z", "text": "r", "actor": None}
    whys = [
        {
            "answer": draw(WORDS),
            "parent": draw(st.sampled_from([None, *(n for n in range(size) if order[n] < order[place])])),
            "category": draw(st.sampled_from([None, *map(str, Category)])),
            "mark": draw(st.sampled_from([None, *map(str, Mark)])),
            "lens": draw(st.none() | WORDS),
            "roadmap": draw(st.booleans()),
            "evidence": draw(st.lists(st.integers(0, rows - 1), max_size=4)) if rows else [],
            "messages": draw(st.lists(st.integers(0, rows - 1), max_size=4)) if rows else [],
        }
        for place in range(size)
    ]
    actions = st.fixed_dictionaries(
        {
            "text": WORDS, "state": st.sampled_from([*map(str, ActionState)]), "causes": places,
            "product": st.booleans(), "candidate": st.booleans(), "reason": st.none() | WORDS,
            "added_at": TIMES, "moved_at": TIMES,
        }
    )  # fmt: skip
    rivals = st.fixed_dictionaries({"section": st.sampled_from(NAMES[:3]), "text": WORDS, "actor": st.none() | WORDS})
    part = {
        "sections": draw(st.dictionaries(st.sampled_from(NAMES[:3]), WORDS)), "whys": whys,
        "actions": draw(st.lists(actions, max_size=3)), "rivals": draw(st.lists(rivals, max_size=3)),
        "reviewed_at": draw(TIMES),
    }  # fmt: skip
    message = {"at": "2026-01-01T10:00:00Z", "audience": "internal", "subject": "s", "text": "t", "actor": None}
    messages = [{**message, "number": number} for number in range(1, rows + 1)]
    return {**file(**part), "events": [row] * rows, "messages": messages}


@settings(max_examples=40, deadline=None)
@given(files())
def test_every_file_is_taken_and_goes_on_unchanged(content: Document) -> None:
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        incident = take(desk, content)
        assert len(incident.whys) == len(content["postmortem"]["whys"])
        assert not desk.import_file(json.dumps(content).encode()).added
        moved(Path(folder), desk, incident)
