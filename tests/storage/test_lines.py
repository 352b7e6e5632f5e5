"""Every slash command as it is typed: what it does, what it says, what it refuses, and that undo takes it back."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.line_orders import ORDERS, Outcome
from incident_console.domain.clock import MINUTE, SECOND
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.logline import COMMANDS
from incident_console.domain.vocabulary import Refused
from tests.builders import clock_of, declare, make_desk

Given = tuple[str, ...]
"""Lines that were typed before, a minute each."""

ASKED = ("/ask sam check replica lag 5m",)
TWO = (*ASKED, "/ask Ana is the pool full?")


def start(desk: Desk, given: Given = ()) -> str:
    incident = declare(desk)
    for line in given:
        clock_of(desk).advance(MINUTE)
        desk.carry_out(incident.id, line)
    clock_of(desk).advance(MINUTE)
    return incident.id


WRITES: list[tuple[Given, str, str, str]] = [
    ((), "/status identified", "status", "investigating → identified"),
    (("/status resolved",), "/status monitoring", "status", "resolved → monitoring"),
    ((), "/resolve", "status", "investigating → resolved"),
    ((), "/sev 2 works again for most", "severity", "SEV1 → SEV2: works again for most"),
    ((), "/sev SEV3 hardly anybody", "severity", "SEV1 → SEV3: hardly anybody"),
    ((), "/role comms Ana Maria", "role", "Communications Lead: Ana Maria"),
    (("/role comms Ana Maria",), "/role tech ana", "role", "Technical Lead: Ana Maria"),
    (("/role comms Ana Maria",), '/role tech "Ana"', "role", "Technical Lead: Ana"),
    (("/role comms Ana",), "/role comms nobody", "role", "Communications Lead: nobody (was Ana)"),
    ((), "/assign ic d", "role", "Incident Commander: dana"),
    (("/role ic Ana",), "/handover ic Ben", "role", "Incident Commander: Ben (was Ana), handed over with a brief"),
    ((), "/timer 10m restart cache", "timer", "restart cache"),
    ((), "/ask sam check replica lag 5m", "ask", "sam: check replica lag"),
    (("/role tech Sam Lee",), "/ask sam lag?", "ask", "Sam Lee: lag?"),
    (("/role tech Sam Lee",), '/ask "Sam Lee" lag?', "ask", "Sam Lee: lag?"),
    (ASKED, "/answer sam lag is 40 s", "answer", "sam check replica lag, answered: lag is 40 s"),
    (ASKED, "/answer lag is 40 s", "answer", "sam check replica lag, answered: lag is 40 s"),
    (TWO, "/answer ana yes", "answer", "Ana is the pool full?, answered: yes"),
    (TWO, "/answer pool is full", "answer", "Ana is the pool full?, answered: pool is full"),
    (("/timer 10m restart cache",), "/done", "answer", "restart cache, done"),
    (ASKED, "/done sam", "answer", "sam check replica lag, done"),
    (ASKED, "/drop sam found it elsewhere", "answer", "sam check replica lag, dropped: found it elsewhere"),
    (ASKED, "/extend 10m sam still reading", "timer", "sam check replica lag: more time, still reading"),
    (ASKED, "/extend 10m still reading", "timer", "sam check replica lag: more time, still reading"),
    (
        (),
        "/snooze customers 20m the provider speaks first",
        "clock",
        "customers put off until 2026-11-21 03:22 UTC: the provider speaks first",
    ),
    ((), "/every cust 1h nothing changes", "clock", "customers every 1 h now: nothing changes"),
    ((), "/every rto 1h contract", "clock", "service must be back within 1 h: contract"),
    ((), "/pause exec they are on the call", "clock", "executives paused: they are on the call"),
    (("/pause exec why",), "/resume executives", "clock", "executives runs again"),
    ((), "/rto 2h order system back", "clock", "service must be back within 2 h: order system back"),
    ((), "/rto 2h", "clock", "service must be back within 2 h: recovery time objective"),
    ((), "/care", "checkin", "asked how everybody is"),
    ((), "/care tired but fine", "checkin", "tired but fine"),
    ((), "/request support what do we tell them", "request", "customer-facing teams ask: what do we tell them"),
    ((), "/request Customers", "request", "customers ask: an update"),
    (("/resolve",), "/reopen", "status", "resolved → investigating"),
    ((), "/tick", "tick", "Join the channel; read what is there, then speak"),
    ((), "/tick commander", "tick", "Name an incident commander"),
    ((), "/tick WHAT is broken", "tick", "Find out what is broken, for whom and since when"),
    ((), "/tick own-role", "tick", "Settle your own role and tell the channel"),
    (("/status closed",), "/tick playbooks", "tick", "Bring playbooks and contacts up to date"),
    (
        (),
        "/fact impact payments work again for half",
        "fact",
        "impact: payments work again for half",
    ),
    (
        ("/fact next-steps roll back",),
        '/fact next-steps ""',
        "fact",
        "next steps: not known any more (was: roll back)",
    ),
    ((), "/title Payments fail", "amended", "title: Payments fail (was Checkout payments failing)"),
    ((), "/began 02:30", "amended", "start: 2026-11-21 02:30 UTC"),
    (("/status closed",), "/began 02:30", "amended", "start: 2026-11-21 02:30 UTC"),
    (("/began 02:30",), "/began 02:31", "amended", "start: 2026-11-21 02:31 UTC (was 2026-11-21 02:30 UTC)"),
    ((), "/services Checkout, Payments", "amended", "services: Checkout, Payments"),
    (("/services Checkout",), "/services Search", "amended", "services: Search (was Checkout)"),
]


@pytest.mark.parametrize(("given", "line", "kind", "text"), WRITES, ids=[line for _, line, _, _ in WRITES])
def test_a_command_is_one_row_and_undo_takes_it_back(desk: Desk, given: Given, line: str, kind: str, text: str) -> None:
    incident = start(desk, given)
    before, rows = desk.incident(incident), desk.entries(incident)
    desk.carry_out(incident, line)
    (row,) = set(desk.entries(incident)) - set(rows)
    assert (row.kind, row.text, row.actor) == (kind, text, "dana")
    after = desk.incident(incident)
    assert after != before
    assert desk.carry_out(incident, "/undo") == Outcome(f"Undone: {kind}: {text.splitlines()[0]}")
    assert (desk.incident(incident), desk.entries(incident)) == (before, rows)
    assert desk.carry_out(incident, "/redo").said.startswith(f"Back again: {kind}")
    assert desk.incident(incident) == after


def test_every_command_is_tried() -> None:
    tried = {line[1:].split(" ")[0] for _, line, _, _ in WRITES}
    assert tried | {"brief", "promises", "undo", "redo", "pin", "park"} == set(ORDERS)
    assert set(ORDERS) <= set(COMMANDS)


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - set(ORDERS)))
def test_the_other_commands_lead_to_a_place(desk: Desk, name: str) -> None:
    incident = start(desk)
    events = desk.store.log.everything()
    words = {"update": "executives", "decide": "roll back or wait", "escalate": "a decision"}.get(name, "")
    assert desk.carry_out(incident, f"/{name} {words}") == Outcome(place=name, rest=words)
    assert desk.store.log.everything() == events


CLOSED = ("/status closed",)
REFUSED: list[tuple[Given, str, str]] = [
    ((), "/status", "Type the new status: investigating"),
    ((), "/status done", "There is no status “done”"),
    ((), "/status investigating", "is investigating already"),
    (("/resolve",), "/resolve", "is resolved already"),
    ((), "/sev", "Type the level and the reason"),
    ((), "/sev high why", "Type the level and the reason"),
    ((), "/sev 5 why", "There is no severity 5"),
    ((), "/sev 2", "needs a reason"),
    ((), "/sev 1 why", "is SEV1 already"),
    ((), "/role", "Type the role and the name"),
    ((), "/role boss Ana", "There is no role “boss”"),
    ((), "/role ic", "Say who, for example: /role ic Ana"),
    ((), "/role ic nobody", "held by nobody already"),
    (("/role ic Ana",), "/assign ic Ana", "held by Ana already"),
    (("/role ic Sam Lee", "/role tech Sam Roe"), "/role comms sam", "fits several people: Sam Lee, Sam Roe"),
    (("/role ic Sam Lee", "/role tech Sam Roe"), "/ask sam lag?", "fits several people"),
    (("/role ic Sam Lee", "/role tech Sam Roe"), "/handover ic sam", "fits several people"),
    ((), "/handover", "Type the role and the name"),
    ((), "/handover ic", "Say who takes over"),
    ((), "/handover ic  ", "Say who takes over"),
    (("/role ic Ana",), "/handover ic Ana", "held by Ana already"),
    ((), "/undo", "cannot be undone. If it was declared by mistake, close it"),
    ((), "/redo", "You have nothing to redo"),
    ((), "/timer", "/timer 10m restart cache"),
    ((), "/timer 10m", "/timer 10m restart cache"),
    ((), "/timer restart cache", "/timer 10m restart cache"),
    ((), "/ask", "/ask sam check replica lag 5m"),
    ((), "/ask sam", "/ask sam check replica lag 5m"),
    ((), "/ask sam 5m", "/ask sam check replica lag 5m"),
    ((), "/ask @ lag? 5m", "/ask sam check replica lag 5m"),
    ((), f"/ask sam {'x' * 401}", "401 characters; 400 fit"),
    ((), "/answer sam yes", "Nothing is waiting"),
    (("/timer 10m cache",), "/answer yes", "Nothing is waiting"),
    (ASKED, "/answer", "Type the answer"),
    (ASKED, "/answer sam", "Type the answer"),
    (TWO, "/answer yes", "Several are waiting: sam check replica lag; Ana is the pool full\\?"),
    ((), "/done", "Nothing is waiting"),
    (TWO, "/done", "Several are waiting"),
    ((), "/drop", "Nothing is waiting"),
    (ASKED, "/drop", "needs a reason"),
    (ASKED, "/drop sam", "needs a reason"),
    ((), "/extend 10m why", "Nothing is waiting"),
    (ASKED, "/extend", "Type it like this: /extend 10m"),
    (ASKED, "/extend sam", "Type it like this: /extend 10m"),
    (ASKED, "/extend 10m", "needs a reason"),
    ((), "/snooze", "Type it like this: /snooze customers 10m"),
    ((), "/snooze customers", "Type it like this: /snooze customers 10m"),
    ((), "/snooze customers 10m", "needs a reason"),
    ((), "/snooze everybody 10m why", "There is no clock “everybody”"),
    ((), "/snooze c 10m why", "“c” fits several clocks: customers, check-in, care"),
    ((), "/every customers", "Type it like this: /every customers 1h"),
    ((), "/every customers 1h", "needs a reason"),
    ((), "/every customers 59s why", "A minute is the shortest"),
    ((), "/pause", "Type it like this: /pause executives"),
    ((), "/pause executives", "needs a reason"),
    (("/pause exec why",), "/pause exec again", "executives is paused already"),
    ((), "/resume", "Type it like this: /resume executives"),
    ((), "/resume executives", "executives is not paused"),
    ((), "/rto", "Type it like this: /rto 2h"),
    ((), "/rto soon", "Type it like this: /rto 2h"),
    ((), "/rto 59s", "A minute is the shortest"),
    ((), "/request", "Type it like this: /request customers"),
    ((), "/request press news?", "There is no audience “press”"),
    (("/resolve",), "/request customers news?", "is resolved: answer them with an update"),
    ((), "/tick nothing of this", "No open item of the checklist holds these words"),
    ((), "/title", "needs a title"),
    ((), f"/title {'x' * 201}", "201 characters"),
    ((), "/title Checkout payments failing", "reads like that already"),
    ((), "/began", "Type when it began"),
    ((), "/began soon", "not a time this program understands"),
    ((), "/began 2027-01-01T00:00Z", "lies in the future"),
    ((), "/services", "Type what is hit"),
    ((), "/services ,,", "reads like that already"),
    ((), "/resolv", "Did you mean /resolve"),
    ((), "/", "A slash starts a kind or a command: /decision"),
    ((), "/resolve now please", "takes no words"),
    ((), "/status closed\n02:40 sam: hi", "a command on one line"),
    ((), "/sev 2 better -5m", "always happens now"),
    ((), "/snooze rto 10m why", "No clock runs for rto"),
    (("/pause exec why",), "/pause exec x", "paused already"),
    ((), "/update press", "There is no audience “press”"),
    (("/tick own-role",), "/tick own-role", "No open item"),
    ((), "   ", "There is nothing to log yet"),
    *((CLOSED, line, "is closed") for line in (
        "/timer 10m x", "/ask sam x", "/every exec 1h x", "/rto 2h", "/care", "/pause exec x", "/snooze exec 5m x",
        "/request support x", "/title x", "/services x", "/checkin fine", "/extend 5m sam x", "/escalate", "/triage",
    )),
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "line", "said"), REFUSED, ids=[f"{len(given)} {line[:40]}" for given, line, _ in REFUSED]
)
def test_what_is_refused_is_not_saved(desk: Desk, given: Given, line: str, said: str) -> None:
    incident = start(desk, given)
    events = desk.store.log.everything()
    with pytest.raises(Refused, match=said):
        desk.carry_out(incident, line)
    assert desk.store.log.everything() == events


@pytest.mark.parametrize("line", ["/extend 10m sam", "/extend 10m @sam"])
def test_a_name_is_no_reason_for_more_time(desk: Desk, line: str) -> None:
    incident = start(desk, ASKED)
    with pytest.raises(Refused, match="needs a reason"):
        desk.carry_out(incident, line)


def test_an_items_own_id_comes_before_words_in_another_item(desk: Desk) -> None:
    incident = start(desk, ("/status mitigating",))
    desk.carry_out(incident, "/tick escalate")
    assert desk.incident(incident).ticked == ("escalate",)


def test_ticking_goes_on_with_the_next_open_item(desk: Desk) -> None:
    incident = start(desk)
    first = [desk.carry_out(incident, "/tick").said for _ in range(2)]
    assert first == [
        "Ticked: Join the channel; read what is there, then speak",
        "Ticked: Find out what is broken, for whom and since when",
    ]
    assert desk.incident(incident).ticked == ("join-channel", "status-and-impact")


def test_leaving_a_phase_says_what_is_still_open(desk: Desk) -> None:
    incident = start(desk, ("/tick commander",))
    said = desk.carry_out(incident, "/status identified").said
    assert said.startswith("Still open from before: Join the channel; read what is there, then speak; ")
    assert said.endswith(" and 1 more (t ticks)")
    assert desk.carry_out(incident, "/status mitigating").said == ""
    assert desk.carry_out(incident, "/status investigating").said == ""
    assert "Still open" in desk.carry_out(incident, "/resolve").said


def test_a_brief_and_a_handover_are_ready_to_copy(desk: Desk) -> None:
    given = ("/role ic Ana", "/question is the pool full?", "/decision roll back", "/hypothesis the deploy", *ASKED)
    incident = start(desk, given)
    words = desk.carry_out(incident, "/brief").words
    assert words.startswith("INC-1 SEV1 Checkout payments failing\nStatus: investigating since 2026-11-21 02:47 UTC")
    for part in ("IC Ana", "question: is the pool full?", "hypothesis: the deploy", "decision: roll back",
                 "- sam: check replica lag: 02:57, in 4 min", "- internal: OVERDUE by 1:00"):  # fmt: skip
        assert part in words
    outcome = desk.carry_out(incident, "/handover ic Ben")
    assert outcome.words.startswith(words.split("IC Ana")[0] + "IC Ben")
    assert outcome.said == "Handed over. The brief is ready to copy."
    assert desk.incident(incident).role("ic") == "Ben"


@pytest.mark.parametrize("given", [(), CLOSED])
def test_a_start_long_before_is_taken_where_its_day_is_written(desk: Desk, given: Given) -> None:
    """A line has no way to be forced: what was understood is said instead."""
    incident = start(desk, given)
    said = desk.carry_out(incident, "/began 2026-11-01 10:00").said
    assert said == "INC-1 began 1 Nov 10:00 UTC. Meant so? /undo takes it back."
    assert desk.entries(incident)[-1].text == "start: 2026-11-01 10:00 UTC"
    assert "Meant so" not in desk.carry_out(incident, "/began 02:30").said


def test_promises_are_told(desk: Desk) -> None:
    incident = start(desk)
    assert desk.carry_out(incident, "/promises").said == "No time of a next update was promised."
    desk.mark_sent(desk.compose(incident, Wish("internal")), check=Check.FORCED)
    assert desk.carry_out(incident, "/promises").said == "1 promised: 1 open"
    clock_of(desk).advance(40 * MINUTE)
    assert desk.carry_out(incident, "/promises").said == "1 promised: 1 missed, the latest by 25 min"


@pytest.mark.parametrize(
    ("line", "kind", "text", "said"),
    [
        ("pool is full", "note", "pool is full", ""),
        ("/esc CTO is on the way", "escalation", "CTO is on the way", ""),
        ("/checkin nothing new", "checkin", "nothing new", ""),
        ("what is the root cause", "note", "what is the root cause", "Mitigate first"),
        ("restarting -1m", "note", "restarting", ""),
        (
            "@02:30 first error",
            "note",
            "first error",
            "02:30 is before it began (02:47). Meant so? /undo takes it back",
        ),
        ("/note /var is full", "note", "/var is full", ""),
    ],
)
def test_plain_lines(desk: Desk, line: str, kind: str, text: str, said: str) -> None:
    incident = start(desk)
    outcome = desk.carry_out(incident, line)
    assert outcome.said.startswith(said)
    assert bool(outcome.said) == bool(said)
    assert (kind, text) in [(row.kind, row.text) for row in desk.entries(incident)]


def test_a_pasted_chat_is_one_entry_a_line_or_nothing(desk: Desk) -> None:
    incident = start(desk)
    outcome = desk.log_lines(incident, "[02:47] sam: looking\n[02:48] ana: me too\nand more")
    assert outcome.said == "3 entries saved, from 2026-11-21 02:47 UTC to 2026-11-21 02:48 UTC."
    assert [row.text for row in desk.entries(incident)][1:] == ["sam: looking", "ana: me too", "and more"]
    events = desk.store.log.everything()
    for text in ("", " \n "):
        with pytest.raises(Refused, match="nothing to log"):
            desk.log_lines(incident, text)
    with pytest.raises(Refused, match=r"Entry 2 of 2: .* more than a day before .* Nothing was saved"):
        desk.log_lines(incident, "fine\n2026-01-01 02:47 too old")
    assert desk.store.log.everything() == events


def test_the_people_who_are_known_come_from_roles_questions_and_writers(desk: Desk, tmp_path: Path) -> None:
    incident = start(desk, ("/role investigators Ben, Cem", "/ask Eve lag?"))
    sam = make_desk(tmp_path, "sam")
    clock_of(sam).advance(SECOND)
    sam.carry_out(incident, "/tick")
    assert desk.people(desk.incident(incident)) == ("Ben", "Cem", "Eve", "dana", "sam")


def test_answers_of_several_lines_are_kept_whole(desk: Desk) -> None:
    incident = start(desk, ASKED)
    desk.carry_out(incident, "/answer sam it says\nlag 40 s\n  falling")
    assert desk.entries(incident)[-1].text == "sam check replica lag, answered: it says\nlag 40 s\n  falling"
