"""What the tests of the tree of causes share: an app that shows one, and what is read off it."""

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from incident_console.domain.causes import tree
from incident_console.domain.incident import Why
from incident_console.themes import NIGHT
from incident_console.widgets.why_tree import WhyTree

WHYS = (
    Why("a", "the retries filled the pool", None, ("e1", "e2"), "technical"),
    Why("b", "nothing checks the two values together", "a", (), "process", "root"),
    Why("c", "reviews of configuration are optional", "b", (), "organisational", "contributing"),
    Why("d", "a timeout was raised", "a", ("e1",)),
    Why("f", "the disk failed", None, (), "technical", "ruled_out"),
)
TITLE = "Checkout payments failing"


class TreeApp(App[None]):
    """A tree and something else that could have the focus."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "WhyTree { height: 1fr; } Static { height: 1; }"

    def __init__(self, whys: Sequence[Why] = WHYS, advised: Sequence[str | None] = ()) -> None:
        super().__init__()
        self._whys, self._advised = whys, advised
        self.asked: list[tuple[str, str | None]] = []
        self.reached: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield WhyTree()
        yield Static("elsewhere")

    def on_mount(self) -> None:
        self.register_theme(NIGHT)
        self.theme = "night"
        self.whys.show(TITLE, tree(self._whys), self._advised)
        self.whys.focus()

    @property
    def whys(self) -> WhyTree:
        return self.query_one(WhyTree)

    @property
    def here(self) -> str | None:
        return self.whys.link.why.id if self.whys.link is not None else None

    def on_why_tree_asked(self, event: WhyTree.Asked) -> None:
        self.asked.append((event.what, event.link.why.id if event.link is not None else None))

    def on_why_tree_reached(self, event: WhyTree.Reached) -> None:
        self.reached.append(event.link.why.id if event.link is not None else None)


def lines(app: TreeApp) -> list[str]:
    """What stands in the tree, line by line."""
    return ["".join(segment.text for segment in app.whys.render_line(y)).rstrip() for y in range(app.whys.size.height)]


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()
