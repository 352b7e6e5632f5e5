"""A scribe types sixty lines at eight keys a second while two other people write: nothing is lost, doubled or misplaced."""

import json
from itertools import cycle
from pathlib import Path

import pytest

from tests.console import run, start
from tests.pty_harness import Terminal

PACE = 0.125
"""Seconds between two keys."""

SCRIPT: tuple[tuple[str, str, str], ...] = (
    ("503 on /charge", "note", "503 on /charge"),
    ("/i cards fail", "impact", "cards fail"),
    ("/h deploy 4512", "hypothesis", "deploy 4512"),
    ("graph drops -2m", "note", "graph drops"),
    ("-1m mail from ben", "note", "mail from ben"),
    ("/q who has keys?", "question", "who has keys?"),
    ("/status identified", "status", "investigating → identified"),
    ("/ask sam lag? 5m", "ask", "sam: lag?"),
    ("sam looks", "note", "sam looks"),
    ("/answer sam 40 s", "answer", "sam lag?, answered: 40 s"),
    ("/d roll back", "decision", "roll back"),
    ("/timer 9m cache", "timer", "cache"),
    ("/a roll started", "action", "roll started"),
    ("/role tech Sam", "role", "Technical Lead: Sam"),
    ("tech is sam", "note", "tech is sam"),
    ("/checkin fine", "checkin", "fine"),
    ("/m pool doubled", "mitigation", "pool doubled"),
    ("half back", "note", "half back"),
    ("/status mitigating", "status", "identified → mitigating"),
    ("10 % errors", "note", "10 % errors"),
    ("/e graph 17", "evidence", "graph 17"),
    ("/request executives eta?", "request", "executives ask: eta?"),
    ("told them", "note", "told them"),
    ("/sev 2 half is back", "severity", "SEV1 → SEV2: half is back"),
    ("sev2 now", "note", "sev2 now"),
    ("/esc dba on call", "escalation", "dba on call"),
    ("dba joins", "note", "dba joins"),
    ("/care tea", "checkin", "tea"),
    ("/done cache", "answer", "cache, done"),
    ("cache is warm", "note", "cache is warm"),
    *((f"line {n} stays", "note", f"line {n} stays") for n in range(1, 28)),
    ("/status monitoring", "status", "mitigating → monitoring"),
    ("quiet", "note", "quiet"),
    ("the end", "note", "the end"),
)


def typed(scribe: Terminal, others: list[Terminal]) -> int:
    """Type the script key by key; after every few keys somebody else writes. Returns how many lines each of them sent."""
    turns, sent = cycle(others), 0
    keys = [key for line, _, _ in SCRIPT for key in (*line, "\r")]
    for place, key in enumerate(keys):
        scribe.send(key)
        scribe.drain(PACE)
        if place % 20 == 0:
            sent += 1
            for _ in others:
                other = next(turns)
                other.send(f"aside {sent}\r")
                other.drain(0.01)
    return sent


def rows_of(home: Path, actor: str) -> list[tuple[str, str]]:
    """(kind, text) of everything that one person wrote, in the order of writing."""
    entries = json.loads(run(home, "timeline", "--json").stdout)["entries"]
    mine = sorted((entry for entry in entries if entry["actor"] == actor), key=lambda entry: entry["number"])
    return [(entry["kind"], entry["text"]) for entry in mine]


@pytest.mark.long
@pytest.mark.parametrize("size", [(80, 24)])
def test_every_line_is_in_the_log_once_in_order_and_nowhere_else(tmp_path: Path, size: tuple[int, int]) -> None:
    assert len(SCRIPT) == 60
    run(tmp_path, "declare", "Checkout fails", "--severity", "1", INCIDENT_CONSOLE_ACTOR="owner")
    columns, rows = size
    with (
        start(tmp_path, "open", columns=columns, rows=rows) as scribe,
        start(tmp_path, "room", INCIDENT_CONSOLE_ACTOR="ana") as ana,
        start(tmp_path, "open", INCIDENT_CONSOLE_ACTOR="ben") as ben,
    ):
        for console, ready in ((scribe, "enter saves"), (ana, "/keys lists"), (ben, "enter saves")):
            console.wait_for(ready)
        sent = typed(scribe, [ana, ben])
        ana.wait_for(f"aside {sent}")
        ben.wait_for(f"aside {sent}    ")
        scribe.wait_for("the end    ")
    assert rows_of(tmp_path, "dana") == [(kind, text) for _, kind, text in SCRIPT]
    asides = [("note", f"aside {n}") for n in range(1, sent + 1)]
    assert rows_of(tmp_path, "ana") == asides
    assert rows_of(tmp_path, "ben") == asides
