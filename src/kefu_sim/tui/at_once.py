"""Paints a few lines of a widget at once.

Textual gathers what has changed and paints it with the next frame: the frame may have to wait, and it asks every widget
that touches the box around the changes for its lines. A key that must be seen without delay need not go that way.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.control import Control
from textual.geometry import Region
from textual.widget import Widget


def paint_at_once(widget: Widget, regions: Sequence[Region]) -> bool:
    """Paint regions of a widget's content, given relative to it, and put the cursor back in its place.

    False, and nothing is done, where only a frame will do: when there is no terminal, or something may lie over the
    widget.
    """
    app, screen = widget.app, widget.screen
    driver = app._driver  # noqa: SLF001 (Textual has no public way to write to the terminal)
    if driver is None or app.is_headless or screen is not app.screen or screen.query("Toast"):
        return False
    left, top = widget.region.offset
    boxes = [region.translate(widget.content_offset) for region in regions]
    widget._styles_cache.set_dirty(*boxes)  # noqa: SLF001 (`refresh` does this too, and asks for a frame)
    around = Region.from_union(boxes)
    rows = widget.render_lines(Region(0, around.y, widget.outer_size.width, around.height))
    pieces: list[str] = []
    for box in boxes:
        for y in box.line_range:
            strip = rows[y - around.y].crop(box.x, box.right)
            pieces += [Control.move_to(left + box.x, top + y).segment.text, strip.render(app.console)]
    pieces.append(Control.move_to(*app.cursor_position).segment.text)
    driver.write("".join(pieces))
    return True


def paint_whole(*widgets: Widget) -> None:
    """Paint widgets with their borders at once where that can be done; the next frame finds them painted."""
    for widget in widgets:
        if widget.region:
            whole = Region(0, 0, *widget.outer_size).translate(-widget.content_offset)
            paint_at_once(widget, [whole])


def repaint(widget: Widget, regions: Sequence[Region]) -> None:
    """Paint regions of a widget's content at once where that can be done, else with the next frame."""
    if regions and widget.region and not paint_at_once(widget, regions):
        widget.refresh(*regions)
