"""The room through the desk: decisions, escalation, evidence, marks, clocks, and the read models."""

import hashlib
import pwd
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incident_console.desk import Desk
from incident_console.desk import room as desk_room
from incident_console.desk.response import Logged
from incident_console.domain.clock import HOUR, MINUTE, SECOND
from incident_console.domain.comms import Wish
from incident_console.domain.deadlines import Urgency
from incident_console.domain.decide import Declaration
from incident_console.domain.events import TimerEnded
from incident_console.domain.room import Decision, Escalation
from incident_console.domain.vocabulary import Refused
from tests.builders import NIGHT, clock_of, declare, make_desk
from tests.storage.conftest import texts
from tests.storage.test_projections import STEPS, Step, contents

OPTIONS = ((("name", "roll back"), ("time", "5 min")), (("name", "wait"),))
CALL = Escalation("", "payments are down", "a decision on data loss", "10 % of revenue")


class TestDecisions:
    def test_a_decision_is_one_row_with_its_review(self, desk: Desk) -> None:
        incident = declare(desk).id
        before = desk.incident(incident)
        state = desk.record_decision(incident, Decision("what now", OPTIONS, "2", by="Ana", review_at=NIGHT + HOUR))
        assert texts(desk, incident, "decision") == [
            "what now: wait\n  roll back: back in 5 min\n▸ wait\n  decided by: Ana\n  look again: 03:47 UTC"
        ]
        assert [(timer.kind, timer.due_at) for timer in state.timers] == [("review", NIGHT + HOUR)]
        assert desk.undo(incident).startswith("decision: what now: wait")
        assert (desk.incident(incident), texts(desk, incident, "decision")) == (before, [])

    def test_a_review_is_settled_by_saying_so(self, desk: Desk) -> None:
        incident = declare(desk).id
        desk.record_decision(incident, Decision("what now", OPTIONS, "2", by="Ana", review_at=NIGHT + HOUR))
        desk.carry_out(incident, "/done still right")
        assert desk.incident(incident).timers == ()
        assert texts(desk, incident, "answer") == ["Ana wait, done: still right"]

    def test_a_decision_can_be_corrected_and_is_undone_rather_than_struck(self, desk: Desk) -> None:
        incident = declare(desk).id
        desk.record_decision(incident, Decision("what now", OPTIONS, "2"))
        assert desk.correct(incident, 2, "we wait").text == "we wait"
        with pytest.raises(Refused, match="Use undo"):  # its clock would go on
            desk.strike(incident, 2, "never decided")


class TestEscalation:
    def test_the_path_is_followed_and_every_call_waits_for_an_answer(self, desk: Desk) -> None:
        incident = declare(desk).id
        called = []
        for _ in range(4):
            called.append(desk.next_to_call(desk.incident(incident)))
            words = desk.escalate(incident, Escalation(called[-1], CALL.happening, CALL.needed, CALL.why))
            assert f"To: {called[-1]}" in words
            assert "Please answer by 02:52 UTC." in words
        assert called == ["engineering manager", "head of engineering", "founder or CTO", "founder or CTO"]
        assert [timer.due_at for timer in desk.incident(incident).timers] == [NIGHT + 5 * MINUTE] * 4
        desk.undo(incident)
        desk.undo(incident)
        assert desk.next_to_call(desk.incident(incident)) == "founder or CTO"

    def test_an_answer_without_words_settles_it(self, desk: Desk) -> None:
        incident = declare(desk).id
        desk.escalate(incident, Escalation("Ana", CALL.happening, CALL.needed, CALL.why))
        desk.carry_out(incident, "/answer")
        assert texts(desk, incident, "answer") == ["Ana a decision on data loss, answered"]
        assert desk.incident(incident).timers == ()

    def test_what_is_incomplete_is_not_saved(self, desk: Desk) -> None:
        incident = declare(desk).id
        with pytest.raises(Refused, match="Still missing: whom"):
            desk.escalate(incident, CALL)
        assert len(desk.store.log.everything()) == 1


