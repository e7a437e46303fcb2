"""Lists to choose from."""

from __future__ import annotations

from rich.segment import Segment
from textual.events import Click
from textual.strip import Strip
from textual.widgets import OptionList

SIGN = "▸"
"""Before the row in hand, in place of the blank every row begins with: a colour alone may not be seen."""


class MarkedList(OptionList):
    """A list whose row in hand bears a sign."""

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        strip = super().render_line(y)
        if self.highlighted is None or self._index_to_line.get(self.highlighted) != y + self.scroll_offset.y:
            return strip
        style = next((segment.style for segment in strip), None)
        return Strip([Segment(SIGN, style), *strip.crop(1)], strip.cell_length)


class PickList(MarkedList):
    """A click looks at a row, a second one on the same row takes it, as Enter does: a reception begins at once."""

    _clicked: int | None = None

    def on_click(self, event: Click) -> None:
        """Look at the row before it is taken."""
        at = event.style.meta.get("option")
        if at is None or at == self._clicked == self.highlighted or self.get_option_at_index(at).disabled:
            return
        event.prevent_default()
        self.highlighted = self._clicked = at
