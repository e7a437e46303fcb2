"""The command palette: every action of the screen one is on, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kefu_sim.tui.keys import Action, actions


class ActionsProvider(Provider):
    """Offers the registry's actions."""

    def _offered(self) -> Iterator[Action]:
        place = getattr(self.screen, "place", None)
        own = actions(place) if place is not None else []
        seen: set[str] = set()
        for action in (*own, *actions("anywhere")):
            name = action.name.partition("(")[0]
            if not action.keys or action.title in seen or name in {"palette", "interrupt"}:
                continue
            if self.screen.check_action(name, ()) is True:
                seen.add(action.title)
                yield action

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action in self._offered():
            yield DiscoveryHit(_name(action), partial(self._run, action), action.title, action.help)

    async def search(self, query: str) -> Hits:
        """Those that fit what is typed."""
        matcher = self.matcher(query)
        for action in self._offered():
            score = matcher.match(f"{action.title} {action.help}")
            if score > 0:
                yield Hit(score, _name(action), partial(self._run, action), action.title, action.help)

    async def _run(self, action: Action) -> None:
        await self.screen.run_action(action.name)


def _name(action: Action) -> Content:
    return Content(f"{action.title}  ({action.shown})")
