"""Finishing: when it is refused, what is named as still open, and when a finished postmortem counts as changed."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain import events as e
from incident_console.domain import finishing
from incident_console.domain.clock import HOUR
from incident_console.domain.decide import Check
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.incident import Account, ActionItem, Incident, Sent, Version, Why
from incident_console.domain.postmortem import SECTIONS
from incident_console.domain.vocabulary import RESPONSE, Refused, Status
from incident_console.domain.write_up import WriteUp
from tests.builders import NIGHT
from tests.domain.test_figures import WHOLE
from tests.hostile import CORPUS

TODAY = date(2026, 11, 22)
END = NIGHT + 2 * HOUR
ITEM = ActionItem("i", "check indexes", "prevent", "dana", "2026-12-01", "")
TOLD = tuple(
    Sent(audience, "resolution", 1, END + HOUR, None) for audience in ("customers", "support", "executives", "internal")
)
DONE = replace(
    WHOLE, number=7, status=Status.RESOLVED, sections=tuple((name, "words") for name in SECTIONS), actions=(ITEM,),
    sent=TOLD,
)  # fmt: skip
"""Nothing is open."""


def words(incident: Incident, oddities: int = 0) -> list[tuple[str, str]]:
    return [(each.part, each.words) for each in finishing.loose_ends(incident, oddities, TODAY)]


@pytest.mark.parametrize("status", RESPONSE)
def test_during_the_response_it_cannot_be_finished(status: Status) -> None:
    with pytest.raises(Refused, match=f"INC-7 is {status}, and recovery comes first"):
        finishing.finish(replace(DONE, status=status), "")


def test_it_is_finished_once_and_with_items_or_a_reason() -> None:
    assert finishing.finish(DONE, "") == e.Reviewed("")
    idea = replace(DONE, actions=(replace(ITEM, candidate=True),))
    assert finishing.finish(idea, " the provider\nis gone ") == e.Reviewed("the provider is gone")
    with pytest.raises(Refused, match="no action items"):
        finishing.finish(idea, " ")
    with pytest.raises(Refused, match="finished already"):
        finishing.finish(replace(DONE, reviewed_at=END), "")


def test_where_nothing_is_open_nothing_is_named() -> None:
    assert words(DONE) == []


SECOND = replace(ITEM, id="j")


@pytest.mark.parametrize(
    ("incident", "named"),
    [
        (replace(DONE, rivals=(Version("v", "lessons", "x", "sam", END), Version("w", "lessons", "y", "ana", END))),
         ("document", "Two texts wait to be settled: Lessons.")),
        (replace(DONE, sections=DONE.sections[:-1]), ("document", "Nobody has written: Lessons.")),
        (replace(DONE, sections=DONE.sections[:-4]),
         ("document", "Nobody has written: What went well, What went badly, Where we were lucky, Lessons.")),
        (replace(DONE, sections=DONE.sections[:-5]),
         ("document", "Nobody has written: What was known at each decision, What went well, What went badly and 2 more.")),
        (replace(DONE, actions=(replace(ITEM, owner=""),)), ("actions", "1 action item has no owner.")),
        (replace(DONE, actions=(replace(ITEM, due=""), replace(SECOND, due=""))),
         ("actions", "2 action items have no due date.")),
        (replace(DONE, actions=(replace(ITEM, due="2026-11-21"),)), ("actions", "1 action item is overdue.")),
        (replace(DONE, actions=(replace(ITEM, due="2026-11-21"), replace(SECOND, due="2020-01-01", state="in_progress"))),
         ("actions", "2 action items are overdue.")),
        (replace(DONE, actions=(ITEM, replace(SECOND, candidate=True, owner="", due="2020-01-01"))),
         ("actions", "1 idea waits for a decision: take it on, or drop it.")),
        (replace(DONE, sent=TOLD[1:]), ("loop", "No message is recorded to: customers.")),
        (replace(DONE, accounts=(Account("Acme"),)), ("loop", "Still to hear the end: Acme.")),
        (replace(DONE, sent=(Sent("customers", "update", 1, NIGHT, None), *TOLD[1:])),
         ("loop", "Still to hear the end: customers.")),
    ],
)  # fmt: skip
def test_what_is_open_is_named_with_its_place(incident: Incident, named: tuple[str, str]) -> None:
    assert words(incident) == [named]


@pytest.mark.parametrize("count", [1, 3])
def test_oddities_of_the_record_are_counted(count: int) -> None:
    said = "1 thing in the record is odd or missing." if count == 1 else "3 things in the record are odd or missing."
    assert words(DONE, count) == [("record", said)]


@pytest.mark.parametrize(
    "change",
    [
        {"whys": (Why("a", "no index", None, (), "", "root"),)},
        {"root_cause": "no index"},
        {"sections": DONE.sections},
    ],
)
def test_a_root_cause_is_marked_or_written(change: dict[str, object]) -> None:
    bare = replace(DONE, sections=tuple(each for each in DONE.sections if each[0] != "root_cause"))
    assert ("causes", "No root cause is marked or written down.") in words(bare)
    assert words(replace(bare, **change)) == []  # type: ignore[arg-type]


def test_a_root_that_was_ruled_out_with_what_it_explains_is_none() -> None:
    bare = replace(DONE, sections=tuple(each for each in DONE.sections if each[0] != "root_cause"))
    out = (Why("a", "a disk", None, (), "", "ruled_out"), Why("b", "old", "a", (), "", "root"))
    assert "causes" in dict(words(replace(bare, whys=out)))


def test_what_was_done_or_dropped_is_not_open() -> None:
    gone = tuple(
        replace(ITEM, id=state, owner="", due="2020-01-01", state=state, candidate=idea)
        for state, idea in (("done", False), ("dropped", False), ("dropped", True))
    )
    assert words(replace(DONE, actions=(ITEM, *gone))) == []


def test_names_from_people_stay_on_their_line() -> None:
    accounts = tuple(Account(text[:100] or "x") for _, text in CORPUS)
    for _, sentence in words(replace(DONE, accounts=accounts)):
        assert len(sentence) < 180
        assert "\n" not in sentence
        assert sentence.endswith("more.")


# --- changed since


def history(*bodies: Body) -> list[Event]:
    return [Event(f"e{n}", "o", n, "x", NIGHT + n, NIGHT + n, "dana", body) for n, body in enumerate(bodies)]


WRITTEN, ADDED = e.PostmortemWritten("summary", "a"), e.ActionAdded("do it")
BACK, AGAIN = e.StatusChanged("investigating", "resolved"), e.StatusChanged("resolved", "investigating")


@pytest.mark.parametrize(
    ("bodies", "changed"),
    [
        ([WRITTEN], False),
        ([WRITTEN, e.Reviewed()], False),
        ([e.Reviewed(), WRITTEN], True),
        ([ADDED, e.Reviewed(), e.ActionMoved("e0", "done")], False),
        ([ADDED, e.Reviewed(), e.ActionChanged("e0", "do more")], True),
        ([e.Reviewed(), e.WhyAdded("x"), e.Undone("e1")], False),
        ([e.Reviewed(), e.WhyAdded("x"), e.Undone("e1"), e.Redone("e1")], True),
        ([WRITTEN, e.Reviewed(), e.Undone("e0")], True),
        ([WRITTEN, e.Undone("e0"), e.Reviewed(), e.Redone("e0")], True),
        ([e.Reviewed(), WRITTEN, e.Undone("e0")], False),
        ([e.Reviewed(), WRITTEN, e.Undone("e0"), e.Reviewed()], False),
        ([e.Reviewed(), e.Amended("started_at", (NIGHT,))], True),
        ([e.Reviewed(), e.Corrected("n", "x")], True),
        ([e.Reviewed(), e.StatusChanged("closed", "resolved")], False),
        ([e.Reviewed(), e.StatusChanged("closed", "resolved"), e.StatusChanged("resolved", "closed")], False),
        ([e.StatusChanged("resolved", "monitoring"), e.Reviewed(), e.Undone("e0")], True),
        ([e.StatusChanged("closed", "resolved"), e.Reviewed(), e.Undone("e0")], False),
        ([e.Reviewed(), BACK], False),
        ([e.Reviewed(), BACK, AGAIN, e.Noted("a")], False),
        ([e.Reviewed(), BACK, AGAIN, e.Reviewed(), e.Noted("a")], True),
        ([e.Reviewed(), WRITTEN, BACK, e.Undone("e2")], True),
        ([e.Reviewed(), e.Noted("a")], True),
        ([e.Reviewed(), e.Noted("a"), e.Undone("e1")], False),
        ([e.Noted("a"), e.Reviewed(), e.Undone("e0")], True),
        ([e.Noted("a"), e.Reviewed(), e.Undone("e0"), e.Redone("e0")], False),
        ([e.Noted("a"), e.Undone("e0"), e.Reviewed()], False),
        ([e.Reviewed(), e.MessageSent("internal", "update", 1, "s", "t")], True),
        ([e.Reviewed(), e.RoleAssigned("ic", "sam")], True),
        ([e.Reviewed(), e.Decided("what now", (), "wait")], True),
        ([e.Reviewed(), e.SeverityChanged(2, 1, "fewer were hit")], True),
        ([e.Reviewed(), e.FactsStated((("impact", "a"),))], True),
        ([e.Reviewed(), e.AccountListed("Acme")], True),
        ([e.Reviewed(), e.TimerStarted("ask", "was it the pool", NIGHT, "sam")], True),
        ([e.Reviewed(), e.TimerStarted("timer", "look again", NIGHT)], False),
        ([e.Reviewed(), e.MessageCopied("internal", "update", "tool")], False),
        ([e.Reviewed(), e.Ticked("a", "b")], False),
        ([e.Reviewed(), e.ApprovalAsked("internal", "update", "s", "t")], False),
    ],
)
def test_a_finished_postmortem_counts_as_changed_where_it_reads_differently(bodies: list[Body], changed: bool) -> None:
    assert finishing.changed_since_finished(history(*bodies)) is changed
    assert finishing.changed_since_finished(reversed(history(*bodies))) is changed


STEPS = st.one_of(
    st.builds(e.StatusChanged, st.sampled_from(["investigating", "monitoring", "resolved", "closed"]), st.just("")),
    st.builds(e.Reviewed, st.sampled_from(["", "nothing to do"])),
    st.builds(e.Undone, st.sampled_from([f"e{n}" for n in range(8)])),
    st.builds(e.Redone, st.sampled_from([f"e{n}" for n in range(8)])),
)


@given(st.lists(STEPS, max_size=9), st.randoms())
def test_what_finished_it_is_what_the_incident_says(bodies: list[Body], shuffle: Random) -> None:
    told = history(*bodies)
    shuffle.shuffle(told)
    end, state = finishing.finished(told), fold("x", told)
    assert (state.reviewed_at is None) is (end is None)
    if end is not None:
        assert end.body == e.Reviewed(state.review_reason)
        assert end.occurred_at == state.reviewed_at
    else:
        assert not state.review_reason


# --- several things at once


def test_nothing_is_wanted_until_something_is() -> None:
    assert not WriteUp()
    assert WriteUp(sections=(("summary", ""),))
    assert WriteUp(finish="")
    assert len(WriteUp((("summary", "a"),), ("b", "c"), None, "d").steps(TODAY, Check.STRICT)) == 4


def test_an_answer_explains_the_cause_that_is_read_last() -> None:
    (step,) = WriteUp(answers=("why",)).steps(TODAY, Check.STRICT)
    assert step(DONE) == e.WhyAdded("why", None)
    whys = (Why("a", "1", None), Why("b", "2", None), Why("c", "1.1", "a"))
    assert step(replace(DONE, whys=whys)) == e.WhyAdded("why", "b")
