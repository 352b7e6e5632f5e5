"""Rows of a list: a key makes one that can be chosen, and words are shown as they are."""

from textual.app import App, ComposeResult
from textual.content import Content

from incident_console.widgets.rows import Rows, headed, options

HOSTILE = "[b]not bold[/b] [@click=app.quit]x[/]"


class Shown(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        yield Rows()

    def on_mount(self) -> None:
        self.query_one(Rows).set_options(options(headed("Later", [("a", Content(HOSTILE)), ("b", Content("two"))])))


def test_a_row_without_a_key_cannot_be_chosen() -> None:
    heading, row = options([("", Content("Heading")), ("a", Content("one"))])
    assert (heading.id, heading.disabled) == (None, True)
    assert (row.id, row.disabled) == ("a", False)


async def test_the_cursor_steps_over_headings_and_stops_at_both_ends() -> None:
    async with Shown().run_test(size=(80, 24)) as pilot:
        rows = pilot.app.query_one(Rows)
        await pilot.press("home")
        assert rows.highlighted == 1
        await pilot.press("up")
        assert rows.highlighted == 1
        await pilot.press("down", "down", "down")
        assert rows.highlighted == 2
        assert HOSTILE in "".join("".join(each.text for each in strip) for strip in map(rows.render_line, range(6)))
