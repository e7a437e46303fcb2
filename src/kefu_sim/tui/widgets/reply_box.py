"""Where a reply is written: the composer with the list of quick replies above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import TextArea

from kefu_sim.base.errors import KefuError
from kefu_sim.i18n import tr
from kefu_sim.quick.fill import filled
from kefu_sim.quick.search import find
from kefu_sim.quick_replies import QuickRoom
from kefu_sim.tui import aside
from kefu_sim.tui.widgets.composer import Composer
from kefu_sim.tui.widgets.quick_panel import QuickPanel

OPENERS = frozenset("/／、")
"""What opens the list at the beginning of a line: the key of `/`, in whatever way the input method passes it on."""


class ReplyBox(Vertical):
    """Composer and quick replies. Messages of the composer pass through to the screen."""

    DEFAULT_CSS = "ReplyBox { height: auto; }"

    composer = getters.query_one("#composer", Composer)
    panel = getters.query_one(QuickPanel)

    def __init__(self, now: Callable[[], float], room: QuickRoom, values: Callable[[], Mapping[str, str]]) -> None:
        """`now`: seconds of the reception; `values`: what the variables stand for in the window in front."""
        super().__init__(id="reply")
        self._now, self._room, self._values = now, room, values
        self._initials: Mapping[str, str] = {}
        self._ready = False
        self._shut = False
        """The list was shut although the line still begins with `/`."""

    def compose(self) -> ComposeResult:
        """The list, closed, and the composer."""
        yield QuickPanel()
        composer = Composer(self._now, id="composer")
        composer.picker = self
        composer.border_title = tr("Your reply")
        composer.border_subtitle = tr("/ quick replies · Enter sends · Ctrl+J new line")
        yield composer

    def on_mount(self) -> None:
        """Read the book aside."""
        self.read_book()

    @work(thread=True, exclusive=True, group="quick")
    def read_book(self) -> None:
        """Load what a search needs; the initials of new replies take a second and are not waited for."""
        try:
            known = len(self._room.book)
        except KefuError as error:
            aside.show(self, self._cannot_read, error)
            return
        aside.show(self, self._set_ready, {})
        if known:
            aside.show(self, self._set_ready, self._room.initials())

    def _set_ready(self, initials: Mapping[str, str]) -> None:
        self._ready, self._initials = True, initials
        self.look()

    def _cannot_read(self, error: KefuError) -> None:
        self.notify(error.message, title=tr("Quick replies"), severity="error", timeout=12, markup=False)

    def shut(self) -> None:
        """Close the list."""
        self.panel.hide()

    @property
    def picking(self) -> bool:
        """Whether the list is open, as the line before the caret says now."""
        return not (self._shut or self.composer.read_only) and self._query() is not None

    @on(TextArea.Changed, "#composer")
    def look(self) -> None:
        """Open, narrow or close the list, as the line before the caret says."""
        query = self._query()
        if query is None:
            self._shut = False
        if query is None or not self.picking:
            self.shut()
            return
        hits = find(self._room.book, query, self._initials) if self._ready else []
        self.panel.show(hits, ready=self._ready)

    def _query(self) -> str | None:
        """What is typed after `/` at the beginning of the line; None without one."""
        row, column = self.composer.cursor_location
        line = self.composer.document.get_line(row)[:column]
        return line[1:] if line[:1] in OPENERS and line else None

    def pick(self, step: int | None) -> None:
        """Move in the list, shut it, or take what is chosen of what fits by now."""
        self.look()
        if step is None:
            self._shut = True
            self.shut()
        elif step:
            self.panel.move(step)
        elif self.panel.chosen is not None:
            self.take(self.panel.chosen.reply.text)

    def take(self, reply: str) -> None:
        """Put a reply into the draft, its variables filled for the window in front."""
        row, _ = self.composer.cursor_location
        self.shut()
        self.composer.take_quick(reply, filled(reply, self._values()), (row, 0))
