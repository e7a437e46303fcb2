"""Where the trainee types: right for input methods, honest about typing, never slow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from kefu_sim.base.text import MAX_MESSAGE, clean
from kefu_sim.quick.fill import Filled
from kefu_sim.tui.caret import show_cursor
from kefu_sim.tui.typing_meter import TypingMeter
from kefu_sim.tui.wrapped_text import CellWrappedDocument

PICKING: dict[str, int | None] = {"up": -1, "down": 1, "escape": None}
"""Keys of an open list of quick replies, and the step they stand for."""


class Composer(TextArea):
    """A draft. Enter sends it, ctrl+j breaks the line.

    The terminal's own cursor is shown at the caret, because that is where an input method opens its candidates.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", show=False, priority=True),
        Binding("ctrl+j", "break_line", show=False, priority=True),
    ]

    @dataclass
    class Started(Message):
        """The first key of a draft."""

    @dataclass
    class Submitted(Message):
        """A message to send."""

        text: str
        typed: int
        typing_s: float
        pasted: int

    @dataclass
    class Quick(Message):
        """A quick reply went into the draft."""

        reply: str
        """The ready line with its variables."""
        chars: int

    @dataclass
    class Pick(Message):
        """A key for the list of quick replies: 0 takes the chosen one, ±1 moves, None shuts the list."""

        step: int | None

    @dataclass
    class Shortened(Message):
        """More text came than a message may have."""

        lost: int

    def __init__(self, now: Callable[[], float], *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        """`now` tells seconds of active reception."""
        super().__init__(
            id=id, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False, tab_behavior="focus"
        )
        self.cursor_blink = False
        self._now = now
        self._meter = TypingMeter()
        self.picking = False
        """Whether the list of quick replies is open and takes the keys."""
        self.submits_empty = False
        """Whether Enter also tells of an empty draft: for the lines of a form."""

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        CellWrappedDocument.replace_in(self, cell_len)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once nothing can be written any more, Enter belongs to the screen."""
        if self.read_only and action in {"submit", "break_line"}:
            return False
        return super().check_action(action, parameters)

    def action_submit(self) -> None:
        """Send what stands here, if it says anything."""
        if self.picking:
            self.post_message(self.Pick(0))
            return
        text = self.text.strip()
        if not text and not self.submits_empty:
            return
        typed, typing_s, pasted = self._meter.take(text, self._now())
        self.load_text("")
        self.post_message(self.Submitted(text, typed, typing_s, pasted))

    def action_break_line(self) -> None:
        """Break the line."""
        self.insert("\n")

    async def _on_key(self, event: events.Key) -> None:
        if self.picking and event.key in PICKING:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pick(PICKING[event.key]))
            return
        if not event.is_printable:
            await super()._on_key(event)
            return
        if self.read_only:
            return
        if len(self.text) >= MAX_MESSAGE:
            event.stop()
            event.prevent_default()
            return
        if self._meter.key(event.time, self._now()):
            self.post_message(self.Started())
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if self.read_only:
            return
        room = MAX_MESSAGE - len(self.text) + len(self.selected_text)
        whole = clean(event.text[: MAX_MESSAGE * 4]).replace("\t", " ")
        kept = whole[: max(room, 0)]
        lost = len(event.text) - len(kept) if len(kept) < len(whole) else len(event.text[MAX_MESSAGE * 4 :])
        if kept:
            if self._meter.paste(len(kept), self._now()):
                self.post_message(self.Started())
            result = self.replace(kept, *self.selection, maintain_selection_offset=False)
            self.move_cursor(result.end_location)
        if lost > 0:
            self.post_message(self.Shortened(lost))

    def take_quick(self, filled: Filled, start: tuple[int, int]) -> None:
        """Put a quick reply in place of what stands between `start` and the caret; the first gap is selected."""
        result = self.replace(filled.text, start, self.cursor_location, maintain_selection_offset=False)
        self._meter.quick(len(self.text))
        self.move_cursor(result.end_location)
        if filled.gaps:
            (row, column), (first, last) = start, filled.gaps[0]
            self.selection = Selection((row, column + first), (row, column + last))

    def place_caret(self) -> None:
        """Put the terminal's cursor where the caret is."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    def _watch_has_focus(self, focus: bool) -> None:
        super()._watch_has_focus(focus)
        show_cursor(self, visible=focus)
        self.place_caret()

    def on_resize(self) -> None:
        """The caret moves with the layout."""
        self._recompute_cursor_offset()  # type: ignore[no-untyped-call]
        self.place_caret()
        self.call_after_refresh(self.place_caret)
