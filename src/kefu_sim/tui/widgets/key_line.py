"""The last row of a screen: its keys. One widget and one line, so that it costs nothing to show."""

from __future__ import annotations

from typing import ClassVar, Protocol, cast

from textual.content import Content
from textual.style import Style
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

    def render(self) -> Content:
        """As many keys as there is room for."""
        screen = cast("Acting", self.screen)
        pieces: list[Content] = [Content(" ")]
        room = self.size.width - 1
        key_style, title_style = self.get_visual_style("key-line--key"), self.get_visual_style("key-line--title")
        for action in on_key_line(screen.place):
            name = action.name.partition("(")[0]
            if screen.check_action(name, ()) is not True:
                continue
            piece = Content.assemble((action.shown, key_style), " ", (action.title, title_style))
            if piece.cell_length + 2 > room:
                break
            room -= piece.cell_length + 2
            pieces.append(self._clickable(piece, action))
            pieces.append(Content("  "))
        return Content("").join(pieces)

    def _clickable(self, piece: Content, action: Action) -> Content:
        if not action.keys:
            return piece
        known = hasattr(self.screen, f"action_{action.name.partition('(')[0]}")
        target = action.name if "." in action.name else f"{'screen' if known else 'app'}.{action.name}"
        call = target if target.endswith(")") else f"{target}()"
        return piece.stylize(Style.from_meta({"@click": call}))
