"""The blameless check: single sentences, a corpus with precision and recall per rule, rewrites, hostile text, speed."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.content.blameless import load_blameless
from incident_console.domain.blameless.check import RULES, check_blameless
from incident_console.domain.finding import Finding

SHIPPED = load_blameless(None)
CORPUS = [
    json.loads(line) for line in (Path(__file__).parent / "corpus_blameless.jsonl").read_text("utf-8").splitlines()
]
ALL = " ".join(case["text"] for case in CORPUS)


def check(text: str, *names: str) -> tuple[Finding, ...]:
    return check_blameless(text, SHIPPED, names)


def rules_in(text: str, *names: str) -> list[str]:
    return [found.rule for found in check(text, *names)]


# --- the corpus


def counts(rule: str) -> Iterator[tuple[bool, bool]]:
    """(expected, found) for each sentence."""
    for case in CORPUS:
        yield rule in case["rules"], rule in rules_in(case["text"])


def test_the_corpus_is_large_and_at_least_half_of_it_is_fine() -> None:
    fine = [case for case in CORPUS if not case["rules"]]
    assert len(CORPUS) >= 400
    assert len(fine) * 2 >= len(CORPUS)
    assert len({case["text"] for case in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_precise_and_misses_little(rule: str) -> None:
    pairs = list(counts(rule))
    right = pairs.count((True, True))
    assert right / (right + pairs.count((False, True))) >= 0.95
    assert right / (right + pairs.count((True, False))) >= 0.9


# --- names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("dana forgot to page the second line.", ["dana"]),
        ("Dana forgot to page the second line.", ["dana"]),
        ("Siobhan O'Neill missed the alert.", ["Siobhan O'Neill"]),
        ("Wrong host: xul accidentally stopped the primary.", ["xul"]),
        ("@xul accidentally stopped the primary.", []),
        ("The table was deleted by mistake by @xul.", []),
        ("Priya Raman forgot the flag.", []),
    ],
)
def test_names_that_are_known_or_common_or_handles(text: str, names: list[str]) -> None:
    assert rules_in(text, *names) == ["names_person"]


@pytest.mark.parametrize(
    "text",
    [
        "Jenkins forgot the workspace.",
        "Chef accidentally removed the package.",
        "May forgot nothing; Monday ignored the holiday.",
        "Will mistakenly retry.",
        "Mail to sam@example.com forgot the attachment.",
        "@channel ignored.",
        "Sam's Club missed two deliveries.",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert rules_in(text, "jenkins", "chef", "may", "will", "ops") == []


def test_a_name_without_a_fault_is_fine() -> None:
    assert rules_in("Sam restored the table and Priya told the customers.") == []


def test_a_judged_name_is_two_findings_side_by_side() -> None:
    assert [(found.rule, found.text) for found in check("Sam was careless.")] == [
        ("names_person", "Sam"),
        ("fault_word", "careless"),
    ]


# --- the most specific rule, once


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("An engineer made a mistake in the list.", "human_error"),
        ("The outage was caused by an engineer who accidentally deleted a disk.", "stops_at_person"),
        ("The outage would not have happened if the operator had checked.", "counterfactual"),
        ("The root cause was human error by an engineer.", "human_error"),
        ("We failed to follow the runbook.", "fault_word"),
        ("The engineer should have tested it.", "counterfactual"),
    ],
)
def test_one_phrase_gives_one_finding(text: str, rule: str) -> None:
    assert rules_in(text) == [rule]


# --- rewrites


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("The engineer deployed without testing.", "The deployment process let an untested change through."),
        ("Sam forgot to renew the certificate.", "Nothing reminded anyone to renew the certificate."),
        (
            "It grew because the on-call did not notice the page.",
            "It grew because nothing drew attention to the page.",
        ),
        (
            "One of the engineers ran destroy by mistake.",
            "The tooling allowed destroy to be run.",
        ),
        (
            "A developer accidentally deleted the orders table on the primary.",
            "The tooling allowed the orders table to be deleted on the primary.",
        ),
        ("Human error led to a restart.", "An action that nothing checked led to a restart."),
        (
            "We should have tested the backups.",
            "Nothing in the process led to the backups being tested.",
        ),
        (
            "The admin should not have rebooted both nodes.",
            "Nothing kept both nodes from being rebooted.",
        ),
        ("The technician unplugged the wrong cable.", "Nothing kept the wrong cable from being unplugged."),
        ("The engineer switched off both feeds by mistake.", "Nothing kept both feeds from being switched off."),
        (
            "An engineer typed the wrong region into the form.",
            "The tooling allowed the wrong region to be typed into the form.",
        ),
        ("The developer committed an API key.", "The tooling allowed an API key to be committed."),
        (
            "The DBA approved it, but an admin skipped the dry run.",
            "The DBA approved it, but the process allowed the dry run to be skipped.",
        ),
        (
            "The release manager approved the change without reading the plan.",
            "The process allowed the change to be approved without anyone reading the plan.",
        ),
        ("The on-call engineer did not notice that the disk was full.", "Nothing showed that the disk was full."),
        ("They should have escalated after ten minutes.", "Nothing prompted anyone to escalate after ten minutes."),
        (
            "We should have told customers two hours earlier.",
            "Nothing in the process led to customers being told two hours earlier.",
        ),
        ("An engineer made a typo in the access list.", "Nothing caught a typo in the access list."),
        ("A typo by one of our developers stopped the job.", "A typo that nothing caught stopped the job."),
        ("A manual error in the sheet set the limit.", "An action that nothing checked in the sheet set the limit."),
        ("The row was accidentally deleted by an administrator.", "The row was deleted without a check."),
        ("The wrong disk was removed by a technician.", "The wrong disk was removed without a check."),
        ("An engineer took down the cluster at noon.", "One step was enough to take down the cluster at noon."),
        ("The on-call misread the graph.", "The graph was easy to misread."),
        ("Our release engineer Sven skipped the canary.", "The process allowed the canary to be skipped."),
        ("Nina never tested the restore.", "Nothing prompted anyone to test the restore."),
        ("Nobody bothered to check the backup.", "Nothing prompted anyone to check the backup."),
        ("The team violated the change freeze.", "Nothing enforced the change freeze."),
        (
            "The outage was caused by an engineer running a script on the wrong host.",
            "The outage was caused by a setup in which a script could be run without a check on the wrong host.",
        ),
    ],
)
def test_a_rewrite_put_in_place_reads_well_and_is_fine(text: str, rewritten: str) -> None:
    (found,) = check(text)
    assert found.rewrite is not None
    put = text[: found.start] + found.rewrite + text[found.end :]
    assert put == rewritten
    assert check(put) == ()


@pytest.mark.parametrize(
    "text",
    [
        "That was careless.",
        "Carlos misread the dashboard and rebooted the primary.",
        "Sam and the engineer skipped the review.",
        "At night a tired, lone admin deleted the table and left.",
        "Tired admin deleted the wrong directory.",
        "It was merged by an engineer who forgot the flag.",
        "We should have tested restoring from the backups.",
    ],
)
def test_no_rewrite_where_the_words_would_not_read_well(text: str) -> None:
    assert {found.rewrite for found in check(text)} <= {None}


@pytest.mark.parametrize("case", CORPUS, ids=[str(n) for n in range(len(CORPUS))])
def test_findings_tell_their_place_and_rewrites_raise_nothing_new(case: dict[str, str]) -> None:
    text = case["text"]
    end = 0
    for found in check(text):
        assert text[found.start : found.end] == found.text != ""
        assert found.start >= end
        end = found.end
        if found.rewrite is not None:
            put = text[: found.start] + found.rewrite + text[found.end :]
            assert len(check(put)) < len(check(text))


# --- the text as people write it


def test_typographic_signs_and_line_breaks_are_read_as_people_mean_them() -> None:
    assert rules_in("The on-call didn’t notice\nthe alert.") == ["stops_at_person"]
    assert rules_in("Sam’s mistake") == ["names_person"]
    assert rules_in("- Asked the engineer\n- forgot nothing") == []


def test_code_addresses_and_links_are_not_read() -> None:
    assert rules_in("See `human error` and https://example.com/human-error for the label.") == []


def test_a_rewrite_starts_as_its_sentence_does() -> None:
    texts = ["Human error.", "It was human error.", "- Human error.", "human error."]
    assert [(check(text)[0].rewrite or "")[0] for text in texts] == ["A", "a", "A", "a"]


@given(
    st.text(max_size=300) | st.lists(st.sampled_from([*ALL.split(), "İ", "\n", "@", "`", "’", ".", ","])).map(" ".join)
)
def test_any_text_gets_an_answer_with_true_offsets(text: str) -> None:
    end = 0
    for found in check(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end


@pytest.mark.parametrize(
    "unit",
    [
        "engineer ",
        "the ",
        "\n ",
        "`",
        "```",
        "a",
        "human error ",
        "by an ",
        "@a.",
        "engineer, who ",
        "A ",
        "had ",
        "Sam ",
        "engineer ran ",
        "mistake by the ",
        "caused by an engineer ",
        "nobody ",
        "would have been ",
        "wrong ",
        "was lazy ",
        "member of the team of the ",
        "accidentally ",
        "if the engineer had ",
        "if only ",
        "a-",
        "x.",
    ],
)
def test_long_hostile_texts_take_time_in_proportion_to_their_length(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit)) + "@`://"
        begin = time.process_time()
        check(text)
        return time.process_time() - begin

    short = seconds(12_500)
    assert seconds(100_000) < max(0.5, 24 * short)
