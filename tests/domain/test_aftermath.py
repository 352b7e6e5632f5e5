"""Words about what is left once the response is over."""

from dataclasses import replace
from datetime import UTC

import pytest

from incident_console.domain.aftermath import Postmortem, left, left_short, over_at, progress, since_words
from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.incident import ActionItem, Incident, Why
from tests.builders import NIGHT

BLANK = Incident("x", 1, declared_at=NIGHT)
ITEM = ActionItem("a", "do it", "prevent", "", "", "")


def test_it_is_begun_with_the_first_words_and_finished_when_somebody_says_so() -> None:
    assert progress(BLANK) is Postmortem.NONE
    for begun in (
        replace(BLANK, sections=(("summary", "It broke."),)),
        replace(BLANK, whys=(Why("w", "full", None),)),
        replace(BLANK, actions=(replace(ITEM, candidate=True),)),
    ):
        assert progress(begun) is Postmortem.BEGUN
    assert progress(replace(BLANK, reviewed_at=NIGHT)) is Postmortem.FINISHED


def test_only_commitments_that_are_still_to_be_done_are_counted() -> None:
    states = [("open", False), ("in_progress", False), ("done", False), ("dropped", False), ("open", True)]
    items = tuple(replace(ITEM, state=state, candidate=idea) for state, idea in states)
    assert left(replace(BLANK, actions=items)) == "postmortem begun, 2 action items open"
    assert left(replace(BLANK, actions=items[:1])) == "postmortem begun, 1 action item open"
    assert left(BLANK) == "postmortem not begun"
    assert left_short(replace(BLANK, actions=items, reviewed_at=NIGHT)) == "finished, 2 to do"


def test_without_a_known_end_the_start_stands_for_it() -> None:
    assert over_at(BLANK) == NIGHT
    assert over_at(replace(BLANK, started_at=NIGHT - HOUR)) == NIGHT - HOUR
    assert over_at(replace(BLANK, resolved_at=NIGHT + HOUR)) == NIGHT + HOUR


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (-MINUTE, "0 min ago"), (59 * MINUTE, "59 min ago"), (HOUR, "1 h ago"), (23 * HOUR, "23 h ago"),
        (DAY, "1 d ago"), (13 * DAY, "13 d ago"), (14 * DAY, "7 Nov"), (365 * DAY, "Nov 2025"),
    ],
)  # fmt: skip
def test_how_long_ago(passed: int, words: str) -> None:
    assert since_words(NIGHT - passed, NIGHT, Zone(UTC)) == words
