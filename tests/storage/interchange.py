"""What the tests of the interchange file share: the file of an incident, and the same incident in another database."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from incident_console.desk import Desk
from incident_console.desk.interchange_digest import LATER_ROWS
from incident_console.domain.causes import chain
from incident_console.domain.clock import DAY
from incident_console.domain.drafting import behind
from incident_console.domain.incident import Incident
from incident_console.domain.postmortem import proposed
from incident_console.domain.templates import FACTS
from tests.builders import NIGHT, make_desk

Document = dict[str, Any]


def document(desk: Desk, incident: Incident) -> Document:
    """The export, without the reference, which each database gives anew."""
    found = json.loads(desk.export_json(incident.id))
    assert isinstance(found, dict)
    return {key: value for key, value in found.items() if key != "reference"}


def elsewhere(folder: Path, at: int = NIGHT + 400 * DAY) -> Desk:
    return make_desk(folder, "ana", at, "elsewhere.db")


def take(desk: Desk, content: Document) -> Incident:
    report = desk.import_file(json.dumps(content).encode())
    assert report.added
    return report.incident


def moved(folder: Path, desk: Desk, incident: Incident) -> tuple[Desk, Incident]:
    """The same incident in another database, through a file; the law of this file is held on the way."""
    there, content = elsewhere(folder), document(desk, incident)
    other = take(there, content)
    assert document(there, other) == content
    for each in (desk, there):
        assert not each.import_file(json.dumps(content).encode()).added
    return there, there.incident(other.id)


def known(desk: Desk, incident: Incident) -> dict[str, object]:
    """What people read of an incident, whatever database it lies in."""
    facts = [name for name in FACTS if incident.fact(name)]
    heard = {who: {name: words for name, words in told if name in facts} for who, told in incident.heard}
    rows = [row for row in desk.entries(incident.id) if row.kind not in LATER_ROWS]  # files leave those out
    return {
        "facts": dict(incident.facts), "sections": dict(incident.sections), "causes": causes(incident),
        "contributing": proposed(incident, "contributing"), "behind": set(behind(incident)), "heard": heard,
        "sent": [(each.audience, each.subject, each.text, each.filled) for each in desk.sent(incident.id)],
        "marks": Counter((row.text, row.mark, row.flags) for row in rows if row.mark or row.flags),
    }  # fmt: skip


def file(**postmortem: object) -> Document:
    return {"schema": 1, "title": "x", "postmortem": postmortem}


def causes(incident: Incident) -> list[tuple[str, str]]:
    return [(link.label, link.why.answer) for link in chain(incident)]
