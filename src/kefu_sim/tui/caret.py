"""The terminal's own cursor: an input method opens its candidates there."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widget import Widget

HIDE_CURSOR, SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


def show_caret(widget: Widget, place: Offset) -> None:
    """Put the cursor at a place of the screen."""
    widget.app.cursor_position = place


def show_cursor(widget: Widget, *, visible: bool) -> None:
    """Show or hide the cursor; not while the program is leaving: the shell wants its cursor back."""
    app = widget.app
    driver = app._driver  # noqa: SLF001 (Textual has no public way to write to the terminal)
    leaving = app._exit or not app.is_running  # noqa: SLF001
    if driver is not None and not app.is_headless and not leaving:
        driver.write(SHOW_CURSOR if visible else HIDE_CURSOR)
