"""The internal postmortem and the case for reliability work, put together from what people wrote and what the record
shows. Pure; which form they are written in is another matter."""

from collections.abc import Iterator

from incident_console.domain.clock import SECOND
from incident_console.domain.comms import length
from incident_console.domain.document.causes import answered_lens, causes, leading_causes, lens
from incident_console.domain.document.corrections import corrections
from incident_console.domain.document.gap import cost, stated_cost
from incident_console.domain.document.model import (
    Block,
    Bullet,
    Bullets,
    Document,
    Heading,
    Part,
    Span,
    Table,
    line,
)
from incident_console.domain.document.pictures import picture
from incident_console.domain.document.record import (
    Record,
    decisions,
    facts,
    marked,
    messages,
    oddities,
    promised,
    prose,
    timeline,
    told,
)
from incident_console.domain.document.typed import typed
from incident_console.domain.document.work import actions, open_work
from incident_console.domain.figures import figures
from incident_console.domain.incident import Incident, Version
from incident_console.domain.postmortem import SECTIONS, missing, proposed, rivals, version
from incident_console.domain.text import clean_line
from incident_console.domain.when import full_time


def postmortem_document(record: Record) -> Document:
    """Everything, for the people who run the service: what there is to know on the first page, then how it happened
    and what it teaches, then the record that all of it rests on."""
    incident = record.incident
    parts = (
        *_sections(record, ("summary", "impact")),
        _figures(incident),
        *_sections(record, ("root_cause",)),
        actions(record),
        *_missing(incident),
        *_picture(record),
        *marked(record, "Key moments", "pinned"),
        *causes(record),
        *_sections(record, ("contributing",)),
        *decisions(record),
        *_sections(record, ("known_then", "surprised", "went_well", "went_badly", "lucky", "lessons")),
        *lens(record),
        *stated_cost(incident),
        *promised(record),
        told(record),
        *marked(record, "Parked for later", "parked"),
        timeline(record),
        *messages(record),
        *oddities(record),
        *corrections(record),
    )
    return Document(record.title, parts, facts(record), incident.drill, record.zone_name, "Postmortem")


def case_document(record: Record) -> Document:
    """What the gap cost and what closing it takes, on a page, for whoever plans the work."""
    incident = record.incident
    parts = (
        *_sections(record, ("summary", "impact")),
        cost(incident),
        *leading_causes(record),
        *answered_lens(record),
        open_work(record),
    )
    return Document(f"Case for reliability work: {record.title}", parts, drill=incident.drill, zone=record.zone_name)


# --- what people wrote


def _sections(record: Record, names: tuple[str, ...]) -> Iterator[Part]:
    """The sections that somebody wrote, or that the facts fill; the first two also when they are empty."""
    for name in names:
        written, others = version(record.incident, name), rivals(record.incident, name)
        text = record.incident.section(name)
        if others:
            both = tuple(each for each in (written, *others) if each is not None)
            yield Part(SECTIONS[name], tuple(_versions(both, record)), "Two people wrote at once; both texts stand.")
        elif text:
            yield Part(SECTIONS[name], typed(text))
        elif known := proposed(record.incident, name):
            yield Part(SECTIONS[name], typed(known), "From the facts; nobody has written this part yet.")
        elif name in ("summary", "impact"):
            yield Part(SECTIONS[name], prose(""))


def _versions(both: tuple[Version, ...], record: Record) -> Iterator[Block]:
    for each in both:
        yield Heading(f"{clean_line(each.actor) or 'somebody'}, {full_time(each.at, record.zone)}")
        yield from prose(each.text)


# --- figures


def _figures(incident: Incident) -> Part:
    rows = tuple(
        (
            line(each.name.capitalize()),
            line(length(each.seconds * SECOND)) if each.seconds is not None else line(Span("unknown", "quiet")),
            line(each.source) if each.seconds is not None else line(each.why_not),
        )
        for each in figures(incident)
    )
    return Part("Figures", (Table(("Figure", "Length", "Computed from"), rows),))


def _picture(record: Record) -> Iterator[Part]:
    shown = picture(record)
    if shown is not None:
        yield Part("How it went", (shown,))


# --- what is missing


def _missing(incident: Incident) -> Iterator[Part]:
    points = tuple(Bullet(line(words)) for words in missing_words(incident))
    if points:
        yield Part("Still missing", (Bullets(points),))


def missing_words(incident: Incident) -> tuple[str, ...]:
    """What is missing as sentences; empty sections and unknown figures share one each."""
    found = missing(incident)
    empty = [SECTIONS[part] for part, what in found if what == "empty"]
    unknown = [what.removesuffix(" unknown") for part, what in found if part == "figures"]
    return (
        *((f"Not written yet: {', '.join(empty)}.",) if empty else ()),
        *((f"Figures that cannot be computed: {', '.join(unknown)}.",) if unknown else ()),
        *(_words(part, what) for part, what in found if what != "empty" and part != "figures"),
    )


def _words(part: str, what: str) -> str:
    match what:
        case "two versions":
            return f"{SECTIONS.get(part, part)}: two people wrote at once, and nobody has settled it."
        case "short":
            return "The chain of causes is short: does it end at something that a team can change?"
        case "no root":
            return "No cause is marked as the root cause."
        case _:
            return what