class TestMarks:
    @pytest.mark.parametrize("mark", ["pinned", "parked"])
    def test_a_mark_goes_on_and_off_and_can_be_undone(self, desk: Desk, mark: str) -> None:
        incident = declare(desk).id
        desk.log(incident, Logged("errors fall"))
        assert desk.mark(incident, 2, mark)
        assert desk.entry(incident, 2).flags == (mark,)
        assert [row.number for row in desk.rows(incident, mark)._fetch(0)] == [2]
        assert not desk.mark(incident, 2, mark)
        assert desk.entry(incident, 2).flags == ()
        assert desk.undo(incident) == f"no longer {mark}"
        assert desk.entry(incident, 2).flags == (mark,)
        assert desk.undo(incident) == mark
        assert desk.entry(incident, 2).flags == ()

    def test_evidence_is_attached_to_an_entry(self, desk: Desk) -> None:
        incident = declare(desk).id
        desk.log(incident, Logged("the deploy did it", "hypothesis"))
        with pytest.raises(Refused, match="no evidence to attach"):
            desk.attach_last(incident, 2)
        desk.carry_out(incident, "/evidence errors 40 %")
        clock_of(desk).advance(SECOND)
        desk.carry_out(incident, "/evidence https://graphs.example/7")
        assert desk.attach_last(incident, 2).text == "https://graphs.example/7"
        assert desk.entry(incident, 2).flags == ("evidence",)
        assert [step.what for step in desk.history(desk.entry(incident, 2).event_id)] == ["logged", "evidence attached"]
        with pytest.raises(Refused, match="no evidence to attach"):
            desk.attach_last(incident, 4)

    @pytest.mark.parametrize("number", [0, 2, 99])
    def test_an_entry_that_is_not_there_is_said(self, desk: Desk, number: int) -> None:
        incident = declare(desk).id
        with pytest.raises(Refused, match=f"There is no entry {number}"):
            desk.mark(incident, number, "pinned")


class TestEvidence:
    def test_a_file_is_named_with_its_size_and_hash(self, desk: Desk, tmp_path: Path) -> None:
        file = tmp_path / "pool state.log"
        file.write_bytes(b"x" * 3_000_000)
        incident = declare(desk).id
        desk.carry_out(incident, f"/evidence {file}")
        known = hashlib.sha256(b"x" * 3_000_000).hexdigest()
        assert texts(desk, incident, "evidence") == [f"{file} (3000000 bytes, sha256 {known})"]

    @pytest.mark.parametrize(
        "words",
        [
            "/no/such/file",
            "https://graphs.example/7",
            "pool.log",
            "errors 40 % → 12 %",
            "/etc\n/passwd",
            "../",
            "/",
            "~/",
        ],
    )
    def test_anything_else_stays_as_it_was_typed(self, desk: Desk, words: str) -> None:
        incident = declare(desk).id
        desk.carry_out(incident, f"/evidence {words}")
        assert texts(desk, incident, "evidence") == [words]

    @pytest.mark.parametrize("words", ["~/pool.log", "~/"])
    def test_a_home_that_nobody_knows_is_text(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, words: str) -> None:
        def unknown(number: int) -> None:
            raise KeyError(number)

        monkeypatch.delenv("HOME", raising=False)
        monkeypatch.setattr(pwd, "getpwuid", unknown)
        incident = declare(desk).id
        desk.carry_out(incident, f"/evidence {words}")
        assert texts(desk, incident, "evidence") == [words]

    def test_a_pasted_log_is_kept_whole(self, desk: Desk) -> None:
        incident = declare(desk).id
        pasted = "/var/log/pool.log:\n" + "\n".join(f"line {n}" for n in range(5000))
        desk.carry_out(incident, f"/evidence {pasted}")
        assert texts(desk, incident, "evidence") == [pasted]

    def test_a_file_that_cannot_be_read_is_said_and_nothing_is_saved(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def unreadable(path: Path, *_: object) -> None:
            raise PermissionError(13, "Permission denied", str(path))

        file = tmp_path / "secret.log"
        file.write_text("x")
        monkeypatch.setattr(Path, "open", unreadable)
        incident = declare(desk).id
        with pytest.raises(Refused, match=r"secret.log was not read: Permission denied. Name a file"):
            desk.carry_out(incident, f"/evidence {file}")
        assert texts(desk, incident, "evidence") == []

    def test_a_long_path_of_a_request_is_text(self, desk: Desk) -> None:
        incident = declare(desk).id
        desk.carry_out(incident, f"/evidence /checkout?token={'a' * 300}")
        assert len(texts(desk, incident, "evidence")) == 1

    def test_a_hash_of_a_part_is_not_passed_off_as_the_files(
        self, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(desk_room, "LARGEST_FILE", 10)
        file = tmp_path / "huge.log"
        file.write_bytes(b"x" * 11)
        assert f"(11 bytes, sha256 {hashlib.sha256(b'x' * 10).hexdigest()})" not in desk.evidence(str(file))


class TestClocks:
    def test_an_answer_is_linked_to_its_question(self, desk: Desk) -> None:
        incident = declare(desk).id
        desk.carry_out(incident, "/ask sam lag? 5m")
        desk.carry_out(incident, "/extend 5m sam reading")
        desk.carry_out(incident, "/answer sam 40 s")
        question = next(row for row in desk.entries(incident) if row.text == "sam: lag?")
        steps = [(step.what, step.text) for step in desk.history(question.event_id)]
        assert steps == [("logged", "sam: lag?"), ("extended", "reading"), ("answered", "40 s")]
        ends = [event.body for event in desk.store.log.everything() if isinstance(event.body, TimerEnded)]
        assert [body.target for body in ends] == [question.event_id]

    def test_a_question_becomes_overdue_and_stays_so_until_it_is_answered(self, desk: Desk) -> None:
        incident = declare(desk, severity=4).id
        desk.carry_out(incident, "/ask sam lag? 5m")
        for minutes, urgency in ((0, Urgency.OK), (4, Urgency.SOON), (6, Urgency.OVERDUE), (600, Urgency.OVERDUE)):
            now = NIGHT + minutes * MINUTE
            (clock,) = [each for each in desk.standing(desk.incident(incident)).clocks if each.name == "sam: lag?"]
            assert clock.urgency(now) is urgency

    def test_a_copied_message_does_not_stand_in_the_way_of_undo(self, desk: Desk) -> None:
        incident = declare(desk).id
        desk.carry_out(incident, "/timer 5m cache")
        desk.copied(desk.compose(incident, Wish("internal")), "osc52")
        assert desk.undo(incident) == "timer: cache"


def line(text: str) -> Step:
    return lambda desk, incident: desk.carry_out(incident, text)


CLOCK = st.sampled_from(["internal", "customers", "reassess", "check-in", "care", "rto"])
NAME = st.sampled_from(["sam", "Ana Maria", '"Ana"', "@dana"])
MORE: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda name: line(f"/ask {name} check alpha 5m"), NAME),
    st.builds(lambda name: line(f"/handover ic {name}"), NAME),
    st.builds(lambda name: line(f"/pause {name} beta"), CLOCK),
    st.builds(lambda name: line(f"/resume {name}"), CLOCK),
    st.builds(lambda name: line(f"/snooze {name} 20m gamma"), CLOCK),
    st.builds(lambda name: line(f"/every {name} 30m delta"), CLOCK),
    st.sampled_from([
        line("/timer 10m alpha"), line("/answer alpha"), line("/answer ana beta\ngamma"), line("/done"),
        line("/drop alpha"), line("/extend 5m beta"), line("/rto 2h alpha"), line("/care gamma"), line("/checkin beta"),
        line("/request support delta"), line("/tick"), line("/title beta"), line("/began 02:30"), line("/began"),
        line("/services alpha, beta"), line("/resolve"), line("/status mitigating"), line("/undo"), line("/redo"),
        lambda desk, incident: desk.tick(incident, "own-role"),
        lambda desk, incident: desk.record_decision(incident, Decision("alpha", OPTIONS, "1", review_at=NIGHT + 2 * HOUR)),
        lambda desk, incident: desk.escalate(incident, Escalation("beta", "alpha", "gamma", "delta")),
        lambda desk, incident: desk.log(incident, Logged("alpha", "evidence")),
    ]),
    st.builds(lambda n, mark: lambda desk, incident: desk.mark(incident, n, mark), st.integers(1, 8), st.sampled_from(["pinned", "parked"])),
    st.builds(lambda n: lambda desk, incident: desk.attach_last(incident, n), st.integers(1, 8)),
)  # fmt: skip


