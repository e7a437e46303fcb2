"""The last row of a screen: its keys. One widget and one line, so that it costs nothing to show."""

from __future__ import annotations

from typing import ClassVar, Protocol, cast

from textual.content import Content
from textual.events import Click
from textual.widget import Widget

from kefu_sim.tui.keys import Action, Place, on_key_line


class Acting(Protocol):
    """A screen that names the place its keys belong to."""

    place: Place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action makes sense now."""
        ...


class KeyLine(Widget):
    """Keys of the screen it stands on; a click does what the key does."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key", "key-line--title"}
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        background: $panel;
        color: $foreground;
        text-wrap: nowrap;
        & > .key-line--key { color: $primary; text-style: bold; }
        & > .key-line--title { color: $muted; }
    }
    """
    ALLOW_SELECT = False

    def __init__(self) -> None:
        super().__init__()
        self._places: list[tuple[int, int, Action]] = []
        """First and last cell of each action shown."""

    def render(self) -> Content:
        """As many keys as there is room for; the way out, and the last one, which tells all the others, always."""
        screen = cast("Acting", self.screen)
        line, self._places = Content(" "), []
        key_style, title_style = self.get_visual_style("key-line--key"), self.get_visual_style("key-line--title")
        pieces = [
            (action, Content.assemble((action.shown, key_style), " ", (action.title, title_style), "  "))
            for action in on_key_line(screen.place)
            if screen.check_action(action.name.partition("(")[0], ()) is True
        ]
        always = [action.leaves or action is pieces[-1][0] for action, _ in pieces]
        room = self.size.width + 1 - sum(p.cell_length for (_, p), must in zip(pieces, always, strict=True) if must)
        for (action, piece), must in zip(pieces, always, strict=True):
            room -= 0 if must else piece.cell_length
            if room < 0 and not must:
                continue
            self._places.append((line.cell_length, line.cell_length + piece.cell_length - 2, action))
            line = line.append(piece)
        return line

    async def on_click(self, event: Click) -> None:
        """Do what the key under the pointer does."""
        for start, end, action in self._places:
            if start <= event.x < end and action.keys:
                event.stop()
                self.app.simulate_key(action.keys.partition(",")[0])
