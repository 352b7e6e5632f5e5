"""Messages: what is computed, what is missing, and that nobody's text is read twice."""

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from incident_console.content.templates import load_template
from incident_console.domain import comms
from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.comms import Draft, SentMessage, fill, prefilled, send, suggested_kind
from incident_console.domain.decide import Check
from incident_console.domain.incident import Incident, Sent
from incident_console.domain.vocabulary import MessageKind, Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

ZONE = Zone(UTC)
KINDS = [kind.value for kind in MessageKind]
INCIDENT = Incident(
    "x", number=7, title="Checkout failing", severity=1, declared_at=NIGHT, started_at=NIGHT - 20 * MINUTE,
    roles=(("ic", "Dana"),), services=("Checkout",), channel="#incident-2026-11-21-checkout",
)  # fmt: skip
OVER = replace(INCIDENT, status="resolved", resolved_at=NIGHT + HOUR)


def draft(
    kind: str, values: dict[str, str] | None = None, incident: Incident = INCIDENT, audience: str = "internal"
) -> Draft:
    next_at = None if kind == "resolution" else NIGHT + 15 * MINUTE
    return fill(load_template(kind, None), incident, audience, values or {}, next_at, NIGHT, ZONE)


def complete(kind: str) -> dict[str, str]:
    return {field.name: f"the {field.label}" for field in load_template(kind, None).fields}


@pytest.mark.parametrize("kind", KINDS)
def test_missing_fields_are_marked_in_the_text_and_listed(kind: str) -> None:
    empty = draft(kind)
    required = [field for field in load_template(kind, None).fields if field.required]
    assert list(empty.missing) == required
    assert all(f"[missing: {field.label}]" in empty.whole for field in required)


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_message_has_no_marks_and_no_placeholders(kind: str) -> None:
    whole = draft(kind, complete(kind), OVER if kind == "resolution" else INCIDENT)
    assert whole.missing == ()
    assert "[missing" not in whole.whole
    assert "$" not in whole.whole
    assert all(value in whole.whole for value in complete(kind).values())
    assert whole.text == whole.text.strip()
    assert "\n\n\n" not in whole.text


def test_lines_of_optional_fields_leave_with_their_field() -> None:
    assert "Please do" not in draft("initial").text
    assert "Please do: call" in draft("initial", {"please_do": "call"}).text


def test_what_can_be_worked_out_is_never_asked() -> None:
    text = draft("update", incident=replace(INCIDENT, sent=(Sent("internal", "initial", 1, NIGHT, None),))).whole
    for worked_out in ("[SEV1] UPDATE #2", "20 min after the start", "2026-11-21 03:02 UTC", "INC-7", "lead: Dana"):
        assert worked_out in text


def test_times_are_in_the_readers_zone_with_its_name() -> None:
    zone = Zone(ZoneInfo("Europe/Berlin"))
    text = fill(load_template("initial", None), INCIDENT, "internal", {}, NIGHT + MINUTE, NIGHT, zone).text
    assert "2026-11-21 03:48 CET" in text


def test_an_unknown_start_is_said_and_never_guessed() -> None:
    unknown = replace(INCIDENT, started_at=None)
    assert "Started: not known (declared 2026-11-21 02:47 UTC)" in draft("initial", incident=unknown).text
    assert "We noticed this at 2026-11-21 02:47 UTC." in draft("status_page", incident=unknown).text
    assert "This began at 2026-11-21 02:27 UTC." in draft("status_page").text
    assert "0 min after it was declared" in draft("update", incident=unknown).text
    over = replace(OVER, started_at=None)
    assert "Duration: at least 1 h 00 min (since it was declared)" in draft("resolution", incident=over).text


def test_the_end_tells_its_length() -> None:
    assert "Duration: 1 h 20 min" in draft("resolution", incident=OVER).text


@pytest.mark.parametrize(("_name", "value"), CORPUS, ids=NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_values_appear_once_and_literally(kind: str, _name: str, value: str) -> None:
    from incident_console.domain.text import clean

    whole = draft(kind, {"impact": value}).text
    assert clean(value).strip() in whole
    assert "\x1b" not in whole


def test_a_value_is_not_read_as_a_template() -> None:
    assert "$severity $title" in draft("initial", {"impact": "$severity $title"}).text


@pytest.mark.parametrize("kind", KINDS)
def test_a_drill_says_so_at_both_ends(kind: str) -> None:
    practice = draft(kind, incident=replace(INCIDENT, drill=True))
    assert practice.subject.startswith("DRILL ")
    assert practice.text.startswith("DRILL")
    assert practice.text.endswith("DRILL")


def test_unknown_fields_are_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"no field “mood”\. Its fields: impact"):
        draft("initial", {"mood": "calm"})


@pytest.mark.parametrize(
    ("status", "sent", "audience", "kind"),
    [
        ("investigating", (), "internal", "initial"),
        ("investigating", (Sent("internal", "initial", 1, NIGHT, None),), "internal", "update"),
        ("monitoring", (), "customers", "status_page"),
        ("resolved", (), "customers", "resolution"),
        ("closed", (), "internal", "resolution"),
    ],
)
def test_the_fitting_kind_is_offered(status: str, sent: tuple[Sent, ...], audience: str, kind: str) -> None:
    assert suggested_kind(replace(INCIDENT, status=status, sent=sent), audience) == kind


def test_the_last_known_facts_are_filled_in_but_not_the_last_steps() -> None:
    known = replace(INCIDENT, facts=(("impact", "cards fail"), ("progress", "old"), ("next_steps", "old")))
    values = prefilled(load_template("update", None), known, {"impact": "all cards fail"})
    assert (values["impact"], values["progress"], values["next_steps"]) == ("all cards fail", "", "")
    assert prefilled(load_template("status_page", None), known, {})["service"] == "Checkout"


def refuse(
    check: Check = Check.STRICT,
    incident: Incident = INCIDENT,
    last: SentMessage | None = None,
    at: int = NIGHT,
    values: dict[str, str] | None = None,
) -> str:
    message = draft("initial", complete("initial") if values is None else values)
    with pytest.raises(Refused) as refusal:
        send(message, incident, last, at, NIGHT, ZONE, check)
    return str(refusal.value)


def test_what_is_not_recorded_as_sent() -> None:
    same = draft("initial", complete("initial"))
    last = SentMessage(NIGHT - 1, "internal", "initial", 1, same.subject, same.text, "dana", None)
    assert "Still missing: who is affected" in refuse(values={"impact": "x"})
    assert "future" in refuse(at=NIGHT + HOUR)
    assert "less than a minute ago" in refuse(last=last)
    assert "closed" in refuse(Check.FORCED, incident=replace(INCIDENT, status="closed"))


def test_the_words_are_kept_exactly() -> None:
    whole = draft("initial", complete("initial"))
    fact = send(whole, INCIDENT, None, NIGHT, NIGHT, ZONE, Check.STRICT)
    assert (fact.subject, fact.text, fact.next_at) == (whole.subject, whole.text, NIGHT + 15 * MINUTE)
    assert fact.template == "default/initial v1"
    assert dict(fact.filled) == complete("initial")


@pytest.mark.parametrize(("minutes", "shown"), [(0, "0 min"), (59, "59 min"), (65, "1 h 05 min"), (1500, "1 d 1 h")])
def test_lengths_in_words(minutes: int, shown: str) -> None:
    assert comms.length(minutes * MINUTE) == shown
