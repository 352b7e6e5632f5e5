"""How complete a postmortem is, as JSON: what is there, what is missing, figures and oddities of the record."""

from typing import TYPE_CHECKING, Any

from incident_console.cli.actions import item_json
from incident_console.cli.common import Session, at
from incident_console.domain.causes import chain
from incident_console.domain.figures import figures
from incident_console.domain.postmortem import gaps, missing, rivals

if TYPE_CHECKING:
    from incident_console.domain.consistency import Oddity


def state(session: Session, incident_id: str) -> dict[str, Any]:
    """Everything that says how complete it is; `figures` and `oddities` come from the record."""
    desk = session.desk
    incident = desk.incident(incident_id)
    lengths = figures(incident)
    return {
        "reference": incident.reference,
        "finished_at": at(incident.reviewed_at),
        "finished_reason": incident.review_reason or None,
        "changed_since_finished": desk.changed_since_finished(incident_id),
        "sections": dict(incident.sections),
        "rivals": [{"section": name, "text": each.text, "actor": each.actor, "at": at(each.at)}
                   for name in dict.fromkeys(version.section for version in incident.rivals)
                   for each in rivals(incident, name)],
        "whys": [{"label": link.label, "answer": link.why.answer, "mark": link.why.mark or None,
                  "category": link.why.category or None} for link in chain(incident)],
        "actions": [item_json(session, item) for item in desk.items_of(incident_id)],
        "missing": list(gaps(incident)),
        "incomplete": [{"part": part, "what": what} for part, what in missing(incident)],
        "still_open": [{"part": each.part, "words": each.words} for each in desk.loose_ends(incident_id)],
        "figures": {each.key: each.seconds for each in lengths},
        "computed_from": {each.key: each.source for each in lengths if each.seconds is not None},
        "not_computed": {each.key: each.why_not for each in lengths if each.seconds is None},
        "oddities": [_oddity(each) for each in desk.oddities(incident_id)],
    }  # fmt: skip


def _oddity(each: "Oddity") -> dict[str, Any]:
    return {
        "rule": each.rule, "words": each.words, "milestone": each.milestone or None, "entry": each.entry or None,
        "at": at(each.at or None),
    }  # fmt: skip
