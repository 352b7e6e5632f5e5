"""The facts that severity depends on, as triage asks for them: how they are spelled, ordered, read and said. Pure.

What a level follows from them is `domain/triage.py`'s affair."""

import json
from dataclasses import replace
from typing import Any, Final

from incident_console.domain.events import Pairs
from incident_console.domain.frozen import frozen
from incident_console.domain.text import clean_line, clip
from incident_console.domain.vocabulary import Refused

SCALES: Final[dict[str, tuple[str, ...]]] = {
    "function": ("none", "cosmetic", "partial", "degraded", "down"),
    "criticality": ("minor", "major", "critical"),
    "affected": ("none", "few", "some", "many", "all"),
    "workaround": ("unneeded", "reasonable", "painful", "none"),
}
"""Each scale from the mildest answer to the worst."""

FLAGS: Final = ("data_loss", "security_breach")

RAISING: Final = ("peak", "vip", "press", "revenue", "contract", "regulatory")
"""Business context that makes the same fault worse."""

LOWERING: Final = ("off_peak", "internal_only")
"""Business context that makes it milder."""

KEYS: Final = (*SCALES, *FLAGS, "context")
"""Every fact, in the order in which they are asked."""

NAMES: Final = {
    "function": "what users experience",
    "criticality": "how important it is",
    "affected": "how many are hit",
    "workaround": "a workaround",
    "data_loss": "data loss",
    "security_breach": "a breach",
    "context": "the business context",
}
"""What each fact is about, in the middle of a sentence."""

PHRASES: Final = {
    ("function", "down"): "it does not work at all",
    ("function", "degraded"): "it works, but badly: slow, or many errors",
    ("function", "partial"): "a part of it does not work",
    ("function", "cosmetic"): "it looks wrong and works",
    ("function", "none"): "users notice nothing",
    ("criticality", "critical"): "the business stops without it",
    ("criticality", "major"): "it is important, though the business goes on without it",
    ("criticality", "minor"): "the business can do without it for a while",
    ("affected", "all"): "everyone is hit",
    ("affected", "many"): "most users are hit",
    ("affected", "some"): "a good part of the users is hit",
    ("affected", "few"): "only a few users are hit",
    ("affected", "none"): "nobody is hit",
    ("workaround", "none"): "there is no way around it",
    ("workaround", "painful"): "there is a way around it that hurts",
    ("workaround", "reasonable"): "people need a way around it, and there is a reasonable one",
    ("workaround", "unneeded"): "nobody needs a way around it",
    ("data_loss", "true"): "data was lost",
    ("data_loss", "false"): "no data was lost",
    ("security_breach", "true"): "security was breached",
    ("security_breach", "false"): "security was not breached",
    ("context", "peak"): "it is peak time",
    ("context", "vip"): "major customers are hit",
    ("context", "press"): "press or a public event is watching",
    ("context", "revenue"): "revenue is being lost",
    ("context", "contract"): "a contract or service level is at risk",
    ("context", "regulatory"): "a regulator must be satisfied",
    ("context", "off_peak"): "hardly anybody needs it at this hour",
    ("context", "internal_only"): "only our own people use it",
}
"""Every answer as a plain statement, in the middle of a sentence."""


