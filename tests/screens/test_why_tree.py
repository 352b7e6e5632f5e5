"""The tree of causes on the screen: every key, what each line says, and that size and hostile text do no harm."""

import pytest

from incident_console.domain.causes import tree
from incident_console.domain.incident import Why
from incident_console.widgets.why_line import pieces, rows
from tests.hostile import CORPUS
from tests.screens.trees import TITLE, WHYS, TreeApp, lines, pressed

LOOKS_80 = [
    " How did it come about that “Checkout payments failing”?",
    " ├─ 1 the retries filled the pool                      tech              ▪2",
    " │ ├─ 1.1 nothing checks the two values together       proc  ◆ root           ?",
    " │ │ └─ 1.1.1 reviews of configuration are optional    org   ◇ contrib.",
    " │ └─ 1.2 a timeout was raised                                           ▪1",
    " └─ 2 the disk failed                                  tech  ✗ ruled out",
]


async def test_the_tree_as_it_is_read() -> None:
    app = TreeApp(advised=["b"])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert [line for line in lines(app) if line] == LOOKS_80


async def test_a_wide_place_writes_words_out() -> None:
    app = TreeApp(advised=[None])
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        shown = lines(app)
        assert shown[0].endswith("?")
        assert shown[0].split("  ")[-1].strip() == "?"
        assert "organisational" in shown[3]
        assert "◇ contributing" in shown[3]
        assert "◆ root cause" in shown[2]


MOVES = [
    (["j"], "a"), (["down", "down"], "b"), (["j", "j", "k"], "a"), (["j", "up"], None), (["G"], "f"), (["end"], "f"),
    (["G", "g"], None), (["G", "home"], None), (["pagedown"], "f"), (["pagedown", "pageup"], None),
    (["j", "j", "j", "shift+tab"], "b"), (["j", "j", "j", "shift+tab", "shift+tab", "shift+tab", "shift+tab"], None),
    (["right"], "a"), (["l", "l", "l"], "c"), (["l", "l", "l", "l"], "c"), (["j", "j", "j", "left"], "b"),
    (["j", "h", "j"], "f"), (["j", "left", "right", "right"], "b"), (["j", "left", "left"], None), (["k", "k"], None),
    (["j", "j", "j", "o"], "a"), (["j", "j", "j", "o", "j"], "f"), (["o", "o", "j", "j", "j"], "c"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "stands"), MOVES, ids=str)
async def test_keys_that_move(keys: list[str], stands: str | None) -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, *keys)
        assert app.here == stands
        assert app.asked == []
        assert app.focused is app.whys


WISHES = {
    "enter": "add", "a": "add", "tab": "beside", "e": "change", "v": "evidence", "c": "category", "r": "mark",
    "d": "remove", "delete": "remove", "shift+up": "up", "K": "up", "shift+down": "down", "J": "down",
    "greater_than_sign": "indent", "less_than_sign": "outdent",
}  # fmt: skip


@pytest.mark.parametrize(("key", "wish"), WISHES.items())
async def test_keys_that_ask(key: str, wish: str) -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j", "j", key)
        assert app.asked == [(wish, "b")]
        assert app.here == "b"


@pytest.mark.parametrize(("key", "wish"), WISHES.items())
async def test_the_problem_can_only_be_added_to(key: str, wish: str) -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, key)
        assert app.asked == ([("add", None)] if wish in ("add", "beside") else [])
        assert len(app._notifications) == (0 if app.asked else 1)


async def test_an_empty_tree_asks_about_the_problem() -> None:
    app = TreeApp(())
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j", "G", "l", "o", "shift+tab", "enter")
        assert app.asked == [("add", None)]
        assert [line for line in lines(app) if line] == LOOKS_80[:1]


async def test_what_is_folded_says_how_many() -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j", "left")
        assert lines(app)[1].startswith(" ├─▸1 the retries filled the pool (3 below)")
        assert lines(app)[2].startswith(" └─ 2")
        await pressed(pilot, "right")
        assert len([line for line in lines(app) if line]) == 6


async def test_the_cursor_stays_on_its_cause_whatever_others_write() -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "j", "j", "j", "j")
        assert app.here == "d"
        app.whys.show(TITLE, tree((Why("z", "new", None), Why("y", "newer", "z"), *WHYS)))
        await pilot.pause()
        assert app.here == "d"
        app.whys.show(TITLE, tree(tuple(why for why in WHYS if why.id != "d")))
        await pilot.pause()
        assert app.here == "f"
        app.whys.show(TITLE, tree(WHYS[:1]))
        await pilot.pause()
        assert app.here == "a"
        assert app.reached[-2:] == ["f", "a"]


async def test_selecting_unfolds_what_hides_it() -> None:
    app = TreeApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "o")
        app.whys.select("c")
        await pilot.pause()
        assert app.here == "c"
        app.whys.select("gone")
        assert app.here == "c"


def large(count: int = 520, levels: int = 40) -> tuple[Why, ...]:
    return tuple(Why(str(n), f"cause {n} of many", str(n - 1) if n % levels else None) for n in range(count))


async def test_five_hundred_causes_and_forty_levels_stay_usable() -> None:
    app = TreeApp(large())
    async with app.run_test(size=(80, 24)) as pilot:
        await pressed(pilot, "G")
        assert app.here == "519"
        shown = lines(app)
        assert "cause 519 of many" in shown[-1]
        assert all(len(line) <= 80 for line in shown)
        assert shown[-1].startswith("⋯40 ")
        await pressed(pilot, *["k"] * 30)
        assert app.here == "489"
        assert any("cause 489 of many" in line for line in lines(app))
        await pressed(pilot, "o")
        assert app.here == "480"
        assert len([line for line in lines(app) if line]) == 14
        await pressed(pilot, "o", "g")
        assert "Checkout" in lines(app)[0]


async def test_moving_draws_two_lines() -> None:
    """However large the tree is: that is what keeps it quick."""
    app = TreeApp(large())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        drawn: list[int] = []
        original = app.whys._draw

        def counted(*arguments: object) -> object:
            drawn.append(1)
            return original(*arguments)  # type: ignore[arg-type]

        app.whys._draw = counted  # type: ignore[method-assign, assignment]
        await pressed(pilot, "j", "j", "j")
        assert 0 < len(drawn) <= 6


@pytest.mark.parametrize("width", [20, 40, 59, 60, 80, 100, 160])
def test_each_line_has_exactly_its_width(width: int) -> None:
    from rich.cells import cell_len

    texts = [text for _, text in CORPUS]
    said = [("", ""), ("technical", "root"), ("odd", "?")]
    whys = tuple(
        Why(str(n), text, str(n - 1) if n % 13 else None, ("e",) * n, *said[n % 3]) for n, text in enumerate(texts)
    )
    for row in rows(tree(whys), {"5"}, {None, "3"}):
        words = "".join(text for text, _ in pieces(row, texts[2], width))
        if width >= 40:
            assert cell_len(words) == width
        assert not any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in words)


async def test_hostile_answers_stay_inert() -> None:
    app = TreeApp(tuple(Why(str(n), text, None) for n, (_, text) in enumerate(CORPUS)))
    async with app.run_test(size=(80, 40)) as pilot:
        await pressed(pilot, *["j"] * len(CORPUS))
        shown = "\n".join(lines(app))
        assert "[@click=app.quit]x[/]" in shown
        assert "\x1b" not in shown
        assert app.is_running
