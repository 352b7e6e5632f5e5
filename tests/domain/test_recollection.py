"""Messages that somebody remembers: their words and their kind, and what is refused."""

from dataclasses import replace
from typing import Any

import pytest

from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.incident import Incident, Sent
from incident_console.domain.recollection import Recollection, recollected
from incident_console.domain.text import MAX_ENTRY
from incident_console.domain.vocabulary import Refused, Status
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

OVER = Incident(
    "x", number=7, status=Status.CLOSED, severity=1, declared_at=NIGHT, started_at=NIGHT, resolved_at=NIGHT + 2 * HOUR
)
NOW = NIGHT + 9 * HOUR


def told(words: str = "We look into it.", audience: str = "customers", at: int = NIGHT + MINUTE, **known: Any) -> Any:
    return recollected(replace(OVER, **known), Recollection(audience, words, at), NOW)


@pytest.mark.parametrize(
    ("words", "subject", "text"),
    [
        ("We look into it.", "", "We look into it."),
        ("  two\nlines\n", "", "two\nlines"),
        ("Payments fail\n\nWe look into it.\n\nMore soon.", "Payments fail", "We look into it.\n\nMore soon."),
        ("Payments\tfail\r\n\r\n\r\nWe look into it.", "Payments fail", "We look into it."),
        ("Payments fail\n\n", "", "Payments fail"),
    ],
)
def test_a_first_line_that_stands_alone_is_the_subject(words: str, subject: str, text: str) -> None:
    draft = told(words)
    assert (draft.subject, draft.text) == (subject, text)


def test_words_of_then_state_no_facts_and_promise_nothing() -> None:
    draft = told()
    assert (draft.values, draft.next_at, draft.missing, draft.number) == ((), None, (), 1)
    assert told(sent=(Sent("customers", "update", 1, NIGHT, None),)).number == 2


@pytest.mark.parametrize(
    ("audience", "minutes", "before", "kind"),
    [
        ("customers", 1, 0, "status_page"),
        ("internal", 1, 0, "initial"),
        ("internal", 30, 1, "update"),
        ("support", 1, 0, "talking_points"),
        ("executives", 1, 0, "executive_brief"),
        ("key_accounts", 1, 0, "key_account"),
        ("internal", 120, 0, "resolution"),
        ("customers", 400, 0, "resolution"),
    ],
)
def test_its_kind_is_what_the_audience_was_due_to_hear(audience: str, minutes: int, before: int, kind: str) -> None:
    sent = tuple(Sent(audience, "initial", n + 1, NIGHT, None) for n in range(before))
    later = (Sent(audience, "update", 9, NIGHT + 8 * HOUR, None),)
    assert told(audience=audience, at=NIGHT + minutes * MINUTE, sent=(*sent, *later)).kind == kind


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Recollection("customers", " \n ", NIGHT), "Paste or type the words"),
        (Recollection("customers", "x" * (MAX_ENTRY + 1), NIGHT), "characters"),
        (Recollection("customers", "x", NOW + 3 * MINUTE), "lies in the future"),
        (Recollection("everybody", "x", NIGHT), "There is no audience"),
    ],
)
def test_what_is_refused(what: Recollection, said: str) -> None:
    with pytest.raises(Refused, match=said):
        recollected(OVER, what, NOW)


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_hostile_words_are_made_safe(_name: str, text: str) -> None:
    draft = told(f"{text}x\n\n{text}x")
    assert not set(draft.whole) & {"\x1b", "\x07", "\x9b", "\u202e", "\r"}
