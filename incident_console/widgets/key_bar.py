"""The keys that work here, in one line at the bottom: what Textual's Footer shows, as one widget instead of one for
each key. It is the dearest part of a first frame otherwise, and is made anew with every change of focus."""

from collections.abc import Iterable

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

KEY = "bold $footer-key-foreground"
WORDS = "$footer-description-foreground"


class KeyBar(Static, can_focus=False):
    """Follows the bindings of its screen; what is switched off now is dim."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        text-overflow: clip;
        color: $footer-foreground;
        background: $footer-background;
    }
    """

    def on_mount(self) -> None:
        self._shown = Content("")
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _follow(self, screen: Screen[object]) -> None:
        if screen.app.app_focus and self.is_attached and screen is self.screen:
            self.call_after_refresh(self._read)

    def _read(self) -> None:
        """Look at the bindings, and paint only what reads differently."""
        if not self.is_attached:
            return
        content = Content("").join(self._keys())
        if not content.is_same(self._shown):
            self._shown = content
            self.update(content, layout=False)

    def _keys(self) -> Iterable[Content]:
        """Each action once, with the first of its keys."""
        told = set[str]()
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in told:
                told.add(binding.action)
                one = self.one_key(self.app.get_key_display(binding), binding.description)
                yield one if enabled else one.stylize("dim")

    def one_key(self, key: str, words: str) -> Content:
        """A key and what it does, close together."""
        return Content.assemble((key, KEY), (f" {words}", WORDS), " ")


class WideKeyBar(KeyBar):
    """The same with room between the keys, for places that have few."""

    def one_key(self, key: str, words: str) -> Content:
        return Content.assemble((f" {key} ", KEY), (f"{words} ", WORDS))
