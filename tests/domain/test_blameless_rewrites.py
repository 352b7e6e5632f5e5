"""What the blameless check offers instead: only the person and the judgement are left out, and nothing is made up."""

import json
import re
from pathlib import Path

import pytest

from incident_console.content.blameless import load_blameless
from incident_console.domain.blameless.check import check_blameless
from incident_console.domain.finding import Finding

SHIPPED = load_blameless(None)
CORPUS = [
    json.loads(line) for line in (Path(__file__).parent / "corpus_blameless.jsonl").read_text("utf-8").splitlines()
]


def check(text: str) -> tuple[Finding, ...]:
    return check_blameless(text, SHIPPED)


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("The engineer deployed without testing.", "An untested change was deployed."),
        ("Sam forgot to renew the certificate.", "The certificate was not renewed."),
        ("It grew because the on-call did not notice the page.", "It grew because the page was not noticed."),
        ("One of the engineers ran destroy by mistake.", "Destroy was run."),
        ("Tired admin deleted the wrong directory.", "The wrong directory was deleted."),
        (
            "A developer accidentally deleted the orders table on the primary.",
            "The orders table was deleted on the primary.",
        ),
        ("Human error led to a restart.", "A manual step that went wrong led to a restart."),
        ("It was a manual configuration error.", "It was a configuration error."),
        ("We should have tested the backups.", "The backups were not tested."),
        ("In hindsight, we should have rehearsed the failover.", "The failover was not rehearsed."),
        ("The admin should not have rebooted both nodes.", "Both nodes were rebooted."),
        ("The technician unplugged the wrong cable.", "The wrong cable was unplugged."),
        ("The engineer switched off both feeds by mistake.", "Both feeds were switched off."),
        ("An engineer typed the wrong region into the form.", "The wrong region was typed into the form."),
        ("The developer committed an API key.", "An API key was committed."),
        ("A developer pushed a bad config to all nodes.", "A bad config was pushed to all nodes."),
        ("The DBA approved it, but an admin skipped the dry run.", "The DBA approved it, but the dry run was skipped."),
        (
            "The release manager approved the change without reading the plan.",
            "The change was approved without reading the plan.",
        ),
        ("The on-call engineer did not notice that the disk was full.", "It was not noticed that the disk was full."),
        ("We should have told customers two hours earlier.", "Customers were not told two hours earlier."),
        ("The reviewer should have noticed the drop in traffic.", "The drop in traffic was not noticed."),
        ("An engineer made a typo in the access list.", "There was a typo in the access list."),
        ("A typo by one of our developers stopped the job.", "A typo stopped the job."),
        ("It failed when network engineers forgot the route.", "It failed when the route was left out."),
        (
            "The review found that contract staff deleted the key by mistake.",
            "The review found that the key was deleted.",
        ),
        ("The engineer ignored the change procedure.", "The change procedure was not followed."),
        ("The wrong netmask was a plain typing error.", "The wrong netmask was a typo."),
        ("A mistake by Acme staff stopped the job.", "A mistake stopped the job."),
        (
            "It was an obvious error of the planners, an embarrassing mistake.",
            "It was an obvious error of the planners, a mistake.",
        ),
        (
            "A manual error in the sheet set the limit.",
            "A manual step that went wrong in the sheet set the limit.",
        ),
        ("The row was accidentally deleted by an administrator.", "The row was deleted."),
        ("The wrong disk was removed by a technician.", "The wrong disk was removed."),
        ("The queue was wiped by a contractor.", "The queue was wiped."),
        ("An engineer took down the cluster at noon.", "The cluster was taken down at noon."),
        ("The on-call misread the graph.", "The graph was misread."),
        ("Our release engineer Sven skipped the canary.", "The canary was skipped."),
        ("Nina never tested the restore.", "The restore was not tested."),
        ("Nobody bothered to check the backup.", "The backup was not checked."),
        ("The team violated the change freeze.", "The change freeze was not kept."),
        ("The on-call ignored the first page.", "There was no reaction to the first page."),
        (
            "The outage was caused by an engineer running a script on the wrong host.",
            "The outage was caused by a script being run on the wrong host.",
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
        "They should have escalated after ten minutes.",
        "Staff caused the shutdown by removing a filter.",
        "An engineer made the repository private by mistake.",
        "The table was dropped by a developer who believed it was a copy.",
        "The on-call ignored the page, believing it to be noise.",
        "It was merged by an engineer who forgot the flag.",
        "We should have tested restoring from the backups.",
        "The human error happened at night.",
        "It was human and process error.",
        "The cause was human error from somebody at the bank.",
        "It was an unfortunate human error.",
        "All of these were human error.",
        "The engineer who sent the page accidentally picked the wrong list.",
        "The admin did not follow the runbook, and he rebooted the primary.",
        "There are nodes that the operator should have moved people to.",
        "A contractor deleted the “old” table by mistake.",
        "We never should have deployed.",
    ],
)
def test_no_rewrite_where_the_words_would_not_read_well(text: str) -> None:
    assert {found.rewrite for found in check(text)} <= {None}


ASSERTED = {
    "nothing", "nobody", "anyone", "prompted", "reminded", "caught", "allowed", "let", "easy", "enough", "check", "process",
    "tooling", "tool", "setup", "review", "alert", "because", "lacked", "missing",
}  # fmt: skip
"""Words with which a rewrite would tell of a system what nobody said of it."""


@pytest.mark.parametrize("case", CORPUS, ids=[str(n) for n in range(len(CORPUS))])
def test_a_rewrite_asserts_nothing_that_the_text_did_not_say(case: dict[str, str]) -> None:
    for found in check(case["text"]):
        added = words(found.rewrite or "") & ASSERTED
        assert added <= words(case["text"])


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.lower()))


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
