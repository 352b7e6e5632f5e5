"""A real incident with everything that a review adds, for the documents and their pictures."""

from pathlib import Path

from incident_console.desk import Desk
from incident_console.desk.response import Logged
from incident_console.domain.actions import Wanted
from incident_console.domain.clock import HOUR, MINUTE
from incident_console.domain.comms import Wish
from incident_console.domain.decide import Check
from incident_console.domain.sending import Sending

INCIDENTS = Path(__file__).parent / "data" / "incidents"

LOG = (
    (-150, "impact", "spam raises the load; the site answers slowly"),
    (-6, "hypothesis", "replication hangs because the data directory of the secondary is not empty"),
    (-3, "action", "empty the data directory of the secondary and copy it afresh"),
    (1, "impact", "4.5 GB of 300 GB left on the primary, the site is down"),
    (10, "decision", "take the site down: nobody should write into what will be lost"),
    (40, "evidence", "the bucket for dumps is empty: pg_dump 9.2 refused to run against 9.6, its mails were rejected"),
    (66, "evidence", "a snapshot on staging, taken by hand six hours before, is whole"),
    (85, "escalation", "Cloud support: faster disks for the copy"),
    (
        100, "decision",
        "how to get the data back: copy from staging\n▸ copy from staging: back in 16 h; data at risk: 6 h of changes;"
        " may fail: low\n  disk snapshots of the provider: back in days; data at risk: 24 h\n"
        "  accepted worst case: everything since 17:20 is lost\n  decided by: Dana",
    ),
    (450, "checkin", "42 % copied, people are relieved in turns"),
    (810, "mitigation", "the copy is complete, the primary starts"),
    (1070, "note", "webhooks restored"),
)  # fmt: skip
"""(minutes after the start, kind, words)."""

SECTIONS = (
    (
        "summary",
        "While replication was being repaired at night, the data directory of the primary database was emptied"
        " instead of that of the secondary.\n\nFive ways of backing up existed; none of them worked that night. A snapshot"
        " taken by hand six hours earlier saved most of the data. The site was away for about 18 hours.",
    ),
    (
        "root_cause",
        "Both databases look the same from a shell, and the restore was never rehearsed, so that nobody could"
        " know that the dumps had been failing for weeks.",
    ),
    (
        "contributing",
        "Alerts about failed dumps were mailed and rejected.\nThe procedure for a lagging replica lived in one head.",
    ),
    ("surprised", "The dumps had not been written for weeks. Copying from staging takes 16 hours."),
    ("known_then", "At 23:40 nobody knew yet that the dumps were empty; taking the site down was right either way."),
    ("went_well", "The log was public, and hundreds of people followed along without getting in the way."),
    ("went_badly", "It took 40 minutes to learn which backups exist."),
    ("lucky", "Somebody had taken a snapshot by hand for another purpose."),
    ("lessons", "A backup is a restore that was rehearsed."),
)

CAUSES = (
    ("the data directory of the primary was emptied", None, "technical", "", (3,)),
    ("the two hosts look the same in a shell", 0, "environment", "contributing", ()),
    ("the prompt names neither role nor site", 1, "technical", "root", ()),
    ("the replica had to be set up afresh by hand", 0, "process", "", (2,)),
    ("the procedure is written down nowhere", 3, "process", "root", ()),
    ("the data could not be restored from a dump", None, "technical", "", (6,)),
    ("pg_dump ran in a version that refuses this server", 5, "technical", "contributing", (6,)),
    ("its failures were mailed, and the mails rejected", 5, "technical", "", (6,)),
    ("nobody owned the restore, so nobody rehearsed it", 5, "organisational", "root", ()),
    ("a disk failed", 5, "technical", "ruled_out", ()),
    ("people had been awake for 18 hours", 0, "human", "contributing", ()),
)
"""(answer, place of the parent, category, mark, numbers of the entries of LOG that back it, 1 for the first)."""


def take_in(desk: Desk, name: str = "gitlab-2017-01-31") -> str:
    """Import one of the real incidents; returns its id."""
    return desk.import_file((INCIDENTS / f"{name}.json").read_bytes()).incident.id


