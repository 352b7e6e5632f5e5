"""Facts once: stated by hand or by a message, drawn from by every other, and who holds older ones."""

from dataclasses import replace
from pathlib import Path

from incident_console.desk import Desk
from incident_console.domain import drafting
from incident_console.domain import events as e
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident, lookup
from incident_console.domain.vocabulary import MessageKind
from tests.builders import clock_of, declare, make_desk
from tests.storage.conftest import texts
from tests.storage.messages import bodies, complete


def test_a_fact_is_stated_once_and_every_message_draws_from_it(desk: Desk, incident: Incident) -> None:
    state = desk.state_fact(incident.id, "impact", "cards fail")
    assert texts(desk, incident.id, "fact") == ["impact: cards fail"]
    for template in desk.catalog.templates:
        if "impact" in [field.name for field in template.fields]:
            draft = desk.compose(incident.id, Wish(template.audiences[0], template.kind))
            whole = (
                "Cards fail." if template.kind == MessageKind.CUSTOMER_REPORT else "cards fail"
            )  # a letter's sentence
            assert lookup(draft.values, "impact") == whole
            assert whole in draft.text
    assert state.fact("impact") == "cards fail"


def test_a_fact_tells_what_it_was_and_can_be_undone(desk: Desk, incident: Incident) -> None:
    desk.state_fact(incident.id, "impact", "some fail")
    desk.state_fact(incident.id, "impact", "all fail")
    assert texts(desk, incident.id, "fact")[-1] == "impact: all fail (was: some fail)"
    assert "all fail" in desk.undo(incident.id)
    assert desk.incident(incident.id).fact("impact") == "some fail"
    desk.redo(incident.id)
    assert desk.incident(incident.id).fact("impact") == "all fail"


def test_copying_states_what_is_new_in_the_words(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("internal", values=(("impact", "cards fail"),)))
    desk.copied(draft, "tmux")
    state = desk.incident(incident.id)
    assert state.fact("impact") == "cards fail"
    assert state.sent == ()
    assert state.heard == ()
    assert len(texts(desk, incident.id, "copied")) == 1


def test_nothing_is_stated_while_nothing_changed(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("internal"))
    desk.copied(draft, "tmux")
    once = len(bodies(desk, incident, e.FactsStated))
    desk.copied(draft, "tmux")
    desk.mark_sent(draft)
    clock_of(desk).advance(5 * MINUTE)
    desk.copied(complete(desk, desk.incident(incident.id), Wish("executives", "initial")), "tmux")
    assert len(bodies(desk, incident, e.FactsStated)) == once == 1


def test_sending_states_what_is_new_in_the_same_step(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("internal", values=(("impact", "cards fail"),)))
    state = desk.mark_sent(draft)
    assert state.fact("impact") == "cards fail"
    (stated,) = bodies(desk, incident, e.FactsStated)
    assert dict(stated.values)["impact"] == "cards fail"
    assert dict(dict(state.heard)["internal"])["impact"] == "cards fail"


def test_undoing_the_facts_of_a_copy_leaves_the_copy(desk: Desk, incident: Incident) -> None:
    desk.copied(complete(desk, incident, Wish("internal", values=(("impact", "cards fail"),))), "tmux")
    desk.undo(incident.id)
    assert desk.incident(incident.id).fact("impact") == ""
    assert len(texts(desk, incident.id, "copied")) == 1


def test_who_holds_older_facts_until_they_are_followed_up(desk: Desk, incident: Incident) -> None:
    tick = clock_of(desk).advance
    for audience in ("internal", "customers"):
        desk.mark_sent(complete(desk, desk.incident(incident.id), Wish(audience, values=(("impact", "some fail"),))))
        tick(2 * MINUTE)
    assert drafting.behind(desk.incident(incident.id)) == ()
    coming = complete(desk, desk.incident(incident.id), Wish("internal", values=(("impact", "all fail"),)))
    held = drafting.behind(desk.incident(incident.id), coming.values)
    assert {each.audience for each in held} == {"internal", "customers"}
    state = desk.mark_sent(coming)
    (held_by,) = drafting.behind(state)
    assert (held_by.audience, held_by.facts) == ("customers", ("impact",))
    tick(2 * MINUTE)
    follow_up = complete(desk, state, Wish("customers"))
    assert "all fail" in follow_up.text
    assert drafting.behind(desk.mark_sent(follow_up)) == ()


def test_a_fact_taken_back_is_told_until_a_follow_up_went_out(desk: Desk, incident: Incident) -> None:
    draft = complete(desk, incident, Wish("executives", "executive_brief", (("business_impact", "much"),)))
    desk.mark_sent(draft)
    state = desk.state_fact(incident.id, "business_impact", "")
    assert [each.facts for each in drafting.behind(state)] == [("business_impact",)]
    clock_of(desk).advance(2 * MINUTE)
    wish = Wish("executives", "executive_brief")
    template = desk.suggested(state, "executives", "executive_brief")
    values = tuple((field.name, "new" if field.name != "business_impact" else "") for field in template.fields)
    after = desk.mark_sent(desk.compose(incident.id, replace(wish, values=values)), check=Check.FORCED)
    assert "business_impact" not in {name for each in drafting.behind(after) for name in each.facts}


def test_two_desks_state_facts_one_after_the_other(tmp_path: Path) -> None:
    one, two = make_desk(tmp_path, "dana"), make_desk(tmp_path, "erin")
    incident = declare(one)
    draft = complete(one, incident, Wish("internal", values=(("impact", "from dana"),)))
    two.state_fact(incident.id, "impact", "from erin")
    one.copied(draft, "tmux")
    stated = bodies(one, incident, e.FactsStated)
    assert dict(stated[-1].previous)["impact"] == "from erin"
    assert two.incident(incident.id).fact("impact") == "from dana"