@frozen
class Facts:
    """What is known; None means that nobody knows yet."""

    function: str | None = None
    criticality: str | None = None
    affected: str | None = None
    workaround: str | None = None
    data_loss: bool | None = None
    security_breach: bool | None = None
    context: tuple[str, ...] | None = None
    """Which of RAISING and LOWERING hold; empty: none does."""

    def value(self, key: str) -> str | None:
        """One answer as text, as packs and events spell it."""
        answer = getattr(self, key)
        if answer is None or isinstance(answer, str):
            return answer
        return str(answer).lower() if isinstance(answer, bool) else ",".join(answer)

    def but(self, **others: Any) -> "Facts":
        """The same with other answers."""
        return replace(self, **others)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The facts that nobody knows yet, in the order in which they are asked."""
        return tuple(key for key in KEYS if getattr(self, key) is None)


def rank(key: str, value: str) -> int:
    """How bad a value of a scale is: 0 for the mildest."""
    return SCALES[key].index(value)


def allowed(key: str) -> tuple[str, ...]:
    """What may be said about a fact, the worst first."""
    if key in SCALES:
        return SCALES[key][::-1]
    return ("true", "false") if key in FLAGS else (*RAISING, *LOWERING)


def facts_from_json(text: str) -> Facts:
    """The facts in a JSON object; raises Refused with the key and the allowed values."""
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise Refused(f'The facts are not a JSON object. For example: {{"function": "down"}}. {_KEYS}') from None
    return facts_of(data)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise Refused(f"The fact “{_shown(twice)}” is given twice. Give it once.")
    return dict(pairs)


_KEYS: Final = f"The facts are: {', '.join(KEYS)}."


def facts_of(data: Any) -> Facts:
    """The facts in parsed JSON; raises Refused for unknown keys and values."""
    if not isinstance(data, dict):
        raise Refused(f"The facts are an object with keys and values. {_KEYS}")
    for key in data:
        if key not in KEYS:
            raise Refused(f"There is no fact “{_shown(key)}”. {_KEYS}")
    return Facts(**{key: _answer(key, value) for key, value in data.items()})


def _answer(key: str, value: Any) -> Any:
    if value is None:
        return None
    if key in FLAGS:
        return value if isinstance(value, bool) else _refuse(key, value)
    if key == "context":
        return _context(value)
    return value if isinstance(value, str) and value in SCALES[key] else _refuse(key, value)


def _context(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        _refuse("context", value)
    for word in value:
        if not isinstance(word, str) or word not in allowed("context"):
            _refuse("context", word)
    return tuple(word for word in allowed("context") if word in value)


def _refuse(key: str, value: Any) -> None:
    listed = ", ".join(allowed(key))
    form = f"a list of: {listed}" if key == "context" else f"one of: {listed}"
    given = value if isinstance(value, str) else json.dumps(value)
    raise Refused(f"{key} cannot be “{_shown(given)}”. Use {form}; or null while it is not known.")


def _shown(word: str) -> str:
    return clip(clean_line(word), 40)


def facts_json(facts: Facts) -> dict[str, Any]:
    """The facts as a JSON object, unknown ones as null."""
    document = {key: getattr(facts, key) for key in KEYS}
    return {**document, "context": None if facts.context is None else list(facts.context)}


def to_pairs(facts: Facts) -> Pairs:
    """What is known, as events keep it."""
    return tuple((key, facts.value(key) or "") for key in KEYS if getattr(facts, key) is not None)


def from_pairs(pairs: Pairs) -> Facts:
    """The facts of an event; what this program does not know counts as not known."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in SCALES and value in SCALES[key]:
            found[key] = value
        elif key in FLAGS and value in ("true", "false"):
            found[key] = value == "true"
        elif key == "context":
            found[key] = tuple(word for word in allowed("context") if word in value.split(","))
    return Facts(**found)


def contradictions(facts: Facts) -> tuple[str, ...]:
    """Answers that do not fit together, one sentence each; they are taken as they are."""
    found = []
    hit = facts.affected not in (None, "none")
    context = facts.context or ()
    if facts.function == "none" and hit:
        found.append(_both("function", "none", "affected", facts.affected))
    if facts.function == "none" and facts.workaround in ("none", "painful"):
        found.append(_both("function", "none", "workaround", facts.workaround))
    if facts.function == "down" and facts.workaround == "unneeded" and facts.affected not in ("none", "few"):
        found.append(_both("function", "down", "workaround", "unneeded"))
    if facts.affected == "none" and "vip" in context:
        found.append(_both("affected", "none", "context", "vip"))
    if "peak" in context and "off_peak" in context:
        found.append(_both("context", "peak", "context", "off_peak"))
    return tuple(found)


def _both(key: str, value: str, other: str, second: str | None) -> str:
    first = f"{key} {value} and {other} {second}"
    return f"These do not fit together: {first}. They were taken as they are; check them."
