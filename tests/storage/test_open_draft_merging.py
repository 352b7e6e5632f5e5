"""A message that is being written while others write too: whose words stay, what is told, which number it gets."""

from dataclasses import replace
from pathlib import Path

from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Incident
from incident_console.domain.sending import Sending
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.storage.open_drafts import INTERNAL, complete, opened, rules

# --- three-way, with another desk on the same file


def test_what_others_state_flows_into_fields_that_nobody_touched(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin")
    incident = declare(one)
    draft = opened(one, incident)
    draft.type("progress", "mine")
    two.state_fact(incident.id, "impact", "all fail")
    assert one.changed()
    assert draft.follow(one.incident(incident.id))
    assert (draft.values["impact"], draft.values["progress"]) == ("all fail", "mine")
    assert draft.theirs == {}
    assert "all fail" in draft.draft().text


def test_my_words_stay_and_theirs_are_told(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin")
    incident = declare(one)
    draft = complete(opened(one, incident))
    draft.type("impact", "mine")
    two.state_fact(incident.id, "impact", "theirs")
    assert not draft.follow(one.incident(incident.id))
    assert (draft.values["impact"], draft.theirs) == ("mine", {"impact": "theirs"})
    view = draft.view(draft.draft())
    concern = next(each for each in view.concerns if each.rule == "changed")
    assert concern.loud
    assert "Others changed it to: theirs" in concern.advice
    assert draft.rewrite(concern) == "theirs"
    assert (draft.values["impact"], draft.theirs) == ("theirs", {})
    assert "changed" not in rules(draft)
    two.state_fact(incident.id, "impact", "once more")
    assert draft.follow(one.incident(incident.id))
    assert draft.values["impact"] == "once more"


def test_words_kept_on_purpose_are_told_again_only_for_newer_ones(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    draft.type("impact", "mine")
    draft.follow(desk.state_fact(impaired.id, "impact", "theirs"))
    draft.accept()
    assert draft.theirs == {}
    draft.follow(desk.incident(impaired.id))
    assert (draft.theirs, draft.values["impact"]) == ({}, "mine")
    draft.follow(desk.state_fact(impaired.id, "impact", "newer"))
    assert (draft.theirs, draft.values["impact"]) == ({"impact": "newer"}, "mine")


def test_others_who_say_what_i_say_are_not_told(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    draft.type("impact", "all fail")
    draft.follow(desk.state_fact(impaired.id, "impact", "all fail"))
    assert draft.theirs == {}
    draft.follow(desk.state_fact(impaired.id, "impact", "half fail"))
    assert draft.values["impact"] == "half fail"


def test_a_fact_that_goes_back_is_told_no_more(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    draft.type("impact", "mine")
    draft.follow(desk.state_fact(impaired.id, "impact", "theirs"))
    desk.undo(impaired.id)
    draft.follow(desk.incident(impaired.id))
    assert (draft.theirs, draft.values["impact"]) == ({}, "mine")


def test_following_an_unchanged_incident_changes_nothing(desk: Desk, impaired: Incident) -> None:
    draft = opened(desk, impaired)
    draft.type("progress", "mine")
    before = dict(draft.values)
    for _ in range(3):
        assert not draft.follow(desk.incident(impaired.id))
    assert draft.values == before


def test_an_impact_that_is_logged_flows_in(desk: Desk, impaired: Incident) -> None:
    from incident_console.desk.response import Logged

    draft = opened(desk, impaired)
    clock_of(desk).advance(MINUTE)
    desk.log(impaired.id, Logged("cards fail\nin Europe", "impact"))
    draft.follow(desk.incident(impaired.id))
    assert draft.values["impact"] == "cards fail in Europe"


def test_an_untouched_fact_of_several_lines_is_no_news(desk: Desk) -> None:
    incident = declare(desk)
    values = (("impact", "cards fail\nin Europe"), ("users_affected", "many"))
    desk.mark_sent(desk.compose(incident.id, Wish("internal", "initial", values)))
    clock_of(desk).advance(5 * MINUTE)
    draft = complete(opened(desk, incident))
    before = desk.incident(incident.id).facts_at
    assert draft.stored() != ""
    draft.type("notes", "x")
    for name in ("progress", "next_steps"):
        draft.type(name, "")
    desk.copied(draft.draft(), "tmux")
    assert desk.incident(incident.id).facts_at == before
    assert draft.view(draft.draft()).behind == ()


# --- freshness


def test_what_changed_meanwhile_is_said_until_it_is_accepted(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin")
    incident = declare(one)
    draft = opened(one, incident)
    assert "stale" not in rules(draft)
    two.change_status(incident.id, "identified")
    two.change_severity(incident.id, 2, "smaller")
    two.state_fact(incident.id, "impact", "half fail")
    draft.follow(one.incident(incident.id))
    said = [each.words for each in draft.view(draft.draft()).concerns if each.rule == "stale"]
    assert said == [
        "the status is identified now, it was investigating",
        "the severity is SEV2 now, it was SEV1",
        "the impact reads now: half fail",
    ]
    draft.accept()
    assert "stale" not in rules(draft)
    two.change_status(incident.id, "monitoring")
    draft.follow(one.incident(incident.id))
    assert rules(draft)[0] == "stale"


# --- the number while others send


def test_the_number_moves_on_when_others_send_first(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin")
    incident = declare(one)
    draft = complete(opened(one, incident))
    two.mark_sent(
        complete(opened(two, incident, replace(INTERNAL, kind="initial"))).draft(), Sending(NIGHT - 30 * SECOND)
    )
    draft.follow(one.incident(incident.id))
    assert draft.draft().number == 2
    assert "#2" in draft.draft().subject
