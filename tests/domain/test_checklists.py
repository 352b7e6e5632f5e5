"""Checklists: which items are open in a status, and which ones a change of status leaves behind."""

import dataclasses
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.checklists import ORDER, Checklists, Item, Phase, left_open, open_items, phase_of
from incident_console.domain.vocabulary import SEVERITIES, Status

EACH = (1, 2, 3, 4)


def phase(key: str, *items: str) -> Phase:
    """`assess` is for every severity, `page:12` for SEV1 and SEV2."""
    parts = (item.partition(":") for item in items)
    return Phase(
        key, key.title(), tuple(Item(name, f"Do {name}", tuple(map(int, only)) or EACH) for name, _, only in parts)
    )


LISTS = Checklists(
    "test",
    1,
    (
        phase("detection", "assess", "name"),
        phase("active", "update", "points:12"),
        phase("resolution", "confirm", "page:12", "review:123"),
        phase("after", "learn"),
    ),
)
PLACES = {item.id: ORDER.index(each.key) for each in LISTS.phases for item in each.items}

statuses = st.sampled_from([status.value for status in Status])
severities = st.sampled_from([None, *SEVERITIES])
ticks = st.sets(st.sampled_from([*PLACES, "of-another-pack"]))


def ids(items: tuple[Item, ...]) -> str:
    return " ".join(item.id for item in items)


@pytest.mark.parametrize(
    ("status", "key"),
    [
        ("investigating", "detection"),
        ("identified", "active"),
        ("mitigating", "active"),
        ("monitoring", "resolution"),
        ("resolved", "resolution"),
        ("closed", "after"),
    ],
)
def test_every_status_belongs_to_a_phase(status: str, key: str) -> None:
    assert phase_of(status) == phase_of(Status(status)) == key


def test_no_status_is_forgotten_and_phases_follow_the_statuses() -> None:
    assert list(dict.fromkeys(map(phase_of, Status))) == list(ORDER)


def test_a_status_of_a_newer_version_counts_as_under_way() -> None:
    assert phase_of("verifying") == "active"


@pytest.mark.parametrize(
    ("status", "severity", "ticked", "expected"),
    [
        ("investigating", 1, "", "assess name"),
        ("investigating", 1, "assess", "name"),
        ("investigating", 1, "update learn", "assess name"),
        ("identified", 1, "", "update points assess name"),
        ("identified", 3, "", "update assess name"),
        ("mitigating", 2, "update name", "points assess"),
        ("monitoring", 4, "assess name", "confirm update"),
        ("monitoring", 3, "assess name", "confirm review update"),
        ("resolved", None, "", "confirm page review update points assess name"),
        ("closed", 4, "", "learn confirm update assess name"),
        ("closed", 4, "learn confirm update assess name", ""),
    ],
)
def test_what_is_open_starts_with_the_current_phase(
    status: str, severity: int | None, ticked: str, expected: str
) -> None:
    assert ids(open_items(LISTS, status, severity, ticked.split())) == expected


@pytest.mark.parametrize(
    ("change", "severity", "ticked", "expected"),
    [
        ("investigating identified", 1, "", "assess name"),
        ("investigating identified", 1, "assess name", ""),
        ("investigating monitoring", 1, "assess", "name update points"),
        ("investigating closed", 4, "name", "assess update confirm"),
        ("identified mitigating", 1, "", ""),
        ("monitoring resolved", 1, "", ""),
        ("mitigating resolved", 3, "", "update"),
        ("mitigating resolved", None, "", "update points"),
        ("resolved closed", 2, "confirm", "page review"),
        ("resolved closed", 4, "confirm", ""),
        ("monitoring investigating", 1, "", ""),
        ("closed identified", 1, "", ""),
        ("resolved resolved", 1, "", ""),
    ],
)
def test_what_a_change_of_status_leaves_open(change: str, severity: int | None, ticked: str, expected: str) -> None:
    old, new = change.split()
    assert ids(left_open(LISTS, old, new, severity, ticked.split())) == expected


def test_a_phase_that_a_pack_leaves_out_has_nothing_open() -> None:
    some = Checklists("some", 1, (phase("resolution", "confirm"),))
    assert ids(open_items(some, "investigating", 1, ())) == ""
    assert ids(open_items(some, "closed", 1, ())) == "confirm"
    assert ids(left_open(some, "investigating", "monitoring", 1, ())) == ""


@given(statuses, severities, ticks)
def test_a_tick_takes_away_exactly_its_own_item(status: str, severity: int | None, ticked: set[str]) -> None:
    everything = open_items(LISTS, status, severity, ())
    assert open_items(LISTS, status, severity, ticked) == tuple(item for item in everything if item.id not in ticked)


@given(statuses, severities, ticks)
def test_open_items_go_back_in_time_and_never_ahead(status: str, severity: int | None, ticked: set[str]) -> None:
    places = [PLACES[item.id] for item in open_items(LISTS, status, severity, ticked)]
    assert places == sorted(places, reverse=True)
    assert all(place <= ORDER.index(phase_of(status)) for place in places)


@given(statuses, statuses, severities, ticks)
def test_what_is_left_is_what_the_later_status_still_shows(
    old: str, new: str, severity: int | None, ticked: set[str]
) -> None:
    left = left_open(LISTS, old, new, severity, ticked)
    before, after = ORDER.index(phase_of(old)), ORDER.index(phase_of(new))
    shown = open_items(LISTS, new, severity, ticked)
    assert set(left) == {item for item in shown if before <= PLACES[item.id] < after}


@given(severities, ticks)
def test_going_step_by_step_leaves_what_one_leap_leaves(severity: int | None, ticked: set[str]) -> None:
    steps = itertools.pairwise(Status)
    one_by_one = [item for old, new in steps for item in left_open(LISTS, old, new, severity, ticked)]
    assert one_by_one == list(left_open(LISTS, "investigating", "closed", severity, ticked))


def test_checklists_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        LISTS.phases[0].items[0].text = "Do nothing"  # type: ignore[misc]
    assert not hasattr(LISTS, "__dict__")
    assert not hasattr(LISTS.phases[0].items[0], "__dict__")