def review(desk: Desk) -> str:
    """The night at GitLab with log, messages, causes, sections, action items, costs; returns the incident's id."""
    incident_id = take_in(desk)
    desk.change_status(incident_id, "monitoring")
    start = desk.incident(incident_id).began_at
    evidence = _log(desk, incident_id, start)
    _messages(desk, incident_id, start)
    desk.change_status(incident_id, "resolved", start + 1110 * MINUTE)
    ids = _causes(desk, incident_id, evidence)
    for section, text in SECTIONS:
        desk.write_section(incident_id, section, text)
    _actions(desk, incident_id, ids)
    for name, value in (
        ("cost_users", "700k"), ("cost_share", "100"), ("cost_revenue_hour", "12k"), ("cost_people", "9"),
        ("cost_people_hour", "95"), ("cost_extra", "40k"), ("cost_closing_hours", "320"), ("cost_currency", "USD"),
    ):  # fmt: skip
        desk.assume(incident_id, name, value)
    return incident_id


def _log(desk: Desk, incident_id: str, start: int) -> list[str]:
    rows = [
        desk.log(incident_id, Logged(text, kind, start + minutes * MINUTE), Check.FORCED) for minutes, kind, text in LOG
    ]  # fmt: skip
    for row in rows:
        if row.kind == "decision" or "empty" in row.text:
            desk.mark(incident_id, row.number, "pinned")
    desk.mark(incident_id, rows[-1].number, "parked")
    for role, name in (("ic", "Dana"), ("tech", "Sam"), ("comms", "Ana")):
        desk.assign(incident_id, role, name)
    desk.change_severity(incident_id, 1, "the whole site is down")
    desk.amend(incident_id, "services", "GitLab.com")
    desk.amend(incident_id, "acknowledged_at", start + 7 * MINUTE)
    desk.amend(incident_id, "detected_at", start + 4 * MINUTE)
    desk.amend(incident_id, "mitigated_at", start + 810 * MINUTE)
    return [row.event_id for row in rows]


def _messages(desk: Desk, incident_id: str, start: int) -> None:
    for minutes, audience, kind in ((20, "internal", "initial"), (30, "customers", "status_page"),
                                    (160, "customers", "status_page"), (200, "executives", "executive_brief")):  # fmt: skip
        wish = Wish(audience, kind, (("impact", "The site is not available."),), start + (minutes + 60) * MINUTE)
        how = Sending(start + minutes * MINUTE)
        desk.mark_sent(desk.compose(incident_id, wish), how, Check.FORCED)


def _causes(desk: Desk, incident_id: str, evidence: list[str]) -> list[str]:
    ids: list[str] = []
    for answer, parent, category, mark, backed in CAUSES:
        cause = desk.add_why(incident_id, answer, ids[parent] if parent is not None else None)
        found = [evidence[number - 1] for number in backed]
        desk.change_why(incident_id, cause, evidence=found or None, category=category, mark=mark or None)
        ids.append(cause)
    desk.answer_lens(incident_id, ids[2], "Consoles say where they are; one design for all of them.")
    desk.answer_lens(
        incident_id, ids[8], "Restore becomes a feature that we show to customers, with its date.", roadmap=True
    )  # fmt: skip
    return ids


def _actions(desk: Desk, incident_id: str, ids: list[str]) -> None:
    link = "https://tickets.example/infra/1094"
    for wanted in (
        Wanted("Restore a backup every week, by a job that alerts when it fails", "detect", "Sam", "+14d", link,
               (ids[8], ids[7])),
        Wanted("The prompt of production hosts is red and names the role", "prevent", "Ana", "+7d", causes=(ids[2],)),
        Wanted("Write the procedure for a lagging replica", "respond", "", "", causes=(ids[4],)),
        Wanted("Show the age of the last rehearsed restore on the status page", "prevent", "Dana", "+30d",
               product=True, causes=(ids[8],)),
        Wanted("Delay replication on one secondary by an hour", candidate=True),
    ):  # fmt: skip
        desk.add_item(incident_id, wanted)
    first = desk.incident(incident_id).actions[1].id
    desk.move_action(incident_id, first, "done")


NIGHT_AFTER = 1485973800 * 1_000_000 + 24 * HOUR
"""A day after the end of that incident."""
