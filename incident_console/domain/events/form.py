"""The form that every event has: an envelope, a registered kind, and the JSON text that the log keeps."""

import json
from dataclasses import fields
from typing import Any, ClassVar, Final

from incident_console.domain.frozen import frozen

Pairs = tuple[tuple[str, str], ...]
"""A small ordered mapping that can live in a frozen fact."""

BODIES: Final[dict[str, type["Body"]]] = {}
"""Every known kind of event."""


class Body:
    """What an event says; subclasses are frozen dataclasses that name their kind."""

    __slots__ = ()
    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1

    def __init_subclass__(cls, **keywords: object) -> None:
        super().__init_subclass__(**keywords)
        BODIES[cls.kind] = cls  # slotted dataclasses are created twice; the later one is the real one


@frozen
class Unknown(Body):
    """An event of a newer program, or one that cannot be read: kept, shown as a grey row, never folded."""

    kind: ClassVar[str] = "unknown"
    was: str = ""
    """The kind that the row names."""
    raw: str = ""
    """The body as it lies in the log."""
    was_version: int = 1


@frozen
class Event:
    """One row of the log: who said what, when it happened and when it was written down."""

    id: str
    origin: str
    """Which database file wrote it."""
    origin_seq: int
    """That file's own counter."""
    stream: str
    """The incident's id."""
    recorded_at: int
    """Microseconds UTC; strictly increasing within a database."""
    occurred_at: int
    """Microseconds UTC; what people state."""
    actor: str
    body: Body
    seq: int = 0
    """Local reading cursor only."""

    @property
    def order(self) -> tuple[int, str, int]:
        """The fold order: the same on every machine, whatever order events arrive in."""
        return (self.recorded_at, self.origin, self.origin_seq)


def kind_of(body: Body) -> str:
    """The kind as the log spells it, also for what this program does not know."""
    return body.was if isinstance(body, Unknown) else body.kind


def version_of(body: Body) -> int:
    return body.was_version if isinstance(body, Unknown) else body.version


def encode(body: Body) -> str:
    """The JSON text that the log keeps: compact, keys sorted, so that its digest is stable."""
    if isinstance(body, Unknown):
        return body.raw
    # `fields` wants a dataclass instance, which every subclass of Body is
    data = {field.name: getattr(body, field.name) for field in fields(body)}  # type: ignore[arg-type]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def decode(kind: str, version: int, raw: str | None) -> Body:
    """The body of a row; a kind, version or shape that this program does not know becomes `Unknown`."""
    known = BODIES.get(kind)
    if raw is None or known is None or known is Unknown or version > known.version:
        return Unknown(kind, raw or "", version)
    try:
        data = json.loads(raw)
        names = _names(known)
        return known(**{key: _freeze(value) for key, value in data.items() if key in names})
    except (ValueError, TypeError, AttributeError):
        return Unknown(kind, raw, version)


def _names(known: type[Body]) -> frozenset[str]:
    """The field names of a kind of body, looked up once."""
    names = _FIELDS.get(known.kind)
    if names is None:
        names = _FIELDS[known.kind] = frozenset(field.name for field in fields(known))  # type: ignore[arg-type]
    return names


_FIELDS: Final[dict[str, frozenset[str]]] = {}


def _freeze(value: Any) -> Any:
    return tuple(map(_freeze, value)) if isinstance(value, list) else value
