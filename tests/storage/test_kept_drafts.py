"""A message that is put aside and taken up again: everything comes back, and garbage never stops anybody."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_console.desk import Desk
from incident_console.domain.clock import DAY, HOUR, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Incident
from incident_console.domain.text import clean
from incident_console.domain.vocabulary import Audience
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.hostile import CORPUS, NAMES
from tests.storage.open_drafts import INTERNAL, complete, opened, rules


def test_nothing_is_put_aside_while_nobody_has_typed(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    assert draft.stored() == ""
    draft.follow(desk.state_fact(impaired.id, "impact", "all fail"))
    assert draft.stored() == ""
    draft.type("impact", "x")
    assert draft.stored() != ""
    draft.type("impact", "all fail")
    assert draft.stored() == ""
    draft.promise("+30m")
    assert draft.stored() != ""


def test_each_message_has_a_place_of_its_own(desk: Desk, sent: Incident) -> None:
    desk.list_account(sent.id, "Acme")
    desk.list_account(sent.id, "Beta")
    wishes = [
        *(Wish(audience) for audience in Audience),
        INTERNAL,
        Wish("internal", "brief"),
        Wish("internal", "initial"),
        Wish("internal", "initial", corrects=1),
        Wish("key_accounts", account="Acme"),
        Wish("key_accounts", account="Beta"),
    ]
    drafts = [opened(desk, sent, wish) for wish in wishes]
    named = {(each.wish.audience, each.wish.kind, each.wish.account, each.wish.corrects) for each in drafts}
    assert len({each.key for each in drafts}) == len(named)


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
def test_everything_comes_back(desk: Desk, impaired: Incident, _name: str, value: str) -> None:
    draft = complete(opened(desk, impaired))
    draft.type("progress", value)
    draft.promise("+90m")
    desk.keep_draft(draft.key, draft.stored())
    again = opened(desk, impaired)
    assert again.restore(desk.draft(again.key))
    assert again.values == {**draft.values, "progress": clean(value)}
    assert again.draft().whole == draft.draft().whole
    assert again.draft().next_at == NIGHT + 90 * MINUTE
    assert again.promise_words == "04:17"


def test_what_others_changed_since_is_merged_in(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin")
    incident = one.state_fact(declare(one).id, "impact", "some fail")
    one.state_fact(incident.id, "users_affected", "10 %")
    draft = opened(one, incident)
    draft.type("impact", "mine")
    kept = draft.stored()
    two.state_fact(incident.id, "impact", "theirs")
    two.state_fact(incident.id, "users_affected", "50 %")
    two.change_status(incident.id, "monitoring")
    again = opened(one, incident)
    assert again.restore(kept)
    assert (again.values["impact"], again.values["users_affected"]) == ("mine", "50 %")
    assert again.theirs == {"impact": "theirs"}
    assert "the status is monitoring now, it was investigating" in [
        each.words for each in again.view(again.draft()).concerns
    ]


def test_what_was_accepted_stays_accepted(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    draft.type("impact", "mine")
    draft.follow(desk.state_fact(impaired.id, "impact", "theirs"))
    draft.accept()
    again = opened(desk, impaired)
    assert again.restore(draft.stored())
    assert (again.theirs, again.values["impact"]) == ({}, "mine")
    assert "stale" not in rules(again)


def test_a_promise_is_the_same_instant_later(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    draft.promise("+30m")
    kept = draft.stored()
    clock_of(desk).advance(10 * MINUTE)
    again = opened(desk, impaired)
    assert again.restore(kept)
    assert again.draft().next_at == NIGHT + 30 * MINUTE
    clock_of(desk).advance(HOUR)
    late = opened(desk, impaired)
    late.restore(kept)
    assert "promise" in rules(late)


@pytest.mark.parametrize("words", ["none", "soonish", "-"])
def test_promises_that_are_no_time_come_back_as_they_were(desk: Desk, impaired: Incident, words: str) -> None:
    draft = opened(desk, impaired)
    draft.promise(words)
    again = opened(desk, impaired)
    assert again.restore(draft.stored())
    assert again.promise_words == words
    assert (again.promise_problem, again.draft().next_at) == (draft.promise_problem, draft.draft().next_at)


def test_an_old_draft_holds_only_the_fields(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    assert draft.restore(json.dumps({"impact": "mine", "progress": "x", "gone": "y"}))
    assert (draft.values["impact"], draft.values["progress"]) == ("mine", "x")
    assert "gone" not in draft.values
    assert draft.draft().next_at is not None


NUMBERS = "9" * 5000

GARBAGE = [
    "", " ", "{", "null", "1", "true", '"text"', "[]", "[1, 2]", "{}", '{"values": {}}', '{"values": null}',
    '{"values": [1]}', '{"values": "x"}', '{"values": {"impact": null}}', '{"values": {"impact": {"a": 1}}}',
    '{"values": {"gone": "x"}}', '{"values": {"impact": 5}}', '{"base": {"impact": "x"}}', "\x00", "\ufffd" * 100,
    "[" * 100_000, '{"values":' * 50_000, NUMBERS, f'{{"values": {NUMBERS}}}', '{"impact": ["x"]}', "NaN",
]  # fmt: skip


@pytest.mark.parametrize("kept", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_no_draft(desk: Desk, impaired: Incident, kept: str) -> None:
    draft = opened(desk, impaired)
    before = (dict(draft.values), draft.draft(), draft.stored())
    assert not draft.restore(kept)
    assert (draft.values, draft.draft(), draft.stored()) == before


ODD = [
    {"next_at": 10**30, "promise": "+30m"},
    {"next_at": True, "promise": "+30m"},
    {"next_at": -5, "promise": "+30m"},
    {"next_at": "soon", "promise": "+30m"},
    {"next_at": 1e300, "promise": "+30m"},
    {"next_at": NIGHT, "promise": ["x"]},
    {"next_at": NIGHT, "promise": 5},
    {"next_at": NIGHT + 10_000 * DAY, "promise": "14:30"},
    {"promise": "\x1b[2J"},
    {"seen": 5},
    {"seen": []},
    {"seen": ["x"]},
    {"seen": [1, "x", {}]},
    {"seen": {"a": 1}},
    {"seen": ["resolved", 99, "x"]},
    {"seen": ["\x1b[2J", 1, "\x1b[2J"]},
    {"base": {"impact": 5, "gone": "x"}},
    {"more": "of a newer version"},
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_parts_cost_no_words(desk: Desk, impaired: Incident, odd: dict[str, object]) -> None:
    draft = opened(desk, impaired)
    assert draft.restore(json.dumps({"values": {"impact": "mine"}, **odd}))
    assert draft.values["impact"] == "mine"
    view = draft.view(draft.draft())
    assert view.draft.next_at is None or view.draft.next_at < NIGHT + 10 * DAY
    assert "\x1b" not in view.draft.whole
    assert all("\x1b" not in concern.advice + concern.words for concern in view.concerns)
    assert json.loads(draft.stored())["values"]["impact"] == "mine"


def test_a_base_that_is_no_mapping_is_no_draft(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    assert not draft.restore(json.dumps({"values": {"impact": "mine"}, "base": 5}))
    assert draft.values["impact"] == "some fail"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["values", "base", "seen", "next_at", "promise", "impact"]), inner, max_size=4
            )
        ),
    )
)
def test_whatever_lies_in_the_file_never_stops_anybody(desk: Desk, kept: object) -> None:
    incident = declare(desk)
    draft = opened(desk, incident)
    draft.restore(json.dumps(kept))
    assert draft.view(draft.draft()).draft.incident_id == incident.id


def test_a_stored_draft_can_be_taken_up_any_number_of_times(desk: Desk, impaired: Incident) -> None:
    draft = complete(opened(desk, impaired))
    draft.promise("+30m")
    kept = draft.stored()
    for _ in range(3):
        again = opened(desk, impaired)
        again.restore(kept)
        second = again.stored()
        once_more = opened(desk, impaired)
        once_more.restore(second)
        assert once_more.stored() == second
        kept = second
