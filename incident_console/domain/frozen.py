"""Frozen facts: `dataclass(frozen=True, slots=True)`, made in a tenth of the time.

The console makes more than a hundred of them before its first frame, and Python compiles six methods for each; here
five are shared, and one is compiled when the first instance is made: of most kinds no day sees any. `fields`,
`replace`, `asdict`, `match` and type checkers see a dataclass."""

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def frozen(cls: type[T]) -> type[T]:
    """A class whose instances never change, compare by value, and have room for their fields only."""
    cls.__doc__ = cls.__doc__ or cls.__name__  # or dataclasses would work out a signature for it
    made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)  # type: ignore[arg-type]  # it is a dataclass by now
    methods = {
        "__init__": _first(made, fields),
        **_comparing(tuple(field.name for field in fields)),
        "__repr__": _repr,
        "__reduce__": _reduce,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
    }
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def _first(cls: type, fields: tuple["dataclasses.Field[Any]", ...]) -> Callable[..., None]:
    """Stands in for `__init__` until it is called for the first time."""

    def __init__(self: object, *arguments: object, **named: object) -> None:
        init = _init(cls, fields)
        cls.__init__ = init  # type: ignore[misc]
        init(self, *arguments, **named)

    return __init__


def _init(cls: type, fields: tuple["dataclasses.Field[Any]", ...]) -> Callable[..., None]:
    """Takes the fields in their order and puts each into its slot, past the refusal to change anything."""
    names, takes, puts = dict[str, Any](), list[str](), list[str]()
    for field in fields:
        names[f"put_{field.name}"] = getattr(cls, field.name).__set__
        value = field.name
        if field.default is not dataclasses.MISSING:
            names[f"default_{field.name}"] = field.default
            takes.append(f"{field.name}=default_{field.name}")
        elif field.default_factory is not dataclasses.MISSING:
            names |= {"MISSING": dataclasses.MISSING, f"make_{field.name}": field.default_factory}
            takes.append(f"{field.name}=MISSING")
            value = f"make_{field.name}() if {field.name} is MISSING else {field.name}"
        else:
            takes.append(field.name)
        puts.append(f"put_{field.name}(self, {value})")
    exec(f"def __init__({', '.join(['self', *takes])}):\n {'; '.join(puts) or 'pass'}", names)
    init: Callable[..., None] = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _comparing(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    """`==` and `hash` by the values of the fields."""
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: object, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__}


def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self))
    return f"{self.__class__.__qualname__}({shown})"


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    """Copies are made anew from the values."""
    return self.__class__, tuple(getattr(self, field.name) for field in dataclasses.fields(self))


def _refuse(self: object, name: str, value: object = None) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot change field {name!r}")
