"""The questions of the triage wizard in their order, the answers so far, and what they add up to. Pure."""

import re
from dataclasses import replace
from typing import Final

from incident_console.domain.clock import Zone
from incident_console.domain.customers import Advice, advise
from incident_console.domain.decide import Declaration
from incident_console.domain.events import Pairs
from incident_console.domain.facts import KEYS, LOWERING, PHRASES, RAISING, SCALES, Facts, from_pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.incident import lookup
from incident_console.domain.vocabulary import ROLE_NAMES, ROLE_SHORT, Refused
from incident_console.domain.when import clock_time, countdown, parse_time

UNKNOWN: Final = "unknown"
"""The answer of somebody who was asked and does not know yet."""


@frozen
class Step:
    """One question; its options are answered by 1, 2, 3 and so on, and 0 is "don't know yet"."""

    key: str
    question: str
    options: tuple[tuple[str, str], ...]
    """(value, words)."""
    short: str
    """What it is about in a list of answers."""
    several: bool = False
    """Whether more than one option may hold."""


def _scale(key: str, question: str, short: str) -> Step:
    return Step(key, question, tuple((value, PHRASES[key, value]) for value in SCALES[key][::-1]), short)


def _flag(key: str, question: str, short: str, yes: str, no: str) -> Step:
    return Step(key, question, (("true", yes), ("false", no)), short)


_CONTEXT: Final = tuple((word, PHRASES["context", word]) for word in (*RAISING, *LOWERING))

STEPS: Final = (
    _scale("function", "What do users experience?", "experience"),
    _scale("criticality", "How much does the business depend on it?", "importance"),
    _scale("affected", "How many users are hit?", "affected"),
    _scale("workaround", "Is there a way around it?", "workaround"),
    _flag("data_loss", "Was data lost or damaged?", "data loss", "yes, or it looks like it", "no"),
    _flag("security_breach", "Was security breached?", "breach", "yes, or it looks like it", "no"),
    Step("context", "What else is true right now?", (*_CONTEXT, ("", "none of these")), "context", several=True),
    _flag("noticeable", "Do customers notice it?", "noticeable", "yes", "no"),
    _flag("act_differently", "Would customers act differently if they knew?", "would act", "yes", "no"),
    Step(
        "detected_by",
        "Who noticed first?",
        (("monitoring", "monitoring"), ("customer", "a customer"), ("colleague", "a colleague")),
        "noticed by",
    ),
)
"""Severity first, then whether customers must be told, then who noticed."""

TRIAGE: Final = (*KEYS, "noticeable", "act_differently")
"""The steps that are asked again when the severity is looked at again."""


@frozen
class Answers:
    """What was answered so far; a step that is not in it was not asked yet."""

    pairs: Pairs = ()

    def get(self, key: str) -> str | None:
        """The answer, UNKNOWN, or None when it was not asked yet."""
        return next((value for name, value in self.pairs if name == key), None)

    def answer(self, key: str, value: str) -> "Answers":
        others = tuple(pair for pair in self.pairs if pair[0] != key)
        return replace(self, pairs=(*others, (key, value)))

    @property
    def facts(self) -> Facts:
        """What is known for the rules."""
        return from_pairs(tuple((key, value) for key, value in self.pairs if value != UNKNOWN))

    def flag(self, key: str) -> bool | None:
        return {"true": True, "false": False}.get(self.get(key) or "")

    @property
    def advice(self) -> Advice:
        """Whether customers must be told, as far as it is known."""
        return advise(self.facts, self.flag("noticeable"), self.flag("act_differently"))

    @property
    def known(self) -> Pairs:
        """What is known of the severity and of telling customers, as events keep it."""
        return tuple((key, value) for key, value in self.pairs if key in TRIAGE and value != UNKNOWN)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Questions about the severity that nobody could answer."""
        return tuple(key for key in TRIAGE if self.get(key) in (None, UNKNOWN))

    @property
    def detected_by(self) -> str:
        value = self.get("detected_by")
        return "" if value in (None, UNKNOWN) else str(value)


def step(key: str) -> Step:
    """The step of a key; raises KeyError for any other word."""
    return {each.key: each for each in STEPS}[key]


def said(each: Step, value: str | None) -> str:
    """An answer in words, for lists of answers."""
    if value is None:
        return "not asked yet"
    if value == UNKNOWN:
        return "don't know yet"
    words = dict(each.options)
    if not each.several:
        return words.get(value, value)
    return ", ".join(words.get(part, part) for part in value.split(",")) if value else words[""]


def toggled(value: str | None, word: str) -> str:
    """An answer of several words with one of them switched on or off, in the order of the options."""
    chosen = set() if value in (None, UNKNOWN, "") else set(str(value).split(","))
    chosen ^= {word}
    return ",".join(key for key, _ in _CONTEXT if key in chosen)


# --- the form after the questions


@frozen
class Line:
    """One line of the form."""

    key: str
    label: str
    help: str


LINES: Final = (
    Line("title", "what is broken", "a few words, for example: checkout payments failing"),
    Line("services", "services", "what is affected, separated by commas; right arrow completes"),
    Line("flows", "critical flow", "payments, login, checkout …; right arrow completes"),
    Line("started", "since when", "when users began to feel it: -20m, 02:47, yesterday 23:10"),
    *(Line(role, name, "who it is; empty while nobody is") for role, name in ROLE_NAMES.items() if role in ROLE_SHORT),
    Line("channel", "channel", "the one place where everybody meets"),
)
"""Only the title is needed."""


def declaration(
    form: Pairs, severity: int | None, detected_by: str, now: int, zone: Zone
) -> Declaration:  # fmt: skip
    """The declaration that a filled form means; raises Refused for a time nobody can read."""
    started = lookup(form, "started").strip()
    roles = tuple((role.value, lookup(form, role).strip()) for role in ROLE_NAMES)
    return Declaration(
        lookup(form, "title"),
        severity,
        parse_time(started, now, zone) if started else None,
        services=names(lookup(form, "services")),
        flows=names(lookup(form, "flows")),
        channel=lookup(form, "channel").strip(),
        roles=tuple((role, name) for role, name in roles if name),
        detected_by=detected_by,
    )


def names(text: str) -> tuple[str, ...]:
    """Names separated by commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def read_back(text: str, now: int, zone: Zone) -> str:
    """What a typed time means, to be shown beside it; the refusal's own words when it means nothing."""
    if not text.strip():
        return "not known"
    try:
        at = parse_time(text, now, zone)
    except Refused as refusal:
        return str(refusal)
    return f"{clock_time(at, zone)}, {countdown(now - at)} ago" if at <= now else "in the future"


def suggested_channel(form: Pairs, now: int, zone: Zone) -> str:
    """`#incident-YYYY-MM-DD-feature`: the first service or flow, else the first words of the title."""
    first = next(iter((*names(lookup(form, "services")), *names(lookup(form, "flows")))), "")
    words = re.findall(r"[^\W_]+", (first or lookup(form, "title")).casefold())
    feature = "-".join(words[:3])[:40].strip("-")
    return f"#incident-{zone.show(now):%Y-%m-%d}-{feature}" if feature else ""


def completed(text: str, known: tuple[str, ...]) -> str:
    """A list of names with the last one completed from what is known; empty when nothing fits."""
    head, comma, last = text.rpartition(",")
    typed = last.strip().casefold()
    space = last[: len(last) - len(last.lstrip())]
    fitting = [name for name in known if typed and name.casefold().startswith(typed)]
    return f"{head}{comma}{space}{min(fitting, key=len)}" if fitting else ""
