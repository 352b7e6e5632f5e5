"""What people call an audience: never the word that only files and commands use."""

import pytest

from incident_console.domain import events as e
from incident_console.domain.rows import row_of
from incident_console.domain.vocabulary import Audience, audience_name, readers_name


@pytest.mark.parametrize(
    ("audience", "name"),
    [("key_accounts", "key accounts"), ("support", "customer-facing teams"), ("board_of_two", "board of two")],
)
def test_an_audience_is_called_by_its_name(audience: str, name: str) -> None:
    assert audience_name(audience) == name


def test_a_key_account_is_named_behind_it() -> None:
    assert readers_name("key_accounts", "Acme") == "key accounts / Acme"
    assert readers_name("internal") == "internal stakeholders"


@pytest.mark.parametrize("audience", Audience)
def test_rows_of_the_timeline_use_the_names(audience: Audience) -> None:
    name = audience_name(audience)
    assert row_of(e.Requested(audience, "when?"))[1] == f"{name} ask: when?"
    sent = e.MessageSent(audience, "update", 1, "", "words")
    assert row_of(sent)[1] == f"{name} #1 sent: stakeholder update"
