"""A page of lines of which some blocks can be chosen: up and down go from one to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from itertools import accumulate
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region
from textual.strip import Strip

from kefu_sim.tui.render import Block
from kefu_sim.tui.widgets.line_view import LineView

SIGN = "▸ "
"""Before the first line of the row in hand; all other lines are set in as far."""


class RowPage(LineView):
    """A page with a cursor over its rows; without rows it only scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "row(-1)", show=False, system=True),
        Binding("down", "row(1)", show=False, system=True),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-page--hand"}
    DEFAULT_CSS = "RowPage { & > .row-page--hand { background: $panel; color: $accent; } }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self._rows: list[int] = []
        """Indexes of the blocks that can be chosen."""
        self._at = 0
        self._heights: list[int] = []
        self._ends: list[int] = []
        """For each block the number of lines up to its end."""

    def show_rows(self, blocks: Iterable[Block], rows: Collection[int] = (), *, stay: bool = False) -> None:
        """Show other blocks, of which `rows` can be chosen; `stay` leaves the cursor where it is, and in sight."""
        y = self.scroll_offset.y
        self._rows = sorted(rows)
        self._at = min(self._at, max(len(self._rows) - 1, 0)) if stay else 0
        self.show(blocks)
        if stay:
            self.scroll_to(y=y, animate=False)
            self.call_after_refresh(self.reveal)

    @property
    def row(self) -> int | None:
        """Index of the block in hand; None without rows."""
        return self._rows[self._at] if self._rows else None

    def action_row(self, step: int) -> None:
        """The next row, or the one before; beyond the last, before the first is in view, and without rows scroll."""
        there = self._at + step
        if (step > 0 and self._below()) or not 0 <= there < len(self._rows):
            self.scroll_relative(y=step, animate=False)
        else:
            self._take(there)

    def on_click(self, event: Click) -> None:
        """Take the row clicked on."""
        offset = event.get_content_offset(self)
        if offset is not None:
            block = bisect_right(self._ends, offset.y + self.scroll_offset.y)
            if block in self._rows:
                self._take(self._rows.index(block))

    def _below(self) -> bool:
        """Whether the row in hand begins below what is seen."""
        return bool(self._rows) and self._lines_in_hand()[0] >= self.scroll_offset.y + self.size.height

    def _take(self, at: int) -> None:
        self._at = at
        self.reveal()

    def reveal(self) -> None:
        """Scroll as little as need be to have the row in hand in view."""
        if not self._rows:
            return
        start, end = self._lines_in_hand()
        self.scroll_to_region(Region(0, start, 1, max(min(end - start, self.size.height), 1)), animate=False)
        self.refresh()

    def _lines_in_hand(self) -> tuple[int, int]:
        """First line of the row in hand, and the one behind its last that is not blank."""
        if not self._rows or not self._ends:
            return 0, 0
        block = self._rows[self._at]
        start, end = (self._ends[block - 1] if block else 0), self._ends[block]
        while end > start and not self._strips[end - 1].text.strip():
            end -= 1
        return start, end

    def render_line(self, y: int) -> Strip:
        """One line of the view; those of the row in hand are set off."""
        line, strip = y + self.scroll_offset.y, super().render_line(y)
        start, end = self._lines_in_hand()
        if not start <= line < end:
            return strip
        hand = self.get_visual_style("row-page--hand").rich_style
        ground = RichStyle(bgcolor=hand.bgcolor)
        rest = [Segment(text, (style or RichStyle()) + ground) for text, style, _ in strip.crop(len(SIGN))]
        sign = SIGN if line == start else " " * len(SIGN)
        return Strip([Segment(sign, hand + RichStyle(bold=True)), *rest], self.size.width)

    def _draw_all(self) -> None:
        self._heights = []
        super()._draw_all()
        self._ends = list(accumulate(self._heights))

    def _draw(self, block: Block) -> list[Strip]:
        """Blocks of a page with rows are set in, so that there is room for the cursor."""
        if not self._rows:
            strips = super()._draw(block)
        else:
            base = self.visual_style
            blank = Segment(" " * len(SIGN), base.rich_style)
            lines = block(max(self._width - len(SIGN), 10), self.style_of)
            strips = [Strip([blank, *self._strip(line, base)]) for line in lines]
        self._heights.append(len(strips))
        return strips
