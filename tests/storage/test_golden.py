"""Logs of released versions, kept for ever: today's program must read them to the same facts."""

import json
import sqlite3
from pathlib import Path

from tests.builders import make_desk

GOLDEN = Path(__file__).parent / "golden" / "v1.jsonl"


def test_a_log_of_the_first_version_reads_as_it_did(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in GOLDEN.read_text().splitlines()]
    desk = make_desk(tmp_path)
    raw = sqlite3.connect(desk.store.path)
    raw.executemany(f"INSERT INTO events VALUES ({', '.join('?' * 13)})", rows)
    raw.commit()
    desk.store.rebuild()
    assert desk.store.log.verify() == ()
    _, incident = (desk.find(str(number)) for number in (1, 2))
    assert (incident.title, incident.severity, incident.status) == ("Checkout payments failing", 2, "resolved")
    assert dict(incident.roles) == {"ic": "Dana", "tech": "Sam", "scribe": "dana"}
    assert [why.answer for why in incident.whys][2] == "nothing checks the two values together"
    assert [item.due for item in incident.actions] == ["2026-12-05"]
    assert [(sent.audience, sent.number) for sent in incident.sent] == [("internal", 1)]
    entries = desk.entries(incident.id)
    assert len(entries) == 12
    assert [entry.text for entry in entries if entry.mark] == ["corrected words", "deploy 4512 changed the retries"]
