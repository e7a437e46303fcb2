"""A page of lines that is drawn line by line: long pages and long chats cost no more than what is in view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget

from kefu_sim.tui.render import Block

MEANINGS = (
    "text", "title", "strong", "muted", "faint", "good", "warn", "bad", "accent", "key",
    "buyer", "agent", "buyer-bubble", "agent-bubble", "band",
)  # fmt: skip


LATER_S = 0.6
"""Seconds after which the lines far above the end are drawn, unless another page was turned to by then."""
MOST_SHEETS = 60
"""Pages kept drawn, to be turned back to."""


@dataclass(slots=True)
class Sheet:
    """A page with its lines as they are drawn."""

    blocks: list[Block] = field(default_factory=list)
    strips: list[Strip] = field(default_factory=list)
    width: int = 0
    """For which it is drawn; 0 while it is not."""
    undrawn: int = 0
    """Blocks at the top that are still to be drawn."""
    rows: int = 0
    """Rows of a log it has been made from, where it is made from one."""


class LineView(ScrollView):
    """Shows blocks of lines one below the other, wrapped anew when the width changes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"as--{name}" for name in MEANINGS}
    DEFAULT_CSS = """
    LineView {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $line;
        scrollbar-color-hover: $muted;
        scrollbar-color-active: $muted;
        scrollbar-background: $background 0%;
        scrollbar-background-hover: $background 0%;
        scrollbar-background-active: $background 0%;
        & > .as--text { color: $foreground; }
        & > .as--title { color: $primary; text-style: bold; }
        & > .as--strong { text-style: bold; }
        & > .as--muted { color: $muted; }
        & > .as--faint { color: $faint; }
        & > .as--good { color: $success; }
        & > .as--warn { color: $warning; }
        & > .as--bad { color: $error; }
        & > .as--accent { color: $accent; text-style: bold; }
        & > .as--key { color: $key-text; background: $key-face; text-style: bold; }
        & > .as--buyer { color: $buyer; }
        & > .as--agent { color: $agent; }
        & > .as--buyer-bubble { color: $bubble-text; background: $buyer-bubble; }
        & > .as--agent-bubble { color: $bubble-text; background: $agent-bubble; }
        & > .as--band { background: $panel; color: $foreground; text-style: bold; }
    }
    """

    STICKS: ClassVar[bool] = False
    """Whether the view stays at the end once it is there, whatever is added and however it is resized."""

    def __init__(self, blocks: Iterable[Block] = (), *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, classes=classes)
        self._sheet = Sheet(list(blocks))
        self._sheets: dict[str, Sheet] = {}
        """Pages with a name, the one shown last at the end."""
        self._tail: Block | None = None
        self._tail_strips: list[Strip] = []
        self._width = 0
        self._at_end = True
        self._base: RichStyle | None = None
        self._later: Timer | None = None

    def show(self, blocks: Iterable[Block]) -> None:
        """Show other blocks, from their top."""
        self._sheet = Sheet(list(blocks))
        self._draw_all()
        self._draw_undrawn()
        self.scroll_to(y=0, animate=False)

    def turn_to(self, name: str, more: Callable[[Sheet], Sequence[Block]]) -> None:
        """Show the page of this name: as it was left, with the further blocks that `more` gives for it."""
        self._sheet = sheet = self._sheets.pop(name, None) or Sheet()
        self._sheets[name] = sheet
        if len(self._sheets) > MOST_SHEETS:
            del self._sheets[next(iter(self._sheets))]
        self._tail, self._tail_strips, self._at_end = None, [], True
        blocks = more(sheet)
        if sheet.width and sheet.width == self._width:
            self.add(blocks)
            self._draw_later()
        else:
            sheet.blocks.extend(blocks)
            self._draw_all()
        if self.STICKS:
            self.to_end()
        else:
            self.scroll_to(y=0, animate=False)

    def add(self, blocks: Sequence[Block]) -> None:
        """Add blocks at the end."""
        self._sheet.blocks.extend(blocks)
        if self._width:
            for block in blocks:
                self._strips.extend(self._draw(block))
            self._measure()

    def end_with(self, tail: Block | None) -> None:
        """Lines below everything else that come and go."""
        self._tail = tail
        self._tail_strips = self._draw(tail) if tail is not None and self._width else []
        self._measure()

    def to_block(self, index: int) -> None:
        """Bring a block to the top, as far as the page is long enough."""
        above = self._sheet.blocks[:index] if self._width else ()
        self.scroll_to(y=sum(len(block(self._width, self.style_of)) for block in above), animate=False)

    def to_end(self) -> None:
        """Show the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)  # also before the scroll bar is there

    def style_of(self, name: str) -> Style:
        """How a meaning looks now."""
        return self.get_visual_style(f"as--{name}")

    def on_resize(self) -> None:
        """Wrap anew when the width is another."""
        if self.scrollable_content_region.width != self._width:
            self._draw_all()
        elif self.STICKS and self._at_end:
            self.to_end()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember whether the end is in view: growing and shrinking leave it so."""
        super().watch_scroll_y(old_value, new_value)
        self._at_end = self.scroll_offset.y >= self.max_scroll_y
        if not self._at_end:
            self._draw_undrawn()

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
        for sheet in self._sheets.values():
            sheet.width = 0
        if self._width:
            self._draw_all()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines to be painted; what they have in common is asked for once."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        at = y + self.scroll_offset.y
        base = self._base or self.rich_style
        if at < len(self._strips):
            return self._cropped(self._strips[at], base)
        at -= len(self._strips)
        if at < len(self._tail_strips):
            return self._cropped(self._tail_strips[at], base)
        return Strip.blank(self.size.width, base)

    def _cropped(self, strip: Strip, base: RichStyle) -> Strip:
        return strip.crop_extend(0, self.size.width, base)

    @property
    def _strips(self) -> list[Strip]:
        return self._sheet.strips

    def _draw_all(self) -> None:
        self._width = self.scrollable_content_region.width
        if not self._width:
            return
        sheet = self._sheet
        sheet.width = self._width
        if self.STICKS and self._at_end:
            self._draw_end(sheet)
        else:
            sheet.strips = [strip for block in sheet.blocks for strip in self._draw(block)]
        self._tail_strips = self._draw(self._tail) if self._tail is not None else []
        self._measure()

    def _draw_end(self, sheet: Sheet) -> None:
        """Draw upwards from the end: what is in view and half as much again, the rest soon or on scrolling up."""
        sheet.undrawn, room = len(sheet.blocks), self.size.height * 3 // 2
        drawn: list[list[Strip]] = []
        while sheet.undrawn and room > 0:
            sheet.undrawn -= 1
            drawn.append(self._draw(sheet.blocks[sheet.undrawn]))
            room -= len(drawn[-1])
        sheet.strips = [strip for strips in reversed(drawn) for strip in strips]
        self._draw_later()

    def _draw_later(self) -> None:
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(LATER_S, self._draw_undrawn) if self._sheet.undrawn else None

    def _draw_undrawn(self) -> None:
        """Draw what is above; what is in view stays where it is."""
        sheet = self._sheet
        if not sheet.undrawn:
            return
        blocks, sheet.undrawn = sheet.blocks[: sheet.undrawn], 0
        above = [strip for block in blocks for strip in self._draw(block)]
        sheet.strips[:0] = above
        top, at_end = self.scroll_offset.y, self._at_end
        self._measure()
        if not at_end:
            self.scroll_to(y=top + len(above), animate=False)

    def _draw(self, block: Block) -> list[Strip]:
        base = self.visual_style
        lines = block(self._width, self.style_of)
        return [self._strip(line, base) for line in lines]

    @staticmethod
    def _strip(line: Content, base: Style) -> Strip:
        return Strip(line.render_segments(base), line.cell_length)

    def _measure(self) -> None:
        stay = self.STICKS and self._at_end
        self._resize_page(Size(self._width, len(self._strips) + len(self._tail_strips)))
        if stay:
            self.to_end()
        self.refresh()

    def _resize_page(self, size: Size) -> None:
        """Set the size of the page. A longer page takes no more room: the screen need not be laid out anew."""
        if size == self.virtual_size:
            return
        if self.is_mounted and size.width == self.virtual_size.width:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
        else:
            self.virtual_size = size
