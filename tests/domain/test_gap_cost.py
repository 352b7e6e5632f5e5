"""What a gap cost: numbers as people type them, every step of the reckoning, and no figure without its assumptions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.assumptions import (
    ASSUMPTIONS,
    amount,
    assumption,
    known,
    number,
    state_assumption,
    stated,
)
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.gap_cost import about, cost_of, verdict
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import Refused, Status
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

STATED = (
    ("cost_users", "5k"), ("cost_share", "30 %"), ("cost_revenue_hour", "12,000"), ("cost_people", "4"),
    ("cost_people_hour", "100"), ("cost_extra", "1.5k"), ("cost_closing_hours", "40"), ("cost_currency", "EUR"),
)  # fmt: skip
INCIDENT = Incident(
    "x", number=7, title="Search down", declared_at=NIGHT + HOUR, started_at=NIGHT, mitigated_at=NIGHT + 2 * HOUR,
    resolved_at=NIGHT + 4 * HOUR, status=Status.RESOLVED, facts=STATED,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12000", 12000), ("12 000", 12000), ("12\u00a0000", 12000), ("12,000", 12000), ("1,234,567", 1234567),
        ("1'000", 1000), ("12k", 12000), ("12 K", 12000), ("1.5m", 1.5e6), ("1,5k", 1500), ("30 %", 30), ("0", 0),
        ("0.125", 0.125), ("2.5", 2.5), ("2 million", 2e6), ("1.5 Million", 1.5e6), ("30 thousand", 30000), ("2 millions", 2e6),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text", ["", "lots", "-5", "5000 projects", "1e9", "nan", "inf", "12.000", "1,2,3", "9" * 400, "1k2", "٣ k %"]
)
def test_what_is_no_number_or_means_two_things(text: str) -> None:
    assert number(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_number_that_can_be_shown_or_none(text: str) -> None:
    value = number(text)
    assert value is None or amount(value)


def test_every_step_of_the_reckoning() -> None:
    cost = cost_of(INCIDENT)
    assert {line.name: line.value for line in cost.lines} == {
        "user hours without it": 10_000, "revenue not taken": 7_200, "hours of work": 12, "work of the people": 1_200,
        "other costs": 1_500, "cost of the gap": 9_900, "closing the gap": 4_000,
    }  # fmt: skip
    assert {line.name: line.shown for line in cost.lines} == {
        "user hours without it": "about 10 000 user hours", "revenue not taken": "about 7 200 EUR",
        "hours of work": "about 12 hours", "work of the people": "about 1 200 EUR", "other costs": "1 500 EUR",
        "cost of the gap": "about 9 900 EUR", "closing the gap": "about 4 000 EUR",
    }  # fmt: skip
    assert (cost.currency, cost.hours) == ("EUR", 2)


def test_every_factor_has_its_unit() -> None:
    assert {line.name: line.how for line in cost_of(INCIDENT).lines} == {
        "user hours without it": "2 h 00 min × 5 000 users",
        "revenue not taken": "2 h 00 min × 12 000 EUR an hour × 30 %",
        "hours of work": "3 h 00 min × 4 people",
        "work of the people": "3 h 00 min × 4 people × 100 EUR an hour",
        "other costs": "as stated",
        "cost of the gap": "the sum of what is known",
        "closing the gap": "40 hours × 100 EUR an hour",
    }
    assert [stated(INCIDENT, name) for name in ASSUMPTIONS] == [
        "5 000 users", "30 %", "12 000 EUR an hour", "4 people", "100 EUR an hour", "1 500 EUR", "40 hours", "EUR",
    ]  # fmt: skip
    assert stated(replace(INCIDENT, facts=(("cost_extra", "2k"),)), "cost_extra") == "2 000"
    assert stated(replace(INCIDENT, facts=()), "cost_extra") == ""


def test_hours_of_work_need_no_price_and_money_does() -> None:
    unpriced = replace(INCIDENT, facts=tuple(pair for pair in STATED if pair[0] != "cost_people_hour"))
    cost = cost_of(unpriced)
    assert cost.line("hours of work").shown == "about 12 hours"
    assert cost.line("work of the people").value is None
    assert cost.line("cost of the gap").value == 8_700


def test_an_hour_is_told_like_any_other_time() -> None:
    assert (
        cost_of(replace(INCIDENT, mitigated_at=NIGHT + HOUR))
        .line("user hours without it")
        .how.startswith("1 h 00 min × ")
    )


def test_without_a_mitigation_the_resolution_counts() -> None:
    assert cost_of(replace(INCIDENT, mitigated_at=None)).hours == 4


@pytest.mark.parametrize("start", [None, NIGHT + 9 * HOUR])
def test_without_its_length_nothing_is_guessed(start: int | None) -> None:
    cost = cost_of(replace(INCIDENT, started_at=start))
    assert cost.hours is None
    assert cost.line("revenue not taken").value is None
    assert cost.line("revenue not taken").how == "nobody said: how long it lasted"
    assert cost.line("cost of the gap").how == "the sum of what is known; not in it: revenue not taken"


@pytest.mark.parametrize("name", [name for name in ASSUMPTIONS if name != "cost_currency"])
def test_each_missing_assumption_is_named(name: str) -> None:
    cost = cost_of(replace(INCIDENT, facts=tuple(pair for pair in STATED if pair[0] != name)))
    unknown = [line for line in cost.lines if line.value is None]
    assert unknown
    assert all(ASSUMPTIONS[name].words in line.how or line.name == "other costs" for line in unknown)


def test_nothing_known_is_no_cost_and_not_zero() -> None:
    cost = cost_of(Incident("x", declared_at=NIGHT))
    assert all(line.value is None for line in cost.lines)
    assert cost.line("cost of the gap").how == "nothing is known yet"


def test_an_assumption_is_stated_with_what_it_was_before() -> None:
    fact = state_assumption(INCIDENT, "cost_users", " 6k ")
    assert (fact.values, fact.previous) == ((("cost_users", "6k"),), (("cost_users", "5k"),))
    assert state_assumption(INCIDENT, "cost_users", "").values == (("cost_users", ""),)
    for name, text, says in (("cost_users", "5k", "like that already"), ("cost_mood", "1", "Use one of")):
        with pytest.raises(Refused, match=says):
            state_assumption(INCIDENT, name, text)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("cost_users", "many", "“many” is no number. Write it in figures, for example: 5000."),
        ("cost_users", "NaN", "“NaN” is no number. Write it in figures, for example: 5000."),
        ("cost_users", "inf", "“inf” is no number."),
        ("cost_users", "∞", "“∞” is no number."),
        ("cost_users", "1e9", "“1e9” is no number."),
        ("cost_users", "5000 projects", "“5000 projects” is no number."),
        ("cost_users", "1.500", "“1.500” means one thing to some and a thousand times that to others."),
        ("cost_users", "-5", "“-5” is less than nothing. Write how much it is, for example: 5000."),
        ("cost_extra", "−5 EUR", "“−5 EUR” is less than nothing."),
        ("cost_users", "40 %", "“40 %” is a share. Write the number of users affected at the worst time, for example: 5000."),
        ("cost_people_hour", "20 %", "“20 %” is a share."),
        ("cost_revenue_hour", "12 %", "“12 %” is a share. Write how much money it is, for example: 12000."),
        ("cost_revenue_hour", "12k an hour", "“12k an hour” is no number. Write the number without further words, for example: 12000."),
        ("cost_extra", "500 projects", "“500 projects” is no number. Write the number without further words"),
        ("cost_extra", "5 T€", "“5 T€” is no number."),
        ("cost_extra", "5 Mrd", "“5 Mrd” is no number."),
        ("cost_extra", "5 hrs", "“5 hrs” is no number."),
        ("cost_extra", "US$ 500", "“US$ 500” is in US$, and this case is reckoned in EUR."),
        ("cost_users", "99999999999", "“99999999999” is too much for users affected at the worst time. Count the zeros"),
        ("cost_people", "2m", "“2m” is too much for people who worked on it."),
        ("cost_users", "9" * 30, "is no number."),
        ("cost_share", "150 %", "“150 %” is more than all of it. Write a share from 0 to 100, for example: 30 %."),
        ("cost_share", "2k", "“2k” is more than all of it."),
        ("cost_share", "0.3", "“0.3” may be a part of one or of a hundred. Write it with its sign, for example: 30 %."),
        ("cost_share", "1", "“1” may be a part of one or of a hundred."),
        ("cost_people", "0", "“0” says that it took nothing. Leave it empty where nobody knows; otherwise for example: 4."),
        ("cost_people_hour", "0", "“0” says that it took nothing."),
        ("cost_closing_hours", "0.0", "“0.0” says that it took nothing."),
        ("cost_extra", "40k USD", "“40k USD” is in USD, and this case is reckoned in EUR. Reckon it over and write the number"),
        ("cost_revenue_hour", "$12k", "“$12k” is in $, and this case is reckoned in EUR."),
        ("cost_revenue_hour", "$5 EUR", "“$5 EUR” is no number."),
        ("cost_currency", "EUR and USD", "“EUR and USD” is not one currency. Write one, for example: EUR; reckon the others"),
        ("cost_currency", "EUR/USD", "“EUR/USD” is not one currency."),
        ("cost_currency", "12k EUR", "“12k EUR” is not one currency."),
    ],
)  # fmt: skip
def test_what_cannot_be_reckoned_with_is_refused_with_an_example(name: str, text: str, says: str) -> None:
    with pytest.raises(Refused) as refusal:
        state_assumption(INCIDENT, name, text)
    assert says in str(refusal.value)
    assert "for example: " in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("cost_users", "2k", 2000), ("cost_users", "1,500", 1500), ("cost_users", "0", 0), ("cost_share", "40 %", 40),
        ("cost_share", "40", 40), ("cost_share", "0", 0), ("cost_share", "0.5 %", 0.5), ("cost_share", "100 %", 100),
        ("cost_people_hour", "1,5", 1.5), ("cost_extra", "0", 0), ("cost_extra", "12.345", None),
        ("cost_extra", "12,345.678", 12345.678), ("cost_extra", "", None),
    ],
)  # fmt: skip
def test_what_can_be_reckoned_with(name: str, text: str, value: float | None) -> None:
    assert known(Incident("x", facts=((name, text),)), name) == value


@pytest.mark.parametrize(
    ("text", "kept"),
    [("12k EUR", "12k"), ("€12k", "12k"), ("12 000 €", "12 000"), ("12,000 euros", "12,000"), ("eur 40", "40")],
)
def test_the_currency_may_be_said_beside_a_sum_where_it_is_the_same(text: str, kept: str) -> None:
    assert assumption("cost_extra", text, "EUR") == (("cost_extra", kept),)


@pytest.mark.parametrize(
    ("one", "other"),
    [("$", "USD"), ("CAD", "$"), ("£", "GBP"), ("Euro", "€"), ("US dollars", "US$"), ("US $", "usd"), ("kr", "SEK"),
     ("NOK", "kroner"), ("rupees", "INR"), ("US$", "$")],
)  # fmt: skip
def test_ways_to_write_one_currency(one: str, other: str) -> None:
    assert assumption("cost_extra", f"5 {one}", other) == (("cost_extra", "5"),)


@pytest.mark.parametrize(
    ("text", "kept", "currency"),
    [
        ("US$ 500", "500", "US$"), ("US $500", "500", "US $"), ("500 kr", "500", "kr"), ("Rs 500", "500", "Rs"),
        ("Rs. 500", "500", "Rs."), ("500 US dollars", "500", "US dollars"), ("2 million", "2 million", ""),
        ("2 million euros", "2 million", "euros"), ("USD 1.5 million", "1.5 million", "USD"), ("₹ 40k", "40k", "₹"),
        ("5k kr", "5k", "kr"), ("5 k€", "5 k", "€"), ("500 zł", "500", "zł"), ("3 thousand XOF", "3 thousand", "XOF"),
        ("R$12k", "12k", "R$"), ("500 Swiss francs", "500", "Swiss francs"), ("12 000 kr.", "12 000", "kr."),
    ],
)  # fmt: skip
def test_a_currency_beside_a_sum_in_any_spelling(text: str, kept: str, currency: str) -> None:
    said = assumption("cost_extra", text)
    assert said == (("cost_extra", kept), *((("cost_currency", currency),) if currency else ()))
    assert known(Incident("x", facts=said), "cost_extra") is not None


def test_a_currency_that_was_stated_may_stand_beside_a_sum_whatever_it_is() -> None:
    assert assumption("cost_currency", "Taler") == (("cost_currency", "Taler"),)
    assert assumption("cost_extra", "5k taler", "Taler") == (("cost_extra", "5k"),)
    with pytest.raises(Refused, match="is no number"):
        assumption("cost_extra", "5k taler", "EUR")


@pytest.mark.parametrize("text", ["US dollars", "US$", "pounds sterling", "kr", "Rs.", "Canadian dollars"])
def test_names_of_currencies_may_have_two_words(text: str) -> None:
    assert assumption("cost_currency", text) == (("cost_currency", text),)


def test_the_first_sum_says_the_currency() -> None:
    fact = state_assumption(Incident("x"), "cost_extra", "40k USD")
    assert fact.values == (("cost_extra", "40k"), ("cost_currency", "USD"))
    assert fact.previous == (("cost_extra", ""), ("cost_currency", ""))


def test_what_was_kept_before_these_rules_is_not_reckoned_with() -> None:
    odd = replace(INCIDENT, facts=(*STATED[2:], ("cost_share", "150 %")))
    assert cost_of(odd).line("revenue not taken").value is None
    assert stated(odd, "cost_share") == "“150 %” is no use here"


@pytest.mark.parametrize("text", [text for _, text in CORPUS], ids=NAMES)
def test_hostile_text_is_no_number_and_no_currency_that_acts(text: str) -> None:
    assert number(text) is None
    try:
        kept = dict(assumption("cost_currency", text)).get("cost_currency", "")
    except Refused as refusal:
        kept = str(refusal)
    assert not set("\x1b\n\u202e") & set(kept)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"), (0.2, "less than 1"), (0.5, "about 0.5"), (3, "about 3"), (99.6, "about 100"), (12345.678, "about 12 000"),
        (277817, "about 280 000"), (1234567, "about 1 200 000"),
    ],
)  # fmt: skip
def test_a_reckoned_number_pretends_to_no_more_than_it_knows(value: float, shown: str) -> None:
    assert about(value) == shown


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (STATED, "Users felt it for 2 h 00 min. Ending it took about 12 hours of work. The incident cost about 9 900 EUR. Closing the gap"
                 " takes 40 hours of work, about 4 000 EUR. It has paid for itself once it prevents a single incident like"
                 " this one."),
        ((*STATED[:5], ("cost_closing_hours", "400"), STATED[7]),
         "Users felt it for 2 h 00 min. Ending it took about 12 hours of work. The incident cost about 8 400 EUR, without what nobody"
         " stated: other costs. Closing the gap takes 400 hours of work, about 40 000 EUR. It has paid for itself once it"
         " prevents 5 incidents like this one."),
        (STATED[2:3], "What this incident cost is not known yet: state share of the business that stood still, or people"
                      " who worked on it and cost of one hour of one person. What closing the gap takes is not known yet."),
        ((("cost_extra", "0"), STATED[6]), "Users felt it for 2 h 00 min. The incident cost 0, without what nobody stated: revenue not"
                                           " taken, work of the people. Closing the gap takes 40 hours of work."),
    ],
)  # fmt: skip
def test_what_a_manager_has_to_know(facts: tuple[tuple[str, str], ...], words: str) -> None:
    assert verdict(cost_of(replace(INCIDENT, facts=facts))) == words


@pytest.mark.parametrize(
    ("value", "shown"), [(12400, "12 400"), (0.5, "0.5"), (99.96, "100"), (3.0, "3"), (1234567.8, "1 234 568")]
)
def test_amounts_as_people_read_them(value: float, shown: str) -> None:
    assert amount(value) == shown


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("cost_users", "1", "1 user"), ("cost_users", "2", "2 users"), ("cost_users", "1001", "1 001 users"),
        ("cost_people", "1", "1 person"), ("cost_closing_hours", "1", "1 hour"), ("cost_closing_hours", "0.5", "0.5 hours"),
    ],
)  # fmt: skip
def test_one_of_a_kind_is_told_as_one(name: str, text: str, shown: str) -> None:
    assert stated(Incident("x", facts=((name, text),)), name) == shown


def test_one_hour_is_one_hour_in_the_sentences_and_in_the_table() -> None:
    short = replace(
        INCIDENT, mitigated_at=NIGHT + HOUR, resolved_at=NIGHT + 2 * HOUR,
        facts=(("cost_users", "1"), ("cost_people", "1"), ("cost_extra", "500"), ("cost_closing_hours", "1")),
    )  # fmt: skip
    cost = cost_of(short)
    assert cost.line("hours of work").shown == "about 1 hour"
    assert cost.line("user hours without it").shown == "about 1 user hour"
    assert cost.line("hours of work").how == "1 h 00 min × 1 person"
    assert "Ending it took about 1 hour of work." in verdict(cost)
    assert "Closing the gap takes 1 hour of work." in verdict(cost)
    brief = cost_of(replace(short, resolved_at=NIGHT + HOUR + 6 * MINUTE))
    assert brief.line("hours of work").shown == "less than 1 hour"


@pytest.mark.parametrize(
    ("facts", "started", "asked"),
    [
        ((), NIGHT, "revenue in an hour and share of the business that stood still, or people who worked on it and cost of one"
                    " hour of one person"),
        (STATED[:3], NIGHT, "people who worked on it and cost of one hour of one person"),
        ((), None, "revenue in an hour, share of the business that stood still and how long it lasted, or people who worked on"
                   " it and cost of one hour of one person"),
    ],
)  # fmt: skip
def test_what_is_needed_together_is_told_apart_from_what_would_do_instead(
    facts: tuple[tuple[str, str], ...], started: int | None, asked: str
) -> None:
    assert cost_of(replace(INCIDENT, facts=facts, started_at=started)).lacking == f"state {asked}"


def test_minutes_count() -> None:
    assert cost_of(replace(INCIDENT, mitigated_at=NIGHT + 30 * MINUTE)).line("user hours without it").value == 2500
