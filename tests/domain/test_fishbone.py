"""The fishbone: every cause on its bone or apart, never wider than asked, the same bytes for the same events."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from incident_console.domain.causes import Category
from incident_console.domain.fishbone import BONES, EXPORT_WIDTH, Fish, cells, draw, fish, wrapped
from incident_console.domain.incident import Incident, Why
from tests.hostile import CORPUS, NAMES

WHYS = (
    Why("a", "the retries filled the pool", None, (), "technical"),
    Why("b", "nothing checks the two values", "a", (), "process", "root"),
    Why("c", "reviews are optional", "b", (), "organisational"),
    Why("d", "nobody on call knew the service", None, (), "human", "contributing"),
    Why("f", "the provider answered 503", None, (), "environment"),
    Why("g", "a stale cache", None),
    Why("h", "a bad disk", None, (), "technical", "ruled_out"),
    Why("i", "an old disk", "h", (), "technical"),
)
INCIDENT = Incident("x", title="Checkout payments failing", whys=WHYS)

PICTURE = """\
                     People                       Process
                       │      1.1 root cause: ──────│
                       │      nothing checks the    │
                        ╲     two values             ╲
 2 nobody on call ───────╲    1.1.1 reviews are ──────╲
 knew the service         ╲   optional                 ╲    Checkout
═══════════════════════════╪════════════════════════════╪═▶ payments
 1 the retries filled ────╱   3 the provider ──────────╱    failing
 the pool                ╱    answered 503            ╱
                        ╱                            ╱
                       │                            │
                   Technology                   Environment

Not sorted yet
  - 4 a stale cache"""


def test_every_cause_that_counts_is_on_one_bone_or_apart() -> None:
    found = fish(INCIDENT)
    assert dict(found.bones) == {
        "People": ("2 nobody on call knew the service",),
        "Process": ("1.1 root cause: nothing checks the two values", "1.1.1 reviews are optional"),
        "Technology": ("1 the retries filled the pool",),
        "Environment": ("3 the provider answered 503",),
    }
    assert found.unsorted == ("4 a stale cache",)
    assert sorted(category for kinds in BONES.values() for category in kinds) == sorted(Category)


def test_the_fish_in_a_document() -> None:
    assert "\n".join(draw(fish(INCIDENT), EXPORT_WIDTH)) == PICTURE
    assert draw(fish(INCIDENT), EXPORT_WIDTH) == draw(fish(INCIDENT), EXPORT_WIDTH)


def test_an_empty_fish_says_so() -> None:
    shown = "\n".join(draw(fish(Incident("x", title="Search down")), 80))
    assert shown.count("nothing named yet") == 4
    assert "╪" in shown
    assert "Not sorted yet" not in shown


@pytest.mark.parametrize("width", range(60, 121, 5))
def test_there_is_a_fish_where_there_is_room(width: int) -> None:
    lines = draw(fish(INCIDENT), width, cell_len)
    assert max(map(cell_len, lines)) <= width
    shown = "\n".join(lines)
    assert all(bone in shown for bone in BONES)
    assert shown.count("╪") == 2
    assert all(word in shown for why in WHYS[:5] for word in why.answer.split() if len(word) < 12)


@pytest.mark.parametrize("width", [1, 2, 5, 20, 59])
def test_a_narrow_place_gets_a_list(width: int) -> None:
    lines = draw(fish(INCIDENT), width)
    assert max(map(cells, lines)) <= max(2, width)
    assert "╪" not in "\n".join(lines)


def test_too_many_causes_become_a_list() -> None:
    many = tuple(Why(str(n), f"cause number {n}", None, (), "technical") for n in range(500))
    lines = draw(fish(Incident("x", title="t", whys=many)), 120)
    assert "╪" not in "\n".join(lines)
    assert sum("cause number" in line for line in lines) == 500


@pytest.mark.parametrize("text", [text for _, text in CORPUS], ids=NAMES)
@pytest.mark.parametrize("width", [40, 60, 76, 120])
def test_hostile_text_stays_inert_and_inside(text: str, width: int) -> None:
    whys = tuple(Why(each, text, None, (), each) for each in (*Category, ""))
    for measure in (cells, cell_len):
        lines = draw(fish(Incident("x", title=text, whys=whys)), width, measure)
        assert max(map(measure, lines)) <= width
        assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for line in lines for character in line)
        assert not {"\u202e", "\u2066", "\u2028", "\ud800"} & set("".join(lines))


WORDS = st.text(alphabet="ab 支👨\u200d\u0301x…\ufe0f", max_size=80)


@given(st.lists(st.tuples(WORDS, st.sampled_from([*Category, ""])), max_size=12), WORDS, st.integers(2, 130))
@settings(max_examples=150, deadline=None)
def test_the_width_is_never_exceeded(causes: list[tuple[str, str]], title: str, width: int) -> None:
    whys = tuple(Why(str(n), answer, None, (), category) for n, (answer, category) in enumerate(causes))
    for measure in (cells, cell_len):
        assert all(measure(line) <= width for line in draw(fish(Incident("x", title=title, whys=whys)), width, measure))


@given(WORDS, st.integers(2, 30), st.integers(0, 4))
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int, most: int) -> None:
    lines = wrapped(text, width, cells, most)
    assert all(cells(line) <= width for line in lines)
    assert len(lines) <= (most or len(lines))
    if not most:
        assert "".join(lines).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "wide"), [("abc", 3), ("支払", 4), ("e\u0301", 1), ("a\u200db", 2), ("👨", 2), ("", 0), ("❤\ufe0f", 2)]
)
def test_cells(text: str, wide: int) -> None:
    assert cells(text) == wide


def test_a_shape_can_be_drawn_without_an_incident() -> None:
    shape = Fish("", (("People", ()), ("Process", ("x",)), ("Technology", ()), ("Environment", ())), ())
    assert any("the problem" in line for line in draw(shape, 76))
