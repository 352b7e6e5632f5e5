"""The internal postmortem and the case for reliability work, put together from what people wrote and what the record
shows. Pure; which form they are written in is another matter."""

from collections.abc import Iterator
from typing import Final

from incident_console.domain.causes import MARK_NAMES, Link, Mark, chain, counting, question, short_label
from incident_console.domain.clock import SECOND
from incident_console.domain.comms import length
from incident_console.domain.document.model import (
    Block,
    Bones,
    Bullet,
    Bullets,
    Cause,
    Document,
    Heading,
    Line,
    Note,
    Part,
    Prose,
    Span,
    Table,
    Tree,
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
    quoted,
    timeline,
    told,
)
from incident_console.domain.figures import figures
from incident_console.domain.fishbone import fish
from incident_console.domain.gap_cost import ASSUMPTIONS, amount, cost_of
from incident_console.domain.incident import ActionItem, Incident, Version
from incident_console.domain.postmortem import SECTIONS, missing, proposed, rivals, version
from incident_console.domain.text import clean_line
from incident_console.domain.vocabulary import ActionState
from incident_console.domain.when import full_time

LABEL: Final = 13
"""Characters that a number of a cause gets; of a longer one the end is shown."""

STATES: Final = {ActionState.IN_PROGRESS: "in progress", ActionState.DROPPED: "will not be done"}
KINDS: Final = {"prevent": "prevent", "detect": "detect sooner", "respond": "respond faster"}

Numbers = dict[str, Span]
"""What each cause is called, by its id; each leads to the cause."""


def postmortem_document(record: Record) -> Document:
    """Everything, for the people who run the service."""
    incident = record.incident
    parts = (
        *_sections(record, ("summary", "impact")),
        _figures(incident),
        *_picture(record),
        *marked(record, "Key moments", "pinned"),
        *_sections(record, ("root_cause",)),
        *_causes(record),
        *_sections(record, ("contributing",)),
        *decisions(record),
        *_sections(record, ("known_then", "surprised", "went_well", "went_badly", "lucky", "lessons")),
        *_actions(record),
        *_lens(record),
        *_stated_cost(incident),
        *_missing(incident),
        *oddities(record),
        *promised(record),
        told(record),
        *messages(record),
        *marked(record, "Parked for later", "parked"),
        timeline(record),
    )
    return Document(record.title, parts, facts(record), incident.drill, record.zone_name)


