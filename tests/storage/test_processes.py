"""Several programs on one file at once: no event is lost or doubled."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import declare, make_desk
from tests.console import environment

WRITER = """
import sys
from pathlib import Path
from incident_console.desk import open_desk
from incident_console.desk.response import Logged
import os
desk = open_desk(os.environ, actor=sys.argv[1])
incident = desk.find(None)
for n in range(60):
    desk.log(incident.id, Logged(f"{sys.argv[1]} {n}"))
    if n % 20 == 0:
        desk.assign(incident.id, "scribe", f"{sys.argv[1]} {n}")
print("done")
"""


@pytest.mark.long
def test_four_writing_processes_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    incident = declare(desk)
    names = ["ana", "ben", "cem", "dia"]
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, name], env=environment(tmp_path), stdout=subprocess.PIPE)
        for name in names
    ]
    assert [process.communicate(timeout=120)[0].strip() for process in running] == [b"done"] * 4
    logged = [entry.text for entry in desk.entries(incident.id) if entry.kind == "note"]
    assert sorted(logged) == sorted(f"{name} {n}" for name in names for n in range(60))
    events = desk.store.log.everything()
    assert sorted(event.origin_seq for event in events) == list(range(1, len(events) + 1))
    assert len({event.id for event in events}) == len(events)
    assert desk.store.log.verify() == ()
    live = desk.entries(incident.id)
    desk.store.rebuild()
    assert desk.entries(incident.id) == live


@pytest.mark.long
def test_four_first_starts_at_once_make_one_database(tmp_path: Path) -> None:
    code = "import os; from incident_console.desk import open_desk; print(open_desk(os.environ).store.log.origin)"
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=environment(tmp_path), stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    origins = {process.communicate(timeout=60)[0] for process in running}
    assert len(origins) == 1
    assert [path.name for path in tmp_path.glob("*.db*")] == ["incidents.db"]
