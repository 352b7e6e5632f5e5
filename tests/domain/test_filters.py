"""What people type to filter a timeline."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.filters import FLAGS, KINDS, Filter, read_filter
from incident_console.domain.text import clean_line
from tests import hostile


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Filter()),
        ("   ", Filter()),
        ("pool exhausted", Filter(words="pool exhausted")),
        ("kind:decision", Filter(("decision",))),
        ("/decision", Filter(("decision",))),
        ("/decision kind:update", Filter(("decision", "update"))),
        ("KIND:Decision", Filter(("decision",))),
        ("/DECISION", Filter(("decision",))),
        ("decision", Filter(words="decision")),
        ("kind:nothing", Filter(words="kind:nothing")),
        ("/charge answers 503", Filter(words="/charge answers 503")),
        ("@sam", Filter(person="sam")),
        ("@", Filter(words="@")),
        ("@sam @ana", Filter(person="ana")),
        ("a@b.example", Filter(words="a@b.example")),
        ("pinned", Filter(flag="pinned")),
        ("PARKED", Filter(flag="parked")),
        ("evidence", Filter(flag="evidence")),
        ("/evidence", Filter(("evidence",))),
        ("pinned parked", Filter(flag="pinned", words="parked")),
        ("unpinned", Filter(words="unpinned")),
        ("/note @sam pinned pool  full", Filter(("note",), "sam", "pinned", "pool full")),
        ("pool\npinned\tfull", Filter(flag="pinned", words="pool full")),
    ],
)
def test_what_is_typed_and_what_it_means(typed: str, meant: Filter) -> None:
    assert read_filter(typed) == meant
    assert meant.is_empty == (not typed.strip())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_row_can_be_asked_for(kind: str) -> None:
    assert read_filter(f"/{kind}") == read_filter(f"kind:{kind}") == Filter((kind,))


@pytest.mark.parametrize("flag", FLAGS)
def test_every_mark_can_be_asked_for(flag: str) -> None:
    assert read_filter(flag) == Filter(flag=flag)


@pytest.mark.parametrize("text", [text for _, text in hostile.CORPUS], ids=hostile.NAMES)
def test_hostile_text_is_made_safe(text: str) -> None:
    found = read_filter(text)
    hostile.assert_harmless(f"{found.words}{found.person}".encode())


@given(st.text(alphabet="ab@/:kindotepark \n"))
def test_no_word_of_a_filter_is_lost(text: str) -> None:
    found = read_filter(text)
    plain = [word for word in clean_line(text).split() if word[0] not in "@/k" and word not in FLAGS]
    assert set(plain) <= set(found.words.split()) <= set(clean_line(text).split())
    assert set(found.kinds) <= KINDS
    assert found.flag in ("", *FLAGS)
