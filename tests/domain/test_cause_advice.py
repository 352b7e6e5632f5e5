"""The five questions: each where a search goes astray, none where it does not."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from incident_console.content.blameless import load_blameless
from incident_console.domain.cause_advice import Advice, advise
from incident_console.domain.cause_words import ends_with_person, is_condition, is_event, says_the_same
from incident_console.domain.causes import tree
from incident_console.domain.incident import Why
from incident_console.domain.timeline import Entry
from tests.builders import NIGHT
from tests.hostile import CORPUS

RULES = load_blameless(None)
TITLE = "Checkout payments failing"


def personal(answer: str) -> bool:
    return ends_with_person(answer, RULES, ["Dana", "Sam"])


def entry(number: int, kind: str, text: str, mark: str = "") -> Entry:
    return Entry(number, f"e{number}", NIGHT, NIGHT, kind, text, "sam", mark)


LOG = [
    entry(1, "evidence", "the pool of the charge service is at 100 of 100 connections"),
    entry(2, "hypothesis", "deploy 4512 changed the retries"),
    entry(3, "mitigation", "retries set back to two"),
]


def line(*answers: str, root: str = "root", evidence: bool = True) -> tuple[Why, ...]:
    """A chain, each answer below the one before; the last one is marked."""
    last = len(answers) - 1
    return tuple(
        Why(str(n), answer, str(n - 1) if n else None, ("e1",) if evidence else (), "", root if n == last else "")
        for n, answer in enumerate(answers)
    )


def asked(whys: Sequence[Why], log: Sequence[Entry] = LOG, title: str = TITLE) -> list[tuple[str, str | None]]:
    return [(each.trap, each.why_id) for each in advise(title, tree(whys), personal, log)]


# --- trees that are fine

FINE = [
    (),
    line("the retries filled the connection pool", "a timeout was raised and the number of retries was left", "nothing checks the two values together"),
    line("the connection pool of the charge service was full", "a slow query held connections for 30 seconds during the retries", "the table has no index for it", "the checklist for migrations has no check of indexes"),
    line("retries tripled the load", "every client retries at once without waiting", root=""),
    (
        Why("a", "the retries filled the connection pool", None, ("e1",)),
        Why("b", "nothing limits the number of retries", "a", ("e3",), "technical", "root"),
        Why("c", "the alert on the pool only fires after ten minutes", None, ("e1",), "process", "contributing"),
    ),
    (
        Why("a", "the pool was used up by retries", None, ("e1",)),
        Why("b", "the limit is only written down in one runbook", "a", ("e1",), "process", "root"),
        Why("c", "Sam forgot the flag", None, (), "human", "ruled_out"),
        Why("d", "the disk failed", "c"),
    ),
]  # fmt: skip


@pytest.mark.parametrize("whys", FINE, ids=range(len(FINE)))
def test_a_tree_that_is_fine_gets_no_advice(whys: tuple[Why, ...]) -> None:
    assert asked(whys) == []


# --- each trap

PERSONS = [
    "Sam forgot to run the migration", "human error", "an engineer restarted the primary", "the reviewer was careless",
    "the engineer deployed without testing", "Dana changed the timeout by hand", "the operator should have checked first",
    "someone ran destroy by mistake", "the script was run by an engineer on the primary",
]  # fmt: skip
SYSTEMS = [
    "the disk failed", "the health check failed to detect it", "the Kubernetes operator removed the pods",
    "the on-call engineer had no access to the dashboard", "nobody owned the alert", "we should have had an alert",
    "the team had no time set aside for upgrades", "every deploy is approved by one engineer", "customers retried",
    "the user's session expired", "data should have been replicated", "access reviews are only done once a year",
]  # fmt: skip


@pytest.mark.parametrize("answer", PERSONS)
def test_stopping_at_a_person_asks_for_the_step_beyond(answer: str) -> None:
    assert ("person", "2") in asked(line("the pool was full", "retries were not limited", answer))
    further = line("the pool was full", answer, "the tool runs against every environment without asking")
    assert "person" not in {trap for trap, _ in asked(further)}


@pytest.mark.parametrize("answer", SYSTEMS)
def test_systems_are_no_persons(answer: str) -> None:
    assert not personal(answer)


EVENTS = [
    "connections ran out", "deploy 4512 changed the retries", "the certificate expired", "traffic tripled",
    "the network partitioned for 43 seconds", "the retries filled the pool", "the primary went down",
]  # fmt: skip
CONDITIONS = [
    "missing index", "not in the migration", "checklist had no index check", "nothing checks the two values together",
    "the failover is automatic across regions", "renewals depend on one calendar", "backups go to one region only",
    "a timeout was raised without lowering the number of retries", "restores have never been tried",
    "the tool lets anybody remove a volume", "the alert threshold was too high", "credentials are shared between teams",
]  # fmt: skip


@pytest.mark.parametrize("answer", EVENTS)
def test_ending_with_an_event_asks_how_it_could_happen(answer: str) -> None:
    assert is_event(answer)
    deep = line("a pool was full", "the gateway held every request", "the worker slots were taken", answer, root="")
    assert ("early", "3") in asked(deep)
    assert "early" not in {trap for trap, _ in asked(line("a pool was full", answer, root="root"))}


@pytest.mark.parametrize("answer", CONDITIONS)
def test_ending_with_a_condition_is_fine(answer: str) -> None:
    assert is_condition(answer)
    assert not is_event(answer)
    assert "early" not in {trap for trap, _ in asked(line("the retries filled the pool", answer, root=""))}


def test_stopping_close_to_the_problem_asks_to_go_on() -> None:
    (found,) = advise(TITLE, tree(line("a slow query", root="")), personal, LOG[:1])
    assert (found.trap, found.why_id) == ("early", "0")
    assert found.sentence.startswith("This is close to the problem still. How did it come about")
    assert asked(line("a slow query", "a hot partition", "an old driver", root=""), LOG[:1]) == []


@pytest.mark.parametrize(("mark", "name"), [("root", "a root cause"), ("contributing", "contributing")])
def test_a_cause_that_leads_below_one_that_is_ruled_out_is_told(mark: str, name: str) -> None:
    whys = (
        Why("a", "the pool was used up by retries", None, ("e1",)),
        Why("b", "the limit is only written down in one runbook", "a", ("e1",), "process", "root"),
        Why("c", "the disk failed", None, (), "", "ruled_out"),
        Why("d", "disks run for years", "c"),
        Why("e", "disks are never swapped", "d", (), "", mark),
    )
    (found,) = advise(TITLE, tree(whys), personal, LOG)
    assert (found.trap, found.why_id) == ("lost", "e")
    assert found.sentence == (
        f"Marked as {name} below a cause that is ruled out: 2. It does not count there. If it holds all the same,"
        " move it out of there; otherwise take its mark away."
    )
    assert asked((*whys[:2], replace(whys[2], mark=""), *whys[3:])) != [("lost", "e")]


def test_advice_stands_in_the_order_of_the_tree() -> None:
    whys = (
        Why("a", "the disk failed", None, (), "", "ruled_out"),
        Why("b", "disks are never swapped", "a", (), "", "root"),
        Why("c", "the retries filled the pool", None, ("e1",)),
        Why("d", "nothing limits the number of retries", "c", (), "", "root"),
    )
    assert asked(whys, LOG[:1]) == [("lost", "b"), ("leap", "d")]


SAME = [
    ("payments failing", TITLE), ("the service was unavailable", "the service was down"),
    ("the pool filled because of the retries", "the retries filled the connection pool"),
    ("the query was slow", "a slow query"), ("The database was slow", "slow database queries"),
    ("payment failures at the checkout", TITLE), ("支払い", "支払い"),
]  # fmt: skip
OTHER = [
    ("the check did not run", "the check ran"), ("the connection pool was too small", "the retries filled the connection pool"),
    ("retries", "the retries filled the pool"), ("deploy 4512", "deploy 4513"), ("the search index is down", "Search down"),
    ("the replica lost its disk", "the primary database lost its disk and its journal"), ("", "x"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "above"), SAME)
def test_the_same_in_other_words_is_seen(answer: str, above: str) -> None:
    assert says_the_same(answer, above)


@pytest.mark.parametrize(("answer", "above"), OTHER)
def test_what_adds_something_is_not_the_same(answer: str, above: str) -> None:
    assert not says_the_same(answer, above)


def test_going_round_in_a_circle_names_where_it_was_said() -> None:
    round_about = line("the retries filled the pool", "a timeout was raised", "the pool was filled by retries", root="")
    found = next(each for each in advise(TITLE, tree(round_about), personal, LOG) if each.trap == "circular")
    assert found.why_id == "2"
    assert found.sentence == "This says the same as 1 above it in other words. What was there before it that led to it?"
    assert ("circular", "0") in asked(line("payments fail at the checkout"))


def test_siblings_may_say_the_same() -> None:
    beside = (Why("a", "the retries filled the pool", None, ("e1",), "", "root"), Why("b", "the pool filled by retries", None, ("e1",), "", "root"))  # fmt: skip
    assert "circular" not in {trap for trap, _ in asked(beside)}


def test_a_leap_is_a_cause_that_nothing_backs() -> None:
    whys = line("the retries filled the pool", "nothing limits them", evidence=False)
    assert [each for each in asked(whys) if each[0] == "leap"] == [("leap", "0"), ("leap", "1")]
    struck = [entry(1, "evidence", "the pool is full", "struck"), *LOG[1:]]
    backed = line("the retries filled the pool", "nothing limits them")
    found = [each for each in advise(TITLE, tree(backed), personal, struck) if each.trap == "leap"]
    assert len(found) == 2
    assert found[0].sentence.startswith("What backed this no longer stands in the log.")


CHAIN = line("the retries filled the connection pool", "a timeout was raised and nothing checks it")


def test_one_chain_while_the_log_holds_another_thread() -> None:
    log = [*LOG, entry(4, "hypothesis", "the provider's region has a network fault")]
    (found,) = advise(TITLE, tree(CHAIN), personal, log)
    assert (found.trap, found.why_id) == ("single_chain", None)
    assert "“the provider's region has a network fault”" in found.sentence
    struck = [*LOG, entry(4, "hypothesis", "the provider's region has a network fault", "struck")]
    assert asked(CHAIN, struck) == []


def test_a_thread_that_is_taken_up_or_ruled_out_is_not_asked_about_again() -> None:
    log = [*LOG, entry(4, "hypothesis", "the provider's region has a network fault")]
    ruled_out = Why("x", "a fault of the provider's network", None, (), "environment", "ruled_out")
    assert asked((*CHAIN, ruled_out), log) == []
    branch = Why("x", "renewals are not watched by anybody", None, ("e1",), "process", "contributing")
    assert asked((*CHAIN, branch), log) == []


def test_several_entries_about_something_else_count_as_a_thread() -> None:
    log = [*LOG, entry(4, "evidence", "packet loss of 3 %"), entry(5, "evidence", "dns answers take 4 s")]
    (found,) = advise(TITLE, tree(CHAIN), personal, log)
    assert "the network" in found.sentence
    assert asked(CHAIN, log[:-1]) == []


NO_THREADS = [
    "dns looks odd", "Root cause investigation started", "Status page updated", "Server confirmed to be crashing",
    "retries found to fill the pool", "the pool was full because of the retries",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_THREADS)
def test_ordinary_notes_are_no_threads(text: str) -> None:
    assert asked(CHAIN, [*LOG, entry(4, "note", text), entry(5, "note", "the network, too")]) == []


THREADS = [
    "Parallel middleware identified as the root cause", "cause confirmed: undefined organisation IDs",
    "refreshing the error page found to bring the server down", "Team identifies dual failure: pod crashes and Redis overload",
    "the evictions were triggered by a second tenant",
]  # fmt: skip


@pytest.mark.parametrize("text", THREADS)
def test_notes_that_state_another_cause_are_threads(text: str) -> None:
    assert asked(CHAIN, [*LOG, entry(4, "note", text)]) == [("single_chain", None)]


@pytest.mark.parametrize("found", advise(TITLE, tree((*line("a slow query", "the query was slow", evidence=False), Why("p", "human error", None), Why("v", "traffic tripled", None))), personal, LOG))  # fmt: skip
def test_each_is_one_calm_sentence_with_a_question(found: Advice) -> None:
    assert found.sentence.endswith("?")
    assert "!" not in found.sentence
    assert len(found.sentence) <= 200


def test_hostile_text_and_a_large_tree_are_looked_at_in_one_go() -> None:
    texts = [text[:2000] for _, text in CORPUS]
    whys = tuple(Why(str(n), texts[n % len(texts)], str(n - 1) if n % 40 else None, (), "", "") for n in range(520))
    found = advise(TITLE, tree(whys), personal, [entry(n, "hypothesis", text) for n, text in enumerate(texts)])
    assert len([each for each in found if each.trap == "leap"]) == 520
