"""What the tests of the desk on its storage share: desks on a simulated clock, an incident, and the words of a timeline."""

from pathlib import Path

import pytest

from incident_console.desk import Desk
from incident_console.domain.clock import MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.incident import Incident
from tests.builders import clock_of, declare, make_desk
from tests.storage.messages import own_desk
from tests.storage.open_drafts import opened


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def ours(tmp_path: Path) -> Desk:
    """A desk with a company's own rules."""
    return own_desk(tmp_path)


@pytest.fixture
def incident(desk: Desk) -> Incident:
    return declare(desk)


@pytest.fixture
def impaired(desk: Desk, incident: Incident) -> Incident:
    """An incident of which the impact is known."""
    return desk.state_fact(incident.id, "impact", "some fail")


@pytest.fixture
def sent(desk: Desk, impaired: Incident) -> Incident:
    """An incident of which the first message went out five minutes ago."""
    draft = opened(desk, impaired, Wish("internal", "initial"))
    draft.type("users_affected", "30 %")
    draft.type("please_do", "wait")
    desk.mark_sent(draft.draft())
    clock_of(desk).advance(5 * MINUTE)
    return desk.incident(impaired.id)


def texts(desk: Desk, incident: str, kind: str | None = None) -> list[str]:
    return [row.text for row in desk.entries(incident, kind)]