def flags(desk: Desk, incident: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.flags) for row in desk.entries(incident)]


def shown(desk: Desk, incidents: tuple[str, ...]) -> list[object]:
    """Everything that is read of the incidents, from the log and from the read models."""
    return [contents(desk), *((desk.incident(each), flags(desk, each)) for each in incidents)]


def try_all(desk: Desk, incidents: tuple[str, str], steps: list[Step]) -> None:
    for number, step in enumerate(steps):
        clock_of(desk).advance(61 * SECOND)
        before = desk.store.log.everything()
        try:
            step(desk, incidents[0] if number % 3 else incidents[1])
        except Refused:
            assert desk.store.log.everything() == before


@given(st.lists(STEPS | MORE | MORE, max_size=14))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_live_read_models_equal_rebuilt_ones_with_everything_of_the_room(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        incidents = (declare(desk).id, desk.declare(Declaration("Other thing", 3)).id)
        try_all(desk, incidents, steps)
        live = shown(desk, incidents)
        desk.store.rebuild()
        assert shown(desk, incidents) == live
        assert desk.store.log.verify() == ()
        desk.store.close()


@given(st.lists(MORE, max_size=10))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_undoing_everything_leads_back_to_the_beginning(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = make_desk(Path(folder))
        incident = declare(desk).id
        beginning = (desk.incident(incident), flags(desk, incident))
        try_all(desk, (incident, incident), steps)
        undo_all(desk, incident)
        assert (desk.incident(incident), flags(desk, incident)) == beginning
        desk.store.close()


def undo_all(desk: Desk, incident: str) -> None:
    """One more undo than there can be steps; the last one is refused."""
    for _ in desk.store.log.everything():
        with suppress(Refused):
            desk.undo(incident)
    with pytest.raises(Refused, match="cannot be undone"):
        desk.undo(incident)
