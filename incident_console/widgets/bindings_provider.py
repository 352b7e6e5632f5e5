"""The command palette, built from the very bindings that work on the screen: key, palette and help cannot disagree."""

from collections.abc import Iterator
from functools import partial

from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider


class BindingsProvider(Provider):
    """Every named key of the screen as a command."""

    async def discover(self) -> Hits:
        for title, help_text, active in self._commands():
            yield DiscoveryHit(title, partial(self._run, active), help=help_text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for title, help_text, active in self._commands():
            score = matcher.match(f"{title} {help_text}")
            if score > 0:
                yield Hit(score, matcher.highlight(title), partial(self._run, active), help=help_text)

    def _commands(self) -> Iterator[tuple[str, str, ActiveBinding]]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.id or not binding.description or binding.id in seen or not active.enabled:
                continue
            seen.add(binding.id)
            key = binding.key_display or self.app.get_key_display(binding)
            yield f"{binding.description}  ({key})", binding.tooltip, active

    async def _run(self, active: ActiveBinding) -> None:
        await self.app.run_action(active.binding.action, active.node)
