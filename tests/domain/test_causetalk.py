"""Talk about causes gets a quiet hint while it burns; talk about getting it back never does."""

import time

import pytest

from incident_console.domain.causetalk import HINT, LOOKED_AT, debates_cause, hint
from incident_console.domain.incident import Incident

DEBATE = [
    "what is the root cause here",
    "I think the root-cause is the deploy of yesterday",
    "Root causes could be three things, let us go through them",
    "how did this happen",
    "How could that even slip through review",
    "how did it get past the canary",
    "why did nobody test the retries",
    "why didn't the alert fire",
    "why didn’t the alert fire",
    "why wasn't this caught on staging",
    "why was the limit raised at all",
    "why do we have two pools",
    "why does billing call this synchronously",
    "who deployed on a Friday",
    "who merged 4512",
    "who approved that",
    "who changed the limit",
    "who broke checkout",
    "who did this",
    "we should have tested it",
    "this shouldn't have been merged",
    "it should never have been released",
    "we should have known",
    "whose fault is it",
    "the underlying reason must be the framework",
    "in hindsight the canary was too small",
    "what caused this",
    "WHO REALLY CAUSED THE OUTAGE",
]

MENDING = [
    "rolling back 4512 now",
    "rollback is through, errors fall",
    "restart of the cache pods started",
    "failing over to the second region",
    "failover done, 12 % errors left",
    "we should have capacity again in 5 min",
    "customers should have access again",
    "should not have to restart the database for this",
    "we should have it back by 03:30",
    "it should have recovered by now, checking the replica",
    "why did the rollback not take? trying again with force",
    "why didn't the restart help: pods still read the old config",
    "why does the failover hang at step 3",
    "who did the restart, is it through?",
    "who did the failover last time, we need the steps",
    "who deployed the hotfix, is it live?",
    "who changed the weights back? errors are gone",
    "how did it go with the restart",
    "how did it go?",
    "how could this be mitigated without losing carts",
    "how could it be restored faster",
    "root cause can wait, we switch to the other provider first",
    "root cause unknown, mitigating anyway",
    "root cause: later. draining node 7",
    "root cause is for later, restart first",
    "parked for the postmortem",
    "postmortem on Monday 10:00",
    "let us take that to the post-mortem",
    "disabling the feature flag for all users",
    "deploy 4512 changed the retries, reverting it",
    "the deploy caused this, rolling it back",
    "scaled the pool from 20 to 60",
    "read-only mode is on, orders are queued",
    "because of the lag we wait 5 min before we switch",
    "support asks what to tell people about the reason for the delay",
    "provider confirms an outage, ETA 30 min",
    "traffic moved away from eu-west",
    "that is the reason why we drain first",
    "what is the impact now? what blocks you?",
    "ask sam to restore the backup of 02:00",
    "workaround: pay by invoice",
    "lag is 40 s and falling",
    "blocked the bad client at the edge",
    "is somebody on the database already?",
]


@pytest.mark.parametrize("words", DEBATE)
def test_a_debate_about_the_cause_is_noticed(words: str) -> None:
    assert debates_cause(words)


@pytest.mark.parametrize("words", MENDING)
def test_talk_about_getting_it_back_is_left_alone(words: str) -> None:
    assert not debates_cause(words)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("investigating", True),
        ("identified", True),
        ("mitigating", True),
        ("monitoring", False),
        ("resolved", False),
        ("closed", False),
    ],
)
def test_the_hint_is_only_given_while_service_is_not_back(status: str, said: bool) -> None:
    state = Incident("x", number=1, status=status)
    assert hint(state, "who broke checkout") == (HINT if said else "")
    assert hint(state, "rolling back") == ""


def test_only_the_beginning_of_a_long_paste_is_looked_at() -> None:
    assert not debates_cause("x " * LOOKED_AT + "root cause")
    assert debates_cause("root cause " + "x " * LOOKED_AT)


@pytest.mark.parametrize(
    "piece", ["why did ", "root cause is is is ", "should have been ", "who changed ", "how did it "]
)
def test_strange_text_takes_no_time(piece: str) -> None:
    began = time.monotonic()
    debates_cause(piece * 500_000)
    assert time.monotonic() - began < 0.5