def case_document(record: Record) -> Document:
    """What the gap cost and what closing it takes, on a page, for whoever plans the work."""
    incident = record.incident
    parts = (
        *_sections(record, ("summary", "impact")),
        _cost(incident),
        *_case_causes(record),
        *_meanings([link for link in counting(chain(incident)) if link.why.lens]),
        *_open_work(record),
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
            yield Part(SECTIONS[name], (Prose(text),))
        elif known := proposed(record.incident, name):
            yield Part(SECTIONS[name], (Prose(known),), "From the facts; nobody has written this part yet.")
        elif name in ("summary", "impact"):
            yield Part(SECTIONS[name], (prose(""),))


def _versions(both: tuple[Version, ...], record: Record) -> Iterator[Block]:
    for each in both:
        yield Heading(f"{clean_line(each.actor) or 'somebody'}, {full_time(each.at, record.zone)}")
        yield prose(each.text)


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


# --- causes


def _causes(record: Record) -> Iterator[Part]:
    links = chain(record.incident)
    if not links:
        yield Part("How it came about", (Note("Not written yet."),))
        return
    yield Part("How it came about", (Tree(question(record.incident.title), _tree(record, links)),))
    yield Part("Fishbone", (Bones(fish(record.incident)),), "The same causes by where they lie; what was ruled out is "
               "left out.")  # fmt: skip


def _tree(record: Record, links: tuple[Link, ...]) -> tuple[Cause, ...]:
    counts = {link.why.id for link in counting(links)}
    logged = {entry.event_id: quoted(entry, record.zone) for entry in record.entries}
    return tuple(
        Cause(
            short_label(link.label, LABEL), link.depth, clean_line(link.why.answer), f"cause-{place}", link.why.mark,
            link.why.category, tuple(logged.get(each, "an entry that is not here") for each in link.why.evidence),
            link.why.id in counts,
        )
        for place, link in enumerate(links, 1)
    )  # fmt: skip


def _numbers(incident: Incident) -> Numbers:
    return {
        link.why.id: Span(short_label(link.label, LABEL), cause=f"cause-{place}")
        for place, link in enumerate(chain(incident), 1)
    }


def _leading(incident: Incident) -> list[Link]:
    """Root causes and contributing ones that still count."""
    return [link for link in counting(chain(incident)) if link.why.mark in (Mark.ROOT, Mark.CONTRIBUTING)]


def _case_causes(record: Record) -> Iterator[Part]:
    links = _leading(record.incident)
    points = tuple(Bullet((*_named(link), Span(MARK_NAMES[Mark(link.why.mark)], "tag"))) for link in links)
    empty = Note("No cause is marked as root or contributing yet.")
    yield Part("Why it could happen", (Bullets(points),) if points else (empty,))


def _named(link: Link) -> Line:
    """A cause with its number."""
    return line(Span(short_label(link.label, LABEL), "quiet"), clean_line(link.why.answer))


# --- action items


def _actions(record: Record) -> Iterator[Part]:
    items = record.incident.actions
    committed = [item for item in items if not item.candidate]
    ideas = [item for item in items if item.candidate]
    blocks: list[Block] = [_items(record, committed)] if committed else [Note("None yet.")]
    if ideas:
        blocks += [Heading("Ideas that nobody has committed to"), _items(record, ideas)]
    yield Part("Action items", tuple(blocks))


def _items(record: Record, items: list[ActionItem]) -> Table:
    ids, numbers = record.ids(), _numbers(record.incident)
    head = ("What", "Kind", "Owner", "Due", "State", "Causes", "Id")
    return Table(head, tuple(_item(item, ids, numbers) for item in items))


def _item(item: ActionItem, ids: dict[str, str], numbers: Numbers) -> tuple[Line, ...]:
    commits = not item.candidate and item.state in (ActionState.OPEN, ActionState.IN_PROGRESS)
    state = STATES.get(ActionState(item.state), item.state) + (f": {clean_line(item.reason)}" if item.reason else "")
    causes = [numbers[cause] for cause in item.causes if cause in numbers]
    return (
        line(clean_line(item.text), Span("product" if item.product else "", "tag"), _link(item)),
        line(KINDS.get(item.action_kind, item.action_kind)),
        _needed(clean_line(item.owner), "no owner", commits),
        _needed(item.due, "no date", commits),
        line(state),
        line(*causes),
        line(ids.get(item.id, "")),
    )  # fmt: skip


def _link(item: ActionItem) -> Span:
    return Span(clean_line(item.link), link=clean_line(item.link))


def _needed(words: str, lacking: str, commits: bool) -> Line:
    """What a commitment must have, loud where it lacks it."""
    return line(words or Span(lacking, "strong" if commits else "quiet"))


def _open_work(record: Record) -> Iterator[Part]:
    states = (ActionState.OPEN, ActionState.IN_PROGRESS)
    live = [item for item in record.incident.actions if item.state in states and not item.candidate]
    done = sum(item.state == ActionState.DONE for item in record.incident.actions)
    blocks: tuple[Block, ...] = (_items(record, live),) if live else (Note("Nothing is open."),)
    yield Part("Work that is still to be done", (*blocks, *((Note(f"Done since: {done}."),) if done else ())))


# --- what it means


def _lens(record: Record) -> Iterator[Part]:
    links = [link for link in counting(chain(record.incident)) if link in _leading(record.incident) or link.why.lens]
    yield from _meanings(links)


def _meanings(links: list[Link]) -> Iterator[Part]:
    if links:
        rows = tuple(
            (
                _named(link),
                line(clean_line(link.why.lens) or Span("nobody has said yet", "quiet")),
                line(Span("yes", "strong") if link.why.roadmap else ""),
            )
            for link in links
        )
        head = ("Cause", "What it means", "Roadmap evidence")
        yield Part("What it means for what we build", (Table(head, rows),))


def _stated_cost(incident: Incident) -> Iterator[Part]:
    """The cost of the gap where somebody stated an assumption."""
    if any(incident.fact(name) for name in ASSUMPTIONS):
        yield _cost(incident)


def _cost(incident: Incident) -> Part:
    """The reckoning, every assumption written out."""
    cost = cost_of(incident)
    lines = tuple(
        (
            line(Span(each.name.capitalize(), "strong" if each.name == "cost of the gap" else "")),
            line(_value(each.name, each.value, cost.currency)), line(each.how),
        )
        for each in cost.lines
    )  # fmt: skip
    said = tuple((line(words.capitalize()), line(incident.fact(name) or "nobody said"))
                 for name, words in ASSUMPTIONS.items())  # fmt: skip
    return Part(
        "Cost of the gap",
        (Table(("Step", "Value", "How it was reckoned"), lines), Heading("Assumptions"),
         Table(("Assumption", "Stated as"), said)),
    )  # fmt: skip


def _value(name: str, value: float | None, currency: str) -> str:
    if value is None:
        return "unknown"
    return f"{amount(value)} {'user hours' if name.startswith('user hours') else clean_line(currency)}".strip()


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
