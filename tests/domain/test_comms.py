"""Messages: what is computed, what is missing, and that nobody's text is read twice."""

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from incident_console.content.templates import load_template
from incident_console.domain import comms
from incident_console.domain.clock import HOUR, MINUTE, Zone
from incident_console.domain.comms import Address, Draft, fill, prefilled, suggested_kind
from incident_console.domain.decide import Check
from incident_console.domain.incident import Account, Incident, Sent
from incident_console.domain.sending import Sending, SentMessage, SentTwice, send
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
    return fill(load_template(kind, None), incident, Address(audience, next_at), values or {}, NIGHT, ZONE)


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
    text = fill(load_template("initial", None), INCIDENT, Address("internal", NIGHT + MINUTE), {}, NIGHT, zone).text
    assert "2026-11-21 03:48 CET" in text


def test_an_unknown_start_is_said_and_never_guessed() -> None:
    unknown = replace(INCIDENT, started_at=None)
    assert "Started: not known (declared 2026-11-21 02:47 UTC)" in draft("initial", incident=unknown).text
    assert "We noticed this at 2026-11-21 02:47 UTC." in draft("status_page", incident=unknown).text
    assert "This began at 2026-11-21 02:27 UTC." in draft("status_page").text
    assert "0 min after it was declared" in draft("update", incident=unknown).text
    over = replace(OVER, started_at=None)
    assert "Duration: at least 1 h 00 min (since it was declared)" in draft("resolution", incident=over).text


def outside(kind: str, incident: Incident, audience: str = "customers", now: int = NIGHT) -> str:
    address = Address(audience, NIGHT + 15 * MINUTE if kind == "status_page" else None)
    return fill(load_template(kind, None), incident, address, {}, now, ZONE).text


def test_people_outside_are_told_times_as_one_says_them() -> None:
    unknown = replace(INCIDENT, started_at=None)
    assert "This began at 02:27 UTC on 21 November." in outside("status_page", INCIDENT)
    assert "We noticed this at 02:47 UTC on 21 November." in outside("status_page", unknown)
    assert "The next update follows by 03:02 UTC on 21 November." in outside("status_page", INCIDENT)
    assert "Status: Investigating\n\n" in outside("status_page", INCIDENT)


@pytest.mark.parametrize("kind", ["resolution", "customer_report"])
def test_how_long_it_lasted_is_one_sentence_of_what_is_known(kind: str) -> None:
    assert "\nIt began at 02:27 UTC and ended at 03:47 UTC on 21 November.\n" in outside(kind, OVER)
    assert "\nIt ended at 03:47 UTC on 21 November.\n" in outside(kind, replace(OVER, started_at=None))
    assert "\nIt began at 02:27 UTC on 21 November.\n" in outside(kind, INCIDENT)
    assert "It " not in outside(kind, replace(INCIDENT, started_at=None))
    long = outside(kind, replace(OVER, started_at=NIGHT - 24 * HOUR))
    assert "It began at 02:47 UTC on 20 November and ended at 03:47 UTC on 21 November." in long
    later = outside(kind, OVER, now=NIGHT + 100 * 24 * HOUR)
    assert "It began at 02:27 UTC and ended at 03:47 UTC on 21 November 2026." in later


def test_a_resolution_is_named_after_what_customers_know() -> None:
    template, address = load_template("resolution", None), Address("customers")

    def subject(incident: Incident) -> str:
        return fill(template, incident, address, {}, NIGHT, ZONE).subject

    assert subject(OVER) == "[RESOLVED] Checkout"
    assert subject(replace(OVER, facts=(("service", "Paying by card"),))) == "[RESOLVED] Paying by card"
    assert subject(replace(OVER, services=())) == "[RESOLVED] Checkout failing"


def test_an_internal_cause_is_never_filled_in_for_people_outside() -> None:
    known = replace(OVER, facts=(("cause", "db1 was full"), ("fix", "We made room.")))
    for audience, cause in (("customers", ""), ("key_accounts", ""), ("internal", "db1 was full")):
        values = prefilled(load_template("resolution", None), known, audience, {})
        assert (values["cause"], values["fix"]) == (cause, "We made room.")


def test_only_those_who_are_written_to_one_by_one_are_greeted() -> None:
    assert outside("resolution", OVER).startswith("This is resolved.")
    assert outside("resolution", OVER, "key_accounts").startswith("Hello,\n\nThis is resolved.")


def test_a_company_template_tells_nobody_outside_when_it_was_declared() -> None:
    template = replace(load_template("resolution", None), outside=None)
    text = fill(template, replace(OVER, started_at=None), Address("customers"), {}, NIGHT, ZONE).text
    assert "Started" not in text
    assert "Duration: at least 1 h 00 min\n" in text


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
        ("monitoring", (), "key_accounts", "key_account"),
        ("investigating", (), "executives", "executive_brief"),
        ("investigating", (), "support", "talking_points"),
        ("investigating", (Sent("support", "talking_points", 1, NIGHT, None),), "support", "update"),
        ("resolved", (), "customers", "resolution"),
        ("closed", (), "internal", "resolution"),
    ],
)
def test_the_fitting_kind_is_offered(status: str, sent: tuple[Sent, ...], audience: str, kind: str) -> None:
    assert suggested_kind(replace(INCIDENT, status=status, sent=sent), audience) == kind


