"""Action items: the rules of promising and finishing, their numbers, their order, the figures and the reminders."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.desk.actions import KINDS
from incident_console.domain import actions
from incident_console.domain import events as e
from incident_console.domain.actions import Item, Wanted
from incident_console.domain.clock import DAY, HOUR, Zone
from incident_console.domain.decide import Check
from incident_console.domain.events import Body, Event
from incident_console.domain.fold import fold
from incident_console.domain.followup import Figures, chase, dated, days, figures, rate, to_calendar, when
from incident_console.domain.incident import ActionItem, Incident, Why
from incident_console.domain.vocabulary import OddTime, Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS

TODAY = date(2026, 11, 21)
UTC_ZONE = Zone(UTC)
PLAIN = ActionItem("i", "check indexes", "prevent", "Sam", "2026-12-01", "https://t/1", causes=("a",), product=True)
IDEA = ActionItem("c", "rewrite it", "prevent", "", "", "", candidate=True)
INCIDENT = Incident("x", number=7, title="Search down", whys=(Why("a", "no index", None),), actions=(PLAIN, IDEA))


def item(number: int = 1, **changes: object) -> Item:
    """One on the list; `drill`, `severity` and `incident` go to its incident, all else to the item."""
    around = {key: changes.pop(key) for key in ("drill", "incident", "title") if key in changes}
    what = replace(PLAIN, id=f"i{number}", **{"added_at": NIGHT, "moved_at": NIGHT, **changes})  # type: ignore[arg-type]
    made = Item("x", 7, "Search down", 2, False, number, what, NIGHT, 0)
    return replace(made, **around)  # type: ignore[arg-type]


# --- writing


def test_a_new_item_is_open_and_a_commitment_unless_it_is_an_idea() -> None:
    assert actions.add(INCIDENT, Wanted("  do\nit "), TODAY) == e.ActionAdded("do it")
    whole = Wanted("do it", "Detect", " Ana ", "in 2 weeks", "https://t/2", ("a", "a"), True, True)
    assert actions.add(INCIDENT, whole, TODAY) == e.ActionAdded(
        "do it", "detect", "Ana", "2026-12-05", "https://t/2", ("a",), True, True
    )


def test_what_is_not_given_stays() -> None:
    changed = actions.change(INCIDENT, "i", Wanted(due="+1d"), TODAY)
    assert changed == e.ActionChanged(
        "i", PLAIN.text, "prevent", "Sam", "2026-11-22", "https://t/1", ("a",), True, False
    )
    emptied = actions.change(INCIDENT, "i", Wanted(owner="", due="", link="", causes=(), product=False), TODAY)
    assert (emptied.owner, emptied.due, emptied.link, emptied.causes, emptied.product) == ("", "", "", (), False)


def test_a_day_that_has_passed_since_it_was_named_does_not_stand_in_the_way() -> None:
    late = replace(INCIDENT, actions=(replace(PLAIN, due="2026-11-01"),))
    assert actions.change(late, "i", Wanted(owner="Ana", due="2026-11-01"), TODAY).due == "2026-11-01"
    with pytest.raises(OddTime):
        actions.change(late, "i", Wanted(due="2026-11-02"), TODAY)
    assert actions.change(late, "i", Wanted(due="2026-11-02"), TODAY, Check.FORCED).due == "2026-11-02"


def test_an_idea_becomes_a_commitment_with_an_owner_and_a_date() -> None:
    for wanted, missing in (
        (Wanted(candidate=False), "an owner and a date"),
        (Wanted(candidate=False, owner="Ana"), "needs a date"),
        (Wanted(candidate=False, due="+2w"), "needs an owner"),
    ):
        with pytest.raises(Refused, match=f"somebody agreed to own it and named a date.*{missing}"):
            actions.change(INCIDENT, "c", wanted, TODAY)
    agreed = actions.change(INCIDENT, "c", Wanted(candidate=False, owner="Ana", due="+2w"), TODAY)
    assert (agreed.candidate, agreed.owner, agreed.due) == (False, "Ana", "2026-12-05")
    assert actions.change(INCIDENT, "c", Wanted(owner="Ana"), TODAY).candidate


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (lambda: actions.add(INCIDENT, Wanted(), TODAY), "needs words"),
        (lambda: actions.add(INCIDENT, Wanted(" \n"), TODAY), "needs words"),
        (lambda: actions.add(INCIDENT, Wanted("x" * 501), TODAY), "501 characters; 500 fit"),
        (lambda: actions.add(INCIDENT, Wanted("x", owner="n" * 81), TODAY), "81 characters; 80 fit"),
        (lambda: actions.add(INCIDENT, Wanted("x", "hope"), TODAY), "Use one of: prevent"),
        (lambda: actions.add(INCIDENT, Wanted("x", due="soon"), TODAY), "2026-12-01, \\+14d"),
        (lambda: actions.add(INCIDENT, Wanted("x", due="2026-02-30"), TODAY), "is not a day"),
        (lambda: actions.add(INCIDENT, Wanted("x", due="2026-11-20"), TODAY), "passed already"),
        (lambda: actions.add(INCIDENT, Wanted("x", causes=("gone",)), TODAY), "no cause “gone” in INC-7"),
        (lambda: actions.change(INCIDENT, "i", Wanted("check  indexes"), TODAY), "like that already"),
        (lambda: actions.change(INCIDENT, "i", Wanted(""), TODAY), "needs words"),
        (lambda: actions.change(INCIDENT, "gone", Wanted("x"), TODAY), "does not exist"),
        (lambda: actions.move(INCIDENT, "i", "open"), "is open already"),
        (lambda: actions.move(INCIDENT, "i", "finished"), "Use one of: open, in_progress"),
        (lambda: actions.move(INCIDENT, "gone", "done"), "does not exist"),
        (lambda: actions.move(INCIDENT, "i", "dropped", " "), "Say why it will not be done"),
        (lambda: actions.move(INCIDENT, "c", "done"), "still an idea.*Commit to it first"),
        (lambda: actions.move(INCIDENT, "c", "in_progress"), "still an idea"),
        (lambda: actions.parse_id("INC-7"), "They are called INC-7/3"),
        (lambda: actions.parse_id("x" * 900), "They are called INC-7/3"),
    ],
)
def test_refusals(command: Callable[[], object], says: str) -> None:
    with pytest.raises(Refused, match=says) as refusal:
        command()
    assert len(str(refusal.value)) < 250


def test_states() -> None:
    assert actions.move(INCIDENT, "i", "in progress") == e.ActionMoved("i", "in_progress")
    assert actions.move(INCIDENT, "i", "done") == e.ActionMoved("i", "done")
    assert actions.move(INCIDENT, "c", "dropped", "too\nlarge") == e.ActionMoved("c", "dropped", "too large")


@pytest.mark.parametrize("typed", ["INC-7/3", "inc-7/3", " 7/3 ", "7.3", "INC7/3", "7#3"])
def test_ids_as_people_type_them(typed: str) -> None:
    assert actions.parse_id(typed) == (7, 3)


# --- numbers and order


def history(*bodies: Body) -> tuple[Event, ...]:
    return tuple(Event(f"e{n}", "o", n, "x", NIGHT + n, NIGHT + n, "dana", body) for n, body in enumerate(bodies, 1))


def listed(*bodies: Body) -> tuple[Item, ...]:
    events = history(*bodies)
    return actions.items_of(fold("x", events).actions, events, INCIDENT)


def test_a_number_is_never_given_twice() -> None:
    add = e.ActionAdded
    assert [each.id for each in listed(add("a"), add("b"), add("c"))] == ["INC-7/1", "INC-7/2", "INC-7/3"]
    gone = (add("a"), add("b"), add("c"), e.Undone("e2"), add("d"))
    assert [(each.id, each.what.text) for each in listed(*gone)] == [
        ("INC-7/1", "a"), ("INC-7/3", "c"), ("INC-7/4", "d"),
    ]  # fmt: skip
    back = listed(*gone, e.Redone("e2"))
    assert [(each.number, each.what.text) for each in back] == [(1, "a"), (2, "b"), (3, "c"), (4, "d")]


def test_what_another_file_brings_takes_the_next_number() -> None:
    theirs, ours = history(e.ActionAdded("theirs"), e.ActionAdded("ours"))
    events = (replace(theirs, seq=2), replace(ours, seq=1))
    assert [each.number for each in actions.items_of(fold("x", events).actions, events, INCIDENT)] == [2, 1]


def test_the_events_about_items_are_enough_to_know_them() -> None:
    add = e.ActionAdded
    events = history(
        e.Declared(7, "Search down", 1), add("a"), e.WhyAdded("w"), e.Undone("e3"), add("b"), e.StatusChanged("resolved", "monitoring"),
        e.ActionMoved("e2", "done"), e.Undone("e7"), e.Undone("e6"), e.Redone("e7"),
    )  # fmt: skip
    about = [each for each in events if each.body.kind in KINDS]
    assert len(about) < len(events)
    whole = actions.items_of(fold("x", events).actions, events, INCIDENT)
    assert actions.items_of(fold("x", about).actions, about, INCIDENT) == whole
    assert [each.what.state for each in whole] == ["done", "open"]


def grouping(how: actions.Grouping, *items: Item) -> list[tuple[str, list[int]]]:
    groups = actions.grouped(items, how, TODAY, NIGHT + 100 * DAY)
    return [(group.heading, [each.number for each in group.items]) for group in groups]


def test_parts_of_the_list() -> None:
    mixed = (
        item(1, due="2026-11-01", added_at=NIGHT), item(2, owner="", due="", added_at=NIGHT + 99 * DAY),
        item(3, owner="sam", added_at=NIGHT + 50 * DAY, incident=12, title="Mail"), item(4, candidate=True),
        item(5, state="done"), item(6, state="dropped"),
    )  # fmt: skip
    apart = [("ideas that nobody has committed to", [4]), ("done", [5]), ("will not be done", [6])]
    how = actions.Grouping
    assert grouping(how.DUE, *mixed) == [("overdue", [1]), ("due", [3]), ("no date yet", [2]), *apart]
    assert grouping(how.OWNER, *mixed) == [("nobody owns these yet", [2]), ("Sam", [1, 3]), *apart]
    assert grouping(how.AGE, *mixed) == [
        ("older than 90 days", [1]), ("30 to 90 days old", [3]), ("added this week", [2]), *apart,
    ]  # fmt: skip
    assert grouping(how.INCIDENT, *mixed) == [("INC-7 Search down", [1, 2]), ("INC-12 Mail", [3]), *apart]
    assert grouping(how.DUE) == []


def test_when_an_item_changed_last_and_how_often() -> None:
    (found,) = listed(
        e.ActionAdded("a"), e.ActionChanged("e1", "b"), e.ActionMoved("e1", "done"), e.ActionMoved("no", "done")
    )
    assert (found.what.text, found.what.state, found.changed_at, found.changes) == ("b", "done", NIGHT + 3, 2)


def test_the_ones_that_need_somebody_stand_first() -> None:
    mixed = [
        item(1, state="dropped"), item(2, state="done"), item(3, candidate=True, due="2026-11-01"), item(4, due=""),
        item(5, due="2026-12-01"), item(6, due="2026-11-30", state="in_progress"), item(7, due="2026-11-20"),
        item(8, due="2026-10-01"), item(9, due="2026-11-21"), item(10, due="whenever"),
    ]  # fmt: skip
    ordered = actions.in_order(mixed, TODAY)
    assert [each.number for each in ordered] == [8, 7, 9, 6, 5, 4, 10, 3, 2, 1]
    assert [each.is_overdue(TODAY) for each in ordered[:3]] == [True, True, False]
    assert ordered[0].days_over(TODAY) == 51


def test_owners_are_one_person_however_they_are_spelt() -> None:
    found = (item(1, owner="Sam"), item(2, owner=" sam"), item(3, owner=""), item(4, owner="Ana", state="done"))
    assert [each.number for each in actions.owned_by(found, "SAM")] == [1, 2]
    assert [each.number for each in actions.owned_by(found, "")] == [3]
    assert actions.owners(found) == ("Sam",)


# --- figures


def test_figures_of_nothing_are_unknown() -> None:
    found = figures([], NIGHT, UTC_ZONE)
    assert found == Figures()
    assert (found.done_share, found.on_time_share, rate(found)) == (None, None, "no commitments yet")


def test_figures() -> None:
    now = NIGHT + 40 * DAY  # 2026-12-31
    mixed = [
        item(1, state="done", due="2026-12-01", moved_at=NIGHT + 2 * DAY),  # in time
        item(2, state="done", due="2026-11-22", moved_at=NIGHT + 4 * DAY),  # late
        item(3, state="done", due="", moved_at=NIGHT + 9 * DAY),  # nobody can say
        item(4, due="2026-12-30", added_at=NIGHT + 10 * DAY),  # overdue
        item(5, due="2027-01-30", owner="", added_at=NIGHT + 20 * DAY, state="in_progress"),
        item(6, due="", added_at=NIGHT + 39 * DAY),
        item(7, due="2026-12-01", state="dropped", moved_at=NIGHT + 5 * DAY),
        item(8, candidate=True), item(9, drill=True, due="2026-11-01"), item(10, drill=True, state="done"),
    ]  # fmt: skip
    found = figures(mixed, now, UTC_ZONE)
    assert found == Figures(
        commitments=7, done=3, dropped=1, overdue=1, came_due=3, on_time=1, incomplete=2, open_age=20 * DAY,
        time_to_done=4 * DAY,
    )  # fmt: skip
    assert found.live == 3
    assert rate(found) == ("3 of 7 done (43 %) · 1 of 3 on time (33 %) · 1 given up · median age 20 days")


def test_in_time_is_judged_by_the_day_on_the_readers_wall() -> None:
    late_evening = item(1, state="done", due="2026-11-21", moved_at=NIGHT + 20 * HOUR)  # 22:47 UTC
    assert figures([late_evening], NIGHT + DAY, UTC_ZONE).on_time == 1
    assert figures([late_evening], NIGHT + DAY, Zone(timezone(timedelta(hours=3)))).on_time == 0


STATES = st.sampled_from(["open", "in_progress", "done", "dropped"])
DUES = st.sampled_from(["", "2026-11-01", "2026-11-21", "2026-12-24", "odd"])


@given(st.lists(st.tuples(STATES, DUES, st.booleans(), st.booleans(), st.integers(-5, 90)), max_size=12))
def test_figures_add_up(rows: list[tuple[str, str, bool, bool, int]]) -> None:
    found = [
        item(n, state=state, due=due, candidate=idea, drill=drill, moved_at=NIGHT + day * DAY)
        for n, (state, due, idea, drill, day) in enumerate(rows)
    ]
    sums = figures(found, NIGHT + 90 * DAY, UTC_ZONE)
    assert sums.commitments == sums.done + sums.dropped + sums.live
    assert sums.on_time <= sums.came_due <= sums.done + sums.overdue <= sums.commitments
    assert sums.done_share is None or 0 <= sums.done_share <= 1
    assert all(value is None or value >= 0 for value in (sums.open_age, sums.time_to_done))
    assert sorted(each.number for each in actions.in_order(found, TODAY)) == list(range(len(rows)))


def test_days() -> None:
    assert [days(count) for count in (0, DAY - 1, DAY, 9 * DAY)] == ["0 days", "0 days", "1 day", "9 days"]


# --- reminders and calendars


def test_a_reminder_lists_all_that_is_open_with_days_and_links() -> None:
    found = [
        item(2, due=""), item(1, due="2026-11-10", link=""), item(3, state="done"), item(4, candidate=True),
        item(5, owner="Ana"),
    ]  # fmt: skip
    assert chase(found, "sam", TODAY).split("\n") == [
        "Hi Sam, from our incidents you own 2 open action items, 1 of them past the date:",
        "",
        "- INC-7/1, OVERDUE since Tue 10 Nov (11 days): check indexes",
        "  from INC-7, Search down",
        "- INC-7/2, no date yet: check indexes",
        "  from INC-7, Search down",
        "  https://t/1",
        "",
        "For each one, a short word is enough: done, on its way, or what stands in the way. "
        "If a date or the owner has to change, tell me and I will note it. Thank you.",
    ]


def test_a_reminder_of_one_thing_speaks_of_one_thing() -> None:
    said = [chase([item(1, due=due)], "Sam", TODAY).split("\n")[0] for due in ("2026-11-01", "2026-12-01")]
    assert said == [
        "Hi Sam, from our incidents you own 1 open action item, and its date has passed:",
        "Hi Sam, from our incidents you own 1 open action item:",
    ]


def test_what_nobody_owns_is_asked_of_all() -> None:
    text = chase([item(1, owner=""), item(2, owner="Sam")], "", TODAY)
    assert text.startswith("Hi all, from our incidents this item has no owner yet:\n\n- INC-7/1, due Tue 1 Dec")
    assert text.endswith(
        "Who can take one, and until when? A name and a date make it a promise that we can keep. Thank you."
    )


def test_a_reminder_of_a_drill_says_so() -> None:
    assert chase([item(1, drill=True)], "Sam", TODAY).startswith("DRILL: Hi Sam")
    assert "from DRILL INC-7" in chase([item(1, drill=True), item(2)], "Sam", TODAY)


def test_there_is_no_reminder_without_anything_open() -> None:
    with pytest.raises(Refused, match="Ana has no open action item"):
        chase([item(1)], "Ana", TODAY)
    with pytest.raises(Refused, match="Nobody’s list"):
        chase([item(1)], "", TODAY)


@pytest.mark.parametrize(("name", "text"), CORPUS, ids=[name for name, _ in CORPUS])
def test_a_reminder_keeps_hostile_text_on_its_line(name: str, text: str) -> None:
    plain = chase([item(1, owner="Sam")], "Sam", TODAY)
    hostile = chase([item(1, owner="Sam", text=text, title=text, link="https://x")], "Sam", TODAY)
    assert hostile.count("\n") == plain.count("\n")
    assert "\x1b" not in hostile


def test_how_a_day_is_said() -> None:
    said = [when(item(1, due=due), TODAY) for due in ("2026-11-20", "2026-11-21", "2027-01-01", "")]
    assert said == ["OVERDUE since Fri 20 Nov (1 day)", "due Sat 21 Nov", "due Fri 1 Jan 2027", "no date yet"]


def test_a_calendar_holds_open_commitments_with_a_day_and_is_the_same_every_time() -> None:
    found = (
        item(1),
        item(2, due=""),
        item(3, state="done"),
        item(4, candidate=True),
        item(5, due="2026-11-01", drill=True),
    )
    assert [each.number for each in dated(found)] == [1, 5]
    text = to_calendar(found)
    assert text == to_calendar(tuple(reversed(found)))
    assert [line for line in text.split("\r\n") if line.startswith(("UID", "SUMMARY"))] == [
        "UID:i5@incident-console", "SUMMARY:DRILL INC-7/5 check indexes",
        "UID:i1@incident-console", "SUMMARY:INC-7/1 check indexes",
    ]  # fmt: skip
    assert "DESCRIPTION:INC-7: Search down\\nOwner: Sam\\nhttps://t/1\r\n" in text
    assert to_calendar(()).count("\r\n") == 6
