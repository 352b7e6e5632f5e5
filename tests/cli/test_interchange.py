"""Interchange: what goes in comes out again, and nothing bad comes in."""

import json
from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import DAY
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.sending import Sending
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.cli.conftest import Command

REAL = sorted((Path(__file__).parents[1] / "data" / "incidents").glob("*.json"))


def exported(desk: Desk, incident_id: str) -> dict[str, object]:
    document = json.loads(desk.export_json(incident_id))
    assert isinstance(document, dict)
    return {key: value for key, value in document.items() if key != "reference"}


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_incidents_come_out_as_they_went_in(path: Path, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    report = desk.import_file(path.read_bytes())
    original = json.loads(path.read_text())
    assert report.added
    del original["reference"]
    assert exported(desk, report.incident.id) == original


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_the_same_record_twice_adds_nothing(path: Path, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    first = desk.import_file(path.read_bytes())
    desk.log(desk.import_file(path.read_bytes()).incident.id, Logged("x")) if first.incident.is_open else None
    again = desk.import_file(desk.export_json(first.incident.id).encode())
    assert not again.added
    assert again.incident.id == first.incident.id
    assert len(desk.summaries()) == 1


def test_six_real_incidents_are_counted() -> None:
    assert len(REAL) == 6


def test_odd_records_are_kept_and_what_is_odd_is_said(tmp_path: Path) -> None:
    rows = [
        {"at": "2026-01-01T12:00:00Z", "kind": "note", "text": "second", "actor": "a"},
        {"at": "2026-01-01T09:00:00.25+01:00", "kind": "decision", "text": "before the start", "actor": None},
        {"at": "2026-01-02T12:00:00Z", "kind": "status", "text": "after the end", "actor": "a"},
    ]
    document = {
        "schema": 1, "title": "odd", "status": "closed", "started_at": "2026-01-01T10:00:00Z",
        "resolved_at": "2026-01-01T13:00:00Z", "events": rows,
    }  # fmt: skip
    desk = make_desk(tmp_path)
    report = desk.import_file(json.dumps(document).encode())
    assert len(report.odd) == 4
    out = exported(desk, report.incident.id)["events"]
    assert isinstance(out, list)
    assert [(row["at"], row["kind"], row["text"], row["actor"]) for row in out] == [
        ("2026-01-01T12:00:00Z", "note", "second", "a"),
        ("2026-01-01T08:00:00.250Z", "decision", "before the start", None),
        ("2026-01-02T12:00:00Z", "status", "after the end", "a"),
    ]
    assert [entry.text for entry in desk.entries(report.incident.id) if entry.kind != "imported"] == [
        "before the start", "second", "after the end",
    ]  # fmt: skip


def sent_in_every_way(desk: Desk, incident_id: str) -> None:
    """A correction, a note to one account, an approved message, one that was asked about, one sent twice."""
    fixed = desk.compose(incident_id, Wish("internal", values=(("users_affected", "few"),), corrects=1))
    desk.mark_sent(fixed, Sending(channel="chat", overruled=("jargon",)), Check.FORCED)
    note = desk.compose(
        incident_id, Wish("key_accounts", values=(("what_we_do", "a"), ("contact", "b")), account="bolt")
    )
    desk.ask_approval(note)
    desk.approve(incident_id, desk.incident(incident_id).approvals[0].id, "nobody else is awake")
    desk.mark_sent(note)
    desk.resend(incident_id, desk.sent(incident_id)[0], Sending(channel="mail"))


def lived_through(desk: Desk) -> str:
    """An incident with one of everything."""
    incident = desk.declare(
        Declaration("Everything", 1, NIGHT - 10**9, services=("S",), flows=("F",), tags=("t",), channel="#c",
                    roles=(("ic", "dana"),), drill=True)
    )  # fmt: skip
    for text in ("a note", "a mistake", "multi\nline"):
        clock_of(desk).advance(10**8)
        desk.log(incident.id, Logged(text, "note", desk.now() - 10**7))
    desk.correct(incident.id, 2, "a corrected note")
    desk.strike(incident.id, 3, "never happened")
    desk.change_severity(incident.id, 2, "less")
    desk.assign(incident.id, "comms", "ana")
    desk.mark_sent(desk.compose(incident.id, Wish("internal", values=(("impact", "x [/]"),))), check=Check.FORCED)
    desk.state_fact(incident.id, "impact", "half of them work again")
    desk.list_account(incident.id, "Acme [/]", "ana", "gold")
    desk.note_account(incident.id, "Acme [/]", "call\nfirst")
    desk.list_account(incident.id, "Bolt")
    sent_in_every_way(desk, incident.id)
    desk.state_fact(incident.id, "workaround", "invoices")
    desk.state_fact(incident.id, "users_affected", "nobody since noon")
    desk.change_status(incident.id, "resolved")
    desk.write_section(incident.id, "summary", "words\nmore")
    first = desk.add_why(incident.id, "one")
    desk.add_why(incident.id, "two", first)
    desk.add_item(incident.id, Wanted("do it", "detect", "ana", "+3d"))
    desk.move_action(incident.id, desk.incident(incident.id).actions[0].id, "done")
    return incident.id


def test_a_whole_incident_survives_the_way_out_and_in(tmp_path: Path) -> None:
    here, there = make_desk(tmp_path), make_desk(tmp_path, at=NIGHT + DAY, database="other.db")
    incident_id = lived_through(here)
    document = here.export_json(incident_id)
    report = there.import_file(document.encode())
    assert exported(there, report.incident.id) == exported(here, incident_id)
    assert report.incident.drill
    assert not here.import_file(document.encode()).added
    assert [message.text for message in there.sent(report.incident.id)] == [m.text for m in here.sent(incident_id)]


def test_what_is_known_of_messages_accounts_and_facts_comes_along(tmp_path: Path) -> None:
    here, there = make_desk(tmp_path), make_desk(tmp_path, at=NIGHT + DAY, database="other.db")
    incident_id = lived_through(here)
    document = json.loads(here.export_json(incident_id))
    first, fixed, note, again = document["messages"]
    assert (fixed["corrects"], fixed["channel"], fixed["overruled"]) == (1, "chat", ["jargon"])
    assert (note["account"], note["approved_by"], note["filled"]["contact"]) == ("Bolt", "dana", "b")
    assert (again["resends"], again["channel"], again["text"]) == (1, "mail", first["text"])
    assert document["accounts"] == [
        {"name": "Acme [/]", "owner": "ana", "tier": "gold", "note": "call\nfirst"}, {"name": "Bolt"},
    ]  # fmt: skip
    new = there.import_file(json.dumps(document).encode()).incident
    old = here.incident(incident_id)
    assert (new.accounts, new.heard, new.told) == (old.accounts, old.heard, old.told)
    assert dict(new.facts) == dict(old.facts)
    assert (new.fact("impact"), new.fact("workaround")) == ("half of them work again", "invoices")
    assert new.fact("users_affected") == "nobody since noon"
    assert [each.filled for each in there.sent(new.id)] == [each.filled for each in here.sent(incident_id)]


def test_a_file_from_before_these_keys_is_known_again(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    draft = desk.compose(incident.id, Wish("internal", values=(("impact", "x"),)))
    desk.mark_sent(draft, Sending(channel="chat"), Check.FORCED)
    old = json.loads(desk.export_json(incident.id))
    for message in old["messages"]:
        del message["filled"], message["channel"]
    assert not desk.import_file(json.dumps(old).encode()).added
    assert len(desk.summaries()) == 1


def test_the_digest_of_an_old_file_never_changes(tmp_path: Path) -> None:
    message = {
        "at": "2026-01-01T10:00:00Z", "audience": "internal", "kind": "update", "number": 1, "subject": "s",
        "text": "t", "actor": "dana", "next_update_at": "2026-01-01T10:15:00Z",
    }  # fmt: skip
    document = {
        "schema": 1, "title": "Old", "status": "closed", "impact": {"summary": "cards fail"}, "messages": [message],
        "events": [{"at": "2026-01-01T10:00:00Z", "kind": "note", "text": "a", "actor": "dana"}],
    }  # fmt: skip
    desk = make_desk(tmp_path)
    known = desk.import_file(json.dumps(document).encode()).incident
    with desk.store.reading():
        found = desk.store.queries.by_digest("d00bc4dabb7ec46772804b8c2e9623e8fb1fd6a3eb0342468cac127ad0eed104")
    assert found is not None
    assert found.id == known.id


def test_hostile_words_around_messages_are_harmless_after_an_import(tmp_path: Path) -> None:
    bad = "\x1b]0;x\x07 \u202e [/]"
    message = {"at": "2026-01-01T10:00:00Z", "audience": "internal", "text": "t", "channel": bad, "overruled": [bad],
               "account": bad, "approved_by": bad, "filled": {bad: bad}}  # fmt: skip
    desk = make_desk(tmp_path)
    report = desk.import_file(
        base(messages=[message], accounts=[{"name": bad, "owner": bad, "tier": bad, "note": bad}])
    )
    whole = desk.export_json(report.incident.id) + "".join(each.text for each in desk.entries(report.incident.id))
    assert not any(sign in whole for sign in ("\x1b", "\u202e", "\x07"))


def base(**changed: object) -> bytes:
    return json.dumps({"schema": 1, "title": "x", "events": [], **changed}).encode()


def part(**postmortem: object) -> bytes:
    return base(postmortem=postmortem)


def whys(*rows: dict[str, object]) -> bytes:
    return part(whys=rows)


ROW = {"at": "2026-01-01T00:00:00Z", "kind": "note", "text": "a", "actor": None}
BAD = [
    ("not json", b"hello", "not JSON"),
    ("empty", b"", "not JSON"),
    ("a list", b"[]", "the file"),
    ("not utf-8", b'{"schema": 1, "title": "\xff"}', "not UTF-8"),
    ("nan", b'{"schema": 1, "title": "x", "severity": NaN}', "NaN"),
    ("key twice", b'{"schema": 1, "title": "x", "title": "y"}', "stands twice"),
    ("nested", b"[" * 200_000, "nested too deeply"),
    ("too large", b" " * 50_000_001, "Split it"),
    ("unknown key", base(mood="calm"), "unknown key: mood"),
    ("unknown key in a row", base(events=[{**ROW, "mood": 1}]), "events.0.mood"),
    (
        "no such day",
        part(actions=[{"text": "a", "due": "2026-13-45"}]),
        "actions.0.due does not fit: this is not a day",
    ),
    ("a time for a day", part(actions=[{"text": "a", "due": "2026-12-01T10:00"}]), "write it like 2026-12-31"),
    (
        "no such message",
        whys({"answer": "a", "messages": [0]}),
        "whys.0.messages.0 is 0, but of messages the file has none",
    ),
    ("another schema", base(schema=2), "schema"),
    ("no title", b'{"schema": 1}', "title"),
    ("blank title", base(title="  "), "needs a title"),
    ("severity as text", base(severity="1"), "severity"),
    ("severity 5", base(severity=5), "severity"),
    ("unknown status", base(status="fine"), "status"),
    ("naive time", base(started_at="2026-01-01T00:00:00"), "has no zone"),
    ("naive time in a row", base(events=[{**ROW, "at": "2026-01-01T00:00:00"}]), "events.0.at"),
    ("number as time", base(started_at=5), "written as text"),
    ("nonsense time", base(started_at="yesterday"), "not a time"),
    ("unknown kind", base(events=[{**ROW, "kind": "gossip"}]), "events.0.kind"),
    ("row without time", base(events=[{"text": "a"}]), "events.0.at"),
    ("services as text", base(services="a"), "services"),
    ("unknown key in an account", base(accounts=[{"name": "a", "mood": 1}]), "accounts.0.mood"),
    ("an account without a name", base(accounts=[{"owner": "a"}]), "accounts.0.name"),
    (
        "a message that corrects nothing",
        base(messages=[{"at": ROW["at"], "audience": "a", "text": "b", "corrects": 0}]),
        "corrects",
    ),
    ("filled as a list", base(messages=[{"at": ROW["at"], "audience": "a", "text": "b", "filled": []}]), "filled"),
    ("roles as list", base(roles=["a"]), "roles"),
    ("a number without end", b'{"schema": ' + b"1" * 5000 + b"}", "thousands of digits"),
    (
        "a parent that is not there",
        whys({"answer": "a", "parent": 1}),
        "whys.0.parent is 1, but of whys the file has 1",
    ),
    ("a parent before the first", whys({"answer": "a", "parent": -1}), "whys.0.parent is -1"),
    ("a cause of itself", whys({"answer": "a", "parent": 0}), "whys.0.parent is 0, so that this cause explains itself"),
    ("causes in a circle", whys({"answer": "a", "parent": 1}, {"answer": "b", "parent": 0}), "explains itself"),
    (
        "evidence without rows",
        whys({"answer": "a", "evidence": [0]}),
        "whys.0.evidence.0 is 0, but of events the file has none",
    ),
    ("evidence by name", whys({"answer": "a", "evidence": ["x"]}), "postmortem.whys.0.evidence.0"),
    ("a truth value as evidence", whys({"answer": "a", "evidence": [True]}), "postmortem.whys.0.evidence.0"),
    ("a huge place", whys({"answer": "a", "evidence": [10**4000]}), "whys.0.evidence.0"),
    ("an unknown category", whys({"answer": "a", "category": "fate"}), "whys.0.category"),
    ("an unknown mark", whys({"answer": "a", "mark": "culprit"}), "whys.0.mark"),
    (
        "a cause that an action cannot be about",
        part(actions=[{"text": "a", "causes": [2]}]),
        "actions.0.causes.0 is 2, but of whys the file has none",
    ),
    ("an unknown state", part(actions=[{"text": "a", "state": "someday"}]), "actions.0.state"),
    ("a day without a time", part(actions=[{"text": "a", "added_at": "2026-01-01"}]), "actions.0.added_at"),
    ("a rival of nothing", part(rivals=[{"text": "a"}]), "rivals.0.section"),
    ("a review at a naive time", part(reviewed_at="2026-01-01T00:00:00"), "has no zone"),
]


@pytest.mark.parametrize(("data", "says"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_files_are_refused_by_name_and_nothing_is_written(data: bytes, says: str, tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    with pytest.raises(Refused) as refusal:
        desk.import_file(data)
    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert desk.summaries() == ()


def test_a_namesake_that_holds_what_no_file_may_is_another_incident(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    namesake = desk.declare(Declaration("Search down", 1, services=("x" * 500,)))
    report = desk.import_file(base(title="Search down"))
    assert report.added
    assert report.incident.id != namesake.id


def test_the_command_reads_files_and_standard_input(ic: Command) -> None:
    assert ic("import", str(REAL[0])).out == "INC-1\n"
    said = ic("import", "-", given=REAL[0].read_bytes())
    assert (said.code, said.out) == (0, "INC-1\n")
    assert "nothing was added" in said.err
    assert ic("import", "-", given=base(mood="calm")).code == 2


def test_an_export_of_an_ordinary_incident_tells_its_records(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    desk.change_status(incident.id, "identified")
    rows = exported(desk, incident.id)["events"]
    assert isinstance(rows, list)
    assert [(row["kind"], row["text"]) for row in rows] == [
        ("declared", "SEV1, Checkout payments failing"),
        ("status", "investigating → identified"),
    ]
