"""How bad it is: the rules that are shipped, held against cases of the domain, and the laws that hold for any pack."""

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.content.policy import load_policy
from incident_console.domain.facts import FLAGS, KEYS, LOWERING, RAISING, SCALES, Facts, allowed, rank
from incident_console.domain.triage import Criterion, Rules, assess, level_of

RULES = load_policy(None).rules


def facts(words: str) -> Facts:
    """`down critical all none +peak !loss`: function, criticality, affected, workaround (`-` is not known), then
    context with + and what happened with !; whatever is not named did not happen."""
    scales, context, flags = [], [], set()
    for word in words.split():
        if word.startswith("+"):
            context.append(word[1:])
        elif word.startswith("!"):
            flags.add({"loss": "data_loss", "breach": "security_breach"}[word[1:]])
        else:
            scales.append(None if word == "-" else word)
    answers: list[Any] = [*scales, *(key in flags for key in FLAGS), tuple(context)]
    return Facts(*answers)


CASES: list[tuple[str, str, int]] = [
    # the examples of each level
    ("payments down", "down critical all none", 1),
    ("whole site down", "down critical all none +revenue", 1),
    ("data breach", "none major none unneeded !breach", 1),
    ("data lost, nobody noticed", "none minor none unneeded !loss", 1),
    ("ransomware", "down critical all none !breach !loss", 1),
    ("leaked credentials, no misuse seen", "none critical none unneeded !breach", 1),
    ("backup lost with the data", "partial major few none !loss", 1),
    ("data loss at night inside the company", "partial minor few none !loss +off_peak +internal_only", 1),
    ("search degraded", "degraded major many painful", 2),
    ("checkout slow for 30 % of users", "degraded critical some painful", 2),
    ("one feature broken", "partial major some painful", 2),
    ("a major feature out for everyone", "down major all none", 2),
    ("small bug in a feature", "partial minor some reasonable", 3),
    ("one region slow", "degraded minor some reasonable", 3),
    ("errors in a minor API", "partial minor some painful", 3),
    ("glitch in the interface", "cosmetic minor some unneeded", 4),
    ("typo on a page that all see", "cosmetic minor all unneeded", 4),
    ("harmless errors in a log", "none minor none unneeded", 4),
    # critical functions
    ("login impossible for everyone", "down critical all none", 1),
    ("login impossible for most", "down critical many none", 1),
    ("payments stuck, phone orders as a way out", "down critical all painful", 1),
    ("card payments out, invoices work well", "down critical all reasonable", 2),
    ("login down in one country", "down critical some none", 2),
    ("one bank's transfers out", "down critical few none", 2),
    ("one old app version cannot log in, an update helps", "down critical few reasonable", 3),
    ("API time-outs for most", "degraded critical many none", 2),
    ("payments fail now and then, a retry helps", "partial critical many reasonable", 2),
    ("payments fail now and then for some, a retry helps", "partial critical some reasonable", 3),
    ("checkout slow, hardly felt", "degraded critical all unneeded", 3),
    ("checkout fails for a rare card", "partial critical few painful", 3),
    ("wrong colour of the pay button", "cosmetic critical all unneeded", 4),
    # major functions
    ("notifications late for all, e-mail works", "degraded major all reasonable", 3),
    ("reports out for most, export by hand hurts", "down major many painful", 2),
    ("reports out for most, last night's copy is good enough", "down major many reasonable", 2),
    ("reports out for some, last night's copy is good enough", "down major some reasonable", 3),
    ("search out for a few", "down major few none", 3),
    ("very slow responses for many", "degraded major many none", 2),
    ("intermittent faults for a few", "degraded major few painful", 3),
    ("integration with one partner failing", "down major few painful", 3),
    ("integration with one partner failing, nobody minds", "down major few unneeded", 4),
    # minor functions
    ("avatar upload out for all", "down minor all none", 3),
    ("dark mode broken for a few, light mode works", "partial minor few reasonable", 3),
    ("help texts missing, nobody asks", "partial minor many unneeded", 4),
    # nobody hit
    ("a replica was lost, users notice nothing", "none critical none unneeded", 4),
    ("one of two data centres gone, traffic moved", "none critical none reasonable", 4),
    ("shop down while it is closed", "down critical none unneeded +off_peak", 4),
    ("batch job down between two runs", "down critical none unneeded", 3),
    ("test system down", "down minor none unneeded +internal_only", 4),
    # context moves it by one
    ("the same fault at peak sales", "partial minor many painful +peak", 2),
    ("the same fault on a Tuesday at 3 AM", "partial major many painful +off_peak", 3),
    ("search degraded at peak sales", "degraded critical many painful +peak", 1),
    ("checkout slow in a press event", "degraded critical some painful +press", 1),
    ("feature bug for a major customer", "partial minor few reasonable +vip", 2),
    ("typo in a contract page before a regulator's visit", "cosmetic minor few unneeded +regulatory", 4),
    ("wrong year in the footer during a press event", "cosmetic minor all unneeded +press", 4),
    ("replica lags at peak time, users notice nothing", "none critical none unneeded +peak", 4),
    ("broken layout of the shop's front page in a campaign", "cosmetic major all unneeded +press", 3),
    ("service level about to be missed", "degraded critical many none +contract", 1),
    ("payments out at night", "down critical all none +off_peak", 2),
    ("internal tool out for all employees", "down major all none +internal_only", 3),
    ("internal wiki slow", "degraded minor many painful +internal_only", 4),
    ("peak and internal outweigh each other", "degraded major many painful +peak +internal_only", 2),
    ("an important function impaired at peak is not yet SEV1", "degraded major many painful +peak", 2),
    ("one major customer cannot work at all", "down critical few none +vip", 2),
    ("payments fail for some of the major customers", "partial critical some painful +vip", 1),
    ("an important function out at peak is", "down major all none +peak", 1),
    # when unsure, the worse reading
    ("nothing known", "- - - -", 1),
    ("down, that is all we know", "down - - -", 1),
    ("down for some", "down - some -", 2),
    ("degraded, that is all we know", "degraded - - -", 2),
    ("only cosmetic", "cosmetic - - -", 4),
    ("a critical function, something is wrong", "- critical - -", 1),
    ("a minor function, something is wrong", "- minor - -", 3),
    ("critical, for a few", "- critical few -", 2),
    ("a part of it, for a few", "partial - few -", 3),
    ("one feature broken for some, workaround unknown", "partial major some -", 2),
]


