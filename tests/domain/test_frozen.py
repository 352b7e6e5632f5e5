"""Frozen facts behave as the dataclasses that they stand in for."""

import copy
import dataclasses
import pickle
from typing import Any, ClassVar

import pytest

from incident_console.domain.frozen import frozen


@frozen
class Ours:
    """A fact."""

    kind: ClassVar[str] = "fact"
    text: str
    number: int = 0
    names: tuple[str, ...] = ()
    more: list[str] = dataclasses.field(default_factory=list)

    @property
    def double(self) -> int:
        return self.number * 2


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """A fact."""

    kind: ClassVar[str] = "fact"
    text: str
    number: int = 0
    names: tuple[str, ...] = ()
    more: list[str] = dataclasses.field(default_factory=list)


@frozen
class Empty:
    pass


@frozen
class Longer(Ours):
    end: str = "."


@pytest.mark.parametrize("arguments", [("a",), ("a", 2), ("a", 2, ("b",)), ("a", 2, ("b",), ["c"])])
def test_they_hold_and_show_the_same(arguments: tuple[Any, ...]) -> None:
    ours, theirs = Ours(*arguments), Theirs(*arguments)
    assert dataclasses.astuple(ours) == dataclasses.astuple(theirs)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert [field.name for field in dataclasses.fields(ours)] == [field.name for field in dataclasses.fields(theirs)]
    assert (ours.double, ours.kind, Ours.__match_args__) == (ours.number * 2, "fact", Theirs.__match_args__)


def test_values_compare_and_not_identities() -> None:
    assert Ours("a", 1) == Ours("a", 1) != Ours("a", 2)
    assert (Ours("a") == Longer("a")) is False
    assert len({Longer("a", more=()), Longer("a", more=())}) == 1  # type: ignore[arg-type]
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert repr(Empty()) == "Empty()"


def test_every_fact_has_a_default_of_its_own() -> None:
    assert Ours("a").more is not Ours("a").more


@pytest.mark.parametrize("name", ["text", "kind", "other"])
def test_nothing_changes(name: str) -> None:
    fact = Ours("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(fact, name, "b")
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(fact, name)
    assert not hasattr(fact, "__dict__")


@pytest.mark.parametrize(("arguments", "named"), [((), {}), (("a",), {"nonsense": 1}), ((1, 2, 3, 4, 5), {})])
def test_wrong_arguments_are_refused_with_the_name(arguments: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=r"Ours\.__init__\(\)"):
        Ours(*arguments, **named)


def test_changed_and_plain_copies() -> None:
    fact = Longer("a", 1, ("b",), [], "!")
    assert dataclasses.replace(fact, number=2) == Longer("a", 2, ("b",), [], "!")
    assert copy.deepcopy(fact) == copy.copy(fact) == pickle.loads(pickle.dumps(fact)) == fact


def test_parts_can_be_matched() -> None:
    match Ours("a", 3):
        case Ours("a", number):
            assert number == 3
        case _:
            raise AssertionError
