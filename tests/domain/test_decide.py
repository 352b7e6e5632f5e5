"""What is refused, and that each refusal says what to do next."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC

import pytest

from incident_console.domain import decide
from incident_console.domain import events as e
from incident_console.domain.clock import DAY, HOUR, MINUTE, Zone
from incident_console.domain.decide import Check, Declaration
from incident_console.domain.events import Event
from incident_console.domain.incident import Incident
from incident_console.domain.vocabulary import EntryKind, Refused
from tests.builders import NIGHT
from tests.hostile import CORPUS, NAMES

ZONE = Zone(UTC)
OPEN = Incident("x", number=7, title="Search down", severity=2, declared_at=NIGHT, severity_since=NIGHT)
CLOSED = replace(OPEN, status="closed")
NOTE = Event("n1", "o", 1, "x", NIGHT, NIGHT, "dana", e.Noted("hello"))
DECLARED = Event("d1", "o", 1, "x", NIGHT, NIGHT, "dana", e.Declared(7, "Search down", 2))
SENT = Event("s1", "o", 2, "x", NIGHT, NIGHT, "dana", e.MessageSent("internal", "update", 1, "s", "t"))

REFUSED: list[tuple[str, Callable[[], object], str]] = [
    ("no title", lambda: decide.declare(Declaration("   ", 1), 1, NIGHT), "needs a title"),
    ("long title", lambda: decide.declare(Declaration("x" * 10_000, 1), 1, NIGHT), "10000 characters; 200 fit"),
    ("two lines", lambda: decide.declare(Declaration("a\nb", 1), 1, NIGHT), "one line"),
    ("severity 0", lambda: decide.declare(Declaration("a", 0), 1, NIGHT), "no severity 0"),
    ("severity 5", lambda: decide.declare(Declaration("a", 5), 1, NIGHT), "no severity 5"),
    ("starts later", lambda: decide.declare(Declaration("a", 1, NIGHT + HOUR), 1, NIGHT), "future"),
    ("seen before", lambda: decide.declare(Declaration("a", 1, NIGHT, NIGHT - HOUR), 1, NIGHT), "before it started"),
    ("unknown role", lambda: decide.declare(Declaration("a", 1, roles=(("boss", "x"),)), 1, NIGHT), "no role"),
    ("check-in closed", lambda: decide.note(CLOSED, "a", "checkin", None, NIGHT, ZONE), "Log what was said as a note instead. To reopen it: /reopen (in a shell: incident-console status INC-7 investigating)"),
    ("nothing closed", lambda: decide.note(CLOSED, " ", "note", None, NIGHT, ZONE), "nothing to log"),
    ("closed, in the future", lambda: decide.note(CLOSED, "a", "note", NIGHT + HOUR, NIGHT, ZONE), "future"),
    ("closed, long before", lambda: decide.note(CLOSED, "a", "note", NIGHT - 2 * DAY, NIGHT, ZONE), "more than a day before"),
    ("log nothing", lambda: decide.note(OPEN, " \n ", "note", None, NIGHT, ZONE), "nothing to log"),
    ("log too much", lambda: decide.note(OPEN, "x" * 2_000_001, "note", None, NIGHT, ZONE), "2000000 fit"),
    ("log unknown kind", lambda: decide.note(OPEN, "a", "gossip", None, NIGHT, ZONE), "Use one of: note, action"),
    ("log in the future", lambda: decide.note(OPEN, "a", "note", NIGHT + HOUR, NIGHT, ZONE), "future"),
    ("log long before", lambda: decide.note(OPEN, "a", "note", NIGHT - 2 * DAY, NIGHT, ZONE), "more than a day before"),
    ("same severity", lambda: decide.change_severity(OPEN, 2, "x"), "is SEV2 already"),
    ("no reason", lambda: decide.change_severity(OPEN, 1, "  "), "needs a reason"),
    ("severity 9", lambda: decide.change_severity(OPEN, 9, "x"), "no severity 9"),
    ("same status", lambda: decide.change_status(OPEN, "investigating", None, NIGHT, ZONE), "already"),
    ("no such status", lambda: decide.change_status(OPEN, "fixed", None, NIGHT, ZONE), "Use one of: investigating"),
    ("status before", lambda: decide.change_status(OPEN, "resolved", NIGHT - HOUR, NIGHT, ZONE), "cannot change before"),
    ("status later", lambda: decide.change_status(OPEN, "resolved", NIGHT + HOUR, NIGHT, ZONE), "future"),
    ("role unknown", lambda: decide.assign(OPEN, "boss", "x"), "Use one of: ic"),
    ("role unchanged", lambda: decide.assign(OPEN, "ic", ""), "held by nobody already"),
    ("correct a record", lambda: decide.correct(DECLARED, "x", "y"), "Only logged lines"),
    ("correct to the same", lambda: decide.correct(NOTE, "hello", "hello"), "like that already"),
    ("correct to nothing", lambda: decide.correct(NOTE, "hello", " "), "nothing to log"),
    ("strike without reason", lambda: decide.strike(NOTE, "", " "), "needs a reason"),
    ("strike twice", lambda: decide.strike(NOTE, "struck", "x"), "struck already"),
    ("undo nothing", lambda: decide.undo(OPEN, None), "nothing to undo"),
    ("undo a sent message", lambda: decide.undo(OPEN, SENT), "cannot be undone"),
    ("undo the beginning", lambda: decide.undo(OPEN, DECLARED), "close it"),
    ("redo nothing", lambda: decide.redo(OPEN, None), "nothing to redo"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "says"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refusals_are_sentences_that_help(command: Callable[[], object], says: str) -> None:
    with pytest.raises(Refused) as refusal:
        command()
    sentence = str(refusal.value)
    assert says in sentence
    assert sentence[0].isupper() or sentence[0] in "“2"
    assert sentence.rstrip()[-1] in ".)?" or "incident-console" in sentence
    assert "!" not in sentence


@pytest.mark.parametrize("kind", [kind for kind in EntryKind if kind != EntryKind.CHECKIN])
def test_the_record_of_a_closed_incident_takes_every_line_that_starts_no_clock(kind: str) -> None:
    assert decide.note(CLOSED, "a", kind, None, NIGHT, ZONE) == e.Noted("a", kind)
    assert decide.note(CLOSED, "a", kind, NIGHT - HOUR, NIGHT, ZONE) == e.Noted("a", kind)


def test_what_is_said_after_lines_for_a_closed_incident() -> None:
    assert (
        decide.added_late("INC-7", 1, "/undo") == "INC-7 is closed; this was added to its record. /undo takes it back."
    )
    assert decide.added_late("INC-7", 3, "/undo").endswith(
        "the 3 lines were added to its record. /undo takes the last of them back."
    )


def test_odd_times_are_taken_when_forced() -> None:
    decide.note(OPEN, "a", "note", NIGHT - 9 * DAY, NIGHT, ZONE, Check.FORCED)
    decide.change_status(OPEN, "resolved", NIGHT - HOUR, NIGHT, ZONE, Check.FORCED)
    decide.declare(Declaration("a", 1, NIGHT + HOUR), 1, NIGHT, Check.FORCED)


def test_a_clock_that_differs_a_little_is_not_the_future() -> None:
    decide.note(OPEN, "a", "note", NIGHT + MINUTE, NIGHT, ZONE)


def test_who_holds_a_role_fits_on_a_line() -> None:
    names = ", ".join(["Priya"] * 28)
    assert decide.assign(OPEN, "investigators", names).name == names
    with pytest.raises(Refused, match="have 500 characters; 200 fit"):
        decide.assign(OPEN, "ic", "x" * 500)
    with pytest.raises(Refused, match="have 500 characters; 200 fit"):
        decide.declare(Declaration("a", 1, roles=(("ic", "x" * 500),)), 1, NIGHT)


def test_the_status_may_go_back() -> None:
    body = decide.change_status(replace(OPEN, status="monitoring"), "investigating", None, NIGHT, ZONE)
    assert (body.previous, body.status) == ("monitoring", "investigating")


@pytest.mark.parametrize(("_name", "text"), CORPUS, ids=NAMES)
def test_everything_people_type_is_made_safe(_name: str, text: str) -> None:
    declared = decide.declare(Declaration(text[:100], 1, services=(text,), tags=(text,), channel=text), 1, NIGHT)
    kept = [declared.title, declared.channel, *declared.services, *declared.tags]
    kept.append(decide.note(OPEN, text, "note", None, NIGHT, ZONE).text)
    kept.append(decide.change_severity(OPEN, 1, text).reason)
    kept.append(decide.assign(OPEN, "ic", text[:100]).name)
    kept.append(decide.correct(NOTE, "hello", text).text)
    kept.append(decide.strike(NOTE, "", text).reason)
    assert not any(char in word for word in kept for char in "\x1b\x9b\u202e\ud800\x00")
