"""The blameless check: single sentences, a corpus with precision and recall per rule, hostile text, speed."""

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


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("The Kafka operator forgot the topic.", []),
        ("During the night the Acme Operator forgot its lease.", []),
        ("The Acme operator forgot the valve.", ["stops_at_person"]),
        ("Acme operators forgot the valve.", ["stops_at_person"]),
        ("An operator deleted the Kafka topic by mistake.", ["stops_at_person"]),
    ],
)
def test_an_operator_that_bears_the_name_of_a_program_is_one(text: str, rules: list[str]) -> None:
    assert rules_in(text) == rules


def test_the_names_in_front_of_a_role_belong_to_it() -> None:
    assert [found.text for found in check("Acme Cloud engineers forgot it.")] == ["Acme Cloud engineers forgot it"]
    assert [found.text for found in check("When engineers forgot it, it failed.")] == ["engineers forgot it"]


# --- manner before verb: any deed counts together with a slip, none without


@pytest.mark.parametrize("deed", ["hung", "bent", "re-cabled", "zeroed", "took", "renamed", "flashed"])
@pytest.mark.parametrize("slip", ["by mistake", "accidentally", "without testing", "despite a warning"])
def test_any_deed_of_a_person_together_with_a_slip_is_found(deed: str, slip: str) -> None:
    assert rules_in(f"An engineer {deed} the second feed {slip}.") == ["stops_at_person"]
    assert rules_in(f"An engineer {deed} the second feed.") == []
    assert rules_in(f"The daemon {deed} the second feed {slip}.") == []


def test_what_happened_without_a_person_is_fine_however_it_happened() -> None:
    assert rules_in("The wrong disk was deleted accidentally; the bucket was dropped by mistake.") == []


def test_we_take_it_on_together_and_that_is_fine() -> None:
    assert rules_in("We forgot the flag and did not notice the drop.") == []


# --- forms of a sentence that tell of a fault, whatever was done


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("An engineer restarted the primary.", []),
        ("A tired engineer restarted the primary.", ["stops_at_person"]),
        ("It was the engineer who restarted the primary.", ["stops_at_person"]),
        ("It was the engineer who noticed the drop.", []),
        ("An engineer restarted the primary before it had been checked.", ["stops_at_person"]),
        ("An engineer restarted the primary, and the site went down.", ["stops_at_person"]),
        ("An engineer restarted the primary, and the errors went down.", []),
        ("An engineer restarted the primary instead of the replica.", ["stops_at_person"]),
        ("The primary was restarted by an engineer without checking.", ["stops_at_person"]),
        ("The primary was restarted by an engineer without delay.", []),
    ],
)
def test_the_form_of_a_sentence_decides_and_not_the_verb(text: str, rules: list[str]) -> None:
    assert rules_in(text) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("The contractor was there when they accidentally cut the feed.", ["stops_at_person"]),
        ("The pods crashed when they accidentally shared the lock.", []),
        ("The technician saw the fans; they accidentally ran backwards.", []),
        ("The technician said they were mistakenly called.", []),
    ],
)
def test_they_are_people_only_where_the_sentence_tells_of_one(text: str, rules: list[str]) -> None:
    assert rules_in(text) == rules


def test_what_stands_in_quotes_is_read_without_them() -> None:
    assert [found.text for found in check("A “tired operative” rebooted it.")] == ["A “tired operative"]
    assert rules_in('The staff "accidentally deleted" the ledger.') == ["stops_at_person"]


def test_only_people_should_have_acted() -> None:
    assert rules_in("The regulator should have acted sooner.") == ["counterfactual"]
    assert rules_in("The replica should have acted as a fallback.") == []
    assert rules_in("The check could not have prevented this.") == []


# --- looking back


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In hindsight, the freeze was too short.", ["In hindsight"]),
        ("In hindsight we should have told them.", ["In hindsight we should have told"]),
        ("In hindsight, it could have been avoided.", ["could have been avoided"]),
        ("In hindsight it was late. It could have been avoided.", ["In hindsight", "could have been avoided"]),
    ],
)
def test_looking_back_is_one_finding_a_sentence(text: str, found: list[str]) -> None:
    assert [each.text.removesuffix(" them") for each in check(text)] == found


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
        "in hindsight it could have been avoided ",
        "engineer changed and ran the ",
        "Acme engineer deployed a rule that ",
        "had the plan been tested ",
        "a mistake was ",
        "a-",
        "x.",
        "contractor (x) working on this issue, which ",
        "they accidentally ",
        "engineer deployed before it was ",
        "engineer clicked the link ",
        "could have prevented the ",
        "it was the engineer who ",
        "tired engineer ",
        '"engineer" ',
        "failure by a technician at the ",
        "cause was found to be an engineer ",
        "by network engineers ",
        "blamed the long outage ",
        "some of its engineers ",
        "engineer who, against the policy, ",
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
