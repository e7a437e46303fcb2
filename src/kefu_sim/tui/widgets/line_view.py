"""A page of lines that is drawn line by line: long pages and long chats cost no more than what is in view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from rich.style import Style as RichStyle
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from kefu_sim.tui.render import Block

MEANINGS = (
    "text", "title", "strong", "muted", "faint", "good", "warn", "bad", "accent", "key",
    "buyer", "agent", "buyer-bubble", "agent-bubble", "band",
)  # fmt: skip


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
        self._blocks: list[Block] = list(blocks)
        self._tail: Block | None = None
        self._strips: list[Strip] = []
        self._tail_strips: list[Strip] = []
        self._width = 0
        self._at_end = True
        self._base: RichStyle | None = None

    def show(self, blocks: Iterable[Block]) -> None:
        """Show other blocks, from their top."""
        self._blocks = list(blocks)
        self._draw_all()
        self.scroll_to(y=0, animate=False)

    def add(self, blocks: Sequence[Block]) -> None:
        """Add blocks at the end."""
        self._blocks.extend(blocks)
        if self._width:
            for block in blocks:
                self._strips.extend(self._draw(block))
            self._measure()

    def end_with(self, tail: Block | None) -> None:
        """Lines below everything else that come and go."""
        self._tail = tail
        self._tail_strips = self._draw(tail) if tail is not None and self._width else []
        self._measure()

    def to_end(self) -> None:
        """Show the last line."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)  # also before the scroll bar is there

    def style_of(self, name: str) -> Style:
        """How a meaning looks now."""
        return self.get_visual_style(f"as--{name}")

    @property
    def text_lines(self) -> list[str]:
        """What is drawn, as text: for tests and for copying."""
        return [strip.text.rstrip() for strip in (*self._strips, *self._tail_strips)]

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

    def notify_style_update(self) -> None:
        """Colours have changed."""
        super().notify_style_update()
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

    def _draw_all(self) -> None:
        self._width = self.scrollable_content_region.width
        if not self._width:
            return
        self._strips = [strip for block in self._blocks for strip in self._draw(block)]
        self._tail_strips = self._draw(self._tail) if self._tail is not None else []
        self._measure()

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
        if self.is_mounted and size.width == self.virtual_size.width:
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
        else:
            self.virtual_size = size