@pytest.mark.parametrize(("words", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_cases_of_the_domain(words: str, expected: int) -> None:
    assert assess(facts(words), RULES).severity == expected


def test_there_are_enough_cases_and_every_level_has_some() -> None:
    assert len(CASES) >= 60
    for level in (1, 2, 3, 4):
        assert sum(case[2] == level for case in CASES) >= 8


# --- laws, for any pack


scales = st.fixed_dictionaries({key: st.sampled_from((None, *values)) for key, values in SCALES.items()})
flags = st.fixed_dictionaries({key: st.sampled_from((None, False, True)) for key in FLAGS})
contexts = st.one_of(st.none(), st.lists(st.sampled_from((*RAISING, *LOWERING)), unique=True).map(tuple))
any_facts = st.builds(lambda s, f, c: Facts(**s, **f, context=c), scales, flags, contexts)
criteria = st.builds(
    Criterion,
    says=st.just("rule"),
    **{key: st.sampled_from((None, *values)) for key, values in SCALES.items()},
    data_loss=st.booleans(),
    security_breach=st.booleans(),
    always=st.booleans(),
)
any_rules = st.one_of(
    st.just(RULES),
    st.builds(
        lambda groups, lift: Rules(tuple(enumerate(map(tuple, groups), 1)), "mild", tuple(lift)),
        st.lists(st.lists(criteria, max_size=3), min_size=4, max_size=4),
        st.lists(criteria, max_size=2),
    ),
)


def worse(known: Facts) -> list[Facts]:
    """Every set of facts that is one step worse."""
    found = []
    for key, values in SCALES.items():
        value = getattr(known, key)
        if value is not None and rank(key, value) + 1 < len(values):
            found.append(known.but(**{key: values[rank(key, value) + 1]}))
    found += [known.but(**{key: True}) for key in FLAGS if getattr(known, key) is False]
    context = known.context
    if context is not None:
        found += [known.but(context=(*context, word)) for word in RAISING if word not in context]
        found += [known.but(context=tuple(w for w in context if w != word)) for word in LOWERING if word in context]
    return found


@given(any_facts, any_rules)
def test_every_combination_of_facts_gets_an_answer(known: Facts, rules: Rules) -> None:
    verdict = assess(known, rules)
    assert verdict.severity in (1, 2, 3, 4)
    assert verdict.worst <= verdict.severity <= verdict.best
    assert verdict.unknown == tuple(key for key in KEYS if getattr(known, key) is None)
    if not verdict.unknown:
        assert verdict.worst == verdict.severity == verdict.best


@given(any_facts, any_rules)
def test_a_worse_fact_never_gives_a_milder_level(known: Facts, rules: Rules) -> None:
    level = level_of(known, rules)
    for changed in worse(known):
        assert level_of(changed, rules) <= level


def test_the_shipped_rules_are_monotone_everywhere() -> None:
    flag_values = ((False, False), (True, False), (False, True))
    context_values: tuple[tuple[str, ...], ...] = ((), ("peak",), ("off_peak",), ("vip", "internal_only"))
    for values in itertools.product(*SCALES.values(), flag_values, context_values):
        *scale, pair, context = values
        answers: tuple[Any, ...] = (*scale, *pair, context)
        known = Facts(*answers)
        level = level_of(known, RULES)
        assert all(level_of(changed, RULES) <= level for changed in worse(known)), known


@given(any_facts, any_rules, st.data())
def test_the_range_holds_whatever_the_unknown_answers_turn_out_to_be(
    known: Facts, rules: Rules, data: st.DataObject
) -> None:
    verdict = assess(known, rules)
    answers: dict[str, Any] = {}
    for key in verdict.unknown:
        if key == "context":
            answers[key] = tuple(data.draw(st.lists(st.sampled_from(allowed(key)), unique=True)))
        else:
            answers[key] = data.draw(st.sampled_from((False, True) if key in FLAGS else SCALES[key]))
    assert verdict.worst <= level_of(known.but(**answers), rules) <= verdict.best


@given(any_facts)
def test_an_unknown_scale_counts_as_its_worst_answer(known: Facts) -> None:
    for key in SCALES:
        readings = [level_of(known.but(**{key: value}), RULES) for value in SCALES[key]]
        assert level_of(known.but(**{key: None}), RULES) == min(readings)


@given(any_facts)
def test_lost_data_and_a_breach_are_sev1_whatever_the_rest(known: Facts) -> None:
    assert level_of(known.but(data_loss=True), RULES) == 1
    assert level_of(known.but(security_breach=True), RULES) == 1


@given(any_facts)
def test_context_moves_it_by_one_at_most(known: Facts) -> None:
    plain = level_of(known.but(context=()), RULES)
    assert abs(level_of(known, RULES) - plain) <= 1


@given(any_facts)
def test_what_would_change_it_is_true(known: Facts) -> None:
    verdict = assess(known, RULES)
    assert all(int(line[3]) < verdict.severity for line in verdict.would_raise)
    assert all(int(line[3]) > verdict.severity for line in verdict.would_lower)


# --- words


def test_the_reasons_name_the_criterion_the_context_and_what_is_not_known() -> None:
    verdict = assess(Facts("degraded", "critical", "some", None, False, False, ("peak",)), RULES)
    assert verdict.severity == 1
    assert "a critical function does not work as it should for a good part of the users" in verdict.reasons[0]
    assert verdict.reasons[1] == "one level worse: it is peak time"
    assert verdict.reasons[2] == "not known yet: a workaround; the worse reading counts"


def test_lost_data_and_a_breach_are_both_named() -> None:
    verdict = assess(Facts(data_loss=True, security_breach=True), RULES)
    assert verdict.reasons[:2] == ("data was lost", "security was breached")


@pytest.mark.parametrize(
    ("context", "says"),
    [
        (("peak", "off_peak"), "outweigh each other"),
        (("off_peak",), "one level milder: hardly anybody needs it at this hour"),
        (("vip", "press"), "one level worse: major customers are hit, press or a public event is watching"),
    ],
)
def test_the_context_is_explained(context: tuple[str, ...], says: str) -> None:
    verdict = assess(Facts("partial", "minor", "some", "painful", False, False, context), RULES)
    assert any(says in reason for reason in verdict.reasons)


def test_context_that_cannot_move_it_further_says_so() -> None:
    verdict = assess(Facts("down", "critical", "all", "none", False, False, ("peak",)), RULES)
    assert "the context does not move it further: it is peak time" in verdict.reasons
    verdict = assess(Facts(data_loss=True, context=("off_peak",)), RULES)
    assert any("does not move it further" in reason for reason in verdict.reasons)


def test_nothing_else_is_sev4_in_the_words_of_its_level() -> None:
    assert assess(Facts("none", "minor", "none", "unneeded", False, False, ()), RULES).reasons == (
        "cosmetic or minor, or hardly anybody notices",
    )


def test_what_would_raise_and_lower_names_the_nearest_change() -> None:
    verdict = assess(Facts("degraded", "critical", "some", "painful", False, False, ()), RULES)
    assert "SEV1 if data was lost or security was breached" in verdict.would_raise
    assert "SEV3 if only a few users are hit" in verdict.would_lower
    assert "SEV3 if people need a way around it, and there is a reasonable one" in verdict.would_lower
    assert any("peak, vip" in line for line in verdict.would_raise)
