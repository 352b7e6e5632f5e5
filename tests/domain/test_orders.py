"""What stands after a slash command: every form, every refusal, and nothing that was typed goes missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain import orders
from incident_console.domain.clock import DAY, HOUR, MINUTE, SECOND
from incident_console.domain.incident import Timer
from incident_console.domain.orders import ASK_DEFAULT, LONGEST
from incident_console.domain.text import clean
from incident_console.domain.vocabulary import Refused
from tests import hostile
from tests.builders import NIGHT

BOTH = ("timer", "ask")


@pytest.mark.parametrize(
    ("word", "length"),
    [
        ("10m", 10 * MINUTE),
        ("10min", 10 * MINUTE),
        ("10M", 10 * MINUTE),
        ("1h30m", HOUR + 30 * MINUTE),
        ("90s", 90 * SECOND),
        ("2d", 2 * DAY),
        ("1d2h3m4s", DAY + 2 * HOUR + 3 * MINUTE + 4 * SECOND),
        (" 5m ", 5 * MINUTE),
        ("31d", LONGEST),
        ("44640m", LONGEST),
        ("32d", None),
        ("31d1s", None),
        ("0m", None),
        ("0h0m", None),
        ("", None),
        ("m", None),
        ("10", None),
        ("-5m", None),
        ("1.5h", None),
        ("5m1h", None),
        ("10m,", None),
        ("999999999m", None),
        ("1h 30m", None),
    ],
)
def test_lengths(word: str, length: int | None) -> None:
    assert orders.length_of(word) == length


@given(st.text())
def test_a_length_is_positive_and_not_longer_than_a_month(word: str) -> None:
    length = orders.length_of(word)
    assert length is None or 0 < length <= LONGEST


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("10m restart cache", (10 * MINUTE, "restart cache")),
        ("restart cache 10m", (10 * MINUTE, "restart cache")),
        ("10m  restart\ncache ", (10 * MINUTE, "restart cache")),
        ("10m wait 5m", (10 * MINUTE, "wait 5m")),
        ("10m 5m", (10 * MINUTE, "5m")),
    ],
)
def test_timer(rest: str, expected: tuple[int, str]) -> None:
    assert orders.timer(rest) == expected


@pytest.mark.parametrize("rest", ["", "10m", "restart cache", "restart 10m cache", "0m restart", "40d restart"])
def test_timer_refuses_with_the_form(rest: str) -> None:
    with pytest.raises(Refused, match="/timer 10m restart cache"):
        orders.timer(rest)


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("sam check replica lag 5m", ("sam", "check replica lag", 5 * MINUTE)),
        ("@sam check replica lag", ("sam", "check replica lag", ASK_DEFAULT)),
        ("sam lag? 90s", ("sam", "lag?", 90 * SECOND)),
        ("sam check 5m 10m", ("sam", "check 5m", 10 * MINUTE)),
        ("sam 5m of lag?", ("sam", "5m of lag?", ASK_DEFAULT)),
        ('"Ana Maria" check the pool 5m', ('"Ana Maria"', "check the pool", 5 * MINUTE)),
        ('@"Ana Maria" check', ('"Ana Maria"', "check", ASK_DEFAULT)),
        ("“Ana Maria” check", ("“Ana Maria”", "check", ASK_DEFAULT)),
    ],
)
def test_ask(rest: str, expected: tuple[str, str, int]) -> None:
    assert orders.ask(rest) == expected


@pytest.mark.parametrize("rest", ["", "sam", "sam 5m", "@ check lag", '"" check lag', '"Ana Maria"', '"Ana Maria" 5m'])
def test_ask_refuses_with_the_form(rest: str) -> None:
    with pytest.raises(Refused, match="/ask sam check replica lag 5m"):
        orders.ask(rest)


def test_named_length() -> None:
    assert orders.named_length("customers 10m the provider", "F") == ("customers", 10 * MINUTE, "the provider")
    assert orders.named_length("customers 10m", "F") == ("customers", 10 * MINUTE, "")


@pytest.mark.parametrize("rest", ["", "customers", "10m customers", "customers soon why"])
def test_named_length_refuses_with_the_form(rest: str) -> None:
    with pytest.raises(Refused, match="Type it like this: FORM"):
        orders.named_length(rest, "FORM")


def test_leading_length() -> None:
    assert orders.leading_length("2h order system back", "F") == (2 * HOUR, "order system back")
    assert orders.leading_length("2h", "F") == (2 * HOUR, "")


@pytest.mark.parametrize("rest", ["", "soon", "order 2h", "0m x"])
def test_leading_length_refuses_with_the_form(rest: str) -> None:
    with pytest.raises(Refused, match="Type it like this: FORM"):
        orders.leading_length(rest, "FORM")


def test_named() -> None:
    assert orders.named(" executives  they are\non the call", "F") == ("executives", "they are on the call")
    assert orders.named("executives", "F") == ("executives", "")
    with pytest.raises(Refused, match="Type it like this: FORM"):
        orders.named("  ", "FORM")


PEOPLE = ("Sam Lee", "Sam Roe", "Ana", "Ana Maria", "dana", "", "dana")


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("dana", PEOPLE, "dana"),
        ("DANA", PEOPLE, "dana"),
        ("@dan", PEOPLE, "dana"),
        ("sam l", PEOPLE, "Sam Lee"),
        ("Ana", PEOPLE, "Ana"),
        ("ana", PEOPLE, "Ana"),
        ("ana m", PEOPLE, "Ana Maria"),
        ('"Ana Maria"', PEOPLE, "Ana Maria"),
        ('@"sam lee"', PEOPLE, "Sam Lee"),
        ("“Sam”", PEOPLE, "Sam"),
        ('"dan"', PEOPLE, "dan"),
        ("Grace", PEOPLE, "Grace"),
        ("", PEOPLE, ""),
        ("sam", ("sam", "Sam"), "sam"),
        ("Sam", ("sam", "Sam"), "Sam"),
        ("sam", ("sam", "samira"), "sam"),
        ("zoë", ("Zoë Q",), "Zoë Q"),
        ("a\nb", (), "a b"),
    ],
)
def test_person(name: str, known: tuple[str, ...], meant: str) -> None:
    assert orders.person(name, known) == meant


@pytest.mark.parametrize(
    ("name", "known", "listed"),
    [
        ("sam", PEOPLE, "Sam Lee, Sam Roe"),
        ("an", PEOPLE, "Ana, Ana Maria"),
        ("SAM", ("sam", "Sam"), "sam, Sam"),
        ("n", tuple(f"n{each}" for each in range(9)), "n0, n1, n2, n3, n4, n5"),
    ],
)
def test_a_name_that_fits_several_people_is_asked_back(name: str, known: tuple[str, ...], listed: str) -> None:
    with pytest.raises(Refused, match=f"fits several people: {listed}. Type the whole name"):
        orders.person(name, known)


@given(st.sampled_from(PEOPLE).filter(bool), st.sampled_from(["{}", "@{}", '"{}"', '@"{}"', " {} "]))
def test_the_whole_name_always_works_as_the_refusal_promises(name: str, form: str) -> None:
    assert orders.person(form.format(name), PEOPLE) == name


def timer(number: int, who: str, text: str, kind: str = "ask") -> Timer:
    return Timer(f"t{number}", kind, text, who, NIGHT, NIGHT + 10 * MINUTE)


LAG, POOL = timer(1, "sam", "check replica lag"), timer(2, "Ana Maria", "is the pool full?")
CACHE = timer(3, "", "restart cache", "timer")
AGAIN = timer(4, "sam", "restart worker")


@pytest.mark.parametrize(
    ("timers", "rest", "meant", "words"),
    [
        ((LAG,), "sam lag is 40 s", LAG, "lag is 40 s"),
        ((LAG,), "@sam lag is 40 s", LAG, "lag is 40 s"),
        ((LAG,), "SAM: lag is 40 s", LAG, "lag is 40 s"),
        ((LAG,), "sam", LAG, ""),
        ((LAG,), "", LAG, ""),
        ((LAG,), "lag is 40 s and falling", LAG, "lag is 40 s and falling"),
        ((LAG,), "same as before", LAG, "same as before"),
        ((LAG,), "s", LAG, "s"),
        ((LAG,), "lag", LAG, "lag"),
        ((LAG,), "ana says 40 s", LAG, "ana says 40 s"),
        ((POOL,), "Ana Maria yes", POOL, "yes"),
        ((POOL,), "ana yes", POOL, "yes"),
        ((POOL,), '"Ana Maria" yes', POOL, "yes"),
        ((POOL,), "@an yes", POOL, "yes"),
        ((POOL,), "a lot of them", POOL, "a lot of them"),
        ((LAG,), "sam it says\nline one\nline two", LAG, "it says\nline one\nline two"),
        ((LAG, POOL), "sam 40 s", LAG, "40 s"),
        ((LAG, POOL), "ana maria yes", POOL, "yes"),
        ((LAG, POOL), "@a yes", POOL, "yes"),
        ((LAG, POOL), "lag is 40 s", LAG, "lag is 40 s"),
        ((LAG, POOL), "Pool: full", POOL, "Pool: full"),
        ((LAG, POOL, CACHE), "cache", CACHE, ""),
        ((LAG, POOL, CACHE), "restart took too long", CACHE, "restart took too long"),
        ((LAG, AGAIN), "sam lag is 40 s", LAG, "lag is 40 s"),
        ((LAG, AGAIN), "sam worker", AGAIN, ""),
        ((LAG, AGAIN), "worker is up", AGAIN, "worker is up"),
        ((LAG, timer(5, "sam roe", "disk?")), "sam roe full", timer(5, "sam roe", "disk?"), "full"),
    ],
)
def test_what_waits_is_found_and_its_words_are_kept(
    timers: tuple[Timer, ...], rest: str, meant: Timer, words: str
) -> None:
    assert orders.waiting(timers, rest, BOTH) == (meant, words)


@pytest.mark.parametrize("rest", ["", "a lot of them", "s", "sam", "yes", "@x yes"])
def test_several_that_wait_are_listed(rest: str) -> None:
    with pytest.raises(Refused, match="Several are waiting: sam check replica lag; sam restart worker"):
        orders.waiting((LAG, AGAIN), rest, BOTH)


@pytest.mark.parametrize(
    ("timers", "kinds"), [((), BOTH), ((LAG,), ("timer",)), ((timer(6, "dana", "look", "review"),), BOTH)]
)
def test_nothing_waits(timers: tuple[Timer, ...], kinds: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="Nothing is waiting"):
        orders.waiting(timers, "sam yes", kinds)


@given(st.text(max_size=60))
def test_the_only_one_that_waits_takes_every_word(rest: str) -> None:
    meant, words = orders.waiting((LAG,), rest, BOTH)
    assert meant == LAG
    assert words in _tails(rest)


def _tails(rest: str) -> list[str]:
    whole = clean(rest).strip()
    return [whole, *(whole[n:].strip() for n in range(len(whole) + 1))]


@pytest.mark.parametrize("text", [text for _, text in hostile.CORPUS], ids=hostile.NAMES)
def test_hostile_words_come_out_harmless(text: str) -> None:
    _, what = orders.timer(f"10m x{text}")
    who, asked, _ = orders.ask(f"{text.split()[0] or 'x'} {text} y")
    _, said = orders.waiting((LAG,), text, BOTH)
    hostile.assert_harmless(f"{what}{who}{asked}{said}{orders.person(text, ())}".encode())