def test_the_last_known_facts_are_filled_in_but_not_the_steps_that_were_told() -> None:
    facts = (("impact", "cards fail"), ("progress", "old"), ("next_steps", "old"))
    known = replace(INCIDENT, facts=facts, heard=(("internal", facts),))
    values = prefilled(load_template("update", None), known, "internal", {"impact": "all cards fail"})
    assert (values["impact"], values["progress"], values["next_steps"]) == ("all cards fail", "", "")
    assert prefilled(load_template("status_page", None), known, "customers", {})["service"] == "Checkout"


def test_steps_that_an_audience_has_not_heard_are_filled_in() -> None:
    facts = (("progress", "rolled back"), ("next_steps", "watch"), ("notes", "private"))
    values = prefilled(load_template("update", None), replace(INCIDENT, facts=facts), "executives", {})
    assert (values["progress"], values["next_steps"], values["notes"]) == ("rolled back", "watch", "")


def test_a_correction_says_what_it_corrects_in_subject_and_first_line() -> None:
    wrong = Sent("internal", "update", 3, NIGHT - HOUR, None)
    template, address = load_template("update", None), Address("internal", corrects=wrong)
    message = fill(template, INCIDENT, address, complete("update"), NIGHT, ZONE)
    assert message.subject.startswith("Correction to update #3: [SEV1] UPDATE")
    assert message.text.startswith("This corrects update #3 of 2026-11-21 01:47 UTC.")
    assert message.corrects == 3
    page = fill(load_template("status_page", None), INCIDENT, Address("customers", corrects=wrong), {}, NIGHT, ZONE)
    assert page.text.startswith("This corrects update #3 of 01:47 UTC on 21 November.")


def test_a_note_to_an_account_names_it_and_its_owner() -> None:
    address = Address("key_accounts", NIGHT + HOUR, Account("Acme", "Ana"))
    message = fill(load_template("key_account", None), INCIDENT, address, complete("key_account"), NIGHT, ZONE)
    assert message.text.startswith("Hello Acme,\n\nWe are writing to you directly because this affects you.")
    assert message.text.endswith("Ana")
    assert message.account == "Acme"


@pytest.mark.parametrize(
    ("severity", "kind"), [(1, "executive_brief"), (2, "executive_brief"), (3, "initial"), (None, "executive_brief")]
)
def test_executives_get_the_brief_while_it_is_serious(severity: int | None, kind: str) -> None:
    assert suggested_kind(replace(INCIDENT, severity=severity), "executives") == kind


def refuse(
    check: Check = Check.STRICT,
    incident: Incident = INCIDENT,
    last: SentMessage | None = None,
    at: int = NIGHT,
    values: dict[str, str] | None = None,
) -> str:
    message = draft("initial", complete("initial") if values is None else values)
    with pytest.raises(Refused) as refusal:
        send(message, incident, last, Sending(at), NIGHT, ZONE, check)
    return str(refusal.value)


def test_what_is_not_recorded_as_sent() -> None:
    same = draft("initial", complete("initial"))
    last = SentMessage(NIGHT - 1, "internal", "initial", 1, same.subject, same.text, "dana", None)
    assert "Still missing: who is affected" in refuse(values={"impact": "x"})
    assert "future" in refuse(at=NIGHT + HOUR)
    assert "less than a minute ago" in refuse(last=last)
    with pytest.raises(SentTwice, match="Another message to internal"):
        send(same, INCIDENT, replace(last, text="other words"), Sending(NIGHT), NIGHT, ZONE, Check.STRICT)


def test_the_words_are_kept_exactly() -> None:
    whole = draft("initial", complete("initial"))
    fact = send(whole, INCIDENT, None, Sending(NIGHT), NIGHT, ZONE, Check.STRICT)
    assert (fact.subject, fact.text, fact.next_at) == (whole.subject, whole.text, NIGHT + 15 * MINUTE)
    assert fact.template == f"default/initial v{load_template('initial', None).version}"
    assert dict(fact.filled) == complete("initial")


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        (-5, "0 min"), (0, "0 min"), (59, "59 min"), (60, "1 h 00 min"), (65, "1 h 05 min"), (1439, "23 h 59 min"),
        (1440, "1 d 0 h"), (1452, "1 d 0 h 12 min"), (1500, "1 d 1 h"), (1505, "1 d 1 h 05 min"), (4320, "3 d 0 h"),
    ],
)  # fmt: skip
def test_lengths_in_words(minutes: int, shown: str) -> None:
    assert comms.length(minutes * MINUTE) == shown
