"""What went out, as a correspondence: differences, headlines, and an export in which nothing acts."""

import re
from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.correspondence import Line, correspondence, differences, headline, remarks
from incident_console.domain.incident import Incident
from incident_console.domain.sending import SentMessage
from incident_console.domain.text import clean
from tests.builders import NIGHT
from tests.hostile import CORPUS, assert_harmless

ZONE = Zone(UTC)
INCIDENT = Incident("x", number=7, title="Checkout failing", severity=1, declared_at=NIGHT)
MESSAGE = SentMessage(
    NIGHT, "customers", "status_page", 3, "Checkout", "Some cards fail.", "dana", NIGHT + HOUR, "status page",
    recorded_at=NIGHT,
)  # fmt: skip

LINES = st.lists(st.sampled_from(["", "a", "b", "Status: ok", "  indented", "-", "+ x"]), max_size=12).map("\n".join)


# --- differences


def new_text(found: tuple[Line, ...]) -> str:
    return "\n".join(line.text for line in found if line.sign != "-")


def old_lines(found: tuple[Line, ...]) -> list[str]:
    return [line.text for line in found if line.sign != "+" and line.text]


@given(LINES, LINES)
def test_applying_the_differences_gives_the_new_text(before: str, after: str) -> None:
    found = differences(before, after)
    assert new_text(found) == after
    assert {line.sign for line in found} <= {" ", "+", "-"}


@given(st.text(max_size=60), st.text(max_size=60))
def test_also_for_any_text(before: str, after: str) -> None:
    assert new_text(differences(before, after)) == after


@given(LINES, LINES)
def test_nothing_that_is_no_longer_said_is_left_out(before: str, after: str) -> None:
    assert old_lines(differences(before, after)) == [line for line in before.split("\n") if line]


@given(LINES)
def test_the_same_text_has_no_differences(text: str) -> None:
    assert all(line.sign == " " for line in differences(text, text))


def test_what_is_no_longer_said_stands_before_what_stands_there_now() -> None:
    assert differences("Status: bad\nsame", "Status: good\nsame") == (
        Line("-", "Status: bad"), Line("+", "Status: good"), Line(" ", "same"),
    )  # fmt: skip


# --- one message


def test_a_headline_tells_whom_when_how_and_by_whom() -> None:
    assert headline(MESSAGE, ZONE) == (
        "customers #3 · 2026-11-21 02:47 UTC · status page · status page · sent by dana"
    )  # fmt: skip
    bare = replace(MESSAGE, channel="", actor="", account="Acme", audience="key_accounts", kind="key_account")
    assert headline(bare, Zone(ZoneInfo("Europe/Berlin"))) == (
        "key accounts / Acme #3 · 2026-11-21 03:47 CET · key account note"
    )  # fmt: skip


def test_an_ordinary_message_has_only_its_promise_to_remark() -> None:
    assert remarks(MESSAGE, ZONE) == ("Promised the next update by 2026-11-21 03:47 UTC.",)
    assert remarks(replace(MESSAGE, next_at=None), ZONE) == ()


def test_everything_odd_is_remarked() -> None:
    odd = replace(
        MESSAGE, corrects=2, resends=1, approved_by="erin", overruled=("promise", "jargon"), recorded_at=NIGHT + HOUR
    )
    assert remarks(odd, ZONE) == (
        "Corrects #2.",
        "The words of #1 once more.",
        "Promised the next update by 2026-11-21 03:47 UTC.",
        "Approved by erin.",
        "Sent although the console asked about: promise, jargon.",
        "Written down at 2026-11-21 03:47 UTC.",
    )


def test_written_down_at_once_is_not_worth_a_word() -> None:
    assert len(remarks(replace(MESSAGE, recorded_at=NIGHT + 2 * MINUTE), ZONE)) == 1
    assert len(remarks(replace(MESSAGE, recorded_at=NIGHT - MINUTE), ZONE)) == 1


# --- the export


def test_the_export_holds_every_message_in_the_given_order() -> None:
    text = correspondence(INCIDENT, [replace(MESSAGE, number=n, text=f"words {n}") for n in (1, 2, 3)], ZONE)
    assert text.startswith("# INC-7: what was sent\n\nCheckout failing\n\n## customers \\#1")
    assert [text.index(f"words {n}") for n in (1, 2, 3)] == sorted(text.index(f"words {n}") for n in (1, 2, 3))
    assert text.endswith("```\n")
    assert "```text\nCheckout\n\nwords 2\n```" in text


def test_an_export_of_nothing_says_so() -> None:
    assert correspondence(INCIDENT, (), ZONE) == "# INC-7: what was sent\n\nCheckout failing\n\nNothing was sent.\n"


def test_a_drill_says_so() -> None:
    assert correspondence(replace(INCIDENT, drill=True), (), ZONE).startswith("# DRILL: INC-7")


def outside(text: str) -> list[str]:
    """The lines of a Markdown text that stand outside fenced blocks; fails for a fence that does not close."""
    found, fence = [], ""
    for line in text.split("\n"):
        opening = re.match(r"(`{3,})(text)?$", line)
        if not fence and opening:
            fence = opening[1]
        elif fence and line == fence:
            fence = ""
        elif not fence:
            found.append(line)
    assert not fence
    return found


BREAKOUTS = [
    "```\n# heading", "````text\n```\n````", "~~~\n<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))", "![x](http://example.com/a.png)", "# heading", "| a | b |\n|---|---|",
    "- item\n1. item", "http://example.com www.example.com a@example.com", "&amp; &#35;", "**bold** _it_ `code`",
    "===\n---", "> quote", "a\n\n\n# b",
]  # fmt: skip


@pytest.mark.parametrize("value", [*(value for _, value in CORPUS), *BREAKOUTS])
def test_nothing_in_an_export_acts(value: str) -> None:
    everywhere = SentMessage(
        NIGHT, "key_accounts", "own_kind", 1, value, value, value, NIGHT, value, (value,), 1, 1, value, value,
        recorded_at=NIGHT + HOUR,
    )  # fmt: skip
    text = correspondence(replace(INCIDENT, title=value), [everywhere], ZONE)
    assert_harmless(text.encode("utf-8", "surrogatepass"))
    lines = outside(text)
    assert [line for line in lines if re.match(r"#", line)] == [lines[0], next(x for x in lines if x.startswith("## "))]
    for line in lines:
        assert not re.search(r"(?<!\\)[<\[`*_|]", line)
        assert not re.match(r"\s*([-+=>]|\d+[.)])", line)
        assert not re.search(r"(?<!\\)://|www\.|(?<!\\)@\w|(?<!\\)&", line)
    assert clean(f"{value}\n\n{value}") in text


def test_the_export_is_stable_to_the_byte() -> None:
    messages = [replace(MESSAGE, number=n, text=value) for n, (_, value) in enumerate(CORPUS, start=1)]
    assert correspondence(INCIDENT, messages, ZONE) == correspondence(INCIDENT, tuple(messages), ZONE)
