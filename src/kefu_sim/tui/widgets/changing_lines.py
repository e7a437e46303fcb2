"""A few lines that change often: only those that differ are painted anew, and nothing is laid out."""

from __future__ import annotations

from itertools import zip_longest
from typing import ClassVar

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from kefu_sim.tui.at_once import repaint
from kefu_sim.tui.render import Block

MEANINGS = ("text", "strong", "figure", "muted", "faint", "good", "warn", "bad", "accent", "key", "hint")


class ChangingLines(Widget):
    """Shows the lines of a block as they are when `update` is called."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"as--{name}" for name in MEANINGS}
    DEFAULT_CSS = """
    ChangingLines {
        & > .as--text { color: $foreground; }
        & > .as--strong { text-style: bold; }
        & > .as--figure { color: $primary; text-style: bold; }
        & > .as--muted { color: $muted; }
        & > .as--faint { color: $faint; }
        & > .as--good { color: $success; text-style: bold; }
        & > .as--warn { color: $warning; text-style: bold; }
        & > .as--bad { color: $error; text-style: bold; }
        & > .as--accent { color: $accent; text-style: bold; }
        & > .as--key { color: $key-text; background: $key-face; text-style: bold; }
        & > .as--hint { color: $secondary; text-style: bold; }
    }
    """
    ALLOW_SELECT = False

    def __init__(self, block: Block, *, at_once: bool = False, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        """`block` is asked for the lines each time; it must say where it stands, not remember it.

        `at_once`: what has changed is not kept waiting for the next frame, nor makes one; for lines that change by
        themselves while somebody types.
        """
        super().__init__(id=id)
        self._block = block
        self._at_once = at_once
        self._shown: list[Content] = []

    def update(self) -> None:
        """Look at what there is to show; paint the lines that differ from those shown."""
        width = self.content_size.width
        if width <= 0:
            return
        before, self._shown = self._shown, list(self._block(width, self.style_of))
        changed = [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(zip_longest(before, self._shown))
            if old is None or new is None or not new.is_same(old)
        ]
        if self._at_once:
            repaint(self, [region for region in changed if region.y < self.content_size.height])
        elif changed:
            self.refresh(*changed)

    def style_of(self, name: str) -> Style:
        """How a meaning looks now."""
        return self.get_visual_style(f"as--{name}")

    def on_resize(self) -> None:
        """Lines are made for a width."""
        self.update()

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        self.update()

    def render_line(self, y: int) -> Strip:
        """One line."""
        width = self.content_size.width
        if y >= len(self._shown):
            return Strip.blank(width, self.rich_style)
        segments = self._shown[y].render_segments(self.visual_style)
        return Strip(segments).adjust_cell_length(width, self.rich_style)
