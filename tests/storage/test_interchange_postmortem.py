"""The postmortem in the interchange file: all of it goes out, and comes in elsewhere as it was."""

import json
from pathlib import Path
from typing import Final

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.actions import Wanted
from incident_console.domain.causes import Category, Mark, Way
from incident_console.domain.clock import DAY, HOUR, MINUTE, iso
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import ActionItem, Incident
from incident_console.domain.sending import Sending
from incident_console.domain.vocabulary import ActionKind, ActionState
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.storage.interchange import Document, causes, document, elsewhere, file, moved, take

# --- causes


def test_a_child_that_stands_before_its_parent_keeps_it(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    child = desk.add_why(incident.id, "the pool was full")
    parent = desk.add_why(incident.id, "a retry storm")
    desk.place_why(incident.id, child, parent)
    desk.move_why(incident.id, desk.add_why(incident.id, "no alarm"), Way.UP)
    _, other = moved(tmp_path, desk, incident)
    assert causes(other) == causes(desk.incident(incident.id))
    assert causes(other) == [("1", "no alarm"), ("2", "a retry storm"), ("2.1", "the pool was full")]


def test_all_that_is_known_of_a_cause_comes_along(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    for words in ("first", "second", "undone"):
        desk.log(incident.id, Logged(words))
    rows = {entry.text: entry.event_id for entry in desk.entries(incident.id)}
    desk.state_fact(incident.id, "impact", "carts are lost")
    fact = desk.entries(incident.id)[-1]
    why = desk.add_why(incident.id, "deploy 4512")
    evidence = [rows["second"], fact.event_id, rows["undone"], rows["first"]]
    desk.change_why(incident.id, why, evidence=evidence, category=Category.PROCESS, mark=Mark.ROOT)
    desk.answer_lens(incident.id, why, "people trust\nthe cart", roadmap=True)
    desk.strike(incident.id, 4, "never happened")
    there, other = moved(tmp_path, desk, incident)
    (row,) = document(desk, incident)["postmortem"]["whys"]
    assert row == {
        "answer": "deploy 4512", "parent": None, "category": "process", "mark": "root",
        "lens": "people trust\nthe cart", "roadmap": True, "evidence": [2, 4, 3, 1],
    }  # fmt: skip
    (new,) = other.whys
    assert (new.category, new.mark, new.lens, new.roadmap) == ("process", "root", "people trust\nthe cart", True)
    texts = {entry.event_id: entry.text for entry in there.entries(other.id)}
    assert [texts[each] for each in new.evidence] == ["second", "impact: carts are lost", "undone", "first"]


def test_whatever_backs_a_cause_comes_along(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    why = desk.add_why(incident.id, "nobody was told")
    empty = desk.compose(incident.id, Wish("internal", "update"))
    draft = desk.compose(incident.id, Wish("internal", "update", tuple((field.name, "a") for field in empty.missing)))
    desk.list_account(incident.id, "Acme")
    desk.ask_approval(draft)
    desk.copied(draft, "tool")
    desk.mark_sent(draft, Sending(overruled=("missing",)), Check.FORCED)
    desk.mark_sent(draft, Sending(desk.now() - MINUTE, overruled=("missing",)), Check.FORCED)
    backing = [entry.event_id for entry in desk.entries(incident.id)]
    desk.change_why(incident.id, why, evidence=backing)
    there, other = moved(tmp_path, desk, incident)
    content = document(desk, incident)
    assert [row["kind"] for row in content["events"]] == ["declared", "account", "fact", "approval", "copied"]
    (row,) = content["postmortem"]["whys"]
    assert (row["evidence"], row["messages"]) == ([0, 1, 2, 3, 4], [0, 1])
    told = {entry.event_id: (entry.kind, entry.text) for entry in there.entries(other.id)}
    before = {(entry.kind, entry.text) for entry in desk.entries(incident.id) if entry.event_id in backing}
    assert {told[each] for each in other.whys[0].evidence} == before
    old = json.loads(json.dumps(content))
    old["events"] = old["events"][:1]
    old["postmortem"]["whys"] = [{"answer": "nobody was told", "parent": None}]
    assert not desk.import_file(json.dumps(old).encode()).added


def test_a_row_that_was_taken_back_backs_nothing_elsewhere(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    desk.log(incident.id, Logged("taken back"))
    entry = desk.entries(incident.id)[-1]
    desk.undo(incident.id)
    sam = make_desk(tmp_path, "sam")
    why = sam.add_why(incident.id, "a")
    desk.redo(incident.id)
    desk.change_why(incident.id, why, evidence=[entry.event_id])
    desk.change_why(incident.id, why, answer="b")
    assert document(desk, incident)["postmortem"]["whys"][0]["evidence"] == [1]
    desk.undo(incident.id)
    desk.undo(incident.id)
    desk.undo(incident.id)
    assert "evidence" not in document(desk, incident)["postmortem"]["whys"][0]
    moved(tmp_path, desk, incident)


def test_a_file_may_name_parents_that_stand_further_down(tmp_path: Path) -> None:
    whys = [{"answer": "c", "parent": 2}, {"answer": "d", "parent": None}, {"answer": "b", "parent": 1}]
    desk = make_desk(tmp_path)
    incident = take(desk, file(whys=whys, actions=[{"text": "a", "causes": [0, 1, 0]}]))
    assert causes(incident) == [("1", "d"), ("1.1", "b"), ("1.1.1", "c")]
    ids = {why.answer: why.id for why in incident.whys}
    assert incident.actions[0].causes == (ids["c"], ids["d"])


# --- action items


def test_items_keep_their_state_their_causes_and_their_days(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    why = desk.add_why(incident.id, "no alarm")
    gone = desk.add_why(incident.id, "a wrong guess")
    link = "https://example.org/" + "x" * 1900
    for state in ActionState:
        wanted = Wanted(state, ActionKind.DETECT, "ana", "+9d", link, (gone, why), product=state == ActionState.DONE)
        item = desk.add_item(incident.id, wanted)
        clock_of(desk).advance(DAY)
        if state != ActionState.OPEN:
            desk.move_action(incident.id, item.what.id, state, "too dear" if state == ActionState.DROPPED else "")
    again = desk.add_item(incident.id, Wanted("again")).what.id
    for state in (ActionState.DONE, ActionState.OPEN):
        clock_of(desk).advance(HOUR)
        desk.move_action(incident.id, again, state)
    desk.add_item(incident.id, Wanted("an idea", candidate=True))
    desk.remove_why(incident.id, gone)
    there, other = moved(tmp_path, desk, incident)
    old = desk.incident(incident.id)
    assert list(map(item_facts, other.actions)) == list(map(item_facts, old.actions))
    assert [item.causes for item in other.actions] == [(other.whys[0].id,)] * 4 + [()] * 2
    ages = [item.age(there.now()) for item in there.items_of(other.id)]
    assert ages == [item.age(there.now()) for item in desk.items_of(old.id)]
    assert ages[1] == 399 * DAY


def item_facts(item: ActionItem) -> tuple[object, ...]:
    return (
        item.text, item.action_kind, item.owner, item.due, item.link, item.state, item.product, item.candidate,
        item.reason, item.added_at, item.moved_at,
    )  # fmt: skip


@pytest.mark.parametrize("state", ActionState)
def test_days_that_a_file_does_not_tell_are_not_made_up(state: ActionState, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    row = {"text": "a", "kind": "prevent", "owner": None, "due": None, "link": None, "state": str(state)}
    incident = take(desk, file(actions=[row]))
    assert document(desk, incident)["postmortem"]["actions"] == [row]
    assert abs(incident.actions[0].added_at - NIGHT) < MINUTE
    clock_of(desk).advance(DAY)
    desk.move_action(incident.id, incident.actions[0].id, *other_than(state))
    out = document(desk, incident)["postmortem"]["actions"][0]
    assert ("added_at" in out, out["moved_at"]) == (False, iso(NIGHT + DAY))
    moved(tmp_path, desk, incident)


def other_than(state: ActionState) -> tuple[str, str]:
    return (ActionState.DROPPED, "no") if state != ActionState.DROPPED else (ActionState.OPEN, "")


# --- sections


def two_versions(folder: Path) -> tuple[Desk, Incident]:
    desk, sam = make_desk(folder), make_desk(folder, "sam")
    incident = declare(desk)
    desk.write_section(incident.id, "summary", "dana's words", base="")
    sam.write_section(incident.id, "summary", "sam's [/]\nwords", base="")
    return desk, incident


def test_two_versions_of_a_section_stay_two(tmp_path: Path) -> None:
    desk, incident = two_versions(tmp_path)
    there, other = moved(tmp_path, desk, incident)
    part = document(there, other)["postmortem"]
    assert part["sections"] == {"summary": "dana's words"}
    assert part["rivals"] == [{"section": "summary", "text": "sam's [/]\nwords", "actor": "sam"}]
    settled = there.write_section(other.id, "summary", "both", other.versions[0].id, (other.rivals[0].id,))
    assert (settled.section("summary"), settled.rivals) == ("both", ())


def test_a_version_stays_though_the_one_that_counts_was_emptied(tmp_path: Path) -> None:
    desk, incident = two_versions(tmp_path)
    desk.write_section(incident.id, "summary", "", desk.incident(incident.id).versions[0].id)
    _, other = moved(tmp_path, desk, incident)
    assert (other.section("summary"), [each.text for each in other.rivals]) == ("", ["sam's [/]\nwords"])


def test_a_version_that_reads_like_the_one_that_counts_is_none(tmp_path: Path) -> None:
    desk, incident = two_versions(tmp_path)
    desk.write_section(incident.id, "summary", "sam's [/]\nwords", desk.incident(incident.id).versions[0].id)
    assert "rivals" not in document(desk, incident)["postmortem"]
    rival = {"section": "impact", "text": "a\r\n", "actor": "sam"}
    other = take(elsewhere(tmp_path), file(sections={"impact": "a\n"}, rivals=[rival]))
    assert (other.section("impact"), other.rivals) == ("a\n", ())


def test_the_end_of_the_review_comes_along(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    clock_of(desk).advance(DAY)
    desk.change_status(incident.id, "resolved")
    desk.finish_review(incident.id, "nothing to do")
    _, other = moved(tmp_path, desk, incident)
    assert (other.reviewed_at, other.review_reason) == (NIGHT + DAY, "nothing to do")
    assert document(desk, incident)["postmortem"]["review_reason"] == "nothing to do"


# --- rows


def test_a_row_that_was_moved_in_time_goes_out_with_its_new_time(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    clock_of(desk).advance(HOUR)
    for words in ("earlier", "later", "as first said"):
        desk.log(incident.id, Logged(words))
    desk.retime(incident.id, 2, NIGHT + 10 * MINUTE)
    desk.retime(incident.id, 3, NIGHT + 2 * HOUR, Check.FORCED)
    desk.retime(incident.id, 4, NIGHT + MINUTE)
    desk.undo(incident.id)
    rows = document(desk, incident)["events"]
    assert [(row["text"], row["at"]) for row in rows[1:]] == [
        ("earlier", "2026-11-21T02:57:00Z"), ("later", "2026-11-21T04:47:00Z"), ("as first said", "2026-11-21T03:47:00Z"),
    ]  # fmt: skip
    assert [row["logged_at"][:19] for row in rows if "logged_at" in row] == ["2026-11-21T03:47:00"]
    there, other = moved(tmp_path, desk, incident)
    assert [entry.text for entry in there.entries(other.id) if entry.kind == "note"] == [
        "earlier", "as first said", "later",
    ]  # fmt: skip


# --- known again


OLD: Final[Document] = {
    "schema": 1, "title": "Old", "status": "closed",
    "postmortem": {
        "sections": {"summary": "words"},
        "whys": [{"answer": "a", "parent": None}, {"answer": "b", "parent": None}, {"answer": "c", "parent": 0}],
        "actions": [{"text": "do it", "kind": "detect", "owner": "ana", "due": "2026-02-01", "link": None, "state": "done"}],
    },
    "events": [{"at": "2026-01-01T10:00:00Z", "kind": "note", "text": "a", "actor": "dana"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("content", "digest"),
    [
        (OLD, "7c9c7d3613a51cd4a6716a4e734e7d9646b67ddb2d50a68f5a9fa5f3b85aaa33"),
        ({**OLD, "postmortem": {}}, "be06e14a22bc0e6c38143b5af961cec878798c5e9d4e434d6e7eba4137580626"),
    ],
)
def test_the_digest_of_an_old_postmortem_never_changes(content: Document, digest: str, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    known = take(desk, content)
    with desk.store.reading():
        found = desk.store.queries.by_digest(digest)
    assert found is not None
    assert found.id == known.id


def test_the_export_of_a_tree_that_grew_in_breadth_is_known_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = take(desk, OLD)
    content = document(desk, incident)
    assert [why["answer"] for why in content["postmortem"]["whys"]] == ["a", "c", "b"]
    assert not desk.import_file(json.dumps(content).encode()).added
    assert not desk.import_file(json.dumps(OLD).encode()).added


def test_what_an_earlier_version_wrote_of_an_incident_is_known_again(tmp_path: Path) -> None:
    """It knew no marks and no days, and wrote causes in the order in which they came up."""
    desk = make_desk(tmp_path)
    incident = declare(desk)
    first = desk.add_why(incident.id, "a")
    desk.add_why(incident.id, "b")
    desk.change_why(incident.id, desk.add_why(incident.id, "c", first), mark=Mark.ROOT)
    desk.add_item(incident.id, Wanted("do it", "detect", "ana", "+3d"))
    desk.change_status(incident.id, "resolved")
    desk.finish_review(incident.id)
    old = document(desk, incident)
    (action,) = old["postmortem"]["actions"]
    del action["added_at"], old["postmortem"]["reviewed_at"]
    old["postmortem"]["whys"] = OLD["postmortem"]["whys"]
    assert not desk.import_file(json.dumps(old).encode()).added


def test_a_review_and_nothing_else_was_no_postmortem_before(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    desk.change_status(incident.id, "resolved")
    desk.finish_review(incident.id, "nothing to do")
    assert not desk.import_file(json.dumps({**document(desk, incident), "postmortem": None}).encode()).added


def test_a_file_that_says_more_is_another_record(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    take(desk, OLD)
    more = json.loads(json.dumps(OLD))
    more["postmortem"]["whys"][0]["mark"] = "root"
    take(desk, more)
    assert len(desk.summaries()) == 2
